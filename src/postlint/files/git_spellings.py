"""How Git spells the names of a site's files if the disk does not distinguish upper and lower case.

A file whose name changes only in case keeps its old name in Git's index on macOS and Windows (`core.ignorecase`), and
every server uses that name. On other systems Git and the disk agree, and Git is not asked.
"""

import os
import re
from collections.abc import Mapping
from functools import lru_cache

from postlint.files import looks
from postlint.files import repository as repositories

_IGNORES_CASE = re.compile(r"^\s*ignorecase\s*=\s*true\s*$", re.IGNORECASE | re.MULTILINE)
_NONE: Mapping[str, Mapping[str, str]] = {}


def spellings(folder: str, is_repository: bool) -> Mapping[str, str]:
    """The names in `folder` (absolute) as Git's index has them, by their lower-case form; empty if the disk gives the
    same names, or Git does not know the folder. `is_repository`: its listing, which is noted, has a `.git`."""
    # Notes of what a run asked must be whole, whatever an earlier run in this process found.
    above = os.path.dirname(folder)
    if is_repository:
        repository = _ignoring_case(folder)
    else:
        repository = None if above == folder else _repository(above, looks.taken())
    if repository is None:
        return {}
    index = os.path.join(repository, ".git", "index")
    looks.at(index)
    try:
        stamp = os.stat(index).st_mtime_ns
    except OSError:
        return {}
    return _index(repository, stamp).get(os.path.relpath(folder, repository).replace(os.sep, "/").lower(), {})


@lru_cache(maxsize=4096)
def _repository(folder: str, notes: looks.Looks | None) -> str | None:
    """The root of the repository that `folder` is part of, if Git takes one case for another there."""
    # Whoever lists a folder notes that, so it need not be noted that there is no repository in it.
    is_listed = notes is not None and folder in notes.paths
    if os.path.exists(os.path.join(folder, ".git")) if is_listed else repositories.has_repository(folder):
        return _ignoring_case(folder)
    parent = os.path.dirname(folder)
    return None if parent == folder else _repository(parent, notes)


def _ignoring_case(repository: str) -> str | None:
    """The root of a repository, if Git takes one case for another there."""
    config = os.path.join(repository, ".git", "config")
    looks.at(config)
    try:
        with open(config, encoding="utf-8", errors="replace") as file:
            return repository if _IGNORES_CASE.search(file.read(1 << 20)) else None
    except OSError:
        return None


@lru_cache(maxsize=4)
def _index(repository: str, stamp: int) -> Mapping[str, Mapping[str, str]]:
    """Folder in lower case → name in lower case → name, of everything in the index as it is at `stamp`."""
    import subprocess

    from postlint.files.git import environment, program

    # A repository's own settings may name a program to run here; postlint runs none.
    settings = ("-c", "core.fsmonitor=false", "-C", repository)
    try:
        command = [program(), *settings, "ls-files", "-z"]
        listed = subprocess.run(command, capture_output=True, check=True, timeout=30, env=environment()).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return _NONE
    out: dict[str, dict[str, str]] = {}
    for path in listed.decode("utf-8", "surrogateescape").split("\0"):
        below = path
        while below:
            folder, _, name = below.rpartition("/")
            names = out.setdefault(folder.lower() or ".", {})
            if name.lower() in names:
                break
            names[name.lower()] = name
            below = folder
    return out
