"""Reads dates as Ruby's `Time.parse` does, in the forms that people write (ext/date/date_parse.c, lib/time.rb)."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from postlint.javascript.js_date import MONTHS, days_in_month


class RubyDate(NamedTuple):
    """`wall` is what the clock shows, where that exists; `offset` is what it is ahead of UTC, None if the site's own
    zone decides. `problem` says what does not exist; `whole_day`: no time is written."""

    wall: datetime | None
    offset: timedelta | None = None
    problem: str | None = None
    whole_day: bool = False


_LONGEST = 120
_NUMBERS = re.compile(r"(?<![\d-])(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(?!\d)")
_TIME = re.compile(
    r"(?<![\d:])(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*([ap]\.?m\.?(?![a-z]))?\s*"
    r"(Z(?![a-z])|[-+]\d\d(?::?\d\d)?(?!\d)|[a-z]{3,5}(?:[-+]\d{1,2})?(?![a-z]))?",
    re.IGNORECASE,
)
_MONTH = "|".join(month[:3] for month in MONTHS)
_DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s-]*({_MONTH})[a-z]*\.?[\s,-]*(\d{{4}})?", re.I)
_MONTH_DAY = re.compile(rf"\b({_MONTH})[a-z]*\.?\s*(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)[\s,]*(\d{{4}})?(?!:)", re.I)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?|\d{4}-\d\d?")
# Hours without minutes, and the zones of one letter that ships and aircraft use.
_RARE = re.compile(r"\d\s*[ap]\.?m\b|\d+h|\s[a-y]$", re.IGNORECASE)
_ANY_MONTH = re.compile(rf"\b(?:{_MONTH})", re.I)
# Time.parse knows these zones of its own (lib/time.rb, ZoneOffset); others it drops without a word.
_ZONES = {"utc": 0, "z": 0, "gmt": 0, "ut": 0}
for _name, _hours in (("e", -5), ("c", -6), ("m", -7), ("p", -8)):
    _ZONES |= {f"{_name}st": _hours, f"{_name}dt": _hours + 1}


def parse(text: str) -> RubyDate | None:
    """`text` as Ruby reads it; None if that is not known. Where Ruby refuses it, there is a problem and no date."""
    if len(text) > _LONGEST:
        return None
    if not re.search(r"[0-9]", text):
        return None if _ANY_MONTH.search(text) else RubyDate(None, problem=f"Ruby cannot read `{text[:40]}` as a date")
    if _NUMBER.fullmatch(text) and _refuses(text):
        return RubyDate(None, problem=f"Ruby cannot read `{text}` alone as a date")
    clock = _TIME.search(text)
    rest = text if clock is None else text[: clock.start()] + " " + text[clock.end() :]
    day = None if _RARE.search(rest) else _day(rest)
    if day is None:
        refused = re.fullmatch(r"\d{4}年\d{1,2}月\d{1,2}日", text)
        return RubyDate(None, problem=f"Ruby cannot read `{text[:40]}` as a date") if refused else None
    year, month, number = day
    compact = _COMPACT.search(rest) if clock is None and not _NUMBERS.search(rest) else None
    hour, minute, second, offset = _clock(clock, compact)
    if not 1 <= month <= 12:
        return RubyDate(None, problem=f"there is no month {month}")
    if not 1 <= number <= 31:
        return RubyDate(None, problem=f"there is no day {number} in {MONTHS[month - 1]}")
    if hour > 24 or (hour == 24 and (minute or second)):
        return RubyDate(None, problem=f"there is no hour {hour}")
    if minute > 59:
        return RubyDate(None, problem=f"there is no minute {minute}")
    if second > 60:
        return RubyDate(None, problem=f"there is no second {second}")
    try:
        wall = datetime(year, month, 1) + timedelta(days=number - 1, hours=hour, minutes=minute, seconds=second)
    except (ValueError, OverflowError):
        return None
    problem = None
    if number > days_in_month(year, month):
        of = f" {year}" if (month, number) == (2, 29) else ""
        problem = f"there is no day {number} in {MONTHS[month - 1]}{of}"
    return RubyDate(wall, offset, problem, clock is None and (compact is None or not compact[4]))


def _refuses(digits: str) -> bool:
    """Whether Ruby makes nothing of digits alone, which it reads by how many there are (parse_ddd): year, month, day,
    hour, minute and second in 14, fewer from the end on; month and day in 4, the day of a year in 3, 5 and 7."""
    count = len(digits) if digits.isdigit() else 0
    if count in (3, 5, 7):
        return not 1 <= int(digits[-3:]) <= 366
    if count not in (2, 4, 6, 8, 10, 12, 14):
        return True
    start = {2: 0, 4: 0, 6: 2}.get(count, 4)
    month, day = (
        (1, int(digits)) if count == 2 else (int(digits[start : start + 2]), int(digits[start + 2 : start + 4]))
    )
    hour = int(digits[8:10] or 0)
    return not (1 <= month <= 12 and 1 <= day <= 31 and hour <= 24)


def _day(text: str) -> tuple[int, int, int] | None:
    """Year, month and day as written."""
    if found := _NUMBERS.search(text):
        if text[found.end() :].strip().isdigit():
            return None  # an hour, or something else
        first, month, last = found[1], int(found[3]), found[4]
        if len(last) > 2:
            return _year(last), month, int(first)
        if len(first) == 3 or (found[2] != "-" and len(first) < 3):
            return None
        return _year(first), month, int(last)
    if found := _MONTH_DAY.search(text):
        return (int(found[3]), _month(found[1]), int(found[2])) if found[3] else None
    if found := _DAY_MONTH.search(text):
        return (int(found[3]), _month(found[2]), int(found[1])) if found[3] else None
    if found := _COMPACT.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    return None


def _year(digits: str) -> int:
    year = int(digits)
    return year + (1900 if year >= 69 else 2000) if len(digits) <= 2 else year


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month[:3].lower() == name.lower())


def _clock(clock: "re.Match[str] | None", compact: "re.Match[str] | None") -> tuple[int, int, int, timedelta | None]:
    if clock is None:
        if compact is None or not compact[4]:
            return 0, 0, 0, None
        return int(compact[4]), int(compact[5]), int(compact[6] or 0), None
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if clock[4]:
        hour = hour % 12 + (12 if clock[4][0] in "pP" else 0)
    zone = (clock[5] or "").lower()
    if zone in _ZONES:
        return hour, minute, second, timedelta(hours=_ZONES[zone])
    if zone[:1] not in ("+", "-"):
        return hour, minute, second, None
    digits = zone.replace(":", "")
    number = digits[1:] if len(digits) > 3 else digits[1:].zfill(2) + "00"
    offset = timedelta(hours=int(number[:-2]), minutes=int(number[-2:]))
    if offset >= timedelta(days=1):
        return hour, minute, second, timedelta(0)  # dropped without a word
    return hour, minute, second, -offset if digits[0] == "-" else offset
