"""What mdsvex makes of the text of one block: code is hidden, entities and escapes are read, tags stay as they are."""

import re
from html import unescape

_VALUE = r"(?:[^\"'=<>`\x00-\x20]+|'[^']*'|\"[^\"]*\")"
ATTRIBUTES = rf"(?:\s+[a-zA-Z_:][a-zA-Z0-9:._-]*(?:\s*=\s*{_VALUE})?)*"
"""A pattern: the attributes of a tag that Markdown knows."""
HIDDEN = "\ue000"
"""Stands for code and for addresses, in which nothing is for Svelte."""
_TAG = rf"<[A-Za-z][A-Za-z0-9-]*{ATTRIBUTES}\s*/?>|</[A-Za-z][A-Za-z0-9-]*\s*>|<!--(?!-?>)(?:(?!--)[\s\S])*-->"
_LINK = r"<(?:[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>"
_TAG_OR_LINK = re.compile(f"{_TAG}|{_LINK}")
_PIECE = re.compile(
    rf"""
    (?P<escape>\\[\\`*{{}}\[\]()\#+\-.!_>~|<])
    | (?P<code>`+)
    | (?P<link>{_LINK})
    | (?P<tag>{_TAG})
    | (?P<target>(?<=\])\((?:[^()\n]|\([^()\n]*\))*\))
    | (?P<entity>&(?:\#[xX][0-9a-fA-F]{{1,6}}|\#[0-9]{{1,7}}|[A-Za-z][A-Za-z0-9]{{1,31}});)
    | (?P<quote>["'])
    """,
    re.VERBOSE,
)
# A blank in an address becomes `%20`, which may be an operator and a number.
_SPACE_AND_DIGIT = re.compile(r"\s\d")
_BACKTICKS = re.compile("`+")
_TYPOGRAPHIC = {'"': "\u201d", "'": "\u2019"}


def written(text: str, start: int, end: int, has_quotes: bool) -> tuple[str, list[int]]:
    """What becomes of `text[start:end]`, and where each character of it is in the post."""
    parts: list[str] = []
    origins: list[int] = []
    closings = _closings(text, start, end)
    at = start
    while at < end:
        found = _PIECE.search(text, at, end)
        begin = found.start() if found else end
        parts.append(text[at:begin])
        origins += range(at, begin)
        if found is None:
            break
        at = found.end()
        kind = found.lastgroup
        if kind == "code" and (closing := closings.get(begin)):
            at = closing
            part = HIDDEN
        elif kind == "code" or (found[0] == "\\<" and _TAG_OR_LINK.match(text, begin + 1, end)):
            # Fewer of the backticks may begin code; a backslash escapes no tag.
            at = begin + 1
            part = text[begin]
        elif kind == "tag":
            parts.append(found[0])
            origins += range(begin, at)
            continue
        elif kind == "escape":
            # An escaped `<` becomes an entity.
            part = "" if found[0] == "\\<" else found[0][1]
        elif kind == "target" and "{" in found[0] and not _SPACE_AND_DIGIT.search(found[0]):
            # Braces in an address are for Svelte.
            parts.append(found[0])
            origins += range(begin, at)
            continue
        elif kind == "entity":
            decoded = unescape(found[0])
            part = "" if decoded in ("<", found[0]) else decoded
        elif kind == "quote":
            part = _TYPOGRAPHIC[found[0]] if has_quotes else found[0]
        else:
            part = HIDDEN
        parts.append(part)
        origins += [begin] * len(part)
    return "".join(parts), origins


def _closings(text: str, start: int, end: int) -> dict[int, int]:
    """Where each code span in `text[start:end]` ends, by the backtick that it may begin with."""
    closings: dict[int, int] = {}
    following: dict[int, int] = {}
    for found in reversed([*_BACKTICKS.finditer(text, start, end)]):
        after = found.end()
        for begin in range(found.start(), after):
            if closing := following.get(after - begin):
                closings[begin] = closing
        following[after - found.start()] = after
    return closings
