"""Where a Zola site serves its pages and sections (getzola/zola, components/content/src/page.rs and file_info.rs)."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks.answers import Address
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

    def place(self, path: str) -> Place | str:
        """The place of the post at `path`, or the reason why it is no page."""
        *folders, file = path.split("/")
        if not folders or folders[0] != CONTENT:
            return f"it lies outside of `{CONTENT}/`"
        if not file.endswith(".md"):
            return "Zola reads `.md` files only"
        if file.startswith("."):
            return "Zola skips names that begin with `.`"
        if self._ignored and self._ignored.fullmatch(f"/{path}"):
            return "`ignored_content` names it"
        name, language = file[:-3], self._site.language
        base, dot, code = name.partition(".")
        if not self._site.languages:
            if base == "_index" and dot:
                return "a section in a language that the site does not have"
        elif dot and code != language:
            if code not in self._site.languages:
                return f"the site has no language `{code}`: the build stops"
            name, language = base, code
        return Place(tuple(folders[1:]), name, language, name == "index", name == "_index")

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        place = self.place(path)
        if not isinstance(place, Place):
            return Address((), reason=place)
        language = place.language if self._site.languages else None
        if place.bundle and self._clashes(place):
            return Address((), reason="`index.md` lies beside an `_index.md`: the build stops", language=language)
        if data.get("render") is False:
            return Address((), reason="`render` is false", language=language)
        for key in ("slug", "path"):
            if data.get(key) == "":
                return Address((), reason=f"`{key}` is empty: the build stops", language=language)
        served = self._served(place, data)
        if served is None:
            return Address(None, reason="how Zola writes its name in ASCII is not known", language=language)
        if ".." in served.split("/") or (served == "/" and not place.section):
            return Address((), reason="its `path` leads to no page of its own", language=language)
        base = self._site.base
        if base is None:
            return Address(None, served, "the path of `base_url` can't be known", language=language)
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
