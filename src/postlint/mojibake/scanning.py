"""Finds the places of a text that may be damaged, fast: the rest of the package looks at nothing else."""

import re
from collections.abc import Iterator
from functools import lru_cache

from postlint.mojibake.codecs import CODECS, codec

_FOREIGN = re.compile(r"[^\x00-\x7f]+")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Two or three characters that begin a well-formed sequence in one of the encodings."""
    leads: set[str] = set()
    following: set[str] = set()
    ways = []
    for name in CODECS:
        alphabet = codec(name).alphabet
        two, more, rest = alphabet(0xC2, 0xDF), alphabet(0xE0, 0xF4), alphabet(0x80, 0xBF)
        leads.update(two, more)
        following.update(rest)
        if name == "cp866":
            # Plain Russian words are full of well-formed sequences; a capital inside or a line shows the damage.
            small = alphabet(0xA0, 0xAF)
            odd = rest.translate({ord(char): None for char in small})
            ways.append(f"{_set(two)}{_set(rest)}|{_set(more)}(?:{_set(odd)}|{_set(small)}{_set(odd)})")
        else:
            ways.append(f"{_set(two)}{_set(rest)}|{_set(more)}{_set(rest)}{{2}}")
    return re.compile(f"{_set(''.join(leads))}{_set(''.join(following))}(?<=(?={'|'.join(ways)})..)")


def _set(chars: str) -> str:
    return "[" + re.escape("".join(sorted(set(chars)))) + "]"


def suspects(text: str) -> Iterator[tuple[int, int]]:
    """Runs of characters beyond ASCII in which something may be damaged, in order."""
    search = _pattern().search
    hit = search(text)
    while hit:
        start = hit.start()
        while start and text[start - 1] > "\x7f":
            start -= 1
        run = _FOREIGN.match(text, hit.start())
        end = run.end() if run else hit.end()
        yield start, end
        hit = search(text, end)
