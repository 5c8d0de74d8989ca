"""Tables of GitHub Flavored Markdown, as micromark-extension-gfm-table (2) splits them."""

import re
from itertools import pairwise

from postlint.body.mdx_syntax.lines import past_spaces

_DELIMITERS = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_BAR = re.compile(r"\\.|\|")


def is_head(text: str, head: tuple[int, int], below: tuple[int, int]) -> bool:
    """Whether the spans `head` and `below` of `text`, two lines, begin a table: dashes for as many cells."""
    if text.find("-", *below) < 0 or not _DELIMITERS.match(text, *below):
        return False
    if text.find("|", *below) < 0 and text.find("|", *head) < 0 and text.find(":", *below) < 0:
        return False
    return len(cells(text, past_spaces(text, *below), below[1])) == len(cells(text, *head))


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of the row `text[start:end]`, without the white space around them."""
    bars = [match.start() for match in _BAR.finditer(text, start, end) if match[0] == "|"]
    found = [(before + 1, after) for before, after in pairwise((start - 1, *bars, end))]
    found = [(past_spaces(text, *cell), cell[0] + len(text[slice(*cell)].rstrip(" \t"))) for cell in found]
    if bars and found[0][0] >= found[0][1]:
        found.pop(0)
    if bars and found and found[-1][0] >= found[-1][1]:
        found.pop()
    return found
