"""Text and places in it: code-point offsets, lines and columns, and the way from UTF-8 bytes to them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

NOT_ASCII = "[^\0-\x7f]"
"""Among the signs of a rule: any character beyond ASCII, also a byte that is not UTF-8."""
_LINE_END = re.compile(r"\r\n|\n|\r")
_PRINTABLE = bytes((10, *range(32, 127)))
_PRINTABLE_OF_WINDOWS = b"\r" + _PRINTABLE
# The bytes of a character behind its first one. With fewer of them, each is looked up.
_CONTINUED = re.compile(rb"[\x80-\xbf]")
_SPARSE = 16
_SURROGATE = re.compile("[\ud800-\udfff]")


class Span(NamedTuple):
    """Code points `start` to `end`, from 0, end exclusive, in the decoded text."""

    start: int
    end: int


class Place(NamedTuple):
    """One point of a text: `line` and `column` from 1 (columns are code points), `offset` in code points from 0."""

    line: int
    column: int
    offset: int


def place(line_starts: Sequence[int], offset: int) -> Place:
    """The place of `offset` in a text whose lines begin at `line_starts`."""
    line = bisect_right(line_starts, offset)
    return Place(line, offset - line_starts[line - 1] + 1, offset)


def pack_lines(text: str) -> str:
    """The offsets at which the lines of `text` begin, as short text without quotes, for `unpack_lines`."""
    from array import array

    lengths = list(map(len, text.split("\n")))
    if "\r" in text:
        starts = Text(text, True).line_starts
        lengths = [after - before - 1 for before, after in pairwise((*starts, starts[-1] + 1))]
    lengths.pop()
    try:
        return "H" + array("H", lengths).tobytes().hex()
    except OverflowError:
        return "I" + array("I", lengths).tobytes().hex()


def unpack_lines(packed: str) -> list[int]:
    """The offset of the first code point of every line."""
    from array import array

    lengths = array(packed[0], bytes.fromhex(packed[1:]))
    return list(accumulate([length + 1 for length in lengths], initial=0))


class Text:
    """The decoded text of one post; gives the place of an offset. A byte order mark and carriage returns count.

    `value` holds bytes that are not UTF-8 as lone surrogates (PEP 383), so nothing is lost and every offset stays
    correct; `decoded` is False then.
    """

    def __init__(self, value: str, decoded: bool | None = None) -> None:
        self.value = value
        self.decoded = not _SURROGATE.search(value) if decoded is None else decoded

    @classmethod
    def from_bytes(cls, data: bytes) -> "Text":
        """Decode UTF-8. Never raises."""
        try:
            text = cls(data.decode(), decoded=True)
        except UnicodeDecodeError:
            return cls(data.decode(errors="surrogateescape"), decoded=False)
        text.utf8 = data
        return text

    def to_bytes(self) -> bytes:
        """The bytes that `from_bytes` was given."""
        return self.value.encode(errors="strict" if self.decoded else "surrogateescape")

    @cached_property
    def utf8(self) -> bytes:
        """`value` in UTF-8, with lone surrogates encoded as other characters are. Python searches bytes several times faster
        than text with characters of more than one byte."""
        return self.value.encode(errors="surrogatepass")

    @cached_property
    def _known_signs(self) -> dict[str, bool]:
        return {NOT_ASCII: len(self.utf8) != len(self.value)}

    def has(self, sign: str) -> bool:
        """Whether `sign`, such as `][`, is in the text; `NOT_ASCII` stands for any character beyond ASCII. Rules ask for the
        same signs, so each is looked for once."""
        known = self._known_signs.get(sign)
        if known is None:
            data, wanted = self.utf8, sign.encode()
            # That one of its bytes is nowhere in the text is known much sooner than that they do not follow each other.
            known = self._known_signs[sign] = all(map(data.__contains__, wanted)) and wanted in data
        return known

    @property
    def is_binary(self) -> bool:
        """Whether the file is not text in an ASCII-like encoding: not UTF-8, with null bytes, as in UTF-16 and in images."""
        return not self.decoded and "\x00" in self.value

    @cached_property
    def readable(self) -> str:
        """The same code points with U+FFFD for bytes that could not be decoded: parsers in C and Rust refuse surrogates."""
        return self.value if self.decoded else _SURROGATE.sub("\ufffd", self.value)

    @cached_property
    def line_starts(self) -> list[int]:
        """Offset of the first code point of every line. Lines end at LF, CRLF or a lone CR, as in editors."""
        if "\r" not in self.value:
            return list(accumulate([len(line) + 1 for line in self.value.split("\n")[:-1]], initial=0))
        return [0, *(end.end() for end in _LINE_END.finditer(self.value))]

    @cached_property
    def unprintable_lines(self) -> list[tuple[int, str]]:
        """(offset, line) of the lines (ended by LF only) with characters that Python does not count as printable.

        Every invisible character is in such a line, and few posts have one. Python checks a line thirty times faster than
        a pattern checks its characters.
        """
        out: list[tuple[int, str]] = []
        # Most posts have little text beyond ASCII, and Python has to look up only that.
        if self.decoded:
            data = self.utf8
            ends_lines = b"\r" in data and data.count(b"\r") == data.count(b"\r\n")
            rest = data.translate(None, _PRINTABLE_OF_WINDOWS if ends_lines else _PRINTABLE)
            if rest.decode().isprintable():
                return out
        offset = 0
        for line in self.value.split("\n"):
            if not (line.isprintable() or line.removesuffix("\r").isprintable()):
                out.append((offset, line))
            offset += len(line) + 1
        return out

    def place(self, offset: int) -> Place:
        return place(self.line_starts, offset)

    def line(self, number: int) -> str:
        """Line `number` (from 1) without its line end."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.value)
        return self.value[start:end].rstrip("\r\n")


class ByteMap:
    """Turns offsets in the UTF-8 bytes of `value` into code-point offsets, `base` added.

    It counts on from its last answer, so that a parser's events, which come in order, cost one pass in all.
    """

    def __init__(self, value: str, base: int = 0) -> None:
        self._base = base
        self._data = b"" if value.isascii() else value.encode()
        self._byte, self._at = 0, base
        if not self._data:
            self.offset = base.__add__  # type: ignore[method-assign, assignment]
        elif len(self._data) >= _SPARSE * (len(self._data) - len(value)):
            self._later = [at.start() for at in _CONTINUED.finditer(self._data)]
            self.offset = self._sparse  # type: ignore[method-assign]

    def _sparse(self, byte: int) -> int:
        return byte + self._base - bisect_left(self._later, byte)

    def offset(self, byte: int) -> int:
        """`byte` must be on the edge of a character."""
        if byte >= self._byte:
            self._at += len(self._data[self._byte : byte].decode())
        elif byte > self._byte >> 1:
            self._at -= len(self._data[byte : self._byte].decode())
        else:
            self._at = self._base + len(self._data[:byte].decode())
        self._byte = byte
        return self._at

    def span(self, start: int, end: int) -> Span:
        return Span(self.offset(start), self.offset(end))
