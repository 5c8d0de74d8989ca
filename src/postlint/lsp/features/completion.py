"""What can be written at a place: fields and their values, addresses of posts and images, headings."""

from collections.abc import Iterable, Iterator
from itertools import islice

from postlint import front_matter
from postlint.clock import now
from postlint.front_matter import Node
from postlint.lsp import field_facts, references, typed, ways
from postlint.lsp.desk import Desk
from postlint.lsp.positions import Json
from postlint.lsp.post_at import Asked, asked
from postlint.posts.facts import Facts
from postlint.text import Span

_PROPERTY, _VALUE, _FILE, _REFERENCE, _ENUM_MEMBER, _CONSTANT = 10, 12, 17, 18, 20, 21
_MOST = 200


def answer(desk: Desk, params: Json) -> Json | None:
    here = asked(desk, params)
    what = typed.at(here.post.text.value, here.offset) if here else None
    if here is None or what is None:
        return None
    match what:
        case typed.Key():
            found = _keys(here, what)
        case typed.Value():
            found = _values(here, what)
        case typed.Reference():
            found = _targets(here, what)
    items = list(islice(found, _MOST + 1))
    edited = here.positions.range(what.start, here.offset)
    for number, item in enumerate(items[:_MOST]):
        item["sortText"] = f"{number:04}"
        item["textEdit"] = {"range": edited, "newText": item.pop("text")}
    return {"isIncomplete": len(items) > _MOST, "items": items[:_MOST]}


def _keys(here: Asked, what: typed.Key) -> Iterator[Json]:
    """The fields that the post does not have yet: first those that most posts have."""
    place, post = here.place, here.post
    counts = {name: kinds.total() for name, kinds in field_facts.fields(place, post).items()}
    others = field_facts.like(place, post)
    required = [name for name in field_facts.properties(post) if field_facts.is_required(post, (name,))]
    known = dict.fromkeys((*required, *sorted(counts, key=lambda name: -counts[name])))
    known |= dict.fromkeys((*field_facts.properties(post), *post.framework.known_keys))
    sign = " = " if what.language == "toml" else ": "
    for name in known:
        if name in what.present or (
            counts.get(name) == 1 and len(others) > 1 and not field_facts.of_schema(post, (name,))
        ):
            continue
        detail = field_facts.kind_of(field_facts.of_schema(post, (name,)))
        if name in counts:
            detail = f"{detail}{', ' if detail else ''}in {counts[name]} of {len(others)} posts"
        if name in required:
            detail = f"required, {detail}" if detail else "required"
        documentation = "\n\n".join(field_facts.described(place, post, (name,), with_values=False))
        yield {
            "label": name,
            "kind": _PROPERTY,
            "text": f"{front_matter.write_key(name, name, what.language)}{sign}",
            "detail": detail,
            "documentation": {"kind": "markdown", "value": documentation},
        }


def _values(here: Asked, what: typed.Value) -> Iterator[Json]:
    place, post, names = here.place, here.post, what.names
    seen: set[str] = set()
    for value, detail, kind, is_text in _known_values(here, what):
        if value in seen:
            continue
        seen.add(value)
        text = value
        if is_text and not what.quote:
            like = Node(Span(what.start, what.start), flow=what.in_list)
            text = front_matter.write_scalar(value, like, post.text.value, what.language)
        yield {"label": value, "kind": kind, "text": text, "detail": detail}
    if "image" in _roles(here, names) or _is_image(here, names):
        for written, file in ways.images(place.site, post.path, post.data, "field", what.text):
            yield {"label": written, "kind": _FILE, "text": written, "detail": file}


def _known_values(here: Asked, what: typed.Value) -> Iterator[tuple[str, str, int, bool]]:
    """Value, what is said of it, its kind, and whether it is text."""
    place, post, names = here.place, here.post, what.names
    schema = field_facts.of_schema(post, names)
    kind = field_facts.kind_of(schema)
    if known := references.data_set(place, post, names):
        for name in sorted(known.names):
            yield name, known.origin, _REFERENCE, True
    for value in field_facts.allowed_values(schema):
        yield value, "allowed by the schema", _ENUM_MEMBER, "true or false" not in kind and "number" not in kind
    top = len(names) == 1
    flags = field_facts.counted(place, post, names[0])[2] if top else {}
    if (
        "true or false" in kind
        or (not kind and "draft" in _roles(here, names))
        or (not kind and set(flags) == {"flag"})
    ):
        yield "true", "", _CONSTANT, False
        yield "false", "", _CONSTANT, False
    if {"published", "updated", "expires"} & _roles(here, names):
        yield now().date().isoformat(), "today", _VALUE, False
    elif top:
        for value, count in field_facts.values_of(place, post, names[0]):
            yield value, f"in {count} post{'s' if count > 1 else ''}", _VALUE, True


def _roles(here: Asked, names: tuple[str, ...]) -> frozenset[str]:
    key = ".".join(names)
    return frozenset(role for role, keys in here.post.roles.items() if key in keys)


def _is_image(here: Asked, names: tuple[str, ...]) -> bool:
    """Whether other posts have images in the field."""
    field = ".".join(names)
    return any(use.field == field for facts in field_facts.like(here.place, here.post) for use in facts.images)


def _targets(here: Asked, what: typed.Reference) -> Iterator[Json]:
    site, post = here.place.site, here.post
    if what.kind == "image":
        for written, file in ways.images(site, post.path, post.data, "markdown", what.text):
            yield {"label": written, "kind": _FILE, "text": written, "detail": file}
        return
    before, hash_, _ = what.text.partition("#")
    if hash_:
        yield from _anchors(here, before)
        return
    words = what.text.casefold().removeprefix("./").removeprefix("/")
    forms = ways.forms(site, post.path, post.data)
    for facts in _by_title(here):
        for text in (form(facts) for form in forms):
            if text is None or not (text.startswith(what.text) or words in f"{text} {facts.title_text}".casefold()):
                continue
            detail = facts.title_text or facts.path
            yield {
                "label": text,
                "kind": _FILE,
                "text": text,
                "detail": detail,
                "filterText": f"{text} {facts.title_text}",
            }
            break


def _by_title(here: Asked) -> Iterable[Facts]:
    found = here.place.site.facts.values()
    return sorted((facts for facts in found if facts.path != here.post.path), key=lambda facts: facts.title_text)


def _anchors(here: Asked, before: str) -> Iterator[Json]:
    """The headings of the page that is named before the `#`, this one if none is."""
    site, post = here.place.site, here.post
    if before:
        path = ways.leads_to(site, post.path, post.data, before)
        if path is None or path not in site.facts:
            return
        post = site.document(path)
    for anchor, heading in references.anchors(post):
        yield {"label": f"{before}#{anchor}", "kind": _REFERENCE, "text": f"{before}#{anchor}", "detail": heading}
