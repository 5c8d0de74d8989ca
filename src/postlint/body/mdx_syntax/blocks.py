"""The blocks of a post in MDX, line by line, as micromark (4) finds them: what contains what, and where text stands.

There is no indented code in MDX, so that blocks may begin at any indentation. A tag or an expression that stands on
lines of its own is a block, which ends an open paragraph and may hold blank lines; else it is part of a paragraph.
"""

import re

from postlint.body.mdx_syntax import Setup, Slip, inline, tables
from postlint.body.mdx_syntax.containers import SIGNS, Containers, Opening, is_break, is_item
from postlint.body.mdx_syntax.flows import Flows
from postlint.body.mdx_syntax.lines import Lines, past_spaces
from postlint.body.mdx_syntax.nesting import Nesting
from postlint.body.mdx_syntax.tags import Refused, Tag
from postlint.body.mdx_syntax.view import View
from postlint.javascript.lexemes import Uncertain
from postlint.text import Span

_HEADING = re.compile(r"#{1,6}(?=[ \t]|$)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_FENCE = re.compile(r"(`{3,})(?=[^`]*$)|(~{3,})")
_FORMULA = re.compile(r"(\${2,})(?=[^$]*$)")
_MODULE = re.compile(r"(?:import|export) ")
_UNWRAPPED = re.compile(r"`{3,4} *mdx-code-block")
_HASH_LINE = re.compile(r"#{1,6}(?!#)")
_SPECIAL = re.compile(r"[<{]")
# What may be refused, and what may go on behind a blank line and an unindented one: code, formulas and directives.
# Each begins with a character of its own, which makes it a quick search.
_MATTERS = re.compile(r"[<{]|\n(?=(?:import|export) )|:::|```|~~~|\$\$")
# An unindented line behind a blank one that begins no container: it ends all of them.
_ENDS_ALL = re.compile(r"\n\n(?=[^\s\d>+*:\[-])")
_BAR_IN_BRACES = re.compile(r"\{[^{}]*\|")
# What a line may begin with that ends a paragraph.
_INTERRUPTING = frozenset("#`~*-_=$<{")
_MOST_SLIPS = 20


def slips(text: str, start: int, setup: Setup) -> list[Slip]:
    """What the compiler refuses in the body of `text`, which begins at `start`, in order.

    It stops at the first; the others are those that stand apart from it. Takes linear time; never raises.
    """
    if setup.directives and text.startswith("---", start):
        # Docusaurus looks for front matter again, and what it makes of the rest then is not certain.
        return []
    reader = _Blocks(text, start, setup)
    try:
        reader.read()
    except Uncertain:
        return reader.found()
    return reader.found()


class _Blocks:
    def __init__(self, text: str, start: int, setup: Setup) -> None:
        self._text = text
        self._setup = setup
        self._slips: list[Slip] = []
        self._refused: set[int] = set()
        self._lines = Lines(text, start)
        self._nesting = Nesting(text, self._slips, setup)
        self._containers = Containers(self._lines, setup)
        self._flows = Flows(self._lines, self._containers, setup, self._refuse, self._is_escaped)
        # The lines of the open paragraph.
        self._paragraph: list[tuple[int, int]] = []
        self._fence = ""
        self._is_in_cell = False
        self._is_in_text = False
        # No container begins up to this line, as it was looked at for the end of a tag.
        self._looked_at = -1
        # The next place that matters, and the line at which the blocks before it begin.
        self._next = -1
        self._resume = 0

    def found(self) -> list[Slip]:
        return sorted(set(self._slips), key=lambda slip: (slip.span, slip.at))

    def read(self) -> None:
        line = 0
        while line < len(self._lines) and len(self._slips) < _MOST_SLIPS:
            is_outside = not (self._containers.open or self._paragraph or self._fence)
            if is_outside and self._lines.end_with_newlines and (following := self._past_plain(line)) > line:
                line = following
            else:
                line = self._line(line)
        if line >= len(self._lines):
            self._close(0, len(self._text))
            self._nesting.leave(0, len(self._text))

    def _past_plain(self, line: int) -> int:
        """The line behind blocks from `line` on in which nothing matters; `line` if they may go on behind it."""
        start = self._lines.starts[line]
        if self._next < start:
            found = _MODULE.match(self._text, start) or _MATTERS.search(self._text, start)
            self._next = found.start() if found else len(self._text)
            resume = start
            for end in _ENDS_ALL.finditer(self._text, start, self._next):
                resume = end.end()
            self._resume = self._lines.at(resume)
        return len(self._lines) if self._next >= len(self._text) else max(line, self._resume)

    # Containers --------------------------------------------------------------------------------------------------------

    def _line(self, line: int) -> int:
        """Read the block that begins on `line`, or this line of one; the line behind what was read."""
        text, end = self._text, self._lines.ends[line]
        closed = self._containers.closed_directive(line)
        if closed >= 0:
            self._fence = ""
            self._close(closed, end)
            return line + 1
        at, continued = self._containers.continued(line)
        if self._fence:
            if continued == len(self._containers.open):
                self._line_of_fence(at, end)
                return line + 1
            if self._setup.satteri and self._containers.open[continued].kind == "list item":
                # Sätteri may go on with code that its list item no longer holds.
                raise Uncertain
            self._fence = ""
        begin = past_spaces(text, at, end)
        if begin < end and text[begin] in SIGNS and line > self._looked_at:
            opened = self._open(line, at, continued)
            if opened:
                at, continued = opened, len(self._containers.open)
                begin = past_spaces(text, at, end)
        if begin >= end:
            self._end_paragraph()
            self._close(continued, at)
            return line + 1
        if self._paragraph:
            is_lazy = continued < len(self._containers.open)
            if following := self._next_of_paragraph(line, begin, is_lazy):
                return following
            self._end_paragraph()
        self._close(continued, at)
        return self._block(line, begin)

    def _open(self, line: int, at: int, continued: int) -> int:
        """Open the containers that begin at `at`; where their content begins, 0 if there are none."""
        opened = 0
        while opening := self._containers.opening(line, at, continued, bool(self._paragraph)):
            if not opened:
                self._end_paragraph()
                self._close(continued, opening.start)
            self._push(opening)
            opened = at = opening.after
            continued = len(self._containers.open)
        return opened

    def _push(self, opening: Opening) -> None:
        self._containers.push(opening, self._nesting.depth)
        self._nesting.enter(opening.kind, opening.start)

    def _close(self, number: int, end: int) -> None:
        """Close the containers from `number` on, and the paragraph in them."""
        if number < len(self._containers.open):
            self._end_paragraph()
            self._nesting.leave(self._containers.open[number].depth, end)
            self._containers.drop(number)
        elif not self._containers.open and end == len(self._text):
            self._end_paragraph()

    # Blocks ------------------------------------------------------------------------------------------------------------

    def _line_of_fence(self, at: int, end: int) -> None:
        content = self._text[past_spaces(self._text, at, end) : end].rstrip(" \t")
        if content.startswith(self._fence) and not content.strip(self._fence[0]):
            self._fence = ""

    def _next_of_paragraph(self, line: int, begin: int, is_lazy: bool) -> int:
        """The line behind `line` if that goes on with the open paragraph or makes it a heading, 0 if it ends it."""
        text, end = self._text, self._lines.ends[line]
        sign = text[begin]
        if not is_lazy and sign in "=-" and _UNDERLINE.match(text, begin, end) and not self._is_all_definitions():
            self._end_paragraph("heading")
            return line + 1
        if sign in _INTERRUPTING and self._interrupts(line, begin):
            return 0
        if not is_lazy and text.find("|", begin, end) >= 0 and self._is_table(line, begin):
            return 0
        self._paragraph.append((begin, end))
        return line + 1

    def _is_all_definitions(self) -> bool:
        """Whether there is nothing in the open paragraph that could be a heading."""
        if not self._text.startswith("[", self._paragraph[0][0]):
            return False
        view = View.of(self._text, self._paragraph)
        return inline.after_definitions(view.text, view.start, view.end) >= view.end

    def _interrupts(self, line: int, begin: int) -> bool:
        """Whether the content of `line` at `begin`, in a paragraph, is another block."""
        text, end = self._text, self._lines.ends[line]
        sign = text[begin]
        if sign in "<{":
            flow = self._flows.read(line, begin)
            if not flow.ok:
                self._looked_at = max(self._looked_at, flow.line)
            return flow.ok
        return (
            (sign == "#" and _HEADING.match(text, begin, end) is not None)
            or (sign in "`~" and _FENCE.match(text, begin, end) is not None)
            or (sign in "*-_" and is_break(text, begin, end))
            or (sign == "$" and self._setup.math is not False and _FORMULA.match(text, begin, end) is not None)
        )

    def _block(self, line: int, begin: int) -> int:
        """Read the block that begins at `begin`; the line behind what was read."""
        text, end = self._text, self._lines.ends[line]
        sign = text[begin]
        if sign in "<{":
            flow = self._flows.read(line, begin)
            if flow.ok:
                for view, tag in flow.found:
                    self._tag(view, tag)
                return flow.line + 1
            self._looked_at = max(self._looked_at, flow.line)
        elif sign in "ie":
            if begin == self._lines.starts[line] and _MODULE.match(text, begin, end):
                return self._module(line)
        elif sign in _INTERRUPTING:
            if heading := _HEADING.match(text, begin, end):
                self._text_block([(heading.end(), end)], "heading")
                return line + 1
            if sign in "*-_" and is_break(text, begin, end):
                return line + 1
            if self._begins_fence(begin, end):
                is_simple = self._lines.end_with_newlines and not self._containers.open
                return self._behind_fence(end) if is_simple else line + 1
        elif sign == ":" and self._setup.directives is None and text.startswith(":::", begin):
            self._nesting.doubt()
        below = self._lines.ends[min(line + 1, len(self._lines) - 1)]
        if text.find("|", begin, below) >= 0 and self._is_table(line, begin):
            return self._table(line, begin)
        self._paragraph = [(begin, end)]
        return line + 1

    def _begins_fence(self, begin: int, end: int) -> bool:
        text = self._text
        if text[begin] in "`~" and (fence := _FENCE.match(text, begin, end)):
            if self._setup.unwraps_code and _UNWRAPPED.match(text, begin, end):
                raise Uncertain
            self._fence = fence[1] or fence[2]
            return True
        if self._setup.math is not False and (formula := _FORMULA.match(text, begin, end)):
            if self._setup.math is None:
                raise Uncertain
            self._fence = formula[1]
            return True
        return False

    def _behind_fence(self, end: int) -> int:
        """The line behind the fenced block whose first line ends at `end`."""
        closing = re.compile(rf"^[ \t]*{re.escape(self._fence)}{re.escape(self._fence[0])}*[ \t]*$", re.MULTILINE)
        found = closing.search(self._text, end)
        self._fence = ""
        return self._lines.at(found.start()) + 1 if found else len(self._lines)

    def _module(self, line: int) -> int:
        following, slip = self._flows.module(line)
        if slip:
            self._slips.append(slip)
            self._nesting.doubt()
        return following

    def _is_table(self, line: int, begin: int) -> bool:
        below = self._containers.content(line + 1)
        if below < 0 or line <= self._looked_at:
            return False
        return tables.is_head(self._text, (begin, self._lines.ends[line]), (below, self._lines.ends[line + 1]))

    def _table(self, line: int, begin: int) -> int:
        """Read the table whose head is `line`; the line behind it."""
        self._row(begin, self._lines.ends[line])
        line += 2
        while (at := self._containers.content(line)) >= 0:
            end = self._lines.ends[line]
            begin = past_spaces(self._text, at, end)
            if begin >= end or self._text[begin] == ">" or is_item(self._text, begin, end):
                break
            if self._text[begin] in _INTERRUPTING and self._interrupts(line, begin):
                break
            if self._setup.directives and self._text.startswith(":::", begin):
                break
            self._row(begin, end)
            line += 1
        return line

    def _row(self, start: int, end: int) -> None:
        if not _SPECIAL.search(self._text, start, end):
            return
        is_split = self._setup.gfm and not self._setup.satteri
        if not is_split and _BAR_IN_BRACES.search(self._text[start:end]):
            # Without tables, and with Sätteri, a bar in an expression is part of it.
            raise Uncertain
        depth = self._nesting.depth
        self._is_in_cell = True
        for cell in tables.cells(self._text, start, end):
            self._nesting.enter("table cell", cell[0])
            self._read_text(View(self._text, *cell))
            self._nesting.leave(depth, cell[1])
        self._is_in_cell = False

    # Text --------------------------------------------------------------------------------------------------------------

    def _end_paragraph(self, kind: str = "paragraph") -> None:
        if self._paragraph:
            pieces, self._paragraph = self._paragraph, []
            self._text_block(pieces, kind)

    def _text_block(self, pieces: list[tuple[int, int]], kind: str) -> None:
        """Read the lines `pieces` of a paragraph or heading."""
        start, end = pieces[0][0], pieces[-1][1]
        if not _SPECIAL.search(self._text, start, end):
            return
        is_whole = len(pieces) == 1 or not self._containers.open
        view = View(self._text, start, end) if is_whole else View.of(self._text, pieces)
        if view.text.startswith("[", view.start):
            view.start = inline.after_definitions(view.text, view.start, view.end)
        depth = self._nesting.depth
        self._nesting.enter(kind, start)
        self._read_text(view)
        self._nesting.leave(depth, end)

    def _read_text(self, view: View) -> None:
        self._is_in_text = True
        inline.read(view, self._setup, self._tag, self._refuse, self._is_escaped)
        self._is_in_text = False

    def _is_escaped(self, offset: int) -> bool:
        """Whether the `{` at `offset` begins the id of a heading, which is escaped before anything is read."""
        if not self._setup.heading_ids or not self._text.startswith("{#", offset):
            return False
        start = self._lines.starts[self._lines.at(offset)]
        return _HASH_LINE.match(self._text, start) is not None and self._text.find("{#", start) == offset

    def _tag(self, view: View, tag: Tag) -> None:
        self._nesting.tag(tag, Span(view.offset(tag.start), view.offset(tag.end - 1) + 1))

    def _refuse(self, view: View, refused: Refused) -> None:
        start = view.offset(refused.start)
        if start in self._refused:
            return
        self._refused.add(start)
        if self._setup.satteri:
            # Sätteri is not strict, lets a block go on in lines without the markers of its containers and tables in
            # lines behind them, and knows code spans before it looks for blocks in a paragraph.
            closing = "}" if refused.kind == "brace" else ">"
            is_short = not refused.complete and self._text.find(closing, start) >= 0
            is_in_code = any(self._text.find("`", *piece) >= 0 for piece in self._paragraph)
            is_last = self._is_in_cell and refused.kind == "less-than" and refused.at >= view.end
            if refused.strict or is_in_code or is_last or (is_short and (self._containers.open or self._is_in_cell)):
                raise Uncertain
        end = view.offset(refused.end - 1) + 1 if refused.end > refused.start else start
        self._slips.append(Slip(refused.kind, Span(start, end), view.offset(min(refused.at, view.end)), refused.name))
        if refused.resume < 0:
            self._nesting.doubt()
        if len(self._slips) >= _MOST_SLIPS or (not refused.complete and not self._is_in_text):
            # What never ends takes up the rest of the post.
            raise Uncertain
