"""How messages speak of places and values of a front matter: short, and in the words of those who write it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any, Literal, NamedTuple

from postlint.schema import Location

_LONGEST = 60


class Error(NamedTuple):
    """One error: its type, place (keys and indexes alone), the value there, and the context of the type."""

    type: str
    location: Location
    value: Any
    context: Mapping[str, Any]
    text: str


class Words(NamedTuple):
    """The message for an error; the rest as in Violation."""

    message: str
    suggestion: str | None = None
    certain: bool = False
    repair: Literal["text", "literal", "quote"] = "text"


def name(location: Location) -> str:
    """`authors[1].url` in backticks."""
    out = ""
    for step in location:
        out += f"[{step}]" if isinstance(step, int) else f".{step}" if out else step
    return f"`{short(out)}`" if out else "the front matter"


def shown(value: object) -> str:
    """A value as a message cites it: short, never a whole list or mapping."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | float):
        return short(str(value)) if not huge(value) else "such a large number"
    if isinstance(value, str):
        return f"`{short(value)}`" if value.strip() else "empty text"
    if isinstance(value, datetime | date | time):
        return f"`{value.isoformat()}`"
    return kind(value)


def huge(value: float) -> bool:
    """Whether `value` is a number that is not to be written out."""
    # Python refuses to write out integers of more than 4,300 digits.
    return isinstance(value, int) and value.bit_length() > 200


def short(text: str) -> str:
    """One line of at most 60 characters, without backticks."""
    text = " ".join(text.replace("`", "'").split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def kind(value: object) -> str:
    """The kind of the value, with its article."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    if isinstance(value, date):
        return "a date"
    if isinstance(value, time):
        return "a time"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple | set | frozenset):
        return "a list"
    return "binary data" if isinstance(value, bytes) else "a value of this kind"


def written(value: object) -> str:
    """A scalar as written in front matter, empty if it is not a scalar."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and huge(value):
        return ""
    return str(value) if isinstance(value, str | int | float) else ""


def plain(value: object) -> str:
    """A limit that a schema sets: `5` for 5.0, dates in ISO 8601."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if isinstance(value, date | time) else str(value)


def must_be(what: str, error: Error, exact: bool = False) -> Words:
    """`exact`: the value itself is wrong, not its kind."""
    if error.value is None:
        return Words(f"{name(error.location)} must be {what}, but it is empty")
    found = shown(error.value) if exact else kind(error.value)
    return Words(f"{name(error.location)} must be {what}, not {found}")
