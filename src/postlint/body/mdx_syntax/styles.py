"""`style="…"` on elements in MDX that React renders: it wants an object and stops at a text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from postlint.body import Body
from postlint.text import Span

_ELEMENT = re.compile(r"<[a-z][\w-]*(?=\s)")
_ATTRIBUTE = re.compile(r"\s([A-Za-z_:][\w:.-]*)\s*=\s*(?:(\"[^\"]*\"|'[^']*')|(\{))")
_DECLARATION = re.compile(r"\s*(-{0,2}[a-zA-Z][\w-]*)\s*:\s*([^;:\"'{}\\]+?)\s*(?:;|$)")


class Style(NamedTuple):
    """The value of a `style`, at `span`, with its quotes, and the object that means the same; None if it is not certain."""

    span: Span
    better: str | None


def styles(text: str, body: Body) -> Iterator[Style]:
    """The texts that are the `style` of an element in `text`, whose body is `body`."""
    for start, end in body.opaque:
        if not text.startswith("<", start) or "style" not in text[start:end] or not _ELEMENT.match(text, start, end):
            continue
        for attribute in _ATTRIBUTE.finditer(text, start, end):
            if attribute[3]:
                break
            if attribute[1] == "style":
                yield Style(Span(*attribute.span(2)), _as_object(attribute[2][1:-1]))


def _as_object(style: str) -> str | None:
    properties: list[str] = []
    at = 0
    while style[at:].strip():
        found = _DECLARATION.match(style, at)
        if found is None:
            return None
        properties.append(f"{_name(found[1])}: '{found[2]}'")
        at = found.end()
    return f"{{{{{', '.join(properties)}}}}}" if properties else None


def _name(name: str) -> str:
    """A property of CSS as React names it."""
    if name.startswith("--"):
        return f"'{name}'"
    return re.sub(r"-([a-zA-Z])", lambda letter: letter[1].upper(), name.lower())
