"""Writes posts, reports and other files: through a temporary file in the same folder and a rename."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from postlint.errors import PostlintError
from postlint.files.reading import opener

CHANGED = "it was changed during the check"
_PREFIX, _SUFFIX = ".postlint-", ".tmp"


class Changed(PostlintError):
    """A file has changed since it was read."""


def obstacle(path: str) -> str | None:
    """Why the file at `path`, with links followed, must not be replaced; None if it can be."""
    target = os.path.realpath(path)
    try:
        found = os.stat(target)
    except OSError:
        return None  # whoever reads it says so
    if not stat.S_ISREG(found.st_mode):
        return CHANGED  # it could be read before
    if found.st_nlink > 1:
        return "it has several names (hard links), and only one of them would get the fixed text"
    # Root may write everything, but a file without the permission was meant to stay as it is.
    if not found.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(target, os.W_OK):
        return "it is read-only"
    if not os.access(os.path.dirname(target), os.W_OK):
        return "its folder is read-only"
    return None


def replace(path: str, data: bytes, expected: bytes) -> None:
    """Make `data` the content of `path`, completely or not at all, if the content is still `expected`.

    The file is always either the old one or the new one, even if the process or the machine stops. Owner and mode are
    kept; a symbolic link is followed and stays. Temporary files of killed processes are removed. Raises Changed if the
    file is not `expected`, PostlintError if it cannot be written.
    """
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    temporary = None
    try:
        with open(target, "rb", opener=opener) as file:
            content, found = file.read(), os.fstat(file.fileno())
    except OSError:
        raise Changed(CHANGED) from None  # it could be read before
    if content != expected or not stat.S_ISREG(found.st_mode):
        raise Changed(CHANGED)
    try:
        _clean(folder)
        temporary = os.path.join(folder, f"{_PREFIX}{os.getpid()}-{os.urandom(4).hex()}{_SUFFIX}")
        _make(temporary, data, found)
        os.replace(temporary, target)
        temporary = None
        _sync(folder)
    except FileNotFoundError:
        raise Changed(CHANGED) from None  # its folder is gone
    except OSError as error:
        raise PostlintError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from None
    finally:
        if temporary and os.path.lexists(temporary):
            os.unlink(temporary)


def create(path: str, data: bytes, overwrite: bool = False) -> None:
    """Make a file at `path` with the content `data`, completely or not at all. With `overwrite`, it replaces an
    existing file (a symbolic link itself, not its target). Temporary files of killed processes are removed. Raises Changed
    if something exists at `path`, PostlintError if it cannot be written."""
    folder = os.path.dirname(os.path.abspath(path))
    temporary = os.path.join(folder, f"{_PREFIX}{os.getpid()}-{os.urandom(4).hex()}{_SUFFIX}")
    try:
        _clean(folder)
        _make(temporary, data)
        if overwrite:
            os.replace(temporary, path)
        elif os.name == "posix":
            # Unlike a rename, a new name for a file never takes the place of another file.
            os.link(temporary, path)
        else:
            os.rename(temporary, path)
        _sync(folder)
    except FileExistsError:
        raise Changed(f"{path} already exists") from None
    except OSError as error:
        raise PostlintError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from None
    finally:
        if os.path.lexists(temporary):
            os.unlink(temporary)


def output(path: str, data: bytes) -> None:
    """Make `data` the content of the file at `path` that the user named for it, completely or not at all. It need not
    exist; if it does, owner and mode are kept, and a symbolic link is followed and stays.

    What must stay the very same file gets the content in place: a device or a pipe, a file that the process prints to, one
    with several names, and one that must not be replaced by another. Raises PostlintError if it cannot be written.
    """
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    temporary = os.path.join(folder, f"{_PREFIX}{os.getpid()}-{os.urandom(4).hex()}{_SUFFIX}")
    try:
        in_place = _stays(path)
        if not in_place:
            try:
                _clean(folder)
                _make(temporary, data, os.stat(target) if os.path.exists(target) else None)
                os.replace(temporary, target)
                _sync(folder)
            except OSError as error:
                # The folder is read-only, for example, or one file of a container is mounted.
                in_place = error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY)
                if not in_place:
                    raise
        if in_place:
            with open(path, "wb") as out:
                out.write(data)
    except OSError as error:
        raise PostlintError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from None
    finally:
        if os.path.lexists(temporary):
            os.unlink(temporary)


def _stays(path: str) -> bool:
    """Whether what is at `path` must not become another file."""
    if not os.path.basename(path) or os.path.abspath(path).startswith(("/dev/", "/proc/")):
        return True
    try:
        found = os.stat(path)
    except OSError:
        return False
    is_single = stat.S_ISREG(found.st_mode) and found.st_nlink == 1
    return not is_single or not os.access(path, os.W_OK) or any(os.path.samestat(found, each) for each in _printed())


def _printed() -> Iterator[os.stat_result]:
    """What standard output and standard error are, if they are open."""
    for descriptor in (1, 2):
        with suppress(OSError):
            yield os.fstat(descriptor)


def _make(temporary: str, data: bytes, like: os.stat_result | None = None) -> None:
    """Make a new file, with the owner and the mode of the file `like`."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # As private as can be until it has the mode of the file.
    descriptor = os.open(temporary, flags, 0o600 if like else 0o666)
    with open(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        if like:
            if hasattr(os, "fchown") and (like.st_uid, like.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(descriptor, like.st_uid, like.st_gid)
            os.chmod(descriptor if os.chmod in os.supports_fd else temporary, stat.S_IMODE(like.st_mode))
        os.fsync(descriptor)


def _sync(folder: str) -> None:
    """Make a rename in `folder` permanent, if folders can be opened."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@cache
def _clean(folder: str) -> None:
    """Once a run, take away the temporary files in `folder` whose processes are gone."""
    for name in os.listdir(folder):
        if name.startswith(_PREFIX) and name.endswith(_SUFFIX):
            process = name.removeprefix(_PREFIX).partition("-")[0]
            if process.isdigit() and not _runs(int(process)):
                os.unlink(os.path.join(folder, name))


def _runs(process: int) -> bool:
    if os.name != "posix":
        return True  # there, a signal of 0 would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
