"""Dates that are none."""

from collections.abc import Iterable

from postlint.document import Document
from postlint.rule import Bad, Finding, Good, Rule


class DateInvalid(Rule):
    """A date that does not exist, or text that the site's framework cannot read as a date.

    What happens then differs: some frameworks stop the build, some show a wrong day without a word (`2024-02-30`
    becomes 1 March), some leave the post out. The message says what this one does.
    """

    examples = (
        Good("---\npubDate: 2024-02-29\n---\n"),
        Good("---\npubDate: 2024-02-29T10:00:00+05:30\n---\n"),
        Good("---\nevent: soon\n---\n"),
        Bad("---\npubDate: ⟦2024-13-45⟧\n---\n"),
        Bad("---\npubDate: ⟦2023-02-29⟧\n---\n"),
        Bad("---\npubDate: ⟦soon⟧\n---\n"),
        Bad("---\nupdatedDate: ⟦'2025-01-35T06:54:00.000Z'⟧\n---\n"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for date in post.dates:
            if date.moment.problem:
                yield Finding(date.entry.node.span, f"`{date.entry.name}`: {date.moment.problem}", date.entry.name)
