"""Worker processes for large runs; a small one is over before they would have started."""

import gc
import os
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context

from postlint import run


def workers(posts: int, jobs: int | None) -> int:
    """How many processes to use for that many posts; `jobs` is the user's wish, None for as many as are useful."""
    if jobs is not None:
        return max(1, min(jobs, posts))
    return 1 if posts < run.FEW else min(_processors(), posts // 50)


def executor(count: int) -> Executor:
    """A pool of `count` processes. Forked where the system can: the modules are loaded then."""
    method = (
        "fork"
        if "fork" in get_all_start_methods() and os.name == "posix" and os.uname().sysname == "Linux"
        else "spawn"
    )
    return ProcessPoolExecutor(count, get_context(method), initializer=_start)


def _start() -> None:
    # Posts leave no cycles behind; what was loaded before the fork need not be looked through again and again.
    gc.freeze()
    gc.set_threshold(50_000)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
