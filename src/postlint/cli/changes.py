"""The options of `check` that name a change in Git instead of files on disk."""

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from postlint.errors import PostlintError

if TYPE_CHECKING:
    from postlint.checking.run import Work
    from postlint.files.files import Files
    from postlint.files.git import Comparison
    from postlint.projects.project import Projects

_EXCLUSIVE = ("staged", "since", "pushed")
_ABOUT_DISK = ("fix", "diff", "add_suppressions", "write_baseline", "stdin_filename")


def add_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--staged", action="store_true", help="judge what is staged, as Git's index has it; PATH limits that")
    add("--since", metavar="REV", help="judge what the last commit changed since it and REV parted; PATH limits that")
    add("--until", metavar="REV", help="with --since: the commit to judge, instead of the last one")
    add("--pushed", action="store_true", help="judge what is pushed, as Git tells its hooks on standard input")


def asked(options: argparse.Namespace) -> "list[Comparison] | None":
    """The changes that are to be judged, None where what lies on disk is. Raises PostlintError for options that don't go
    together, and where Git has not got what they name."""
    # An empty text, from a script's variable that is not set, is no reason to judge something else.
    given = [name for name in _EXCLUSIVE if getattr(options, name) not in (None, False)]
    if options.until is not None and given != ["since"]:
        raise PostlintError("--until needs --since")
    if not given:
        return None
    for other in (*given[1:], *_ABOUT_DISK):
        if getattr(options, other):
            why = ": what it judges lies in Git, and nothing there is repaired" if other in ("fix", "diff") else ""
            raise PostlintError(f"--{given[0]} goes without --{other.replace('_', '-')}{why}")
    from postlint.files.git import Repository

    repository = Repository()
    if options.staged:
        # pre-commit and prek say so where they are about a range of commits (`--from-ref`, or before a push).
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
    """What there is to do; `projects` makes those of files, whose code may be run or not."""
    from postlint.checking import change, run

    is_trusted = not comparison.new.is_bare
    paths, named = ((), options.paths) if options.index_site else (options.paths, None)
    return run.of_change(change.touched(comparison, lambda files: projects(files, is_trusted), paths, named))
