"""A date that JavaScript can read, and making one from its parts."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

Day = tuple[int, int, int]


class JsDate(NamedTuple):
    """A date that JavaScript can read.

    `instant` is aware if the text or its form gives the zone, and naive if the reader's own zone decides; None beyond
    the years 1 to 9999. `day` is year, month and day as written, `hour` the hour, None if none is written; `minute` and
    `second` are as written, too.
    """

    instant: datetime | None
    day: Day
    hour: int | None = None
    minute: int = 0
    second: int = 0

    @property
    def oddity(self) -> str | None:
        """The part of the date that does not exist (`there is no day 30 in February 2023`), None if the date exists."""
        year, month, day = self.day
        if not 1 <= month <= 12:
            return f"there is no month {month}"
        if not 1 <= day <= days_in_month(year, month):
            return f"there is no day {day} in {MONTHS[month - 1]}" + (f" {year}" if month == 2 and day == 29 else "")
        if self.hour is not None and self.hour > 24:
            return f"there is no hour {self.hour}"
        if self.minute > 59:
            return f"there is no minute {self.minute}"
        # A leap second is second 60.
        return f"there is no second {self.second}" if self.second > 60 else None

    @property
    def read_as(self) -> str:
        """What JavaScript makes of an `oddity`: the day, and the time of day where that is odd. Asked only of a date that
        has an `instant`."""
        at = self.instant
        assert at is not None
        day = f"{at.day} {MONTHS[at.month - 1]} {at.year}"
        return f"{day}, {at:%H:%M:%S}" if self.minute > 59 or self.second > 60 else day


MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def days_in_month(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def to_date(day: Day, time: tuple[int, int, int, int], zone: timedelta | None, timed: bool) -> JsDate | None:
    """A date from its parts (`time`: hour, minute, second, millisecond), which may roll over; None beyond JavaScript's
    years. `zone` is what they are ahead of UTC, None for the reader's own; `timed` says that an hour is written."""
    year, month, number = day
    if not -271_821 < year < 275_760:
        return None
    years, month = divmod(month - 1, 12)
    instant: datetime | None
    try:
        instant = datetime(year + years, month + 1, 1) + timedelta(
            days=number - 1, hours=time[0], minutes=time[1], seconds=time[2], milliseconds=time[3]
        )
        if zone is not None:
            instant = (instant - zone).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        instant = None
    return JsDate(instant, day, time[0] if timed else None, time[1], time[2])


def to_milliseconds(digits: str) -> int:
    """The milliseconds that the digits of a fraction of a second make."""
    return int((digits + "00")[:3])
