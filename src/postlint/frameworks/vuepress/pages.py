"""Where a VuePress site's pages are served, and where their images and links are looked for.

Sources: packages @vuepress/core and @vuepress/markdown (2.0.0-rc.31), vuepress (1.9); pages that they made.
"""

import posixpath
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Reason, Target, Where, is_external
from postlint.frameworks.vuepress.settings import FOLDER, VuePressSettings
from postlint.frameworks.web import EXTENSION, HOST, beside, clean, page

_PUBLIC = f"{FOLDER}/public"
_TEMPLATE = ("{{", "${", "<%")
_INDEX = re.compile(r"(?:^|/)(?:readme|index)\.md$", re.IGNORECASE)
_UNSAFE = re.compile(r"[\x00-\x1f\"#$%&*+,:;<=>?\[\]^`{|}]")
_DATED_NAME = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?-(.+)")
_DATED_FOLDER = re.compile(r"(?:^|/)(\d{4})/(\d{1,2})(?:/(\d{1,2}))?(?:/|$)")
_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:\D.*)?")


class VuePressPages:
    """The addresses, images and links of one site's pages."""

    def __init__(self, site: VuePressSettings) -> None:
        self._site = site
        self._locales = dict(site.locales)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        site, language = self._site, self._language(path)
        permalink = data.get("permalink")
        if isinstance(permalink, str) and permalink.startswith("/"):
            own: str | None = permalink if ":" not in permalink else None
        elif "permalink" in data and permalink is None:
            own = self._inferred(path)
        elif site.themed:
            return Address(None, reason=Reason("a theme or plugin may make the addresses"), language=language)
        else:
            own = self._by_pattern(path, data)
        if own is None:
            return Address(None, reason=Reason("`permalinkPattern` is made by code or unusual"), language=language)
        if site.base is None:
            return Address(None, own, Reason("postlint cannot read `base`"), language=language)
        address = site.base + own.lstrip("/")
        return Address((address,), address, language=language)

    def _inferred(self, path: str) -> str:
        """The address by the file's path."""
        below = _INDEX.sub(lambda found: "/" if found[0].startswith("/") else "", path)
        below = re.sub(r"\.md$", ".html", below)
        if self._site.version == 1:
            return f"/{below}"
        return "/" + "/".join(_UNSAFE.sub("_", part).lstrip("_") for part in below.split("/"))

    def _by_pattern(self, path: str, data: Mapping[str, Any]) -> str | None:
        """The address by the pattern for permalinks; None if it is not known."""
        pattern = data.get("permalinkPattern", self._site.pattern)
        if pattern is None:
            return self._inferred(path)
        if not isinstance(pattern, str) or self._site.version == 1:
            return None
        year, month, day = self._day(path, data.get("date"))
        name = posixpath.basename(path).removesuffix(".md")
        dated = _DATED_NAME.fullmatch(name)
        raw = self._inferred(path).lstrip("/")
        parts = {"year": year, "month": month, "day": day, "slug": dated[4] if dated else name, "raw": raw}
        made = re.sub(r":(year|month|day|slug|raw)\b", lambda found: parts[found[1]], pattern)
        return "/" + made.lstrip("/") if ":" not in made else None

    def _day(self, path: str, written: object) -> tuple[str, str, str]:
        """Year, month and day: of the front matter, of the file's name, or of its folders."""
        text = written.isoformat() if isinstance(written, date) else written if isinstance(written, str) else ""
        found = _DATE.fullmatch(text) or self.named(path)
        return (found[1], found[2].rjust(2, "0"), (found[3] or "1").rjust(2, "0")) if found else ("0000", "00", "00")

    def named(self, path: str) -> "re.Match[str] | None":
        """The date that the file's name or folder gives: groups for year, month and day."""
        folder, _, name = path.rpartition("/")
        return _DATED_NAME.fullmatch(name) or _DATED_FOLDER.search(folder)

    def _language(self, path: str) -> str | None:
        return self._locales.get(path.partition("/")[0] if "/" in path else "", self._locales.get(""))

    def image(self, path: str, target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        form = clean(target)
        if not form or form.startswith(("@", "~", "#")) or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        if where == "field" and (not EXTENSION.search(form) or HOST.match(form)):
            return UNKNOWN
        if form.startswith("/"):
            return self._rooted(form, certain=where != "field")
        if where not in ("markdown", "reference", "html"):
            found = beside(path, form, False)
            return found._replace(paths=(*found.paths, f"{_PUBLIC}/{form}")) if found.paths else found
        # Version 1 leaves `a.png` to the browser, and what begins with a dot to the bundler.
        return beside(path, form, certain=self._site.version > 1 or form.startswith("."))

    def _rooted(self, form: str, certain: bool) -> Target:
        if form.startswith(f"/{_PUBLIC}/"):
            note = f"what lies in `{_PUBLIC}/` is served from the root; write `{form[len(_PUBLIC) + 1 :]}`"
            return Target("missing", note=note)
        base = self._site.base or "/"
        forms = (form, form[len(base) - 1 :]) if base != "/" and form.startswith(base) else (form,)
        return Target("files", tuple(f"{_PUBLIC}{each}" for each in forms), certain and self._site.public)

    def link(self, path: str, target: str, where: Where) -> Target:
        """A link to a source, which becomes its page's address, or to an address; themes and plugins make more of them."""
        if is_external(target):
            return EXTERNAL
        site, form = self._site, clean(target)
        if not form or any(mark in target for mark in _TEMPLATE) or where not in ("markdown", "reference"):
            return UNKNOWN
        if form.endswith(".md"):
            return beside("" if form.startswith("/") else path, form.lstrip("/"), True)
        if not form.startswith("/") or site.base is None or site.themed:
            return UNKNOWN
        return page(site.base + form[1:], (_PUBLIC,), site.base.rstrip("/"), certain=False)
