"""The Git repository that a folder of the disk is part of."""

import os
from collections.abc import Iterator


def folders_up(folder: str) -> Iterator[str]:
    """`folder` and the folders above it, the nearest first."""
    yield folder
    while (parent := os.path.dirname(folder)) != folder:
        yield (folder := parent)


def has_repository(folder: str) -> bool:
    """Whether `folder` is the root of a repository. In a linked work tree, `.git` is a file."""
    return os.path.exists(os.path.join(folder, ".git"))


def root_of(folder: str) -> str | None:
    """The root of the repository that `folder` (absolute) is part of, None if it is in none."""
    return next(filter(has_repository, folders_up(folder)), None)
