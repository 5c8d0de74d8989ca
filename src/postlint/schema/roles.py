"""The parts of a user's model: `Post`, and annotated types that give a field its role."""

from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticKnownError, core_schema

METADATA = "postlint"
"""The key of the markers in a core schema's metadata."""


class Post(BaseModel):
    """The front matter of a post, as a Pydantic model to derive from.

    Fields take their alias and their name. Keys that no field knows are let pass, unless the model says
    `model_config = ConfigDict(extra="forbid")`.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True)


class Role(NamedTuple):
    """Marks the field that plays a role: `Annotated[str, Role("slug")]`."""

    name: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _mark(handler(source), "role", self.name)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described = handler(schema)
        if self.name in _DESCRIPTIONS and "$ref" not in described:
            described.setdefault("description", _DESCRIPTIONS[self.name])
        return described


class Reference(NamedTuple):
    """Marks a field whose value must be an entry of the site's data: `Annotated[str, Reference("authors")]`."""

    to: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _mark(handler(source), "reference", self.to)


class _ToPublish(NamedTuple):
    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return _mark(handler(source), "publish", "required")


RequiredToPublish = _ToPublish()
"""Marks a field that a draft may leave out or empty, and a published post must have:
`Annotated[str | None, RequiredToPublish] = None`."""


class Day(NamedTuple):
    """Marks a date with or without a time of day: a date of YAML or TOML, or ISO 8601 in quotes."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_read_day)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}


def _read_day(value: object) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        from postlint.schema.dates import read

        found = read(value)
        if found is not None:
            return found
        raise PydanticKnownError("datetime_parsing", {"error": "not in ISO 8601"})
    raise PydanticKnownError("datetime_type")


def _mark(schema: CoreSchema, key: str, value: str) -> CoreSchema:
    # A named schema is shared by all fields of that type, so it must not get the mark.
    shared = "ref" in schema or schema["type"] == "definition-ref"
    marked: dict[str, Any] = {"type": "chain", "steps": [schema]} if shared else {**schema}
    marks = {**marked.get("metadata", {}).get(METADATA, {}), key: value}
    marked["metadata"] = {**marked.get("metadata", {}), METADATA: marks}
    return marked


_DESCRIPTIONS = {
    "slug": "The last part of the post's address.",
    "published": "When the post is published.",
    "updated": "When the post was last changed.",
    "expires": "When the post is removed from the site.",
    "image": "An image file, as the site's templates expect it.",
    "draft": "Whether the post is a draft, which is not published.",
}

Title = Annotated[str, Role("title")]
Description = Annotated[str, Role("description")]
Slug = Annotated[str, Role("slug")]
PublishedDate = Annotated[date, Day(), Role("published")]
UpdatedDate = Annotated[date, Day(), Role("updated")]
ExpiryDate = Annotated[date, Day(), Role("expires")]
ImagePath = Annotated[str, Role("image")]
Tags = Annotated[list[str], Role("tags")]
Draft = Annotated[bool, Role("draft")]
