"""`check --watch`: checks again whenever something in the site changes."""

import argparse
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from postlint.cli.extras import missing
from postlint.errors import PostlintError
from postlint.files import looks
from postlint.files.files import Files
from postlint.projects.project import Project, Projects
from postlint.reporters import visible

if TYPE_CHECKING:
    from watchfiles import Change

_CLEAR = "\x1b[2J\x1b[3J\x1b[H"
_PAUSE = 1000
"""Milliseconds between two looks at configurations that are not watched."""
# Options with which a run writes files, or makes sense only once.
_AT_ODDS = ("diff", "staged", "since", "until", "pushed", "write_baseline", "add_suppressions", "stdin_filename")


def misused(options: argparse.Namespace) -> str | None:
    """The error for an option that cannot be combined with `--watch`."""
    if "-" in options.paths:
        return "--watch checks files, not standard input"
    for name in _AT_ODDS:
        if getattr(options, name):
            return f"--watch only reports on files as they are; leave out --{name.replace('_', '-')}"
    return None


def watch(arguments: list[str], options: argparse.Namespace) -> int:
    """Check as `arguments` say, now and after each change, until Ctrl-C. Raises PostlintError without `watchfiles`.

    Each check is a new process, so that nothing read before the change is used.
    """
    try:
        import watchfiles
    except ModuleNotFoundError:
        raise missing("--watch", "watchfiles>=1.0") from None
    here = os.getcwd()
    end = arguments.index("--") if "--" in arguments else len(arguments)
    words = [word for at, word in enumerate(arguments) if at >= end or word != "--watch"]
    # Without the working directory, which may hold anything, among the folders of modules.
    command = [sys.executable, "-P", "-m", "postlint", "check", *words]
    _announce("watching for changes; press Ctrl-C to stop")
    roots = _roots(here, options)
    settings = _Settings(here, options, roots)
    checking = subprocess.Popen(command)  # noqa: S603 - postlint itself
    try:
        for noticed in watchfiles.watch(
            *roots, watch_filter=_Filter(here, options), debounce=400, rust_timeout=_PAUSE, yield_on_timeout=True
        ):
            changed = {path for _, path in noticed} | settings.changed()
            if not changed:
                continue
            checking.wait()
            _announce(f"{_listed(here, changed)} changed at {time.strftime('%X')}; press Ctrl-C to stop")
            settings.look()
            checking = subprocess.Popen(command)  # noqa: S603 - postlint itself
    except KeyboardInterrupt:
        checking.wait()
        print(file=sys.stderr)
    return 0


def _announce(what: str) -> None:
    if sys.stdout.isatty():
        print(_CLEAR, end="", flush=True)
    print(f"postlint: {what}", file=sys.stderr, flush=True)


def _listed(here: str, changed: set[str]) -> str:
    names = sorted(os.path.relpath(path, here) for path in changed)
    return visible(names[0]) if len(names) == 1 else f"{visible(names[0])} and {len(names) - 1} more"


def _roots(here: str, options: argparse.Namespace) -> list[str]:
    """The current folder, or the root of the site around it, and named paths outside of it."""
    try:
        project = _project(here, options)
    except PostlintError:
        pass  # the check reports the error
    else:
        if project.is_marked and here.startswith(project.root + os.sep):
            here = project.root
    named = [os.path.abspath(path) for path in options.paths if os.path.exists(path)]
    return [here, *dict.fromkeys(path for path in named if path != here and not path.startswith(here + os.sep))]


def _project(here: str, options: argparse.Namespace) -> Project:
    return Projects(file=options.config, isolated=options.isolated, runs_code=False).of(os.path.realpath(here))


class _Settings:
    """The configurations that apply and lie outside of what is watched: above it, or where `extends` leads.

    They are looked at every second. Watching a file ends when an editor replaces it, and its folder may be a home folder
    with everything in it.
    """

    def __init__(self, here: str, options: argparse.Namespace, roots: list[str]) -> None:
        self._here, self._options = here, options
        self._roots = tuple(os.path.join(os.path.realpath(root), "") for root in roots)
        self.look()

    def look(self) -> None:
        """Note which ones these are now, there or not, and their states."""
        noted = looks.Looks()
        before = looks.take(noted)
        try:
            _project(self._here, self._options)
        except PostlintError:
            pass  # the check reports the error
        finally:
            looks.take(before)
        files = {path for path in (*noted.paths, *noted.existing) if path.endswith(".toml")}
        self._states = {path: _state(path) for path in files if not path.startswith(self._roots)}

    def changed(self) -> set[str]:
        """Those that are not as they were noted."""
        return {path for path, state in self._states.items() if _state(path) != state}


def _state(path: str) -> tuple[int, ...]:
    try:
        found = os.stat(path)
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


class _Filter:
    """Whether a change of a file may change the result of a check."""

    def __init__(self, here: str, options: argparse.Namespace) -> None:
        from watchfiles import DefaultFilter

        forms = (form.partition("=")[2] for form in options.output_format)
        self._here = here
        self._files = Files(here)
        self._written = {os.path.abspath(name) for name in (options.output_file, *forms) if name}
        self._printed = [os.fstat(stream.fileno()) for stream in (sys.stdout, sys.stderr)]
        self._usual = DefaultFilter(
            ignore_dirs=(*DefaultFilter.ignore_dirs, ".postlint_cache", options.cache_dir or "")
        )

    def __call__(self, change: "Change", path: str) -> bool:
        from postlint.files import gitignore

        if (
            os.path.basename(path).startswith(".postlint-")
            or path in self._written
            or not self._usual(change, path)
            or self._is_printed(path)
        ):
            return False
        return not gitignore.makes(self._files, [os.path.relpath(path, self._here).replace(os.sep, "/")])

    def _is_printed(self, path: str) -> bool:
        """Whether the output goes to this file."""
        try:
            found = os.stat(path)
        except OSError:
            return False
        return any(os.path.samestat(found, stream) for stream in self._printed)
