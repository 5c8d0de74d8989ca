"""The upper part of the page: counts by severity and rule as bars that filter, and what each rule means."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from postlint.diagnostics import Diagnostic, Severity
from postlint.reporters._page import prose, safe, width

_FIRST = 8
"""Rules that are shown at first, unless there are hardly more."""
_SAYS = ("Why it matters", "How to fix it")
_TOOLS = """\
<div class="tools" role="search" aria-label="Findings" hidden>
<input type="search" id="_query" placeholder="Search posts and findings" aria-label="Search posts and findings">
<select id="_severity" aria-label="Severity"><option value="">Errors and warnings</option>\
<option value="e">Errors</option><option value="w">Warnings</option></select>
<select id="_rule" aria-label="Rule"><option value="">All rules</option>{rules}</select>
{collections}<label><input type="checkbox" id="_fixable"> Fixable</label>
<button type="button" id="_clear" hidden>Clear</button>
<button type="button" id="_fold">Fold all</button>
<button type="button" id="_unfold">Unfold all</button>
<output id="_shown">{number}</output>
</div>
"""

_COLLECTIONS = """\
<select id="_collection" aria-label="Collection"><option value="">All collections</option>{}</select>
"""


def ranked(diagnostics: Sequence[Diagnostic]) -> list[str]:
    """Names of rules: those with errors first, then by the number of findings, then by name."""
    total = Counter(d.rule for d in diagnostics)
    errors = {d.rule for d in diagnostics if d.severity is Severity.ERROR}
    return sorted(total, key=lambda rule: (rule not in errors, -total[rule], rule))


def severities(diagnostics: Sequence[Diagnostic]) -> Iterator[str]:
    """The counts by severity, and of what can be fixed."""
    yield '<ul class="kinds">\n'
    for label, value, kind, number in _kinds(diagnostics):
        yield f"<li>{_bar(label, value, kind, number, len(diagnostics))}</li>\n"
    yield "</ul>\n"


def overview(diagnostics: Sequence[Diagnostic], rules: Sequence[str], collections: Sequence[str]) -> Iterator[str]:
    """The counts by rule, and the filters. `rules` are numbered: what they mean has the ids `r0`, `r1`, …; `collections`,
    which may be none, are the values `c0`, `c1`, … of their filter."""
    total = Counter(d.rule for d in diagnostics)
    errors = {d.rule for d in diagnostics if d.severity is Severity.ERROR}
    urls = {d.rule: d.url for d in diagnostics}
    yield '<h2>By rule</h2>\n<ul class="rules">\n'
    most = max(total.values())
    for at, rule in enumerate(rules):
        if at == _FIRST and len(rules) > _FIRST + 2:
            yield f"</ul>\n<details><summary>{len(rules) - _FIRST} more rules</summary>\n"
            yield '<ul class="rules">\n'
        bar = _bar(rule, f"r{at}", "error" if rule in errors else "warning", total[rule], most)
        yield f'<li id="{safe(rule)}">{bar}{_explanation(rule, f"r{at}", urls[rule])}</li>\n'
    yield "</ul>\n" + ("</details>\n" if len(rules) > _FIRST + 2 else "")
    yield _TOOLS.format(
        rules=_options("r", rules),
        collections=_COLLECTIONS.format(_options("c", collections)) if collections else "",
        number=f"All {len(diagnostics):,} shown.",
    )


def _options(kind: str, names: Sequence[str]) -> str:
    """A choice for each of `names`, in the order of the alphabet, whose value is its number after `kind`."""
    ordered = sorted(enumerate(names), key=_name)
    return "".join(f'<option value="{kind}{at}">{safe(name)}</option>' for at, name in ordered)


def _name(numbered: tuple[int, str]) -> str:
    return numbered[1]


def _kinds(diagnostics: Sequence[Diagnostic]) -> Iterator[tuple[str, str, str, int]]:
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    yield "Errors", "e", "error", errors
    yield "Warnings", "w", "warning", len(diagnostics) - errors
    yield "Fixable", "x", "fixable", sum(d.fix is not None for d in diagnostics)


def _bar(label: str, value: str, kind: str, number: int, whole: int) -> str:
    """A button that filters. Without the script, which enables it, it is only a bar."""
    return (
        f'<button type="button" class="bar {kind}" value="{value}" aria-pressed="false" disabled>'
        f'<i class="{width(number, whole)}"></i><span>{safe(label)}</span> <b>{number:,}</b></button>'
    )


def _explanation(rule: str, anchor: str, url: str | None) -> str:
    """What the rule is about, in its page's words, and the link to the page."""
    summary, parts = _words(rule)
    # A plugin may say anything is the address of its page.
    page = f'<p><a href="{safe(url)}">More about {safe(rule)}</a></p>' if url and url.startswith("https://") else ""
    body = "".join(f"<p><strong>{heading}.</strong> {text}" for heading, text in parts)
    return f'<details class="why"><summary>{summary}</summary><div id={anchor}>{body}{page}</div></details>'


def _words(rule: str) -> tuple[str, list[tuple[str, str]]]:
    from postlint import rules
    from postlint.catalog import explain

    if rule not in rules.names():
        return "A rule of this site's own.", []
    known = rules.load(rule)
    sections = explain.sections(known)
    parts = [(heading, _first_block(sections[heading])) for heading in _SAYS if heading in sections]
    return prose(explain.summary(known)), parts


def _first_block(markdown: str) -> str:
    """The first paragraph of `markdown`, or its first list, as HTML."""
    block = markdown.partition("\n\n")[0]
    if not block.startswith("- "):
        return prose(block.replace("\n", " "))
    items = (" ".join(item.split("\n")).strip() for item in re.split(r"^- ", block, flags=re.MULTILINE)[1:])
    return f"<ul>{''.join(f'<li>{prose(item)}</li>' for item in items)}</ul>"
