"""Syntax in a body that mdformat treats as plain text, and would write differently."""

import re
from collections.abc import Container
from typing import NamedTuple

from postlint.body.masking import cover
from postlint.posts.document import Document


class _Mark(NamedTuple):
    """Something beyond CommonMark: its name, how it is known, and the plugins of mdformat that keep it as it is."""

    name: str
    pattern: re.Pattern[str]
    plugins: frozenset[str] = frozenset()


def _mark(name: str, pattern: str, *plugins: str) -> _Mark:
    return _Mark(name, re.compile(pattern, re.MULTILINE), frozenset(plugins))


_MARKS = (
    _mark("template tags", r"\{\{|\{%|\{#[\s-]|<%"),
    _mark("containers (`:::`)", r"^[ \t>]{0,12}:{3,}", "container", "colon_fence", "directive", "myst"),
    _mark("admonitions (`!!!`)", r"^[ \t]*(?:!!!|\?\?\?\+?|///)[ \t]", "admonition", "admon", "mkdocs"),
    _mark("alerts (`[!NOTE]`)", r"^[ \t]*>[ \t>]*\[!\w+\]", "gfm_alerts"),
    _mark("attributes (`{.class}`)", r"\{(?::|[ \t]*[.#][\w-]|[ \t]*[\w-]+=)[^{}\n]*\}", "attributes"),
    _mark("wiki links", r"\[\[[^\[\]\n]+\]\]", "wikilink", "obsidian", "roam"),
    _mark("footnotes", r"\[\^[^\[\]\s]+\]", "footnote"),
    _mark("formulas", r"\$\$|(?<![\w\\$])\$(?=[^\s$])[^$\n]*(?<=[^\s\\$])\$(?![\w$])", "dollarmath", "myst"),
    _mark("definition lists", r"^[:~][ \t]{1,4}\S", "deflist"),
    _mark("abbreviations", r"^\*\[[^\]\n]+\]:", "abbr"),
    _mark("task lists", r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]", "gfm"),
    _mark("tables", r"^[ \t>]*(?:\|[ \t]*)?:?-+:?[ \t]*\|[ \t|:-]*$", "gfm", "tables"),
    _mark("cross references", r"(?<!\S)@(?:fig|tbl|sec|eq|lst)-\w"),
    _mark("included files", r"^[ \t]*(?:<<<|--8<--|@include|!!!include)"),
)
_BLANK_LINES = re.compile(r"\n[ \t]*\n")
# mdformat looks up each piece of a paragraph among all of them.
_MOST_PIECES = 5000
_PARTING = "\n*_`[!<&\\"
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")


def beyond(post: Document, plugins: Container[str]) -> str | None:
    """The name of syntax in the body of `post` that mdformat does not know with `plugins`; None if there is none."""
    syntax = post.framework.syntax(post.path)
    if syntax.mdx:
        return "MDX"
    text, start = post.text.value, post.front_matter.body
    last = post.body.code[-1] if post.body.code else None
    if last and last.end >= len(text.rstrip()) and _unclosed(text[last.start : last.end]):
        return "a code block that is never closed"
    body = cover(text, [(span, " ") for span in post.body.code])[start:]
    for mark in _MARKS:
        if mark.pattern.search(body) and not any(name in plugins for name in mark.plugins):
            return mark.name
    if any(sum(map(block.count, _PARTING)) > _MOST_PIECES for block in _BLANK_LINES.split(body)):
        return f"a paragraph of more than {_MOST_PIECES:,} pieces, which would take mdformat very long"
    return None


def _unclosed(block: str) -> bool:
    opening = _FENCE.match(block)
    if not opening:
        return False
    lines = block.rstrip().splitlines()
    last = lines[-1].strip(" \t>")
    return len(lines) == 1 or not (last.startswith(opening[1]) and not last.strip(opening[1][0]))
