"""The known name that a mistyped word most likely means."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 64
"""More letters than a name ever has; longer words are near to nothing."""


def closest(word: str, known: "Iterable[str]") -> str | None:
    """The name in `known` nearest to `word`, None if none is near; of equally near ones the first.

    One slip (a letter added, left out or changed, two swapped) is forgiven for up to four letters, two for up to eight,
    three beyond. Case does not count, but an exact match of case wins.
    """
    best, least = None, allowed(len(word)) + 1
    folded = word.casefold()
    for name in known:
        if name == word:
            return name
        slips = distance(folded, name.casefold(), least)
        # `red` is not a slip for `id`: a part of the word must remain.
        if slips < least and slips < max(len(word), len(name), 2) - 1:
            best, least = name, slips
    return best


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
