"""Reads a long text that is damaged throughout: its causes are found on a sample, and decide about most runs at once."""

import gc
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import accumulate
from math import inf

from postlint.mojibake.consistency import Chain, all_taken_back, completed
from postlint.mojibake.finding import Mojibake
from postlint.mojibake.model import model
from postlint.mojibake.scanning import INCONSPICUOUS, foreign_lines, suspects
from postlint.mojibake.unwinding import named
from postlint.mojibake.weighing import Weights, confirmed, weigh, weights_of

# So many pieces of so many characters are taken from the lines beyond ASCII.
_PIECES, _PIECE = 32, 240
# How many different runs of the sample a cause has to explain, and how many causes are considered.
_ENOUGH, _CAUSES = 4.0, 8
# The same for a text that has few different runs at all.
_FEW, _ENOUGH_OF_FEW = 12, 0.9
# Which share of all different runs a cause may leave unexplained and still be the only one.
_EXCEPTIONS = 0.005
# By how much a meaning has to be likelier than a run that might be an ordinary word.
_GAIN = 25.0
# By how much a meaning has to lead those by other causes.
_LEAD = 5.0
# In how many places a short run is judged for all of them.
_PLACES, _TRIES = 2, 30
# What one script or the common punctuation marks make up: three or more such characters are no accident.
_BLOCKS = (
    "À-ɏ‐-‧Ḁ-ỿ", "Ͱ-Ͽἀ-῿", "Ѐ-ԯ", "԰-֏", "֐-׿", "؀-ۿ", "ऀ-ॿ", "ঀ-৿", "਀-੿", "઀-૿", "଀-୿", "஀-௿", "ఀ-౿", "ಀ-೿", "ഀ-ൿ",
    "඀-෿", "฀-๿", "຀-໿", "ༀ-࿿", "က-႟", "Ⴀ-ჿ", "ሀ-፿", "ក-៿", "　-〿぀-ヿ一-鿿＀-￯", "가-힣", "🌀-🫿\u200d\ufe0f☀-➿",
)  # fmt: skip
_ONE_SCRIPT = re.compile("|".join(f"[{block}]{{2,}}" for block in _BLOCKS))
# What is said of a run: all of a `Mojibake` but where it stands.
Verdict = tuple[str, str | None, tuple[str, ...], bool, tuple[str, ...]]
_RUN = re.compile("([^\x00-\x7f]+)")
_CUT = re.compile("^[^\x00-\x7f]+|[^\x00-\x7f]+$")


def throughout(text: str, runs: str) -> list[Mojibake] | None:
    """The damaged runs of a long `text` without loss; None if a sample shows no damage that occurs again and again.

    `runs` are its `different_runs`.
    """
    lines = foreign_lines(text)
    weights = weights_of(_sample(text, lines))
    different = list(filter(None, runs.split("a")))
    enough = _ENOUGH if len(different) > _FEW else _ENOUGH_OF_FEW
    chains = sorted((chain for chain, weight in weights.items() if weight >= enough), key=lambda one: -weights[one])
    if not chains:
        return None
    chains = chains[:_CAUSES]
    verdicts: dict[str, Verdict | None] = {}
    meanings = all_taken_back(different, chains[0])
    if meanings.count(None) <= max(1, _EXCEPTIONS * len(different)):
        # Next to nothing beyond ASCII speaks against this cause.
        verdicts |= {
            run: verdict(run, meaning, chains[0]) for run, meaning in zip(different, meanings, strict=True) if meaning
        }
    else:
        rivals = frozenset(chain[-1] for chain in chains)
        for run, (meaning, chain, is_sure) in likeliest(different, chains).items():
            if is_sure or (run[-1] != "\xa0" and _judged(text, run, meaning, chain, rivals, weights)):
                verdicts[run] = verdict(run, meaning, chain)
    found = placed(text, lines, verdicts)
    if open_runs := [run for run in different if run not in verdicts]:
        rest = "a".join(("", *open_runs, ""))
        data = rest.encode("utf-8", "surrogatepass")
        if places := suspects(text, rest, data):
            # An encoding whose damage looks like ordinary text is looked for everywhere, in what is found as well.
            ends = [one.end for one in found]
            apart = [one for one in weigh(text, places, weights) if _is_free(one, found, ends)]
            found = completed(text, sorted((*found, *apart)))
    return found


def _is_free(one: Mojibake, found: list[Mojibake], ends: list[int]) -> bool:
    index = bisect_right(ends, one.start)
    return index == len(found) or one.end <= found[index].start


def placed(
    text: str,
    lines: list[tuple[int, int]],
    verdicts: Mapping[str, Verdict | None],
    unknown: dict[str, None] | None = None,
) -> list[Mojibake]:
    """Where the runs stand in `lines` that `verdicts` call damaged. `unknown` takes the runs that these do not have.

    A text may have half a million runs, so this does without pattern matches and constructors.
    """
    verdict_of = verdicts.get
    make = partial(tuple.__new__, Mojibake)
    found: list[Mojibake] = []
    with _no_collections():
        for begin, limit in lines:
            parts = _RUN.split(text[begin:limit])
            ends = list(accumulate(map(len, parts), initial=begin))
            runs = parts[1::2]
            if unknown is not None:
                unknown.update(dict.fromkeys(set(runs).difference(verdicts)))
            here = zip(ends[1::2], ends[2::2], map(verdict_of, runs), strict=False)
            found += map(make, [(start, end, *verdict) for start, end, verdict in here if verdict])
    return found


@contextmanager
def _no_collections() -> Iterator[None]:
    """Spares Python the search for cycles, which there are none of among so many new tuples: it takes half of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def verdict(run: str, meaning: str, chain: Chain) -> Verdict:
    return run, meaning, (*chain[:-1], named(chain[-1], run)), True, ()


def likeliest(runs: Sequence[str], chains: Sequence[Chain]) -> dict[str, tuple[str, Chain, bool]]:
    """What the runs mean by the likeliest of the chains, and whether that is so wherever they stand."""
    options: dict[str, list[tuple[str, Chain]]] = {}
    for chain in chains:
        for run, meaning in zip(runs, all_taken_back(runs, chain), strict=True):
            if meaning:
                options.setdefault(run, []).append((meaning, chain))
    cost = model().cost
    found = {}
    for run, these in options.items():
        lead = inf
        (meaning, chain), *others = these
        if others:
            rated = sorted((cost(f" {meaning} "), len(chain), meaning, chain) for meaning, chain in these)
            (least, _, meaning, chain), (next_one, *_), *_ = rated
            lead = next_one - least
        found[run] = meaning, chain, lead > _LEAD and _is_sure(run, meaning, chain)
    return found


def _is_sure(run: str, meaning: str, chain: Chain) -> bool:
    """Whether a run is damaged wherever it stands."""
    if len(meaning) < 2 or not _ONE_SCRIPT.fullmatch(meaning):
        return False
    if chain[-1] not in INCONSPICUOUS:
        return True
    cost = model().cost
    return cost(f" {run} ") - cost(f" {meaning} ") > _GAIN


def _judged(text: str, run: str, meaning: str, chain: Chain, rivals: frozenset[str], weights: Weights) -> bool:
    """Whether a run that may be an accident is damaged in the first places where it stands."""
    place, left = text.find(run), _PLACES
    # A short run is a part of many longer ones.
    for _ in range(_TRIES):
        if place < 0 or not left:
            break
        end = place + len(run)
        if text[place - 1 : place] < "\x80" and text[end : end + 1] < "\x80":
            left -= 1
            if not confirmed(text, place, end, meaning, chain, rivals, weights):
                return False
        place = text.find(run, end)
    return left < _PLACES


def _sample(text: str, lines: list[tuple[int, int]]) -> str:
    """Pieces of `lines`, those with characters beyond ASCII, taken evenly."""
    length = sum(end - start for start, end in lines)
    step = max(1, length // _PIECES)
    pieces = []
    passed = due = 0
    for start, end in lines:
        while due < passed + end - start:
            at = start + due - passed
            piece = text[at : min(end, at + _PIECE)]
            # A run that the cut goes through shows something else than it is.
            pieces.append(_CUT.sub("", piece) or piece)
            due += step
        passed += end - start
    return "\n\n".join(pieces)
