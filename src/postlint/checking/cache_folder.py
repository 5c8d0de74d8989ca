"""The folder in which results are kept between runs: what it is made with, and how its files are read and replaced.

Nothing in a file of it is ever run. Git and backups ignore the folder.

A file below a site is believed only in the folder in which it was written. Each begins with the seal of its folder: when
the disk made the folder's tag. Whoever adds a cache to a repository cannot know that of a clone, so a pull request cannot
bring a report along. A folder with another name than the usual one is one that the user named, who may carry it from
machine to machine. It has no seal.
"""

import os
import stat
import sys
import time
from collections.abc import Iterable
from importlib.util import find_spec
from zlib import crc32

from postlint.files.files import CACHE

_MOST_BYTES = 1 << 30
_OLD = 30 * 24 * 3600
# Whoever writes a file does so within this time.
_UNFINISHED = 3600
# Packages that read posts: another version may read them differently.
_READERS = ("pyromark", "yaml", "pydantic", "pydantic_core")
_TAG_NAME = "CACHEDIR.TAG"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of postlint. You can delete it.\n"


def read(path: str) -> bytes:
    """The content of a regular file of the cache; empty if there is none, if it is a link, and if it was not written in
    this folder."""
    seal = _seal(os.path.dirname(path))
    if seal is None:
        return b""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        with open(os.open(path, flags), "rb") as file:
            found = os.fstat(file.fileno())
            if stat.S_ISREG(found.st_mode) and found.st_size <= _MOST_BYTES and file.read(len(seal)) == seal:
                return file.read()
    except (OSError, ValueError):
        pass
    return b""


def write(folder: str, path: str, parts: Iterable[bytes]) -> None:
    """Make `parts` the content of the file at `path` in the cache's `folder`, all at once. Raises OSError."""
    _make(folder)
    seal = _seal(folder)
    if seal is None:
        raise OSError(f"{folder} has no tag")
    made = f"{path}.{os.getpid()}.new"
    try:
        with open(made, "xb") as file:
            file.write(seal)
            file.writelines(parts)
        os.replace(made, path)
    except OSError:
        os.unlink(made)
        raise
    _clear(folder)


def version() -> tuple[object, ...]:
    """What findings depend on besides settings: this program and the packages that it reads posts with."""
    newest, sizes = 0, 0
    pending = [os.path.dirname(os.path.dirname(__file__))]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.name == "__pycache__":
                    continue
                if entry.is_dir():
                    pending.append(entry.path)
                else:
                    found = entry.stat()
                    newest = max(newest, found.st_mtime_ns)
                    sizes += crc32(f"{entry.name} {found.st_size}".encode())
    readers = tuple(_installed(name) for name in _READERS)
    return newest, sizes, readers, sys.version, sys.byteorder


def _installed(name: str) -> tuple[str, int]:
    spec = find_spec(name)
    origin = spec.origin if spec and spec.origin else ""
    return origin, os.stat(origin).st_mtime_ns if origin else 0


def _seal(folder: str) -> bytes | None:
    """The line with which each file in `folder` begins; empty in a folder that the user named, None if the folder has no
    tag."""
    if os.path.basename(folder) != CACHE:
        return b""
    try:
        found = os.lstat(os.path.join(folder, _TAG_NAME))
    except (OSError, ValueError):
        return None
    # No program can set this time, which Windows has as that of creation. A link may lead to a file whose time is known.
    return b"%x %x\n" % (found.st_ino, found.st_ctime_ns) if stat.S_ISREG(found.st_mode) else None


def _make(folder: str) -> None:
    """Make the cache's folder, which Git and backups ignore. Raises OSError, also if there is a link at its place."""
    os.makedirs(folder, exist_ok=True)
    if os.path.islink(folder):
        raise OSError(f"{folder} is a link")
    for name, text in ((".gitignore", "*\n"), (_TAG_NAME, _TAG)):
        try:
            with open(os.path.join(folder, name), "x", encoding="ascii") as file:
                file.write(text)
        except FileExistsError:
            continue


def _clear(folder: str) -> None:
    """Delete caches that were not used for long, and what a killed run left behind."""
    with os.scandir(folder) as entries:
        for entry in entries:
            age = time.time() - entry.stat(follow_symlinks=False).st_mtime
            if (age > _OLD and entry.name.endswith((".txt", ".report"))) or (
                age > _UNFINISHED and entry.name.endswith(".new")
            ):
                os.unlink(entry.path)
