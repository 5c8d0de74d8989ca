import json
import warnings
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from postlint.schema import roles
from postlint.schema.pydantic_model import from_object


class Author(BaseModel):
    """Who wrote it."""

    name: str


class BlogPost(roles.Post):
    """A post."""

    model_config = ConfigDict(extra="forbid")
    title: str = Field(max_length=60, description="Shown in the list of posts.")
    pub_date: roles.PublishedDate = Field(alias="pubDate")
    event: datetime | None = None
    day: date | None = None
    rating: int = Field(3, ge=1, le=5)
    kind: Literal["note", "essay"] = "note"
    authors: list[Author] = []
    hook: Callable[[], None] | None = None
    odd: Any = object()


def described() -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return json.loads(json.dumps(from_object(BlogPost, "test").json_schema()))


def test_form() -> None:
    schema = described()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert (schema["title"], schema["description"], schema["type"]) == ("BlogPost", "A post.", "object")
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["title", "pubDate"]
    assert schema["$defs"]["Author"]["required"] == ["name"]


def test_fields() -> None:
    fields = described()["properties"]
    assert fields["title"] == {
        "type": "string",
        "maxLength": 60,
        "title": "Title",
        "description": "Shown in the list of posts.",
    }
    assert fields["rating"] == {"type": "integer", "minimum": 1, "maximum": 5, "default": 3, "title": "Rating"}
    assert fields["kind"]["enum"] == ["note", "essay"]
    assert fields["authors"]["items"] == {"$ref": "#/$defs/Author"}
    assert fields["pubDate"]["title"] == "Pub date"


def test_dates_are_text_with_or_without_a_time() -> None:
    fields = described()["properties"]
    day, instant = {"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}
    assert fields["pubDate"]["anyOf"] == [day, instant]
    assert fields["event"]["anyOf"] == [day, instant, {"type": "null"}]
    assert fields["day"]["anyOf"] == [day, {"type": "null"}]


def refuses(part: dict[str, Any], value: Any) -> bool:
    """As much of JSON Schema as the posts below need."""
    return (
        ("maxLength" in part and len(value) > part["maxLength"])
        or ("maximum" in part and value > part["maximum"])
        or ("enum" in part and value not in part["enum"])
        or (part.get("type") == "array" and not isinstance(value, list))
    )


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [("title", "x" * 60, "x" * 61), ("rating", 5, 6), ("kind", "essay", "poem"), ("authors", [], "Ann")],
)
def test_says_what_the_model_says(key: str, good: Any, bad: Any) -> None:
    model, part = from_object(BlogPost, "test"), described()["properties"][key]
    for value in (good, bad):
        post = {"title": "A", "pubDate": "2024-01-31", key: value}
        assert bool(model.violations(post)) == refuses(part, value) == (value is bad)


def test_requires_and_forbids_what_the_model_does() -> None:
    model, schema = from_object(BlogPost, "test"), described()
    assert {v.location[0] for v in model.violations({}) if v.kind == "missing"} == set(schema["required"])
    post = {"title": "A", "pubDate": "2024-01-31", "mood": "fine"}
    assert [v.location for v in model.violations(post)] == [("mood",)]
    assert "mood" not in schema["properties"]
