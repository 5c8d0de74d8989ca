"""One JSON object for other programs."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from postlint import __version__
from postlint.diagnostics import Diagnostic, Edit, Fix, Severity
from postlint.reporters import Style
from postlint.text import Place

if TYPE_CHECKING:
    from postlint.report import Report

VERSION = 1


def render(report: "Report", style: Style = Style()) -> Iterator[str]:  # noqa: B008
    whole = {
        "version": VERSION,
        "tool": {"name": "postlint", "version": __version__},
        "summary": report.summary._asdict(),
        "diagnostics": [one(d) for d in report.diagnostics],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1)
    try:
        text.encode()
    except UnicodeEncodeError:
        # Bytes that are not UTF-8, kept as lone surrogates, have no UTF-8 form; as escapes they are JSON.
        text = json.dumps(whole, indent=1)
    yield text + "\n"


def one(d: Diagnostic) -> dict[str, Any]:
    """A diagnostic as JSON's types."""
    return {
        "path": d.path,
        "rule": d.rule,
        "severity": d.severity.value,
        "message": d.message,
        "field": d.field,
        "start": d.start._asdict(),
        "end": d.end._asdict(),
        "fix": d.fix
        and {
            "applicability": d.fix.applicability,
            "message": d.fix.message,
            "edits": [edit._asdict() for edit in d.fix.edits],
        },
        "url": d.url,
    }


def read(one: dict[str, Any]) -> Diagnostic:
    """The diagnostic that `one` wrote as JSON's types."""
    fix = one["fix"]
    return Diagnostic(
        one["path"],
        one["rule"],
        Severity(one["severity"]),
        one["message"],
        Place(**one["start"]),
        Place(**one["end"]),
        one["field"],
        fix and Fix(fix["message"], tuple(Edit(**edit) for edit in fix["edits"]), fix["applicability"]),
        one["url"],
    )
