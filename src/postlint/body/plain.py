"""Reads plain blocks of a post without a parser: prose, headings, and paragraphs with links and images, as most are."""

import re

from postlint.body import Heading, Parts, Reference
from postlint.text import Span

# HTML that a blank line does not end (CommonMark 0.31, 4.6, kinds 1 to 5).
_LONG_HTML = re.compile(r"<(?:[!?]|script|pre|style|textarea)", re.IGNORECASE)
_UNDERLINE = re.compile(r"[-=][ \t]*(?:\n|\Z)")
# Characters that mean themselves wherever they stand in a heading, or in the text of a link.
_PLAIN = r"[^\x00-\x1f\x7f\ufffc#$&*<>\[\\\]_`{|}~]"
_HEADING = re.compile(rf"\n*(#{{1,6}}) +((?!\s){_PLAIN}+(?<!\s))\n?")
_LINK = re.compile(rf"(!?)\[((?:(?!\s){_PLAIN}+(?<!\s))?)\]\(([^\x00-\x20\x7f&()<>\[\\\]`|]+)\)")
_new = tuple.__new__  # a third of the price of a NamedTuple's own constructor


def read_plain(text: str, start: int, parts: Parts) -> list[Span] | None:
    """The spans of `text` from `start` on that a parser has to read; what is plain is added to `parts`.

    None where blocks that a blank line separates may depend on one another, by indentation, a fence or HTML, so that
    all of it has to be read; nothing is added then.
    """
    html, ticks = text.find("<", start) >= 0, text.find("`", start) >= 0
    if (
        text.find("\r", start) >= 0
        or text.startswith(" ", start)
        or text.find("\n ", start) >= 0
        or text.find("\t", start) >= 0
        or text.find("     ", start) >= 0  # code may begin right behind the sign of a list item
        or (html and _LONG_HTML.search(text, start))
        or (ticks and "```" in text)
        or ("~" in text and "~~~" in text)
    ):
        return None
    special = html or ticks or text.find("$", start) >= 0
    spans = []
    at = start
    for block in text[start:].split("\n\n"):
        end = at + len(block)
        if (special and ("<" in block or "`" in block or "$" in block)) or ("\n" in block and _UNDERLINE.search(block)):
            plain = False
        elif "#" in block:
            plain = _heading(block, at, parts)
        else:
            plain = "[" not in block or _links(block, at, parts)
        if not plain:
            # With the lines that set it apart, which are not there at the end of the text.
            spans.append(Span(at, min(end + 2, len(text))))
        at = end + 2
    return spans


def _heading(block: str, at: int, parts: Parts) -> bool:
    """Read a block at `at` that is one heading of plain words; False where it is anything else."""
    found = _HEADING.fullmatch(block)
    if found is None:
        return False
    span = _new(Span, (at + found.start(1), at + found.end(2)))
    parts.headings.append(_new(Heading, (found.end(1) - found.start(1), found[2], span, None)))
    return True


def _links(block: str, at: int, parts: Parts) -> bool:
    """Read a block at `at` of text with links and images; False where not all of its brackets are plain ones."""
    if "\\" in block:
        return False
    found = list(_LINK.finditer(block))
    if len(found) != block.count("["):
        return False
    for link in found:
        mark, words, target = link.groups()
        start, end = link.span(3)
        span = _new(Span, (at + start, at + end))
        whole = _new(Span, (at + link.start(), at + link.end()))
        parts.urls.append(span)
        parts.references.append(_new(Reference, ("image" if mark else "link", "inline", target, span, whole, words)))
    return True
