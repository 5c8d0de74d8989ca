"""Where a link, an image, or the name of an author leads."""

from postlint.lsp import references
from postlint.lsp.desk import Desk
from postlint.lsp.positions import Json
from postlint.lsp.post_at import Asked, asked, field_at, reference_at, target_of

_START = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}


def answer(desk: Desk, params: Json) -> Json | None:
    here = asked(desk, params)
    if here is None:
        return None
    if reference := reference_at(here.post, here.offset):
        path = target_of(here.place, here.post, reference)
        anchor = reference[1].partition("#")[2]
        return _at_heading(desk, here, path, anchor) if path else None
    if (field := field_at(here.post, here.offset)) and not field.in_key:
        found = references.data_set(here.place, here.post, field.names)
        if found and here.place.site.project.root:
            return {"uri": desk.uri(here.place.site.full(found.origin)), "range": _START}
    return None


def _at_heading(desk: Desk, here: Asked, path: str, anchor: str) -> Json:
    """The file at `path`, at the heading that the anchor names."""
    site = here.place.site
    full = site.full(path)
    if anchor and path in site.facts and (there := desk.positions(full)):
        span = references.heading_of(site, path, anchor)
        if span is not None:
            return {"uri": there[0], "range": there[1].range(*span)}
    return {"uri": desk.uri(full), "range": _START}
