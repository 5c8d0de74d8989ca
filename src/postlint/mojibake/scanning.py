"""Finds the places of a text that may be damaged, fast: the rest of the package looks at nothing else."""

import re
from collections.abc import Iterator
from functools import lru_cache

from postlint.mojibake.codecs import CODECS, Codec, codec

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
# Every sequence of UTF-8 holds the first two bytes of a short one, or two bytes that continue. What each encoding makes
# of those is looked for in a text only if the text, in UTF-8, holds one of these bytes: they stand for the Latin
# letters, the Cyrillic and Greek ones, and for lines and signs of mathematics.
_LATIN, _CYRILLIC, _GREEK, _SIGNS = b"\xc3\xc4\xc5", b"\xd0\xd1", b"\xce\xcf", b"\xe2"
_GROUPS = (
    (
        _LATIN + b"\xc2",
        "─-▟",
        ("cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257", "iso8859-15", "cp1258", "mac-roman", "cp850", "cp437"),
    ),
    (_CYRILLIC, "", ("cp1251",)),
    (_GREEK, "", ("cp1253",)),
    (_GREEK, "", ("cp437",)),
    (_CYRILLIC, "─-▟≈≤≥⌠⌡■∙√", ("koi8-r",)),
    (_CYRILLIC, "", ("cp866",)),
    (b"\xe0", "", ("cp874",)),
)
# Quotes and dashes stand before letters everywhere; Mac Roman has them among the bytes that begin a sequence.
_BEFORE_LETTERS = frozenset("‘’“”–—…«\xa0")


def _set(*parts: str) -> str:
    return "[" + re.escape("".join(sorted(set("".join(parts))))) + "]"


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Two characters that lie in every damaged run: fast rather than exact."""
    leads = following = ""
    for name in names:
        alphabet = codec(name).alphabet
        if name == "cp866":
            # Plain Russian words are full of well-formed sequences; a capital inside of one shows the damage.
            leads += alphabet(0xA0, 0xBF) + alphabet(0xC2, 0xF4)
            following += alphabet(0x80, 0x9F) + alphabet(0xB0, 0xBF)
        elif name == "cp874":
            # So are plain Thai words; what is odd there are signs, and a Thai letter beside a Latin one.
            few, rest = _set(alphabet(0xC2, 0xC5)), _set(alphabet(0xA1, 0xBF))
            odd = _set(alphabet(0x80, 0xA0))
            return re.compile(f"{_set(alphabet(0xA1, 0xF4))}(?:{odd}|(?<={few}){rest}(?:(?=[A-Za-z])|(?<=[A-Za-z]..)))")
        else:
            leads += alphabet(0xC2, 0xDF) + alphabet(0x80, 0xBF)
            following += alphabet(0x80, 0xBF)
    return re.compile(_set(leads) + _set(following))


@lru_cache(maxsize=1)
def _roles() -> tuple[dict[str, int], dict[str, int]]:
    """In which encodings, a bit for each, a character may begin a sequence of UTF-8, and in which continue one."""
    begins: dict[str, int] = {}
    continues: dict[str, int] = {}
    for index, name in enumerate(CODECS):
        for char, byte in codec(name).bytes.items():
            if byte < 0xC0 or 0xC2 <= byte <= 0xF4:
                role = begins if byte >= 0xC2 else continues
                role[char] = role.get(char, 0) | 1 << index
    return begins, continues


def possible(run: str) -> list[Codec]:
    """The encodings in which something in `run` is two bytes of UTF-8 that may follow each other."""
    begins, continues = _roles()
    bits = 0
    for before, char in zip(run, run[1:]):
        bits |= begins.get(before, 0) & continues.get(char, 0)
    return [codec(name) for index, name in enumerate(CODECS) if bits >> index & 1] if bits else []


def suspects(text: str, data: bytes) -> list[tuple[int, int]]:
    """Runs of characters beyond ASCII in which something may be damaged, in order; `data` is the text in UTF-8."""
    found: set[tuple[int, int]] = set()
    for needed, signs, names in _GROUPS:
        if not any(byte in data for byte in needed) and not (signs and b"\xe2" in data):
            continue
        if "koi8-r" in names and not re.search(f"[{signs}]", text):
            continue
        found.update(_runs(text, _pattern(names)))
    return sorted(found)


def _runs(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    search = pattern.search
    hit = search(text)
    while hit:
        start = hit.start()
        while start and text[start - 1] > "\x7f":
            start -= 1
        run = _FOREIGN.match(text, hit.start())
        end = run.end() if run else hit.end()
        if end - start > 2 or text[start] not in _BEFORE_LETTERS:
            yield start, end
        hit = search(text, end)
