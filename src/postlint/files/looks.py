"""Notes of what a run asks of the disk, so that a later run can see whether it would get the same answers.

Whoever reads the disk for findings notes it here, in the process that reads. Nothing is kept unless somebody began to
`take` notes.
"""

import os
from functools import lru_cache


class Looks:
    """What was asked: every path is absolute.

    `paths` are files and folders whose state counts, there or not; a listing depends on the state of its folder. `posts`
    are files that were checked: if one is not among `paths`, too, then only the findings in it, and what is known of it,
    depend on its content. `in_git` are files of a commit or of the index that were read, but not as posts.
    `existing` are paths of which it only counts whether something is there. `absent` maps a folder to the first names,
    folded, that its listing did not have, and `links` a path to where links lead from it.
    """

    def __init__(self) -> None:
        self.paths: set[str] = set()
        self.posts: set[str] = set()
        self.in_git: set[str] = set()
        self.existing: dict[str, bool] = {}
        # Most of thousands of folders lack the same names, which they share.
        self.absent: dict[str, frozenset[str]] = {}
        self.links: dict[str, str] = {}

    def add(self, other: "Looks") -> None:
        """Take over what another process noted."""
        self.paths |= other.paths
        self.posts |= other.posts
        self.in_git |= other.in_git
        self.existing.update(other.existing)
        self.links.update(other.links)
        for folder, names in other.absent.items():
            self.lacks(folder, names)

    def lacks(self, folder: str, names: frozenset[str]) -> None:
        """Add to what the listing of `folder` did not have."""
        known = self.absent.get(folder)
        self.absent[folder] = names if known is None else _both(known, names)


@lru_cache(maxsize=4096)
def _both(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    return one | other


class _Taking:
    """Where the notes of this process go, None for nowhere."""

    into: Looks | None = None


def take(into: Looks | None) -> Looks | None:
    """Note everything in `into` from now on, or nothing. Returns where it was noted until now."""
    before, _Taking.into = _Taking.into, into
    return before


def taken() -> Looks | None:
    """Where the notes go."""
    return _Taking.into


def add(other: Looks) -> None:
    """Take over what was noted in another process."""
    if _Taking.into is not None:
        _Taking.into.add(other)


def at(path: str) -> None:
    """The file or folder at `path` was read or listed, or was not there."""
    if _Taking.into is not None:
        _Taking.into.paths.add(path)


def post(path: str) -> None:
    """The file at `path` is checked as a post, or was not there."""
    if _Taking.into is not None:
        _Taking.into.posts.add(path)


def in_git(path: str) -> None:
    """What Git has at `path` was read for something else than to check it as a post."""
    if _Taking.into is not None:
        _Taking.into.in_git.add(path)


def whether_there(path: str, is_there: bool) -> None:
    """It was asked whether something is at `path`."""
    if _Taking.into is not None:
        _Taking.into.existing[path] = is_there


def not_listed(folder: str, name: str) -> None:
    """The listing of `folder` has no name that is `name` when folded."""
    if _Taking.into is not None:
        _Taking.into.lacks(folder, _only(name))


@lru_cache(maxsize=4096)
def _only(name: str) -> frozenset[str]:
    return frozenset((name,))


def none_listed(folder: str, names: frozenset[str]) -> None:
    """The same of several names."""
    if _Taking.into is not None:
        _Taking.into.lacks(folder, names)


def followed(path: str, target: str) -> None:
    """Links in `path`, if there are any, lead to `target`."""
    if _Taking.into is not None and path != target:
        _Taking.into.links[os.path.abspath(path)] = target
