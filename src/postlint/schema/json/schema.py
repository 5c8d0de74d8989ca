"""Schemas made of JSON Schema, drafts 4 to 2020-12: files of the site, and schemas read from an Astro configuration."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

import jsonschema_rs

from postlint.errors import PostlintError
from postlint.schema import Location, Media, Stated, Violation, dates
from postlint.schema.json.checks import KEYWORDS
from postlint.schema.json.declared import declared
from postlint.schema.json.drafts import rewritten
from postlint.schema.json.errors import raws
from postlint.schema.json.files import SchemaFiles
from postlint.schema.json.walk import JsonWalk
from postlint.schema.models.unions import reduced
from postlint.schema.models.violations import violation

_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?", re.ASCII)
_DATE = "$date"


def from_file(files: SchemaFiles) -> "JsonSchema":
    """The schema that a file states. Raises PostlintError, with file and line, if it is not valid."""
    path, definition = files.path, files.definition
    try:
        return JsonSchema(definition, files.uri, files.retrieve)
    except jsonschema_rs.ValidationError as error:
        if files.problem:
            raise files.problem from None
        raise PostlintError(_invalid(path, error, files.line)) from None
    except ValueError as error:
        raise PostlintError(f"{path}: this is not a JSON Schema: {error}") from None


def stated(source: Stated) -> "JsonSchema":
    """The site's own schema, as read by its framework; if the validator rejects it, a schema that accepts everything."""
    try:
        return JsonSchema(source.definition, dates_apart=True, source=source)
    except ValueError:
        pass
    try:
        # Code may hold a regular expression that only JavaScript can read.
        return JsonSchema(rewritten(source.definition, _without_pattern), dates_apart=True, source=source)
    except ValueError:
        return JsonSchema({}, dates_apart=True)


def _without_pattern(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != "pattern"}


def _invalid(path: str, error: jsonschema_rs.ValidationError, line: Callable[[Location], int | None]) -> str:
    if isinstance(error.kind, jsonschema_rs.ValidationErrorKind.Referencing):
        said = str(error).partition("\n")[0]
        return f"{path}: this is not a JSON Schema: {said[:1].lower()}{said[1:]}"
    place = tuple(error.instance_path)
    at = line(place)
    where = "/".join(map(str, place))
    said = str(error).partition("\n")[0]
    return f"{path}{f':{at}' if at else ''}: this is not a JSON Schema{f' at `{where}`' if where else ''}: {said}"


def _nowhere(uri: str) -> Any:
    raise PostlintError(f"`{uri}` is not fetched")


class JsonSchema:
    """See `postlint.schema.Schema`. The validator is compiled here, once.

    A date is text, as in JSON. With `dates_apart` it is not, and only the keyword `jsDate` accepts it, as in Zod.
    Raises jsonschema_rs.ValidationError if `definition` is not a schema, ValueError if it is nested too deeply.
    """

    roles: Mapping[str, tuple[str, ...]] = {}
    to_publish: tuple[tuple[str, ...], ...] = ()
    media: Mapping[str, Media] = {}

    def __init__(
        self,
        definition: Any,
        uri: str = "postlint:",
        retrieve: Callable[[str], Any] = _nowhere,
        dates_apart: bool = False,
        source: Stated | None = None,
    ) -> None:
        self._source = source if source is not None and source.consequences is not None else None
        if source is not None:
            self.roles, self.media = source.roles, source.media
        consequences = self._source.consequences if self._source else None
        self.drops = any(not each.published for each in (consequences or {}).values())
        self._definition, self._uri, self._retrieve = definition, uri, retrieve
        self._files: set[str] = set()
        self._apart = dates_apart
        self._validator = jsonschema_rs.validator_for(
            definition,
            validate_formats=True,
            formats=_FORMATS,
            retriever=self._fetch,
            base_uri=uri,
            keywords={"jsDate": _JsDate, **KEYWORDS},
        )
        self._walk = JsonWalk(definition, uri, retrieve)
        self.forbids_extra = self._walk.forbids_extra()
        self.fields: tuple[str, ...] = tuple(self._walk.keys_at(()))
        self.references: Mapping[str, str] = dict(self._walk.marks("reference"))
        self.coerced: Mapping[str, str] = dict(self._walk.marks("jsCoerced"))

    def violations(self, data: object) -> tuple[Violation, ...]:
        errors = self._validator.iter_errors(_plain(data, self._apart))
        found = reduced(raws(errors, data, self._schema_at))
        made = ((each.error.type, violation(each, data, self._walk.keys_at)) for each in found)
        if self._source is None:
            return tuple(dict.fromkeys(each for _, each in made))
        told = (declared(each, kind, self._source, self._walk) for kind, each in made)
        return tuple(dict.fromkeys(each for each in told if each is not None))

    def json_schema(self) -> dict[str, object]:
        from postlint.schema.json.drafts import modern

        if not self._files:
            return modern(self._definition)
        return modern(jsonschema_rs.bundle(self._definition, retriever=self._retrieve, base_uri=self._uri))

    def _fetch(self, uri: str) -> Any:
        self._files.add(uri)
        return self._retrieve(uri)

    def _schema_at(self, path: list[Any]) -> Any:
        here = self._definition
        for step in path:
            try:
                here = here[step]
            except (KeyError, IndexError, TypeError):
                return None
        return here


def _plain(value: Any, apart: bool) -> Any:
    """`value` as JSON: dates as text (a mapping of one key if they are kept `apart`), binary data as text."""
    if isinstance(value, dict):
        return {key: item if type(item) in _JSON else _plain(item, apart) for key, item in value.items()}
    if isinstance(value, list):
        return [item if type(item) in _JSON else _plain(item, apart) for item in value]
    if isinstance(value, date | time):
        return {_DATE: _text(value)} if apart else _text(value)
    if isinstance(value, float) and not -1.7e308 < value < 1.7e308:
        return str(value)
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value


_JSON = (str, int, bool, type(None))


def _text(value: date | time) -> str:
    """A day without a time as such, though JavaScript's parsers read midnight from it."""
    if isinstance(value, datetime) and not any((value.hour, value.minute, value.second, value.microsecond)):
        return value.date().isoformat()
    return value.isoformat()


class _JsDate:
    """The keyword `jsDate`: a date as Zod accepts it. `true`: everything that JavaScript's `new Date()` reads as a date
    (`z.coerce.date()`), including text and numbers; `"typed"`: only what YAML or TOML reads as a date (`z.date()`);
    `"text"`: a text that it reads, while other values are no business of it."""

    def __init__(self, parent: dict[str, Any], value: Any, path: list[str | int]) -> None:
        self._typed = value == "typed"
        self._text = value == "text"

    def validate(self, instance: Any) -> None:
        if isinstance(instance, dict):
            if _DATE not in instance and not self._text:
                raise ValueError("no date")
        elif self._text and not isinstance(instance, str):
            return
        elif self._typed:
            raise ValueError("quoted" if isinstance(instance, str) and dates.read(instance) else "no date")
        elif isinstance(instance, str):
            from postlint.javascript.dates import parse

            if parse(instance) is None:
                raise ValueError("no date")


def _is_day(text: str) -> bool:
    found = dates.read(text)
    return found is not None and not isinstance(found, datetime)


def _is_moment(text: str) -> bool:
    return dates.read(text) is not None


def _is_time(text: str) -> bool:
    return _TIME.fullmatch(text) is not None


# As elsewhere in postlint: a day alone is a time, a time needs neither seconds nor a zone.
_FORMATS = {"date": _is_day, "date-time": _is_moment, "time": _is_time}
