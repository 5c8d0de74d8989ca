"""Stand-ins for the parts of a JavaScript module that are not plain values."""

from enum import Enum
from typing import Any, NamedTuple


class Unreadable(Enum):
    """The type of `UNREADABLE`."""

    UNREADABLE = "unreadable"

    def __repr__(self) -> str:
        return self.name


UNREADABLE = Unreadable.UNREADABLE
"""Stands for a value that only running the module would give."""


class Call(NamedTuple):
    """A call that was not made: `glob({ base: "a" })` is `Call("glob", ({"base": "a"},))`.

    `name` has its dots (`z.object`), `new` before a constructor (`new URL`). `of` is the value whose method it is,
    if that is not a plain name itself: `z.string().min(5)` is `Call("min", (5,), Call("z.string", ()))`.
    """

    name: str
    args: tuple[Any, ...]
    of: Any = None


class Function(NamedTuple):
    """A function: the value of its first `return` outside of inner blocks, and the calls that are statements."""

    returns: Any
    calls: tuple[Call, ...] = ()
