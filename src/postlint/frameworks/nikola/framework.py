"""Nikola: posts and pages by the patterns of `conf.py`, with metadata in comments, front matter or files beside them.

Sources: Nikola 8.3 (post.py, metadata_extractors.py, conf.py.in); builds with it.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

from postlint.body.syntax import LIQUID, Syntax
from postlint.files.files import Files
from postlint.frameworks import own_host, web
from postlint.frameworks._shared import python_settings, python_slugs, zones
from postlint.frameworks.answers import (
    EXTERNAL,
    FUTURE,
    UNKNOWN,
    Address,
    Collection,
    Moment,
    Reason,
    Setting,
    Target,
    Where,
    is_external,
)
from postlint.frameworks.framework import Framework
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits
from postlint.front_matter import Dialect, Fence, Language

_CONFIG = "conf.py"
_NIKOLA = re.compile(r"^(?:POSTS|PAGES)\s*=", re.MULTILINE)
_OPENED = {
    "yaml": re.compile(r"\ufeff?---(?=\r?\n)"),
    "toml": re.compile(r"\ufeff?\+\+\+(?=\r?\n)"),
    "lines": re.compile(r"\ufeff?\s*(?:<!--[ \t]*\r?\n)?(?=[ \t]*\.\. [\w-]+:)"),
}
_DIALECT = Dialect(
    (
        Fence("yaml", _OPENED["yaml"], re.compile(r"^---[ \t]*\r?$", re.MULTILINE)),
        Fence("toml", _OPENED["toml"], re.compile(r"^\+\+\+[ \t]*\r?$", re.MULTILINE)),
        Fence("metadata", _OPENED["lines"], None),
    ),
    yaml="yaml-1.2",
    refuses_repeats=True,
    dotted=True,
)
_HIDDEN = ("draft", "private")
_SLUG_RULES = ((r"[^+\w\s-]", ""), (r"[-\s]+", "-"))


class Nikola(Framework):
    """One Nikola site."""

    name: ClassVar[str] = "nikola"
    title: ClassVar[str] = "Nikola"
    dialect = _DIALECT
    front_matter = FrontMatterTraits(any_line_ends=True, tags_as_text="commas", dates_kept="zone")
    addressing = AddressTraits(empty_slug_counts=False, terms_compete=True)
    linking = LinkTraits(heading_ids_known=False)
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description",),
        "slug": ("slug",),
        "published": ("date",),
        "updated": ("updated",),
        "image": ("previewimage",),
        "tags": ("tags",),
        "author": ("author",),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        text = files.read_text(_CONFIG) if files.is_file(_CONFIG) else None
        return _CONFIG if text and _NIKOLA.search(text) and "COMPILERS" in text else None

    def __init__(self, files: Files | None) -> None:
        values = python_settings.assignments(files.read_text(_CONFIG) or "") if files else {}
        self._files = files
        self._places = (*_places(values.get("POSTS"), True), *_places(values.get("PAGES"), False))
        self._pretty = values.get("PRETTY_URLS", False) is True
        self._strips = values.get("STRIP_INDEXES", True) is not False
        self._tagged = values.get("USE_TAG_METADATA", True) is not False
        zone = values.get("TIMEZONE", "UTC")
        self._zone = zone if isinstance(zone, str) else ""
        mapping = values.get("METADATA_MAPPING", {})
        self._mapping: Mapping[str, Mapping[str, str]] = mapping if isinstance(mapping, dict) else {}
        lists = values.get("TAG_PATH", "categories")
        # Without slugs, tags in other letters have pages of other names.
        is_slugged = values.get("SLUG_TAG_PATH", True) is True
        self._lists = lists.strip("/") if isinstance(lists, str) and is_slugged else None
        url = values.get("SITE_URL")
        path = urlsplit(url).path.rstrip("/") if isinstance(url, str) else ""
        self._base = path if values.get("URL_TYPE") in ("full_path", "absolute") else ""
        self.serving = ServingTraits(own_host.home(url, path, adds_base=path != self._base))
        images = values.get("IMAGE_FOLDERS", {"images": ""})
        self._images = {key: str(value).strip("/") for key, value in images.items()} if isinstance(images, dict) else {}
        self.folders = FolderTraits(("files",))
        self.collections = tuple(
            Collection("posts" if each.is_post else "pages", (each.pattern,), ("**/.*", *self._translated(values)))
            for each in self._places
        )
        self.settings = (Setting("PRETTY_URLS", self._pretty, _CONFIG), Setting("TIMEZONE", zone, _CONFIG))

    def _translated(self, values: Mapping[str, Any]) -> list[str]:
        languages = values.get("TRANSLATIONS")
        codes = [each for each in languages if isinstance(each, str)] if isinstance(languages, dict) else []
        return [f"**/*.{code}.md" for code in codes if code != values.get("DEFAULT_LANG", "en")]

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=LIQUID, admonitions=False, heading_blank="none")

    def _own(self, path: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The metadata that count: those of the `.meta` file beside the post, else its own."""
        beside = posixpath.splitext(path)[0] + ".meta"
        text = self._files.read_text(beside) if self._files and self._files.is_file(beside) else None
        if not text:
            return data
        from postlint import front_matter

        found = front_matter.to_data(front_matter.read(text, _DIALECT).root)
        return found if isinstance(found, dict) and found else data

    def needs_no_front_matter(self, path: str) -> bool:
        return bool(self._files and self._files.is_file(posixpath.splitext(path)[0] + ".meta"))

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        from postlint.files.globs import matches

        place = next((each for each in self._places if matches(path, (each.pattern,))), None)
        if place is None:
            return Address((), reason=Reason("no pattern of POSTS or PAGES matches it", asked=True))
        own = self._mapped(self._own(path, data), None)
        slug = own.get("slug") or self._slug(posixpath.splitext(posixpath.basename(path))[0])
        if not isinstance(slug, str):
            return Address(None, reason=Reason("postlint does not know how its name is written in ASCII"))
        below = posixpath.dirname(path).removeprefix(place.folder).strip("/")
        pretty = own.get("pretty_url")
        is_pretty = self._pretty if pretty is None else str(pretty).lower() in ("true", "yes", "1")
        folder = "/".join(each for each in (place.to, below) if each)
        at = f"{self._base}/{folder}/".replace("//", "/")
        if slug == "index":
            made = at if self._strips else f"{at}index.html"
        else:
            made = f"{at}{slug}/" if is_pretty and self._strips else f"{at}{slug}{'/index' if is_pretty else ''}.html"
        made = quote(made, safe="/!$&'()*+,;=:@~")
        return Address((made,), made)

    @staticmethod
    def _slug(name: str) -> str | None:
        return python_slugs.pelican(name, _SLUG_RULES)

    def term_address(self, path: str, field: str, tag: str) -> str | None:
        """taxonomies_classifier.py: two tags of posts with one path stop the build."""
        is_post = any(each.is_post and self._is_in(path, each) for each in self._places)
        slug = self._slug(tag) if is_post and field == "tags" and self._lists is not None else None
        return f"{self._base}/{self._lists}/{slug}/" if slug else None

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        return Address((), reason=Reason("several posts have this address", stops=True))

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        own = self._mapped(self._own(path, data), None)
        if str(own.get("status", "")).lower() in _HIDDEN:
            return True
        return self._tagged and any(each in _HIDDEN for each in _listed(own.get("tags")))

    def withheld(self, path: str, data: Mapping[str, Any], at: datetime) -> Reason | None:
        value = self._mapped(self._own(path, data), None).get("date")
        when = self.moment(value, str(value)).instant if value is not None else None
        return FUTURE if when and when.tzinfo and when > at else None

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        own = dict(self._mapped(self._own(path, data), language))
        if language == "yaml" and not data:
            return Reason("front matter must not be empty: remove its two lines", stops=True)
        is_post = any(each.is_post for each in self._places if self._is_in(path, each))
        if is_post and own.get("date") in (None, ""):
            return Reason("a post must have a `date`", stops=True, field="date", kind="missing")
        for key in ("date", "updated"):
            problem = self.moment(own[key], str(own[key])).problem if own.get(key) not in (None, "") else None
            if problem and problem.stops:
                return problem._replace(field=key, kind="value")
        if language in ("yaml", "toml"):
            for key in ("slug", "title", "category"):
                if own.get(key) is not None and not isinstance(own[key], str):
                    return Reason(f"`{key}` must be text; put it in quotes", stops=True, field=key, kind="value")
            tags = own.get("tags")
            if tags is not None and not isinstance(tags, (str, list)):
                return Reason("`tags` must be a list, or text with commas", stops=True, field="tags", kind="value")
            own = {key: "" if value is None else value for key, value in own.items()}
        name = posixpath.splitext(posixpath.basename(path))[0]
        own.setdefault("title", name)
        own.setdefault("slug", self._slug(name) or name)
        if "section" in own:
            own.setdefault("category", own["section"])
        return own

    @staticmethod
    def _is_in(path: str, place: "_Place") -> bool:
        from postlint.files.globs import matches

        return matches(path, (place.pattern,))

    def _mapped(self, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any]:
        """`data` with the names that METADATA_MAPPING gives its keys."""
        names = self._mapping.get({"metadata": "nikola", None: "yaml"}.get(language, language or ""), {})
        return {names.get(key, key): value for key, value in data.items()} if names else data

    def non_mapping_values(self, value: object) -> object:
        return Reason("front matter must be `key: value` lines", stops=True, kind="value")

    def moment(self, value: object, text: str) -> Moment:
        """post.py: dateutil, month first; without a zone in that of the settings."""
        from postlint.frameworks._shared import dateutil

        if value is None or not text.strip():
            return Moment(None)
        if isinstance(value, date):
            at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
            return Moment(self._zoned(at), None, not isinstance(value, datetime))
        if isinstance(value, (int, float)):
            return Moment(None, Reason(f"`{text[:40]}` is a number, not a date; put it in quotes", stops=True))
        read = dateutil.parse(re.sub(r"\s*\bUTC(?=[+-]\d)", "", text))
        if read.instant is None:
            stops = bool(read.oddity) and not read.incomplete
            return Moment(None, Reason(read.oddity, stops=stops) if read.oddity else None)
        return Moment(self._zoned(read.instant), Reason(read.oddity) if read.oddity else None, read.whole_day)

    def more_dates(self, data: Mapping[str, Any]) -> Mapping[str, datetime | None]:
        """Dates by keys that the settings map, and in files of metadata."""
        named = {"published": data.get("date"), "updated": data.get("updated")}
        return {
            role: self.moment(value, str(value)).instant for role, value in named.items() if value not in (None, "")
        }

    def _zoned(self, at: datetime) -> datetime:
        return at if at.tzinfo else zones.local(at, self._zone)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        if is_external(target):
            return EXTERNAL
        form = web.clean(target)
        if not form or "{{" in target:
            return UNKNOWN
        asked = self._asked(path, data, form)
        return Target("files", self._files_at(asked), where != "field") if asked else UNKNOWN

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        if target.startswith("link://filename/"):
            return Target("files", (web.clean(target.removeprefix("link://filename/")),))
        if is_external(target):
            return EXTERNAL
        form = web.clean(target)
        asked = self._asked(path, data, form) if form and where in ("markdown", "reference", "html") else None
        if asked is None or "{{" in target:
            return UNKNOWN
        address = self._base + asked
        # Lists, tags and archives have addresses of their own.
        if not any(asked.startswith(f"/{each.to}/") for each in self._places if each.to and each.is_post):
            if not web.EXTENSION.search(asked):
                return Target("unknown", address=address)
            return Target("files", self._files_at(asked), asked.endswith(".md"), address=address)
        return Target("files", self._files_at(asked), address=address)

    def _asked(self, path: str, data: Mapping[str, Any], form: str) -> str | None:
        """What a browser asks for, without the base."""
        own = self.address(path, data).addresses
        if form.startswith("/"):
            return form if not self._base else form[len(self._base) :] if form.startswith(f"{self._base}/") else None
        return web.absolute(own[0], form)[len(self._base) :] if own else None

    def _files_at(self, asked: str) -> tuple[str, ...]:
        """The files that answer `asked`."""
        out = [posixpath.normpath(f"files{asked}")]
        for folder, to in self._images.items():
            before = f"/{to}/" if to else "/"
            if asked.startswith(before):
                out.append(posixpath.normpath(f"{folder}/{asked[len(before) :]}"))
        return tuple(out)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        return None


class _Place:
    """One entry of POSTS or PAGES: a pattern, the folder that it begins with, and where its posts go."""

    def __init__(self, pattern: str, to: str, is_post: bool) -> None:
        self.folder = posixpath.dirname(pattern.split("*", 1)[0])
        # Patterns with a star take in folders below as well.
        self.pattern = posixpath.join(self.folder, "**", pattern[len(self.folder) :].lstrip("/"))
        self.to, self.is_post = to.strip("/"), is_post


def _places(value: object, is_post: bool) -> list[_Place]:
    entries = value if isinstance(value, (list, tuple)) else ()
    return [
        _Place(each[0], each[1], is_post)
        for each in entries
        if isinstance(each, (list, tuple)) and len(each) >= 2 and all(isinstance(part, str) for part in each[:2])
        if each[0].endswith((".md", "*"))
    ]


def _listed(tags: object) -> list[str]:
    if isinstance(tags, str):
        return [each.strip().lower() for each in tags.split(",")]
    return [str(each).lower() for each in tags] if isinstance(tags, list) else []
