"""A page that shows everything, for those who have no terminal: one file, which loads and runs nothing."""

from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from postlint.diagnostics import Diagnostic
from postlint.reporters import More, Style, closing, count, folded, visible
from postlint.reporters._frame import frame
from postlint.text import Text

if TYPE_CHECKING:
    from postlint.reporting.report import Report

_COLUMNS = 140
_HEAD = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>postlint: {title}</title>
<style>
:root {{ color-scheme: light dark; --error: light-dark(#b42318, #ff8a80); --warning: light-dark(#8a5a00, #ffc766);
  --faint: light-dark(#f4f4f5, #232326); --mark: light-dark(#ffe2dd, #5c2620); --line: light-dark(#d9d9de, #45454b) }}
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem }}
h1 {{ font-size: 1.5rem }}
table {{ border-collapse: collapse; margin: 1rem 0 2rem }}
th, td {{ text-align: left; padding: .15rem 1.5rem .15rem 0; border-bottom: 1px solid var(--line) }}
td:first-child, th:first-child {{ text-align: right }}
summary {{ cursor: pointer; padding: .5rem 0; font-weight: 600; overflow-wrap: anywhere }}
summary span {{ font-weight: 400 }}
article {{ border-left: .25rem solid var(--warning); padding: 0 0 .25rem 1rem; margin: 0 0 1.25rem }}
article.error {{ border-color: var(--error) }}
article p {{ margin: .25rem 0; overflow-wrap: anywhere }}
b {{ color: var(--warning) }}
.error b {{ color: var(--error) }}
pre {{ background: var(--faint); margin: .5rem 0; padding: .5rem .75rem; overflow-x: auto; tab-size: 4 }}
mark {{ background: var(--mark); color: inherit; font-weight: 600 }}
</style>
</head>
<body>
<h1>postlint</h1>
<p>{title}</p>
"""


def render(report: "Report", style: Style) -> Iterator[str]:
    yield _HEAD.format(title=_safe(closing(report).strip()))
    if report.diagnostics:
        yield from _rules(report.diagnostics)
    for path, group in groupby(report.diagnostics, key=lambda d: d.path):
        found = list(group)
        text = report.text(path)
        yield f"<details open>\n<summary>{_safe(path)} <span>{count(len(found), 'finding')}</span></summary>\n"
        for item in folded(found):
            yield from [f"<p>{_safe(str(item))}</p>\n"] if isinstance(item, More) else _one(item, text)
        yield "</details>\n"
    yield "</body>\n</html>\n"


def _rules(diagnostics: list[Diagnostic]) -> Iterator[str]:
    links = {d.rule: _rule(d) for d in diagnostics}
    yield "<table>\n<tr><th>findings</th><th>rule</th></tr>\n"
    for rule, number in sorted(Counter(d.rule for d in diagnostics).items(), key=lambda one: (-one[1], one[0])):
        yield f"<tr><td>{number}</td><td>{links[rule]}</td></tr>\n"
    yield "</table>\n"


def _one(d: Diagnostic, text: Text | None) -> Iterator[str]:
    yield f'<article class="{d.severity}">\n<p><b>{d.severity}</b> {_rule(d)} at {d.start.line}:{d.start.column}</p>\n'
    yield f"<p>{_safe(d.message)}</p>\n"
    if shown := frame(d, text, _COLUMNS):
        before, marked, after, goes_on = map(escape, shown)
        yield f"<pre>{before}<mark>{marked}</mark>{after}{goes_on}</pre>\n"
    if d.fix:
        option = "--fix" if d.fix.applicability == "safe" else "--fix --unsafe-fixes"
        yield f"<p>{option}: {_safe(d.fix.message)}</p>\n"
    yield "</article>\n"


def _rule(d: Diagnostic) -> str:
    name = f"<code>{_safe(d.rule)}</code>"
    # A plugin may say anything is the address of its page.
    return f'<a href="{_safe(d.url)}">{name}</a>' if d.url and d.url.startswith("https://") else name


def _safe(text: str) -> str:
    return escape(visible(text))
