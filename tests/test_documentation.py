"""The documentation: generated pages are up to date, links lead somewhere, and what is shown is what happens."""

import html
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from test_walkthroughs import PAGES as WALKTHROUGHS

from postlint.javascript.github_slugger import slug
from postlint.testing import examples, run_example

GENERATED = runpy.run_path(str(ROOT / "scripts" / "make_docs.py"))["generate"]()
PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "examples").glob("*/*.md")),
    *sorted((ROOT / "editors").glob("*/*.md")),
]
GUIDES = [page for page in PAGES if page.parent.name != "rules"]

_FENCE = re.compile(r"^(`{3,})([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)(?:(?!\1).)+\1")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.*?)$", re.MULTILINE)
# A block with a file's name above it is that file.
_BLOCK = re.compile(r"(?:^`([\w./-]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def named(page):
    return page.relative_to(ROOT).as_posix()


def read(page):
    return page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", [path for path in GENERATED if path.suffix == ".md"], ids=named)
def test_generated_pages_are_up_to_date(page):
    assert page.exists(), "run scripts/make_docs.py"
    assert read(page) == GENERATED[page], "run scripts/make_docs.py"


def test_there_are_no_pages_of_rules_that_are_gone():
    assert set((ROOT / "docs" / "rules").glob("*.md")) <= set(GENERATED)


def headings(page):
    return {slug(title.replace("`", "")) for title in _HEADING.findall(_FENCE.sub("", read(page)))}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page):
    for target in _LINK.findall(_CODE.sub("", _FENCE.sub("", read(page)))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{target}: there is no such file"
        assert file.is_relative_to(ROOT), f"{target}: is not in this repository"
        if anchor:
            assert anchor in headings(file), f"{target}: there is no such heading"


def test_every_guide_is_linked_from_the_index():
    linked = {(ROOT / "docs" / target).resolve() for target in _LINK.findall(read(ROOT / "docs" / "index.md"))}
    assert {page for page in (ROOT / "docs").glob("*.md") if page.name != "index.md"} <= linked


def run(arguments, folder, **more):
    bin_folder = str(Path(sys.executable).parent)
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("POSTLINT_", "COLUMNS"))},
        "PATH": os.pathsep.join((bin_folder, os.environ.get("PATH", ""))),
        "PYTHONPATH": "",
    }
    return subprocess.run(
        arguments, cwd=folder, env=env, capture_output=True, text=True, encoding="utf-8", timeout=180, **more
    )


def blocks(page):
    return _BLOCK.findall(read(page))


# The Python of these pages is one program each, from top to bottom.
PROGRAMS = [ROOT / "README.md", ROOT / "docs" / "library.md"]
WITH_COMMANDS = [
    page
    for page in GUIDES
    if page not in WALKTHROUGHS and any(language == "console" for _, language, _ in blocks(page))
]


@pytest.mark.parametrize("page", PROGRAMS, ids=named)
def test_python_code_runs_and_prints_what_is_shown(page, tmp_path):
    code, printed = [], ""
    shown = blocks(page)
    for number, (name, language, text) in enumerate(shown):
        if name:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        elif language == "python":
            code.append(text)
            if number + 1 < len(shown) and shown[number + 1][1] == "text":
                printed += shown[number + 1][2]
    (tmp_path / "__all__.py").write_text("\n".join(code), encoding="utf-8")

    ran = run([sys.executable, "__all__.py"], tmp_path)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == printed
    for test in sorted(tmp_path.glob("test_*.py")):
        ran = run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test.name], tmp_path)
        assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=named)
def test_commands_print_what_is_shown(page, tmp_path):
    """Of lines that are long, or many, the shown ones have `…`. Commands run in a copy of the clone's examples/."""
    shutil.copytree(
        ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("node_modules", "__pycache__")
    )
    (tmp_path / ".git").mkdir()
    for _, language, text in blocks(page):
        if language != "console":
            continue
        for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
            words = shlex.split(command)
            assert words[0] == "postlint", command
            ran = run(words, tmp_path)
            pattern = re.escape(expected).replace(re.escape("…\n"), "(?s:.*)").replace("…", ".*")
            assert re.fullmatch(pattern, ran.stdout + ran.stderr), f"{command} prints:\n{ran.stdout}{ran.stderr}"


def test_the_walk_through_makes_a_rule_that_works(tmp_path, monkeypatch):
    code = next(text for _, language, text in blocks(ROOT / "CONTRIBUTING.md") if language == "python")
    (tmp_path / "title_full_stop.py").write_text(code, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    module = __import__("title_full_stop")
    for example in examples(module.TitleFullStop):
        run_example(example)


def test_the_picture_of_the_terminal_is_a_real_run():
    pytest.importorskip("rich", reason="not installed: rich (the dependency group `release`)")
    made = runpy.run_path(str(ROOT / "scripts" / "make_pictures.py"))["terminal"]()
    shown = (ROOT / "docs" / "pictures" / "terminal.svg").read_text(encoding="utf-8")
    assert words(shown) == words(made), "run scripts/make_pictures.py"


def words(svg):
    """The words in an SVG file: the rest of it differs between versions of rich."""
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return html.unescape(" ".join(texts)).split()


def test_the_readme_names_every_family():
    linked = set(re.findall(r"docs/rules\.md#([a-z-]+)", read(ROOT / "README.md")))
    assert linked == headings(ROOT / "docs" / "rules.md") - {"rules", "file"}


def test_the_readme_begins_with_the_two_commands_that_set_up():
    first, second, *_ = (text for _, language, text in blocks(ROOT / "README.md") if language == "sh")
    assert "postlint check examples/blog" in first
    assert "-m pytest" in second
