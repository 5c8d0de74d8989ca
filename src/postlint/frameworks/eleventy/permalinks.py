"""What Eleventy's templates print for a `permalink`: the variables of a page, the post's own data, and a few filters."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from postlint.frameworks._shared import js_slugs as slugs
from postlint.frameworks.answers import Moment
from postlint.frameworks.eleventy.settings import EleventySettings

_DATED = re.compile(r"\d{4}-\d\d-\d\d-")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_OUTPUT = re.compile(r"\{\{-?([^{}]*)\}\}")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)*")
_PART_OF_DAY = re.compile(r"(utc|local): '(%-?[Ymd])'")
_PARTS = {"Y": "year", "m": "month", "d": "day"}
_WIDTHS = {"%m": "02", "%d": "02"}
_DIRECTIVE = re.compile(r"%-?.")
_KNOWN = frozenset("%Y %m %d %y %B %b %A %a %j %H %M %e %-d %-m".split())
_SIMPLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FILTERS: Mapping[str, Callable[[str], str | None]] = {
    "slugify": slugs.slugify,
    "slug": slugs.slug,
    "downcase": str.lower,
    "lower": str.lower,
    "upcase": str.upper,
    "upper": str.upper,
    "strip": str.strip,
    "trim": str.strip,
}


class Permalinks:
    """The templates of one site. `moment` reads a date as Eleventy does."""

    def __init__(self, site: EleventySettings, moment: Callable[[object, str], Moment]) -> None:
        self._site = site
        self._moment = moment

    def render(self, path: str, data: Mapping[str, Any], template: str) -> str | None:
        """What a simple template prints for the post at `path`, None for any other."""
        if "{%" in template or "{#" in template:
            return None
        pieces, last = [], 0
        for match in _OUTPUT.finditer(template):
            value = self._value(path, data, match[1].removesuffix("-").strip())
            if value is None:
                return None
            pieces += [template[last : match.start()], value]
            last = match.end()
        pieces.append(template[last:])
        made = "".join(pieces)
        return None if "{{" in made else made

    def slug(self, path: str) -> str:
        """`page.fileSlug`."""
        folder, _, name = self._inner(path).rpartition("/")
        cut = _after_date(name.rpartition(".")[0] or name)
        return _after_date(folder.rpartition("/")[2]) if cut == "index" else cut

    def named_date(self, path: str) -> datetime | None:
        """The first day in the path, folders included."""
        found = _DAY.search(path)
        try:
            return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC) if found else None
        except ValueError:
            return None

    def _stem(self, path: str) -> str:
        """`page.filePathStem`."""
        folder, _, name = self._inner(path).rpartition("/")
        stem = _after_date(name.rpartition(".")[0] or name)
        return f"/{folder}/{stem}" if folder else f"/{stem}"

    def _inner(self, path: str) -> str:
        return path[len(self._site.input) + 1 :] if self._site.input else path

    def _value(self, path: str, data: Mapping[str, Any], expression: str) -> str | None:
        name, *filters = (part.strip() for part in expression.split("|"))
        if name == "page.date" or (name == "date" and filters):
            return self._date(path, data, filters)
        value: object = None
        if name == "page.fileSlug":
            value = self.slug(path)
        elif name == "page.filePathStem":
            value = self._stem(path)
        elif quoted := _QUOTED.fullmatch(name):
            value = quoted[1] if quoted[1] is not None else quoted[2]
        elif _NAME.fullmatch(name):
            value = data
            for part in name.split("."):
                value = value.get(part) if isinstance(value, Mapping) else None
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            return None
        text: str | None = str(value)
        for each in filters:
            # A filter of the site's own may do anything to what is not a slug already.
            if text is None or each not in _FILTERS or (each in self._site.filters and not _SIMPLE.fullmatch(text)):
                return None
            text = _FILTERS[each](text)
        return text

    def _date(self, path: str, data: Mapping[str, Any], filters: list[str]) -> str | None:
        if len(filters) == 1 and (part := _PART_OF_DAY.fullmatch(filters[0])):
            at = self._day(path, data)
            return _part(at, part[2], part[1] == "local") if at else None
        if len(filters) != 1 or "date" in self._site.filters:
            return None
        form = re.fullmatch(r"date:\s*['\"]([^'\"]*)['\"]", filters[0])
        if not form or self._site.engine == "njk" or not _KNOWN.issuperset(_DIRECTIVE.findall(form[1])):
            return None
        at = self._day(path, data)
        if at is None:
            return None
        plain = form[1].replace("%-d", str(at.day)).replace("%-m", str(at.month)).replace("%e", f"{at.day:2}")
        return at.strftime(plain)

    def _day(self, path: str, data: Mapping[str, Any]) -> datetime | None:
        """`page.date`, where it comes neither from the disk nor from Git."""
        value = data.get("date")
        at = self._moment(value, str(value)).instant if isinstance(value, (str, date)) else None
        return at or (self.named_date(path) if value is None else None)


def _part(at: datetime, form: str, local: bool) -> str | None:
    """A part of the day `at`; None if it hangs on the `local` zone of who builds the site."""
    days = (at + timedelta(hours=hours) for hours in ((-12, 14) if local else (0,)))
    made = {f"{getattr(day, _PARTS[form[-1]]):{_WIDTHS.get(form, '')}}" for day in days}
    return made.pop() if len(made) == 1 else None


def _after_date(name: str) -> str:
    found = _DATED.search(name)
    return name[found.end() :] if found and found.end() < len(name) else name
