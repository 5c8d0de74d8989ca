"""Reads dates as Luxon's `DateTime.fromISO` does, in UTC (luxon, impl/regexParser.js): ISO 8601 and nothing else."""

import re
from datetime import UTC, datetime, timedelta

_DATE = re.compile(
    r"(?P<year>\d{4}|[+-]\d{6})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d))?|-?W(?P<week>\d\d)(?:-?(?P<weekday>\d))?|"
    r"-?(?P<ordinal>\d{3}))?"
)
_TIME = re.compile(r"(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,30}))?)?)?")
_OFFSET = re.compile(r"(?:[Zz]|([+-])(\d\d)(?::?(\d\d))?)")
_LONGEST = 60


def parse(text: str) -> datetime | None:
    """The instant, or None if `text` is not a date of ISO 8601 that exists."""
    if len(text) > _LONGEST:
        return None
    written, _, rest = text.replace("t", "T").partition("T")
    day = _day(written)
    if day is None or text[-1:] in "Tt":
        return None
    if not rest:
        return day
    clock = _TIME.match(rest)
    if clock is None:
        return None
    hour, minute, second = int(clock[1]), int(clock[2] or 0), int(clock[3] or 0)
    if minute > 59 or second > 59 or hour > 24 or (hour == 24 and (minute or second)):
        return None
    zone = timedelta()
    if end := rest[clock.end() :]:
        found = _OFFSET.fullmatch(end)
        if found is None:
            return None
        if found[1]:
            zone = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
            zone = -zone if found[1] == "-" else zone
    milliseconds = int(((clock[4] or "") + "000")[:3])
    try:
        return day + timedelta(hours=hour, minutes=minute, seconds=second, milliseconds=milliseconds) - zone
    except OverflowError:
        return None


def _day(written: str) -> datetime | None:
    found = _DATE.fullmatch(written)
    if found is None:
        return None
    year = int(found["year"])
    try:
        if found["week"]:
            return datetime.fromisocalendar(year, int(found["week"]), int(found["weekday"] or 1)).replace(tzinfo=UTC)
        if found["ordinal"]:
            at = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=int(found["ordinal"]) - 1)
            return at if at.year == year and found["ordinal"] != "000" else None
        return datetime(year, int(found["month"] or 1), int(found["day"] or 1), tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
