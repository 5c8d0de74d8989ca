"""Pages CMS: `.pages.yml`. What its form refuses keeps a post from being saved; some values it loses in silence.

Sources: the repository at 2.1.4: its front matter parser, the reading of each field and the form's own schema, run.
"""

import re
from collections.abc import Iterator
from typing import Any

from postlint.diagnostics import Severity
from postlint.files.files import Files
from postlint.front_matter import Dialect, Fence
from postlint.javascript.values import Literal
from postlint.schema import Consequence, Media, Stated
from postlint.schema.json import expressions
from postlint.schema.sources import Kept, Source
from postlint.schema.sources import files as config_files
from postlint.schema.sources.scripts import place, texts, word

TITLE = "Pages CMS"
_SAVE = "the editor does not save the post"
_CONSEQUENCES = {
    **dict.fromkeys(("missing", "type", "limit"), Consequence(_SAVE, Severity.WARNING)),
    "lost": Consequence("the editor removes it when it saves the post", Severity.WARNING, accepted=True),
}
_DATA = frozenset(("json", "yaml", "yml", "toml"))
_UUID = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"
_DEEPEST = 10


def read(files: Files, path: str) -> Source | None:
    config = config_files.read(files, path)
    if config is None:
        return None
    kept = tuple(_kept(config, config.get("content"), path, 0))
    return Source("pages-cms", TITLE, path, kept, _dialect(None, None)) if kept else None


def _kept(config: Literal, content: Any, path: str, depth: int) -> Iterator[Kept]:
    for entry in content if isinstance(content, list) and depth < _DEEPEST else ():
        if not isinstance(entry, Literal):
            continue
        if entry.get("type") == "group":
            yield from _kept(config, entry.get("items"), path, depth + 1)
            continue
        folder, fields = entry.get("path"), entry.get("fields")
        ending = _ending(entry)
        if not isinstance(folder, str) or not isinstance(fields, list) or ending in _DATA:
            continue
        folder = folder.strip("/")
        definition, roles = _object(fields, _Reader(config, path), 0, True)
        at = place(entry, "name", path)
        media = {name: found for name in roles.get("image", ()) if (found := _media(config.get("media")))}
        schema = Stated(f"{at} ({entry.get('name')})", definition, TITLE, _CONSEQUENCES, roles, media)
        include, exclude = (folder,), tuple(f"**/{name}" for name in texts(entry.get("exclude", [])))
        if entry.get("type") != "file":
            levels = "" if entry.get("subfolders") is False else "**/"
            include = (f"{folder}/{levels}*.{ending}" if folder else f"{levels}*.{ending}",)
        form, delimiters = entry.get("format"), entry.get("delimiters")
        dialect = _dialect(form if isinstance(form, str) else None, delimiters)
        yield Kept(str(entry.get("name")), include, exclude, schema, (), dialect)


def _media(given: Any) -> Media | None:
    """Where images lie; with several places, the first is the usual one, but a field may name another."""
    if isinstance(given, str):
        return Media(TITLE, given.strip("/"), "/" + given.strip("/"))
    if not isinstance(given, dict) or not isinstance(given.get("input"), str):
        return None
    output = given.get("output")
    return Media(TITLE, given["input"].strip("/"), output) if isinstance(output, str) and output.strip("/") else None


def _ending(entry: Literal) -> str:
    if isinstance(found := entry.get("extension"), str):
        return found.lstrip(".")
    name = entry.get("path") if entry.get("type") == "file" else entry.get("filename")
    _, dot, ending = str(name or "a.md").rpartition(".")
    return ending if dot else "md"


def _dialect(form: str | None, delimiters: Any) -> Dialect:
    language = {"toml-frontmatter": "toml", "json-frontmatter": "json"}.get(str(form), "yaml")
    usual = {"yaml": "---", "toml": "+++", "json": "---"}[language]
    pair = [delimiters, delimiters] if isinstance(delimiters, str) else delimiters
    if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair)):
        pair = [usual, usual]
    opening, closing = map(re.escape, pair)
    fence = Fence(
        language,  # type: ignore[arg-type]
        re.compile(rf"{opening}(?=\r?\n)"),
        re.compile(rf"^{closing}(?=\r?\n|\Z)", re.MULTILINE),
    )
    return Dialect((fence,), yaml="yaml-1.2")


class _Reader:
    """The components of a configuration, which fields may take over."""

    def __init__(self, config: Literal, path: str) -> None:
        found = config.get("components")
        self._components = found if isinstance(found, dict) else {}
        self.path = path

    def whole(self, field: Literal) -> Literal:
        base = self._components.get(word(field.get("component")))
        if not isinstance(base, Literal):
            return field
        out = Literal()
        out.update({**base, **field})
        out.places = {**base.places, **field.places}
        return out


def _object(
    fields: list[Any], reader: _Reader, depth: int, is_required: bool
) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    properties: dict[str, Any] = {}
    required: list[str] = []
    images: list[str] = []
    for field in fields if depth < _DEEPEST else ():
        if not isinstance(field, Literal) or not isinstance(name := field.get("name"), str):
            continue
        field = reader.whole(field)
        found, needed = ({}, False) if name == "body" and not depth else _field(field, reader, depth)
        properties[name] = {**found, "x-place": place(field, "name", reader.path)}
        if needed:
            required.append(name)
        if field.get("type") == "image" and not field.get("list") and not _option(field, "multiple"):
            images.append(name)
    out: dict[str, Any] = {"properties": properties, "required": required}
    if not is_required:
        # An optional object counts only if something is in it.
        out = {"if": {"x-check": "something"}, "then": out, "properties": {name: {} for name in properties}}
    return out, {"image": tuple(images)} if images else {}


def _field(field: Literal, reader: _Reader, depth: int) -> tuple[dict[str, Any], bool]:
    """The schema of a field, and whether its key must be there."""
    if not field.get("list"):
        return _single(field, reader, depth)
    bounds = field["list"] if isinstance(field["list"], dict) else {}
    one = Literal()
    one.update({key: value for key, value in field.items() if key not in ("list", "required")})
    one.places = field.places
    items, _ = _single(one, reader, depth)
    is_required = field.get("required") is True
    least = None if is_required else bounds.get("min")
    checks = {"count": [least, bounds.get("max")]} if bounds else {}
    needed = is_required or bool(least)
    if needed:
        return {"type": "array", "items": items, "minItems": 1, **({"x-check": checks} if checks else {})}, True
    lost = {"type": ["array", "null"], "items": items, "x-consequence": {"type": "lost"}}
    return {**lost, **({"x-check": checks} if checks else {})}, False


def _single(field: Literal, reader: _Reader, depth: int) -> tuple[dict[str, Any], bool]:
    kind = field.get("type")
    is_required = field.get("required") is True
    if kind == "boolean":
        return {}, False
    if kind == "number":
        bounds = [field.get("min", _option(field, "min")), field.get("max", _option(field, "max"))]
        limits = {"range": bounds} if any(isinstance(each, int | float) for each in bounds) else {}
        return {"x-check": {"not-nan": None, **limits}}, False
    if kind == "date":
        return {}, False
    if kind == "object":
        fields = field.get("fields")
        found = _object(fields if isinstance(fields, list) else [], reader, depth + 1, is_required)[0]
        return found, is_required and bool(found.get("required"))
    if kind == "block":
        return _block(field, reader, depth), False
    if kind == "select":
        return _select(field, is_required)
    if kind in ("reference", "image", "file") and _option(field, "multiple"):
        counts = [_option(field, "min"), _option(field, "max")]
        return {"type": ["array", "null"], "x-check": {"count": counts}}, is_required
    if kind == "reference":
        return ({"x-filled": True} if is_required else {}), is_required
    if kind == "uuid":
        return {"type": ["string", "null"], "pattern": _UUID, "x-form": "a UUID"}, False
    return _text(field, is_required)


def _text(field: Literal, is_required: bool) -> tuple[dict[str, Any], bool]:
    """Text. One that is absent is tested as an empty text."""
    out: dict[str, Any] = {"type": ["string", "null"]}
    least = field.get("minlength", _option(field, "minlength"))
    most = field.get("maxlength", _option(field, "maxlength"))
    if isinstance(most, int):
        out["maxLength"] = most
    if isinstance(least, int) and least > 0:
        out["minLength"], is_required = least, True
    given = field.get("pattern")
    pattern = given.get("regex") if isinstance(given, dict) else given
    said = str(given.get("message", "")) if isinstance(given, dict) else ""
    if isinstance(pattern, str) and expressions.is_readable(pattern):
        out["x-check"] = {"text-pattern": [pattern, said]}
        is_required = is_required or not expressions.found(pattern, "")
    has_default = field.get("default") not in (None, "")
    if is_required and not has_default:
        return {**out, "x-filled": True}, True
    return out, False


def _select(field: Literal, is_required: bool) -> tuple[dict[str, Any], bool]:
    values = _option(field, "values")
    known = (
        [each.get("value") if isinstance(each, dict) else each for each in values] if isinstance(values, list) else []
    )
    named = [value for value in known if isinstance(value, str)]
    readable = bool(named) and len(named) == len(known)
    if _option(field, "multiple"):
        counts = [_option(field, "min"), _option(field, "max")]
        out: dict[str, Any] = {"type": ["array", "null"], "x-check": {"count": counts}}
        return {**out, **({"items": {"enum": named}} if readable else {})}, is_required or bool(counts[0])
    has_default = field.get("default") not in (None, "")
    empty: list[Any] = [] if is_required and not has_default else [None, ""]
    return ({"enum": [*named, *empty]} if readable else {}), is_required and not has_default


def _block(field: Literal, reader: _Reader, depth: int) -> dict[str, Any]:
    key = str(field.get("blockKey", "_block"))
    blocks = [reader.whole(each) for each in (field.get("blocks") or []) if isinstance(each, Literal)]
    names = [each.get("name") for each in blocks]
    branches = [
        {
            "if": {"properties": {key: {"const": block.get("name")}}, "required": [key]},
            "then": _object(block.get("fields") or [], reader, depth + 1, True)[0],
        }
        for block in blocks
    ]
    return {"properties": {key: {"enum": names}}, "required": [key], "allOf": branches}


def _option(field: Literal, name: str) -> Any:
    options = field.get("options")
    return options.get(name) if isinstance(options, dict) else None
