"""Built-in rules, found by their place: `rules/<family>/<rule>.py`. Their names are known without an import."""

import os
from functools import cache
from importlib import import_module

from postlint.rule import Rule

PAGE = "https://github.com/postlint/postlint/blob/main/docs/rules/{name}.md"


@cache
def names() -> dict[str, str]:
    """Rule name → family, from file names alone, sorted by family and name."""
    here = __path__[0]
    return {
        file[:-3].replace("_", "-"): family.replace("_", "-")
        for family in sorted(os.listdir(here))
        if "." not in family and not family.startswith("_")
        for file in sorted(os.listdir(os.path.join(here, family)))
        if file.endswith(".py") and not file.startswith("_")
    }


OFF = frozenset(
    "description-length format image-external image-format image-too-large image-unused tag-unknown title-length".split()
)
"""The rules that run only if something names them, known without an import."""


PREVIEW = frozenset("conflict-marker link-definition".split())
"""The rules that are new in this release, known without an import: see `Rule.preview`."""


def is_built_in(rule: type[Rule]) -> bool:
    """Whether `rule` is one of postlint's own."""
    return rule.__module__.startswith(f"{__name__}.")


@cache
def load(name: str) -> type[Rule]:
    """The class of a built-in rule. Raises KeyError for an unknown name."""
    family = names()[name]
    module = import_module(f"{__name__}.{family}.{name}".replace("-", "_"))
    (rule,) = (
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Rule) and value.__module__ == module.__name__
    )
    rule.name, rule.family, rule.url = name, family, PAGE.format(name=name)
    return rule
