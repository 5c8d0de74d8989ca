"""Covers text that is not Markdown with stand-ins of the same length, so that it does not confuse the Markdown parser."""

import re
from collections.abc import Iterable

from postlint.text import Span

# Control characters that CommonMark treats as letters. The first stands for code with unknown output; it may be part of a
# link's destination, which any other control character ends. The second stands for code without output.
UNKNOWN = "\x7f"
NOTHING = "\x1a"
# The character for something unknown in the texts of `Body` (OBJECT REPLACEMENT CHARACTER).
PLACEHOLDER = "\ufffc"

_VISIBLE = re.compile(r"[^\r\n]")
_COVERED_LINE = re.compile(rf"^[ \t{UNKNOWN}{NOTHING}]+(?=\r?$)", re.MULTILINE)
_UNKNOWN = re.compile(f"{UNKNOWN}+")
_TAG_FIRST = re.compile(
    rf"^( {{0,3}}){UNKNOWN}{{3}}({UNKNOWN}*){UNKNOWN}(?!{UNKNOWN})(?=[^\n]*[^\s{UNKNOWN}])", re.MULTILINE
)
_BLANK_TARGET = re.compile(
    r"(?<=\]\()[^\s()<>\"'\\]+(?:[ \t]+[^\s()<>\"'\\]+)+(?=\)|[ \t]+(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}')\))"
)


def cover(text: str, spans: Iterable[tuple[Span, str]]) -> str:
    """`text` with every character but line ends in `spans` (in order, apart) replaced by the sign given with it."""
    pieces = []
    last = 0
    for (start, end), sign in spans:
        region = text[start:end]
        pieces.append(text[last:start])
        multiline = "\n" in region or "\r" in region
        pieces.append(_VISIBLE.sub(sign, region) if multiline else sign * (end - start))
        last = end
    pieces.append(text[last:])
    return "".join(pieces)


def blank_covered_lines(text: str) -> str:
    """`text` with lines of nothing but stand-ins made blank, since they separate blocks."""
    return _COVERED_LINE.sub(lambda line: " " * len(line[0]), text)


def begin_html(text: str, written: str) -> str:
    """`text` with an HTML declaration, which has the rest of its line read as HTML, where stand-ins begin a line that
    holds something else; but not for comments. `written` is `text` before it was covered."""

    def declare(tag: "re.Match[str]") -> str:
        is_comment = written.startswith("{#", tag.end(1))
        return tag[0] if is_comment else f"{tag[1]}<!x{tag[2]}>"

    return _TAG_FIRST.sub(declare, text)


def cover_blanks(text: str) -> str:
    """`text` with stand-ins for the blanks in addresses of images and links."""
    return _BLANK_TARGET.sub(lambda target: re.sub("[ \t]", UNKNOWN, target[0]), text)


def uncover(words: str) -> str:
    """The visible part of `words`, which were covered."""
    return _UNKNOWN.sub(PLACEHOLDER, words).replace(NOTHING, "")
