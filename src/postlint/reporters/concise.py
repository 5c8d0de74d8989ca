"""`path:line:col: severity[rule] message`, one line a finding."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postlint.reporters import Style, closing, visible

if TYPE_CHECKING:
    from postlint.report import Report


def render(report: "Report", style: Style) -> Iterator[str]:
    for d in report.diagnostics:
        yield f"{visible(d.path)}:{d.start.line}:{d.start.column}: {d.severity}[{d.rule}] {visible(d.message)}\n"
    if not style.quiet:
        yield closing(report)
