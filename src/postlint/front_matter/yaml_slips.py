"""YAML that parsers take, and that says something else than its author meant."""

import re
from collections.abc import Iterator

from postlint.front_matter import Node
from postlint.text import Span

# A quote of typography at one end, and a straight one at the other: YAML takes both for text.
_MIXED = re.compile(r"[“”„][^“”\"]*\"|[‘’][^‘’']*'")
# A quote at the end alone; behind a number it means inches.
_HALF = re.compile(r"[^\"']*[^\"'\d]\"")
# A number sign that is no comment's: those have a blank behind it.
_CUT = re.compile(r"[ \t]+(#[^\s#][^\n\r]*)")
_TEXTS = ("title", "description", "subtitle", "summary", "excerpt")
_DEEPEST = 4


def slips(text: str, root: Node) -> Iterator[tuple[Span, str]]:
    """Where they stand in `text`, whose front matter is `root`, and what is wrong."""
    for entry in root.entries or ():
        if entry.name in _TEXTS and entry.node.is_scalar and entry.node.style == "plain" and not entry.node.alias:
            cut = _CUT.match(text, entry.node.span.end)
            if cut and entry.node.value is not None:
                yield (
                    Span(*cut.span(1)),
                    f"`{entry.name}` ends here, because the rest is a comment; put the value in quotes",
                )
        yield from _mixed(entry.node, 0)


def _mixed(node: Node, depth: int) -> Iterator[tuple[Span, str]]:
    if node.is_scalar:
        if node.style != "plain" or node.alias:
            return
        if _MIXED.fullmatch(node.text):
            yield (
                node.span,
                f"`{node.text[0]}` and `{node.text[-1]}` are not a pair of quotes; write two straight quotes",
            )
        elif _HALF.fullmatch(node.text):
            yield node.span, f"`{node.text}` ends with a quote but does not begin with one"
    elif depth < _DEEPEST:
        inner = [entry.node for entry in node.entries] if node.entries is not None else node.items or ()
        for each in inner:
            yield from _mixed(each, depth + 1)
