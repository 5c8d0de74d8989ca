"""A report as one JSON object."""

import json
from collections.abc import Sequence
from typing import Any

from postlint import __version__
from postlint.diagnostics import Diagnostic, Edit, Fix, Severity, Skipped
from postlint.text import Place

VERSION = 1


def whole(summary: dict[str, Any], diagnostics: Sequence[Diagnostic], skipped: Sequence[Skipped] = ()) -> str:
    """The text of the object that `--output-format json` prints, with a line feed at its end."""
    data = {
        "version": VERSION,
        "tool": {"name": "postlint", "version": __version__},
        "summary": summary,
        "skipped": [
            {"what": what, "count": number, "reason": reason, "setting": setting}
            for what, number, reason, setting in skipped
        ],
        "diagnostics": [one(d) for d in diagnostics],
    }
    text = json.dumps(data, ensure_ascii=False, indent=1)
    try:
        text.encode()
    except UnicodeEncodeError:
        # Bytes that are not UTF-8, kept as lone surrogates, have no UTF-8 form; as escapes they are JSON.
        text = json.dumps(data, indent=1)
    return text + "\n"


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
        "group": d.group,
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
        group=one["group"],
    )
