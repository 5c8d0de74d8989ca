"""What content tools check that JSON Schema has no words for: keywords of postlint's own.

A check gets the value (dates kept apart, see `schema`) and its argument. It returns what is wrong, as the rest of a
sentence that begins with the name of the field, or None.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

FILLED, CHECK = "x-filled", "x-check"
_NUMBER = re.compile(r"\s*(?:[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|Infinity)|0[xX][\da-fA-F]+)?\s*")

Check = Callable[[Any, Any], str | None]


def is_number(value: Any) -> bool:
    """Whether JavaScript's `Number(value)` is a number. A list of one value counts as that value."""
    for _ in range(8):
        if not isinstance(value, list):
            break
        value = value[0] if len(value) == 1 else "" if not value else "no number"
    if isinstance(value, str):
        return _NUMBER.fullmatch(value) is not None
    return value is None or isinstance(value, bool | int | float)


def number(value: Any) -> float | None:
    """What JavaScript's `Number(value)` makes of a value; None if that is not a number."""
    if isinstance(value, str):
        text = value.strip()
        if _NUMBER.fullmatch(text) is None:
            return None
        return float(int(text, 16)) if text[:2].lower() == "0x" else float(text.replace("Infinity", "inf") or 0)
    if value is None or isinstance(value, bool | int | float):
        return float(value or 0)
    return None


def text(value: Any) -> str:
    """What JavaScript's `String(value)` makes of a value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    if isinstance(value, list):
        return ",".join("" if item is None else text(item) for item in value)
    if isinstance(value, Mapping):
        return next(iter(value.values())) if value.keys() == {"$date"} else "[object Object]"
    return "null" if value is None else str(value)


def shown(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else str(value)


def _absent(value: Any, argument: Any) -> str | None:
    return "is ignored: it is made of the file's own path; remove the line"


def _not_nan(value: Any, argument: Any) -> str | None:
    return None if is_number(value) else "must be a number"


def _range(value: Any, limits: Any) -> str | None:
    """Numbers between limits, as JavaScript compares: a text that is not a number passes."""
    found = number(value)
    if found is None:
        return None
    least, most = limits
    if least is not None and found < least:
        return f"must be at least {shown(least)}, not {shown(found)}"
    return f"must be at most {shown(most)}, not {shown(found)}" if most is not None and found > most else None


def _text_pattern(value: Any, argument: Any) -> str | None:
    """A regular expression that the text of any value must match somewhere, and what to say if it does not."""
    from postlint.schema.json import expressions

    pattern, said = argument
    if value in (None, "", [], {}) or expressions.found(pattern, text(value)):
        return None
    return f"does not match the pattern `{pattern}`" + (f": {said}" if said else "")


_CHECKS: dict[str, Check] = {
    "absent": _absent,
    "not-nan": _not_nan,
    "range": _range,
    "text-pattern": _text_pattern,
}


class _Filled:
    """`x-filled`: neither null nor an empty text, list or mapping."""

    def __init__(self, parent: dict[str, Any], value: Any, path: list[str | int]) -> None:
        pass

    def validate(self, instance: Any) -> None:
        if instance is None or (isinstance(instance, str | list | dict) and not instance):
            raise ValueError("empty")


class _Check:
    """`x-check`: the name of a check, or a mapping from names to arguments."""

    def __init__(self, parent: dict[str, Any], value: Any, path: list[str | int]) -> None:
        named = {value: None} if isinstance(value, str) else value
        self._checks = [(_CHECKS[name], argument) for name, argument in named.items()]

    def validate(self, instance: Any) -> None:
        for check, argument in self._checks:
            if said := check(instance, argument):
                raise ValueError(said)


class _Coerced:
    """`jsCoerced`: what JavaScript makes of the value must exist, which only numbers may lack."""

    def __init__(self, parent: dict[str, Any], value: Any, path: list[str | int]) -> None:
        self._number = value == "number"

    def validate(self, instance: Any) -> None:
        if self._number and not is_number(instance):
            raise ValueError("must be a number")


KEYWORDS: Mapping[str, type] = {FILLED: _Filled, CHECK: _Check, "jsCoerced": _Coerced}
