"""The findings of each post below its name, for many of them."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from postlint.reporters import More, Style, ending, folded, visible, wrapped
from postlint.reporters._together import Together, places

if TYPE_CHECKING:
    from postlint.reporting.report import Report


def render(report: "Report", style: Style) -> Iterator[str]:
    together = Together(report.diagnostics)
    for path, items in groupby(folded(together.first), key=lambda item: item.path):
        found = list(items)
        own = [item for item in found if not isinstance(item, More)]
        width = max((len(f"{d.start.line}:{d.start.column}") for d in own), default=0)
        yield f"{style.paint('1', visible(path))}\n"
        for item in found:
            if isinstance(item, More):
                yield f"  {'':{width}}  {item}\n"
                continue
            place = f"{item.start.line}:{item.start.column}"
            first, indent = width + 5 + len(f"{item.severity}[{item.rule}]"), " " * (width + 6)
            lines = (
                wrapped(visible(item.message), style.width, first, indent) if style.reader else [visible(item.message)]
            )
            yield f"  {place:>{width}}  {style.named(item)} {lines[0]}\n"
            yield from (f"{line}\n" for line in lines[1:])
            for number, also in enumerate(places(together.others(item))):
                yield f"{indent}{'also:' if number == 0 else '     '} {also}\n"
        yield "\n"
    if not style.quiet:
        yield from ending(report, style, len(together.first))
