"""A comment for a pull request: errors before warnings, the worst posts first, and the rest counted.

GitHub accepts 65,536 characters; the comment has at most 60,000 bytes, so that a workflow can add words of its own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from postlint.diagnostics import Diagnostic, Severity
from postlint.reporters import More, Style, closing, count, folded, skipped, visible
from postlint.reporters._markdown import code, prose, rule
from postlint.reporters._together import Together, first

if TYPE_CHECKING:
    from postlint.reporting.report import Report

MARK = "<!-- postlint -->"
"""Begins the comment, so that a workflow can find and replace it."""
_LIMIT = 60_000
_END = 4_000
"""Bytes that are kept for what counts the rest."""
_RULES = 10
_SKIPPED = 5
_LONGEST = 600
"""Code points of a message, of a path, or of a rule's name."""

_Item = Diagnostic | More


def render(report: "Report", style: Style) -> Iterator[str]:
    head = f"{MARK}\n### postlint\n\n{prose(_cut(closing(report).rstrip()))}\n"
    for line in list(skipped(report, "`"))[:_SKIPPED]:
        head += f"\n{prose(_cut(line.rstrip()))}\n"
    yield head
    content = _Content(report)
    room = _LIMIT - _END - _bytes(head)
    for chunk, by_rule in content.chunks():
        room -= _bytes(chunk)
        if room < 0:
            break
        yield chunk
        content.rest -= by_rule
    yield content.end()


class _Content:
    """The findings of a report in the order of the comment. `rest` counts those that are not shown yet, by rule."""

    def __init__(self, report: "Report") -> None:
        self._together = Together(report.diagnostics)
        self._own = {id(d) for d in report.diagnostics}
        self._numbers = Counter((d.path, d.rule) for d in report.diagnostics)
        self._has_errors = report.summary.errors > 0
        self._warnings = report.summary.warnings
        self._is_open = False
        self.rest = Counter(d.rule for d in report.diagnostics)
        self._posts: dict[Severity, dict[str, list[_Item]]] = {
            each: defaultdict(list) for each in (Severity.ERROR, Severity.WARNING)
        }
        severity = Severity.ERROR
        for item in folded(self._together.first):
            # The rest of a rule's findings in a post comes after its last one that is shown.
            severity = severity if isinstance(item, More) else item.severity
            self._posts[severity][item.path].append(item)

    def chunks(self) -> Iterator[tuple[str, Counter[str]]]:
        """Pieces of the comment, each with the number of findings that it shows, by rule."""
        for severity, posts in self._posts.items():
            opening = self._opening(severity) if posts else ""
            for path, items in sorted(posts.items(), key=lambda post: (-len(post[1]), post[0])):
                heading = f"{opening}\n**{code(_cut(path))}**\n\n"
                for item in items:
                    yield heading + self._line(item), Counter({item.rule: self._number(item)})
                    # Only here is it known that the piece was shown.
                    self._is_open = self._is_open or "<details>" in heading
                    heading = opening = ""

    def end(self) -> str:
        """What comes after the last piece: the number of findings that are not shown."""
        out = "\n</details>\n" if self._is_open else ""
        rest = +self.rest
        if not rest:
            return out
        named = [f"{number} {code(_cut(name, 80))}" for name, number in rest.most_common(_RULES)]
        if len(rest) > _RULES:
            named.append(f"those of {count(len(rest) - _RULES, 'more rule')}")
        verb = "is" if rest.total() == 1 else "are"
        return f"{out}\n{count(rest.total(), 'more finding')} {verb} not shown: {', '.join(named)}.\n"

    def _opening(self, severity: Severity) -> str:
        """What comes before the first finding of this severity. Warnings are folded below errors."""
        if severity is Severity.WARNING and self._has_errors:
            return f"\n<details><summary>{count(self._warnings, 'warning')}</summary>\n"
        return ""

    def _line(self, item: _Item) -> str:
        if isinstance(item, More):
            return f"- {item.number} more {code(_cut(item.rule))}\n"
        facts = [rule(_cut(item.rule), item.url)]
        if item.fix:
            facts.append("fixable" if item.fix.applicability == "safe" else "fixable with `--unsafe-fixes`")
        line = f"- line {item.start.line}: {prose(_cut(item.message))} ({', '.join(facts)})\n"
        shown, more = first(self._together.others(item))
        also = ", ".join(f"{code(_cut(d.path))} line {d.start.line}" for d in shown)
        rest = f" and {count(more, 'more place')}" if more else ""
        return f"{line}  Also in {also}{rest}.\n" if also else line

    def _number(self, item: _Item) -> int:
        """How many findings of the report `item` stands for."""
        if isinstance(item, More):
            return item.number
        if id(item) not in self._own:
            return self._numbers[item.path, item.rule]  # one for a post that is damaged throughout
        return 1 + len(self._together.others(item))


def _cut(text: str, longest: int = _LONGEST) -> str:
    text = visible(text)
    return text if len(text) <= longest else f"{text[:longest]}…"


def _bytes(text: str) -> int:
    return len(text.encode())
