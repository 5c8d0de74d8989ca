"""Where a report goes: in which formats, to which files, with or without colour."""

import argparse
import os
import sys
from collections import Counter
from typing import NamedTuple

from postlint import reporters
from postlint.cli.terminal import width
from postlint.errors import PostlintError
from postlint.files import writing
from postlint.reporting.report import Report


class Targets(NamedTuple):
    """What is written: the format on standard output (None for nothing), and (format, file) pairs."""

    printed: str | None
    files: tuple[tuple[str, str], ...]


def add_options(parser: "argparse._ActionsContainer") -> None:
    add = parser.add_argument
    add(
        "--output-format",
        action="append",
        default=[],
        metavar="FORMAT[=FILE]",
        help=f"{', '.join(reporters.names())} (default: full on a terminal, github in GitHub Actions, otherwise concise); "
        "repeat with FORMAT=FILE to write other formats to files",
    )
    add("--output-file", metavar="FILE", help="write the report to FILE instead of printing it")
    add("--statistics", action="store_true", help="count the findings by rule instead of listing them")
    add("--color", choices=("auto", "always", "never"), default="auto", help="auto: on a terminal (default)")
    add("--quiet", "-q", action="store_true", help="print the findings and nothing else")


def targets(options: argparse.Namespace) -> Targets:
    """Read the options. Raises PostlintError for an unknown format, or for two formats on standard output."""
    plain: list[str] = []
    files: list[tuple[str, str]] = []
    for word in options.output_format:
        name, is_file, file = word.partition("=")
        if name not in reporters.names():
            from postlint.suggest import closest

            meant = closest(name, reporters.names())
            hint = f"; did you mean `{meant}`?" if meant else ""
            raise PostlintError(f"--output-format: `{name}` is not one of {', '.join(reporters.names())}{hint}")
        if is_file and not file:
            raise PostlintError(f"--output-format: `{word}` has no file name after `=`")
        if is_file:
            files.append((name, file))
        else:
            plain.append(name)
    if len(plain) > 1:
        raise PostlintError(
            f"--output-format: {' and '.join(plain)} cannot be printed together; write {plain[-1]}=FILE"
        )
    if options.output_file:
        files.append((plain[0] if plain else "concise", options.output_file))
        # GitLab shows a report only after comparing it with the target branch's; the log is for all other cases.
        return Targets("concise" if os.environ.get("GITLAB_CI") else None, tuple(files))
    return Targets(plain[0] if plain else _usual(), tuple(files))


def shows_sites(options: argparse.Namespace) -> bool:
    """Whether a format that is asked for shows what the checked sites are."""
    printed, files = targets(options)
    return not reporters.SHOWING_SITES.isdisjoint([printed, *(name for name, _ in files)])


def _usual() -> str:
    if os.environ.get("GITHUB_ACTIONS") == "true":
        return "github"
    return "full" if sys.stdout.isatty() else "concise"


def show(report: Report, options: argparse.Namespace, beside: bool = False) -> None:
    """Write `report` where `options` say. With `beside`, standard output is already in use, so print to standard error.

    Raises PostlintError if a file cannot be written.
    """
    printed, files = targets(options)
    for name, file in files:
        style = reporters.Style(quiet=options.quiet)
        with_statistics = options.statistics and file == options.output_file
        lines = _statistics(report, style) if with_statistics else reporters.load(name).render(report, style)
        writing.output(file, "".join(lines).encode("utf-8", "backslashreplace"))
    if os.environ.get("GITHUB_ACTIONS") == "true" and (summary := os.environ.get("GITHUB_STEP_SUMMARY")):
        from postlint.reporters import _step_summary

        _append(summary, _step_summary.render(report))
    if printed:
        stream = sys.stderr if beside else sys.stdout
        style = _style(options, stream.isatty())
        stream.writelines(
            _statistics(report, style) if options.statistics else reporters.load(printed).render(report, style)
        )


def _append(file: str, lines: "reporters.Lines") -> None:
    try:
        with open(file, "a", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
            out.writelines(lines)
    except OSError as error:
        raise PostlintError(f"{file}: cannot be written: {(error.strerror or '').lower()}") from None


def _style(options: argparse.Namespace, on_terminal: bool) -> reporters.Style:
    color = options.color == "always" or (options.color == "auto" and _wants_color(on_terminal))
    columns = width(120)
    links = color and on_terminal and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
    return reporters.Style(color, columns, options.quiet, links, reader=on_terminal)


def _wants_color(on_terminal: bool) -> bool:
    # https://no-color.org, https://force-color.org
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or on_terminal


def _statistics(report: Report, style: reporters.Style) -> list[str]:
    by_rule = Counter(d.rule for d in report.diagnostics)
    fixable = Counter(d.rule for d in report.diagnostics if d.fix)
    lines = [
        f"{number:6} {rule}{f' ({fixable[rule]} fixable)' if fixable[rule] else ''}\n"
        for rule, number in sorted(by_rule.items(), key=lambda item: (-item[1], item[0]))
    ]
    return lines if style.quiet else [*lines, reporters.closing(report), *reporters.skipped(report)]
