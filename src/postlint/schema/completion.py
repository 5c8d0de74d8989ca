"""Values that a site's posts have, put into a JSON Schema for editors to offer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

_MOST = 50
_LONGEST = 60


def with_examples(schema: Mapping[str, Any], posts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """`schema` (2020-12) with `examples` at the top-level fields of text, and at lists of text, that few values fill.

    Examples, not `enum`: a value that no post has yet is not a mistake. The most frequent come first.
    """
    counted: dict[str, Counter[str]] = {}
    for data in posts:
        for key, value in data.items():
            texts = value if isinstance(value, list) else [value]
            counted.setdefault(key, Counter()).update(t for t in texts if isinstance(t, str) and 0 < len(t) <= _LONGEST)
    fields = {key: _offered(field, counted.get(key, Counter())) for key, field in _properties(schema).items()}
    return {**schema, "properties": fields} if fields else dict(schema)


def _offered(field: Any, values: Counter[str]) -> Any:
    """`field` with the values that it has in posts, if these are few and come again."""
    few = 0 < len(values) <= _MOST and values.total() >= 2 * len(values)
    return _with(field, [value for value, _ in values.most_common()]) if few else field


def _with(field: Any, known: list[str]) -> Any:
    if not isinstance(field, Mapping) or field.keys() & {"enum", "const", "format", "examples"}:
        return field
    if isinstance(field.get("anyOf"), list):
        return {**field, "anyOf": [_with(branch, known) for branch in field["anyOf"]]}
    if field.get("type") == "array" and "items" in field:
        return {**field, "items": _with(field["items"], known)}
    return {**field, "examples": known} if field.get("type") == "string" else field


def _properties(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    found = schema.get("properties")
    return found if isinstance(found, Mapping) else {}
