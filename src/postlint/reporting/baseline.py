"""A record of today's findings, so that later runs show only new ones."""

import json
import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from postlint.diagnostics import Diagnostic
from postlint.errors import PostlintError
from postlint.files import reading, writing
from postlint.reporting.fingerprints import fingerprints
from postlint.reporting.report import Report

VERSION = 1


class Entry(NamedTuple):
    """One recorded finding. `path` is relative to the folder of the record; see `fingerprints` for `fingerprint`. The
    message is for people only."""

    path: str
    rule: str
    fingerprint: str
    message: str


class Comparison(NamedTuple):
    """A report beside a record: the findings that are new, the entries of those that are not (as they would be recorded
    now), and the entries that nothing was found for."""

    new: list[Diagnostic]
    known: list[Entry]
    gone: list[Entry]


def read(file: str) -> list[Entry]:
    """The entries of a record. Raises PostlintError if the file is missing or is not a record."""
    try:
        data = json.loads(reading.read(file))
        entries = [Entry(*map(str, row)) for row in data["findings"] if row is not None]
    except reading.Unreadable as error:
        raise PostlintError(f"{file}: {error}; --write-baseline creates it") from None
    except (ValueError, TypeError, KeyError, RecursionError):
        raise PostlintError(
            f"{file}: this is not a postlint baseline; name another file, or replace it with --write-baseline --force"
        ) from None
    if data.get("version") != VERSION:
        raise PostlintError(
            f"{file}: this baseline was written by another version of postlint; --write-baseline --force replaces it"
        )
    return entries


def write(file: str, entries: Iterable[Entry]) -> None:
    """Write a record, whole or not at all. Raises PostlintError if it cannot be written.

    Each entry is one line, and all lines end alike, so that Git can merge the changes of two people.
    """
    rows = [json.dumps(entry) for entry in sorted(set(entries))]
    lines = [f'{{"version": {VERSION}, "findings": [', *(f"{row}," for row in rows), "null]}", ""]
    writing.create(file, "\n".join(lines).encode(), overwrite=True)


def compare(report: Report, entries: Sequence[Entry], folder: str) -> Comparison:
    """Compare `report` with `entries`, whose paths are relative to `folder`.

    A finding in an unrecorded post is also known if the same finding was recorded for a post that is gone: the post was
    renamed.
    """
    recorded = {entry[:3]: entry for entry in entries}
    moved = {entry[1:3]: entry for entry in entries if not os.path.exists(os.path.join(folder, entry.path))}
    new: list[Diagnostic] = []
    known: list[Entry] = []
    met: set[Entry] = set()
    for d, fingerprint in fingerprints(report.diagnostics, report.text):
        entry = Entry(relative(d.path, folder), d.rule, fingerprint, d.message)
        found = recorded.get(entry[:3]) or moved.pop(entry[1:3], None)
        if found is None or d.rule_failed:
            new.append(d)
        else:
            known.append(entry)
            met.add(found)
    return Comparison(new, known, [entry for entry in entries if entry not in met])


def every(report: Report, folder: str) -> list[Entry]:
    """An entry for each finding of `report`."""
    return [
        Entry(relative(d.path, folder), d.rule, fingerprint, d.message)
        for d, fingerprint in fingerprints(report.diagnostics, report.text)
        if not d.rule_failed
    ]


def relative(path: str, folder: str) -> str:
    """`path`, which is relative to the working directory or absolute, as seen from `folder`."""
    return os.path.relpath(path, folder).replace(os.sep, "/")
