"""Dates that a site's own JavaScript reads: mostly `new Date()` of what the front matter's parser gives."""

import re
from datetime import UTC, date, datetime

from postlint.frameworks.answers import Moment, Reason
from postlint.javascript import dates
from postlint.javascript.js_date import JsDate

# Patterns that only a date which cannot be read needs, compiled on first use.
_ISO = r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ](\d\d?):(\d\d)(?::(\d\d))?.{0,12})?"
# Milliseconds of a year and a bit: what is meant as a year, or as a day, is less.
_A_YEAR = 4e10
_PLACEHOLDER = r"\{\{|<%|(?:TODO|TBD)\b|[Yy]{4}-[Mm]{2}\b"


def moment(value: object, text: str) -> Moment:
    """A YAML timestamp as js-yaml reads it, and text as `new Date()` does. Other code may read text in its own way: wrong
    for certain are only days that don't exist, and placeholders."""
    text = text.strip()
    if isinstance(value, (bool, int, float)) or value is None or not text:
        return Moment(None)
    if isinstance(value, date):
        read = dates.timestamp(text)
        if read is None:
            return Moment(value if isinstance(value, datetime) else None)
    else:
        read = dates.parse(text)
        if read is None:
            return Moment(None, _wrong(text))
    found = odd(read, "it is read as")
    if found.instant and found.whole_day:
        found = found._replace(instant=found.instant.replace(tzinfo=UTC))
    return found


def utc(value: object, text: str, title: str, coerced: bool) -> Moment:
    """A date as the content tool `title` reads it, where the machine that builds the site keeps UTC. `coerced`: it makes a
    date of any value, as `z.coerce.date()` does; else only of text."""
    if value is None or isinstance(value, (bool, int, float)):
        number = float(value or 0)
        read = dates.from_number(number)
        if not coerced or read is None:
            return Moment(None)
        what = (
            "an empty value" if value is None else "a number as milliseconds since 1970" if number > 1 else f"`{text}`"
        )
        problem = Reason(f"{title} reads {what}, so that it is in 1970; write a date") if number < _A_YEAR else None
        return Moment(read.instant, problem)
    if isinstance(value, date):
        return moment(value, text)
    read = dates.parse(text.strip())
    if read is None:
        return Moment(None)
    found = odd(read, f"{title} reads it as")
    if found.instant and found.instant.tzinfo is None:
        found = found._replace(instant=found.instant.replace(tzinfo=UTC))
    return found


def odd(read: JsDate, reads: str) -> Moment:
    """What JavaScript read; for a day that does not exist, the problem says which day it becomes, after the words
    `reads`."""
    problem, instant = read.oddity, read.instant
    if problem is None:
        return Moment(instant, None, read.hour is None)
    becomes = f"; {reads} {read.read_as}" if instant else ""
    return Moment(instant, Reason(problem + becomes), read.hour is None)


def _wrong(text: str) -> Reason | None:
    found = re.fullmatch(_ISO, text)
    if found:
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
        oddity = JsDate(None, (year, month, day), hour, minute, second).oddity
        return Reason(oddity) if oddity else None
    return Reason(f"`{text[:40]}` is a placeholder") if re.search(_PLACEHOLDER, text[:200]) else None
