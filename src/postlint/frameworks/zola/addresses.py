"""Where a Zola site serves its pages and sections (getzola/zola, components/content/src/page.rs and file_info.rs)."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks.answers import Address, Reason
from postlint.frameworks.zola.dates import named
from postlint.frameworks.zola.settings import ZolaSettings
from postlint.frameworks.zola.slugs import slugify

CONTENT = "content"


class Place(NamedTuple):
    """Where a file stands among the content: its folders, its name without ending and language, its language.
    `bundle`: it is an `index.md`; `section`: an `_index.md`."""

    folders: tuple[str, ...]
    name: str
    language: str
    bundle: bool
    section: bool


class ZolaAddresses:
    """The addresses of one site."""

    def __init__(self, site: ZolaSettings, files: Files | None) -> None:
        self._site = site
        self._files = files
        self._ignored = ignored(site.ignored)

    def place(self, path: str) -> Place | Reason:
        """The place of the post at `path`, or why Zola makes no page of it."""
        *folders, file = path.split("/")
        if not folders or folders[0] != CONTENT:
            return Reason(f"it lies outside `{CONTENT}/`", asked=True)
        if not file.endswith(".md"):
            return Reason("Zola reads only `.md` files")
        if file.startswith("."):
            return Reason("Zola skips files whose name begins with `.`", asked=True)
        if self._ignored and self._ignored.fullmatch(f"/{path}"):
            return Reason("`ignored_content` in the settings excludes it", asked=True)
        name, language = file[:-3], self._site.language
        base, dot, code = name.partition(".")
        if not self._site.languages:
            if base == "_index" and dot:
                return Reason(f"the site has no language `{code}`")
        elif dot and code != language:
            if code not in self._site.languages:
                return Reason(f"the site has no language `{code}`", stops=True)
            name, language = base, code
        return Place(tuple(folders[1:]), name, language, name == "index", name == "_index")

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        place = self.place(path)
        if isinstance(place, Reason):
            return Address((), reason=place)
        language = place.language if self._site.languages else None
        # Site::load compares the page's own address with those of sections if the file has no language in its name.
        moved = "path" in data or "slug" in data
        if place.bundle and path.endswith("/index.md") and not moved and self._clashes(place):
            reason = Reason("a folder cannot have both an `index.md` and an `_index.md`", stops=True)
            return Address((), reason=reason, language=language)
        if data.get("render") is False:
            return Address((), reason=Reason("`render` is false", field="render", asked=True), language=language)
        for key in ("slug", "path"):
            if data.get(key) == "":
                return Address((), reason=Reason(f"`{key}` is empty", stops=True, field=key), language=language)
        served = self._served(place, data)
        if served is None:
            reason = Reason("how Zola writes its name in ASCII is not known")
            return Address(None, reason=reason, language=language)
        if ".." in served.split("/") or (served == "/" and not place.section):
            reason = Reason("its `path` is not the address of a page of its own", field="path")
            return Address((), reason=reason, language=language)
        base = self._site.base
        if base is None:
            return Address(None, served, Reason("the path of `base_url` is not known"), language=language)
        aliases = data.get("aliases")
        others = [alias for alias in aliases if isinstance(alias, str)] if isinstance(aliases, list) else []
        return Address((base + served,), served, None, tuple(base + _alias(each) for each in others), language)

    def _clashes(self, place: Place) -> bool:
        folder = "/".join((CONTENT, *place.folders))
        return not place.folders or bool(self._files and "_index.md" in self._files.names(folder))

    def _served(self, place: Place, data: Mapping[str, Any]) -> str | None:
        prefix = (place.language,) if place.language != self._site.language else ()
        if place.section:
            return _route((*prefix, *place.folders))
        own = data.get("path")
        if isinstance(own, str):
            own = own.strip()
            route = own if own.startswith("/") else f"/{own}"
            return route if route.endswith("/") else f"{route}/"
        folders = place.folders[:-1] if place.bundle else place.folders
        slug = self.slug(place.folders[-1] if place.bundle else place.name, data.get("slug"))
        return _route((*prefix, *folders, slug)) if slug else None

    def slug(self, name: str, own: object = None) -> str | None:
        """The last part of an address: the front matter's slug, else what is left of the name without its date."""
        if isinstance(own, (str, int, float)):
            name = str(own).lower() if isinstance(own, bool) else str(own)
        elif not self._site.keep_dates:
            name = named(name)[1] or name
        return slugify(name, self._site.slugs)


def _route(parts: tuple[str, ...]) -> str:
    return f"/{'/'.join(parts)}/" if parts else "/"


def _alias(alias: str) -> str:
    route = alias if alias.startswith("/") else f"/{alias}"
    return route if route.endswith((".html", "/")) else f"{route}/"


def ignored(patterns: tuple[str, ...]) -> "re.Pattern[str] | None":
    """A pattern of whole paths, `/` before them, that the globs of `ignored_content` fit: `*` takes in `/`, too. Zola
    compares the paths of the disk, so that only globs that begin with `*` fit any."""
    from fnmatch import translate

    parts = []
    for glob in patterns:
        if "{" in glob:
            parts += [translate(each) for each in _braces(glob)]
        else:
            parts.append(translate(glob))
    try:
        return re.compile("|".join(parts)) if parts else None
    except re.error:
        return None


def _braces(glob: str) -> list[str]:
    found = re.fullmatch(r"([^{}]*)\{([^{}]*)\}([^{}]*)", glob)
    return [f"{found[1]}{each}{found[3]}" for each in found[2].split(",")] if found else []
