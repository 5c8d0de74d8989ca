"""UTF-8 that was read in one of the multi-byte encodings of East Asia: `caf茅`, `鈥淗ello`, `縺薙ｓ`."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from math import log
from unicodedata import category

from postlint.mojibake.classes import script_of
from postlint.mojibake.finding import Mojibake
from postlint.mojibake.model import model
from postlint.mojibake.scanning import places, runs_with
from postlint.mojibake.unwinding import SAMPLE, SLACK, believable, nearest_script

# What has two bytes in UTF-8: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic and Thaana letters.
_TWO = tuple(
    bytes((lead, rest)) for lead in (*range(0xC2, 0xCA), *range(0xCE, 0xDC), 0xDE) for rest in range(0x80, 0xC0)
)
# What begins three or four: Indic and Thai letters, punctuation, symbols, kana, Han, Hangul, full-width signs, emoji.
_THREE = tuple(
    bytes((lead, rest))
    for lead, first, last in (
        (0xE0, 0xA4, 0xBF), (0xE1, 0x80, 0xBF), (0xE2, 0x80, 0x89), (0xE2, 0x93, 0x9E), (0xE3, 0x80, 0x83),
        *((lead, 0x80, 0xBF) for lead in range(0xE4, 0xEA)), (0xEA, 0xB0, 0xBF), (0xEB, 0x80, 0xBF), (0xEC, 0x80, 0xBF),
        (0xED, 0x80, 0x9F), (0xEF, 0xB8, 0xBF), (0xF0, 0x9F, 0x9F),
    )
    for rest in range(first, last + 1)
)  # fmt: skip
CODECS = ("gb18030", "cp932", "big5", "cp949")
_BAR = 15.0
_LOWEST_BAR = 4.0
_PER_WITNESS = 3.5
# What speaks against a lone character of East Asia inside of a Latin word.
_INSIDE_LATIN = 8.0
# In Japanese, a particle stands between two words in Latin letters: `Viteがv7`.
_OTHERS = 2
_LONE_KANA = re.compile("[\u3040-\u30ff]")
# What a character costs at most, on average, in ordinary text.
_USUAL = 8.5
_SHORT = 5
# Of the bytes of a run that can't be read as a whole, this share has to be well-formed for a report; and of those of
# one run at least, the other share.
_SHARE = 0.75
_TELLING = 0.6
_WELL_FORMED = re.compile(
    b"(?:[\\x00-\\x7f]|[\\xc2-\\xdf][\\x80-\\xbf]|\\xe0[\\xa0-\\xbf][\\x80-\\xbf]|\\xed[\\x80-\\x9f][\\x80-\\xbf]|"
    b"[\\xe1-\\xec\\xee\\xef][\\x80-\\xbf]{2}|\\xf0[\\x90-\\xbf][\\x80-\\xbf]{2}|[\\xf1-\\xf3][\\x80-\\xbf]{3})+"
)
_HAN = re.compile("[\u3400-\u9fff]+")
_LATIN = re.compile("[A-Za-z]")
# A word of Chinese has so many characters at most, and a text is Chinese with so many other ones for each of these.
_WORD, _AMONG = 3, 20
_HALF_WIDTH = re.compile("[\uff61-\uff9f]+")
_SEQUENCE = re.compile(b"[\\xc2-\\xdf][\\x80-\\xbf]|[\\xe0-\\xef][\\x80-\\xbf]{2}|[\\xf0-\\xf4][\\x80-\\xbf]{3}")


@lru_cache(maxsize=8)
def _signature(name: str) -> re.Pattern[str]:
    """What such damage looks like: a rare character, or two in a row or beside a Latin letter that are less rare."""
    two, three, pairs = (_shown(name, _TWO), _shown(name, _THREE), "")
    if name == "cp932":
        pairs = "|[\uff82-\uff88\uff8e-\uff92][\uff61-\uff7f]"
    return re.compile(f"[{three}]|[{two}]{{2}}|(?<=[A-Za-z])[{two}]|[{two}](?=[a-z]){pairs}")


@lru_cache(maxsize=1)
def _any_signature() -> re.Pattern[str]:
    """A fast pattern that matches wherever one of the signatures does."""
    two = "".join(_shown(name, _TWO) for name in CODECS)
    three = "".join(_shown(name, _THREE) for name in CODECS)
    return re.compile(f"[{three}]|[{two}](?:[{two}a-z]|(?<=[A-Za-z].))|[\uff82-\uff88\uff8e-\uff92][\uff61-\uff7f]")


def _shown(name: str, sequences: tuple[bytes, ...]) -> str:
    shown = {sequence.decode(name, "ignore") for sequence in sequences}
    return "".join(
        sorted(char for char in shown if len(char) == 1 and char > "\u2e7f" and not "\ue000" <= char <= "\uf8ff")
    )


def multi_byte(text: str, runs: str, found: list[Mojibake]) -> list[Mojibake]:
    """The runs of `text` that were read in a multi-byte encoding, apart from what is `found` already.

    `runs` are its `different_runs`.
    """
    dense = _dense_runs(runs)
    if not any(map(_telling, dense)):
        return []
    odd = {run for run in dense if _odd(run[:16])}
    candidates: dict[str, list[tuple[float, Mojibake]]] = {name: [] for name in CODECS}
    for start, end in places(text, odd):
        index = bisect_left(found, (end,))
        if not (index and found[index - 1].end > start):
            for name in CODECS:
                if _dense(_signature(name), text, start, end):
                    candidates[name] += _readings(text, start, end, name)
    results = [_believed(of_one) for of_one in candidates.values() if of_one]
    best = max(results, key=lambda these: sum(len(one.text) for one in these), default=[])
    return [] if _are_words(text, best) else best


def conceivable(runs: str) -> bool:
    """Whether any of the `different_runs` of a text may have been read in an encoding of East Asia."""
    return any(map(_telling, _dense_runs(runs)))


def _dense_runs(runs: str) -> list[str]:
    signature = _any_signature()
    return [run for run in runs_with(signature, runs) if _dense(signature, f"a{run}a", 1, len(run) + 1)]


def _dense(signature: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether there is much of a signature: few characters of honest text look like that, many of a damaged run do."""
    # The letter after the run is a part of some signatures.
    return len(signature.findall(text, start, end + 1)) * 6 >= end - start


def _are_words(text: str, found: list[Mojibake]) -> bool:
    """Whether `found` are only short words of Han characters in a text that is full of them and reads well: `均勻` is a
    word in Chinese, whatever its bytes mean elsewhere."""
    if not all(len(one.text) <= _WORD and _HAN.fullmatch(one.text) for one in found):
        return False
    if any(_LATIN.search(text[max(0, one.start - 1) : one.end + 1]) for one in found):
        return False  # `caf茅`
    return sum(map(len, _HAN.findall(text))) > _AMONG * sum(len(one.text) for one in found)


# Words of one language come again and again in the posts of a site.
@lru_cache(maxsize=500)
def _telling(run: str) -> bool:
    """Whether an encoding shows most of `run` as well-formed, and that makes some sense whatever stands around it."""
    for name in CODECS:
        data = run.encode(name, "replace")
        if sum(map(len, _SEQUENCE.findall(data))) >= _TELLING * len(data):
            for beside in "a ":
                here = _readings(f"{beside}{run}{beside}", 1, len(run) + 1, name)
                if any(gain > _BAR - SLACK for gain, _ in here):
                    return True
    return False


def _odd(run: str) -> bool:
    """Whether `run` is not what people write: its characters are too rare, or do not mix."""
    return len(run) < _SHORT or model().cost("\n" + run) > _USUAL * len(run)


def _believed(candidates: list[tuple[float, Mojibake]]) -> list[Mojibake]:
    witnesses = {one.text for gain, one in candidates if gain > _BAR and one.replacement}
    bar = max(_LOWEST_BAR, _BAR - _PER_WITNESS * log(1 + len(witnesses)))
    are_particles = sum(not _LONE_KANA.fullmatch(text) for text in witnesses) < _OTHERS
    return [one for gain, one in candidates if gain > bar and not (are_particles and _LONE_KANA.fullmatch(one.text))]


def _readings(text: str, start: int, end: int, name: str) -> list[tuple[float, Mojibake]]:
    """What a run of characters beyond ASCII may have been, each with its gain in nats."""
    run = text[start:end]
    data = bytearray()
    offsets = {0: 0}
    broken = False
    for index, char in enumerate(run):
        try:
            data += char.encode(name)
        except UnicodeEncodeError:
            # What this encoding lacks is no part of the damage, or stands for what was lost.
            data += b"\xff"
            broken = True
        offsets[len(data)] = index + 1
    if name == "cp932" and _HALF_WIDTH.fullmatch(run) and not _WELL_FORMED.fullmatch(data):
        return []  # Japanese, written in narrow letters.
    results = []
    whole = 0
    for match in _WELL_FORMED.finditer(bytes(data)):
        first, last = match.span()
        while first < last and (first not in offsets or data[first] & 0xC0 == 0x80):
            first += 1
        while last > first and (last not in offsets or (last < len(data) and data[last] & 0xC0 == 0x80)):
            last -= 1
        if last - first < 2:
            continue
        try:
            meaning = data[first:last].decode()
        except UnicodeDecodeError:
            continue
        if meaning.isascii() or not believable(meaning) or _has_foreign_mark(meaning):
            continue
        whole += last - first
        begin, stop = start + offsets[first], start + offsets[last]
        gain = _gain(text, begin, stop, meaning, name)
        how = name if name != "gb18030" or not _in_gbk(text[begin:stop]) else "gbk"
        whole_meaning = None if "\ufffd" in meaning else meaning
        results.append(
            (gain, Mojibake(begin, stop, text[begin:stop], whole_meaning, (how,), whole_meaning is not None))
        )
    if len(results) == 1 and results[0][1].end - results[0][1].start == len(run):
        return results
    if "\ufffd" in run or (not broken and whole >= _SHARE * len(data)) or not results:
        # Bytes were lost: nothing of the run can be trusted, but it can be told what happened.
        gain = sum(max(0.0, gain) for gain, _ in results)
        return [(gain, Mojibake(start, end, run, None, (name if name != "gb18030" else "gbk",), False))]
    return results


def all_read(runs: Sequence[str], name: str) -> list[str | None]:
    """What runs were before they were read in an encoding of East Asia; None of a run that it does not explain."""
    codec = "gb18030" if name == "gbk" else name
    results: list[str | None] = []
    for data in "\n".join(runs).encode(codec, "replace").split(b"\n"):
        meaning = data.decode("utf-8", "ignore") if _WELL_FORMED.fullmatch(data) else ""
        results.append(meaning if meaning and believable(meaning) and not _has_foreign_mark(meaning) else None)
    return results


def _has_foreign_mark(meaning: str) -> bool:
    """Whether a mark of one script stands on a letter of another."""
    pairs = ((script_of(base), script_of(mark)) for base, mark in pairwise(meaning) if category(mark)[0] == "M")
    return any(base and of_mark and base != of_mark for base, of_mark in pairs)


def _gain(text: str, start: int, end: int, meaning: str, name: str) -> float:
    left, right = text[max(0, start - 2) : start] or "\n", text[end : end + 2] or "\n"
    run = text[start:end]
    if len(run) > SAMPLE:
        run, meaning, right = run[:SAMPLE], meaning[: SAMPLE // 2], ""
    gain = model().cost(left + run + right) - model().cost(left + meaning + right)
    # In Chinese, too, a word may stand between Latin ones: `用repo写github的地址` says nothing of a `д`.
    is_letter = len(run) <= 2 and script_of(meaning[0]) in ("LATIN", "")
    # Nor in Japanese, which is not read as Chinese or Korean: `ECMAScript没proposal`.
    may_be = name == "cp932" or not _LONE_KANA.search(text)
    return gain + _INSIDE_LATIN if is_letter and may_be and _inside_latin(text, start, end) else gain


def _inside_latin(text: str, start: int, end: int) -> bool:
    """Whether a run is part of a Latin word among Latin words."""
    beside = text[start - 1 : start].isalpha() or text[end : end + 1].isalpha()
    after = next((script for char in text[end : end + 12] if (script := script_of(char))), "LATIN")
    return beside and after == "LATIN" and nearest_script(text, start) in ("LATIN", "")


def _in_gbk(run: str) -> bool:
    try:
        run.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
