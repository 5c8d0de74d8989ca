"""From code points to the positions of the protocol and back."""

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any, Literal

from postlint.text import Text

Encoding = Literal["utf-8", "utf-16", "utf-32"]
Json = dict[str, Any]
"""A value in the protocol's own form."""

_WIDTH = {"utf-8": 1, "utf-16": 2}
_CODEC = {"utf-8": "utf-8", "utf-16": "utf-16-le"}


class Positions:
    """The positions in `text`, with columns as the client counts them. Lines end at LF, CRLF and CR."""

    def __init__(self, text: str, encoding: Encoding) -> None:
        self._text = text
        self._encoding = encoding
        self._starts = Text(text, True).line_starts
        # Columns of ASCII are the same in every encoding.
        self._is_plain = encoding == "utf-32" or text.isascii()

    def position(self, offset: int) -> Json:
        line = bisect_right(self._starts, offset) - 1
        start = self._starts[line]
        return {"line": line, "character": self._units(self._text[start:offset])}

    def range(self, start: int, end: int) -> Json:
        return {"start": self.position(start), "end": self.position(end)}

    def offset(self, position: Mapping[str, int]) -> int:
        """The code point at `position`; a position behind the end of a line or of the text stands for that end."""
        line, character = position["line"], position["character"]
        if line >= len(self._starts):
            return len(self._text)
        start = self._starts[line]
        end = self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)
        written = self._text[start:end].rstrip("\r\n")
        if self._is_plain:
            return start + min(character, len(written))
        data = written.encode(_CODEC[self._encoding], "surrogatepass")[: character * _WIDTH[self._encoding]]
        return start + len(data.decode(_CODEC[self._encoding], "ignore"))

    def span(self, found: Mapping[str, Any]) -> tuple[int, int]:
        """The code points of a range."""
        return self.offset(found["start"]), self.offset(found["end"])

    def _units(self, before: str) -> int:
        if self._is_plain:
            return len(before)
        return len(before.encode(_CODEC[self._encoding], "surrogatepass")) // _WIDTH[self._encoding]
