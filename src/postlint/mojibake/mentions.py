"""Tells text that speaks about mojibake from text that is damaged."""

import re
from bisect import bisect_right
from operator import itemgetter

from postlint.mojibake.finding import Mojibake

# Words of pages about encodings, in a few languages; such a page may show damage without quoting it as code.
_SUBJECT = re.compile(
    r"mojibake|moji-bake|文字化け|乱码|亂碼|кракозябр|krakozyabr|zeichensalat|hieroglif|double[- ]encod|mis-?encod|"
    r"character encoding|wrong encoding|text encoding|\bftfy\b|\butf-?8\b|\blatin-?1\b|iso-?8859|windows-?125\d|\bcp-?125\d",
    re.IGNORECASE,
)
# One of these is in whatever `_SUBJECT` finds; they are looked for in a thousandth of the time.
_STEMS = (
    *("moji", "文字化け", "乱码", "亂碼", "кракозябр", "krakozyabr", "zeichensalat", "hieroglif"),
    *("encod", "ftfy", "utf", "latin", "8859", "windows", "cp125", "cp-125"),
)
# What stands before and after something that is mentioned, not used.
_BEFORE = re.compile(r"(?:^|[\s(\[{|,;:=/→⇒>])[\"'“”‘’«»„`*_(\[]{0,3}$")
_AFTER = re.compile(r"[\"'“”‘’«»`*_)\]]{0,3}(?:$|[\s)\]}|,;:=/.!?→⇒<-])")
_QUOTED_BEFORE = re.compile(r"[\"'“„«`(\[]$")
_QUOTED_AFTER = re.compile(r"[\"'”“»`)\]]")
_LINK = re.compile(r"\||→|⇒|->|=>|=|↔|\t|\binstead of\b|\brather than\b|\bbecomes?\b|\bturns? into\b|\bshould be\b|\bfor\b|"
                   r"\bstatt\b|\bau lieu de\b|\ben lugar de\b|\bвместо\b|代わり|而不是", re.IGNORECASE)  # fmt: skip
_NEAR = 60
_HEAD = re.compile(r"[^\W\d_]{0,40}$")
_TAIL = re.compile(r"[^\W\d_]{0,40}")
_WORD = 4
# A comment that silences the rule of this name speaks about the linter, not about damage.
_DIRECTIVE = re.compile(r"postlint-(?:disable|enable)[^\n]*")


def without_mentions(text: str, found: list[Mojibake]) -> list[Mojibake]:
    """`found` without the runs that the text shows on purpose.

    On purpose is what stands by itself, in a text about encodings or with its right form close by in a way that links
    the two; what stands by itself in a list of several such things; and a part of a word that the line has in its right
    form as well.
    """
    if not found:
        return found
    found = [one for one in found if not _right_word_near(text, one)]
    lonely = [_lonely(text, one) for one in found]
    if not any(lonely) or 2 * sum(lonely) < len(found):
        return found
    said = _DIRECTIVE.sub(lambda comment: " " * len(comment[0]), text) if "postlint-" in text else text
    small = said.lower()
    spoken = any(stem in small for stem in _STEMS)
    subject = _lines_with(_SUBJECT, said) if spoken else []
    named = "mojibake" in small or "文字化け" in said or "乱码" in said
    kept = []
    for index, one in enumerate(found):
        if lonely[index] and (
            (subject and (named or _within(subject, one)))
            or _right_form_near(text, one)
            or _listed(text, found, lonely, index)
        ):
            continue
        kept.append(one)
    return kept


def speaks_of_encodings(text: str) -> bool:
    """Whether `text` has encodings for a subject, so that what it shows as code may be damage on purpose."""
    small = text.lower()
    return any(stem in small for stem in _STEMS) and _SUBJECT.search(text) is not None


def _lonely(text: str, one: Mojibake) -> bool:
    """Whether a run stands by itself, not as a part of a word or sentence."""
    if len(_meaning(one)) > 2:
        return False
    before, after = text[max(0, one.start - 6) : one.start].split("\n")[-1], text[one.end : one.end + 6].split("\n")[0]
    return _BEFORE.search(before) is not None and _AFTER.match(after) is not None


def _meaning(one: Mojibake) -> str:
    return one.replacement or next(iter(one.candidates), "")


def _lines_with(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """The lines in which the pattern finds something."""
    lines: list[tuple[int, int]] = []
    match = pattern.search(text)
    while match:
        start, end = text.rfind("\n", 0, match.start()) + 1, text.find("\n", match.end())
        lines.append((start, end if end >= 0 else len(text)))
        match = pattern.search(text, lines[-1][1])
    return lines


def _within(lines: list[tuple[int, int]], one: Mojibake) -> bool:
    index = bisect_right(lines, one.start, key=itemgetter(0))
    return index > 0 and one.start < lines[index - 1][1]


def _right_form_near(text: str, one: Mojibake) -> bool:
    """Whether what the run means stands by itself too, close by, and something links the two."""
    meaning = _meaning(one)
    if not meaning.strip():
        return False
    near = max(0, one.start - _NEAR)
    start = max(near, text.rfind("\n", near, one.start) + 1)
    end = text.find("\n", one.end, one.end + _NEAR)
    end = end if end >= 0 else min(len(text), one.end + _NEAR)
    quoted = (
        _QUOTED_BEFORE.search(text, start, one.start) is not None and _QUOTED_AFTER.match(text, one.end) is not None
    )
    for first, last, between in ((start, one.start, 0), (one.end, end, 1)):
        place = text.find(meaning, first, last)
        while place >= 0:
            gap = text[one.end : place] if between else text[place + len(meaning) : one.start]
            after = place + len(meaning)
            whole = _apart(text[max(0, place - 1) : place]) and _apart(text[after : after + 1])
            if whole and (quoted or _LINK.search(gap)):
                return True
            place = text.find(meaning, place + 1, last)
    return False


def _right_word_near(text: str, one: Mojibake) -> bool:
    """Whether the run is part of a word that stands in the same line in its right form, too."""
    begin, end = text.rfind("\n", 0, one.start) + 1, text.find("\n", one.end)
    before, after = text[begin : one.start], text[one.end : end if end >= 0 else len(text)]
    head, tail = _HEAD.search(before), _TAIL.match(after)
    word = f"{head[0] if head else ''}{_meaning(one)}{tail[0] if tail else ''}"
    if len(word) < _WORD or not word.isalpha():
        return False
    return re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", f"{before} {after}") is not None


def _apart(beside: str) -> bool:
    """Whether a character, or none, sets off what it stands beside; signs that may be damage themselves do not."""
    return beside in "“”„«»→⇒↔" or (beside < "\x80" and not beside.isalnum())


def _listed(text: str, found: list[Mojibake], lonely: list[bool], index: int) -> bool:
    """Whether a run is one of several different ones with nothing but commas, bars or quotes between them."""
    one = found[index]
    for other in (index - 1, index + 1):
        if 0 <= other < len(found) and lonely[other] and found[other].text != one.text:
            gap = text[one.end : found[other].start] if other > index else text[found[other].end : one.start]
            if (
                0 < len(gap) <= 12
                and "," in gap
                and not any(char.isalpha() for char in gap.replace("and", "").replace("or", ""))
            ):
                return True
    return False
