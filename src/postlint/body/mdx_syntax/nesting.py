"""Whether tags and blocks lie in each other, as mdast-util-mdx-jsx (3) wants it."""

from typing import NamedTuple

from postlint.body.mdx_syntax import Setup, Slip
from postlint.body.mdx_syntax.tags import VOID, Tag
from postlint.text import Span

# Sätteri (0.10) lets a tag that begins in a block of another kind end behind it,
_HOLDS_TAGS = frozenset(("", "paragraph", "block quote", "list item"))
# and a tag end in a block of these kinds that begins behind it.
_LETS_TAGS_END = frozenset(("list item", "block quote", "table cell", "footnote"))


class _Node(NamedTuple):
    name: str
    span: Span
    is_tag: bool


class Nesting:
    """What is open: blocks, and tags by their spans in `text`. Slips are added to `slips`."""

    def __init__(self, text: str, slips: list[Slip], setup: Setup) -> None:
        self._text = text
        self._slips = slips
        self._setup = setup
        self._nodes: list[_Node] = []
        self._tags: list[_Node] = []
        self._never_closed: set[str] = set()
        self._is_certain = True

    @property
    def depth(self) -> int:
        return len(self._nodes)

    def doubt(self) -> None:
        """From here on it is not known what is open."""
        self._is_certain = False

    def enter(self, kind: str, start: int) -> None:
        self._nodes.append(_Node(kind, Span(start, start), False))

    def leave(self, depth: int, end: int) -> None:
        """Close the block that is at `depth`, and all that is open in it; 0 is the whole post."""
        while len(self._nodes) > depth:
            node = self._nodes.pop()
            if node.is_tag:
                self._tags.pop()
                self._unclosed(node, end)

    def tag(self, tag: Tag, span: Span) -> None:
        if tag.kind == "open" and tag.name in VOID and self._is_never_closed(tag.name, span.end):
            self._add(Slip("void", span, span.start, tag.name))
        elif tag.kind == "open":
            node = _Node(tag.name, span, True)
            self._nodes.append(node)
            self._tags.append(node)
        elif tag.kind == "close":
            self._close(tag.name, span)

    def _is_never_closed(self, name: str, start: int) -> bool:
        """Whether no tag from `start` on closes `name`."""
        if name not in self._never_closed and self._text.find(f"</{name}", start) < 0:
            self._never_closed.add(name)
        return name in self._never_closed

    def _unclosed(self, node: _Node, end: int) -> None:
        if node.name in VOID:
            self._add(Slip("void", node.span, node.span.start, node.name))
        if node.name in VOID or not self._is_certain:
            return
        block = next((other.name for other in reversed(self._nodes) if not other.is_tag), "")
        is_lenient = block not in _HOLDS_TAGS if self._setup.satteri else block == "table cell" and not self._setup.gfm
        if is_lenient and not self._is_never_closed(node.name, node.span.end):
            self.doubt()
        self._add(Slip("unclosed", node.span, node.span.start, node.name, block, end))
        self.doubt()

    def _close(self, name: str, span: Span) -> None:
        while self._tags and self._nodes[-1].is_tag and name != self._tags[-1].name in VOID:
            self._nodes.pop()
            node = self._tags.pop()
            self._add(Slip("void", node.span, node.span.start, node.name))
        if not self._tags:
            self._add(Slip("unopened", span, span.start, name))
            return
        top, tag = self._nodes[-1], self._tags[-1]
        if top is tag and tag.name == name:
            self._nodes.pop()
            self._tags.pop()
            return
        if not top.is_tag and (
            (self._setup.satteri and (tag.name != name or top.name in _LETS_TAGS_END))
            or (not self._setup.gfm and top.name == "table cell")
        ):
            self.doubt()
        if tag.name != name:
            self._add(Slip("mismatch", span, span.start, name, tag.name, tag.span.start))
        else:
            self._add(Slip("interleaved", span, span.start, name, top.name, tag.span.start))
        self.doubt()

    def _add(self, slip: Slip) -> None:
        if self._is_certain:
            self._slips.append(slip)
