"""What to write in place of a path that leads nowhere, if the file is in the site under another name."""

import posixpath
import re
from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import normalize

from postlint.files.files import Files

_DISK = re.compile(r"file:/|[A-Za-z]:[\\/]|/(?:Users|mnt/[a-z]|private/var|var/folders)/|/home/[^/]+/[^/]+/")
_SEPARATOR = re.compile(r"[\\/]+")
_LEADING = re.compile(r"(?:\.{0,2}/)*")


class Remedy(NamedTuple):
    """Why a path leads nowhere, with what to write; `better` is that alone, None if the file is not in the site."""

    why: str
    better: str | None


def remedy(target: str, post: str, paths: Sequence[str], public: Sequence[str], files: Files) -> Remedy | None:
    """What to do about `target` in the post at `post`, which is looked for at `paths`. `public` are the folders whose
    files are served from the site's root. None if nothing certain is known."""
    bare = target.partition("#")[0].partition("?")[0]
    if _DISK.match(bare):
        return _from_disk(bare, post, public, files)
    if "\\" in bare:
        better = bare.replace("\\", "/")
        exists = any(files.has_file(path.replace("\\", "/")) for path in paths)
        hint = f"write `{better}`" if exists else "write `/`"
        return Remedy(f"a backslash does not separate folders; {hint}", better if exists else None)
    inner = bare[len(_LEADING.match(bare)[0]) :]  # type: ignore[index]
    for folder in public:
        if folder and inner.startswith(f"{folder}/") and files.has_file(inner):
            better = inner[len(folder) :]
            return Remedy(f"what lies in `{folder}/` is served from the root; write `{better}`", better)
    return None


def _from_disk(bare: str, post: str, public: Sequence[str], files: Files) -> Remedy:
    """The path of somebody's own computer, of which the end may be a file of the site."""
    parts = [part for part in _SEPARATOR.split(bare) if part]
    for start in range(1, len(parts)):
        path = "/".join(parts[start:])
        if files.has_file(path):
            better = _address(path, post, public)
            hint = f"write `{better}`" if better else f"the file is `{path}`: write the address of that"
            return Remedy(f"this is a path on its author's disk; {hint}", better)
    return Remedy("this is a path on its author's disk; put the file into the site, and write its address there", None)


def _address(path: str, post: str, public: Sequence[str]) -> str | None:
    """What the post at `post` writes for the file at `path`; None if that depends on how the site is built."""
    folder = next((each for each in public if each and path.startswith(f"{each}/")), None)
    if folder:
        return path[len(folder) :]
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
