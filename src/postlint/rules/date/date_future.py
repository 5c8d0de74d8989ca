"""Dates that are still to come."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from postlint.diagnostics import Severity
from postlint.document import Document
from postlint.frameworks import now
from postlint.rule import Bad, Finding, Good, Rule

# Where no zone is given, it may be tomorrow there already: UTC+14 is the first place to see a day.
_GRACE = timedelta(hours=14)


class DateFuture(Rule):
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

    def check(self, post: Document) -> Iterable[Finding]:
        published = post.published
        if not published or not published.moment.instant or post.framework.draft(post.path, post.data):
            return
        instant, grace = published.moment.instant, timedelta()
        if instant.tzinfo is None or published.moment.whole_day:
            instant, grace = instant.replace(tzinfo=UTC), _GRACE
        if instant > now() + grace:
            name = published.entry.name
            yield Finding(published.entry.node.span, f"`{name}` is in the future", name)
