"""What commands say about paths that hold no posts: what was looked for, and where."""

import os
import sys
from collections.abc import Iterable, Sequence

from postlint.errors import PostlintError
from postlint.projects import discovery
from postlint.projects.project import Project, Projects
from postlint.reporters import visible

_MOST = 4


def name_others(others: Iterable[str]) -> None:
    """Say of named files that they are not posts, a line each on standard error."""
    for full in sorted(others):
        shown = full.removeprefix(os.path.join(os.getcwd(), ""))
        print(f"postlint: {visible(shown)}: this is not a post; it was left out", file=sys.stderr)


def refusal(paths: Sequence[str], projects: Projects) -> PostlintError:
    """The error of a run without posts. `paths` are those that were named, none for the site in the working directory."""
    remedy = "Name files or folders, set `collections` in postlint.toml, or accept this with --allow-empty"
    return PostlintError(f"no posts found: {what_was_looked_for(paths, projects)}. {remedy}")


def what_was_looked_for(paths: Sequence[str], projects: Projects) -> str:
    """Which posts were looked for, and where."""
    places = [os.path.realpath(path) for path in paths] or [os.path.realpath(os.getcwd())]
    said = [_about(place, projects, bool(paths)) for place in places[:_MOST]]
    more = f"; and {len(places) - _MOST} more places" if len(places) > _MOST else ""
    return f"{'; '.join(said)}{more}"


def _about(place: str, projects: Projects, named: bool) -> str:
    if not os.path.isdir(place):
        return f"{place} is not a post"
    project = projects.of(place)
    looked_for = list(_looked_for(project))
    if not looked_for:
        if not named and discovery.has_loose_posts(project, place, projects):
            title = project.framework.title
            lacking = f", but nothing says which of them the {title} site shows" if project.evidence else " but no site"
            return f"{place} has Markdown files{lacking}, so they are read only if they are named (`.` names all)"
        return f"{place} has no site and no Markdown files{'' if named else _how_far(discovery.depth(project, place))}"
    where = f" ({project.evidence})" if project.evidence else ""
    kind = f"the {project.framework.title} site{where}" if project.evidence else "the site"
    shown = ", ".join(looked_for[:_MOST]) + (" …" if len(looked_for) > _MOST else "")
    inside = f" below {place}" if named and place != project.root else ""
    return f"{kind} at {project.root} has none{inside}; its posts would match {shown}"


def _how_far(depth: int) -> str:
    below = {0: "", 2: " and up to two folders below", 3: " and up to three folders below"}[depth]
    return f"; a site was looked for here{below}"


def _looked_for(project: Project) -> Iterable[str]:
    """The patterns of the site's collections, without those of a site that was only guessed."""
    seen = dict.fromkeys(pattern for mine in project.config.collections for pattern in mine.include)
    if project.evidence:
        seen.update(dict.fromkeys(pattern for theirs in project.own_collections for pattern in theirs.include))
    return seen
