"""Messages quote what is in a post between backticks, as Markdown does: the parts of a message."""

import re
from collections.abc import Iterator

_RUNS = re.compile("(`+)")


def spans(message: str) -> Iterator[tuple[bool, str]]:
    """The parts of `message`, each with whether it is quoted (and then without its backticks). Takes linear time."""
    parts = _RUNS.split(message)
    last = {run: at for at, run in enumerate(parts) if at % 2}
    at = 0
    while at < len(parts):
        if at % 2 and last[parts[at]] > at:
            end = parts.index(parts[at], at + 1)
            yield True, _unpadded("".join(parts[at + 1 : end]))
            at = end + 1
        else:
            yield False, parts[at]
            at += 1


def _unpadded(code: str) -> str:
    """`code` without the one space at each end that parts backticks in it from those around it (CommonMark 0.31, 6.1)."""
    return code[1:-1] if len(code) > 2 and code[0] == code[-1] == " " and code.strip() else code
