"""V8's older rules for dates that are not in ISO form: `Jan 5 2024`, `5/1/2024 10:00 PM` (dateparser-inl.h)."""

import re
from datetime import timedelta
from typing import Literal

from postlint.javascript.js_date import MONTHS, JsDate, to_date, to_milliseconds

_AMERICAN = {"e": -5, "c": -6, "m": -7, "p": -8}
_ZONES = {
    **dict.fromkeys(("ut", "utc", "z", "gmt"), 0),
    **{zone + name: hours + (name == "dt") for zone, hours in _AMERICAN.items() for name in ("st", "dt")},
}
_KEYWORDS: dict[str, tuple[Literal["month", "half", "zone", "time"], int]] = {
    **{name[:3].lower(): ("month", number) for number, name in enumerate(MONTHS, 1)},
    **{name: ("zone", hours) for name, hours in _ZONES.items()},
    "am": ("half", 0),
    "pm": ("half", 12),
    "t": ("time", 0),
}
# After a date in ISO form only a time in ISO form is allowed, else V8 gives up instead of trying its older rules.
_ISO_DATE_TIME = re.compile(
    r"(?:[0-9]{4}|[+-][0-9]{6})(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?[Tt](?![^\x00-@\s\ufeff])"
)
_ISO_BEGINNING = re.compile(
    r"([0-9]{4})(?![0-9])(?:-(0[1-9]|1[0-2])(?![0-9])(?:-(0[1-9]|[12][0-9]|3[01])(?![0-9])|-?)|-?)"
)
_SCAN = re.compile(r"(?P<number>[0-9]+)|(?P<word>[^\x00-@\s\ufeff]+)|(?P<space>[\s\ufeff])|(?P<other>[\s\S])")


def parse(text: str) -> JsDate | None:
    """`text`, which is not a complete ISO date or date-time, as `new Date(text)` reads it; None for an invalid date."""
    return None if _ISO_DATE_TIME.match(text) else _Legacy(text).read()


class _Legacy:
    """V8's rules for dates that are not in ISO form: `Jan 5 2024`, `5/1/2024 10:00 PM`, `Fri, 05 Jan 2024 10:00:00 GMT`."""

    def __init__(self, text: str) -> None:
        begun = _ISO_BEGINNING.match(text)
        self.tokens = [(match.lastgroup, match[0]) for match in _SCAN.finditer(text, begun.end() if begun else 0)]
        self.at = 0
        self.day = [int(part) for part in begun.groups() if part] if begun else []
        self.month: int | None = None
        self.time: list[int] = []
        self.half: int | None = None
        self.sign = 0
        self.hours: int | None = None
        self.minutes: int | None = None

    def read(self) -> JsDate | None:
        while self.at < len(self.tokens):
            kind, text = self.tokens[self.at]
            self.at += 1
            if kind == "number":
                good = self._number(_value(text))
            elif kind == "word":
                good = self._word(text.lower())
            elif text in ("+", "-") and (self.time or (self.hours == 0 and self.minutes == 0)):
                good = self._zone(1 if text == "+" else -1)
            elif text == "(":
                good = self._parentheses()
            else:
                good = text not in ("+", "-", ")") or not self._read_number
            if not good:
                return None
        return self._result()

    @property
    def _read_number(self) -> bool:
        return bool(self.day or self.time or self.sign)

    def _skip(self, symbol: str) -> bool:
        found = self.at < len(self.tokens) and self.tokens[self.at][1] == symbol
        self.at += found
        return found

    def _number(self, number: int) -> bool:
        if self._skip(":"):
            if self._skip(":"):
                if self.time:
                    return False
                self.time = [number, 0]
                return True
            if len(self.time) == 4:
                return False
            self.time.append(number)
            self._skip(".")
            return True
        dotted = self._skip(".")
        expected = self._expects_time(number)
        if dotted and expected:
            if self.at == len(self.tokens) or self.tokens[self.at][0] != "number":
                return False
            self.time.append(number)
            self._end_time(to_milliseconds(self.tokens[self.at][1]))
            self.at += 1
        elif self.hours is not None and self.minutes is None and number < 60:
            self.minutes = number
        elif expected:
            self._end_time(number)
            following = self.tokens[self.at] if self.at < len(self.tokens) else ("space", "")
            return following[0] == "space" or following[1] in ("Z", "z", "+", "-")
        elif len(self.day) == 3:
            return False
        else:
            self.day.append(number)
            self._skip("-")
        return True

    def _expects_time(self, number: int) -> bool:
        place = len(self.time)
        return number < (0, 60, 60, 1000, 0)[place]

    def _end_time(self, number: int) -> None:
        self.time = [*[*self.time, number][:4], 0, 0, 0][:4]

    def _word(self, word: str) -> bool:
        kind, value = _KEYWORDS.get(word[:3], ("", 0))
        if len(word) > 3 and kind != "month":
            kind = ""
        if kind == "half" and self.time:
            self.half = value
        elif kind == "month":
            self.month = value
            self._skip("-")
        elif kind == "zone" and self._read_number:
            self.sign, self.hours, self.minutes = (-1 if value < 0 else 1), abs(value), 0
        else:
            number_follows = self.at < len(self.tokens) and self.tokens[self.at][0] == "number"
            return not self._read_number and not number_follows
        return True

    def _zone(self, sign: int) -> bool:
        self.sign = sign
        digits = ""
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "number":
            digits = self.tokens[self.at][1]
            self.at += 1
        number = _value(digits or "0")
        if self.at < len(self.tokens) and self.tokens[self.at][1] == ":":
            self.hours, self.minutes = number, None
        elif len(digits) in (1, 2):
            self.hours, self.minutes = number, 0
        elif len(digits) in (3, 4):
            self.hours, self.minutes = divmod(number, 100)
        else:
            return False
        return True

    def _parentheses(self) -> bool:
        depth = 1
        while depth and self.at < len(self.tokens):
            depth += {"(": 1, ")": -1}.get(self.tokens[self.at][1], 0)
            self.at += 1
        return True

    def _result(self) -> JsDate | None:
        if not self.day:
            return None
        first, second, third = (*self.day, 1, 1)[:3]
        if self.month is not None:
            year, month, day = (second, self.month, first) if 1 <= first <= 31 else (first, self.month, second)
        elif 1 <= first <= 31:
            year, month, day = third, first, second
        else:
            year, month, day = first, second, third
        year += 2000 if year < 50 else 1900 if year < 100 else 0
        time = (*self.time, 0, 0, 0, 0)[:4]
        hour, minute, second, millisecond = time
        if self.half is not None:
            if hour > 12:
                return None
            hour = hour % 12 + self.half
        late = hour == 24 and not (minute or second or millisecond)
        if not (1 <= month <= 12 and 1 <= day <= 31) or minute > 59 or second > 59 or (hour > 23 and not late):
            return None
        zone = (
            timedelta(hours=self.sign * (self.hours or 0), minutes=self.sign * (self.minutes or 0))
            if self.sign
            else None
        )
        return to_date((year, month, day), (hour, minute, second, millisecond), zone, bool(self.time))


def _value(digits: str) -> int:
    return int(digits.lstrip("0")[:9] or "0")
