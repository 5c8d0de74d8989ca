"""Packages that only some commands need, and that are not installed with postlint alone."""

import sys

from postlint.errors import PostlintError


def missing(needed_by: str, requirement: str) -> PostlintError:
    """The error of what needs a package that is not there: `requirement` as pip takes it (`pygls>=2.0`).

    It names the package, not an extra of postlint, and this very Python: that is right however postlint was installed.
    """
    name = requirement.partition(">")[0]
    python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return PostlintError(
        f"{needed_by} needs the package {name}, which is not installed beside postlint; install it there, "
        f'for example with {python} -m pip install "{requirement}"'
    )
