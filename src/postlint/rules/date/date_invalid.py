"""Invalid dates."""

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
_HABIT, _SHARE = 5, 20
# A day with one wrong key: `2024-O1-02`, `2024--01-02`, `2024-03-1j`, `20244-01-02`.
_SLIP = re.compile(
    r"(?:\d{5,6}-\d\d?-\d\d?|(?!\d{4}-\d\d?-\d\d?(?:[T ]|$))\d{4}-{1,2}[\dOoIl]{1,2}-{1,2}[\dOoIl]{1,2}[A-Za-z]?)"
    r"(?:[T ][^\n]{0,30})?",
)
_UNSET, _OLDEST = 1, 1000
"""Programs write the year 1 for a date that is not set; nobody writes posts about the centuries after it."""
_CURLY = re.compile(r"[“”„«‘’‚][^“”„«»‘’‚]*[“”»‘’]")


class DateInvalid(SiteRule):
    """A date that does not exist, or text that the site's framework cannot read as a date.

    The message says what this framework does with it. It is only a warning if a month or day has one digit and this
    framework reads it; other parsers read it as text.

    ## Why it matters

    Some frameworks stop the build. Some show a wrong day without a warning: `2024-02-30` becomes 1 March. Some do not
    publish the post.

    ## How to fix it

    Write the date as `2024-01-31`. The fix adds missing zeros. It also rewrites a date in another form if that can only
    be one day. It does not touch `1.2.2024`, because only the author knows which number is the month.

    ## What it leaves alone

    - Fields that do not hold the post's dates.
    - Dates with one digit, if at least five posts and a twentieth of the site's dated posts have them.
    - The year 1, which programs write for a date that is not set.
    """

    examples = (
        Good("---\npubDate: 2024-02-29\n---\n", name="a leap day", show=True),
        Good("---\npubDate: 2024-02-29T10:00:00+05:30\n---\n", name="a time zone"),
        Good("---\nevent: soon\n---\n", name="another field"),
        Bad(
            "---\npubDate: ⟦2024-13-45⟧\n---\n",
            name="no such month",
            show=True,
            message="`pubDate`: there is no month 13; Astro reads 14 February 2025",
        ),
        Bad(
            "---\npubDate: ⟦2023-02-29⟧\n---\n",
            name="a day that only leap years have",
            message="`pubDate`: there is no day 29 in February 2023; Astro reads 1 March 2023",
        ),
        Bad("---\npubDate: ⟦soon⟧\n---\n", name="text", message="`pubDate`: JavaScript cannot read `soon` as a date"),
        Bad(
            "---\nupdatedDate: ⟦'2025-01-35T06:54:00.000Z'⟧\n---\n",
            name="no such day in a full time",
            message="`updatedDate`: JavaScript cannot read `2025-01-35T06:54:00.000Z` as a date",
        ),
        Bad(
            "---\npubDate: ⟦2024-1-5⟧ # kept\n---\n",
            fixed="---\npubDate: 2024-01-05 # kept\n---\n",
            name="a month of one digit",
            show=True,
            severity=Severity.WARNING,
            safe=True,
            message="`pubDate`: some parsers do not read `2024-1-5` as a date; write `2024-01-05`",
        ),
        Good(
            {
                "netlify.toml": '[build.environment]\nHUGO_VERSION = "0.54"\n',
                "content/a.md": "---\ndate: 2024-01-02\npublished: true\n---\n",
            },
            framework="hugo",
            name="a flag of older versions of Hugo",
        ),
        Good(
            {f"src/content/blog/{n}.md": f"---\npubDate: 2024-1-{n}\n---\n" for n in range(10, 15)},
            name="a habit of the site",
        ),
        Bad(
            "---\ndate: ⟦2024-03-1j⟧\n---\n",
            path="posts/a.md",
            framework="none",
            name="a letter in the day",
            message="`date`: the date `2024-03-1j` does not exist",
        ),
        Bad(
            "---\ndate: ⟦2024--01-02⟧\n---\n",
            path="posts/a.md",
            framework="vitepress",
            name="two hyphens",
            message="`date`: the date `2024--01-02` does not exist",
        ),
        Bad(
            "---\ndate: ⟦0204-01-02⟧\n---\n",
            path="posts/a.md",
            framework="none",
            name="the year 204",
            message="`date` is in the year 204; correct the year",
        ),
        Good(
            "---\ndate: 0001-01-01T00:00:00Z\n---\n",
            path="content/a.md",
            framework="hugo",
            name="a date that is not set",
        ),
        Bad(
            "---\ndate: ⟦31.1.2024⟧\n---\n",
            fixed="---\ndate: 2024-01-31\n---\n",
            name="a form that can only be one day",
            safe=True,
            message="`date`: there is no month 31 (the month comes first); write `2024-01-31`",
        ),
        Bad(
            "---\ndate: ⟦'2024.1.5'⟧\n---\n",
            fixed="---\ndate: '2024-01-05'\n---\n",
            path="content/a.md",
            framework="hugo",
            name="the same form in quotes",
            safe=True,
            message="`date`: Hugo cannot read `2024.1.5` as a date; the build stops",
        ),
        Bad(
            "---\ndate: ⟦“2023-03-02”⟧\n---\n",
            fixed="---\ndate: 2023-03-02\n---\n",
            path="content/a.md",
            framework="hugo",
            name="curly quotes",
            safe=True,
            message=(
                "`date`: Hugo cannot read `“2023-03-02”` as a date; the build stops; "
                "curly quotes do not quote, remove them"
            ),
        ),
        Bad(
            "---\ndate: ⟦1.2.2024⟧\n---\n",
            path="content/a.md",
            framework="hugo",
            name="a form that can be two days",
            message="`date`: Hugo cannot read `1.2.2024` as a date; the build stops",
        ),
        Bad(
            "---\ndate: ⟦2025-04-1T06:15:00Z⟧\n---\n",
            fixed="---\ndate: 2025-04-01T06:15:00Z\n---\n",
            name="a day of one digit before a time",
            severity=Severity.WARNING,
            safe=True,
            message="`date`: some parsers do not read `2025-04-1` as a date; write `2025-04-01`",
        ),
        Bad(
            {f"src/content/blog/{n}.md": f"---\npubDate: ⟦2024-1-{n}⟧\n---\n" for n in range(10, 14)},
            fixed=tuple(f"---\npubDate: 2024-01-{n}\n---\n" for n in range(10, 14)),
            name="four posts are not a habit",
            severity=Severity.WARNING,
            safe=True,
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": f"---\npubDate: 2024-1-{n}\n---\n" for n in range(10, 15)},
                **{f"src/content/blog/{n}.md": "---\npubDate: 2024-01-02\n---\n" for n in range(20, 115)},
            },
            name="one dated post in twenty",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": f"---\npubDate: ⟦2024-1-{n}⟧\n---\n" for n in range(10, 15)},
                **{f"src/content/blog/{n}.md": "---\npubDate: 2024-01-02\n---\n" for n in range(20, 116)},
            },
            fixed=tuple(f"---\npubDate: 2024-01-{n}\n---\n" for n in range(10, 15)),
            name="less than one dated post in twenty",
            severity=Severity.WARNING,
            safe=True,
        ),
        Bad(
            "---\ndate: ⟦0002-01-02⟧\nupdated: ⟦0999-01-02⟧\n---\n",
            path="posts/a.md",
            framework="none",
            name="the years 2 and 999",
        ),
        Good("---\ndate: 1000-01-02\n---\n", path="posts/a.md", framework="none", name="the year 1000"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for date in post.dates:
            name, node = date.entry.name, date.entry.node
            if date.moment.problem:
                quoted = _CURLY.fullmatch(node.text.strip())
                hint = "; curly quotes do not quote, remove them" if quoted else ""
                fix = _unquoted(post, date) if quoted else _rewritten(post, date)
                yield Finding(node.span, f"`{name}`: {date.moment.problem.sentence}{hint}", name, fix)
            elif _SLIP.fullmatch(node.text.strip()):
                yield Finding(node.span, f"`{name}`: the date `{node.text.strip()}` does not exist", name)
            elif date.moment.instant and _UNSET < date.moment.instant.year < _OLDEST:
                yield Finding(node.span, f"`{name}` is in the year {date.moment.instant.year}; correct the year", name)

    def note(self, post: Document) -> list[list[Any]] | None:
        """The dates with a month or day of one digit: field, text, where it begins, and the span of the value."""
        short = []
        for date in post.dates:
            name, node = date.entry.name, date.entry.node
            if date.moment.instant and not date.moment.problem and (found := _SHORT.match(node.text)):
                start = post.text.value.find(found[0], *node.span)
                if _in_full(found[0]) != found[0] and start >= 0 and not node.alias:
                    short.append([name, found[0], start, node.span])
        return short or None

    def check_site(self, site: Site, notes: Mapping[str, list[list[Any]]]) -> Iterable[SiteFinding]:
        if len(notes) >= _HABIT and _SHARE * len(notes) >= sum(bool(facts.dates) for facts in site.facts):
            return
        for path, dates in notes.items():
            for name, written, start, span in dates:
                better = _in_full(written)
                message = f"`{name}`: some parsers do not read `{written}` as a date; write `{better}`"
                fix = Fix(f"Write `{better}`", (Edit(start, start + len(written), better),))
                yield SiteFinding(path, Span(*span), message, name, fix, Severity.WARNING)


def _in_full(written: str) -> str:
    year, month, number = written.split("-")
    return f"{year}-{month:0>2}-{number:0>2}"


def _unquoted(post: Document, date: DateField) -> Fix | None:
    """Writes what stands between curly quotes, if the framework reads it as a date."""
    node = date.entry.node
    inner = node.text.strip()[1:-1].strip()
    moment = post.framework.dated(post.path, date.role, inner, inner)
    if node.alias or node.style != "plain" or moment.instant is None or moment.problem:
        return None
    return Fix(f"Write `{inner}`", (Edit(*node.span, inner),))


def _rewritten(post: Document, date: DateField) -> Fix | None:
    """Writes a day in the usual form; None if it may be another day, or if the framework would not read it."""
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
