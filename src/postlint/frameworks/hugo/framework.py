"""Hugo 0.111 to 0.168: sections, page bundles, languages, and addresses by file name, slug, pattern or `url`.

Sources: gohugoio/hugo; builds with Hugo 0.111, 0.154 and 0.168.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from types import NoneType
from typing import TYPE_CHECKING, Any, ClassVar

from postlint.body.syntax import HUGO, Syntax
from postlint.files.files import Files
from postlint.frameworks._shared.placed import LastAddress, Placed
from postlint.frameworks._shared.zones import zone
from postlint.frameworks.answers import EXPIRED, FUTURE, Address, Collection, Moment, Reason
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits
from postlint.front_matter import Language
from postlint.front_matter.dialects import HUGO as DIALECT

if TYPE_CHECKING:
    from postlint.body.templates import Engine
    from postlint.frameworks.hugo.tree import Place
    from postlint.frameworks.made import Listed, MadePages

_ENDINGS = ("toml", "yaml", "yml", "json")
_CONFIGS = tuple(f"{name}.{ending}" for name in ("hugo", "config") for ending in _ENDINGS)
_MOST_COLLECTIONS = 30
# Hugo makes no pages of the last two, whose authors mean them to be posts.
_MARKDOWN = "{md,markdown,mdown,MD,Markdown,mkd,mkdn}"
_TEXTS = frozenset(
    ("title", "linktitle", "description", "summary", "slug", "url", "type", "layout", "markup", "translationkey")
)
_DROPS_HTML = "Hugo leaves raw HTML out; set `markup.goldmark.renderer.unsafe` to show it"
_SKIPPED = ("**/.*", "**/#*", "**/*~")
_GLOB = frozenset("*?[]{},\\")
_NAMED_ZONES = ("UTC", "Etc/UTC", "GMT", "")


class Hugo(Placed):
    """One Hugo site."""

    name: ClassVar[str] = "hugo"
    title: ClassVar[str] = "Hugo"
    linking = LinkTraits(raw_headings_have_ids=False, raw_pairs=True)
    addressing = AddressTraits(
        overwrites=True, keys=("url",), cleans_slugs=True, empty_slug_counts=False, alias_key="aliases"
    )
    front_matter = FrontMatterTraits(
        escaped=True,
        may_be_empty_in=frozenset(("sections",)),
        keys_have_case=False,
        tags_as_text="whole",
        flags={"draft": True},
    )
    folders = FolderTraits(data=("data",))
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title", "Title"),
        "description": ("description", "summary", "Description"),
        "slug": ("slug", "Slug"),
        "published": ("date", "publishDate", "publishdate", "pubdate", "pubDate", "published", "Date", "PublishDate"),
        "updated": ("lastmod", "modified", "Lastmod", "lastMod", "LastMod"),
        "expires": ("expiryDate", "expirydate", "unpublishdate", "ExpiryDate"),
        "image": (
            *("image", "images", "cover", "cover.image", "featured_image", "featuredImage", "feature_image"),
            *("thumbnail", "banner", "hero", "heroImage", "header_image", "header.image", "resources"),
        ),
        "tags": ("tags", "Tags", "categories", "Categories"),
        "author": ("author", "authors", "Author"),
        "draft": ("draft", "Draft"),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        for folder in ("", "config/_default/", "config/production/"):
            for name in _CONFIGS:
                if files.is_file(folder + name) and (folder or name[0] == "h" or _is_hugo(files, name)):
                    return folder + name
        return None

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.hugo.addresses import HugoAddresses
        from postlint.frameworks.hugo.images import HugoImages
        from postlint.frameworks.hugo.links import HugoLinks
        from postlint.frameworks.hugo.lists import HugoLists
        from postlint.frameworks.hugo.settings import HugoSettings, read_settings
        from postlint.frameworks.hugo.shortcodes import Shortcodes
        from postlint.frameworks.hugo.templates import HugoTemplates
        from postlint.frameworks.hugo.tree import Tree

        name = self.detect(files) if files else None
        site = read_settings(files, name or "assumed") if files else HugoSettings(languages={"en": ""})
        self._site = site
        self.front_matter = self.front_matter._replace(date_of_update_counts="lastmod" in site.dates)
        old = site.version is not None and site.version < (0, 152)
        self.dialect = DIALECT._replace(yaml="go-yaml-2", refuses_repeats=False, newer_toml=False) if old else DIALECT
        self._tree = Tree(site, files, self.dialect)
        self._addresses = HugoAddresses(self._tree, self._dated, self._named)
        page = LastAddress(self.address)
        self._shortcodes = Shortcodes(site, files)
        if site.drops_html:
            self.linking = self.linking._replace(drops_html=_DROPS_HTML)
        self._images = HugoImages(self._tree, self._addresses, page, self._shortcodes, files)
        self._links = HugoLinks(self._tree, page, self._images, files)
        self._lists = HugoLists(self._tree, self._addresses, self._links.is_closed)
        self.addressing = self.addressing._replace(
            listed_by=tuple(sorted(site.taxonomies - {key.lower() for key in self.roles["tags"]}))
        )
        self.collections = self._collections(files)
        self._templates = HugoTemplates(site, files)
        self.settings = site.reported
        self.folders = self.folders._replace(public=tuple(mount.source for mount in site.static if not mount.target))
        base = "" if site.multihost or site.canonify else site.base or ""
        self.linking = self.linking._replace(is_partly_unseen=site.unseen)
        self.serving = ServingTraits(site.home, base if site.hooks["link"] == "none" else "", base)

    @cached_property
    def known_keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*super().known_keys, *self._site.taxonomies)))

    def _collections(self, files: Files | None) -> tuple[Collection, ...]:
        """One of each section, since the pages of one are alike, and one of the sections' own pages."""
        roots = dict.fromkeys(mount.source for mount in self._site.content)
        sections: dict[str, list[str]] = {}
        for root in roots:
            for name, is_folder in files.names(root).items() if files else ():
                usual = not name.startswith((".", "#")) and not name.endswith("~") and not set(name) & _GLOB
                if is_folder and usual:
                    sections.setdefault(name, []).append(f"{root}/{name}/**/*.{_MARKDOWN}")
        if len(sections) > _MOST_COLLECTIONS:
            sections = {}
        return (
            Collection("sections", tuple(f"{root}/**/_index{each}.md" for root in roots for each in ("", ".*"))),
            *(Collection(name, tuple(patterns), _SKIPPED) for name, patterns in sections.items()),
            Collection(
                "pages" if sections else "content", tuple(f"{root}/**/*.{_MARKDOWN}" for root in roots), _SKIPPED
            ),
        )

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=HUGO, heading_ids=True, math=False, admonitions=False, term_ids=True)

    def template_engine(self, path: str, data: Mapping[str, Any]) -> "Engine | None":
        return self._templates.engine

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._addresses.address(path, {key.lower(): value for key, value in data.items()})

    def pair(self, tag: str) -> tuple[str, bool] | None:
        return self._shortcodes.pair(tag)

    def gives_ids(self, tag: str) -> bool:
        return self._shortcodes.gives_ids(tag)

    def made_pages(self, posts: "Sequence[Listed]") -> "MadePages":
        return self._lists.made(posts)

    def term_address(self, path: str, field: str, tag: str) -> str | None:
        return self._lists.term(field, tag)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        from postlint.frameworks.hugo.slugs import as_flag

        own = self._all(path, data)
        return not self._site.drafts and (as_flag(own.get("draft")) or own.get("published", "") is None)

    def withheld(self, path: str, data: Mapping[str, Any], at: datetime) -> Reason | None:
        own = self._all(path, data)
        publish = self._first(own, (*self._site.publish_dates, "date", *self._site.dates))
        if publish and not self._site.future and _aware(publish) > at:
            return FUTURE
        expiry = self._first(own, self._site.expiry_dates)
        if expiry and not self._site.expired and _aware(expiry) < at:
            return EXPIRED
        return None

    def _all(self, path: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The post's front matter with what its sections hand down."""
        own = {key.lower(): value for key, value in data.items()}
        place = self._tree.place(path)
        if place is None or isinstance(place, Reason):
            return own
        logical = self._addresses.logical(place)
        kind = "section" if place.section else "page"
        return {**(self._tree.inherited(place, logical, kind, own.get("cascade")) or {}), **own}

    def ignored_keys(self, path: str, data: Mapping[str, Any]) -> Mapping[str, str]:
        """Keys of other frameworks for old addresses, which Hugo hands to templates only."""
        own = {key.lower(): value for key, value in data.items()}
        return {
            key: "write `aliases`"
            for key, value in data.items()
            if key.lower() in ("alias", "redirect_from") and "aliases" not in own and _are_paths(value)
        }

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        from postlint.frameworks.hugo.addresses import refused
        from postlint.frameworks.hugo.dates import read
        from postlint.frameworks.hugo.settings import cascade_rules
        from postlint.frameworks.hugo.slugs import as_flag, as_number, as_text, as_texts
        from postlint.frameworks.hugo.tree import handed_down

        own = {key.lower(): value for key, value in data.items()}
        if not isinstance(own.get("params", {}), dict):
            return Reason("`params` must be a mapping", stops=True, field="params", kind="value")
        if found := refused(own, self._site.version):
            return found
        if not isinstance(own.get("cascade"), (dict, list, NoneType)):
            text = "`cascade` must be a mapping or a list of mappings"
            return Reason(text, stops=True, field="cascade", kind="value")
        if unknown := self._unknown_format(own.get("outputs")):
            return unknown
        own.update({key.lower(): value for key, value in (own.pop("params", None) or {}).items()})
        for rule in cascade_rules(own.get("cascade")):
            if not {"target", "_target"} & rule.keys():
                own = {**handed_down(rule), **own}
        for key, value in own.items():
            if key in _TEXTS:
                own[key] = as_text(value).strip("-") if key == "slug" else as_text(value)
            elif key in ("keywords", "aliases"):
                own[key] = None if value is None or isinstance(value, dict) else as_texts(value)
            elif key in ("draft", "headless", "iscjklanguage"):
                own[key] = as_flag(value)
            elif key == "weight":
                own[key] = as_number(value)
            elif key in self._date_keys and value not in (None, ""):
                moment = read(value, as_text(value), self._zone)
                of_old = key == "published" and self._may_be_flag(value)
                if moment.problem and not moment.instant and not of_old and not self._takes_any_date:
                    return moment.problem._replace(field=key, kind="value")
                if language == "json" and isinstance(value, int):
                    # Go reads every number of JSON as a float.
                    text = f"`{key}` is a number, which Hugo does not read as a date"
                    return Reason(text, stops=True, field=key, kind="value")
                own[key] = moment.instant or value
            else:
                own[key] = _in_lower_case(value)
        return own

    def _unknown_format(self, names: object) -> Reason | None:
        """Why the build stops at the output formats of a page; None if it does not."""
        known = self._site.formats
        for number, name in enumerate(names if isinstance(names, list) and known is not None else ()):
            if known is not None and str(name).lower() not in known:
                return Reason(f"there is no output format `{name}`", True, f"outputs[{number}]", kind="value")
        return None

    @cached_property
    def _date_keys(self) -> frozenset[str]:
        site = self._site
        keys = (*site.dates, *site.publish_dates, *site.update_dates, *site.expiry_dates)
        return frozenset(key for key in keys if not key.startswith(":"))

    def non_mapping_values(self, value: object) -> object:
        return Reason("the front matter must be a mapping of keys to values", stops=True)

    def moment(self, value: object, text: str) -> Moment:
        from postlint.frameworks.hugo.dates import read

        found = read(value, text.strip(), self._zone)
        if self._may_be_flag(value):
            return Moment(None)
        if found.problem and found.problem.stops and self._takes_any_date:
            return found._replace(problem=Reason(f"{found.problem.text}; the post has no date"))
        return found

    @property
    def _takes_any_date(self) -> bool:
        """Whether Hugo is known to be a version that builds a post with a date that it cannot read."""
        return self._site.version is not None and self._site.version < (0, 136)

    def _may_be_flag(self, value: object) -> bool:
        """Until 0.135 `published` was the opposite of `draft`."""
        return isinstance(value, bool) and (self._site.version is None or self._takes_any_date)

    def named_date(self, path: str) -> datetime | None:
        if ":filename" not in self._site.dates:
            return None
        place = self._tree.place(path)
        return None if place is None or isinstance(place, Reason) else self._from_name(place)[0]

    @cached_property
    def _zone(self) -> tzinfo | None:
        """The site's time zone; None if this computer does not know it."""
        if self._site.zone is None or self._site.zone in _NAMED_ZONES:
            return UTC
        return zone(self._site.zone)

    def _first(self, data: Mapping[str, Any], keys: Sequence[str]) -> Moment | None:
        """The first date in `data`, whose keys are in lower case, among `keys`."""
        from postlint.frameworks.hugo.dates import read
        from postlint.frameworks.hugo.slugs import as_text

        for key in keys:
            value = data.get(key)
            if value not in (None, "") and not isinstance(value, (list, dict)):
                found = read(value, as_text(value), self._zone)
                if found.instant:
                    return found
        return None

    def _dated(self, place: "Place", data: Mapping[str, Any]) -> datetime | None:
        """The page's date. Raises Unknown if it comes from Git or the disk."""
        for key in self._site.dates:
            if key == ":filename":
                if found := self._from_name(place)[0]:
                    return found
            elif key.startswith(":"):
                from postlint.frameworks.hugo.addresses import Unknown

                raise Unknown("the date comes from Git or from the disk")
            elif moment := self._first(data, (key,)):
                return moment.instant
        return None

    def _named(self, place: "Place", data: Mapping[str, Any]) -> str:
        """The slug that the name gives the page, where some date is taken from the name; else empty."""
        site = self._site
        for keys in (site.dates, site.update_dates, site.publish_dates, site.expiry_dates):
            if ":filename" in keys and not self._first(data, keys[: keys.index(":filename")]):
                return self._from_name(place)[1]
        return ""

    def _from_name(self, place: "Place") -> tuple[datetime | None, str]:
        """The date that the file's or bundle's name begins with, and the rest of it."""
        from postlint.frameworks.hugo.dates import parse

        name = place.folder.rpartition("/")[2] if place.bundle else place.name
        name = name.rpartition(".")[0] or name
        for length in (19, 10):
            text = name[:length] if length == 10 else f"{name[:10]}T{name[11:19].replace('-', ':')}"
            if len(name) >= length and (instant := parse(text, self._zone).instant):
                return instant, name[length:].strip(" -_")
        return None, ""


def _is_hugo(files: Files, name: str) -> bool:
    """Whether a file of such a common name is Hugo's: it names the site's address, or has Hugo's folders beside it."""
    import re

    text = files.read_text(name) or ""
    if re.search(r"^\s*[\"']?baseurl[\"']?\s*[:=]", text, re.IGNORECASE | re.MULTILINE):
        return True
    known = re.search(r"^\s*[\"']?(?:languageCode|defaultContentLanguage|contentDir)[\"']?\s*[:=]", text, re.MULTILINE)
    return known is not None and files.is_file("archetypes/default.md")


def _in_lower_case(value: Any, depth: int = 20) -> Any:
    """`value` with the keys of its mappings as Hugo has them."""
    if isinstance(value, dict) and depth:
        return {key.lower(): _in_lower_case(each, depth - 1) for key, each in value.items()}
    return value


def _aware(moment: Moment) -> datetime:
    assert moment.instant
    return moment.instant if moment.instant.tzinfo else moment.instant.replace(tzinfo=UTC)


def _are_paths(value: object) -> bool:
    paths = value if isinstance(value, list) else [value]
    return bool(paths) and all(isinstance(path, str) and path.startswith("/") for path in paths)
