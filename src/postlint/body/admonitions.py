"""Admonitions and content tabs of Python-Markdown (`!!! note`, `??? tip`, `=== "Tab"`): indented prose, no code."""

import re

from postlint.text import Span

_MARKER = re.compile(r"^[ \t]*(?:!!!|\?\?\?\+?|===) [ \t]*[\w\"]", re.MULTILINE)
_LINE = re.compile(r"([ \t]*)(`{3,}|~{3,})?[^\r\n]*(?:\r\n?|\n|\Z)")
_WIDTH = 4


def without_indentation(text: str, start: int) -> list[Span] | None:
    """The spans of `text` from `start` on that remain when the content of admonitions moves to their margin.

    None if there are no admonitions.
    """
    if "    " not in text and "\t" not in text:
        return None
    if not _MARKER.search(text, start):
        return None
    spans: list[Span] = []
    # The least indentation, in columns, of the content of each admonition around.
    margins: list[int] = []
    fence = ""
    fence_depth = 0
    position = start
    while position < len(text) and (line := _LINE.match(text, position)):
        content, end = line.end(1), line.end()
        columns = _columns(line[1])
        blank = not text[content:end].strip()
        if not blank:
            while margins and columns < margins[-1]:
                margins.pop()
            if len(margins) < fence_depth:
                fence, fence_depth = "", 0
        spans.append(Span(position + _prefix(line[1], _WIDTH * len(margins)), end))
        marker = line[2]
        if fence:
            if marker and marker.startswith(fence) and not text[line.end(2) : end].strip():
                fence, fence_depth = "", 0
        elif marker:
            fence, fence_depth = marker, len(margins)
        elif not blank and _MARKER.match(text, position, end):
            margins.append(columns + _WIDTH)
        position = end
    return spans


def _columns(indentation: str) -> int:
    return len(indentation.expandtabs(_WIDTH))


def _prefix(indentation: str, columns: int) -> int:
    """How many characters of `indentation` make up `columns`."""
    if "\t" not in indentation:
        return min(columns, len(indentation))
    length = 0
    while length < len(indentation) and _columns(indentation[: length + 1]) <= columns:
        length += 1
    return length
