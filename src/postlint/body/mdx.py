"""MDX in a post: imports and exports, JSX tags, `{…}` expressions and comments, found before Markdown is read.

Facts from micromark's mdxjs extensions: an import or export begins a line and ends at a blank line once its brackets
are closed; an expression is balanced; neither is looked for in code, nor in formulas where remark-math reads them; there
is no indented code.
"""

import re
from bisect import bisect_left
from functools import lru_cache

from postlint.body import Parts, Reference
from postlint.body.html import Attribute, Elements, Tag, decode, is_image_file
from postlint.body.masking import NOTHING, UNKNOWN, blank_covered_lines, cover
from postlint.text import Span

_TOKEN = re.compile(r"[{\\]|</?(?:(?=[\w$])|>)|<!--|`+|~~~+|\$+|^(?:import|export)(?=[\s{*\"'])", re.MULTILINE)
_MODULE = re.compile(
    r"import\s*(?:[\"'{*]|[\w$]+\s*(?:,|from\b))"
    r"|export\s*(?:[{*]|(?:default|const|let|var|function|async|class|type|interface|enum)\b)"
)
_BLANK = re.compile(r"(?:\r\n|\n|\r(?!\n))[ \t]*(?=\r|\n|\Z)")
_LINE_END = re.compile(r"\r\n?|\n|\Z")
# Text that may come before a fence on its line: markers of block quotes and list items.
_BEFORE_FENCE = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*[ \t>]*\Z")
_LONGEST_PREFIX = 200
_RUNS = {"`": re.compile(r"`+"), "$": re.compile(r"\$+")}
_FORMULA_END = re.compile(r"^[ \t>]*\${2,}[ \t]*\r?$", re.MULTILINE)
_SCRIPT = re.compile(r"[{}\"'`\\]|//|/\*")
_STRING_END = {
    '"': re.compile(r'(?:[^"\\\r\n]|\\.)*"'),
    "'": re.compile(r"(?:[^'\\\r\n]|\\.)*'"),
}
_TEMPLATE = re.compile(r"`|\$\{|\\.", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_$][\w$.-]*(?::[A-Za-z_$][\w$-]*)?(?![\w:])")
_AFTER_NAME = frozenset(" \t\r\n/>{")
_SPACE = re.compile(r"\s*")
_VALUE = re.compile(r"\s*=\s*(?=[\"'{])")
_STRING_EXPRESSION = re.compile(r"\{\s*(?:\"([^\"\\\n]*)\"|'([^'\\\n]*)'|`([^`\\$]*)`)\s*\}")
_COMMENT_EXPRESSION = re.compile(r"\{\s*/\*[\s\S]*\*/\s*\}")
# In angle brackets, a link's address may contain spaces; it is not an element.
_ADDRESS = re.compile(r"<[^<>\r\n]*>(?=[ \t]*[)\"'(])")
_HEADING_ID = re.compile(r"\{#[^\s{}]+\}[ \t]*(?=\r?$)", re.MULTILINE)
_ASSET = re.compile(
    r"\bimport\s+(?:([\w$]+)\s+from\s*)?([\"'])([^\"'\r\n]+)\2|\b(?:require|import)\s*\(\s*()([\"'])([^\"'\r\n]+)\5\s*\)"
)
# A stray brace makes the reader look for its partner in the rest of the post; after so many in vain only nearby.
_LONG_SEARCHES = 8


@lru_cache
def _fence(sign: str, length: int) -> "re.Pattern[str]":
    """What closes a block of code."""
    return re.compile(rf"^[ \t>]*{sign}{{{length},}}[ \t]*\r?$", re.MULTILINE)


def cover_mdx(text: str, start: int, parts: Parts, heading_ids: bool = False, math: bool = False) -> str:
    """`text` with all MDX from `start` on covered by stand-ins; its content is added to `parts`.

    Markdown between tags stays. Takes linear time; constructs that are never closed are text. `heading_ids`: `{#id}` at
    the end of a line is not an expression; `math`: `$…$` is a formula.
    """
    return _Reader(text, start, parts, heading_ids, math).read()


class _Reader:
    def __init__(self, text: str, start: int, parts: Parts, heading_ids: bool, math: bool) -> None:
        self._text = text
        self._start = start
        self._parts = parts
        self._elements = Elements(parts)
        self._heading_ids = heading_ids
        self._math = math
        self._covered: list[tuple[Span, str]] = []
        self._partners: dict[int, int] = {}
        self._searched = start
        self._searches = 0
        self._runs: dict[str, dict[int, list[int]]] = {}
        self._paragraph_end = start
        self._no_comment_after = self._no_formula_after = len(text)

    def read(self) -> str:
        text = self._text
        position = self._start
        while match := _TOKEN.search(text, position):
            here = match.start()
            sign = match[0][0]
            if sign == "\\":
                position = here + 2
            elif sign == "{":
                position = self._expression(here)
            elif sign == "<":
                address = _ADDRESS.match(text, here) if text.startswith("](", here - 2) else None
                position = address.end() if address else self._tag(here, match[0])
            elif sign in "`~":
                position = self._code(here, match[0])
            elif sign == "$":
                position = self._formula(here, match[0]) if self._math else match.end()
            else:
                position = self._module(here) or match.end()
        return blank_covered_lines(cover(text, self._covered))

    def _hide(self, start: int, end: int, sign: str) -> int:
        self._covered.append((Span(start, end), sign))
        return end

    def _code(self, here: int, run: str) -> int:
        """Past the fenced block or code span that `run` opens."""
        text = self._text
        if len(run) >= 3 and self._begins_line(here):
            info_end = _line_end(text, here)
            if run[0] == "~" or text.find("`", here + len(run), info_end) < 0:
                closing = _fence(run[0], len(run)).search(text, info_end)
                return closing.end() if closing else len(text)
        if run[0] == "~":
            return here + len(run)
        return self._past_run(here, run)

    def _formula(self, here: int, run: str) -> int:
        """Past the formula that `run` opens, on lines of its own or in a paragraph."""
        text = self._text
        if len(run) >= 2 and self._begins_line(here):
            line_end = _line_end(text, here)
            if text.find("$", here + len(run), line_end) >= 0:
                return self._past_run(here, run)
            closing = _FORMULA_END.search(text, line_end) if here < self._no_formula_after else None
            if closing is None:
                self._no_formula_after = min(here, self._no_formula_after)
            return closing.end() if closing else here + len(run)
        return self._past_run(here, run)

    def _past_run(self, here: int, run: str) -> int:
        """Past the next `run` of the paragraph, past this one if there is none."""
        if run[0] not in self._runs:
            self._runs[run[0]] = {}
            for found in _RUNS[run[0]].finditer(self._text, here):
                self._runs[run[0]].setdefault(len(found[0]), []).append(found.start())
        starts = self._runs[run[0]].get(len(run), [])
        after = here + len(run)
        i = bisect_left(starts, after)
        if i < len(starts) and starts[i] < self._end_of_paragraph(here):
            return starts[i] + len(run)
        return after

    def _begins_line(self, here: int) -> bool:
        near = max(self._start, here - _LONGEST_PREFIX)
        line = max(self._text.rfind("\n", near, here), self._text.rfind("\r", near, here)) + 1
        return (line > 0 or near == self._start) and bool(_BEFORE_FENCE.match(self._text, line or near, here))

    def _end_of_paragraph(self, here: int) -> int:
        if self._paragraph_end <= here:
            blank = _BLANK.search(self._text, here)
            self._paragraph_end = blank.start() if blank else len(self._text)
            if self._paragraph_end <= here:
                self._paragraph_end = here + 1
        return self._paragraph_end

    def _module(self, here: int) -> int:
        """Past the import or export at `here`, 0 if it is prose."""
        text = self._text
        if not _MODULE.match(text, here):
            return 0
        end = len(text)
        position = here
        while blank := _BLANK.search(text, position):
            end = blank.start()
            opener = text.find("{", position, end)
            closing = self._partner(opener) if opener >= 0 else -1
            while 0 <= closing < end and (opener := text.find("{", closing, end)) >= 0:
                closing = self._partner(opener)
            if closing < end:
                break
            position = closing
            end = len(text)
        self._parts.opaque.append(Span(here, end))
        self._assets(here, end)
        return self._hide(here, end, NOTHING)

    def _assets(self, start: int, end: int) -> None:
        """Image files that `text[start:end]`, which is JavaScript, imports."""
        for match in _ASSET.finditer(self._text, start, end):
            group = 3 if match[3] else 6
            target = match[group]
            if is_image_file(target):
                span, whole = Span(*match.span(group)), Span(*match.span())
                self._parts.references.append(Reference("image", "jsx", target, span, whole, match[1] or ""))

    def _expression(self, here: int) -> int:
        if self._heading_ids and (match := _HEADING_ID.match(self._text, here)):
            return match.end()
        end = self._partner(here) + 1
        if not end:
            return here + 1
        if _COMMENT_EXPRESSION.fullmatch(self._text, here, end):
            self._parts.comments.append(Span(here, end))
            return self._hide(here, end, NOTHING)
        self._parts.opaque.append(Span(here, end))
        self._assets(here, end)
        return self._hide(here, end, UNKNOWN)

    def _partner(self, here: int) -> int:
        """The offset of the brace that closes the one at `here`, -1 if there is none. One search covers inner braces."""
        if here < self._searched:
            return self._partners.get(here, -1)
        text = self._text
        limit = len(text)
        if self._searches >= _LONG_SEARCHES:
            blank = _BLANK.search(text, here)
            limit = blank.start() if blank else limit
        open_braces: list[int] = []
        # For each template literal around: how many braces were open at its `${`.
        templates: list[int] = []
        dead = {'"': here, "'": here}
        position = here
        while match := _SCRIPT.search(text, position, limit):
            at, sign = match.start(), match[0]
            position = match.end()
            if sign == "{":
                open_braces.append(at)
            elif sign == "}":
                self._partners[open_braces.pop()] = at
                if not open_braces:
                    self._searched = position
                    return at
                if templates and templates[-1] == len(open_braces):
                    templates.pop()
                    position = self._template(position, limit, open_braces, templates)
            elif sign == "`":
                position = self._template(position, limit, open_braces, templates)
            elif sign == "//":
                position = min(_line_end(text, position), limit)
            elif sign == "/*":
                close = text.find("*/", position, limit)
                position = close + 2 if close >= 0 else limit
            elif sign == "\\":
                position += 1
            elif at >= dead[sign]:
                # An apostrophe in JSX text opens no string.
                if string := _STRING_END[sign].match(text, position, limit):
                    position = string.end()
                else:
                    dead[sign] = _line_end(text, position)
        self._searched = limit
        self._searches += 1
        return -1

    def _template(self, position: int, limit: int, open_braces: list[int], templates: list[int]) -> int:
        """Past the template literal that goes on at `position`, or past its next `${`."""
        while match := _TEMPLATE.search(self._text, position, limit):
            position = match.end()
            if match[0] == "`":
                return position
            if match[0] == "${":
                templates.append(len(open_braces))
                open_braces.append(position - 1)
                return position
        return limit

    def _tag(self, here: int, opener: str) -> int:
        """Past the JSX tag or HTML comment at `here`; past the sign itself if there is none."""
        text = self._text
        if opener == "<!--":
            end = text.find("-->", here + 4) + 3 if here < self._no_comment_after else 2
            if end == 2:
                self._no_comment_after = min(here, self._no_comment_after)
                return here + 4
            self._parts.comments.append(Span(here, end))
            return self._hide(here, end, NOTHING)
        position = here + len(opener)
        if opener[-1] == ">":
            self._parts.opaque.append(Span(here, position))
            return self._hide(here, position, NOTHING)
        name = _NAME.match(text, position)
        # White space is required between a name and its attributes, so that `<https://…>` and `<a@b.c>` are not tags.
        if not name or text[name.end() : name.end() + 1] not in _AFTER_NAME:
            return position
        attributes: list[Attribute] = []
        end = _skip_space(text, name.end())
        while not text.startswith(">", end):
            end = self._attribute(end, attributes) if not text.startswith("/", end) else end + 1
            if end < 0:
                return position
            end = _skip_space(text, end)
        end += 1
        component = name[0][0].isupper() or "." in name[0]
        empty = text[end - 2] == "/"
        tag = Tag(name[0].lower(), len(opener) > 1, attributes, Span(here, end), component, empty)
        self._elements.add(tag, "jsx")
        for attribute in attributes:
            if not attribute.literal:
                self._assets(*attribute.span)
        return self._hide(here, end, NOTHING)

    def _attribute(self, position: int, attributes: list[Attribute]) -> int:
        """Past the attribute at `position`, which is added to `attributes`; -1 if there is none."""
        text = self._text
        label = ""
        if not text.startswith("{", position):
            name = _NAME.match(text, position)
            if not name:
                return -1
            label = name[0].lower()
            equals = _VALUE.match(text, name.end())
            if not equals:
                attributes.append(Attribute(label, "", Span(name.end(), name.end())))
                return name.end()
            position = equals.end()
        quote = text[position]
        if quote == "{":
            end = self._partner(position) + 1
            if not end:
                return -1
            if string := _STRING_EXPRESSION.fullmatch(text, position, end):
                group = string.lastindex or 0
                attributes.append(Attribute(label, string[group], Span(*string.span(group))))
            else:
                attributes.append(Attribute(label, text[position:end], Span(position, end), literal=False))
            return end
        end = text.find(quote, position + 1)
        if end < 0:
            return -1
        attributes.append(Attribute(label, decode(text[position + 1 : end]), Span(position + 1, end)))
        return end + 1


def _skip_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _line_end(text: str, position: int) -> int:
    match = _LINE_END.search(text, position)
    return match.start() if match else len(text)
