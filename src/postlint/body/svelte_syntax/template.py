"""Svelte's parser of templates (svelte 5.57: phases/1-parse), as far as it stops a build."""

import re
from bisect import bisect_right
from collections.abc import Collection
from html import unescape
from itertools import accumulate
from typing import NamedTuple

from postlint.body.svelte_syntax import Setup, Slip, inline, page
from postlint.javascript import grammar
from postlint.javascript.lexemes import Uncertain
from postlint.text import Span

_VOID = frozenset(
    "area base br col command embed hr img input keygen link meta param source track wbr !doctype".split()
)
_CLOSES_PARAGRAPH = frozenset(
    """address article aside blockquote div dl fieldset footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre
    section table ul""".split()
)
_CLOSED_BY = {"p": _CLOSES_PARAGRAPH} | {
    name: frozenset(others.split())
    for name, others in {
        "li": "li",
        "dt": "dt dd",
        "dd": "dt dd",
        "rt": "rt rp",
        "rp": "rt rp",
        "optgroup": "optgroup",
        "option": "option optgroup",
        "thead": "tbody tfoot",
        "tbody": "tbody tfoot",
        "tfoot": "tbody",
        "tr": "tr tbody",
        "td": "td th tr",
        "th": "td th tr",
    }.items()
}
_NEXT = re.compile(r"[<{]")
_TAG_NAME = re.compile(r"[^\s/>]*")
_VALID = re.compile(
    r"![a-zA-Z]+|[a-zA-Z][a-zA-Z0-9]*(?:-[^\s/>]*)?|[a-zA-Z][a-zA-Z0-9]*:[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9]"
)
_COMPONENT = re.compile(r"[^\W\d_][\w$]*(?:\.[\w$]+)*")
_END_NAME = re.compile(r"</([\w$.]+)")
_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"[^\s=/>\"']+")
_UNQUOTED = re.compile(r"[^\s\"'=<>`/{]+|/(?!>)")
_BRACES = re.compile(r"[{}]")
_OPENING = re.compile(r"#\s*([a-z]*)")
_BLOCKS = frozenset(("if", "each", "await", "key", "snippet"))
_DIRECTIVES = frozenset(("html", "debug", "const", "render", "attach"))
_DECLARATION = re.compile(
    r"(?:let|const|var|function|class|async|await|import|export|using|type|interface|enum|declare)\b"
)
_TYPED = re.compile(r"<script\b[^>]*\blang\b", re.IGNORECASE)
_MODULE = re.compile(r"\bmodule\b")
_QUOTES = str.maketrans("\u2019\u201d", "'\"")
_BARE = re.compile(r"\{\s*(?:\{\s*)?([A-Za-z][A-Za-z0-9_]*)\s*(?:\}\s*)?\}")
# Whatever may define a name in the text.
_DEFINES = re.compile(r"<script|\{\s*#|\{\s*@const|let:|\{\s*(?:let|const|function|class)\b", re.IGNORECASE)
# Names that JavaScript and Node.js define.
_GLOBALS = frozenset(
    """arguments async atob await btoa caches clearImmediate clearInterval clearTimeout console crypto decodeURI
    decodeURIComponent encodeURI encodeURIComponent escape eval exports false fetch global globalThis isFinite isNaN let
    localStorage metadata module navigator null of parseFloat parseInt performance process queueMicrotask require
    sessionStorage setImmediate setInterval setTimeout static structuredClone this true undefined unescape yield
    Array ArrayBuffer Atomics BigInt Blob Boolean Buffer Date Error Event EventTarget File FormData Function Headers Infinity
    Intl Iterator JSON Map Math NaN Navigator Number Object Performance Promise Proxy Reflect RegExp Request Response Set
    Storage String Symbol URL WebSocket Worker""".split()
)
# Beside one of these a text may end, because something else begins.
_ENDS_TEXT = f"*_~[]`<>&\\|!{inline.HIDDEN}"
_MOST_SLIPS = 20
_SHOWN = 60


class _Element(NamedTuple):
    """`kind` is `element`, `component` or `block`; `is_made` by Markdown. `at` and `end` are those of its tag."""

    name: str
    kind: str
    at: int
    end: int
    is_made: bool = False


class _Stop(Exception):
    """Nothing certain can be found behind this place."""


def slips(text: str, start: int, setup: Setup, names: Collection[str] | None = None) -> list[Slip]:
    """What the compiler refuses in the post `text`, whose body begins at `start`, in order; nothing if that is not certain.
    `names` are those that front matter defines, None if that is not known. Takes linear time; never raises."""
    if "\r" in text:
        return _with_carriage_returns(text, start, setup, names)
    found: set[Slip] = set()
    is_typed = _TYPED.search(text, start) is not None
    if not setup.is_rendered or _DEFINES.search(text, start):
        names = None
    try:
        for each in page.read(text, start, setup.has_quotes):
            parser = _Parser(each, setup, is_typed, names)
            parser.read()
            found.update(parser.slips)
    except (page.Unclear, RecursionError):
        return []
    return sorted(found, key=lambda slip: slip.span)


def _with_carriage_returns(text: str, start: int, setup: Setup, names: Collection[str] | None) -> list[Slip]:
    """The same for a post whose lines end in a carriage return and a newline, which mdsvex takes for a newline."""
    kept = [found.end() for found in re.finditer(r"[^\r]+|\r(?!\n)", text)]
    pieces = re.findall(r"[^\r]+|\r(?!\n)", text)
    begins = list(accumulate(map(len, pieces), initial=0))

    def origin(at: int) -> int:
        index = bisect_right(begins, at) - 1
        return kept[index] - len(pieces[index]) + at - begins[index]

    joined = "".join(pieces).replace("\r", "\n")
    shift = text.count("\r\n", 0, start)
    return [
        slip._replace(span=Span(origin(slip.span.start), origin(slip.span.end - 1) + 1))
        for slip in slips(joined, start - shift, setup, names)
    ]


class _Parser:
    def __init__(self, made: page.Page, setup: Setup, is_typed: bool, names: Collection[str] | None) -> None:
        self._names = names
        self._page = made
        self._html = made.html
        self._setup = setup
        self._is_typed = is_typed
        self._open: list[_Element] = []
        self._closed_names = frozenset(_END_NAME.findall(made.html))
        self._scripts: set[str] = set()
        # The `<p>` of the post that a paragraph of Markdown closed.
        self._closed: _Element | None = None
        # Where the `<p>` of the post begins that closed a paragraph of Markdown.
        self._thief = -1
        self.slips: list[Slip] = []

    def read(self) -> None:
        try:
            self._read()
        except _Stop:
            return
        for element in self._open:
            if not element.is_made and (element.kind != "element" or not self._page.is_apart):
                self._unclosed(element, self._block_name())

    def _read(self) -> None:
        html, at = self._html, 0
        while found := _NEXT.search(html, at):
            at = found.start()
            if len(self.slips) >= _MOST_SLIPS:
                raise _Stop
            if found[0] == "{":
                at = self._braces(at)
            elif html.startswith("<!--", at):
                at = self._comment(at)
            elif html.startswith("</", at):
                at = self._end_tag(at)
            else:
                at = self._tag(at)

    # Where things are --------------------------------------------------------------------------------------------------

    def _add(self, kind: str, start: int, end: int, name: str = "", block: str = "") -> None:
        origins = self._page.origins
        begin, last = origins[start], origins[max(min(end, len(origins)) - 1, start)]
        if begin < 0:
            raise page.Unclear
        if not block and self._unit_end(start) in self._page.passed:
            block = "HTML"
        self.slips.append(Slip(kind, Span(begin, max(last, begin) + 1), name, block))  # type: ignore[arg-type]

    def _unclosed(self, element: _Element, block: str) -> None:
        name = f"#{element.name}" if element.kind == "block" else element.name
        self._add("unclosed", element.at, element.end, name, block)

    def _is_made(self, at: int) -> bool:
        return self._page.origins[at] < 0

    def _unit_end(self, at: int) -> int:
        units = self._page.units
        index = bisect_right(units, at)
        return units[index] if index < len(units) else len(self._html)

    def _block_name(self) -> str:
        return "list item, quote or table cell" if self._page.is_apart else ""

    # Braces ------------------------------------------------------------------------------------------------------------

    def _braces(self, at: int) -> int:
        """Past the expression or block in the text at `at`."""
        html, end = self._html, self._unit_end(at)
        inner = _past_space(html, at + 1)
        sign = html[inner : inner + 1]
        close = self._closing(at, end)
        if sign and sign in "#:/@":
            if close < 0:
                self._add("brace", at, at + 1)
                raise _Stop
            return self._svelte(at, inner, sign, close)
        return self._expression(at, end)

    def _closing(self, at: int, end: int) -> int:
        """Past the brace that closes the one at `at`; -1 if none does."""
        depth = 0
        for found in _BRACES.finditer(self._html, at, end):
            depth += 1 if found[0] == "{" else -1
            if depth == 0:
                return found.end()
        return -1

    def _expression(self, at: int, end: int) -> int:
        html = self._html
        if html.find("}", at, end) < 0:
            rest = html[at:end]
            if "//" in rest or "/*" in rest or (not self._setup.has_quotes and re.search("[\"']", rest)):
                raise _Stop
            self._add("brace", at, at + 1)
            return at + 1
        close = self._closing(at, end)
        after = _end_of_expression(html, at, end)
        if after:
            self._look_up(at, after)
            return after
        shown = html[at : close if close > 0 else end]
        if self._is_typed or inline.HIDDEN in shown or _DECLARATION.match(shown[1:].strip()) or "/*" in shown:
            return close if close > 0 else end
        if "//" in shown or after is None:
            return close if close > 0 else end
        if close < 0:
            self._add("brace", at, at + 1)
            return at + 1
        written = unescape(shown.translate(_QUOTES))
        if written != shown and _end_of_expression(written, 0, len(written)) != 0:
            # Quotation marks are only certain to become typographic around something.
            if re.search(r"[\u2019\u201d][^\u2019\u201d]+[\u2019\u201d]", shown):
                self._add("quotes", at, close, written[1:-1].strip()[:_SHOWN])
            return close
        self._add("expression", at, close, shown[1:-1].translate(_QUOTES).strip()[:_SHOWN])
        return close

    def _look_up(self, at: int, end: int) -> None:
        """Report the name in the braces from `at` to `end` if nothing defines it."""
        found = _BARE.fullmatch(self._html, at, end)
        if found and self._is_unknown(found[1]) and found[1][:1].islower():
            self._add("variable", at, end, found[1])

    def _is_unknown(self, name: str) -> bool:
        if self._names is None or name in self._names or name in _GLOBALS:
            return False
        return all(each.kind == "element" for each in self._open)

    def _svelte(self, at: int, inner: int, sign: str, close: int) -> int:
        """Past the block or directive of Svelte from `at` to `close`."""
        html, top = self._html, self._open[-1] if self._open else None
        if sign == "@":
            word = re.compile(r"[a-z]*").match(html, inner + 1)
            if word and word[0] not in _DIRECTIVES:
                self._add("directive", at, close, html[inner:close].rstrip("}")[:_SHOWN])
        elif sign == "#":
            opening = _OPENING.match(html, inner)
            name = opening[1] if opening else ""
            if name in _BLOCKS:
                self._open.append(_Element(name, "block", at, close))
            else:
                self._add("block", at, close, html[inner:close].rstrip("}")[:_SHOWN])
        elif sign == ":":
            if top is None or top.kind != "block":
                self._add("directive", at, close, html[inner:close].rstrip("}")[:_SHOWN])
                raise _Stop
        elif html.startswith(("//", "/*"), inner):
            return close
        else:
            name = html[inner + 1 : close - 1].strip()
            if top is None or top.kind != "block" or top.name != name:
                is_open = any(each.kind == "block" and each.name == name for each in self._open)
                between = next((each for each in reversed(self._open) if not each.is_made), None)
                if is_open and top and not top.is_made and between and between.kind != "block":
                    self._unclosed(between, f"`{{#{name}}}`")
                elif is_open:
                    self._add("crossing", at, close, f"{{/{name}}}", self._around())
                else:
                    self._add("unopened", at, close, f"{{/{name}}}")
                raise _Stop
            self._open.pop()
        return close

    def _around(self) -> str:
        if self._page.is_apart:
            return self._block_name()
        made = next((each.name for each in reversed(self._open) if each.is_made), "")
        return {"p": "paragraph", "h1": "heading"}.get(made, "element")

    # Tags --------------------------------------------------------------------------------------------------------------

    def _comment(self, at: int) -> int:
        close = self._html.find("-->", at + 4)
        if close < 0:
            self._add("comment", at, at + 4)
            raise _Stop
        return close + 3

    def _end_tag(self, at: int) -> int:
        html = self._html
        found = _TAG_NAME.match(html, at + 2)
        name = found[0] if found else ""
        close = _past_space(html, at + 2 + len(name))
        if not html.startswith(">", close):
            if self._is_made(at):
                raise page.Unclear
            self._add("less", at, min(at + 2 + len(name), self._unit_end(at)))
            raise _Stop
        self._close(name, at, close + 1)
        return close + 1

    def _close(self, name: str, at: int, end: int) -> None:
        is_made = self._is_made(at)
        if name in _VOID:
            self._add("void", at, end, name)
            return
        opened = self._open
        while opened and opened[-1].name != name and opened[-1].kind == "element":
            if opened[-1].is_made and not is_made:
                # It ends a block of Markdown, whose own end has nothing to end any more.
                is_open = any(each.name == name for each in opened)
                self._add("crossing" if is_open else "unopened", at, end, name, self._around())
                raise _Stop
            opened.pop()
        if opened and opened[-1].name == name and opened[-1].kind != "block":
            opened.pop()
            return
        if is_made:
            self._lost(name)
        elif self._closed and name == "p":
            self._add("paragraph", self._closed.at, self._closed.end, name)
        elif opened and any(each.name == name for each in opened):
            self._unclosed(opened[-1], f"`<{name}>`")
        else:
            self._add("unopened", at, end, name)
        raise _Stop

    def _lost(self, name: str) -> None:
        """The element that Markdown ends is not open: report what is to blame."""
        if self._open and not self._open[-1].is_made:
            self._unclosed(self._open[-1], {"p": "paragraph", "h1": "heading"}.get(name, "block"))
        elif name == "p" and self._thief >= 0:
            self._add("crossing", self._thief, self._thief + 2, name, "paragraph")
        else:
            raise page.Unclear

    def _tag(self, at: int) -> int:
        html = self._html
        found = _TAG_NAME.match(html, at + 1)
        name = found[0] if found else ""
        is_component = name[:1].isupper() and _COMPONENT.fullmatch(name) is not None
        is_component = is_component or ("." in name and _COMPONENT.fullmatch(name) is not None)
        if not (is_component or _VALID.fullmatch(name)):
            if not self._shown(name, at) and self._is_alone(at):
                return at + 1
            self._add("less", at, min(at + 1 + len(name), self._unit_end(at)), self._shown(name, at))
            return at + 1
        is_made = self._is_made(at)
        if name in ("textarea", "title") or name.startswith("svelte:"):
            raise page.Unclear
        top = self._open[-1] if self._open else None
        if top and top.kind == "element" and not self._page.is_apart and name in _CLOSED_BY.get(top.name, ()):
            self._give_way(top, name, at, is_made)
        elif top and top.name == "table" and name == "tr" and top.kind == "element":
            self._add("row", at, at + 3, name)
        end, is_closed = self._attributes(at + 1 + len(name), at, name)
        if is_component and "." not in name and (is_closed or name in self._closed_names) and self._is_unknown(name):
            self._add("component", at, at + 1 + len(name), name)
        if name in ("script", "style"):
            return self._script(name, at, end)
        if not is_closed and name.lower() not in _VOID:
            self._open.append(_Element(name, "component" if is_component else "element", at, end, is_made))
        return end

    def _is_alone(self, at: int) -> bool:
        """Whether the `<` at `at` may be the whole of a text, which mdsvex makes an entity of."""
        html = self._html
        before, after = html[max(at - 2, 0) : at].strip()[-1:], html[at + 1 : at + 3].strip()[:1]
        return (not before or before in _ENDS_TEXT) and (not after or after in _ENDS_TEXT)

    def _shown(self, name: str, at: int) -> str:
        return name[: max(self._unit_end(at) - at - 1, 0)][:_SHOWN]

    def _give_way(self, top: _Element, name: str, at: int, is_made: bool) -> None:
        """The element `top` ends because the tag `name` begins."""
        if self._setup.has_layout and (top.is_made or is_made):
            # The element of Markdown may be a component of the layout.
            raise _Stop
        self._open.pop()
        if top.is_made and name == "p":
            # The end of the paragraph ends this one, unless it has an end of its own.
            self._thief = at
        elif top.is_made:
            self._add("crossing", at, at + 1 + len(name), name, "paragraph")
            raise _Stop
        elif top.name == "p":
            self._closed = top

    def _script(self, name: str, at: int, end: int) -> int:
        """Past the script or style whose tag is between `at` and `end`."""
        html = self._html
        closing = re.compile(rf"</{name}\s*>").search(html, end)
        if closing is None:
            self._add("unclosed", at, end, name)
            raise _Stop
        if any(origin < 0 for origin in self._page.origins[at : closing.end()]):
            # It takes the end of a block of Markdown.
            raise page.Unclear
        if not self._open and not self._page.is_apart:
            key = "module" if name == "script" and _MODULE.search(html, at, end) else name
            if key in self._scripts:
                self._add("script", at, end, name)
            self._scripts.add(key)
        return closing.end()

    def _attributes(self, at: int, start: int, tag: str) -> tuple[int, bool]:
        """Past the tag at `start`, whose attributes begin at `at`; whether it closes itself."""
        html, limit = self._html, self._unit_end(start)
        if html.find(">", at, limit) < 0:
            if re.search("[\"'{}=\u2019\u201d]", html[at:limit]):
                raise page.Unclear
            self._add("less", start, at, tag)
            raise _Stop
        while True:
            at = _past_space(html, at)
            if html.startswith(">", at):
                return at + 1, False
            if html.startswith("/>", at):
                return at + 2, True
            if html.startswith("{", at):
                at = self._attribute_braces(at, limit)
                continue
            name = _NAME.match(html, at)
            if name is None or at >= limit:
                raise page.Unclear
            at = _past_space(html, name.end())
            if html.startswith("=", at):
                at = self._value(_past_space(html, at + 1), limit)

    def _value(self, at: int, limit: int) -> int:
        html = self._html
        quote = html[at : at + 1]
        if quote in ("'", '"'):
            at += 1
            while at < limit and html[at] != quote:
                at = self._attribute_braces(at, limit) if html[at] == "{" else at + 1
            if at >= limit:
                raise page.Unclear
            return at + 1
        begin = at
        while at < limit:
            if html[at] == "{":
                at = self._attribute_braces(at, limit)
            elif part := _UNQUOTED.match(html, at, limit):
                at = part.end()
            else:
                break
        if at == begin:
            raise page.Unclear
        return at

    def _attribute_braces(self, at: int, limit: int) -> int:
        """Past the expression in a tag at `at`."""
        html = self._html
        inner = _past_space(html, at + 1)
        if html.startswith("...", inner):
            close = self._closing(at, limit)
            spread = "{" + html[inner + 3 : close]
            if close < 0 or not _end_of_expression(spread, 0, len(spread)):
                raise page.Unclear
            return close
        if html.startswith(("@", "#", "/", ":"), inner):
            close = self._closing(at, limit)
            if close < 0:
                raise page.Unclear
            return close
        after = _end_of_expression(html, at, limit)
        if after:
            return after
        close = self._closing(at, limit)
        shown = html[at:close]
        if after is None or close < 0 or self._is_typed or re.search("//|/\\*|[\u2019\u201d\ue000]", shown):
            raise page.Unclear
        self._add("expression", at, close, shown[1:-1].strip()[:_SHOWN])
        return close


def _past_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _end_of_expression(text: str, at: int, end: int) -> int | None:
    """Past the expression in braces whose `{` is at `at`; 0 if it is certain that there is none, None if nothing is."""
    try:
        verdict = grammar.expression(text, at, end)
    except (Uncertain, RecursionError):
        return None
    if verdict.ok:
        return 0 if grammar.is_empty(text, at + 1, verdict.end - 1) else verdict.end
    return None if verdict.strict else 0
