"""Dates that are still to come."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from postlint.clock import now
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
    """A publication date in the future, in a post that is no draft.

    Often the year is mistyped. Some frameworks leave such a post out until a build after that day, the others show the
    future date. Where posts are left out, a day within a year from now is taken for a plan and not reported. For a
    reproducible run, `SOURCE_DATE_EPOCH` (seconds since 1970) says what time it is.
    """

    severity = Severity.WARNING
    examples = (
        Good("---\npubDate: 2024-01-02\n---\n"),
        Good("---\npubDate: 2999-01-02\ndraft: true\n---\n"),
        Bad("---\npubDate: ⟦2999-01-02⟧\n---\n"),
        Bad("---\ndate: ⟦2999-01-02⟧\n---\n", path="content/posts/a.md", framework="hugo"),
    )

    def note(self, post: Document) -> bool | None:
        """Whether the framework leaves the post out until its date; None where it does not."""
        if post.published is None:
            return None
        return post.framework.withheld(post.path, post.data, _LONG_AGO) == FUTURE or None

    def check_site(self, site: Site, notes: Mapping[str, bool]) -> Iterable[SiteFinding]:
        # What depends on the time is asked anew in every run, whatever is kept of the posts.
        at = now()
        for facts in site.wanted:
            dates = [] if facts.draft else facts.dates
            published = next((date for date in dates if date.role == "published"), None)
            if published is None or published.moment.instant is None or published.moment.problem:
                continue
            instant, grace = published.moment.instant, timedelta()
            if instant.tzinfo is None or published.moment.whole_day:
                instant, grace = instant.replace(tzinfo=UTC), _GRACE
            is_held = facts.path in notes
            if instant > at + (_PLANNED if is_held else grace):
                happens = f"; {site.framework.title} leaves the post out until then" if is_held else ""
                message = f"`{published.field}` is in the future{happens}"
                yield SiteFinding(facts.path, published.span, message, published.field)
