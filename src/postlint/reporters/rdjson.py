"""Reviewdog's diagnostics, with fixes as suggestions.

https://github.com/reviewdog/reviewdog/tree/master/proto/rdf: columns are bytes of UTF-8, from 1.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from postlint.diagnostics import Diagnostic
from postlint.reporters import Style, visible
from postlint.reporters._places import sound, utf8_column
from postlint.text import Place, Text

if TYPE_CHECKING:
    from postlint.reporting.report import Report


def render(report: "Report", style: Style) -> Iterator[str]:
    whole = {
        "source": {"name": "postlint", "url": "https://github.com/postlint/postlint"},
        "diagnostics": [_one(d, report.text(d.path)) for d in report.diagnostics],
    }
    yield json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _one(d: Diagnostic, text: Text | None) -> dict[str, Any]:
    out: dict[str, Any] = {
        "message": visible(d.message),
        "location": {"path": sound(d.path), "range": _range(text, d.start, d.end)},
        "severity": d.severity.value.upper(),
        "code": {"value": d.rule, **({"url": d.url} if d.url else {})},
    }
    # Suggestions are accepted one by one, so that a repair in several places can't be one.
    if d.fix and len(d.fix.edits) == 1 and text is not None:
        edit = d.fix.edits[0]
        places = _range(text, text.place(edit.start), text.place(edit.end))
        out["suggestions"] = [{"range": places, "text": sound(edit.content)}]
    return out


def _range(text: Text | None, start: Place, end: Place) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": start.line, "column": utf8_column(text, start)},
        "end": {"line": end.line, "column": utf8_column(text, end)},
    }
