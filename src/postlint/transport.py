"""Outcomes as text, which is how they come from a worker process and lie in the cache."""

import json
import pickle
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from postlint import engine, site
from postlint.diagnostics import Diagnostic, Edit, Fix, Severity
from postlint.engine import Checker, Outcome
from postlint.facts import Facts, Lost
from postlint.files import Files
from postlint.suppressions import Suppression
from postlint.text import Place, Span

_encode = json.JSONEncoder(separators=(",", ":"), default=datetime.isoformat).encode

Answer = tuple[str, tuple[Lost, ...] | None]
"""An outcome as text, and the images that are not on disk, which is not of the post alone."""


def check(pickled: bytes, posts: Sequence[tuple[str, bytes | None]], run: int) -> list[Answer]:
    """What `engine.check_some` finds in a worker, and which images are not on disk.

    `run` is a number that no other run has: what one has seen of the disk does not hold for the next.
    """
    checker = _checker(pickled)
    root = checker.project.root
    files = _files(root, run) if root else None
    return [
        (encode(outcome), site.lose(outcome.facts, files) if files and outcome.facts else None)
        for outcome in engine.check_some(checker, posts)
    ]


@lru_cache(maxsize=16)
def _checker(pickled: bytes) -> Checker:
    """The checker of a pickled Project: built once in each process that gets it."""
    return Checker(pickle.loads(pickled))  # noqa: S301 - it comes from the parent process alone


@lru_cache(maxsize=1)
def _files(root: str, run: int) -> Files:
    return Files(root)


def encode(outcome: Outcome) -> str:
    """`outcome` as one line of ASCII, all but what is lost."""
    facts = outcome.facts and outcome.facts.parts
    return _encode((outcome.path, facts, outcome.diagnostics, outcome.notes, outcome.lines, outcome.suppressions))


def decode(text: str, lost: tuple[Lost, ...] | None = None) -> Outcome:
    """The outcome of which `text` was made. Raises ValueError or TypeError for other text."""
    path, facts, diagnostics, notes, lines, suppressions = json.loads(text)
    return Outcome(
        path,
        Facts(facts) if facts else None,
        tuple([_diagnostic(*each) for each in diagnostics]),
        notes,
        lines,
        tuple([_suppression(*each) for each in suppressions]),
        lost,
    )


def _diagnostic(
    path: str, rule: str, severity: str, message: str, start: Any, end: Any, field: Any, fix: Any, url: Any
) -> Diagnostic:
    repair = fix and Fix(fix[0], tuple([Edit(*edit) for edit in fix[1]]), fix[2])
    return Diagnostic(path, rule, Severity(severity), message, Place(*start), Place(*end), field, repair, url)


def _suppression(rules: Any, region: Any, comment: Any, names: Any, waste: Any) -> Suppression:
    spans = tuple([Span(*name) for name in names])
    return Suppression(tuple(rules), Span(*region), Span(*comment), spans, Span(*waste))
