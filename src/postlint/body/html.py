"""Raw HTML in a post: the references and ids of its tags, and the regions whose content is code."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from postlint.body import Form, Kind, Parts, Reference
from postlint.files.endings import IMAGE_ENDING
from postlint.text import Span

_MARKUP = re.compile(r"<(?:(/?)([A-Za-z][^\s/>\x00]*)|!--|[!?])")
_ATTRIBUTE = re.compile(
    r"[\s/]*(?:(?P<end>>)|(?P<name>[^\s/>][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(?![\"'])([^\s>]*)))?)"
)
_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*)")
_IMAGE_FILE = re.compile(IMAGE_ENDING + r"(?:[?#]|\s*$)", re.IGNORECASE)

_new = tuple.__new__  # a third of the price of a NamedTuple's own constructor
_CODE_ELEMENTS = frozenset({"code", "pre", "script", "style", "textarea"})
# Their content is text up to the end tag, whatever it looks like (HTML Standard, "raw text" and "escapable raw text").
_RAW_TEXT = frozenset({"script", "style", "textarea", "title"})
# Attributes that readers see or hear.
_READABLE = frozenset({"alt", "title", "caption", "label", "summary", "placeholder", "description", "aria-label"})

# Attributes by which components take an image.
_IMAGE_ATTRIBUTE = re.compile(r"src|image|img|cover|thumb|poster|avatar|photo|picture|background|banner|icon|logo")

_DESTINATIONS: dict[str, dict[str, Kind]] = {
    "a": {"href": "link"},
    "area": {"href": "link"},
    "audio": {"src": "link"},
    "embed": {"src": "link"},
    "iframe": {"src": "link"},
    "image": {"href": "image", "xlink:href": "image", "src": "image"},
    "img": {"src": "image", "srcset": "image"},
    "input": {"src": "image"},
    "object": {"data": "link"},
    "source": {"src": "link", "srcset": "image"},
    "track": {"src": "link"},
    "video": {"src": "link", "poster": "image"},
}


class Attribute(NamedTuple):
    """`name` in lower case; `value` with entities decoded; `span` of the value as written, without quotes.

    `literal` is False for a JSX expression: its value is its source.
    """

    name: str
    value: str
    span: Span
    literal: bool = True


class Tag(NamedTuple):
    """A tag. `component` says that `name`, which is in lower case, is a JSX component's; `empty`: JSX's `<a />`."""

    name: str
    closing: bool
    attributes: list[Attribute]
    span: Span
    component: bool = False
    empty: bool = False


class Elements:
    """Takes in the tags of a post in their order. `limit`: where the HTML block of the next tags ends."""

    def __init__(self, parts: Parts) -> None:
        self.limit = 0
        self._parts = parts
        self._open: dict[str, Span] = {}

    def add(self, tag: Tag, form: Form = "html") -> None:
        parts = self._parts
        name = tag.name
        if name in _CODE_ELEMENTS and not (tag.component or tag.empty):
            if tag.closing:
                if name in self._open:
                    parts.code.append(Span(self._open.pop(name).start, tag.span.end))
            # A `<code>` that somebody forgot to close must not take all prose up to the next one's end with it.
            elif name == "code" or name not in self._open:
                self._open[name] = Span(tag.span.start, self.limit)
        if not tag.attributes:
            parts.opaque.append(tag.span)
            return
        last = tag.span.start
        for attribute in tag.attributes:
            if attribute.literal:
                if attribute.name == "id" or (attribute.name == "name" and name == "a"):
                    if attribute.value:
                        parts.ids.append(attribute.value)
                elif attribute.name in _READABLE:
                    parts.opaque.append(Span(last, attribute.span.start))
                    last = attribute.span.end
        parts.opaque.append(Span(last, tag.span.end))
        parts.references += _references(tag, form)

    def finish(self) -> None:
        """An element with verbatim text that is never closed extends to the end of its block."""
        self._parts.code += [span for name, span in self._open.items() if name != "code" and span.end > span.start]


def read(source: str, at: int, parts: Parts, elements: Elements) -> int | None:
    """Read the raw HTML `source`, which begins at the code point `at` of the post, into `parts` and `elements`.

    Returns the offset in the post of a comment that is not closed in `source`, or None. Takes linear time.
    """
    position = 0
    while match := _MARKUP.search(source, position):
        start = match.start()
        name = match[2]
        if name is None:
            opener = match[0]
            comment = opener == "<!--"
            if comment and source.startswith(("<!-->", "<!--->"), start):
                end = source.index(">", start) + 1
            else:
                closer = "-->" if comment else "]]>" if source.startswith("<![CDATA[", start) else ">"
                end = source.find(closer, match.end()) + len(closer)
                if end < len(closer):
                    return at + start if comment else None
            (parts.comments if comment else parts.opaque).append(Span(at + start, at + end))
            position = end
            continue
        attributes: list[Attribute] = []
        position = match.end() + 1
        if not source.startswith(">", match.end()):
            attributes, position = _attributes(source, match.end(), at)
        if position < 0:
            return None
        name = name.lower()
        span = _new(Span, (at + start, at + position))
        elements.add(_new(Tag, (name, bool(match[1]), attributes, span, False, False)))
        if name in _RAW_TEXT and not match[1]:
            closing = re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE).search(source, position)
            if not closing:
                return None
            position = closing.start()
    return None


def _attributes(source: str, position: int, at: int) -> tuple[list[Attribute], int]:
    """The attributes from `position` on and where the tag ends, -1 if it does not."""
    found: list[Attribute] = []
    while match := _ATTRIBUTE.match(source, position):
        position = match.end()
        if match["end"]:
            return found, position
        group = match.lastindex or 0
        name = match["name"].lower()
        if group > 2:
            span = _new(Span, (at + match.start(group), at + match.end(group)))
            found.append(_new(Attribute, (name, decode(match[group]), span, True)))
        else:
            found.append(Attribute(name, "", Span(at + position, at + position)))
    return found, -1


def decode(value: str) -> str:
    """`value` with its character references resolved."""
    if "&" not in value:
        return value
    from html import unescape

    return unescape(value)


def is_image_file(target: str) -> bool:
    """Whether `target` ends in the extension of an image format that browsers show."""
    return _IMAGE_FILE.search(target) is not None


def _references(tag: Tag, form: Form) -> Iterator[Reference]:
    known = _DESTINATIONS.get(tag.name)
    if known is None and not tag.component:
        return
    text = _alternative(tag) if tag.name == "img" or tag.component else ""
    for attribute in tag.attributes:
        name, value = attribute.name, attribute.value
        if not attribute.literal or not value.strip():
            continue
        kind: Kind | None
        if known is not None:
            kind = known.get(name)
            if kind == "link" and name == "src" and tag.name == "source" and is_image_file(value):
                kind = "image"
        elif name in ("href", "to"):
            kind = "link"
        else:
            kind = "image" if is_image_file(value) and _IMAGE_ATTRIBUTE.search(name) else None
        if kind is None:
            continue
        if name == "srcset":
            for target, span in _candidates(attribute):
                yield Reference(kind, form, target, span, tag.span, "")
        else:
            # Browsers take backslashes for slashes.
            target = value.strip().replace("\\", "/") if form == "html" else value.strip()
            yield Reference(kind, form, target, _stripped(attribute), tag.span, "" if kind == "link" else text)


def _alternative(tag: Tag) -> str | None:
    for attribute in tag.attributes:
        if attribute.name in ("alt", "aria-label") or not attribute.name:
            return attribute.value
        if (attribute.name, attribute.value) in (
            ("role", "presentation"),
            ("role", "none"),
            ("aria-hidden", "true"),
        ):
            return ""
    return None


def _stripped(attribute: Attribute) -> Span:
    """The span of a destination; HTML ignores white space around it. Its place is known only from an undecoded value."""
    value = attribute.value
    start, end = attribute.span
    if len(value) != end - start or value == value.strip():
        return attribute.span
    return Span(start + len(value) - len(value.lstrip()), end - len(value) + len(value.rstrip()))


def _candidates(attribute: Attribute) -> Iterator[tuple[str, Span]]:
    """The addresses in a `srcset` (HTML Standard, "parse a srcset attribute"); without entities they have spans."""
    value = attribute.value
    start, end = attribute.span
    exact = len(value) == end - start
    position = 0
    while match := _CANDIDATE.match(value, position):
        target = match[1].rstrip(",")
        begin = start + match.start(1)
        yield target, Span(begin, begin + len(target)) if exact else attribute.span
        position = match.end()
        if target == match[1]:
            comma = value.find(",", position)
            if comma < 0:
                return
            position = comma
