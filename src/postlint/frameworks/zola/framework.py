"""Zola 0.22: pages, sections and their folders, slugs in ASCII, front matter that stops the build where it is wrong.

Source: getzola/zola; builds with Zola 0.22.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from postlint.body.syntax import LIQUID, Syntax
from postlint.files.files import Files
from postlint.frameworks._shared.placed import LastAddress, Placed
from postlint.frameworks.answers import Address, Collection, Kind, Moment, Reason
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits
from postlint.front_matter import Language, to_data
from postlint.front_matter import read as read_front_matter
from postlint.front_matter.dialects import ZOLA

if TYPE_CHECKING:
    from postlint.body.templates import Engine
    from postlint.frameworks.made import Listed, MadePages

_CONTENT = "content"
# Zola leaves out all but the first, whose authors mean them to be posts.
_ENDINGS = "{md,markdown,mdown,mkd,MD,Markdown,MARKDOWN}"
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
    linking = LinkTraits(raw_headings_have_ids=False)
    addressing = AddressTraits(keys=("path",), cleans_slugs=True, alias_key="aliases", aliases_compete=True)
    dialect = ZOLA
    front_matter = FrontMatterTraits(
        escaped=True,
        tags_as_text="refused",
        needs_utf8=True,
        texts=frozenset(_TEXTS),
        open_keys=frozenset(("extra", "taxonomies")),
    )
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
        from postlint.frameworks.zola.lists import ZolaLists
        from postlint.frameworks.zola.settings import ZolaSettings, read_settings
        from postlint.frameworks.zola.templates import ZolaTemplates

        site = read_settings(files, self.detect(files)) if files else ZolaSettings(taxonomies=None)
        self._site = site
        self._files = files
        self._addresses = ZolaAddresses(site, files)
        page = LastAddress(self._addresses.address)
        self._images = ZolaImages(site, self._addresses, page, files)
        self._links = ZolaLinks(site, page, self._images, files)
        self._drafts: dict[str, bool] = {}
        self._lists = ZolaLists(site, self._addresses)
        others = {f"taxonomies.{name}" for name in site.taxonomies or ()} - {*self.roles["tags"]}
        self.addressing = self.addressing._replace(listed_by=tuple(sorted(others)))
        self._templates = ZolaTemplates(site, files)
        self.settings = site.reported
        self.folders = FolderTraits(site.static)
        self.serving = ServingTraits(site.home, site.base or "", site.base or "")
        folders = [name for name, is_folder in files.names(_CONTENT).items() if is_folder] if files else []
        plain = [name for name in folders if not set(name) & _GLOB]
        if len(plain) > _MOST_COLLECTIONS:
            plain = []
        self.collections = (
            Collection("sections", (f"{_CONTENT}/**/_index.md", f"{_CONTENT}/**/_index.*.md")),
            *(Collection(name, (f"{_CONTENT}/{name}/**/*.{_ENDINGS}",), _SKIPPED) for name in plain),
            Collection("pages" if plain else _CONTENT, (f"{_CONTENT}/**/*.{_ENDINGS}",), _SKIPPED),
        )

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=LIQUID, heading_ids=True, math=False, admonitions=False)

    def template_engine(self, path: str, data: Mapping[str, Any]) -> "Engine | None":
        return self._templates.engine

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._addresses.address(path, data)

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        return Address((), reason=Reason(f"`{others[0]}` has the same address", stops=True))

    def made_pages(self, posts: "Sequence[Listed]") -> "MadePages":
        return self._lists.made(posts)

    def term_address(self, path: str, field: str, tag: str) -> str | None:
        return self._lists.term(field, tag)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        if data.get("draft") is True:
            return True
        place = self._addresses.place(path)
        if isinstance(place, Reason):
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

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        place = self._addresses.place(path)
        section = not isinstance(place, Reason) and place.section
        if language is None:
            return Reason("Zola demands front matter", stops=True, kind="front matter")
        if section and (unknown := next((key for key in data if key not in _SECTION), None)):
            return _refused(f"Zola does not know the key `{unknown}` in a section", unknown, "unknown")
        out: dict[str, Any] = {}
        for key, value in data.items():
            if key not in (_SECTION if section else _PAGE):
                continue
            if value is None:
                if key in ("date", "updated"):
                    return _refused(f"`{key}` is empty", key)
                continue
            found = self._cast(key, value, language)
            if isinstance(found, Reason):
                return found
            if found or key not in ("taxonomies", "extra"):
                out[key] = found
        return out

    def ignored_keys(self, path: str, data: Mapping[str, Any]) -> Mapping[str, str]:
        """Of a page Zola knows a few keys; its own ones belong in a table (front_matter/page.rs)."""
        place = self._addresses.place(path)
        if isinstance(place, Reason) or place.section:
            return {}
        terms = self._site.taxonomies or ()
        return {
            key: f"move it below `[{'taxonomies' if key in terms else 'extra'}]`" for key in data if key not in _PAGE
        }

    def _cast(self, key: str, value: Any, language: Language) -> Any:
        """The value of one of Zola's own keys, or why Zola refuses it."""
        if key == "template" and isinstance(value, str) and self._lacks(value):
            return _refused(f"there is no template `{value}`", key, None)
        if key in _TEXTS:
            text = _text(value, language)
            if text is None:
                return _refused(f"`{key}` must be text", key)
            return _refused(f"`{key}` is empty", key) if not text and key in ("slug", "path") else text
        if key in _FLAGS:
            return value if isinstance(value, bool) else _refused(f"`{key}` must be `true` or `false`", key)
        if key == "weight":
            whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
            return value if whole else _refused("`weight` must be a whole number, 0 or more", key)
        if key in ("authors", "aliases"):
            listed = _list(value, language)
            return _refused(f"`{key}` must be a list of texts", key) if listed is None else listed
        if key in ("date", "updated"):
            moment = self.moment(value, str(value))
            if moment.instant is None:
                return (moment.problem or _refused(f"`{key}` is not a date", key))._replace(field=key, kind="value")
            return value.isoformat() if isinstance(value, date) else value
        if key == "extra":
            return value if isinstance(value, dict) else _refused("`extra` must be a table", key)
        return self._terms(value, language) if key == "taxonomies" else value

    def _terms(self, value: object, language: Language) -> "dict[str, list[str]] | Reason":
        """The terms of a post by taxonomy, or why Zola refuses them."""
        if not isinstance(value, dict):
            return _refused("`taxonomies` must be a table", "taxonomies")
        out: dict[str, list[str]] = {}
        known = self._site.taxonomies
        for name, items in value.items():
            field, terms = f"taxonomies.{name}", _list(items, language)
            if terms is None:
                return _refused(f"`{field}` must be a list of texts", field)
            if not all(term.strip() for term in terms):
                return _refused(f"`{field}` holds an empty term", field)
            if known is not None and name not in known:
                near = next((each for each in known if each.casefold() == name.casefold()), None)
                hint = f", but `{near}`; write it so" if near else "; add it to `taxonomies` in the settings"
                return _refused(f"the site has no taxonomy `{name}`{hint}", field, None)
            out[name] = terms
        return out

    def _lacks(self, template: str) -> bool:
        places = (f"{folder}/{template}" for folder in self._site.templates)
        return self._files is not None and not self._site.unseen and not any(map(self._files.is_file, places))

    def non_mapping_values(self, value: object) -> object:
        return Reason("the front matter must be a mapping of keys to values", stops=True)

    def moment(self, value: object, text: str) -> Moment:
        from postlint.frameworks.zola.dates import read

        return read(value, text)

    def named_date(self, path: str) -> datetime | None:
        place = self._addresses.place(path)
        if isinstance(place, Reason) or place.section:
            return None
        from postlint.frameworks.zola.dates import named

        return named(place.folders[-1] if place.bundle and place.folders else place.name)[0]


def _refused(text: str, field: str, kind: Kind | None = "value") -> Reason:
    return Reason(text, stops=True, field=field, kind=kind)


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
