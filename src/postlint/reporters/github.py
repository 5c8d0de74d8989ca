"""Workflow commands of GitHub Actions, which become annotations in the changed files.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postlint.reporters import More, Style, closing, folded, skipped, visible
from postlint.reporters._places import from_repository

if TYPE_CHECKING:
    from postlint.reporting.report import Report


def render(report: "Report", style: Style) -> Iterator[str]:
    for d in folded(report.diagnostics):
        file = f"file={_property(from_repository(d.path))}"
        if isinstance(d, More):
            yield f"::notice {file},title={_property(f'postlint ({d.rule})')}::{_data(f'{d.path}: {d}')}\n"
            continue
        # Columns are shown only if a finding is within one line.
        place = f"line={d.start.line},endLine={d.end.line}"
        if d.start.line == d.end.line:
            place += f",col={d.start.column},endColumn={d.end.column}"
        # The log shows only the message, so the message includes the place.
        message = f"{d.path}:{d.start.line}:{d.start.column}: {d.rule}: {d.message}"
        yield f"::{d.severity} {file},{place},title={_property(f'postlint ({d.rule})')}::{_data(message)}\n"
    if not style.quiet:
        yield closing(report)
        yield from skipped(report)


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
