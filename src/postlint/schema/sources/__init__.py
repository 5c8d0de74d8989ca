"""Schemas that a site has already: what its content tools' own configuration declares. One module for each tool."""

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import NamedTuple

from postlint.files.files import Files
from postlint.files.globs import matches
from postlint.front_matter import Dialect
from postlint.schema import Stated

Scalar = str | int | float | bool


class Kept(NamedTuple):
    """Posts of one kind, as a tool declares them. Patterns are relative to the site's root. `where`: only posts that have
    these values in their front matter (see `CollectionConfig`). `schema` is None if it cannot be read, or if the tool
    checks nothing; `dialect` is None if it is that of the tool."""

    name: str
    include: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    schema: Stated | None = None
    where: tuple[tuple[str, Scalar], ...] = ()
    dialect: Dialect | None = None

    def takes(self, path: str) -> bool:
        return _matches(path, self.include, self.exclude)


@lru_cache(maxsize=64)
def _matches(path: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> bool:
    """Many kinds of posts have the same patterns, and all are asked about one post after the other."""
    return matches(path, include) and not matches(path, exclude)


class Fault(NamedTuple):
    """What is wrong with a tool's configuration: the key path, the line (from 1), and what the tool makes of it."""

    field: str
    line: int
    text: str
    stops: bool = False


class Source(NamedTuple):
    """What the configuration of a tool, the file at `path`, declares.

    `reads`: the site gets its posts from this tool, so that it also decides which files are posts. `dialect`: how the
    tool reads front matter. `title` as in messages. `every`: a post is checked as every kind of which it is, not only as
    the first. `hides_drafts`: no page is made of a draft. `outlives`: a post whose text cannot be compiled is left out, and
    the build goes on.
    """

    tool: str
    title: str
    path: str
    kept: tuple[Kept, ...]
    dialect: Dialect
    reads: bool = False
    faults: tuple[Fault, ...] = ()
    every: bool = False
    hides_drafts: bool = False
    outlives: bool = False

    def may_keep(self, path: str) -> bool:
        """Whether the post at `path` is of a kind that the tool declares, whatever its front matter says."""
        return any(kept.takes(path) for kept in self.kept)


Reader = Callable[[Files, str], Source | None]

_AT_ROOT = {
    "content-collections.ts": "content_collections",
    "content-collections.js": "content_collections",
    **{f"velite.config.{ending}": "velite" for ending in ("js", "ts", "mjs", "mts", "cjs", "cts")},
    **{f"contentlayer.config.{ending}": "contentlayer" for ending in ("ts", "js", "mjs")},
    **{f"keystatic.config.{ending}": "keystatic" for ending in ("ts", "tsx", "js", "jsx", "mjs")},
    ".pages.yml": "pages_cms",
    "frontmatter.json": "front_matter_cms",
    **{f"cloudcannon.config.{ending}": "cloudcannon" for ending in ("yml", "yaml", "json")},
    **{f"source.config.{ending}": "fumadocs" for ending in ("ts", "js", "mjs", "mts")},
}
"""Name of a file at the site's root → the module that reads it."""
_IN_FOLDERS = (
    *((f"{folder}admin/config.yml", "decap") for folder in ("static/", "public/", "src/", "", "source/", "assets/")),
    ("static/admin/config.yaml", "decap"),
    *((f"{folder}/config.{ending}", "tina") for folder in ("tina", ".tina") for ending in ("ts", "js", "tsx", "jsx")),
    *((f"{folder}/source.ts", "fumadocs") for folder in ("lib", "src/lib", "app")),
)
"""Path of a file → the module that reads it."""


def read(files: Files) -> tuple[Source, ...]:
    """What the tools of the site at the root of `files` declare. A configuration that cannot be read declares nothing."""
    names = files.names("")
    candidates = [(module, name) for name, module in _AT_ROOT.items() if name in names]
    candidates += [
        (module, path) for path, module in _IN_FOLDERS if names.get(path.partition("/")[0]) and files.is_file(path)
    ]
    found: dict[str, Source] = {}
    for module, path in candidates:
        if module in found:
            continue
        reader: Reader = import_module(f"{__name__}.{module}").read
        if source := reader(files, path):
            found[module] = source
    return tuple(found.values())
