"""Where an Astro site serves its posts: the ids of entries, the addresses of pages, and Starlight's languages."""

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from postlint.files.files import Files
from postlint.files.globs import matches
from postlint.frameworks._shared.asked_again import asked_again
from postlint.frameworks.answers import DRAFT, Address, Reason
from postlint.frameworks.astro.collections import Entries
from postlint.frameworks.astro.routes import Routes
from postlint.frameworks.astro.settings import AstroSettings
from postlint.javascript.github_slugger import slug

_SLUG = re.compile(r"^slug:[ \t]*([\"']?)([^\s\"'#]+)\1[ \t]*$", re.MULTILINE)
_HEAD = 2000
_MOST_PAGES = 100_000


class AstroAddresses:
    """The addresses of one site. Entries are known by their ids. Only a plain route shows where they are served."""

    def __init__(
        self,
        site: AstroSettings,
        entries: tuple[Entries, ...],
        routes: Routes,
        translated: frozenset[str] = frozenset(),
    ) -> None:
        """`translated` are the ids of Starlight's pages in other languages."""
        self._site = site
        self._translated = translated
        self._entries = entries
        self._routes = routes
        self._pages = f"{site.source}/pages"

    @asked_again
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
            return Address(
                (), reason=Reason(f"the pattern of the collection `{left_out.name}` excludes it", asked=True)
            )
        return Address(None, reason=Reason("it is neither in a collection nor a page"))

    def _page(self, route: str) -> Address:
        if any(part[0] in "._" for part in route.split("/") if part):
            text = "Astro ignores pages if their name, or their folder's, begins with `_` or `.`"
            return Address((), reason=Reason(text, asked=True))
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
        *folders, name = path.split("/")
        # A class of characters, as in `[^_]*.md`, takes the dot as well.
        dotted = any(pattern.rpartition("/")[2].startswith("[") for pattern in entries.include)
        if any(part.startswith(".") for part in folders) or (name.startswith(".") and not dotted):
            text = "Astro ignores files if their name, or their folder's, begins with `.`"
            return Address((), reason=Reason(text, asked=True))
        if "#" in path or "?" in path:
            return Address((), reason=Reason("Astro cannot load a file with `#` or `?` in its path"))
        if reason := self._skipped(path):
            return Address((), reason=reason)
        id_, reason = self._id(entries, path, data.get("slug"))
        if not id_:
            return Address(None if id_ is None else (), reason=reason)
        key = f"{entries.name}/{id_.strip('/')}"
        if entries.name == "docs" and self._site.starlight is not None:
            return self._starlight(id_, key, data)
        route = self._routes.entries.get(entries.name)
        if route is None or (route.takes == ("id",) and self._site.major < 6 and self._site.compat):
            return Address(None, key, Reason("which page shows this collection is not certain"))
        if route.fields:
            value = _taken(route.takes, id_, data)
            if value is None:
                return Address(
                    None, key, Reason(f"its route takes the address from `{route.fields[0]}`", field=route.fields[0])
                )
            id_ = value
            key = f"{entries.name}/{id_.strip('/')}"
        id_ = composed(id_).strip("/")
        if "/" in id_ and not route.rest:
            return Address((), key, Reason(f"its id is `{id_}`, but its route does not take a `/`"))
        if id_ == "index" and self._site.file_format != "directory" and self._site.major > 5:
            reason = Reason("with this `build.format`, Astro cannot build a page whose id is `index`")
            return Address((), key, reason)
        shown = f"{route.before}{id_}{route.after}"
        if any(part in ("", ".", "..") for part in id_.split("/")):
            # The file is written at the path that this comes to.
            shown = posixpath.normpath(shown).removesuffix("/")
        addresses, reason = self._served(shown, self._site.file_format)
        return Address(addresses, key, reason)

    def _skipped(self, path: str) -> Reason | None:
        if self._site.mdx or not path.endswith(".mdx"):
            return None
        return Reason("Astro reads `.mdx` files only with the integration `@astrojs/mdx`")

    def _id(self, entries: Entries, path: str, own: object) -> tuple[str | None, Reason | None]:
        """An entry's id: None if it is not known, empty if the build stops; then with the reason."""
        if entries.ids == "unknown":
            return None, Reason("the site's own code makes the ids")
        if own:
            if isinstance(own, str):
                return own, None
            if self._site.major < 6:
                return "", Reason("`slug` must be text", True, "slug", kind="value")
            text = _as_text(own)
            return text, None if text else Reason("`slug` must be text", False, "slug", kind="value")
        if entries.ids == "file":
            return path, None
        id_ = made_id(path)
        return id_, None if id_ else Reason("its name holds no letter or digit to make an id of", stops=True)

    def _starlight(self, id_: str, key: str, data: Mapping[str, Any]) -> Address:
        if data.get("draft") is True:
            return Address((), key, DRAFT)
        options = self._site.starlight or {}
        locales = options.get("locales")
        names = [name for name in locales if name not in ("root", "...")] if isinstance(locales, dict) else []
        route = "" if id_ == "index" else composed(id_).strip("/")
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
            if f"{name}/{rest}".rstrip("/") in self._translated:
                continue
            more, _ = self._served(f"/{name}/{rest}".rstrip("/"), self._site.file_format)
            served += more or ()
        return Address(served, key)

    def _served(self, route: str, file_format: str) -> tuple[tuple[str, ...] | None, Reason | None]:
        """The address of a route without a slash at its end, or why it is not known."""
        base = self._site.base
        if base is None:
            return None, Reason("postlint cannot read the site's `base`")
        if route in ("/404", "/500") or (file_format != "directory" and route):
            return (f"{base}{route}.html",), None
        return (f"{base}{route}/" if self._site.slash or not base + route else base + route,), None


def _taken(takes: tuple[str, ...], id_: str, data: Mapping[str, Any]) -> str | None:
    """What a route takes of an entry; None if it takes nothing that is text."""
    for each in takes:
        value = data.get(each[len("data.") :]) if each.startswith("data.") else id_
        if value not in (None, ""):
            return value if isinstance(value, str) else None
    return None


def composed(parameter: str) -> str:
    """What Astro makes of a route's parameter (core/routing/params.js: `normalize()`), unlike of the name of a page."""
    return parameter if parameter.isascii() else unicodedata.normalize("NFC", parameter)


def made_id(path: str) -> str:
    """The id that Astro makes of the path of an entry."""
    stem = path[: path.rindex(".")] if "." in path.rpartition("/")[2] else path
    return "/".join(map(slug, stem.split("/"))).removesuffix("/index")


def translated(files: Files, site: AstroSettings) -> frozenset[str]:
    """The ids of Starlight's pages, by their `slug` or their path."""
    locales = (site.starlight or {}).get("locales")
    if not isinstance(locales, dict) or len(locales) < 2:
        return frozenset()
    base = f"{site.source}/content/docs"
    out: set[str] = set()
    pending = [""]
    while pending and len(out) < _MOST_PAGES:
        folder = pending.pop()
        for name, is_folder in files.names(f"{base}/{folder}".rstrip("/")).items():
            path = f"{folder}/{name}".lstrip("/")
            if is_folder:
                pending.append(path)
            elif name[0] not in "_." and name.endswith((".md", ".mdx")):
                own = _SLUG.search((files.read_text(f"{base}/{path}") or "")[:_HEAD])
                out.add(own[2] if own else made_id(path))
    return frozenset(out)


def _as_text(value: object) -> str | None:
    """JavaScript's `String(value)`; None for what nobody means as a slug."""
    if isinstance(value, bool):
        return "true"
    if isinstance(value, int):
        return str(value) if abs(value) < 10**21 else None
    if isinstance(value, float):
        return f"{value:.15g}" if 1e-6 < abs(value) < 1e15 else None
    if isinstance(value, date):
        at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return f"{at:%a %b %d %Y %H:%M:%S} GMT+0000 (Coordinated Universal Time)"
    return None
