"""The values that the posts of a site have in their front matter."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from sys import intern
from typing import Any

_LONGEST = 60
_MOST_KEYS = 60
_MOST_VALUES = 50


class Survey:
    """Counts the short texts in each top-level field, post by post."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[str, str], ...]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def missing(self, paths: Iterable[str]) -> list[str]:
        """Those of `paths` that were not looked at."""
        return [path for path in paths if path not in self._known]

    def add(self, path: str, data: Mapping[str, Any]) -> None:
        """Count the front matter `data` of the post at `path`."""
        self._known[path] = tuple(_texts(data))

    def forget(self, path: str) -> None:
        self._known.pop(path, None)

    def values(self, field: str, paths: Iterable[str]) -> list[tuple[str, int]]:
        """The values that the posts at `paths` have in `field`, the most frequent first, each with their number; empty if
        hardly any value occurs twice, as in a title."""
        counted: Counter[str] = Counter()
        for path in paths:
            counted.update({value for name, value in self._known.get(path, ()) if name == field})
        if counted.total() < 2 * len(counted):
            return []
        return counted.most_common(_MOST_VALUES)


def _texts(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for number, (field, value) in enumerate(data.items()):
        if number == _MOST_KEYS:
            return
        for text in value if isinstance(value, list) else (value,):
            if isinstance(text, str) and 0 < len(text) <= _LONGEST:
                yield intern(field), intern(text)
