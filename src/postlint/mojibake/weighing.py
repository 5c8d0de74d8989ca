"""Weighs the readings of all suspect runs of a text against one another."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice
from math import exp, log
from types import MappingProxyType

from postlint.mojibake.codecs import CODECS
from postlint.mojibake.consistency import completed
from postlint.mojibake.finding import Mojibake
from postlint.mojibake.scanning import INCONSPICUOUS, different_runs, everywhere, suspects
from postlint.mojibake.unwinding import BAR, Reading, nearest_script, readings, telling

# The least that is asked of a reading, however much speaks for it in the rest of the text, and what each witness counts.
LOWEST_BAR = 1.0
PER_WITNESS = 3.5
# How much the rest of the text counts when several encodings explain a run.
_CONSISTENCY = 2.5
_ITERATIONS, _SETTLED = 4, 0.02
_OFTEN = 2.5
# That two accidents met in one run of characters is the less likely.
_SECOND_CAUSE = 6.0
_LINE = 60
# The volumes of an encyclopedia: `Том 3. Р—Я`.
_RANGE = re.compile(r"[РС][–—](?=[А-ЯЁ]\b)")
# What it counts that the repaired word is one of the text's own, how long such a word is, and how many runs are looked at.
_KNOWN_WORD, _SHORTEST, _MOST_DOUBTFUL, _NEAR = 11.0, 3, 1_000, 40
_WORD = re.compile(r"[^\W\d_]+")
_HEAD = re.compile(r"[^\W\d_]+$")
# After so many characters of different runs, only the few encodings that explained most of them are tried.
_BUDGET, _LONG, _FEW = 25_000, 500, 3
_SELECTION = 80
# So many different runs are looked at for one that speaks for itself, and so many are read in all.
_MOST_TELLING, _MOST_READ = 1_000, 1_500

Chain = tuple[str, ...]


class Weights(defaultdict[Chain, float]):
    """How many different runs of a text each chain of encodings explains; to be asked once it no longer changes."""

    def __init__(self, known: Mapping[Chain, float] = MappingProxyType({})) -> None:
        super().__init__(float, known)
        self._bonuses: dict[Chain, float] = {}
        self._bars: dict[Chain, float] = {}

    def bonus(self, chain: Chain) -> float:
        """What speaks for a chain beside the run itself, in nats: how common it is at large, and in this text."""
        bonus = self._bonuses.get(chain)
        if bonus is None:
            prior = _prior(chain)
            bonus = self._bonuses[chain] = prior + _CONSISTENCY * log(self.get(chain, 0.0) + exp(-prior))
        return bonus

    def bar(self, chain: Chain) -> float:
        """How much more plausible than the run as it stands a reading through a chain has to be, in nats."""
        bar = self._bars.get(chain)
        if bar is None:
            bar = self._bars[chain] = max(LOWEST_BAR, BAR - PER_WITNESS * log(1 + self.get(chain, 0.0)))
        return bar


def weigh(text: str, places: list[tuple[int, int]], known: Weights | None = None) -> list[Mojibake]:
    """What is damaged within `places`: UTF-8 that was read in single-byte encodings, no byte of it lost.

    `known` says how much of the text outside of `places` each chain of encodings explains.
    """
    different = dict.fromkeys(text[start:end] for start, end in places)
    if not known and not any_telling(different):
        return []
    regions = _regions(text, places)
    weights = _weights(regions)
    if known:
        weights = Weights({chain: max(weights.get(chain, 0.0), known.get(chain, 0.0)) for chain in {*weights, *known}})
    common = {name for (name, *_), weight in weights.items() if weight > _OFTEN}
    if again := common.intersection(INCONSPICUOUS):
        regions = _regions(text, sorted({*places, *(place for name in again for place in everywhere(text, name))}))
        weights = _weights(regions)
    found = []
    doubtful = []
    picked: dict[int, list[Reading]] = {}
    for start, here in regions:
        if id(here) not in picked:
            picked[id(here)] = _pick(here, weights)
        if not picked[id(here)]:
            doubtful.append((start, max(here, key=lambda r: r.gain + weights.bonus(r.kind))))
        found += [_believed(text, start, r) for r in picked[id(here)]]
    if doubtful:
        found = sorted((*found, *_in_known_words(text, doubtful, weights)))
    if len(found) == 1 and _RANGE.match(text, found[0].start):
        return []
    if known:
        return found
    return completed(text, found) if len(regions) > 1 else _unless_contradicted(text, found)


def any_telling(runs: Iterable[str]) -> bool:
    """Whether one of so many different runs speaks for itself."""
    return any(map(telling, islice(runs, _MOST_TELLING)))


def weights_of(text: str) -> Weights:
    """How many different runs of `text`, or of an even selection of them, each chain of encodings explains."""
    data = different_runs(text.encode("utf-8", "surrogatepass"))
    places = suspects(text, data.decode("utf-8", "surrogatepass"), data)
    return _weights(_regions(text, places[:: len(places) // _SELECTION + 1]))


def confirmed(
    text: str, start: int, end: int, meaning: str, chain: Chain, rivals: frozenset[str], weights: Weights
) -> bool:
    """Whether the run from `start` to `end` is believed to be `meaning`, damaged by `chain`, if all it may have been read
    in last are the encodings `rivals`."""
    script = nearest_script(text, start)
    here = readings(text[max(0, start - 2) : start], text[start:end], text[end : end + 2], script, rivals)
    return any(one.meaning == meaning and one.kind == chain for one in _pick(list(here), weights))


def _believed(text: str, start: int, r: Reading) -> Mojibake:
    first, last = r.start + start, r.end + start
    return Mojibake(first, last, text[first:last], r.meaning, r.chain, True)


def _in_known_words(text: str, doubtful: list[tuple[int, Reading]], weights: Weights) -> list[Mojibake]:
    """Those of the `doubtful` runs that make a word which the text has elsewhere, once they are repaired."""
    likely = [(start, r) for start, r in doubtful[:_MOST_DOUBTFUL] if r.gain + _KNOWN_WORD > weights.bar(r.kind)]
    if not likely:
        return []
    words = {word for word in _WORD.findall(text) if not word.isascii()}
    found = []
    for start, r in likely:
        first, last = r.start + start, r.end + start
        head, tail = _HEAD.search(text, max(0, first - _NEAR), first), _WORD.match(text, last, last + _NEAR)
        word = f"{head[0] if head else ''}{r.meaning}{tail[0] if tail else ''}"
        if len(word) >= _SHORTEST and word in words and word.isalpha():
            found.append(_believed(text, start, r))
    return found


def _unless_contradicted(text: str, found: list[Mojibake]) -> list[Mojibake]:
    """`found`, only to be reported where it is one letter of a line by itself that has other such letters unharmed."""
    if len(found) != 1 or len(text) > _LINE or "\n" in text.strip() or len(found[0].text) > 2:
        return found
    one = found[0]
    around = text[: one.start] + text[one.end :]
    if around.isascii() or not (one.replacement or "").isalpha():
        return found
    return [one._replace(replacement=None, certain=False, candidates=(one.replacement or "",))]


def _weights(regions: list[tuple[int, list[Reading]]]) -> Weights:
    different = list({id(here): here for _, here in regions}.values())
    weights = _first_guess(different)
    for _ in range(_ITERATIONS):
        before, weights = weights, _count(different, weights)
        if all(abs(weights[chain] - before[chain]) < _SETTLED for chain in weights):
            break
    return weights


@lru_cache(maxsize=4096)
def _prior(chain: Chain) -> float:
    return CODECS.get(chain[-1], 0.0)


def _first_guess(regions: list[list[Reading]]) -> Weights:
    """The chain that explains most of the text by itself, counted as often as it explains something."""
    totals = Weights()
    numbers = Weights()
    for here in regions:
        best: dict[Chain, float] = {}
        for reading in here:
            gain = reading.gain + _prior(reading.kind)
            best[reading.kind] = max(gain, best.get(reading.kind, 0.0))
        for chain, gain in best.items():
            totals[chain] += gain
            numbers[chain] += gain > BAR
    if not totals:
        return Weights()
    first = max(totals, key=lambda chain: totals[chain] - _prior(chain))
    return Weights({first: numbers[first]})


def _regions(text: str, places: list[tuple[int, int]]) -> list[tuple[int, list[Reading]]]:
    """Where the text may be damaged, each with its readings, whose places count from there."""
    regions = []
    known: dict[tuple[str, str, str, str], list[Reading]] = {}
    budget = _BUDGET
    helpful: Counter[str] = Counter()
    codecs = None
    for start, end in places:
        key = nearest_script(text, start), text[max(0, start - 2) : start], text[start:end], text[end : end + 2]
        if key not in known:
            if len(known) > _MOST_READ:
                continue
            budget -= min(end - start, _LONG) + 4
            if budget < 0 and codecs is None:
                codecs = frozenset(name for name, _ in helpful.most_common(_FEW))
            script, before, run, after = key
            known[key] = [r for r in readings(before, run, after, script, codecs) if r.gain > LOWEST_BAR]
            helpful.update(r.kind[-1] for r in known[key] if r.gain > BAR)
        if known[key]:
            regions.append((start, known[key]))
    return regions


def _count(regions: list[list[Reading]], weights: Weights) -> Weights:
    """How many different runs of the text each chain explains, shared out where several explain one."""
    total = Weights()
    for here in regions:
        for best in _pick(here, weights):
            rivals = [
                (r.kind, r.gain + weights.bonus(r.kind)) for r in here if r.start == best.start and r.end == best.end
            ]
            top = max(rating for _, rating in rivals)
            shares = [(chain, exp(max(-50.0, rating - top))) for chain, rating in rivals]
            whole = sum(share for _, share in shares)
            for chain, share in shares:
                total[chain] += share / whole
    return total


def _pick(here: list[Reading], weights: Weights) -> list[Reading]:
    """The readings of one region to believe, none touching another."""
    taken: list[Reading] = []
    for reading in sorted(here, key=lambda one: (-one.gain - weights.bonus(one.kind), one.start)):
        second_cause = taken and taken[0].kind != reading.kind
        if reading.gain > (BAR + _SECOND_CAUSE if second_cause else weights.bar(reading.kind)):
            index = bisect_left(taken, (reading.start,))
            if (not index or taken[index - 1].end <= reading.start) and (
                index == len(taken) or reading.end <= taken[index].start
            ):
                taken.insert(index, reading)
    return taken
