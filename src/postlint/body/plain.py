"""Reads plain blocks of a post without a parser: prose, code, headings, and paragraphs with links and images, as most are.

What is not plain is found by its signs, in a few searches of the whole body; only the blocks with such a sign are left to
the parser.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from postlint.body import Heading, Parts, Reference
from postlint.text import Span

# All bytes but those of the characters that can make more than prose of a line in whose midst they stand.
_NO_SIGNS = bytes(set(range(256)) - set(b"\r$<[\\`~"))
# HTML, addresses in angle brackets, code that was not covered, and what a backslash takes the meaning from; and formulas.
_SPECIAL = re.compile(r"<[A-Za-z/!?]|`|\\[\[!`\x01]")
_FORMULA = re.compile(r"\$")
# HTML that a blank line does not end (CommonMark 0.31, 4.6, kinds 1 to 5).
_LONG_HTML = re.compile(r"<(?:[!?]|script|pre|style|textarea)", re.IGNORECASE)
# Characters that mean themselves wherever they stand in the text of a link, and those that do in a heading.
_SPOKEN = r"[^\x00\x02-\x1f\x7f\ufffc$&*<>\[\\\]_`{|}~]"
_PLAIN = rf"(?![\x01#]){_SPOKEN}"
# What a line may begin with: its indentation, or that of code right behind the sign of a list item; an underline, which is
# all of the line; the signs and the text of a heading, or of one that is not plain. A look at the first character passes
# over most lines.
_LINE = re.compile(
    r"\n(?=[ \t\-*+>\d.)=#])"
    r"(?:([ \t]++(?!\n|\Z)|[-*+>\d.) ]*+\t(?![ \t]*(?:\n|\Z))|[-*+>\d.) ]*[-*+>\d.)] {5})|"
    r"([-*+>\d.) =]*[-=] *(?=\n|\Z))|"
    rf"(#{{1,6}}) +((?!\s)(?:{_PLAIN})+(?<!\s))(?=\n|\Z)|([-*+>\d.) ]*#))"
)
_INDENTED, _HEADING = 1, 4
_LINK = re.compile(rf"\[((?:(?!\s){_SPOKEN}+(?<!\s))?)\]\(([^\x00-\x20\x7f&()<>\[\\\]`|]+)\)")
# The first of the blank lines between two blocks, and the others.
_BETWEEN = re.compile(r"(\n[ \t]*\n)(?:[ \t]*\n)*")
# A fence at the beginning of a line: it ends whatever is open but HTML, and is not part of any list item.
_FENCE = re.compile(r"\n(?:(`{3,}+)[^`\n]*+|(~{3,}+)[^\n]*+)(?=\n)")
_THEN_INDENTED = re.compile(r"(?:[ \t]*\n)+[ \t]+\S")
# In a table, a `|` in code ends the cell; a blank at both ends is not part of the code.
_CODE_SPAN = re.compile(r"`(?<!``)(?![ `])[^`|\n\x1a\x7f]+(?<! )`(?!`)")
# Stands for code while the rest is read: plain only in the text of a link.
_CODE = "\x01"
_new = tuple.__new__  # a third of the price of a NamedTuple's own constructor


def read_plain(text: str, start: int, parts: Parts, math: bool = False) -> list[Span] | None:
    """The spans of `text` from `start` on that a parser has to read; plain parts are added to `parts`. `math`: `$…$` is a
    formula.

    None if blocks that a blank line separates may depend on one another, by a fence or HTML, so that all of it has to be
    read; nothing is added then.
    """
    # Lines are known by the line end before them.
    body = whole = "\n" + text[start:]
    signs = body.encode().translate(None, _NO_SIGNS)
    if b"\r" in signs:
        return None
    code: list[tuple[int, int]] = []
    if b"`" in signs or b"~~~" in signs:
        covered = _without_code(body, code)
        if covered is None:
            return None
        body = covered
    if b"<" in signs and _LONG_HTML.search(body):
        return None
    lines = list(_LINE.finditer(body))
    links = list(_LINK.finditer(body)) if b"[" in signs else []
    odd = [line.start() for line in lines if line.lastindex != _HEADING]
    if signs.strip(b"[$~"):
        odd += [sign.start() for sign in _SPECIAL.finditer(body)]
    if math and b"$" in signs:
        odd += [sign.start() for sign in _FORMULA.finditer(body)]
    if links or b"[" in signs:
        odd += _odd_brackets(body, links)
    indented = {line.start() for line in lines if line.lastindex == _INDENTED}
    left = _blocks(body, sorted(odd), indented, {first for first, _ in code}) if odd else []
    starts = [first for first, _ in left]

    def is_plain(at: int) -> bool:
        number = bisect_right(starts, at) - 1
        return number < 0 or at >= left[number][1]

    shift = start - 1
    for found in lines:
        if found.lastindex == _HEADING and (not left or is_plain(found.start(3))):
            (first, middle), (_, end) = found.span(3), found.span(4)
            span = _new(Span, (shift + first, shift + end))
            parts.headings.append(_new(Heading, (middle - first, found[4], span, None)))
    for found in links:
        (first, last), (begin, end) = found.span(), found.span(2)
        if left and not is_plain(first):
            continue
        kind = "image" if body[first - 1] == "!" else "link"
        span = _new(Span, (shift + begin, shift + end))
        element = _new(Span, (shift + first - (kind == "image"), shift + last))
        spoken = whole[slice(*found.span(1))].replace("`", "") if _CODE in found[1] else found[1]
        parts.urls.append(span)
        parts.references.append(_new(Reference, (kind, "inline", found[2], span, element, spoken)))
    parts.code += [_new(Span, (shift + first, shift + last)) for first, last in code if not left or is_plain(first)]
    return [Span(shift + first, min(shift + last, len(text))) for first, last in left]


def _without_code(body: str, code: list[tuple[int, int]]) -> str | None:
    """`body` with other characters in the place of fenced blocks and of code spans, whose spans are added to `code`.

    None if a fence is not at the beginning of a line, is not closed, or may belong to what is around it.
    """
    if "```" in body or "~~~" in body:
        pieces: list[str] = []
        last = 0
        while opening := _FENCE.search(body, last):
            first = opening.start() + 1
            closing = _closing(opening[1] or opening[2]).search(body, opening.end())
            block = body[max(body.rfind("\n\n", last, first), last) : first]
            if closing is None or "<" in block or _THEN_INDENTED.match(body, closing.end()):
                return None
            # Blank lines, which end a block as a fence does.
            pieces += (body[last:first], "\n" * (closing.end() - first))
            last = closing.end()
            code.append((first, last))
        body = "".join((*pieces, body[last:]))
        if "```" in body or "~~~" in body:
            return None
    if "`" in body:

        def cover(span: "re.Match[str]") -> str:
            code.append(span.span())
            return _CODE * len(span[0])

        body = _CODE_SPAN.sub(cover, body)
    return body


@lru_cache
def _closing(fence: str) -> "re.Pattern[str]":
    """The line that closes a fenced block."""
    return re.compile(rf"\n {{0,3}}{fence}{fence[0]}*[ \t]*(?=\n|\Z)")


def _odd_brackets(body: str, links: list["re.Match[str]"]) -> Iterator[int]:
    """Where brackets stand that may make a link, apart from the plain `links`."""
    # Without any definition, only what has its address behind it is a link.
    sign, plain = ("[", {link.start() for link in links}) if "]:" in body else ("](", {link.end(1) for link in links})
    if body.count(sign) == len(plain):
        return
    at = body.find(sign)
    while at >= 0:
        if at not in plain:
            yield at
        at = body.find(sign, at + 1)


def _blocks(body: str, odd: list[int], indented: set[int], code: set[int]) -> list[tuple[int, int]]:
    """The blocks of `body` in which something `odd` stands, with the blank line behind them. What is indented goes with the
    block before it, which it may be a part of; so does `code` that no blank line separates from it."""
    starts, ends = [1], []
    for between in _BETWEEN.finditer(body):
        starts.append(between.end())
        ends.append(between.end() if between.start() + 1 in code else between.end(1))
    ends.append(len(body))
    found: list[tuple[int, int]] = []
    for at in odd:
        # An odd line is known by the line end before it.
        if found and at + 1 < found[-1][1]:
            continue
        number = max(bisect_right(starts, at + 1) - 1, 0)
        first, last = starts[number], ends[number]
        if number and at + 1 == first and at in indented:
            first = starts[number - 1]
        if found and first <= found[-1][1]:
            found[-1] = (min(found[-1][0], first), last)
        else:
            found.append((first, last))
    return found
