"""Dates that are none."""

import re
from collections.abc import Iterable
from datetime import date as day

from postlint.diagnostics import Edit, Fix, Severity
from postlint.document import DateField, Document
from postlint.front_matter import Node
from postlint.rule import Bad, Finding, Good, Rule

_SHORT = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")


class DateInvalid(Rule):
    """A date that does not exist, or text that the site's framework cannot read as a date.

    What happens then differs: some frameworks stop the build, some show a wrong day without a word (`2024-02-30`
    becomes 1 March), some leave the post out. The message says what this one does.

    A month or day of one digit is a warning: this framework takes it, others read it as text. The repair adds the zero.
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
                yield Finding(node.span, f"`{name}`: {date.moment.problem}", name, _rewritten(post, date))
            elif date.moment.instant and (short := _SHORT.match(node.text)):
                year, month, day = short.groups()
                better = f"{year}-{month:0>2}-{day:0>2}"
                if better != short[0] and (fix := _fix(post, node, short[0], better)):
                    message = f"`{name}`: not every parser takes `{short[0]}` as a date; write `{better}`"
                    yield Finding(node.span, message, name, fix, Severity.WARNING)


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


def _fix(post: Document, node: Node, written: str, better: str) -> Fix | None:
    at = post.text.value.find(written, *node.span)
    if at < 0 or node.alias:
        return None
    return Fix(f"Write `{better}`", (Edit(at, at + len(written), better),))
