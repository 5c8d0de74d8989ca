"""Dates as bloggers write them: whether they are ISO 8601, and if not, why not and what is meant."""

import re
from calendar import monthrange
from datetime import date, datetime
from typing import NamedTuple

_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[Tt ] ?(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?(?:[Zz]|[+-]\d{2}(?::?\d{2})?))?)?",
    re.ASCII,
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})\.?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/. ]{1,2}(\d{1,2})[-/. ]{1,2}(\d{4})", re.ASCII)
_WORDS = re.compile(r"[^\W\d_]{3,9}|\d{1,4}")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_LONGEST = 64


class Reading(NamedTuple):
    """Why a text is not a date, None if only its form is wrong; and the date that it means, `certain` if it can be neither
    another date nor an instant in another time zone."""

    problem: str | None
    suggestion: str | None = None
    certain: bool = False


def read(text: str) -> date | None:
    """The day (or the datetime, naive without a zone) that `text` gives in ISO 8601, None if it is not that.

    Accepts `2024-01-31`, also followed by a time after `T` or a space, with or without seconds and zone.
    """
    if len(text) > _LONGEST or (match := _ISO.fullmatch(text.strip())) is None:
        return None
    try:
        if match[4] is None:
            return date(int(match[1]), int(match[2]), int(match[3]))
        return datetime.fromisoformat(_extended(match[0]))
    except ValueError:
        return None


def _extended(text: str) -> str:
    day, time = text[:10], text[11:].replace(",", ".").replace(" ", "")
    if time[-1] in "Zz":
        time = time[:-1] + "+00:00"
    return f"{day}T{time}"


def explain(text: str) -> Reading:
    """Explain a text that `read` rejects."""
    text = text.strip()
    if len(text) > _LONGEST:
        return Reading(None)
    if match := _ISO.match(text):
        return Reading(_impossible(*(int(match[i] or 0) for i in range(1, 7))))
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        problem = _impossible(year, month, day)
        return Reading(problem) if problem else Reading(None, f"{year:04}-{month:02}-{day:02}", True)
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(int(match[1]), int(match[2]), int(match[3]))
    return _in_words(text)


def _impossible(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> str | None:
    if not 1 <= year <= 9999:
        return f"there is no year {year}"
    if not 1 <= month <= 12:
        return f"there is no month {month}"
    if not 1 <= day <= (last := monthrange(year, month)[1]):
        return f"{_MONTHS[month - 1]} {year} has {last} days, not {day}" if day else "there is no day 0"
    if hour > 23:
        return f"there is no hour {hour}"
    if minute > 59:
        return f"there is no minute {minute}"
    return f"there is no second {second}" if second > 59 else None


def _year_last(first: int, second: int, year: int) -> Reading:
    days = {
        f"{year:04}-{month:02}-{day:02}"
        for day, month in ((first, second), (second, first))
        if not _impossible(year, month, day)
    }
    if len(days) == 1:
        return Reading(None, days.pop(), True)
    if days:
        return Reading(f"it could mean {' or '.join(sorted(days))}")
    return Reading("there is no such day")


def _in_words(text: str) -> Reading:
    words = _WORDS.findall(text)
    months = [i for i, name in enumerate(_MONTHS, 1) for word in words if _is_month(word, name)]
    numbers = [word for word in words if word.isdecimal() and word.isascii()]
    years = [word for word in numbers if len(word) == 4]
    days = [word for word in numbers if len(word) <= 2]
    if len(months) != 1 or len(years) != 1 or len(days) != 1:
        return Reading(None)
    year, month, day = int(years[0]), months[0], int(days[0])
    problem = _impossible(year, month, day)
    # Browsers and Node read such a text as midnight in the time zone of the build, and 2024-01-31 as midnight in UTC.
    return Reading(problem) if problem else Reading(None, f"{year:04}-{month:02}-{day:02}")


def _is_month(word: str, name: str) -> bool:
    word = word.lower()
    return len(word) >= 3 and name.lower().startswith("sep" if word == "sept" else word)
