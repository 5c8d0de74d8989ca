"""Reads plain blocks of a post without a parser: prose, headings, and paragraphs with links and images, as most are."""

import re
from collections.abc import Iterable

from postlint.body import Heading, Parts, Reference
from postlint.text import Span

# All bytes but those of the characters that can make more than prose of a line in whose midst they stand.
_NO_SIGNS = bytes(set(range(256)) - set(b"\r#$<[\\`~"))
_SPECIAL = re.compile(r"[$<\\`~]")
# HTML that a blank line does not end (CommonMark 0.31, 4.6, kinds 1 to 5).
_LONG_HTML = re.compile(r"<(?:[!?]|script|pre|style|textarea)", re.IGNORECASE)
# Characters that mean themselves wherever they stand in a heading, or in the text of a link.
_PLAIN = r"[^\x00-\x1f\x7f\ufffc#$&*<>\[\\\]_`{|}~]"
# What a line may begin with: its indentation, or that of code right behind the sign of a list item; an underline, which is
# all of the line; the signs and the text of a heading. A look at the first character passes over most lines.
_LINE = re.compile(
    r"\n(?=[ \t\-*+>\d.)=#])"
    r"(?:([ \t]|[-*+>\d.) ]*(?: {5}|\t))|([-*+>\d.) =]*[-=] *(?=\n|\Z))|"
    rf"(#{{1,6}}) +((?!\s){_PLAIN}+(?<!\s))(?=\n|\Z))"
)
_INDENTED, _UNDERLINE, _HEADING = 1, 2, 4
_LINK = re.compile(rf"\[((?:(?!\s){_PLAIN}+(?<!\s))?)\]\(([^\x00-\x20\x7f&()<>\[\\\]`|]+)\)")
_new = tuple.__new__  # a third of the price of a NamedTuple's own constructor


def read_plain(text: str, start: int, parts: Parts) -> list[Span] | None:
    """The spans of `text` from `start` on that a parser has to read; plain parts are added to `parts`.

    None if blocks that a blank line separates may depend on one another, by indentation, a fence or HTML, so that
    all of it has to be read; nothing is added then.
    """
    # Lines are known by the line end before them.
    body = "\n" + text[start:]
    signs = body.encode().translate(None, _NO_SIGNS)
    if b"\r" in signs or b"```" in signs or b"~~~" in signs or (b"<" in signs and _LONG_HTML.search(body)):
        return None
    lines = list(_LINE.finditer(body))
    kinds = {line.lastindex for line in lines}
    if _INDENTED in kinds:
        return None
    special = bool(signs.strip(b"#["))
    if not special and _UNDERLINE not in kinds and _read(body, start - 1, lines, parts):
        return []
    spans = []
    at = start
    for block in body[1:].split("\n\n"):
        end = at + len(block)
        lines = list(_LINE.finditer("\n" + block))
        plain = not (special and _SPECIAL.search(block)) and all(line.lastindex == _HEADING for line in lines)
        if not (plain and _read("\n" + block, at - 1, lines, parts)):
            # With the lines that set it apart, which are not there at the end of the text.
            spans.append(Span(at, min(end + 2, len(text))))
        at = end + 2
    return spans


def _read(block: str, at: int, headings: Iterable["re.Match[str]"], parts: Parts) -> bool:
    """Read the `headings`, and the links and images, of `block`, whose first character is at `at`.

    False, without reading anything, if a sign of one of them is not plain.
    """
    links = list(_LINK.finditer(block)) if "[" in block else ()
    if len(links) != block.count("[") or sum([len(found[3]) for found in headings]) != block.count("#"):
        return False
    for found in headings:
        (start, middle), (_, end) = found.span(3), found.span(4)
        span = _new(Span, (at + start, at + end))
        parts.headings.append(_new(Heading, (middle - start, found[4], span, None)))
    for found in links:
        (first, last), (start, end) = found.span(), found.span(2)
        kind = "image" if block[first - 1] == "!" else "link"
        span = _new(Span, (at + start, at + end))
        whole = _new(Span, (at + first - (kind == "image"), at + last))
        parts.urls.append(span)
        parts.references.append(_new(Reference, (kind, "inline", found[2], span, whole, found[1])))
    return True
