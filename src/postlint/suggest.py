"""The known name that a mistyped word most likely means."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 64
"""More letters than a name ever has; longer words are near to nothing."""
# The comparisons of one list of names take at most about a second.
_MOST = 2_000_000


class Names:
    """Known names that many words are compared with: what of them does not depend on the word is worked out once.

    After `_MOST` comparisons no name is near to anything: a post may have thousands of headings and of links to none.
    """

    def __init__(self, known: "Iterable[str]") -> None:
        self._names = [(name, name.casefold()) for name in known]
        self._known = {name for name, _ in self._names}
        self._letters = [_letters_in(folded) for _, folded in self._names]
        self._left = _MOST

    def closest(self, word: str) -> str | None:
        """As `closest` below."""
        if word in self._known:
            return word
        self._left -= len(self._names)
        if self._left < 0:
            return None
        best, least = None, allowed(len(word)) + 1
        folded = word.casefold()
        letters = _letters_in(folded)
        for (name, other), in_other in zip(self._names, self._letters, strict=True):
            # A slip adds one letter to those that occur, takes one from them, or both.
            if (letters ^ in_other).bit_count() > 2 * (least - 1):
                continue
            slips = distance(folded, other, least)
            # `red` is not a slip for `id`: a part of the word must remain.
            if slips < least and slips < max(len(word), len(name), 2) - 1:
                best, least = name, slips
        return best


def _letters_in(word: str) -> int:
    """Which letters occur in a word, a bit for each; letters may share one."""
    bits = 0
    for char in word:
        bits |= 1 << (ord(char) & 63)
    return bits


def closest(word: str, known: "Iterable[str]") -> str | None:
    """The name in `known` nearest to `word`, None if none is near; of equally near ones the first.

    One slip (a letter added, left out or changed, two swapped) is forgiven for up to four letters, two for up to eight,
    three beyond. Case does not count, but an exact match of case wins.
    """
    return Names(known).closest(word)


def in_case_of(target: str, path: str, actual: str) -> str | None:
    """The reference `target`, which leads to `path`, with the letters of `actual`, which differs from `path` only in upper
    and lower case; None if they do not end alike, or if the case also differs where `target` is written in another way."""
    common = 0
    while common < min(len(target), len(path)) and target[-1 - common] == path[-1 - common]:
        common += 1
    before = path[: len(path) - common]
    if len(path) != len(actual) or not common or not actual.startswith(before):
        return None
    better = target[: len(target) - common] + actual[len(actual) - common :]
    return better if better.casefold() == target.casefold() else None


def allowed(length: int) -> int:
    """How many slips a word of `length` letters may have."""
    return 1 if length <= 4 else 2 if length <= 8 else 3


def distance(a: str, b: str, limit: int) -> int:
    """The number of slips between `a` and `b` (Damerau-Levenshtein, no letter moved twice); `limit` if there are that many
    or more, or a word is longer than any name would be."""
    if a == b:
        return 0
    if abs(len(a) - len(b)) >= limit or max(len(a), len(b)) > LONGEST:
        return limit
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row, earlier = row, [i], before
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and y == a[i - 2]:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) >= limit and min(last) >= limit:
            return limit
        before = last
    return min(row[-1], limit)
