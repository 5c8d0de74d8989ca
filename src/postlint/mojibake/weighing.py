"""Weighs the readings of all suspect runs of a text against one another."""

from collections import Counter
from math import exp, log

from postlint.mojibake.finding import Mojibake
from postlint.mojibake.scanning import suspects
from postlint.mojibake.unwinding import Reading, nearest_script, readings

# How much more plausible a reading has to be, in nats, where nothing else in the text speaks for it.
BAR = 13.5
LOWEST_BAR = 1.0
PER_WITNESS = 3.5
# How much the rest of the text counts when several encodings explain a run.
_CONSISTENCY = 2.5
_ITERATIONS = 4

Chain = tuple[str, ...]


def search_plain(text: str, data: bytes) -> list[Mojibake]:
    """The damaged runs of `text` that UTF-8 read in single-byte encodings explains, no byte of them lost.

    `data` is the text in UTF-8.
    """
    regions = _regions(text, data)
    if not regions:
        return []
    weights: Counter[Chain] = Counter()
    for _ in range(_ITERATIONS):
        weights = _weigh(regions, weights)
    found = []
    for start, here in regions:
        for r in _pick(here, weights):
            first, last = r.start + start, r.end + start
            found.append(Mojibake(first, last, text[first:last], r.meaning, r.chain, True))
    return found


def _regions(text: str, data: bytes) -> list[tuple[int, list[Reading]]]:
    """Where the text may be damaged, each with its readings, whose places count from there."""
    regions = []
    known: dict[str, list[Reading]] = {}
    for start, end in suspects(text, data):
        key = nearest_script(text, start) + text[max(0, start - 2) : end + 2]
        if key not in known:
            shifted = (r._replace(start=r.start - start, end=r.end - start) for r in readings(text, start, end))
            known[key] = [r for r in shifted if r.gain > LOWEST_BAR]
        if known[key]:
            regions.append((start, known[key]))
    return regions


def _weigh(regions: list[tuple[int, list[Reading]]], weights: Counter[Chain]) -> Counter[Chain]:
    """How many different runs of the text each chain explains, shared out where several explain one."""
    total: Counter[Chain] = Counter()
    seen: set[tuple[int, str]] = set()
    for _, here in regions:
        for best in _pick(here, weights):
            if (id(here), best.meaning) in seen:
                continue
            seen.add((id(here), best.meaning))
            rivals = [(r.chain, _rating(r, weights)) for r in here if r.start == best.start and r.end == best.end]
            top = max(rating for _, rating in rivals)
            shares = [(chain, exp(max(-50.0, rating - top))) for chain, rating in rivals]
            whole = sum(share for _, share in shares)
            for chain, share in shares:
                total[chain] += share / whole  # type: ignore[assignment]
    return total


def _rating(reading: Reading, weights: Counter[Chain]) -> float:
    return reading.gain + _CONSISTENCY * log(weights[reading.chain] + 0.1)


def _pick(here: list[Reading], weights: Counter[Chain]) -> list[Reading]:
    """The readings of one region to believe, none touching another."""
    taken: list[Reading] = []
    for reading in sorted(here, key=lambda one: (-_rating(one, weights), one.start)):
        bar = max(LOWEST_BAR, BAR - PER_WITNESS * log(1 + weights[reading.chain]))
        if reading.gain > bar and all(reading.end <= other.start or other.end <= reading.start for other in taken):
            taken.append(reading)
    taken.sort(key=lambda one: one.start)
    return taken
