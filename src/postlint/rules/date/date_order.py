"""Where a date stands against another one."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from postlint.posts.document import DateField, Document
from postlint.rule import Bad, Finding, Good, Rule

_MINUTE = timedelta(minutes=1)
_NEVER = 9999
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class DateOrder(Rule):
    """A post that was updated, or expires, before it was published.

    ## Why it matters

    Feeds and sitemaps are sorted by these dates. A post that expires before it appears is never shown.

    ## How to fix it

    Correct the date that is wrong.

    ## What it leaves alone

    - Two times on the same day, if one of the dates has no time.
    - Differences of less than a minute.
    - Posts of the year 9999, which stands for never.
    """

    yields_to = ("date-invalid",)
    examples = (
        Good("---\npubDate: 2024-05-01\nupdatedDate: 2024-05-01\n---\n", name="the same day", show=True),
        Good("---\npubDate: soon\nupdatedDate: 2024-05-01\n---\n", name="a date that is not one"),
        Good("---\npubDate: 2024-05-01T18:00:00Z\nupdatedDate: 2024-05-01\n---\n", name="a time on the same day"),
        Bad(
            "---\npubDate: 2024-05-02\nupdatedDate: ⟦2024-05-01⟧\n---\n",
            name="updated the day before",
            show=True,
            message="this post was updated before it was published: `updatedDate` is before `pubDate`",
        ),
        Good("---\nupdatedDate: 2024-05-01T08:00:00Z\npubDate: 2024-05-01T08:00:01Z\n---\n", name="a second earlier"),
        Bad(
            "---\nupdatedDate: ⟦2024-05-01T08:00:00Z⟧\npubDate: 2024-05-01T08:30:00Z\n---\n",
            name="half an hour earlier",
        ),
        Good("---\ndate: 2024-05-02\npubDate: 2024-05-01\n---\n", name="two dates of publication"),
        Good("---\npubDate: 9999-12-31\nupdatedDate: 2024-05-01\n---\n", name="never published"),
        Good("---\npubDate: 2024-05-02\nupdatedDate: soon\n---\n", name="an update that is not a date"),
        Bad(
            "+++\ndate = 2024-05-02\nexpiryDate = ⟦2024-05-01⟧\n+++\n",
            path="content/a.md",
            framework="hugo",
            name="expired before",
            message="this post expires before it is published: `expiryDate` is before `date`",
        ),
        Bad(
            "---\nupdatedDate: ⟦2024-05-01T08:00:00Z⟧\npubDate: 2024-05-01T08:01:00Z\n---\n",
            name="a minute earlier",
        ),
        Good(
            "---\nupdatedDate: 2024-05-01T08:00:00Z\npubDate: 2024-05-01T08:00:59Z\n---\n",
            name="less than a minute earlier",
        ),
        Good(
            "---\npubDate: 2024-05-02T01:00:00+05:00\nupdatedDate: 2024-05-01\n---\n",
            name="the day before, which is the day in UTC",
        ),
        Good(
            "---\npubDate: 2024-01-02\nupdatedDate: 2024-01-01T23:00:00-05:00\n---\n",
            name="a time that is the next day in UTC",
        ),
        Bad(
            "---\npubDate: 2024-05-02T20:00:00-05:00\nupdatedDate: ⟦2024-05-01⟧\n---\n",
            name="the day before, whatever the time zone",
        ),
        Good(
            "---\npubDate: 2024-05-01T20:00:00-05:00\nupdatedDate: 2024-05-01\n---\n",
            name="an evening that is the next day in UTC",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        published = post.published
        instant = published.moment.instant if published else None
        # The last year there is stands for a post that is never to be published.
        if not published or (instant and instant.year >= _NEVER):
            return
        for one in post.dates:
            entry = one.entry
            if one.role == "published" or one.moment.problem or entry.name == published.entry.name:
                continue
            if _before(one, published):
                verb = "was updated before it was" if one.role == "updated" else "expires before it is"
                message = f"this post {verb} published: `{entry.name}` is before `{published.entry.name}`"
                yield Finding(entry.node.span, message, entry.name)


def _before(one: DateField, other: DateField) -> bool:
    first, second = one.moment.instant, other.moment.instant
    if first is None or second is None:
        return False
    if one.moment.whole_day or other.moment.whole_day or (first.tzinfo is None) != (second.tzinfo is None):
        # The latest day that the first may be, against the earliest that the second may be.
        return max(_days(one, first)) < min(_days(other, second))
    return second - first >= _MINUTE


def _days(field: DateField, instant: datetime) -> set[date]:
    """The days that the date may be: where it was written, and in UTC."""
    days = {instant.date(), (instant.astimezone(UTC) if instant.tzinfo else instant).date()}
    # A parser may have turned a zone's evening into the next day.
    if _ISO_DAY.match(written := field.entry.node.text.strip()):
        with suppress(ValueError):
            days.add(date.fromisoformat(written[:10]))
    return days
