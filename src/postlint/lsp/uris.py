"""Files as the protocol names them."""

import os
import sys
from pathlib import PurePath
from urllib.parse import unquote, urlsplit


def to_path(uri: str) -> str | None:
    """The path on disk; None if `uri` does not name a file."""
    try:
        scheme, host, path, _, _ = urlsplit(uri)
    except ValueError:
        return None
    path = unquote(path)
    if scheme != "file" or not path.startswith("/") or "\0" in path:
        return None
    if sys.platform == "win32":
        return os.path.normpath(f"//{host}{path}" if host else path.removeprefix("/"))
    return os.path.normpath(path)


def from_path(path: str) -> str:
    """The URI of the file at the absolute `path`."""
    return PurePath(path).as_uri()
