"""What a change affects: the posts that it touches, and what it breaks in other posts."""

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from postlint.checking import identity
from postlint.checking.checker import Checker, Outcome
from postlint.diagnostics import Diagnostic
from postlint.errors import PostlintError
from postlint.files.endings import IMAGE_ENDINGS, is_markdown
from postlint.files.tree_files import TreeFiles
from postlint.projects import discovery
from postlint.projects.project import Project, Projects
from postlint.rule import Rule, SiteRule
from postlint.site import redirects

if TYPE_CHECKING:
    from postlint.files.files import Files
    from postlint.files.git import Change, Comparison
    from postlint.posts.facts import Facts

_NO_SETTINGS = (*IMAGE_ENDINGS, ".mp4", ".webm", ".pdf", ".txt", ".css")

OutcomesOf = Callable[[Checker, Sequence[str], dict[str, bytes]], dict[str, Outcome]]


class Past(NamedTuple):
    """A site before a change.

    `project` is None if its settings were the same; else `all_posts` are the posts that it had. `files` are the files at
    that time. `moved` maps the earlier path of each changed file to its path now, None if it is gone, and `blobs` to its
    earlier content. With `is_open` it is not known which other posts the change may affect.
    """

    project: Project | None
    files: TreeFiles
    moved: Mapping[str, str | None]
    blobs: Mapping[str, str]
    is_open: bool
    all_posts: frozenset[str] = frozenset()


class Touched(NamedTuple):
    """A site that a change affects: the posts that it touches, by their current paths, and the site before.

    `all_posts` are those of the site, and `elsewhere` those of them that have another configuration, by which they are
    judged in a run of their own.
    """

    project: Project
    posts: frozenset[str]
    past: Past | None
    all_posts: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()


def touched(
    comparison: "Comparison",
    make: Callable[[Callable[[str], "Files"]], Projects],
    paths: Sequence[str] = (),
    named: Sequence[str] | None = None,
) -> list[Touched]:
    """The sites in which something changed, except changes that no post can show.

    `make` makes the projects of the files that it is given. If there are `paths`, only changes at
    or below them count. `named` posts are reported on instead of those that changed. Both are paths on disk.
    """
    top = comparison.new.top
    projects = make(TreeFiles(comparison.new, top).at)
    # The same files with other contents of posts and images have the same settings, so the old tree need not be read.
    before = projects if _keep_settings(comparison.changes) else make(TreeFiles(comparison.old, top).at)
    sites: dict[str, Project] = {}
    changes: dict[str, list[Change]] = defaultdict(list)
    reported: dict[str, list[discovery.Post]] = defaultdict(list)
    around: dict[str, bool] = {}

    def project_of(path: str) -> Project:
        project = projects.of(os.path.dirname(os.path.join(top, path)))
        if project.root not in sites:
            # The site's own configuration, not that of one of its folders.
            whole = projects.of(project.root)
            sites[project.root] = whole if whole.root == project.root else project
        return project

    def report(path: str) -> None:
        project = project_of(path)
        below = _below(project, top, path)
        post = discovery.Post(project, below) if below else None
        if project.root not in around:
            around[project.root] = discovery.is_around_sites(project, projects)
        if post and discovery.is_post(post) and not around[project.root]:
            reported[project.root].append(post)

    limits = [_in_repository(path, top) for path in paths]
    for change in comparison.changes:
        both = [path for path in dict.fromkeys((change.old, change.new)) if path is not None]
        if not limits or any(limit in ("", path) or path.startswith(f"{limit}/") for path in both for limit in limits):
            for root in dict.fromkeys(project_of(path).root for path in both):
                changes[root].append(change)
            if named is None and change.new is not None:
                report(change.new)
    for path in named or ():
        report(_in_repository(path, top))
    out: list[Touched] = []
    for root, project in sites.items():
        past = _past(project, (projects, before), TreeFiles(comparison.old, root), top, changes[root])
        if reported[root] or (past and (past.is_open or any(old != new for old, new in past.moved.items()))):
            out += _by_configuration(project, reported[root], past, projects)
    return out


def _keep_settings(changes: "Iterable[Change]") -> bool:
    """Whether no file came or went, and none that has other contents may hold settings."""
    return all(change.old == change.new and not _may_set(change.old or "") for change in changes)


def _may_set(path: str) -> bool:
    """Whether the file at `path` may hold settings."""
    name = path.rpartition("/")[2]
    return bool(name) and not (name.lower().endswith(_NO_SETTINGS) or is_markdown(name))


def _by_configuration(
    project: Project, reported: Sequence[discovery.Post], past: Past | None, projects: Projects
) -> Iterator[Touched]:
    """The site of `project`, once for each configuration that its posts have."""
    posts = {post.path: post for post in (*discovery.site(project, projects), *reported)}
    by_config: dict[str | None, list[discovery.Post]] = {}
    for post in posts.values():
        by_config.setdefault(post.project.config.file, []).append(post)
    by_config.setdefault(project.config.file, [])
    touched = {post.path for post in reported}
    moved = {path: _nearest(project, projects, path).config.file for path in (past.moved if past else ())}
    for file, own in by_config.items():
        paths = frozenset(post.path for post in own)
        elsewhere = frozenset(posts) - paths | {path for path, theirs in moved.items() if theirs != file}
        yield Touched(own[0].project if own else project, paths & touched, past, frozenset(posts), elsewhere)


def _nearest(project: Project, projects: Projects, path: str) -> Project:
    """The project of the file at `path` within the site of `project`."""
    return projects.of(os.path.dirname(os.path.join(project.root, path)))


def _in_repository(path: str, top: str) -> str:
    """The path on disk `path` as Git has it. Raises PostlintError for one outside of the repository."""
    folder = os.path.realpath(os.path.dirname(os.path.abspath(path)))
    below = os.path.relpath(os.path.join(folder, os.path.basename(os.path.abspath(path))), top).replace(os.sep, "/")
    if below.startswith("../"):
        raise PostlintError(f"{path}: is outside the Git repository {top}")
    return "" if below == "." else below


def _below(project: Project, top: str, path: str | None) -> str | None:
    if path is None:
        return None
    below = os.path.relpath(os.path.join(top, path), project.root).replace(os.sep, "/")
    return None if below.startswith("../") else below


def _past(
    project: Project, now_and_before: tuple[Projects, Projects], files: TreeFiles, top: str, changes: "Iterable[Change]"
) -> Past | None:
    now, before = now_and_before

    def below(projects: Projects, path: str | None) -> str | None:
        """The path within the site; None for a file of another site, or of none."""
        inside = _below(project, top, path)
        try:
            return inside if inside and _nearest(project, projects, inside).root == project.root else None
        except PostlintError:
            return inside  # errors in the earlier settings no longer matter

    moved: dict[str, str | None] = {}
    blobs: dict[str, str] = {}
    may_set = is_open = False
    for change in changes:
        old, new = below(before, change.old), below(now, change.new)
        for path in filter(None, (change.old, change.new)):
            is_open |= path.rpartition("/")[2] in redirects.FILES
            may_set |= _may_set(path)
        if old:
            moved[old] = new
            if change.blob:
                blobs[old] = change.blob
    if not may_set:
        return Past(None, files, moved, blobs, is_open)
    try:
        then = before.of(project.root)
    except PostlintError:
        return None  # errors in the earlier settings no longer matter
    if then.root != project.root or type(then.framework) is not type(project.framework):
        return None
    if _settings(then) == _settings(project):
        return Past(None, files, moved, blobs, is_open)
    posts = frozenset(post.path for post in discovery.site(then, before))
    return Past(then, files, moved, blobs, True, posts)


def _settings(project: Project) -> str | None:
    """A form of the settings that posts and addresses depend on, for comparison; None if they cannot be compared."""
    try:
        return identity.digest((project.framework, project.config.exclude, project.config.collections))[0]
    except identity.Unknown:
        return None


def judge(
    checker: Checker,
    outcomes: Mapping[str, Outcome],
    reported: frozenset[str],
    touched: Touched,
    outcomes_of: OutcomesOf,
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """The findings to report for a change: all findings in the `reported` posts, and in other posts those that it caused;
    and what site rules found in the `reported` posts, before anything was suppressed.

    `outcomes` are those of the whole site now; `outcomes_of` checks posts that were there before, given
    their paths and what is known of their contents."""
    project, past = checker.project, touched.past
    now, others, earlier = dict(outcomes), frozenset[str](), None
    found = [d for path in reported for d in now[path].diagnostics]
    known: set[tuple[str, str, int, int]] = set()
    if past is not None:
        old, old_checker = _outcomes_before(checker, outcomes, past, outcomes_of)
        both = frozenset(old) & frozenset(now)
        earlier = [
            (outcome.facts, past.moved.get(path, path))
            for path, outcome in old.items()
            if outcome.facts and (past.project or path in past.moved)
        ]
        kept_apart = reported | touched.elsewhere
        unchanged = [path for path in both if path not in past.moved and path not in kept_apart]
        others = _that_may_break(past, earlier, now, unchanged)
        for path in others:
            # For a post that is not reported on, only what others need is kept.
            data = project.files.read_post(path)
            now[path] = checker.check(path, data)
            old[path] = old_checker.check(path, data) if past.project else now[path]
        if others:
            before = old_checker.check_site(list(old.values()), past.files, True, others)
            known = {(d.path, d.rule, d.start.offset, d.end.offset) for d in before}
    gone = frozenset(path for path in (past.moved if past else ()) if path not in now) - touched.elsewhere
    sited = checker.check_site(list(now.values()), project.files, True, reported | others | gone, earlier)
    caused = {rule.name for rule in _reporting_in_unchanged_posts(checker)}
    broken = [
        d._replace(message=f"{d.message} (broken by this change)")
        for d in sited
        if d.path in others and d.rule in caused and (d.path, d.rule, d.start.offset, d.end.offset) not in known
    ]
    found += [d for d in sited if d.path not in others] + broken
    said = checker.unsuppressed(checker.drop_restated(found), list(now.values()), True)
    kept = set(broken)
    shown = [d for d in said if d.path in reported or d.path in gone or d in kept]
    return shown, [d for d in sited if d.path in reported]


def _reporting_in_unchanged_posts(checker: Checker) -> list[Rule]:
    return [rule for rule in checker.all_rules if isinstance(rule, SiteRule) and rule.reports_in_unchanged_posts]


def _outcomes_before(
    checker: Checker,
    outcomes: Mapping[str, Outcome],
    past: Past,
    outcomes_of: OutcomesOf,
) -> tuple[dict[str, Outcome], Checker]:
    """The outcomes of all posts before the change, and the checker that made them."""
    project = (past.project or checker.project)._replace(files=past.files)
    old_checker = Checker(project, _reporting_in_unchanged_posts(checker))
    if past.project:
        return outcomes_of(old_checker, sorted(past.all_posts), {}), old_checker
    new = {path for path in past.moved.values() if path is not None}
    there = ((path, past.blobs.get(path)) for path in past.moved if discovery.is_post(discovery.Post(project, path)))
    changed = {path: data for path, blob in there if blob and (data := past.files.content(blob)) is not None}
    unchanged = {path: outcome for path, outcome in outcomes.items() if path not in new and path not in past.moved}
    return {**unchanged, **outcomes_of(old_checker, list(changed), changed)}, old_checker


def _that_may_break(
    past: Past,
    earlier: "Sequence[tuple[Facts, str | None]]",
    now: Mapping[str, Outcome],
    unchanged: Sequence[str],
) -> frozenset[str]:
    """Those of the posts at `unchanged` paths that name something which the change took away or renamed."""
    if past.is_open:
        return frozenset(unchanged)
    paths, words = {path for path, new in past.moved.items() if new != path}, set[str]()
    for old, path in earlier:
        new = now.get(path or "")
        if new and new.facts and _seen_from_elsewhere(new.facts) == _seen_from_elsewhere(old):
            continue
        paths.add(old.path)
        words.update(_name(address) for address in (*(old.address.addresses or ()), *old.address.aliases))
    words.discard("")
    if not paths and not words:
        return frozenset()
    words |= {word.removesuffix(".html") for word in words} | {f"{word}.html" for word in words}
    paths, words = {json.dumps(path)[1:-1] for path in paths}, words | {json.dumps(word)[1:-1] for word in words}
    return frozenset(path for path in unchanged if (facts := now[path].facts) and facts.mentions(paths, words))


def _seen_from_elsewhere(facts: "Facts") -> tuple[object, ...]:
    return facts.address, tuple(facts.ids), facts.headings and tuple(facts.headings)


def _name(path: str) -> str:
    """The last part of an address that says something."""
    parts = [part for part in path.split("/") if part and not part.startswith("index.")]
    return parts[-1] if parts else ""
