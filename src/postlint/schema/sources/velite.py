"""Velite: `velite.config.*`. What it does with a mistake depends on the kind of mistake.

Sources: package velite 0.4.0, run: a wrong type drops the post, a failed check is only noted, and an unreadable date makes
a transform throw, which stops the build.
"""

import re
from typing import Any

from postlint.diagnostics import Severity
from postlint.files.files import Files
from postlint.front_matter import Dialect, Fence
from postlint.javascript.literals import Call, Module
from postlint.javascript.modules import Modules
from postlint.schema import Consequence, Media, Stated
from postlint.schema.sources import Kept, Source
from postlint.schema.sources.scripts import images, members, options, place, placed, texts
from postlint.schema.zod import reading
from postlint.schema.zod.dialects import VELITE

TITLE = "Velite"
_DEEPEST = 20
_LEFT_OUT = Consequence("Velite leaves the post out", published=False)
_NOTED = Consequence("Velite only notes it, and the post stays as it is", Severity.WARNING)
_CONSEQUENCES = {
    **dict.fromkeys(("missing", "type"), _LEFT_OUT),
    "date": Consequence("the build stops, and its error names no file", published=False, stops=True),
    "limit": _NOTED,
    "unknown": Consequence("Velite drops it", Severity.WARNING),
    "ignored": Consequence("", Severity.WARNING),
}
# It trims the whole file first; `---` must be all that is on its line.
_DIALECT = Dialect(
    (Fence("yaml", re.compile(r"\s*\ufeff?\s*---(?=\r?\n)"), re.compile(r"^---(?=\r?\n|\Z)", re.MULTILINE)),),
    yaml="yaml-1.2",
    refuses_repeats=True,
)


def read(files: Files, path: str) -> Source | None:
    module = Modules(files).module(path)
    config = module.config
    root = config.get("root", "content")
    if not isinstance(root, str):
        return None
    markdown = config.get("markdown")
    copies = not (isinstance(markdown, dict) and markdown.get("copyLinkedFiles") is False)
    given = members(config.get("collections"))
    found = (_collection(name, value, root, module, path, copies) for name, value in given)
    kept = tuple(each for each in found if each)
    return Source("velite", TITLE, path, kept, _DIALECT, reads=True, outlives=True) if kept else None


def _collection(name: str, value: Any, root: str, module: Module, path: str, copies: bool) -> Kept | None:
    found = options(value)
    patterns = texts(found.get("pattern")) if found else []
    if found is None or not patterns:
        return None
    include, exclude = placed(root, patterns, ("md", "mdx"))
    definition = reading.read(found.get("schema"), module.imports, VELITE)
    name = name or str(found.get("name"))
    if definition is None:
        return Kept(name, include, (*exclude, "**/_*", "**/.*"))
    media = images(definition, TITLE, _LEFT_OUT.text)
    if copies and _takes_body(found.get("schema"), 0):
        media[""] = Media(TITLE, effect=_LEFT_OUT.text, needed=True)
    schema = Stated(f"{place(found, 'schema', path)} ({name})", definition, TITLE, _CONSEQUENCES, {}, media)
    return Kept(name, include, (*exclude, "**/_*", "**/.*"), schema)


def _takes_body(value: Any, depth: int) -> bool:
    """Whether a schema compiles the post's text, which copies the files that it links to."""
    if depth > _DEEPEST:
        return False
    if isinstance(value, Call):
        if value.name.rpartition(".")[2] in ("markdown", "mdx") and value.of is None:
            return True
        return any(_takes_body(each, depth + 1) for each in (*value.args, value.of, value.returns))
    return isinstance(value, dict) and any(_takes_body(each, depth + 1) for each in value.values())
