"""Astro 2 to 7, with Starlight: content collections, pages, and images as its Markdown pipeline resolves them.

Sources: packages astro, @astrojs/internal-helpers, @astrojs/markdown-remark, @astrojs/starlight; builds with them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from postlint.body.mdx_syntax import Setup
from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.frameworks._shared import found_posts, github_anchors
from postlint.frameworks._shared.new_date import odd
from postlint.frameworks.answers import Address, Collection, Moment, Reason, Setting, Target, Where
from postlint.frameworks.astro import collections, settings
from postlint.frameworks.astro import routes as astro_routes
from postlint.frameworks.astro.addresses import AstroAddresses, translated
from postlint.frameworks.astro.images import AstroImages
from postlint.frameworks.astro.links import AstroLinks
from postlint.frameworks.framework import Framework
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits
from postlint.front_matter.dialects import ASTRO
from postlint.javascript import dates, tsconfig
from postlint.schema import name_of

_PAGE_ENDINGS = "{md,mdx,markdown,mdown,mkdn,mkd,mdwn}"
_LONE_NUMBER = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")

if TYPE_CHECKING:
    from postlint.frameworks.data_sets import DataSet
    from postlint.frameworks.made import Listed, MadePages


class Astro(Framework):
    """One Astro site."""

    name: ClassVar[str] = "astro"
    title: ClassVar[str] = "Astro"
    linking = LinkTraits(raw_headings_have_ids=False)
    front_matter = FrontMatterTraits(escaped=True)
    dialect = ASTRO
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description", "excerpt", "summary"),
        "slug": ("slug",),
        "published": (
            *("pubDate", "publishDate", "publishedDate", "pubDatetime", "publishedAt", "published_at", "publishedOn"),
            *("published", "date", "datePublished", "postDate", "createdAt", "created"),
        ),
        "updated": (
            *("updatedDate", "updateDate", "modDatetime", "updatedAt", "updated_at", "updatedOn", "updated"),
            *("lastmod", "lastMod", "lastModified", "last_modified_at", "lastUpdated", "modified", "modifiedDate"),
            *("modDate", "dateModified", "dateUpdated"),
        ),
        "expires": ("expires", "expiresAt", "expiryDate", "expireDate", "unpublishDate"),
        "image": (
            *("heroImage", "coverImage", "image", "cover", "ogImage", "socialImage", "thumbnail", "banner", "hero"),
            *("img", "featuredImage", "featured_image", "cover_image", "coverimage", "heroimage", "og_image"),
            *("bannerImage", "thumb", "thumbnailImage", "headerImage", "previewImage", "postImage", "poster"),
        ),
        "tags": ("tags", "categories"),
        "author": ("author", "authors"),
        "draft": ("draft", "isDraft"),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        if name := settings.config_file(files):
            return name
        text = files.read_text("package.json")
        if text is None or '"astro"' not in text or files.find_folder("src").status != "ok":
            return None
        from postlint.javascript import package_json

        return "package.json" if "astro" in package_json.read(files).ranges else None

    def __init__(self, files: Files | None) -> None:
        site = settings.read(files) if files else settings.AstroSettings()
        config = collections.config(files, site.source) if files else collections.Config(None)
        entries = collections.read(files, site, config) if files else collections.anywhere(site)
        pages, names = f"{site.source}/pages", tuple(each.name for each in entries)
        routes = astro_routes.read(files, pages, names) if files else astro_routes.Routes({}, (), None)
        aliases = tsconfig.read(files) if files else tsconfig.Aliases()
        self._source = site.source
        if site.starlight is not None:
            fields = ("hero.actions[].link", "prev.link", "next.link", "banner.content")
            self.linking = self.linking._replace(fields=tuple((field, "html") for field in fields))
        self._plugins, self._changes = site.plugins, site.changes
        self._mdx = site.setup if site.mdx else None
        self._addresses = AstroAddresses(site, entries, routes, translated(files, site) if files else frozenset())
        plain = tuple(f"{each.base}/" for each in entries if each.base and not each.has_images)
        imported = tuple((f"{each.base}/", each.images) for each in entries if each.base and each.images)
        self._images = AstroImages(site, routes, aliases, self._addresses, plain, imported)
        self._links = AstroLinks(site, routes, self._images)
        if files and config.path:
            from postlint.frameworks.astro import schemas

            self.schemas = schemas.read(files, config.path, config.module)
        # Data means the collection of that name, whose loader may be code.
        self.folders = FolderTraits(() if site.public.startswith("..") else (site.public,), data=())
        base = site.base or ""
        self.serving = ServingTraits(site.home, "" if site.changes.links else base, base)
        # Without content collections the site's own code reads posts, with `import.meta.glob()`.
        others = found_posts.collections(files, (pages,)) if files and not entries else ()
        taken = (each for route in routes.entries.values() if route for each in route.fields)
        self.addressing = AddressTraits(
            keys=tuple(dict.fromkeys(taken)), empty_slug_counts=not others and site.starlight is None
        )
        self.collections = (
            *(Collection(each.name, each.include, each.exclude) for each in entries),
            *others,
            Collection("pages", (f"{pages}/**/*.{_PAGE_ENDINGS}",), (f"{pages}/**/_*", f"{pages}/**/_*/**")),
        )
        if site.starlight is not None and files and files.find_folder(pages).status != "ok" and names == ("docs",):
            self.front_matter = FrontMatterTraits(escaped=True, required=("title",))
        self.settings = (
            *site.reported,
            *(Setting(f"collection {each.name}", list(each.include), each.origin) for each in entries),
            *(Setting(f"schema of {name}", "read", name_of(found)) for name, found in self.schemas.items()),
            Setting("aliases", [alias.prefix for alias in aliases.aliases], aliases.file or "assumed"),
        )

    def syntax(self, path: str) -> Syntax:
        return Syntax(mdx=path.endswith(".mdx"), heading_ids=self._plugins, math=self._plugins, admonitions=False)

    def mdx(self, path: str, data: Mapping[str, Any]) -> Setup | None:
        return self._mdx if path.endswith(".mdx") else None

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._addresses.address(path, data)

    def made_pages(self, posts: "Sequence[Listed]") -> "MadePages":
        """The files of `src/pages`, which come before dynamic routes; one may show a post that lies elsewhere."""
        from postlint.frameworks.made import MadePage, MadePages

        return MadePages([MadePage(address, source, source=source) for address, source in self._links.pages()])

    def data_set(self, name: str, files: Files) -> "DataSet | None":
        from postlint.frameworks.astro import data as astro_data

        config = collections.config(files, self._source)
        return astro_data.entries(files, config.module, name) or super().data_set(name, files)

    def moment(self, value: object, text: str) -> Moment:
        """Dates as js-yaml and `new Date()` (so `z.coerce.date()`) read them; an empty value and booleans are not dates."""
        text = text.strip()
        if value is None or isinstance(value, bool) or not text:
            return Moment(None)
        if isinstance(value, (int, float)):
            read = dates.from_number(value)
            problem = None
            if read and _LONE_NUMBER.fullmatch(text):
                better = f"{text[:4]}-{text[4:6]}-{text[6:]}"
                problem = Reason(f"Astro reads a number as milliseconds since 1970; write `{better}`")
            return Moment(read.instant if read else None, problem)
        if isinstance(value, date):
            read = dates.timestamp(text)
            if read is None:
                return _typed(value)
        else:
            read = dates.parse(text)
            if read is None:
                return Moment(None, _refused(text))
        return odd(read, "Astro reads")

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._images.image(path, target, where)

    def field_image(self, path: str, data: Mapping[str, Any], target: str, field: str) -> Target:
        return self._images.field(path, target, field)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._links.link(path, self._addresses.address(path, data), target, where)

    def could_answer(self, address: str) -> bool:
        return self._links.could_answer(address)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        """Those of github-slugger."""
        if self._changes.ids:
            return None
        return github_anchors.anchors(headings)


def _typed(value: date) -> Moment:
    """A date that is typed by the front matter's language (TOML); without zone it is UTC (smol-toml)."""
    if isinstance(value, datetime):
        return Moment(value if value.tzinfo else value.replace(tzinfo=UTC))
    return Moment(datetime(value.year, value.month, value.day, tzinfo=UTC), None, True)


def _refused(text: str) -> Reason:
    """Why `new Date(text)` is not a date."""
    parts = re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", text)
    if parts and int(parts[1]) > 12:
        better = f"{parts[4]}-{parts[3]:0>2}-{parts[1]:0>2}"
        return Reason(f"there is no month {parts[1]} (the month comes first); write `{better}`")
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return Reason(f"JavaScript cannot read `{shown}` as a date")
