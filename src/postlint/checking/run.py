"""A whole run: posts → outcomes, in this process or others → site rules → fixes → a report."""

import os
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from postlint.checking.checker import Checker, Outcome, check_some
from postlint.checking.pool import Pool
from postlint.checking.repairs import Changes, Repairs
from postlint.diagnostics import CONFIGURATION_UNMATCHED, Diagnostic, Skipped, order
from postlint.files import looks, reading
from postlint.files.files import Files
from postlint.projects.discovery import Post
from postlint.projects.project import Project, Projects
from postlint.reporting.report import Report
from postlint.text import Text

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from postlint.checking.cache import Cache
    from postlint.checking.change import Touched
    from postlint.checking.transport import Answer

_CHUNK = 100
_WAITING = 64
"""So many chunks are given to an executor before the result of the first is awaited, which bounds the memory for them."""
_KNOWN = 10
"""So many posts can be read from the cache in the time that one takes to check."""
FEW = 150
"""With fewer posts than this, checking them takes hardly longer than reading a cache."""
Item = TypeVar("Item")
Answered = TypeVar("Answered")
Progress = Callable[[int, int], None]


class Work(NamedTuple):
    """The posts of one project. `contents` holds the bytes of those that are not read from disk; `files` is None
    if there is no file system. `reported` are the paths to report on, None for all. `touched` is the change to check, None
    to check the current state. With `judges_settings`, what is wrong with the configuration is reported, too."""

    project: Project
    paths: Sequence[str]
    contents: Mapping[str, bytes]
    files: Files | None
    complete: bool
    reported: frozenset[str] | None = None
    touched: "Touched | None" = None
    judges_settings: bool = False


def of_change(sites: "Iterable[Touched]") -> list[Work]:
    """Work for the sites that a change is about, which are looked at as a whole."""
    works = []
    for touched in sites:
        project, reported = touched.project, touched.posts
        paths = sorted(touched.all_posts | reported)
        works.append(Work(project, paths, {}, project.files, True, reported, touched))
    return works


def on_disk(
    posts: Iterable[Post],
    projects: Projects,
    complete: bool,
    contents: Mapping[str, bytes] | None = None,
    index: bool = False,
) -> list[Work]:
    """Work for posts on disk; `contents` holds given texts by their path on disk. With `index`, the whole site of every post
    is read, if a site was detected, and the report is about the given posts only."""
    from postlint.projects.discovery import site

    # A site may have several configurations, each for the posts below its own folder.
    by_project: dict[tuple[str, str | None], list[Post]] = defaultdict(list)
    for post in posts:
        by_project[post.project.root, post.project.config.file].append(post)
    by_root: dict[str, set[str]] = defaultdict(set)
    for group in by_project.values():
        by_root[group[0].project.root].update(post.path for post in group)
    works = []
    for group in by_project.values():
        project = group[0].project
        given = frozenset(post.path for post in group)
        paths = by_root[project.root]
        with_site = index and project.is_marked
        if with_site:
            paths = {post.path for post in site(project, projects)} | paths
        held = {post.path: contents[post.full] for post in group if post.full in contents} if contents else {}
        reported = given if with_site or len(paths) > len(given) else None
        whole = complete or with_site
        works.append(Work(project, sorted(paths), held, project.files, whole, reported, None, complete and not index))
    return works


def run(
    works: Sequence[Work],
    pool: Pool | None = None,
    progress: Progress | None = None,
    changes: Changes | None = None,
    caches: "Callable[[Checker], Cache | None] | None" = None,
    about: str | None = None,
    checkers: Callable[[Project], Checker] = Checker,
    describe: bool = False,
    witness: Callable[[Work, Repairs], None] = lambda work, here: None,
) -> Report:
    """Check everything in `works`; with `changes`, also compute the texts after these. Nothing is written here.

    `checkers` makes the checker of a site, `caches` opens its cache, which is used if there are many posts. `about`
    names the change if `works` are one. With `describe`, the report says what the sites are; `witness` gets what was found
    out about each. Raises PostlintError for broken settings or schemas.
    """
    description = None
    if describe:
        from postlint.checking.describing import Description

        description = Description()
    total = sum(len(work.paths) for work in works)
    done = suppressed = 0
    found: list[Diagnostic] = []
    fixed: list[Diagnostic] = []
    posts: list[str] = []
    texts: dict[str, tuple[str, str]] = {}
    contents: dict[str, bytes] = {}
    judged: set[str | None] = {None}
    skipped: list[tuple[Project, Sequence[Skipped]]] = []
    for work in works:
        checker = checkers(work.project)
        cache = caches(checker) if caches and len(work.paths) >= FEW else None

        def advance(number: int, before: int = done) -> None:
            if progress:
                progress(before + number, total)

        try:
            here, diagnostics = check_site_work(work, checker, pool or Pool(1), cache, advance, changes)
        except Exception:
            if cache is None or not cache.was_used:
                raise
            # A cache that somebody else wrote may contain anything; a real error occurs again without it.
            here, diagnostics = check_site_work(work, checker, pool or Pool(1), None, advance, changes)
        witness(work, here)
        done += len(work.paths)
        suppressed += here.suppressed
        skipped.append((work.project, checker.skipped if work.touched else here.skipped))
        displayed = UserPaths(work.project.root)
        posts += map(displayed.path, work.paths if work.reported is None else work.reported)
        found += map(displayed, diagnostics)
        fixed += map(displayed, here.fixed)
        texts.update({displayed.path(path): pair for path, pair in here.texts().items()})
        # Contents that are not in memory are only read again for the posts that there is something to show of.
        held = (
            work.contents if isinstance(work.contents, dict) else {d.path for d in diagnostics} & work.contents.keys()
        )
        contents.update({displayed.path(path): work.contents[path] for path in held})
        if description is not None:
            files = work.project.files if work.touched else work.files
            description.add(work.project, files, here.posts(), diagnostics, displayed.path)
        if work.touched:
            contents.update(_read(work.project.files, {d.path for d in diagnostics}, displayed))
        if work.judges_settings and work.project.config.file not in judged:
            judged.add(work.project.config.file)
            found += _about_settings(checker)
    return Report(
        order(found),
        len(posts),
        order(fixed),
        texts,
        contents,
        suppressed,
        about,
        _in_all(skipped),
        sorted(posts),
        description.sites if description else (),
        description.images if description else None,
    )


def _in_all(skipped: Sequence[tuple[Project, Sequence[Skipped]]]) -> list[Skipped]:
    """What was skipped in each site; if there are several, with their names."""
    several = len({project.root for project, _ in skipped}) > 1
    counts: dict[Skipped, int] = {}
    for project, each in skipped:
        site = f" of {UserPaths(project.root).path('').rstrip('/') or '.'}" if several else ""
        for one in each:
            same = one._replace(what=one.what + site, number=0)
            counts[same] = counts.get(same, 0) + one.number
    return sorted(
        (one._replace(number=number) for one, number in counts.items()), key=lambda one: (-one.number, one.what)
    )


def _about_settings(checker: Checker) -> Iterator[Diagnostic]:
    """What is wrong with the site's configuration, with the path of its file as users see it."""
    from postlint.checking.settings_use import unmatched, without_data

    config = checker.project.config
    rule = next((rule for rule in checker.rules if rule.name == CONFIGURATION_UNMATCHED), None)
    if rule is None or config.file is None or config.root is None:
        return
    severity = checker.selected("").severity.get(rule.name) or rule.severity
    path = UserPaths(config.root).path(os.path.basename(config.file))
    project = checker.project
    idle = unmatched(config, project.files.at(config.root))
    without = without_data(config, checker.references(), project.framework, project.files)
    for key, origin, message in (*idle, *without):
        try:
            text = Text.from_bytes(reading.read(config.file))
            start = text.line_starts[origin.line - 1] + origin.column - 1
        except (reading.Unreadable, IndexError):
            return  # it was changed during the check
        places = text.place(start), text.place(start + len(key))
        yield Diagnostic(path, rule.name, severity, message, *places, url=rule.url)


def check_site_work(
    work: Work,
    checker: Checker,
    pool: Pool,
    cache: "Cache | None",
    advance: Callable[[int], None],
    changes: Changes | None,
) -> tuple[Repairs, list[Diagnostic]]:
    """Check one site; `advance` gets the number of finished posts."""
    outcomes: dict[str, Outcome] = {}
    for chunk in outcomes_of_work(work, checker, pool, cache):
        outcomes.update({outcome.path: outcome for outcome in chunk})
        advance(len(outcomes))
    # In the order of paths, whichever was known before.
    outcomes = {path: outcomes[path] for path in work.paths}
    here = Repairs(checker, outcomes, work.contents, work.files, work.complete, work.reported)
    if work.touched:
        from postlint.checking import change

        def outcomes_of(then: Checker, paths: Sequence[str], contents: dict[str, bytes]) -> dict[str, Outcome]:
            old = Work(then.project, paths, contents, then.project.files, True)
            return {outcome.path: outcome for chunk in outcomes_of_work(old, then, pool, None) for outcome in chunk}

        found, here.of_site = change.judge(checker, outcomes, work.reported or frozenset(), work.touched, outcomes_of)
        return here, found
    if changes:
        here.make(changes)
    return here, here.diagnostics()


def outcomes_of_work(
    work: Work, checker: Checker, pool: Pool, cache: "Cache | None", size: int = _CHUNK
) -> Iterator[list[Outcome]]:
    """The outcomes of all posts, in any order, in chunks of at most `size` posts that have to be checked."""
    if cache:
        yield from _kept(work, checker, pool, cache, size)
        return
    executor = pool.executor(len(work.paths))
    paths = [*_chunks(_versions_together(work.paths), size if executor is None else _CHUNK)]
    posts = ([(path, work.contents.get(path)) for path in chunk] for chunk in paths)
    if executor is None:
        yield from (check_some(checker, chunk) for chunk in posts)
        return
    from postlint.checking import transport

    there = _elsewhere(transport.outcomes_there, checker, posts, executor)
    yield from map(transport.unpack, there, paths)


def _from_the_end(path: str) -> list[str]:
    return path.split("/")[::-1]


def _versions_together(paths: Sequence[str]) -> list[str]:
    """`paths` in an order in which pages of the same name in the folders of several versions or languages, which often have
    the same text, stand side by side."""
    return sorted(paths, key=_from_the_end)


def _kept(work: Work, checker: Checker, pool: Pool, cache: "Cache", size: int) -> Iterator[list[Outcome]]:
    """The same with a cache, which stores new outcomes."""
    from postlint.checking import transport
    from postlint.checking.cache import state_of

    files, reported = work.project.files, work.reported
    known, tasks = [], []
    for path in work.paths:
        if path in work.contents:
            tasks.append(transport.Task(path, work.contents[path]))
            continue
        full = os.path.join(files.root, path)
        blob = files.blob(path)
        if blob is None:
            looks.post(full)
        if (reported is None or path in reported) and checker.looks_elsewhere(path):
            tasks.append(transport.Task(path, None))
        elif text := cache.text(path, blob=blob) if blob else cache.text(path, state=state_of(full)):
            known.append(transport.decode(text, None, reported is None or path in reported))
            if len(known) >= _KNOWN * size:
                yield known
                known = []
        else:
            tasks.append(transport.Task(path, None, cache.blob(path)))
    yield known
    tasks.sort(key=lambda task: _from_the_end(task.path))
    executor = pool.executor(len(tasks))
    asked: dict[str, str] = {}
    there: Iterable[tuple[list[Answer], dict[str, str], looks.Looks]]
    if executor is None:
        there = ((transport.check(checker, chunk, work.files), {}, looks.Looks()) for chunk in _chunks(tasks, size))
    else:
        there = _elsewhere(transport.check_there, checker, _chunks(tasks), executor)
    at = 0
    for answers, more, noted in there:
        asked.update(more)
        looks.add(noted)
        outcomes = []
        for task, answer in zip(tasks[at : at + len(answers)], answers, strict=True):
            text = answer.text or cache.text(task.path, blob=answer.blob) or ""
            if answer.blob:
                cache.add(task.path, answer.state, answer.blob, text)
            outcomes.append(transport.decode(text, answer.missing_images, reported is None or task.path in reported))
        at += len(answers)
        yield outcomes
    cache.save(asked, work.paths if work.complete else None)


def _elsewhere(
    work: Callable[[bytes, Sequence[Item], int], Answered],
    checker: Checker,
    chunks: Iterable[Sequence[Item]],
    executor: "Executor",
) -> Iterator[Answered]:
    """The results of `work` for each chunk, in a worker, in order. Whoever stops early leaves no chunk waiting."""
    from postlint.checking import transport

    packed, this_run = transport.pack_project(checker.project), time.monotonic_ns()
    waiting: deque[Future[Answered]] = deque()
    try:
        for chunk in chunks:
            waiting.append(executor.submit(work, packed, chunk, this_run))
            if len(waiting) >= _WAITING:
                yield waiting[0].result()
                waiting.popleft()
        while waiting:
            yield waiting[0].result()
            waiting.popleft()
    finally:
        for future in waiting:
            future.cancel()


def _read(files: Files, paths: Iterable[str], displayed: "UserPaths") -> Iterator[tuple[str, bytes]]:
    for path in paths:
        try:
            yield displayed.path(path), files.read_post(path)
        except reading.Unreadable:
            continue


def _chunks(items: Sequence[Item], size: int = _CHUNK) -> Iterator[Sequence[Item]]:
    return (items[at : at + size] for at in range(0, len(items), size))


class UserPaths:
    """Diagnostics with paths as users see them: relative to the working directory when below it, else absolute."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._here = os.path.join(os.getcwd(), "")

    def path(self, path: str) -> str:
        if not self._root:
            return path
        shown = os.path.join(self._root, path).removeprefix(self._here).replace(os.sep, "/")
        # A line that begins with `::` is a command to GitHub Actions.
        return f"./{shown}" if shown[:1] == ":" else shown

    def __call__(self, diagnostic: Diagnostic) -> Diagnostic:
        group = diagnostic.group
        # Two sites never share a decision.
        whole = None if group is None else self.path("") + group
        return diagnostic._replace(path=self.path(diagnostic.path), group=whole)
