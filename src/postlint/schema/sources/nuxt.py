"""Nuxt Content: `content.config.*`. Its schemas make columns of a database; they check nothing, but a page is lost if its
date or number does not fit its column.

Sources: package @nuxt/content 3.16.1 on Nuxt 4.5.2, run.
"""

from typing import Any

from postlint.files.files import Files
from postlint.javascript.modules import Modules
from postlint.schema import Consequence, Stated
from postlint.schema.sources.scripts import members, options, place
from postlint.schema.zod import reading
from postlint.schema.zod.dialects import NUXT

TITLE = "Nuxt Content"
_LOST = Consequence("Nuxt Content leaves the page out, with a warning", published=False)
_CONSEQUENCES = {"limit": _LOST}
_PAGE = ("title", "description", "seo", "navigation", "path", "body")


def schemas(files: Files, path: str) -> dict[str, Stated]:
    """Collection → what its posts must have, as the configuration at `path` says; without what cannot be read."""
    module = Modules(files).module(path)
    out = {}
    for name, value in members(module.config.get("collections")):
        found = options(value)
        definition = reading.read(found.get("schema"), module.imports, NUXT) if found else None
        if definition:
            is_page = found is not None and found.get("type") == "page"
            out[name] = Stated(
                f"{place(found, 'schema', path)} ({name})", _columns(definition, is_page), TITLE, _CONSEQUENCES
            )
    return out


def _columns(definition: dict[str, Any], is_page: bool) -> dict[str, Any]:
    """What the columns refuse. Those that may be null hold JSON, and take everything."""
    properties: dict[str, Any] = {name: {} for name in (_PAGE if is_page else ())}
    for name, schema in definition.get("properties", {}).items():
        kept = {key: schema[key] for key in ("x-place", "description") if key in schema}
        if "jsDate" in schema:
            kept["x-check"] = "date-column"
        elif schema.get("type") == "number":
            kept["x-check"] = "number-column"
        properties[name] = kept
    return {"type": "object", "properties": properties}
