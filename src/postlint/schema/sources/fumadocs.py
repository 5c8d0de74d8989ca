"""Fumadocs: `source.config.*`, or `defineDocs` in the module that loads the pages. Any mistake stops the build.

Sources: packages fumadocs-mdx 15.4.3, fumadocs-core 16.15.13, run with Vite and Next.
"""

import re
from collections.abc import Iterator
from typing import Any

from postlint.files.files import Files
from postlint.front_matter import Dialect, Fence
from postlint.javascript.literals import Call, Module
from postlint.javascript.modules import Modules
from postlint.schema import Consequence, Stated
from postlint.schema.sources import Kept, Source
from postlint.schema.sources.scripts import place, placed, texts
from postlint.schema.zod import reading
from postlint.schema.zod.dialects import FUMADOCS, PAGE

TITLE = "Fumadocs"
_DEEPEST = 8
_STOPS = Consequence("the build stops", published=False, stops=True)
_CONSEQUENCES = dict.fromkeys(("missing", "unknown", "type", "limit"), _STOPS)
_DIALECT = Dialect(
    (Fence("yaml", re.compile(r"---(?=\r?\n)"), re.compile(r"^---", re.MULTILINE)),),
    yaml="yaml-1.2",
    refuses_repeats=True,
)


def read(files: Files, path: str) -> Source | None:
    module = Modules(files).module(path)
    if not any(place.startswith("fumadocs-mdx") for place in module.imports.values()):
        return None
    kept = tuple(found for value in module.exports.values() for found in _kept(value, module, path, 0))
    return Source("fumadocs", TITLE, path, kept, _DIALECT, reads=True) if kept else None


def _kept(value: Any, module: Module, path: str, depth: int) -> Iterator[Kept]:
    """What a value declares, and what the calls in it do: `loader({ source: defineDocs(…).toFumadocsSource() })`."""
    if depth > _DEEPEST or not isinstance(value, Call):
        return
    if value.name not in ("defineDocs", "defineCollections"):
        given = [each for arg in value.args if isinstance(arg, dict) for each in arg.values()]
        for inner in (value.of, *given):
            yield from _kept(inner, module, path, depth + 1)
        return
    options = value.args[0] if value.args else {}
    if not isinstance(options, dict) or "..." in options:
        return
    folder = options.get("dir", "content/docs")
    docs = options.get("docs", {}) if value.name == "defineDocs" else options
    if not isinstance(docs, dict) or (value.name == "defineCollections" and docs.get("type", "doc") != "doc"):
        return
    if "schema" in docs:
        definition = reading.read(docs["schema"], module.imports, FUMADOCS)
    else:
        definition = PAGE.schema if value.name == "defineDocs" else None
    for each in texts(folder):
        include, exclude = placed(each, texts(docs.get("files", "**/*.{mdx,md}")), ("md", "mdx"))
        at = place(docs, "schema", place(options, "dir", path))
        schema = Stated(f"{at} ({each})", definition, TITLE, _CONSEQUENCES) if definition else None
        yield Kept(each, include, (*exclude, "**/.*", "**/.*/**"), schema)
