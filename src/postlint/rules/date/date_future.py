"""Publication dates in the future."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from postlint.clock import holds_until, now
from postlint.diagnostics import Severity
from postlint.frameworks.answers import FUTURE
from postlint.posts.document import Document
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site

# Where no zone is given, it may be tomorrow there already: UTC+14 is the first place to see a day.
_GRACE = timedelta(hours=14)
_LONG_AGO = datetime(1000, 1, 1, tzinfo=UTC)
_PLANNED = timedelta(days=365)


class DateFuture(SiteRule):
    """A publication date in the future, in a post that is not a draft.

    For a reproducible run, set `SOURCE_DATE_EPOCH` (seconds since 1970) to the time that counts as now.

    ## Why it matters

    Often the year is mistyped. Some frameworks do not publish such a post until a build after that day. The others show
    the future date.

    ## How to fix it

    Correct the date, or mark the post as a draft.

    ## What it leaves alone

    - Drafts.
    - Days within a year from now, if the framework does not publish the post before its date: they are probably
      planned.
    """

    severity = Severity.WARNING
    examples = (
        Good("---\npubDate: 2024-01-02\n---\n", name="a date in the past", show=True),
        Good("---\npubDate: 2999-01-02\ndraft: true\n---\n", name="a draft"),
        Bad(
            "---\npubDate: ⟦2999-01-02⟧\n---\n",
            name="a future date that is shown",
            show=True,
            message="`pubDate` is in the future",
        ),
        Bad(
            "---\ndate: ⟦2999-01-02⟧\n---\n",
            path="content/posts/a.md",
            framework="hugo",
            name="a post that is not published yet",
            show=True,
            message="`date` is in the future; Hugo does not publish the post until then",
        ),
    )

    def note(self, post: Document) -> bool | None:
        """True if the framework does not publish the post before its date; None otherwise."""
        if post.published is None:
            return None
        return post.framework.withheld(post.path, post.data, _LONG_AGO) == FUTURE or None

    def check_site(self, site: Site, notes: Mapping[str, bool]) -> Iterable[SiteFinding]:
        # The time differs in every run, whatever the cache keeps of the posts.
        today = now()
        # No time zone makes it later than that.
        past = (today - timedelta(days=2)).date().isoformat()
        for facts in site.reported:
            dates = [] if facts.draft or not facts.may_be_after(past) else facts.dates
            published = next((date for date in dates if date.role == "published"), None)
            if published is None or published.moment.instant is None or published.moment.problem:
                continue
            instant, grace = published.moment.instant, timedelta()
            if instant.tzinfo is None or published.moment.whole_day:
                instant, grace = instant.replace(tzinfo=UTC), _GRACE
            is_held = facts.path in notes
            ahead = _PLANNED if is_held else grace
            if instant > today + ahead:
                holds_until(instant - ahead)
                happens = f"; {site.framework.title} does not publish the post until then" if is_held else ""
                message = f"`{published.field}` is in the future{happens}"
                yield SiteFinding(facts.path, published.span, message, published.field)
