"""Dates as Hugo reads them: the layouts of the library spf13/cast 1.10, as Go's `time.Parse` takes them."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from postlint.frameworks.answers import Moment, Reason

_DAY = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
# A fraction may follow the seconds of every layout.
_CLOCK = r"(?P<hour>\d\d?):(?P<minute>\d\d):(?P<second>\d\d)(?:[.,]\d+)?"
_NAME = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_WEEK = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_LONG_WEEK = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_COLON, _DIGITS = r"(?P<zone>[+-]\d\d:\d\d)", r"(?P<zone>[+-]\d{4})"
_ZONE_NAME = r"(?P<name>[A-Z]{3,5}(?:[+-]\d{1,2})?)"
_WORDS = rf"(?P<day>\d\d) +(?P<month>{_NAME}) +"
_SHORT_TIME = r"(?P<hour>\d\d?):(?P<minute>\d\d)"
_LAYOUTS = (
    rf"{_DAY}",
    rf"{_DAY}T{_CLOCK}(?:(?P<utc>Z)|{_COLON})?",
    rf"{_DAY}T{_CLOCK}{_DIGITS}",
    rf"{_DAY} +{_CLOCK}(?:(?P<utc>Z)|{_COLON})?",
    rf"{_DAY} +{_CLOCK}{_DIGITS}",
    rf"{_DAY} +{_CLOCK} +{_COLON}",
    rf"{_DAY} +{_CLOCK} +{_DIGITS}(?: +[A-Z]{{3,5}})?",
    rf"(?i:{_WEEK}), +{_WORDS}(?P<year>\d{{4}}) +{_CLOCK} +(?:{_DIGITS}|{_ZONE_NAME})",
    rf"{_WORDS}(?P<short>\d\d) +{_SHORT_TIME} +(?:{_DIGITS}|{_ZONE_NAME})",
    rf"(?i:{_LONG_WEEK}), +(?P<day>\d\d)-(?P<month>{_NAME})-(?P<short>\d\d) +{_CLOCK} +{_ZONE_NAME}",
    rf"(?i:{_WEEK}) +(?P<month>{_NAME}) +(?P<day>\d\d?) +{_CLOCK} +(?:(?:{_DIGITS}|{_ZONE_NAME}) +)?(?P<year>\d{{4}})",
    rf"{_WORDS}(?P<year>\d{{4}})",
)
_COMPILED: "list[re.Pattern[str]]" = []
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Read as a time of the year 0: `3:04PM`, `Jan  5 10:20:30`.
_TIME_ONLY = re.compile(rf"\d\d?:\d\d[AP]M|{_NAME} +\d\d? {_CLOCK}", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d))?)?")


def read(value: object, text: str, zone: tzinfo | None) -> Moment:
    """A date key's `value`, written as `text`; `zone` is the site's, None if it is not known."""
    if value is None or value == "":
        return Moment(None)
    if isinstance(value, bool):
        return Moment(None, _stops(f"`{text}` is not a date"))
    if isinstance(value, int):
        return _unix(value, text)
    if isinstance(value, datetime):
        value = value.replace(microsecond=0)
        return Moment(value if value.tzinfo else value.replace(tzinfo=zone))
    if isinstance(value, date):
        if value == date.min:
            return Moment(None)
        return Moment(datetime(value.year, value.month, value.day, tzinfo=zone), None, True)
    if not isinstance(value, str) or isinstance(value, time):
        return Moment(None, _stops(f"`{_shown(text)}` is not a date"))
    return parse(value, zone)


def parse(text: str, zone: tzinfo | None) -> Moment:
    """A date in a text."""
    if not _COMPILED:
        _COMPILED.extend(re.compile(layout, re.ASCII) for layout in _LAYOUTS)
    found = next((match for layout in _COMPILED if (match := layout.fullmatch(text))), None)
    if found is None:
        if _TIME_ONLY.fullmatch(text):
            return Moment(None, Reason(f"`{text}` is a time without a day, which Hugo puts in the year 0"))
        return Moment(None, _refused(text))
    parts = found.groupdict()
    month = parts["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1
    year = int(parts.get("year") or 0)
    if short := parts.get("short"):
        year = int(short) + (1900 if int(short) >= 69 else 2000)
    hour, minute, second = (int(parts.get(name) or 0) for name in ("hour", "minute", "second"))
    try:
        at = datetime(year, number, int(parts["day"]), hour, minute, second)
    except ValueError:
        return Moment(None, _refused(text))
    if (year, number, int(parts["day"])) == (1, 1, 1):
        return Moment(None)
    offset = parts.get("zone")
    if parts.get("utc"):
        return Moment(at.replace(tzinfo=UTC))
    if offset:
        digits = offset[1:].replace(":", "")
        shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        if shift >= timedelta(days=1):
            return Moment(None, _refused(text))
        return Moment(at.replace(tzinfo=timezone(-shift if offset[0] == "-" else shift)))
    return Moment(at.replace(tzinfo=zone), None, parts.get("hour") is None)


def _unix(seconds: int, text: str) -> Moment:
    try:
        instant = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return Moment(None, _stops(f"`{_shown(text)}` is not a date"))
    problem = None
    if abs(seconds) < 10**8:
        problem = Reason(f"Hugo reads a number as seconds since 1970, so this is {instant:%Y-%m-%d}")
    return Moment(instant, problem)


def _refused(text: str) -> Reason:
    iso = _ISO.match(text)
    if iso:
        year, month, day = (int(part) for part in iso.group(1, 2, 3))
        if not 1 <= month <= 12:
            return _stops(f"there is no month {month}")
        try:
            date(year, month, day)
        except ValueError:
            return _stops(f"there is no day {day} in {year:04}-{month:02}")
        if iso[4] and int(iso[4]) > 23:
            return _stops(f"there is no hour {int(iso[4])}")
        if iso[4] and not iso[6]:
            return _stops(f"Hugo cannot read `{_shown(text)}`, which has no seconds")
    return _stops(f"Hugo cannot read `{_shown(text)}` as a date")


def _stops(text: str) -> Reason:
    return Reason(text, stops=True)


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
