"""Where a Jekyll site serves its posts, collections and pages (lib/jekyll: url.rb, utils.rb, drops/url_drop.rb)."""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase, translate
from functools import cached_property
from types import NoneType
from typing import Any, NamedTuple
from urllib.parse import quote

from postlint.frameworks._shared import zones
from postlint.frameworks.answers import DRAFT, FUTURE, Address, Moment, Reason
from postlint.frameworks.jekyll.settings import JekyllSettings

_DATED = re.compile(r"(\d{2,4}-\d{1,2}-\d{1,2})-([^/]*)(\.[^.]+)")
_PLACEHOLDER = re.compile(r":([a-z_]+)")
_STYLES = {
    "none": "/:categories/:title:output_ext",
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
}
_DATES = {
    "year": "%Y",
    "month": "%m",
    "day": "%d",
    "hour": "%H",
    "minute": "%M",
    "second": "%S",
    "y_day": "%j",
    "short_year": "%y",
    "short_month": "%b",
    "long_month": "%B",
    "short_day": "%a",
    "long_day": "%A",
    "week": "%V",
    "w_year": "%G",
    "w_day": "%u",
}
_NEW_IN_4 = frozenset(("week", "w_year", "w_day", "long_month", "long_day", "slugified_categories"))
# What `slugify` leaves as it is, but for its case: most slugs.
_SLUG = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_SAFE = "-._~!$&'()*+,;=:@/"
_OLD_TYPES = {"post": "posts", "page": "pages", "draft": "drafts"}
# What jekyll-optional-front-matter makes no page of.
_ABOUT = frozenset(
    (
        *("readme", "licence", "license", "copying", "contributing", "contributors", "code_of_conduct"),
        *("changelog", "changes", "history", "issue_template", "pull_request_template", "security", "support"),
    )
)

_NAMELESS = Reason("Jekyll reads only posts whose name is `YYYY-MM-DD-name.md`")


class Place(NamedTuple):
    """What Jekyll takes a file for. `kind` is `post`, `draft`, `document`, `page`, or `unread`, then `reason` says why.
    `path` is relative to the source; `label` is the collection's, `inner` the path in it without the ending."""

    kind: str
    path: str
    label: str = ""
    inner: str = ""
    reason: Reason | None = None


class JekyllAddresses:
    """The addresses of one site. `moment` reads a date as Jekyll does."""

    def __init__(self, site: JekyllSettings, moment: Callable[[object, str], Moment]) -> None:
        self._site = site
        self._moment = moment
        self._places: dict[str, Place] = {}

    def place(self, path: str) -> Place:
        """What the file at `path` (relative to the site) is for Jekyll."""
        known = self._places.get(path)
        if known is None:
            known = self._places[path] = self._place(path)
        return known

    def _place(self, path: str) -> Place:
        site = self._site
        if site.source:
            if not path.startswith(f"{site.source}/"):
                return Place("unread", path, reason=Reason("it lies outside the site's source", asked=True))
            path = path[len(site.source) + 1 :]
        parts = path.split("/")
        special = next((part for part in parts if part in ("_posts", "_drafts")), "")
        label, rest = special, ""
        if special in parts[:-1]:
            rest = "/".join(parts[parts.index(special) + 1 :])
            inside = not site.collections_dir or path.startswith(f"{site.collections_dir}/")
            if not inside:
                reason = Reason(
                    f"with `collections_dir`, Jekyll reads posts only in `{site.collections_dir}/`", asked=True
                )
                return Place("unread", path, reason=reason)
            kind = "post" if special == "_posts" else "draft"
        else:
            at = f"{site.collections_dir}/" if site.collections_dir else ""
            below = path[len(at) :].split("/") if path.startswith(at) else []
            label = below[0][1:] if len(below) > 1 and below[0][:1] == "_" else ""
            kind = "document" if label in site.collections else "page"
            rest = "/".join(below[1:]) if kind == "document" else ""
            if kind == "page":
                label = ""
        skipped = f"_{label}" if kind == "document" else special
        hidden = self.hidden("/".join(part for part in parts if part != skipped) if skipped else path, path)
        if hidden:
            return Place("unread", path, reason=hidden)
        return Place(kind, path, label, posixpath.splitext(rest)[0])

    def hidden(self, path: str, whole: str) -> Reason | None:
        """Why Jekyll leaves out the file at `whole`; only the parts in `path` may have special names."""
        site = self._site
        for part in path.split("/"):
            if (part[:1] in tuple("._#~") or part.endswith("~")) and not self._included(part, whole):
                return Reason(f"Jekyll leaves out names such as `{part}`", asked=True)
        if not self._may_exclude(whole) or any(self._included(part, whole) for part in whole.split("/")):
            return None
        ends = [at for at, char in enumerate(whole) if char == "/"] + [len(whole)]
        for pattern in site.exclude:
            pattern = pattern.removeprefix("./").removeprefix("/")
            if pattern and (whole.startswith(pattern) or any(fnmatchcase(whole[:end], pattern) for end in ends)):
                return Reason(f"`exclude` in the settings has `{pattern}`", asked=True)
        return None

    @cached_property
    def _may_exclude(self) -> "Callable[[str], object]":
        """Says of a path whether some pattern of `exclude` fits it: all patterns are compiled into one."""
        forms: list[str] = []
        for pattern in self._site.exclude:
            pattern = pattern.removeprefix("./").removeprefix("/")
            if pattern:
                # A pattern may end anywhere as text, as a shell pattern only at the end of a folder's or the file's name.
                forms += (re.escape(pattern), translate(pattern).removesuffix("\\Z").removesuffix("\\z") + r"(?=/|\Z)")
        return re.compile("|".join(forms) or "(?!)").match

    def _included(self, part: str, whole: str) -> bool:
        return any(
            part == each.strip("/") or fnmatchcase(part, each) or whole.startswith(each.strip("/") + "/")
            for each in self._site.include
        )

    def values(self, place: Place, data: Mapping[str, Any]) -> dict[str, Any]:
        """`data` over the site's front-matter defaults; of both the categories."""
        kind = {"post": "posts", "draft": "drafts", "document": place.label, "page": "pages"}.get(place.kind, "")
        if not self._site.scopes:
            return dict(data)
        found: dict[str, Any] = {}
        strongest: tuple[int, bool] | None = None
        for scope in self._site.scopes:
            where, values = scope.get("scope", {}), scope.get("values")
            if not isinstance(where, dict) or not isinstance(values, dict):
                continue
            base = str(where.get("path") or "").strip("/")
            if "type" in where and _OLD_TYPES.get(str(where["type"]), str(where["type"])) != kind:
                continue
            if not _covers(base, place.path, self._site.collections_dir):
                continue
            strength = (len(base), "type" in where)
            if strongest is None or strength >= strongest:
                found, strongest = {**found, **values}, strength
            else:
                found = {**values, **found}
        merged = {**found, **data}
        if "categories" in found and data.get("categories") is not None:
            merged["categories"] = [*_split(found["categories"]), *_split(data["categories"])]
        return merged

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        place = self.place(path)
        if place.kind == "unread":
            return Address((), reason=place.reason)
        own, data = data, self.values(place, data)
        # Jekyll looks for this key among the page's own, not among those handed down to it.
        if not published(place.kind, own if place.kind == "page" else data) and not self._site.unpublished:
            return Address((), reason=Reason("`published: false`", field="published", asked=True))
        if place.kind == "page":
            return self._served(self._page(place, data), data)
        if place.kind == "draft" and not self._site.drafts:
            return Address((), reason=DRAFT)
        return self._document(place, data)

    def broken(self, path: str) -> Address | None:
        """The address of a post whose front matter cannot be read (document.rb, `read_post_data` is left out): its name is
        the title, with the day, and its date is that of the build; None for what is not a post."""
        place = self.place(path)
        if place.kind != "post":
            return None
        if not _DATED.fullmatch(place.path.rpartition("/")[2]):
            return Address((), reason=_NAMELESS)
        return self._document(place, self.values(place, {}), reads_name=False)

    def misnamed(self, path: str) -> Reason | None:
        place = self.place(path)
        return None if place.kind != "post" or _DATED.fullmatch(place.path.rpartition("/")[2]) else _NAMELESS

    def _document(self, place: Place, data: dict[str, Any], reads_name: bool = True) -> Address:
        """`reads_name`: the name of a post is taken for its day and title."""
        site = self._site
        name = place.path.rpartition("/")[2]
        named = _DATED.fullmatch(name) if reads_name else None
        if reads_name and place.kind == "post" and not named:
            return Address((), reason=_NAMELESS)
        settings = site.collections.get(place.label)
        if place.kind == "document" and not (settings and settings.output):
            return Address((), reason=Reason(f"the collection `{place.label}` has no `output: true`", asked=True))
        at, reason = self._date(data, named[1] if named else None)
        if reason:
            return Address((), reason=reason)
        stem, ending = posixpath.splitext(name)
        slug = named[2] if named else stem
        if site.version[0] >= 4:
            slug = slug.rstrip(".")
        if not isinstance(data.get("categories"), (str, list, NoneType)):
            return Address(None, reason=Reason("Jekyll cannot read its `categories`, and ignores its front matter"))
        template = data.get("permalink")
        if template is None:
            if place.kind == "document":
                own = settings.permalink if settings else None
                template = own if own is not None else self._with_ending("/:collection/:path")
            else:
                posts = site.collections.get("posts")
                own = posts.permalink if posts else None
                template = own if own is not None else self._posts_template(site.permalink)
        if not isinstance(template, str):
            return Address((), reason=Reason("`permalink` must be text", True, "permalink", kind="value"))
        if not isinstance(data.get("slug"), (str, NoneType)) and (":title" in template or ":slug" in template):
            return Address((), reason=Reason("`slug` must be text", True, "slug", kind="value"))
        values = self._drop(template, place, data, at, slug, stem, ending)
        made = _fill(template, values, strict=True)
        if made is None:
            missing = next(iter(_unknown(template, values)), "")
            if missing in _DATES and at is None:
                return Address(None, reason=Reason("its date, which is part of the address, is not known"))
            if not self._site.closed:
                return Address(None, reason=Reason(f"a plugin may give `:{missing}` in its permalink"))
            reason = Reason(f"Jekyll does not know `:{missing}` in a permalink", stops=True, field="permalink")
            return Address((), reason=reason)
        return self._served(made, data)

    def _posts_template(self, style: str) -> str:
        if style == "weekdate" and self._site.version[0] < 4:
            return style
        return _STYLES.get(style, style)

    def _with_ending(self, template: str) -> str:
        style = self._site.permalink
        if style == "pretty" or (style not in _STYLES and style.endswith("/")):
            return template + "/"
        return template + ":output_ext" if style in _STYLES or style.endswith(":output_ext") else template

    def _page(self, place: Place, data: dict[str, Any]) -> str | None:
        folder, _, name = place.path.rpartition("/")
        stem, ending = posixpath.splitext(name)
        if self._site.version[0] >= 4:
            stem = stem.rstrip(".")
        output = self._output(ending)
        if name.lower() == "readme.md" and "jekyll-readme-index" in self._site.plugins and "permalink" not in data:
            return f"/{folder}/" if folder else "/"
        template = data.get("permalink")
        if template is None:
            if output not in (".html", ".xhtml", ".htm"):
                template = "/:path/:basename:output_ext"
            elif stem == "index":
                template = "/:path/"
            else:
                template = self._with_ending("/:path/:basename")
        if not isinstance(template, str) or not template:
            return None
        return _fill(template, {"path": folder, "basename": stem, "output_ext": output}, strict=False)

    def _served(self, made: str | None, data: dict[str, Any]) -> Address:
        if made is None:
            return Address((), reason=Reason("`permalink` is empty", True, "permalink", kind="value"))
        address = re.sub("/{2,}", "/", f"/{made}".replace("..", "/").replace("./", ""))
        aliases: tuple[str, ...] = ()
        if "jekyll-redirect-from" in self._site.plugins:
            old = data.get("redirect_from")
            listed = old if isinstance(old, list) else [old]
            aliases = tuple("/" + each.lstrip("/") for each in listed if isinstance(each, str) and each)
        return Address((address,), address, aliases=aliases)

    def _output(self, ending: str) -> str:
        return ".html" if ending[1:].lower() in self._site.markdown else ending

    def _date(self, data: Mapping[str, Any], named: str | None) -> tuple[datetime | None, Reason | None]:
        """The date of a post, or why the build stops at it."""
        if "date" in data:
            value = data["date"]
            if isinstance(value, (list, dict)):
                return None, None
            found = self._moment(value, str(value))
            if value is None or (found.problem and found.instant is None):
                return None, Reason("Jekyll cannot read its date", True, "date", kind="value")
            return found.instant, None
        if named is None:
            return None, None
        found = self._moment(named, named)
        if found.instant is None:
            return None, Reason(f"`{named}` in its name is not a date", stops=True)
        return found.instant, None

    def named_date(self, path: str) -> datetime | None:
        """The date that the name of the post at `path` says."""
        named = _DATED.fullmatch(path.rpartition("/")[2])
        return self._moment(named[1], named[1]).instant if named else None

    def withheld(self, path: str, data: Mapping[str, Any], at: datetime) -> Reason | None:
        """Jekyll leaves out posts and documents that are dated after the build, without `future: true`."""
        place = self.place(path)
        if self._site.future or place.kind not in ("post", "document"):
            return None
        named = _DATED.fullmatch(path.rpartition("/")[2])
        found, _ = self._date(self.values(place, data), named[1] if named else None)
        if found is None:
            return None
        return FUTURE if (found if found.tzinfo else found.replace(tzinfo=UTC)) > at else None

    def _drop(
        self, template: str, place: Place, data: dict[str, Any], at: datetime | None, slug: str, stem: str, ending: str
    ) -> dict[str, str]:
        """What the placeholders of `template` may stand for; of the parts of the date only those that it names."""
        site = self._site
        own = data.get("slug")
        slug = str(own) if own is not None else slug
        categories = _categories(place, data, site.collections_dir)
        label = "posts" if place.kind in ("post", "draft") else place.label
        values = {
            "collection": label,
            "output_ext": self._output(ending),
            "name": slugify(stem),
            "path": f"{'/'.join(_above(place, site.collections_dir))}/{place.inner}".lstrip("/"),
            "title": slugify(slug, "pretty", cased=True),
            "slug": slugify(slug),
            "categories": "/".join(dict.fromkeys(category.lower() for category in categories)),
            "slugified_categories": "/".join(dict.fromkeys(map(slugify, categories))),
        }
        if at is not None:
            local = at.astimezone(zones.zone(site.zone) or UTC if site.zone else UTC) if at.tzinfo else at
            values |= {key: local.strftime(form) for key, form in _DATES.items() if key in template}
            values |= {"year": f"{local.year:04}", "i_month": str(local.month), "i_day": str(local.day)}
        if site.version[0] < 4:
            values = {key: value for key, value in values.items() if key not in _NEW_IN_4}
        return values

    def why_not_a_page(self, path: str, first_line: str) -> Reason | None:
        """Why the file at `path`, which begins with `first_line`, is copied and makes no page; None if it makes one."""
        place = self.place(path)
        if place.kind not in ("page", "document") or re.fullmatch(r"---\s*", first_line):
            return None
        name, _, ending = path.rpartition("/")[2].rpartition(".")
        plugins = self._site.plugins
        if place.kind == "page" and ending.lower() in self._site.markdown and not first_line.startswith("\ufeff"):
            lower = name.lower()
            if lower == "readme" and "jekyll-readme-index" in plugins:
                taken = self._site.root_index and "/" not in place.path
                return Reason("the folder has an index of its own", asked=True) if taken else None
            if "jekyll-optional-front-matter" in plugins and lower not in _ABOUT:
                return None
        return Reason("Jekyll copies a file unchanged unless its first line is `---`", asked=True)


def published(kind: str, data: Mapping[str, Any]) -> bool:
    """Whether `published` lets a file of this kind (see Place) be shown. An empty value hides all but documents."""
    value = data.get("published", True)
    return value is not False and (value is not None or kind == "document")


def _covers(base: str, path: str, collections_dir: str) -> bool:
    if collections_dir:
        base = base.removeprefix(collections_dir).strip("/")
        path = path.removeprefix(collections_dir).strip("/")
    if "*" in base:
        depth = base.count("/")
        whole = fnmatchcase(path, base) and ("**" in base or path.count("/") == depth)
        return whole or fnmatchcase("/".join(path.split("/")[: depth + 1]), base)
    return path.startswith(base)


def _split(value: object) -> list[str]:
    if isinstance(value, str):
        return value.split()
    return [str(each) for each in value if each is not None] if isinstance(value, list) else []


def _above(place: Place, collections_dir: str) -> list[str]:
    """The folders above `_posts`."""
    special = {"post": "_posts", "draft": "_drafts"}.get(place.kind)
    path = place.path.removeprefix(f"{collections_dir}/") if collections_dir else place.path
    folders = path.split("/")
    return folders[: folders.index(special)] if special else []


def _categories(place: Place, data: Mapping[str, Any], collections_dir: str) -> list[str]:
    """The folders above `_posts`, `categories` and then `category`, each once."""
    found = [*_above(place, collections_dir), *_split(data.get("categories"))]
    one = data.get("category")
    singles = one if isinstance(one, list) else [one]
    found += [str(each) for each in singles if each is not None]
    return list(dict.fromkeys(each for each in found if each))


def _unknown(template: str, values: Mapping[str, str]) -> list[str]:
    return [name for name in _PLACEHOLDER.findall(template) if name not in values and name.rstrip("_") not in values]


def _fill(template: str, values: Mapping[str, str], strict: bool) -> str | None:
    """`template` with its placeholders filled in; None if it is `strict` and has an unknown one."""
    if strict and _unknown(template, values):
        return None

    def put(match: "re.Match[str]") -> str:
        name = match[1]
        if name in values:
            return quote(values[name], safe=_SAFE)
        if name.endswith("_") and name[:-1] in values:
            return quote(values[name[:-1]], safe=_SAFE) + "_"
        return match[0]

    return _PLACEHOLDER.sub(put, template)


def slugify(text: str, mode: str = "default", cased: bool = False) -> str:
    """Jekyll's `slugify`: each run of characters that `mode` does not allow becomes a hyphen, one at each end is cut."""
    if _SLUG.fullmatch(text):
        return text if cased else text.lower()
    more = "._~!$&'()+,;=@" if mode == "pretty" else ""
    out: list[str] = []
    for char in text:
        allowed = char in more or unicodedata.category(char)[0] in "ML" or unicodedata.category(char) == "Nd"
        if allowed:
            out.append(char)
        elif not out or out[-1] != "\n":
            out.append("\n")
    slug = "".join(out).replace("\n", "-")
    slug = slug.removeprefix("-").removesuffix("-")
    return slug if cased else slug.lower()
