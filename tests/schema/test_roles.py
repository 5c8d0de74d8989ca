from dataclasses import dataclass
from typing import Annotated, Any, Literal, Required

import pytest
from pydantic import AliasChoices, AliasPath, BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.alias_generators import to_camel
from typing_extensions import TypedDict

from postlint import PostlintError
from postlint.schema import Violation, roles
from postlint.schema.models.pydantic_model import from_object


class Photo(BaseModel):
    src: roles.ImagePath
    credit: Annotated[str, roles.Reference("people")] | None = None


class BlogPost(roles.Post):
    title: roles.Title
    slug: roles.Slug | None = None
    pub_date: roles.PublishedDate = Field(alias="pubDate")
    updated: Annotated[roles.UpdatedDate | None, Field(alias="updatedDate")] = None
    expires: roles.ExpiryDate | None = Field(
        None, validation_alias=AliasChoices("expires", AliasPath("meta", "expires"))
    )
    cover: Photo | str | None = None
    images: list[roles.ImagePath] = []
    gallery: list[Photo] = []
    authors: list[Annotated[str, roles.Reference("authors")]] = []
    related: list["BlogPost"] = []
    tags: roles.Tags = []
    draft: roles.Draft = False


class Camel(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="forbid")
    cover_image: Annotated[roles.ImagePath, Field(max_length=50)]


@dataclass
class Plain:
    slug: roles.Slug
    kind: Literal["a"] = "a"


class Typed(TypedDict, total=False):
    day: Required[roles.PublishedDate]
    pic: Annotated[roles.ImagePath, Field(alias="picture")]


class Other(BaseModel):
    kind: Literal["other"]
    hero: roles.ImagePath


def test_roles_of_a_post() -> None:
    schema = from_object(BlogPost, "test")
    assert schema.fields[:6] == ("title", "slug", "pubDate", "pub_date", "updatedDate", "updated")
    assert not schema.forbids_extra
    own = {role: tuple(k for k in keys if not k.startswith("related")) for role, keys in schema.roles.items()}
    assert own == {
        "title": ("title",),
        "slug": ("slug",),
        "published": ("pubDate", "pub_date"),
        "updated": ("updatedDate", "updated"),
        "expires": ("expires", "meta.expires"),
        "image": ("cover.src", "images", "gallery.src"),
        "tags": ("tags",),
        "draft": ("draft",),
    }
    assert schema.references["authors"] == "authors"
    assert schema.references["gallery.credit"] == "people"


@pytest.mark.parametrize(
    ("model", "fields", "marked", "forbids"),
    [
        (Camel, ("coverImage",), {"image": ("coverImage",)}, True),
        (Plain, ("slug", "kind"), {"slug": ("slug",)}, False),
        (Typed, ("day", "picture"), {"published": ("day",), "image": ("picture",)}, False),
        (TypeAdapter(Camel), ("coverImage",), {"image": ("coverImage",)}, True),
        (Plain | Other, ("slug", "kind", "hero"), {"slug": ("slug",), "image": ("hero",)}, False),
        (Annotated[Other | Camel, "x"], ("kind", "hero", "coverImage"), {"image": ("hero", "coverImage")}, False),
    ],
)
def test_other_models(model: Any, fields: tuple[str, ...], marked: dict[str, tuple[str, ...]], forbids: bool) -> None:
    schema = from_object(model, "test")
    assert (schema.fields, schema.roles, schema.forbids_extra) == (fields, marked, forbids)


@pytest.mark.parametrize("found", [5, "text", str, list[str], [BlogPost], BlogPost.model_validate])
def test_what_is_no_model(found: Any) -> None:
    with pytest.raises(PostlintError, match=r"schema `test` is .*; it must be a Pydantic model"):
        from_object(found, "test")


def test_locations_are_as_written() -> None:
    schema = from_object(BlogPost, "test")
    post = {"title": "A", "pub_date": "soon", "updatedDate": 5, "meta": {"expires": "never"}, "gallery": [{"src": 1}]}
    assert [violation.location for violation in schema.violations(post)] == [
        ("pub_date",),
        ("updatedDate",),
        ("meta", "expires"),
        ("gallery", 0, "src"),
    ]
    assert schema.violations({})[1] == Violation("missing", ("pubDate",), "`pubDate` is missing")


def test_unknown_keys() -> None:
    class Inner(BaseModel):
        model_config = ConfigDict(extra="forbid")
        url: str

    class Strict(roles.Post):
        model_config = ConfigDict(extra="forbid")
        title: str = ""
        pub_date: str = Field("", alias="pubDate")
        links: list[Inner | str] = []

    schema = from_object(Strict, "test")
    assert schema.forbids_extra
    post = {"pubdate": "x", "titel": "x", "mood": "x", "links": [{"url": "a"}, {"url": "a", "ulr": "b"}]}
    assert [(v.location, v.suggestion, v.certain) for v in schema.violations(post)] == [
        (("links", 1, "ulr"), None, False),
        (("pubdate",), "pubDate", True),
        (("titel",), "title", False),
        (("mood",), None, False),
    ]
    assert [v.message for v in schema.violations({"titel": "x", "links": [{"ulr": "a", "url": "b"}]})] == [
        "`links[0].ulr` is not a known field",
        "`titel` is not a known field; did you mean `title`?",
    ]
    assert {v.kind for v in schema.violations(post)} == {"unknown"}


def test_failing_user_code_is_one_line() -> None:
    class Failing(BaseModel):
        a: Annotated[str, Field(default_factory=lambda: {}["x"])]

    with pytest.raises(PostlintError, match=r"KeyError: 'x'$"):
        from_object(Failing, "test").violations({})
