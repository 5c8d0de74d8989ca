"""What a Fumadocs site's own code says of the addresses of its pages: the calls of `loader`.

Sources: packages fumadocs-core 16.15 (source/loader.ts) and fumadocs-mdx 15.4; builds with Vite and Next.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from postlint.files.files import Files
from postlint.frameworks._shared import config_files
from postlint.javascript.literals import UNREADABLE, Call, Module, parse_module

CONFIGS = tuple(f"source.config.{ending}" for ending in config_files.SCRIPTS)
SOURCES = tuple(
    f"{folder}{name}"
    for folder in ("", "src/", "app/")
    for name in ("lib/source.ts", "lib/source.tsx", "lib/source.js", "lib/source/index.ts", "source.ts")
)
_DIR = "content/docs"
_GROUP = re.compile(r"^\([^()]+\)$")
# encodeURI leaves these as they are.
_KEPT = "/;,?:@&=+$-_.!~*'()#"


class Loader(NamedTuple):
    """The pages in `folder`. `base` is what their addresses begin with, `inner` what stands before their paths. `code`: the
    site's own code makes the addresses. `slugs`: the key `slug` replaces the path; None: it does if the schema keeps it,
    which is not known. `languages`: the default one first; none if the site has only one."""

    folder: str
    base: str
    inner: str = ""
    code: bool = False
    slugs: bool | None = False
    languages: tuple[str, ...] = ()
    by_folder: bool = False
    hidden: str = ""

    def addresses(self, path: str, slug: str | None, is_file: Callable[[str], bool]) -> tuple[str, ...]:
        """The addresses of the page at `path`, which lies in `folder`; `slug` replaces its path. `is_file` says whether
        there is a file: a page is shown in all languages that it has no translation to."""
        below = posixpath.splitext(path.removeprefix(f"{self.folder}/"))[0]
        if not self.languages:
            return (self._address(slug or below, None),)
        stem, _, ending = below.rpartition(".")
        first, _, rest = below.partition("/")
        own = (first if rest else "") if self.by_folder else (ending if stem else "")
        if own in self.languages:
            return (self._address(slug or (rest if self.by_folder else stem), own),)
        end, (default, *others) = posixpath.splitext(path)[1], self.languages
        untold = [each for each in others if not is_file(self._translation(below, each) + end)]
        return tuple(self._address(slug or below, each) for each in (default, *untold))

    def _translation(self, below: str, language: str) -> str:
        return f"{self.folder}/{language}/{below}" if self.by_folder else f"{self.folder}/{below}.{language}"

    def _address(self, below: str, language: str | None) -> str:
        parts = [each for each in below.split("/") if not _GROUP.match(each)]
        if parts and parts[-1] == "index":
            parts = parts[:-1]
        before = [language] if language and language != self.hidden else []
        whole = [*before, *self.base.split("/"), *self.inner.split("/"), *(quote(each, safe=_KEPT) for each in parts)]
        return "/" + "/".join(each for each in whole if each)


def read(files: Files) -> tuple[Loader, ...]:
    """Those of the site at the root of `files`; none if its code cannot be read."""
    config = config_files.first(files, CONFIGS)
    declared = parse_module(files.read_text(config) or "") if config else Module({}, {})
    folders = {name: folder for name, value in declared.exports.items() if (folder := _folder(value))}
    keeping = {name: _keeps_slug(value, declared) for name, value in declared.exports.items() if name in folders}
    out: list[Loader] = []
    for path in SOURCES:
        if files.is_file(path):
            module = parse_module(files.read_text(path) or "")
            for value in module.exports.values():
                out += _loaders(value, folders, keeping)
    return tuple(out)


def _folder(value: Any) -> str | None:
    """The folder of a collection that `defineDocs` or `defineCollections` declares."""
    if not isinstance(value, Call) or value.name not in ("defineDocs", "defineCollections"):
        return None
    options = value.args[0] if value.args else {}
    folder = options.get("dir", _DIR) if isinstance(options, Mapping) else None
    return posixpath.normpath(folder) if isinstance(folder, str) else None


def _keeps_slug(value: Call, module: Module) -> bool | None:
    """Whether the schema of the pages that `value` declares has a field `slug`; None if that cannot be read."""
    from postlint.schema.zod import reading
    from postlint.schema.zod.dialects import FUMADOCS

    options = value.args[0] if value.args else {}
    docs = options.get("docs", {}) if value.name == "defineDocs" else options
    if not isinstance(docs, Mapping):
        return None
    if "schema" not in docs:
        return False if value.name == "defineDocs" else None
    definition = reading.read(docs["schema"], module.imports, FUMADOCS)
    return None if definition is None else "slug" in definition.get("properties", {})


def _loaders(value: Any, folders: Mapping[str, str], keeping: Mapping[str, bool | None]) -> Iterator[Loader]:
    if not isinstance(value, Call) or value.name != "loader":
        return
    options = value.args[-1] if value.args else {}
    if not isinstance(options, Mapping):
        return
    source, base = options.get("source"), options.get("baseUrl")
    if not isinstance(source, Call) or not isinstance(base, str):
        return
    name, _, method = source.name.rpartition(".")
    folder = (_folder(source.of) if source.of is not None else None) or folders.get(name)
    if method != "toFumadocsSource" or folder is None:
        return
    given = source.args[0] if source.args else {}
    inner = given.get("baseDir", "") if isinstance(given, Mapping) else UNREADABLE
    slugs = options.get("slugs")
    by_key = isinstance(slugs, Call) and slugs.name == "slugsFromData" and slugs.args == ("slug",)
    i18n = options.get("i18n")
    told = i18n.get("languages") if isinstance(i18n, Mapping) else None
    default = i18n.get("defaultLanguage") if isinstance(i18n, Mapping) else None
    readable = i18n is None or (isinstance(told, list) and isinstance(default, str))
    hides = isinstance(i18n, Mapping) and i18n.get("hideLocale") == "default-locale"
    yield Loader(
        folder,
        base.strip("/"),
        inner if isinstance(inner, str) else "",
        "url" in options
        or "..." in options
        or not readable
        or not isinstance(inner, str)
        or not (slugs is None or by_key),
        by_key and keeping.get(name),
        tuple(dict.fromkeys((default, *told))) if isinstance(told, list) and isinstance(default, str) else (),
        isinstance(i18n, Mapping) and i18n.get("parser") == "dir",
        default if hides and isinstance(default, str) else "",
    )
