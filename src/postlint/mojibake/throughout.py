"""Reads a long text that is damaged throughout: its causes are found on a sample, and decide about most runs at once."""

import re
from itertools import compress

from postlint.mojibake.consistency import Chain, all_taken_back, completed, taken_back
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
# In how many places a short run is judged for all of them.
_PLACES, _TRIES = 2, 30
# What one script or the common punctuation marks make up: three or more such characters are no accident.
_BLOCKS = (
    "À-ɏ‐-‧Ḁ-ỿ", "Ͱ-Ͽἀ-῿", "Ѐ-ԯ", "԰-֏", "֐-׿", "؀-ۿ", "ऀ-ॿ", "ঀ-৿", "਀-੿", "઀-૿", "଀-୿", "஀-௿", "ఀ-౿", "ಀ-೿", "ഀ-ൿ",
    "඀-෿", "฀-๿", "຀-໿", "ༀ-࿿", "က-႟", "Ⴀ-ჿ", "ሀ-፿", "ក-៿", "　-〿぀-ヿ一-鿿＀-￯", "가-힣", "🌀-🫿\u200d\ufe0f☀-➿",
)  # fmt: skip
_ONE_SCRIPT = re.compile("|".join(f"[{block}]{{2,}}" for block in _BLOCKS))
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
    settled: dict[str, tuple[str, Chain]] = {}
    open_runs = different
    for chain in chains[:_CAUSES]:
        meanings = all_taken_back(open_runs, chain)
        if meanings.count(None) <= max(1, _EXCEPTIONS * len(different)):
            # Next to nothing beyond ASCII speaks against this cause.
            settled |= _settled(open_runs, meanings, chain)
            open_runs = [run for run in open_runs if run not in settled]
            break
        sure = [
            meaning is not None and _is_sure(run, meaning, chain)
            for run, meaning in zip(open_runs, meanings, strict=True)
        ]
        settled |= _settled(list(compress(open_runs, sure)), list(compress(meanings, sure)), chain)
        short = [
            run
            for run, meaning, is_sure in zip(open_runs, meanings, sure, strict=True)
            if meaning and not is_sure and run[-1] != "\xa0" and _judged(text, run, meaning, chain, weights)
        ]
        settled |= _settled(short, [taken_back(run, chain) for run in short], chain)
        open_runs = [run for run in open_runs if run not in settled]
    found = _places(text, lines, settled)
    if open_runs:
        rest = "a".join(("", *open_runs, ""))
        data = rest.encode("utf-8", "surrogatepass")
        if places := suspects(text, rest, data):
            found = completed(text, sorted((*found, *weigh(text, places, weights))))
    return found


def _places(text: str, lines: list[tuple[int, int]], settled: dict[str, tuple[str, Chain]]) -> list[Mojibake]:
    """Where the settled runs stand. A text may have a hundred thousand of them, so this loop does without pattern matches
    and constructors."""
    found: list[Mojibake] = []
    rest_of = {run: (run, meaning, chain, True, ()) for run, (meaning, chain) in settled.items()}.get
    new = tuple.__new__
    for begin, limit in lines:
        parts = _RUN.split(text[begin:limit])
        end = begin
        for between, run in zip(parts[::2], parts[1::2], strict=False):
            start = end + len(between)
            end = start + len(run)
            if rest := rest_of(run):
                found.append(new(Mojibake, (start, end, *rest)))
    return found


def _settled(runs: list[str], meanings: list[str | None], chain: Chain) -> dict[str, tuple[str, Chain]]:
    before, last = chain[:-1], chain[-1]
    return {run: (meaning, (*before, named(last, run))) for run, meaning in zip(runs, meanings, strict=True) if meaning}


def _is_sure(run: str, meaning: str, chain: Chain) -> bool:
    """Whether a run is damaged wherever it stands."""
    if len(meaning) < 2 or not _ONE_SCRIPT.fullmatch(meaning):
        return False
    if chain[-1] not in INCONSPICUOUS:
        return True
    cost = model().cost
    return cost(f" {run} ") - cost(f" {meaning} ") > _GAIN


def _judged(text: str, run: str, meaning: str, chain: Chain, weights: Weights) -> bool:
    """Whether a run that may be an accident is damaged in the first places where it stands."""
    place, left = text.find(run), _PLACES
    # A short run is a part of many longer ones.
    for _ in range(_TRIES):
        if place < 0 or not left:
            break
        end = place + len(run)
        if text[place - 1 : place] < "\x80" and text[end : end + 1] < "\x80":
            left -= 1
            if not confirmed(text, place, end, meaning, chain, weights):
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
