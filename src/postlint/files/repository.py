"""The Git repository that a folder of the disk is part of."""

import os
from collections.abc import Iterator

from postlint.files import looks


def folders_up(folder: str) -> Iterator[str]:
    """`folder` and the folders above it, the nearest first."""
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        yield (folder := parent)


def has_repository(folder: str) -> bool:
    """Whether `folder` is the root of a repository. In a linked work tree, `.git` is a file."""
    place = os.path.join(folder, ".git")
    is_there = os.path.exists(place)
    looks.whether_there(place, is_there)
    return is_there


def root_of(folder: str) -> str | None:
    """The root of the repository that `folder` (absolute) is part of, None if it is in none."""
    return next(filter(has_repository, folders_up(folder)), None)
