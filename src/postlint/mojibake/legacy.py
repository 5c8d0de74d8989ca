"""Text of one old encoding that was read in another: `\x93quoted\x94`, `Ïðèâåò`, `оПХБЕР`. No UTF-8 takes part in it."""

import re
from bisect import bisect_left

from postlint.mojibake.finding import Mojibake
from postlint.mojibake.model import model
from postlint.mojibake.unwinding import believable

_CONTROLS = re.compile("[\x80-\x9f]+")
_MEANT = ("cp1252", "mac-roman", "cp850")
# By how much a reading has to lead the next one, and to be likelier than what stands there.
_LEAD = 4.0
_GAIN = 25.0
# A word, and not a list of letters: so many different ones, and in an order that costs so little for each.
_DIFFERENT, _FLUENT = 3, 4.6
_MOST = 3_000
# What was read in which encoding, and what that was; and what words look like then.
_WORDS = (
    ("cp1252", "cp1251", re.compile("[\xa5\xa8\xaa\xaf\xb2-\xb4\xb8\xba\xbf-\xff]{4,}")),
    ("cp1251", "koi8-r", re.compile("[а-яё][А-ЯЁ]{3,}|[А-ЯЁ]{2,}[а-яё][А-ЯЁ]+")),
)


def legacy(text: str, data: bytes, found: list[Mojibake]) -> list[Mojibake]:
    """The runs of `text` (`data` in UTF-8), apart from what is `found`, that another old encoding explains."""
    fresh: list[Mojibake] = []
    if b"\xc2" in data:
        fresh += _controls(text, found)
    if b"\xc3" in data or b"\xd0" in data:
        for read, meant, pattern in _WORDS:
            fresh += _words(text, found, read, meant, pattern)
    return fresh


def _free(found: list[Mojibake], start: int, end: int) -> bool:
    index = bisect_left(found, (end,))
    return not index or found[index - 1].end <= start


def _controls(text: str, found: list[Mojibake]) -> list[Mojibake]:
    """Control characters that are quotes, dashes or letters in another encoding; all of a text are of one."""
    everything = [match for match in _CONTROLS.finditer(text) if _free(found, *match.span())]
    if not everything or len(everything) > _MOST:
        return []
    costs = []
    for name in _MEANT:
        meanings = [match[0].encode("latin-1").decode(name, "replace") for match in everything]
        if any("\ufffd" in meaning for meaning in meanings):
            continue
        cost = sum(
            model().cost(text[max(0, match.start() - 2) : match.start()] + meaning + text[match.end() : match.end() + 2])
            for match, meaning in zip(everything, meanings)
        )
        costs.append((cost, name, meanings))
    if not costs:
        return []
    costs.sort()
    leads = len(costs) < 2 or costs[1][0] - costs[0][0] >= _LEAD
    _, name, meanings = costs[0]
    return [
        Mojibake(*match.span(), match[0], meaning if leads else None, (f"{name}>latin-1",), leads, (meaning,))
        for match, meaning in zip(everything, meanings)
    ]


def _words(text: str, found: list[Mojibake], read: str, meant: str, pattern: re.Pattern[str]) -> list[Mojibake]:
    words = []
    for match in pattern.finditer(text):
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
            words.append(Mojibake(*match.span(), match[0], meaning, (f"{meant}>{read}",), False, (meaning,)))
    return words
