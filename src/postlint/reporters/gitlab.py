"""A Code Quality report for GitLab's merge requests (https://docs.gitlab.com/ci/testing/code_quality/)."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from postlint.reporters import Style, visible
from postlint.reporters._places import from_repository, sound
from postlint.reporting.fingerprints import fingerprints
from postlint.text import Place

if TYPE_CHECKING:
    from postlint.reporting.report import Report

_SEVERITY = {"error": "major", "warning": "minor"}


def render(report: "Report", style: Style) -> Iterator[str]:
    whole = []
    for d, fingerprint in fingerprints(report.diagnostics, report.text):
        path = sound(from_repository(d.path))
        whole.append(
            {
                "description": visible(d.message),
                "check_name": d.rule,
                # Unique in the report, which has all posts in it.
                "fingerprint": sha256(f"{path}\0{fingerprint}".encode()).hexdigest(),
                "severity": _SEVERITY[d.severity],
                # GitLab reads either; `lines` is older.
                "location": {
                    "path": path,
                    "lines": {"begin": d.start.line, "end": d.end.line},
                    "positions": {"begin": _position(d.start), "end": _position(d.end)},
                },
            }
        )
    yield json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _position(at: Place) -> dict[str, int]:
    return {"line": at.line, "column": at.column}
