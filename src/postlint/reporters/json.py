"""One JSON object for other programs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postlint.reporters import Style

if TYPE_CHECKING:
    from postlint.reporting.report import Report


def render(report: "Report", style: Style = Style()) -> Iterator[str]:  # noqa: B008
    yield report.to_json()
