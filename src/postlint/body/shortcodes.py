"""The regions of a body that a site's template language owns, such as Hugo's shortcodes and Liquid's tags."""

import re
from functools import lru_cache

from postlint.body import Parts
from postlint.body.masking import UNKNOWN, cover
from postlint.body.syntax import HUGO, Delimiters
from postlint.text import Span

_HUGO = frozenset(opener for opener, _ in HUGO)
_BLANK = re.compile(r"\n[ \t]*\r?(?=\n)")
_NAME = re.compile(r"[{<%]+-?\s*(/?)\s*(end)?(\w+)")
# Pairs of tags that hold no Markdown: Liquid, Nunjucks and Hugo's own, and Hexo's.
_VERBATIM = frozenset({"highlight", "codeblock", "code", "comment", "mermaid", "math", "katex"})
# In Nunjucks what a block sets may be code as well as Markdown.
_SET = re.compile(r"\{%-?\s*set\s[^={}%]*-?%\}")


def cover_shortcodes(text: str, start: int, delimiters: tuple[Delimiters, ...], parts: Parts) -> str:
    """`text` with every region from `start` on that `delimiters` enclose covered by stand-ins, and listed in `parts`.

    A region holds no blank line and no part of a code span. Takes linear time.
    """
    closers = dict(delimiters)
    if not any(opener[0] in text and opener in text for opener in closers):
        return text
    opener = _opener(delimiters)
    match = opener.search(text, start)
    nearest: dict[str, int] = {}
    blank = start
    regions: list[Span] = []
    verbatim: tuple[str, int] | None = None
    while match:
        here = match.start()
        closer = closers[match[0]]
        if nearest.get(closer, start) < match.end():
            found = text.find(closer, match.end())
            nearest[closer] = found if found >= 0 else len(text)
        if blank <= here:
            gap = _BLANK.search(text, here)
            blank = gap.start() if gap else len(text)
        end = nearest[closer] + len(closer)
        if nearest[closer] >= blank:
            match = opener.search(text, match.end())
            continue
        # In Hugo, backticks enclose strings; elsewhere a region that has one reaches from one code span to another.
        if text.count("`", here, end) % 2 == 0 if match[0] in _HUGO else text.find("`", here, end) < 0:
            regions.append(Span(here, end))
            name = _NAME.match(text, here, end)
            if name and verbatim and name[3] == verbatim[0] and (name[1] or name[2]):
                _enclose(Span(verbatim[1], end), name[3], regions, parts)
                verbatim = None
            elif name and not verbatim and match[0] != "{{" and (name[3] in _VERBATIM or _SET.match(text, here, end)):
                verbatim = name[3], here
        match = opener.search(text, end)
    parts.opaque += regions
    return cover(text, ((region, UNKNOWN) for region in regions))


def _enclose(whole: Span, name: str, regions: list[Span], parts: Parts) -> None:
    """Replace the regions inside `whole`, which a pair of tags called `name` encloses."""
    (parts.comments if name == "comment" else parts.code).append(whole)
    while regions and regions[-1].start >= whole.start:
        regions.pop()
    regions.append(whole)


@lru_cache
def _opener(delimiters: tuple[Delimiters, ...]) -> re.Pattern[str]:
    longest_first = sorted({opener for opener, _ in delimiters}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))
