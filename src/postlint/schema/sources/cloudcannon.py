"""CloudCannon: `cloudcannon.config.yml`. Its inputs are found by the name of a key, wherever that stands in a post.

Sources: package @cloudcannon/configuration-types 0.0.43. The editor itself is a service, so that what it refuses in a
post is only what the configuration says in so many words: limits that a value which is there breaks.
"""

from typing import Any

from postlint.diagnostics import Severity
from postlint.files.files import Files
from postlint.front_matter import gray_matter
from postlint.javascript.values import Literal
from postlint.schema import Consequence, Stated
from postlint.schema.json import expressions
from postlint.schema.sources import Fault, Kept, Source
from postlint.schema.sources import files as config_files
from postlint.schema.sources.scripts import place, placed, texts, word

TITLE = "CloudCannon"
_SAVE = Consequence("the editor does not save the post", Severity.WARNING)
_CONSEQUENCES = {"limit": _SAVE, "type": _SAVE}
# Keys of collections that older integrations of generators read (package @cloudcannon/reader), and that CloudCannon's own
# templates still have.
_OLDER = frozenset(
    ("output", "filter", "text_key", "subtext_key", "image_key", "image_size_key", "singular_key", "sort_key", "sort")
)
_COLLECTION = frozenset(
    (
        *("path", "glob", "url", "disable_url", "include_developer_files", "name", "description", "icon"),
        *("documentation", "sort_options", "view_options", "singular_name", "add_options", "create", "disable_add"),
        *("disable_add_folder", "disable_file_actions", "new_preview_url", "schemas", "schema_key", "preview"),
        *("_inputs", "_select_data", "_structures", "_enabled_editors", "_editables"),
    )
)
_TEXTS = frozenset(("text", "textarea", "email", "url", "code", "html", "markdown", "pinterest", "facebook", "twitter"))
_NUMBERS = frozenset(("number", "range"))
_LISTS = frozenset(("array", "multiselect", "multichoice"))
_CHOICES = frozenset(("select", "choice", "multiselect", "multichoice"))
_TYPES = (
    _TEXTS
    | _NUMBERS
    | _LISTS
    | _CHOICES
    | frozenset(
        (
            *(
                "disabled",
                "github",
                "instagram",
                "color",
                "checkbox",
                "switch",
                "date",
                "datetime",
                "time",
                "file",
                "image",
            ),
            *("document", "object", "auto"),
        )
    )
)
_INPUT = frozenset(
    (
        *("type", "label", "comment", "context", "documentation", "hidden", "disabled", "instance_value", "options"),
        *("cascade", "disable_reorder"),
    )
)
# Option → the types of inputs that have it; others are not judged.
_OPTIONS = {
    **dict.fromkeys(
        ("max_length", "min_length", "pattern"), _TEXTS | _CHOICES | {"image", "file", "document", "disabled"}
    ),
    **dict.fromkeys(("max_items", "min_items"), _LISTS),
    "step": _NUMBERS,
}


def read(files: Files, path: str) -> Source | None:
    config = config_files.read(files, path)
    if config is None:
        return None
    root = config.get("source")
    source = root.strip("/") if isinstance(root, str) else ""
    shared = config.get("_inputs")
    kept: list[Kept] = []
    collections = config.get("collections_config")
    for name, collection in collections.items() if isinstance(collections, Literal) else ():
        if not isinstance(collection, Literal) or not isinstance(collection.get("path"), str):
            continue
        patterns = texts(collection.get("glob", "**/*"))
        folder = "/".join(filter(None, (source, collection["path"].strip("/"))))
        include, exclude = placed(folder, patterns, ("md", "mdx", "markdown"))
        rules = {**_rules(shared, path), **_rules(collection.get("_inputs"), path)}
        at = place(collections, name, path)
        stated = Stated(f"{at} ({name})", _anywhere(rules), TITLE, _CONSEQUENCES) if any(rules.values()) else None
        kept.append(Kept(name, include, exclude, stated))
    faults = tuple(_faults(config, path))
    dialect = gray_matter.dialect("yaml-1.2")
    return Source("cloudcannon", TITLE, path, tuple(kept), dialect, faults=faults) if kept or faults else None


def _anywhere(rules: dict[str, Any]) -> dict[str, Any]:
    """A schema in which each rule holds for its key at any depth."""
    below = {"$ref": "#/$defs/any"}
    known = {name: {"allOf": [rule, below]} if rule else below for name, rule in rules.items()}
    anything = {"properties": known, "additionalProperties": below, "items": below}
    return {"$defs": {"any": anything}, "$ref": "#/$defs/any"}


def _rules(inputs: Any, path: str) -> dict[str, Any]:
    """Name of a key → what its values must keep, and where that is written. Names with dots or brackets are left out."""
    out: dict[str, Any] = {}
    for name, given in inputs.items() if isinstance(inputs, Literal) else ():
        options = given.get("options") if isinstance(given, Literal) else None
        if not isinstance(given, Literal) or not name.isidentifier():
            continue
        kind = word(given.get("type"))
        rule = _rule(kind, options if isinstance(options, Literal) else Literal())
        # A later one of the same name replaces it, even if it says nothing.
        out[name] = {**rule, "x-place": place(inputs, name, path)} if rule else {}
    return out


def _rule(kind: Any, options: Literal) -> dict[str, Any]:
    """What a value that is there must keep, as JSON Schema."""
    out: dict[str, Any] = {}
    checks: dict[str, Any] = {}
    if kind in _TEXTS:
        pattern = options.get("pattern")
        if isinstance(pattern, str) and not options.get("pattern_flags") and expressions.is_readable(pattern):
            checks["text-pattern"] = [pattern, str(options.get("pattern_message") or "")]
        if isinstance(options.get("max_length"), int):
            out["maxLength"] = options["max_length"]
    if kind in _NUMBERS:
        limits = [options.get(key) if isinstance(options.get(key), int | float) else None for key in ("min", "max")]
        if limits != [None, None]:
            checks["range"] = limits
    if kind in _LISTS and isinstance(options.get("max_items"), int):
        out["maxItems"] = options["max_items"]
    values = options.get("values")
    is_fixed = kind in _CHOICES and options.get("allow_create") is not True and isinstance(values, list)
    if is_fixed and isinstance(values, list) and values and all(isinstance(value, str) for value in values):
        out.update({"items": {"enum": values}} if kind in _LISTS else {"enum": [*values, None, ""]})
    return {**out, **({"x-check": checks} if checks else {})}


def _faults(config: Literal, path: str) -> list[Fault]:
    out: list[Fault] = []
    collections = config.get("collections_config")
    holders = [("", config)]
    for name, collection in collections.items() if isinstance(collections, Literal) else ():
        where = f"collections_config.{name}"
        if not isinstance(collection, Literal):
            continue
        holders.append((f"{where}.", collection))
        if not isinstance(collection.get("path"), str):
            out.append(_fault(collections, name, f"{where}.path", f"the collection `{name}` has no `path`"))
        for key in collection:
            if key not in _COLLECTION and key not in _OLDER:
                out.append(_fault(collection, key, f"{where}.{key}", f"`{key}` is not a known key of a collection"))
        schemas = collection.get("schemas")
        for key, each in schemas.items() if isinstance(schemas, Literal) else ():
            if isinstance(each, Literal) and "path" not in each:
                field = f"{where}.schemas.{key}.path"
                out.append(_fault(schemas, key, field, f"the schema `{key}` has no `path`"))
    zone = config.get("timezone")
    if isinstance(zone, str) and not _is_zone(zone):
        out.append(_fault(config, "timezone", "timezone", f"there is no time zone `{zone}`"))
    for where, holder in holders:
        out += _input_faults(holder.get("_inputs"), f"{where}_inputs")
        out += _structure_faults(holder.get("_structures"), f"{where}_structures")
    return out


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    try:
        return ZoneInfo(name) is not None
    except (ValueError, OSError, ZoneInfoNotFoundError):
        # Without the data of time zones, every name may be one.
        return not available_timezones()


def _fault(holder: Any, key: str, field: str, text: str) -> Fault:
    return Fault(field, config_files.line(place(holder, key, "")), f"{text}; CloudCannon does not take this setting")


def _input_faults(inputs: Any, where: str) -> list[Fault]:
    out = []
    for name, given in inputs.items() if isinstance(inputs, Literal) else ():
        if not isinstance(given, Literal):
            continue
        kind, field = given.get("type"), f"{where}.{name}"
        if isinstance(kind, str) and kind not in _TYPES:
            out.append(_fault(given, "type", f"{field}.type", f"there is no type of input `{kind}`"))
        for key in given:
            if key not in _INPUT:
                out.append(_fault(given, key, field, f"`{key}` is not a key of an input; see `options`"))
        options = given.get("options")
        for key in options if isinstance(options, Literal) else ():
            if isinstance(kind, str) and kind in _TYPES and key in _OPTIONS and kind not in _OPTIONS[key]:
                out.append(_fault(options, key, field, f"an input of the type `{kind}` has no option `{key}`"))
    return out


def _structure_faults(structures: Any, where: str) -> list[Fault]:
    out = []
    for name, given in structures.items() if isinstance(structures, Literal) else ():
        values = given.get("values") if isinstance(given, Literal) else None
        for number, each in enumerate(values if isinstance(values, list) else ()):
            if isinstance(each, Literal) and "value" not in each:
                field = f"{where}.{name}.values[{number}].value"
                first = next(iter(each), "")
                out.append(_fault(each, first, field, f"a value of the structure `{name}` has no `value`"))
    return out
