"""Reads text through the HTML entities or the escapes in it, for damage that was written in that way afterwards."""

import re
from bisect import bisect_right
from functools import lru_cache
from html import unescape
from typing import NamedTuple

_ENTITY = re.compile(r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# As in double quotes of YAML, TOML and JSON. Any other escaped character is passed over, a backslash above all.
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|.)", re.DOTALL)


class View(NamedTuple):
    """A text with what stands for single characters written out, and where each piece of it comes from.

    `starts` and `origins` are the offsets, in `text` and in the original, of the characters after which the two run in
    step; inside of a written-out entity or escape, a character of `text` stands for the whole of it.
    """

    text: str
    starts: list[int]
    origins: list[int]

    def origin(self, offset: int) -> int:
        """The offset in the original text of a character of `text`, or of its end."""
        index = bisect_right(self.starts, offset) - 1
        return self.origins[index] + offset - self.starts[index]


def through_entities(text: str) -> View | None:
    """`text` seen through its HTML entities; None where no two characters beyond ASCII stand together in that way."""
    return _view(
        text, [(*match.span(), char) for match in _ENTITY.finditer(text) if (char := _entity_meaning(match[0]))]
    )


def through_escapes(text: str) -> View | None:
    r"""`text` seen through escapes such as `\xe2` and `\u20ac`; None as above."""
    found = [(*match.span(), match[1] or match[2] or match[3]) for match in _ESCAPE.finditer(text)]
    codes = [(start, end, int(digits, 16)) for start, end, digits in found if digits]
    return _view(text, [(start, end, chr(code)) for start, end, code in codes if 0x7F < code < 0x110000])


def _view(text: str, found: list[tuple[int, int, str]]) -> View | None:
    """Those of `found` (start, end, what it stands for) written out that touch another, or a character beyond ASCII.

    Every run of damage has two characters or more, and most are of one kind.
    """
    pieces: list[str] = []
    starts, origins = [0], [0]
    length = last = 0
    for index, (start, end, char) in enumerate(found):
        after_one = index > 0 and found[index - 1][1] == start
        before_one = index + 1 < len(found) and found[index + 1][0] == end
        if after_one or before_one or text[start - 1 : start] > "\x7f" or text[end : end + 1] > "\x7f":
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
def _entity_meaning(entity: str) -> str:
    """The character beyond ASCII that an entity stands for, if it is just one."""
    char = unescape(entity)
    return char if len(char) == 1 and char > "\x7f" else ""
