import json
import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from postlint.schema import roles
from postlint.schema.completion import with_examples
from postlint.schema.json.schema import JsonSchema
from postlint.schema.models.pydantic_model import from_object


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


class Note(BaseModel):
    kind: Literal["note"]
    text: str


class Essay(BaseModel):
    kind: Literal["essay"]
    pages: int


class Everything(roles.Post):
    model_config = ConfigDict(extra="forbid")
    title: str = Field(min_length=2, max_length=9)
    pub_date: roles.PublishedDate | None = Field(None, alias="pubDate")
    event: datetime | None = None
    day: date | None = None
    slug: roles.Slug | None = Field(None, pattern="^[a-z-]+$")
    tags: roles.Tags | None = None
    few: list[str] = Field([], min_length=1, max_length=2)
    draft: roles.Draft | None = None
    kind: Literal["note", "essay"] = "note"
    rating: float | None = Field(None, gt=0, le=5, multiple_of=0.5)
    author: str | Author | None = None
    authors: list[Author] = []
    part: Note | Essay | None = Field(None, discriminator="kind")
    links: dict[str, str] = {}
    number: int | str | None = None


DAY = datetime(2024, 1, 31, tzinfo=UTC)
VALUES = [
    *[{"title": value} for value in (None, 5, True, "a", "abc", "ten letters", ["a"])],
    *[
        {"pubDate": value}
        for value in (None, 2024, "soon", "2024-02-30", "2024-1-5", "2024-01-31", DAY, DAY.date(), [])
    ],
    *[{"event": value} for value in (5, "2024-01-31", "2024-01-31T10:00:00Z", DAY, "x")],
    *[{"slug": value} for value in ("a-b", "A b", 5)],
    *[{"tags": value} for value in ("a, b", ["a", 1], [], {"a": 1}, None)],
    *[{"few": value} for value in ([], ["a"], ["a", "b", "c"])],
    *[{"draft": value} for value in ("yes", "true", 1, True)],
    *[{"kind": value} for value in ("esay", None, 3, "essay")],
    *[{"rating": value} for value in (0, 5, 5.5, 4.3, "4", True)],
    *[{"author": value} for value in ("A", {"name": "A"}, {"name": 5}, {}, 5, ["A"])],
    *[{"authors": value} for value in ([{}], [{"name": 5}], [5], {}, [{"name": "A"}])],
    *[{"part": value} for value in ({"kind": "note"}, {"kind": "essay", "pages": "x"}, {"kind": "poem"}, 5)],
    *[{"links": value} for value in ({"a": "b"}, {"a": 1}, "a")],
    *[{"number": value} for value in (5, "a", [])],
    {"mood": "fine"},
    {"tag": ["a"]},
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_printed_and_read_again_it_says_the_same(value: dict[str, Any]) -> None:
    model = from_object(Everything, "test")
    again = JsonSchema(json.loads(json.dumps(model.json_schema())))
    post = {"title": "A post", **value}
    said, repeated = ({(v.kind, v.location, v.message) for v in each.violations(post)} for each in (model, again))
    assert repeated == said


def test_what_posts_have_is_offered() -> None:
    posts = [{"title": str(n), "tags": ["a", "b" if n % 2 else "c"], "slug": "x", "kind": "note"} for n in range(10)]
    fields = with_examples(from_object(Everything, "test").json_schema(), posts)["properties"]
    assert fields["tags"]["anyOf"][0]["items"]["examples"] == ["a", "c", "b"]
    assert fields["slug"]["anyOf"][0]["examples"] == ["x"]
    assert "examples" not in json.dumps([fields["title"], fields["kind"]])


def test_requires_and_forbids_what_the_model_does() -> None:
    model, schema = from_object(BlogPost, "test"), described()
    assert {v.location[0] for v in model.violations({}) if v.kind == "missing"} == set(schema["required"])
    post = {"title": "A", "pubDate": "2024-01-31", "mood": "fine"}
    assert [v.location for v in model.violations(post)] == [("mood",)]
    assert "mood" not in schema["properties"]
