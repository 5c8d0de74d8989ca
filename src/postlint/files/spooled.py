"""The contents of posts that come one by one and are too many to hold: on disk, to be read again by path."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from tempfile import SpooledTemporaryFile
from types import TracebackType

_HELD = 8_000_000
"""Bytes that are kept in memory before the temporary file is used."""


class Spooled(Mapping[str, bytes]):
    """Path → content of pairs that are read once, kept in a temporary file without a name. Of two pairs with one path, the
    last counts, as in a dict. Closed as a context manager. Raises OSError if the disk is full."""

    def __init__(self, pairs: Iterable[tuple[str, bytes]]) -> None:
        self._file = SpooledTemporaryFile(_HELD)  # noqa: SIM115 - closed by __exit__
        # The number of each content, and where it ends. Very many posts may come, so nothing is kept for each but numbers.
        self._numbers: dict[str, int] = {}
        self._ends = array("Q", [0])
        try:
            for path, data in pairs:
                self._file.write(data)
                self._numbers[path] = len(self._ends)
                self._ends.append(self._ends[-1] + len(data))
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> "Spooled":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def __getitem__(self, path: str) -> bytes:
        number = self._numbers[path]
        start, end = self._ends[number - 1 : number + 1]
        self._file.seek(start)
        return self._file.read(end - start)

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, path: object) -> bool:
        return path in self._numbers
