"""What to write in place of a path that leads nowhere, if the file is in the site under another name."""

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from postlint.files.files import Files

if TYPE_CHECKING:
    from postlint.frameworks.framework import Framework

_DISK = re.compile(r"file:/|[A-Za-z]:[\\/]|/(?:Users|mnt/[a-z]|private/var|var/folders)/|/home/[^/]+/[^/]+/")
_SEPARATOR = re.compile(r"[\\/]+")
_LEADING = re.compile(r"(?:\.{0,2}[\\/])*")


class Remedy(NamedTuple):
    """Why a path leads nowhere, with what to write; `better` is that alone, None if the file is not in the site.
    `is_elsewhere`: the path is one of somebody's own computer."""

    why: str
    better: str | None
    is_elsewhere: bool = False


class Served(NamedTuple):
    """Where the site serves its public files: those below `folders`, at addresses that begin with `base`. `root` is as in
    `FolderTraits`."""

    folders: Sequence[str]
    root: str | None
    base: str

    def places(self, inner: str) -> Iterator[str]:
        """Where the file may be whose path ends with `inner`."""
        for folder in (*self.folders, *([] if self.root is None else [self.root])):
            if folder:
                yield f"{folder}/{inner}".replace("\\", "/")

    def address(self, path: str) -> str | None:
        """The address of the file at `path`; None if it is not public."""
        folder = next((each for each in self.folders if each and path.startswith(f"{each}/")), None)
        return None if folder is None else self.base + path[len(folder if self.root is None else self.root) :]


def served(framework: "Framework", where: str = "markdown") -> Served:
    """Where the files are served of a site of `framework`, for a reference that stands `where`."""
    base = framework.serving.base_in_html if where == "html" else framework.serving.base
    return Served(framework.folders.public, framework.folders.root, base)


def remedy(target: str, post: str, paths: Sequence[str], public: Served, files: Files) -> Remedy | None:
    """What to do about `target` in the post at `post`, which is looked for at `paths`. None if nothing certain is known."""
    bare = target.partition("#")[0].partition("?")[0]
    if _DISK.match(bare):
        return _from_disk(bare, post, public, files)
    inner = bare[len(_LEADING.match(bare)[0]) :]  # type: ignore[index]
    if "\\" in bare:
        better: str | None = bare.replace("\\", "/")
        if not any(files.has_file(path.replace("\\", "/")) for path in paths):
            better = next((public.address(path) for path in public.places(inner) if files.has_file(path)), None)
        return Remedy(f"a backslash does not separate folders; write `{better or '/'}`", better)
    if files.has_file(inner) and (better := public.address(inner)):
        folder = next(each for each in public.folders if inner.startswith(f"{each}/"))
        below = f"below `{public.base}/`" if public.base else "from the root"
        shown = folder if public.root is None else public.root
        return Remedy(f"what lies in `{shown}/` is served {below}; write `{better}`", better)
    if "%" in bare and (path := next((path for path in paths if _has_coded(path, bare, files)), None)):
        name = path.rpartition("/")[2]
        return Remedy(f"the file has codes such as `%20` in its name; rename it to `{name}`", None)
    return None


def _has_coded(path: str, target: str, files: Files) -> bool:
    """Whether the file at `path` has the very codes in its name that `target` writes for other characters, which browsers
    and servers take for these."""
    from urllib.parse import unquote

    parts = path.split("/")
    for at, coded in enumerate(reversed(target.split("/")), 1):
        if at > len(parts) or unquote(coded) != parts[-at]:
            break
        parts[-at] = coded
    return "/".join(parts) != path and files.has_file("/".join(parts))


def _from_disk(bare: str, post: str, public: Served, files: Files) -> Remedy:
    """The path of somebody's own computer, of which the end may be a file of the site."""
    parts = [part for part in _SEPARATOR.split(bare) if part]
    for start in range(1, len(parts)):
        inner = "/".join(parts[start:])
        path = next((each for each in (inner, *public.places(inner)) if files.has_file(each)), None)
        if path is not None:
            better = _address(path, post, public)
            hint = f"write `{better}`" if better else f"the file is `{path}`; write the address of that"
            return Remedy(f"this is a path on its author's disk; {hint}", better, True)
    why = "this is a path on its author's disk; put the file into the site, and write its address there"
    return Remedy(why, None, True)


def _address(path: str, post: str, public: Served) -> str | None:
    """What the post at `post` writes for the file at `path`; None if that depends on how the site is built."""
    if address := public.address(path):
        return address
    beside = posixpath.dirname(post)
    return path[len(beside) + 1 :] if beside and path.startswith(f"{beside}/") else None


def spelled_as(target: str, path: str, actual: str) -> str | None:
    """The reference `target`, which leads to `path`, as `actual` is spelled; None if that cannot be known."""
    common = posixpath.commonprefix((path[::-1], target[::-1]))[::-1]
    before = path[: len(path) - len(common)]
    return target[: len(target) - len(common)] + actual[len(before) :] if common and actual.startswith(before) else None


def differs_in_form(path: str, actual: str) -> bool:
    """Whether `path` and `actual` differ only in how Unicode composes their letters."""
    return path != actual and normalize("NFC", path) == normalize("NFC", actual)
