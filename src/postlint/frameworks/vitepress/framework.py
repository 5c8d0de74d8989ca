"""VitePress 1: every Markdown file is a page, shown by Vue; images are Vite's.

Sources: packages vitepress, vite, gray-matter; builds with them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from postlint.body.syntax import Syntax
from postlint.body.vue_syntax import Setup
from postlint.files.files import Files
from postlint.frameworks._shared import config_files
from postlint.frameworks.answers import Address, Collection, Moment, Reason, Target, Where
from postlint.frameworks.framework import Framework
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits

_FOLDER = ".vitepress"
_CONFIGS = tuple(f"config.{ending}" for ending in config_files.SCRIPTS)
_INDEXES = tuple(f"index.{ending}" for ending in config_files.SCRIPTS)
_LINK_FIELDS: tuple[tuple[str, Where], ...] = tuple(
    (field, "field") for field in ("hero.actions[].link", "features[].link", "prev.link", "next.link")
)


class VitePress(Framework):
    """One VitePress site."""

    name: ClassVar[str] = "vitepress"
    title: ClassVar[str] = "VitePress"
    linking = LinkTraits(fields=_LINK_FIELDS, raw_headings_have_ids=False)
    front_matter = FrontMatterTraits(escaped=True, optional=True)
    addressing = AddressTraits(from_names=False)
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description",),
        "published": ("date",),
        "updated": ("lastUpdated", "updated"),
        "image": ("image", "cover", "thumbnail", "banner", "ogImage", "hero.image", "hero.image.src"),
        "tags": ("tags",),
        "author": ("author", "authors"),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        name = config_files.first(files, _CONFIGS, _FOLDER)
        return name or config_files.first(files, _INDEXES, f"{_FOLDER}/config")

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.vitepress import settings
        from postlint.frameworks.vitepress.images import VitePressPages
        from postlint.frameworks.vitepress.links import VitePressLinks
        from postlint.front_matter import gray_matter

        site = settings.read(files, self.detect(files)) if files else settings.VitePressSettings()
        self.dialect = gray_matter.dialect("js-yaml-3")
        self.linking = self.linking._replace(allows_dead=site.dead_links.allowed)
        self._math = site.math
        self._anchored = site.anchored
        self._vue = site.vue
        self._pages = VitePressPages(site)
        self._links = VitePressLinks(site, self._pages)
        self.settings = site.reported
        self.serving = ServingTraits(site.home, base_in_html=(site.base or "").rstrip("/"))
        if site.source is not None:
            at = f"{site.source}/" if site.source else ""
            hidden = ("**/node_modules/**", "**/dist/**", "**/.*", "**/.*/**", *site.excluded)
            self.folders = FolderTraits((f"{at}public",))
            self.collections = (Collection("pages", (f"{at}**/*.md",), tuple(at + each for each in hidden)),)

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=(("{{", "}}"),), math=self._math, admonitions=False)

    def vue(self, path: str) -> Setup | None:
        return self._vue

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        found = self._pages.address(path)
        # VitePress itself has none, but themes and plugins (vitepress-plugin-permalink) serve pages at theirs.
        permalink, base = data.get("permalink"), self._pages.base
        if base is None or not isinstance(permalink, str) or not permalink.startswith("/"):
            return found
        return found._replace(aliases=(base.rstrip("/") + permalink,))

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        return Address((), reason=Reason("several posts have this address", stops=True))

    def non_mapping_values(self, value: object) -> object:
        """The items are spread into a mapping."""
        return {str(number): item for number, item in enumerate(value)} if isinstance(value, list) else {}

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return False

    def moment(self, value: object, text: str) -> Moment:
        from postlint.frameworks._shared import new_date

        return new_date.moment(value, text)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.image(path, target, where)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._links.link(path, target, where)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        from postlint.frameworks._shared import vue_anchors

        return vue_anchors.anchors(headings) if self._anchored else None
