"""What the checked sites are, as HTML: framework, collections, languages, and the posts by month."""

from calendar import month_abbr, month_name
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from postlint.reporters import count
from postlint.reporters._page import safe, width
from postlint.reporting.sites import CheckedPost, CheckedSite

_OPEN = 3
"""So many sites are shown; of more, each is folded."""
_NAMES = 12
"""Collections or languages that are named one by one."""
_MONTHS = 20
"""Years of which each month is a column; of more, each year is one."""
_MOST_YEARS = 120
"""A date of the year 1 is a slip, which would make all other columns invisible."""


def described(sites: Sequence[CheckedSite]) -> Iterator[str]:
    """A part of the page for each of `sites`."""
    if not sites:
        return
    yield f"<h2>{'The site' if len(sites) == 1 else 'The sites'}</h2>\n"
    for site in sites:
        if len(sites) == 1:
            yield f"<section class=site>{_site(site)}</section>\n"
            continue
        name = safe(site.root or site.name)
        is_open = " open" if len(sites) <= _OPEN else ""
        kind = f"{site.framework}, " if site.framework else ""
        said = f"<h3>{name}</h3><small>{safe(kind)}{count(len(site.posts), 'post')}</small>"
        yield f"<details class=site{is_open}><summary>{said}</summary>{_site(site)}</details>\n"


def _site(site: CheckedSite) -> str:
    facts = [
        ("Made with", _made_with(site)),
        ("Posts", _posts(site.posts)),
        ("Collections", _numbers(post.collection for post in site.posts)),
        ("Languages", _numbers(post.language for post in site.posts)),
    ]
    said = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts if value)
    return f"<dl>{said}</dl>{_calendar(site.posts)}"


def _made_with(site: CheckedSite) -> str:
    if site.framework is None:
        return "no framework that postlint knows"
    evidence = f" <small>as <code>{safe(site.evidence)}</code> shows</small>" if site.evidence else ""
    return safe(site.framework) + evidence


def _posts(posts: Sequence[CheckedPost]) -> str:
    drafts = sum(post.draft for post in posts)
    undated = sum(post.published is None for post in posts)
    more = [count(drafts, "draft")] if drafts else []
    if 0 < undated < len(posts):
        more.append(f"{undated:,} without a date")
    return f"{len(posts):,}" + (f" <small>({', '.join(more)})</small>" if more else "")


def _numbers(names: Iterable[str | None]) -> str:
    """How often there is each of `names`; empty if they say nothing."""
    numbers = Counter(names).most_common()
    if all(name is None for name, _ in numbers):
        return ""
    shown = [
        f"<li>{'none' if name is None else safe(name)} <b>{number:,}</b></li>" for name, number in numbers[:_NAMES]
    ]
    if more := numbers[_NAMES:]:
        shown.append(f"<li>{len(more):,} others <b>{sum(number for _, number in more):,}</b></li>")
    return f"<ul>{''.join(shown)}</ul>"


def _calendar(posts: Sequence[CheckedPost]) -> str:
    """The posts by month, as columns, and as numbers."""
    by_month = Counter((post.published.year, post.published.month) for post in posts if post.published)
    if len(by_month) < 2:
        return ""
    first, last = min(by_month)[0], max(by_month)[0]
    (year, month), most = max(by_month.items(), key=lambda one: (one[1], one[0]))
    peak = f"most in {month_name[month]} {year}: {most:,}"
    columns = ""
    if last - first < _MOST_YEARS:
        words = f"Posts from {first} to {last}; {peak}"
        columns = (
            f'<div class=years role=img aria-label="{escape(words)}">{"".join(_years(by_month, first, last))}</div>'
        )
    return (
        f"<figure><figcaption>Posts by month <small>{peak}</small></figcaption>{columns}"
        f"<details><summary>In numbers</summary>{_table(by_month)}</details></figure>"
    )


def _years(by_month: Counter[tuple[int, int]], first: int, last: int) -> Iterator[str]:
    """A group of columns for each year from `first` to `last`."""
    by_year: Counter[int] = Counter()
    for (year, _), number in by_month.items():
        by_year[year] += number
    number_of_years = last - first + 1
    each_month = number_of_years <= _MONTHS
    most = max(by_month.values()) if each_month else max(by_year.values())
    step = 1 if number_of_years <= _MONTHS else 10
    for year in range(first, last + 1):
        numbers = [by_month[year, month] for month in range(1, 13)] if each_month else [by_year[year]]
        columns = "".join(f"<i class={width(number, most)}></i>" for number in numbers)
        is_named = not (year - first) % step
        label = f"{year}" if number_of_years <= 8 else f"’{year % 100:02}"
        yield f"<div><p>{columns}</p><span>{label if is_named else ''}</span></div>"


def _table(by_month: Counter[tuple[int, int]]) -> str:
    head = "".join(f"<th scope=col><abbr title={month_name[at]}>{month_abbr[at][0]}</abbr></th>" for at in range(1, 13))
    rows = []
    for year in sorted({year for year, _ in by_month}, reverse=True):
        numbers = [by_month[year, month] for month in range(1, 13)]
        cells = "".join(f"<td>{number:,}</td>" if number else "<td></td>" for number in numbers)
        rows.append(f"<tr><th scope=row>{year}</th>{cells}<td><b>{sum(numbers):,}</b></td></tr>")
    return (
        f"<table><thead><tr><th scope=col>Year</th>{head}<th scope=col>All</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
