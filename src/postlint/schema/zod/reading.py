"""Zod schemas, read from JavaScript without running it, as JSON Schema. Parts that cannot be read accept everything.

Sources: zod 3.25 and 4.1. What the tools that take such schemas add or change is in `dialects`.
"""

import re
from collections.abc import Mapping
from typing import Any

from postlint.javascript.values import UNREADABLE, Call, Function, Literal, Regex
from postlint.schema.zod.dialects import FORMS, OPEN, PLAIN, Dialect, Zod, moment

_DEEPEST = 40
_PARTLY = "There are fields of which nothing could be read."
# Methods that keep all requirements of the schema before them.
_SAME = frozenset(
    (
        *("transform", "refine", "superRefine", "check", "overwrite", "pipe", "brand", "readonly", "describe", "meta"),
        *("toLowerCase", "toUpperCase", "normalize", "nonstrict", "strip", "passthrough", "loose", "catchall"),
        *("regex", "startsWith", "endsWith", "includes", "datetime", "date", "time", "duration", "ip", "cuid", "cuid2"),
        *("ulid", "nanoid", "emoji", "base64", "finite", "safe", "step", "register", "refinement"),
    )
)
# Patterns of a part of a text.
_PARTS = {"startsWith": "^{}", "endsWith": "{}$", "includes": "{}"}
_SIGNS_OF_PATTERNS = re.compile(r"[\\^$.|?*+()\[\]{}]")
_NUMBERS = {
    **dict.fromkeys(("min", "gte"), "minimum"),
    **dict.fromkeys(("max", "lte"), "maximum"),
    "gt": "exclusiveMinimum",
    "lt": "exclusiveMaximum",
    "multipleOf": "multipleOf",
}
_SIGNS = {
    "positive": {"exclusiveMinimum": 0},
    "nonnegative": {"minimum": 0},
    "negative": {"exclusiveMaximum": 0},
    "nonpositive": {"maximum": 0},
}


def read(value: Any, imports: Mapping[str, str], dialect: Dialect) -> dict[str, Any] | None:
    """The JSON Schema of a collection's `schema`: a Zod object, or a function that returns one. `imports` maps
    the module's names to where they come from. None if nothing of it can be read."""
    parameters = isinstance(value, Function)
    if isinstance(value, Function):
        value = value.returns
    found = _Reader(imports, parameters, dialect).read(value, 0)
    return found.schema or None


def whole(schema: Any) -> bool:
    """Whether all of the fields of `schema`, as `read` returns it, could be read."""
    if isinstance(schema, list):
        return all(map(whole, schema))
    if not isinstance(schema, dict):
        return True
    fields = [
        *schema.get("properties", {}).values(),
        schema.get("items", True),
        schema.get("additionalProperties", True),
    ]
    fields += [schema.get(keyword, True) for keyword in ("anyOf", "allOf")]
    return schema != {} and schema.get("$comment") != _PARTLY and all(map(whole, fields))


class _Reader:
    def __init__(self, imports: Mapping[str, str], parameters: bool, dialect: Dialect) -> None:
        self._imports, self._dialect = imports, dialect
        self._zods = {name for name, place in imports.items() if place.startswith(dialect.modules)}
        self._zods.update(dialect.names)
        self._parameters = parameters

    def read(self, value: Any, depth: int) -> Zod:
        if not isinstance(value, Call) or depth > _DEEPEST:
            return OPEN
        if value.of is not None:
            base = self.read(value.of, depth + 1)
            return self._method(base, value.name, value.args, depth) if base.schema else OPEN
        first, _, rest = value.name.partition(".")
        if first in self._dialect.schemas:
            # A schema that a package exports.
            name = first
            known = self._dialect.schemas[name] if self._comes_from_package(name) else OPEN
            return self._method(known, rest, value.args, depth) if rest and known.schema else known
        if value.returns is not None:
            return self.read(value.returns, depth + 1)
        if first in self._zods and rest:
            return self._made(rest, value.args, depth)
        if value.name == "reference" and first in self._zods and value.args and isinstance(value.args[0], str):
            # Astro takes an entry's id, or an object with its collection.
            return Zod({"type": ["string", "object"], "reference": value.args[0]})
        if self._parameters and value.name.rpartition(".")[2] == "image" and not value.args:
            return Zod({"type": "string"})
        return OPEN

    def _comes_from_package(self, name: str) -> bool:
        return self._imports.get(name, "").startswith(self._dialect.modules)

    def _made(self, kind: str, args: tuple[Any, ...], depth: int) -> Zod:
        """The schema of `z.kind(…)`."""
        first = args[0] if args else UNREADABLE
        if (made := self._dialect.made.get(kind)) is not None:
            return made(args)
        if kind in self._dialect.kinds:
            return self._dialect.kinds[kind]
        if kind in PLAIN:
            return PLAIN[kind]
        if kind == "iso.datetime":
            return Zod({"type": "string", **moment(args)})
        if kind == "pipe" and args:
            # Valibot: the first is the schema, the others are actions on it.
            base = self.read(first, depth + 1)
            for action in args[1:]:
                base = self._action(base, action, depth)
            return base
        if kind in ("object", "strictObject", "looseObject"):
            return _object(self._fields(first, depth), kind == "strictObject")
        if kind == "tuple" and isinstance(first, list):
            return _tuple([self.read(item, depth + 1) for item in first], len(args) == 1)
        if kind == "lazy" and isinstance(first, Function):
            return self.read(first.returns, depth + 1)
        if kind == "array":
            return _array(self.read(first, depth + 1))
        if kind in ("optional", "nullable", "nullish"):
            return self._method(self.read(first, depth + 1), kind, (), depth)
        if kind in ("partial", "pick", "omit", "strict") and args:
            return self._method(self.read(first, depth + 1), kind, args[1:], depth)
        if kind in ("literal", "enum", "nativeEnum", "picklist"):
            return _choice(list(first.values()) if isinstance(first, dict) else first, kind == "literal")
        if kind in ("union", "discriminatedUnion", "variant"):
            branches = args[-1] if kind == "union" or len(args) < 3 else args[1]
            if kind == "union" and args:
                branches = first
            return _union([self.read(item, depth + 1) for item in branches] if isinstance(branches, list) else [])
        if kind == "intersection" and len(args) == 2:
            return _both(self.read(first, depth + 1), self.read(args[1], depth + 1))
        if kind in ("record", "partialRecord") and args:
            values = self.read(args[-1], depth + 1).schema
            return Zod({"type": "object", **({"additionalProperties": values} if values else {})})
        return OPEN

    def _action(self, base: Zod, action: Any, depth: int) -> Zod:
        """`base` with an action of Valibot, such as `v.minLength(1)`."""
        if not isinstance(action, Call) or action.of is not None:
            return OPEN
        name = action.name.partition(".")[2]
        if name == "nonEmpty":
            return self._method(base, "min", (1,), depth)
        return self._method(base, self._dialect.actions.get(name, name), action.args, depth)

    def _fields(self, shape: Any, depth: int) -> dict[str, Zod]:
        fields: dict[str, Zod] = {}
        if isinstance(shape, Call) and isinstance(shape.returns, dict):
            shape = shape.returns
        places = shape.places if isinstance(shape, Literal) else {}
        for key, value in _parts(shape):
            if key != "...":
                fields[key] = self.read(value, depth + 1)._replace(place=places.get(key))
            elif isinstance(value, dict):
                fields |= self._fields(value, depth)
            elif isinstance(value, Call) and value.name == ".shape" and (more := self.read(value.of, depth + 1).fields):
                kept = dict.fromkeys(fields, OPEN) if "..." in more else fields
                fields = {**kept, **more}
            else:
                # Spread fields may replace those before them.
                fields = {**dict.fromkeys(fields, OPEN), key: OPEN}
        return fields

    def _method(self, base: Zod, name: str, args: tuple[Any, ...], depth: int) -> Zod:
        """`base` with the method `name` called on it."""
        schema, first = base.schema, args[0] if args else UNREADABLE
        if name in ("optional", "default", "prefault"):
            return base._replace(optional=True)
        if name in ("nullable", "nullish"):
            if "jsCoerced" in schema:
                schema = {**schema, "jsCoerced": f"{schema['jsCoerced']} or null"}
            wider = {"anyOf": [schema, {"type": "null"}]} if schema else {}
            return Zod(wider, base.optional or name == "nullish")
        if name == "array":
            return _array(base)
        if name == "or":
            return _union([base, self.read(first, depth + 1)])
        if name == "and":
            return _both(base, self.read(first, depth + 1))
        if name == "trim":
            return base._replace(trimmed=True)
        if name == "regex" and schema.get("type") == "string":
            found = pattern(first)
            return base._replace(schema={**schema, "pattern": found}) if found and "pattern" not in schema else base
        if name in _PARTS and schema.get("type") == "string" and isinstance(first, str):
            found = _PARTS[name].format(_SIGNS_OF_PATTERNS.sub(r"\\\g<0>", first))
            return base if "pattern" in schema else base._replace(schema={**schema, "pattern": found, "x-form": first})
        if name in self._dialect.methods and schema.get("type") == "string":
            form = self._dialect.methods[name]
            return base._replace(schema={**schema, **(form(args) if callable(form) else form)})
        if name == "describe" and isinstance(first, str):
            return base._replace(schema={**schema, "description": first})
        if base.fields is not None and (changed := self._shaped(base, base.fields, name, first, depth)):
            return changed
        limits = _limits(str(schema.get("type")), name, first, base.trimmed)
        if limits is not None:
            return base._replace(schema={**schema, **limits})
        return base if name in _SAME or (name in ("min", "max") and "jsDate" in schema) else OPEN

    def _shaped(self, base: Zod, fields: Mapping[str, Zod], name: str, first: Any, depth: int) -> Zod | None:
        """A method that makes another object of one."""
        if name == "strict":
            return _object(fields, True)
        if name in ("extend", "safeExtend", "augment", "merge"):
            other = self.read(first, depth + 1).fields if isinstance(first, Call) else self._fields(first, depth)
            more = {"...": OPEN} if other is None else other
            kept = dict.fromkeys(fields, OPEN) if "..." in more else fields
            return _object({**kept, **more}, base.strict and name != "merge")
        if name in ("pick", "omit") and isinstance(first, dict) and "..." not in first:
            kept = {key: each for key, each in fields.items() if key == "..." or (key in first) == (name == "pick")}
            return _object(kept, base.strict)
        if name in ("partial", "deepPartial"):
            chosen = first if isinstance(first, dict) and "..." not in first else fields
            return _object(
                {key: each._replace(optional=each.optional or key in chosen) for key, each in fields.items()},
                base.strict,
            )
        return _object(dict.fromkeys(fields, OPEN), False) if name in ("pick", "omit", "required") else None


def _object(fields: Mapping[str, Zod], strict: bool) -> Zod:
    told = {key: each for key, each in fields.items() if key != "..."}
    schema: dict[str, Any] = {"type": "object", "properties": {key: _placed(each) for key, each in told.items()}}
    if needed := [key for key, each in told.items() if not each.optional]:
        schema["required"] = needed
    if "..." in fields:
        schema["$comment"] = _PARTLY
    elif strict:
        schema["additionalProperties"] = False
    return Zod(schema, fields=fields, strict=strict)


def _placed(field: Zod) -> dict[str, Any]:
    """The schema of a field, with the place where it is written."""
    return {**field.schema, "x-place": field.place} if field.schema and field.place else field.schema


def _parts(shape: Any) -> list[tuple[str, Any]]:
    if isinstance(shape, Literal):
        return shape.parts
    return list(shape.items()) if isinstance(shape, dict) else [("...", UNREADABLE)]


# Signs of JavaScript's regular expressions that the validator may read in another way.
_OWN_SIGNS = re.compile(r"\\[pPkuxc]|\(\?<|\[[^\]]*\[")


def pattern(value: Any) -> str | None:
    """A regular expression that means the same to the validator; None if that is not certain."""
    if not isinstance(value, Regex) or not set(value.flags) <= set("iug") or _OWN_SIGNS.search(value.source):
        return None
    return f"(?i:{value.source})" if "i" in value.flags else value.source


def _array(items: Zod) -> Zod:
    return Zod({"type": "array", **({"items": items.schema} if items.schema else {})})


def _tuple(items: list[Zod], closed: bool) -> Zod:
    needed = max((number for number, each in enumerate(items, 1) if not each.optional), default=0)
    most = {"maxItems": len(items)} if closed else {}
    return Zod({"type": "array", "prefixItems": [each.schema for each in items], "minItems": needed, **most})


def _union(branches: list[Zod]) -> Zod:
    if not branches or not all(branch.schema for branch in branches):
        return OPEN
    return Zod({"anyOf": [branch.schema for branch in branches]}, any(branch.optional for branch in branches))


def _both(a: Zod, b: Zod) -> Zod:
    # Zod merges the results of both; a strict one would reject the fields of the other.
    parts = [each.schema for each in (a, b) if each.schema and not each.strict]
    return Zod({"allOf": parts}, a.optional and b.optional) if parts else OPEN


def _choice(values: Any, alone: bool) -> Zod:
    listed = values if isinstance(values, list) else [values] if alone else [UNREADABLE]
    readable = all(isinstance(value, str | int | float) for value in listed)
    return Zod({"enum": listed}) if listed and readable else OPEN


def _limits(kind: str, name: str, limit: Any, trimmed: bool) -> dict[str, Any] | None:
    """The keywords that the method `name` adds to a schema of the type `kind`; None if it is not a limit of that type."""
    if name == "int" and kind == "number":
        return {"type": "integer"}
    if name in _SIGNS and kind in ("number", "integer"):
        return _SIGNS[name]
    if kind == "string" and name in ("email", "url"):
        return {"pattern": FORMS[name]}
    unit = {"string": "Length", "array": "Items"}.get(kind)
    if name == "nonempty" and unit:
        return {f"min{unit}": 1}
    numeric = isinstance(limit, int | float) and not isinstance(limit, bool)
    if unit and name in ("min", "max", "length"):
        ends = ("min", "max") if name == "length" else (name,)
        return {f"{end}{unit}": limit for end in ends if numeric and not (trimmed and end == "max")}
    if kind in ("number", "integer") and name in _NUMBERS:
        return {_NUMBERS[name]: limit} if numeric else {}
    return None
