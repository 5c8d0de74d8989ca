"""A stored report after a few posts changed: these are checked again, and the findings in all others are kept.

That holds as long as a changed post differs only in what no site rule looks at, such as its prose: then the site rules
would find in every post what they found before. Any other change takes the usual way.
"""

import os
from collections.abc import Sequence

from postlint.checking import transport
from postlint.checking.appearance import moved
from postlint.checking.cache import can_be_kept
from postlint.checking.checker import NAMES_SCHEMA, Checker, Outcome
from postlint.checking.run import UserPaths
from postlint.checking.stored_report import Found, Run, SiteKnown, Stored, packed, unpacked
from postlint.diagnostics import Diagnostic, order
from postlint.files import reading
from postlint.projects import discovery
from postlint.projects.project import Project, Projects


def renewed(old: Found, projects: Projects, run: Run) -> Stored | None:
    """The stored report as it is now, which `run` keeps; None if that takes a look at the whole site."""
    site = old.site
    paths = _paths(old.changed, site) if site else None
    project = _project(paths, site, projects) if site and paths else None
    if site is None or paths is None or project is None:
        return None
    checker = Checker(project)
    if checker.runs_user_code or not can_be_kept(checker):
        return None
    appearances, of_site = dict(site.appearances), dict(site.of_site)
    displayed = UserPaths(project.root)
    gone, found = set[str](), list[Diagnostic]()
    for path in paths:
        outcome = _checked(checker, path)
        sited = _sited(outcome, site) if outcome else None
        if outcome is None or sited is None:
            return None
        appearances[path] = outcome.appearance
        if sited and outcome.facts:
            of_site[path] = packed(sited, outcome.facts.places)
        gone.add(displayed.path(path))
        if site.reported is None or path in site.reported:
            both = checker.drop_restated([*outcome.diagnostics, *sited])
            found += map(displayed, checker.unsuppressed(both, [outcome], old.stored.complete))
    report = old.stored.report
    kept = [d for d in report.diagnostics if d.path not in gone]
    report.diagnostics = order([*kept, *found])
    run.save_renewed(old, old.stored, site._replace(appearances=appearances, of_site=of_site))
    return old.stored


def _paths(changed: Sequence[str], site: SiteKnown) -> list[str] | None:
    """The paths in the site of the files that changed; None if any of them is not a post alone."""
    below = os.path.join(site.root, "")
    if not all(path.startswith(below) for path in changed):
        return None
    paths = list(dict.fromkeys(path.removeprefix(below).replace(os.sep, "/") for path in changed))
    return paths if all(site.appearances.get(path) for path in paths) else None


def _project(paths: Sequence[str], site: SiteKnown, projects: Projects) -> Project | None:
    """The project of all these posts, if it is the one that the report is about."""
    posts = [discovery.file(os.path.join(site.root, path), projects) for path in paths]
    project = posts[0].project
    is_one = all(post.project is project and post.path == path for post, path in zip(posts, paths, strict=True))
    return project if is_one and (project.root, project.config.file) == (site.root, site.config) else None


def _checked(checker: Checker, path: str) -> Outcome | None:
    """The outcome of a post that has changed; None if it depends on more than the post and the settings."""
    if checker.looks_elsewhere(path):
        return None
    try:
        data = checker.project.files.read_post(path)
    except reading.Unreadable:
        return None
    return None if NAMES_SCHEMA in data else transport.with_appearance(checker.check(path, data))


def _sited(outcome: Outcome, site: SiteKnown) -> list[Diagnostic] | None:
    """What site rules find in a post that changed; None if that cannot be known without running them."""
    if outcome.appearance != site.appearances[outcome.path]:
        return None
    known = site.of_site.get(outcome.path)
    return moved(*unpacked(known), outcome) if known else []
