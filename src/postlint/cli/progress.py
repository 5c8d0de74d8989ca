"""A progress bar on a terminal, for work that takes more than a second."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from postlint.cli.terminal import width

_WIDEST = 30


@contextmanager
def progress(total: int, quiet: bool) -> "Iterator[_Bar | None]":
    """A bar for work on `total` posts, which is erased at the end. None if nobody would see it: without a terminal on
    standard error, with `quiet`, and in CI, whose logs would keep every state of it."""
    if quiet or os.environ.get("CI") or not sys.stderr.isatty():
        yield None
        return
    bar = _Bar(sys.stderr)
    try:
        yield bar
    finally:
        bar.clear()


class _Bar:
    """Called with the numbers of finished and of all posts. Draws after the first second, at most ten times a second."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._next = time.monotonic() + 1
        self._drawn = False

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next, self._drawn = now + 0.1, True
        told = f"{done}/{total} posts"
        # A line that fills the terminal continues on the next line, which would not be erased.
        wide = min(_WIDEST, width(80) - len(told) - 4)
        filled = wide * done // max(total, 1)
        bar = f"[{'#' * filled}{'.' * (wide - filled)}] " if wide > 0 else ""
        self._stream.write(f"\r{bar}{told}")
        self._stream.flush()

    def clear(self) -> None:
        """Erase the bar."""
        if self._drawn:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
