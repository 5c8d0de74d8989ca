"""A process that is killed just before any of its writes leaves whole files, and the next run works and clears up."""

import json
import os
import subprocess
import sys

import pytest
from conftest import BARE_ASTRO, DAMAGED, PATIENCE, environment, write_files

from postlint.files.files import CACHE

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the process is killed by a signal")

POSTS = ("src/content/blog/a.md", "src/content/blog/b.md")
FIXED = DAMAGED.replace("â€”", "—")
BASELINE = "baseline.json"
# Every file is old enough to be known by its state, and the site is large enough for a cache.
PROGRAM = """
import os, signal, sys

left, root = int(sys.argv[1]), os.getcwd()

def watch(event, arguments):
    global left
    if not arguments or (os.path.isabs(str(arguments[0])) and not str(arguments[0]).startswith(root)):
        return  # not a file of the site: Python stores byte code, for example
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if writes or event in ("os.rename", "os.link", "os.remove", "os.mkdir"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
from postlint.checking import cache, run
from postlint.cli import main
cache._YOUNG, run.FEW = 0, 1
sys.exit(main(sys.argv[2:]))
"""


def run(root, at, *arguments):
    """Run postlint, and kill it just before write number `at`; answers its status, negative if it was killed."""
    command = [sys.executable, "-c", PROGRAM, str(at), "check", "--jobs", "1", *arguments]
    done = subprocess.run(command, cwd=root, env=environment(root), capture_output=True, timeout=PATIENCE)
    return done.returncode


def kills(root, *arguments, most=20):
    """Kill a run just before each of its writes, in turn, until one gets to its end."""
    for number in range(1, most):
        if run(root, number, *arguments) >= 0:
            assert number > 1, "nothing was written"
            return
        yield number
    pytest.fail("the run does not end")


def leftovers(root):
    return [path.name for path in root.rglob("*") if path.name.endswith((".tmp", ".new"))]


@pytest.fixture
def root(tmp_path):
    return write_files(tmp_path / "site", {**BARE_ASTRO, **dict.fromkeys(POSTS, DAMAGED), ".git/HEAD": ""})


def test_fixes(root):
    seen = set()
    for _ in kills(root, "--fix", "--no-cache"):
        texts = [(root / name).read_text("utf-8") for name in POSTS]
        assert {*texts} <= {DAMAGED, FIXED}
        seen.add(texts.count(FIXED))
        write_files(root, dict.fromkeys(POSTS, DAMAGED))
    assert seen == {0, 1}
    assert {(root / name).read_text("utf-8") for name in POSTS} == {FIXED}
    assert leftovers(root) == []


def test_a_baseline(root):
    for old in (None, "old"):
        (root / BASELINE).unlink(missing_ok=True)
        if old:
            (root / BASELINE).write_text(old)
        for _ in kills(root, "--no-cache", "--write-baseline", BASELINE, "--force"):
            text = (root / BASELINE).read_text() if (root / BASELINE).exists() else None
            assert text == old or len(json.loads(text)["findings"]) == 5
        assert len(json.loads((root / BASELINE).read_text())["findings"]) == 5
        assert leftovers(root) == []


def test_a_cache(root):
    for number in kills(root, "--fail-on", "never"):
        for way in ((), ("--no-cache",)):
            run(root, 0, *way, "--output-format", "json", "--output-file", f"{len(way)}.json")
        assert (root / "0.json").read_text() == (root / "1.json").read_text(), number
        for file in (root / CACHE).iterdir():
            if file.name.endswith((".txt", ".report")):
                file.unlink()
    for file in (root / CACHE).glob("*.new"):
        os.utime(file, (file.stat().st_mtime - 4000,) * 2)
    (root / "postlint.toml").write_text('ignore = ["tag"]\n')
    run(root, 0)
    assert leftovers(root) == []
