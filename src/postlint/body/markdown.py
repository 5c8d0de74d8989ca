"""Reads a post's body, once: pulldown-cmark's events become references, headings, code and other non-prose."""

import re
from functools import lru_cache
from typing import Any

import pyromark

from postlint.body import Body, Form, Heading, Parts, Reference, quiet, same_label
from postlint.body.excerpt import Excerpt, Whole
from postlint.body.masking import NOTHING, PLACEHOLDER, UNKNOWN, begin_html, cover_blanks, uncover
from postlint.body.plain import read_plain
from postlint.body.shortcodes import cover_shortcodes
from postlint.body.syntax import ADMONITIONS, Syntax
from postlint.text import Span

__all__ = ["Body", "Form", "Heading", "Reference", "Syntax", "quiet", "read"]

# A line end may be followed by the markers of the block quotes around the element.
_DESTINATION = re.compile(
    r"[ \t\v\f]*(?:(?:\r\n?|\n)[ \t]*(?:>[ \t]?)*[ \t\v\f]*)?(?:<((?:[^<>\\\r\n]|\\.)*)>|([^\x00-\x20]*))"
)
_MARGIN = re.compile(r"(\r\n?|\n)[ \t]*(?:>[ \t]?)*")
_LABEL = re.compile(r"\[(?:[^\]\\]|\\.)*\]:", re.DOTALL)
# GFM's bare addresses, cut at characters that are rarely part of one but often follow it.
_BARE_URL = re.compile(r"https?://[^\s<>\"'`)\]}|\x7f\x1a，。；：！？、）」』】》]+")
_BARE_HOST = re.compile(r"www\.[^\s<>\"'`)\]}|\x7f\x1a，。；：！？、）」』】》]+")
# Attribute lists of kramdown, Python-Markdown and Pandoc: `{#id}`, `{ .class }`, `{: #id .class}`, `{:toc}`.
_ATTRIBUTE_LIST = re.compile(r"\{[ \t]{0,2}(?::|[#.](?=\w))[^{}\r\n]{0,200}\}")
_ID = re.compile(r"#([^\s.#{}\\]+)")
# Compiled on first use: a heading of Python-Markdown without a blank, or with one that others do not take for one.
_CLOSE_HEADING = r"(?m)^(?P<signs>#{1,6})(?![# \t\r\n])(?P<text>[^\r\n]+)"
_OWN_ID = r"\{:?[^{}]*?#([^\s.#{}\\]+)[^{}]*\}[ \t]*$"
# Each level of indented blocks in MDX is read on its own; deeper ones than this are left as they are.
_DEEPEST = 8
_LONGEST_ATTRIBUTES = 200
# From this depth on, an element's text is only the beginning of its content, to keep the time linear.
_FULL_TEXT_DEPTH = 16
_SHORT_TEXT = 64


_ANYTHING = Syntax()
_new = tuple.__new__  # a third of the price of a NamedTuple's own constructor


def read(text: str, start: int, dialect: Syntax = _ANYTHING) -> Body:
    """Read the Markdown `text[start:]`. Spans are in code points of `text`, which holds no surrogates.

    Takes linear time; never raises on any text.
    """
    if not start and text.startswith("\ufeff"):
        start = 1
    parts = Parts()
    clean = text
    if dialect.mdx:
        if "{" in text or "<" in text or "import" in text or "export" in text:
            from postlint.body.mdx import cover_mdx

            clean = cover_mdx(text, start, parts, dialect.heading_ids, dialect.math)
    elif dialect.shortcodes:
        clean = cover_shortcodes(text, start, dialect.shortcodes, parts)
        if dialect.tags_are_html and clean is not text:
            clean = begin_html(clean, text)
    if dialect.blank_targets and "](" in text:
        clean = cover_blanks(clean)
    spans: list[Span] | None = None
    if dialect.admonitions and not dialect.mdx and any(sign in clean for sign in ADMONITIONS):
        from postlint.body.admonitions import without_indentation

        spans = without_indentation(clean, start)
    if spans is None:
        spans = read_plain(clean, start, parts, dialect.math)
    reader = _Reader(text, clean, parts, dialect)
    if spans is None:
        reader.read(Whole(clean, start))
    elif spans:
        reader.read(Excerpt(clean, spans))
    reader.finish(start)
    return parts.body()


def html(text: str, dialect: Syntax) -> str:
    """The page that the parser of bodies makes of `text`, which is a body in Markdown, not MDX."""
    return _parser(dialect.heading_ids, dialect.math).html(text)


@lru_cache
def _parser(heading_ids: bool, math: bool) -> pyromark.Markdown:
    on = pyromark.Options
    options = on.ENABLE_TABLES | on.ENABLE_FOOTNOTES | on.ENABLE_STRIKETHROUGH | on.ENABLE_TASKLISTS | on.ENABLE_GFM
    if heading_ids:
        options |= on.ENABLE_HEADING_ATTRIBUTES
    if math:
        options |= on.ENABLE_MATH
    return pyromark.Markdown(options=options)


class _Reader:
    def __init__(self, text: str, clean: str, parts: Parts, dialect: Syntax) -> None:
        self._text = text
        self._clean = clean
        self._parts = parts
        self._dialect = dialect
        self._parser = _parser(dialect.heading_ids, dialect.math)
        self._elements: Any = None
        self._read_html: Any = None
        self._unclosed_comments: list[Span] = []

    def read(self, whole: Whole | Excerpt) -> None:
        excerpts = [whole]
        for _ in range(_DEEPEST):
            indented: list[list[Span]] = []
            for excerpt in excerpts:
                self._events(excerpt, indented)
            excerpts = [Excerpt(self._clean, spans) for spans in indented if spans]
            if not excerpts:
                return

    def _events(self, whole: Whole | Excerpt, indented: list[list[Span]]) -> None:
        """Add the content of `whole` to the parts, and the lines of each indented block that is not code to `indented`."""
        parts = self._parts
        start_of, end_of = whole.start, whole.end
        mdx = self._dialect.mdx
        definitions = self._definitions(whole) if "]:" in whole.source else {}
        # Open links, images and headings: name, start, the parser's data, the number of `words` before.
        stack: list[tuple[str, int, Any, int]] = []
        words: list[str] = []
        # The end of the last thing inside the innermost open element, in bytes.
        edge = 0
        lines: list[Span] | None = None
        event: Any
        for event, at in self._parser.events_with_range(whole.source):
            if event.__class__ is str:
                if stack:
                    words.append(" ")
            elif "Text" in event:
                if stack:
                    words.append(event["Text"])
                    edge = at["end"]
                elif lines is not None:
                    lines.append(Span(start_of(at["start"]), end_of(at["end"])))
            elif "End" in event:
                if stack:
                    name, begin, data, first = stack[-1]
                    tag = event["End"]
                    if tag != name and not (name == "Heading" and tag.__class__ is dict):
                        continue
                    stack.pop()
                    last = len(words) if len(stack) < _FULL_TEXT_DEPTH else first + _SHORT_TEXT
                    spoken = "".join(words[first:last])
                    if UNKNOWN in spoken or NOTHING in spoken:
                        spoken = uncover(spoken)
                    if name == "Heading":
                        self._heading(data, spoken.strip(), begin, end_of(at["end"]))
                    else:
                        inner_end = end_of(edge)
                        edge = at["end"]
                        span = _new(Span, (begin, end_of(edge)))
                        self._reference(name == "Image", data, spoken, span, inner_end, definitions)
                    if not stack:
                        words.clear()
                elif lines is not None:
                    if event["End"] == "HtmlBlock":
                        self._html(lines)
                        lines = None
                    elif event["End"] == "CodeBlock":
                        indented.append(lines)
                        lines = None
            elif "Start" in event:
                tag = event["Start"]
                if tag.__class__ is dict:
                    ((name, data),) = tag.items()
                    if name == "Link" or name == "Image" or name == "Heading":
                        edge = at["start"]
                        stack.append((name, start_of(edge), data, len(words)))
                    elif name == "CodeBlock":
                        if mdx and data == "Indented":
                            lines = []
                        else:
                            parts.code.append(Span(start_of(at["start"]), end_of(at["end"])))
                elif tag == "HtmlBlock":
                    lines = []
            else:
                edge = at["end"]
                span = _new(Span, (start_of(at["start"]), end_of(edge)))
                ((kind, content),) = event.items()
                if kind == "Html":
                    if lines is not None:
                        lines.append(span)
                elif kind == "InlineHtml":
                    self._html([span] if content == self._clean[span.start : span.end] else self._lines(span))
                elif kind == "Code" or kind == "InlineMath" or kind == "DisplayMath":
                    (parts.code if kind == "Code" else parts.opaque).append(span)
                    if stack:
                        words.append(content)

    def _heading(self, data: Any, text: str, start: int, end: int) -> None:
        while end > start and self._clean[end - 1] in "\r\n":
            end -= 1
        # MDX wants `\{#x\}`.
        own = data["id"].rstrip("\\") if data["id"] else data["id"]
        # A template's tag above a thematic break looks like a heading.
        if text != PLACEHOLDER:
            self._parts.headings.append(Heading(int(data["level"][1]), text, Span(start, end), own))
        if own:
            self._parts.ids.append(own)

    def _close_heading(self, line: "re.Match[str]") -> None:
        """Add the heading that begins right behind its signs."""
        written = line["text"].rstrip().rstrip("#")
        events: Any = self._parser.events(f"# {written}")
        words = [event.get("Text") or event.get("Code") or "" for event in events if event.__class__ is dict]
        own = re.search(_OWN_ID, written[-_LONGEST_ATTRIBUTES:]) if self._dialect.heading_ids else None
        text = "".join(words)
        self._heading({"level": f"H{len(line['signs'])}", "id": own and own[1]}, text.strip(), *line.span())

    def _reference(
        self, image: bool, data: Any, spoken: str, whole: Span, inner_end: int, definitions: dict[str, Span]
    ) -> None:
        """Add the link or image `whole`, whose text ends at `inner_end` or soon after."""
        clean = self._clean
        form: Form = "inline"
        target = data["dest_url"]
        link_type = data["link_type"]
        span = whole
        if link_type == "Inline":
            bracket = clean.find("](", max(inner_end, whole.start), whole.end)
            if bracket >= 0 and (match := _DESTINATION.match(clean, bracket + 2, whole.end - 1)):
                span = _new(Span, match.span(match.lastindex or 0))
        elif link_type == "Autolink" or link_type == "Email":
            form = "autolink"
            span = Span(whole.start + 1, whole.end - 1)
            if link_type == "Email":
                target = "mailto:" + target
        else:
            form = "reference"
            span = definitions.get(same_label(data["id"]), whole)
            if link_type == "Collapsed" and clean.startswith("[]", whole.end):
                whole = Span(whole.start, whole.end + 2)
        if form != "reference":
            self._parts.urls.append(span)
        made = ("image" if image else "link", form, target, span, whole, spoken)
        self._parts.references.append(_new(Reference, made))

    def _definitions(self, whole: Whole | Excerpt) -> dict[str, Span]:
        """The spans of the destinations of `whole`'s definitions, by label."""
        found: dict[str, Span] = {}
        for label, definition in self._parser.reference_definitions(whole.source).items():
            place = definition["span"]
            end = whole.end(place["end"])
            head = _LABEL.match(self._clean, whole.start(place["start"]), end)
            if head and (match := _DESTINATION.match(self._clean, head.end(), end)):
                span = Span(*match.span(match.lastindex or 0))
                found.setdefault(same_label(label), span)
                self._parts.urls.append(span)
        return found

    def _lines(self, span: Span) -> list[Span]:
        """The lines of an inline element without indentation and the markers of block quotes."""
        found: list[Span] = []
        last = span.start
        for margin in _MARGIN.finditer(self._clean, *span):
            found.append(Span(last, margin.end(1)))
            last = margin.end()
        return [*found, Span(last, span.end)]

    def _html(self, lines: list[Span]) -> None:
        """Read raw HTML, each line of which may begin with an indentation or block quote markers."""
        if not lines:
            return
        if self._elements is None:
            from postlint.body import html

            self._elements = html.Elements(self._parts)
            self._read_html = html.read
        start, end = lines[0].start, lines[-1].end
        source = self._clean[start:end]
        if len(lines) > 1:
            pieces: list[str] = []
            last = start
            for line in lines:
                pieces += (" " * (line.start - last), self._clean[line.start : line.end])
                last = line.end
            source = "".join(pieces)
        self._elements.limit = end
        unclosed = self._read_html(source, start, self._parts, self._elements)
        if unclosed is not None:
            self._unclosed_comments.append(Span(unclosed, end))

    def finish(self, start: int) -> None:
        """Find what can only be searched for in the whole body at once."""
        text, clean, parts = self._text, self._clean, self._parts
        if self._elements is not None:
            self._elements.finish()
        hidden: list[Span] = []
        for index, comment in enumerate(self._unclosed_comments):
            # Markdown ends HTML at a blank line; a browser, which sees the comment, does not.
            end = clean.find("-->", comment.start) + 3
            if end <= 2:
                parts.comments += self._unclosed_comments[index:]
                break
            if not hidden or comment.start >= hidden[-1].end:
                hidden.append(Span(comment.start, end))
        if hidden:
            parts.comments += hidden
            parts.drop_inside(hidden)
        if "://" in clean:
            parts.urls += [_new(Span, match.span()) for match in _BARE_URL.finditer(clean, start)]
        if "www." in clean:
            parts.urls += [Span(*match.span()) for match in _BARE_HOST.finditer(clean, start)]
        if self._dialect.heading_blank == "none" and "#" in clean:
            for match in re.compile(_CLOSE_HEADING).finditer(clean, start):
                if not any(code.start <= match.start() < code.end for code in parts.code):
                    self._close_heading(match)
        if self._dialect.heading_ids and clean.find("{", start) >= 0:
            for match in _ATTRIBUTE_LIST.finditer(clean, start):
                parts.opaque.append(Span(*match.span()))
                parts.ids += _ID.findall(match[0])
        if clean is not text:
            if UNKNOWN in clean:
                parts.references = [self._uncovered(reference) for reference in parts.references]
            parts.ids = [name for name in parts.ids if UNKNOWN not in name]

    def _uncovered(self, reference: Reference) -> Reference:
        if UNKNOWN in reference.target:
            reference = reference._replace(target=self._text[slice(*reference.span)])
        if reference.text and UNKNOWN in reference.text:
            reference = reference._replace(text=uncover(reference.text))
        return reference
