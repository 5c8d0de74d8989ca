"""Sphinx with ablog and MyST Markdown: a blog among the pages of a documentation.

Sources: ablog 0.11 (post.py, blog.py, commands.py), myst-parser 5.2, Sphinx 9.0; builds with them.
"""

import json
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, ClassVar
from urllib.parse import quote

from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.frameworks import web
from postlint.frameworks._shared import python_settings
from postlint.frameworks._shared.first_heading import first_heading
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
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits
from postlint.front_matter import Dialect, Fence, Language

_CONFIG = "conf.py"
_USUAL = "%b %d, %Y"
# The options of a post that hold text with commas; myst-parser hands a YAML list on as its text.
_LISTS = ("author", "category", "location", "language", "redirect")
_DIALECT = Dialect(
    (Fence("yaml", re.compile(r"\ufeff?---[ \t]*(?=\r?\n)"), re.compile(r"^---[ \t]*\r?$", re.MULTILINE)),),
    yaml="pyyaml",
)
_NO_POST = "ablog makes no post of it, because {}"


class Ablog(Framework):
    """One Sphinx site with ablog."""

    name: ClassVar[str] = "ablog"
    title: ClassVar[str] = "ablog"
    dialect = _DIALECT
    front_matter = FrontMatterTraits(any_line_ends=True, optional=True, lost_if_broken=True, tags_as_text="commas")
    addressing = AddressTraits(from_names=False)
    linking = LinkTraits(heading_ids_known=False, places_demanded=True, completed=True)
    folders = FolderTraits(public=())
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "published": ("date",),
        "tags": ("tags",),
        "author": ("author", "authors"),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        text = files.read_text(_CONFIG) if files.is_file(_CONFIG) else None
        return _CONFIG if text and re.search(r"""["']ablog["']""", text) else None

    def __init__(self, files: Files | None) -> None:
        values = python_settings.assignments(files.read_text(_CONFIG) or "") if files else {}
        builder = values.get("ablog_builder", "dirhtml")
        self._builder = builder if isinstance(builder, str) else None
        suffix = values.get("html_file_suffix", ".html")
        self._suffix = suffix if isinstance(suffix, str) else ".html"
        self._patterns = _texts(values.get("blog_post_pattern"))
        written = values.get("post_date_format", _USUAL)
        self._format = written if isinstance(written, str) else _USUAL
        self._titled = values.get("myst_title_to_header") is True
        excluded = tuple(_texts(values.get("exclude_patterns")))
        ignored = tuple(each + end for each in excluded for end in ("", "/**"))
        self.collections = (Collection("pages", ("**/*.md",), ignored),)
        self.settings = (
            Setting("ablog_builder", builder if self._builder else "unreadable", _CONFIG),
            Setting("blog_post_pattern", self._patterns, _CONFIG),
        )

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=(), math=True, admonitions=False)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        if self._builder not in ("html", "dirhtml"):
            return Address(None, reason=Reason("postlint does not know this builder of Sphinx"))
        place = quote(self._place(path), safe="/!$&'()*+,;=:@~")
        return Address((place,), place)

    def _place(self, path: str) -> str:
        below = path.removesuffix(".md")
        if self._builder == "html":
            return f"/{below}{self._suffix}"
        return "/" + (f"{below}/" if posixpath.basename(below) != "index" else below.removesuffix("index"))

    def _is_post(self, path: str, data: Mapping[str, Any]) -> bool:
        from postlint.files.globs import matches

        return "blogpost" in data or (bool(data) and matches(path, self._patterns))

    def shows_broken(self, path: str) -> bool:
        return True

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        """post.py: a post without a date, or with an empty one, is listed among the drafts."""
        return self._is_post(path, data) and ("date" not in data or data["date"] == "")

    def withheld(self, path: str, data: Mapping[str, Any], at: datetime) -> Reason | None:
        if not self._is_post(path, data):
            return None
        when = self.moment(data.get("date"), str(data.get("date", ""))).instant
        return FUTURE if when and when > at.replace(tzinfo=None) else None

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        if not self._is_post(path, data):
            return {}
        for key in ("image", "excerpt"):
            if key in data and not re.fullmatch(r"\s*-?\d+\s*", str(data[key])):
                return Reason(f"`{key}` must be a whole number", stops=True, field=key, kind="value")
        if "nocomments" in data and data["nocomments"] is not None:
            return Reason("`nocomments` must have no value", stops=True, field="nocomments", kind="value")
        if "date" in data and data["date"] is None:
            return Reason("`date` is empty, which ablog reads as the word null", stops=True, field="date", kind="value")
        problem = self.moment(data.get("date"), str(data.get("date", ""))).problem
        if problem and problem.stops:
            return problem._replace(field="date", kind="value")
        return _cast(data)

    def values_with_text(
        self, path: str, data: Mapping[str, Any], language: Language | None, text: str, body: int
    ) -> Mapping[str, Any] | Reason:
        values = self.values(path, data, language)
        if isinstance(values, Reason) or not self._is_post(path, data):
            return values
        heading = data.get("title") if self._titled else first_heading(text, body)
        return {"title": heading, **values} if heading else {}

    def non_mapping_values(self, value: object) -> object:
        return {}

    def moment(self, value: object, text: str) -> Moment:
        """post.py: the format of the settings, then dateutil, month first; what has a zone cannot be compared."""
        from postlint.frameworks._shared import dateutil

        if value is None or not text.strip():
            return Moment(None)
        if isinstance(value, date):
            at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
            if at.tzinfo is not None or re.search(r"(?:[+-]\d\d?(?::?\d\d)?|Z)\s*$", text[10:]):
                return Moment(
                    None, Reason("ablog cannot compare a date that has a time zone: remove the zone", stops=True)
                )
            return Moment(at, None, not isinstance(value, datetime))
        try:
            return Moment(datetime.strptime(text, self._format), whole_day=True)
        except ValueError:
            read = dateutil.parse(text)
        if read.instant is not None and read.instant.tzinfo is not None:
            return Moment(None, Reason("ablog cannot compare a date that has a time zone: remove the zone", stops=True))
        if read.instant is None and read.oddity and not read.incomplete:
            return Moment(None, Reason(read.oddity, stops=True))
        return Moment(read.instant, Reason(read.oddity) if read.oddity else None, read.whole_day)

    def dated(self, path: str, role: str, value: object, text: str) -> Moment:
        return self.moment(value, text)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        if is_external(target):
            return EXTERNAL
        form = re.sub(r"[?#].*", "", target)
        if not form or where not in ("markdown", "reference"):
            return UNKNOWN
        found = web.source(path, form)
        note = "Sphinx does not decode the addresses of images; rename the file" if "%" in form else None
        return Target("files", (found,), note=note) if found else UNKNOWN

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        if is_external(target):
            return EXTERNAL
        form = web.clean(target)
        found = web.source(path, form) if form and where in ("markdown", "reference") else None
        if found is None:
            return UNKNOWN
        # A word without an ending may be the name of a label anywhere.
        certain = posixpath.splitext(form)[1] != "" or "/" in form
        return Target("files", (found, f"{found}.md", f"{found}.rst"), certain)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        return None  # labels and directives give ids, too, and headings have them only if the settings ask for it

    def address_with_text(self, path: str, data: Mapping[str, Any], text: str, body: int) -> Address:
        found = self.address(path, data)
        titled = self._titled and data.get("title")
        if self._is_post(path, data) and not titled and not first_heading(text, body):
            return found._replace(reason=Reason(_NO_POST.format("its text has no heading")))
        return found


def _texts(value: object) -> tuple[str, ...]:
    """A text, or a list of texts."""
    if isinstance(value, str):
        return (value,)
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, (list, tuple)) else ()


def _as_text(value: list[Any], is_prose: bool) -> str:
    """myst-parser makes a field of docutils of each key: a list is its JSON. The text of some fields is prose, whose quotes
    Sphinx makes curly."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return re.sub(r'"([^"]*)"', "\u201c\\1\u201d", text) if is_prose else text


def _cast(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """`data` as ablog has it: texts with commas are lists, and `authors` is `author`."""
    out = dict(data)
    if "authors" in out:
        out.setdefault("author", out.pop("authors"))
    for key in _LISTS:
        if isinstance(out.get(key), list):
            out[key] = _as_text(out[key], key == "author")
        if isinstance(out.get(key), str):
            out[key] = [each.strip() for each in out[key].split(",") if each.strip()]
    if "tags" in out:
        tags = out["tags"]
        listed = tags if isinstance(tags, list) else ["null"] if tags is None else str(tags).split(",")
        out["tags"] = [str(each).strip() for each in listed]
    return out
