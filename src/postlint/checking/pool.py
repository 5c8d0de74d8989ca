"""Worker processes for large runs; a small one is over before they would have started."""

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import Executor

FEW, FEW_ANEW = 500, 1000
"""With fewer posts than this to check, a second process saves little time; the larger number is for one that is not forked,
and has to load everything anew. With 750 posts, a forked one costs a tenth more CPU and saves a third of the time."""


def workers(posts: int, jobs: int | None, few: int | None = None) -> int:
    """How many processes to use for that many posts; `jobs` is the user's wish, None for as many as are useful. With
    fewer posts than `few`, one is."""
    if jobs is not None:
        return max(1, min(jobs, posts))
    few = few or (FEW if _forks() else FEW_ANEW)
    return 1 if posts < few else min(_processors(), 2 * posts // few)


class Pool:
    """As many processes as are useful (see `workers`), started when there is enough to do for the first time, and ended
    when the pool is closed; or the caller's own `executor`, which is left open."""

    def __init__(self, jobs: int | None = None, executor: "Executor | None" = None, few: int | None = None) -> None:
        self._jobs, self._few = jobs, few
        self._executor = executor
        self._own: Executor | None = None

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *error: object) -> None:
        if self._own:
            self._own.shutdown(cancel_futures=True)

    def executor(self, posts: int) -> "Executor | None":
        """The executor for work on `posts` posts; None for this process."""
        if self._executor:
            return self._executor
        count = workers(posts, self._jobs, self._few)
        if count > 1 and self._own is None:
            self._own = _start(count)
        return self._own if count > 1 else None


def _start(count: int) -> "Executor":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    if _forks():
        return ProcessPoolExecutor(count, get_context("fork"), initializer=_calm)
    from postlint.checking.spawning import Context, without_working_directory

    with without_working_directory():
        return ProcessPoolExecutor(count, Context(), initializer=_calm)


def _forks() -> bool:
    """Whether a process may be forked, so that it has the modules already. On macOS, libraries of the system forbid it."""
    return sys.platform == "linux"


def _calm() -> None:
    import gc

    # Posts create no cycles, so the collector need not search the objects from before the fork again and again.
    gc.freeze()
    gc.set_threshold(50_000)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
