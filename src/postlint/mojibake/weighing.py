"""Weighs the readings of all suspect runs of a text against one another."""

from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from math import exp, log

from postlint.mojibake.codecs import CODECS
from postlint.mojibake.finding import Mojibake
from postlint.mojibake.scanning import INCONSPICUOUS, everywhere
from postlint.mojibake.unwinding import Reading, nearest_script, readings

# How much more plausible a reading has to be, in nats, where nothing else in the text speaks for it.
BAR = 13.5
LOWEST_BAR = 1.0
PER_WITNESS = 3.5
# How much the rest of the text counts when several encodings explain a run.
_CONSISTENCY = 2.5
_ITERATIONS = 4
_OFTEN = 2.5
# That two accidents met in one run of characters is the less likely.
_SECOND_CAUSE = 6.0
_LINE = 60
# After so many characters of different runs, only the few encodings that explained most of them are tried.
_BUDGET, _LONG, _FEW = 25_000, 500, 3

Chain = tuple[str, ...]


def weigh(text: str, places: list[tuple[int, int]]) -> list[Mojibake]:
    """What is damaged within `places`: UTF-8 that was read in single-byte encodings, no byte of it lost."""
    regions = _regions(text, places)
    if not regions:
        return []
    weights = _weights(regions)
    common = {name for (name, *_), weight in weights.items() if weight > _OFTEN}
    if again := common.intersection(INCONSPICUOUS):
        regions = _regions(text, sorted({*places, *(place for name in again for place in everywhere(text, name))}))
        weights = _weights(regions)
    found = []
    picked: dict[int, list[Reading]] = {}
    for start, here in regions:
        if id(here) not in picked:
            picked[id(here)] = _pick(here, weights)
        for r in picked[id(here)]:
            first, last = r.start + start, r.end + start
            found.append(Mojibake(first, last, text[first:last], r.meaning, r.chain, True))
    return found if len(regions) > 1 else _unless_contradicted(text, found)


def _unless_contradicted(text: str, found: list[Mojibake]) -> list[Mojibake]:
    """`found`, only to be reported where it is one letter of a line by itself that has other such letters unharmed."""
    if len(found) != 1 or len(text) > _LINE or "\n" in text.strip() or len(found[0].text) > 2:
        return found
    one = found[0]
    around = text[: one.start] + text[one.end :]
    if around.isascii() or not (one.replacement or "").isalpha():
        return found
    return [one._replace(replacement=None, certain=False, candidates=(one.replacement or "",))]


def _weights(regions: list[tuple[int, list[Reading]]]) -> Counter[Chain]:
    different = list({id(here): here for _, here in regions}.values())
    weights = _first_guess(different)
    for _ in range(_ITERATIONS):
        weights = _count(different, weights)
    return weights


@lru_cache(maxsize=4096)
def _key(chain: Chain) -> Chain:
    """The chain as it is counted: Windows-1252 and Latin-1 differ in control characters only, and go together."""
    return tuple("cp1252" if name == "latin-1" else name for name in chain)


@lru_cache(maxsize=4096)
def _prior(chain: Chain) -> float:
    return CODECS.get(_key(chain)[-1], 0.0)


def _first_guess(regions: list[list[Reading]]) -> Counter[Chain]:
    """The chain that explains most of the text by itself, counted as often as it explains something."""
    totals: Counter[Chain] = Counter()
    numbers: Counter[Chain] = Counter()
    for here in regions:
        best: dict[Chain, float] = {}
        for reading in here:
            gain = reading.gain + _prior(reading.chain)
            best[_key(reading.chain)] = max(gain, best.get(_key(reading.chain), 0.0))
        for chain, gain in best.items():
            totals[chain] += gain  # type: ignore[assignment]
            numbers[chain] += gain > BAR
    if not totals:
        return Counter()
    first = max(totals, key=lambda chain: totals[chain] - _prior(chain))
    return Counter({first: numbers[first]})


def _regions(text: str, places: list[tuple[int, int]]) -> list[tuple[int, list[Reading]]]:
    """Where the text may be damaged, each with its readings, whose places count from there."""
    regions = []
    known: dict[str, list[Reading]] = {}
    budget = _BUDGET
    helpful: Counter[str] = Counter()
    codecs = None
    for start, end in places:
        key = nearest_script(text, start) + text[max(0, start - 2) : end + 2]
        if key not in known:
            budget -= min(end - start, _LONG) + 4
            if budget < 0 and codecs is None:
                codecs = {name for name, _ in helpful.most_common(_FEW)}
            shifted = (r._replace(start=r.start - start, end=r.end - start) for r in readings(text, start, end, codecs))
            known[key] = [r for r in shifted if r.gain > LOWEST_BAR]
            helpful.update(r.codec for r in known[key] if r.gain > BAR)
        if known[key]:
            regions.append((start, known[key]))
    return regions


def _count(regions: list[list[Reading]], weights: Counter[Chain]) -> Counter[Chain]:
    """How many different runs of the text each chain explains, shared out where several explain one."""
    total: Counter[Chain] = Counter()
    for here in regions:
        for best in _pick(here, weights):
            rivals = [(_key(r.chain), _rating(r, weights)) for r in here if r.start == best.start and r.end == best.end]
            top = max(rating for _, rating in rivals)
            shares = [(chain, exp(max(-50.0, rating - top))) for chain, rating in rivals]
            whole = sum(share for _, share in shares)
            for chain, share in shares:
                total[chain] += share / whole  # type: ignore[assignment]
    return total


def _rating(reading: Reading, weights: Counter[Chain]) -> float:
    return (
        reading.gain
        + _prior(reading.chain)
        + _CONSISTENCY * log(weights[_key(reading.chain)] + exp(-_prior(reading.chain)))
    )


def _pick(here: list[Reading], weights: Counter[Chain]) -> list[Reading]:
    """The readings of one region to believe, none touching another."""
    taken: list[Reading] = []
    for reading in sorted(here, key=lambda one: (-_rating(one, weights), one.start)):
        bar = max(LOWEST_BAR, BAR - PER_WITNESS * log(1 + weights[_key(reading.chain)]))
        if taken and _key(taken[0].chain) != _key(reading.chain):
            bar = BAR + _SECOND_CAUSE
        if reading.gain > bar:
            index = bisect_left(taken, (reading.start,))
            if (not index or taken[index - 1].end <= reading.start) and (
                index == len(taken) or reading.end <= taken[index].start
            ):
                taken.insert(index, reading)
    return taken
