"""Takes a damaged run back, one round of decoding after another, along the most plausible way."""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category

from postlint.mojibake.codecs import CODECS, Codec, codec
from postlint.mojibake.model import model

ROUNDS = 6
# A chain of two mishaps is rarer than one; one that goes through two encodings rarer still.
_AGAIN = 1.0
_OTHER_CODEC = 2.0
_BEAM = 3
# A sign between two letters is odder than its two pairs tell.
_SIGN_INSIDE = 3.5
_INSIDE = re.compile(r"(?<=[^\W\d_])(?:[^\x00-\x7f\w\s’·–—…]|[ªº²³¹¼½¾])(?=[^\W\d_])")
# Of a long run, this many characters at both ends stand for all of it.
SAMPLE = 240


class Reading(NamedTuple):
    """What a run may have been: `gain` says, in nats, how much more plausible that is than the run as it stands."""

    start: int
    end: int
    meaning: str
    chain: tuple[str, ...]
    gain: float


def readings(text: str, start: int, end: int) -> list[Reading]:
    """All readings of damaged runs within `text[start:end]`, which has no ASCII characters."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    found: list[Reading] = []
    region = text[start:end]
    for name in CODECS:
        encoding = codec(name)
        for match in encoding.run.finditer(region):
            left = (before + region[: match.start()])[-2:] or "\n"
            right = (region[match.end() :] + after)[:2] or "\n"
            for meaning, chain, gain in unwind(match[0], left, right, encoding):
                found.append(Reading(start + match.start(), start + match.end(), meaning, chain, gain))
    return found


def unwind(run: str, left: str, right: str, encoding: Codec) -> list[tuple[str, tuple[str, ...], float]]:
    """Meanings of `run` as seen through `encoding` and perhaps further encodings, each with its chain and gain."""
    written = _cost(left, run, right)
    first = encoding.decode(run)
    beam = [(first, (_name(encoding, run),), written - _cost(left, first, right) - encoding.penalty)]
    results = list(beam)
    for _ in range(ROUNDS - 1):
        further = []
        for meaning, chain, gain in beam:
            # The cost of the way here counts once; what is compared is the text.
            spent = written - _cost(left, meaning, right) - gain
            for name in CODECS:
                other = codec(name)
                if not other.run.search(meaning):
                    continue
                better = other.run.sub(lambda match, other=other: other.decode(match[0]), meaning)
                last = chain[0]
                how = _name(other, meaning)
                price = _AGAIN + (0.0 if _same(how, last) else _OTHER_CODEC + other.penalty)
                new = written - _cost(left, better, right) - spent - price
                if new > gain - 3.0:
                    further.append((better, (how, *chain), new))
        if not further:
            break
        further.sort(key=lambda one: -one[2])
        beam = further[:_BEAM]
        results += beam
    return [one for one in results if believable(one[0])]


def _same(one: str, other: str) -> bool:
    return one == other or {one, other} == {"cp1252", "latin-1"}


def _name(encoding: Codec, run: str) -> str:
    """Windows-1252 and Latin-1 are tried as one; which of them it was, the control characters say."""
    if encoding.name == "cp1252" and any("\x80" <= char <= "\x9f" for char in run):
        undefined = frozenset("\x81\x8d\x8f\x90\x9d")
        if all(char in undefined or char >= "\xa0" for char in run) and any(char > "\xff" for char in run):
            return "cp1252"
        return "latin-1"
    return encoding.name


def _cost(left: str, run: str, right: str) -> float:
    if len(run) > 2 * SAMPLE:
        return _plain_cost(left + run[:SAMPLE]) + _plain_cost(run[-SAMPLE:] + right)
    return _plain_cost(left + run + right)


def _plain_cost(text: str) -> float:
    cost = model().cost(text)
    inside = _INSIDE.findall(text)
    return cost + _SIGN_INSIDE * len(inside) if inside else cost


def believable(meaning: str) -> bool:
    """Whether `meaning` consists of characters that people write."""
    return not any(_odd(char) for char in meaning if char > "\x7f")


@lru_cache(maxsize=20_000)
def _odd(char: str) -> bool:
    if "\x80" <= char <= "\x9f":
        return True
    # Emoji newer than Python's tables are believable, other characters it does not know are not.
    return category(char) in ("Cn", "Co", "Cs") and not "\U0001f300" <= char <= "\U0001faff"
