"""Dates as Gatsby's schema takes them: js-yaml's timestamps, and text in one of ISO 8601's forms.

Source: package gatsby, schema/types/date.
"""

import re
from datetime import UTC, date, datetime, timedelta

from postlint.frameworks._shared.new_date import odd
from postlint.frameworks.answers import Moment, Reason
from postlint.javascript import dates
from postlint.javascript.js_date import JsDate, to_milliseconds

_ISO = re.compile(
    r"(\d{4})(?:-?(\d\d)-?(\d\d)|-(\d\d)|-?W(\d\d)(?:-?(\d))?|-?(\d{3}))?"
    r"(?:[T ](\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)?)?)? ?(Z|[+-]\d\d:?\d\d)?",
    re.ASCII,
)
_PLACEHOLDER = re.compile(r"\{\{|(?:TODO|TBD)\b|[Yy]{4}-[Mm]{2}\b")
_SHOWN = "Gatsby shows `Invalid date`"


def moment(value: object, text: str) -> Moment:
    """Text in other forms is text for Gatsby, in all posts; what the site's code makes of it is not known."""
    text = text.strip()
    if isinstance(value, (bool, int, float)) or value is None or not text:
        return Moment(None)
    if isinstance(value, date):
        read = dates.timestamp(text)
        if read is None:
            return Moment(value if isinstance(value, datetime) else None)
        return odd(read, "Gatsby reads")
    found = _ISO.fullmatch(text)
    if found is None:
        return Moment(None, Reason(f"`{text[:40]}` is a placeholder") if _PLACEHOLDER.search(text[:200]) else None)
    try:
        at = _day(found) + timedelta(milliseconds=to_milliseconds(found[11] or "0")) - _zone(found[12] or "")
    except (ValueError, OverflowError):
        return Moment(None, Reason(f"{_missing(found)}; {_SHOWN}"))
    return Moment(at, None, found[8] is None)


def _day(found: "re.Match[str]") -> datetime:
    """The instant to the second, as if in UTC. Raises ValueError if it does not exist."""
    year = int(found[1])
    hour, minute, second = (int(part or 0) for part in found.group(8, 9, 10))
    if found[5]:
        day = datetime.fromisocalendar(year, int(found[5]), int(found[6] or 1))
    elif found[7]:
        day = datetime(year, 1, 1) + timedelta(days=int(found[7]) - 1)
        if day.year != year:
            raise ValueError
    else:
        day = datetime(year, int(found[2] or found[4] or 1), int(found[3] or 1))
    if hour == 24 and not (minute or second):
        return day.replace(tzinfo=UTC) + timedelta(days=1)
    return day.replace(hour=hour, minute=minute, second=second, tzinfo=UTC)


def _zone(written: str) -> timedelta:
    if written in ("", "Z"):
        return timedelta(0)
    digits = written[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return -offset if written[0] == "-" else offset


def _missing(found: "re.Match[str]") -> str:
    """Which part of the date does not exist."""
    if found[2]:
        hour = int(found[8]) if found[8] else None
        if oddity := JsDate(None, (int(found[1]), int(found[2]), int(found[3])), hour).oddity:
            return oddity
    return f"`{found[0]}` does not exist"
