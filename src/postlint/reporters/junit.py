"""JUnit's XML, which every CI server shows: a suite for each post that has findings, a failed case for each of them."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from postlint.reporters import Style, visible

if TYPE_CHECKING:
    from postlint.reporting.report import Report

# https://www.w3.org/TR/xml/#charsets; unprintable characters have been made visible before.
_NO_CHARACTER = re.compile("[\ufffe\uffff]")


def render(report: "Report", style: Style) -> Iterator[str]:
    total = len(report.diagnostics)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="postlint" tests="{max(total, 1)}" failures="{total}" errors="0">\n'
    if not total:
        # Servers take a report without any case for a mistake.
        yield '  <testsuite name="postlint" tests="1" failures="0" errors="0">\n'
        yield '    <testcase name="nothing found" classname="postlint"/>\n  </testsuite>\n'
    for path, group in groupby(report.diagnostics, key=lambda d: d.path):
        found = list(group)
        yield f'  <testsuite name={_attribute(path)} tests="{len(found)}" failures="{len(found)}" errors="0">\n'
        for d in found:
            place = f"{d.start.line}:{d.start.column}"
            yield f"    <testcase name={_attribute(f'{d.rule} {place}')} classname={_attribute(path)}"
            yield f' file={_attribute(path)} line="{d.start.line}">\n'
            yield f'      <failure type="{d.severity}" message={_attribute(d.message)}>'
            yield f"{escape(_plain(f'{path}:{place}: {d.severity}[{d.rule}] {d.message}'))}</failure>\n"
            yield "    </testcase>\n"
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _attribute(text: str) -> str:
    return quoteattr(_plain(text))


def _plain(text: str) -> str:
    return _NO_CHARACTER.sub("\ufffd", visible(text))
