"""Quarto websites, blogs and books: Pandoc's Markdown, shown page for page.

Sources: quarto-cli (1.11): src/core/pandoc/pandoc-partition.ts, src/core/yaml.ts, src/core/date.ts, src/project; its
functions and Pandoc run.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.files.globs import matches
from postlint.frameworks._shared import config_files
from postlint.frameworks.answers import Address, Collection, Embedded, Moment, Target, Where
from postlint.frameworks.framework import Framework
from postlint.frameworks.traits import AddressTraits, FrontMatterTraits, LinkTraits, ServingTraits
from postlint.front_matter import Dialect, Fence

_CONFIGS = ("_quarto.yml", "_quarto.yaml")
# partitionYamlFrontMatter: blank lines may come first; the second line is neither blank nor an end.
_OPENING = re.compile(r"(?:[ \t]*\r?\n)*+---[ \t]*(?=\r?\n(?![ \t]*\r?$|(?:---|\.\.\.)[ \t]*\r?$))", re.MULTILINE)
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?=\r?\n|\Z)", re.MULTILINE)
_DIALECT = Dialect((Fence("yaml", _OPENING, _CLOSING),), yaml="quarto", breaks=True)
_SHORTCODE = re.compile(r"\{\{<\s*(include|embed|video)\s+(\"[^\"\n]*\"|'[^'\n]*'|[^\s>\"']+)")


class Quarto(Framework):
    """One Quarto website, blog or book."""

    name: ClassVar[str] = "quarto"
    title: ClassVar[str] = "Quarto"
    front_matter = FrontMatterTraits(
        any_line_ends=True,
        optional=True,
        anywhere=True,
        mixed_keys=frozenset(
            (
                *("author", "categories", "aliases", "bibliography", "format", "listing", "about", "image", "css"),
                *("citation", "code-fold", "code-tools", "code-link", "freeze", "toc", "execute", "filters"),
                *("keywords", "editor"),
            )
        ),
    )
    addressing = AddressTraits(from_names=False)
    # Pandoc takes the text of a heading for its label (`implicit_header_references`).
    linking = LinkTraits(completed=True)
    dialect = _DIALECT
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description", "abstract", "subtitle"),
        "published": ("date",),
        "updated": ("date-modified",),
        "image": ("image",),
        "tags": ("categories",),
        "author": ("author", "authors"),
        "draft": ("draft",),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        name = config_files.first(files, _CONFIGS)
        if name is None:
            return None
        from postlint.frameworks.quarto import settings

        return name if settings.is_site(files, name) else None

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.quarto import settings
        from postlint.frameworks.quarto.pages import QuartoPages

        site = settings.read(files, self.detect(files), _DIALECT) if files else settings.QuartoSettings()
        self.settings = site.reported
        self.serving = ServingTraits(site.home)
        self.collections = (
            *(Collection(folder, patterns, site.hidden) for folder, patterns in site.posts),
            Collection("pages", site.pages, site.hidden),
        )
        self._pages = QuartoPages(site)

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=(("{{<", ">}}"),), math=True, admonitions=False, heading_blank="any")

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._pages.address(path, data)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return self._pages.draft(path, data)

    def moment(self, value: object, text: str) -> Moment:
        from postlint.frameworks.quarto import dates

        return dates.moment(value, text)

    def embedded(self, tag: str) -> Sequence[Embedded]:
        """`include`, `embed` and `video` name a file."""
        found = _SHORTCODE.match(tag)
        if found is None:
            return ()
        # A cell of the document that is embedded is not a place in a page.
        written = found[2].strip("\"'").partition("#")[0]
        start = found.start(2) + (found[2][:1] in "\"'")
        return (Embedded("link", found[1], written, start, start + len(written)),)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.image(path, target, where)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.link(path, self.address(path, data), target, where)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        """Those of Pandoc; single pages often are filled by listings and filters."""
        from postlint.frameworks._shared import pandoc_anchors

        if not any(matches(path, each.include) for each in self.collections if each.name != "pages"):
            return None
        return pandoc_anchors.anchors(headings)
