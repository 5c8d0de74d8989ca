"""Astro 2 to 7, with Starlight: content collections, pages, and images as its Markdown pipeline resolves them.

Sources: packages astro, @astrojs/internal-helpers, @astrojs/markdown-remark and @astrojs/starlight, and builds with them.
"""

import posixpath
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, ClassVar
from urllib.parse import unquote

from postlint import js_dates, tsconfig
from postlint.files import Files
from postlint.frameworks import (
    EXTERNAL,
    UNKNOWN,
    Address,
    Collection,
    Framework,
    Moment,
    Setting,
    Target,
    Where,
    _astro_collections,
    _astro_routes,
    _astro_settings,
    is_external,
)
from postlint.frameworks._astro_collections import Entries
from postlint.front_matter.dialects import ASTRO
from postlint.github_slugger import slug
from postlint.globs import matches
from postlint.syntax import Syntax

_PAGE_ENDINGS = "{md,mdx,markdown,mdown,mkdn,mkd,mdwn}"
_OPTIMISED = re.compile(r"\.(?:jpe?g|png|tiff|webp|gif|svg|avif)$", re.IGNORECASE)
_SUFFIX = re.compile(r"[?#].*", re.DOTALL)
_TEMPLATE = ("{", "<%")
_ALIAS = re.compile(r"[@~#$]")
_PACKAGE = re.compile(r"@[\w-]+/[\w.-]+/|[#$]")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}/")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{2,5}$")
# Addresses that Astro, Vite and hosts answer themselves.
_GENERATED = ("/_astro/", "/_image", "/@", "/_vercel/", "/.netlify/", "/_ipx/", "/cdn-cgi/")
_LONE_NUMBER = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


class Astro(Framework):
    """One Astro site. Entries are known by their ids; where a page shows them is told only by a route that is plain."""

    name: ClassVar[str] = "astro"
    title: ClassVar[str] = "Astro"
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
        if name := _astro_settings.config_file(files):
            return name
        text = files.read_text("package.json")
        return "package.json" if text and '"astro"' in text and _depends(files) else None

    def __init__(self, files: Files | None) -> None:
        self._site = site = _astro_settings.read(files) if files else _astro_settings.AstroSettings()
        self._entries = _astro_collections.read(files, site) if files else _astro_collections.anywhere(site)
        self._pages = pages = f"{site.source}/pages"
        names = tuple(entries.name for entries in self._entries)
        self._routes = _astro_routes.read(files, pages, names) if files else _astro_routes.Routes({}, (), None)
        self._aliases = tsconfig.read(files) if files else tsconfig.Aliases()
        self.shared_public = () if site.public.startswith("..") else (site.public,)
        self.collections = (
            *(Collection(entries.name, entries.include, entries.exclude) for entries in self._entries),
            Collection("pages", (f"{pages}/**/*.{_PAGE_ENDINGS}",), (f"{pages}/**/_*", f"{pages}/**/_*/**")),
        )
        if site.starlight is not None and files and files.find_folder(pages).status != "ok" and names == ("docs",):
            self.required = ("title",)
        self.settings = (
            *site.told,
            *(Setting(f"collection {entries.name}", list(entries.include), entries.origin) for entries in self._entries),
            Setting("aliases", [alias.prefix for alias in self._aliases.aliases], self._aliases.file or "assumed"),
        )

    def syntax(self, path: str) -> Syntax:
        return Syntax(
            mdx=path.endswith(".mdx"), heading_ids=self._site.plugins, math=self._site.plugins, admonitions=False
        )

    # Addresses -------------------------------------------------------------------------------------------------------

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        if path.startswith(f"{self._pages}/"):
            return self._page(path[len(self._pages) + 1 :])
        left_out = None
        for entries in self._entries:
            if not entries.base or path.startswith(f"{entries.base}/"):
                if matches(path, entries.include) and not matches(path, entries.exclude):
                    return self._entry(entries, path[len(entries.base) + 1 if entries.base else 0 :], data)
                left_out = entries
        if left_out:
            return Address((), reason=f"the pattern of the collection `{left_out.name}` leaves it out")
        return Address(None, reason="it is in no collection and is no page")

    def _page(self, route: str) -> Address:
        if any(part[0] in "._" for part in route.split("/") if part):
            return Address((), reason="Astro ignores pages whose name, or folder's name, begins with `_` or `.`")
        if reason := self._skipped(route):
            return Address((), reason=reason)
        route = route[: route.rindex(".")] if "." in route else route
        if route == "index" or route.endswith("/index"):
            folder = "/" + route[: -len("index")]
            format_ = "directory" if folder == "/" or self._site.file_format != "file" else "file"
            address = self._served(folder.rstrip("/"), format_)
        else:
            address = self._served(f"/{route}", self._site.file_format)
        return Address(*address[:1], key=address[0][0] if address[0] else None, reason=address[1])

    def _entry(self, entries: Entries, path: str, data: Mapping[str, Any]) -> Address:
        if any(part[0] == "." for part in path.split("/") if part):
            return Address((), reason="Astro ignores files whose name, or folder's name, begins with `.`")
        if "#" in path or "?" in path:
            return Address((), reason="Astro cannot load a file with `#` or `?` in its path: the post is left out")
        if reason := self._skipped(path):
            return Address((), reason=reason)
        id_, reason = self._id(entries, path, data.get("slug"))
        if not id_:
            return Address(None if id_ is None else (), reason=reason)
        key = f"{entries.name}/{id_.strip('/')}"
        if entries.name == "docs" and self._site.starlight is not None:
            return self._starlight(id_, key, data)
        route = self._routes.entries.get(entries.name)
        if route is None or (route.parameter == "id" and self._site.major < 6 and self._site.compat):
            return Address(None, key, "which page shows this collection is not certain")
        id_ = id_.strip("/")
        if "/" in id_ and not route.rest:
            return Address((), key, f"its route takes no `/`, but its id is `{id_}`")
        if id_ == "index" and self._site.file_format != "directory" and self._site.major > 5:
            return Address((), key, "Astro cannot build a page of the id `index` with this `build.format`")
        addresses, reason = self._served(f"{route.before}{id_}{route.after}", self._site.file_format)
        return Address(addresses, key, reason)

    def _skipped(self, path: str) -> str | None:
        return None if self._site.mdx or not path.endswith(".mdx") else "Astro reads .mdx files with @astrojs/mdx only"

    def _id(self, entries: Entries, path: str, own: object) -> tuple[str | None, str | None]:
        """An entry's id: None where it can't be known, empty where the build stops; then with the reason."""
        if entries.ids == "unknown":
            return None, "the site's own code makes the ids"
        if own:
            if isinstance(own, str):
                return own, None
            if self._site.major < 6:
                return "", "slug is no text: the build stops"
            text = _as_text(own)
            return text, None if text else "slug is no text"
        if entries.ids == "file":
            return path, None
        stem = path[: path.rindex(".")] if "." in path.rpartition("/")[2] else path
        id_ = "/".join(map(slug, stem.split("/"))).removesuffix("/index")
        return id_, None if id_ else "no letter of the file's name is left for an id: the build stops"

    def _starlight(self, id_: str, key: str, data: Mapping[str, Any]) -> Address:
        if data.get("draft") is True:
            return Address((), key, "draft")
        options = self._site.starlight or {}
        locales = options.get("locales")
        names = [name for name in locales if name not in ("root", "...")] if isinstance(locales, dict) else []
        route = "" if id_ == "index" else id_.strip("/")
        first, _, rest = route.partition("/")
        served, reason = self._served(f"/{route}".rstrip("/"), self._site.file_format)
        if served is None:
            return Address(None, key, reason)
        # A page that is not translated is shown in its own language below each other locale.
        rooted = isinstance(locales, dict) and "root" in locales
        if rooted and first not in names:
            others, rest = names, route
        elif not rooted and first in names and first == options.get("defaultLocale"):
            others = [name for name in names if name != first]
        else:
            others = []
        for name in others:
            more, _ = self._served(f"/{name}/{rest}".rstrip("/"), self._site.file_format)
            served += more or ()
        return Address(served, key)

    def _served(self, route: str, file_format: str) -> tuple[tuple[str, ...] | None, str | None]:
        """The address of a route without a slash at its end, or why it can't be told."""
        base = self._site.base
        if base is None:
            return None, "the site's `base` cannot be read"
        if route in ("/404", "/500") or (file_format != "directory" and route):
            return (f"{base}{route}.html",), None
        return (f"{base}{route}/" if self._site.slash or not base + route else base + route,), None

    # Dates -----------------------------------------------------------------------------------------------------------

    def moment(self, value: object, text: str) -> Moment:
        """Dates as js-yaml and `new Date()` (so `z.coerce.date()`) read them; nothing and booleans are none."""
        text = text.strip()
        if value is None or isinstance(value, bool) or not text:
            return Moment(None)
        if isinstance(value, (int, float)):
            read = js_dates.from_number(value)
            problem = None
            if read and _LONE_NUMBER.fullmatch(text):
                problem = f"a number is read as milliseconds since 1970; write `{text[:4]}-{text[4:6]}-{text[6:]}`"
            return Moment(read.instant if read else None, problem)
        if isinstance(value, date):
            read = js_dates.timestamp(text)
            if read is None:
                return _typed(value)
        else:
            read = js_dates.parse(text)
            if read is None:
                return Moment(None, _refused(text))
        problem = read.oddity
        if problem and read.instant:
            at = read.instant
            problem += f"; Astro reads {at.day} {js_dates.MONTHS[at.month - 1]} {at.year}"
        return Moment(read.instant, problem, read.hour is None)

    # Images and links ------------------------------------------------------------------------------------------------

    def image(self, path: str, target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        if not target or target[0] in "#?" or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        if where == "field":
            return self._field(path, target)
        if target[0] == "/":
            if where == "import":
                return Target("files", (_clean(target)[1:], self._site.public + _clean(target)))
            return self._public(target)
        if where == "html":
            return self._beside_page(path, target, "raw HTML is left as it is: the browser asks for this next to the page")
        if where == "reference" and self._site.major >= 7 and not self._site.plugins:
            note = "Astro 7 leaves an image whose path stands in a definition as it is; write `![…](path)`"
            return self._beside_page(path, target, note)
        return self._asset(path, target, where)

    def _asset(self, path: str, target: str, where: Where) -> Target:
        """An image that Astro or Vite imports: relative to the post, or by an alias."""
        form = unquote(target) if "%" in target else target
        if where == "markdown" or where == "reference":
            plain = _OPTIMISED.search(target) is not None
            if not plain and self._site.plugins:
                return UNKNOWN
            if not plain and ("?" in target or "#" in target):
                return Target("missing", note="with `?` or `#` in its path Astro makes an image without address")
            if not plain:
                return Target("missing", note="Astro makes images of jpeg, png, tiff, webp, gif, svg and avif files only")
        else:
            form = _SUFFIX.sub("", form)
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        if beside.startswith(".."):
            return UNKNOWN
        if form[0] == ".":
            return Target("files", (beside,), where != "jsx")
        resolved = self._aliases.resolve(form)
        if not resolved:
            if form.startswith(self._site.aliases) if self._site.aliases else False:
                return UNKNOWN
            if _PACKAGE.match(form) or (_ALIAS.match(form) and not self._aliases.complete) or where == "import":
                return UNKNOWN
        note = None
        if form.startswith(f"{self._site.public}/"):
            note = f"what lies in `{self._site.public}/` is served from the root: write `{form[len(self._site.public):]}`"
        return Target("files", (beside, *(to for to in resolved if not to.startswith(".."))), where != "jsx", note)

    def _public(self, target: str, certain: bool = True) -> Target:
        """What a browser asks for by its address: a file of the public folder, or what code answers."""
        site, address = self._site, _clean(target)
        if address.startswith(_GENERATED) or not self.shared_public:
            return UNKNOWN
        paths = [address]
        if site.base is None:
            paths.append("/" + address[1:].partition("/")[2])
            certain = False
        elif site.base and address.startswith(f"{site.base}/"):
            paths = [address[len(site.base) :]]
        elif site.base and site.plugins:
            certain = False
        elif site.base:
            return Target("missing", note=f"the site is served below `{site.base}/`: write `{site.base}{target}`")
        for pattern in (self._routes.made, site.redirects):
            if pattern and any(pattern.fullmatch(each) for each in paths):
                return UNKNOWN
        note = None
        if paths[0].startswith(f"/{site.public}/"):
            note = f"what lies in `{site.public}/` is served from the root: write `{target[len(site.public) + 1 :]}`"
        elif paths[0].startswith(f"/{site.source}/"):
            note = f"what lies in `{site.source}/` has no address of its own: write a path relative to the post"
        return Target("files", tuple(site.public + each for each in paths), certain, note)

    def _beside_page(self, path: str, target: str, note: str) -> Target:
        """What a browser resolves against the page's own address, which is served from the public folder."""
        if not self.shared_public:
            return UNKNOWN
        form = _clean(target)
        pages = self.address(path, {})
        if pages.addresses:
            base = self._site.base or ""
            folders = {address[len(base) :].rpartition("/")[0] for address in pages.addresses}
        else:
            id_ = (pages.key or "").partition("/")[2]
            folders = {prefix + each for prefix in self._routes.prefixes[:16] for each in (id_, posixpath.dirname(id_))}
        paths = (posixpath.normpath(f"{self._site.public}/{folder}/{form}") for folder in sorted(folders))
        inside = tuple(dict.fromkeys(each for each in paths if each.startswith(f"{self._site.public}/")))
        return Target("files", inside, True, note) if inside else Target("missing", note=note)

    def _field(self, path: str, target: str) -> Target:
        """An image in the front matter: relative to the post with `image()`, else as the site's templates have it."""
        form = _SUFFIX.sub("", target)
        if not _EXTENSION.search(form) or _HOST.match(form):
            return UNKNOWN
        site = self._site
        if form[0] == "/":
            found = self._public(target)
            if found.status == "missing":
                found = Target("files", (site.public + _clean(target),), False, found.note)
            if found.status == "unknown":
                return found
            return found._replace(paths=(*found.paths, form[1:]) if form.startswith(f"/{site.source}/") else found.paths)
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        if beside.startswith(".."):
            return UNKNOWN
        if form[0] == ".":
            return Target("files", (beside,))
        resolved = self._aliases.resolve(form)
        if not resolved and _ALIAS.match(form):
            vite = bool(site.aliases) and form.startswith(site.aliases)
            unknown = vite or _PACKAGE.match(form) or not self._aliases.complete
            return UNKNOWN if unknown else Target("files", (beside,))
        if resolved:
            return Target("files", tuple(to for to in resolved if not to.startswith("..")) or (beside,))
        folders = (site.public, f"{site.source}/assets", f"{site.source}/assets/images", f"{site.source}/images")
        more = [posixpath.normpath(f"{folder}/{form}") for folder in (*folders, site.source, ".", f"{site.public}/images")]
        return Target("files", (beside, *(each for each in more if not each.startswith(".."))), False)

    def link(self, path: str, target: str, where: Where) -> Target:
        """Astro leaves links as they are: a relative one to a source file leads nowhere."""
        if is_external(target):
            return EXTERNAL
        form = _clean(target)
        if not form or form[0] == "/" or self._site.plugins or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        if not _EXTENSION.search(form) or form.endswith((".html", ".htm")) or where in ("jsx", "import"):
            return UNKNOWN
        return self._beside_page(path, target, "Astro leaves links as they are: write the address, not the file's path")


def _depends(files: Files) -> bool:
    from postlint import package_json

    return "astro" in package_json.read(files).ranges


def _clean(target: str) -> str:
    """The path of a URL reference, decoded, without query and fragment."""
    form = _SUFFIX.sub("", target)
    return unquote(form) if "%" in form else form


def _as_text(value: object) -> str | None:
    """JavaScript's `String(value)`."""
    if isinstance(value, bool):
        return "true"
    if isinstance(value, (int, float)):
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, date):
        at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return f"{at:%a %b %d %Y %H:%M:%S} GMT+0000 (Coordinated Universal Time)"
    return None


def _typed(value: date) -> Moment:
    """A date that is typed by the front matter's language (TOML); without zone it is UTC (smol-toml)."""
    if isinstance(value, datetime):
        return Moment(value if value.tzinfo else value.replace(tzinfo=UTC))
    return Moment(datetime(value.year, value.month, value.day, tzinfo=UTC), None, True)


def _refused(text: str) -> str:
    """Why `new Date(text)` is no date."""
    parts = re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", text)
    if parts and int(parts[1]) > 12:
        return f"there is no month {parts[1]} (the month comes first); write `{parts[4]}-{parts[3]:0>2}-{parts[1]:0>2}`"
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return f"`{shown}` is no date that JavaScript can read"
