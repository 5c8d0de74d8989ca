"""The line that a finding is in, cut to the width: the text before, in and after its span."""

from typing import NamedTuple

from postlint.diagnostics import Diagnostic
from postlint.reporters import visible
from postlint.text import Text

# Skin tones, and the vowels and last consonants of decomposed Korean: drawn into the preceding character.
_JOINING = frozenset(
    chr(code)
    for first, last in ((0x1F3FB, 0x1F3FF), (0x1160, 0x11FF), (0xD7B0, 0xD7FF))
    for code in range(first, last + 1)
)


class Frame(NamedTuple):
    """Parts of the line that a span begins in, as they can be shown; `goes_on` says to which line it does, if it does."""

    before: str
    marked: str
    after: str
    goes_on: str


def frame(d: Diagnostic, text: Text | None, room: int) -> Frame | None:
    """The part of the line of `d` in `text` that fits in `room` columns, `goes_on` included; None if there is none."""
    if text is None or text.is_binary or d.start.line > len(text.line_starts):
        return None
    line = text.line(d.start.line)
    start = d.start.column - 1
    end = d.end.column - 1 if d.end.line == d.start.line else len(line)
    last = d.end.line - (d.end.column == 1)
    goes_on = f" … to line {last}" if last > d.start.line else ""
    return Frame(*_cut(line, start, max(start, end), max(room - len(goes_on), 20)), goes_on)


def _cut(line: str, start: int, end: int, room: int) -> tuple[str, str, str]:
    """The text before, in and after the span `start` to `end` (code points) of `line`, in at most `room` columns."""
    # A line may have a million characters; more than these few can't be shown, marks included.
    most = 4 * room
    parts = line[max(start - most, 0) : start], line[start : min(end, start + most)], line[end : end + most]
    before, marked, after = map(_shown, parts)
    if width(before) + width(marked) + width(after) <= room:
        return before, marked, after
    marked = _fit(marked, room - 2)
    left = room - width(marked)
    # If both sides have more text than can be shown, the span begins a third from the left.
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
        elif not (joined or category(char) in ("Mn", "Me", "Cf") or char in _JOINING):
            columns += 2 if east_asian_width(char) in "WF" else 1
        joined = char == "\u200d"
    return columns
