"""The template that VitePress makes of Markdown, and where in the post each part of it comes from.

Sources: vitepress (1.6: markdown-it with the component plugin of @mdit-vue), CommonMark. Markdown is read by pulldown-cmark,
for which tags that only VitePress takes for blocks are given names of blocks.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from html import escape
from typing import Any

import pyromark

from postlint.text import ByteMap

# Tags that begin a block neither in CommonMark nor in VitePress, unless they stand alone on a line.
_INLINE = frozenset(
    """a abbr acronym audio b bdi bdo big br button canvas cite code data datalist del dfn em embed i iframe img input ins
    kbd label map mark meter noscript object output picture progress q ruby s samp script select small span strong sub sup
    svg textarea time u tt var video wbr""".split()
)
_BLOCKS = frozenset(
    """address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main
    menu menuitem nav noframes ol optgroup option p param section source summary table tbody td tfoot th thead title tr
    track ul pre style""".split()
)
_LINE_TAG = re.compile(
    r"^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t]))*[ \t]*</?(?P<name>[A-Za-z][A-Za-z0-9-]*)(?=\s|/?>|\Z)", re.MULTILINE
)
_VALUE = r"(?:[^\"'=<>`\x00-\x20]+|'[^']*'|\"[^\"]*\")"
_ATTRIBUTES = rf"(?:\s+[a-zA-Z_:@][a-zA-Z0-9:._-]*(?:\s*=\s*{_VALUE})?)*"
_ALONE = re.compile(rf"<(?P<name>[A-Za-z][A-Za-z0-9-]*){_ATTRIBUTES}\s*(?:/>|>[^\n]*</(?P=name)\s*>)")
_EVENT = re.compile(rf"<[A-Za-z][A-Za-z0-9-]*{_ATTRIBUTES}\s*/?>")
_AT = re.compile(r"(?<=\s)@(?=[\w:.-]+(?:\s*=|[\s/>]))")
_CONTAINER = re.compile(r"^[ \t]*:{3,}[^\n]*$", re.MULTILINE)
_RAW_CONTAINER = re.compile(
    r"^[ \t]*(:{3,})[ \t]*v-pre\b[^\n]*\n(.*?)(?:^[ \t]*\1[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_WHOLE = re.compile(r"\s*<(script|style)\b", re.IGNORECASE)
_NAMES = {
    "Paragraph": "p",
    "BlockQuote": "blockquote",
    "Item": "li",
    "TableHead": "tr",
    "TableRow": "tr",
    "TableCell": "td",
    "Emphasis": "em",
    "Strong": "strong",
    "Heading": "h1",
    "List": "ul",
    "Table": "table",
    "Link": "a",
}
BLOCKS = {"p": "paragraph", "li": "list item", "td": "table cell", "h1": "heading", "blockquote": "block quote"} | {
    "em": "emphasis",
    "strong": "bold text",
    "a": "link",
}
"""The elements that Markdown makes, in words."""


class Unclear(Exception):
    """What VitePress makes of the post is not certain."""


class Page:
    """`html` is the template. The parts of it that are written in the post are at `origin`. `apart` are lines that are
    whole elements of their own."""

    def __init__(self) -> None:
        self.apart: list[Page] = []
        self._parts: list[str] = []
        self._length = 0
        self._begins: list[int] = []
        self._sources: list[int] = []
        self._direct: list[bool] = []

    def add(self, part: str, source: int = -1, direct: bool = True) -> None:
        """Add `part`, which is at `source` in the post, character by character if it is `direct`."""
        if part:
            self._begins.append(self._length)
            self._sources.append(source)
            self._direct.append(direct)
            self._parts.append(part)
            self._length += len(part)

    def drop(self, code: list[tuple[int, int]]) -> None:
        """The lines that begin in `code`, blocks in the order of the post, are text and no elements."""
        begins = [begin for begin, _ in code]
        kept = []
        for line in self.apart:
            block = bisect_right(begins, line.origin(0)) - 1
            if block < 0 or line.origin(0) >= code[block][1]:
                kept.append(line)
        self.apart = kept

    @property
    def html(self) -> str:
        return "".join(self._parts)

    def origin(self, at: int) -> int:
        """Where in the post the character `at` of the template is written; -1 if Markdown makes it."""
        piece = bisect_right(self._begins, at) - 1
        source = self._sources[piece]
        return source + at - self._begins[piece] if source >= 0 and self._direct[piece] else source


@lru_cache
def _parser() -> pyromark.Markdown:
    # Where `~~` begins and ends deleted text is not the same for all parsers.
    return pyromark.Markdown(options=pyromark.Options.ENABLE_TABLES)


def read(text: str, start: int, runs_code: bool) -> Page:
    """The template of the post whose body is `text[start:]`. Raises Unclear."""
    body = text[start:]
    page = Page()
    source = _covered(body, start, page)
    offset = ByteMap(source, 0).offset
    hidden = 0
    html: tuple[int, int] | None = None
    code: list[tuple[int, int]] = []
    event: Any
    for event, at in _parser().events_with_range(source):
        begin, end = offset(at["start"]), offset(at["end"])
        if event.__class__ is str:
            if not hidden:
                page.add("\n" if event == "SoftBreak" else "<br>" if event == "HardBreak" else "<hr>")
            continue
        ((kind, value),) = event.items()
        if kind in ("Start", "End"):
            name = value if value.__class__ is str else next(iter(value))
            if name in ("CodeBlock", "Image", "MetadataBlock"):
                is_code = name == "CodeBlock" and runs_code and kind == "Start" and value["CodeBlock"] == "Indented"
                if is_code:
                    page.add(f"<pre>{escape(body[begin:end])}</pre>", start + begin, False)
                if name == "CodeBlock" and kind == "Start":
                    code.append((start + begin, start + end))
                hidden += 1 if kind == "Start" else -1
                if kind == "End" and not hidden:
                    page.add("<img>" if name == "Image" else "")
            elif name == "HtmlBlock":
                if kind == "Start":
                    html = (begin, end)
                elif html:
                    if not _WHOLE.match(body, *html):
                        page.add(body[html[0] : html[1]], start + html[0])
                    html = None
            elif not hidden and (element := _NAMES.get(name)):
                page.add(f"<{element}>" if kind == "Start" else f"</{element}>")
        elif hidden or html:
            continue
        elif kind == "Text":
            # VitePress leaves entities to Vue.
            written = body[begin:end] if body.startswith("&", begin) else escape(value, quote=False)
            page.add(written, start + begin, written == body[begin:end])
        elif kind == "Code":
            page.add("<code>")
            if runs_code:
                inner = body.find(value, begin, end)
                written = escape(value, quote=False)
                page.add(written, start + max(inner, begin), inner >= 0 and written == value)
            page.add("</code>")
        elif kind == "InlineHtml":
            page.add(body[begin:end], start + begin)
    page.drop(code)
    return page


def _covered(body: str, start: int, page: Page) -> str:
    """`body` as long as it is, written so that CommonMark finds the blocks that VitePress finds. Elements that are lines of
    their own are left out and added to `page.apart`."""
    if "@include:" in body:
        # Another file takes part, which may open and close tags.
        raise Unclear
    if ":::" in body:
        body = _RAW_CONTAINER.sub(lambda found: found[0].replace("{", "x"), body)
        body = _CONTAINER.sub(lambda found: " " * len(found[0]), body)
    if "<" not in body:
        return body
    if "@" in body:
        body = _EVENT.sub(lambda found: _AT.sub("a", found[0]), body)
    out, last = [], 0
    for found in _LINE_TAG.finditer(body):
        name = found["name"].lower()
        if name == "textarea":
            raise Unclear
        if name in _INLINE or name in _BLOCKS:
            continue
        begin, end = found.start("name"), found.end("name")
        if begin < last:
            continue
        alone = _ALONE.match(body, begin - 1)
        if alone and body[begin - 1] == "<":
            rest = body[alone.end() : (body + "\n").find("\n", alone.end())]
            if "<" in rest or "<" in body[end : alone.end()].rpartition("</")[0].partition(">")[2]:
                raise Unclear
            out += [body[last : begin - 1], "x" * (alone.end() - begin + 1)]
            line = Page()
            line.add(alone[0], start + begin - 1)
            page.apart.append(line)
            last = alone.end()
        else:
            out += [body[last:begin], _block_name(len(name))]
            last = end
    return "".join(out) + body[last:]


def _block_name(length: int) -> str:
    """A name of a block that is so long, with blanks behind it."""
    return "p" if length == 1 else "ul" if length == 2 else "div".ljust(length)
