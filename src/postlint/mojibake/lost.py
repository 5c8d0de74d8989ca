"""Finds characters that nothing can bring back: U+FFFD in a word, or beside letters of a wrong encoding."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from postlint.mojibake.finding import UNKNOWN, Mojibake
from postlint.mojibake.mentions import speaks_of_encodings

_SIGN = "\ufffd"


def lost(text: str, found: Sequence[Mojibake]) -> list[Mojibake]:
    """The runs of U+FFFD in `text`, apart from what is `found`, that stand in words; none has a replacement.

    A text may show the sign on purpose, between quotes or by itself, or may be about encodings.
    """
    if _SIGN not in text or speaks_of_encodings(text):
        return []
    ends = [one.end for one in found]
    causes = Counter(one.codecs for one in found if one.replacement is None or one.certain)
    how = causes.most_common(1)[0][0] if causes else (UNKNOWN,)
    return [
        Mojibake(start, end, text[start:end], None, how, False)
        for start, end in _runs(text)
        if (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())
        and ((index := bisect_left(ends, start + 1)) == len(found) or end <= found[index].start)
    ]


def _runs(text: str) -> Iterator[tuple[int, int]]:
    start = text.find(_SIGN)
    while start >= 0:
        end = start + 1
        while text[end : end + 1] == _SIGN:
            end += 1
        yield start, end
        start = text.find(_SIGN, end)
