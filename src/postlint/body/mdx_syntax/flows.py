"""Tags and expressions that stand on lines of their own, and so are blocks; and imports and exports."""

from collections.abc import Callable

from postlint.body.mdx_syntax import Setup, Slip, tags
from postlint.body.mdx_syntax.containers import Containers
from postlint.body.mdx_syntax.lines import Lines, past_spaces
from postlint.body.mdx_syntax.tags import Refused, Tag
from postlint.body.mdx_syntax.view import View
from postlint.javascript import grammar, module_grammar
from postlint.javascript.lexemes import Uncertain
from postlint.text import Span


class Flow:
    """`line` is the last one that was looked at. `ok` is False if something follows the tags, so that all of it is
    text."""

    def __init__(self, ok: bool, line: int, found: list[tuple[View, Tag]]) -> None:
        self.ok = ok
        self.line = line
        self.found = found


class Flows:
    """Reads flows of one body. Slips are handed to `on_refused`; `is_escaped` is as in `inline.read`."""

    def __init__(
        self,
        lines: Lines,
        containers: Containers,
        setup: Setup,
        on_refused: Callable[[View, Refused], None],
        is_escaped: Callable[[int], bool],
    ) -> None:
        self._lines = lines
        self._text = lines.text
        self._containers = containers
        self._setup = setup
        self._on_refused = on_refused
        self._is_escaped = is_escaped
        self._last: tuple[int, Flow] | None = None
        # How many code points may still be read, of which some are read again and again in odd posts.
        self._budget = 50_000 + 40 * len(self._text)

    def read(self, line: int, begin: int) -> Flow:
        """The flow that begins with the content of `line` at `begin`."""
        if self._last is None or self._last[0] != line:
            self._last = (line, self._read(line, begin))
        return self._last[1]

    def _read(self, line: int, begin: int) -> Flow:
        if not self._containers.open:
            flow = self._read_in(View(self._text, begin, len(self._text)), line, True)
            assert flow is not None
            return flow
        pieces = [(begin, self._lines.ends[line])]
        wanted = 1
        while True:
            while len(pieces) < wanted and (at := self._containers.content(line + len(pieces))) >= 0:
                pieces.append((at, self._lines.ends[line + len(pieces)]))
            flow = self._read_in(View.of(self._text, pieces), line, len(pieces) < wanted)
            if flow is not None:
                return flow
            wanted *= 8

    def _read_in(self, view: View, line: int, is_all: bool) -> Flow | None:
        """The flow in `view`; None if that would have to be longer, which it is not where it `is_all`."""
        text, at, end = view.text, view.start, view.end
        found: list[tuple[View, Tag]] = []
        last = ""
        if self._setup.comments and text.startswith("<!--", at, end):
            close = text.find("-->", at + 4, end)
            if close < 0 and not is_all:
                return None
            if close >= 0 and not text.startswith((">", "->"), at + 4):
                return self._after_comment(view, close + 3)
        while True:
            sign = text[at : min(at + 1, end)]
            if not sign or sign in "\r\n":
                return Flow(True, self._lines.at(view.offset(at)), found)
            if sign == "{" and last == "{":
                # Behind an expression only a tag may follow.
                return Flow(False, self._lines.at(view.offset(at)), [])
            last = sign
            try:
                after = self._past(view, at, sign, found)
            except Refused as refused:
                if not refused.complete and not is_all:
                    return None
                self._on_refused(view, refused)
                return Flow(False, line, [])
            if after < 0:
                return Flow(False, self._lines.at(view.offset(max(at - 1, view.start))), [])
            self._spend(after - at)
            at = past_spaces(text, after, end)

    def _past(self, view: View, at: int, sign: str, found: list[tuple[View, Tag]]) -> int:
        """Past the tag or expression at `at`, -1 if there is none."""
        if sign == "<" and at + 1 < view.end:
            tag = tags.read(view.text, at, view.end)
            if tag is None:
                return -1
            found.append((view, tag))
            return tag.end
        if sign != "{" or self._is_escaped(view.offset(at)):
            return -1
        verdict = grammar.expression(view.text, at, view.end)
        if not verdict.ok:
            raise tags.refused_expression(view.text, at, view.end, verdict)
        return verdict.end

    def _after_comment(self, view: View, at: int) -> Flow:
        """A comment is a block; what becomes of the rest of its line is not certain."""
        line = self._lines.at(view.offset(at))
        if past_spaces(self._text, view.offset(at), self._lines.ends[line]) < self._lines.ends[line]:
            raise Uncertain
        return Flow(True, line, [])

    def _spend(self, length: int) -> None:
        self._budget -= length
        if self._budget < 0:
            raise Uncertain

    def module(self, line: int) -> tuple[int, Slip | None]:
        """The line behind the imports and exports that begin with `line`, and what is wrong with them.

        They end at the blank line at which they are complete.
        """
        lines, first, last = self._lines, line, line
        while True:
            while last + 1 < len(lines) and not lines.is_blank(last + 1):
                last += 1
            start, end = lines.starts[first], lines.ends[last]
            self._spend(end - start)
            verdict = module_grammar.module(self._text, start, end)
            if verdict.ok:
                return last + 1, None
            following = last + 1
            while following < len(lines) and lines.is_blank(following):
                following += 1
            if verdict.complete or following >= len(lines):
                at = min(verdict.end, end)
                stop = lines.at(at)
                slip = Slip("module", Span(start, lines.ends[stop]), at)
                return (stop if verdict.complete else last) + 1, slip
            last = following
