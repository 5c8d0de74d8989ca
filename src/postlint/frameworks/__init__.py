"""Site frameworks: one folder each, found by its name. `framework.py` has the questions, `answers.py` the answers."""

import os
from functools import cache
from importlib import import_module

from postlint.frameworks.framework import Framework


def names() -> list[str]:
    """The frameworks' names: those of their folders."""
    return list(_names(tuple(__path__)))


@cache
def _names(folders: tuple[str, ...]) -> list[str]:
    entries = (entry for folder in folders for entry in os.scandir(folder))
    return sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("_"))


@cache
def load(name: str) -> type[Framework]:
    """The class of one framework. Raises KeyError for an unknown name."""
    if name not in names():
        raise KeyError(name)
    module = import_module(f"{__name__}.{name}.framework")
    (found,) = (
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Framework) and value.__module__ == module.__name__
    )
    return found
