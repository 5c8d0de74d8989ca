"""Separates text that speaks about mojibake from text that is damaged."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import itemgetter

from postlint.mojibake.finding import Mojibake
from postlint.mojibake.scanning import lines_with, uncovered

# Words of pages about encodings, in a few languages. Such a page may show damage without quoting it as code.
_SUBJECT = re.compile(
    r"mojibake|moji-bake|文字化け|乱码|亂碼|кракозябр|krakozyabr|zeichensalat|hieroglif|double[- ]encod|mis-?encod|"
    r"character encoding|wrong encoding|text encoding|\bftfy\b|\butf-?8\b|\blatin-?1\b|iso-?8859|windows-?125\d|\bcp-?125\d",
    re.IGNORECASE,
)
# Whatever `_SUBJECT` finds contains one of these. A search for them takes a thousandth of the time.
_STEMS = (
    *("moji", "文字化け", "乱码", "亂碼", "кракозябр", "krakozyabr", "zeichensalat", "hieroglif"),
    *("encod", "ftfy", "utf", "latin", "8859", "windows", "cp125", "cp-125"),
)
# What stands before and after something that is mentioned, not used.
# In Chinese and Japanese no blank stands before a quotation.
_BEFORE = re.compile(r"(?:^|[\s(\[{|,;:=/→⇒>（，、：；])[\"'“”‘’«»„`*_(\[]{0,3}$|[「『《“]$")
_AFTER = re.compile(r"[\"'“”‘’«»`*_)\]]{0,3}(?:$|[\s)\]}|,;:=/.!?→⇒<），、：；。-])|[」』》”]")
_QUOTED_BEFORE = re.compile(r"[\"'“„«`(\[「『《]$")
_QUOTED_AFTER = re.compile(r"[\"'”“»`)\]」』》]")
_PHRASES = (
    r"\binstead of\b|\brather than\b|\bbecomes?\b|\bbecame\b|\bturn(?:s|ed)? into\b|\bshould be\b|\bshows? up as\b|"
    r"\bappear(?:s|ed)? as\b|\b(?:shown|displayed|rendered|written|stored|read) as\b|\bversus\b|\bvs\b|"
    r"\bstatt\b|\bau lieu de\b|\ben lugar de\b|\bem vez de\b|\binvece di\b|\bвместо\b|代わり|而不是"
)
# What links a damaged sign and its right form, and what links a damaged word and its right form: a bar or "for" between
# two words is ordinary text.
_LINK = re.compile(rf"\||→|⇒|->|=>|=|↔|\t|\bfor\b|{_PHRASES}", re.IGNORECASE)
_WORD_LINK = re.compile(rf"→|⇒|->|=>|↔|^\W*=\W*$|{_PHRASES}", re.IGNORECASE)
_CELLS = re.compile(r"[^|\n]{0,20}\|[^|\n]{0,20}")
_NEAR = 60
_HEAD = re.compile(r"[^\W_]{0,40}$")
_TAIL = re.compile(r"[^\W_]{0,40}")
_TOKEN = re.compile(r"[^\W_]+")
_SHORTEST_WORD = 4
# Rows of a table that put damaged words beside their right forms, from which the table is about damage.
_ROWS = 2
# Quotation marks and what emphasizes in Markdown.
_MARKS = frozenset("\"'“”‘’«»„`*_")
# Of more runs than this, a sample shows whether most stand by themselves.
_MANY = 500
# A comment that suppresses the rule of this name speaks about the linter, not about damage.
_DIRECTIVE = re.compile(r"postlint-(?:disable|enable)[^\n]*")


def without_mentions(text: str, found: list[Mojibake], about: str) -> list[Mojibake]:
    """`found` without the runs that the text, which is a part of `about`, shows on purpose.

    A text shows a run on purpose if the run stands by itself in a text about encodings, if it stands by itself and
    something links it to its right form close by, if it stands by itself in a list of several such runs, or if it is part
    of a word that the line contrasts with its right form.
    """
    if not found:
        return found
    found = _without_contrasted_words(text, found, about)
    if len(found) > _MANY:
        sample = found[:: len(found) // _MANY + 1]
        if 3 * sum(_lonely(text, one) for one in sample) < len(sample):
            return found
    lonely = [_lonely(text, one) for one in found]
    if not any(lonely) or 2 * sum(lonely) < len(found):
        return found
    subject, named = _subject(text, about)
    kept = []
    listed = []
    for index, one in enumerate(found):
        if lonely[index] and _listed(text, found, lonely, index):
            listed.append(one.start)
        elif not lonely[index] or not ((subject and (named or _within(subject, one))) or _right_form_near(text, one)):
            kept.append(one)
    # A fix beside a list could leave one run of it, which would no longer be a list.
    return [one._replace(certain=False) if listed and _on_line(text, one.start, listed) else one for one in kept]


def _subject(text: str, about: str) -> tuple[list[tuple[int, int]], bool]:
    """The lines of `text` that speak about encodings, and whether `about` names mojibake anywhere."""
    said = _without_directives(text)
    lines = _lines_with(_SUBJECT, said) if _has_stem(said) else []
    whole = said if about is text else _without_directives(about)
    return lines, "mojibake" in whole.lower() or "文字化け" in whole or "乱码" in whole


def _has_stem(text: str) -> bool:
    small = text.lower()
    return any(stem in small for stem in _STEMS)


def _without_directives(text: str) -> str:
    return _DIRECTIVE.sub(lambda comment: " " * len(comment[0]), text) if "postlint-" in text else text


def speaks_of_encodings(text: str) -> bool:
    """Whether `text` has encodings for a subject, so that what it shows as code may be damage on purpose."""
    return _has_stem(text) and _SUBJECT.search(text) is not None


def _lonely(text: str, one: Mojibake) -> bool:
    """Whether a run stands by itself, not as a part of a word or sentence."""
    if len(_meaning(one)) > 2 or text[one.start - 1 : one.start].isalnum():
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


class _Word:
    """A damaged word, and where its line has it in its right form as well. All offsets count in the text."""

    def __init__(self, one: Mojibake, start: int, end: int, places: list[int], size: int) -> None:
        self.one = one
        self.start = start
        self.end = end
        self.places = places
        self.size = size


def _without_contrasted_words(text: str, found: list[Mojibake], about: str) -> list[Mojibake]:
    """`found` without the words that their line contrasts with their right forms.

    A damaged text repeats its words, so that the right form of a word stands on the same line is no reason by itself. It
    has to be quoted or emphasized in the same way, linked by an arrow or a phrase such as "instead of", stand in the next
    cell in several rows, or the line has to speak about encodings and to have no other damage.
    """
    words = list(_words_beside_right_forms(text, found))
    if not words:
        return found
    rows = sum(_in_next_cell(text, word) for word in words)
    subject, named = _subject(text, about)
    damaged = {word.one.start for word in words}
    elsewhere = [one.start for one in found if one.start not in damaged]
    contrasted = set()
    for word in words:
        explicit = _linked(text, word) or _set_off_alike(text, word) or (rows >= _ROWS and _in_next_cell(text, word))
        if explicit or (
            subject and (named or _within(subject, word.one)) and not _on_line(text, word.one.start, elsewhere)
        ):
            contrasted.add(word.one.start)
    return [one for one in found if one.start not in contrasted]


def _words_beside_right_forms(text: str, found: list[Mojibake]) -> Iterator[_Word]:
    """The runs that are part of a word of which the same line has the right form."""
    for begin, end in lines_with(text, uncovered(text, found)):
        here = found[bisect_left(found, (begin,)) : bisect_left(found, (end,))]
        if not here:
            continue
        # Damaged characters become control characters, which keeps the offsets and splits the words.
        pieces: list[str] = []
        last = begin
        for one in here:
            pieces += (text[last : one.start], "\0" * (one.end - one.start))
            last = one.end
        rest = "".join((*pieces, text[last:end]))
        tokens: dict[str, list[int]] = {}
        for match in _TOKEN.finditer(rest):
            if not match[0].isascii():
                tokens.setdefault(match[0], []).append(begin + match.start())
        for one in here:
            head, tail = _beside(text, one)
            word = head + _meaning(one) + tail
            if len(word) >= _SHORTEST_WORD and word.isalpha() and word in tokens:
                # The nearest right forms decide; a line may have thousands.
                places = tokens[word]
                near = bisect_left(places, one.start)
                yield _Word(
                    one, one.start - len(head), one.end + len(tail), places[max(0, near - 2) : near + 2], len(word)
                )


def _beside(text: str, one: Mojibake) -> tuple[str, str]:
    """The letters of the word on both sides of a run."""
    head = _HEAD.search(text, max(0, one.start - _NEAR), one.start)
    tail = _TAIL.match(text, one.end, one.end + _NEAR)
    return head[0] if head else "", tail[0] if tail else ""


def _on_line(text: str, offset: int, starts: list[int]) -> bool:
    """Whether one of `starts`, which are in order, is on the line of `offset`."""
    index = bisect_right(starts, offset)
    after = index < len(starts) and "\n" not in text[offset : starts[index]]
    return after or (index > 0 and "\n" not in text[starts[index - 1] : offset])


def _gaps(text: str, word: _Word) -> Iterator[str]:
    """What stands between a damaged word and its right forms close by."""
    for place in word.places:
        first, last = (word.end, place) if place > word.start else (place + word.size, word.start)
        if 0 <= last - first <= _NEAR:
            yield text[first:last]


def _linked(text: str, word: _Word) -> bool:
    return any(_WORD_LINK.search(gap) for gap in _gaps(text, word))


def _in_next_cell(text: str, word: _Word) -> bool:
    return any(_CELLS.fullmatch(gap) for gap in _gaps(text, word))


def _set_off_alike(text: str, word: _Word) -> bool:
    """Whether the damaged word and a right form are each quoted or emphasized as a whole."""
    return _set_off(text, word.start, word.end) and any(
        _set_off(text, place, place + word.size) for place in word.places
    )


def _set_off(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] in _MARKS and text[end : end + 1] in _MARKS if start else False


def _apart(beside: str) -> bool:
    """Whether a character, or none, sets off what it stands beside; signs that may be damage themselves do not."""
    return beside in "“”„«»→⇒↔" or (beside < "\x80" and not beside.isalnum())


def _listed(text: str, found: list[Mojibake], lonely: list[bool], index: int) -> bool:
    """Whether a run is one of several different ones with nothing but commas, dots, bars or quotes between them."""
    one = found[index]
    for other in (index - 1, index + 1):
        if 0 <= other < len(found) and lonely[other] and found[other].text != one.text:
            gap = text[one.end : found[other].start] if other > index else text[found[other].end : one.start]
            if (
                0 < len(gap) <= 12
                and ("," in gap or ".." in gap or "…" in gap)
                and not any(char.isalpha() for char in gap.replace("and", "").replace("or", ""))
            ):
                return True
    return False
