"""Reads text through the HTML entities in it, for damage that was turned into entities afterwards."""

import re
from bisect import bisect_right
from typing import NamedTuple

# Every run of damage has two characters or more, and most are entities.
_ENTITY = r"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_RUN = re.compile(rf"(?:{_ENTITY}|[^\x00-\x7f])*{_ENTITY}(?:{_ENTITY}|[^\x00-\x7f])+|[^\x00-\x7f]{_ENTITY}")
_ONE = re.compile(_ENTITY)


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
    """`text` seen through its entities; None where no two characters beyond ASCII stand together in that way."""
    from html import unescape

    pieces: list[str] = []
    starts, origins = [0], [0]
    length = last = 0
    for run in _RUN.finditer(text):
        position = run.start()
        begin = len(pieces)
        before = last
        kept = (length, len(starts))
        pieces.append(text[last : run.start()])
        length += run.start() - last
        foreign = 0
        for entity in _ONE.finditer(run[0]):
            at = run.start() + entity.start()
            pieces.append(text[position:at])
            length += at - position
            char = unescape(entity[0])
            if len(char) != 1 or char < "\x80":
                char = entity[0]
            else:
                foreign += 1
            pieces.append(char)
            starts.append(length)
            origins.append(at)
            length += len(char)
            position = at + len(entity[0])
            starts.append(length)
            origins.append(position)
        if foreign:
            pieces.append(text[position : run.end()])
            length += run.end() - position
            last = run.end()
        else:
            del pieces[begin:], starts[kept[1] :], origins[kept[1] :]
            length, last = kept[0], before
    if len(starts) == 1:
        return None
    pieces.append(text[last:])
    return View("".join(pieces), starts, origins)
