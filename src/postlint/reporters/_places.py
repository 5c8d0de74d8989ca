"""Paths and columns as other programs count them."""

import os
from functools import lru_cache

from postlint.files.repository import root_of
from postlint.text import Place, Text


def from_repository(path: str) -> str:
    """`path`, which is relative to the working directory or absolute, made relative to the root of the Git repository of the
    working directory; unchanged if there is no repository, or the path is outside of it."""
    root = _root(os.getcwd())
    if root is None:
        return path
    full = os.path.normpath(os.path.join(os.getcwd(), path))
    below = full.removeprefix(os.path.join(root, ""))
    return below.replace(os.sep, "/") if below != full else path


@lru_cache(maxsize=1)
def _root(folder: str) -> str | None:
    return root_of(folder)


def root() -> str:
    """The folder that `from_repository` is relative to."""
    return _root(os.getcwd()) or os.getcwd()


def utf16_column(text: Text | None, at: Place) -> int:
    """The column of `at`, from 1, in UTF-16 code units; in code points if there is no text."""
    return at.column if text is None else 1 + len(_before(text, at).encode("utf-16-le", "surrogatepass")) // 2


def utf8_column(text: Text | None, at: Place) -> int:
    """The same in bytes of UTF-8."""
    return at.column if text is None else 1 + len(_before(text, at).encode("utf-8", "surrogateescape"))


def _before(text: Text, at: Place) -> str:
    return text.value[text.line_starts[at.line - 1] : at.offset]


def sound(text: str) -> str:
    """`text` with U+FFFD for bytes that were not UTF-8: a lone surrogate is not a character in JSON or XML."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
