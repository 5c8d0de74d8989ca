"""Outcomes as bytes, as they come from a worker process, and as text, as they are stored in the cache."""

import json
import marshal
import os
import pickle
import sys
import zlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from postlint import __version__
from postlint.checking import cache, identity
from postlint.checking.appearance import appearance
from postlint.checking.checker import NAMES_SCHEMA, Checker, Outcome, check_some, unreadable
from postlint.diagnostics import Diagnostic, Edit, Fix, Severity
from postlint.errors import PostlintError
from postlint.files import looks, reading
from postlint.files.files import Files
from postlint.posts.facts import Facts, MissingImage
from postlint.posts.suppressions import Suppression
from postlint.projects.project import Project
from postlint.site.missing_images import find_missing_images
from postlint.text import Place, Span

_PROGRAM = f"postlint {__version__} on Python {sys.version_info[0]}.{sys.version_info[1]}"

_decode = json.JSONDecoder().raw_decode
_encode = json.JSONEncoder(separators=(",", ":")).encode


class Task(NamedTuple):
    """A post to check: its content, None for that of the file; and the blob (see `cache.blob_of`) whose outcome is known,
    None if there is none, empty if nothing is kept."""

    path: str
    data: bytes | None
    known: str | None = ""


class Answer(NamedTuple):
    """An outcome as text, None if it is the known one; the images that are not on disk, which depend on other files; and
    the state of the post, for the cache."""

    text: str | None
    missing_images: tuple[MissingImage, ...] | None
    state: str = ""
    blob: str = ""


def outcomes_there(packed: bytes, posts: Sequence[tuple[str, bytes | None]], run: int) -> bytes:
    """The findings in each post by a worker, packed; `run` as for `check_there`."""
    checker, _ = _checker(packed, run)
    outcomes = check_some(checker, posts)
    if checker.project.root:
        files = checker.project.files
        outcomes = [o._replace(missing_images=find_missing_images(o.facts, files)) if o.facts else o for o in outcomes]
    return pack(outcomes)


def check_there(packed: bytes, tasks: Sequence[Task], run: int) -> tuple[list[Answer], dict[str, str], looks.Looks]:
    """`check` in a worker, the questions that the framework asked of the disk until then, and all that was asked of it in
    this call, apart from the posts.

    `run` is a number that no other run has, since what one run saw on the disk may no longer be true in the next.
    """
    noted = looks.Looks()
    before = looks.take(noted)
    try:
        checker, asking = _checker(packed, run)
        files = checker.project.files
        answers = check(checker, tasks, files if checker.project.root else None)
    finally:
        looks.take(before)
    return answers, cache.asked_of(asking), noted


def check(checker: Checker, tasks: Iterable[Task], files: Files | None) -> list[Answer]:
    """The findings in each post, and those of its images that are not in `files`."""
    return [_answer(checker, task, files) for task in tasks]


def _answer(checker: Checker, task: Task, files: Files | None) -> Answer:
    path, data, known = task
    there = checker.project.files
    keeps, state, blob = known != "" and data is None, "", ""
    try:
        if data is None:
            blob = there.blob(path) or "" if keeps else ""
            state = cache.state_of(os.path.join(there.root, path)) if keeps and not blob else ""
            data = there.read_post(path)
        if keeps:
            blob = blob or cache.blob_of(data)
            if blob == known:
                return Answer(None, None, state, blob)
            if NAMES_SCHEMA in data:
                blob = ""  # the files it names may change without it
        outcome = checker.check(path, data)
    except reading.Unreadable as error:
        return Answer(encode(unreadable(path, error)), None)
    missing_images = find_missing_images(outcome.facts, files) if files and outcome.facts else None
    return Answer(encode(outcome), missing_images, state, blob)


def pack_project(project: Project) -> bytes:
    """`project` for workers, with the program that sends it. Each chunk of posts brings it along, and it may name every
    post of the site, so it is compressed."""
    return _PROGRAM.encode() + b"\n" + zlib.compress(pickle.dumps(project), 1)


def unpack_project(packed: bytes) -> Project:
    """The project that was packed, by a process of this very program.

    Raises PostlintError for any other version of postlint or Python, whose bytes may mean something else.
    """
    program, _, compressed = packed.partition(b"\n")
    if program != _PROGRAM.encode():
        sender = program.decode(errors="replace")
        raise PostlintError(
            f"a worker runs {_PROGRAM}, but its client runs {sender}: install the same versions on both"
        )
    project: Project = pickle.loads(zlib.decompress(compressed))  # noqa: S301 - it comes from the client alone
    return project


@lru_cache(maxsize=16)
def _checker(packed: bytes, run: int) -> tuple[Checker, list[Files]]:
    """The checker of a packed Project, built once per process, and the objects in it that read the disk."""
    project = unpack_project(packed)
    try:
        return Checker(project), identity.digest(project.framework)[1]
    except identity.Unknown:
        return Checker(project), []


def pack(outcomes: Iterable[Outcome]) -> bytes:
    """`outcomes` for another process of this very program: no other may be given such bytes, or give them."""
    # Posts of one site have much in common: a hundredth of the time spent on them makes their outcomes a tenth as long.
    return zlib.compress(marshal.dumps([_packed(*outcome[1:-1]) for outcome in outcomes]), 1)


def _packed(
    facts: Facts | None,
    diagnostics: tuple[Diagnostic, ...],
    notes: dict[str, Any],
    lines: str,
    suppressions: tuple[Suppression, ...],
    missing_images: tuple[MissingImage, ...] | None,
) -> tuple[Any, ...]:
    # Most posts have nothing but facts: no findings and no missing images.
    said = _encode((diagnostics, suppressions)) if diagnostics or suppressions else ""
    parts, shown = facts and tuple(facts.parts), facts and tuple(facts.shown)
    return (
        marshal.dumps(parts) if parts else None,
        marshal.dumps(shown) if shown else None,
        marshal.dumps(notes) if notes else b"",
        lines,
        said,
        pickle.dumps(missing_images) if missing_images else missing_images,
    )


def unpack(packed: bytes, paths: Sequence[str]) -> list[Outcome]:
    """The outcomes that were packed, of the posts at `paths`. They share these texts."""
    found = marshal.loads(zlib.decompress(packed))  # noqa: S302 - it comes from a worker alone
    return [_unpacked(path, *each) for path, each in zip(paths, found, strict=True)]


def _unpacked(
    path: str, parts: bytes, shown: bytes, notes: bytes, lines: str, said: str, missing_images: Any
) -> Outcome:
    facts = Facts(parts, shown, path) if parts else None
    diagnostics, suppressions = _decode(said)[0] if said else ((), ())
    missing_images = pickle.loads(missing_images) if missing_images else missing_images  # noqa: S301 - as above
    known = _notes(notes)
    return Outcome(path, facts, _diagnostics(diagnostics), known, lines, _suppressions(suppressions), missing_images)


@lru_cache(maxsize=1024)
def _notes(packed: bytes) -> dict[str, Any]:
    """Most posts of a site have the same ones, and share them."""
    found: dict[str, Any] = marshal.loads(packed) if packed else {}  # noqa: S302 - as above
    return found


def with_appearance(outcome: Outcome) -> Outcome:
    """`outcome` with the digest of what site rules know of it."""
    return outcome._replace(appearance=appearance(outcome))


def encode(outcome: Outcome) -> str:
    """`outcome` as one line of ASCII, without missing images: the facts, the images and links, the findings, and the digest
    of what site rules know of it, separated by tabs."""
    facts = outcome.facts
    known = (outcome.path, facts and facts.parts, outcome.notes)
    said = (outcome.diagnostics, outcome.lines, outcome.suppressions)
    return f"{_encode(known)}\t{_encode(facts and facts.shown)}\t{_encode(said)}\t{appearance(outcome)}"


def decode(text: str, missing_images: tuple[MissingImage, ...] | None = None, is_reported: bool = True) -> Outcome:
    """The outcome from which `text` was made; without `is_reported`, only the parts that other posts need.

    Raises ValueError or TypeError for other text.
    """
    known, shown, said, seen = text.split("\t")
    (path, parts, notes), _ = _decode(known)
    facts = Facts(parts, shown) if parts else None
    if not is_reported:
        return Outcome(path, facts, (), notes, "", (), missing_images, seen)
    (diagnostics, lines, suppressions), _ = _decode(said)
    found, silenced = _diagnostics(diagnostics), _suppressions(suppressions)
    return Outcome(path, facts, found, notes, lines, silenced, missing_images, seen)


def _diagnostics(parts: Iterable[Sequence[Any]]) -> tuple[Diagnostic, ...]:
    return tuple([_diagnostic(*each) for each in parts])


def _diagnostic(
    path: str, rule: str, severity: str, message: str, start: Any, end: Any, field: Any, fix: Any, *rest: Any
) -> Diagnostic:
    made = fix and Fix(fix[0], tuple([Edit(*edit) for edit in fix[1]]), fix[2])
    return Diagnostic(path, rule, Severity(severity), message, Place(*start), Place(*end), field, made, *rest)


def _suppressions(parts: Iterable[Sequence[Any]]) -> tuple[Suppression, ...]:
    return tuple([_suppression(*each) for each in parts])


def _suppression(rules: Any, region: Any, comment: Any, names: Any, waste: Any) -> Suppression:
    spans = tuple([Span(*name) for name in names])
    return Suppression(tuple(rules), Span(*region), Span(*comment), spans, Span(*waste))
