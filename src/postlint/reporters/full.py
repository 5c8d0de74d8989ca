"""Each finding with the line it is in, and a caret under the very characters."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from postlint.diagnostics import Diagnostic
from postlint.reporters import More, Style, ending, folded, severity_color, visible, wrapped
from postlint.reporters._frame import frame, width
from postlint.reporters._together import Together, places
from postlint.text import Text

if TYPE_CHECKING:
    from postlint.reporting.report import Report


def render(report: "Report", style: Style) -> Iterator[str]:
    path, text = None, None
    together = Together(report.diagnostics)
    for d in folded(together.first):
        if isinstance(d, More):
            yield f"{visible(d.path)}: {d}\n\n"
            continue
        if d.path != path:
            path, text = d.path, report.text(d.path)
        yield from _one(d, text, style, places(together.others(d)))
    if not style.quiet:
        yield from ending(report, style, len(together.first))


def _one(d: Diagnostic, text: Text | None, style: Style, also: list[str]) -> Iterator[str]:
    paint = style.paint
    head, *more = _sentence(visible(d.message), style, len(f"{d.severity}[{d.rule}]: "), "  ")
    yield f"{style.named(d)}{paint('1', ':')} {paint('1', head)}\n"
    yield from (f"{paint('1', line)}\n" for line in more)
    gutter = " " * len(str(d.start.line))
    yield f"{gutter}{paint('34', '-->')} {visible(d.path)}:{d.start.line}:{d.start.column}\n"
    if shown := frame(d, text, style.width - len(gutter) - 4):
        bar, caret = paint("34", "|"), paint(severity_color(d), "^" * max(width(shown.marked), 1))
        yield f"{gutter} {bar}\n"
        yield f"{paint('34', str(d.start.line))} {bar} {shown.before}{shown.marked}{shown.after}\n"
        yield f"{gutter} {bar} {' ' * width(shown.before)}{caret}{shown.goes_on}\n"
    if d.fix:
        unsafe = "" if d.fix.applicability == "safe" else " (with --unsafe-fixes)"
        fix, *more = _sentence(f"{visible(d.fix.message)}{unsafe}", style, len(gutter) + 8, " " * (len(gutter) + 3))
        yield f"{gutter} {paint('34', '=')} {paint('1', 'fix')}: {fix}\n"
        yield from (f"{line}\n" for line in more)
    for number, place in enumerate(also):
        sign = f"{paint('34', '=')} {paint('1', 'also')}:" if number == 0 else "       "
        yield f"{gutter} {sign} {place}\n"
    yield "\n"


def _sentence(text: str, style: Style, first: int, indent: str) -> list[str]:
    return wrapped(text, style.width, first, indent) if style.reader else [text]
