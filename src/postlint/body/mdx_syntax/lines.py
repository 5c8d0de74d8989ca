"""The lines of a body, and the white space that they begin with, in columns: a tab goes on to every fourth."""

import re
from bisect import bisect_right
from itertools import accumulate

_LINE_END = re.compile(r"\r\n|\n|\r")
_SPACES = re.compile(r"[ \t]*")
_TAB = 4


class Lines:
    """Lines of `text` from `start` on, numbered from 0; `starts` and `ends` are their offsets, without line ends.

    `end_with_newlines`: there are no carriage returns.
    """

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.end_with_newlines = text.find("\r", start) < 0
        if self.end_with_newlines:
            lengths = map(len, text[start:].split("\n"))
            self.starts = list(accumulate((length + 1 for length in lengths), initial=start))
            self.ends = [after - 1 for after in self.starts[1:]]
            self.starts.pop()
        else:
            matches = list(_LINE_END.finditer(text, start))
            self.starts = [start, *(match.end() for match in matches)]
            self.ends = [*(match.start() for match in matches), len(text)]
        self.count = len(self.starts)

    def __len__(self) -> int:
        return self.count

    def at(self, offset: int) -> int:
        """The number of the line that `offset` is in."""
        return bisect_right(self.starts, offset) - 1

    def is_blank(self, line: int) -> bool:
        return past_spaces(self.text, self.starts[line], self.ends[line]) >= self.ends[line]


def past_spaces(text: str, at: int, end: int) -> int:
    match = _SPACES.match(text, at, end)
    assert match is not None
    return match.end()


def past_indentation(text: str, at: int, end: int, column: int) -> tuple[int, int]:
    """Past the white space at `at`, which is in `column`, and how many columns it takes."""
    after = past_spaces(text, at, end)
    if "\t" not in text[at:after]:
        return after, after - at
    return after, _column(text, at, after, column) - column


def past_columns(text: str, at: int, end: int, column: int, width: int) -> tuple[int, int]:
    """Past `width` columns of white space at `at`, which is in `column`, and the column there; a tab may take more."""
    target = column + width
    while at < end and column < target and text[at] in " \t":
        column = _column(text, at, at + 1, column)
        at += 1
    return at, column


def column_of(text: str, start: int, at: int) -> int:
    """The column of `at` in the line that begins at `start`."""
    return _column(text, start, at, 0) if "\t" in text[start:at] else at - start


def _column(text: str, start: int, end: int, column: int) -> int:
    for sign in text[start:end]:
        column += _TAB - column % _TAB if sign == "\t" else 1
    return column
