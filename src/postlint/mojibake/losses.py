"""Finds the runs of a text that lost bytes, and decides which of them can be repaired."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log

from postlint.mojibake.classes import script_of
from postlint.mojibake.codecs import CODECS, codec
from postlint.mojibake.finding import UNKNOWN, Mojibake
from postlint.mojibake.lossy import CONTROLS, LONGEST, RUN, STRONG, UNDEFINED, Guess, guesses, sign_of_loss
from postlint.mojibake.scanning import lines_with, uncovered

# As in `weighing`: how much more plausible than the text as it stands a reading has to be.
_BAR = 11.0
_LOWEST_BAR = 4.0
_PER_WITNESS = 3.0
# By how much the best reading has to lead the next: in alphabets of few letters there are few to choose from, where any
# of 32 bytes may be missing there are many.
MARGIN, MARGIN_OF_LATIN, MARGIN_ABROAD, MARGIN_OF_CONTROLS = 1.5, 2.0, 3.0, 8.0
# What is asked for in addition where hardly anything else in the text is damaged, so that no word of it speaks for another.
MARGIN_ALONE, _WITNESSES = 1.5, 3
_CANDIDATES = 3
# The bar of a text in which so many times more runs are damaged for sure than are not, and so many at least.
_LOWEST_OF_ALL, _TIMES, _FEW = 1.0, 3, 3
# Reading a run with losses takes some 50 microseconds a character. So many are read in one text, and so many in a long one.
_BUDGET, _BUDGET_OF_LONG, _LONG = 12_000, 4_000, 50_000
# Of a run, so many characters are looked at before and after a part of it.
_SCRAP = 60
_WORD = re.compile(r"[^\W\d_]{2,}")
# A question mark in a word stands for a lost byte.
_ASKED = re.compile(r"[^\x00-\x7f]\?(?=\w)")
_LONE_A = re.compile(r"Ã(?<![^\s('’\"«]Ã)(?= [A-Za-zÀ-ÿ])")
_JOINED = re.compile(r"s\b(?!['’])|quel[ae]s?\b|quilo\b")
_FINAL_A = re.compile(
    r"Ã(?<=[a-z]{3}Ã)(?= (?:l[ea]s?|une?|des?|du|au|que|qui|et|est|en|on|il|lo|gli|di|del|della|dei|per|non|che|un|una|è)\b)"
)
_BEYOND_LATIN = re.compile("[^\x00-\x7f\xa0-\xff]")
_FAMILY = ({"cp1252"}, {"latin-1"})


def with_losses(text: str, found: list[Mojibake]) -> list[Mojibake]:
    """`found`, what is damaged without loss, and the runs of `text` that lost something."""
    kept = _without_scraps(text, found)
    merged = _with_losses(text, kept)
    return merged if len(kept) == len(found) else sorted((*merged, *_scraps(found, kept, merged)))


def _with_losses(text: str, found: list[Mojibake]) -> list[Mojibake]:
    family = {codecs for codecs in {one.codecs for one in found} if set(codecs) in _FAMILY}
    witnesses = [one for one in found if one.codecs in family]
    if not witnesses and not STRONG.search(text):
        return _merge(found, _blanks(text, found))
    # A run that lost something has a character that could not be read without.
    open_places = uncovered(text, found)
    lines = lines_with(text, open_places)
    lost, sign = _lost(witnesses), sign_of_loss("".join(text[begin:end] for begin, end in lines))
    words: Counter[str] | None = None
    bar = max(_LOWEST_BAR, _BAR - _PER_WITNESS * log(1 + len({one.text for one in witnesses})))
    if len(witnesses) >= max(_FEW, _TIMES * len(open_places)):
        # Nearly all of the text is damaged, so that what is left hardly is as it was written.
        bar = _LOWEST_OF_ALL
    places: Iterable[tuple[int, int]] = (
        (match.span() for begin, end in lines for match in RUN.finditer(text, begin, end))
        if witnesses
        else _around(text, STRONG.finditer(text))
    )
    fresh = _final_a(text) + (_lone_a(text, found) if witnesses else [])
    settled = {one.start for one in fresh}
    known: dict[tuple[str, str, str], list[Guess]] = {}
    alone = len(witnesses) < _WITNESSES
    unread: set[int] = set()
    budget = _BUDGET if len(text) < _LONG else _BUDGET_OF_LONG
    for start, end in places:
        if start in settled:
            continue
        while end > start and text[end - 1] == " " and text[end - 2 : end - 1] < "\x80":
            end -= 1
        run = text[start:end]
        if run.isascii():
            continue
        inside = found[bisect_left(found, (start,)) : bisect_left(found, (end,))]
        if sum(one.end - one.start for one in inside) >= sum(char > "\x7f" for char in run):
            continue
        key = (text[max(0, start - 12) : start], run, text[end : end + 12])
        if key not in known:
            if len(run) > LONGEST or budget < 0:
                unread.update(range(bisect_left(found, (start,)), bisect_left(found, (end,))))
                continue
            budget -= len(run)
            words = words or _vocabulary(text, found)
            known[key] = _rated(key, words, lost, sign or "?" * bool(_ASKED.search(text, start, end + 1)))
        if one := _judge(text, start, end, known[key], bar, bool(inside), lost, alone):
            fresh.append(one)
    if unread:
        # A part of a run is not written while nothing is known of the rest.
        found = [one._replace(certain=False) if index in unread else one for index, one in enumerate(found)]
    apart: list[Mojibake] = []
    for one in sorted(fresh):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return _merge(found, apart)


def _scraps(found: list[Mojibake], kept: list[Mojibake], merged: list[Mojibake]) -> Iterator[Mojibake]:
    """Those of `found` that were not `kept`, to be reported, if nothing else is in their places."""
    starts, ends = {one.start for one in kept}, [one.end for one in merged]
    for one in found:
        index = bisect_right(ends, one.start)
        if one.start not in starts and (index == len(merged) or one.end <= merged[index].start):
            yield one._replace(replacement=None, codecs=(UNKNOWN,), certain=False)


def _without_scraps(text: str, found: list[Mojibake]) -> list[Mojibake]:
    """`found` without letters that another encoding than Windows-1252 makes of a few characters of a run, and of the others
    nothing: where bytes were lost, what is left of two letters may look like one of some other script."""
    kept = []
    first = 0
    while first < len(found):
        start, end = found[first].start, found[first].end
        last = first + 1
        if set(found[first].codecs) in _FAMILY or not any(map(str.isalpha, found[first].replacement or "")):
            kept.append(found[first])
            first = last
            continue
        low, high = start, end
        while low and text[low - 1] > "\x7f" and start - low < _SCRAP:
            low -= 1
        while text[high : high + 1] > "\x7f" and high - start < _SCRAP:
            high += 1
        while last < len(found) and found[last].start < high:
            last += 1
        here = found[first:last]
        if 2 * sum(one.end - one.start for one in here) > high - low:
            kept += here
        first = last
    return kept


def _blanks(text: str, found: list[Mojibake]) -> list[Mojibake]:
    """`à` and `Š` at the beginning of a word, their no-break spaces made plain, in text damaged by another encoding."""
    names = Counter(one.codecs for one in found if len(one.codecs) == 1 and one.codecs[0] in CODECS)
    open_places = uncovered(text, found)
    if not names or len(found) < max(_FEW, _TIMES * len(open_places)):
        return []
    chain = names.most_common(1)[0][0]
    before_a0 = {codec(chain[0]).chars[0x43]: "à", codec(chain[0]).chars[0x45]: "Š"}
    fresh = []
    for start, end in open_places:
        meaning = before_a0.get(text[start:end])
        if (
            meaning
            and not text[start - 1 : start].strip()
            and text[end : end + 1] == " "
            and text[end + 1 : end + 2].islower()
        ):
            # Of the word `à`, the blank after it is left.
            end += meaning == "Š"
            fresh.append(Mojibake(start, end, text[start:end], meaning, chain, True))
    return fresh


def _lone_a(text: str, found: list[Mojibake]) -> list[Mojibake]:
    """`Ã` and a blank where the word `à` is meant, its no-break space merged with the blank after it.

    Two blanks after some `Ã` would show that blanks were kept; the blank then is part of the damage.
    """
    if "Ã  " in text:
        return []
    lone = []
    for match in _LONE_A.finditer(text):
        # Portuguese has words that begin with it.
        joined = _JOINED.match(text, match.end() + 1) is not None
        end = match.end() + joined
        lone.append(Mojibake(match.start(), end, text[match.start() : end], "à", ("cp1252",), True))
    return lone


def _final_a(text: str) -> list[Mojibake]:
    """`Ã` at the end of a French or Italian word, its no-break space merged with the blank before a small word."""
    return [
        Mojibake(match.start(), match.end(), "Ã", "à", ("cp1252",), True)
        for match in _FINAL_A.finditer(text)
        if "Ã  " not in text
    ]


def _around(text: str, matches: Iterable[re.Match[str]]) -> Iterable[tuple[int, int]]:
    last = 0
    for match in matches:
        start = match.start()
        if start < last:
            continue
        while start > last and text[start - 1] > "\x7f":
            start -= 1
        run = RUN.match(text, start)
        if run:
            last = run.end()
            yield run.span()


def _lost(witnesses: list[Mojibake]) -> tuple[int, ...]:
    """Which bytes may be missing, judging by what the damage without loss looks like."""
    if len(witnesses) > 2 and not any(_BEYOND_LATIN.search(one.text) for one in witnesses):
        return CONTROLS
    return UNDEFINED


def _vocabulary(text: str, found: list[Mojibake]) -> Counter[str]:
    """The words of the text, with what is known to be damaged repaired."""
    pieces: list[str] = []
    last = 0
    for one in found:
        pieces += (text[last : one.start], one.replacement or "")
        last = one.end
    pieces.append(text[last:])
    return Counter(_WORD.findall("".join(pieces).lower()))


def _rated(key: tuple[str, str, str], words: Counter[str], lost: tuple[int, ...], sign: str) -> list[Guess]:
    """The readings of a run, those preferred that make words of this very text."""
    before, run, after = key
    rated = []
    for guess in guesses(run, before[-2:] or "\n", after[:2] or "\n", lost, sign):
        bonus = 0.0
        if guess.meaning != run:
            whole = before + guess.meaning + after
            for word in _WORD.finditer(whole):
                if word.end() > len(before) and word.start() < len(before) + len(guess.meaning):
                    bonus += 1.5 * log(1 + words[word[0].lower()])
        rated.append(guess._replace(cost=guess.cost - bonus))
    return sorted(rated)


def _judge(
    text: str, start: int, end: int, rated: list[Guess], bar: float, partly: bool, lost: tuple[int, ...], alone: bool
) -> Mojibake | None:
    """What to say of a run; `partly` tells that parts of it are damaged for sure."""
    run = text[start:end]
    best = rated[0]
    written = next(guess.cost for guess in rated if guess.meaning == run)
    if not best.lost and (not best.kept or len(rated) < 2 or rated[1].cost - best.cost >= MARGIN):
        return None  # an honest letter stands beside what is damaged, if anything is
    if not partly and (not best.lost or written - best.cost < bar):
        return None
    margin = _margin({script_of(char) for char in best.meaning} - {""}, lost) + MARGIN_ALONE * alone
    # Over all languages, nothing tells `voilà le` from `hàng`.
    joins = best.meaning.isalpha() and run.endswith("Ã ") and "Ã  " not in text
    leads = not best.kept and not joins and (len(rated) < 2 or rated[1].cost - best.cost >= margin)
    candidates = [guess.meaning for guess in rated if guess.meaning != run][:_CANDIDATES]
    if leads:
        del candidates[1:]
    # What all readings leave as it is belongs to nobody's damage.
    first = last = 0
    shortest = min(len(run), *map(len, candidates))
    while first < shortest and all(one[first] == run[first] for one in candidates):
        first += 1
    while last < shortest - first and all(one[-1 - last] == run[-1 - last] for one in candidates):
        last += 1
    readings = tuple(dict.fromkeys(one[first : len(one) - last] for one in candidates))
    start, end = start + first, end - last
    if start == end:
        return None
    return Mojibake(start, end, text[start:end], readings[0] if leads else None, ("cp1252",), leads, readings)


def _margin(scripts: set[str], lost: tuple[int, ...]) -> float:
    """By how much the best reading has to lead if it has letters of these scripts, and these bytes may be missing."""
    if lost is CONTROLS:
        return MARGIN_ABROAD if scripts <= {"LATIN"} else MARGIN_OF_CONTROLS
    if scripts <= {"LATIN"}:
        return MARGIN_OF_LATIN
    return MARGIN if scripts <= {"LATIN", "CYRILLIC", "GREEK"} else MARGIN_ABROAD


def _merge(found: list[Mojibake], fresh: list[Mojibake]) -> list[Mojibake]:
    """Both lists in order; a run with a loss takes the place of the parts of it that could be read without."""
    merged: list[Mojibake] = []
    last = 0
    for one in fresh:
        first = bisect_left(found, (one.start,), last)
        if first > last and found[first - 1].end > one.start:
            first -= 1
        merged += found[last:first]
        merged.append(one)
        last = max(last, bisect_left(found, (one.end,), first))
    return merged + found[last:]
