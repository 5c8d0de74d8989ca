from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from postlint.schema.dates import Reading, explain, read


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024-02-29", date(2024, 2, 29)),
        (" 2024-01-05 ", date(2024, 1, 5)),
        ("2024-01-05T10:30", datetime(2024, 1, 5, 10, 30)),
        ("2024-01-05 10:30:01.5", datetime(2024, 1, 5, 10, 30, 1, 500_000)),
        ("2024-01-05T10:30:00Z", datetime(2024, 1, 5, 10, 30, tzinfo=UTC)),
        ("2024-01-05 10:30:00 +0200", datetime(2024, 1, 5, 10, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("2024-01-05t10:30+02", datetime(2024, 1, 5, 10, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("2023-02-29", None),
        ("2024-1-5", None),
        ("2024", None),
        ("20240105", None),
        ("٢٠٢٤-٠١-٠٥", None),
        ("0000-01-01", None),
        ("", None),
        ("2024-01-05" * 100, None),
    ],
)
def test_read(text: str, value: date | None) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("soon", Reading(None)),
        ("2024-13-45", Reading("there is no month 13")),
        ("2023-02-29", Reading("February 2023 has 28 days, not 29")),
        ("2024-01-00", Reading("there is no day 0")),
        ("0000-01-01", Reading("there is no year 0")),
        ("2024-01-05T24:01", Reading("there is no hour 24")),
        ("2024-01-05T10:60", Reading("there is no minute 60")),
        ("2024-1-5", Reading(None, "2024-01-05", True)),
        ("2024/01/05", Reading(None, "2024-01-05", True)),
        ("31.1.2024", Reading(None, "2024-01-31", True)),
        ("01/02/2024", Reading("it could mean 2024-01-02 or 2024-02-01")),
        ("02/02/2024", Reading(None, "2024-02-02", True)),
        ("32/13/2024", Reading("there is no such day")),
        ("Jul 08 2022", Reading(None, "2022-07-08")),
        ("Sept. 5th, 2022", Reading(None, "2022-09-05")),
        ("5 September 2022", Reading(None, "2022-09-05")),
        ("May 2022", Reading(None)),
        ("June 31, 2022", Reading("June 2022 has 30 days, not 31")),
        ("1" * 10_000, Reading(None)),
    ],
)
def test_explain(text: str, reading: Reading) -> None:
    assert explain(text) == reading
