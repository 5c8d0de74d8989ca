"""A unified diff that `git apply` takes, whatever the line ends."""

from collections.abc import Iterator
from difflib import unified_diff


def unified(path: str, before: str, after: str) -> Iterator[str]:
    """The lines of the diff of one file."""
    old, new = (_lines(text) for text in (before, after))
    for line in unified_diff(old, new, f"a/{path}", f"b/{path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    # Only LF ends a line for Git: a CR before it is part of the line.
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
