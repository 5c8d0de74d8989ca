"""Contentlayer: `contentlayer.config.*`. A post with a mistake is skipped, with a warning, and the build passes.

Sources: package contentlayer2 0.5.8, run. `required` asks only for the key, an `enum` only for text, and the items of a
list are not looked at unless they are nested types.
"""

from typing import Any

from postlint.files.files import Files
from postlint.front_matter import gray_matter
from postlint.javascript.modules import Modules
from postlint.schema import Consequence, Stated
from postlint.schema.sources import Kept, Source
from postlint.schema.sources.scripts import images, members, options, place, placed, word

TITLE = "Contentlayer"
_ENDINGS = ("md", "mdx")
_TYPES = {
    **dict.fromkeys(("string", "enum", "markdown", "mdx"), "string"),
    "number": "number",
    "boolean": "boolean",
}
_DEEPEST = 10


def read(files: Files, path: str) -> Source | None:
    config = Modules(files).module(path).config
    folder = config.get("contentDirPath")
    declared = config.get("documentTypes")
    types = [found for _, value in members(declared) if (found := options(value))]
    if not isinstance(folder, str) or not types:
        return None
    names = [kind["name"] for kind in types if isinstance(kind.get("name"), str)]
    all_known = len(names) == (len(declared) if declared is not None else 0)
    consequences = _consequences(config)
    kept: list[Kept] = []
    everything = placed(folder, ["**/*"], _ENDINGS)[0]
    for kind in types:
        name, pattern = kind.get("name"), kind.get("filePathPattern")
        if not isinstance(name, str) or not isinstance(pattern, str):
            continue
        definition = _object(kind.get("fields"), path, folder, 0)
        # The key `type` says which type a post is of, whatever its path is.
        if all_known and "type" not in definition["properties"]:
            definition["properties"]["type"] = {"enum": [*names, None]}
        media = images(definition, TITLE, consequences["missing"].text)
        schema = Stated(f"{place(kind, 'fields', path)} ({name})", definition, TITLE, consequences, {}, media)
        kept.insert(
            len(names) and sum(bool(each.where) for each in kept),
            Kept(name, everything, ("**/.*",), schema, (("type", name),)),
        )
        endings = _ENDINGS if pattern.endswith("*") else ()
        kept.append(Kept(name, placed(folder, [pattern], endings)[0], ("**/.*", "**/*.markdown"), schema))
    return (
        Source("contentlayer", TITLE, path, tuple(kept), gray_matter.dialect("yaml-1.2"), reads=True, outlives=True)
        if kept
        else None
    )


def _consequences(config: dict[str, Any]) -> dict[str, Consequence]:
    stops = Consequence("the build stops", published=False, stops=True)
    skips = Consequence("Contentlayer skips the post", published=False)
    fails = config.get("onMissingOrIncompatibleData") == "fail"
    out = dict.fromkeys(("missing", "type", "date"), stops if fails else skips)
    if config.get("onExtraFieldData") == "fail":
        out["unknown"] = stops
    return out


def _object(fields: Any, path: str, root: str, depth: int) -> dict[str, Any]:
    """The schema of a document type or a nested type with these fields, a mapping or a list of named ones."""
    properties: dict[str, Any] = {}
    required: list[str] = []
    whole = isinstance(fields, dict | list) and not (isinstance(fields, dict) and "..." in fields)
    for key, field in members(fields):
        name = key or (field.get("name") if isinstance(field, dict) else None)
        if not isinstance(field, dict) or not isinstance(name, str):
            whole = False
            continue
        properties[name] = {
            **_field(field, path, root, depth),
            "x-place": place(fields if key else field, key or "name", path),
        }
        if field.get("required") is True:
            required.append(name)
    out: dict[str, Any] = {"type": "object", "properties": properties, "required": required}
    if whole and not depth:
        out["additionalProperties"] = False
    return out


def _field(field: dict[str, Any], path: str, root: str, depth: int) -> dict[str, Any]:
    kind, of = word(field.get("type")), field.get("of")
    if kind in _TYPES:
        return {"type": [_TYPES[kind], "null"]}
    if kind == "date":
        return {"type": ["string", "null"], "jsDate": "text"}
    if kind == "image":
        return {"type": ["string", "object", "null"], "minLength": 1, "x-image": "", "x-consequence": {"limit": "type"}}
    if kind == "reference":
        return {"type": ["string", "null"], "reference": f"file:{root}"}
    if kind == "list":
        types = "array" if field.get("required") is True else ["array", "null"]
        items = _items(of, path, root, depth) if depth < _DEEPEST else {}
        return {"type": types, **({"items": items} if items else {})}
    if kind == "nested" and depth < _DEEPEST:
        nested = options(of)
        if nested is None or isinstance(of, list):
            return {"type": ["object", "null"]} if nested is not None else {}
        return {**_object(nested.get("fields"), path, root, depth + 1), "type": ["object", "null"]}
    return {}


def _items(of: Any, path: str, root: str, depth: int) -> dict[str, Any]:
    """The items of a list: nested types, whose fields may be missing here."""
    if isinstance(of, list):
        named = [nested for each in of if (nested := options(each)) and isinstance(nested.get("name"), str)]
        if len(named) != len(of):
            return {}
        return {"type": "object", "properties": {"type": {"enum": [nested["name"] for nested in named]}}}
    nested = options(of)
    if nested is None:
        return {}
    if isinstance(nested.get("type"), str) and "fields" not in nested:
        return {"x-image": ""} if nested["type"] == "image" else {}
    if "filePathPattern" in nested:
        # A reference.
        return {}
    return {**_object(nested.get("fields"), path, root, depth + 1), "required": []}
