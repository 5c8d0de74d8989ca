"""What postlint reports about a post: a diagnostic, perhaps with a fix made of edits. Plain data, picklable."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal, NamedTuple

from postlint.text import Place


class Severity(StrEnum):
    """An `error` is broken for readers or for the build; a `warning` is probably not what the author intended."""

    ERROR = "error"
    WARNING = "warning"


Applicability = Literal["safe", "unsafe"]
"""`safe`: the meaning is certain, and nothing a reader or another tool relies on changes. Else `unsafe`."""


class Edit(NamedTuple):
    """Put `content` in place of the code points `start` to `end` (from 0, end exclusive) of the decoded text."""

    start: int
    end: int
    content: str


class Fix(NamedTuple):
    """A repair: all of its edits or none. Edits are sorted and never overlap."""

    message: str
    edits: tuple[Edit, ...]
    applicability: Applicability = "safe"


FILE_UNREADABLE = "file-unreadable"
FILE_NOT_FIXED = "file-not-fixed"
CONFIGURATION_UNMATCHED = "configuration-unmatched"
SUPPRESSION_UNUSED = "suppression-unused"
SUPPRESSION_UNKNOWN_RULE = "suppression-unknown-rule"
"""The findings that no rule can make by looking at a post. Apart from these, the engine knows no rule by name."""


class Diagnostic(NamedTuple):
    """One finding at one place.

    `path` has `/` as separator; `field` is a front-matter key path (`tags[2]`). `rule_failed`: the rule raised an
    exception instead of judging the post, which is a bug in the rule; `message` says what was raised. `group`: findings of
    one rule with the same one need one decision (see `Finding`).
    """

    path: str
    rule: str
    severity: Severity
    message: str
    start: Place
    end: Place
    field: str | None = None
    fix: Fix | None = None
    url: str | None = None
    rule_failed: bool = False
    group: str | None = None


class Skipped(NamedTuple):
    """What a rule decided not to judge: `what` it is (`images under /img/`), how many there are, the reason, and the setting
    that makes the rule judge it, as in the configuration; None if there is none."""

    what: str
    number: int
    reason: str
    setting: str | None = None


def about_file(path: str, rule: str, message: str) -> Diagnostic:
    """An error that is about a file as a whole, not about a place in it."""
    start = Place(1, 1, 0)
    return Diagnostic(path, rule, Severity.ERROR, message, start, start)


def order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By path, then start, then rule."""
    return sorted(diagnostics, key=lambda d: (d.path, d.start.offset, d.rule, d.end.offset, d.message))
