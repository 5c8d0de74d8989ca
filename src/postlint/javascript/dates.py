"""Reads dates as JavaScript does: `new Date(text)` of V8, which runs the site generators, and js-yaml's timestamps."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from postlint.javascript.js_date import JsDate, to_date, to_milliseconds

_LONGEST = 200
_LEAST = (0, 1, 1, 0, 0, 0)
_ISO = re.compile(
    r"(\d{4}|[+-]\d{6})(?:-(\d\d)(?:-(\d\d))?)?(?:[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?([Zz]|[+-]\d\d:?\d\d)?)?",
    re.ASCII,
)
_TIMESTAMP = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|[-+]\d\d?(?::\d\d)?))?)?",
    re.ASCII,
)


def parse(text: str) -> JsDate | None:
    """`new Date(text)`; None if that is an invalid date.

    ISO dates are UTC and ISO date-times local, days up to 31 roll over into the next month (V8, dateparser-inl.h). Texts
    of more than 200 characters are not read.
    """
    return None if len(text) > _LONGEST else _parsed(text)


@lru_cache(maxsize=1000)
def _parsed(text: str) -> JsDate | None:
    found = _ISO.fullmatch(text)
    if found and not text.startswith("-000000"):
        year, month, day, hour, minute, second = (
            int(part or least) for part, least in zip(found.groups(), _LEAST, strict=False)
        )
        milliseconds = to_milliseconds(found[7] or "0")
        late = hour == 24 and not (minute or second or milliseconds)
        zone = _offset(found[8]) if found[8] else timedelta(0) if found[4] is None else None
        strange = zone and (abs(zone) >= timedelta(days=1) or "59" < found[8][-2:] < "Z")
        if 1 <= month <= 12 and 1 <= day <= 31:
            if (hour > 23 and not late) or minute > 59 or second > 59 or strange:
                return None
            return to_date((year, month, day), (hour, minute, second, milliseconds), zone, found[4] is not None)
    from postlint.javascript.dates_legacy import parse as parse_legacy

    return parse_legacy(text)


def timestamp(text: str) -> JsDate | None:
    """An unquoted YAML timestamp as js-yaml reads it: whatever does not exist rolls over, no zone is UTC, and the years 0
    to 99 are those of the 1900s. None if `text` is not a timestamp, and for texts of more than 200 characters."""
    return None if len(text) > _LONGEST else _timestamp(text)


@lru_cache(maxsize=1000)
def _timestamp(text: str) -> JsDate | None:
    found = _TIMESTAMP.fullmatch(text)
    if found is None or (found[4] is None and len(text) != 10):
        return None
    day = (int(found[1]), int(found[2]), int(found[3]))
    hour = int(found[4] or 0)
    time = (hour, int(found[5] or 0), int(found[6] or 0), to_milliseconds((found[7] or "0")[:3]))
    zone = _offset(found[8]) if found[8] else timedelta(0)
    read = to_date((day[0] + 1900 if day[0] < 100 else day[0], *day[1:]), time, zone, found[4] is not None)
    return read._replace(day=day) if read else None


def from_number(milliseconds: float) -> JsDate | None:
    """`new Date(number)`: milliseconds since 1970. None for NaN and numbers beyond JavaScript's dates."""
    if not abs(milliseconds) <= 8.64e15:
        return None
    try:
        instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(milliseconds))
    except OverflowError:
        return JsDate(None, (0, 1, 1))
    return JsDate(instant, (instant.year, instant.month, instant.day), instant.hour)


def _offset(zone: str) -> timedelta:
    if zone in "Zz":
        return timedelta(0)
    digits = zone[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return -offset if zone[0] == "-" else offset
