"""Dates as V8 and js-yaml read them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.javascript import dates


# Answers of Node.js 20 with TZ=UTC; naive: in the reader's own zone.
@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2024-01-05", datetime(2024, 1, 5, tzinfo=UTC)),
        ("2024-01", datetime(2024, 1, 1, tzinfo=UTC)),
        ("2024-01-05T10:00", datetime(2024, 1, 5, 10)),
        ("2024-01-05T10:00:00.5Z", datetime(2024, 1, 5, 10, 0, 0, 500_000, tzinfo=UTC)),
        ("2024-01-05T10:00+09:30", datetime(2024, 1, 5, 0, 30, tzinfo=UTC)),
        ("2024-01-05T24:00", datetime(2024, 1, 6)),
        ("2024-01-05 10:00 +0900", datetime(2024, 1, 5, 1, tzinfo=UTC)),
        ("2024-02-30", datetime(2024, 3, 1, tzinfo=UTC)),
        ("2024-1-5", datetime(2024, 1, 5)),
        ("2024/01/05", datetime(2024, 1, 5)),
        ("05/01/2024", datetime(2024, 5, 1)),
        ("1/5/24 10:30 PM", datetime(2024, 1, 5, 22, 30)),
        ("Jan 5 2024", datetime(2024, 1, 5)),
        ("5 January, 2024", datetime(2024, 1, 5)),
        ("Fri, 05 Jan 2024 10:00:00 GMT", datetime(2024, 1, 5, 10, tzinfo=UTC)),
        ("Jan 5 2024 10:00 EST (New York)", datetime(2024, 1, 5, 15, tzinfo=UTC)),
        ("2024", datetime(2024, 1, 1, tzinfo=UTC)),
    ],
)
def test_parse(text, instant):
    read = dates.parse(text)
    assert read is not None
    assert read.instant == instant
    assert (read.instant.tzinfo is None) == (instant.tzinfo is None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "today",
        "YYYY-MM-DD",
        "2024-13-45",
        "13/01/2024",
        "5th Jan 2024",
        "2024-01-05T25:00Z",
        "2024-01-05T10",
        "2024-01-05T10:00 CET",
        "2024年1月5日",
        "2024-01-32",
        "x" * 10_000,
    ],
)
def test_what_is_no_date(text):
    assert dates.parse(text) is None


@pytest.mark.parametrize(
    ("text", "instant", "oddity"),
    [
        ("2024-01-05", datetime(2024, 1, 5, tzinfo=UTC), None),
        ("2024-13-45", datetime(2025, 2, 14, tzinfo=UTC), "there is no month 13"),
        ("2025-01-35T06:54:00.000Z", datetime(2025, 2, 4, 6, 54, tzinfo=UTC), "there is no day 35 in January"),
        ("2023-02-29", datetime(2023, 3, 1, tzinfo=UTC), "there is no day 29 in February 2023"),
        ("2024-01-05T25:00:00Z", datetime(2024, 1, 6, 1, tzinfo=UTC), "there is no hour 25"),
        ("2024-01-05 10:00:00 -5", datetime(2024, 1, 5, 15, tzinfo=UTC), None),
        ("0000-00-00", datetime(1899, 11, 30, tzinfo=UTC), "there is no month 0"),
    ],
)
def test_timestamps_roll_over(text, instant, oddity):
    read = dates.timestamp(text)
    assert read is not None
    assert (read.instant, read.oddity) == (instant, oddity)


@pytest.mark.parametrize("text", ["2024-1-5", "2024-01-05T10:00Z", "2024-01-05 10:00:00 +0900", "soon"])
def test_what_is_no_timestamp(text):
    assert dates.timestamp(text) is None


@given(st.text(alphabet="0123456789-/:.+TZ JanPM(),", max_size=40))
def test_nothing_raises(text):
    dates.parse(text)
    dates.timestamp(text)


@given(st.one_of(st.floats(), st.integers()))
def test_no_number_raises(number):
    dates.from_number(number)


@pytest.mark.parametrize(
    ("text", "oddity", "read_as"),
    [
        ("2024-01-02 21:43:79", "there is no second 79", "2 January 2024, 21:44:19"),
        ("2024-01-02T10:75:00Z", "there is no minute 75", "2 January 2024, 11:15:00"),
        ("2024-01-02 23:75:00", "there is no minute 75", "3 January 2024, 00:15:00"),
        ("2024-01-02 10:30:60", None, None),
    ],
)
def test_minutes_and_seconds_roll_over(text, oddity, read_as):
    """As js-yaml 4.1 has them: second 60 may be a leap second."""
    read = dates.timestamp(text)
    assert (read.oddity, read.read_as if oddity else None) == (oddity, read_as)


@pytest.mark.parametrize(
    "framework", ["astro", "docusaurus", "eleventy", "gatsby", "hexo", "next", "vitepress", "vuepress"]
)
def test_every_framework_with_js_yaml_tells_them(framework):
    from datetime import datetime as moment

    from postlint.frameworks import load

    value = moment(2024, 1, 2, 21, 44, 19, tzinfo=UTC)
    problem = load(framework)(None).dated("a.md", "published", value, "2024-01-02 21:43:79").problem.text
    assert problem.startswith("there is no second 79; ")
    assert problem.endswith(" 2 January 2024, 21:44:19")
