"""Dates as Quarto reads them: the month first. Source: quarto-cli, src/core/date.ts (parsePandocDate)."""

import re
from datetime import datetime

from postlint.frameworks._shared import new_date
from postlint.frameworks.answers import Moment, Reason
from postlint.javascript.js_date import JsDate

_FORMS = (
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d\d)"),
    re.compile(r"(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2}) (?P<month>\d{1,2}) (?P<year>\d{4})"),
    re.compile(r"(?P<month>\d{1,2}) (?P<day>\d{1,2}), (?P<year>\d{4})"),
)
_WORDS = ("today", "now", "last-modified")
_CODE = ("{{<", "`", "Sys.", "format(")


def moment(value: object, text: str) -> Moment:
    """A day without a zone is one of the builder's zone. What a document computes is not judged."""
    text = text.strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Moment(None, Reason(f"`{text[:40]}` is a number, but Quarto needs text; put it in quotes"))
    if not isinstance(value, str) or not text or text in _WORDS or any(mark in text for mark in _CODE):
        return Moment(None)
    for form in _FORMS:
        if found := form.fullmatch(text):
            year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
            return _day(year, int(found["month"]), int(found["day"]), form is not _FORMS[2])
    return new_date.moment(value, text)


def _day(year: int, month: int, day: int, swapped: bool) -> Moment:
    oddity = JsDate(None, (year, month, day)).oddity
    if oddity:
        first = " (the month comes first)" if swapped and month > 12 else ""
        return Moment(None, Reason(f"{oddity}{first}; Quarto shows another day"), True)
    return Moment(datetime(year, month, day) if year else None, None, True)
