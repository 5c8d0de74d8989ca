"""The template that mdsvex makes of Markdown, and where in the post each part of it comes from.

Source: mdsvex 0.12 (with its copies of remark-parse 8 and retext-smartypants). Blocks of HTML and of Svelte are passed on
as they are; indented code does not exist. What lists, quotes and tables hold is kept apart, since it ends with the element
around it.
"""

import re
from typing import NamedTuple

from postlint.body.svelte_syntax import inline

_RAW = re.compile(r"<(?:script|pre|style)(?=\s|>|$)", re.IGNORECASE)
_RAW_END = re.compile(r"</(?:script|pre|style)>", re.IGNORECASE)
_ELEMENT = re.compile(r"</?(?:[a-z.]*[a-z][a-z0-9.]*)(?=\s|/?>|$)", re.IGNORECASE)
_OTHER = re.compile(rf"(?:<[A-Za-z]*[A-Za-z0-9.-]*{inline.ATTRIBUTES}\s*/?>|</[A-Za-z][A-Za-z0-9.-]*\s*>)\s*$")
_SVELTE_TAG = re.compile(r"<svelte:([a-z]+)\b[^<>{}]*(?:/>|>[^{}]*?</svelte:\1>)")
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,}(?=[^~]*$))")
_ANY_FENCE = re.compile("```|~~~")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_RULE = re.compile(r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*$", re.MULTILINE)
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)|>")
_CONTAINERS = re.compile(r"(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)))*[ \t]*(?:\[[ xX]\][ \t])?")
_TABLE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*(?::?-+:?)?[ \t]*)*$")
_DEFINITION = re.compile(r"[ \t]*\[[^\]\n]+\]:[ \t]*\S")
_SVELTE_BLOCK = re.compile(r"\{[#:/@](?:else if|[a-z]+).*\}$")
_BRACES = re.compile(r"[{}]")
_INDENTED = 4


class Unclear(Exception):
    """What mdsvex makes of the post is not certain."""


class Page(NamedTuple):
    """`html` with the place of each of its characters in the post, -1 for those that Markdown makes. `units` are the ends
    of the blocks in it, `passed` those of blocks of HTML or Svelte. `is_apart`: it is what
    lists, quotes or cells hold."""

    html: str
    origins: list[int]
    units: list[int]
    passed: set[int]
    is_apart: bool


class _Writer:
    def __init__(self, is_apart: bool) -> None:
        self.parts: list[str] = []
        self.origins: list[int] = []
        self.units: list[int] = []
        self.passed: set[int] = set()
        self.is_apart = is_apart

    def made(self, part: str) -> None:
        self.parts.append(part)
        self.origins += [-1] * len(part)

    def raw(self, text: str, start: int, end: int) -> None:
        self.parts.append(text[start:end])
        self.origins += range(start, end)
        self.end_unit()
        self.passed.add(len(self.origins))

    def inline(self, text: str, start: int, end: int, has_quotes: bool) -> None:
        part, origins = inline.written(text, start, end, has_quotes)
        self.parts.append(part)
        self.origins += origins
        self.end_unit()

    def end_unit(self) -> None:
        self.units.append(len(self.origins))

    @property
    def page(self) -> Page:
        return Page("".join(self.parts), self.origins, self.units, self.passed, self.is_apart)


def read(text: str, start: int, has_quotes: bool) -> list[Page]:
    """The template of the post whose body is `text[start:]`, then what is apart from it. Raises Unclear."""
    return _Blocks(text, start, has_quotes).read()


class _Blocks:
    def __init__(self, text: str, start: int, has_quotes: bool) -> None:
        self._text = text
        self._at = start
        self._has_quotes = has_quotes
        self._main = _Writer(False)
        self._apart: list[Page] = []

    def read(self) -> list[Page]:
        text = self._text
        while self._at < len(text):
            self._block()
        return [self._main.page, *self._apart]

    def _line_end(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end

    def _block(self) -> None:
        text, end = self._text, self._line_end(self._at)
        line = text[self._at : end]
        bare = line.lstrip(" \t")
        begin = end - len(bare)
        indent = begin - self._at + 3 * line[: begin - self._at].count("\t")
        if not bare.strip():
            self._at = end + 1
        elif bare[0] in "<{" and _UNDERLINE.match(text, min(end + 1, len(text))):
            # A heading comes before a block of HTML or Svelte.
            raise Unclear
        elif bare.startswith("{") and bare[1:2] and bare[1] in "#:/@" and self._svelte_block(begin):
            return
        elif bare.startswith("<svelte:"):
            self._svelte_tag(begin)
        elif bare.startswith("<") and (after := self._html(begin, end, True)):
            self._main.raw(text, begin, after)
            self._main.made("\n")
            self._at = after
        elif fence := _FENCE.match(bare):
            if indent >= _INDENTED:
                raise Unclear
            self._at = self._past_fence(fence[1], indent, end)
            self._main.made("<pre></pre>\n")
        elif indent < _INDENTED and _HEADING.match(bare):
            self._element("h1", begin, end)
            self._at = end + 1
        elif indent < _INDENTED and _RULE.match(bare):
            self._main.made("<hr>\n")
            self._at = end + 1
        elif _MARKER.match(bare):
            if indent >= _INDENTED:
                raise Unclear
            self._region()
        elif _DEFINITION.match(line) and not bare.startswith("[^"):
            self._at = end + 1
        else:
            self._paragraph()

    # Blocks that are passed on -----------------------------------------------------------------------------------------

    def _svelte_block(self, begin: int) -> bool:
        """Whether what begins with a brace at `begin` is a block of Svelte, which is read."""
        text, depth = self._text, 0
        for found in _BRACES.finditer(text, begin):
            depth += 1 if found[0] == "{" else -1
            if depth == 0:
                end = found.end()
                if not _SVELTE_BLOCK.match(text[begin:end]):
                    return False
                self._main.raw(text, begin, end)
                self._main.made("\n")
                self._at = end
                return True
        # mdsvex itself fails here.
        self._main.raw(text, begin, self._line_end(begin))
        self._at = len(text)
        return True

    def _svelte_tag(self, begin: int) -> None:
        found = _SVELTE_TAG.match(self._text, begin)
        if found is None or self._text[found.end() : self._line_end(found.end())].strip():
            raise Unclear
        self._at = found.end()

    def _html(self, begin: int, end: int, may_be_other: bool) -> int:
        """Past the block of HTML that the line from `begin` to `end` begins; 0 if it begins none."""
        line = self._text[begin:end]
        if _RAW.match(line):
            return self._past(_RAW_END, begin, end)
        for opening, closing in (("<!--", "-->"), ("<?", r"\?>"), ("<![CDATA[", r"\]\]>")):
            if line.startswith(opening):
                return self._past(re.compile(closing), begin, end)
        if re.match(r"<![A-Za-z]", line):
            return self._past(re.compile(">"), begin, end)
        if _ELEMENT.match(line) or line.startswith("<>") or (may_be_other and _OTHER.match(line)):
            blank = self._text.find("\n\n", begin)
            return len(self._text) if blank < 0 else blank
        return 0

    def _past(self, closing: "re.Pattern[str]", begin: int, end: int) -> int:
        """Past the line that has `closing`, from the line that ends at `end` on."""
        found = closing.search(self._text, begin)
        return len(self._text) if found is None else max(end, self._line_end(found.end()))

    def _past_fence(self, fence: str, indent: int, end: int, is_contained: bool = False) -> int:
        """Past the code whose opening line ends at `end`; a list or quote may contain it."""
        text = self._text
        closing = re.compile(rf"^([ \t>]*){re.escape(fence[0])}{{{len(fence)},}}[ \t]*$", re.MULTILINE)
        found = closing.search(text, min(end + 1, len(text)))
        if found is None:
            return len(text)
        more = len(found[1].expandtabs(4)) - indent
        if more >= _INDENTED or (is_contained and more < 0):
            raise Unclear
        return found.end() + 1

    # Text --------------------------------------------------------------------------------------------------------------

    def _element(self, name: str, begin: int, end: int) -> None:
        self._main.made(f"<{name}>")
        self._main.inline(self._text, begin, end, self._has_quotes)
        self._main.made(f"</{name}>\n")

    def _paragraph(self) -> None:
        text, begin = self._text, self._at
        last = self._line_end(begin)
        name, after = "p", -1
        first_end = last
        while True:
            start, end = last + 1, self._line_end(last + 1)
            line = text[start:end]
            bare = line.lstrip(" \t")
            if start > len(text) or not bare.strip():
                break
            if _UNDERLINE.match(bare) and len(line) - len(bare) < _INDENTED:
                # Only a heading if it has one line; it ends the text at any rate.
                name = "h1" if last == first_end else "p"
                after = end + 1
                break
            if _interrupts(bare) or (bare.startswith("<") and self._html(end - len(bare), end, False)):
                break
            if _DEFINITION.match(line):
                raise Unclear
            if last == first_end and "|" in line and _TABLE.match(line):
                self._table(begin)
                return
            last = end
        self._element(name, begin + len(text[begin:last]) - len(text[begin:last].lstrip()), last)
        self._at = last + 1 if after < 0 else after

    def _table(self, begin: int) -> None:
        """The table from `begin` to the next line without a bar."""
        text, at = self._text, begin
        self._main.made("<table></table>\n")
        while at < len(text):
            end = self._line_end(at)
            row = text[at:end]
            if "|" not in row:
                break
            if row.lstrip().startswith("<") or row.count("`") % 2:
                raise Unclear
            writer = _Writer(True)
            writer.inline(text, at, end, self._has_quotes)
            self._apart.append(writer.page)
            at = end + 1
        self._at = at

    def _region(self) -> None:
        """A list or a quote, up to text without indentation after a blank line."""
        text, at = self._text, self._at
        self._main.made("<ul></ul>\n")
        writer = _Writer(True)
        unit, was_blank, is_first = -1, False, True
        while at < len(text):
            end = self._line_end(at)
            line = text[at:end]
            bare = line.lstrip(" \t>")
            begins = _MARKER.match(line.lstrip(" \t"))
            if not line.strip():
                unit, was_blank = self._flush(writer, unit, at), True
                at = end + 1
                continue
            if was_blank and not begins and line[:1] not in " \t":
                break
            containers = _CONTAINERS.match(line)
            inner = line[containers.end() :] if containers else bare
            begin = end - len(inner)
            if begins and _RULE.match(line.strip()) and not is_first:
                break
            if "|" in line and line.count("`") % 2:
                raise Unclear
            if inner.startswith("{") and _ANY_FENCE.search(inner):
                raise Unclear
            if fence := _FENCE.match(inner):
                self._flush(writer, unit, at)
                unit = -1
                at = self._past_fence(fence[1], len(line[: begin - at].expandtabs(4)), end, True)
            elif (inner.startswith("<!--") and "-->" not in inner) or _RAW.match(inner) or inner.startswith("<svelte:"):
                raise Unclear
            else:
                is_html = inner.startswith("<") and self._html(begin, end, False) > 0
                if begins or unit < 0 or "|" in line or is_html:
                    self._flush(writer, unit, at)
                    unit = begin
                at = end + 1
            was_blank = is_first = False
        self._flush(writer, unit, min(at, len(text)))
        if writer.origins:
            self._apart.append(writer.page)
        self._at = at

    def _flush(self, writer: _Writer, unit: int, end: int) -> int:
        """End the text that began at `unit`, if any did."""
        if unit >= 0:
            text = self._text
            if text.startswith("<", unit) and self._html(unit, min(self._line_end(unit), end), True):
                writer.raw(text, unit, end)
            else:
                writer.inline(text, unit, end, self._has_quotes)
            writer.made("\n")
        return -1


def _interrupts(bare: str) -> bool:
    """Whether a line ends the paragraph above it."""
    return bool(_FENCE.match(bare) or _HEADING.match(bare) or _RULE.match(bare) or _MARKER.match(bare))
