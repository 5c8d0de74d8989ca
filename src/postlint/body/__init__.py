"""The parts of a post's body: references, headings, ids, code and comments, each with its span."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

from postlint.text import Span

Kind = Literal["image", "link"]
Form = Literal["inline", "reference", "autolink", "html", "jsx"]


class Reference(NamedTuple):
    """An image or a link.

    `target` is the destination as a reader's browser gets it (escapes and entities resolved, percent-encoding kept);
    if a template takes part in it (`{{ site.baseurl }}/a.png`), it is the destination as written.
    `span` covers the destination as written (for a `reference` the destination in its definition), `whole` the element.
    `text` is the link's text or the image's alternative text, None if an HTML or JSX image has no `alt` at all.
    HTML links, and sources besides an image's main source (`srcset`, `<source>`, `poster`), have an empty text,
    an import its name.
    """

    kind: Kind
    form: Form
    target: str
    span: Span
    whole: Span
    text: str | None


class Heading(NamedTuple):
    """A heading: its plain text, and the id that the post gives it (`{#id}`, or None)."""

    level: int
    text: str
    span: Span
    id: str | None


class Body(NamedTuple):
    """What rules need to know about a body. Every span is in code points of the whole post, each tuple in order of position.

    `code`: code spans with their backticks, fenced and indented blocks, and HTML whose content is code.
    `comments`: HTML and MDX comments, and a template language's own.
    `opaque`: other parts that no reader reads: template tags, MDX expressions and imports, tags except `alt` and the like.
    `urls`: destinations and bare addresses.
    """

    references: tuple[Reference, ...]
    headings: tuple[Heading, ...]
    ids: tuple[str, ...]
    code: tuple[Span, ...]
    comments: tuple[Span, ...]
    opaque: tuple[Span, ...]
    urls: tuple[Span, ...] = ()


def quiet(body: Body) -> list[Span]:
    """The parts that rules about prose ignore: `code`, `comments`, `opaque` and `urls`, in order, none touching."""
    merged: list[Span] = []
    for span in sorted((*body.code, *body.comments, *body.opaque, *body.urls)):
        if merged and span.start <= merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        elif span.end > span.start:
            merged.append(span)
    return merged


def is_inside(offset: int, spans: Sequence[Span]) -> bool:
    """Whether the code point `offset` lies in one of `spans`, which are in order; of nested ones, the last one counts."""
    index = bisect_right(spans, offset, key=_START) - 1
    return index >= 0 and offset < spans[index].end


def is_code_span(text: str, code: Span) -> bool:
    """Whether `code`, one of the `code` of a body of `text`, is within a line, and not a block."""
    return (
        text[code.start] == "`" and not text.startswith("```", code.start) and "\n" not in text[code.start : code.end]
    )


def same_label(label: str) -> str:
    """The label of a link as CommonMark compares it with others."""
    return " ".join(label.split()).casefold()


_START = attrgetter("start")
_BY_PLACE = attrgetter("whole.start", "span")
_BY_SPAN = attrgetter("span")


class Parts:
    """A body while it is being read: the readers of Markdown, HTML, MDX and templates all add to it."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.headings: list[Heading] = []
        self.ids: list[str] = []
        self.code: list[Span] = []
        self.comments: list[Span] = []
        self.opaque: list[Span] = []
        self.urls: list[Span] = []

    def drop_inside(self, spans: list[Span]) -> None:
        """Forget the references and headings inside one of `spans`, which are in order and separate."""
        starts = [span.start for span in spans]

        def outside(span: Span) -> bool:
            i = bisect_right(starts, span.start) - 1
            return i < 0 or span.end > spans[i].end

        self.references = [reference for reference in self.references if outside(reference.whole)]
        self.headings = [heading for heading in self.headings if outside(heading.span)]

    def body(self) -> Body:
        return Body(
            tuple(sorted(self.references, key=_BY_PLACE)),
            tuple(sorted(self.headings, key=_BY_SPAN)),
            tuple(dict.fromkeys(self.ids)),
            tuple(sorted(self.code)),
            tuple(sorted(self.comments)),
            tuple(sorted(set(self.opaque))),
            tuple(sorted(set(self.urls))),
        )
