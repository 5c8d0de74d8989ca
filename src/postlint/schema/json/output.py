"""A Pydantic schema as JSON Schema, in the form that editors understand."""

import re
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


class _Generator(GenerateJsonSchema):
    # An editor does not need a default that JSON cannot express.
    ignored_warning_kinds = {"skipped-choice", "non-serializable-default"}  # noqa: RUF012

    def datetime_schema(self, schema: core_schema.DatetimeSchema) -> JsonSchemaValue:
        """An editor sees the text; a day alone is a time for YAML and for Pydantic."""
        return {"anyOf": [dict(_DAY), dict(_INSTANT)]}

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
