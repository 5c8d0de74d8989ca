"""Blocks that hold blocks: block quotes, list items, footnotes and directives, as micromark (4) continues them."""

import re
from typing import NamedTuple

from postlint.body.mdx_syntax import Setup
from postlint.body.mdx_syntax.lines import Lines, column_of, past_columns, past_indentation, past_spaces
from postlint.javascript.lexemes import Uncertain

_ITEM = re.compile(r"([-+*]|(\d{1,9})([.)]))(?=[ \t]|$)")
_BREAK = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_FOOTNOTE = re.compile(r"\[\^[^\s\[\]]+\]:")
_FOOTNOTE_WIDTH = 4
_DIRECTIVE = re.compile(r"(:{3,})[A-Za-z][\w-]*(?:\[([^\n]*)\])?(?:\{[^{}\n]*\})?[ \t]*$")
_TITLED = re.compile(r"(:{3,})([A-Za-z][\w-]*) +(.*)$")
_SPECIAL = re.compile(r"[<{]")
_DEEPEST = 100

SIGNS = frozenset("-+*>[:0123456789")
"""What a container may begin with."""


class Container:
    """`kind` is as messages call it. `size` of a list item is the width of its marker, in columns, of a directive the
    number of its colons; `depth` is its place in the nesting of all that is open."""

    def __init__(self, kind: str, size: int, depth: int, marker: str = "") -> None:
        self.kind = kind
        self.size = size
        self.depth = depth
        self.marker = marker
        self.begins_blank = False
        self.is_over = False


class Opening(NamedTuple):
    """How a container begins: its content is at `after`, in `column`."""

    kind: str
    start: int
    after: int
    column: int
    size: int = 0
    marker: str = ""
    begins_blank: bool = False


class Containers:
    """Those that are open, from the outermost inwards."""

    def __init__(self, lines: Lines, setup: Setup) -> None:
        self._lines = lines
        self._text = lines.text
        self._setup = setup
        self.open: list[Container] = []
        self._directives = 0

    def push(self, opening: Opening, depth: int) -> None:
        if len(self.open) >= _DEEPEST:
            raise Uncertain
        container = Container(opening.kind, opening.size, depth, opening.marker)
        container.begins_blank = opening.begins_blank
        self.open.append(container)
        self._directives += opening.kind == "directive"

    def drop(self, number: int) -> None:
        """Forget the containers from `number` on."""
        self._directives -= sum(container.kind == "directive" for container in self.open[number:])
        del self.open[number:]

    def continued(self, line: int) -> tuple[int, int]:
        """Where the content of `line` begins, and how many of the containers it continues."""
        text, end = self._text, self._lines.ends[line]
        at, column = self._lines.starts[line], 0
        for number, container in enumerate(self.open):
            begin, width = past_indentation(text, at, end, column)
            if container.kind == "directive":
                continue
            if container.kind == "block quote":
                if not text.startswith(">", begin, end):
                    return at, number
                at, column = _past_marker_space(text, begin + 1, end, column + width + 1)
            elif begin >= end:
                container.is_over = container.is_over or container.begins_blank
            else:
                is_inside = not container.is_over and width >= container.size
                container.begins_blank = container.is_over = False
                if not is_inside:
                    return at, number
                at, column = past_columns(text, at, end, column, container.size)
        return at, len(self.open)

    def content(self, line: int) -> int:
        """Where the content of `line` begins if it continues all containers, -1 if it does not or there is no line."""
        if line >= len(self._lines):
            return -1
        states = [(container.begins_blank, container.is_over) for container in self.open]
        at, continued = self.continued(line)
        for container, state in zip(self.open, states, strict=True):
            container.begins_blank, container.is_over = state
        return at if continued == len(self.open) else -1

    def closed_directive(self, line: int) -> int:
        """The number of the outermost directive that `line` closes, -1 if it closes none."""
        text, at, end = self._text, self._lines.starts[line], self._lines.ends[line]
        if not self._directives or text.find(":::", at, end) < 0:
            return -1
        for number, container in enumerate(self.open):
            begin = past_spaces(text, at, end)
            if container.kind == "directive":
                colons = text[begin:end].rstrip(" \t")
                if len(colons) >= container.size and not colons.strip(":"):
                    return number
            elif container.kind == "block quote":
                if not text.startswith(">", begin, end):
                    return -1
                at = begin + 1
        return -1

    def opening(self, line: int, at: int, continued: int, interrupts: bool) -> Opening | None:
        """The container that begins at `at`, where `continued` containers go on; `interrupts`: in a paragraph."""
        text, end = self._text, self._lines.ends[line]
        column = column_of(text, self._lines.starts[line], at)
        begin, width = past_indentation(text, at, end, column)
        sign = text[begin : min(begin + 1, end)]
        if sign == ">":
            after, to = _past_marker_space(text, begin + 1, end, column + width + 1)
            return Opening("block quote", begin, after, to)
        if sign == ":":
            colons = self._colons(begin, end) if self._setup.directives else 0
            return Opening("directive", begin, end, 0, colons) if colons else None
        if sign == "[":
            footnote = _FOOTNOTE.match(text, begin, end) if self._setup.gfm else None
            to = column + width + (footnote.end() - begin if footnote else 0)
            return Opening("footnote", begin, footnote.end(), to, _FOOTNOTE_WIDTH) if footnote else None
        item = _ITEM.match(text, begin, end)
        if not item or (sign in "*-" and _BREAK.match(text, begin, end)):
            return None
        marker = item[3] or item[1]
        if interrupts and not self._is_sibling(continued, marker):
            is_first = item[2] is None or item[2] == "1"
            if not is_first or past_spaces(text, item.end(), end) >= end:
                return None
        length = item.end() - begin
        after, blank = past_indentation(text, item.end(), end, column + width + length)
        if after >= end:
            return Opening("list item", begin, after, 0, width + length + 1, marker, True)
        # All the white space behind the marker, as there is no indented code.
        size = width + length + blank
        return Opening("list item", begin, after, column + size, size, marker)

    def _is_sibling(self, continued: int, marker: str) -> bool:
        """Whether the first container that does not go on is an item of the list with this `marker`."""
        if continued >= len(self.open):
            return False
        last = self.open[continued]
        return last.kind == "list item" and last.marker == marker

    def _colons(self, begin: int, end: int) -> int:
        """How many colons open the directive at `begin`, 0 if none begins there."""
        titled = _TITLED.match(self._text, begin, end)
        is_titled = titled is not None and titled[2] in self._setup.admonitions
        found = titled if is_titled else _DIRECTIVE.match(self._text, begin, end)
        if not found:
            return 0
        if _SPECIAL.search(found[3 if is_titled else 2] or ""):
            raise Uncertain
        return len(found[1])


def is_break(text: str, at: int, end: int) -> bool:
    """Whether there is a thematic break at `at`."""
    return _BREAK.match(text, at, end) is not None


def is_item(text: str, at: int, end: int) -> bool:
    """Whether a list item may begin at `at`."""
    return _ITEM.match(text, at, end) is not None


def _past_marker_space(text: str, at: int, end: int, column: int) -> tuple[int, int]:
    """Past the one blank that belongs to the marker before `at`, and the column there."""
    return past_columns(text, at, end, column, 1)
