"""Where a Hexo site serves its posts and pages (hexo, plugins/filter/post_permalink.js and plugins/processor)."""

import posixpath
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

from postlint.files.globs import matches
from postlint.frameworks.answers import DRAFT, Address, Moment, Reason
from postlint.frameworks.hexo.settings import RENDERED, HexoSettings
from postlint.frameworks.hexo.slugs import slugize

_PLACEHOLDER = re.compile(r":(\w+)")
_SEGMENTS = {
    "year": r"(\d{4})",
    "month": r"(\d{2})",
    "day": r"(\d{2})",
    "i_month": r"(\d{1,2})",
    "i_day": r"(\d{1,2})",
    "hash": r"([0-9a-f]{12})",
}
_DATED = frozenset(("year", "month", "day", "i_month", "i_day", "hour", "minute", "second", "timestamp", "hash"))
# The hours that builders may be ahead of UTC: between California and Japan.
_BUILDERS = (-8, 9)
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SAFE = "-_.!~*'();/?:@&=+$,#"


class Named(NamedTuple):
    """What a post's file name says: `slug` is what `:title` stands for; `parts` are the other placeholders of
    `new_post_name`."""

    slug: str
    parts: Mapping[str, str]

    @property
    def day(self) -> datetime | None:
        """The day in the name; months and days that there are not roll over, as JavaScript has it."""
        year, month = self.parts.get("year"), self.parts.get("month") or self.parts.get("i_month")
        number = self.parts.get("day") or self.parts.get("i_day")
        if not (year and month and number):
            return None
        years, months = divmod(int(month) - 1, 12)
        try:
            return datetime(int(year) + years, months + 1, 1) + timedelta(days=int(number) - 1)
        except (ValueError, OverflowError):
            return None


class HexoAddresses:
    """The addresses of one site. `moment` reads a date as Hexo does."""

    def __init__(self, site: HexoSettings, moment: Callable[[object, str], Moment]) -> None:
        self._site = site
        self._moment = moment

    def place(self, path: str) -> tuple[str, str] | Reason:
        """`post`, `draft` or `page`, and the path in its folder; or why Hexo does not read the file at `path`."""
        site = self._site
        if not path.startswith(f"{site.source}/"):
            return Reason(f"it lies outside `{site.source}/`", asked=True)
        inner = path[len(site.source) + 1 :]
        first, _, rest = inner.partition("/")
        kind = {"_posts": "post", "_drafts": "draft"}.get(first, "page")
        if kind == "page":
            rest = inner
        if _fits(path, site.ignore) or _fits(inner, site.ignore):
            return Reason("`ignore` in the settings excludes it", asked=True)
        if (hidden := self.hidden(rest)) and (kind != "page" or not _fits(inner, site.include)):
            return hidden
        if kind == "page" and _fits(inner, site.exclude):
            return Reason("`exclude` in the settings excludes it", asked=True)
        ending = inner.rpartition(".")[2]
        if _fits(inner, site.skip):
            return Reason("`skip_render` in the settings excludes it", asked=True)
        if kind != "page" and site.asset_folder and ending != site.new_post_name.rpartition(".")[2]:
            return Reason("with `post_asset_folder`, Hexo takes it for an asset of a post")
        if ending not in RENDERED:
            return Reason(f"Hexo does not read `.{ending}` files as posts")
        return kind, rest

    def kind(self, path: str) -> str | None:
        """That of `place`; None if Hexo does not read the file at `path`."""
        place = self.place(path)
        return None if isinstance(place, Reason) else place[0]

    def hidden(self, path: str) -> Reason | None:
        """Why Hexo leaves out the file at `path`, below its source or its posts' folder; None if it does not."""
        for part in path.split("/"):
            if part[:1] in ("_", "."):
                return Reason(f"Hexo leaves out names that begin with `{part[0]}`", asked=True)
        return Reason("Hexo leaves out names that end in `~` or `%`", asked=True) if path.endswith(("~", "%")) else None

    def named(self, inner: str) -> Named:
        """What the name of the post at `inner`, a path in the posts' folder, says."""
        rule = posixpath.splitext(self._site.new_post_name)[0]
        stem = posixpath.splitext(inner)[0]
        pattern, keys = _pattern(rule)
        found = pattern.fullmatch(stem)
        if not found:
            return Named(slugize(stem, self._site.filename_case), {})
        parts = dict(zip(keys, found.groups(), strict=False))
        title = parts.pop("title", None)
        return Named(slugize(stem) if title is None else title, parts)

    def named_date(self, path: str) -> datetime | None:
        """The day that the name of the post at `path` says."""
        place = self.place(path)
        return self.named(place[1]).day if not isinstance(place, Reason) and place[0] != "page" else None

    def published(self, data: Mapping[str, Any]) -> bool:
        value = data.get("published")
        return self._site.drafts or value is None or (value not in ("false", "0") and bool(value))

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        site = self._site
        place = self.place(path)
        if isinstance(place, Reason):
            return Address((), reason=place)
        kind, inner = place
        if kind == "draft" and not site.drafts:
            return Address((), reason=DRAFT)
        if kind != "page" and not self.published(data):
            return Address((), reason=Reason("`published: false`", field="published", asked=True))
        if _LONE_PERCENT.search(inner):
            return Address((), reason=Reason("Hexo drops a post whose name has a `%` that encodes nothing"))
        if data.get("permalink") and not isinstance(data["permalink"], str):
            return Address(
                (), reason=Reason("`permalink` must be text; Hexo drops the post", False, "permalink", kind="value")
            )
        if site.root is None:
            return Address(None, reason=Reason("postlint cannot read the site's `root`"))
        made, reason = (self._page(inner, data), None) if kind == "page" else self._post(inner, data)
        if made is None:
            return Address(None, reason=reason)
        if ".." in made.split("/"):
            # The file is written at the path that this comes to.
            inside = posixpath.normpath(made.lstrip("/"))
            if inside.startswith(".."):
                reason = Reason("its `permalink` leads out of the site", field="permalink")
                return Address((), reason=reason)
            made = f"{inside}/" if made.endswith("/") else inside
        address = site.root + quote(unquote(made.lstrip("/")), safe=_SAFE)
        if not site.trailing_html and address.endswith(".html") and not address.endswith("/index.html"):
            address = address[: -len(".html")]
        if not site.trailing_index:
            address = re.sub(r"/index\.html$", "/", address)
        aliases = data.get("alias") if site.aliases else None
        listed = aliases if isinstance(aliases, list) else [aliases]
        old = tuple("/" + each.lstrip("/") for each in listed if isinstance(each, str))
        return Address((address,), re.sub(r"(?:/|/index\.html)$", "", address) or "/", aliases=old)

    def _page(self, inner: str, data: Mapping[str, Any]) -> str:
        own = data.get("permalink")
        if isinstance(own, str) and own:
            own = own + "index.html" if own.endswith("/") else own
            return own if posixpath.splitext(own)[1] else own + ".html"
        stem, ending = posixpath.splitext(inner)
        return stem + (ending if ending in (".json",) else ".html")

    def _post(self, inner: str, data: Mapping[str, Any]) -> tuple[str | None, Reason | None]:
        site = self._site
        named = self.named(inner)
        template, values = site.permalink, self._values(named, data)
        own = data.get("permalink")
        if own:
            made = str(own)
        else:
            for key in _PLACEHOLDER.findall(template):
                if key not in values:
                    if key in _DATED:
                        if self._has_zone(data):
                            return None, Reason("the day in its address depends on the builder's time zone")
                        return None, Reason("its date, which is part of the address, is not known")
                    if key == "id" or key in site.keys:
                        return None, Reason(f"a plugin gives `:{key}`")
            made = _PLACEHOLDER.sub(lambda match: values.get(match[1], "undefined"), template)
        if site.asset_folder and not made.endswith(("/", ".html")):
            made += "/"
        return made, None

    def _has_zone(self, data: Mapping[str, Any]) -> bool:
        """Whether the date is an instant, so that the day depends on where the site is built."""
        at = self._moment(data["date"], str(data["date"])).instant if data.get("date") is not None else None
        return at is not None and at.tzinfo is not None

    def _values(self, named: Named, data: Mapping[str, Any]) -> dict[str, str]:
        site = self._site
        values = {key: str(value) for key, value in site.defaults.items() if value is not None}
        values |= {"layout": "post", "published": "true", "comments": "true"}
        values |= {
            key: _printed(value) for key, value in data.items() if value is not None and not isinstance(value, dict)
        }
        values |= named.parts
        title = data.get("title")
        values |= {
            "title": named.slug,
            "slug": named.slug,
            "name": named.slug.rpartition("/")[2],
            "post_title": slugize(str(title) if title is not None else "", 1),
            "category": self._category(data),
        }
        for key in _DATED:
            values.pop(key, None)
        found = self._moment(data["date"], str(data["date"])).instant if data.get("date") is not None else None
        at = found or named.day
        # Which day it is there is for the builder's machine to say, which may be in the site's zone or in none.
        if at is not None and (local := self._local(at)) is not None:
            values |= {
                "year": f"{local.year:04}",
                "month": f"{local.month:02}",
                "day": f"{local.day:02}",
                "hour": f"{local.hour:02}",
                "minute": f"{local.minute:02}",
                "second": f"{local.second:02}",
                "i_month": str(local.month),
                "i_day": str(local.day),
                "timestamp": str(int(local.replace(tzinfo=UTC).timestamp())),
                "hash": _hash(named.slug, local),
            }
        return values

    def _local(self, at: datetime) -> datetime | None:
        """The wall clock that dates an address: UTC's, but only where the site's own zone is at the same day; without
        such a zone, only if most builders are."""
        if at.tzinfo is None:
            return at
        there = at.astimezone(UTC)
        if not self._site.zone and len({(there + timedelta(hours=zone)).date() for zone in _BUILDERS}) > 1:
            return None
        return there.replace(tzinfo=None) if there.date() == at.date() else None

    def _category(self, data: Mapping[str, Any]) -> str:
        found = data.get("categories", data.get("category"))
        if found is None or found == [] or found == "":
            return self._site.default_category
        path = found if isinstance(found, list) else [found]
        if isinstance(path[-1], list):
            path = path[-1]
        elif any(isinstance(each, list) for each in path):
            path = path[-1:]
        mapped = self._site.category_map
        names = [str(mapped.get(str(each), each)) for each in path if each is not None and each != ""]
        return "/".join(slugize(name, self._site.filename_case) for name in names) or self._site.default_category


def _fits(path: str, patterns: tuple[str, ...]) -> bool:
    return bool(patterns) and matches(path, patterns)


def _printed(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return ",".join(map(_printed, value)) if isinstance(value, list) else str(value)


def _hash(slug: str, at: datetime) -> str:
    from hashlib import sha1

    seconds = int(at.replace(tzinfo=UTC).timestamp())
    return sha1(f"{slug}{seconds}".encode(), usedforsecurity=False).hexdigest()[:12]


@lru_cache
def _pattern(rule: str) -> "tuple[re.Pattern[str], tuple[str, ...]]":
    """A pattern for the names that `rule` (`:year-:month-:day-:title`) makes, and the placeholders of its groups."""
    keys: list[str] = []
    out, last = "", 0
    for match in _PLACEHOLDER.finditer(rule):
        keys.append(match[1])
        out += re.escape(rule[last : match.start()]) + _SEGMENTS.get(match[1], "(.+?)")
        last = match.end()
    return re.compile(out + re.escape(rule[last:])), tuple(keys)
