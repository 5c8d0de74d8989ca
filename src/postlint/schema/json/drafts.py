"""JSON Schema of older drafts as one of 2020-12, the form that is printed."""

from collections.abc import Callable, Mapping
from typing import Any

NEWEST = "https://json-schema.org/draft/2020-12/schema"
_OLDER = ("http://json-schema.org/draft-04/", "http://json-schema.org/draft-06/", "http://json-schema.org/draft-07/")
_MAPS = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_ONES = (
    *("items", "additionalItems", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else"),
    *("unevaluatedItems", "unevaluatedProperties"),
)
_DAYS: list[dict[str, Any]] = [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]


def modern(definition: Any) -> dict[str, object]:
    """`definition`, of any draft from 4 on, as 2020-12; `jsDate`, which only postlint knows, as text with a date,
    and without the other keywords of its own."""
    if not isinstance(definition, Mapping):
        return {"$schema": NEWEST, **({} if definition else {"not": {}})}
    older = str(definition.get("$schema", "")).startswith(_OLDER)
    made = rewritten(definition, _newer if older else _shown)
    return {"$schema": NEWEST, **{key: value for key, value in made.items() if key != "$schema"}}


def rewritten(schema: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """A copy of `schema` with `change` applied to every subschema, the inner ones first."""
    if isinstance(schema, list):
        return [rewritten(item, change) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    made: dict[str, Any] = dict(schema)
    for key, value in schema.items():
        if key in _MAPS and isinstance(value, Mapping):
            made[key] = {name: rewritten(below, change) for name, below in value.items()}
        elif key == "dependencies" and isinstance(value, Mapping):
            made[key] = {
                n: below if isinstance(below, list) else rewritten(below, change) for n, below in value.items()
            }
        elif key in _LISTS or key in _ONES:
            made[key] = rewritten(value, change)
    return change(made)


def _shown(schema: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in schema.items() if key not in ("jsDate", "jsCoerced") and key[:2] != "x-"}
    return {**kept, "anyOf": _DAYS} if "jsDate" in schema else kept


def _newer(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        # Before 2019-09, keywords beside a reference do not count.
        kept = {key: value for key, value in schema.items() if key in ("$id", "definitions")}
        schema = {**kept, "$ref": str(schema["$ref"]).replace("#/definitions/", "#/$defs/")}
    out = _shown(schema)
    out = {{"definitions": "$defs", "id": "$id"}.get(key, key): value for key, value in out.items()}
    if isinstance(out.get("items"), list):
        out["prefixItems"] = out.pop("items")
        if "additionalItems" in out:
            out["items"] = out["additionalItems"]
    out.pop("additionalItems", None)
    for limit in ("Minimum", "Maximum"):
        if isinstance(out.get(f"exclusive{limit}"), bool):
            strict = out.pop(f"exclusive{limit}")
            if strict and limit.lower() in out:
                out[f"exclusive{limit}"] = out.pop(limit.lower())
    dependencies = out.pop("dependencies", None)
    if isinstance(dependencies, Mapping):
        out["dependentRequired"] = {key: value for key, value in dependencies.items() if isinstance(value, list)}
        out["dependentSchemas"] = {key: value for key, value in dependencies.items() if not isinstance(value, list)}
    return out
