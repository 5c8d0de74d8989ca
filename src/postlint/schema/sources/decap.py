"""Decap CMS, once Netlify CMS, and Sveltia CMS, which reads the same file: `admin/config.yml`.

Sources: packages decap-cms 3.16.3, decap-cms-core 3.19.1: the editor run on posts, one by one, and asked to save them.
"""

import re
from typing import Any

from postlint.diagnostics import Severity
from postlint.files.files import Files
from postlint.front_matter import Dialect, Fence
from postlint.javascript.values import Literal
from postlint.schema import Consequence, Media, Stated
from postlint.schema.sources import Fault, Kept, Scalar, Source
from postlint.schema.sources import files as config_files
from postlint.schema.sources.scripts import place, word

_SAVE = "the editor does not save the post"
_CONSEQUENCES = {
    "missing": Consequence(_SAVE, Severity.WARNING),
    "limit": Consequence(_SAVE, Severity.ERROR),
    "type": Consequence("the editor fails on it", Severity.WARNING),
    # Sites read what is missing as false, or as nothing.
    "rare": Consequence(_SAVE, Severity.WARNING, only_if_rare=True),
}
# Widgets that version 3 has; a field of another one is never checked.
_CHECKED = frozenset(
    (
        *("string", "text", "markdown", "richtext", "number", "boolean", "datetime", "select", "relation", "list"),
        *("object", "image", "file", "color", "code", "map", "uuid"),
    )
)
_EXTENSIONS = {"yml": "yml", "yaml": "yml", "toml": "toml", "json": "json"}
_KNOWN = frozenset((*_EXTENSIONS, "md", "markdown", "html"))
_DATA = frozenset(_EXTENSIONS)
_ROLES = {"slug": "slug", "tags": "tags", "draft": "draft"}
_DEEPEST = 12
_MOST_LEVELS = 6


def read(files: Files, path: str) -> Source | None:
    config = config_files.read(files, path)
    if config is None or not isinstance(config.get("collections"), list) or "backend" not in config:
        return None
    title = _title(files, path)
    locales = config.get("i18n")
    kept: list[Kept] = []
    faults: list[Fault] = []
    for number, collection in enumerate(config["collections"]):
        if isinstance(collection, Literal):
            faults += _faults(collection, f"collections[{number}]", title)
            kept += _collection(collection, config, locales if isinstance(locales, dict) else {}, title, path)
    return Source("decap", title, path, tuple(kept), _dialect(None, None), faults=tuple(faults))


def _title(files: Files, path: str) -> str:
    page = files.read_text(f"{path.rpartition('/')[0]}/index.html") or ""
    if "sveltia" in page:
        return "Sveltia CMS"
    return "Netlify CMS" if "netlify-cms" in page and "decap" not in page else "Decap CMS"


def _collection(collection: Literal, config: Literal, locales: dict[str, Any], title: str, path: str) -> list[Kept]:
    name = str(collection.get("name"))
    if isinstance(collection.get("files"), list):
        out = []
        for file in collection["files"]:
            if isinstance(file, Literal) and isinstance(file.get("file"), str):
                schema = _schema(file, collection, config, locales, title, path)
                file_path = file["file"].strip("/")
                out.append(Kept(f"{name}/{file.get('name')}", (file_path,), (), schema, (), _dialect_of(collection)))
        return out
    folder = collection.get("folder")
    if not isinstance(folder, str) or not isinstance(collection.get("fields"), list):
        return []
    extension = word(collection.get("extension")) or _EXTENSIONS.get(str(collection.get("format")), "md")
    where: tuple[tuple[str, Scalar], ...] = ()
    if isinstance(chosen := collection.get("filter"), dict):
        field, value = chosen.get("field"), chosen.get("value")
        if not isinstance(field, str) or not isinstance(value, str | int | float | bool):
            return []
        where = ((field, value),)
    if extension in _DATA:
        return []
    below = folder.strip("/")
    ending = str(extension)
    if collection.get("i18n") and (default := _default(locales)):
        below, ending = {
            "multiple_folders": (f"{below}/{default}", ending),
            "multiple_files": (below, f"{default}.{ending}"),
        }.get(_structure(collection, locales), (below, ending))
    include: tuple[str, ...] = tuple(f"{below}/{'*/' * depth}*.{ending}" for depth in range(_levels(collection)))
    schema = _schema(collection, collection, config, locales, title, path)
    return [Kept(name, include, (), schema, where, _dialect_of(collection))]


def _levels(collection: Literal) -> int:
    nested = collection.get("nested")
    if isinstance(nested, dict):
        depth = nested.get("depth", 100)
        return min(depth, _MOST_LEVELS) if isinstance(depth, int) and depth > 0 else _MOST_LEVELS
    path = collection.get("path")
    return min(path.strip("/").count("/") + 1, _MOST_LEVELS) if isinstance(path, str) else 1


def _default(locales: dict[str, Any]) -> str | None:
    known = locales.get("locales")
    first = known[0] if isinstance(known, list) and known else None
    found = locales.get("default_locale", first)
    return found if isinstance(found, str) else None


def _structure(collection: Literal, locales: dict[str, Any]) -> str:
    own = collection.get("i18n")
    return str((own if isinstance(own, dict) else {}).get("structure", locales.get("structure")))


def _schema(
    holder: Literal, collection: Literal, config: Literal, locales: dict[str, Any], title: str, path: str
) -> Stated:
    definition, roles = _object(holder.get("fields"), path, 0)
    if collection.get("i18n") and _structure(collection, locales) == "single_file" and (default := _default(locales)):
        definition, roles = {"type": "object", "properties": {default: definition}, "required": [default]}, {}
    at = place(holder, "name", path)
    media: dict[str, Media] = {}
    for field in holder["fields"] if isinstance(holder.get("fields"), list) else ():
        is_image = isinstance(field, Literal) and field.get("name") in roles.get("image", ())
        if is_image and (found := _media(field, collection, config, title)):
            media[field["name"]] = found
    return Stated(f"{at} ({holder.get('name')})", definition, title, _CONSEQUENCES, roles, media)


def _media(field: Literal, collection: Literal, config: Literal, title: str) -> Media | None:
    """Where the images of a field lie; None if that depends on the post."""
    holder = next((each for each in (field, collection, config) if isinstance(each.get("media_folder"), str)), None)
    if holder is None:
        return None
    folder: str = holder["media_folder"]
    public = next((each["public_folder"] for each in (field, collection, config) if "public_folder" in each), None)
    if public is None:
        public = "/" + folder.strip("/")
    if not isinstance(public, str) or "{{" in folder + public:
        return None
    if holder is config or folder.startswith("/"):
        return Media(title, folder.strip("/"), public, by_name=True)
    below = collection.get("folder")
    if not folder:
        return Media(title, None, public, by_name=True)
    return Media(title, f"{below.strip('/')}/{folder}", public, by_name=True) if isinstance(below, str) else None


def _object(fields: Any, path: str, depth: int) -> tuple[dict[str, Any], dict[str, tuple[str, ...]]]:
    """The schema of an object with these fields, and the roles of its fields."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    roles: dict[str, tuple[str, ...]] = {}
    for field in fields if isinstance(fields, list) and depth < _DEEPEST else ():
        if not isinstance(field, Literal) or not isinstance(name := field.get("name"), str):
            continue
        if field.get("meta") is True and not depth:
            continue  # The editor asks for it, to name the file; it is not written into the post.
        # The body is the text below the front matter.
        found = {} if name == "body" and not depth else _field(field, path, depth)
        properties[name] = {**found, "x-place": place(field, "name", path)}
        if found.get("x-filled") or found.get("required"):
            required.append(name)
        if not depth and field.get("widget") == "image" and field.get("multiple") is not True:
            roles["image"] = (*roles.get("image", ()), name)
    return {"properties": properties, "required": required}, roles


def _field(field: Literal, path: str, depth: int) -> dict[str, Any]:
    widget = word(field.get("widget", "string"))
    if widget not in _CHECKED:
        return {}
    if widget == "object":
        found = _object(field.get("fields"), path, depth + 1)[0]
        rare = {"x-consequence": {"missing": "rare", "limit": "rare"}} if field.get("required") is False else {}
        return {**found, "x-check": "not-null", **rare} if found["required"] else found
    if widget == "list":
        return _list(field, path, depth)
    filled = {"x-filled": True} if field.get("required", True) is True else {}
    checks: dict[str, Any] = {}
    least, most = _limit(field.get("min")), _limit(field.get("max"))
    pattern = field.get("pattern")
    if isinstance(pattern, list) and pattern and isinstance(pattern[0], str):
        checks["text-pattern"] = [pattern[0], str(pattern[1]) if len(pattern) > 1 else ""]
    elif widget == "number" and (least is not None or most is not None):
        checks["range"] = [least, most]
    if widget in ("select", "relation") and field.get("multiple") is True and (least or most) is not None:
        checks["count"] = [least, most]
    rare = {"x-consequence": {"missing": "rare"}} if widget == "boolean" else {}
    return {**filled, **rare, **({"x-check": checks} if checks else {}), **_described(field)}


def _list(field: Literal, path: str, depth: int) -> dict[str, Any]:
    """Whether it is required does not matter: an empty list always passes."""
    out: dict[str, Any] = _described(field)
    least, most = _limit(field.get("min")), _limit(field.get("max"))
    if (least or most) is not None:
        out["x-check"] = {"count": [least, most]}
    if isinstance(inner := field.get("field"), Literal):
        out["items"] = _field(inner, path, depth + 1)
    elif isinstance(field.get("fields"), list):
        out["type"] = ["array", "object", "null"]
        out["items"] = _object(field["fields"], path, depth + 1)[0]
    elif isinstance(types := field.get("types"), list):
        key = field.get("typeKey", "type")
        out["type"] = ["array", "object", "null"]
        out["items"] = {
            "allOf": [
                {
                    "if": {"properties": {key: {"const": kind.get("name")}}, "required": [key]},
                    "then": _object(kind.get("fields"), path, depth + 1)[0],
                }
                for kind in types
                if isinstance(kind, Literal)
            ]
        }
    return out


def _described(field: Literal) -> dict[str, Any]:
    hint = field.get("hint") or field.get("label")
    return {"description": hint} if isinstance(hint, str) else {}


def _limit(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _faults(collection: Literal, where: str, title: str) -> list[Fault]:
    """What keeps the whole editor from starting."""
    out = []

    def fault(key: str, text: str, at: Literal = collection, field: str = "") -> None:
        written = place(at, key, "")
        shown = written or next(iter(at.places.values()), "")
        line = config_files.line(shown)
        out.append(Fault(f"{where}{field}.{key}", line, f"{text}; {title} does not start", stops=True))

    if not isinstance(collection.get("label"), str):
        fault("label", "the collection has no `label`")
    form = collection.get("format")
    if isinstance(extension := collection.get("extension"), str) and extension not in _KNOWN and form is None:
        fault("extension", f"`{extension}` needs a `format`, such as `format: frontmatter`")
    if "frontmatter_delimiter" in collection and form is None:
        fault("frontmatter_delimiter", "it needs a `format`, such as `format: yaml-frontmatter`")
    names: set[str] = set()
    fields = collection.get("fields")
    for number, field in enumerate(fields if isinstance(fields, list) else ()):
        if not isinstance(field, Literal):
            continue
        inner = f".fields[{number}]"
        if "required" in field and not isinstance(field["required"], bool):
            fault("required", "it must be true or false, without quotes", field, inner)
        if field.get("widget") == "select" and not isinstance(field.get("options"), list):
            fault("options", "a `select` needs `options`", field, inner)
        if isinstance(name := field.get("name"), str):
            if name in names:
                fault("name", f"there are two fields `{name}`", field, inner)
            names.add(name)
    return out


def _dialect_of(collection: Literal) -> Dialect | None:
    form, delimiter = collection.get("format"), collection.get("frontmatter_delimiter")
    if form is None and delimiter is None:
        return None
    return _dialect(form if isinstance(form, str) else None, delimiter)


def _dialect(form: str | None, delimiter: Any) -> Dialect:
    """How front matter is found: by its first line, unless the format is given, perhaps with delimiters."""
    pair = [delimiter, delimiter] if isinstance(delimiter, str) else delimiter
    fences = {
        "yaml-frontmatter": ("yaml", ["---", "---"]),
        "toml-frontmatter": ("toml", ["+++", "+++"]),
        "json-frontmatter": ("json", ["{", "}"]),
    }
    chosen = [fences[form]] if form in fences else list(fences.values())
    out = []
    for language, usual in chosen:
        is_own = (
            len(chosen) == 1 and isinstance(pair, list) and len(pair) == 2 and all(isinstance(p, str) for p in pair)
        )
        opening, closing = (re.escape(each) for each in (pair if is_own else usual))
        if language == "json" and not is_own:
            out.append(Fence("json", re.compile(r"\ufeff?\s*(?=\{)"), None))
        elif language in ("yaml", "toml", "json"):
            out.append(
                Fence(
                    language,  # type: ignore[arg-type]
                    re.compile(rf"\ufeff?{opening}[ \t]*(?=[\r\n])"),
                    re.compile(rf"^{closing}|\Z", re.MULTILINE),
                )
            )
    return Dialect(tuple(out), yaml="decap", refuses_repeats=True)
