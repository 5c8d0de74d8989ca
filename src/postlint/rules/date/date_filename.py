"""The day that a file's name says."""

import re
from collections.abc import Iterable
from datetime import UTC

from postlint.diagnostics import Severity
from postlint.document import Document
from postlint.rule import Bad, Finding, Good, Rule

_DAY = re.compile(r"(\d{4})[-_.](\d{2})[-_.](\d{2})(?:[-_. ]|$)")
_INDEX = re.compile(r"/_?index\.\w+$", re.IGNORECASE)


class DateFilename(Rule):
    """A name of a file, or of the folder of an `index.md`, that says another day than the publication date.

    One of the two was changed and the other forgotten; archives and addresses made from the name then disagree with
    what readers see.
    """

    severity = Severity.WARNING
    examples = (
        Good("---\npubDate: 2024-01-02\n---\n", path="src/content/blog/2024-01-02-a.md"),
        Good("---\npubDate: 2024-01-02T23:30:00-05:00\n---\n", path="src/content/blog/2024-01-03-a.md"),
        Good("---\npubDate: 2024-01-02T23:30:00-05:00\n---\n", path="src/content/blog/2024-01-02-a.md"),
        Bad("---\npubDate: ⟦2024-02-02⟧\n---\n", path="src/content/blog/2024-01-02-a.md"),
        Bad("---\npubDate: ⟦2024-02-02⟧\n---\n", path="src/content/blog/2024-01-02-a/index.md"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        path = _INDEX.sub("", post.path)
        named = _DAY.match(path.rpartition("/")[2])
        published = post.published
        if not named or not published or not published.moment.instant:
            return
        instant = published.moment.instant
        days = {instant.date(), (instant.astimezone(UTC) if instant.tzinfo else instant).date()}
        day = "-".join(named.groups())
        # The day as it is written counts, too: a parser may have turned a zone's evening into the next day.
        if day not in {published.entry.node.text.strip()[:10], *(d.isoformat() for d in days)}:
            name, what = published.entry.name, "file" if path == post.path else "folder"
            message = f"`{name}` says {instant.date().isoformat()}, the {what} name {day}"
            yield Finding(published.entry.node.span, message, name)
