"""TinaCMS: `tina/config.*`. Some mistakes stop its indexing, and so the build, without naming a field.

Sources: packages tinacms 3.14.1, @tinacms/graphql 3.0.0, @tinacms/cli 3.0.0: index, audit and a typed query, run.
"""

import re
from collections.abc import Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.files.files import Files
from postlint.front_matter import Dialect, Fence, gray_matter
from postlint.javascript.modules import Modules
from postlint.javascript.values import Literal
from postlint.schema import Consequence, Stated
from postlint.schema.sources import Fault, Kept, Source, code
from postlint.schema.sources import files as config_files
from postlint.schema.sources.scripts import members, options, place, texts, word

TITLE = "Tina"
_CLIENT = re.compile(r"__generated__/(?:client|types|databaseClient)|tinacms/dist/client|tinacms/dist/react")
_BUILDS = re.compile(r"\btinacms\s+(?:build|dev)\b")
_STOPS = {"x-consequence": {"type": "stops", "date": "stops", "limit": "stops"}}
_NAME = re.compile(r"\w*", re.ASCII)
_GENERATED = ("__generated__/_schema.json", "tina-lock.json")
_DATA = frozenset(("json", "yaml", "yml", "toml"))
_DEEPEST = 10


def read(files: Files, path: str) -> Source | None:
    folder = path.rpartition("/")[0]
    consequences = _consequences(files)
    found = _collections(Modules(files).module(path).config.get("schema"))
    if not found:
        path, found = _generated(files, folder)
    kept: list[Kept] = []
    faults: list[Fault] = []
    for collection in found:
        kept += _kept(collection, path, consequences)
        faults += _faults(collection, path)
    return Source("tina", TITLE, path, tuple(kept), _dialect(None), faults=tuple(faults)) if kept else None


def _consequences(files: Files) -> dict[str, Consequence]:
    """What becomes of a mistake: for sites that only edit with Tina, nothing but a form that does not work."""
    asks = code.contains(files, _CLIENT)
    builds = _BUILDS.search(files.read_text("package.json") or "") is not None
    missing = Consequence("its query for the page fails", Severity.ERROR if asks else Severity.WARNING)
    stops = "Tina's indexing stops, and the build with it" if builds else "Tina's indexing stops"
    return {
        "missing": missing,
        **dict.fromkeys(("type", "limit"), Consequence("`tinacms audit` reports it", Severity.WARNING)),
        "stops": Consequence(stops, Severity.ERROR if builds else Severity.WARNING),
    }


def _collections(schema: Any) -> list[dict[str, Any]]:
    known = options(schema)
    listed = known.get("collections") if known else None
    return [each for _, value in members(listed) if (each := options(value))]


def _generated(files: Files, folder: str) -> tuple[str, list[dict[str, Any]]]:
    """The schema as Tina wrote it down, for a configuration that cannot be read without running it."""
    for name in _GENERATED:
        path = f"{folder}/{name}"
        if files.is_file(path) and (data := config_files.read(files, path)):
            return path, _collections(data.get("schema", data))
    return folder, []


def _kept(collection: dict[str, Any], path: str, consequences: Mapping[str, Consequence]) -> list[Kept]:
    name, folder, form = collection.get("name"), collection.get("path"), word(collection.get("format", "md"))
    if not isinstance(name, str) or not isinstance(folder, str) or form in _DATA:
        return []
    folder = folder.strip("/")
    at = f"{folder}/" if folder else ""
    matched = collection.get("match")
    match = matched if isinstance(matched, dict) else {}
    include = tuple(f"{at}{each}.{form}" for each in texts(match.get("include", "**/*")))
    exclude = tuple(f"{at}{each}.{form}" for each in texts(match.get("exclude", [])))
    source = f"{place(collection, 'name', path)} ({name})"
    dialect = _dialect(collection)
    templates = [found for _, each in members(collection.get("templates")) if (found := options(each))]
    if not templates:
        definition, roles = _object(collection.get("fields"), path, 0)
        return [Kept(name, include, exclude, Stated(source, definition, TITLE, consequences, roles), (), dialect)]
    out = []
    names = [each["name"] for each in templates if isinstance(each.get("name"), str)]
    for template in templates:
        definition, roles = _object(template.get("fields"), path, 0)
        schema = Stated(f"{source[:-1]}: {template.get('name')})", definition, TITLE, consequences, roles)
        out.append(Kept(name, include, exclude, schema, (("_template", str(template.get("name"))),), dialect))
    unknown = {"properties": {"_template": {"enum": names, **_STOPS}}}
    out.append(Kept(name, include, exclude, Stated(source, unknown, TITLE, consequences), (), dialect))
    return out


def _dialect(collection: dict[str, Any] | None) -> Dialect:
    base = gray_matter.dialect("js-yaml-3")
    if collection is None or collection.get("frontmatterFormat") != "toml":
        return base
    delimiters = texts(collection.get("frontmatterDelimiters")) or ["+++"]
    opening, closing = re.escape(delimiters[0]), re.escape(delimiters[-1])
    fence = Fence("toml", re.compile(rf"\ufeff?{opening}[ \t]*(?=[\r\n])"), re.compile(rf"^{closing}", re.MULTILINE))
    return base._replace(fences=(fence,))


def _object(fields: Any, path: str, depth: int) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    images: list[str] = []
    for _, value in members(fields):
        field = options(value)
        if field is None or not isinstance(name := field.get("name"), str) or field.get("isBody") is True:
            continue
        own = field.get("nameOverride")
        found = {**_field(field, path, depth), "x-place": place(field, "name", path)}
        is_required = field.get("required") is True and not isinstance(own, str)
        if is_required:
            found["x-check"] = {**found.get("x-check", {}), "not-null": None}
            required.append(name)
        properties[name] = found
        if isinstance(own, str):
            properties[own] = found
        if field.get("type") == "image" and not field.get("list") and not depth:
            images.append(own if isinstance(own, str) else name)
    return {"properties": properties, "required": required}, {"image": tuple(images)} if images else {}


def _field(field: dict[str, Any], path: str, depth: int) -> dict[str, Any]:
    kind, several = field.get("type"), field.get("list") is True
    stops = {} if depth else _STOPS
    if kind == "string" and several:
        return {"type": ["array", "string", "null"], "items": {"type": "string", **stops}, **stops}
    if kind == "string":
        return {"type": ["string", "null"], **stops}
    if kind == "object" and depth < _DEEPEST:
        return _nested(field, path, depth, several)
    if several:
        return {}
    if kind in ("number", "boolean"):
        return {"type": [kind, "null"]}
    if kind in ("image", "rich-text"):
        return {"type": ["string", "null"]}
    if kind == "reference":
        return {"reference": "file:"}
    return {"x-check": {"new-date": None}} if kind == "datetime" else {}


def _nested(field: dict[str, Any], path: str, depth: int, several: bool) -> dict[str, Any]:
    templates = [found for _, each in members(field.get("templates")) if (found := options(each))]
    if not templates:
        inner, _ = _object(field.get("fields"), path, depth + 1)
        # What stands in the place of an object that is not in a list is read as an empty one.
        return (
            {"type": ["array", "null"], "items": {"type": "object", **inner, **_STOPS}, **_STOPS} if several else inner
        )
    if not several:
        return {}
    key = str(field.get("templateKey", "_template"))
    names = [each.get("name") for each in templates]
    branches = [
        {
            "if": {"properties": {key: {"const": each.get("name")}}, "required": [key]},
            "then": _object(each.get("fields"), path, depth + 1)[0],
        }
        for each in templates
    ]
    named = {key: {"enum": names, **_STOPS}}
    items = {"type": "object", "properties": named, "required": [key], "allOf": branches, **_STOPS}
    return {"type": ["array", "null"], "items": items, **_STOPS}


def _faults(collection: dict[str, Any], path: str) -> list[Fault]:
    out = []
    holders = [collection, *(found for _, each in members(collection.get("templates")) if (found := options(each)))]
    for holder in holders:
        for _, value in members(holder.get("fields")):
            field = options(value)
            name = field.get("name") if field else None
            if isinstance(name, str) and not _NAME.fullmatch(name) and isinstance(field, Literal):
                line = config_files.line(place(field, "name", path))
                said = f"`{name}`: a name may contain only letters without accents, digits and `_`; Tina's build stops"
                out.append(Fault(f"{collection.get('name')}.{name}", line, said, stops=True))
    return out
