"""Reads text through the HTML entities in it, for damage that was turned into entities afterwards."""

import re
from bisect import bisect_right
from functools import lru_cache
from html import unescape
from typing import NamedTuple

_ENTITY = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,31});")


class View(NamedTuple):
    """A text with its runs of entities written out, and where each piece of it comes from.

    `starts` and `origins` are the offsets, in `text` and in the original, of the characters after which the two run in
    step; inside of a written-out entity, a character of `text` stands for the whole entity.
    """

    text: str
    starts: list[int]
    origins: list[int]

    def origin(self, offset: int) -> int:
        """The offset in the original text of a character of `text`, or of its end."""
        index = bisect_right(self.starts, offset) - 1
        return self.origins[index] + offset - self.starts[index]


def written_out(text: str) -> View | None:
    """`text` seen through its entities; None where no two characters beyond ASCII stand together in that way.

    Every run of damage has two characters or more, and most are entities.
    """
    found = [(match.start(), match.end(), char) for match in _ENTITY.finditer(text) if (char := _meaning(match[0]))]
    pieces: list[str] = []
    starts, origins = [0], [0]
    length = last = 0
    for index, (start, end, char) in enumerate(found):
        touched = (index > 0 and found[index - 1][1] == start) or (
            index + 1 < len(found) and found[index + 1][0] == end
        )
        if touched or text[start - 1 : start] > "\x7f" or text[end : end + 1] > "\x7f":
            pieces += (text[last:start], char)
            length += start - last
            starts += (length, length + 1)
            origins += (start, end)
            length += 1
            last = end
    if not pieces:
        return None
    pieces.append(text[last:])
    return View("".join(pieces), starts, origins)


@lru_cache(maxsize=1000)
def _meaning(entity: str) -> str:
    """The character beyond ASCII that an entity stands for, if it is just one."""
    char = unescape(entity)
    return char if len(char) == 1 and char > "\x7f" else ""
