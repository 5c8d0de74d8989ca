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
    if that is not a plain name itself: `z.string().min(5)` is `Call("min", (5,), Call("z.string", ()))`. A member of
    such a value has a dot before its name: `base.shape` is `Call(".shape", (), base)`. `returns` is what a function of
    the site's own returns, its parameters being unreadable.
    """

    name: str
    args: tuple[Any, ...]
    of: Any = None
    returns: Any = None


class Function(NamedTuple):
    """A function: the value of its first `return` outside of inner blocks, and the calls that are statements."""

    returns: Any
    calls: tuple[Call, ...] = ()


class Regex(NamedTuple):
    """A regular expression, as written between the slashes, and its flags."""

    source: str
    flags: str


class Literal(dict[str, Any]):
    """An object literal. `places` says where its keys are written (`config.ts:12`); `parts` are its keys and values in
    order, `...` with the value of each spread among them, which the mapping has only if it could be read."""

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, str] = {}
        self.parts: list[tuple[str, Any]] = []
