"""A page that shows everything, for those who have no terminal: one file, which loads nothing.

It can be read without its script, which filters, searches and explains rules in place.
"""

import re
from base64 import b32encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING

from postlint import __version__
from postlint.clock import now
from postlint.diagnostics import Diagnostic, Severity
from postlint.reporters import Style, count, skipped
from postlint.reporters._comparison import comparison
from postlint.reporters._damage import gathered
from postlint.reporters._frame import frame
from postlint.reporters._overview import overview, ranked, severities
from postlint.reporters._page import content, head, prose, safe, script
from postlint.reporters._sites import described
from postlint.reporters._thumbnail import thumbnail
from postlint.reporters._together import Together
from postlint.reporting.fingerprints import fingerprints
from postlint.text import Text

if TYPE_CHECKING:
    from postlint.reporting.report import Report

_COLUMNS = 56
_FOLDED = 50
"""A post with more findings than this is folded at first."""
_BATCH = 80
"""Findings of a batch of posts."""
_DIGITS = 6
"""Digits (base 32) of an id: few need more, even on a page with 50,000 findings."""
_WORD = re.compile("[a-z]+ ")

_Post = tuple[str, list[Diagnostic]]


class _Page:
    """What is known of the whole page while its findings are written."""

    def __init__(self, report: "Report", found: Sequence[Diagnostic]) -> None:
        self.report = report
        self.together = Together(found)
        self.rules = ranked(found)
        self.anchors = {rule: f"r{at}" for at, rule in enumerate(self.rules)}
        self.posts = {post.path: (post, site) for site in report.sites for post in site.posts}
        self.collections = self._collections(found)
        self._taken = {*self.anchors, *self.anchors.values()}

    def _collections(self, found: Iterable[Diagnostic]) -> list[str]:
        """The names of the collections that have findings, if there are several."""
        names = {self.collection(d.path) for d in found} - {None}
        return sorted(name for name in names if name) if len(names) > 1 else []

    def collection(self, path: str) -> str | None:
        """The collection of the post at `path`, with its site if there are several."""
        post, site = self.posts.get(path, (None, None))
        if post is None or site is None or post.collection is None:
            return None
        several = len(self.report.sites) > 1 and site.root
        return f"{site.root}: {post.collection}" if several else post.collection

    def title(self, path: str) -> str:
        """The title of the post at `path`; empty if it has none, or it is not known."""
        known = self.posts.get(path)
        return known[0].title.strip() if known else ""

    def anchor(self, kind: str, *about: str) -> str:
        """An id that depends on `about` alone, unless another one of this page happens to have it."""
        digest = sha256("\0".join(about).encode("utf-8", "surrogatepass")).digest()
        digits = b32encode(digest).decode().lower().rstrip("=")
        names = (kind + digits[:length] for length in range(_DIGITS, len(digits)))
        name = next(name for name in names if name not in self._taken)
        self._taken.add(name)
        return name


def render(report: "Report", style: Style) -> Iterator[str]:
    """The page. Raises PostlintError if `SOURCE_DATE_EPOCH` is set to something else than a number of seconds."""
    found = gathered(report.diagnostics)
    title = _headline(found, report.summary.files)
    day = now()
    yield head(f"postlint: {title}")
    yield f"<body>\n<header>\n{_names(report)}<h1>{safe(title)}</h1>\n"
    if said := _circumstances(report):
        yield f"<p>{prose(said)}</p>\n"
    yield f'<p>postlint {__version__}, <time datetime="{day:%Y-%m-%dT%H:%MZ}">{day.day} {day:%B %Y, %H:%M} UTC</time></p>\n'
    yield "</header>\n<main>\n"
    if found:
        yield from severities(found)
    yield from described(report.sites)
    if found:
        page = _Page(report, found)
        yield from overview(found, page.rules, page.collections)
        yield "<h2>By post</h2>\n"
        yield from _posts(page)
    if lines := list(skipped(report, "`")):
        items = "".join(f"<li>{prose(line.strip())}</li>" for line in lines)
        yield f"<h2>What was not checked</h2>\n<ul class=skipped>{items}</ul>\n"
    yield "</main>\n"
    if found:
        yield f'<div id="_note" role="dialog" popover></div>\n<script>{script()}</script>\n'
    yield "</body>\n</html>\n"


def _names(report: "Report") -> str:
    """The name of the site, if there is one."""
    if len(report.sites) != 1 or not report.sites[0].name:
        return ""
    return f"<p class=name>{safe(report.sites[0].name)}</p>\n"


def _headline(found: list[Diagnostic], files: int) -> str:
    if not found:
        return f"Nothing to report in {count(files, 'post')}"
    posts = len({d.path for d in found})
    return f"{_numbers(found)} in {count(posts, 'post')}{f' of {files:,}' if files > posts else ''}"


def _numbers(found: list[Diagnostic]) -> str:
    errors = sum(d.severity is Severity.ERROR for d in found)
    kinds = ((errors, "error"), (len(found) - errors, "warning"))
    return " and ".join(f"{number:,} {word}{'' if number == 1 else 's'}" for number, word in kinds if number)


def _circumstances(report: "Report") -> str:
    """What was checked if that is a change, and what was fixed or suppressed before."""
    done = [
        report.about,
        f"Fixed {count(len(report.fixed), 'finding')}" if report.fixed else None,
        f"Suppressed {count(report.suppressed, 'finding')}" if report.suppressed else None,
    ]
    return " ".join(f"{part}." for part in done if part)


def _posts(page: _Page) -> Iterator[str]:
    """Every post with its findings: those with most errors first, then those with most warnings."""
    first = page.together.first
    posts = {path: list(group) for path, group in groupby(first, key=lambda d: d.path)}
    errors = Counter(d.path for d in first if d.severity is Severity.ERROR)
    ordered = sorted(posts.items(), key=lambda post: (-errors[post[0]], -len(post[1]), post[0]))
    for batch in _batches(ordered):
        yield "<div class=batch>\n"
        for path, group in batch:
            yield from _post(path, group, page)
        yield "</div>\n"


def _batches(posts: list[_Post]) -> Iterator[list[_Post]]:
    """`posts` in batches of not many findings: a browser lays out only those that are in sight."""
    batch: list[_Post] = []
    room = _BATCH
    for post in posts:
        batch.append(post)
        room -= len(post[1])
        if room <= 0:
            yield batch
            batch, room = [], _BATCH
    if batch:
        yield batch


def _post(path: str, group: list[Diagnostic], page: _Page) -> Iterator[str]:
    name = page.anchor("p", path)
    collection = page.collection(path)
    among = f" data-c={page.collections.index(collection)}" if collection in page.collections else ""
    many, is_open = (" class=many", "") if len(group) > _FOLDED else ("", " open")
    title = page.title(path)
    numbers = _numbers(group) if len(group) > 1 else ""
    named = f"<h3>{content(title)}</h3>{content(path)}{numbers and ': '}" if title else f"<h3>{content(path)}</h3>"
    yield f"<details id={name}{among}{is_open}><summary>{named}{numbers}</summary><ol{many}>"
    anchors = [(d, page.anchor("f", path, mark)) for d, mark in fingerprints(group, page.report.text)]
    for d, anchor in sorted(anchors, key=lambda one: one[0].severity is not Severity.ERROR):
        yield _finding(d, anchor, page)
    yield "</ol></details>"


def _finding(d: Diagnostic, anchor: str, page: _Page) -> str:
    """One finding. What HTML does not need is left out: there may be 50,000 of them."""
    text, others = page.report.text(d.path), page.together.others(d)
    severe = " class=e" if d.severity is Severity.ERROR else ""
    number = f" data-n={1 + len(others)}" if others else ""
    out = (
        f"<li\nid={anchor}{severe}{number}><b>{d.severity}</b> <a href=#{page.anchors[d.rule]}>{safe(d.rule)}</a> "
        f"<a href=#{anchor}>line {d.start.line}</a><p>{prose(_sentence(d.message))}"
    )
    data = page.report.images.get((d.path, d.start.offset))
    out += thumbnail(data) if data else ""
    if d.fix is None:
        return f"{out}{_line(d, text)}{_also(others)}"
    pair, is_whole = comparison(d.fix, text)
    if not pair or text is None or text.place(d.fix.edits[0].start).line != d.start.line:
        out += _line(d, text)
    return f"{out}{'' if is_whole else f'<p class=x>{prose(d.fix.message)}'}{pair}{_also(others)}"


def _also(others: Sequence[Diagnostic]) -> str:
    """The other places of the finding."""
    if not others:
        return ""
    lines = "".join(f"<p>{safe(d.path)}, line {d.start.line}</p>" for d in others)
    return f"<details><summary>Also in {count(len(others), 'other place')}</summary>{lines}</details>"


def _sentence(message: str) -> str:
    """`message` with a capital letter, if it begins with a word and not with a path or a name."""
    return message[:1].upper() + message[1:] if _WORD.match(message) else message


def _line(d: Diagnostic, text: Text | None) -> str:
    """The line of the finding, unless nothing in it is meant: what is missing is reported at a fence."""
    shown = frame(d, text, _COLUMNS)
    if shown is None or not (shown.marked or (shown.before + shown.after).strip(" -+")):
        return ""
    before, marked, after, goes_on = map(content, shown)
    return f"<pre>{before}<b>{marked}</b>{after}{goes_on}</pre>"
