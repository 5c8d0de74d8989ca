"""content-collections: `content-collections.ts`. Any mistake makes its command, and so the build, fail.

Sources: packages @content-collections/core 0.15.3, @content-collections/cli 0.1.9, zod 4.6.7, valibot 1.5.0, run.
"""

from typing import Any

from postlint.files.files import Files
from postlint.front_matter import gray_matter
from postlint.javascript.literals import Module
from postlint.javascript.modules import Modules
from postlint.schema import Consequence, Stated
from postlint.schema.sources import Kept, Source
from postlint.schema.sources.scripts import members, options, place, placed, texts
from postlint.schema.zod import reading
from postlint.schema.zod.dialects import STANDARD

TITLE = "content-collections"
_STOPS = Consequence("the build stops", published=False, stops=True)
_CONSEQUENCES = dict.fromkeys(("missing", "unknown", "type", "limit"), _STOPS)
_OWN_PARSERS = (None, "frontmatter", "frontmatter-only")


def read(files: Files, path: str) -> Source | None:
    module = Modules(files).module(path)
    config = module.config
    kept: list[Kept] = []
    for key in ("content", "collections"):
        for _, value in members(config.get(key)):
            if found := _collection(value, module, path):
                kept.append(found)
    if not kept:
        return None
    # `context.skip("draft")` in a transform.
    hides = "skip(" in (files.read_text(path) or "")
    dialect = gray_matter.dialect("yaml-1.2")
    return Source("content-collections", TITLE, path, tuple(kept), dialect, reads=True, hides_drafts=hides)


def _collection(value: Any, module: Module, path: str) -> Kept | None:
    found = options(value)
    if found is None or found.get("parser") not in _OWN_PARSERS:
        return None
    name, folder, file = found.get("name"), found.get("directory"), found.get("filePath")
    if isinstance(file, str):
        include, exclude = placed("", [file], ())
    elif isinstance(folder, str):
        patterns = [*texts(found.get("include", "**/*")), *(f"!{each}" for each in texts(found.get("exclude", [])))]
        include, exclude = placed(folder, patterns, ("md", "mdx", "markdown"))
    else:
        return None
    definition = reading.read(found.get("schema"), module.imports, STANDARD)
    at = f"{place(found, 'schema', path)} ({name})"
    schema = Stated(at, _without_body(definition), TITLE, _CONSEQUENCES) if definition else None
    return Kept(str(name or "posts"), include, (*exclude, "**/.*", "**/.*/**"), schema)


def _without_body(definition: dict[str, Any]) -> dict[str, Any]:
    """The tool sets the field `content` to the post's text, and `_meta`, before it checks anything."""
    own = ("content", "_meta")
    properties = {key: {} if key in own else each for key, each in definition.get("properties", {}).items()}
    required = [key for key in definition.get("required", ()) if key not in own]
    return {**definition, "properties": properties, "required": required} if properties else definition
