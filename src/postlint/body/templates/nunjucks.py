"""What Nunjucks stops at, as Eleventy calls it on the whole text, and Hexo on what Markdown has left.

Sources: package nunjucks 3.2 (`lexer.js`, `parser.js`), package hexo 8 (`hexo/post.js`, `extend/tag.js`).
"""

import re
from bisect import bisect_right
from typing import NamedTuple

from postlint.body.templates import Engine, Stop, unclosed
from postlint.body.templates.liquid import RAW, line_end, short
from postlint.body.templates.nunjucks_expression import Expression, Refused, Unsure
from postlint.text import Span

_OPENING = re.compile(r"\{[{%#]|#\}")
_TAG = re.compile(r"\{%-?[ \n\t\r\xa0]*([^\s()\[\]{}%*\-+~/#,:|.<>=!\"']+)")
# Behind a tag's name, what it is closed by and what else may stand inside.
_PAIRS = {
    "if": ("endif", ("elif", "elseif", "else")),
    "ifAsync": ("endif", ("elif", "elseif", "else")),
    "for": ("endfor", ("else",)),
    "asyncEach": ("endeach", ("else",)),
    "asyncAll": ("endall", ("else",)),
    "block": ("endblock", ()),
    "macro": ("endmacro", ()),
    "call": ("endcall", ()),
    "filter": ("endfilter", ()),
    "switch": ("endswitch", ("case", "default")),
}
_CONDITIONAL = frozenset(("if", "ifAsync", "for", "asyncEach", "asyncAll", "macro", "switch", "call"))
_TAGS = frozenset(("extends", "include", "import", "from"))
_INSIDE = frozenset(("elif", "elseif", "else", "case", "default"))
FILTERS = frozenset(
    (
        *("abs", "batch", "capitalize", "center", "default", "dictsort", "dump", "escape", "safe", "first"),
        *("forceescape", "groupby", "indent", "join", "last", "length", "list", "lower", "nl2br", "random", "reject"),
        *("rejectattr", "select", "selectattr", "replace", "reverse", "round", "slice", "sum", "sort", "string"),
        *("striptags", "title", "trim", "truncate", "upper", "urlencode", "urlize", "wordcount", "float", "int", "d"),
        *("e",),
    )
)
"""The filters of Nunjucks 3."""
_SWALLOWED = "Hexo leaves out the rest of the post"
_VERBATIM = frozenset(("raw", "verbatim"))
OWN_TAGS = {*_PAIRS, *_TAGS, *_VERBATIM, "set"}
"""The tags of Nunjucks itself."""
_COMMENT = re.compile(r"<!--[\s\S]*?(?:-->|\Z)")
_FENCE = re.compile(r"^[ \t>]*+(?:(?:[-*+]|[0-9]++\.)[ \t]*+)?(`{3,}+|~{3,}+)([^\n]*)$", re.MULTILINE)


class _Open(NamedTuple):
    name: str
    span: Span
    end: str
    inside: tuple[str, ...]
    known: bool


def stops(text: str, start: int, engine: Engine, code: tuple[Span, ...]) -> list[Stop]:
    """See `templates.stops`. Takes linear time."""
    skipped = _skipped(text, start, code) if engine.kind == "hexo" else []
    if engine.kind != "hexo":
        return _Reader(text, engine, skipped, False).read(start)
    some_complete = _is_called(text, start, skipped)
    if text.count("<code") != text.count("</code") or not (some_complete or engine.swallows):
        return []
    return _Reader(text, engine, skipped, some_complete and engine.swallows).read(start)


def _skipped(text: str, start: int, code: tuple[Span, ...]) -> list[Span]:
    """What Hexo keeps from Nunjucks: code, but for `<pre>` and the content of its own tags, and comments."""
    kept = [span for span in code if not text.startswith(("{%", "<pre"), span.start)]
    kept += _fences(text, start)
    kept += [Span(*found.span()) for found in _COMMENT.finditer(text, start)] if "<!--" in text else []
    merged: list[Span] = []
    for span in sorted(kept):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _fences(text: str, start: int) -> list[Span]:
    """Fenced code, which Hexo takes out first (`backtick_code.js`); from a fence that is never closed, all the rest."""
    spans: list[Span] = []
    opened: tuple[str, int] | None = None
    for found in _FENCE.finditer(text, start):
        if opened is None:
            opened = found[1], found.start(1)
        elif found[1] == opened[0] and not found[2].strip():
            spans.append(Span(opened[1], found.end()))
            opened = None
    return [*spans, Span(opened[1], len(text))] if opened else spans


def _is_called(text: str, start: int, skipped: list[Span]) -> bool:
    """Whether Hexo calls Nunjucks: some tag outside of `skipped` is complete."""
    starts = [span.start for span in skipped]
    last = {"{": text.rfind("}}"), "#": text.rfind("#}"), "%": text.rfind("%}")}
    for found in _OPENING.finditer(text, start):
        sign = text[found.start() + 1]
        if sign != "}" and last[sign] > found.end() and not _within(found.start(), starts, skipped):
            return True
    return False


def _within(at: int, starts: list[int], spans: list[Span]) -> Span | None:
    """The one of `spans`, which begin at `starts`, that `at` lies in."""
    number = bisect_right(starts, at) - 1
    return spans[number] if number >= 0 and at < spans[number].end else None


class _Reader:
    def __init__(self, text: str, engine: Engine, skipped: list[Span], swallows: bool) -> None:
        self._swallows = swallows
        self._text, self._engine, self._skipped = text, engine, skipped
        self._hexo = engine.kind == "hexo"
        self._starts = [span.start for span in skipped]
        self._open: list[_Open] = []
        self._found: list[Stop] = []
        self._unknown: set[str] = set()

    def read(self, start: int) -> list[Stop]:
        match = _OPENING.search(self._text, start)
        while match:
            at = match.start()
            end = self._end_of(at)
            if end is None:
                return self._found
            match = _OPENING.search(self._text, end)
        for opened in reversed(self._open):
            if opened.known:
                written = short(self._text[opened.span.start : opened.span.end])
                self._found.append(unclosed(opened.span, written, f"{{% {opened.end} %}}"))
                break
        return self._found

    def _end_of(self, at: int) -> int | None:
        """Where reading goes on behind what begins at `at`; None where it ends."""
        text = self._text
        if skipped := _within(at, self._starts, self._skipped):
            return skipped.end
        if self._hexo and self._may_be_markdown(at):
            return None
        sign = text[at + 1]
        if text[at] == "#":
            self._stop(Span(at, at + 2), "`#}` closes a comment that does not begin", f"remove it, or {RAW}")
            return None
        if sign == "#":
            end = text.find("#}", at + 2)
            if end < 0:
                line = line_end(text, at)
                written = short(text[at:line])
                hint = f"close it with `#}}`, or {RAW}"
                self._stop(Span(at, at + 2), f"`{written}` begins a comment that never ends", hint, True)
                return None
            return end + 2
        return self._output(at) if sign == "{" else self._tag(at)

    def _may_be_markdown(self, at: int) -> bool:
        """Whether Markdown may take what begins at `at` for an escaped sign, an address or code."""
        before = self._text[self._text.rfind("\n", 0, at) + 1 : at]
        return before.endswith(("\\", "(")) or (not before.strip() and before.expandtabs(4).startswith("    "))

    def _output(self, at: int) -> int | None:
        if self._hexo:
            inner = self._text[at : self._text.find("}}", at)]
            if inner.count('"') % 2 or inner.count("'") % 2:
                return None  # Hexo looks for the end of the text, too.
        expression = Expression(self._text, at + 2)
        try:
            expression.read()
            end = expression.close("}}")
        except Refused as refused:
            if not self._swallows or self._text.find("}}", at) >= 0:
                self._refuse(at, refused)
            return None
        except Unsure:
            return None
        self._check_filters(expression)
        return end

    def _check_filters(self, expression: Expression) -> None:
        known = self._engine.filters
        if known is None or any(opened.name in _CONDITIONAL for opened in self._open):
            return  # A filter is looked for when its value is printed.
        for name, span in expression.filters:
            if name not in known:
                message = f"`{name}` is not a filter that {self._engine.title} knows"
                self._found.append(Stop(span, message, f"filter {name}"))

    def _refuse(self, at: int, refused: Refused) -> None:
        line = line_end(self._text, at)
        close = self._text.find("}}" if self._text[at + 1] == "{" else "%}", at)
        end = min(close + 2, line) if close >= 0 else line
        written = short(self._text[at : max(end, at + 2)])
        self._stop(Span(at, max(end, at + 2)), f"Nunjucks cannot read `{written}`: {refused}", f"correct it, or {RAW}")

    def _tag(self, at: int) -> int | None:
        text = self._text
        end = text.find("%}", at + 2)
        line = line_end(text, at)
        if end < 0:
            written = short(text[at:line])
            if self._engine.swallows and not self._swallows:
                return None  # Hexo before 8 leaves it alone.
            hint = f"close it with `%}}`, or {RAW}"
            self._stop(Span(at, line), f"`{written}` is not closed by `%}}`", hint, True)
            return None
        whole = Span(at, end + 2)
        named = _TAG.match(text, at, end)
        if named is None:
            self._stop(whole, f"`{short(text[at : end + 2])}` names no tag", f"write the tag's name, or {RAW}")
            return None
        name, inner = named[1], text[named.end() : end]
        if inner.count('"') % 2 or inner.count("'") % 2:
            return None  # A text without its closing quote reaches further.
        if name in _VERBATIM:
            closing = re.compile(rf"\{{%-?\s*end{name}\s*-?%\}}").search(text, whole.end)
            return closing.end() if closing else len(text)  # Without its end, all the rest is printed.
        if name in ("elif", "elseif", "if", "ifAsync") and not self._is_condition(at, named.end()):
            return None
        if name == "for" and "in" not in inner.split():
            self._stop(whole, f"`{short(text[at : end + 2])}` is not complete", "write `{% for item in list %}`")
            return None
        return whole.end if self._known(name, inner, whole) else None

    def _is_condition(self, at: int, start: int) -> bool:
        expression = Expression(self._text, start)
        try:
            expression.read()
            expression.close("%}")
        except Refused as refused:
            if not self._swallows:
                self._refuse(at, refused)
            return False
        except Unsure:
            return False
        return True

    def _known(self, name: str, inner: str, whole: Span) -> bool:
        """Whether reading can go on behind the tag `name`: opens and closes pairs, and reports what is wrong."""
        added = self._engine.tags
        innermost = self._open[-1] if self._open else None
        if name in added:
            if added[name] is not False:
                self._open.append(_Open(name, whole, f"end{name}", (), added[name] is True))
        elif name in _PAIRS:
            end, inside = _PAIRS[name]
            self._open.append(_Open(name, whole, end, inside, True))
        elif name == "set":
            if "=" not in inner:
                self._open.append(_Open(name, whole, "endset", (), True))
        elif name.startswith("end") or name in _INSIDE:
            return self._close(name, whole, innermost)
        elif name not in _TAGS:
            self._unknown.add(f"end{name}")
            self._found.append(Stop(whole, self._unknown_tag(name), f"tag {name}"))
        return True

    def _unknown_tag(self, name: str) -> str:
        return f"`{name}` is not a tag that {self._engine.title} knows"

    def _close(self, name: str, whole: Span, innermost: _Open | None) -> bool:
        if name in self._unknown:
            return True
        while self._open and not self._open[-1].known and self._open[-1].end != name:
            self._open.pop()  # It may have no closing tag.
        innermost = self._open[-1] if self._open else None
        if innermost and (name == innermost.end or name in innermost.inside):
            if name == innermost.end:
                self._open.pop()
            return True
        if innermost is None:
            self._found.append(Stop(whole, self._unknown_tag(name), f"tag {name}"))
            return True
        opened = short(self._text[innermost.span.start : innermost.span.end])
        message = f"`{name}` does not belong to the open tag `{opened}`"
        self._stop(whole, message, f"close that with `{{% {innermost.end} %}}` first")
        return False

    def _stop(self, span: Span, message: str, hint: str, unclosed: bool = False) -> None:
        stop = Stop(span, message, "", hint)
        self._found.append(stop._replace(outcome=_SWALLOWED) if unclosed and self._swallows else stop)
