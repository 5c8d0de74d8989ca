"""Finding a site's own configuration file by its names."""

from collections.abc import Iterable

from postlint.files.files import Files

SCRIPTS = ("ts", "mts", "js", "mjs", "cts", "cjs")
"""The endings of configuration files in JavaScript and TypeScript."""


def first(files: Files, names: Iterable[str], folder: str = "") -> str | None:
    """The path of the first of `names` that is a file in `folder`."""
    paths = (f"{folder}/{name}" if folder else name for name in names)
    return next((path for path in paths if files.is_file(path)), None)
