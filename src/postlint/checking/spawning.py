"""Starting a new Python for a worker, in the folder of a site whose files it must not import.

`multiprocessing` starts one with `python -c`, which looks for modules in the working directory first. A site may hold a
`pickle.py`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import SpawnContext, SpawnProcess

_VARIABLE = "PYTHONSAFEPATH"


@contextmanager
def without_working_directory() -> Iterator[None]:
    """In it, a Python that is started does not import from the working directory."""
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_VARIABLE]
        else:
            os.environ[_VARIABLE] = before


class Process(SpawnProcess):
    """A worker that was started so."""

    def start(self) -> None:
        with without_working_directory():
            super().start()


class Context(SpawnContext):
    """A context of `multiprocessing` with such workers."""

    Process = Process
