"""Which value of the front matter stands at an offset."""

from bisect import bisect_right
from itertools import pairwise

from postlint.front_matter import Node


class _Values:
    """The values of one mapping or list, each with its key or number, and where they end if none overlaps another."""

    def __init__(self, node: Node) -> None:
        named = [(entry.name, entry.node) for entry in node.entries or () if not entry.node.alias]
        self.values: list[tuple[str | int, Node]] = [
            *named,
            *((n, i) for n, i in enumerate(node.items or ()) if not i.alias),
        ]
        spans = [value.span for _, value in self.values]
        # Tables of TOML may be written in pieces, with others between them.
        self.ends = [] if any(one.end > other.start for one, other in pairwise(spans)) else [span.end for span in spans]

    def at(self, offset: int) -> tuple[str | int, Node] | None:
        nearest = bisect_right(self.ends, offset)
        pieces = self.values[nearest : nearest + 1] if self.ends else self.values
        return next((each for each in pieces if each[1].span.start <= offset < each[1].span.end), None)


class Fields:
    """The values of front matter by their places. Thousands of findings in one post may ask."""

    def __init__(self, root: Node) -> None:
        self._root = root
        self._values: dict[int, _Values] = {}

    def at(self, offset: int) -> tuple[str | int, ...]:
        """The path of the innermost value that contains `offset`; empty if none does."""
        node, path = self._root, list[str | int]()
        while not node.is_scalar:
            values = self._values.get(id(node)) or self._values.setdefault(id(node), _Values(node))
            inside = values.at(offset)
            if inside is None:
                break
            path.append(inside[0])
            node = inside[1]
        return tuple(path)
