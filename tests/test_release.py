"""The release: one command writes the version everywhere, builds packages that install, and tags; mistakes are refused."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.util import find_spec

import pytest
from conftest import ROOT

TOOLS = ("build", "twine", "check_wheel_contents", "towncrier")
missing = [name for name in TOOLS if find_spec(name) is None]
pytestmark = [
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is not a clone of the repository"),
    pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)} (the dependency group `release`)"),
]


def git(folder, *arguments):
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A clone of the repository, in which a release may be made."""
    folder = tmp_path_factory.mktemp("release") / "postlint"
    git(ROOT, "clone", "--quiet", "--no-tags", str(ROOT), str(folder))
    for name, value in (("user.name", "A Maintainer"), ("user.email", "a@example.org")):
        git(folder, "config", name, value)
    return folder


def release(folder, *arguments):
    command = [sys.executable, "scripts/release.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def released(clone):
    """The clone after a release of the version 99.1.0."""
    (clone / "changes" / "+quicker.changed.md").write_text("Runs are quicker.\n", encoding="utf-8")
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "-m", "Run quicker")
    done = release(clone, "99.1.0")
    assert done.returncode == 0, done.stderr
    return clone


def test_the_version_is_the_same_everywhere(released):
    assert '__version__ = "99.1.0"' in (released / "src/postlint/__init__.py").read_text("utf-8")
    for page in [released / "README.md", *(released / "docs").rglob("*.md"), *(released / "editors").rglob("*.md")]:
        named = re.findall(r"(?:rev: v|postlint@v)([\d.]+\d)", page.read_text("utf-8"))
        assert set(named) <= {"99.1.0"}, page
        assert "Before the first release" not in page.read_text("utf-8"), page


def test_the_extension_of_vs_code_has_the_same_version(released):
    folder = released / "editors" / "vscode"
    package = json.loads((folder / "package.json").read_text("utf-8"))
    locked = json.loads((folder / "package-lock.json").read_text("utf-8"))
    assert {package["version"], locked["version"], locked["packages"][""]["version"]} == {"99.1.0"}
    others = [each["version"] for name, each in locked["packages"].items() if name]
    assert others
    assert "99.1.0" not in others
    assert 'REQUIREMENT = "postlint[lsp]";' in (folder / "src" / "installing.ts").read_text("utf-8")


def test_the_changelog_has_a_section_of_the_fragments(released):
    text = (released / "CHANGELOG.md").read_text("utf-8")
    section = text.partition("## [99.1.0]")[2].partition("\n## ")[0]
    assert "### Changed" in section
    assert "- Runs are quicker.\n" in section
    assert not list((released / "changes").glob("*.changed.md"))


def test_the_release_is_committed_and_tagged(released):
    assert git(released, "log", "-1", "--format=%s").strip() == "Release 99.1.0"
    assert "Runs are quicker." in git(released, "tag", "--list", "v99.1.0", "--format=%(contents)")
    assert not git(released, "status", "--porcelain", "--untracked-files=no")


def test_the_wheel_has_the_package_only(released):
    (wheel,) = (released / "dist").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "postlint/py.typed" in names
    assert "postlint/config.schema.json" in names
    assert {name.partition("/")[0] for name in names} == {"postlint", "postlint-99.1.0.dist-info"}


def test_the_wheel_runs_the_first_command_of_the_readme(released, tmp_path):
    index = tmp_path / "simple" / "postlint"
    index.mkdir(parents=True)
    for package in (released / "dist").glob("postlint-*"):
        shutil.copy(package, index)
    links = "".join(f'<a href="{file.name}">{file.name}</a>\n' for file in sorted(index.iterdir()))
    (index / "index.html").write_text(f"<!DOCTYPE html>\n{links}", encoding="utf-8")
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    install = [str(python), "-m", "pip", "install", "--quiet", "--no-deps", "--disable-pip-version-check"]
    subprocess.run([*install, "--index-url", index.parent.as_uri(), "postlint==99.1.0"], check=True)
    # What postlint needs is installed already, beside this test's own postlint.
    environment = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    command = [str(scripts / "postlint"), "check", "--no-cache", str(ROOT / "examples" / "blog")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False)
    assert done.returncode == 1, done.stderr
    assert "error[mojibake]" in done.stdout
    version = subprocess.run([command[0], "--version"], capture_output=True, text=True, env=environment, check=True)
    assert "99.1.0" in version.stdout


@pytest.mark.parametrize(
    ("version", "reason"),
    [("1.0", "is not a version"), ("0.0.1", "is older than"), ("99.1.0", "is tagged already")],
)
def test_a_mistaken_version_is_refused(released, version, reason):
    done = release(released, version)
    assert (done.returncode, done.stdout) == (1, "")
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_release_without_changes_is_refused(released):
    done = release(released, "99.2.0", "--no-commit")
    assert done.returncode == 1
    assert "has no fragments" in done.stderr
    git(released, "checkout", "--quiet", "--", ".")
