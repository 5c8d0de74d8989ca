"""Errors in a blogger's words: one entry for each type that Pydantic has, and for those that JSON Schema adds."""

import re
from collections.abc import Callable, Iterable, Mapping

from postlint.schema.words.choices import choice, one_of, options
from postlint.schema.words.citing import Error, Words, must_be, name, shown
from postlint.schema.words.forms import of_format, quoted_date, repeated, ruled_out, several
from postlint.schema.words.kinds import DATE, WANTED, day, listed, number, text, truth, typed, valued
from postlint.schema.words.limits import citing, length, limit, pattern, scheme, whole_day

_LONGEST = 500
_ADDRESS = re.compile(r"\s*(?:For further information visit )?https?://\S*(?:pydantic|python)\S*")


def words(error: Error) -> Words:
    """The message for `error`. A type that is not Pydantic's own, from a library of field types, keeps its text."""
    return WORDS.get(error.type, _foreign)(error)


def wanted(error: Error) -> str | None:
    """The required kind of value, such as `a list`; None if the error is about more than the type."""
    if error.type in _CHOICES:
        return one_of(options(error))
    return WANTED.get(error.type)


def either(phrases: Iterable[str], error: Error, exact: bool = False) -> Words:
    """The message for a value that is not one of several things; `exact`: although it has the kind of one of them."""
    unique = list(dict.fromkeys(phrases))
    if "a number" in unique and "a whole number" in unique:
        unique.remove("a whole number")
    if "true or false" in unique:
        unique.append(unique.pop(unique.index("true or false")))
    joined = " or ".join([", ".join(unique[:-1]), unique[-1]] if len(unique) > 1 else unique)
    return must_be(joined, error, exact)


def _own_text(error: Error) -> Words:
    """The message of a user's validator, unchanged; a general message if it has none."""
    cause = error.context.get("error")
    text = str(cause) if cause is not None else error.text.partition(", ")[2]
    text = " ".join(text.split())
    if not text:
        return Words(f"{name(error.location)} is not as the schema wants it: {shown(error.value)}")
    return Words(text)


def _foreign(error: Error) -> Words:
    text = " ".join(_ADDRESS.sub("", error.text[:_LONGEST]).split()).rstrip(".")
    where = name(error.location)
    for start, instead in (
        ("Input should be ", "must be "),
        ("Input is ", "is "),
        ("value is ", "is "),
        ("Value error, ", ""),
        ("Assertion failed, ", ""),
    ):
        if text.startswith(start):
            return Words(f"{where} {instead}{text[len(start) :]}" if instead else text[len(start) :])
    return Words(f"{where}: {text}" if text else f"{where} is not as the schema wants it")


def _saying(phrase: str, found: bool = True) -> Callable[[Error], Words]:
    """The name, the phrase, and the actual value."""

    def say(error: Error) -> Words:
        if error.value is None and found:
            return Words(f"{name(error.location)} {phrase}, but it is empty")
        return Words(f"{name(error.location)} {phrase}{f', not {shown(error.value)}' if found else ''}")

    return say


def _stated(error: Error) -> Words:
    """What a check of a tool said: the rest of a sentence that begins with the name."""
    return Words(f"{name(error.location)} {error.context['said']}")


def _unreadable(error: Error) -> Words:
    return Words(
        f"{name(error.location)} cannot be checked: the schema requires a value that front matter cannot contain"
    )


_LENGTHS = (
    "too_short",
    "too_long",
    "string_too_short",
    "string_too_long",
    "bytes_too_short",
    "bytes_too_long",
    "url_too_long",
)
_CHOICES = ("literal_error", "enum")
MISSING = (
    "missing",
    "missing_argument",
    "missing_keyword_only_argument",
    "missing_positional_only_argument",
    "union_tag_not_found",
)
UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument", "invalid_key", "json_forbidden")
_NOT_FRONT_MATTER = (
    "no_such_attribute",
    "get_attribute_error",
    "needs_python_object",
    "default_factory_not_called",
    "missing_sentinel_error",
    "ellipsis_error",
    "is_instance_of",
    "is_subclass_of",
    "callable_type",
    "unexpected_positional_argument",
    "multiple_argument_values",
)

WORDS: Mapping[str, Callable[[Error], Words]] = {
    **dict.fromkeys(WANTED, typed),
    **dict.fromkeys(MISSING, _saying("is missing", found=False)),
    **dict.fromkeys(UNKNOWN, _saying("is not a known field", found=False)),
    **dict.fromkeys(_LENGTHS, length),
    **dict.fromkeys(_NOT_FRONT_MATTER, _unreadable),
    # Pydantic before 2.14 has `string_sub_type`, and reports `recursion_loop` for values nested too deeply.
    **dict.fromkeys(("string_type", "string_sub_type", "bytes_type"), text),
    **dict.fromkeys(("bool_type", "bool_parsing"), truth),
    **dict.fromkeys((key for key, phrase in WANTED.items() if phrase == "a list"), listed),
    **dict.fromkeys((key for key in WANTED if key.startswith(("int_", "float_", "decimal_"))), number),
    **dict.fromkeys((key for key, phrase in WANTED.items() if phrase == DATE), day),
    **dict.fromkeys((key for key in WANTED if key.startswith(("time_", "url_", "uuid_"))), valued),
    **dict.fromkeys((key for key in WANTED if key.startswith(("fraction_", "complex_"))), valued),
    "none_required": _saying("must be left empty"),
    "literal_error": choice,
    "enum": choice,
    "union_tag_invalid": choice,
    "greater_than": limit("gt", "be more than", "be after"),
    "greater_than_equal": limit("ge", "be at least", "not be before"),
    "less_than": limit("lt", "be less than", "be before"),
    "less_than_equal": limit("le", "be at most", "not be after"),
    "multiple_of": limit("multiple_of", "be a multiple of", "be a multiple of"),
    "finite_number": _saying("must be a finite number"),
    "int_parsing_size": _saying("must be a smaller number", found=False),
    "decimal_max_digits": citing("must have at most {max_digits} in all", max_digits="digit"),
    "decimal_max_places": citing("must have at most {decimal_places}", decimal_places="decimal place"),
    "decimal_whole_digits": citing("must have at most {whole_digits} before the decimal point", whole_digits="digit"),
    "string_pattern_mismatch": pattern,
    "string_not_ascii": _saying("must contain only ASCII characters (no accents, no emoji)"),
    "string_unicode": _saying("contains characters that cannot be read", found=False),
    "bytes_invalid_encoding": _saying("contains binary data that cannot be read", found=False),
    "set_item_not_hashable": _saying("must be a single value (text, a number or a date)"),
    "iteration_error": _saying("cannot be read as a list", found=False),
    "date_from_datetime_inexact": whole_day,
    "date_past": _saying("must be in the past"),
    "date_future": _saying("must be in the future"),
    "datetime_past": _saying("must be in the past"),
    "datetime_future": _saying("must be in the future"),
    "timezone_naive": _saying("must have no time zone"),
    "timezone_aware": _saying("must have a time zone, such as `2024-01-31T12:30:00Z`"),
    "timezone_offset": _saying("has the wrong time zone", found=False),
    "url_scheme": scheme,
    "uuid_version": citing("must be a UUID of version {expected_version}", expected_version=""),
    "value_error": _own_text,
    "assertion_error": _own_text,
    "frozen_field": _saying("must not be changed", found=False),
    "frozen_instance": _saying("must not be changed", found=False),
    "empty": _saying("is empty", found=False),
    "stated": _stated,
    "json_invalid": _saying("must be text that holds JSON"),
    "json_type": _saying("must be text that holds JSON"),
    "json_format": of_format,
    "json_forbidden": _saying("is not allowed here", found=False),
    "json_items": _saying("has more items than the schema allows", found=False),
    "json_contains": _saying("does not contain the items that the schema requires", found=False),
    "json_unique": repeated,
    "json_not": ruled_out,
    "json_several": several,
    "json_other": _saying("is not as the schema wants it", found=False),
    "js_date_quoted": quoted_date,
    "recursion_loop": _saying("contains itself, or is nested too deep", found=False),
    "recursion_depth_exceeded": _saying("is nested too deep", found=False),
}
