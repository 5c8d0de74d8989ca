"""Gatsby blogs: Markdown and MDX that gatsby-source-filesystem finds, shown by the site's own templates.

Sources: packages gatsby (5.16), gatsby-transformer-remark, gatsby-source-filesystem, gray-matter; their functions run.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from postlint.body.mdx_syntax import Setup
from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.frameworks._shared import config_files, custom_fields, mdx_setup
from postlint.frameworks.answers import ABOUT_THE_REPOSITORY, Address, Collection, Moment, Reason, Target, Where
from postlint.frameworks.framework import Framework
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits
from postlint.front_matter import Language, gray_matter

_CONFIGS = tuple(f"gatsby-config.{ending}" for ending in config_files.SCRIPTS)
_MATH = ("gatsby-remark-katex", "gatsby-remark-mathjax", "gatsby-remark-mathjax3")


class Gatsby(Framework):
    """One Gatsby site."""

    name: ClassVar[str] = "gatsby"
    title: ClassVar[str] = "Gatsby"
    linking = LinkTraits(raw_headings_have_ids=False)
    front_matter = FrontMatterTraits(escaped=True)
    addressing = AddressTraits(from_names=False)
    excluded_names: ClassVar[frozenset[str]] = ABOUT_THE_REPOSITORY
    roles: Mapping[str, tuple[str, ...]] = custom_fields.ROLES

    @classmethod
    def detect(cls, files: Files) -> str | None:
        return config_files.first(files, _CONFIGS)

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.gatsby import settings
        from postlint.frameworks.gatsby.pages import GatsbyPages

        site = settings.read(files, self.detect(files)) if files else settings.GatsbySettings()
        self.dialect = gray_matter.dialect("js-yaml-3")
        self.settings = site.reported
        self.folders = FolderTraits(("static",))
        self.serving = ServingTraits(site.home)
        self.collections = tuple(
            Collection(folder, (f"{folder}/**/*.{{md,mdx,markdown,mkd}}",), (f"{folder}/**/node_modules/**",))
            for folder in site.sources
        )
        self._markdown_is_mdx = site.markdown_is_mdx
        self._math = any(plugin in site.plugins for plugin in _MATH)
        self._slugs = site.slugs
        self._mdx = mdx_setup.read(files, "gatsby-plugin-mdx")
        self._pages = GatsbyPages(site, files)

    def syntax(self, path: str) -> Syntax:
        mdx = path.endswith(".mdx") or (self._markdown_is_mdx and path.endswith(".md"))
        return Syntax(mdx=mdx, shortcodes=(), math=self._math, admonitions=False)

    def mdx(self, path: str, data: Mapping[str, Any]) -> Setup | None:
        return self._mdx if self.syntax(path).mdx else None

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._pages.address(path, data)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return custom_fields.is_draft(data)

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        """gatsby-transformer-remark gives every post a title, and dates as ISO text in UTC."""
        return {"title": "", **{key: _told(value) for key, value in data.items()}}

    def moment(self, value: object, text: str) -> Moment:
        from postlint.frameworks.gatsby import dates

        return dates.moment(value, text)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.image(path, target, where)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.link(path, target, where)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        """Those of gatsby-remark-autolink-headers with its own options; without it headings have none."""
        from postlint.frameworks._shared import github_anchors

        return github_anchors.anchors(headings) if self._slugs else None


def _told(value: object) -> object:
    if isinstance(value, dict):
        return {key: _told(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_told(item) for item in value]
    if not isinstance(value, date):
        return value
    at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
