"""Zola 0.22: pages, sections and their folders, slugs in ASCII, front matter that stops the build where it is wrong.

Source: getzola/zola; builds with Zola 0.22.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from postlint.body.syntax import LIQUID, Syntax
from postlint.files.files import Files
from postlint.frameworks._shared.placed import LastAddress, Placed
from postlint.frameworks.answers import Address, Collection, Moment
from postlint.front_matter import Language, to_data
from postlint.front_matter import read as read_front_matter
from postlint.front_matter.dialects import ZOLA

if TYPE_CHECKING:
    from postlint.body.templates import Engine

_CONTENT = "content"
_SKIPPED = ("**/.*",)
_GLOB = frozenset("*?[]{},\\")
_MOST_COLLECTIONS = 30
_TEXTS = ("title", "description", "slug", "path", "template")
_FLAGS = ("draft", "render", "in_search_index")
_PAGE = frozenset((*_TEXTS, *_FLAGS, "date", "updated", "weight", "authors", "aliases", "taxonomies", "extra"))
_SECTION = frozenset(
    (
        *("title", "description", "sort_by", "weight", "draft", "template", "paginate_by", "paginate_reversed"),
        *("paginate_path", "insert_anchor_links", "render", "redirect_to", "in_search_index", "transparent"),
        *("page_template", "aliases", "generate_feeds", "extra"),
    )
)


class Zola(Placed):
    """One Zola site."""

    name: ClassVar[str] = "zola"
    title: ClassVar[str] = "Zola"
    address_keys = ("path",)
    cleans_slugs: ClassVar[bool] = True
    alias_key = "aliases"
    contests_aliases: ClassVar[bool] = True
    needs_front_matter: ClassVar[bool] = True
    needs_utf8: ClassVar[bool] = True
    dialect = ZOLA
    tags_as_text = "refused"
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description",),
        "slug": ("slug",),
        "published": ("date",),
        "updated": ("updated",),
        "image": (
            *("extra.image", "extra.cover", "extra.cover_image", "extra.thumbnail", "extra.banner", "extra.hero"),
            *("extra.featured_image", "extra.og_image", "extra.social_image", "extra.cover.image"),
        ),
        "tags": ("taxonomies.tags", "taxonomies.categories"),
        "author": ("authors",),
        "draft": ("draft",),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        for name in ("zola.toml", "config.toml"):
            if files.is_file(name) and _names_address(files.read_text(name) or ""):
                return name
        return None

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.zola.addresses import ZolaAddresses
        from postlint.frameworks.zola.images import ZolaImages
        from postlint.frameworks.zola.links import ZolaLinks
        from postlint.frameworks.zola.settings import ZolaSettings, read_settings
        from postlint.frameworks.zola.templates import ZolaTemplates

        site = read_settings(files, self.detect(files)) if files else ZolaSettings(taxonomies=None)
        self._site = site
        self._files = files
        self._addresses = ZolaAddresses(site, files)
        page = LastAddress(self._addresses.address)
        self._images = ZolaImages(site, self._addresses, page, files)
        self._links = ZolaLinks(site, page, self._images)
        self._drafts: dict[str, bool] = {}
        self._templates = ZolaTemplates(site, files)
        self.settings = site.told
        self.shared_public = site.static
        folders = [name for name, is_folder in files.names(_CONTENT).items() if is_folder] if files else []
        plain = [name for name in folders if not set(name) & _GLOB]
        if len(plain) > _MOST_COLLECTIONS:
            plain = []
        self.collections = (
            Collection("sections", (f"{_CONTENT}/**/_index.md", f"{_CONTENT}/**/_index.*.md")),
            *(Collection(name, (f"{_CONTENT}/{name}/**/*.md",), _SKIPPED) for name in plain),
            Collection("pages" if plain else _CONTENT, (f"{_CONTENT}/**/*.md",), _SKIPPED),
        )

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=LIQUID, heading_ids=True, math=False, admonitions=False)

    def template_engine(self, path: str, data: Mapping[str, Any]) -> "Engine | None":
        return self._templates.engine

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._addresses.address(path, data)

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        return Address((), reason=f"`{others[0]}` has the same address: the build stops")

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        if data.get("draft") is True:
            return True
        place = self._addresses.place(path)
        if isinstance(place, str):
            return False
        parts = place.folders[:-1] if place.bundle or place.section else place.folders
        code = f".{place.language}" if place.language != self._site.language else ""
        return any(
            self._is_draft("/".join((_CONTENT, *parts[:depth], f"_index{code}.md"))) for depth in range(len(parts) + 1)
        )

    def _is_draft(self, section: str) -> bool:
        """Whether the section whose page is at `section` is a draft, which hides what is in it."""
        if section not in self._drafts:
            text = self._files.read_text(section) if self._files else None
            data = to_data(read_front_matter(text, ZOLA).root) if text else None
            self._drafts[section] = isinstance(data, dict) and data.get("draft") is True
        return self._drafts[section]

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | None:
        place = self._addresses.place(path)
        section = not isinstance(place, str) and place.section
        if language is None or any(data.get(key, "") is None for key in ("date", "updated")):
            return None
        if section and not data.keys() <= _SECTION:
            return None
        out: dict[str, Any] = {}
        for key, value in data.items():
            if value is None or key not in (_SECTION if section else _PAGE):
                continue
            found = self._cast(key, value, language)
            if found is None:
                return None
            if found or key not in ("taxonomies", "extra"):
                out[key] = found
        return out

    def _cast(self, key: str, value: Any, language: Language) -> Any:
        """The value of one key of Zola's own; None where Zola refuses it."""
        if key == "template" and isinstance(value, str) and self._lacks(value):
            return None
        if key in _TEXTS:
            return _text(value, language) or None if key in ("slug", "path") else _text(value, language)
        if key in _FLAGS:
            return value if isinstance(value, bool) else None
        if key == "weight":
            return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
        if key in ("authors", "aliases"):
            return _list(value, language)
        if key in ("date", "updated"):
            return self.moment(value, str(value)).instant and (value.isoformat() if isinstance(value, date) else value)
        if key == "extra":
            return value if isinstance(value, dict) else None
        if key == "taxonomies":
            if not isinstance(value, dict):
                return None
            terms = {name: _list(items, language) for name, items in value.items()}
            known = self._site.taxonomies
            if any(found is None or not all(item.strip() for item in found) for found in terms.values()):
                return None
            return terms if known is None or terms.keys() <= known else None
        return value

    def _lacks(self, template: str) -> bool:
        places = (f"{folder}/{template}" for folder in self._site.templates)
        return self._files is not None and not self._site.unseen and not any(map(self._files.is_file, places))

    def loose(self, value: object) -> object:
        return None  # the build stops

    def moment(self, value: object, text: str) -> Moment:
        from postlint.frameworks.zola.dates import read

        return read(value, text)

    def named_date(self, path: str) -> datetime | None:
        place = self._addresses.place(path)
        if isinstance(place, str) or place.section:
            return None
        from postlint.frameworks.zola.dates import named

        return named(place.folders[-1] if place.bundle and place.folders else place.name)[0]


def _text(value: object, language: Language) -> str | None:
    """YAML's scalars are all text where text is wanted; TOML's are not."""
    if isinstance(value, str):
        return value
    if language == "yaml" and isinstance(value, (bool, int, float)):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return None


def _list(value: object, language: Language) -> list[str] | None:
    if not isinstance(value, list):
        return None
    found = [_text(item, language) for item in value]
    return [item for item in found if item is not None] if None not in found else None


def _names_address(text: str) -> bool:
    """Whether settings have Zola's `base_url` among the first keys, those of no table."""
    import re

    return re.search(r"^\s*base_url\s*=", text, re.MULTILINE) is not None
