"""`postlint check`: what hooks and CI run."""

import argparse
import os
import sys
from typing import TYPE_CHECKING

from postlint import reporters
from postlint.cli import changes, inputs, output
from postlint.cli.arguments import Parser
from postlint.diagnostics import FILE_NOT_FIXED
from postlint.errors import PostlintError
from postlint.files.files import Files
from postlint.reporting.report import Report

# What checks posts is imported where it is used: a run in which nothing changed needs none of it.
if TYPE_CHECKING:
    from collections.abc import Callable

    from postlint.checking.cache import Cache
    from postlint.checking.checker import Checker
    from postlint.checking.run import Work
    from postlint.checking.stored_report import Found, Stored
    from postlint.cli.kept import Kept
    from postlint.cli.verbose import Clock
    from postlint.files.git import Comparison
    from postlint.projects.project import Projects
    from postlint.settings import Config


def main(arguments: list[str]) -> int:
    options = _parser().read(arguments)
    output.targets(options)  # report invalid targets before any work is done
    if misuse := _misused(options):
        raise PostlintError(misuse)
    if options.watch:
        from postlint.cli import watch

        return watch.watch(arguments, options)
    comparisons = changes.asked(options)
    if comparisons is not None:
        return max((_judge(comparison, options) for comparison in comparisons), default=0)
    from postlint.cli import kept

    kept_run = kept.open_for(options)
    if kept_run is None:
        return _check(options)
    if found := kept_run.find():
        stored = found.stored if not found.changed else _renewed(found, kept_run, options)
        if stored:
            return _finish(stored.report, options, stored.complete)
    with kept_run:
        return _check(options, kept_run)


def _renewed(found: "Found", kept: "Kept", options: argparse.Namespace) -> "Stored | None":
    """A report of an earlier run as it is now, if only a few posts changed, and in no way that others can see."""
    with kept:
        return kept.renewed(found, _projects(options))


def _check(options: argparse.Namespace, kept: "Kept | None" = None) -> int:
    """Check posts on disk, or one from standard input."""
    from postlint.checking import run
    from postlint.projects import discovery

    clock = _clock(options)
    projects = _projects(options)
    posts, contents = inputs.posts(options, projects, may_be_empty=options.index_site)
    if options.index_site:
        # Hooks name every Markdown file of a commit; a README among them is not a post.
        posts = [post for post in posts if discovery.is_post(post, any_ending=True)]
        around = {post.project.root: post.project for post in posts}
        around = {root: one for root, one in around.items() if discovery.is_around_sites(one, projects)}
        posts = [post for post in posts if post.project.root not in around]
    given = options.paths if options.index_site else [p for p in options.paths if not os.path.isdir(p)]
    # Text from standard input stands for a whole file of its site, so it is checked together with the other posts.
    index = options.index_site or (bool(options.stdin_filename) and discovery.is_post(posts[0], any_ending=True))
    works = run.on_disk(posts, projects, complete=not given, contents=contents, index=index)
    report = _run(works, options, clock, kept=kept)
    if options.diff:
        return _diff(report)
    if options.fix or options.add_suppressions:
        _write(report, options, contents)
    status = _finish(report, options, all(work.complete for work in works), contents)
    if given and not (index or options.quiet or contents):
        sys.stdout.flush()
        _say_what_was_not_looked_for(works)
    return status


def _finish(
    report: Report, options: argparse.Namespace, complete: bool, contents: "dict[str, bytes] | None" = None
) -> int:
    """Show `report`, apart from the findings of a baseline. Returns the exit status."""
    if options.baseline or options.write_baseline:
        from postlint.cli import baseline

        baseline.apply(report, options, complete)
    output.show(report, options, beside=bool(contents) and (options.fix or options.add_suppressions))
    return _status(report, options)


def _say_what_was_not_looked_for(works: "list[Work]") -> None:
    """One line on the rules that find nothing in posts without their site."""
    from postlint.catalog import selection
    from postlint.rule import SiteRule

    sites = [work.project for work in works if work.project.evidence or work.project.config.collections]
    families: dict[str, dict[str, bool]] = {}
    for rule in (rule for project in sites for rule in selection.active(project.config)):
        needs = isinstance(rule, SiteRule) and rule.needs_other_posts
        families.setdefault(rule.family, {})[rule.name] = needs
    names: list[str] = []
    for family, rules in families.items():
        named = [name for name, needs in rules.items() if needs]
        names += [family] if len(named) == len(rules) > 1 else named
    if names:
        print(
            "postlint: the files were checked without the rest of their site, which these rules need: "
            f"{', '.join(sorted(names))}; "
            "--index-site reads it",
            file=sys.stderr,
        )


def _clock(options: argparse.Namespace) -> "Clock | None":
    if not options.verbose:
        return None
    from postlint.cli.verbose import Clock

    return Clock()


def _misused(options: argparse.Namespace) -> str | None:
    """The error for an option that needs or excludes another one."""
    if options.reason is not None and not options.add_suppressions:
        return "--reason only applies to --add-suppressions"
    if options.baseline and options.write_baseline:
        return "--write-baseline also reads the old baseline; leave out --baseline"
    if options.force and not options.write_baseline:
        return "--force only applies to --write-baseline"
    if options.reason is not None and ("\n" in options.reason or "--" in options.reason or "*/" in options.reason):
        return "--reason must fit into a one-line comment, without `--` and `*/`"
    if options.watch:
        from postlint.cli import watch

        return watch.misused(options)
    return None


_EXAMPLES = {
    "postlint check --diff src/content/blog": "show what --fix would change in these posts",
    "postlint check --since origin/main --fail-on warning": "check what a branch has changed, strictly",
}


def _parser() -> Parser:
    parser = Parser(
        "check", "Find mistakes in posts. Without PATH, check the posts of the site in this folder.", _EXAMPLES
    )
    settings = parser.group("which settings")
    inputs.add_options(parser, "read no settings and run no user code", settings)
    parser.add_argument(
        "--index-site", action="store_true", help="read the whole site, but report on PATH only; for hooks"
    )
    settings.add_argument("--publish", action="store_true", help="check drafts as if they were published")
    settings.add_argument("--preview", action="store_true", help="also run rules that are new and may still change")
    changes.add_options(parser.group("what changed, as Git has it"))
    _add_rules(parser.group("which rules").add_argument)
    _add_fixes(parser.group("fixes").add_argument)
    _add_baseline(parser.group("old findings").add_argument)
    printed = parser.group("what is printed")
    printed.add_argument(
        "--fail-on",
        choices=("error", "warning", "never"),
        default="error",
        help="the lowest severity that makes the exit status 1 (default: error)",
    )
    output.add_options(printed)
    printed.add_argument(
        "--verbose",
        action="store_true",
        help="print what was detected, and how long each part took; uses one process and no cache",
    )
    add = parser.group("how it runs").add_argument
    add("--watch", action="store_true", help="check again whenever something changes, until you press Ctrl-C")
    add("--jobs", type=_jobs, metavar="N", help="number of processes (default: as many as are useful)")
    add("--no-cache", action="store_true", help="do not use or keep results of other runs")
    add("--cache-dir", metavar="DIR", help="where to keep results between runs (default: .postlint_cache in the site)")
    return parser


def _add_rules(add: "Callable[..., object]") -> None:
    for name, text in (
        ("select", "only these rules or families"),
        ("extend-select", "also these rules or families"),
        ("ignore", "not these rules or families"),
    ):
        add(f"--{name}", action="append", default=[], metavar="RULE,…", help=text)


def _add_fixes(add: "Callable[..., object]") -> None:
    add("--fix", action="store_true", help="apply safe fixes in place")
    add("--unsafe-fixes", action="store_true", help="with --fix or --diff: also apply the other fixes")
    add("--diff", action="store_true", help="print what --fix would change, but change nothing")


def _add_baseline(add: "Callable[..., object]") -> None:
    add("--add-suppressions", action="store_true", help="write a comment that suppresses each finding")
    add("--reason", metavar="TEXT", help="with --add-suppressions: the reason to write (default: TODO)")
    add("--baseline", metavar="FILE", help="show only findings that are not recorded in FILE")
    add(
        "--write-baseline",
        metavar="FILE",
        help="record the findings; if FILE exists, only remove those that no longer occur",
    )
    add("--force", action="store_true", help="with --write-baseline: also record new findings")


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of processes")
    return int(text)


def _changed(config: "Config", options: argparse.Namespace) -> "Config":
    """`config` with the options of the command line: `--select` replaces the selection, `--ignore` adds to it."""
    from postlint.catalog.selection import check_selector

    select, extend, ignore = (_names(words) for words in (options.select, options.extend_select, options.ignore))
    for name in (*select, *extend, *ignore):
        check_selector(name, () if config.isolated else config.plugins, config.root)
    if select:
        config = config._replace(select=select, extend_select=(), ignore=())
    config = inputs.with_framework(config, options)
    extended, ignored = (*config.extend_select, *extend), (*config.ignore, *ignore)
    return config._replace(
        extend_select=extended, ignore=ignored, publish=options.publish, preview=config.preview or options.preview
    )


def _names(words: list[str]) -> tuple[str, ...]:
    return tuple(name.strip() for word in words for name in word.split(",") if name.strip())


def _projects(
    options: argparse.Namespace, files: "Callable[[str], Files]" = Files, runs_code: bool = True
) -> "Projects":
    from postlint.projects.project import Projects

    return Projects(
        file=options.config,
        isolated=options.isolated,
        change=lambda config: _changed(config, options),
        files=files,
        runs_code=runs_code,
    )


def _judge(comparison: "Comparison", options: argparse.Namespace) -> int:
    if comparison.new.is_bare and not options.cache_dir:
        options.no_cache = True  # the cache does not belong among Git's own files
    report = _about_change(comparison, options)
    if options.baseline:
        from postlint.cli import baseline

        baseline.apply(report, options, complete=False)
    output.show(report, options)
    return _status(report, options)


def _about_change(comparison: "Comparison", options: argparse.Namespace) -> Report:
    from postlint.cli import kept

    def projects(files: "Callable[[str], Files]", runs_code: bool) -> "Projects":
        return _projects(options, files, runs_code)

    kept_run = kept.open_for_change(options, comparison)
    if kept_run is None:
        return _run(changes.works(comparison, options, projects), options, _clock(options), comparison.words)
    if found := kept_run.find():
        stored = found.stored if not found.changed else None
        if stored is None:
            with kept_run:
                stored = kept_run.renewed(found, changes.projects_now(comparison, projects))
        if stored:
            return changes.with_contents(stored.report, comparison)
    with kept_run:
        works = changes.works(comparison, options, projects)
        return _run(works, options, None, comparison.words, kept_run)


def _run(
    works: "list[Work]",
    options: argparse.Namespace,
    clock: "Clock | None",
    about: str | None = None,
    kept: "Kept | None" = None,
) -> Report:
    from postlint.checking import run
    from postlint.checking.pool import Pool
    from postlint.checking.repairs import Changes
    from postlint.cli.progress import progress

    reason = options.reason or "TODO"
    fix = options.fix or (options.diff and not options.add_suppressions)
    made = Changes(fix, options.unsafe_fixes, reason if options.add_suppressions else None)
    changes = made if any(made) else None
    describe = output.shows_sites(options)
    with progress(sum(len(work.paths) for work in works), options.quiet) as bar:
        if clock:
            return clock.run(
                works, lambda checkers: run.run(works, Pool(1), bar, changes, None, about, checkers, describe)
            )
        caches = None if options.no_cache else lambda checker: _cache(checker, options.cache_dir)
        with Pool(options.jobs) as pool:
            if kept:
                return kept.run(
                    works,
                    lambda checkers, witness: run.run(
                        works, pool, bar, changes, caches, about, checkers, witness=witness
                    ),
                )
            return run.run(works, pool, bar, changes, caches, about, describe=describe)


def _cache(checker: "Checker", folder: str | None) -> "Cache | None":
    from postlint.checking.cache import open_for

    return open_for(checker, folder)


def _diff(report: Report) -> int:
    from postlint.cli.diff import show

    show(dict(sorted(report.texts.items())))
    posts = reporters.count(len(report.texts), "post")
    said = [f"{reporters.count(len(report.fixed), 'finding')} would be fixed in {posts}."] if report.fixed else []
    if report.suppressed:
        said.append(f"{reporters.count(report.suppressed, 'finding')} would be suppressed in {posts}.")
    for d in report.diagnostics:
        if d.rule == FILE_NOT_FIXED:
            print(reporters.visible(f"{d.path}: {d.message}"), file=sys.stderr)
    print(" ".join(said or ["Nothing would be fixed."]), file=sys.stderr)
    return int(bool(report.texts))


def _write(report: Report, options: argparse.Namespace, contents: dict[str, bytes]) -> None:
    from postlint.files import writing
    from postlint.text import Text

    if contents:
        (path,) = report.contents
        sys.stdout.buffer.write(
            Text(report.texts[path][1]).to_bytes() if path in report.texts else report.contents[path]
        )
        return
    for path, (before, after) in list(report.texts.items()):
        try:
            writing.replace(path, Text(after).to_bytes(), Text(before).to_bytes())
        except writing.Changed as error:
            report.discard_fixes(path, f"not fixed: {error}")


def _status(report: Report, options: argparse.Namespace) -> int:
    found = report.summary
    if any(d.rule_failed for d in report.diagnostics):
        return 2
    if options.fail_on == "never":
        return 0
    return int(bool(found.errors or (found.warnings and options.fail_on == "warning")))
