"""Fixes YAML that cannot be parsed by quoting one value, if nothing else can be meant."""

import re

from postlint import front_matter
from postlint.front_matter import QUOTES, Dialect, FrontMatter
from postlint.text import Span

_LINE = re.compile(r"([ \t]*(?:- +)?[A-Za-z_][\w-]*:[ \t]+)([^\s\"'|>#&\u2018\u201c][^\n\r]*?)[ \t]*\r?$", re.MULTILINE)
# A list or mapping with a slip; links and templates, which begin alike, are text.
_LIST = re.compile(r"(?!\[[^\]]*\]\(|\{\{|\{%)[\[{]")
# Another field on the same line: a line break is missing there.
_FIELD = re.compile(r"(?:^|\s)(?:title|date|draft|tags|slug|layout|description|author|categor(?:y|ies)|\w+Date):\s")


def quote(text: str, found: FrontMatter, dialect: Dialect) -> tuple[Span, str] | None:
    """The value to quote in `text`, whose front matter `found` has a problem, and how; None if that does not make it
    readable up to the next problem, or another fix may be intended."""
    problem = found.problem
    if problem is None or problem.hint != QUOTES or found.language != "yaml":
        return None
    line = _LINE.match(text, text.rfind("\n", 0, problem.span.start) + 1)
    if line is None or " #" in line[2] or _FIELD.search(line[2]) or _LIST.match(line[2]):
        return None
    span = Span(line.start(2), line.end(2))
    quoted = "'" + line[2].replace("'", "''") + "'"
    if text[line.end() + 1 : line.end() + 2] in (" ", "\t") and text[line.end() + 1 :].partition("\n")[0].strip():
        return None
    after = front_matter.read(f"{text[: span.start]}{quoted}{text[span.end :]}", dialect)
    if after.problem and after.problem.span.start <= span.end + len(quoted) - len(line[2]):
        return None
    return span, quoted
