"""Pelican: articles and pages with a header of lines `Key: value`, which is not YAML even between fences.

Sources: pelican 4.12, markdown/extensions/meta.py, python-dateutil; builds with them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from postlint.body.syntax import LIQUID, Syntax
from postlint.files.files import Files
from postlint.frameworks.answers import Address, Collection, Moment, Reason, Target, Where
from postlint.frameworks.framework import Framework
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits
from postlint.front_matter import Dialect, Fence, Language

if TYPE_CHECKING:
    from postlint.frameworks.made import Listed, MadePages

_ENDINGS = "{md,markdown,mkd,mdown}"
_LISTS = ("tags", "authors")
# DUPLICATES_DEFINITIONS_ALLOWED in readers.py: of these Pelican takes the first.
_FIRSTS = frozenset(("tags", "date", "modified", "status", "category", "author", "save_as", "url", "authors", "slug"))


class Pelican(Framework):
    """One Pelican site."""

    name: ClassVar[str] = "pelican"
    title: ClassVar[str] = "Pelican"
    linking = LinkTraits(
        raw_headings_have_ids=False,
        replaced_in_quotes=tuple(
            f"{sign[0]}{name}{sign[1]}" for name in ("static", "attach", "filename") for sign in ("{}", "||")
        ),
    )
    addressing = AddressTraits(
        keys=("save_as", "url"),
        from_names=False,
        empty_slug_counts=False,
        listed_by=("category", "author", "authors"),
    )
    front_matter = FrontMatterTraits(keys_have_case=False, tags_as_text="commas")
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("summary", "description"),
        "slug": ("slug",),
        "published": ("date",),
        "updated": ("modified",),
        "image": ("image", "cover", "header_cover", "og_image", "thumbnail", "featured_image"),
        "tags": ("tags",),
        "author": ("author", "authors"),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        return "pelicanconf.py" if files.is_file("pelicanconf.py") else None

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.pelican import settings
        from postlint.frameworks.pelican.lists import PelicanLists
        from postlint.frameworks.pelican.pages import PelicanPages

        site = settings.read(files) if files else settings.PelicanSettings()
        self.depends_on_time = not site.future
        self._site = site
        self._yaml = any("yaml_metadata" in name for name in site.plugins)
        self.dialect = _dialect(self._yaml)
        self._pages = PelicanPages(site, self.moment)
        self._lists = PelicanLists(site.made, self._pages, files)
        self.settings = site.reported
        self.serving = ServingTraits(site.home)
        if site.content is not None:
            at = self._pages.at
            out = tuple(f"{at}{each.strip('/')}/**" for each in site.excluded if each.strip("/"))
            starts = [f"{at}{each.strip('/')}/" if each.strip("/") else at for each in site.articles]
            self.folders = FolderTraits(tuple(f"{at}{each}" for each in site.static or ()), root=at.rstrip("/"))
            built = () if at else ("output/**",)
            names = tuple(f"{at}**/{each}" for each in site.ignored if "/" not in each)
            self.collections = (
                Collection("articles", tuple(f"{start}**/*.{_ENDINGS}" for start in starts), (*out, *built, *names)),
                Collection("pages", tuple(f"{at}{each}/**/*.{_ENDINGS}".lstrip("/") for each in site.pages), names),
            )

    def syntax(self, path: str) -> Syntax:
        plugins = self._site.plugins
        templates = any("liquid" in name or "jinja" in name for name in plugins)
        return Syntax(
            shortcodes=LIQUID if templates else (),
            math=any("math" in name for name in plugins),
            blank_targets=True,
            heading_blank="none",
        )

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._pages.address(path, {key: _as_text(value) for key, value in data.items()})

    def made_pages(self, posts: "Sequence[Listed]") -> "MadePages":
        return self._lists.made(posts)

    def term_address(self, path: str, field: str, tag: str) -> str | None:
        return self._lists.term("tag", tag) if field == "tags" else None

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        return Address((), reason=Reason("several posts have this address", stops=True))

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return str(_first(data.get("status"))).lower() in ("draft", "skip")

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        """Dates are read, and empty values of the keys that Pelican knows are left out."""
        out: dict[str, Any] = {}
        for key, value in data.items():
            if key in ("date", "modified") and isinstance(value, str):
                out[key] = self.dated(path, "published" if key == "date" else "updated", value, value).instant or value
            elif key in _LISTS:
                # Without commas in its first line it is one, however many lines follow.
                value = [each for each in dict.fromkeys(value) if each] if isinstance(value, list) else []
                if value and not _is_listed(data[key]):
                    out[key] = value
            elif key in ("slug", "category", "author", "status", "save_as", "url"):
                if _first(value):
                    out[key] = _first(value)
            else:
                out[key] = value
        return out

    def moment(self, value: object, text: str) -> Moment:
        """As dateutil reads the usual forms; what is in none of them is not judged."""
        from datetime import UTC, date

        from postlint.frameworks._shared import dateutil

        if isinstance(value, date):
            at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
            return Moment(self._zoned(at), None, not isinstance(value, datetime))
        text = text.strip()
        if value is None or not text:
            return Moment(None)
        read = dateutil.parse(text)
        problem = Reason(read.oddity) if read.oddity else None
        if read.oddity and read.instant is None and not read.incomplete:
            return Moment(None, Reason(f"{read.oddity}; Pelican skips the file"))
        instant = read.instant and (read.instant.astimezone(UTC) if read.instant.tzinfo else self._zoned(read.instant))
        return Moment(instant, problem, read.whole_day)

    def dated(self, path: str, role: str, value: object, text: str) -> Moment:
        # METADATA_PROCESSORS in readers.py: `_` is a space in `Date` alone.
        return self.moment(value, text.replace("_", " ") if role == "published" else text)

    def _zoned(self, at: datetime) -> datetime:
        """A time without zone is one of TIMEZONE."""
        from datetime import UTC

        if at.tzinfo:
            return at
        if self._site.zone.upper() == "UTC":
            return at.replace(tzinfo=UTC)
        from postlint.frameworks._shared import zones

        return zones.local(at, self._site.zone)

    def named_date(self, path: str) -> datetime | None:
        named = self._pages.named(path)
        return self.moment(named["date"], named["date"]).instant if named and "date" in named else None

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.image(path, {key: _as_text(value) for key, value in data.items()}, target, where)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.link(path, {key: _as_text(value) for key, value in data.items()}, target, where)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        from postlint.frameworks._shared.python_slugs import toc

        return toc(headings) if self._site.anchored else None


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else "" if isinstance(value, list) else value


def _is_listed(value: object) -> bool:
    """Whether a list is written as YAML, which leaves its first line empty."""
    return isinstance(value, list) and bool(value) and value[0] == ""


def _as_text(value: object) -> object:
    """A value of the YAML plugin as the header would have it."""
    return str(value) if isinstance(value, (int, float)) or hasattr(value, "isoformat") else value


def _dialect(yaml: bool) -> Dialect:
    """`yaml`: a plugin reads YAML. Else the first line may be one that begins with three hyphens, whatever follows."""
    if yaml:
        closing = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)
        return Dialect((Fence("yaml", re.compile(r"\ufeff?---[ \t]*\r?(?=\n)"), closing),))
    opening = re.compile(r"\ufeff?(?:---[^\r\n]*(?:\r\n?|\n))?")
    return Dialect((Fence("metadata", opening, None),), lists=_LISTS, firsts=_FIRSTS)
