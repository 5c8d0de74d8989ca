"""The summary that GitHub Actions shows on a run's page: a table by rule, and the posts with the most findings."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from postlint.reporters import closing, count, skipped
from postlint.reporters._markdown import cell, prose, rule

if TYPE_CHECKING:
    from postlint.reporting.report import Report

_POSTS = 10


def render(report: "Report") -> Iterator[str]:
    yield f"### postlint\n\n{prose(closing(report).rstrip())}\n"
    yield from (f"\n{prose(line.rstrip())}\n" for line in skipped(report, "`"))
    if not report.diagnostics:
        return
    yield "\n| rule | findings | fixable |\n|---|---:|---:|\n"
    by_rule = Counter((d.rule, str(d.severity)) for d in report.diagnostics)
    fixable = Counter((d.rule, str(d.severity)) for d in report.diagnostics if d.fix)
    pages = {d.rule: d.url for d in report.diagnostics}
    for (name, severity), number in sorted(by_rule.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {rule(name, pages[name], cell(name))} ({severity}) | {number} | {fixable[name, severity]} |\n"
    by_post = Counter(d.path for d in report.diagnostics).most_common()
    worst = sorted(by_post, key=lambda item: (-item[1], item[0]))[:_POSTS]
    yield "\n| post | findings |\n|---|---:|\n"
    for path, number in worst:
        yield f"| {cell(path)} | {number} |\n"
    if len(by_post) > len(worst):
        yield f"\n… and {count(len(by_post) - len(worst), 'more post')}.\n"
