"""What code that converts values, as `z.coerce` does, makes of those that were not meant for it."""

from typing import NamedTuple

from postlint.front_matter import Node

_NO = frozenset(("false", "no", "n", "off", "0", "f", "nein", "non", "nie", "nee", "nej"))
# Milliseconds of a year and a bit: what is meant as a year, or as a day, is less.
_A_YEAR = 4e10


class Made(NamedTuple):
    """What becomes of a value, what it is made of, and what to write instead."""

    becomes: str
    of: str
    hint: str


def read(kind: str, node: Node) -> Made | None:
    """What is made of the value at `node`; None if that is meant, or if it is not a scalar. `kind` as in
    `Schema.coerced`."""
    kind, _, null = kind.partition(" ")
    if not node.is_scalar or node.alias or (node.value is None and null):
        return None
    return _read(kind, node)


def _read(kind: str, node: Node) -> Made | None:
    """What is made of the value, of what it is made, and what to write; None if that is meant."""
    value = node.value
    if kind == "boolean":
        is_no = isinstance(value, str) and value.strip().casefold() in _NO
        return Made("true", "any text", "write `false`") if is_no else None
    empty = "an empty value" if value is None else f"`{node.text}`" if isinstance(value, bool) else None
    if kind == "date":
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _A_YEAR:
            return Made("a moment of 1970", "a number", "write a date")
        return Made("1 January 1970", empty, "write a date, or remove the line") if empty else None
    if value is None and kind in ("number", "string"):
        becomes = "0" if kind == "number" else "the text `null`"
        return Made(becomes, "an empty value", "write a value, or remove the line")
    return None
