"""Text and places in it: code-point offsets, lines and columns, and the way from UTF-8 bytes to them."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\n|\r")
_SURROGATE = re.compile("[\ud800-\udfff]")
_NON_ASCII = re.compile(rb"[\x80-\xff]+")


class Span(NamedTuple):
    """Code points `start` to `end`, from 0, end exclusive, in the decoded text."""

    start: int
    end: int


class Place(NamedTuple):
    """One point of a text: `line` and `column` from 1 (columns are code points), `offset` in code points from 0."""

    line: int
    column: int
    offset: int


class Range(NamedTuple):
    """Two places, end exclusive. Needs no text to be shown, so it may leave the process."""

    start: Place
    end: Place


class Text:
    """The decoded text of one post; answers where an offset lies. A byte order mark and carriage returns count.

    `value` holds bytes that are not UTF-8 as lone surrogates (PEP 383), so nothing is lost and every offset stays
    true; `decoded` is False then.
    """

    def __init__(self, value: str, decoded: bool | None = None) -> None:
        self.value = value
        self.decoded = not _SURROGATE.search(value) if decoded is None else decoded

    @classmethod
    def from_bytes(cls, data: bytes) -> "Text":
        """Decode UTF-8. Never raises."""
        try:
            return cls(data.decode(), decoded=True)
        except UnicodeDecodeError:
            return cls(data.decode(errors="surrogateescape"), decoded=False)

    def to_bytes(self) -> bytes:
        """The bytes that `from_bytes` was given."""
        return self.value.encode(errors="strict" if self.decoded else "surrogateescape")

    @cached_property
    def readable(self) -> str:
        """The same code points with U+FFFD for what could not be decoded: parsers in C and Rust refuse surrogates."""
        return self.value if self.decoded else _SURROGATE.sub("\ufffd", self.value)

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the first code point of every line. Lines end at LF, CRLF or a lone CR, as in editors."""
        return [0, *(end.end() for end in _LINE_END.finditer(self.value))]

    def place(self, offset: int) -> Place:
        line = bisect_right(self.line_starts, offset)
        return Place(line, offset - self.line_starts[line - 1] + 1, offset)

    def range(self, span: Span) -> Range:
        return Range(self.place(span.start), self.place(span.end))

    def line(self, number: int) -> str:
        """Line `number` (from 1) without its line end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.value)
        return self.value[start:end].rstrip("\r\n")


class ByteMap:
    """Turns offsets in the UTF-8 bytes of `value` into code-point offsets, `base` added."""

    def __init__(self, value: str, base: int = 0) -> None:
        self._base = base
        self._ascii = value.isascii()
        if not self._ascii:
            self._data = value.encode()
            # Runs of ASCII and of other characters in turn: where each begins, in bytes and in code points.
            self._starts, self._chars = [0], [0]
            chars = last = 0
            for run in _NON_ASCII.finditer(self._data):
                chars += run.start() - last
                self._starts.append(run.start())
                self._chars.append(chars)
                chars += len(run[0].decode())
                last = run.end()
                self._starts.append(last)
                self._chars.append(chars)

    def offset(self, byte: int) -> int:
        """`byte` must be on the edge of a character."""
        if self._ascii:
            return byte + self._base
        i = bisect_right(self._starts, byte) - 1
        start = self._starts[i]
        inside = byte - start if i % 2 == 0 else len(self._data[start:byte].decode())
        return self._chars[i] + inside + self._base

    def span(self, start: int, end: int) -> Span:
        return Span(self.offset(start), self.offset(end))
