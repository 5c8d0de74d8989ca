"""The front matter that MyST knows: its keys are the same for every site.

Source: package myst-frontmatter of mystmd 1.11 (page/types.ts, project/types.ts, site/types.ts); builds with it. What it
refuses is dropped with an error, and the page is built without it.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from postlint.schema.roles import Description, ImagePath, Post, Role, Tags, Title

_Url = Annotated[str, Field(pattern=r"^https?://[^\s/]")]
_Email = Annotated[str, Field(pattern=r"^[^\s@]+@[^\s@]+\.[^\s@]+$")]
_Orcid = Annotated[str, Field(pattern=r"^(?:https?://orcid\.org/)?\d{4}-\d{4}-\d{4}-\d{3}[\dX]$")]
_Doi = Annotated[str, Field(pattern=r"^(?:https?://(?:dx\.)?doi\.org/|doi:)?10\.\d{4,9}/\S+$")]
_Truth = bool | Literal["true", "True", "TRUE", "false", "False", "FALSE"]
_Format = Literal[
    "pdf", "tex", "pdf+tex", "tex+pdf", "typst", "typ", "docx", "xml", "jats", "md", "markdown", "meca", "cff"
]
_Mapping = dict[str, Any]


class MystAffiliation(BaseModel):
    """Where an author works."""

    id: str | None = None
    name: str | None = None
    institution: str | None = None
    email: _Email | None = None
    url: _Url | None = None
    ringgold: Annotated[int, Field(ge=1000, le=999999)] | None = None


class MystAuthor(BaseModel):
    """A person who wrote the page."""

    id: str | None = None
    name: str | _Mapping | None = None
    email: _Email | None = None
    url: _Url | None = None
    orcid: _Orcid | None = None
    corresponding: _Truth | None = None
    affiliation: str | _Mapping | list[str | MystAffiliation] | None = None
    affiliations: str | _Mapping | list[str | MystAffiliation] | None = None


class MystFormattedExport(BaseModel):
    """A further form of the page, by its format."""

    format: _Format | list[_Format]


class MystTemplatedExport(BaseModel):
    """The same, by its template."""

    template: str


class MystWrittenExport(BaseModel):
    """The same, by the file that it is written to."""

    output: str


_Export = _Format | MystFormattedExport | MystTemplatedExport | MystWrittenExport


class MystFile(BaseModel):
    """A file to download."""

    file: str


class MystAddress(BaseModel):
    """An address to download from."""

    url: str


class MystExported(BaseModel):
    """One of the page's exports."""

    id: str


_Download = MystFile | MystAddress | MystExported
_Authors = str | MystAuthor | list[str | MystAuthor] | None
_Exports = _Export | list[_Export] | None
_Keywords = str | list[str] | None


class Myst(Post):
    """A page of a MyST project."""

    title: Title | None = None
    subtitle: str | None = None
    short_title: str | None = None
    description: Description | None = None
    label: str | None = None
    name: str | None = None
    copyright: str | None = None
    enumerator: str | None = None
    tags: Tags | None = None
    keywords: _Keywords = None
    authors: _Authors = None
    author: _Authors = None
    reviewers: _Authors = None
    editors: _Authors = None
    contributors: _Authors = None
    affiliations: str | MystAffiliation | list[str | MystAffiliation] | None = None
    affiliation: str | MystAffiliation | list[str | MystAffiliation] | None = None
    thumbnail: Annotated[str, Role("image")] | None = None
    image: Annotated[str, Role("image")] | None = None
    banner: ImagePath | None = None
    doi: _Doi | None = None
    arxiv: Annotated[str, Field(pattern=r"^https?://(?:www\.)?arxiv\.org/")] | None = None
    pmid: int | None = None
    open_access: _Truth | None = None
    license: str | _Mapping | None = None
    github: Annotated[str, Field(pattern=r"^(?:[\w.-]+/[\w.-]+|https?://[^/\s]*github[^/\s]*/\S*)$")] | None = None
    binder: _Url | None = None
    source: _Url | None = None
    subject: Annotated[str, Field(max_length=40)] | None = None
    numbering: bool | _Mapping | None = None
    bibliography: str | list[str] | None = None
    math: _Mapping | None = None
    abbreviations: _Mapping | None = None
    exports: _Exports = None
    export: _Exports = None
    downloads: _Download | list[_Download] | None = None
    download: _Download | list[_Download] | None = None
    options: _Mapping | None = None
