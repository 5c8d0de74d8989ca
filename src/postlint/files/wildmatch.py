"""The lines of a `.gitignore`, as `dir.c` and `wildmatch.c` of Git 2.39 read them.

Git compares bytes. Here, each byte is the character of its number (`as_bytes`).
"""

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from postlint.files import expressions
from postlint.files.expressions import Chain, Choice, Expression

_BOM = "\xef\xbb\xbf"
_SPECIAL = re.compile(r"[*?\[\\]|$")


@cache
def _classes() -> dict[str, str]:
    """The characters of each class, which few lines name."""
    import string

    printed = string.ascii_letters + string.digits + string.punctuation
    return {
        "alnum": string.ascii_letters + string.digits,
        "alpha": string.ascii_letters,
        "blank": " \t",
        "cntrl": "".join(map(chr, [*range(32), 127])),
        "digit": string.digits,
        "graph": printed,
        "lower": string.ascii_lowercase,
        "print": f"{printed} ",
        "punct": string.punctuation,
        "space": " \t\n\r",
        "upper": string.ascii_uppercase,
        "xdigit": string.hexdigits,
    }


class Line(NamedTuple):
    """What one line says: whether it ignores or takes back, whether only folders, whether it is about the names of files and
    folders at any depth or about their paths from the folder of the file, and which names or paths."""

    ignores: bool
    only_folders: bool
    is_name: bool
    expression: Expression


def as_bytes(path: str) -> str:
    """`path` as Git compares it."""
    if path.isascii():
        return path
    try:
        return os.fsencode(path).decode("latin-1")
    except UnicodeEncodeError:
        return path  # no file has such a name


def read(data: bytes) -> Iterator[Line]:
    """The lines that may match something, in order."""
    for text in data.decode("latin-1").removeprefix(_BOM).split("\n"):
        line = text.removesuffix("\r").partition("\0")[0]
        if line.startswith("#"):
            continue
        line = _without_blanks(line)
        pattern = line.removeprefix("!")
        path = pattern.removesuffix("/")
        is_name = "/" not in path
        expression = _expression(path.removeprefix("/"), is_name)
        if path and expression is not None:
            yield Line(pattern == line, path != pattern, is_name, expression)


def _without_blanks(line: str) -> str:
    """`line` without the blanks at its end. A backslash keeps one."""
    text = line.rstrip(" ")
    is_kept = (len(text) - len(text.rstrip("\\"))) % 2 == 1
    return line[: len(text) + is_kept]


def _expression(pattern: str, is_name: bool) -> Expression | None:
    """What `pattern` matches; None if it is malformed, because Git then matches it with nothing."""
    parts: list[Expression] = []
    found = _SPECIAL.search(pattern)
    # Git compares what comes before as a text, and reads the rest as a pattern of its own.
    beginning = found.start() if found else 0
    at = 0
    while at < len(pattern):
        char = pattern[at]
        following = at + 1
        if char == "\\":
            if following == len(pattern):
                return None
            parts += expressions.literal(pattern[following]).parts
            following += 1
        elif char == "?":
            parts.append("[^/]")
        elif char == "[":
            characters = _set(pattern, at)
            if characters is None:
                return None
            one, following = characters
            parts.append(one)
        elif char == "*":
            following = at + len(pattern[at:]) - len(pattern[at:].lstrip("*"))
            starts_name = at == beginning or pattern[at - 1] == "/"
            rest = pattern[following:]
            if is_name or following - at < 2 or not starts_name or not (rest == "" or rest.startswith(("/", "\\/"))):
                parts.append(expressions.NAME)
            elif rest == "":
                parts.append(expressions.ANYTHING)
            elif rest[0] == "\\":
                parts += expressions.ANYTHING, "/"
                following += 2
            elif at == 0 or pattern[at - 1] == "/":
                parts.append(expressions.FOLDERS)
                following += 1
            else:
                parts.append(Choice((Chain((expressions.ANYTHING, "/")), expressions.NOTHING)))
                following += 1
        else:
            parts += expressions.literal(char).parts
        at = following
    return Chain(tuple(parts))


def _set(pattern: str, at: int) -> tuple[str, int] | None:
    """The characters of the `[…]` at `at` as a regular expression, and where it ends; None if it never does, or names an
    unknown class."""
    at += 1
    negated = pattern[at : at + 1] in ("!", "^")
    at += negated
    found: set[str] = set()
    before = ""
    first = at
    while at == first or pattern[at : at + 1] != "]":
        char = pattern[at : at + 1]
        if char == "[" and pattern[at + 1 : at + 2] == ":" and (end := pattern.find("]", at + 2)) != -1:
            name = pattern[at + 2 : end - 1]
            if end > at + 2 and pattern[end - 1] == ":":
                if name not in _classes():
                    return None
                found.update(_classes()[name])
                before, at = "", end + 1
                continue
        elif char == "[" and pattern[at + 1 : at + 2] == ":":
            return None
        is_range = char == "-" and before and pattern[at + 1 : at + 2] not in ("", "]")
        if is_range:
            at += 1
            char = pattern[at]
        if char == "\\":
            at += 1
            char = pattern[at : at + 1]
        if not char:
            return None
        found.update(map(chr, range(ord(before), ord(char) + 1)) if is_range else char)
        before = "" if is_range else char
        at += 1
    characters = {chr(number) for number in range(256)} - found if negated else found
    return _one_of(characters - {"/"}), at + 1


def _one_of(characters: set[str]) -> str:
    """The regular expression for one of `characters`."""
    if len(characters) == 1:
        return re.escape(*characters)
    codes = "".join(rf"\x{ord(char):02x}" for char in sorted(characters))
    return f"[{codes}]" if codes else r"[^\x00-\xff]"
