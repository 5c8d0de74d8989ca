"""Make a release in one command: `python scripts/release.py 0.2.0`.

Writes the version where it stands, the changelog from the fragments in `changes/`, builds and checks the wheel and the
sdist in `dist/`, then commits and tags. Nothing is pushed and nothing is published: the tag does that, in
`.github/workflows/release.yml`. Needs the dependency group `release`.
"""

import argparse
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
VERSION = re.compile(r"\d+\.\d+\.\d+(?:rc\d+)?")
SOURCE = "src/postlint/__init__.py"
# Where a page tells the reader which version to write.
NAMED = re.compile(r"(\brev: v|\bpostlint@v)\d+\.\d+\.\d+(?:rc\d+)?")
PAGES = (
    "README.md",
    "editors/vscode/README.md",
    *(f"docs/{name}.md" for name in ("index", "tutorial", "hooks", "ci", "editors")),
)
# The extension has the same version, written as npm does it.
EXTENSION = ("editors/vscode/package.json", "editors/vscode/package-lock.json")
OWN_VERSION = re.compile(r'^((?:  |      )"version": ")[^"]+(?=")', re.MULTILINE)
INSTALLS = "editors/vscode/src/installing.ts"
# What a page says only until there is a release.
NOT_YET = re.compile(r"^> \*\*Before the first release\*\*.*\n(?:> .*\n)*\n", re.MULTILINE)
UNTIL_THEN = " @ git+https://github.com/postlint/postlint"
CHANGELOG = "CHANGELOG.md"


class Refused(Exception):
    """Why there can be no release; the text says what to do."""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Make a release: version, changelog, packages, commit and tag.")
    parser.add_argument("version", help="the new version, such as 0.2.0")
    parser.add_argument("--no-commit", action="store_true", help="write and build everything, but do not commit or tag")
    options = parser.parse_args(arguments)
    try:
        _refuse(options.version)
        _write_version(options.version)
        notes = _write_changelog(options.version)
        files = _build()
    except Refused as refused:
        print(f"release: {refused}", file=sys.stderr)
        return 1
    if not options.no_commit:
        _git("add", "--all", CHANGELOG, SOURCE, *PAGES, *EXTENSION, INSTALLS, "changes")
        _git("commit", "--quiet", "-m", f"Release {options.version}")
        _git("tag", "--annotate", f"v{options.version}", "--cleanup=verbatim", "-m", f"{options.version}\n\n{notes}")
    print(f"postlint {options.version}: {', '.join(files)}")
    print("Next: git push --follow-tags" if not options.no_commit else "Nothing is committed.")
    return 0


def _refuse(version: str) -> None:
    if not VERSION.fullmatch(version):
        raise Refused(f"`{version}` is not a version; write one such as 0.2.0")
    if _git("status", "--porcelain", "--untracked-files=no"):
        raise Refused("there are changes that are not committed; commit or stash them")
    if f"v{version}" in _git("tag", "--list").split():
        raise Refused(f"v{version} is tagged already; choose a newer version")
    if _order(version) < _order(_current()):
        raise Refused(f"{version} is older than {_current()}; choose a newer version")


def _order(version: str) -> tuple[int, ...]:
    """A release candidate comes before its release."""
    numbers, _, candidate = version.partition("rc")
    return (*map(int, numbers.split(".")), int(candidate) if candidate else 1_000_000)


def _current() -> str:
    found = re.search(r'^__version__ = "(.+)"$', (ROOT / SOURCE).read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise Refused(f'{SOURCE} has no line `__version__ = "…"`; write one')
    return found[1]


def _write_version(version: str) -> None:
    _replace(SOURCE, re.compile(r'^(__version__ = ").+(?="$)', re.MULTILINE), version)
    for page in PAGES:
        _replace(page, NAMED, version)
        file = ROOT / page
        file.write_text(NOT_YET.sub("", file.read_text("utf-8")), encoding="utf-8", newline="\n")
    for listing in EXTENSION:
        # In the list of what is installed, only the first entry is the extension itself.
        _replace(listing, OWN_VERSION, version.replace("rc", "-rc."), count=2 if listing.endswith("-lock.json") else 1)
    installs = ROOT / INSTALLS
    installs.write_text(installs.read_text("utf-8").replace(UNTIL_THEN, ""), encoding="utf-8", newline="\n")


def _replace(path: str, pattern: "re.Pattern[str]", version: str, count: int = 0) -> None:
    """Write `version` after the first group of the first `count` places, 0 for all, that `pattern` finds."""
    file = ROOT / path
    written = pattern.sub(rf"\g<1>{version}", file.read_text("utf-8"), count=count)
    file.write_text(written, encoding="utf-8", newline="\n")


def _write_changelog(version: str) -> str:
    """Date the section of `version`, or make it from the fragments; the section's text."""
    file = ROOT / CHANGELOG
    text = file.read_text("utf-8")
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    if f"## [{version}] - unreleased" in text:
        text = text.replace(f"## [{version}] - unreleased", f"## [{version}] - {today}")
        file.write_text(text, encoding="utf-8", newline="\n")
    else:
        if not any(ROOT.glob("changes/*.*.md")):
            raise Refused("`changes/` has no fragments; write what changed, such as changes/+faster.changed.md")
        _run("towncrier", "build", "--yes", "--version", version, "--date", today)
        text = file.read_text("utf-8")
    section = re.search(rf"^## \[{re.escape(version)}\][^\n]*\n(.*?)(?=^## \[|\Z)", text, re.MULTILINE | re.DOTALL)
    if section is None:
        raise Refused(f"{CHANGELOG} has no section `## [{version}]`; write one")
    return section[1].strip()


def _build() -> list[str]:
    """Build the packages, and check them; their names."""
    folder = ROOT / "dist"
    for old in folder.glob("postlint-*"):
        old.unlink()
    _run("build", "--outdir", str(folder))
    files = sorted(folder.glob("postlint-*"))
    _run("twine", "check", "--strict", *map(str, files))
    _run("check_wheel_contents", *(str(file) for file in files if file.suffix == ".whl"))
    return [file.name for file in files]


def _run(module: str, *arguments: str) -> None:
    done = subprocess.run([sys.executable, "-m", module, *arguments], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        shown = (done.stdout + done.stderr).strip()[-2000:]
        raise Refused(f"`python -m {module}` failed:\n{shown}")


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
