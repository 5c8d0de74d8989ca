"""Images and links that are written with a slip, so that Markdown takes them for text."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from postlint.body import Body, Kind, is_inside, quiet
from postlint.files.endings import IMAGE_ENDING
from postlint.text import Span

_PAGE_END = r"\.(?:mdx?|markdown|html?|pdf)"
_ROOT = r"(?:\.{0,2}/|https?://)"
_IMAGE = rf"[^\s()\[\]]{{1,500}}{IMAGE_ENDING}"
_PAGE = rf"(?:{_ROOT}[^\s()\[\]]{{1,500}}|[^\s()\[\]]{{1,500}}{_PAGE_END}(?:#[^\s()\[\]]{{0,200}})?)"
# The same where what is around it may be meant otherwise, without what ends an address or makes one.
_PLAIN = r"[^\s()\[\]{}<>（）\"“”]"
_SURE_IMAGE = rf"(?:https?://{_PLAIN}{{1,500}}|{_PLAIN}{{1,500}}{IMAGE_ENDING})"
_PATH = rf"/{_PLAIN}{{1,500}}"
# `(word)[/word/]` is a pronunciation, and `[word](/word` may be two words for one.
_SURE_PAGE = rf"(?:https?://{_PLAIN}{{1,500}}|/(?:[\w.~%-]{{1,100}}/){{2,9}})"
_TITLE = r"[^\"“”()\n]{0,200}"
# An address with blanks in it; in quotes or after a whole address stands a title.
_BLANKS = r"(?:[^\s()\[\]<\"']{1,200}[ \t]{1,3}){1,20}"
_IMAGE_LABEL = r"!\[[^\[\]\n]{0,500}\]"
# What stands behind a word is an index; a number, a cross and a footnote in brackets are meant as they are.
_LINK_LABEL = r"(?<![!\\\w\]\[)^])\[(?!\^|[\d\s,x✓-]{0,9}\])[^\[\]\n]{1,500}\]"


def _forms(label: str, address: str, rooted: str, ending: str, sure: str) -> "re.Pattern[str]":
    return re.compile(
        rf"(?P<label>{label})(?:[ \t]{{1,9}}\((?P<spaced>{address})\)|\[(?P<square>{rooted})\](?!\()"
        rf"|\((?P<mixed>{address})\]"
        rf"|[ \t]{{0,9}}\((?P<blanks>{_BLANKS}(?:\(\d{{1,4}}\)|[^\s()\[\]<\"']{{1,200}}){ending})\)"
        # Not closed before the end of the line, or anywhere on it.
        rf"|\((?P<open>{sure})(?=[ \t]*\r?$|[ \t](?![^\n)]{{0,500}}\)))"
        rf"|[ \t]?（(?P<wide>{sure})[)）]|\((?P<late>{sure})）"
        rf"|\((?:<(?P<angle>{sure})|\((?P<double>{sure}|{_PATH})\)?)\)"
        # One quote is missing or unknown to Markdown; two straight ones are correct.
        rf"|\((?P<titled>{sure})[ \t]{{1,9}}(?:\"(?P<title>{_TITLE})[“”]?|[“”](?P<name>{_TITLE})[\"“”]?)\))",
        re.IGNORECASE | re.MULTILINE,
    )


@cache
def _slips(kind: Kind) -> "re.Pattern[str]":
    # These patterns are large, and most posts have nothing that looks like a slip: compiled on first use.
    if kind == "image":
        return _forms(_IMAGE_LABEL, _IMAGE, rf"(?:\.{{0,2}}/|https?://){_IMAGE}", IMAGE_ENDING, _SURE_IMAGE)
    return _forms(_LINK_LABEL, _PAGE, rf"{_ROOT}[^\s()\[\]]{{1,500}}", _PAGE_END, _SURE_PAGE)


@cache
def _turned_round(kind: Kind) -> "re.Pattern[str]":
    """Both pairs of brackets the other way round; and for an image a `!` that is not right before them, or a wide one."""
    if kind == "image":
        return re.compile(
            rf"(?P<bang>!)\((?P<text>[^()\[\]\n]{{0,300}})\)\[(?P<turned>{_SURE_IMAGE})\]"
            rf"|^[ \t]{{0,9}}(?P<apart>(?:！|![ \t]{{1,3}})\[(?P<alt>[^\[\]\n]{{0,500}})\]\((?P<shown>{_SURE_IMAGE})\))"
            rf"|!\[(?P<name>[^\[\]\n]{{0,500}})\][ \t]{{1,3}}\[(?P<behind>{_SURE_IMAGE})\]"
            rf"|!\[(?P<alone>{_ROOT}{_SURE_IMAGE})\](?![(\[:])"
            rf"|!\[(?P<lone>[\w.-]{{1,200}}{IMAGE_ENDING})\](?![(\[:])",
            re.IGNORECASE | re.MULTILINE,
        )
    return re.compile(
        rf"(?<![\]\w!\\])(?P<bang>)\((?P<text>[^()\[\]\n]{{1,300}})\)\[(?P<turned>{_SURE_PAGE})\](?![(\[:])",
        re.IGNORECASE,
    )


@cache
def _swapped_round() -> "re.Pattern[str]":
    """The address for the text, and words for the address. One word between slashes is a pronunciation."""
    return re.compile(
        rf"(?<![\]\w!\\])\[(?!/[^/.\]\n]{{1,100}}/\])(?P<address>{_SURE_PAGE}|/[\w/.-]{{1,300}})\]"
        r"\((?P<words>(?:[^\s()\[\]<>\"'/#]{1,100}[ \t]{1,3}){1,30}[^\s()\[\]<>\"'/#]{1,100})\)"
    )


_CLOSING = re.compile(r"/(\w[\w-]*)")
_REST = re.compile(r"[ \t]*\r?\n[ \t]*[^\s()]{1,500}\)")
_TAG = re.compile(r"<img\s[^<>\n]{1,1000}>", re.IGNORECASE)
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>]+)")
_OPEN_VALUE = re.compile(r"=\s*[\"']")

# Each slip of a link has one of these, all of it on one line.
_SIGN = re.compile(
    r"\](?:[ \t]+[(\[]|[ \t]?（|\[|\((?:[<(]"
    r"|[^\s()\[\]]*+(?:\]|[ \t]*\r?$|[ \t]+(?!\"[^\"\n]*\"[ \t]*\))(?:[^\s'(]|\(\d))))",
    re.MULTILINE,
)
# A pattern that begins with one character finds it several times faster than two.
_TURNED = re.compile(r"\[(?<=\)\[)")
_LATE = re.compile(r"\]\([^\s()\[\]]*）")
# Each slip of an image is on a line with one of these. Correct lines may have them, too.
_IMAGE_MARK = re.compile("!")
_WIDE_IMAGE_MARK = re.compile(r"！\[")
_IMAGE_LINE = re.compile(
    rf"{_SIGN.pattern}|\)\[|{_LATE.pattern}|！\["
    rf"|!(?:[ \t]+\[|\[(?:(?:\.{{0,2}}/|https?://)[^\s\[\]]*+|[\w.-]{{1,200}}{IMAGE_ENDING})\](?!\())",
    re.IGNORECASE | re.MULTILINE,
)


class Slip(NamedTuple):
    """Its place, the intended text (None if uncertain), and what to do in words."""

    span: Span
    better: str | None
    wanted: str


def slips(kind: Kind, text: str, start: int, body: Body) -> Iterator[Slip]:
    """The slips in `text[start:]`, whose body is `body`, outside of references, code and comments of Markdown."""
    found: list[Slip] = []
    for line in _lines(kind, text, start):
        bracketed = _slips(kind).finditer(text, *line)
        # kramdown and Python-Markdown take an address over two lines, and browsers leave the break out.
        found += [
            _bracketed(slip)
            for slip in bracketed
            if not (slip["open"] and _REST.match(text, slip.end())) and not closes_shortcode(slip["square"], text)
        ]
        found += [_turned(slip) for slip in _turned_round(kind).finditer(text, *line)]
        if kind == "link":
            found += [_swapped(slip) for slip in _swapped_round().finditer(text, *line)]
    if kind == "image" and "<" in text and ("<img" in text or "<IMG" in text):
        found += [_unquoted(tag) for tag in _TAG.finditer(text, start) if _is_open(tag[0])]
    if not found:
        return
    hidden = quiet(body)
    read = {reference.whole.start for reference in body.references if reference.kind == kind}
    for slip in sorted(found):
        if not is_inside(slip.span.start, hidden) and slip.span.start not in read:
            yield slip


def _lines(kind: Kind, text: str, start: int) -> Iterator[tuple[int, int]]:
    """Where the lines of `text[start:]` begin and end that may have a slip, without their line breaks."""
    end = start
    for at in _signs_of_links(text, start) if kind == "link" else _exclamations(text, start):
        if at < end:
            continue
        begin = max(text.rfind("\n", start, at) + 1, start)
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if kind == "link" or _IMAGE_LINE.search(text, begin, end):
            yield begin, end


def _signs_of_links(text: str, start: int) -> Iterable[int]:
    found = [sign.start() for pattern in (_SIGN, _TURNED) for sign in pattern.finditer(text, start)]
    if "）" in text:
        found += [sign.start() for sign in _LATE.finditer(text, start)]
    return sorted(found)


def _exclamations(text: str, start: int) -> Iterable[int]:
    """Where an exclamation mark stands; an image has one."""
    found = [mark.start() for mark in _IMAGE_MARK.finditer(text, start)] if "!" in text else []
    if "！" in text:
        found += [mark.start() for mark in _WIDE_IMAGE_MARK.finditer(text, start)]
    return sorted(found)


def _bracketed(slip: "re.Match[str]") -> Slip:
    span, label = Span(*slip.span()), slip["label"]
    if address := slip["blanks"]:
        if "{{" in address:
            return Slip(span, None, "remove the tag of another generator from the address")
        # A blank beside a slash is not part of a name.
        odd = re.search(r"[ \t]/|/[ \t]", address)
        encoded = re.sub(r"[ \t]", "%20", address)
        return Slip(span, None if odd else f"{label}({encoded})", "write blanks in the address as `%20`")
    if address := slip["titled"]:
        title = slip["title"] or slip["name"] or ""
        return Slip(span, f'{label}({address} "{title}")', "write the title between two straight quotes")
    if address := slip["open"]:
        return Slip(span, f"{label}({address})", "a `)` is missing after the address")
    names = ("spaced", "square", "mixed", "wide", "late", "angle", "double")
    address = next(address for name in names if (address := slip[name]))
    # The wide bracket may close one that was opened before.
    line = slip.string[slip.string.rfind("\n", 0, span.start) + 1 : span.start] if slip["late"] else ""
    is_sure = line.count("（") <= line.count("）")
    wanted = "write `![text](address)`" if label[0] == "!" else "write `[text](address)`"
    return Slip(span, f"{label}({address})" if is_sure else None, wanted)


def closes_shortcode(label: str | None, text: str) -> bool:
    """Whether the second brackets in `text` close a shortcode of WordPress: `[caption]A boat[/caption]`."""
    closing = _CLOSING.fullmatch(label or "")
    return closing is not None and f"[{closing[1]}" in text


def _turned(slip: "re.Match[str]") -> Slip:
    if address := slip["turned"]:
        sign = slip["bang"]
        return Slip(Span(*slip.span()), f"{sign}[{slip['text']}]({address})", f"write `{sign}[text](address)`")
    if address := slip["shown"]:
        return Slip(Span(*slip.span("apart")), f"![{slip['alt']}]({address})", "write `![text](address)`")
    if slip["lone"]:
        return Slip(Span(*slip.span()), None, "write `![text](address)`")
    if address := slip["alone"]:
        return Slip(Span(*slip.span()), f"![]({address})", "write `![text](address)`")
    return Slip(Span(*slip.span()), f"![{slip['name']}]({slip['behind']})", "write `![text](address)`")


def _swapped(slip: "re.Match[str]") -> Slip:
    words, address = slip["words"], slip["address"]
    return Slip(Span(*slip.span()), f"[{words}]({address})", "write `[text](address)`")


def _unquoted(tag: "re.Match[str]") -> Slip:
    return Slip(Span(*tag.span()), None, "a quote is missing in this tag")


def _is_open(tag: str) -> bool:
    """Whether the value of an attribute has a quote before it and none behind it."""
    return _OPEN_VALUE.search(_VALUE.sub("", tag)) is not None
