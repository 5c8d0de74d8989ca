"""What content tools check that JSON Schema has no words for: keywords of postlint's own.

A check gets the value (dates kept apart, see `schema`) and its argument. It returns what is wrong, as the rest of a
sentence that begins with the name of the field, or None.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

FILLED, CHECK = "x-filled", "x-check"
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ISO_START = re.compile(r"\d{4}-\d{2}-\d{2}(?![\d])", re.ASCII)
_MINUTES = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", re.ASCII)
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


def _count(value: Any, limits: Any) -> str | None:
    """How many items a list has, unless it is empty."""
    least, most = limits
    if not isinstance(value, list) or not value:
        return None
    if least is not None and len(value) < least:
        return f"must have at least {shown(least)} items, not {len(value)}"
    return (
        f"must have at most {shown(most)} items, not {len(value)}" if most is not None and len(value) > most else None
    )


def _text_pattern(value: Any, argument: Any) -> str | None:
    """A regular expression that the text of any value must match somewhere, and what to say if it does not."""
    from postlint.schema.json import expressions

    pattern, said = argument
    if value in (None, "", [], {}) or expressions.found(pattern, text(value)):
        return None
    return f"does not match the pattern `{pattern}`" + (f": {said}" if said else "")


def _not_null(value: Any, argument: Any) -> str | None:
    return "is empty" if value is None else None


def _something(value: Any, argument: Any) -> str | None:
    """Whether there is anything in a mapping: the condition of checks, never an error of its own."""
    is_filled = isinstance(value, dict) and any(each not in (None, "", [], {}) for each in value.values())
    return None if is_filled else "is empty"


def _new_date(value: Any, argument: Any) -> str | None:
    """A date as Tina takes it: one of YAML, also one that does not exist, or a text that `new Date()` reads."""
    from postlint.javascript.dates import parse

    if value is None or (isinstance(value, dict) and "$date" in value):
        return None
    if isinstance(value, str) and (_ISO_DAY.fullmatch(value) or parse(value) is not None):
        return None
    return "must be a date"


def _day(value: Any, limits: Any) -> str | None:
    """A day between limits, which are texts or None; as Keystatic takes it."""
    return _written(value, limits, _ISO_DAY, "must be a date such as `2024-01-31`")


def _minute(value: Any, limits: Any) -> str | None:
    """The same for a day and a time without seconds."""
    return _written(value, limits, _MINUTES, "must be a time such as `2024-01-31T12:30`")


def _written(value: Any, limits: Any, form: "re.Pattern[str]", said: str) -> str | None:
    if value is None:
        return None
    is_typed = isinstance(value, dict) and "$date" in value
    if not is_typed and not (isinstance(value, str) and form.fullmatch(value)):
        return said
    least, most = limits
    found = str(value["$date"] if is_typed else value)
    if isinstance(least, str) and found < least:
        return f"must not be before {least}"
    return f"must not be after {most}" if isinstance(most, str) and found[: len(most)] > most else None


def _iso_start(value: Any, argument: Any) -> str | None:
    """A date as Obsidian keeps it: a day in ISO 8601, which a time may follow."""
    if value in (None, "") or (isinstance(value, dict) and "$date" in value):
        return None
    is_date = isinstance(value, str) and _ISO_START.match(value.strip()) is not None
    return None if is_date else "must be a date such as `2024-01-31`"


def _units(value: Any, limits: Any) -> str | None:
    """The length of a text in UTF-16 units, as JavaScript counts it."""
    if not isinstance(value, str):
        return None
    length = len(value.encode("utf-16-le", "surrogatepass")) // 2
    least, most = limits
    if least is not None and length < least:
        return f"must have at least {least} characters" if least != 1 else "must not be empty"
    return f"must have at most {most} characters" if most is not None and length > most else None


def _date_column(value: Any, argument: Any) -> str | None:
    """A date as Nuxt Content writes it into a column: ISO 8601 with a day that exists, else what `new Date()` reads."""
    from postlint.javascript.dates import parse

    if value is None or (isinstance(value, str) and value in ("", "NULL")):
        return None
    if isinstance(value, list | dict):
        return None
    written = text(value)
    read = parse(written) if _ISO_START.match(written) or not written.isdecimal() or len(written) == 4 else None
    is_odd = read is not None and read.oddity is not None and _ISO_START.match(written)
    return None if read is not None and not is_odd and not isinstance(value, bool) else "must be a date"


def _number_column(value: Any, argument: Any) -> str | None:
    found = value is None or value == "" or (is_number(value) and value not in ("Infinity", "-Infinity"))
    return None if found or isinstance(value, dict) else "must be a number"


_CHECKS: dict[str, Check] = {
    "date-column": _date_column,
    "number-column": _number_column,
    "day": _day,
    "iso-start": _iso_start,
    "minute": _minute,
    "units": _units,
    "new-date": _new_date,
    "not-null": _not_null,
    "something": _something,
    "absent": _absent,
    "count": _count,
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
        is_date = isinstance(instance, dict) and "$date" in instance
        if self._number and not is_date and not is_number(instance):
            raise ValueError("must be a number")


KEYWORDS: Mapping[str, type] = {FILLED: _Filled, CHECK: _Check, "jsCoerced": _Coerced}
