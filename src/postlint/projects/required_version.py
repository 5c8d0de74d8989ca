"""The setting `required-version`: which versions of postlint a configuration is for."""

import re
from collections.abc import Callable
from operator import eq, ge, gt, le, lt, ne

from postlint import __version__

_CLAUSE = re.compile(r"\s*(>=|<=|==|!=|~=|>|<)\s*v?(\d+(?:\.\d+)*)\s*")
_COMPARISONS: dict[str, Callable[[tuple[int, ...], tuple[int, ...]], bool]] = {
    ">=": ge,
    "<=": le,
    "==": eq,
    "!=": ne,
    ">": gt,
    "<": lt,
}


def problem(required: str, version: str = __version__) -> str | None:
    """What is wrong if `version` does not meet `required`, or if that is not a list of comparisons: those of
    https://packaging.python.org/en/latest/specifications/version-specifiers/ with numbers, such as `>=0.2,<1`."""
    ours = _numbers(version)
    for clause in required.split(","):
        found = _CLAUSE.fullmatch(clause)
        if not found:
            return '`required-version` must be a comparison with a version, such as ">=0.2" or ">=0.2,<1"'
        operator, wanted = found[1], _numbers(found[2])
        if operator == "~=":
            # At least this version, and the same but for the last number.
            series = found[2].count(".")
            fits = series > 0 and ours >= wanted and ours[:series] == wanted[:series]
        else:
            fits = _COMPARISONS[operator](ours, wanted)
        if not fits:
            return f"this configuration is for postlint {required}, but this is {version}; install such a version"
    return None


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of the release, in a length at which versions can be compared; what follows them does not count."""
    release = re.match(r"\d+(?:\.\d+)*", version)
    numbers = [int(number) for number in release[0].split(".")] if release else []
    return tuple((*numbers, 0, 0, 0, 0, 0, 0)[: max(6, len(numbers))])
