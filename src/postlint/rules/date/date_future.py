"""Dates that are still to come."""

from collections.abc import Iterable, Mapping
from datetime import UTC, timedelta
from typing import Any

from postlint.diagnostics import Severity
from postlint.frameworks import now
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site import Site

# Where no zone is given, it may be tomorrow there already: UTC+14 is the first place to see a day.
_GRACE = timedelta(hours=14)


class DateFuture(SiteRule):
    """A publication date in the future, in a post that is no draft.

    Often the year is mistyped. Some frameworks leave such a post out until a build after that day, the others show the
    future date. For a reproducible run, `SOURCE_DATE_EPOCH` (seconds since 1970) says what time it is.
    """

    severity = Severity.WARNING
    examples = (
        Good("---\npubDate: 2024-01-02\n---\n"),
        Good("---\npubDate: 2999-01-02\ndraft: true\n---\n"),
        Bad("---\npubDate: ⟦2999-01-02⟧\n---\n"),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
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
            if instant > at + grace:
                yield SiteFinding(facts.path, published.span, f"`{published.field}` is in the future", published.field)
