"""A progress bar on a terminal, for work that takes over a second."""

import time
from typing import TextIO

_WIDTH = 30


class Progress:
    """Called with how many posts of how many are done; draws at most ten times a second, nothing in the first one."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._stream, self._total = stream, total
        self._next = time.monotonic() + 1
        self._drawn = False

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next, self._drawn = now + 0.1, True
        filled = _WIDTH * done // max(total, 1)
        self._stream.write(f"\r[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{total} posts")
        self._stream.flush()

    def clear(self) -> None:
        """Leave no trace."""
        if self._drawn:
            self._stream.write("\r\x1b[2K")
            self._stream.flush()
