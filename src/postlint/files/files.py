"""The files of one site, in exact case: each folder is listed at most once, and nothing outside the root is seen."""

import os
import posixpath
import stat
from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar, Literal, NamedTuple
from zlib import crc32

from postlint.files import git_spellings, looks, reading, repository

NO_SOURCES = frozenset(("node_modules", "bower_components", "vendor", "venv", "__pycache__", "dist", "_site", "target"))
"""Names of folders that hold packages, or what was built."""
_MOST_NAMES = 500_000
# So many names of one folder are compared with a name that is not there, and so many in all.
_MOST_NEAR = 2_000
_MOST_COMPARED = 200_000
_MOST_BYTES = 4 * 1024 * 1024
# A folder of more names costs more to list than it saves questions about single files.
_MOST_NOTED = 500
# A folder of many others is seen by the number of its links or by its size, according to the file system; and so few
# folders in it are asked for one by one before it is listed after all.
_LARGE = 32 * 1024
_FEW = 8


class Found(NamedTuple):
    """Whether a path is there: as written (`ok`), only in other case or Unicode form (`case`), or not (`missing`).

    `path` is the path on disk for `ok` and `case`.
    """

    status: Literal["ok", "case", "missing"]
    path: str | None = None


_MISSING = Found("missing")


CACHE = ".postlint_cache"
"""The folder of the cache, which is not part of the site."""


class Files:
    """Paths are relative to `root`, `/` as separator, and never lead out of it: such a path is `missing`.

    A symbolic link counts only if its target is inside the site, or inside the repository that the site is part of.

    `asked` holds the questions asked of the disk, each with a short form of its answer. As long as a new instance gives
    the same answers (`ask`), everything derived from them is still valid.
    """

    source: ClassVar[str] = "disk"

    def __init__(self, root: str, is_real: bool = False) -> None:
        """`is_real`: no part of `root` is a link."""
        self._asked: dict[str, str] = {}
        # The folders whose listings are still to be told in `asked`.
        self._untold: list[str] = []
        self.root = root if is_real else os.path.realpath(root)
        looks.followed(root, self.root)
        self._listings: dict[str, dict[str, bool] | None] = {}
        self.closed: set[str] = set()
        """The folders, as paths on disk, whose `entries` may not be seen."""
        self._folded: dict[str, dict[str, str]] = {}
        self._folders: dict[str, Found] = {"": Found("ok", "")}
        # How many folders in a large one may still be asked for without listing it.
        self._spared: dict[str, int] = {}
        # The folders in which something was found as written, under that very spelling of the folder.
        self._exact: dict[str, dict[str, bool]] = {}
        self._all_ends: set[str] | None = None
        # For `near`: the first names of a folder, and the names by their part before the ending.
        self._listed: dict[str, tuple[list[str], dict[str, str]]] = {}
        self._compared = 0
        # Every name at the root, folded, once `note_names` has read them.
        self._noted: frozenset[str] | None = None

    def at(self, folder: str) -> "Files":
        """The files of another folder (absolute path), with no recorded answers yet."""
        return Files(folder)

    def folder(self, name: str, is_real: bool = False) -> "Files":
        """The files of the folder `name` in the root. To ask whether one part of its path is a link takes less than to ask
        that of all; `is_real`: it is known to be none."""
        path = os.path.join(self.root, name)
        is_link = type(self) is not Files or (not is_real and os.path.islink(path))
        return self.at(path) if is_link else Files(path, is_real=True)

    @property
    def asked(self) -> dict[str, str]:
        """The questions asked of the disk: question → short form of the answer."""
        for folder in self._untold:
            listing = self._listings[folder] or {}
            seen = sorted(item for item in listing.items() if item[0] != CACHE)
            self._asked[f"names {folder}"] = str(crc32(repr(seen).encode(errors="replace")))
        self._untold.clear()
        return self._asked

    @property
    def is_repository(self) -> bool:
        """Whether a Git repository begins at the root."""
        return not self.is_absent(".git") and repository.has_repository(self.root)

    def note_names(self) -> None:
        """Read the names at the root at once, unless there are many, so that `is_file` need not ask the disk about each
        path that begins with another name."""
        names = {"", ".", ".."}
        try:
            with os.scandir(self.root) as entries:
                for entry in entries:
                    if len(names) > _MOST_NOTED:
                        return
                    names.add(fold(entry.name))
        except OSError:
            return
        self._noted = frozenset(names)

    def is_absent(self, path: str) -> bool:
        """Whether it is known, without a question to the disk, that nothing is at `path`."""
        if self._noted is None:
            return False
        first = fold(path.replace(os.sep, "/").partition("/")[0])
        if first in self._noted:
            return False
        looks.not_listed(self.root, first)
        return True

    def has_none(self, names: frozenset[str]) -> bool:
        """Whether it is known, without asking the disk, that the root has none of `names`, which are in lower case."""
        if self._noted is None or not self._noted.isdisjoint(names):
            return False
        looks.none_listed(self.root, names)
        return True

    def may_have(self, path: str) -> bool:
        """Whether something may be at `path`. Lists no folder."""
        if self.is_absent(path):
            return False
        full = os.path.join(self.root, path)
        is_there = os.path.exists(full)
        looks.whether_there(full, is_there)
        return is_there

    def read(self, path: str) -> bytes:
        """The content of a post or of settings, wherever a link leads. Raises reading.Unreadable."""
        return reading.read(os.path.join(self.root, path))

    def read_post(self, path: str) -> bytes:
        """`read`, for a file that is only checked as a post, which whoever checks it notes. Raises reading.Unreadable."""
        before = looks.take(None)
        try:
            return self.read(path)
        finally:
            looks.take(before)

    def blob(self, path: str) -> str | None:
        """The name that Git gives to the content of the file at `path`; None if the file must be read for that."""
        return None

    def entries(self, folder: str) -> list[tuple[str, bool]]:
        """Names in `folder`, sorted, each with whether it is a folder and not a link to one; empty if it cannot be read."""
        full = os.path.join(self.root, folder) if folder else self.root
        looks.at(full)
        try:
            with os.scandir(full) as entries:
                return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
        except PermissionError:
            self.closed.add(full)
            return []
        except OSError:
            return []

    def is_closed(self, folder: str) -> bool:
        """Whether `folder` is there and may not be listed."""
        return not self.names(folder) and not self.entries(folder) and os.path.join(self.root, folder) in self.closed

    def names(self, folder: str) -> dict[str, bool]:
        """Names in `folder` (exact case), each with whether it is a folder itself; empty if there is no such folder."""
        return self._listing(folder) or {}

    def is_file(self, path: str) -> bool:
        """Whether a regular file is at `path`. Lists no folder, so it is cheap in a folder of ten thousand posts."""
        if self.is_absent(path):
            self._asked[f"file {path}"] = "False"
            return False
        full = os.path.join(self.root, path)
        try:
            found = stat.S_ISREG(os.stat(full).st_mode) and self.inside(full)
            looks.at(full)
        except (OSError, ValueError):
            found = False
            looks.whether_there(full, False)
        self._asked[f"file {path}"] = str(found)
        return found

    def modified(self, path: str) -> float | None:
        """When the regular file at `path` was last changed, in seconds since 1970; None if there is no such file."""
        try:
            return os.stat(os.path.join(self.root, path)).st_mtime if self.is_file(path) else None
        except (OSError, ValueError):
            return None

    def find(self, path: str) -> Found:
        """Look for a file or folder."""
        folder, _, name = path.rpartition("/")
        if name in self._exact.get(folder, ()):
            return Found("ok", path)
        clean = posixpath.normpath(path) if path else ""
        if clean.startswith(("../", "/")) or clean == "..":
            return _MISSING
        found = self.find_folder("" if clean == "." else clean, leaf=True)
        if found == ("ok", path):
            self._exact[folder] = self.names(folder)
        return found

    def find_file(self, path: str) -> Found:
        """Look for a file: a folder does not count."""
        found = self.find(path)
        if found.path is None:
            return found
        folder, _, name = found.path.rpartition("/")
        return _MISSING if self.names(folder).get(name, not name) else found

    def has_file(self, path: str) -> bool:
        """Whether there is a file under the very name that is written."""
        folder, _, name = path.rpartition("/")
        known = self._exact.get(folder)
        if known is not None and name in known:
            return not known[name]
        return self.find_file(path).status == "ok"

    def find_folder(self, folder: str, leaf: bool = False) -> Found:
        """Look for a folder; with `leaf` a file will do."""
        known = self._folders.get(folder)
        if known:
            return known
        parent, _, name = folder.rpartition("/")
        above = self.find_folder(parent)
        found = _MISSING
        if above == ("ok", parent) and not leaf and self._is_in_large(parent, name):
            found = Found("ok", folder)
        elif above.path is not None:
            listing = self.names(above.path)
            actual = name if name in listing else self._fold(above.path).get(fold(name))
            if actual is not None and (leaf or listing[actual]):
                same = actual == name and above.status == "ok"
                found = Found("ok" if same else "case", f"{above.path}/{actual}" if above.path else actual)
        if not leaf:
            self._folders[folder] = found
        return found

    def _is_in_large(self, parent: str, name: str) -> bool:
        """Whether a large folder that is not listed has the folder `name`, under this very name: if the disk distinguishes
        upper and lower case, the same name in the other case is not there. False if only a listing can say so."""
        if type(self) is not Files or parent in self._listings or not name.isascii():
            return False
        if parent not in self._spared:
            self._spared[parent] = _FEW if _is_large(os.path.join(self.root, parent)) else 0
        if not self._spared[parent]:
            return False
        self._spared[parent] -= 1
        swapped = name.swapcase()
        other = os.path.join(self.root, parent, swapped)
        is_other_there = swapped != name and os.path.lexists(other)
        looks.whether_there(other, is_other_there)
        return not is_other_there and self._is_folder(f"{parent}/{name}" if parent else name)

    def _is_folder(self, path: str) -> bool:
        """Whether a folder, not a link, is at `path`, in any case that the disk takes for the same."""
        full = os.path.join(self.root, path)
        looks.at(full)
        try:
            found = stat.S_ISDIR(os.lstat(full).st_mode)
        except (OSError, ValueError):
            found = False
        self._asked[f"folder {path}"] = str(found)
        return found

    def near(self, path: str) -> str | None:
        """The file, in the folder of the one at `path` that is not there, whose name is nearly the same."""
        from postlint.suggest import closest

        folder, _, name = path.rpartition("/")
        there = self.find(folder).path if folder else ""
        if there is None:
            return None
        if there not in self._listed:
            listed = sorted(other for other, is_folder in self.names(there).items() if not is_folder)
            stems = {other.rpartition(".")[0].lower(): other for other in reversed(listed)}
            self._listed[there] = listed[:_MOST_NEAR], stems
        listed, stems = self._listed[there]
        near = stems.get(name.rpartition(".")[0].lower()) if "." in name else None
        if near is None and self._compared < _MOST_COMPARED:
            self._compared += len(listed)
            near = closest(name, listed)
        return f"{there}/{near}" if near and there else near

    def has_end(self, path: str) -> bool:
        """Whether any file below the root has the name of `path`, and the same folder name if `path` has one. Hidden folders
        and installed packages do not count."""
        if self._all_ends is None:
            self._all_ends = set()
            pending = [""]
            while pending and len(self._all_ends) < _MOST_NAMES:
                folder = pending.pop()
                above = folder.rpartition("/")[2]
                for found, is_folder in self.names(folder).items():
                    if not is_folder:
                        self._all_ends |= {found, f"{above}/{found}"}
                    elif found != "node_modules" and not found.startswith("."):
                        pending.append(f"{folder}/{found}" if folder else found)
        return "/".join(path.split("/")[-2:]) in self._all_ends

    def above(self) -> "list[Files]":
        """The files of each folder above the root, up to the repository that the site is part of; nearest first."""
        out: list[Files] = []
        at = self.root
        while at != self._bound:
            at = os.path.dirname(at)
            out.append(self.at(at))
        return out

    def read_text(self, path: str) -> str | None:
        """The text of a regular file of at most 4 MiB, with undecodable bytes replaced; None if there is no such file."""
        if not self.is_file(path):
            return None
        try:
            with open(os.path.join(self.root, path), "rb", opener=reading.opener) as file:
                data = file.read(_MOST_BYTES + 1)
        except OSError:
            return None
        self._asked[f"text {path}"] = str(crc32(data))
        return None if len(data) > _MOST_BYTES else data.decode("utf-8-sig", "replace")

    def ask(self, question: str) -> str | None:
        """The short form of the answer to a question in `asked`; None for any other text."""
        what, _, path = question.partition(" ")
        if what == "names":
            self.names(path)
        elif what == "text":
            self.read_text(path)
        elif what == "file":
            self.is_file(path)
        elif what == "folder":
            self._is_folder(path)
        return self.asked.get(question)

    def head(self, path: str, most: int) -> bytes:
        """The first `most` bytes of a regular file; empty if there is no such file."""
        if not self.is_file(path):
            return b""
        try:
            with open(os.path.join(self.root, path), "rb", opener=reading.opener) as file:
                return file.read(most)
        except OSError:
            return b""

    def size(self, path: str) -> int:
        """The size in bytes of the file at `path`; 0 if there is no such file."""
        full = os.path.join(self.root, path)
        looks.at(full)
        try:
            return os.stat(full).st_size
        except (OSError, ValueError):
            return 0

    def _listing(self, folder: str) -> dict[str, bool] | None:
        if folder not in self._listings:
            self._listings[folder] = self._list(folder)
            self._untold.append(folder)
        return self._listings[folder]

    def _list(self, folder: str) -> dict[str, bool] | None:
        full = os.path.join(self.root, folder) if folder else self.root
        looks.at(full)
        try:
            with os.scandir(full) as entries:
                listed = list(entries)
            found = {e.name: e.is_dir() for e in listed if not e.is_symlink() or self.inside(e.path)}
        except (OSError, ValueError):
            return None
        spelled = git_spellings.spellings(full, any(entry.name == ".git" for entry in listed))
        return {spelled.get(name.lower(), name): value for name, value in found.items()} if spelled else found

    def inside(self, path: str) -> bool:
        """Whether what is at `path` (on disk), with links followed, is in the site or in its repository."""
        target = os.path.realpath(path)
        looks.followed(path, target)
        looks.at(target)
        return os.path.exists(target) and os.path.commonpath([target, self._bound]) == self._bound

    @cached_property
    def _bound(self) -> str:
        """The folder that a symbolic link must not lead out of: the repository that the site is part of, otherwise the
        folder around it that postlint runs in, otherwise the site itself."""
        if root := repository.root_of(self.root):
            return root
        here = os.path.realpath(os.getcwd())
        is_around = here != os.path.dirname(here) and self.root.startswith(here + os.sep)
        return here if is_around else self.root

    def _fold(self, folder: str) -> dict[str, str]:
        if folder not in self._folded:
            self._folded[folder] = {fold(name): name for name in sorted(self.names(folder), reverse=True)}
        return self._folded[folder]


def _is_large(folder: str) -> bool:
    try:
        found = os.stat(folder)
    except (OSError, ValueError):
        return False
    return found.st_nlink > _MOST_NOTED or found.st_size > _LARGE


class MemoryFiles(Files):
    """Files that are not on disk: path → content."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        super().__init__("/")
        self._contents = contents
        listings: dict[str, dict[str, bool] | None] = {}
        for path in contents:
            below, is_folder = path, False
            while below:
                folder, _, name = below.rpartition("/")
                listings.setdefault(folder, {})[name] = is_folder  # type: ignore[index]
                below, is_folder = folder, True
        self._listings = listings

    def __reduce__(self) -> "tuple[type[MemoryFiles], tuple[Mapping[str, bytes]]]":
        # The listings would be as long again as the paths, for each worker.
        return MemoryFiles, (self._contents,)

    def note_names(self) -> None:
        pass

    def may_have(self, path: str) -> bool:
        return True

    def entries(self, folder: str) -> list[tuple[str, bool]]:
        return sorted(self.names(folder).items())

    def is_file(self, path: str) -> bool:
        return path in self._contents

    def above(self) -> list[Files]:
        return []

    def modified(self, path: str) -> float | None:
        return 0 if path in self._contents else None

    def read_text(self, path: str) -> str | None:
        data = self._contents.get(path)
        return None if data is None else data.decode("utf-8-sig", "replace")

    def head(self, path: str, most: int) -> bytes:
        return self._contents.get(path, b"")[:most]

    def size(self, path: str) -> int:
        return len(self._contents.get(path, b""))

    def _list(self, folder: str) -> dict[str, bool] | None:
        return None


def fold(name: str) -> str:
    """A form that names have in common if they differ only in case, or in how Unicode writes the same characters."""
    if name.isascii():
        return name.lower()
    from unicodedata import normalize

    return normalize("NFC", name).casefold()
