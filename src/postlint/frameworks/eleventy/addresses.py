"""Where an Eleventy site serves its posts: the path, or what the data cascade says of `permalink`."""

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from postlint.frameworks import Address, Moment
from postlint.frameworks.eleventy.data import Data
from postlint.frameworks.eleventy.settings import EleventySettings
from postlint.globs import matches
from postlint.javascript.literals import UNREADABLE

_DATED = re.compile(r"\d{4}-\d\d-\d\d-")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_OUTPUT = re.compile(r"\{\{-?\s*([^{}]*?)\s*-?\}\}")
_FORMAT = re.compile(r"(?:date|dateFilter):?\s*\(?\s*['\"]([^'\"]*)['\"]\s*\)?")
_STRFTIME = {"%Y": "%Y", "%m": "%m", "%d": "%d", "%y": "%y", "%B": "%B", "%b": "%b", "%H": "%H", "%M": "%M"}
_SIMPLE = re.compile(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")
_PAGE = ("date", "inputPath", "fileSlug", "filePathStem", "url", "outputPath")
_MOST_PAGES = 100
_CODE = "the site's own code gives the address"


class EleventyAddresses:
    """The addresses of one site. `moment` reads a date as Eleventy does."""

    def __init__(self, site: EleventySettings, data: Data, moment: Callable[[object, str], Moment]) -> None:
        self._site = site
        self._data = data
        self._moment = moment

    def unread(self, path: str) -> str | None:
        """Why Eleventy makes no page of the file at `path`; None where it does."""
        site = self._site
        inner = path
        if site.input:
            if not path.startswith(f"{site.input}/"):
                return f"it lies outside of `{site.input}/`"
            inner = path[len(site.input) + 1 :]
        if "node_modules" in path.split("/") or path.startswith(f"{site.output}/"):
            return "Eleventy leaves this folder out"
        folders = [site.includes, site.data, *((site.layouts,) if site.layouts else ())]
        if any(posixpath.normpath(inner).startswith(f"{folder}/") for folder in folders if folder not in (".", "")):
            return "Eleventy leaves out the folders of layouts and data"
        if site.ignores and matches(path, site.ignores):
            return "the site's own settings leave it out"
        lower = path.lower()
        if not any(lower.endswith(f".{ending}") for ending in site.formats):
            return f"`.{path.rpartition('.')[2]}` is none of the site's `templateFormats`"
        return None

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        if reason := self.unread(path):
            return Address((), reason=reason)
        if not self._site.readable:
            return Address(None, reason="the site's configuration computes its folders")
        if name := self.reserved(data):
            return Address((), reason=f"`{name}` is Eleventy's own: the build stops")
        layout = data.get("layout")
        if isinstance(layout, str) and layout and self._site.complete and not self._layout(layout):
            return Address((), reason=f"there is no layout `{layout}`: the build stops")
        permalink = self._permalink(path, data)
        if permalink is UNREADABLE:
            return Address(None, reason=_CODE)
        if isinstance(permalink, dict):
            permalink = permalink.get("build", False)
        if permalink is False:
            return Address((), reason="`permalink: false`")
        if permalink is None or permalink == "":
            return self._made(self._default(path))
        if not isinstance(permalink, str):
            return Address((), reason="permalink is no text: the build stops")
        if data.get("dynamicPermalink") is not False:
            if "pagination" in data and "{" in permalink:
                return self._paginated(path, data, permalink)
            printed = self._render(path, data, permalink)
            if printed is None:
                return Address(None, reason="a template gives the address")
            permalink = printed
        elif self._site.major >= 3 and "{" in permalink:
            return self._made("/" + permalink.lstrip("/"))
        last = permalink.rpartition("/")[2]
        if self._site.major >= 3 and last and not re.search(r"\.[^.\s#?]+$", last):
            return Address((), reason="permalink ends neither in `/` nor in an extension: the build stops")
        return self._made("/" + permalink.lstrip("/"))

    def _paginated(self, path: str, data: Mapping[str, Any], permalink: str) -> Address:
        """A page for each value, where the post lists them itself, one on a page."""
        pagination = data["pagination"]
        options = pagination if isinstance(pagination, dict) else {}
        values = data.get(str(options.get("data")))
        alias = options.get("alias")
        plain = options.keys() <= {"data", "size", "alias"} and options.get("size") == 1
        if plain and isinstance(alias, str) and isinstance(values, list) and values:
            printed = [self._render(path, {**data, alias: value}, permalink) for value in values[:_MOST_PAGES]]
            made = [self._made("/" + each.lstrip("/")).addresses for each in printed if each]
            if len(made) == len(values):
                addresses = tuple(each[0] for each in made if each)
                return Address(addresses, addresses[0])
        return Address(None, reason="pagination gives it several addresses")

    def reserved(self, data: Mapping[str, Any]) -> str | None:
        """The key of `data` that Eleventy 3 keeps for itself, None where there is none."""
        if self._site.major < 3:
            return None
        page = data.get("page")
        own = [f"page.{key}" for key in _PAGE if isinstance(page, dict) and key in page]
        return next((key for key in (*own, "content", "collections") if key in data or key in own), None)

    def _layout(self, layout: str) -> str | None:
        """The path of a layout, which may be written without its ending or by an alias."""
        layout = self._site.aliases.get(layout, layout)
        return next((each for each in self._data.layouts if layout in (each, each.rpartition(".")[0])), None)

    def _made(self, address: str) -> Address:
        slash = address.endswith("/")
        address = "/" + posixpath.normpath(address).lstrip("/")
        if slash and address != "/":
            address += "/"
        if address.endswith("/index.html"):
            address = address[: -len("index.html")]
        return Address((address,), address)

    def _permalink(self, path: str, data: Mapping[str, Any]) -> Any:
        """The strongest `permalink` of the cascade; UNREADABLE where code gives it, None where nothing does."""
        computed = data.get("eleventyComputed")
        if isinstance(computed, dict) and "permalink" in computed:
            return computed["permalink"]
        layout = data.get("layout")
        if "permalink" in data and data["permalink"] is not None:
            return data["permalink"]
        found: Any = None
        sources: list[Mapping[str, Any]] = []
        if own := self._data.posts.get(posixpath.splitext(path)[0]):
            sources.append(own)
        folder = posixpath.dirname(path)
        while True:
            if shared := self._data.folders.get(folder):
                sources.append(shared)
            if not folder or folder == self._site.input:
                break
            folder = posixpath.dirname(folder)
        for source in sources:
            computed = source.get("eleventyComputed")
            if computed is UNREADABLE:
                return UNREADABLE
            if isinstance(computed, dict) and "permalink" in computed:
                given = computed["permalink"]
                return given if isinstance(given, str) else UNREADABLE
            layout = layout if layout is not None else source.get("layout")
            if found is None and source.get("permalink") is not None:
                found = source["permalink"]
        if found is not None:
            return found
        layout = layout if layout is not None else self._data.shared.get("layout")
        if (from_layout := self._of_layout(layout)) is not None:
            return from_layout
        return self._data.shared.get("permalink")

    def _of_layout(self, layout: object) -> Any:
        for _ in range(8):
            if layout is UNREADABLE:
                return None
            if not isinstance(layout, str) or not layout:
                return None
            name = self._layout(layout)
            if name is None:
                return None
            permalink, layout = self._data.layouts[name]
            if permalink is not None:
                text = permalink.strip()
                if text[:1] in ("'", '"') and text[-1:] == text[:1]:
                    return text[1:-1]
                return False if text == "false" else text if text and text[0] not in "{[|>&*" else UNREADABLE
        return None

    def _default(self, path: str) -> str:
        inner = path[len(self._site.input) + 1 :] if self._site.input else path
        ending = next((each for each in self._site.formats if inner.endswith(f".{each}")), "")
        stem = inner[: -len(ending) - 1] if ending else inner
        folder, _, name = stem.rpartition("/")
        if name == "index" or (folder and name == folder.rpartition("/")[2]):
            return f"/{folder}/" if folder else "/"
        return f"/{stem}/"

    def slug(self, path: str) -> str:
        """`page.fileSlug`."""
        inner = path[len(self._site.input) + 1 :] if self._site.input else path
        folder, _, name = inner.rpartition("/")
        stem = name.rpartition(".")[0] or name
        cut = _after_date(stem)
        if cut == "index":
            return _after_date(folder.rpartition("/")[2])
        return cut

    def _stem(self, path: str) -> str:
        """`page.filePathStem`."""
        inner = path[len(self._site.input) + 1 :] if self._site.input else path
        folder, _, name = inner.rpartition("/")
        stem = _after_date(name.rpartition(".")[0] or name)
        return f"/{folder}/{stem}" if folder else f"/{stem}"

    def named_date(self, path: str) -> datetime | None:
        """The first day in the path, folders included."""
        found = _DAY.search(path)
        try:
            return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC) if found else None
        except ValueError:
            return None

    def _render(self, path: str, data: Mapping[str, Any], template: str) -> str | None:
        """What a simple template prints, None for any other."""
        if "{%" in template or "{#" in template:
            return None
        pieces, last = [], 0
        for match in _OUTPUT.finditer(template):
            value = self._value(path, data, match[1])
            if value is None:
                return None
            pieces += [template[last : match.start()], value]
            last = match.end()
        pieces.append(template[last:])
        made = "".join(pieces)
        return None if "{{" in made else made

    def _value(self, path: str, data: Mapping[str, Any], expression: str) -> str | None:
        name, *filters = (part.strip() for part in expression.split("|"))
        if name == "page.date" or (name == "date" and filters):
            return self._date(path, data, filters)
        value: object = None
        if name == "page.fileSlug":
            value = self.slug(path)
        elif name == "page.filePathStem":
            value = self._stem(path)
        elif re.fullmatch(r"\w+", name) and isinstance(data.get(name), (str, int)):
            value = data[name]
        if value is None or isinstance(value, bool):
            return None
        text = str(value)
        for each in filters:
            if each not in ("slugify", "slug") or not _SIMPLE.fullmatch(text):
                return None
            lower = text.lower().replace(" ", "-")
            # A filter of the site's own may do anything to what is not a slug already.
            if each in self._site.filters and lower != text:
                return None
            text = lower
        return text

    def _date(self, path: str, data: Mapping[str, Any], filters: list[str]) -> str | None:
        if len(filters) != 1 or "date" in self._site.filters:
            return None
        form = re.fullmatch(r"date:\s*['\"]([^'\"]*)['\"]", filters[0])
        if not form or self._site.engine == "njk" or any(each not in _STRFTIME for each in re.findall(r"%.", form[1])):
            return None
        value = data.get("date")
        at = self._moment(value, str(value)).instant if isinstance(value, (str, date)) else None
        at = at or (self.named_date(path) if value is None else None)
        return at.strftime(form[1]) if at else None


def _after_date(name: str) -> str:
    found = _DATED.search(name)
    return name[found.end() :] if found and found.end() < len(name) else name
