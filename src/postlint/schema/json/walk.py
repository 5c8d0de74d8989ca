"""Questions to a JSON Schema: which keys a mapping may have, and whether it may have others."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin

from postlint.errors import PostlintError
from postlint.schema import Location

_ALL = ("allOf", "anyOf", "oneOf")
_ONE = ("if", "then", "else")


class _Place(NamedTuple):
    """A subschema, and the address of the document that its references count from."""

    schema: Any
    uri: str


class JsonWalk:
    """`retrieve` gives the document at an address, as the validator gets it. Other references are left out."""

    def __init__(self, definition: Any, uri: str, retrieve: Callable[[str], Any]) -> None:
        self._root = _Place(definition, uri)
        self._retrieve = retrieve
        self._known: dict[tuple[Location, str], Any] = {}

    def keys_at(self, location: Location) -> list[str]:
        """The keys that the mapping at `location` may have."""
        return list(dict.fromkeys(key for leaf in self._at(location) for key in _properties(leaf.schema)))

    def annotation(self, location: Location, keyword: str) -> Any:
        """The value of `keyword` in the schema of the value at `location`; if it has none, in that of what holds it."""
        found = (self.own(location[:size], keyword) for size in range(len(location), 0, -1))
        return next((value for value in found if value is not None), None)

    def own(self, location: Location, keyword: str) -> Any:
        """The value of `keyword` in the schema of the value at `location` itself."""
        if (location, keyword) not in self._known:
            leaves = self._at(location)
            self._known[location, keyword] = next((e.schema[keyword] for e in leaves if keyword in e.schema), None)
        return self._known[location, keyword]

    def forbids_extra(self) -> bool:
        """Whether a top-level key is refused that no `properties` names."""
        return any(
            leaf.schema.get(keyword) is False
            for leaf in self._leaves(self._root, ("allOf",))
            for keyword in ("additionalProperties", "unevaluatedProperties")
        )

    def marks(self, keyword: str) -> Iterator[tuple[str, str]]:
        """(key, text) of each top-level field, or list as one, whose schema has `keyword`."""
        for leaf in self._leaves(self._root):
            for key, schema in _properties(leaf.schema).items():
                for field in self._leaves(_Place(schema, leaf.uri)):
                    for found in (field.schema, field.schema.get("items")):
                        if isinstance(found, dict) and isinstance(found.get(keyword), str):
                            yield key, found[keyword]

    def _at(self, location: Location) -> list[_Place]:
        here = list(self._leaves(self._root))
        for step in location:
            here = [leaf for place in here for below in _below(place, step) for leaf in self._leaves(below)]
        return here

    def _leaves(self, place: _Place, into: tuple[str, ...] = _ALL, depth: int = 0) -> Iterator[_Place]:
        """`place`, and the other schemas that apply to the same value."""
        schema = place.schema
        if not isinstance(schema, dict) or depth > 50:
            return
        yield place
        if isinstance(schema.get("$ref"), str) and (target := self._resolve(schema["$ref"], place.uri)):
            yield from self._leaves(target, into, depth + 1)
        for keyword in into:
            for branch in schema[keyword] if isinstance(schema.get(keyword), list) else ():
                yield from self._leaves(_Place(branch, place.uri), into, depth + 1)
        for keyword in _ONE if into is _ALL else ():
            yield from self._leaves(_Place(schema.get(keyword), place.uri), into, depth + 1)

    def _resolve(self, reference: str, uri: str) -> _Place | None:
        # Addresses with a scheme of postlint's own cannot be joined.
        address, fragment = urldefrag(
            uri.partition("#")[0] + reference if reference[:1] == "#" else urljoin(uri, reference)
        )
        try:
            found = self._root.schema if address == urldefrag(self._root.uri).url else self._retrieve(address)
        except PostlintError:
            return None
        for step in fragment.split("/")[1:] if fragment.startswith("/") else ():
            step = unquote(step).replace("~1", "/").replace("~0", "~")
            if isinstance(found, list):
                found = found[int(step)] if step.isdecimal() and int(step) < len(found) else None
            else:
                found = found.get(step) if isinstance(found, dict) else None
        return _Place(found, address) if fragment.startswith("/") or not fragment else None


def _properties(schema: Any) -> dict[str, Any]:
    found = schema.get("properties")
    return found if isinstance(found, dict) else {}


def _below(place: _Place, step: str | int) -> Iterator[_Place]:
    schema = place.schema
    if isinstance(step, str):
        found = _properties(schema).get(step, schema.get("additionalProperties"))
        yield _Place(found, place.uri)
        return
    first = schema.get("prefixItems", schema.get("items"))
    if isinstance(first, list):
        rest = schema.get("items") if "prefixItems" in schema else schema.get("additionalItems")
        yield _Place(first[step] if step < len(first) else rest, place.uri)
    else:
        yield _Place(first, place.uri)
