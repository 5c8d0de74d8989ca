"""The files of a site as a commit or Git's index has them."""

import os
import posixpath
import re
from zlib import crc32

from postlint.files import looks, reading
from postlint.files.files import Files, Found, MemoryFiles
from postlint.files.git import LINK, SUBMODULE, Tree

_UNCLEAN = re.compile(r"(?:^|/)\.{0,2}(?:/|$)")
_MOST_LINKS = 40
_MOST_TEXT = 4 * 1024 * 1024
_MOST_BYTES = 16 * 1024 * 1024
_STANDS_FOR_LARGE = b"version https://git-lfs.github.com/spec/"


class TreeFiles(Files):
    """The folder `root` (absolute) of `tree`.

    Submodules are other repositories, and a tree has none of their files. Checked-out submodules are read from disk; in
    others, every path counts as existing. A symbolic link counts if it leads to something in the tree.
    """

    source = "git"

    def __init__(self, tree: Tree, root: str) -> None:
        super().__init__(root)
        self.root = os.path.normpath(root)
        self._tree = tree
        self._prefix = "" if self.root == tree.top else os.path.relpath(self.root, tree.top).replace(os.sep, "/")
        self._disk: Files | None = None

    def at(self, folder: str) -> Files:
        top = self._tree.top
        if folder == top or folder.startswith(top.rstrip(os.sep) + os.sep):
            return TreeFiles(self._tree, folder)
        # Files around the repository are not in Git, but settings may be there.
        return Files(folder)

    @property
    def is_repository(self) -> bool:
        return self.root == self._tree.top

    def note_names(self) -> None:
        pass

    def may_have(self, path: str) -> bool:
        return True

    def is_file(self, path: str) -> bool:
        place = self._place(path)
        disk = self._of_submodule(place)
        found = disk.is_file(_text(place)) if disk else self._blob(place) is not None
        self._asked[f"file {path}"] = str(found)
        return found

    def modified(self, path: str) -> float | None:
        return 0 if self.is_file(path) else None

    def find(self, path: str) -> Found:
        tree = self._tree
        if not (tree.links or tree.submodules or _UNCLEAN.search(path)) and self.is_file(path):
            return Found("ok", path)  # Git's names have case, so no folder need be listed
        found = super().find(path)
        return Found("ok", path) if found.path is None and self._of_submodule(self._place(path)) else found

    def above(self) -> list[Files]:
        out: list[Files] = []
        at = self.root
        while at != self._tree.top:
            at = os.path.dirname(at)
            out.append(self.at(at))
        return out

    def blob(self, path: str) -> str | None:
        return self._blob(self._place(path))

    def read(self, path: str) -> bytes:
        looks.in_git(os.path.join(self.root, path))
        place = self._place(path)
        if disk := self._of_submodule(place):
            return disk.read(_text(place))
        blob = self._blob(place)
        if blob is None:
            raise reading.NoFile("Git does not have this file; add it first")
        data = self._tree.read(blob, _MOST_BYTES + 1)
        if data is None:
            raise reading.Unreadable("Git does not have the content of this file; fetch it first")
        if len(data) > _MOST_BYTES:
            raise reading.Unreadable("this file has more than 16 MiB; postlint reads posts of up to 16 MiB")
        return data

    @property
    def is_partial(self) -> bool:
        """Whether Git was asked for a content that it does not have, and may get."""
        return self._tree.is_partial

    def content(self, blob: str) -> bytes | None:
        """The content that Git calls `blob`, at most 16 MiB of it; None if Git does not have it."""
        return self._tree.read(blob, _MOST_BYTES)

    def read_text(self, path: str) -> str | None:
        data = self._beginning(path, _MOST_TEXT + 1)
        if data is None:
            return None
        self._asked[f"text {path}"] = str(crc32(data))
        return None if len(data) > _MOST_TEXT else data.decode("utf-8-sig", "replace")

    def head(self, path: str, most: int) -> bytes:
        data = self._beginning(path, most) or b""
        return b"" if data.startswith(_STANDS_FOR_LARGE) else data

    def size(self, path: str) -> int:
        looks.in_git(os.path.join(self.root, path))
        place = self._place(path)
        if disk := self._of_submodule(place):
            return disk.size(_text(place))
        blob = self._blob(place)
        return (self._tree.size(blob) or 0) if blob else 0

    def entries(self, folder: str) -> list[tuple[str, bool]]:
        place = self._place(os.path.relpath(os.path.join(self.root, folder), self.root))
        if disk := self._of_submodule(place):
            return disk.entries(_text(place))
        names = self._tree.names(place) if place is not None else {}
        return [(os.fsdecode(name), _is_folder(line)) for name, line in names.items()]

    def inside(self, path: str) -> bool:
        return True

    def _beginning(self, path: str, most: int) -> bytes | None:
        looks.in_git(os.path.join(self.root, path))
        place = self._place(path)
        if disk := self._of_submodule(place):
            return disk.head(_text(place), most) if disk.is_file(_text(place)) else None
        blob = self._blob(place)
        return self._tree.read(blob, most) if blob else None

    def _list(self, folder: str) -> dict[str, bool] | None:
        place = self._place(folder)
        if disk := self._of_submodule(place):
            return disk.names(_text(place))
        out: dict[str, bool] = {}
        for name, line in self._tree.names(place).items() if place is not None else ():
            if not line.startswith(LINK):
                out[os.fsdecode(name)] = _is_folder(line)
            elif (target := self._followed(place + b"/" + name if place else name)) is not None:
                out[os.fsdecode(name)] = self._tree.entry(target) is None
        return out

    def _place(self, path: str) -> bytes | None:
        """The place of `path` in the tree after following links; None if it cannot be in any tree."""
        clean = f"{self._prefix}/{path}" if self._prefix else path
        if _UNCLEAN.search(clean) or os.sep != "/":
            clean = posixpath.normpath(posixpath.join(self._prefix, path.replace(os.sep, "/")))
        if clean == ".":
            return b""
        if clean.startswith(("../", "/")) or clean == ".." or "\0" in clean:
            return None
        try:
            place = os.fsencode(clean)
        except UnicodeEncodeError:
            return None
        return self._followed(place) if self._tree.links else place

    def _followed(self, place: bytes) -> bytes | None:
        """`place` without links on the way; None if a link leads out of the tree, or to something missing."""
        for _ in range(_MOST_LINKS):
            link = next((link for link in self._tree.links if (place + b"/").startswith(link + b"/")), None)
            if link is None:
                return place if not self._tree.links or self._is_there(place) else None
            entry = self._tree.entry(link)
            target = self._tree.read(entry.blob, 4096) if entry else None
            if not target:
                return None
            place = posixpath.normpath(posixpath.join(posixpath.dirname(link), target) + place[len(link) :])
            if place.startswith((b"../", b"/")) or place == b"..":
                return None
            place = b"" if place == b"." else place
        return None

    def _is_there(self, place: bytes) -> bool:
        return bool(self._tree.entry(place) or self._tree.names(place) or self._of_submodule(place))

    def _blob(self, place: bytes | None) -> str | None:
        entry = self._tree.entry(place) if place else None
        return entry.blob if entry and entry.mode not in (LINK, SUBMODULE) else None

    def _of_submodule(self, place: bytes | None) -> Files | None:
        """The files of the repository on disk, if `place` is in a submodule."""
        if not place or not any((place + b"/").startswith(each + b"/") for each in self._tree.submodules):
            return None
        if self._disk is None:
            self._disk = MemoryFiles({}) if self._tree.is_bare else Files(self._tree.top)
        return self._disk

    def __reduce__(self) -> "tuple[type[TreeFiles], tuple[Tree, str]]":
        return TreeFiles, (self._tree, self.root)


def _is_folder(line: bytes) -> bool:
    return not line or line.startswith(SUBMODULE)


def _text(place: bytes | None) -> str:
    return os.fsdecode(place or b"")
