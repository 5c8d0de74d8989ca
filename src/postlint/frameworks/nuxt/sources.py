"""What a Nuxt site's own configuration says of its content: collections, their sources, and the routes that show them.

Sources: @nuxt/content 3.16, src/utils/{config,source,collection}.ts; builds with it.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks._shared import config_files, file_index
from postlint.frameworks._shared.script_settings import ScriptSettings
from postlint.frameworks.answers import Setting
from postlint.javascript import package_json
from postlint.javascript.literals import UNREADABLE, Call, Module, parse_module

CONTENT = "content"
_DATA = (".json", ".yaml", ".yml", ".csv")
_MOST_FILES = 4000
# Packages that bring a page for every address of the content.
_WITH_ROUTES = ("docus", "undocs")
# What a route has if it looks for content at the address that it answers.
_LOOKS_UP = ("queryCollection", "queryContent", "ContentDoc")
# What a route calls if it answers 404 for an address that no content has.
_NOT_FOUND = re.compile(r"\b(?:createError|showError|abortNavigation)\b|statusCode:\s*404|\b404\b")


class Source(NamedTuple):
    """Files of one collection. `pattern` and `excluded` are globs below `content/`; `fixed` is the part of the pattern
    before its first star, which `prefix` replaces in addresses. `pages`: its posts have addresses."""

    collection: str
    pattern: str
    fixed: str
    prefix: str
    excluded: tuple[str, ...] = ()
    pages: bool = True


class Route(NamedTuple):
    """A page of the site's own with a part that varies: `pattern` matches the addresses that it answers. `shows`: it
    looks for content at the address. `refuses`: it answers 404 where there is none."""

    pattern: str
    shows: bool
    refuses: bool


class NuxtSettings(NamedTuple):
    """`sources` is None if they cannot be read. `base` is what all addresses begin with (empty, or `/x`), None if it
    cannot be read; `lower`: addresses are in lower case, None if that cannot be read. `routes` is None if packages may
    bring more of them. `redirects`: the settings may lead addresses elsewhere. `old`: Nuxt Content 2. `copies`: a module
    serves the files that lie beside posts."""

    sources: tuple[Source, ...] | None = None
    base: str | None = ""
    lower: bool | None = True
    routes: tuple[Route, ...] | None = ()
    redirects: bool = False
    old: bool = False
    copies: bool = False
    origin: str = "assumed"
    reported: tuple[Setting, ...] = ()


def read(files: Files, config: str | None) -> NuxtSettings:
    """The settings in `nuxt.config.*`, which is at `config`, and in `content.config.*`."""
    module = parse_module((files.read_text(config) if config else None) or "")
    written = module.config
    settings = ScriptSettings(written, config, UNREADABLE in (written.get("..."), module.exports.get("default")))
    base = settings.read("app.baseURL", "/", "app", "baseURL")
    lower = settings.read("slugify.lower", True, "content", "build", "pathMeta", "slugifyOptions", "lower")
    packages = package_json.read(files)
    major = package_json.major(files, packages, "@nuxt/content")
    path = config_files.first(files, (f"content.config.{ending}" for ending in ("ts", "js", "mjs", "mts")))
    modules = written.get("modules", ())
    names = {each for each in modules if isinstance(each, str)} if isinstance(modules, (list, tuple)) else set()
    open_ended = any(name in packages.ranges for name in _WITH_ROUTES) or "extends" in written or "..." in written
    old = bool(major and major[0] < 3)
    if old:
        content = written.get("content", {})
        open_ended = open_ended or not isinstance(content, Mapping) or bool(content.get("documentDriven"))
        respects = settings.read("content.respectPathCase", False, "content", "respectPathCase")
        lower = not respects if isinstance(respects, bool) else None
        is_plain = isinstance(content, Mapping) and not {"...", "sources", "locales", "ignores"} & content.keys()
        found: tuple[Source, ...] | None = (_everything(("**/[.-]*", "**/[.-]*/**")),) if is_plain else None
    else:
        found = _sources(parse_module(files.read_text(path) or "")) if path else (_everything(),)
    routes = None if open_ended else _routes(files)
    settings.reported.append(Setting("content.config", path or "none", path or "assumed"))
    return NuxtSettings(
        sources=found,
        base=base.rstrip("/") if isinstance(base, str) else None,
        lower=lower if isinstance(lower, bool) else None,
        routes=routes,
        redirects="routeRules" in written,
        old=old,
        copies="nuxt-content-assets" in names,
        origin=path or "assumed",
        reported=tuple(settings.reported),
    )


def _everything(excluded: tuple[str, ...] = ()) -> Source:
    """Without a configuration, one collection reads all of the folder."""
    return Source("content", "**/*.{md,mdx}", "", "", excluded)


def _sources(module: Module) -> tuple[Source, ...] | None:
    declared = module.config.get("collections", UNREADABLE)
    if not isinstance(declared, Mapping) or "..." in declared:
        return None
    out: list[Source] = []
    for name, value in declared.items():
        options: Any = value.args[0] if isinstance(value, Call) and value.args else None
        if not isinstance(options, Mapping) or "..." in options:
            return None
        pages = options.get("type", "data") == "page"
        given = options.get("source")
        for each in given if isinstance(given, (list, tuple)) else (given,):
            found = _source(name, each, pages)
            if found is None:
                return None
            out += found
    return tuple(out)


def _source(name: str, given: Any, pages: bool) -> list[Source] | None:
    """One source as Nuxt Content reads it; none if it reads nothing of `content/`, None if it cannot be read."""
    options = {"include": given} if isinstance(given, str) else given
    if not isinstance(options, Mapping) or not isinstance(options.get("include"), str) or "..." in options:
        return None
    if "cwd" in options or "repository" in options:
        return []  # these lie elsewhere, or in another repository
    include = options["include"].removeprefix("./")
    if include.endswith(_DATA):
        return []
    fixed = include.split("*", 1)[0] if "*" in include else ""
    prefix = options.get("prefix", fixed)
    excluded = options.get("exclude", [])
    texts = [excluded] if isinstance(excluded, str) else excluded
    if not isinstance(prefix, str) or not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
        return None
    return [Source(name, _posts(include), fixed, prefix, tuple(texts), pages)]


def _posts(pattern: str) -> str:
    """`pattern`, of what ends in anything only what is read as Markdown."""
    if pattern.endswith("**"):
        return f"{pattern}/*.{{md,mdx}}"
    return f"{pattern}.{{md,mdx}}" if pattern.endswith("*") and not pattern.endswith(".*") else pattern


def _routes(files: Files) -> tuple[Route, ...]:
    """The pages of the site's own that have a part that varies."""
    out: list[Route] = []
    for root in ("app/pages", "pages", "src/pages"):
        for path in file_index.below(files, root, _MOST_FILES):
            address = path.removeprefix(root)
            if path.endswith(".vue") and "[" in address:
                text = files.read_text(path) or ""
                shows = any(each in text for each in _LOOKS_UP)
                out.append(Route(_pattern(address), shows, bool(_NOT_FOUND.search(text))))
    return tuple(out)


_PART = re.compile(r"\[\[?(\.\.\.)?[^\[\]]*\]?\]")


def _pattern(path: str) -> str:
    """A regular expression for the addresses that the page at `path` (`/blog/[slug].vue`) answers."""
    out = ""
    for segment in path.removesuffix(".vue").removesuffix("/index").strip("/").split("/"):
        if segment.startswith("("):
            continue
        found = _PART.search(segment)
        if found and found[1]:
            return f"{out}(?:/.*)?"
        optional = segment.startswith("[[")
        text = "".join("[^/]+" if part is None else re.escape(part) for part in _split(segment))
        out += f"(?:/{text})?" if optional else f"/{text}"
    return out


def _split(segment: str) -> list[str | None]:
    """The literal parts of a segment, with None for each part that varies."""
    out: list[str | None] = []
    end = 0
    for found in _PART.finditer(segment):
        out += [segment[end : found.start()], None]
        end = found.end()
    return [*out, segment[end:]]
