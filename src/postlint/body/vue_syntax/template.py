"""Vue's parser of templates (compiler-core 3.5: tokenizer.ts, parser.ts), as far as it stops a build."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from postlint.body.vue_syntax import Setup, Slip, page
from postlint.javascript import grammar
from postlint.javascript.lexemes import Uncertain
from postlint.text import Span

_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_NEXT = re.compile(r"<|\{\{")
_TAG_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"[^\s/>=]+")
_UNQUOTED = re.compile(r"[^\s>]*")
_TYPED = re.compile(r"<script\b[^>]*\blang\b", re.IGNORECASE)
_DIRECTIVE = ("v-", ":", "@", "#", ".")
_LINE = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(.*)")
# What stands above a line of braces alone that markdown-it-attrs takes for attributes.
_TAKES_ATTRIBUTES = re.compile(r"[ \t>]|[-*+][ \t]|\d{1,9}[.)]|[-*_]{3}|\||:::")
_NAMES = re.compile(r"([A-Za-z_][\w$]*)(?:\.[A-Za-z_$][\w$]*)*")
# What Vue lets expressions name besides what the page defines (shared/src/globalsAllowList.ts), and its own names.
_GLOBALS = frozenset(
    "Infinity undefined NaN isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent encodeURI encodeURIComponent"
    " Math Number Date Array Object Boolean String RegExp Map Set JSON Intl BigInt console Error Symbol null true false"
    " this window document process frontmatter".split()
)
_MOST_SLIPS = 20
_SHOWN = 60
_DEFINES = re.compile(r"<script\b|\sv-(?:for|slot|bind)\b|\s#[\w-]+\s*=", re.IGNORECASE)


class _Element(NamedTuple):
    """`at` is where its tag begins in the template; `raw` says that it is written in the post."""

    name: str
    at: int
    end: int
    raw: bool
    is_verbatim: bool


def slips(text: str, start: int, setup: Setup) -> list[Slip]:
    """What the compiler refuses in the post `text`, whose body begins at `start`, in order; nothing if that is not certain.
    Takes linear time; never raises."""
    try:
        made = page.read(text, start, setup.runs_code)
    except page.Unclear:
        return []
    found: set[Slip] = set()
    reads_expressions = _TYPED.search(text, start) is None
    # Scripts and directives such as `v-for` define names.
    knows_names = setup.names_known and not _DEFINES.search(text, start)
    for each in (made, *made.apart):
        parser = _Parser(each, text, reads_expressions, knows_names)
        try:
            parser.read()
        except page.Unclear:
            return []
        found.update(parser.slips)
    return sorted(found)


class _Parser:
    def __init__(self, made: page.Page, text: str, reads_expressions: bool, knows_names: bool) -> None:
        self._page = made
        self._html = made.html
        self._text = text
        self._reads_expressions = reads_expressions
        self._knows_names = knows_names
        self.slips: list[Slip] = []
        self._open: list[_Element] = []
        # Names of tags that were closed by force, so that their end tags are no mistakes of their own.
        self._forced: list[str] = []
        # Tags of the post that closed what Markdown had opened.
        self._thieves: list[tuple[str, int, int]] = []
        self._verbatim = 0

    def read(self) -> None:
        html, at = self._html, 0
        while found := _NEXT.search(html, at):
            at = found.start()
            if len(self.slips) >= _MOST_SLIPS:
                return
            if found[0] == "{{":
                at = self._interpolation(at)
            elif html.startswith("</", at):
                at = self._end_tag(at)
            elif html.startswith("<!", at) or html.startswith("<?", at):
                at = self._declaration(at)
            elif name := _TAG_NAME.match(html, at + 1):
                at = self._tag(at, name)
            else:
                at += 1
            if at < 0:
                return
        for element in reversed(self._open):
            if element.raw:
                self._add("unclosed", element.at, element.end, element.name)

    def _add(self, kind: str, start: int, end: int, name: str = "", block: str = "") -> None:
        begin, last = self._page.origin(start), self._page.origin(max(end - 1, start))
        if begin < 0:
            raise page.Unclear
        self.slips.append(Slip(kind, Span(begin, max(last, begin) + 1), name, block))  # type: ignore[arg-type]

    # Text --------------------------------------------------------------------------------------------------------------

    def _interpolation(self, at: int) -> int:
        """Past the expression at `at`; -1 if it never ends."""
        if self._verbatim:
            return at + 2
        close = self._html.find("}}", at + 2)
        if close < 0:
            line = self._html[at + 2 : (self._html + "\n").find("\n", at)]
            if "}" in line:
                # It may be a list of attributes (markdown-it-attrs).
                raise page.Unclear
            self._add("interpolation", at, at + 2)
            return -1
        inner = self._html[at + 2 : close]
        if self._may_be_attributes(self._page.origin(at)):
            return close + 2
        if self._reads_expressions and "<" not in inner:
            expression = unescape(inner).strip()
            if expression and not _is_expression(expression):
                # A part of a code span has no place of its own.
                self._add("expression", at, close + 2, expression[:_SHOWN])
            elif self._knows_names and (named := _NAMES.fullmatch(expression)) and named[1] not in _GLOBALS:
                self._add("undefined", at, close + 2, expression[:_SHOWN])
        elif self._reads_expressions and self._has_markdown(at + 2, close):
            self._add("markdown", at, close + 2)
        return close + 2

    def _has_markdown(self, start: int, end: int) -> bool:
        """Whether Markdown puts tags between `start` and `end`, which are no JavaScript: `</` begins a regular expression
        that another slash would end."""
        found = [at for at in _places("</", self._html, start, end) if self._page.origin(at) < 0]
        return bool(found) and self._html.count("/", start, end) == len(found)

    def _may_be_attributes(self, at: int) -> bool:
        """Whether markdown-it-attrs may take the braces at `at` in the post for attributes of the block around them."""
        text = self._text
        start = text.rfind("\n", 0, at) + 1
        line = _LINE.match(text, start, (text + "\n").find("\n", at))
        if at < 0 or line is None or not (line[1].startswith("{") and line[1].rstrip().endswith("}")):
            return False
        if line.start(1) != start or text[:start].rstrip(" \t\r\n") == "":
            return line.start(1) != start
        above = text[:start].rstrip("\r\n \t")
        is_apart = text[len(above) : start].count("\n") > 1
        last = above[above.rfind("\n") + 1 :]
        return not is_apart or _TAKES_ATTRIBUTES.match(last) is not None

    # Tags --------------------------------------------------------------------------------------------------------------

    def _declaration(self, at: int) -> int:
        html = self._html
        if html.startswith("<!--", at):
            close = html.find("-->", at + 4)
            if close < 0:
                self._add("comment", at, at + 4)
                return -1
            return close + 3
        close = html.find(">", at)
        if html.startswith(("<?", "<![CDATA["), at):
            self._add("processing", at, close + 1 if close >= 0 else at + 2)
        return close + 1 if close >= 0 else -1

    def _end_tag(self, at: int) -> int:
        html = self._html
        name = _TAG_NAME.match(html, at + 2)
        close = html.find(">", at + 2)
        if name is None or close < 0:
            raise page.Unclear
        self._close(name[0], at, close + 1)
        return close + 1

    def _close(self, name: str, at: int, end: int) -> None:
        raw = self._page.origin(at) >= 0
        if name in _VOID:
            return
        index = next(
            (n for n in range(len(self._open) - 1, -1, -1) if self._open[n].name.lower() == name.lower()), None
        )
        if index is None:
            if not raw:
                thief = next((one for one in self._thieves if one[0] == name.lower()), None)
                if thief:
                    self._thieves.remove(thief)
                    if thief[1] >= 0:
                        self._add("unopened", thief[1], thief[2], name)
            elif name.lower() in self._forced:
                self._forced.remove(name.lower())
            else:
                self._add("unopened", at, end, name)
            return
        inside = [one.name for one in self._open[index + 1 :] if not one.raw]
        block = next((each for each in inside if each in page.BLOCKS), next(iter(inside), None))
        if raw and block is not None:
            self._add("crossing", at, end, name, page.BLOCKS.get(block, "block"))
        while len(self._open) > index + 1:
            self._pop_unclosed(name if not raw else "", block is not None and raw)
        element = self._open.pop()
        self._verbatim -= element.is_verbatim
        if element.raw and not raw:
            self._add("unclosed", element.at, element.end, element.name, page.BLOCKS.get(name, ""))
        if raw and not element.raw:
            self._thieves.append((name.lower(), at, end))

    def _pop_unclosed(self, block: str, is_told: bool) -> None:
        """Close the innermost element, because the one of the block `block` or another around it is closed. `is_told`: the
        end tag that does it is reported."""
        element = self._open.pop()
        self._verbatim -= element.is_verbatim
        if not element.raw:
            # What Markdown closes later is closed already.
            self._thieves.append((element.name.lower(), -1, -1))
            return
        self._forced.append(element.name.lower())
        if not is_told:
            self._add("unclosed", element.at, element.end, element.name, page.BLOCKS.get(block, ""))

    def _tag(self, at: int, found: "re.Match[str]") -> int:
        name = found[0]
        end, is_closed, names = self._attributes(found.end(), at, name)
        if end < 0:
            return -1
        is_verbatim = "v-pre" in names
        if is_closed or name in _VOID:
            return end
        raw = self._page.origin(at) >= 0
        if name.lower() in ("script", "style", "textarea", "title") and raw:
            raise page.Unclear
        self._open.append(_Element(name, at, end, raw, is_verbatim))
        self._verbatim += is_verbatim
        return end

    def _attributes(self, at: int, start: int, tag: str) -> tuple[int, bool, set[str]]:
        """Past the tag at `start`, whose attributes begin at `at`; whether it closes itself; the names of the attributes."""
        html = self._html
        names: set[str] = set()
        while True:
            at = _past(_SPACE, html, at)
            if at >= len(html):
                self._add("tag", start, start + len(tag) + 1, tag)
                return -1, False, names
            if html[at] == ">":
                return at + 1, False, names
            if html[at] == "/":
                if html.startswith(">", at + 1):
                    return at + 2, True, names
                self._add("name", at, at + 1, "/")
                at += 1
                continue
            name = _NAME.match(html, at)
            if name is None:
                self._add("name", at, at + 1, "=")
                at += 1
                continue
            at = name.end()
            # The names of directives are read without a look at their signs.
            wrong = None if name[0].startswith(_DIRECTIVE) else re.search("[\"'<]", name[0])
            if wrong:
                self._add("name", name.start() + wrong.start(), name.start() + wrong.start() + 1, wrong[0])
            elif name[0] in names:
                self._add("duplicate", name.start(), name.end(), name[0])
            names.add(name[0])
            behind = _past(_SPACE, html, at)
            if not html.startswith("=", behind):
                continue
            at = _past(_SPACE, html, behind + 1)
            sign = html[at : at + 1]
            if sign in ('"', "'"):
                close = html.find(sign, at + 1)
                if close < 0:
                    self._add("tag", start, start + len(tag) + 1, tag)
                    return -1, False, names
                at = close + 1
            elif sign == ">":
                self._add("value", name.start(), name.end(), name[0])
            else:
                after = _past(_UNQUOTED, html, at)
                if wrong := re.search("[\"'<=`]", html[at:after]):
                    self._add("unquoted", at + wrong.start(), at + wrong.start() + 1, wrong[0])
                at = after


def _places(sign: str, text: str, start: int, end: int) -> Iterator[int]:
    while (start := text.find(sign, start, end)) >= 0:
        yield start
        start += 1


def _past(pattern: "re.Pattern[str]", text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _is_expression(text: str) -> bool:
    """Whether `text` may be a JavaScript expression: False is certain."""
    try:
        verdict = grammar.expression("{" + text + "}", 0, len(text) + 2)
    except (Uncertain, RecursionError):
        return True
    return verdict.strict or (verdict.ok and verdict.end == len(text) + 2)
