"""Decides about a whole file or paragraph at once: what one cause damaged from end to end has no undamaged parts."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from postlint.mojibake.codecs import WELL_FORMED, codec, decoded
from postlint.mojibake.finding import Mojibake
from postlint.mojibake.scanning import FOREIGN, uncovered
from postlint.mojibake.unwinding import believable, named

Chain = tuple[str, ...]

_PARAGRAPH = re.compile(r"\n[ \t]*\n")
# How many different runs of a file or paragraph have to be damaged for sure, and which share of all its runs.
_WITNESSES = 3
_WITNESSES_OF_PARAGRAPH = 2
_SHARE = 0.4
_LONG = 12_000


def completed(text: str, found: list[Mojibake]) -> list[Mojibake]:
    """`found`, and the doubtful runs of the same file or paragraph if one cause explains every character beyond ASCII.

    A text that was read in the wrong encoding has no character beyond ASCII that this encoding does not explain. If a
    file or paragraph has none, the runs that are too short to be judged by themselves are damaged as well, and as often
    as the others.
    """
    if not found:
        return found
    # Of a long text, `throughout` has decided as a whole.
    whole = None if len(text) >= _LONG else _scope_completed(text, 0, len(text), found, _WITNESSES)
    if whole is not None:
        return whole
    open_places = [start for start, _ in uncovered(text, found)]
    if not open_places:
        return found
    results: list[Mojibake] = []
    done = passed = 0
    for start, end in paragraphs(text):
        first, is_open = done, passed < len(open_places) and open_places[passed] < end
        done = bisect_left(found, (end,), first)
        passed = bisect_left(open_places, end, passed)
        here = found[first:done]
        completed_here = _scope_completed(text, start, end, here, _WITNESSES_OF_PARAGRAPH) if here and is_open else None
        results += here if completed_here is None else completed_here
    return results


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of `text`, which blank lines separate."""
    start = 0
    for match in _PARAGRAPH.finditer(text):
        yield start, match.end()
        start = match.end()
    yield start, len(text)


def _scope_completed(
    text: str, start: int, end: int, found: Sequence[Mojibake], witnesses: int
) -> list[Mojibake] | None:
    """All runs of a file or paragraph as its one cause explains them; None if it has more than one, or none."""
    chains: Counter[Chain] = Counter()
    for one in found:
        chains[_kind(one.codecs)] += one.end - one.start
    chain = chains.most_common(1)[0][0]
    different = len({one.text for one in found if _kind(one.codecs) == chain})
    if witnesses == _WITNESSES and different < witnesses:
        return None
    signs_only = different < witnesses
    runs = [match.span() for match in FOREIGN.finditer(text, start, end)]
    starts = [one.start for one in found]
    touched = sum(bisect_left(starts, last) > bisect_left(starts, first) for first, last in runs)
    if touched < _SHARE * len(runs):
        return None
    seen = codec(chain[-1]).seen
    if not all(WELL_FORMED.fullmatch(seen(text[first:last])) for first, last in runs):
        return None
    results: list[Mojibake] = []
    for first, last in runs:
        run = text[first:last]
        meaning = taken_back(run, chain)
        here = found[bisect_left(starts, first) : bisect_left(starts, last)]
        if (
            meaning is None
            or (signs_only and not here and meaning.isalpha())
            or (len(here) == 1 and here[0].text == run and len(here[0].codecs) > len(chain))
        ):
            results += here
        else:
            results.append(Mojibake(first, last, run, meaning, _named(chain, run, here), True))
    return results


@lru_cache(maxsize=10_000)
def taken_back(run: str, chain: Chain) -> str | None:
    """What `run` was before all of it went through the encodings of `chain`; None if it cannot have done so."""
    return all_taken_back([run], chain)[0]


def all_taken_back(runs: Sequence[str], chain: Chain) -> list[str | None]:
    """As `taken_back`, for many runs, in much less time."""
    results: list[str | None] = list(runs)
    left = list(range(len(runs)))
    for name in reversed(chain):
        if not left:
            break
        data = codec("cp1252" if name == "latin-1" else name).seen("\n".join([results[index] or "" for index in left]))
        further = []
        for index, one in zip(left, data.split(b"\n"), strict=True):
            if WELL_FORMED.fullmatch(one):
                results[index] = decoded(one)
                further.append(index)
            else:
                results[index] = None
        left = further
    odd = {char for char in set("".join([one for one in results if one])) if not believable(char)}
    if odd:
        results = [one if one and odd.isdisjoint(one) else None for one in results]
    return results


def _named(chain: Chain, run: str, here: Sequence[Mojibake]) -> Chain:
    """The chain with Latin-1 where the run has its control characters."""
    if len(here) == 1 and len(here[0].codecs) == len(chain):
        return here[0].codecs
    return (*chain[:-1], named(chain[-1], run))


@lru_cache(maxsize=4096)
def _kind(chain: Chain) -> Chain:
    return tuple("cp1252" if name == "latin-1" else name for name in chain)
