"""The report that `check` keeps from run to run (see `checking.stored_report`): for which runs, and where."""

import argparse
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from postlint.cli.output import shows_sites
from postlint.files.endings import is_markdown
from postlint.files.files import CACHE

if TYPE_CHECKING:
    from postlint.checking import stored_report
    from postlint.checking.checker import Checker
    from postlint.checking.repairs import Repairs
    from postlint.checking.run import Work
    from postlint.files.git import Comparison, Versions
    from postlint.projects.project import Project, Projects
    from postlint.reporting.report import Report

    Maker = Callable[[Project], Checker]
    Witness = Callable[[Work, Repairs], None]

# Options that change nothing in the report, or that are applied to it afterwards.
_AFTERWARDS = frozenset(
    (
        "output_format",
        "output_file",
        "statistics",
        "color",
        "quiet",
        "fail_on",
        "baseline",
        "write_baseline",
        "force",
        "jobs",
        "cache_dir",
        "no_cache",
        "reason",
        "unsafe_fixes",
    )
)
_WITHOUT = ("no_cache", "fix", "diff", "add_suppressions", "verbose", "stdin_filename")


class Kept:
    """One run of `check` with these options, as a context in which it notes what it asks of the disk."""

    def __init__(self, options: argparse.Namespace, comparison: "Comparison | None" = None) -> None:
        from postlint.checking.stored_report import name_of

        self._folder: str | None = options.cache_dir and os.path.abspath(options.cache_dir)
        said = {name: value for name, value in vars(options).items() if name not in _AFTERWARDS}
        self._name = name_of(said)
        self._start = os.path.abspath(options.paths[0] if options.paths else os.getcwd())
        self._run: stored_report.Run | None = None
        self._comparison = comparison
        self._versions = _by_full_path(comparison) if comparison else None

    def find(self) -> "stored_report.Found | None":
        """The report of an earlier run, if nothing has changed since, or only a few posts."""
        from postlint.checking.stored_report import find, folders

        return find(self._name, (self._folder,) if self._folder else folders(self._start), self._versions)

    def renewed(self, found: "stored_report.Found", projects: "Projects") -> "stored_report.Stored | None":
        """That report as it is now; None if that takes a look at the whole site."""
        from postlint.checking.renewed_report import renewed

        return renewed(found, projects, self._run) if self._run else None

    def __enter__(self) -> None:
        from postlint.checking.stored_report import Run

        self._run = Run(self._name, self._versions)

    def __exit__(self, *error: object) -> None:
        if self._run:
            self._run.end()

    def run(self, works: "Sequence[Work]", check: "Callable[[Maker, Witness], Report]") -> "Report":
        """Call `check` with a maker of checkers and somebody to tell of each site, and keep the report if it depends on
        nothing but what was noted."""
        from postlint.checking.cache import can_be_kept
        from postlint.checking.checker import Checker
        from postlint.checking.run import FEW
        from postlint.checking.stored_report import Stored, site_known

        made: list[Checker] = []
        known: list[stored_report.SiteKnown | None] = []

        def checker(project: "Project") -> Checker:
            made.append(Checker(project))
            return made[-1]

        unread: list[str] = []

        def tell(work: "Work", here: "Repairs") -> None:
            known.append(site_known(work, here))
            unread.extend(path for path, facts in here.posts().items() if facts is None)

        several = self._run is not None and sum(len(work.paths) for work in works) >= FEW
        folder = self._folder or (os.path.join(works[0].project.root, CACHE) if works else "")
        if several and self._run:
            self._run.prepare(folder)
        report = check(checker, tell)
        # What a clone lacks, it may get.
        tree = self._comparison
        lacks = tree is not None and bool(unread or tree.new.is_partial or tree.old.is_partial)
        is_certain = not lacks and all(can_be_kept(each) and not each.runs_user_code for each in made)
        if self._run and several and is_certain:
            (site,) = known if len(known) == 1 else (None,)
            self._run.save(folder, Stored(report, all(work.complete for work in works)), site)
        return report


def open_for(options: argparse.Namespace) -> Kept | None:
    """None for a run whose report is not kept."""
    if not _may_keep(options):
        return None
    # Names of files that may not be posts are answered on standard error.
    if any(not os.path.isdir(path) and not (options.index_site and is_markdown(path)) for path in options.paths):
        return None
    return Kept(options)


def open_for_change(options: argparse.Namespace, comparison: "Comparison") -> Kept | None:
    """The same for staged changes; None for any others, and if there are conflicts."""
    return Kept(options, comparison) if comparison.versions is not None and _may_keep(options) else None


def _may_keep(options: argparse.Namespace) -> bool:
    """Whether the run neither writes, nor says something besides its report, nor must keep nothing, and its report does not
    describe the sites."""
    return not (shows_sites(options) or any(getattr(options, name) for name in _WITHOUT))


def _by_full_path(comparison: "Comparison") -> "Versions | None":
    versions, top = comparison.versions, comparison.new.top
    return versions and versions._replace(
        blobs={os.path.join(top, path): blob for path, blob in versions.blobs.items()}
    )
