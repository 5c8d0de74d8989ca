"""Pydantic's core schemas, walked: made strict as front matter wants it, and asked for keys, roles and references."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from pydantic_core import PydanticKnownError, core_schema

from postlint.schema import Location
from postlint.schema.models.unions import BRANCH
from postlint.schema.roles import METADATA

Core = Mapping[str, Any]

_INNER = (
    "schema",
    "items_schema",
    "keys_schema",
    "values_schema",
    "extras_schema",
    "lax_schema",
    "python_schema",
    "arguments_schema",
    "fields",
    "choices",
    "steps",
    "definitions",
)
_NUMBER = re.compile(r"\s*[+-]?\d+(?:\.\d*)?\s*")
_SCALARS = ("str", "int", "float", "bool")
_TIMES = ("date", "datetime", "time")
# The value that a user's function passes on is its own choice: Pydantic's conversions apply to it.
_FUNCTIONS = ("function-before", "function-wrap", "chain")
_TRANSPARENT = ("nullable", "default", "function-after", "definitions")


def tightened(schema: Core) -> tuple[dict[str, Any], frozenset[object]]:
    """A copy of `schema` that converts no scalar into another, with every branch of a union labelled; and all tags of
    tagged unions, which stand in locations too.

    Text is not a number, and a number is not text, a date or a truth value. A model with `ConfigDict(strict=False)` and a
    field with `Field(strict=False)` keep Pydantic's conversions. `strict=True` is dropped: in it Pydantic refuses dates
    in quotes, and lists for sets, which in front matter can't be written otherwise.
    """
    tags: set[object] = set()
    return _Tightener(tags).copy(schema), frozenset(tags)


class _Tightener:
    def __init__(self, tags: set[object]) -> None:
        self._tags = tags
        self._unions = 0

    def copy(self, schema: Core, lax: bool = False, converted: bool = False) -> dict[str, Any]:
        """`lax`: the model around wants Pydantic's conversions; `converted`: a user's function has seen the value."""
        kind = schema["type"]
        config = schema.get("config")
        made = dict(schema)
        if config and "strict" in config:
            lax = config["strict"] is False
            made["config"] = {key: value for key, value in config.items() if key != "strict"}
        if made.get("strict") is True:
            del made["strict"]
        if kind in _SCALARS and not lax and not converted:
            made.setdefault("strict", True)
        passed = kind in _FUNCTIONS or (converted and kind in _TRANSPARENT)
        for key in _INNER:
            if key in made and key != "definitions":
                made[key] = self._inner(made[key], lax, passed)
            elif key in made:
                made[key] = [self.copy(item) for item in made[key]]
        if kind == "union":
            self._unions += 1
            made["choices"] = [
                (choice[0] if isinstance(choice, tuple) else choice, f"{BRANCH}{self._unions}.{i}")
                for i, choice in enumerate(made["choices"])
            ]
        elif kind == "tagged-union":
            self._tags.update(made["choices"])
        if kind in _TIMES and not lax and not converted and made.get("strict") is not False:
            ref = made.pop("ref", None)
            check = _no_number("time_type" if kind == "time" else "datetime_type")
            return dict(core_schema.no_info_before_validator_function(check, made, ref=ref))
        return made

    def _inner(self, value: Any, lax: bool, converted: bool) -> Any:
        if isinstance(value, tuple):
            return (self._inner(value[0], lax, converted), *value[1:])
        if isinstance(value, list):
            return [self._inner(item, lax, converted) for item in value]
        if not isinstance(value, dict):
            return value
        if isinstance(value.get("type"), str):
            return self.copy(value, lax, converted)
        return {key: self._inner(item, lax, converted) for key, item in value.items()}


def _no_number(error: Literal["datetime_type", "time_type"]) -> Callable[[object], object]:
    """Pydantic treats a number, even in text, as seconds since 1970: `date: 2024` would be a day of that year."""

    def check(value: object) -> object:
        if isinstance(value, date):
            return value
        if isinstance(value, (int, float)) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
            raise PydanticKnownError(error)
        return value

    return check


class Field(NamedTuple):
    """A field of a model: the paths at which it is looked for (more than one step: inside other keys), and its type."""

    paths: tuple[Location, ...]
    schema: Core


class Model(NamedTuple):
    fields: tuple[Field, ...]
    forbids_extra: bool


class Walk:
    """Questions to one core schema."""

    def __init__(self, root: Core) -> None:
        self._root = root
        self._named: dict[str, Core] = {}
        if root["type"] == "definitions":
            self._named = {schema["ref"]: schema for schema in root["definitions"]}

    def models(self, schema: Core | None = None, config: Core | None = None) -> Iterator[Model]:
        """The models that `schema` itself can be: one, or each branch of a union."""
        for kind, found, around in self._leaves(self._root if schema is None else schema, config or {}, ()):
            if kind in ("model-fields", "typed-dict", "dataclass-args"):
                yield _model(found, around)

    def marks(self, key: str) -> Iterator[tuple[str, str]]:
        """(value, place) of every marker `key` (`role`, `reference`); the place is a key with dots where nested."""
        for model in self.models():
            yield from self._marks(model, key, "", ())

    def spellings(self, key: str) -> list[tuple[str, ...]]:
        """The top-level fields, each as the keys that it may be written as, that carry the marker `key` in every model
        that a post may be of."""
        found = [
            [
                tuple(str(path[0]) for path in field.paths if len(path) == 1)
                for field in model.fields
                if any(True for _ in self._marked(field.schema, key, ()))
            ]
            for model in self.models()
        ]
        return [field for field in found[0] if all(field in others for others in found)] if found else []

    def _marks(self, model: Model, key: str, prefix: str, above: tuple[int, ...]) -> Iterator[tuple[str, str]]:
        for field in model.fields:
            if id(field.schema) in above:
                continue
            found = dict.fromkeys(self._marked(field.schema, key, ()))
            inside = [path for path in field.paths if all(isinstance(step, str) for step in path)]
            for path in inside:
                place = prefix + ".".join(map(str, path))
                yield from ((value, place) for value in found)
                for inner in self.models(self._item(field.schema)):
                    yield from self._marks(inner, key, f"{place}.", (*above, id(field.schema)))

    def _marked(self, schema: Core, key: str, seen: tuple[str, ...]) -> Iterator[str]:
        """The markers on the value itself or, in a list, on its items."""
        marks = (schema.get("metadata") or {}).get(METADATA) or {}
        if key in marks:
            yield marks[key]
        for inner in self._through(schema, seen):
            yield from self._marked(inner, key, (*seen, schema.get("schema_ref", "")))
        yield from (value for item in _items(schema) for value in self._marked(item, key, seen))

    def _item(self, schema: Core) -> Core:
        """`schema` with every list in it replaced by its items, as one union."""
        return {"type": "union", "choices": list(self._without_lists(schema, ()))}

    def _without_lists(self, schema: Core, seen: tuple[str, ...]) -> Iterator[Core]:
        through = list(self._through(schema, seen))
        items = _items(schema)
        if not through and not items:
            yield schema
        for inner in (*through, *items):
            yield from self._without_lists(inner, (*seen, schema.get("schema_ref", "")))

    def at(self, location: Location) -> Iterator[Core]:
        """The schemas that the value at `location` may have to fulfil."""
        here: list[Core] = [self._root]
        for step in location:
            below: list[Core] = []
            for schema in here:
                for _, leaf, config in self._leaves(schema, {}, ()):
                    below += _below(leaf, step, config)
            here = below
        yield from here

    def keys_at(self, location: Location) -> list[str]:
        """The keys that the mapping at `location` may have."""
        found = (model for schema in self.at(location) for model in self.models(schema))
        return list(dict.fromkeys(str(path[0]) for model in found for field in model.fields for path in field.paths))

    def _leaves(self, schema: Core, config: Core, seen: tuple[str, ...]) -> Iterator[tuple[str, Core, Core]]:
        """(kind, schema, surrounding config) after removing wrappers and splitting unions."""
        config = schema.get("config") or config
        inner = list(self._through(schema, seen))
        if not inner:
            yield schema["type"], schema, config
        for each in inner:
            yield from self._leaves(each, config, (*seen, schema.get("schema_ref", "")))

    def _through(self, schema: Core, seen: tuple[str, ...]) -> Iterator[Core]:
        kind = schema["type"]
        if kind == "definition-ref":
            if schema["schema_ref"] not in seen and schema["schema_ref"] in self._named:
                yield self._named[schema["schema_ref"]]
        elif kind == "union":
            yield from (choice[0] if isinstance(choice, tuple) else choice for choice in schema["choices"])
        elif kind == "tagged-union":
            yield from (choice for choice in schema["choices"].values() if isinstance(choice, dict))
        elif kind == "chain":
            yield schema["steps"][0]
        elif kind == "lax-or-strict":
            yield schema["lax_schema"]
        elif kind == "json-or-python":
            yield schema["python_schema"]
        elif isinstance(schema.get("schema"), dict):
            yield schema["schema"]


def _items(schema: Core) -> list[Core]:
    if schema["type"] not in ("list", "set", "frozenset", "tuple", "generator", "deque"):
        return []
    items = schema.get("items_schema") or []
    return items if isinstance(items, list) else [items]


def _below(leaf: Core, step: str | int, config: Core) -> list[Core]:
    if leaf["type"] == "dict":
        return [leaf["values_schema"]] if "values_schema" in leaf else []
    if isinstance(step, int):
        return _items(leaf)
    if "fields" not in leaf:
        return []
    return [field.schema for field in _model(leaf, config).fields if any(path == (step,) for path in field.paths)]


def _model(schema: Core, config: Core) -> Model:
    by_name = config.get("validate_by_name", config.get("populate_by_name", False))
    by_alias = config.get("validate_by_alias", True)
    fields = schema["fields"]
    named = fields.items() if isinstance(fields, dict) else ((field["name"], field) for field in fields)
    extra = schema.get("extra_behavior") or config.get("extra_fields_behavior")
    made = (Field(_paths(name, field, by_alias, by_name), field["schema"]) for name, field in named)
    return Model(tuple(made), extra == "forbid")


def _paths(name: str, field: Core, by_alias: bool, by_name: bool) -> tuple[Location, ...]:
    alias = field.get("validation_alias")
    if alias is None or not by_alias:
        return ((name,),)
    if isinstance(alias, str):
        paths: list[Location] = [(alias,)]
    elif alias and isinstance(alias[0], list):
        paths = [tuple(path) for path in alias]
    else:
        paths = [tuple(alias)]
    return tuple(dict.fromkeys([*paths, (name,)] if by_name else paths))
