"""The parts of a post that a template's tag shows as they are written, so that no Markdown is read in them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from postlint.body import Reference
from postlint.posts.document import Document
from postlint.text import Span

_MOST = 1000


class RawInner(NamedTuple):
    """What lies between the opening and the closing tag called `name`."""

    name: str
    span: Span


def raw_inner(post: Document) -> list[RawInner]:
    """These parts of `post`, the inner ones of nested ones first."""
    framework, text = post.framework, post.text.value
    if not framework.linking.raw_pairs:
        return []
    opened: list[tuple[str, int]] = []
    out: list[RawInner] = []
    for span in post.body.opaque[:_MOST]:
        pair = framework.pair(text[span.start : span.end])
        if pair is None:
            continue
        name, closes = pair
        if not closes:
            opened.append((name, span.end))
        elif at := next((at for at, each in enumerate(reversed(opened), 1) if each[0] == name), 0):
            out.append(RawInner(name, Span(opened[-at][1], span.start)))
            del opened[-at:]
    return out


def shown_as_text(references: Iterable[Reference], parts: Sequence[RawInner]) -> Iterator[tuple[Reference, str]]:
    """Those of `references`, links and images in Markdown, that stand in one of `parts`, each with the tag's name."""
    for reference in references if parts else ():
        if reference.form in ("inline", "reference"):
            whole = reference.whole
            inner = (part for part in parts if part.span.start <= whole.start and whole.end <= part.span.end)
            if part := next(inner, None):
                yield reference, part.name
