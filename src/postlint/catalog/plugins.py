"""Users' own rules: from files and modules that the configuration names, and from installed packages."""

import os
import sys
from functools import cache
from typing import TYPE_CHECKING

from postlint.errors import PostlintError
from postlint.files import looks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from postlint.rule import Rule

GROUP = "postlint.rules"


def load(sources: "Sequence[str]", root: str | None) -> list[type["Rule"]]:
    """The rules that `sources` name (`rules.py:NoTodo`, `pkg.mod:NoTodo`; files relative to `root`), and those of
    installed packages' entry points. Runs user code.

    Raises PostlintError, naming the plugin, if one cannot be loaded or is not a rule.
    """
    from postlint import rules

    found = [_from_source(source, root or os.getcwd()) for source in sources]
    found += [_rule(entry, source) for source, entry in installed()]
    for rule in found:
        if rule.name in rules.names():
            raise PostlintError(f"plugin rule `{rule.name}` has the name of a built-in rule; give it another `name`")
    return list(dict.fromkeys(found))


@cache
def installed() -> tuple[tuple[str, object], ...]:
    """(name, object) of every entry point in the group `postlint.rules`.

    `importlib.metadata` takes longer to import than checking a post, so it is used only if some installed
    package's `entry_points.txt` names the group.
    """
    if not any(_names_group(folder) for folder in sys.path):
        return ()
    from importlib.metadata import entry_points

    found = []
    for point in entry_points(group=GROUP):
        try:
            found.append((f"{point.name} = {point.value}", point.load()))
        except Exception as error:
            raise PostlintError(f"plugin `{point.name} = {point.value}`: {type(error).__name__}: {error}") from error
    return tuple(found)


def _names_group(folder: str) -> bool:
    folder = os.path.abspath(folder)
    looks.at(folder)
    try:
        with os.scandir(folder) as entries:
            metadata = [entry.path for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return False
    for path in metadata:
        names = os.path.join(path, "entry_points.txt")
        looks.at(names)
        try:
            with open(names, "rb") as file:
                if GROUP.encode() in file.read():
                    return True
        except OSError:
            continue
    return False


def _from_source(source: str, root: str) -> type["Rule"]:
    from postlint.user_code import load_object

    return _rule(load_object(source, root), source)


def _rule(found: object, source: str) -> type["Rule"]:
    from postlint.rule import Rule

    if not (isinstance(found, type) and issubclass(found, Rule)):
        raise PostlintError(f"plugin `{source}` is not a subclass of postlint.Rule")
    return found
