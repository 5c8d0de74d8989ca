"""Schemas that are there by name: the fields which a framework or theme itself reads."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from postlint.schema.roles import Description, Draft, ImagePath, Post, Role, Slug, Tags, Title, UpdatedDate

# As Zod's `optional()`: the key may be missing but not empty, so the type does not include None.
OPTIONAL: Any = Field(default_factory=lambda: None)

# Text is read as JavaScript does (`Jul 08 2022`), and the rule `date-invalid` knows what it accepts.
_Published = Annotated[date | str, Role("published")]
_Updated = Annotated[date | str, Role("updated")]
_Expires = Annotated[date | str, Role("expires")]


class Astro(Post):
    """A post of an Astro collection without a schema of its own: nothing is required."""

    title: Title | None = None
    description: Description | None = None
    slug: Slug = OPTIONAL
    pubDate: _Published | None = None
    publishDate: _Published | None = None
    date: _Published | None = None
    updatedDate: _Updated | None = None
    expiryDate: _Expires | None = None
    heroImage: ImagePath | None = None
    coverImage: ImagePath | None = None
    tags: Tags | None = None
    draft: Draft | None = None


# @astrojs/starlight 0.42, schema.ts and schemas/*.ts


class StarlightHead(BaseModel):
    """A tag to add to the page's `<head>`."""

    tag: Literal["title", "base", "link", "style", "meta", "script", "noscript", "template"]
    attrs: dict[str, str | bool | None] = OPTIONAL
    content: str = OPTIONAL


class StarlightContents(BaseModel):
    """Which headings the table of contents has."""

    minHeadingLevel: Annotated[int, Field(ge=1, le=6)] = 2
    maxHeadingLevel: Annotated[int, Field(ge=1, le=6)] = 3


class StarlightAction(BaseModel):
    """A button below the hero's tagline."""

    text: str
    link: str
    variant: Literal["primary", "secondary", "minimal"] = "primary"
    icon: str = OPTIONAL
    attrs: dict[str, str | float | bool] = OPTIONAL


class StarlightImageFile(BaseModel):
    """One image of the site."""

    file: ImagePath
    alt: str = OPTIONAL


class StarlightThemedImage(BaseModel):
    """An image for each of the two colour schemes."""

    dark: ImagePath
    light: ImagePath
    alt: str = OPTIONAL


class StarlightInlineImage(BaseModel):
    """An image as HTML."""

    html: str


class StarlightHero(BaseModel):
    """The large head of a `splash` page."""

    title: str = OPTIONAL
    tagline: str = OPTIONAL
    image: StarlightImageFile | StarlightThemedImage | StarlightInlineImage = OPTIONAL
    actions: list[StarlightAction] = OPTIONAL


class StarlightLink(BaseModel):
    """The link to the previous or next page."""

    link: str = OPTIONAL
    label: str = OPTIONAL


class StarlightBadge(BaseModel):
    """A badge beside a link of the sidebar."""

    text: str
    variant: Literal["note", "danger", "success", "caution", "tip", "default"] = "default"
    # `class` is a word of Python's.
    css_class: str = Field(default_factory=str, alias="class")


class StarlightSidebar(BaseModel):
    """How the page stands in the sidebar."""

    order: float = OPTIONAL
    label: str = OPTIONAL
    hidden: bool = False
    badge: str | StarlightBadge = OPTIONAL
    attrs: dict[str, str | float | bool | None] = OPTIONAL


class StarlightBanner(BaseModel):
    """A line above the page."""

    content: str


class Starlight(Post):
    """A page of Starlight's documentation theme."""

    title: Title
    description: Description = OPTIONAL
    slug: Slug = OPTIONAL
    editUrl: str | bool = True
    head: list[StarlightHead] = OPTIONAL
    tableOfContents: bool | StarlightContents = OPTIONAL
    template: Literal["doc", "splash"] = "doc"
    hero: StarlightHero = OPTIONAL
    lastUpdated: UpdatedDate | bool = OPTIONAL
    prev: bool | str | StarlightLink = OPTIONAL
    next: bool | str | StarlightLink = OPTIONAL
    sidebar: StarlightSidebar = OPTIONAL
    banner: StarlightBanner = OPTIONAL
    pagefind: bool = True
    draft: Draft = False


NAMES = ("astro", "starlight", "myst")
"""Their names in the configuration."""


def model(name: str) -> type[BaseModel]:
    """The model called `name`, which is one of `NAMES`."""
    if name == "myst":
        from postlint.schema.myst import Myst

        return Myst
    return Starlight if name == "starlight" else Astro
