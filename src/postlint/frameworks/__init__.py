"""Site frameworks: one folder each, found by its name. `framework.py` says what each must tell, `answers.py` how."""

import os
from functools import cache
from importlib import import_module

from postlint.frameworks.framework import Framework


def names() -> list[str]:
    """The frameworks' names: those of their folders."""
    return list(_names())


@cache
def _names() -> list[str]:
    here = os.path.dirname(__file__)
    return sorted(entry.name for entry in os.scandir(here) if entry.is_dir() and not entry.name.startswith("_"))


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
