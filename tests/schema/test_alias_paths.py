"""`postlint schema` describes the keys that a model takes, where an alias is a path or a choice of several."""

import json

import jsonschema_rs
import pytest
from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, Field, TypeAdapter

from postlint.schema.json.output import describe


class Post(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str = Field(validation_alias=AliasPath("seo", "title"))
    text: str | None = Field(None, validation_alias=AliasPath("seo", "text"))
    day: str = Field(validation_alias=AliasChoices("date", "pubDate", AliasPath("meta", "date")))
    first: str | None = Field(None, validation_alias=AliasPath("images", 1))
    slug: str | None = Field(None, validation_alias="path")


GOOD = [
    {"seo": {"title": "A"}, "date": "x"},
    {"seo": {"title": "A", "text": "B"}, "pubDate": "x", "path": "c"},
    {"seo": {"title": "A"}, "meta": {"date": "x"}, "images": ["a", "b"]},
]
BAD = [
    {"title": "A", "date": "x"},
    {"seo": {}, "date": "x"},
    {"seo": {"title": "A"}},
    {"seo": {"title": 5}, "date": "x"},
]


@pytest.mark.parametrize("data", [*GOOD, *BAD], ids=json.dumps)
def test_the_printed_schema_takes_what_the_model_takes(data):
    adapter = TypeAdapter(Post)
    described = describe(adapter)
    printed = jsonschema_rs.validator_for(described).is_valid(data)
    assert printed is (data in GOOD)
    try:
        adapter.validate_python(data)
        taken = True
    except ValueError:
        taken = False
    assert taken is printed
