"""Output formats, one module each with `render(report, style) -> Iterator[str]`, and what they share."""

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from postlint.diagnostics import Diagnostic
    from postlint.reporting.report import Report

# Escapes, line ends and characters that reorder text: a post must not control the terminal or add lines to a log.
_HIDDEN = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
# Azure Pipelines, GitHub Actions and TeamCity carry out such commands anywhere in a line that a job prints. A text may be
# shown in pieces.
_COMMAND = r"(?i)(?<=#)#(?=(?:vso|teamcity)?(?:\[|$))"


SHOWING_SITES = frozenset(("html",))
"""The formats that show what the checked sites are (`Report.sites`)."""


class Style(NamedTuple):
    """How text is shown: with colours or not, with links that a terminal can open, in how many columns, and without a
    closing line when `quiet`. For a `reader` at a terminal, sentences are broken at words, and the next step is named."""

    color: bool = False
    width: int = 120
    quiet: bool = False
    links: bool = False
    reader: bool = False

    def paint(self, code: str, words: str) -> str:
        """`words` in the colour of the ANSI `code`, if colours are on."""
        return f"\x1b[{code}m{words}\x1b[0m" if self.color else words

    def named(self, d: "Diagnostic") -> str:
        """`severity[rule]` in its colour; a link to the rule's page if links are on (OSC 8)."""
        rule = f"\x1b]8;;{visible(d.url)}\x1b\\{d.rule}\x1b]8;;\x1b\\" if self.links and d.url else d.rule
        return self.paint(severity_color(d), f"{d.severity}[{rule}]")


def severity_color(d: "Diagnostic") -> str:
    """The ANSI code of the colour that a diagnostic has by its severity."""
    return "1;31" if d.severity == "error" else "1;33"


Lines = Iterable[str]


class Reporter(Protocol):
    def render(self, report: "Report", style: Style) -> Iterator[str]: ...


def names() -> list[str]:
    """The formats' names, from file names alone."""
    here = os.path.dirname(__file__)
    return sorted(name[:-3] for name in os.listdir(here) if name.endswith(".py") and not name.startswith("_"))


def load(name: str) -> Reporter:
    """The module of one format. Raises ModuleNotFoundError for an unknown name."""
    return import_module(f"{__name__}.{name}")


def visible(text: str) -> str:
    """`text` with every character that is invisible, or would control a terminal or a CI server, as `⟨U+200B⟩`."""
    if "##" in text:
        text = re.sub(_COMMAND, "⟨U+0023⟩", text)
    return text if text.isprintable() else re.sub(_HIDDEN, lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


_MANY = 20
_FIRST = 5


class More(NamedTuple):
    """Stands for further findings of one rule in one post, if there are very many."""

    path: str
    rule: str
    number: int
    fixable: int

    def __str__(self) -> str:
        fix = (
            "" if not self.fixable else "; --fix repairs all" if self.fixable == self.number else "; --fix repairs some"
        )
        return f"{self.number} more {self.rule} in this post{fix} (--output-format json lists them)"


def folded(diagnostics: "Sequence[Diagnostic]") -> "Iterator[Diagnostic | More]":
    """`diagnostics` for people: if a rule has more than twenty findings in one post, the first five and a count.

    A post that is damaged throughout has one thing wrong with it, not five hundred, and gets one finding.
    """
    from postlint.reporters._damage import gathered

    diagnostics = gathered(diagnostics)
    total = Counter((d.path, d.rule) for d in diagnostics)
    seen: Counter[tuple[str, str]] = Counter()
    fixable: Counter[tuple[str, str]] = Counter()
    for d in diagnostics:
        key = d.path, d.rule
        seen[key] += 1
        if total[key] <= _MANY or seen[key] <= _FIRST:
            yield d
            continue
        fixable[key] += d.fix is not None and d.fix.applicability == "safe"
        if seen[key] == total[key]:
            yield More(*key, total[key] - _FIRST, fixable[key])


def count(number: int, one: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


_VERY_MANY = 50
_BASELINE = ".postlint-baseline.json"


def ending(report: "Report", style: Style, different: int) -> Iterator[str]:
    """The lines after the findings: the numbers, what was not checked, and for a reader the next step. `different` is the
    number of findings that were shown on their own."""
    lines = [closing(report, different), *skipped(report)]
    if not style.reader:
        yield from lines
        return
    if report.diagnostics:
        rule, _ = Counter(d.rule for d in report.diagnostics).most_common(1)[0]
        lines.append(
            f"`postlint rule {rule}` explains {'it' if len(report.diagnostics) == 1 else 'the most frequent one'}.\n"
        )
        if len(report.diagnostics) >= _VERY_MANY and not report.about:
            lines.append(
                f"To see only new ones from now on, record these: `postlint check --write-baseline {_BASELINE}`, "
                f"then `postlint check --baseline {_BASELINE}`.\n"
            )
    for line in lines:
        yield "\n".join(wrapped(line.rstrip("\n"), style.width)) + "\n"


def wrapped(text: str, width: int, first: int = 0, indent: str = "  ") -> list[str]:
    """`text` in lines of at most `width` columns, broken between words; a word that is longer has a line of its own. The
    first line begins at the column `first`, the others with `indent`."""
    from postlint.reporters._frame import width as columns

    lines, at = [""], first
    for word in text.split(" "):
        size = columns(word)
        if lines[-1].strip() and at + 1 + size > width:
            lines.append(indent + word)
            at = len(indent) + size
        else:
            lines[-1] += f" {word}" if lines[-1] else word
            at += size + (1 if at > first or lines[-1] != word else 0)
    return lines


def skipped(report: "Report", quote: str = "") -> Iterator[str]:
    """A line for each kind of thing that was not checked: how many, why, and the setting that changes it, between `quote`
    on both sides."""
    for what, number, reason, setting in report.skipped:
        remedy = f"; {quote}{setting}{quote} checks {'it' if number == 1 else 'them'}" if setting else ""
        yield f"{number} {visible(what)} {'was' if number == 1 else 'were'} not checked: {visible(reason)}{remedy}.\n"


def closing(report: "Report", different: int | None = None) -> str:
    """The last line of a report for people: the numbers of findings, and what to do next. `different` is how many there are
    if those that ask for one decision count as one; None if each was shown."""
    done = f"Fixed {count(len(report.fixed), 'finding')}. " if report.fixed else ""
    done += f"Suppressed {count(report.suppressed, 'finding')}. " if report.suppressed else ""
    if report.about:
        done = f"{report.about}: "
    found = report.summary
    if not report.diagnostics and not found.files and not done.startswith("Fixed"):
        return f"{done}{'no post changed' if report.about else 'No posts to check'}, nothing to report.\n"
    if not report.diagnostics:
        where = f" in {count(found.files, 'post')}" if found.files or not report.about else ""
        nothing = "nothing" if report.about else "Nothing else" if done else "Nothing"
        return f"{done}{nothing} to report{where}.\n"
    kinds = [count(n, kind) for n, kind in ((found.errors, "error"), (found.warnings, "warning")) if n]
    safe = sum(d.fix is not None and d.fix.applicability == "safe" for d in report.diagnostics)
    hints = [f"{safe} fixable with --fix"] if safe else []
    if found.fixable > safe:
        hints.append(f"{found.fixable - safe} {'more ' if safe else 'fixable '}with --fix --unsafe-fixes")
    posts = len({d.path for d in report.diagnostics})
    where = f" in {count(posts, 'post')}" + (f" of {found.files}" if found.files > posts else "")
    several = f", {different} of them different," if different not in (None, len(report.diagnostics)) else ""
    return f"{done}{' and '.join(kinds)}{several}{where}{' (' + ', '.join(hints) + ')' if hints else ''}.\n"
