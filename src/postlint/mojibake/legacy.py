"""Text of one old encoding that was read in another: `\x93quoted\x94`, `Ïðèâåò`, `оПХБЕР`. No UTF-8 takes part in it."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from postlint.mojibake.finding import Mojibake
from postlint.mojibake.model import model
from postlint.mojibake.scanning import lines_with, uncovered
from postlint.mojibake.unwinding import believable

_CONTROLS = re.compile("[\x80-\x9f]+")
_NEXT_LINE = "\x85"
_MEANT = ("cp1252", "mac-roman", "cp850")
# By how much a reading has to lead the next one, and to be likelier than what stands there.
_LEAD = 4.0
_GAIN = 25.0
# What a letter costs that belongs to no word, and from what cost on no reading of a control character makes sense.
_ALONE, _DEAR = 6.0, 26.0
# A word, and not a list of letters: so many different ones, and in an order that costs so little for each.
_DIFFERENT, _FLUENT = 3, 4.6
_MOST, _LONGEST = 3_000, 40
# What was read in which encoding, and what that was; and what words look like then.
_WORDS = (
    ("cp1252", "cp1251", re.compile("[\xa5\xa8\xaa\xaf\xb2-\xb4\xb8\xba\xbf-\xff]{4,40}")),
    ("cp1251", "koi8-r", re.compile("[а-яё][А-ЯЁ]{3,40}|[А-ЯЁ]{2,40}[а-яё][А-ЯЁ]+")),
)
# The same for Latin letters, few of which are damaged in a word: so many different words have to become likelier by so
# much on average, and hardly any others less likely.
_ENOUGH, _EACH, _AGREEING = 3, 5.0, 0.75
_LATIN = ("cp1250", "mac-roman")
_LATIN_WORD = re.compile("[A-Za-z\x80-\u02ff\u2013-\u203a\u20ac\u2122]+")


def legacy(text: str, found: list[Mojibake]) -> list[Mojibake]:
    """The runs of `text`, apart from what is `found`, that another old encoding explains."""
    fresh = _controls(text, found)
    lines = lines_with(text, uncovered(text, found))
    for read, meant, pattern in _WORDS:
        fresh += _words(text, lines, found, read, meant, pattern)
    if not fresh:
        fresh = max((_latin_words(text, lines, found, meant) for meant in _LATIN), key=len)
    return fresh


def _free(found: list[Mojibake], start: int, end: int) -> bool:
    index = bisect_left(found, (end,))
    return not index or found[index - 1].end <= start


def _controls(text: str, found: list[Mojibake]) -> list[Mojibake]:
    """Control characters that are quotes, dashes or letters in another encoding; all of a text are of one."""
    everything: list[re.Match[str]] = []
    last = 0
    for one in (*found, None):
        everything += _CONTROLS.finditer(text, last, one.start if one else len(text))
        if one is None or len(everything) > _MOST:
            break
        last = one.end
    if not 0 < sum(match.end() - match.start() for match in everything) <= _MOST:
        return []
    costs: list[tuple[float, str, list[str]]] = []
    for name in _MEANT:
        meanings = [match[0].encode("latin-1").decode(name, "replace") for match in everything]
        if any("\ufffd" in meaning for meaning in meanings):
            continue
        cost = sum(_cost(text, match, meaning) for match, meaning in zip(everything, meanings, strict=True))
        costs.append((cost, name, meanings))
    if not costs:
        return []
    costs.sort()
    cost, name, meanings = costs[0]
    if cost > _DEAR * len(everything):
        return []
    leads = len(costs) < 2 or costs[1][0] - cost >= _LEAD
    # Some programs write U+0085 between lines.
    leads = leads and not all(
        match[0] == _NEXT_LINE and text[match.end() : match.end() + 1].isspace() for match in everything
    )
    # The rarer encodings are to be believed only where they complete words.
    leads = leads and (name == "cp1252" or not any(map(_alone, [text] * len(meanings), everything, meanings)))
    return [
        Mojibake(
            match.start(), match.end(), match[0], meaning if leads else None, (f"{name}>latin-1",), leads, (meaning,)
        )
        for match, meaning in zip(everything, meanings, strict=True)
    ]


def _cost(text: str, match: re.Match[str], meaning: str) -> float:
    left, right = text[max(0, match.start() - 2) : match.start()] or "\n", text[match.end() : match.end() + 2] or "\n"
    return model().cost(left + meaning + right) + _ALONE * _alone(text, match, meaning)


def _alone(text: str, match: re.Match[str], meaning: str) -> bool:
    """Whether a letter would stand beside no other."""
    beside = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    return meaning.isalpha() and not any(map(str.isalpha, beside))


def _words(
    text: str, lines: list[tuple[int, int]], found: list[Mojibake], read: str, meant: str, pattern: re.Pattern[str]
) -> list[Mojibake]:
    words: list[Mojibake] = []
    for match in _matches(pattern, text, lines):
        if not _free(found, *match.span()) or len(words) > _MOST:
            continue
        try:
            meaning = match[0].encode(read).decode(meant)
        except UnicodeError:
            continue
        cost = model().cost(f" {meaning} ")
        if (
            believable(meaning)
            and len(set(meaning)) >= _DIFFERENT
            and cost < _FLUENT * (len(meaning) + 1)
            and model().cost(f" {match[0]} ") - cost > _GAIN
        ):
            words.append(
                Mojibake(match.start(), match.end(), match[0], meaning, (f"{meant}>{read}",), False, (meaning,))
            )
    return words


def _matches(pattern: re.Pattern[str], text: str, lines: list[tuple[int, int]]) -> Iterator[re.Match[str]]:
    for begin, end in lines:
        yield from pattern.finditer(text, begin, end)


def _latin_words(text: str, lines: list[tuple[int, int]], found: list[Mojibake], meant: str) -> list[Mojibake]:
    """Latin words read in Windows-1252, of which enough agree that they were `meant` in another encoding."""
    places: dict[str, list[int]] = {}
    for match in _matches(_LATIN_WORD, text, lines):
        if not match[0].isascii() and match.end() - match.start() <= _LONGEST and _free(found, *match.span()):
            places.setdefault(match[0], []).append(match.start())
    meanings: dict[str, tuple[str, float]] = {}
    for word in list(places)[:_MOST]:
        try:
            meaning = word.encode("cp1252").decode(meant)
        except UnicodeError:
            continue
        if meaning != word:
            meanings[word] = meaning, model().cost(f" {word} ") - model().cost(f" {meaning} ")
    better = [gain for _, gain in meanings.values() if gain > 0]
    if len(better) < max(_ENOUGH, _AGREEING * len(meanings)) or sum(better) < _EACH * len(meanings):
        return []
    words = []
    for word, (meaning, gain) in meanings.items():
        if gain > 0:
            changed = [index for index, char in enumerate(meaning) if word[index] != char]
            first, last = changed[0], changed[-1] + 1
            run, meant_run = word[first:last], meaning[first:last]
            words += [
                Mojibake(at + first, at + last, run, meant_run, (f"{meant}>cp1252",), False, (meant_run,))
                for at in places[word]
            ]
    return sorted(words)
