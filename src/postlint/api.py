"""The library's functions: each is a few calls of the engine."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from postlint.checking import run
from postlint.checking.pool import Pool
from postlint.checking.repairs import Changes
from postlint.diagnostics import Diagnostic
from postlint.files.files import MemoryFiles
from postlint.files.spooled import Spooled
from postlint.projects import discovery
from postlint.projects.project import Projects, in_memory
from postlint.reporting.report import Report
from postlint.settings import Config
from postlint.text import Text

if TYPE_CHECKING:
    from concurrent.futures import Executor


class FixResult(NamedTuple):
    """A text after its fixes: which findings were fixed, and which remain in the new text."""

    text: str
    fixed: list[Diagnostic]
    remaining: list[Diagnostic]


def check_text(text: str, path: str = "post.md", config: Config | None = None) -> list[Diagnostic]:
    """The findings in one post, sorted. Looks at no file: `path` only names the post.

    Raises PostlintError for a broken configuration or schema.
    """
    return _one(text, path, config, fix=False).diagnostics


def fix_text(text: str, path: str = "post.md", config: Config | None = None, unsafe: bool = False) -> FixResult:
    """The text after all safe fixes, and with `unsafe` also after the others. Raises PostlintError as `check_text` does."""
    report = _one(text, path, config, fix=True, unsafe=unsafe)
    return FixResult(report.texts.get(path, (text, text))[1], report.fixed, report.diagnostics)


def check_documents(
    pairs: Iterable[tuple[str, bytes]],
    config: Config | None = None,
    executor: "Executor | None" = None,
    files: Mapping[str, bytes] | None = None,
    describe: bool = False,
) -> Report:
    """Check posts that are not on disk: (path, content) pairs, treated as one site. Paths are relative to it.

    `files` are the site's other files by path (settings, images; the content of an image may be empty). Without them
    the framework is `config.framework`, and images are not checked. `executor` is any concurrent.futures.Executor. With
    `describe`, the report's `sites` say what was checked.

    A generator is read once, into a temporary file, and its posts are never all in memory. Raises PostlintError if a worker
    of the executor runs another version of postlint or Python, OSError if there is no space for the temporary file.
    """
    if isinstance(pairs, Iterator):
        with Spooled(pairs) as spooled:
            return _documents(spooled, config, executor, files, describe)
    return _documents(dict(pairs), config, executor, files, describe)


def _documents(
    contents: Mapping[str, bytes],
    config: Config | None,
    executor: "Executor | None",
    files: Mapping[str, bytes] | None,
    describe: bool,
) -> Report:
    held = MemoryFiles({**dict.fromkeys(contents, b""), **files}) if files is not None else None
    project = in_memory(config, contents, files or {})
    work = run.Work(project, sorted(contents), contents, held, complete=True)
    return run.run([work], Pool(1, executor), describe=describe)


def check_paths(
    paths: Sequence[str | os.PathLike[str]],
    config: Config | None = None,
    jobs: int | None = None,
    executor: "Executor | None" = None,
    describe: bool = False,
) -> Report:
    """Check files and folders, as `postlint check PATH…` does. No path: the posts of the site in the working directory.

    `config` replaces the files that would be found. `jobs` processes are started, as many as are useful for None,
    unless an `executor` is given. With `describe`, the report's `sites` say what was checked. Raises PostlintError for a
    path that is not there and for broken settings.
    """
    projects = Projects(config)
    given = [os.fspath(path) for path in paths]
    posts = discovery.given(given, projects) if given else discovery.here(os.getcwd(), projects)
    posts = [post for post in posts if not discovery.is_other_file(post)]
    works = run.on_disk(posts, projects, complete=not any(os.path.isfile(path) for path in given))
    with Pool(jobs, executor) as pool:
        return run.run(works, pool, describe=describe)


def _one(text: str, path: str, config: Config | None, fix: bool, unsafe: bool = False) -> Report:
    project = in_memory(config, [path], {})
    work = run.Work(project, [path], {path: Text(text).to_bytes()}, None, complete=False)
    return run.run([work], changes=Changes(fix=True, unsafe=unsafe) if fix else None)
