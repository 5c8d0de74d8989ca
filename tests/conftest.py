"""What the tests of the whole program share: running it as a process, making sites, and the posts of others."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("comparison", "editors", "repositories")
settings.register_profile(
    "postlint", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("postlint")
MANY = settings(max_examples=2000 if os.environ.get("POSTLINT_SLOW_TESTS") else 60)

ROOT = Path(__file__).parents[1]
POST = "src/content/blog/post.md"
CLEAN = "---\ntitle: A post\npubDate: 2024-01-02\n---\n\nNothing is wrong here.\n"
DAMAGED = "---\ntitle: A post\npubDate: 2024-01-02\n---\n\nNow â€” then.\n"


class Ran(NamedTuple):
    """What a process left behind; text as UTF-8, line ends as they came."""

    status: int
    out: str
    err: str
    raw: bytes

    @property
    def report(self):
        """The JSON report on standard output."""
        return json.loads(self.out)

    @property
    def found(self):
        """(rule, line, column) of every diagnostic in the JSON report."""
        return [(d["rule"], d["start"]["line"], d["start"]["column"]) for d in self.report["diagnostics"]]


def requirement(extra):
    """What the extra of that name asks for, in the words of `pyproject.toml`."""
    (only,) = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"][extra]
    return only


def environment(home, **more):
    """Environment variables of a machine on which nothing is configured."""
    passed_on = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "POSTLINT_SERVER_PATIENCE")
    kept = {name: os.environ[name] for name in passed_on if name in os.environ}
    return {
        **kept,
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONDONTWRITEBYTECODE": "",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        **more,
    }


PATIENCE = 120  # seconds, on a machine that is busy


def run_postlint(*arguments, cwd, stdin=b"", env=None, timeout=PATIENCE, before=None):
    """Run postlint in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "postlint", *arguments],
        cwd=cwd,
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        env=environment(cwd, **(env or {})),
        capture_output=True,
        timeout=timeout,
        preexec_fn=before,
    )
    out, err = (stream.decode(errors="surrogateescape") for stream in (done.stdout, done.stderr))
    return Ran(done.returncode, out, err, done.stdout)


def write_files(root, files):
    """Write {path: text or bytes} below `root`; answers that."""
    for name, content in files.items():
        path = Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content)
    return Path(root)


BARE_ASTRO = {"astro.config.mjs": "export default {}\n", "public/.keep": ""}


@pytest.fixture(autouse=True)
def nowhere_special(monkeypatch):
    """What a CI server or a terminal says in the environment changes what is printed."""
    for name in ("CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI", "FORCE_COLOR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def postlint(tmp_path):
    """Runs postlint in the test's folder, or in `cwd`."""

    def run(*arguments, cwd=tmp_path, **more):
        return run_postlint(*arguments, cwd=cwd, **more)

    return run


@pytest.fixture
def main(tmp_path, monkeypatch, capsys):
    """Runs the command line in the test's own process, which is quicker: for tables of many cases."""

    def run(*arguments, cwd=tmp_path):
        from postlint.cli import main

        monkeypatch.chdir(cwd)
        status = main(list(arguments))
        out, err = capsys.readouterr()
        return Ran(status, out, err, out.encode())

    return run


@pytest.fixture
def check_kept(main, monkeypatch):
    """Runs `check` where a report may be used again, and compares with a run that keeps nothing. Answers whether it was."""
    from postlint.checking import cache, run, stored_report

    monkeypatch.setattr(run, "FEW", 1)
    monkeypatch.setattr(stored_report, "_YOUNG", 0)
    monkeypatch.setattr(cache, "_YOUNG", 0)
    runs = []
    original = run.run
    monkeypatch.setattr(run, "run", lambda *rest, **more: runs.append(1) or original(*rest, **more))

    def check(root, *arguments):
        runs.clear()
        kept = main("check", "--output-format", "json", *arguments, cwd=root)
        was_used = not runs
        assert kept == main("check", "--no-cache", "--output-format", "json", *arguments, cwd=root)
        return was_used

    return check


@pytest.fixture
def write(tmp_path):
    """Writes {path: text or bytes} below the test's folder."""
    return lambda files, root=tmp_path: write_files(root, files)


@pytest.fixture
def astro(write):
    """Makes a bare Astro site of posts in the test's folder; answers its root."""
    return lambda files: write({**BARE_ASTRO, **files})


@pytest.fixture
def start(tmp_path):
    """Starts an editor in the test's folder, or in `root`; its server has to end well."""
    pytest.importorskip("pygls")
    from editors import Editor

    opened = []

    def begin(*arguments, root=tmp_path, **more):
        opened.append(Editor(root, *arguments, **more))
        return opened[-1]

    yield begin
    for one in opened:
        assert one.end() == 0


@pytest.fixture
def editor(astro, start):
    """The same, in a bare Astro site."""
    astro({"src/content/blog/a.md": ""})
    return start


@pytest.fixture
def shared():
    """The folder of real-world data that the project's engineers have, and clones of the repository have not."""
    folder = Path(os.environ.get("POSTLINT_SHARED") or ROOT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("the shared data are not here (POSTLINT_SHARED)")
    return folder
