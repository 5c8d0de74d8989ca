"""The text of one block without what its containers have before each line, and the way back to the post."""

from bisect import bisect_right


class View:
    """`text` from `start` to `end`; offsets in it are those of the post unless `pieces` were put together."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.start = start
        self.end = end
        self._begins: list[int] = []
        self._shifts: list[int] = []

    @classmethod
    def of(cls, text: str, pieces: list[tuple[int, int]]) -> "View":
        """The spans `pieces` of `text` as lines."""
        begins, shifts, parts = [], [], []
        length = 0
        for start, end in pieces:
            begins.append(length)
            shifts.append(start - length)
            parts.append(text[start:end])
            length += end - start + 1
        view = cls("\n".join(parts), 0, max(length - 1, 0))
        view._begins = begins
        view._shifts = shifts
        return view

    def offset(self, at: int) -> int:
        """Where in the post `at` is."""
        if not self._begins:
            return at
        return at + self._shifts[bisect_right(self._begins, at) - 1]
