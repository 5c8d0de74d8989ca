"""What an Astro site's content collections demand of their posts: as Astro wrote it down, else as the code says it."""

import json
import posixpath
import re
from collections.abc import Mapping
from typing import Any

from postlint.files.files import Files
from postlint.javascript.literals import Call, Module
from postlint.schema import Stated
from postlint.schema.json.drafts import rewritten
from postlint.schema.zod import reading as zod
from postlint.schema.zod.dialects import ASTRO, FORMS

_GENERATED = ".astro/collections"
_ENDINGS = ("", ".ts", ".js", ".mjs", ".mts", "/index.ts", "/index.js")
_CONVERTS = re.compile(r"\bpreprocess\s*\(|\bcoerce\s*\.\s*(?!date\b)")
_DATES = ("date", "date-time", "unix-time")


def read(files: Files, config: str, module: Module) -> dict[str, "str | Stated"]:
    """Collection → its schema, or the name of a built-in one. `config` is the path of the content configuration, as
    which `module` was read. What cannot be read is left out."""
    out: dict[str, str | Stated] = {}
    declared = module.exports.get("collections")
    loose = _converts(files, config, module)
    for name, value in declared.items() if isinstance(declared, dict) else ():
        options = value.args[0] if isinstance(value, Call) and value.args else None
        if not isinstance(options, dict) or "..." in options or options.get("schema") is None:
            continue
        written = _written(options["schema"], module, f"{config} ({name})")
        generated = None if loose else _generated(files, name, config)
        if isinstance(written, Stated) and (generated is None or zod.whole(written.definition)):
            # Astro's own tells less: neither `z.date()` from `z.coerce.date()`, nor, before 6, what is `.strict()`.
            out[name] = written
        elif found := generated or written:
            out[name] = found
    return out


def _converts(files: Files, config: str, module: Module) -> bool:
    """Whether the code converts values before it checks them. What Astro writes down does not show that."""
    folder = posixpath.dirname(config)
    near = {posixpath.normpath(posixpath.join(folder, place)) for place in module.imports.values() if place[:1] == "."}
    sources = [config, *(path + ending for path in sorted(near) for ending in _ENDINGS)]
    return any(_CONVERTS.search(files.read_text(path) or "") for path in sources)


def _generated(files: Files, name: str, config: str) -> Stated | None:
    """What `astro sync` wrote, if that was after the last change of the configuration."""
    path = f"{_GENERATED}/{name}.schema.json"
    if (files.modified(path) or 0) < (files.modified(config) or 0):
        return None
    try:
        schema = json.loads(files.read_text(path) or "null")
        if not isinstance(schema, dict):
            return None
        older = "2020-12" not in str(schema.get("$schema"))
        return Stated(path, rewritten(schema, lambda part: _as_checked(part, older)))
    except (ValueError, RecursionError):
        return None


def _as_checked(schema: dict[str, Any], older: bool) -> dict[str, Any]:
    """`schema` as Astro checks it, which is not all that it writes down.

    A date is what `new Date()` takes, and addresses are less strict. `older`: Astro 5, which writes
    `additionalProperties: false` though it drops other keys.
    """
    kinds = schema.get("anyOf")
    dates = isinstance(kinds, list) and kinds and all(isinstance(kind, Mapping) and "jsDate" in kind for kind in kinds)
    if dates or str(schema.get("format")) in _DATES:
        return {"jsDate": True, **{key: schema[key] for key in ("description", "title", "default") if key in schema}}
    out = dict(schema)
    if older and out.get("additionalProperties") is False:
        del out["additionalProperties"]
    form = out.pop("format", None)
    if isinstance(form, str) and form in FORMS:
        out.setdefault("pattern", FORMS[form])
    return out


def _written(value: Any, module: Module, source: str) -> "str | Stated | None":
    if isinstance(value, Call) and value.name == "docsSchema":
        return "starlight" if module.imports.get(value.name, "").startswith("@astrojs/starlight") else None
    schema = zod.read(value, module.imports, ASTRO)
    return Stated(source, schema) if schema else None
