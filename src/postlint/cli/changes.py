"""The options of `check` that name a change in Git instead of files on disk."""

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from postlint.errors import PostlintError

if TYPE_CHECKING:
    from postlint.checking.run import Work
    from postlint.files.files import Files
    from postlint.files.git import Comparison
    from postlint.projects.project import Projects
    from postlint.reporting.report import Report

_EXCLUSIVE = ("staged", "since", "pushed")
_ABOUT_DISK = ("fix", "diff", "add_suppressions", "write_baseline", "stdin_filename")


def add_options(parser: "argparse._ActionsContainer") -> None:
    add = parser.add_argument
    add("--staged", action="store_true", help="check what is staged, as it is in Git's index; PATH limits that")
    add("--since", metavar="REV", help="check what HEAD changed since its merge base with REV; PATH limits that")
    add("--until", metavar="REV", help="with --since: the commit to check (default: HEAD)")
    add("--pushed", action="store_true", help="check what is pushed, which Git passes to its hooks on standard input")


def asked(options: argparse.Namespace) -> "list[Comparison] | None":
    """The changes to check, or None to check the files on disk. Raises PostlintError for options that cannot be combined,
    and for revisions that Git does not have."""
    # An empty text, from an unset variable of a script, must not make the run check something else.
    given = [name for name in _EXCLUSIVE if getattr(options, name) not in (None, False)]
    if options.until is not None and given != ["since"]:
        raise PostlintError("--until needs --since")
    if not given:
        return None
    for other in (*given[1:], *_ABOUT_DISK):
        if getattr(options, other):
            why = ": postlint does not fix what is in Git, only files on disk" if other in ("fix", "diff") else ""
            raise PostlintError(f"--{given[0]} cannot be combined with --{other.replace('_', '-')}{why}")
    from postlint.files.git import Repository

    repository = Repository()
    if options.staged:
        # pre-commit and prek set these variables for a range of commits (`--from-ref`, or before a push).
        first, last = (os.environ.get(f"PRE_COMMIT_{name}_REF") for name in ("FROM", "TO"))
        return [repository.since(first, last) if first and last else repository.staged()]
    if options.since is not None:
        return [repository.since(options.since, options.until or "HEAD")]
    return repository.pushed(sys.stdin.buffer.read().decode(errors="surrogateescape").splitlines())


def works(
    comparison: "Comparison",
    options: argparse.Namespace,
    projects: "Callable[[Callable[[str], Files], bool], Projects]",
) -> "list[Work]":
    """The work to do. `projects` makes the projects for files and takes whether their code may run."""
    from postlint.checking import change, run

    is_trusted = not comparison.new.is_bare
    paths, named = ((), options.paths) if options.index_site else (options.paths, None)
    return run.of_change(change.touched(comparison, lambda files: projects(files, is_trusted), paths, named))


def projects_now(
    comparison: "Comparison", projects: "Callable[[Callable[[str], Files], bool], Projects]"
) -> "Projects":
    """The projects of the files after the change; `projects` as for `works`."""
    from postlint.files.tree_files import TreeFiles

    return projects(TreeFiles(comparison.new, comparison.new.top).at, not comparison.new.is_bare)


def with_contents(report: "Report", comparison: "Comparison") -> "Report":
    """A stored report about a change, with the posts as Git has them, which reporters show."""
    from postlint.files import reading
    from postlint.files.tree_files import TreeFiles

    report.about = comparison.words
    top, contents = comparison.new.top, {}
    files = TreeFiles(comparison.new, top)
    for path in {d.path for d in report.diagnostics}:
        with suppress(reading.Unreadable):
            contents[path] = files.read(os.path.relpath(path, top))
    report.contents = contents
    return report
