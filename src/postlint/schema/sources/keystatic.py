"""Keystatic: `keystatic.config.*`. Its reader refuses unknown keys; sites that read their posts otherwise do not mind.

Sources: package @keystatic/core 0.6.9, `createReader` run.
"""

import re
from typing import Any

from postlint.diagnostics import Severity
from postlint.files.files import Files
from postlint.front_matter import Dialect, Fence
from postlint.javascript.modules import Modules
from postlint.javascript.values import Call, Function, Literal, Regex
from postlint.schema import Consequence, Media, Stated
from postlint.schema.json import expressions
from postlint.schema.sources import Fault, Kept, Source, code
from postlint.schema.sources import files as config_files
from postlint.schema.sources.scripts import members, options, place
from postlint.schema.zod.reading import pattern as readable

TITLE = "Keystatic"
_REFUSES = Consequence("its reader throws, and the page or the build with it")
_EDITOR = Consequence("the editor does not open the post", Severity.WARNING)
_EXTRA = Consequence("the editor does not open the post", Severity.WARNING, only_if_rare=True)
_DIALECT = Dialect(
    (Fence("yaml", re.compile(r"\ufeff?---(?=\r?\n)"), re.compile(r"^---", re.MULTILINE)),),
    yaml="js-yaml-4",
    refuses_repeats=True,
)
_ENDINGS = {"mdx": "mdx", "markdoc": "mdoc", "document": "mdoc"}
_READER = re.compile(r"\bcreate(?:GitHub)?Reader\b")
_DEEPEST = 10


def read(files: Files, path: str) -> Source | None:
    config = Modules(files).module(path).config
    strict = code.contains(files, _READER)
    kept: list[Kept] = []
    faults: list[Fault] = []
    for group in ("collections", "singletons"):
        for name, value in members(config.get(group)):
            found = options(value)
            if found is not None and isinstance(found.get("path"), str):
                faults += _faults(group, name, found, path)
                if each := _kept(name, found, path, strict, group == "singletons"):
                    kept.append(each)
    if not kept and not faults:
        return None
    return Source("keystatic", TITLE, path, tuple(kept), _DIALECT, faults=tuple(faults), every=True)


def _kept(name: str, found: dict[str, Any], path: str, strict: bool, alone: bool) -> Kept | None:
    schema = found.get("schema")
    form = found.get("format")
    field = form.get("contentField") if isinstance(form, dict) else None
    content = schema.get(field) if isinstance(schema, dict) and isinstance(field, str) else None
    if not isinstance(content, Call) or not isinstance(schema, dict):
        return None
    kind = content.name.rpartition(".")[2]
    own = content.args[0] if content.args and isinstance(content.args[0], dict) else {}
    ending = own.get("extension", _ENDINGS.get(kind))
    where = found["path"].removeprefix("./").removeprefix("/")
    if not isinstance(ending, str) or (not alone and "*" not in where):
        return None
    folder, _, rest = where.partition("*")
    if alone:
        include = f"{where}index.{ending}" if where.endswith("/") else f"{where}.{ending}"
    elif rest.startswith("*"):
        include = f"{folder}**/*.{ending}" if rest == "*" else f"{folder}**/*{rest[1:]}index.{ending}"
    elif not rest:
        include = f"{folder}*.{ending}"
    elif rest.endswith("/"):
        include = f"{folder}*{rest}index.{ending}"
    else:
        return None
    slug = found.get("slugField")
    definition, roles = _object(schema, path, 0, slug if isinstance(slug, str) else None)
    at = place(found, "path", path)
    consequences = dict.fromkeys(("missing", "type", "limit", "date", "unknown"), _REFUSES if strict else _EDITOR)
    if not strict:
        consequences["unknown"] = _EXTRA
    media = {key: known for key in roles.get("image", ()) if (known := _media(schema.get(key)))}
    stated = Stated(f"{at} ({name})", definition, TITLE, consequences, roles, media)
    return Kept(name, (include,), ("**/.*",), stated)


def _media(field: Any) -> Media | None:
    """Where the editor finds the images of a field."""
    own = field.args[0] if isinstance(field, Call) and field.args and isinstance(field.args[0], dict) else {}
    folder, public = own.get("directory"), own.get("publicPath", "")
    if not isinstance(folder, str) or not isinstance(public, str):
        return None
    return Media(TITLE, folder.strip("/"), public, by_slug=True)


def _object(
    schema: dict[str, Any], path: str, depth: int, slug: str | None = None
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """The schema of an object: unknown keys are refused, and one that is absent counts as empty."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    images: list[str] = []
    whole = isinstance(schema, Literal) and "..." not in schema
    for key, value in members(schema):
        value = value if isinstance(value, Call) else None
        field, needed = _field(value, path, depth, key == slug)
        properties[key] = {**field, "x-place": place(schema, key, path)} if field else field
        if needed:
            required.append(key)
        if value is not None and value.name == "fields.image" and not depth:
            images.append(key)
    out: dict[str, Any] = {"type": ["object", "null"] if depth else "object", "properties": properties}
    out["required"] = required
    if whole:
        out["additionalProperties"] = False
    return out, {"image": tuple(images)} if images else {}


def _field(value: Call | None, path: str, depth: int, is_slug: bool) -> tuple[dict[str, Any], bool]:
    """The schema of a field, and whether its key must be there."""
    if value is None or depth > _DEEPEST:
        return {}, False
    if value.returns is not None and not value.name.startswith("fields."):
        return _field(value.returns if isinstance(value.returns, Call) else None, path, depth + 1, is_slug)
    kind = value.name.removeprefix("fields.")
    first = value.args[0] if value.args else None
    own = first if isinstance(first, dict) else {}
    checks = own.get("validation")
    validation = checks if isinstance(checks, dict) else {}
    is_required = validation.get("isRequired") is True
    filled = {"x-check": {"not-null": None}} if is_required else {}
    if kind == "slug" and is_slug:
        inner = own.get("name")
        rules = inner.get("validation") if isinstance(inner, dict) else None
        return _text(rules if isinstance(rules, dict) else {})
    if kind == "text":
        return ({}, False) if is_slug else _text(validation)
    if kind == "checkbox":
        return {"type": ["boolean", "null"]}, False
    if kind in ("integer", "number"):
        names = {"min": "minimum", "max": "maximum"}
        limits = {names[key]: validation[key] for key in names if isinstance(validation.get(key), int | float)}
        return {"type": [kind, "null"], **limits, **filled}, is_required
    if kind in ("select", "multiselect"):
        return _select(own, kind == "multiselect"), False
    if kind in ("date", "datetime"):
        check = "day" if kind == "date" else "minute"
        bounds = [validation.get("min"), validation.get("max")]
        return {"x-check": {check: bounds, **filled.get("x-check", {})}}, is_required
    if kind == "url":
        return {"type": ["string", "null"], **({"x-filled": True} if is_required else {})}, is_required
    if kind in ("image", "file", "relationship", "pathReference"):
        return {"type": ["string", "null"], **filled}, is_required
    if kind == "multiRelationship":
        return {"type": ["array", "null"], "items": {"type": "string"}}, False
    if kind == "cloudImage":
        return _cloud_image(is_required), is_required
    if kind == "object":
        found = _object(first, path, depth + 1)[0] if isinstance(first, dict) else {}
        return found, bool(found.get("required"))
    if kind == "array":
        return _array(value, path, depth)
    if kind == "conditional":
        return _conditional(value, path, depth), False
    if kind == "blocks":
        return _blocks(first, path, depth), False
    return {}, False


def _text(validation: dict[str, Any]) -> tuple[dict[str, Any], bool]:
    """Text. One that is absent is checked as an empty text."""
    out: dict[str, Any] = {"type": ["string", "null"]}
    length = validation.get("length")
    limits = length if isinstance(length, dict) else {}
    least = limits.get("min", 1 if validation.get("isRequired") is True else 0)
    is_required = isinstance(least, int) and least > 0
    most = limits["max"] if isinstance(limits.get("max"), int) else None
    checks: dict[str, Any] = {}
    if is_required or most is not None:
        checks["units"] = [least if is_required else None, most]
    given = validation.get("pattern")
    written = given.get("regex") if isinstance(given, dict) else None
    if isinstance(written, Regex) and (expression := readable(written)) and expressions.is_readable(expression):
        said = given.get("message") if isinstance(given, dict) else None
        checks["text-pattern"] = [expression, said if isinstance(said, str) else ""]
        is_required = is_required or not expressions.found(expression, "")
    if is_required:
        checks["not-null"] = None
    return {**out, **({"x-check": checks} if checks else {})}, is_required


def _select(own: dict[str, Any], several: bool) -> dict[str, Any]:
    listed = own.get("options")
    values = [each.get("value") for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    named = [value for value in values if isinstance(value, str)]
    if not named or not isinstance(listed, list) or len(named) != len(listed):
        return {}
    return {"type": ["array", "null"], "items": {"enum": named}} if several else {"enum": [*named, None]}


def _cloud_image(is_required: bool) -> dict[str, Any]:
    names: dict[str, Any] = {
        **{name: {"type": ["string", "null"]} for name in ("src", "alt")},
        **{name: {"type": ["number", "null"]} for name in ("height", "width")},
    }
    return {
        "type": ["object", "null"],
        "properties": names,
        "additionalProperties": False,
        "required": ["src"] if is_required else [],
    }


def _array(value: Call, path: str, depth: int) -> tuple[dict[str, Any], bool]:
    first = value.args[0] if value.args else None
    own = value.args[1] if len(value.args) > 1 and isinstance(value.args[1], dict) else {}
    items = _field(first if isinstance(first, Call) else None, path, depth + 1, False)[0]
    checks = own.get("validation")
    length = checks.get("length") if isinstance(checks, dict) else None
    bounds = {"min": "minItems", "max": "maxItems"}
    limits = length if isinstance(length, dict) else {}
    known = {bounds[key]: limits[key] for key in bounds if isinstance(limits.get(key), int)}
    return {"type": ["array", "null"], **({"items": items} if items else {}), **known}, False


def _conditional(value: Call, path: str, depth: int) -> dict[str, Any]:
    chooser = value.args[0] if value.args and isinstance(value.args[0], Call) else None
    branches = value.args[1] if len(value.args) > 1 and isinstance(value.args[1], dict) else {}
    discriminant = _field(chooser, path, depth + 1, False)[0]
    cases = []
    for name, each in members(branches):
        inner, needed = _field(each if isinstance(each, Call) else None, path, depth + 1, False)
        chosen: Any = {"true": True, "false": False}.get(name, name)
        cases.append(
            {
                "if": {"properties": {"discriminant": {"const": chosen}}, "required": ["discriminant"]},
                "then": {"properties": {"value": inner}, "required": ["value"] if needed else []},
            }
        )
    return {
        "type": ["object", "null"],
        "properties": {"discriminant": discriminant, "value": {}},
        "additionalProperties": False,
        "allOf": cases,
    }


def _blocks(first: Any, path: str, depth: int) -> dict[str, Any]:
    names, cases = [], []
    for name, each in members(first):
        names.append(name)
        block = options(each)
        inner = block.get("schema") if block else None
        if isinstance(inner, Function):
            inner = inner.returns
        found, needed = _field(inner if isinstance(inner, Call) else None, path, depth + 1, False)
        cases.append(
            {
                "if": {"properties": {"discriminant": {"const": name}}, "required": ["discriminant"]},
                "then": {"properties": {"value": found}, "required": ["value"] if needed else []},
            }
        )
    if not names:
        return {"type": ["array", "null"]}
    item = {"type": "object", "properties": {"discriminant": {"enum": names}}, "allOf": cases}
    return {"type": ["array", "null"], "items": item}


def _faults(group: str, name: str, found: dict[str, Any], path: str) -> list[Fault]:
    out = []
    if group == "collections" and "*" not in found["path"]:
        line = config_files.line(place(found, "path", path))
        said = f"the path `{found['path']}` of a collection needs a `*`; Keystatic does not start"
        out.append(Fault(f"{group}.{name}.path", line, said, stops=True))
    schema = found.get("schema")
    for key, value in members(schema):
        if not isinstance(value, Call) or value.name != "fields.select" or not value.args:
            continue
        own = value.args[0]
        default = own.get("defaultValue") if isinstance(own, dict) else None
        known = _select(own, False).get("enum") if isinstance(own, dict) else None
        if isinstance(default, str) and known and default not in known:
            line = config_files.line(place(own, "defaultValue", path))
            said = f"the default `{default}` is not one of the options; Keystatic does not start"
            out.append(Fault(f"{group}.{name}.schema.{key}", line, said, stops=True))
    return out
