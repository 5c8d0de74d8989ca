"""A page that shows everything, for those who have no terminal: one file, which loads nothing.

It can be read without its script, which filters, searches and explains rules in place.
"""

import re
from base64 import b32encode
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from postlint import __version__
from postlint.clock import now
from postlint.diagnostics import Diagnostic, Severity
from postlint.reporters import Style, count
from postlint.reporters._comparison import comparison
from postlint.reporters._damage import gathered
from postlint.reporters._frame import frame
from postlint.reporters._overview import overview, ranked
from postlint.reporters._page import head, prose, safe, script
from postlint.reporters._together import Together
from postlint.reporting.fingerprints import fingerprints
from postlint.text import Text

if TYPE_CHECKING:
    from postlint.reporting.report import Report

_COLUMNS = 60
_FOLDED = 50
"""A post with more findings than this is folded at first."""
_BATCH = 80
"""Findings of a batch of posts."""
_DIGITS = 6
"""Digits (base 32) of an id: few need more, even on a page with 50,000 findings."""
_WORD = re.compile("[a-z]+ ")

_Post = tuple[str, list[Diagnostic]]


def render(report: "Report", style: Style) -> Iterator[str]:
    """The page. Raises PostlintError if `SOURCE_DATE_EPOCH` is set to something else than a number of seconds."""
    found = gathered(report.diagnostics)
    title = _headline(found, report.summary.files)
    day = now()
    yield head(f"postlint: {title}")
    yield f"<body>\n<header>\n<h1>{safe(title)}</h1>\n"
    if said := _circumstances(report):
        yield f"<p>{prose(said)}</p>\n"
    yield f'<p>postlint {__version__}, <time datetime="{day:%Y-%m-%dT%H:%MZ}">{day.day} {day:%B %Y, %H:%M} UTC</time></p>\n'
    yield "</header>\n<main>\n"
    if found:
        rules = ranked(found)
        yield from overview(found, rules)
        yield "<h2>By post</h2>\n"
        yield from _posts(Together(found), report, {rule: f"r{at}" for at, rule in enumerate(rules)})
    yield "</main>\n"
    if found:
        yield f'<div id="_note" role="dialog" popover></div>\n<script>{script()}</script>\n'
    yield "</body>\n</html>\n"


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


def _posts(together: Together, report: "Report", anchors: dict[str, str]) -> Iterator[str]:
    """Every post with its findings: those with most errors first, then those with most warnings."""
    posts = {path: list(group) for path, group in groupby(together.first, key=lambda d: d.path)}
    errors = Counter(d.path for d in together.first if d.severity is Severity.ERROR)
    ordered = sorted(posts.items(), key=lambda post: (-errors[post[0]], -len(post[1]), post[0]))
    taken = {*anchors, *anchors.values()}
    for batch in _batches(ordered):
        yield "<div class=batch>\n"
        for path, group in batch:
            yield from _post(path, group, together, report, anchors, taken)
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


def _post(
    path: str,
    group: list[Diagnostic],
    together: Together,
    report: "Report",
    anchors: dict[str, str],
    taken: set[str],
) -> Iterator[str]:
    text = report.text(path)
    name = _anchor("p", taken, path)
    many, is_open = (" class=many", "") if len(group) > _FOLDED else ("", " open")
    yield f"<details id={name}{is_open}><summary><h3>{safe(path)}</h3> {_numbers(group)}</summary>"
    yield f"<a href=#{name}>link</a><ol{many}>"
    named = [(d, _anchor("f", taken, path, mark)) for d, mark in fingerprints(group, report.text)]
    for d, anchor in sorted(named, key=lambda one: one[0].severity is not Severity.ERROR):
        yield _finding(d, anchor, text, anchors[d.rule], together.others(d))
    yield "</ol></details>\n"


def _anchor(kind: str, taken: set[str], *about: str) -> str:
    """An id that depends on `about` alone, unless another one of this page happens to have it."""
    digest = sha256("\0".join(about).encode("utf-8", "surrogatepass")).digest()
    digits = b32encode(digest).decode().lower().rstrip("=")
    name = next(name for length in range(_DIGITS, len(digits)) if (name := kind + digits[:length]) not in taken)
    taken.add(name)
    return name


def _finding(d: Diagnostic, anchor: str, text: Text | None, rule: str, others: Sequence[Diagnostic]) -> str:
    """One finding. What HTML does not need is left out: there may be 50,000 of them."""
    severe = " class=e" if d.severity is Severity.ERROR else ""
    number = f" data-n={1 + len(others)}" if others else ""
    out = (
        f"<li\nid={anchor}{severe}{number}><b>{d.severity}</b> <a href=#{rule}>{safe(d.rule)}</a> "
        f"<a href=#{anchor}>line {d.start.line}</a><p>{prose(_sentence(d.message))}"
    )
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
    before, marked, after, goes_on = map(escape, shown)
    return f"<pre>{before}<mark>{marked}</mark>{after}{goes_on}</pre>"
