"""A unified diff that `git apply` accepts, with any line endings and file name."""

import sys
from collections.abc import Iterator, Mapping
from difflib import unified_diff

from postlint.reporters import visible


def show(texts: Mapping[str, tuple[str, str]]) -> None:
    """Print the diff of each path's text before and after."""
    on_terminal = sys.stdout.isatty()
    for path, (before, after) in texts.items():
        for line in unified(path, before, after):
            if on_terminal:
                sys.stdout.write(visible(line.removesuffix("\n")) + "\n")
            else:
                # `git apply` needs the exact bytes.
                sys.stdout.buffer.write(line.encode(errors="surrogateescape"))
    sys.stdout.flush()


def unified(path: str, before: str, after: str) -> Iterator[str]:
    """The lines of the diff of one file."""
    old, new = (_lines(text) for text in (before, after))
    # For patch and Git, a tab ends a name that contains spaces.
    end = "\t" if " " in path else ""
    for line in unified_diff(old, new, _quoted(f"a/{path}") + end, _quoted(f"b/{path}") + end):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    # Only LF ends a line for Git: a CR before it is part of the line.
    lines = text.split("\n")
    return [line + "\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _quoted(name: str) -> str:
    """`name` as Git writes it: if it has unusual characters, in quotes, with these characters as octal bytes."""
    if name.isprintable() and '"' not in name and "\\" not in name:
        return name
    return '"' + "".join(map(_escaped, name)) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else "".join(f"\\{byte:03o}" for byte in char.encode(errors="surrogateescape"))
