"""What .gitignore files exclude, as Git reads them."""

import os
import posixpath
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple

from postlint.files import expressions, reading, wildmatch
from postlint.files.expressions import Expression
from postlint.files.files import Files, MemoryFiles
from postlint.files.repository import folders_up


@lru_cache(maxsize=8)
def _of(files: Files) -> "Ignore":
    return Ignore(files, files.root)


def makes(files: Files, paths: Sequence[str]) -> bool:
    """Whether one of `paths`, which are not in `files`, is ignored by Git: mostly because a build makes it."""
    if isinstance(files, MemoryFiles):
        return False
    return any(_of(files).holds(posixpath.normpath(path)) for path in paths if not path.startswith((".", "/")))


class _Spec:
    """One .gitignore, and how much of a path is the folder that its lines are relative to. The last line that matches
    decides."""

    def __init__(self, folder: str, data: bytes) -> None:
        self._cut = len(folder.rstrip(os.sep)) + 1
        self._lines = [*wildmatch.read(data)]

    @cached_property
    def _about_folders(self) -> list["_Run"]:
        return [*_runs(self._lines)]

    @cached_property
    def _about_files(self) -> list["_Run"]:
        return [*_runs([line for line in self._lines if not line.only_folders])]

    def verdict(self, path: str, name: str, is_folder: bool) -> bool | None:
        """Whether what is at `path`, of which `name` is the last part, is ignored; None if no line matches."""
        below = ""
        for ignores, fits_name, fits_path in self._about_folders if is_folder else self._about_files:
            if fits_name is not None and fits_name(name):
                return ignores
            if fits_path is not None:
                below = below or wildmatch.as_bytes(path[self._cut :].replace(os.sep, "/"))
                if fits_path(below):
                    return ignores
        return None


class _Run(NamedTuple):
    """Lines that follow one another and all ignore, or all take back."""

    ignores: bool
    fits_name: Callable[[str], object] | None
    fits_path: Callable[[str], object] | None


def _runs(lines: Sequence[wildmatch.Line]) -> Iterator[_Run]:
    """`lines` in runs, the last one first."""
    for ignores, group in groupby(reversed(lines), key=lambda line: line.ignores):
        names: list[Expression] = []
        paths: list[Expression] = []
        for line in group:
            (names if line.is_name else paths).append(line.expression)
        yield _Run(
            ignores, expressions.matcher(names) if names else None, expressions.matcher(paths) if paths else None
        )


class Ignore:
    """Answers whether Git ignores a path (absolute) below the root of `files`.

    Reads the .gitignore of that folder, of the folders above it up to the repository's root, or up to `root` if there is
    no repository, and of the folders below on first use. The parent of a path must have been asked about before, as Git
    does not look into what it ignores.
    """

    def __init__(self, files: Files, root: str) -> None:
        self._files = files
        self._folder = folder = files.root
        self._specs: dict[str, list[_Spec]] = {}
        self._held: dict[str, bool] = {}
        self._is_ignored = False
        above = []
        for at in folders_up(folder):
            above.append(at)
            if files.at(at).is_repository:
                break
        else:
            above = above[: above.index(root) + 1] if root in above else [folder]
        known: list[_Spec] = []
        for place in reversed(above):
            known = known + self._own(place)
            self._specs[place] = known
        self._is_ignored = any(self(place, folder=True) for place in above[:-1])

    def __call__(self, path: str, folder: bool = False) -> bool:
        if self._is_ignored:
            return True
        parent = path[: path.rindex(os.sep)] or os.sep
        if parent not in self._specs:
            above = os.path.dirname(parent)
            self._specs[parent] = self._specs.get(above, []) + self._own(parent)
        name = wildmatch.as_bytes(path[len(parent.rstrip(os.sep)) + 1 :])
        for spec in reversed(self._specs[parent]):
            if (verdict := spec.verdict(path, name, folder)) is not None:
                return verdict
        return False

    def holds(self, path: str) -> bool:
        """Whether Git ignores a file at `path`, relative to the folder, existing or not; asks about its parents first."""
        at = self._folder
        *folders, name = path.split("/")
        for folder in folders:
            at = f"{at}{os.sep}{folder}"
            held = self._held.get(at)
            if held is None:
                held = self._held[at] = self(at, folder=True)
            if held:
                return True
        return self(f"{at}{os.sep}{name}")

    def _own(self, folder: str) -> list[_Spec]:
        try:
            return [_Spec(folder, self._read(folder))]
        except reading.Unreadable:
            return []

    def _read(self, folder: str) -> bytes:
        below = self._folder.rstrip(os.sep) + os.sep
        if folder.startswith(below):
            # To make the files of another folder takes a question to the disk for each part of its path.
            return self._files.read(f"{folder[len(below) :].replace(os.sep, '/')}/.gitignore")
        return self._files.at(folder).read(".gitignore")
