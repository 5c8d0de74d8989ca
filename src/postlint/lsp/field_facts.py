"""What is known of a field of the front matter: from the schema, the framework, and the site's other posts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from postlint.lsp.desk import Place
from postlint.posts.document import Document
from postlint.posts.facts import Facts, kinds_of

_MOST_SHOWN = 8
_AT_ONCE = 200
"""The front matter of so many posts can be read while somebody waits."""
_KINDS = {
    "flag": "true or false",
    "mapping": "a mapping",
    "list": "a list",
    "date": "a date",
    "nothing": "empty",
    "number": "a number",
}
_ROLES = {
    "title": "The title of the post.",
    "description": "A short description, for lists and search engines.",
    "slug": "The last part of the post's address.",
    "published": "When the post is published.",
    "updated": "When the post was last changed.",
    "expires": "When the post is removed from the site.",
    "image": "An image file.",
    "tags": "The tags of the post.",
    "draft": "Whether the post is a draft, which is not published.",
}


def described(place: Place, post: Document, names: tuple[str, ...], with_values: bool = True) -> Iterator[str]:
    """Paragraphs in Markdown about the field `names` of `post`; `with_values` says which values other posts have."""
    schema = of_schema(post, names)
    kind = kind_of(schema)
    heading = f"**{'.'.join(names)}**" + (f": {kind}" if kind else "")
    yield heading + (", required" if is_required(post, names) else "")
    description = schema.get("description") if isinstance(schema.get("description"), str) else role_of(post, names)
    if description:
        yield str(description)
    if allowed := allowed_values(schema):
        yield f"Allowed values: {', '.join(f'`{value}`' for value in allowed)}"
    if len(names) == 1:
        yield from _habits(place, post, names[0], with_values)


def _habits(place: Place, post: Document, name: str, with_values: bool) -> Iterator[str]:
    """What the other posts of the collection do."""
    with_it, number, kinds = counted(place, post, name)
    if number < 2:
        return
    where = f" in `{post.collection}`" if post.collection else ""
    said = f"{with_it} of {number} posts{where} have it"
    if with_it and len(kinds) == 1:
        kind = next(iter(kinds))
        said += f"; it is {_KINDS.get(kind, kind)}"
    elif with_it:
        listed = ", ".join(f"{_KINDS.get(kind, kind)} in {count}" for kind, count in kinds.most_common())
        said += f"; it is {listed}"
    yield f"{said}."
    if with_values and (values := values_of(place, post, name)):
        shown = ", ".join(f"`{value}` ({count})" for value, count in values[:_MOST_SHOWN])
        more = f", and {len(values) - _MOST_SHOWN} more" if len(values) > _MOST_SHOWN else ""
        yield f"Values: {shown}{more}"


def counted(place: Place, post: Document, name: str) -> tuple[int, int, Counter[str]]:
    """How many posts like `post` have the field, how many there are, and what kinds of values it has."""
    kinds = fields(place, post).get(name, Counter())
    return kinds.total(), len(like(place, post)), kinds


def fields(place: Place, post: Document) -> dict[str, Counter[str]]:
    """The fields of the posts like `post`, each with the kinds of its values and how many posts have these."""

    def count() -> dict[str, Counter[str]]:
        out: dict[str, Counter[str]] = {}
        for shape, number in Counter(facts.shape for facts in like(place, post)).items():
            for name, kind in dict(kinds_of(shape)).items():
                out.setdefault(name, Counter())[kind] += number
        return out

    return place.site.remembered(("fields", post.path, post.collection), count)


def like(place: Place, post: Document) -> list[Facts]:
    """The facts of the posts in the collection of `post`, without it."""

    def find() -> list[Facts]:
        return [
            facts
            for path, facts in place.site.facts.items()
            if path != post.path and facts.collection == post.collection and facts.opening_line_end is not None
        ]

    return place.site.remembered(("like", post.path, post.collection), find)


def values_of(place: Place, post: Document, name: str) -> list[tuple[str, int]]:
    """The values that the field has in other posts, the most frequent first; empty if they are hardly ever the same."""
    if name in post.roles.get("tags", ()):
        counts: Counter[str] = Counter()
        for facts in place.site.facts.values():
            if facts.path != post.path:
                counts.update({text for field, text in facts.tag_words if field.partition("[")[0] == name})
        return counts.most_common()
    place.site.look_at_fields(_AT_ONCE)
    return place.site.survey.values(name, [facts.path for facts in like(place, post)])


def role_of(post: Document, names: tuple[str, ...]) -> str | None:
    """What the field is for, if it plays a role."""
    key = ".".join(names)
    return next((text for role, text in _ROLES.items() if key in post.roles.get(role, ())), None)


# JSON Schema.


def properties(post: Document) -> dict[str, Mapping[str, Any]]:
    """The fields that the schema of `post` has."""
    root = _root(post)
    return {name: _resolved(root, below) for name, below in _properties(root, root).items()}


def of_schema(post: Document, names: tuple[str, ...]) -> Mapping[str, Any]:
    """What the schema of `post` says about the field; empty if it says nothing."""
    root = _root(post)
    at: Any = root
    for name in names:
        at = _properties(root, _resolved(root, at)).get(name, {})
    return _resolved(root, at)


def is_required(post: Document, names: tuple[str, ...]) -> bool:
    required = _root(post).get("required")
    return len(names) == 1 and isinstance(required, list) and names[0] in required


def kind_of(schema: Mapping[str, Any]) -> str:
    """The type of the values, in words; empty if there is none."""
    found: list[str] = []
    for branch in _branches(schema):
        types = branch.get("type")
        for kind in types if isinstance(types, list) else (types,):
            if isinstance(kind, str):
                found.append(_word(kind, branch))
        if "jsDate" in branch:
            found.append("date")
    return " or ".join(dict.fromkeys(found))


def _word(kind: str, schema: Mapping[str, Any]) -> str:
    if kind == "string":
        return {"date": "date", "date-time": "date with time", "uri": "address"}.get(schema.get("format", ""), "text")
    if kind == "array":
        inner = kind_of(schema["items"]) if isinstance(schema.get("items"), Mapping) else ""
        return f"list of {inner}" if inner else "list"
    words = {"boolean": "true or false", "object": "mapping", "integer": "whole number", "null": "empty"}
    return words.get(kind, kind)


def allowed_values(schema: Mapping[str, Any]) -> list[str]:
    """The values that the schema lists, as written; of a list, those of its items."""
    out: list[Any] = []
    for branch in _branches(schema):
        if isinstance(branch.get("enum"), list):
            out += branch["enum"]
        elif "const" in branch:
            out.append(branch["const"])
        elif isinstance(branch.get("items"), Mapping):
            out += allowed_values(branch["items"])
    return list(dict.fromkeys(_written(value) for value in out if value is not None))


def _written(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _root(post: Document) -> Mapping[str, Any]:
    return post.schema.json_schema() if post.schema is not None else {}


def _properties(root: Mapping[str, Any], schema: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for branch in _branches(_resolved(root, schema)):
        found = _resolved(root, branch).get("properties")
        if isinstance(found, Mapping):
            out.update(found)
    return out


def _branches(schema: Mapping[str, Any], depth: int = 5) -> Iterator[Mapping[str, Any]]:
    """The schema, or what it is made of."""
    below: Sequence[Any] = [each for key in ("anyOf", "oneOf", "allOf") for each in schema.get(key) or ()]
    if not below or "properties" in schema:
        yield schema
    for each in below if depth else ():
        if isinstance(each, Mapping):
            yield from _branches(each, depth - 1)


def _resolved(root: Mapping[str, Any], schema: Any, depth: int = 8) -> Mapping[str, Any]:
    """`schema` with references within the document followed, also in what it is made of."""
    if not isinstance(schema, Mapping):
        return {}
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/") and depth:
        at: Any = root
        for part in reference[2:].split("/"):
            at = at.get(part.replace("~1", "/").replace("~0", "~")) if isinstance(at, Mapping) else None
        return {**_resolved(root, at, depth - 1), **{key: value for key, value in schema.items() if key != "$ref"}}
    out = dict(schema)
    for key in ("anyOf", "oneOf", "allOf"):
        if depth and isinstance(schema.get(key), list):
            out[key] = [_resolved(root, each, depth - 1) for each in schema[key]]
    if depth and isinstance(schema.get("items"), Mapping):
        out["items"] = _resolved(root, schema["items"], depth - 1)
    return out
