"""Judges a very long text by an extract of it that has each of its words once, and writes the verdicts where they belong.

What a reading costs does not depend on how often a word occurs. So the searches, which read every run with care, see the
extract, which has a bounded length, and the rest is a matter of looking runs and words up.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from postlint.mojibake.codecs import CODECS
from postlint.mojibake.consistency import Chain, all_taken_back
from postlint.mojibake.finding import Mojibake
from postlint.mojibake.multibyte import CODECS as EAST_ASIAN
from postlint.mojibake.multibyte import all_read
from postlint.mojibake.scanning import FOREIGN, foreign_lines
from postlint.mojibake.throughout import Verdict, likeliest, placed, verdict

# An extract holds so many characters, in pieces of so many of a longer line.
_MOST = 160_000
_PIECE = 400
# An extract that leaves out less than this share of a text saves nothing.
_SHARE = 0.8
# A word counts up to so many characters from the run that it is looked up for.
_REACH = 60
# Which share of a run's places has to agree.
_USUAL = 0.8
# So many runs that the extract shows on purpose are looked for in their lines.
_MOST_SHOWN = 30
# How many different runs of the extract a cause has to explain before it explains runs that the extract lacks, and which
# share of all different runs may be honest if a cause explains every run that it can.
_ENOUGH, _HONEST = 4, 0.005

# The word in which a run stands, and where in it.
_Place = tuple[str, int]


class _Verdicts(NamedTuple):
    """What an extract says of its runs: `plain` of those that mean the same wherever they stand (None of honest ones),
    `by_word` of the others in each of their words, where offsets count from where the run begins, and `usual` of the
    others in words that the extract lacks."""

    plain: dict[str, Verdict | None]
    usual: dict[str, Verdict | None]
    by_word: dict[_Place, list[Mojibake]]


def extract(text: str, odd: Collection[str]) -> str | None:
    """The lines of `text` that have words beyond ASCII which no line before has; None if that is most of the text.

    If they are too many, those with `odd` runs come first, and some are left out all over the text.
    """
    pieces = list(_with_new_words(text))
    size = sum(map(len, pieces))
    if size > _MOST:
        is_odd = [not odd or any(run in odd for run in FOREIGN.findall(piece)) for piece in pieces]
        odd_size = sum(len(piece) for piece, here in zip(pieces, is_odd, strict=True) if here)
        share_of_odd = min(1.0, _MOST / max(1, odd_size))
        share_of_others = max(0.0, _MOST - odd_size) / max(1, size - odd_size)
        pieces = list(_thinned(pieces, [share_of_odd if here else share_of_others for here in is_odd]))
        size = sum(map(len, pieces))
    return "\n".join(pieces) if size < _SHARE * len(text) else None


def _with_new_words(text: str) -> Iterator[str]:
    """The lines, and pieces of long lines, with words that occur for the first time; a line feed precedes a piece before
    which something was left out, so that no paragraph comes of what was none."""
    seen: set[str] = set()
    lines: set[str] = set()
    was_kept = False
    for line in text.split("\n"):
        if line.isascii() or line in lines:
            was_kept = False
            continue
        lines.add(line)
        for piece in (line,) if len(line) <= 2 * _PIECE else _pieces(line):
            words = [word for word in piece.split(" ") if not word.isascii()]
            if seen.issuperset(words):
                was_kept = False
            else:
                seen.update(words)
                yield piece if was_kept else "\n" + piece
                was_kept = True


def _pieces(line: str) -> Iterator[str]:
    """A long line in pieces that end at blanks, if it has any."""
    start = 0
    while start < len(line):
        end = line.find(" ", start + _PIECE) + 1 or len(line)
        yield line[start:end]
        start = end


def _thinned(pieces: Sequence[str], shares: Sequence[float]) -> Iterator[str]:
    """So large a share of the pieces, evenly."""
    due = 1.0
    was_kept = True
    for piece, share in zip(pieces, shares, strict=True):
        due += share
        if due >= 1.0:
            due -= 1.0
            yield piece if was_kept or piece.startswith("\n") else "\n" + piece
            was_kept = True
        else:
            was_kept = False


def applied(text: str, sample: str, found: Sequence[Mojibake], meant: Sequence[Mojibake]) -> list[Mojibake]:
    """What is damaged in `text`, as `found` in its extract `sample` says, of which it shows all but `meant` on purpose."""
    verdicts = _verdicts(sample, meant)
    lines = foreign_lines(text)
    unseen: dict[str, None] = {}
    results = placed(text, lines, verdicts.plain, unseen)
    varied = [run for run in unseen if run in verdicts.usual]
    for run in varied:
        del unseen[run]
    if unseen and (settled := _settled(list(unseen), verdicts, meant)):
        results = sorted((*results, *placed(text, lines, settled)))
    if varied:
        results = _joined(results, _in_their_words(text, lines, verdicts))
    kept = {one.start for one in meant}
    shown = [one.start for one in found if one.start not in kept]
    if shown and results:
        places = set(_in_their_lines(text, sample, shown[:_MOST_SHOWN]))
        results = [one for one in results if one.start not in places]
    return results


def _in_their_lines(text: str, sample: str, offsets: Sequence[int]) -> Iterator[int]:
    """Where `text` has what stands at the `offsets` of its extract, on the same lines."""
    for offset in offsets:
        begin = sample.rfind("\n", 0, offset) + 1
        end = sample.find("\n", offset)
        line = sample[begin : end if end >= 0 else len(sample)]
        place = text.find(line)
        while place >= 0:
            yield place + offset - begin
            place = text.find(line, place + len(line))


def _verdicts(sample: str, found: Sequence[Mojibake]) -> _Verdicts:
    said: dict[str, Counter[Verdict | None]] = {}
    places: list[tuple[str, int, int, Sequence[Mojibake]]] = []
    complex_runs: set[str] = set()
    passed = reached = 0
    for match in FOREIGN.finditer(sample):
        start, end = match.span()
        run = match[0]
        first = passed
        while passed < len(found) and found[passed].start < end:
            passed += 1
        here = found[first:passed]
        if len(here) == 1 and here[0].start == start and here[0].end == end:
            said.setdefault(run, Counter())[here[0][2:]] += 1
        elif here or start < reached:
            complex_runs.add(run)
        else:
            said.setdefault(run, Counter())[None] += 1
        if here:
            reached = here[-1].end
        places.append((run, start, end, here))
    varied = complex_runs.union(run for run, verdicts in said.items() if len(verdicts) > 1)
    by_word: dict[_Place, list[Mojibake]] = {}
    for run, start, end, here in places:
        if run in varied:
            relative = [one._replace(start=one.start - start, end=one.end - start) for one in here]
            by_word.setdefault(_word(sample, start, end), relative)
    usual = {run: None if run in complex_runs else _usual(said[run]) for run in varied}
    return _Verdicts({run: next(iter(said[run])) for run in said if run not in varied}, usual, by_word)


def _usual(verdicts: Counter[Verdict | None]) -> Verdict | None:
    verdict, number = verdicts.most_common(1)[0]
    return verdict if number >= _USUAL * verdicts.total() else None


def _word(text: str, start: int, end: int) -> _Place:
    """The word in which the run from `start` to `end` stands, and where in it."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    first = max(text.rfind(" ", low, start), text.rfind("\n", low, start)) + 1 or low
    last = text.find("\n", end, high)
    last = text.find(" ", end, last if last >= 0 else high) if " " in text[end : last if last >= 0 else high] else last
    return text[first : last if last >= 0 else high], start - first


def _in_their_words(text: str, lines: list[tuple[int, int]], verdicts: _Verdicts) -> Iterator[Mojibake]:
    """What is damaged in runs of which their words decide."""
    usual, by_word = verdicts.usual, verdicts.by_word
    for begin, limit in lines:
        for match in FOREIGN.finditer(text, begin, limit):
            if match[0] in usual:
                start, end = match.span()
                here = by_word.get(_word(text, start, end))
                if here is None and (rest := usual[match[0]]):
                    yield Mojibake(start, end, *rest)
                for one in here or ():
                    if text.startswith(one.text, start + one.start):
                        yield one._replace(start=start + one.start, end=start + one.end)


def _joined(results: list[Mojibake], others: Iterator[Mojibake]) -> list[Mojibake]:
    """Both in order, none touching another."""
    joined: list[Mojibake] = []
    last = 0
    for one in sorted((*results, *others)):
        if one.start >= last:
            joined.append(one)
            last = one.end
    return joined


def _settled(runs: list[str], verdicts: _Verdicts, found: Sequence[Mojibake]) -> dict[str, Verdict | None]:
    """What the causes of the extract say of runs that it lacks."""
    numbers = Counter(_kind(codecs) for codecs in {one.text: one.codecs for one in found if one.certain}.values())
    chains = [chain for chain, number in numbers.most_common() if number >= _ENOUGH]
    different = [*verdicts.plain, *verdicts.usual]
    alone = (
        chains[:1] != []
        and chains[0][-1] in CODECS
        and all_taken_back(different, chains[0]).count(None) <= _HONEST * len(different)
    )
    if alone:
        del chains[1:]
    settled: dict[str, Verdict | None] = {
        run: verdict(run, meaning, chain)
        for run, (meaning, chain, is_sure) in likeliest(runs, [one for one in chains if one[-1] in CODECS]).items()
        if alone or is_sure
    }
    for name in dict.fromkeys(chain[0] for chain in chains if chain[0] in EAST_ASIAN):
        left = [run for run in runs if run not in settled]
        settled |= {
            run: verdict(run, meaning, (name,))
            for run, meaning in zip(left, all_read(left, name), strict=True)
            if meaning and len(meaning) > 1
        }
    return settled


def _kind(chain: Chain) -> Chain:
    """The chain as it is counted: Windows-1252 and Latin-1 go together."""
    return tuple("cp1252" if name == "latin-1" else name for name in chain)
