"""Messages for a value of the wrong kind, with the intended value if that is clear."""

import re
from datetime import date, time

from postlint.schema import dates
from postlint.schema.words.citing import Error, Words, must_be, name, short, written

_TRUE = ("true", "yes", "on", "y", "1")
_FALSE = ("false", "no", "off", "n", "0")
DATE = "a date such as `2024-01-31`"
_MAPPING = "a mapping of keys to values"

WANTED = {
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dataclass_type": _MAPPING,
    "dataclass_exact_type": _MAPPING,
    "named_tuple_type": "a list or a mapping",
    "arguments_type": "a list or a mapping",
    "dict_type": _MAPPING,
    "frozen_dict_type": _MAPPING,
    "ordered_dict_type": _MAPPING,
    "counter_type": "a mapping of keys to whole numbers",
    "mapping_type": _MAPPING,
    "none_required": "left empty",
    "list_type": "a list",
    "deque_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "frozen_set_type": "a list",
    "iterable_type": "a list",
    "string_type": "text",
    "string_sub_type": "text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "fraction_type": "a fraction such as `1/2`",
    "fraction_parsing": "a fraction such as `1/2`",
    "complex_type": "a complex number such as `1+2j`",
    "complex_str_parsing": "a complex number such as `1+2j`",
    "bytes_type": "text",
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
    "datetime_type": DATE,
    "datetime_parsing": DATE,
    "datetime_from_date_parsing": DATE,
    "datetime_object_invalid": DATE,
    "time_type": 'a time of day such as `"12:30"`',
    "time_parsing": 'a time of day such as `"12:30"`',
    "time_delta_type": "a duration such as `PT5M` or `00:05:00`",
    "time_delta_parsing": "a duration such as `PT5M` or `00:05:00`",
    "url_type": "a full web address such as `https://example.com/`",
    "url_parsing": "a full web address such as `https://example.com/`",
    "url_syntax_violation": "a full web address such as `https://example.com/`",
    "uuid_type": "a UUID such as `123e4567-e89b-12d3-a456-426614174000`",
    "uuid_parsing": "a UUID such as `123e4567-e89b-12d3-a456-426614174000`",
}
"""Error type → the kind of value that is required."""


def typed(error: Error) -> Words:
    return must_be(WANTED[error.type], error)


def valued(error: Error) -> Words:
    return must_be(WANTED[error.type], error, exact=isinstance(error.value, str | int | float))


def text(error: Error) -> Words:
    said = must_be("text", error)
    if isinstance(error.value, bool | int | float | date | time):
        return Words(f"{said.message} (put it in quotes)", certain=True, repair="quote")
    return said


def number(error: Error) -> Words:
    value, whole = error.value, error.type.startswith("int")
    said = must_be(WANTED[error.type], error, exact=isinstance(value, str | float))
    if isinstance(value, str) and (number := _as_number(value, whole)):
        message = f"{name(error.location)} must be {WANTED[error.type]}, not text (remove the quotes)"
        return Words(message, number, True, "literal")
    if whole and isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return Words(said.message, str(int(value)), True, "literal")
    return said


def _as_number(text: str, whole: bool) -> str | None:
    pattern = r"-?(?:0|[1-9]\d{0,15})" + ("" if whole else r"(?:\.\d{1,15})?")
    return text.strip() if re.fullmatch(pattern, text.strip(), re.ASCII) else None


def truth(error: Error) -> Words:
    said = must_be("true or false", error, exact=True)
    found = written(error.value).strip().lower()
    for meant, spellings in (("true", _TRUE), ("false", _FALSE)):
        if found in spellings:
            certain = isinstance(error.value, str) and len(found) > 1
            if error.value == meant:
                message = f"{name(error.location)} must be true or false, not text (remove the quotes)"
                return Words(message, meant, True, "literal")
            return Words(f"{said.message}; did you mean `{meant}`?", meant, certain, "literal")
    return said


def listed(error: Error) -> Words:
    said = must_be("a list", error)
    if isinstance(error.value, str) and error.value.strip() and len(error.value) <= 200:
        from json import dumps

        items = [dumps(item.strip(), ensure_ascii=False) for item in error.value.split(",") if item.strip()]
        return Words(said.message, f"[{', '.join(items)}]", False, "literal")
    return said


def day(error: Error) -> Words:
    where, value = name(error.location), error.value
    if not isinstance(value, str):
        return must_be(DATE, error, exact=isinstance(value, int | float) and not isinstance(value, bool))
    if not value.strip():
        return Words(f"{where} must be {DATE}, but it is empty")
    reading = dates.explain(value)
    if reading.problem:
        return Words(f"{where} is not a date: {reading.problem} (`{short(value)}`)")
    if reading.suggestion:
        message = f"{where} is not a date: write `{short(value)}` as `{reading.suggestion}`"
        return Words(message, reading.suggestion, reading.certain)
    return Words(f"{where} is not a date: `{short(value)}`")
