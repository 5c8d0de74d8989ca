"""How likely a text is: a model of which character follows which, in about three hundred languages."""

from array import array
from functools import lru_cache
from pathlib import Path

from postlint.mojibake.classes import class_of

# The table holds costs (negative natural logarithms) in these steps.
STEP = 0.25
LARGEST = 63
# No pair is less likely than this, so that one odd pair does not decide about a whole text.
CEILING = 15.0
# What a pair that no language has costs, over and above what its two classes cost.
UNSEEN = 2.5
UNKNOWN_CHARACTER = 9.0
# Any character may be repeated, and formulas mix Greek letters with others.
REPEATED = 6.0
GREEK_IN_LATIN = 10.0
BUCKETS = 16384
SLOTS = 4


def place(first: str, second: str) -> tuple[int, int, int]:
    """The two buckets where a pair of characters may lie, and the 16-bit mark it has there."""
    mixed = (ord(first) * 0x9E3779B1 + ord(second) * 0x85EBCA6B) & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 15) * 0x2C1B3C6D & 0xFFFFFFFF
    mixed = (mixed ^ mixed >> 12) * 0x297A2D39 & 0xFFFFFFFF
    mixed ^= mixed >> 15
    bucket, mark = mixed % BUCKETS, (mixed >> 16) or 1
    return bucket, other_bucket(bucket, mark), mark


def other_bucket(bucket: int, mark: int) -> int:
    """The second bucket for something that has `mark` and its first one at `bucket`, and the other way round."""
    return (bucket ^ mark * 0x5BD1) % BUCKETS


class Model:
    """The tables, read from `model.bin`."""

    def __init__(self, data: bytes) -> None:
        sizes = array("I", data[:12])
        end = 12 + sizes[0]
        levels = data[12:end].decode().split("\0")
        self._characters = {char: level * STEP for level, chars in enumerate(levels) for char in chars}
        names = data[end : end + sizes[1]].decode().split("\0")
        end += sizes[1]
        self._classes = {name: index for index, name in enumerate(names)}
        self._width = len(names)
        self._following = data[end : end + self._width**2]
        end += self._width**2
        self._marks = array("H", data[end : end + 2 * SLOTS * BUCKETS])
        self._costs = data[end + 2 * SLOTS * BUCKETS :]
        self._known: dict[str, float] = {}

    def pair(self, pair: str) -> float:
        """What it costs that the second of two characters follows the first, in nats."""
        if pair[0] == pair[1]:
            return min(self._pair(pair), REPEATED)
        cost = self._pair(pair)
        if cost > GREEK_IN_LATIN and (
            ("α" <= pair[0] <= "ω" and pair[1].isascii()) or ("α" <= pair[1] <= "ω" and pair[0].isascii())
        ):
            return GREEK_IN_LATIN
        return cost

    def _pair(self, pair: str) -> float:
        first, second, mark = place(*pair)
        marks = self._marks
        for bucket in (first, second):
            for cell in range(bucket * SLOTS, bucket * SLOTS + SLOTS):
                if marks[cell] == mark:
                    return self._costs[cell] * STEP
        classes = self._classes
        before, after = classes.get(class_of(pair[0]), 0), classes.get(class_of(pair[1]), 0)
        cost = self._following[before * self._width + after] * STEP
        cost += self._characters.get(pair[1], UNKNOWN_CHARACTER) + UNSEEN
        return min(cost, CEILING)

    def cost(self, text: str) -> float:
        """What all characters of `text` but its first cost, in nats."""
        known = self._known
        total = 0.0
        for index in range(len(text) - 1):
            pair = text[index : index + 2]
            cost = known.get(pair)
            if cost is None:
                if len(known) > 200_000:
                    known.clear()
                cost = known[pair] = self.pair(pair)
            total += cost
        return total

    def knows(self, char: str) -> bool:
        """Whether the character occurs in any of the languages."""
        return char in self._characters


@lru_cache(maxsize=1)
def model() -> Model:
    """The model, read on first use."""
    return Model(Path(__file__).with_name("model.bin").read_bytes())
