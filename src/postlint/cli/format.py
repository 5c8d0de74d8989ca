"""`postlint format`: runs mdformat on the bodies of posts if that does not change the page."""

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import NamedTuple, TextIO

from postlint.checking.checker import Checker
from postlint.checking.pool import Pool
from postlint.checking.run import UserPaths
from postlint.cli import inputs
from postlint.cli.arguments import Parser
from postlint.cli.diff import show
from postlint.cli.progress import progress
from postlint.files import reading, writing
from postlint.formatting import formatted
from postlint.formatting.options import Options
from postlint.formatting.options import options as format_options
from postlint.projects.discovery import Post
from postlint.projects.project import Projects
from postlint.reporters import count, visible
from postlint.text import Text

_CHUNK = 10
_FEW = 15
"""With fewer posts than this, one process is faster than several."""


class _Result(NamedTuple):
    """One post: `after` is its new text, None if it stays the same; `reason` is why it was skipped, None if it was not."""

    path: str
    before: str
    after: str | None
    reason: str | None


def main(arguments: list[str]) -> int:
    options = _parser().read(arguments)
    projects = Projects(
        file=options.config, isolated=options.isolated, change=lambda config: inputs.with_framework(config, options)
    )
    posts, contents = inputs.posts(options, projects)
    results = _results(posts, contents, options.quiet)
    only_told = options.check or options.diff
    if options.diff:
        show({result.path: (result.before, result.after) for result in results if result.after is not None})
    elif contents and not options.check:
        (result,) = results
        sys.stdout.buffer.write(Text(result.before if result.after is None else result.after).to_bytes())
        sys.stdout.flush()
    elif not options.check:
        results = [_write(result) for result in results]
    if not options.quiet:
        _say(results, sys.stderr if contents or options.diff else sys.stdout, only_told)
    return int(only_told and any(result.after is not None for result in results))


def _parser() -> Parser:
    parser = Parser(
        "format", "Format the bodies of posts with mdformat. Without PATH, format the posts of the site in this folder."
    )
    add = parser.add_argument
    inputs.add_options(parser, isolated="read no settings and use no mdformat plugins")
    add(
        "--check", action="store_true", help="change nothing; exit with status 1 if a post would be written differently"
    )
    add("--diff", action="store_true", help="like --check, and print what would change")
    add("--quiet", "-q", action="store_true", help="print only the diff")
    return parser


def _results(posts: Sequence[Post], contents: Mapping[str, bytes], quiet: bool) -> list[_Result]:
    results: list[_Result] = []
    with Pool(few=_FEW) as pool, progress(len(posts), quiet) as bar:
        executor = pool.executor(len(posts))
        chunks = [posts[at : at + _CHUNK] for at in range(0, len(posts), _CHUNK)]
        for made in (executor.map if executor else map)(_some, chunks, repeat(contents)):
            results += made
            if bar:
                bar(len(results), len(posts))
    return results


def _some(posts: Sequence[Post], contents: Mapping[str, bytes]) -> list[_Result]:
    checkers: dict[int, tuple[Checker, Options, UserPaths]] = {}
    results = []
    for post in posts:
        project = post.project
        if id(project) not in checkers:
            checkers[id(project)] = Checker(project, []), format_options(project.config), UserPaths(project.root)
        results.append(_one(post, contents.get(post.full), *checkers[id(project)]))
    return results


def _one(post: Post, data: bytes | None, checker: Checker, options: Options, shown: UserPaths) -> _Result:
    """The post as it would be written; `data` is its text if that is not on disk."""
    path = shown.path(post.path)
    try:
        document = checker.document(post.path, reading.read(post.full) if data is None else data)
    except reading.Unreadable as error:
        return _Result(path, "", None, str(error))
    text, start = document.text.value, document.front_matter.body
    made = formatted(document, options)
    if made.body is None:
        return _Result(path, text, None, made.reason)
    if data is None and (obstacle := writing.obstacle(post.full)):
        return _Result(path, text, None, obstacle)
    return _Result(path, text, text[:start] + made.body, made.reason)


def _write(result: _Result) -> _Result:
    if result.after is not None:
        try:
            writing.replace(result.path, Text(result.after).to_bytes(), Text(result.before).to_bytes())
        except writing.Changed as error:
            return result._replace(after=None, reason=str(error))
    return result


def _say(results: Sequence[_Result], stream: TextIO, only_told: bool) -> None:
    for result in results:
        if result.after is not None:
            stream.write(f"{visible(result.path)}: {'would be ' if only_told else ''}formatted\n")
        elif result.reason:
            stream.write(f"{visible(result.path)}: skipped: {visible(result.reason)}\n")
    made = sum(result.after is not None for result in results)
    skipped = Counter(result.reason for result in results if result.reason)
    said = [f"{count(made, 'post')} {'would be formatted' if only_told else 'formatted'}"]
    if left := len(results) - made - skipped.total():
        said.append(f"{left} already formatted")
    if skipped:
        reasons = ", ".join(f"{number} × {reason}" for reason, number in skipped.most_common())
        said.append(f"{skipped.total()} skipped ({visible(reasons)})")
    stream.write(", ".join(said) + ".\n")
