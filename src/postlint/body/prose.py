"""Leaves out the paragraphs of a post that hold nothing but prose: a parser's events are what reading it costs."""

import re

from postlint.text import Span

# HTML that a blank line does not end (CommonMark 0.31, 4.6, kinds 1 to 5).
_LONG_HTML = re.compile(r"<(?:[!?]|script|pre|style|textarea)", re.IGNORECASE)
_INDENTED = re.compile(r"\n[ \t]")
_UNDERLINE = re.compile(r"[-=][ \t]*(?:\n|\Z)")


def without_prose(text: str, start: int) -> list[Span] | None:
    """The spans of `text` from `start` on that may hold a link, an image, a heading, code, HTML or a definition.

    None where blocks that a blank line separates may depend on one another, by indentation, a fence or HTML, so that
    all of it has to be read.
    """
    if text.find("\r", start) >= 0:
        return None
    html, ticks = text.find("<", start) >= 0, text.find("`", start) >= 0
    if (html and _LONG_HTML.search(text, start)) or (ticks and "```" in text) or ("~" in text and "~~~" in text):
        return None
    spans = []
    at = start
    for block in text[start:].split("\n\n"):
        several = "\n" in block
        if block[:1] in (" ", "\t") or (several and _INDENTED.search(block)):
            return None
        end = at + len(block)
        if (
            "[" in block
            or "#" in block
            or (ticks and "`" in block)
            or (html and "<" in block)
            or "$" in block
            or (several and _UNDERLINE.search(block))
        ):
            # With the lines that set it apart, which are not there at the end of the text.
            spans.append(Span(at, min(end + 2, len(text))))
        at = end + 2
    return spans
