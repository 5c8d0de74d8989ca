"""The pages that a reader follows from top to bottom: every file is written, every command run, every output compared."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PATIENCE, ROOT, environment

PAGES = [
    *(ROOT / "docs" / f"{name}.md" for name in ("tutorial", "old-site", "monorepos")),
    *sorted((ROOT / "docs" / "frameworks").glob("*.md")),
]

# A block below a file's name is that file; a block of `console` holds commands and what they print.
_BLOCK = re.compile(
    r"(?:^`(?P<file>[^`\n]+)`:\n\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
_ME = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.com"}
_ME |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in _ME.items()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_the_page_shows_is_what_happens(page, tmp_path):
    text = page.read_text(encoding="utf-8")
    if "cp -r examples/" in text:  # It begins in a clone, the other pages in an empty folder.
        ignored = shutil.ignore_patterns("node_modules", "__pycache__", ".postlint_cache")
        shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=ignored)
    here = tmp_path
    for block in _BLOCK.finditer(text):
        if block["file"]:
            (here / block["file"]).parent.mkdir(parents=True, exist_ok=True)
            (here / block["file"]).write_text(block["text"], encoding="utf-8", newline="\n")
        elif block["language"] == "console":
            for command, expected in _COMMAND.findall(block["text"]):
                words = shlex.split(command)
                if words[0] == "cd":
                    here = here / words[1]
                else:
                    _compare(command, _run(words, here, tmp_path), expected)


def _run(words: list[str], here: Path, home: Path) -> str:
    """What the command prints, errors last."""
    beside_python = Path(sys.executable).parent
    if shutil.which(words[0], path=str(beside_python)) is None and shutil.which(words[0]) is None:
        pytest.skip(f"not installed: {words[0]}")
    path = os.pathsep.join((str(beside_python), os.environ.get("PATH", "")))
    env = environment(home, PATH=path, PRE_COMMIT_COLOR="never", **_ME)
    done = subprocess.run(
        words, cwd=here, env=env, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE, check=False
    )
    return done.stdout + done.stderr


def _compare(command: str, printed: str, shown: str) -> None:
    """`…` on a line of its own stands for any number of lines, and elsewhere for the rest of a line."""
    pattern = re.escape(shown).replace(re.escape("…\n"), "(?s:.*)").replace("…", ".*")
    assert re.fullmatch(pattern, printed), f"{command} prints:\n{printed}"
