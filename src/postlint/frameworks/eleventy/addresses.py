"""Where an Eleventy site serves its posts: the path, or what the data cascade says of `permalink`."""

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from postlint.files.globs import matches
from postlint.frameworks._shared.placed import LastAddress
from postlint.frameworks.answers import Address, Moment, Reason
from postlint.frameworks.eleventy.data import Data
from postlint.frameworks.eleventy.permalinks import Permalinks
from postlint.frameworks.eleventy.settings import EleventySettings
from postlint.javascript.literals import UNREADABLE

_PAGE = ("date", "inputPath", "fileSlug", "filePathStem", "outputFileExtension", "templateSyntax", "url", "outputPath")
# What a host reads by its very name may go without an ending.
_ENDINGLESS = ("/_redirects", "/.htaccess", "/_headers")
_EXTENSION = re.compile(r"[^/]\.[^/.]+$")
_MOST_PAGES = 100
_CODE = Reason("the site's own code gives the address")
_PAGES = Reason("`pagination` gives it several addresses")


class EleventyAddresses:
    """The addresses of one site. `moment` reads a date as Eleventy does."""

    def __init__(self, site: EleventySettings, data: Data, moment: Callable[[object, str], Moment]) -> None:
        self._site = site
        self._data = data
        self._moment = moment
        self._permalinks = Permalinks(site, moment)
        self.named_date = self._permalinks.named_date
        self.address = LastAddress(self._address)

    def unread(self, path: str) -> Reason | None:
        """Why Eleventy makes no page of the file at `path`; None if it makes one."""
        site = self._site
        inner = path
        if site.input:
            if not path.startswith(f"{site.input}/"):
                return Reason(f"it lies outside `{site.input}/`", asked=True)
            inner = path[len(site.input) + 1 :]
        if "node_modules" in path.split("/") or path.startswith(f"{site.output}/"):
            return Reason("Eleventy leaves this folder out", asked=True)
        folders = [site.includes, site.data, *((site.layouts,) if site.layouts else ())]
        if any(posixpath.normpath(inner).startswith(f"{folder}/") for folder in folders if folder not in (".", "")):
            return Reason("Eleventy makes no pages of the folders for layouts and data", asked=True)
        if site.ignores and matches(path, site.ignores):
            return Reason("the site's settings exclude it", asked=True)
        lower = path.lower()
        if not any(lower.endswith(f".{ending}") for ending in site.formats):
            return Reason(f"`templateFormats` in the settings does not have `{path.rpartition('.')[2]}`")
        return None

    def _address(self, path: str, data: Mapping[str, Any]) -> Address:
        if reason := self.unread(path):
            return Address((), reason=reason)
        if not self._site.readable:
            return Address(None, reason=Reason("the site's configuration computes its folders"))
        if reason := self.reserved(data) or self._stopped(data):
            return Address((), reason=reason)
        permalink = self._permalink(path, data)
        if isinstance(permalink, dict):
            permalink = permalink.get("build", False) if permalink else None
        parts = permalink if isinstance(permalink, list) else [permalink]
        if not all(part is None or isinstance(part, (str, bool, int, float, date)) for part in parts):
            return Address(None, reason=_CODE)
        if permalink is False:
            return Address((), reason=Reason("`permalink: false`", field="permalink", asked=True))
        if permalink is True:
            return Address((), reason=Reason("`permalink` must be text or `false`", True, "permalink", kind="value"))
        if not permalink:
            return self._made(self.default(path))
        if isinstance(permalink, list):
            permalink = ",".join(map(str, permalink))
        permalink = str(permalink)
        if data.get("dynamicPermalink") is not False and data.get("templateEngineOverride") is not False:
            if "pagination" in data:
                return self._paginated(path, data, permalink)
            printed = self._permalinks.render(path, data, permalink)
            if printed is None:
                return Address(None, reason=Reason("a template gives the address"))
            permalink = printed
        elif self._site.major >= 3 and "{" in permalink:
            return self._made("/" + permalink.lstrip("/"))
        made = self._made("/" + permalink.lstrip("/"))
        if self._site.major >= 3 and self._lacks_extension(permalink, made, data):
            reason = Reason(
                "`permalink` must end in `/` or in an extension such as `.html`", stops=True, field="permalink"
            )
            return Address((), reason=reason)
        return made

    def _lacks_extension(self, permalink: str, made: Address, data: Mapping[str, Any]) -> bool:
        if permalink.endswith("/") or _EXTENSION.search(permalink) or data.get("eleventyAllowMissingExtension"):
            return False
        return not self._site.endingless and not (made.key or "").endswith(_ENDINGLESS)

    def _stopped(self, data: Mapping[str, Any]) -> Reason | None:
        """What in the post's own data stops the build, None if nothing does."""
        layout = data.get("layout")
        if layout and not isinstance(layout, str):
            return Reason("`layout` must be text", stops=True, field="layout", kind="value")
        if isinstance(layout, str) and layout and self._site.complete and not self._layout(layout):
            return Reason(f"there is no layout `{layout}`", stops=True, field="layout")
        if (tags := data.get("tags")) and not isinstance(tags, (str, list)):
            return Reason("`tags` must be text or a list", stops=True, field="tags", kind="value")
        given = data.get("date")
        if not given or isinstance(given, date) or self._site.parses_dates:
            return None
        if isinstance(given, (list, dict)) or self._moment(given, str(given)).problem:
            return Reason("Eleventy cannot read `date`", stops=True, field="date", kind="value")
        return None

    def _paginated(self, path: str, data: Mapping[str, Any], permalink: str) -> Address:
        """A page for each group of values, where the post lists them itself."""
        pagination = data["pagination"]
        options = pagination if isinstance(pagination, dict) else {}
        size = options.get("size")
        if "size" not in options:
            return Address((), reason=Reason("`pagination` must have `size`", stops=True, field="pagination"))
        values = data.get(str(options["data"])) if "data" in options else None
        values = list(values) if isinstance(values, (list, dict)) else None
        plain = options.keys() <= {"data", "size", "alias", "reverse"}
        if not (plain and isinstance(size, int) and size > 0) or values is None or len(values) > _MOST_PAGES:
            return Address(None, reason=_PAGES)
        if options.get("reverse"):
            values.reverse()
        groups = [values[at : at + size] for at in range(0, len(values), size)]
        made: list[str] = []
        for number, group in enumerate(groups):
            shown = {"pagination": {"pageNumber": number}, str(options.get("alias")): group[0] if size == 1 else group}
            printed = self._permalinks.render(path, {**data, **shown}, permalink)
            if not printed:
                return Address(None, reason=_PAGES)
            made += self._made("/" + printed.lstrip("/")).addresses or ()
        if len({*made}) < len(made):
            reason = Reason("several pages of its `pagination` have one address", stops=True, field="permalink")
            return Address((), reason=reason)
        empty = Reason("its `pagination` has no values", field="pagination")
        return Address(tuple(made), made[0] if made else None, None if made else empty)

    def reserved(self, data: Mapping[str, Any]) -> Reason | None:
        """The key of `data` that Eleventy 3 keeps for itself, as a reason; None if there is none."""
        if self._site.major < 3:
            return None
        page = data.get("page", {})
        own = [f"page.{key}" for key in _PAGE if isinstance(page, dict) and key in page]
        if not isinstance(page, (dict, list)) and page is not None:
            own = ["page"]
        name = next((key for key in (*own, "content", "collections") if key in data or key in own), None)
        return Reason(f"Eleventy keeps the key `{name}` for itself", stops=True, field=name) if name else None

    def _layout(self, layout: str) -> str | None:
        """The path of a layout, which may be written without its ending or by an alias."""
        layout = self._site.aliases.get(layout, layout)
        return next((each for each in self._data.layouts if layout in (each, each.rpartition(".")[0])), None)

    def _made(self, address: str) -> Address:
        slash = address.endswith("/")
        if ".." in address and posixpath.normpath(address.lstrip("/")).startswith(".."):
            return Address((), reason=Reason("its `permalink` leads out of the site", field="permalink"))
        address = "/" + posixpath.normpath(address).lstrip("/")
        if slash and address != "/":
            address += "/"
        if address.endswith("/index.html"):
            address = address[: -len("index.html")]
        return Address((address,), address)

    def _permalink(self, path: str, data: Mapping[str, Any]) -> Any:
        """The strongest `permalink` of the cascade; UNREADABLE if code gives it, None if nothing does."""
        computed = data.get("eleventyComputed")
        if isinstance(computed, dict) and "permalink" in computed:
            return computed["permalink"]
        layout = data.get("layout")
        for key in ("override:permalink", "permalink"):
            if key in data:
                return data[key]
        found: Any = None
        for source in self._beside(path):
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

    def _beside(self, path: str) -> list[Mapping[str, Any]]:
        """What data files say of the post at `path`, the strongest first."""
        sources: list[Mapping[str, Any]] = []
        if own := self._data.posts.get(posixpath.splitext(path)[0]):
            sources.append(own)
        folder = posixpath.dirname(path)
        while True:
            if shared := self._data.folders.get(folder):
                sources.append(shared)
            if not folder or folder == self._site.input:
                return sources
            folder = posixpath.dirname(folder)

    def has_layout(self, path: str) -> bool:
        """Whether data files give the post at `path` a layout, or may do so."""
        return any(source.get("layout") for source in (*self._beside(path), self._data.shared))

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

    def default(self, path: str) -> str:
        """The address that the place of the file at `path` gives it."""
        inner = path[len(self._site.input) + 1 :] if self._site.input else path
        ending = next((each for each in self._site.formats if inner.endswith(f".{each}")), "")
        stem = inner[: -len(ending) - 1] if ending else inner
        folder, _, name = stem.rpartition("/")
        if name == "index" or (folder and name == folder.rpartition("/")[2]):
            return f"/{folder}/" if folder else "/"
        return f"/{stem}/"
