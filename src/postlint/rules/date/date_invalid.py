"""Dates that are none."""

import re
from collections.abc import Iterable, Mapping
from datetime import date as day
from typing import Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.posts.document import DateField, Document
from postlint.rule import Bad, Finding, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

_SHORT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_HABIT = 5
# A day but for one key that was hit wrongly: `2024-O1-02`, `2024--01-02`, `2024-03-1j`, `20244-01-02`.
_SLIP = re.compile(
    r"(?:\d{5,6}-\d\d?-\d\d?|(?!\d{4}-\d\d?-\d\d?(?:[T ]|$))\d{4}-{1,2}[\dOoIl]{1,2}-{1,2}[\dOoIl]{1,2}[A-Za-z]?)"
    r"(?:[T ][^\n]{0,30})?",
)
_UNSET, _OLDEST = 1, 1000
"""Programs write the first year of all for a date that is not set; of the centuries after it nobody blogs."""


class DateInvalid(SiteRule):
    """A date that does not exist, or text that the site's framework cannot read as a date.

    What happens then differs: some frameworks stop the build, some show a wrong day without a word (`2024-02-30`
    becomes 1 March), some leave the post out. The message says what this one does.

    A month or day of one digit is a warning: this framework takes it, others read it as text. The repair adds the zero.
    Where a tenth of a site's dated posts, and no fewer than five, are written so, that is a habit and left alone.
    A date in another form that can only be one day is written as `2024-01-31`; of `1.2.2024` nobody but its author knows
    whether it is a day of January or of February.
    """

    examples = (
        Good("---\npubDate: 2024-02-29\n---\n"),
        Good("---\npubDate: 2024-02-29T10:00:00+05:30\n---\n"),
        Good("---\nevent: soon\n---\n"),
        Bad("---\npubDate: ⟦2024-13-45⟧\n---\n"),
        Bad("---\npubDate: ⟦2023-02-29⟧\n---\n"),
        Bad("---\npubDate: ⟦soon⟧\n---\n"),
        Bad("---\nupdatedDate: ⟦'2025-01-35T06:54:00.000Z'⟧\n---\n"),
        Bad("---\npubDate: ⟦2024-1-5⟧ # kept\n---\n", fixed="---\npubDate: 2024-01-05 # kept\n---\n"),
        Good({f"src/content/blog/{n}.md": f"---\npubDate: 2024-1-{n}\n---\n" for n in range(10, 15)}),
        Bad("---\ndate: ⟦2024-03-1j⟧\n---\n", path="posts/a.md", framework="none"),
        Bad("---\ndate: ⟦2024--01-02⟧\n---\n", path="posts/a.md", framework="vitepress"),
        Bad("---\ndate: ⟦0204-01-02⟧\n---\n", path="posts/a.md", framework="none"),
        Good("---\ndate: 0001-01-01T00:00:00Z\n---\n", path="content/a.md", framework="hugo"),
        Bad("---\ndate: ⟦31.1.2024⟧\n---\n", fixed="---\ndate: 2024-01-31\n---\n"),
        Bad(
            "---\ndate: ⟦'2024.1.5'⟧\n---\n",
            fixed="---\ndate: '2024-01-05'\n---\n",
            path="content/a.md",
            framework="hugo",
        ),
        Bad("---\ndate: ⟦1.2.2024⟧\n---\n", path="content/a.md", framework="hugo"),
        Bad("---\ndate: ⟦2025-04-1T06:15:00Z⟧\n---\n", fixed="---\ndate: 2025-04-01T06:15:00Z\n---\n"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for date in post.dates:
            name, node = date.entry.name, date.entry.node
            if date.moment.problem:
                yield Finding(node.span, f"`{name}`: {date.moment.problem.sentence}", name, _rewritten(post, date))
            elif _SLIP.fullmatch(node.text.strip()):
                yield Finding(node.span, f"`{name}`: there is no day `{node.text.strip()}`", name)
            elif date.moment.instant and _UNSET < date.moment.instant.year < _OLDEST:
                yield Finding(node.span, f"`{name}` is in the year {date.moment.instant.year}", name)

    def note(self, post: Document) -> list[list[Any]] | None:
        """The dates with a month or day of one digit: field, what is written, where, and where the value stands."""
        short = []
        for date in post.dates:
            name, node = date.entry.name, date.entry.node
            if date.moment.instant and not date.moment.problem and (found := _SHORT.match(node.text)):
                at = post.text.value.find(found[0], *node.span)
                if _in_full(found[0]) != found[0] and at >= 0 and not node.alias:
                    short.append([name, found[0], at, node.span])
        return short or None

    def check_site(self, site: Site, notes: Mapping[str, list[list[Any]]]) -> Iterable[SiteFinding]:
        if len(notes) >= _HABIT and 10 * len(notes) >= sum(bool(facts.dates) for facts in site.facts):
            return
        for path, dates in notes.items():
            for name, written, at, span in dates:
                better = _in_full(written)
                message = f"`{name}`: not every parser takes `{written}` as a date; write `{better}`"
                fix = Fix(f"Write `{better}`", (Edit(at, at + len(written), better),))
                yield SiteFinding(path, Span(*span), message, name, fix, Severity.WARNING)


def _in_full(written: str) -> str:
    year, month, number = written.split("-")
    return f"{year}-{month:0>2}-{number:0>2}"


def _rewritten(post: Document, date: DateField) -> Fix | None:
    """Writes a day that is told in another form; None where it may be another day, or the framework would not read it."""
    from postlint.schema.dates import explain

    node = date.entry.node
    meant = explain(node.text)
    if node.alias or not isinstance(node.value, str) or meant.suggestion is None:
        return None
    # Without quotes YAML reads it as a date, which is what a date without quotes is meant to be.
    edit = Edit(*node.span, meant.suggestion) if node.style == "plain" else post.edit_scalar(node, meant.suggestion)
    value = day.fromisoformat(meant.suggestion) if node.style == "plain" else meant.suggestion
    moment = post.framework.dated(post.path, date.role, value, meant.suggestion)
    if moment.instant is None or moment.problem:
        return None
    return Fix(f"Write `{meant.suggestion}`", (edit,), "safe" if meant.certain else "unsafe")
