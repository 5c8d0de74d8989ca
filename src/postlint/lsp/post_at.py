"""What is at a place of a post: a reference, a field of its front matter."""

from typing import NamedTuple

from postlint.front_matter import Entry, Node
from postlint.lsp.desk import Desk, Open, Place
from postlint.lsp.positions import Json, Positions
from postlint.posts.collecting import Pointer, link, pointers
from postlint.posts.document import Document
from postlint.text import Span


class Asked(NamedTuple):
    """A request about one place: `offset` counts code points of the post's text."""

    document: Open
    place: Place
    post: Document
    positions: Positions
    offset: int


def asked(desk: Desk, params: Json) -> Asked | None:
    """The place that the request's `textDocument` and `position` name; None if that is in no post."""
    document = desk.open.get(params["textDocument"]["uri"])
    found = desk.post(document) if document else None
    if document is None or found is None:
        return None
    place, post = found
    positions = Positions(post.text.value, desk.client.encoding)
    offset = positions.offset(params["position"]) if "position" in params else 0
    return Asked(document, place, post, positions, offset)


def reference_at(post: Document, offset: int) -> Pointer | None:
    """The image or link of the body, or the image of the front matter, that is written at `offset`."""
    return next((each for each in references(post) if each[2].start <= offset <= each[2].end), None)


def references(post: Document) -> list[Pointer]:
    """The images and links of the post, those of the front matter among them."""
    from postlint.posts.collecting import collect

    facts = collect(post)
    fields = [
        ("image", use.target, use.span, use.shown, use.where, use.leads) for use in facts.images if use.where == "field"
    ]
    return [*fields, *pointers(post)]


def target_of(place: Place, post: Document, reference: Pointer) -> str | None:
    """The path in the site of the file that the reference leads to; None if there is none, or it is not known."""
    kind, target, span, shown, _, leads = reference
    if kind == "image":
        files = place.site.project.files
        if leads.status != "files" or not place.site.project.root:
            return None
        return next((path for path in leads.paths if files.has_file(path)), None)
    if leads.status == "external":
        return None
    found = place.site.pages.find(link(post, target, span, shown, leads))
    return found.path if found and found.status == "ok" else None


class Field(NamedTuple):
    """A field of the front matter: its names from the top, its entry, and whether the place is in its key."""

    names: tuple[str, ...]
    entry: Entry
    in_key: bool

    @property
    def top(self) -> str:
        return self.names[0]


def field_at(post: Document, offset: int) -> Field | None:
    """The innermost field whose key or value is at `offset`."""
    return _field_in(post.front_matter.root, offset, ())


def _field_in(node: Node, offset: int, above: tuple[str, ...]) -> Field | None:
    for item in node.items or ():
        if _holds(item.span, offset) and (found := _field_in(item, offset, above)):
            return found
    for entry in node.entries or ():
        if entry.node.alias:
            continue
        names = (*above, entry.name)
        if _holds(entry.key.span, offset):
            return Field(names, entry, in_key=True)
        if _holds(entry.node.span, offset):
            return _field_in(entry.node, offset, names) or Field(names, entry, in_key=False)
    return None


def _holds(span: Span, offset: int) -> bool:
    return span.start <= offset <= span.end
