"""Markdown put together from stretches of a post, such as an indented block without its indentation."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from postlint.text import ByteMap, Span


class Excerpt:
    """The text of some spans of a post, one after the other, and the way from its bytes to the post's code points.

    An excerpt has the methods that `Whole` has.
    """

    def __init__(self, text: str, spans: Iterable[Span]) -> None:
        pieces: list[str] = []
        self._starts: list[int] = []
        self._origins: list[int] = []
        length = 0
        for start, end in spans:
            if end > start:
                pieces.append(text[start:end])
                self._starts.append(length)
                self._origins.append(start)
                length += end - start
        self.source = "".join(pieces)
        self._map = ByteMap(self.source)

    def start(self, byte: int) -> int:
        """The offset in the post of the character at `byte`."""
        at = self._map.offset(byte)
        piece = bisect_right(self._starts, at) - 1
        return self._origins[piece] + at - self._starts[piece]

    def end(self, byte: int) -> int:
        """The offset in the post at which the character before `byte` ends."""
        at = self._map.offset(byte)
        piece = max(bisect_left(self._starts, at) - 1, 0)
        return self._origins[piece] + at - self._starts[piece]


class Whole:
    """All of a post from `start` on, to be used like an excerpt."""

    def __init__(self, text: str, start: int) -> None:
        self.source = text[start:]
        self.start = self.end = ByteMap(self.source, start).offset
