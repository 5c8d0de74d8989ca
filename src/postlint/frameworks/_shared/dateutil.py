"""Dates as python-dateutil's parser reads the forms that bloggers write, month first; source: dateutil 2.9 to 4.0."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_CLOCK = (
    r"(?:(?:\s*T\s*|,?\s+(?:at\s+)?)(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,6})\d*)?)?)?\s*([ap]\.?m)?"
    r"\s*(Z|UTC|GMT|[A-Z]{3,4}|[+-]\d\d(?::?\d\d)?)?)?"
)
_WORDS = r"\b(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
# What stands in `parserinfo`; names of zones are written in capitals.
_KNOWN = frozenset(
    (
        *"at on and ad m t of st nd rd th h hour hours minute minutes s second seconds am a pm p sept".split(),
        *_MONTHS,
        *"january february march april june july august september october november december".split(),
        *"mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday".split(),
    )
)
_FORMS = (
    ("ymd", r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})"),
    ("compact", r"(\d{4})(\d\d)(\d\d)(?=T|\s|$|\d{4}$|\d{6}$)"),
    ("mdy", r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d\d)(?!\d)"),
    ("named", rf"{_MONTH}[\s-]+(\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]+(\d{{4}}|'?\d\d(?![\d:]))"),
    ("dated", rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*{_MONTH},?[\s-]*(\d{{4}}|'?\d\d(?![\d:]))"),
    ("year first", rf"(\d{{4}})[\s-]+{_MONTH}[\s-]+(\d{{1,2}})(?:st|nd|rd|th)?"),
)


class Read(NamedTuple):
    """What the text says. `instant` is naive without a zone; None if it is not a date (`oddity` says why) or if that is
    not certain. `whole_day`: no time is written. `incomplete`: it is a date, but the day of the build completes it."""

    instant: datetime | None
    oddity: str | None = None
    whole_day: bool = False
    incomplete: bool = False


def parse(text: str) -> Read:
    """Read `text`; what is in no form known here is neither a date nor none."""
    text = text.strip()
    if re.fullmatch(r"\d{4}", text):
        return Read(None, "without a month and a day, a date gets those of the day of the build", incomplete=True)
    if len(text) > 100:
        return Read(None)
    if len(text) > 2 and text[0] == text[-1] == "'":
        text = text[1:-1]
    if _foreign(text) or (not any(map(str.isdigit, text)) and not re.search(_WORDS, text, re.IGNORECASE)):
        return Read(None, f"`{text[:40]}` is not a date")
    text = re.sub(f"^{_WEEKDAY}", "", text.rstrip(" .,;"), flags=re.IGNORECASE)
    for form, pattern in _FORMS:
        found = re.compile(pattern, re.IGNORECASE).match(text)
        if not found:
            continue
        rest = re.compile(_CLOCK, re.IGNORECASE).fullmatch(text, found.end())
        digits = r"(?:T|\s+)?(\d\d)(\d\d)?(\d\d)?" if form == "compact" else r"(?:T|\s+)(\d\d)(\d\d)?(\d\d)?"
        compact = re.fullmatch(digits, text[found.end() :]) if form in ("ymd", "compact") else None
        if rest is None and compact is None:
            continue
        year, month, day = _day(form, found)
        if form == "mdy":
            if month > 31 and year < 100:
                year, month, day = month, day, year
            elif month > 12 >= day:
                month, day = day, month
        if year < 100 and form in ("mdy", "named", "dated"):
            if day > 31:
                return Read(None)
            year = _whole_year(year)
        if not 1 <= month <= 12:
            return Read(None, f"there is no month {month}")
        try:
            at = datetime(year, month, day)
        except ValueError:
            if not 1 <= year <= 9999:
                return Read(None, f"there is no year {year}")
            return Read(None, f"there is no day {day} in {datetime(2000, month, 1):%B}")
        if compact:
            clock = (int(compact[1]), int(compact[2] or 0), int(compact[3] or 0), 0)
            return _timed(at, clock, None)
        assert rest is not None
        if rest[1] is None:
            return Read(at, None, True)
        hour = int(rest[1])
        if rest[2] is None and rest[5] is None:
            continue
        if rest[5] and not 0 <= hour <= 12:
            continue
        if rest[5]:
            hour = hour % 12 + (12 if rest[5][0] in "pP" else 0)
        return _timed(at, (hour, int(rest[2] or 0), int(rest[3] or 0), int((rest[4] or "0").ljust(6, "0"))), rest[6])
    return Read(None)


def _day(form: str, found: "re.Match[str]") -> tuple[int, int, int]:
    if form == "ymd":
        return int(found[1]), int(found[3]), int(found[4])
    if form == "compact":
        return int(found[1]), int(found[2]), int(found[3])
    if form == "mdy":
        return int(found[4]), int(found[1]), int(found[3])
    if form == "year first":
        return int(found[1]), _MONTHS.index(found[2][:3].lower()) + 1, int(found[3])
    if form == "named":
        return int(found[3].lstrip("'")), _MONTHS.index(found[1][:3].lower()) + 1, int(found[2])
    return int(found[3].lstrip("'")), _MONTHS.index(found[2][:3].lower()) + 1, int(found[1])


def _foreign(text: str) -> bool:
    """Whether something stands in `text` that is in no date: another sign, or a word of none."""
    if re.search(r"[^\w\s.,;:/+()'-]|_", text):
        return True
    words = re.findall(r"[^\W\d]+", text)
    return any(word.lower() not in _KNOWN and word != "z" and not re.fullmatch("[A-Z]{1,5}", word) for word in words)


def _whole_year(year: int) -> int:
    """A year of two digits: not fifty or more years ahead."""
    from postlint.clock import now

    this = now().year
    year += this // 100 * 100
    return year - 100 if year >= this + 50 else year + 100 if year < this - 50 else year


def _timed(at: datetime, clock: tuple[int, int, int, int], zone: str | None) -> Read:
    hour, minute, second, part = clock
    if hour > 23:
        return Read(None, f"there is no hour {hour}")
    if minute > 59:
        return Read(None, f"there is no minute {minute}")
    if second > 59:
        return Read(None, f"there is no second {second}")
    at = at.replace(hour=hour, minute=minute, second=second, microsecond=part)
    if zone is None or (zone.isalpha() and zone.upper() not in ("Z", "UTC", "GMT")):
        return Read(at)
    if zone.isalpha():
        return Read(at.replace(tzinfo=UTC))
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]) if len(zone) > 3 else 0)
    if ahead >= timedelta(days=1):
        return Read(None, f"there is no zone `{zone}`")
    return Read(at.replace(tzinfo=timezone(-ahead if zone[0] == "-" else ahead)))
