"""Reading a file that may be anything: a pipe, a loop of links, a folder, larger than memory."""

import os
import stat

from postlint.files import looks

_MOST_BYTES = 16 * 1024 * 1024
_MORE_BYTES = 1024 * 1024
_MOST_PARTS = 32
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def opener(path: str, flags: int) -> int:
    """For `open`: opens what is at `path` without waiting, in case it is a pipe by now. Raises OSError."""
    return os.open(path, flags | _FLAGS)


class Unreadable(Exception):
    """Why a file cannot be read, in a blogger's words."""


class NoFile(Unreadable):
    """Nothing can be seen at this path, or something that is not a file."""


def read(path: str) -> bytes:
    """The bytes of a regular file of at most 16 MiB. Raises Unreadable; never waits for a pipe."""
    try:
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        is_missing = isinstance(error, (FileNotFoundError, NotADirectoryError))
        # In a folder without permission, nobody can see whether there is a file.
        kind = NoFile if is_missing or not os.path.lexists(path) else Unreadable
        if kind is NoFile:
            looks.whether_there(path, False)
        else:
            looks.at(path)
        what = "folder" if kind is Unreadable and os.path.isdir(path) else "file"
        raise kind(f"this {what} cannot be read: {reason[:1].lower()}{reason[1:]}") from None
    looks.at(path)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NoFile("this is not a regular file")
        if status.st_size > _MOST_BYTES:
            raise Unreadable(f"this file has {status.st_size >> 20} MiB; postlint reads posts of up to 16 MiB")
        data = os.read(descriptor, status.st_size + 1)
        if len(data) == status.st_size:
            return data
        parts = [data]
        while part := os.read(descriptor, _MORE_BYTES):
            parts.append(part)
            if len(parts) > _MOST_PARTS:
                raise Unreadable("this file is still growing")
        return b"".join(parts)
    except OSError as error:
        raise Unreadable(f"this file cannot be read: {error.strerror}") from None
    finally:
        os.close(descriptor)
