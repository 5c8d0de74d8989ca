"""The errors of the JSON Schema validator, with the types and contexts that `wording` knows."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any

from jsonschema_rs import ValidationError, ValidationErrorKind

from postlint.schema import Location
from postlint.schema.json.checks import CHECK, FILLED, KEYWORDS
from postlint.schema.models.unions import BRANCH, Raw
from postlint.schema.words.citing import Error

# More are of use to nobody, and a hostile post could have one for each two characters.
_CAP = 1000

_TYPES = {
    "string": "string_type",
    "integer": "int_type",
    "number": "float_type",
    "boolean": "bool_type",
    "array": "list_type",
    "object": "dict_type",
    "null": "none_required",
}
_FORMATS = {
    "date": "date_parsing",
    "date-time": "datetime_parsing",
    "time": "time_parsing",
    "duration": "time_delta_parsing",
    "uuid": "uuid_parsing",
    "uri": "url_parsing",
    "iri": "url_parsing",
}
_TYPED = {"date": "date_type", "date-time": "datetime_type", "time": "time_type", "js-date": "datetime_type"}
_OF_MAPPINGS = ("required", "additionalProperties", "unevaluatedProperties", "propertyNames", "minProperties")
# Keyword → error type, and the name of its limit in the context.
_LIMITS = {
    "minimum": ("greater_than_equal", "ge"),
    "maximum": ("less_than_equal", "le"),
    "exclusiveMinimum": ("greater_than", "gt"),
    "exclusiveMaximum": ("less_than", "lt"),
    "minLength": ("string_too_short", "min_length"),
    "maxLength": ("string_too_long", "max_length"),
    "minItems": ("too_short", "min_length"),
    "maxItems": ("too_long", "max_length"),
    "minProperties": ("too_short", "min_length"),
    "maxProperties": ("too_long", "max_length"),
    "additionalItems": ("too_long", "max_length"),
}


def raws(errors: Iterable[ValidationError], data: object, schema_at: Callable[[list[Any]], Any]) -> list[Raw]:
    """Each of `errors` in `data`, and those of each branch of `anyOf` and `oneOf`. `schema_at` gives the subschema at a
    path of keywords, None if there is none."""
    reader = _Reader(data, schema_at)
    out: list[Raw] = []
    for error in errors:
        out += reader.read(error, ())
        if len(out) > _CAP:
            break
    # A value that is not one of the listed ones therefore has another type.
    listed = {raw.path for raw in out if raw.error.type == "literal_error"}
    return [raw for raw in out[:_CAP] if raw.path not in listed or raw.error.type not in _TYPES.values()]


Marks = tuple[tuple[int, str], ...]
"""Labels of branches, each with the length of its location."""


class _Reader:
    def __init__(self, data: object, schema_at: Callable[[list[Any]], Any]) -> None:
        self._data = data
        self._schema_at = schema_at
        self._unions = 0

    def read(self, error: ValidationError, marks: Marks) -> Iterator[Raw]:
        kind, place = error.kind, tuple(error.instance_path)
        place, value = self._reach(place)
        if isinstance(value, date | time) and (len(place) < len(error.instance_path) or kind.name in _OF_MAPPINGS):
            # Dates that are kept apart look like mappings to the validator.
            yield _raw("dict_type", place, value, {}, marks)
        elif isinstance(kind, ValidationErrorKind.AnyOf | ValidationErrorKind.OneOfNotValid):
            yield from self._branches(list(kind.context), place, marks)
        elif isinstance(kind, ValidationErrorKind.Type) and len(kind.types) > 1:
            self._unions += 1
            for i, name in enumerate(kind.types):
                label = f"{BRANCH}{self._unions}.{i}"
                yield _raw(_TYPES[name], place, value, {}, (*marks, (len(place), label)))
        elif isinstance(kind, ValidationErrorKind.PropertyNames):
            key = str(kind.error.instance)
            (inner,) = self._words(kind.error, (*place, key), key)
            yield Raw((*_path(inner.location, marks), "[key]"), inner)
        else:
            for found in self._words(error, place, value):
                yield Raw(_path(found.location, marks), found)

    def _branches(self, branches: list[list[ValidationError]], place: Location, marks: Marks) -> Iterator[Raw]:
        self._unions += 1
        union = self._unions
        for i, branch in enumerate(branches):
            label = (len(place), f"{BRANCH}{union}.{i}")
            for error in branch:
                yield from self.read(error, (*marks, label))

    def _words(self, error: ValidationError, place: Location, value: Any) -> list[Error]:
        """The errors, without alternatives, that `error` stands for."""
        kind = error.kind
        keyword, about = kind.name, kind.as_dict()
        if keyword in _LIMITS:
            name, limit = _LIMITS[keyword]
            return [Error(name, place, value, {limit: about["limit"]}, "")]
        if isinstance(kind, ValidationErrorKind.Required):
            return [Error("missing", (*place, kind.property), None, {}, "")]
        if isinstance(kind, ValidationErrorKind.AdditionalProperties | ValidationErrorKind.UnevaluatedProperties):
            return [Error("extra_forbidden", (*place, key), None, {}, "") for key in kind.unexpected]
        if isinstance(kind, ValidationErrorKind.Type):
            return [Error(self._type(error, kind.types[0], value), place, value, {}, "")]
        if isinstance(kind, ValidationErrorKind.Enum):
            return [Error("literal_error", place, value, {"options": kind.options}, "")]
        if isinstance(kind, ValidationErrorKind.Constant):
            return [Error("literal_error", place, value, {"options": [kind.expected_value]}, "")]
        if isinstance(kind, ValidationErrorKind.Format):
            name = _FORMATS.get(kind.format, "json_format")
            return [Error(name, place, value, {"format": kind.format}, "")]
        if isinstance(kind, ValidationErrorKind.UniqueItems):
            return [
                Error("json_unique", (*place, at), value[at], {"first": first}, "") for at, first in _repeats(value)
            ]
        if isinstance(kind, ValidationErrorKind.Custom) and keyword in KEYWORDS:
            name = {FILLED: "empty", CHECK: "stated"}.get(keyword, "float_type")
            return [Error(name, place, value, {"said": kind.message}, "")]
        if isinstance(kind, ValidationErrorKind.Custom):
            name = "js_date_quoted" if kind.message == "quoted" else "datetime_parsing"
            if not isinstance(value, str):
                name = "datetime_type"
            return [Error(name, place, value, {}, "")]
        return [Error(_REST.get(keyword, "json_other"), place, value, about, "")]

    def _type(self, error: ValidationError, wanted: str, value: Any) -> str:
        """The error of a value that is not of the type `wanted`: dates are text for JSON."""
        schema = self._schema_at(list(error.schema_path)[:-1])
        if wanted == "string" and isinstance(schema, Mapping) and schema.get("format") in _TYPED:
            return _TYPED[schema["format"]]
        return "int_from_float" if wanted == "integer" and isinstance(value, float) else _TYPES[wanted]

    def _reach(self, place: Location) -> tuple[Location, Any]:
        """The value at `place`, or the date on the way there."""
        here: Any = self._data
        for size, step in enumerate(place):
            if isinstance(here, date | time):
                return place[:size], here
            here = here[step]
        return place, here


_REST = {
    "multipleOf": "multiple_of",
    "pattern": "string_pattern_mismatch",
    "falseSchema": "json_forbidden",
    "unevaluatedItems": "json_items",
    "contains": "json_contains",
    "not": "json_not",
    "oneOf": "json_several",
}


def _raw(name: str, place: Location, value: Any, context: Mapping[str, Any], marks: Marks) -> Raw:
    return Raw(_path(place, marks), Error(name, place, value, context, ""))


def _path(place: Location, marks: Marks) -> tuple[str | int, ...]:
    out: list[str | int] = []
    for size in range(len(place) + 1):
        out += [label for at, label in marks if at == size]
        out += place[size : size + 1]
    return tuple(out)


def _repeats(items: list[Any]) -> list[tuple[int, int]]:
    """(index, index of the first) of every item that is already in the list. 1 and 1.0 are the same number; 1 and true
    are different values."""
    seen: dict[str, int] = {}
    out = []
    for at, item in enumerate(items):
        first = seen.setdefault(_same(item), at)
        if first != at:
            out.append((at, first))
    return out


def _same(item: Any) -> str:
    if isinstance(item, Mapping):
        return "{" + ",".join(f"{key!r}:{_same(item[key])}" for key in sorted(item)) + "}"
    if isinstance(item, list):
        return "[" + ",".join(map(_same, item)) + "]"
    return repr(int(item)) if isinstance(item, float) and item.is_integer() else repr(item)
