"""The findings of each post below its name, for many of them."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from postlint.reporters import More, Style, closing, folded, skipped, visible

if TYPE_CHECKING:
    from postlint.reporting.report import Report


def render(report: "Report", style: Style) -> Iterator[str]:
    for path, items in groupby(folded(report.diagnostics), key=lambda item: item.path):
        found = list(items)
        places = [item for item in found if not isinstance(item, More)]
        width = max((len(f"{d.start.line}:{d.start.column}") for d in places), default=0)
        yield f"{style.paint('1', visible(path))}\n"
        for item in found:
            if isinstance(item, More):
                yield f"  {'':{width}}  {item}\n"
                continue
            place = f"{item.start.line}:{item.start.column}"
            yield f"  {place:>{width}}  {style.named(item)} {visible(item.message)}\n"
        yield "\n"
    if not style.quiet:
        yield closing(report)
        yield from skipped(report)
