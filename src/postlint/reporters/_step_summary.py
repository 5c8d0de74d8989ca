"""The summary that GitHub Actions shows on a run's page: a table by rule, and the posts with the most findings."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from postlint.reporters import closing, count, visible

if TYPE_CHECKING:
    from postlint.reporting.report import Report

_POSTS = 10


def render(report: "Report") -> Iterator[str]:
    yield f"### postlint\n\n{closing(report)}\n"
    if not report.diagnostics:
        return
    yield "| rule | findings | fixable |\n|---|---:|---:|\n"
    by_rule = Counter((d.rule, str(d.severity)) for d in report.diagnostics)
    fixable = Counter(d.rule for d in report.diagnostics if d.fix)
    for (rule, severity), number in sorted(by_rule.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {_literal(rule)} ({severity}) | {number} | {fixable[rule]} |\n"
    by_post = Counter(d.path for d in report.diagnostics).most_common()
    worst = sorted(by_post, key=lambda item: (-item[1], item[0]))[:_POSTS]
    yield "\n| post | findings |\n|---|---:|\n"
    for path, number in worst:
        yield f"| {_literal(path)} | {number} |\n"
    if len(by_post) > len(worst):
        yield f"\n… and {count(len(by_post) - len(worst), 'more post')}.\n"


def _literal(text: str) -> str:
    """`text` as Markdown that shows just it: whatever is neither letter, digit nor blank as a character reference."""
    return "".join(char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in visible(text))
