"""Takes a damaged run back, one round of decoding after another, along the most plausible way."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category

from postlint.mojibake.classes import script_of
from postlint.mojibake.codecs import WELL_FORMED, Codec, codec, decoded
from postlint.mojibake.model import model
from postlint.mojibake.scanning import possible

ROUNDS = 6
# A chain of two mishaps is rarer than one; one that goes through two encodings rarer still.
_AGAIN = 1.0
_OTHER_CODEC = 2.0
_BEAM = 3
_UNKNOWN = 4.0
_ALONE = 2.0
_SIGN_AMONG_SIGNS = 8.0
# A byte order mark, of which the damaged form is nothing else.
_MARK, _NOTHING_ELSE = "\ufeff", 20.0
_MIXED = 4.0
# The run's letters are at home among those before it, and those of the reading are not.
_LEAVES_SCRIPT = 4.0
# What is odder than its pairs of characters tell: a sign between two letters, a small letter after two capitals, blanks
# of two kinds beside each other, a control character, a capital that ends a word before a small one, and what is hardly
# ever anything but damage: `â€…`, `âœ…`, `Â£` where no word in capitals ends, `Ã—` where no word is.
_ODDITIES = (
    (re.compile(r"(?<=[^\W\d_])(?:[^\x00-\x7f\w\s’·–—…]|[ªº²³¹¼½¾])(?=[^\W\d_])"), 3.5),
    (
        re.compile("(?<=[A-ZÀ-ÖØ-ÞĂĄĆČĐĘĚŁŃŒŘŚȘŠȚŞŢŤŮŰŹŻŽА-ЯΑ-Ω]{2})[a-zß-öø-ÿăąćčđęěłńœřśșšțşţťůűźżžа-яα-ωėįųœƀ-ʯ]"),
        4.0,
    ),
    (re.compile("\xa0[ \xa0]| \xa0"), 4.0),
    (re.compile("[\x80-\x84\x86-\x9f]"), 5.0),
    (re.compile("(?<=[A-Za-z])Ã\xa0(?=[a-z])"), 5.0),
    (re.compile("(?<![^\\W\\d_][A-Z])(?<=[A-Z])[ÃÄÅ][¡-¿‚-›](?=[a-z])"), 4.0),
    (
        re.compile(
            "â[€œš˜ž†ˆ‰]|Â(?<![^\\W\\d_a-z]Â)[¡-ª¬-º¼-¿]|Â(?:(?<=[a-z*)\\]]Â)\xa0|(?<=[A-Za-z]Â)\xa0(?=[a-z*\\[(]))|"
            "Ã(?<![^\\W\\d_]Ã)(?<![„‚‘“«'\"]Ã)[€‚„…†‡ˆ‰‹‘•–—˜™›¡-º¼-¿]"
        ),
        6.0,
    ),
)
# Of a long run, this many characters at both ends stand for all of it.
SAMPLE = 200
# Of a long run, an encoding that explains pieces shorter than this on average explains nothing.
_PIECE = 6
# How much more plausible a reading has to be, in nats, where nothing else in the text speaks for it.
BAR = 13.5
# How much more plausible a reading can at most become by what stands beside the run, compared with a letter or a blank.
SLACK = 10.0


_CONTROL = re.compile("[\x80-\x9f]")
_BEYOND_LATIN_1 = re.compile("[^\x00-\xff]")
# What Windows-1252 shows, with control characters only for the bytes that it leaves undefined.
_WINDOWS_ONLY = re.compile("[^\x00-\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]+")

# A meaning, the chain of encodings that led there, and how much more plausible it is, in nats.
Unwound = tuple[str, tuple[str, ...], float]


class Reading(NamedTuple):
    """What a run, or a part of it, may have been: `start` and `end` count from where the run begins, `gain` says, in nats,
    how much more plausible that is than the run as it stands.

    `kind` is the chain as it is counted: Windows-1252 and Latin-1 differ in control characters only, and go together.
    """

    start: int
    end: int
    meaning: str
    chain: tuple[str, ...]
    gain: float
    kind: tuple[str, ...]


@lru_cache(maxsize=10_000)
def readings(
    before: str, region: str, after: str, around: str, codecs: frozenset[str] | None = None
) -> tuple[Reading, ...]:
    """All readings of damaged runs within `region`, which has no ASCII characters, in some or all `codecs`.

    `before` and `after` are the two characters on either side, `around` is the script that it stands in.
    """
    found: list[Reading] = []
    for encoding in possible(region[: 2 * SAMPLE]):
        if codecs is not None and encoding.name not in codecs:
            continue
        # One run of damage has one cause: of a long one, what explains but pieces explains nothing. Of one longer than any
        # that people write, the beginning tells.
        if len(region) > 50 * SAMPLE and _in_pieces(encoding.well_formed(region[: 2 * SAMPLE]), 2 * SAMPLE):
            continue
        matches = encoding.well_formed(region)
        if len(region) > 4 * SAMPLE and _in_pieces(matches, len(region)):
            continue
        for match in matches:
            first, last = match.span()
            left = (before + region[max(0, first - 2) : first])[-2:] or "\n"
            right = (region[last : last + 2] + after)[:2] or "\n"
            run = region[first:last]
            at_home = around not in ("", "LATIN") and around in map(script_of, run)
            for meaning, chain, gain in unwind(run, left, right, encoding):
                if at_home and not {around, ""}.issuperset(map(script_of, meaning)):
                    gain -= _LEAVES_SCRIPT
                found.append(Reading(first, last, meaning, chain, gain, _kind(chain)))
    return tuple(found)


def _in_pieces(matches: Sequence[re.Match[bytes]], length: int) -> bool:
    """Whether `matches` are but pieces of a run of that length."""
    covered = sum(match.end() - match.start() for match in matches)
    return len(matches) * _PIECE > length or covered < length // 2


def telling(run: str) -> bool:
    """Whether some reading of a run of characters beyond ASCII may be so plausible that it speaks for itself."""
    return any(
        r.gain > BAR - SLACK
        for beside in (" ", "a")
        for r in readings(beside, run, beside, "LATIN" if beside == "a" else "")
    )


@lru_cache(maxsize=10_000)
def unwind(run: str, left: str, right: str, encoding: Codec) -> list[Unwound]:
    """Meanings of `run` as seen through `encoding` and perhaps further encodings, each with its chain and gain.

    Of a long run, the beginning decides about the chains.
    """
    if len(run) > 4 * SAMPLE:
        beginning = WELL_FORMED.match(encoding.seen(run[: 2 * SAMPLE]))
        if not beginning:
            return []
        end = beginning.end()
        decided = unwind(run[:end], left, run[end : end + 2], encoding)
        best = sorted(decided, key=lambda one: -one[2])[:_BEAM]
        return [(_take_back(run, chain), chain, gain) for _, chain, gain in best]
    written = _cost(left, run, right)
    if not any(map(str.isalnum, (left[-1], *run, right[0]))) and encoding.name == "mac-roman":
        # Signs drawn with signs, such as a face, are no letters of Mac Roman.
        written -= _SIGN_AMONG_SIGNS
    first = encoding.decode_within(run)
    beam: list[Unwound] = [
        (first, (named(encoding.name, run),), written - _cost(left, first, right) - encoding.penalty)
    ]
    # Halfway back, text may look worse than it is written. What the same encoding explains as a whole is taken back anyway.
    meaning, spent = first, encoding.penalty
    chain: tuple[str, ...] = (named(encoding.name, run),)
    while len(chain) < ROUNDS and len(meaning) > 2 and WELL_FORMED.fullmatch(data := encoding.seen(meaning)):
        chain = (named(encoding.name, meaning), *chain)
        meaning = decoded(data)
        spent += _AGAIN
        beam.append((meaning, chain, written - _cost(left, meaning, right) - spent))
    results = list(beam)
    for _ in range(ROUNDS - 1):
        further: list[Unwound] = []
        for meaning, chain, gain in beam:
            # The cost of the way here counts once; what is compared is the text.
            spent = written - _cost(left, meaning, right) - gain
            for other in possible(meaning):
                better = other.decode_within(meaning)
                if better == meaning:
                    continue
                last = chain[0]
                how = named(other.name, meaning)
                price = _AGAIN + (0.0 if _same(how, last) else _OTHER_CODEC + other.penalty)
                new = written - _cost(left, better, right) - spent - price
                if new > gain - 3.0:
                    further.append((better, (how, *chain), new))
        if not further:
            break
        further.sort(key=lambda one: -one[2])
        beam = further[:_BEAM]
        results += beam
    return [
        (meaning, chain, gain - _rarities(left, meaning, right))
        for meaning, chain, gain in results
        if believable(meaning)
    ]


def _take_back(run: str, chain: tuple[str, ...]) -> str:
    for name in reversed(chain):
        run = codec("cp1252" if name == "latin-1" else name).decode_within(run)
    return run


@lru_cache(maxsize=4096)
def _kind(chain: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("cp1252" if name == "latin-1" else name for name in chain)


def _same(one: str, other: str) -> bool:
    return one == other or {one, other} == {"cp1252", "latin-1"}


def named(name: str, run: str) -> str:
    """The encoding that showed `run`: Windows-1252 and Latin-1 are tried as one, and control characters distinguish them."""
    if name == "cp1252" and _CONTROL.search(run):
        return "cp1252" if _WINDOWS_ONLY.fullmatch(run) and _BEYOND_LATIN_1.search(run) else "latin-1"
    return name


def _cost(left: str, run: str, right: str) -> float:
    if len(run) > 2 * SAMPLE:
        return _plain_cost(left + run[:SAMPLE]) + _plain_cost(run[-SAMPLE:] + right)
    return _plain_cost(left + run + right)


def _plain_cost(text: str) -> float:
    return model().cost(text) + sum(cost * len(pattern.findall(text)) for pattern, cost in _ODDITIES)


def nearest_script(text: str, start: int) -> str:
    """The script of the last letter before `start`, if there is one near."""
    for char in reversed(text[max(0, start - 12) : start]):
        if script := script_of(char):
            return script
    return ""


def _rarities(left: str, meaning: str, right: str) -> float:
    """What speaks against a short meaning: characters of no living language, a letter alone among another script's."""
    if len(meaning) > 8:
        return 0.0
    if meaning == _MARK:
        return -_NOTHING_ELSE
    cost = sum(
        _UNKNOWN
        for char in meaning
        if "\x7f" < char < "\U0001f000" and not model().knows(char) and category(char) != "Mn"
    )
    if len(meaning) == 1 and meaning.isalpha() and not left[-1].isalpha() and not right[0].isalpha():
        cost += _ALONE
    for before, char, after in zip(left[-1] + meaning, meaning, meaning[1:] + right[0], strict=False):
        script = script_of(char)
        if script and script not in ("LATIN", "GREEK"):
            cost += _MIXED * sum(script_of(other) not in ("", script) for other in (before, after))
        elif char > "\x7f" and category(char) == "Nd":
            cost += _MIXED * (before.isalpha() + after.isalpha())
    return cost


def believable(meaning: str) -> bool:
    """Whether `meaning` consists of characters that people write."""
    return not any(_odd(char) for char in meaning if char > "\x7f")


@lru_cache(maxsize=20_000)
def _odd(char: str) -> bool:
    # Nobody types the Greek question mark, which is a semicolon to all programs; `╘═╛` is the corner of a table.
    if "\x80" <= char <= "\x9f" or char == "\u037e":
        return True
    # Many write the stops of Devanagari at the same place in the blocks of other Indian scripts, where Unicode has none.
    if "\u0a00" <= char <= "\u0d7f" and ord(char) & 0x7F in (0x64, 0x65):
        return False
    # Emoji newer than Python's tables are believable, other characters it does not know are not.
    return category(char) in ("Cn", "Co", "Cs") and not "\U0001f300" <= char <= "\U0001faff"
