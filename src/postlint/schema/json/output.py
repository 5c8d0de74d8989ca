"""A Pydantic schema as JSON Schema, in the form that editors understand."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic.errors import PydanticInvalidForJsonSchema
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\WA-Z_]+")
_DAY = {"type": "string", "format": "date"}
_INSTANT = {"type": "string", "format": "date-time"}


def describe(adapter: TypeAdapter[Any]) -> dict[str, object]:
    """The JSON Schema (2020-12) of what `adapter` validates, with keys as written in posts."""
    described = adapter.json_schema(by_alias=True, schema_generator=_Generator, mode="validation")
    return {"$schema": _Generator.schema_dialect, **described}


def _describe_paths(described: JsonSchemaValue, key: str, paths: list[list[str | int]], required: bool) -> None:
    """Put the field that is described under `key` where each of `paths` leads; any one of them will do."""
    properties = described.setdefault("properties", {})
    schema = properties.pop(key, {})
    needed = [each for each in described.get("required", ()) if each != key]
    ways = []
    for path in paths:
        first, *rest = path
        nested = _nested(schema, rest)
        there = properties.get(first)
        properties[first] = _merged(there, nested) if there and rest else nested
        ways.append({"required": [first], **({"properties": {first: _required(rest)}} if rest else {})})
    if required and len(paths) == 1 and len(paths[0]) == 1:
        needed.append(str(paths[0][0]))
    elif required:
        described.setdefault("allOf", []).append({"anyOf": ways} if len(ways) > 1 else ways[0])
    described.pop("required", None)
    if needed:
        described["required"] = needed


def _nested(schema: JsonSchemaValue, path: list[str | int]) -> JsonSchemaValue:
    """What holds `schema` at the end of `path`."""
    for step in reversed(path):
        if isinstance(step, int):
            schema = (
                {"type": "array", "prefixItems": [*({} for _ in range(step)), schema]}
                if step >= 0
                else {"type": "array"}
            )
        else:
            schema = {"type": "object", "properties": {step: schema}}
    return schema


def _required(path: list[str | int]) -> JsonSchemaValue:
    """What asks for something at the end of `path`."""
    schema: JsonSchemaValue = {}
    for step in reversed(path):
        if isinstance(step, int):
            schema = {"minItems": step + 1} if step >= 0 else {"minItems": -step}
        else:
            schema = {"required": [step], **({"properties": {step: schema}} if schema else {})}
    return schema


def _merged(one: JsonSchemaValue, other: JsonSchemaValue) -> JsonSchemaValue:
    """A schema of what both describe."""
    if one.get("type") == other.get("type") == "object" and "properties" in one:
        properties = dict(one["properties"])
        for key, value in other["properties"].items():
            properties[key] = _merged(properties[key], value) if key in properties else value
        return {**one, "properties": properties}
    return {"allOf": [one, other]}


class _Generator(GenerateJsonSchema):
    # An editor does not need a default that JSON cannot express.
    ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012

    def datetime_schema(self, schema: core_schema.DatetimeSchema) -> JsonSchemaValue:
        """An editor sees the text; a day alone is a time for YAML and for Pydantic."""
        return {"anyOf": [dict(_DAY), dict(_INSTANT)]}

    def _named_required_fields_schema(self, named_required_fields: Sequence[tuple[str, bool, Any]]) -> JsonSchemaValue:
        """Pydantic describes one key of a field that has several, and the field's own name for a path of keys."""
        described = super()._named_required_fields_schema(named_required_fields)
        for name, required, field in named_required_fields:
            alias = field.get("validation_alias")
            if isinstance(alias, list) and alias:
                paths = alias if isinstance(alias[0], list) else [alias]
                _describe_paths(described, self._get_alias_name(field, name), paths, required)
        return described

    def get_title_from_name(self, name: str) -> str:
        words = _WORD.findall(name)
        return " ".join(words).capitalize() if words else name

    def handle_invalid_for_json_schema(self, schema: Any, error_info: str) -> JsonSchemaValue:
        """Constraints that JSON Schema cannot express are left out."""
        return {}

    def encode_default(self, dft: Any) -> Any:
        try:
            return super().encode_default(dft)
        except (PydanticInvalidForJsonSchema, ValueError, TypeError):
            return None
