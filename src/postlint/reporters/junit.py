"""JUnit's XML, which every CI server shows: a suite for each post, with a case for each finding. Only errors fail."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from postlint.diagnostics import Diagnostic, Severity
from postlint.reporters import Style, visible

if TYPE_CHECKING:
    from postlint.reporting.report import Report

# https://www.w3.org/TR/xml/#charsets; unprintable characters have been made visible before.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")


def render(report: "Report", style: Style) -> Iterator[str]:
    by_post: dict[str, list[Diagnostic]] = {path: [] for path in report.posts}
    for d in report.diagnostics:
        by_post.setdefault(d.path, []).append(d)
    total = sum(max(len(found), 1) for found in by_post.values())
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="postlint" tests="{max(total, 1)}" failures="{_failures(report.diagnostics)}" errors="0">\n'
    if not by_post:
        # Servers take a report without any case for a mistake.
        yield '  <testsuite name="postlint" tests="1" failures="0" errors="0">\n'
        yield '    <testcase name="no posts" classname="postlint"/>\n  </testsuite>\n'
    for path, found in sorted(by_post.items()):
        name, tests = _attribute(path), max(len(found), 1)
        yield f'  <testsuite name={name} tests="{tests}" failures="{_failures(found)}" errors="0">\n'
        if not found:
            yield f'    <testcase name="no findings" classname={name} file={name}/>\n'
        for d in found:
            yield from _case(d, name)
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _case(d: Diagnostic, name: str) -> Iterator[str]:
    """An error is a failure; a warning is the output of a case that passes. `name` is the post's."""
    place = f"{d.start.line}:{d.start.column}"
    words = escape(_plain(f"{d.path}:{place}: {d.severity}[{d.rule}] {d.message}"))
    yield f"    <testcase name={_attribute(f'{d.rule} {place}')} classname={name}"
    yield f' file={name} line="{d.start.line}">\n'
    if d.severity is Severity.ERROR:
        yield f'      <failure type="error" message={_attribute(d.message)}>{words}</failure>\n'
    else:
        yield f"      <system-out>{words}</system-out>\n"
    yield "    </testcase>\n"


def _failures(found: Sequence[Diagnostic]) -> int:
    return sum(d.severity is Severity.ERROR for d in found)


def _attribute(text: str) -> str:
    return quoteattr(_plain(text))


def _plain(text: str) -> str:
    return _NO_CHARACTER.sub("\ufffd", visible(text))
