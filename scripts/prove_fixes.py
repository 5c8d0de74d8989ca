"""Repairs all posts of a site in copies of it, and shows that nothing changed but what a finding names.

usage: python scripts/prove_fixes.py SITE…

Of each post, the front matter as it is read and the blocks of the body as they are rendered are compared before and
after `--fix --unsafe-fixes`; a difference that no repaired finding explains is printed. `--diff`, applied by Git, must
give the very bytes of `--fix`. Then a table: how often each rule's repair was applied, and how often it was dropped
because it would have done harm. The exit status is 1 if anything is unexplained, dropped, or differs.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pyromark

from postlint.checking import run
from postlint.checking.checker import Checker
from postlint.checking.repairs import Changes
from postlint.diagnostics import Diagnostic
from postlint.posts.document import Document
from postlint.projects import discovery
from postlint.projects.project import Projects
from postlint.reporting.report import Report
from postlint.text import Text

_POSTLINT = [sys.executable, "-m", "postlint", "check", "--no-cache", "--unsafe-fixes", "--quiet"]
_DROPPED = re.compile(r"the repairs? of ([\w-]+)")
_MARKDOWN = pyromark.Markdown(options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES)


def main(sites: list[str]) -> int:
    applied: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    faults = 0
    # The working directory changes from site to site.
    for site, root in [(site, Path(site).resolve()) for site in sites]:
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
            report, told = _prove(root, Path(folder))
        applied.update(d.rule for d in report.fixed)
        dropped.update(
            m[1] for d in report.diagnostics if d.rule == "file-not-fixed" and (m := _DROPPED.search(d.message))
        )
        faults += len(told)
        print(f"{site}: {report.files} posts, {len(report.texts)} repaired, {len(told)} faults")
        print(*(f"  {line}" for line in told), sep="\n", end="\n" if told else "")
    print("\n| rule | applied | dropped |\n|---|---:|---:|")
    for rule in sorted({*applied, *dropped}):
        print(f"| {rule} | {applied[rule]} | {dropped[rule]} |")
    return int(bool(faults or dropped))


def _prove(site: Path, folder: Path) -> tuple[Report, list[str]]:
    """What the repairs of `site` are, and what is wrong with them, a line each."""
    fixed, patched = folder / "fixed", folder / "patched"
    for copy in (fixed, patched):
        shutil.copytree(site, copy, symlinks=True)
    os.chdir(site)
    projects = Projects()
    works = run.on_disk(discovery.here(str(site), projects), projects, complete=True)
    report = run.run(works, changes=Changes(fix=True, unsafe=True))
    told = [f"{d.path}: {d.message}" for d in report.diagnostics if d.rule == "file-not-fixed"]
    checkers = {work.project.root: Checker(work.project) for work in works}
    for path, (before, after) in report.texts.items():
        root, checker = next((r, c) for r, c in checkers.items() if Path(path).resolve().is_relative_to(r))
        name = os.path.relpath(site / path, root)
        old, new = (checker.document(name, Text(text).to_bytes()) for text in (before, after))
        told += (f"{path}: {line}" for line in _unexplained(old, new, [d for d in report.fixed if d.path == path]))
    subprocess.run([*_POSTLINT, "--fix", "--output-format", "concise"], cwd=fixed, capture_output=True, check=False)
    diff = subprocess.run([*_POSTLINT, "--diff"], cwd=patched, capture_output=True, check=False).stdout
    if diff:
        apply = ["git", "apply", "--whitespace=nowarn"]
        # Inside a repository Git would look for the files at its root.
        alone = {**os.environ, "GIT_CEILING_DIRECTORIES": str(folder)}
        done = subprocess.run(apply, cwd=patched, input=diff, capture_output=True, check=False, env=alone)
        told += [f"git apply: {line}" for line in done.stderr.decode().splitlines()]
    told += (f"{path}: --diff and --fix differ" for path in _differing(fixed, patched))
    for path, (_, after) in report.texts.items():
        if (fixed / path).read_bytes() != Text(after).to_bytes():
            told.append(f"{path}: --fix wrote something else")
    return report, told


def _differing(one: Path, other: Path) -> Iterator[str]:
    for file in sorted(one.rglob("*")):
        path = file.relative_to(one)
        if file.is_file() and not file.is_symlink() and file.read_bytes() != (other / path).read_bytes():
            yield str(path)


def _unexplained(before: Document, after: Document, done: list[Diagnostic]) -> Iterator[str]:
    """The differences of two forms of a post that none of the repaired findings `done` explains."""
    written = {edit.content for d in done if d.fix for edit in d.fix.edits}
    named = {re.split(r"[.\[]", d.field)[0] for d in done if d.field}
    for key in {*before.data, *after.data}:
        if before.data.get(key) != after.data.get(key) and key not in named and not any(key in w for w in written):
            yield f"`{key}` was {before.data.get(key)!r}, is {after.data.get(key)!r}"
    if before.front_matter.problem or before.text.is_binary:
        return
    # Lines of the body are told from its end: repairs of the front matter may add and remove lines before it.
    more = after.text.value.count("\n") - before.text.value.count("\n")
    value = before.text.value
    places = {d.start.line + value.count("\n", d.start.offset, e.start) for d in done if d.fix for e in d.fix.edits}
    lines = {line - shift for line in places for shift in (0, more)}
    old, new = (post.text.readable[post.front_matter.body :] for post in (before, after))
    first = before.text.value.count("\n", 0, before.front_matter.body) + 1
    for number in _changed(old.split("\n"), new.split("\n")):
        if first + number not in lines:
            yield f"line {first + number} changed"
    blocks = _blocks(old)
    for number in _changed([form for form, _ in blocks], [form for form, _ in _blocks(new)]):
        if lines.isdisjoint(range(first + blocks[number][1].start, first + blocks[number][1].stop)):
            yield f"what begins in line {first + blocks[number][1].start} is rendered differently"


def _changed(old: list[str], new: list[str]) -> Iterator[int]:
    """The indexes of what is something else in `new`."""
    for kind, start, end, _, _ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from range(start, end)


def _blocks(text: str) -> list[tuple[str, range]]:
    """The top-level blocks that `text` is rendered to: all their events, and the lines (0-based) they stand on."""
    data = text.encode()
    out: list[tuple[str, range]] = []
    forms: list[str] = []
    depth = 0
    for event, place in _MARKDOWN.events_with_range(text):
        forms.append(str(event))
        if isinstance(event, dict):
            depth += ("Start" in event) - ("End" in event)
        if depth == 0:
            start, end = (data.count(b"\n", 0, place[side]) for side in ("start", "end"))
            out.append(("".join(forms), range(start, end + 1)))
            forms.clear()
    return out


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
