"""Finds the places of a text that may be damaged, fast: the rest of the package looks at nothing else."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from postlint.mojibake.codecs import CODECS, WELL_FORMED, Codec, char_class, codec
from postlint.mojibake.finding import Mojibake

FOREIGN = re.compile(r"[^\x00-\x7f]+")
_BLANKS = bytes.maketrans(bytes(range(0x80)), b" " * 0x80)
# Every sequence of UTF-8 holds the first two bytes of a short one, or two bytes that continue. What each encoding makes
# of those is looked for in a text only if its runs, in UTF-8, hold one of these: they begin the Latin letters, the
# Cyrillic, Greek and Thai ones, and lines, blocks and signs of mathematics.
_LATIN, _CYRILLIC, _GREEK, _THAI, _SIGNS = b"\xc2\xc3\xc4\xc5", b"\xd0\xd1", b"\xce\xcf", b"\xe0", b"\xe2"
_LINES = re.compile(rb"\xe2[\x88\x89\x8c\x94-\x96]")
_GROUPS = (
    (
        _LATIN + _SIGNS,
        ("cp1252", "cp1250", "iso8859-2", "cp1254", "cp1257", "iso8859-15", "cp1258", "mac-roman", "cp850", "cp437"),
    ),
    (_CYRILLIC, ("cp1251",)),
    (_GREEK, ("cp1253",)),
    (_GREEK, ("cp437",)),
    (_SIGNS, ("koi8-r",)),
    (_CYRILLIC, ("cp866",)),
    (_THAI, ("cp874",)),
)
# Encodings of which damage may look like ordinary text: `suspects` finds the odd runs only, `everywhere` the others.
INCONSPICUOUS = ("mac-roman", "cp866", "cp874")
# So many different runs are found faster one by one than by a look at all runs.
_FEW = 8
# What so many characters at the beginning of a run look like, the rest of it does.
_LONG = 1_000
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
            leads = char_class(alphabet(0xA0, 0xBF) + alphabet(0xC2, 0xF4))
            either = char_class(alphabet(0x80, 0x9F) + alphabet(0xB0, 0xBF) + alphabet(0xC2, 0xDF))
            return re.compile(f"{either}(?:(?<={leads}{odd})|(?<={lines}){small})")
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


def different_runs(data: bytes) -> bytes:
    """Every different run of characters beyond ASCII of a text, each between letters `a`; both are UTF-8.

    So patterns need not search the whole text, and find a letter of ASCII where there may be one.
    """
    return b"a".join({b"", *data.translate(_BLANKS).split()}) + b"a"


def suspects(text: str, runs: str, data: bytes) -> list[tuple[int, int]]:
    """Runs of characters beyond ASCII in which something may be damaged, in order.

    `runs` are the `different_runs`, and `data` the same in UTF-8.
    """
    odd = odd_runs(runs, data)
    if not odd:
        return []
    return [(start, end) for start, end in places(text, odd) if odd[text[start:end]].search(text, start, end + 1)]


def odd_runs(runs: str, data: bytes) -> dict[str, re.Pattern[str]]:
    """The different runs in which something may be damaged, each with what finds it; arguments as for `suspects`."""
    present = {byte for group, _ in _GROUPS for byte in group if byte in data}
    if _SIGNS[0] in present and not _LINES.search(data):
        present.discard(_SIGNS[0])
    odd: dict[str, re.Pattern[str]] = {}
    for needed, names in _GROUPS:
        if not present.isdisjoint(needed):
            pattern = _pattern(names)
            for run in runs_with(pattern, runs):
                if _conceivable(run[:_LONG], names):
                    odd.setdefault(run, pattern)
    return odd


@lru_cache(maxsize=10_000)
def _conceivable(run: str, names: tuple[str, ...]) -> bool:
    """Whether one of the encodings shows something well-formed as `run`, or as a part of it."""
    if len(run) == 2 and run[0] in _BEFORE_LETTERS:
        return False
    return any(codec(name).well_formed(run) for name in names)


def runs_with(pattern: re.Pattern[str], runs: str) -> Iterator[str]:
    """Those of the `different_runs` in which the pattern finds something."""
    end = 0
    while hit := pattern.search(runs, end):
        start, end = runs.rfind("a", 0, hit.start() + 1) + 1, runs.find("a", hit.start() + 1)
        yield runs[start:end]


def places(text: str, wanted: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where the `wanted` runs of characters beyond ASCII stand in `text`, in order."""
    if len(wanted) <= _FEW:
        yield from sorted(place for run in wanted for place in _finds(text, run))
        return
    for begin, limit in foreign_lines(text):
        for match in FOREIGN.finditer(text, begin, limit):
            if match[0] in wanted:
                yield match.span()


def _finds(text: str, run: str) -> Iterator[tuple[int, int]]:
    start = text.find(run)
    while start >= 0:
        end = start + len(run)
        if (not start or text[start - 1] < "\x80") and text[end : end + 1] < "\x80":
            yield start, end
        start = text.find(run, end)


def foreign_lines(text: str) -> list[tuple[int, int]]:
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


def outside(text: str, found: Sequence[Mojibake]) -> str:
    """What of `text` is not `found`, its pieces with blanks between them."""
    pieces = []
    last = 0
    for one in found:
        pieces.append(text[last : one.start])
        last = one.end
    pieces.append(text[last:])
    return " ".join(pieces)


def uncovered(text: str, found: Sequence[Mojibake]) -> list[tuple[int, int]]:
    """Where characters beyond ASCII stand that are not `found`."""
    spans = []
    last = 0
    for one in found:
        start = one.start
        if not text[last:start].isascii():
            spans += [match.span() for match in FOREIGN.finditer(text, last, start)]
        last = one.end
    spans += [match.span() for match in FOREIGN.finditer(text, last)]
    return spans


def lines_with(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines in which `spans` lie, which are in order and end within their lines."""
    lines: list[tuple[int, int]] = []
    last = 0
    for start, stop in spans:
        if stop > last:
            begin = max(last, text.rfind("\n", last, start) + 1)
            last = text.find("\n", stop) + 1 or len(text)
            lines.append((begin, last))
    return lines


def everywhere(text: str, name: str) -> Iterator[tuple[int, int]]:
    """All runs of characters beyond ASCII with something that is well-formed in one encoding, however ordinary."""
    seen = codec(name).seen
    for match in FOREIGN.finditer(text):
        if WELL_FORMED.search(seen(match[0])):
            yield match.span()
