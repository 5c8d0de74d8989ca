"""VuePress 1 and 2: every Markdown file is a page, shown by Vue.

Sources: packages vuepress, @vuepress/core, @vuepress/markdown, gray-matter; pages that they made.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from postlint.body.syntax import Syntax
from postlint.body.vue_syntax import Setup
from postlint.files.files import Files
from postlint.frameworks._shared import config_files
from postlint.frameworks.answers import Address, Collection, Moment, Target, Where
from postlint.frameworks.framework import Framework
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, ServingTraits

_FOLDER = ".vuepress"
_CONFIGS = (*(f"config.{ending}" for ending in config_files.SCRIPTS), "config.yml", "config.yaml", "config.toml")


class VuePress(Framework):
    """One VuePress site."""

    name: ClassVar[str] = "vuepress"
    title: ClassVar[str] = "VuePress"
    addressing = AddressTraits(keys=("permalink",), from_names=False)
    front_matter = FrontMatterTraits(optional=True)
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description", "summary"),
        "published": ("date",),
        "updated": ("lastUpdated", "updated"),
        "image": ("image", "cover", "banner", "thumbnail", "heroImage", "heroImageDark", "bgImage", "ogImage"),
        "tags": ("tags", "tag", "categories", "category"),
        "author": ("author", "authors"),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        return config_files.first(files, _CONFIGS, _FOLDER)

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.vuepress import settings
        from postlint.frameworks.vuepress.pages import VuePressPages
        from postlint.front_matter import gray_matter

        site = settings.read(files, self.detect(files)) if files else settings.VuePressSettings()
        self.dialect = gray_matter.dialect("js-yaml-3")
        self.settings = site.reported
        self.folders = FolderTraits((f"{_FOLDER}/public",))
        self.serving = ServingTraits(site.home)
        hidden = ("**/node_modules/**", "**/.*", "**/.*/**", *site.exclude)
        self.collections = (Collection("pages", site.include, hidden),)
        self._math = site.math
        self._vue = site.vue
        self._slugs = site.slugs
        self._pages = VuePressPages(site)

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=(("{{", "}}"),), math=self._math, admonitions=False)

    def vue(self, path: str) -> Setup | None:
        return self._vue

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._pages.address(path, data)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return False

    def moment(self, value: object, text: str) -> Moment:
        from postlint.frameworks._shared import new_date

        return new_date.moment(value, text)

    def named_date(self, path: str) -> datetime | None:
        found = self._pages.named(path)
        try:
            return datetime(int(found[1]), int(found[2]), int(found[3] or 1), tzinfo=UTC) if found else None
        except ValueError:
            return None

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.image(path, target, where)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.link(path, target, where)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        from postlint.frameworks._shared import vue_anchors

        return vue_anchors.anchors(headings) if self._slugs else None
