import subprocess
import sys
from pathlib import Path

import pytest

from postlint import PostlintError
from postlint.schema import load

SCHEMAS = '''
from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

import postlint
from kinds import Kind


class BlogPost(postlint.Post):
    """A post of mine."""

    title: str
    slug: postlint.Slug | None = None
    pub_date: postlint.PublishedDate = Field(alias="pubDate")
    updated_date: postlint.UpdatedDate | None = Field(None, alias="updatedDate")
    cover: postlint.ImagePath | None = Field(None, alias="coverImage")
    tags: postlint.Tags = []
    author: Annotated[str, postlint.Reference("authors")]
    kind: Kind = "note"
    links: list[Link] = []


class Link(BaseModel):
    url: str
    more: list[Link] = []


class Lost(BaseModel):
    link: Missing


class NotOne:
    pass
'''


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "schemas.py").write_text(SCHEMAS, encoding="utf-8")
    (tmp_path / "kinds.py").write_text(
        'from typing import Literal\n\nKind = Literal["note", "essay"]\n', encoding="utf-8"
    )
    return str(tmp_path)


def test_a_users_model(folder: str) -> None:
    post = {
        "title": "A",
        "pubDate": "2024-01-31",
        "author": "ann",
        "kind": "esay",
        "links": [{"url": "a", "more": [{}]}],
    }
    for _ in range(2):
        schema = load("schemas.py:BlogPost", folder)
        assert schema.references == {"author": "authors"}
        assert [violation.location for violation in schema.violations(post)] == [
            ("kind",),
            ("links", 0, "more", 0, "url"),
        ]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("schemas.py:BlogPots", "schemas.py: it has no `BlogPots`; did you mean `BlogPost`?"),
        ("schemas.py:NotOne", "schema `schemas.py:NotOne` is a class of another kind; it must be a Pydantic model"),
        ("schemas.py:Lost", "schemas.py:31: PydanticUndefinedAnnotation: name 'Missing' is not defined"),
        ("schemas.py", "schema `schemas.py`: name a model in it, such as `schemas.py:BlogPost`"),
        ("starligth", "there is no built-in schema `starligth`; did you mean `starlight`?"),
        ("xyz", "there is no built-in schema `xyz`; the built-in schemas are `astro`, `starlight`"),
        ("none.py:A", "none.py: there is no such file"),
    ],
)
def test_errors(folder: str, source: str, message: str) -> None:
    with pytest.raises(PostlintError) as error:
        load(source, folder)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)
    assert "http" not in str(error.value)


def test_isolated_runs_no_user_code(folder: str) -> None:
    for source in ("schemas.py:BlogPost", "kinds:Kind"):
        with pytest.raises(PostlintError, match="--isolated runs no user code"):
            load(source, folder, isolated=True)
    assert load("starlight", folder, isolated=True).fields[0] == "title"


def test_the_interface_does_without_pydantic() -> None:
    code = "import sys, postlint.schema, postlint.schema.words.names, postlint.suggest; assert 'pydantic' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
