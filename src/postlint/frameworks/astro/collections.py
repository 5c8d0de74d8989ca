"""An Astro site's content collections: which files are entries, and what gives each its id."""

import posixpath
from typing import Any, Literal, NamedTuple

from postlint.files.files import Files
from postlint.frameworks.astro.settings import AstroSettings
from postlint.javascript.literals import UNREADABLE, Call, Function, Module, parse_module

_ENDINGS = ("ts", "mjs", "js", "mts")
_MARKDOWN = "**/*.{md,mdx}"
# Starlight asks for other endings, too, but Astro loads entries of these only.
_DOCS = "**/[^_]*.{md,mdx}"
_DATA = (".json", ".yaml", ".yml", ".toml", ".csv", ".mdoc", ".json5", ".svg", ".xml")
# What a pattern such as `**/*` takes in besides posts.
_NOT_POSTS = "*.{json,yaml,yml,toml,csv,mdoc,js,ts,mjs,astro,svg,png,jpg,jpeg,webp,avif,gif,tiff}"

_DEEPEST = 20

Ids = Literal["slug", "file", "unknown"]


class Entries(NamedTuple):
    """A collection. Patterns are relative to the site; `ids`: `slug` of the path below `base`, the `file`'s path with
    its extension (legacy collections since Astro 6), or `unknown` where code makes them. `has_images`: its schema may
    make images of paths; `images` are the fields (`cover`, `gallery[].src`) of which it certainly makes images."""

    name: str
    base: str
    include: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    ids: Ids = "slug"
    origin: str = "assumed"
    has_images: bool = True
    images: frozenset[str] = frozenset()


def config_file(files: Files, source: str) -> str | None:
    """The path of the site's content configuration; that of Astro 2 to 4 is `content/config.*`."""
    candidates = [f"{source}/content.config.{ending}" for ending in _ENDINGS]
    candidates += [f"{source}/content/config.{ending}" for ending in _ENDINGS]
    return next((path for path in candidates if files.is_file(path)), None)


class Config(NamedTuple):
    """The site's content configuration: its path, None if there is none, and what it says."""

    path: str | None
    module: Module = Module({}, {})


def config(files: Files, source: str) -> Config:
    path = config_file(files, source)
    return Config(path, parse_module(files.read_text(path) or "")) if path else Config(None)


def read(files: Files, settings: AstroSettings, config: Config) -> tuple[Entries, ...]:
    """The collections of Markdown. What can't be read is a folder of `src/content/`, with every `.md` and `.mdx`."""
    content = f"{settings.source}/content"
    origin = config.path
    legacy = settings.major < 5 or (origin or "").startswith(f"{content}/")
    told: dict[str, Any] = {}
    if origin:
        declared = config.module.exports.get("collections", UNREADABLE)
        if isinstance(declared, dict):
            told = declared
    out: list[Entries] = []
    for name, value in told.items():
        if name != "...":
            schema = _options(value).get("schema")
            has_images = _makes_images(schema, 0) or "..." in _options(value)
            images = _images(schema) if has_images and settings.major >= 5 else frozenset()
            found = _declared(name, value, content, settings, origin or "assumed")
            out += [entries._replace(has_images=has_images, images=images) for entries in found]
    if not told or "..." in told or legacy:
        known = {entries.name for entries in out} | told.keys()
        folders = [name for name, is_folder in files.names(content).items() if is_folder and name[0] not in "._"]
        out += [_folder(name, content, settings, legacy, "assumed") for name in sorted(folders) if name not in known]
        if not folders and files.is_closed(content):
            out += anywhere(settings)
    return tuple(out)


def anywhere(settings: AstroSettings) -> tuple[Entries, ...]:
    """The collection that is assumed if there is no file system to ask, or if it does not answer."""
    content = f"{settings.source}/content"
    return (Entries("content", content, (f"{content}/{_MARKDOWN}",), (), "unknown"),)


def _folder(name: str, content: str, settings: AstroSettings, legacy: bool, origin: str) -> Entries:
    base = f"{content}/{name}"
    if name == "docs" and settings.starlight is not None:
        return Entries(name, base, (f"{base}/{_DOCS}",), (), "slug", origin)
    ids: Ids = "file" if legacy and settings.major >= 6 else "slug"
    hidden = (f"{base}/**/_*", f"{base}/**/_*/**") if legacy else ()
    return Entries(name, base, (f"{base}/{_MARKDOWN}",), hidden, ids, origin)


def _images(schema: Any) -> frozenset[str]:
    from postlint.frameworks.astro import image_fields

    return frozenset(image_fields.read(schema))


def _makes_images(schema: Any, depth: int) -> bool:
    """Whether `image()` may be in a schema: what cannot be read, and functions of the site's own, may call it."""
    if depth > _DEEPEST:
        return True
    if isinstance(schema, Function):
        return _makes_images(schema.returns, depth + 1)
    if isinstance(schema, Call):
        known = schema.of is not None or schema.name.startswith("z.") or schema.name == "reference"
        return not known or any(_makes_images(part, depth + 1) for part in (schema.of, schema.args))
    if isinstance(schema, dict):
        return "..." in schema or any(_makes_images(part, depth + 1) for part in schema.values())
    if isinstance(schema, (list, tuple)):
        return any(_makes_images(part, depth + 1) for part in schema)
    return schema is not None and not isinstance(schema, (str, int, float))


def _options(value: Any) -> dict[str, Any]:
    """What `defineCollection(…)` is given. If that cannot be read, neither can the loader and the schema."""
    options: Any = value.args[0] if isinstance(value, Call) and value.args else None
    return options if isinstance(options, dict) else {"loader": UNREADABLE, "schema": UNREADABLE}


def _declared(name: str, value: Any, content: str, settings: AstroSettings, origin: str) -> list[Entries]:
    """The collection that `defineCollection(…)` describes; none for data and for what comes from elsewhere."""
    options = _options(value)
    loader = options.get("loader")
    if loader is None:
        legacy = options.get("type", "content") == "content"
        return [_folder(name, content, settings, True, origin)] if legacy else []
    if not isinstance(loader, Call):
        return [_folder(name, content, settings, False, "assumed")]
    ids: Ids = "unknown" if _makes_ids(loader) else "slug"
    if loader.name == "docsLoader":
        return [Entries(name, f"{content}/docs", (f"{content}/docs/{_DOCS}",), (), ids, origin)]
    if loader.name != "glob":
        return []
    wanted = loader.args[0] if loader.args and isinstance(loader.args[0], dict) else {"...": UNREADABLE}
    base: Any = wanted.get("base", UNREADABLE if "..." in wanted else ".")
    patterns: Any = wanted.get("pattern", UNREADABLE)
    folder = posixpath.normpath(base) if isinstance(base, str) else "/"
    texts = [patterns] if isinstance(patterns, str) else patterns
    # A base that begins with `/` is a path of the file system, not of the site.
    if folder.startswith(("..", "/")) or not isinstance(texts, list):
        return [_folder(name, content, settings, False, "assumed")]
    return _globbed(name, folder, [text for text in texts if isinstance(text, str)], ids, origin)


def _globbed(name: str, folder: str, patterns: list[str], ids: Ids, origin: str) -> list[Entries]:
    at = "" if folder == "." else f"{folder}/"
    texts = [pattern.removeprefix("./") for pattern in patterns]
    include = tuple(at + _posts(text) for text in texts if not text.startswith("!") and not text.endswith(_DATA))
    exclude = tuple(at + text[1:].removeprefix("./") for text in texts if text.startswith("!"))
    if not include:
        return []
    return [Entries(name, at.rstrip("/"), include, (*exclude, f"{at}**/{_NOT_POSTS}"), ids, origin)]


def _posts(pattern: str) -> str:
    """`pattern`, of what ends in anything only what Astro reads as Markdown."""
    return f"{pattern}.{{md,mdx}}" if pattern.endswith("*") and not pattern.endswith(".*") else pattern


def _makes_ids(loader: Call) -> bool:
    options = loader.args[0] if loader.args else {}
    return not isinstance(options, dict) or "generateId" in options or "..." in options
