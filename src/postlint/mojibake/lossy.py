"""Reads runs of damage that lost bytes on the way: dropped, replaced by `?` or U+FFFD, or a no-break space made plain."""

import re
from collections.abc import Iterator
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from postlint.mojibake.codecs import char_class, codec
from postlint.mojibake.model import model
from postlint.mojibake.unwinding import believable

# Windows-1252 leaves these bytes undefined; some programs drop them.
UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
# In Latin-1 they are control characters, which others drop as well.
CONTROLS = tuple(range(0x80, 0xA0))
_WINDOWS = codec("cp1252")
_BYTES = _WINDOWS.bytes
_BEAM = 12
_COST_OF_LITERAL = 6.0
_COST_OF_LOSS = 1.0
_COST_OF_BLANK = 0.5
LONGEST = 300


class Guess(NamedTuple):
    """A reading of a lossy run: `cost` in nats, `lost` how many bytes of it were guessed, `kept` what it leaves broken."""

    cost: float
    meaning: str
    lost: int
    kept: int


@lru_cache(maxsize=5_000)
def guesses(run: str, left: str, right: str, lost: tuple[int, ...], sign: str) -> list[Guess]:
    """The likeliest readings of `run`, best first; the run as it stands is among them, at no cost but its own.

    `left` and `right` are what stands beside it, `lost` the bytes that may be missing, and `sign` is what stands in
    their place (`?`, U+FFFD or nothing).
    """
    # Plain tuples in the order of `Guess`, which are made and sorted in half the time.
    ends: list[list[tuple[float, str, int, int]]] = [[] for _ in range(len(run) + 1)]
    ends[0] = [(0.0, "", 0, 0)]
    cost = model().cost
    for index in range(len(run)):
        if not ends[index]:
            continue
        here = nsmallest(_BEAM, ends[index]) if len(ends[index]) > _BEAM else ends[index]
        steps = list(_steps(run, index, lost, sign))
        for spent, told, gone, broken in here:
            before = told[-1:] or left[-1:]
            for end, meaning, price, missing, kept in steps:
                ends[end].append(
                    (spent + price + cost(before + meaning), told + meaning, gone + missing, broken + kept)
                )
    best: dict[str, Guess] = {}
    for spent, told, gone, broken in ends[len(run)]:
        total = spent + cost((told[-1:] or left[-1:]) + right)
        if told != run and (told not in best or total < best[told].cost):
            best[told] = Guess(total, told, gone, broken)
    best[run] = Guess(cost(left[-1:] + run + right), run, 0, 0)
    return sorted(best.values())


def _steps(run: str, index: int, lost: tuple[int, ...], sign: str) -> Iterator[tuple[int, str, float, int, int]]:
    """What may begin at `index`: where it ends, what it means, what that costs, and how many bytes were lost."""
    char = run[index]
    lead = _BYTES.get(char, 0)
    needed = 1 if 0xC2 <= lead <= 0xDF else 2 if 0xE0 <= lead <= 0xEF else 3 if 0xF0 <= lead <= 0xF4 else 0
    broken = needed > 0 or char == "\ufffd" or (char == sign and index > 0)
    yield index + 1, char, _COST_OF_LITERAL if char > "\x7f" or broken else 0.0, 0, int(broken)
    if not needed:
        return
    ways: list[tuple[int, bytes, float, int]] = [(index + 1, bytes([lead]), 0.0, 0)]
    most = 2 if sign else 1
    for _ in range(needed):
        longer = []
        for end, data, price, missing in ways:
            after = run[end : end + 1]
            byte = _BYTES.get(after, 0)
            if 0x80 <= byte <= 0xBF:
                longer.append((end + 1, data + bytes([byte]), price, missing))
            elif after == " ":
                longer.append((end + 1, data + b"\xa0", price + _COST_OF_BLANK, missing + 1))
                # Two blanks, one of them not to be broken, often end as one.
                longer.append((end, data + b"\xa0", price + 2 * _COST_OF_BLANK, missing + 1))
            if missing < most and (after == sign if sign else True):
                over = end + len(sign)
                longer += ((over, data + bytes([byte]), price + _COST_OF_LOSS, missing + 1) for byte in lost)
        ways = longer
    for end, data, price, missing in ways:
        try:
            meaning = data.decode()
        except UnicodeDecodeError:
            continue
        if believable(meaning):
            yield end, meaning, price, missing, 0


def sign_of_loss(text: str) -> str:
    """What stands in the place of lost bytes throughout `text`."""
    signs = [match[1] for match in _BROKEN.finditer(text)]
    if "\ufffd" in signs:
        return "\ufffd"
    return "?" if signs.count("?") * 2 > len(signs) - signs.count(" ") else ""


_REST = char_class(_WINDOWS.alphabet(0x80, 0xBF))
_HOLE = "[?\ufffd ]"
_TWO, _THREE, _FOUR = (
    char_class(_WINDOWS.alphabet(first, last)) for first, last in ((0xC2, 0xDF), (0xE0, 0xEF), (0xF0, 0xF4))
)
_BROKEN = re.compile(f"(?:{_TWO}|{_THREE}{_REST}?|{_FOUR}{_REST}{{0,2}})(?!{_REST})([?\ufffd ]|)")
# A run of such characters, together with the signs that stand for lost ones.
_LEADS = char_class(_WINDOWS.alphabet(0xC2, 0xF4))
RUN = re.compile(f"(?:{_LEADS}{_REST}*{_HOLE}?|\ufffd|{_REST})+")
# What is hardly ever anything else; places where damage with a loss is likely although nothing else in the text is damaged.
# Each character class stands first, which makes the search fast.
STRONG = re.compile(
    f"[âðÂÃÅÄÆÎÏÐÑ×ØÙà-ï](?:"
    f"(?<=â)€(?!{_REST})|(?<=ð)Ÿ(?!{_REST}{{2}})|(?<=[ÂÃÄÅÆÎÏÐÑ×ØÙ])\ufffd|(?<=[à-ï])(?:{_REST}\ufffd|\ufffd{_REST})|"
    "(?<=[a-z'’]Ã)[ ?]|(?<=Ã)(?<![^\\s(]Ã) (?=[a-z])|(?<=[a-z][ÂÅ])\\?(?=[a-z])|(?<=[a-z.,:;!?]Â) (?! ))"
)
