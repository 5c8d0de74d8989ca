"""Tables of a TOML document while it is read: which may be opened again, and which are repeated."""

from typing import Literal

from postlint.front_matter import Entry, Node
from postlint.text import Span

DEEPEST = 100

# How a table came to be decides whether it can be added to (https://toml.io/en/v1.0.0#table): by its own header, by the
# header of a table inside it, by a dotted key, or as `{ }`.
Origin = Literal["header", "implied", "dotted", "inline"]


class TooDeep(Exception):
    """A table is nested deeper than anybody means it."""


class Array:
    """The tables of one `[[name]]`."""

    def __init__(self, first: "Table") -> None:
        self.tables = [first]

    def frozen(self) -> Node:
        items = tuple(table.frozen() for table in self.tables)
        return Node(Span(items[0].span.start, max(item.span.end for item in items)), items=items, style="block")


class _Slot:
    """A future entry: a name, its key, and what is known about its value so far."""

    def __init__(self, key: Node, value: "Content") -> None:
        self.key, self.value = key, value

    def frozen(self) -> Entry:
        node = self.value if isinstance(self.value, Node) else self.value.frozen()
        return Entry(self.key.text, self.key, node)


class Table:
    """A table that grows. A second definition that TOML forbids becomes a second entry of the same name."""

    def __init__(self, span: Span | None, depth: int, origin: Origin = "implied") -> None:
        if depth > DEEPEST:
            raise TooDeep
        self._span, self._depth, self._origin = span, depth, origin
        self._slots: list[_Slot] = []
        self._last: dict[str, _Slot] = {}

    def put(self, keys: list[Node], value: Node) -> None:
        """`keys` are the parts of a dotted key."""
        table = self
        for key in keys[:-1]:
            slot = table._last.get(key.text)
            inner = slot.value if slot else None
            if not (isinstance(inner, Table) and inner._origin in ("implied", "dotted")):
                inner = Table(None, table._depth + 1)
                table._add(key, inner)
            inner._origin = "dotted"
            table = inner
        table._add(keys[-1], value)

    def open(self, keys: list[Node], span: Span) -> "Table":
        """The table of a header `[keys]` at `span`."""
        parent, key = self._walk(keys), keys[-1]
        slot = parent._last.get(key.text)
        if slot and isinstance(slot.value, Table) and slot.value._origin == "implied":
            table = slot.value
            table._origin, table._span, slot.key = "header", span, key
            return table
        table = Table(span, parent._depth + 1, "header")
        parent._add(key, table)
        return table

    def open_array(self, keys: list[Node], span: Span) -> "Table":
        """The next table of a header `[[keys]]` at `span`."""
        parent, key = self._walk(keys), keys[-1]
        table = Table(span, parent._depth + 1, "header")
        slot = parent._last.get(key.text)
        if slot and isinstance(slot.value, Array):
            slot.value.tables.append(table)
        else:
            parent._add(key, Array(table))
        return table

    def _walk(self, keys: list[Node]) -> "Table":
        """The table that the last of `keys` belongs to."""
        table = self
        for key in keys[:-1]:
            slot = table._last.get(key.text)
            inner = slot.value if slot else None
            if isinstance(inner, Array):
                inner = inner.tables[-1]
            if not isinstance(inner, Table):
                inner = Table(None, table._depth + 1)
                table._add(key, inner)
            table = inner
        return table

    def _add(self, key: Node, value: "Content") -> None:
        slot = _Slot(key, value)
        self._slots.append(slot)
        self._last[key.text] = slot

    def entries(self) -> tuple[Entry, ...]:
        return tuple(slot.frozen() for slot in self._slots)

    def frozen(self) -> Node:
        entries = self.entries()
        spans = [span for entry in entries for span in (entry.key.span, entry.node.span)]
        if self._span is not None:
            spans.append(self._span)
        start = min((span.start for span in spans), default=0)
        return Node(Span(start, max((span.end for span in spans), default=0)), entries=entries, style="block")


Content = Node | Table | Array
