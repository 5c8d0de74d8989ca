"""Obsidian: `.obsidian/types.json` gives a property of some name one type in the whole vault.

Sources: the help pages of Obsidian (Properties), 2026-11. A value that does not fit its type is marked in the app, and
nothing else happens. Values that the app may still take for one of the type are not reported.
"""

from typing import Any

from postlint.diagnostics import Severity
from postlint.files.files import Files
from postlint.front_matter import gray_matter
from postlint.javascript.values import Literal
from postlint.schema import Consequence, Stated
from postlint.schema.sources import Kept, Source
from postlint.schema.sources import files as config_files

TITLE = "Obsidian"
_MARKED = Consequence("Obsidian marks the property", Severity.WARNING)
_CONSEQUENCES = dict.fromkeys(("type", "limit"), _MARKED)
_SCALAR = {"type": ["string", "number", "boolean", "null"]}
_LIST = {"type": ["string", "number", "boolean", "null", "array"]}
_TYPES: dict[str, dict[str, Any]] = {
    "text": _SCALAR,
    "multitext": _LIST,
    "tags": _LIST,
    "aliases": _LIST,
    "number": {"x-check": {"not-nan": None}},
    "checkbox": {"enum": [True, False, None, "", "true", "false"]},
    "date": {"x-check": {"iso-start": None}},
    "datetime": {"x-check": {"iso-start": None}},
}


def read(files: Files, path: str, notes: Kept) -> Source | None:
    """What the file at `path` says of the properties of the `notes`."""
    config = config_files.read(files, path)
    types = config.get("types") if config else None
    if not isinstance(types, Literal):
        return None
    properties = {
        name: {**_TYPES[kind], "x-place": types.places.get(name, path)}
        for name, kind in types.items()
        if isinstance(kind, str) and kind in _TYPES
    }
    schema = Stated(path, {"type": "object", "properties": properties}, TITLE, _CONSEQUENCES)
    return Source("obsidian", TITLE, path, (notes._replace(schema=schema),), gray_matter.dialect("yaml-1.2"))
