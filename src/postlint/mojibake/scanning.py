"""Finds the places of a text that may be damaged, fast: the rest of the package looks at nothing else."""

import re
from collections.abc import Iterator
from functools import lru_cache

from postlint.mojibake.codecs import CODECS, Codec, codec

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
# Plain words are full of well-formed sequences in these two; what is odd about a damaged one is listed here.
_RUSSIAN, _THAI = "cp866", "cp874"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Two characters that may lie in a damaged run: a pattern that is fast rather than exact."""
    leads: set[str] = set()
    following: set[str] = set()
    for name in CODECS:
        alphabet = codec(name).alphabet
        if name == _RUSSIAN:
            # A capital letter or a line after a small letter.
            leads.update(alphabet(0xA0, 0xAF), alphabet(0xC2, 0xF4))
            following.update(alphabet(0x80, 0x9F), alphabet(0xB0, 0xBF))
        elif name == _THAI:
            leads.update(alphabet(0xA1, 0xF4))
            following.update(alphabet(0x80, 0xA0))
        else:
            leads.update(alphabet(0xC2, 0xF4))
            following.update(alphabet(0x80, 0xBF))
    thai = codec(_THAI).alphabet
    return re.compile(
        f"{_set(leads)}{_set(following)}|(?<=[A-Za-z]){_set(thai(0xC2, 0xC5))}{_set(thai(0xA1, 0xBF))}"
        f"|{_set(thai(0xC2, 0xC5))}{_set(thai(0xA1, 0xBF))}(?=[A-Za-z])"
    )


def _set(chars: set[str] | str) -> str:
    return "[" + re.escape("".join(sorted(set("".join(chars))))) + "]"


@lru_cache(maxsize=1)
def _roles() -> tuple[dict[str, int], dict[str, int]]:
    """In which encodings, a bit for each, a character may begin a sequence of UTF-8, and in which continue one."""
    begins: dict[str, int] = {}
    continues: dict[str, int] = {}
    for index, name in enumerate(CODECS):
        for char, byte in codec(name).bytes.items():
            role = begins if byte >= 0xC2 else continues
            if byte < 0xC0 or 0xC2 <= byte <= 0xF4:
                role[char] = role.get(char, 0) | 1 << index
    return begins, continues


def possible(run: str) -> list[Codec]:
    """The encodings in which something in `run` is two bytes of UTF-8 that may follow each other."""
    begins, continues = _roles()
    bits = 0
    for before, char in zip(run, run[1:]):
        bits |= begins.get(before, 0) & continues.get(char, 0)
    return [codec(name) for index, name in enumerate(CODECS) if bits >> index & 1] if bits else []


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
