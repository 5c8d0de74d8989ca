"""One JSON object a finding, one a line: as `json` has them, for programs that read a stream."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from postlint.reporters import Style
from postlint.reporting.as_json import one

if TYPE_CHECKING:
    from postlint.reporting.report import Report


def render(report: "Report", style: Style) -> Iterator[str]:
    for d in report.diagnostics:
        yield json.dumps(one(d)) + "\n"
