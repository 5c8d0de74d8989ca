"""What Hugo stops at in shortcodes.

Sources: gohugoio/hugo, `parser/pageparser/pagelexer_shortcode.go` and `hugolib/shortcode.go`; builds with Hugo 0.168.
"""

import re
from typing import NamedTuple

from postlint.body.templates import Engine, Stop
from postlint.body.templates.liquid import line_end, short
from postlint.text import Span

_OPENING = re.compile(r"\{\{([<%])")
_NAME = re.compile(r"\s*(/?)\s*(\w[\w/-]*)?(\.inline\s)?")
_PART = re.compile(
    r"""(?P<blank>\s+)
    |(?P<close>/)
    |(?P<equals>=\s*(?:"(?:[^"\\\n]|\\.)*"|\\"[^"\n]*"|`[^`]*`|[^\s"`\\][^\s]*))
    |(?P<text>"(?:[^"\\\n]|\\.)*"|`[^`]*`|\\"[^"\n]*")
    |(?P<word>[\w-][\w.-]*)""",
    re.VERBOSE,
)
_ESCAPE = "if it is text, write `{{</* … */>}}`"


class _Open(NamedTuple):
    name: str
    span: Span


def stops(text: str, start: int, engine: Engine) -> list[Stop]:
    """See `templates.stops`. Takes linear time."""
    return _Reader(text, engine).read(start)


class _Reader:
    def __init__(self, text: str, engine: Engine) -> None:
        self._text, self._engine = text, engine
        self._known = {name.lower(): has_inner for name, has_inner in engine.tags.items()}
        self._open: list[_Open] = []
        self._opened_once: set[str] = set()
        # Whether it is known of all shortcodes so far which of them must be closed.
        self._sure = True
        self._found: list[Stop] = []

    def read(self, start: int) -> list[Stop]:
        match = _OPENING.search(self._text, start)
        while match:
            end = self._shortcode(match.start(), match[1])
            if end is None:
                return self._found
            match = _OPENING.search(self._text, end)
        if self._open and self._sure:
            self._unclosed(self._open[-1])
        return self._found

    def _shortcode(self, at: int, sign: str) -> int | None:
        """The end of the shortcode that begins at `at`; None if nothing can be read behind it."""
        text = self._text
        right = f"{'>' if sign == '<' else '%'}}}}}"
        if text.startswith("/*", at + 3):
            end = text.find(f"*/{right}", at + 5)
            if end < 0:
                self._stop(
                    Span(at, line_end(text, at)), "this commented shortcode never ends", f"close it with `*/{right}`"
                )
                return None
            return end + 2 + len(right)
        end = text.find(right, at + 3)
        line = line_end(text, at)
        named = _NAME.match(text, at + 3)
        if end < 0:
            self._stop(
                Span(at, line), f"`{short(text[at:line])}` is not closed by `{right}`", f"write `{right}`; {_ESCAPE}"
            )
            return None
        whole = Span(at, end + len(right))
        if named is None or named[3] or named.end() > end:
            return None  # A shortcode that is written in the post itself.
        if named[2] is None:
            if text[named.end() : end].strip():
                self._refuse_sign(named.end())
            elif not named[1]:
                self._stop(whole, f"`{short(text[at : whole.end])}` names no shortcode", _ESCAPE)
            return None
        if text[named.end()] == ".":
            self._refuse_sign(named.end())
            return None
        name = named[2]
        if named[1]:
            return self._close(name, whole)
        read = self._parts(named.end(), right)
        if read is None:
            return None
        end, closes = read
        return end if self._opened(name, Span(at, end), Span(*named.span(2)), closes) else None

    def _parts(self, start: int, right: str) -> tuple[int, bool] | None:
        """The end of the shortcode whose parameters begin at `start`, and whether it closes itself."""
        text, at = self._text, start
        kind = ""
        closes = False
        while not text.startswith(right, at):
            part = _PART.match(text, at)
            if part is None:
                if at >= len(text):
                    return None
                self._refuse_sign(at)
                return None
            at = part.end()
            if part.lastgroup == "blank":
                continue
            if part.lastgroup == "close":
                closes = True
                continue
            if part.lastgroup == "equals":
                if kind != "named":
                    return None
                if right in part[0] and part[0][1:].lstrip()[:1] not in '"`\\':
                    at = part.start() + part[0].index(right)
                    message = f"`{right}` is read as a part of the value before it"
                    self._stop(Span(at, at + len(right)), message, "put a blank before it")
                    return None
                continue
            named = part.lastgroup == "word" and text.startswith("=", at)
            now = "named" if named else "positional"
            if kind and now != kind:
                message = f"`{short(part[0])}` mixes parameters with and without names, which Hugo refuses"
                self._stop(Span(*part.span()), message, "give each parameter a name, or none")
                return None
            kind = now
        return at + len(right), closes

    def _refuse_sign(self, at: int) -> None:
        sign = self._text[at]
        if sign in "“”„‘’":
            message, hint = f"`{sign}` is not a quote that Hugo knows", "write a straight quote"
        elif sign in '"`':
            message, hint = f"the quote {sign} is never closed on its line", "close it"
        else:
            message, hint = (
                f"`{sign}` cannot stand in a shortcode outside of quotes",
                f"put the value in quotes; {_ESCAPE}",
            )
        self._stop(Span(at, at + 1), message, hint)

    def _opened(self, name: str, whole: Span, named: Span, closes: bool) -> bool:
        self._opened_once.add(name)
        has_inner = self._known.get(name.lower())
        if name.lower() not in self._known:
            message = f"no template for the shortcode `{name}` exists in the site or in Hugo"
            self._found.append(Stop(named, message, f"shortcode {name}", _ESCAPE))
        if has_inner is None:
            self._sure = False
        elif closes and not has_inner:
            self._no_inner(name, named)
            return False
        elif has_inner and not closes:
            self._open.append(_Open(name, whole))
        return True

    def _close(self, name: str, whole: Span) -> int | None:
        """As in Hugo, any name that was opened before closes the innermost shortcode that is open."""
        if name not in self._opened_once:
            hint = f"remove it, or write `{{{{< {name} >}}}}` before it"
            self._stop(whole, f"`{short(self._text[whole.start : whole.end])}` closes no open shortcode", hint)
            return None
        if self._open:
            self._open.pop()
        elif self._sure:
            self._no_inner(name, whole)
            return None
        return whole.end

    def _no_inner(self, name: str, span: Span) -> None:
        if self._known.get(name.lower()):
            message = f"the shortcode `{name}` is closed already"
        else:
            message = f"the template of `{name}` uses no `.Inner`, so Hugo allows no closing tag"
        self._stop(span, message, "remove the closing tag")

    def _unclosed(self, opened: _Open) -> None:
        written = short(self._text[opened.span.start : opened.span.end])
        left, right = (
            self._text[opened.span.start : opened.span.start + 3],
            self._text[opened.span.end - 3 : opened.span.end],
        )
        message = f"`{written}` is never closed, and its template uses `.Inner`"
        self._stop(opened.span, message, f"add `{left} /{opened.name} {right}`")

    def _stop(self, span: Span, message: str, hint: str) -> None:
        self._found.append(Stop(span, message, "", hint))
