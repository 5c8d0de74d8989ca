"""What is at a place: why a finding matters, what a field takes, where an image lies, where a link leads."""

import os
from collections.abc import Iterable, Iterator

from postlint.diagnostics import Diagnostic
from postlint.files import image_header
from postlint.lsp import field_facts
from postlint.lsp.desk import Desk, Place
from postlint.lsp.live_site import LiveSite
from postlint.lsp.positions import Json
from postlint.lsp.post_at import Asked, asked, field_at, reference_at, target_of
from postlint.posts.collecting import Pointer
from postlint.text import Span


def answer(desk: Desk, params: Json) -> Json | None:
    here = asked(desk, params)
    if here is None:
        return None
    found = [d for d in desk.current(here.document) if d.start.offset <= here.offset <= d.end.offset]
    parts = list(_findings(here.place.site, found))
    span = Span(found[0].start.offset, found[0].end.offset) if found else None
    if reference := reference_at(here.post, here.offset):
        span = reference[2]
        parts += _reference(here.place, here, reference)
    elif (field := field_at(here.post, here.offset)) and field.in_key:
        span = field.entry.key.span
        parts += field_facts.described(here.place, here.post, field.names)
    if not parts or span is None:
        return None
    return {"contents": {"kind": "markdown", "value": "\n\n".join(parts)}, "range": here.positions.range(*span)}


def _findings(site: LiveSite, found: Iterable[Diagnostic]) -> Iterator[str]:
    """Why each rule reports, and how to fix it; each rule once."""
    from postlint.catalog.explain import sections

    kinds = {rule.name: type(rule) for rule in site.checker.all_rules}
    for name, url in {d.rule: d.url for d in found}.items():
        parts = sections(kinds[name]) if name in kinds else {}
        heading = f"**[{name}]({url})**" if url else f"**{name}**"
        texts = [heading]
        for title in ("Why it matters", "How to fix it"):
            if text := parts.get(title):
                texts += [f"*{title}*", text]
        yield "\n\n".join(texts)


def _reference(place: Place, here: Asked, reference: Pointer) -> Iterator[str]:
    path = target_of(place, here.post, reference)
    if path is None:
        return
    if reference[0] == "image":
        yield f"`{path}`: {_image(place.site, path)}"
        return
    facts = place.site.facts.get(path)
    if facts is None:
        yield f"`{path}`"
        return
    title = f"**{facts.title_text}**" if facts.title_text else ""
    address = facts.address.addresses[0] if facts.address.addresses else None
    yield "\n\n".join(filter(None, (title, f"`{path}`" + (f" at `{address}`" if address else ""))))


def _image(site: LiveSite, path: str) -> str:
    """The format and the size of an image."""
    files = site.project.files
    header = image_header.read(files.head(path, image_header.ENOUGH))
    size = os.path.getsize(site.full(path)) if os.path.isfile(site.full(path)) else 0
    parts = [header.format] if header else []
    if header and header.size:
        parts.append(f"{header.size[0]} × {header.size[1]} pixels")
    return ", ".join((*parts, _bytes(size)))


def _bytes(number: int) -> str:
    if number < 1000:
        return f"{number} bytes"
    return f"{number / 1000:.0f} kB" if number < 1_000_000 else f"{number / 1_000_000:.1f} MB"
