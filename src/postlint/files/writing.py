"""Writes a post: through a temporary file in the same folder and a rename, keeping owner and mode."""

import os
import stat
from functools import cache

from postlint.errors import PostlintError

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
        with open(target, "rb") as file:
            if file.read() != expected:
                raise Changed("it was changed during the check")
            found = os.fstat(file.fileno())
        _clean(folder)
        temporary = os.path.join(folder, f"{_PREFIX}{os.getpid()}-{os.urandom(4).hex()}{_SUFFIX}")
        # As private as can be until it has the mode of the file.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with open(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            if hasattr(os, "fchown") and (found.st_uid, found.st_gid) != (os.geteuid(), os.getegid()):
                os.fchown(descriptor, found.st_uid, found.st_gid)
            os.chmod(descriptor if os.chmod in os.supports_fd else temporary, stat.S_IMODE(found.st_mode))
            os.fsync(descriptor)
        os.replace(temporary, target)
        temporary = None
        _sync(folder)
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
        with open(temporary, "xb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
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
