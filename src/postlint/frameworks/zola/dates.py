"""Dates as Zola reads them (getzola/zola, components/utils/src/de.rs and content/src/front_matter/page.rs)."""

import re
from datetime import UTC, date, datetime, time, timedelta

from postlint.frameworks.answers import Moment, Reason

_TOML = r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?([Zz]|[+-]\d\d:\d\d)?)?"
_YAML = (
    r"\"?(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.\d{0,9})?"
    r"[ \t]*(Z|[-+]\d\d?(?::\d\d)?)?)?\"?"
)
_FORMS: "list[re.Pattern[str]]" = []
_NAMED = re.compile(
    r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
    r"(?:T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d))?)(?:\s?[_-](.+$))?",
    re.ASCII,
)


def read(value: object, text: str) -> Moment:
    """The value of `date` or `updated`, written as `text`. Without a zone it is UTC."""
    if isinstance(value, datetime):
        value = value.replace(microsecond=0)
        return Moment(value if value.tzinfo else value.replace(tzinfo=UTC))
    if isinstance(value, date):
        return Moment(datetime(value.year, value.month, value.day, tzinfo=UTC), None, True)
    if not isinstance(value, str) or isinstance(value, time):
        return Moment(None, _stops(f"`{_shown(text)}` is not a date"))
    if not _FORMS:
        _FORMS.extend(re.compile(form, re.ASCII) for form in (_TOML, _YAML))
    reasons = []
    for form in _FORMS:
        found = form.fullmatch(value)
        if found:
            moment = _moment(found, lenient=form is _FORMS[1])
            if moment.instant:
                return moment
            reasons.append(moment.problem)
    if reasons:
        return Moment(None, reasons[-1])
    return Moment(None, _stops(f"Zola cannot read `{_shown(text)}` as a date"))


def named(name: str) -> tuple[datetime | None, str | None]:
    """The date that a file's or folder's name begins with, and the rest of the name, if there is one."""
    found = _NAMED.match(name)
    return (read(found[1], found[1]).instant, found[2]) if found else (None, None)


def _moment(found: "re.Match[str]", lenient: bool) -> Moment:
    year, month, day = (int(part) for part in found.group(1, 2, 3))
    hour, minute, second = (int(part or 0) for part in found.group(4, 5, 6))
    zone = found[7]
    try:
        at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return Moment(None, _impossible(year, month, day, hour))
    if zone and zone not in ("Z", "z"):
        hours, _, minutes = zone[1:].partition(":")
        # The library starts at 31 December 1969, 19:00 -05:00, and sets the month before the day.
        if lenient and zone[0] == "-" and int(hours) and month in (2, 4, 6, 9, 11):
            problem = f"Zola cannot read the offset `{zone}` after a space in a month with fewer than 31 days; use `T`"
            return Moment(None, _stops(problem))
        shift = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if shift >= timedelta(days=1):
            return Moment(None, _stops(f"there is no offset `{zone}`"))
        at = at + shift if zone[0] == "-" else at - shift
    return Moment(at, None, found[4] is None)


def _impossible(year: int, month: int, day: int, hour: int) -> Reason:
    if not 1 <= month <= 12:
        return _stops(f"there is no month {month}")
    try:
        date(year, month, day)
    except ValueError:
        return _stops(f"there is no day {day} in {year:04}-{month:02}")
    return _stops(f"there is no hour {hour}" if hour > 23 else "there is no such time")


def _stops(text: str) -> Reason:
    return Reason(text, stops=True)


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"
