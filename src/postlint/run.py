"""A whole run: posts → outcomes, in this process or others → site rules → fixes → a report."""

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from postlint import engine
from postlint.diagnostics import Diagnostic, order
from postlint.discovery import Post
from postlint.files import Files
from postlint.project import Project
from postlint.repairs import Repairs
from postlint.report import Report

if TYPE_CHECKING:
    from concurrent.futures import Executor

FEW = 150
"""With fewer posts than this, one process is faster than several."""
_CHUNK = 100
Progress = Callable[[int, int], None]


class Work(NamedTuple):
    """The posts of one project. `contents` holds the bytes of those that are not read from disk; `files` is None
    where there is no file system to ask; `wanted` the paths to report on, None for all."""

    project: Project
    paths: Sequence[str]
    contents: dict[str, bytes]
    files: Files | None
    complete: bool
    wanted: frozenset[str] | None = None


def on_disk(
    posts: Iterable[Post], complete: bool, contents: Mapping[str, bytes] | None = None, index: bool = False
) -> list[Work]:
    """Work for posts that lie on disk; `contents` for those whose text is given, by their path on disk. With `index`
    the whole site of every post is looked at, and the report is about the given ones."""
    from postlint.discovery import site

    # A site may have several configurations, each for the posts below its own folder.
    by_project: dict[tuple[str, str | None], list[Post]] = defaultdict(list)
    for post in posts:
        by_project[post.project.root, post.project.config.file].append(post)
    works = []
    for (root, _), group in by_project.items():
        project = group[0].project
        given = [post.path for post in group]
        paths = given
        if index:
            paths = sorted({post.path for post in site(project)} | set(given))
        held = {post.path: contents[post.full] for post in group if post.full in contents} if contents else {}
        wanted = frozenset(given) if index else None
        works.append(Work(project, paths, held, Files(root), complete or index, wanted))
    return works


def run(
    works: Sequence[Work],
    executor: "Executor | None" = None,
    progress: Progress | None = None,
    fix: bool = False,
    unsafe: bool = False,
) -> Report:
    """Check everything in `works`; with `fix`, also compute the repaired texts (nothing is written here).

    Raises PostlintError for broken settings or schemas.
    """
    total = sum(len(work.paths) for work in works)
    done = 0
    found: list[Diagnostic] = []
    fixed: list[Diagnostic] = []
    texts: dict[str, tuple[str, str]] = {}
    contents: dict[str, bytes] = {}
    for work in works:
        outcomes = {}
        checker = engine.Checker(work.project)
        for chunk in _check(work, checker, executor):
            for outcome in chunk:
                outcomes[outcome.path] = outcome
            done += len(chunk)
            if progress:
                progress(done, total)
        here = Repairs(checker, outcomes, work.contents, work.files, work.complete, work.wanted)
        if fix:
            here.make(unsafe)
        shown = _Shown(work.project.root)
        found += map(shown, here.diagnostics())
        fixed += map(shown, here.fixed)
        texts.update({shown.path(path): pair for path, pair in here.texts().items()})
        contents.update({shown.path(path): data for path, data in work.contents.items()})
    files = sum(len(work.wanted if work.wanted is not None else work.paths) for work in works)
    return Report(order(found), files, order(fixed), texts, contents)


def _check(work: Work, checker: engine.Checker, executor: "Executor | None") -> Iterator[list[engine.Outcome]]:
    posts = [(path, work.contents.get(path)) for path in work.paths]
    chunks = [posts[at : at + _CHUNK] for at in range(0, len(posts), _CHUNK)]
    if executor is None:
        yield from (engine.check_some(checker, chunk) for chunk in chunks)
        return
    import pickle

    from postlint import transport

    pickled, this_run = pickle.dumps(work.project), time.monotonic_ns()
    for answers in executor.map(transport.check, [pickled] * len(chunks), chunks, [this_run] * len(chunks)):
        yield [transport.decode(*answer) for answer in answers]


class _Shown:
    """Diagnostics with paths as users see them: relative to the working directory when below it, else absolute."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._here = os.path.join(os.getcwd(), "")

    def path(self, path: str) -> str:
        if not self._root:
            return path
        return os.path.join(self._root, path).removeprefix(self._here).replace(os.sep, "/")

    def __call__(self, diagnostic: Diagnostic) -> Diagnostic:
        return diagnostic._replace(path=self.path(diagnostic.path))
