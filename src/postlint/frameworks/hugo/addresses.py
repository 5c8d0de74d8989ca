"""Where a Hugo site serves its pages (gohugoio/hugo: resources/page/page_paths.go, permalinks.go)."""

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from types import NoneType
from typing import Any
from urllib.parse import quote, unquote_plus

from postlint.files.globs import matches
from postlint.frameworks.answers import Address, Reason
from postlint.frameworks.hugo.slugs import as_flag, as_text, as_texts, lower, sanitize, without_accents
from postlint.frameworks.hugo.tree import Place, Tree

_ATTRIBUTE = re.compile(r":\w+(?:\[.+?\])?")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# The parts of Go's reference time that an attribute may be made of.
_LAYOUT = re.compile(r"January|Jan|Monday|Mon|MST|2006|002|0[1-6]|_2|15|[1-5]")
_ATTRIBUTES = frozenset(
    (
        *("year", "month", "monthname", "day", "weekday", "weekdayname", "yearday", "section", "sectionslug"),
        *("sections", "sectionslugs", "title", "slug", "slugorfilename", "filename", "contentbasename"),
        "slugorcontentbasename",
    )
)
_NO_ADDRESS = re.compile(r"%(?![0-9A-Fa-f]{2})|[\x00-\x1f\x7f]")
# Languages of content that Hugo had, each with the version that took it away (releases v0.60.0 and v0.100.0).
_OLD_MARKUP = {"mmark": (0, 60), "blackfriday": (0, 100)}
_PROTOCOLS = ("http://", "https://")
_MARKUP = frozenset(
    (
        *("", "md", "markdown", "mdown", "goldmark", "asciidoc", "adoc", "ad", "rst", "pandoc", "pdc", "org"),
        *("html", "htm"),
    )
)


class Unknown(Exception):
    """An address depends on what is not known."""


class HugoAddresses:
    """The addresses of one site. By a page's place and front matter, `dated` gives its date (None for none; raises
    Unknown), and `named` the slug that its name gives it where dates are taken from names."""

    def __init__(
        self,
        tree: Tree,
        dated: Callable[[Place, Mapping[str, Any]], datetime | None],
        named: Callable[[Place, Mapping[str, Any]], str],
    ) -> None:
        self._tree = tree
        self._site = tree.site
        self._dated = dated
        self._named = named
        patterns = [rule.pattern.replace("\\:", "") for rule in self._site.permalinks]
        found = (name for pattern in patterns for name in _ATTRIBUTE.findall(pattern))
        self._unknown = next((name for name in found if not _is_attribute(name[1:])), None)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        """`data` is the post's front matter with keys in lower case."""
        place = self._tree.place(path)
        if not isinstance(place, Place):
            return Address(() if place else None, reason=place or Reason("postlint cannot read its name"))
        if not self._site.folders_known and place.mount.language:
            reason = Reason(f"postlint cannot see whether `{place.mount.source}/` is the folder of a language")
            return Address(None, reason=reason, language=place.language)
        found = self._in_language(place, data)
        for code in place.others if found.addresses else ():
            other = self._in_language(place._replace(language=code), data)
            found = found._replace(
                addresses=tuple(dict.fromkeys((*(found.addresses or ()), *(other.addresses or ())))),
                aliases=tuple(dict.fromkeys((*found.aliases, *other.aliases))),
            )
        return found

    def _in_language(self, place: Place, data: Mapping[str, Any]) -> Address:
        """The address of the page in the language of `place`."""
        language = place.language if len(self._site.languages) > 1 else None
        if self._unknown:
            # The build stops; or this Hugo is newer than what is known here.
            return Address(None, reason=_unknown(self._unknown), language=language)
        hidden = self._tree.hidden_by(place)
        if hidden:
            languages = self._tree.index_languages(hidden)
            if language and "" not in languages and place.language not in languages:
                reason = Reason(f"the page bundle `{hidden}/` is in another language")
                return Address(None, reason=reason, language=language)
            return Address((), reason=self._resource(hidden), language=language)
        version = self._site.version
        if data.get("published") is True and (version is None or version >= (0, 136)):
            reason = Reason("Hugo 0.136 and newer read `published` as a date", field="published")
            return Address(None, reason=reason, language=language)
        logical = self.logical(place)
        kind = self._kind(place, logical)
        if kind in self._site.unmade:
            reason = Reason(f"`disableKinds` in the settings has `{kind}`", asked=True)
            return Address((), reason=reason, language=language)
        inherited = self._tree.inherited(place, logical, kind, data.get("cascade"))
        if (markup := as_text(data.get("markup")).lower()) in _OLD_MARKUP:
            if self._site.version is None:
                # An older Hugo may build the site: the page may exist.
                return Address(None, reason=refused({"markup": markup}, None), language=language)
            if self._site.version < _OLD_MARKUP[markup]:
                data = {key: value for key, value in data.items() if key != "markup"}
        if inherited is None:
            reason = Reason("which pages a `cascade` applies to is not known", field="cascade")
            return Address(None, reason=reason, language=language)
        if why := self._refused(data := {**inherited, **data}):
            return Address((), reason=why, language=language)
        if "slug" not in data and (slug := self._named(place, data)):
            data = {**data, "slug": slug}
        try:
            served = self._served(place, logical, kind, data)
        except Unknown as error:
            return Address(None, reason=Reason(str(error)), language=language)
        key = f"{place.language}:{served}" if self._site.multihost else served
        if not place.bundle and not place.section and self._tree.has_bundle(place):
            reason = Reason(f"the page bundle `{place.name}/` beside it takes its place")
            return Address((), key, reason, language=language)
        base = self._site.base
        if base is None:
            return Address(None, key, Reason("the path of `baseURL` is not known"), language=language)
        others = self._aliases(served, place, data)
        if others is None:
            reason = Reason("an alias is the site's root, or leads out of the site", stops=True, field="aliases")
            return Address((), reason=reason, language=language)
        aliases = tuple(f"{base}{alias}" for alias in others if alias != served)
        return Address((base + served,), key, None, aliases, language)

    def plausible(self, place: Place, data: Mapping[str, Any]) -> list[str]:
        """Addresses that the page may have, without the path of the site, if its address is not known."""
        logical = self.logical(place)
        kind = self._kind(place, logical)
        own = {key.lower(): value for key, value in data.items()}
        out = []
        for each in (own, {key: value for key, value in own.items() if key not in ("url", "slug")}):
            try:
                out.append(self._served(place, logical, kind, each))
            except Unknown:
                out.append(f"{logical.rstrip('/')}/")
        return [*dict.fromkeys([*out, *(f"/{place.language}{each}" for each in out)])]

    def _resource(self, bundle: str) -> Reason:
        """Why a file in the page bundle `bundle` makes no page. A bundle that makes none either is there to hold it."""
        index = self._tree.index(bundle)
        asked = as_flag(index.get("headless")) or any(
            isinstance(index.get(key), dict) and index[key].get("render") in ("never", False)
            for key in ("build", "_build")
        )
        text = f"`{bundle}/` is a page bundle, so its other files are resources of that page"
        return Reason(text, asked=asked, kind="resource")

    def term(self, taxonomy: str, term: str) -> str | None:
        """The address of the page of a term; None if a `permalinks` setting may move it."""
        site = self._site
        if taxonomy not in site.taxonomies or site.base is None or site.permalinks or "term" in site.unmade:
            return None
        return f"{site.base}/{taxonomy}/{_escaped(self._sanitized(term).replace('/', '-'))}/"

    def logical(self, place: Place) -> str:
        """The path that Hugo knows the page by: below the content's root, in lower case, blanks as hyphens."""
        parts = [place.folder] if place.folder else []
        if not place.bundle and not place.section:
            parts.append(place.name)
        return lower(f"/{'/'.join(parts)}").replace(" ", "-")

    def _kind(self, place: Place, logical: str) -> str:
        if not place.section:
            return "page"
        if logical == "/":
            return "home"
        first, _, rest = logical[1:].partition("/")
        if first in self._site.taxonomies:
            return "term" if rest else "taxonomy"
        return "section"

    def _refused(self, data: Mapping[str, Any]) -> Reason | None:
        """Why the page has no address, or stops the build."""
        if found := refused(data, self._site.version):
            return found
        url = as_text(data.get("url"))
        if _NO_ADDRESS.search(url):
            return Reason(f"`url` is `{url[:40]}`, which is not an address", stops=True, field="url")
        if as_flag(data.get("headless")):
            return Reason("headless", field="headless", asked=True)
        if data.get("published") is False:
            if self._site.version is None or self._site.version < (0, 136):
                # Until 0.135 `published` was the opposite of `draft`.
                return Reason("`published` is false", field="published", asked=True)
            return Reason("Hugo reads `published` as a date", stops=True, field="published")
        for name in ("build", "_build"):
            options = data.get(name)
            if isinstance(options, dict) and options.get("render") in ("never", "link", False):
                return Reason(f"`{name}.render` is `{options['render']}`", field=f"{name}.render", asked=True)
        return None

    def _served(self, place: Place, logical: str, kind: str, data: Mapping[str, Any]) -> str:
        prefix = self._site.languages.get(place.language, "")
        url = as_text(data.get("url"))
        if url and kind != "home":
            return self._by_url(url, prefix, place, logical, data)
        if kind == "home":
            return f"{prefix}/index.html" if self._is_ugly(logical) else f"{prefix}/"
        slug = as_text(data.get("slug")).strip("-")
        pattern = self._pattern(kind, logical)
        expanded = "" if pattern is None else self._expand(pattern, place, data)
        if expanded:
            route = posixpath.normpath(unquote_plus(expanded)).strip("/") if expanded.strip("/") else ""
            parts = [route] if route != "." else []
        else:
            parts = self._folders(place)
            if place.section:
                parts[-1:] = [slug or parts[-1]]
            elif place.bundle:
                parts = [*parts[:-1], slug] if slug else parts
            elif (last := slug or self._form(place.name)) != "index":  # that makes `index.html` of the folder
                parts.append(last)
        route = "/".join(sanitized for part in parts if (sanitized := self._sanitized(part).strip("/")))
        if not route:
            return f"{prefix}/"
        if self._is_ugly(logical) and kind in ("page", "section", "taxonomy", "term"):
            return f"{prefix}/{_escaped(route)}{'/index' if kind in ('section', 'taxonomy') else ''}.html"
        return f"{prefix}/{_escaped(route)}/"

    def _by_url(self, url: str, prefix: str, place: Place, logical: str, data: Mapping[str, Any]) -> str:
        relative = not url.startswith("/")
        if ":" in url:
            url = unquote_plus(self._expand(url, place, data)) or url
        if ".." in url:
            url = posixpath.normpath(posixpath.join("/", url)) + ("/" if url.endswith("/") else "")
        parts = [part for part in url.split("/") if part]
        file = "." in url and not url.endswith("/")
        if file and parts and parts[-1] == "index.html":
            parts.pop()
            file = False
        served = "/" + "/".join(parts) + ("" if file or not parts else "/")
        if relative and prefix and not served.startswith(f"{prefix}/"):
            served = prefix + served
        return quote(served, safe="/~!*'()@:$&+,;=-_.%?").replace("#", "%23")

    def _form(self, name: str) -> str:
        return lower(name).replace(" ", "-") if self._site.lower else name

    def _folders(self, place: Place) -> list[str]:
        """The folders of the default address. The slug of a section's own page renames it (0.167)."""
        parts = place.folder.split("/") if place.folder else []
        out = [self._form(part) for part in parts]
        above = self._tree.folders(place)[1:]
        offset = len(parts) - len(above) - (1 if place.bundle else 0)
        newest = self._site.version is None or self._site.version >= (0, 167)
        for at, (folder, _) in enumerate(above):
            slug = as_text(self._tree.section(folder, place.language).get("slug")).strip("-")
            if slug and newest and 0 <= offset + at < len(out):
                out[offset + at] = slug
        return out

    def _sanitized(self, text: str) -> str:
        text = sanitize(text)
        if not self._site.accents:
            text = without_accents(text)
        return lower(text) if self._site.lower else text

    def _is_ugly(self, logical: str) -> bool:
        ugly = self._site.ugly
        return ugly.get(logical[1:].partition("/")[0]) is True if isinstance(ugly, dict) else ugly

    def _pattern(self, kind: str, logical: str) -> str | None:
        found: list[str] = []
        for rule in self._site.permalinks:
            if rule.kind not in (kind, "any") and not (rule.kind is None and kind in ("page", "term")):
                continue
            if rule.glob is None:
                raise Unknown("which rule of `permalinks` applies to it is not known")
            if matches(logical, (rule.glob,)):
                if rule.kind == "any":
                    return rule.pattern
                found.append(rule.pattern)
        if len(set(found)) > 1:
            raise Unknown("several rules of `permalinks` apply to it")
        return found[0] if found else None

    def _expand(self, pattern: str, place: Place, data: Mapping[str, Any]) -> str:
        out, last = [], 0
        pattern = pattern.replace("\\:", "\x00")
        for match in _ATTRIBUTE.finditer(pattern):
            out += [pattern[last : match.start()], self._attribute(match[0][1:], place, data)]
            last = match.end()
        return ("".join(out) + pattern[last:]).replace("\x00", ":")

    def _attribute(self, attribute: str, place: Place, data: Mapping[str, Any]) -> str:
        slug, title = as_text(data.get("slug")).strip("-"), as_text(data.get("title"))
        name = self._base_name(place)
        if attribute in ("title", "slug"):
            text = slug if attribute == "slug" and slug else title
            return self._urlized(re.sub(r"[/\\]", "-", text) if text is title else text)
        if attribute in ("filename", "contentbasename"):
            return self._urlized(name)
        if attribute in ("slugorfilename", "slugorcontentbasename"):
            return self._urlized(slug or name)
        if attribute.startswith("section"):
            return self._sections(attribute, place)
        return self._date_attribute(attribute, place, data)

    def _base_name(self, place: Place) -> str:
        if place.section:
            return ""
        return place.folder.rpartition("/")[2] if place.bundle else place.name

    def _urlized(self, text: str) -> str:
        # A `#` at the end begins an empty fragment, which gets lost.
        return quote(self._sanitized(text).removesuffix("#"), safe="/~!*'()@:$&+,;=-_.%#")

    def _sections(self, attribute: str, place: Place) -> str:
        above = self._tree.folders(place)[1:]
        parts = place.folder.split("/") if place.folder else []
        if place.bundle and parts:
            parts.pop()
        if len(parts) != len(above):
            raise Unknown(f"what `:{attribute}` stands for is not known")
        by_slug = attribute.startswith("sectionslug")
        names = [
            self._section_slug(folder, place.language, part) if by_slug else self._form(part)
            for (folder, _), part in zip(above, parts, strict=True)
        ]
        if attribute in ("section", "sectionslug"):
            return names[0] if names else ""
        known = [at for at, (folder, _) in enumerate(above) if at == 0 or self._tree.is_section(folder)]
        names = names[: max(known, default=-1) + 1]
        if attribute in ("sections", "sectionslugs"):
            return "".join(f"/{name}" for name in names)
        cut = re.fullmatch(r"section(?:slug)?s\[(\w*)(:?)(\w*)\]", attribute)
        if cut is None:
            raise Unknown(f"what `:{attribute}` stands for is not known")
        first = _index(cut[1], names, 0)
        if not cut[2]:
            return names[first] if first < len(names) else ""
        return "/".join(names[first : _index(cut[3], names, len(names))])

    def _section_slug(self, folder: str, language: str, name: str) -> str:
        """The slug of the section in `folder`: that of its own page, else its title, else the name of the folder."""
        own = self._tree.section(folder, language)
        text = as_text(own.get("slug")).strip("-") or as_text(own.get("title"))
        return self._urlized(re.sub(r"[/\\]", "-", text)) if text else self._form(name)

    def _date_attribute(self, attribute: str, place: Place, data: Mapping[str, Any]) -> str:
        at = self._dated(place, data)
        month, weekday = (at.month, at.weekday()) if at else (1, 0)
        known = {
            "year": str(at.year if at else 1),
            "month": f"{month:02}",
            "monthname": _MONTHS[month - 1],
            "day": f"{at.day if at else 1:02}",
            "weekday": str((weekday + 1) % 7),
            "weekdayname": _DAYS[weekday],
            "yearday": str(at.timetuple().tm_yday if at else 1),
        }
        if attribute in known:
            return known[attribute]
        if attribute == "MST" or not _is_attribute(attribute):
            raise Unknown(f"what `:{attribute}` stands for is not known")
        return _LAYOUT.sub(lambda match: _formatted(match[0], at or datetime.min), attribute)

    def _aliases(self, served: str, place: Place, data: Mapping[str, Any]) -> list[str] | None:
        """None if one of them stops the build."""
        out = []
        prefix = self._site.languages.get(place.language, "")
        for alias in as_texts(data.get("aliases")):
            if not alias:
                continue
            beside = posixpath.dirname(served.rstrip("/")) or ".."
            at = posixpath.normpath(prefix + alias if alias.startswith("/") else posixpath.join(beside, alias))
            if not at.strip("/") or at.startswith(".."):
                return None
            at = "/" + at.lstrip("/")
            out.append(at if at.endswith((".html", ".htm")) else f"{at}/" if at != "/" else at)
        return out


def _index(text: str, names: list[str], default: int) -> int:
    if text == "last":
        return max(len(names) - 1, 0)
    return min(int(text), len(names)) if text.isdigit() else default


def _is_attribute(name: str) -> bool:
    """Whether permalinks may have `name` after a colon: one of Hugo's own, or a layout of Go's for dates."""
    return name in _ATTRIBUTES or name.startswith(("sections[", "sectionslugs[")) or bool(_LAYOUT.search(name))


def _formatted(part: str, at: datetime) -> str:
    """What Go writes for `part` of its reference time."""
    written = {
        "January": _MONTHS[at.month - 1],
        "Jan": _MONTHS[at.month - 1][:3],
        "Monday": _DAYS[at.weekday()],
        "Mon": _DAYS[at.weekday()][:3],
        "2006": f"{at.year:04}",
        "002": f"{at.timetuple().tm_yday:03}",
        "15": f"{at.hour:02}",
        "_2": f"{at.day:2}",
    }
    numbers = (at.month, at.day, at.hour % 12 or 12, at.minute, at.second, at.year % 100)
    return written.get(part) or (f"{numbers[int(part) - 1]:02}" if part[0] == "0" else str(numbers[int(part) - 1]))


def refused(data: Mapping[str, Any], version: tuple[int, int] | None) -> Reason | None:
    """Why front matter with keys in lower case stops the build of Hugo `version` (None: the newest), whatever page it is
    for; None if it does not."""
    if as_text(data.get("url")).startswith(_PROTOCOLS):
        return Reason("`url` must be a path, without protocol and host", stops=True, field="url")
    for number, alias in enumerate(as_texts(data.get("aliases"))):
        if alias.startswith(_PROTOCOLS):
            field = f"aliases[{number}]" if isinstance(data["aliases"], list) else "aliases"
            return Reason(
                f"the alias `{alias[:60]}` must be a path, without protocol and host", stops=True, field=field
            )
    markup = data.get("markup")
    removed = _OLD_MARKUP.get(as_text(markup).lower())
    known = as_text(markup).lower() in _MARKUP or (removed and version and version < removed)
    if markup is not None and not known:
        text = f"Hugo does not know the markup `{as_text(markup)[:40]}`"
        return Reason(text, stops=True, field="markup", kind="value")
    if (version is None or version >= (0, 168)) and "_build" in data:
        # Deprecated in 0.145; 0.168 stops the build.
        return Reason("Hugo has no key `_build` any more; write `build`", stops=True, field="_build", kind="value")
    for name in ("build", "_build"):
        if not isinstance(data.get(name), (dict, NoneType)):
            return Reason(f"`{name}` must be a mapping", stops=True, field=name, kind="value")
    return None


def _unknown(attribute: str) -> Reason:
    return Reason(f"what `{attribute}` stands for is not known")


def _escaped(route: str) -> str:
    return quote(route, safe="/~!*'()@:$&+,;=-_.%")
