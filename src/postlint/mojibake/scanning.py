"""Finds the places of a text that may be damaged, fast: the rest of the package looks at nothing else."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from postlint.mojibake.codecs import CODECS, Codec, char_class, codec

_FOREIGN = re.compile(r"[^\x00-\x7f]+")
# Every sequence of UTF-8 holds the first two bytes of a short one, or two bytes that continue. What each encoding makes
# of those is looked for in a text only if the text, in UTF-8, holds one of these bytes: they stand for the Latin
# letters, the Cyrillic and Greek ones, and for lines and signs of mathematics.
_LATIN, _CYRILLIC, _GREEK = b"\xc3\xc4\xc5", b"\xd0\xd1", b"\xce\xcf"
# Lines, blocks and signs of mathematics: half of KOI8-R and of the code pages.
_LINES = tuple(bytes((0xE2, rest)) for rest in (0x88, 0x89, 0x8C, 0x94, 0x95, 0x96))
_GROUPS = (
    (
        _LATIN + b"\xc2",
        True,
        ("cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257", "iso8859-15", "cp1258", "mac-roman", "cp850", "cp437"),
    ),
    (_CYRILLIC, False, ("cp1251",)),
    (_GREEK, False, ("cp1253",)),
    (_GREEK, False, ("cp437",)),
    (_CYRILLIC, False, ("koi8-r",)),
    (_CYRILLIC, False, ("cp866",)),
    (b"\xe0", False, ("cp874",)),
)
# Encodings of which damage may look like ordinary text: `suspects` finds the odd runs only, `everywhere` the others.
INCONSPICUOUS = ("mac-roman", "cp866", "cp874")
# Quotes and dashes stand before letters everywhere; Mac Roman has them among the bytes that begin a sequence.
_BEFORE_LETTERS = frozenset("‘’“”–—…«\xa0")


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """Two characters that lie in every damaged run: fast rather than exact."""
    leads = following = ""
    for name in names:
        alphabet = codec(name).alphabet
        if name == "cp866":
            # Plain Russian words are full of well-formed sequences; a capital inside of one shows the damage.
            lines, small = char_class(alphabet(0xC2, 0xDF)), char_class(alphabet(0xA0, 0xAF))
            odd = char_class(alphabet(0x80, 0x9F) + alphabet(0xB0, 0xBF))
            return re.compile(f"{char_class(alphabet(0xA0, 0xBF) + alphabet(0xC2, 0xF4))}(?:{odd}|(?<={lines}){small})")
        elif name == "cp874":
            # So are plain Thai words; what is odd there are signs, and a Thai letter beside a Latin one.
            few, rest = char_class(alphabet(0xC2, 0xC5)), char_class(alphabet(0xA1, 0xBF))
            odd = char_class(alphabet(0x80, 0xA0))
            return re.compile(
                f"{char_class(alphabet(0xA1, 0xF4))}(?:{odd}|(?<={few}){rest}(?:(?=[A-Za-z])|(?<=[A-Za-z]..)))"
            )
        else:
            leads += alphabet(0xC2, 0xDF) + alphabet(0x80, 0xBF)
            following += alphabet(0x80, 0xBF)
    return re.compile(char_class(leads) + char_class(following))


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
    for before, char in pairwise(run):
        bits |= begins.get(before, 0) & continues.get(char, 0)
    return [codec(name) for index, name in enumerate(CODECS) if bits >> index & 1] if bits else []


def suspects(text: str, data: bytes) -> list[tuple[int, int]]:
    """Runs of characters beyond ASCII in which something may be damaged, in order; `data` is the text in UTF-8."""
    found: set[tuple[int, int]] = set()
    lines_of_text: list[tuple[int, int]] | None = None
    for needed, lines, names in _GROUPS:
        if not any(byte in data for byte in needed) and not (lines and any(sign in data for sign in _LINES)):
            continue
        if "koi8-r" in names and not any(sign in data for sign in _LINES):
            continue
        if lines_of_text is None:
            lines_of_text = _foreign_lines(text)
        for begin, end in lines_of_text:
            found.update(_runs(text, _pattern(names), begin, end))
    return sorted(found)


def _foreign_lines(text: str) -> list[tuple[int, int]]:
    """Where lines with anything beyond ASCII stand, neighbours joined: Python tells that of a line many times faster
    than a pattern searches it."""
    found: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        end = offset + len(line) + 1
        if not line.isascii():
            if found and found[-1][1] == offset:
                found[-1] = (found[-1][0], end)
            else:
                found.append((offset, end))
        offset = end
    return found


def _runs(text: str, pattern: re.Pattern[str], begin: int, limit: int) -> Iterator[tuple[int, int]]:
    search = pattern.search
    hit = search(text, begin, limit)
    while hit:
        start = hit.start()
        while start and text[start - 1] > "\x7f":
            start -= 1
        run = _FOREIGN.match(text, hit.start())
        end = run.end() if run else hit.end()
        if end - start > 2 or text[start] not in _BEFORE_LETTERS:
            yield start, end
        hit = search(text, end, limit)


def everywhere(text: str, name: str) -> Iterator[tuple[int, int]]:
    """All runs of characters beyond ASCII with something that is well-formed in one encoding, however ordinary."""
    run = codec(name).run
    for match in _FOREIGN.finditer(text):
        if run.search(match[0]):
            yield match.span()
