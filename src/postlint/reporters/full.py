"""Each finding with the line it is in, and a caret under the very characters."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from postlint.diagnostics import Diagnostic
from postlint.reporters import More, Style, closing, folded, severity_color, visible
from postlint.text import Text

if TYPE_CHECKING:
    from postlint.report import Report

# Skin tones, and the vowels and last consonants of decomposed Korean: drawn into what stands before them.
_JOINING = re.compile("[\U0001f3fb-\U0001f3ff\u1160-\u11ff\ud7b0-\ud7ff]")


def render(report: "Report", style: Style) -> Iterator[str]:
    path, text = None, None
    for d in folded(report.diagnostics):
        if isinstance(d, More):
            yield f"{visible(d.path)}: {d}\n\n"
            continue
        if d.path != path:
            path, text = d.path, report.text(d.path)
        yield from _one(d, text, style)
    if not style.quiet:
        yield closing(report)


def _one(d: Diagnostic, text: Text | None, style: Style) -> Iterator[str]:
    paint = style.paint
    yield f"{style.named(d)}{paint('1', ':')} {paint('1', visible(d.message))}\n"
    gutter = " " * len(str(d.start.line))
    yield f"{gutter}{paint('34', '-->')} {visible(d.path)}:{d.start.line}:{d.start.column}\n"
    if text is not None and not text.is_binary and d.start.line <= len(text.line_starts):
        line = text.line(d.start.line)
        last_line = d.end.line - (d.end.column == 1)
        goes_on = f" … to line {last_line}" if last_line > d.start.line else ""
        last = d.end.column - 1 if d.end.line == d.start.line else len(line)
        before, marked, after = _cut(
            line, d.start.column - 1, max(last, d.start.column - 1), style.width - len(gutter) - 4 - len(goes_on)
        )
        caret = "^" * max(width(marked), 1)
        bar = paint("34", "|")
        yield f"{gutter} {bar}\n"
        yield f"{paint('34', str(d.start.line))} {bar} {before}{marked}{after}\n"
        yield f"{gutter} {bar} {' ' * width(before)}{paint(severity_color(d), caret)}{goes_on}\n"
    if d.fix:
        unsafe = "" if d.fix.applicability == "safe" else " (with --unsafe-fixes)"
        yield f"{gutter} {paint('34', '=')} {paint('1', 'fix')}: {visible(d.fix.message)}{unsafe}\n"
    yield "\n"


def _cut(line: str, start: int, end: int, room: int) -> tuple[str, str, str]:
    """What stands before, in and after the span `start` to `end` (code points) of `line`, in at most `room` columns."""
    room = max(room, 20)
    # A line may have a million characters; more than these few can't be shown, marks included.
    most = 4 * room
    parts = line[max(start - most, 0) : start], line[start : min(end, start + most)], line[end : end + most]
    before, marked, after = map(_shown, parts)
    if width(before) + width(marked) + width(after) <= room:
        return before, marked, after
    marked = _fit(marked, room - 2)
    left = room - width(marked)
    # The span stands a third from the left where there is more on both sides than can be shown.
    ahead = min(width(after), left - min(width(before), left // 3))
    return _fit(before, left - ahead, from_end=True), marked, _fit(after, ahead)


def _fit(text: str, room: int, from_end: bool = False) -> str:
    if width(text) <= room:
        return text
    out, used = [], 1
    clusters = _clusters(text)
    for cluster in reversed(clusters) if from_end else clusters:
        used += width(cluster)
        if used > room:
            break
        out.append(cluster)
    return "…" + "".join(reversed(out)) if from_end else "".join(out) + "…"


def _clusters(text: str) -> list[str]:
    """`text` in pieces that are shown as one: a character with its marks."""
    out: list[str] = []
    for char in text:
        if out and not width(char):
            out[-1] += char
        else:
            out.append(char)
    return out


def _shown(text: str) -> str:
    return visible(text.replace("\t", "    "))


def width(text: str) -> int:
    """Columns that a terminal gives to `text`: two for wide characters and emoji, none for marks and joiners."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width

    columns, joined = 0, False
    for char in text:
        if char == "\ufe0f" and columns:
            columns += 1  # shown as an emoji after all
        elif not (joined or category(char) in ("Mn", "Me", "Cf") or _JOINING.match(char)):
            columns += 2 if east_asian_width(char) in "WF" else 1
        joined = char == "\u200d"
    return columns
