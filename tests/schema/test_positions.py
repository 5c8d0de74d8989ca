"""Where findings about a schema stand, in every language of front matter, whatever the schema is written in."""

import json

import pytest

from postlint.checking.checker import Checker
from postlint.diagnostics import order
from postlint.files.files import Files
from postlint.frameworks import load
from postlint.projects.project import Project
from postlint.settings import CollectionConfig, Config

MODEL = """
from typing import Annotated, Literal
from pydantic import BaseModel, ConfigDict, Field, HttpUrl

class Author(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    url: HttpUrl | None = None

class Post(BaseModel):
    model_config = ConfigDict(extra="forbid")
    title: str
    rating: int | None = Field(None, ge=1, le=5)
    kind: Literal["note", "essay"] | None = None
    tags: list[str] = []
    authors: list[Author] = []
    cover: Author | None = None
"""
AUTHOR = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {"name": {"type": "string"}, "url": {"type": "string", "format": "uri"}},
}
SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "definitions": {"author": AUTHOR},
    "type": "object",
    "additionalProperties": False,
    "required": ["title"],
    "properties": {
        "title": {"type": "string"},
        "rating": {"type": ["integer", "null"], "minimum": 1, "maximum": 5},
        "kind": {"enum": ["note", "essay"]},
        "tags": {"type": "array", "items": {"type": "string"}},
        "authors": {"type": "array", "items": {"$ref": "#/definitions/author"}},
        "cover": {"anyOf": [{"$ref": "#/definitions/author"}, {"type": "null"}]},
    },
}

CASES = [
    # YAML: plain, quoted, block, flow, items, nested
    ("---\ntitle: ⟦2024⟧\n---\n", ["`title` must be text, not a number (put it in quotes)"]),
    ("---\ntitle: A\nrating: ⟦9⟧ # of 5\n---\n", ["`rating` must be at most 5, not 9"]),
    ("---\ntitle: A\nkind: ⟦'esay'⟧\n---\n", ["`kind` must be one of `note`, `essay`; did you mean `essay`?"]),
    ("---\ntitle: A\nkind: ⟦|\n  esay⟧\n---\n", ["`kind` must be one of `note`, `essay`; did you mean `essay`?"]),
    ("---\ntitle: A\ntags: [a, ⟦1⟧]\n---\n", ["`tags[1]` must be text, not a number (put it in quotes)"]),
    ("---\ntitle: A\ntags:\n  - a\n  - ⟦true⟧\n---\n", ["`tags[1]` must be text, not `true` (put it in quotes)"]),
    ("---\ntitle: A\ntags: ⟦a, b⟧\n---\n", ["`tags` must be a list, not text"]),
    ("---\ntitle: A\nauthors:\n  - name:⟦⟧\n---\n", ["`authors[0].name` must be text, but it is empty"]),
    ("---\ntitle: A\nauthors:\n  - ⟦url: https://a.b/⟧\n---\n", ["`authors[0].name` is missing"]),
    ("---\ntitle: A\n⟦cover⟧: {}\n---\n", ["`cover.name` is missing"]),
    ("---⟦⟧\nkind: note\n---\n", ["`title` is missing"]),
    ("---\ntitle: A\n⟦raiting⟧: 3\n---\n", ["`raiting` is not a known field; did you mean `rating`?"]),
    ("---\ntitle: A\n⟦tag⟧: [a]\n---\n", ["`tag` is not a known field; did you mean `tags`?"]),
    ("---\ntitle: A\ncover: {name: B, ⟦link⟧: c}\n---\n", ["`cover.link` is not a known field"]),
    # anchors and merge keys point to where the text stands
    ("---\ntitle: &t ⟦5⟧\n---\n", ["`title` must be text, not a number (put it in quotes)"]),
    (
        "---\ntitle: A\nauthors:\n  - &a {name: ⟦1⟧}\ncover: *a\n---\n",
        [
            "`authors[0].name` must be text, not a number (put it in quotes)",
            "`cover.name` must be text, not a number (put it in quotes)",
        ],
    ),
    (
        "---\ntitle: A\nauthors:\n  - &a {name: B, url: ⟦c⟧}\ncover:\n  <<: *a\n  name: D\n---\n",
        [
            "`authors[0].url` must be a full web address such as `https://example.com/`, not `c`",
            "`cover.url` must be a full web address such as `https://example.com/`, not `c`",
        ],
    ),
    # TOML: dotted keys, tables, arrays of tables
    ("+++\ntitle = ⟦5⟧\n+++\n", ["`title` must be text, not a number (put it in quotes)"]),
    ('+++\ntitle = "A"\ncover.name = ⟦5⟧\n+++\n', ["`cover.name` must be text, not a number (put it in quotes)"]),
    ('+++\ntitle = "A"\n[cover]\nname = "B"\n⟦ulr⟧ = "c"\n+++\n', ["`cover.ulr` is not a known field; did you mean `url`?"]),
    (
        '+++\ntitle = "A"\n[[authors]]\nname = "B"\n[[authors]]\nname = ⟦true⟧\n+++\n',
        ["`authors[1].name` must be text, not `true` (put it in quotes)"],
    ),
    ("+++⟦⟧\n+++\n", ["`title` is missing"]),
    # JSON
    ('{\n"title": ⟦5⟧\n}\n', ["`title` must be text, not a number (put it in quotes)"]),
    ('{\n"title": "A", "tags": ["a", ⟦null⟧]\n}\n', ["`tags[1]` must be text, but it is empty"]),
    ('{\n"title": "A", ⟦"colour"⟧: 1\n}\n', ["`colour` is not a known field"]),
    # nothing wrong
    ("---\ntitle: A\nrating: 5\nkind: note\ntags: [a]\nauthors: [{name: B, url: 'https://a.b/'}]\n---\n", []),
]  # fmt: skip


def unmarked(text):
    start = text.find("⟦")
    return text.replace("⟦", "").replace("⟧", ""), (start, text.find("⟧") - 1)


@pytest.fixture(params=["schemas.py:Post", "post.schema.json"])
def checker(request, tmp_path):
    (tmp_path / "schemas.py").write_text(MODEL)
    (tmp_path / "post.schema.json").write_text(json.dumps(SCHEMA))
    config = Config(root=str(tmp_path), collections=(CollectionConfig("all", ("**",), schema=request.param),))
    return Checker(Project(str(tmp_path), Files(str(tmp_path)), load("none")(Files(str(tmp_path))), config))


def found(checker, post, path="a.md"):
    checked = order(checker.check(path, post.encode()).diagnostics)
    return [d for d in checked if d.rule.startswith("schema-")]


@pytest.mark.parametrize(("post", "messages"), CASES)
def test_a_model_and_a_json_schema_say_the_same_at_the_same_place(checker, post, messages):
    text, span = unmarked(post)
    diagnostics = found(checker, text)
    assert [d.message for d in diagnostics] == messages
    assert {(d.start.offset, d.end.offset) for d in diagnostics} <= {span}
