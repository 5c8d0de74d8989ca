"""`path:line:col: severity[rule] message`, one line a finding."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postlint.reporters import More, Style, closing, folded, skipped, visible

if TYPE_CHECKING:
    from postlint.reporting.report import Report


def render(report: "Report", style: Style) -> Iterator[str]:
    for d in folded(report.diagnostics):
        if isinstance(d, More):
            yield f"{visible(d.path)}: {d}\n"
            continue
        yield f"{visible(d.path)}:{d.start.line}:{d.start.column}: {d.severity}[{d.rule}] {visible(d.message)}\n"
    if not style.quiet:
        yield closing(report)
        yield from skipped(report)
