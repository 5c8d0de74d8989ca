"""What .gitignore files exclude, as pathspec reads them."""

import os
import posixpath
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from postlint.files import reading
from postlint.files.files import Files, MemoryFiles
from postlint.files.repository import folders_up

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


@lru_cache(maxsize=8)
def _of(files: Files) -> "Ignore":
    return Ignore(files, files.root)


def makes(files: Files, paths: Sequence[str]) -> bool:
    """Whether one of `paths`, which are not in `files`, is ignored by Git: mostly because a build makes it."""
    if isinstance(files, MemoryFiles):
        return False
    return any(_of(files).holds(posixpath.normpath(path)) for path in paths if not path.startswith((".", "/")))


class _Spec:
    """One .gitignore: its patterns, how much of a path is the folder that they are relative to, and whether any of them may
    fit a name, in one look. Hardly any name fits one."""

    def __init__(self, folder: str, patterns: "GitIgnoreSpec") -> None:
        self.patterns = patterns
        self.cut = len(folder.rstrip(os.sep)) + 1
        forms = [each.regex.pattern for each in patterns.patterns if each.include is not None and each.regex]
        try:
            # A name of a group may stand in a pattern once.
            self.may_have = re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", form) for form in forms) or "(?!)").search
        except (re.error, TypeError):
            self.may_have = re.compile("").search  # another form than pathspec has today


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

    def __call__(self, path: str, folder: bool = False) -> bool:
        parent = path[: path.rindex(os.sep)] or os.sep
        if parent not in self._specs:
            above = os.path.dirname(parent)
            self._specs[parent] = self._specs.get(above, []) + self._own(parent)
        verdict = False
        for spec in self._specs[parent]:
            name = path[spec.cut :].replace(os.sep, "/") + ("/" if folder else "")
            if spec.may_have(name) and (said := spec.patterns.check_file(name).include) is not None:
                verdict = said
        return verdict

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

    def _own(self, folder: str) -> "list[_Spec]":
        try:
            lines = self._read(folder).decode(errors="replace").splitlines()
        except reading.Unreadable:
            return []
        from pathspec import GitIgnoreSpec

        return [_Spec(folder, GitIgnoreSpec.from_lines(lines))]

    def _read(self, folder: str) -> bytes:
        below = self._folder.rstrip(os.sep) + os.sep
        if folder.startswith(below):
            # To make the files of another folder takes a question to the disk for each part of its path.
            return self._files.read(f"{folder[len(below) :].replace(os.sep, '/')}/.gitignore")
        return self._files.at(folder).read(".gitignore")
