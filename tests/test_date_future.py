"""When a date counts as one in the future."""

from datetime import UTC, datetime

import pytest

import postlint

ASTRO = ("astro", "src/content/blog/a.md", "pubDate")
HUGO = ("hugo", "content/posts/a.md", "date")


@pytest.mark.parametrize(
    ("site", "date", "now", "expected"),
    [
        # A day may have begun east of Greenwich.
        (ASTRO, "2024-01-02", "2024-01-01T10:00:00", []),
        (ASTRO, "2024-01-02", "2024-01-01T09:59:59", ["`pubDate` is in the future"]),
        (ASTRO, "2024-01-02T00:00:01Z", "2024-01-02T00:00:01", []),
        (ASTRO, "2024-01-02T00:00:01Z", "2024-01-02T00:00:00", ["`pubDate` is in the future"]),
        # What is not published before its date is planned, if it is not too far away.
        (HUGO, "2025-01-01T00:00:00Z", "2024-01-02T00:00:00", []),
        (
            HUGO,
            "2025-01-01T00:00:01Z",
            "2024-01-02T00:00:00",
            ["`date` is in the future; Hugo does not publish the post until then"],
        ),
        (HUGO, "2025-01-01", "2024-01-02T00:00:00", []),
    ],
)
def test_the_first_moment_of_the_future(monkeypatch, site, date, now, expected):
    framework, path, field = site
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime.fromisoformat(now).replace(tzinfo=UTC).timestamp())))
    config = postlint.Config(framework=framework, select=["date-future"])
    found = postlint.check_text(f"---\n{field}: {date}\n---\n", path, config)
    assert [d.message for d in found] == expected
