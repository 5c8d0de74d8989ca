"""What a SvelteKit site's own code says of its posts: where they lie, and which route shows them.

Sources: packages @sveltejs/kit 2.70 and mdsvex 0.12; builds with them. The shapes of routes are those of public sites.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from postlint.body.svelte_syntax import Setup
from postlint.files.files import Files
from postlint.frameworks._shared import config_files, file_index
from postlint.frameworks._shared.script_settings import ScriptSettings
from postlint.frameworks.answers import Setting
from postlint.javascript import package_json
from postlint.javascript.literals import UNREADABLE, Call, Module, parse_module

ROUTES = "src/routes"
_OWN_CONFIGS = tuple(f"mdsvex.config.{ending}" for ending in ("js", "ts", "mjs"))
_SCRIPTS = (".js", ".ts")
_MOST_FILES = 4000
_LARGEST = 64 * 1024
# `import.meta.glob("/src/posts/*.md")`, `import(`../posts/${slug}.md`)`, `"/src/posts/" + slug + ".md"`.
_FOLDER = re.compile(
    r"""["'`]((?:[\w@$./-]|\([\w-]+\))*/)(?:\*\*/)?(?:\*|\$\{[^{}]{1,60}\})\.(?:md|svx|\{[\w,]+\})["'`]"""
)
_KEPT = re.compile(r"trailingSlash\s*=\s*[\"'](always|never|ignore)[\"']")
_PRERENDERED = re.compile(r"prerender\s*=\s*true")
_IN_BROWSER = re.compile(r"ssr\s*=\s*false")
_OLD_SVELTE = re.compile(r"[\^~>=v ]*[34]\b")
# Options of mdsvex that leave alone what Svelte is given of the text.
_HARMLESS = frozenset(
    ("extension", "extensions", "highlight", "layout", "smartypants", "remarkPlugins", "rehypePlugins")
)
# Packages that change no text that could be Svelte's.
_PLAIN = re.compile(
    r"mdsvex|@sveltejs/.*|svelte-preprocess|node:.*|path|url|fs|shiki|rehype-slug|rehype-autolink-headings"
    r"|\./mdsvex\.config(?:\.[jt]s)?|rehype-external-links|remark-unwrap-images|(?:@[\w-]+/)?svelte-adapter-[\w-]+"
)
# Code that reads posts as text, which mdsvex does not make components of.
_READS_TEXT = re.compile(r"\?raw\b|\bas:\s*[\"']raw\b|\bgray-matter\b|\breadFile")
_PREPROCESSORS = frozenset(("mdsvex", "vitePreprocess", "sveltePreprocess"))
_ALLOWED = re.compile(r"handleHttpError[\"']?\s*:\s*[\"'](?:warn|ignore)[\"']")


class Shown(NamedTuple):
    """Posts in `folder`, which the route at `address` shows by their names; None: it is not known which route does."""

    folder: str
    address: str | None
    deep: bool = False


class SvelteKitSettings(NamedTuple):
    """`endings` are those that mdsvex reads. `base` is what all addresses begin with, None if it cannot be read. `slash`:
    addresses end in one. `strict`: a dead link or image stops the build. `plugins`: more of them change the posts.
    `svelte`: how mdsvex makes components of posts."""

    shown: tuple[Shown, ...] = ()
    endings: tuple[str, ...] = (".svx",)
    base: str | None = ""
    slash: bool = False
    strict: bool = False
    plugins: bool = False
    svelte: Setup | None = Setup()
    routes: tuple[str, ...] = ()
    reported: tuple[Setting, ...] = ()


def read(files: Files, name: str) -> SvelteKitSettings:
    """The settings in `svelte.config.*`, which is at `name`, and in the routes."""
    text = files.read_text(name) or ""
    module = parse_module(text)
    config = module.config
    settings = ScriptSettings(config, name, UNREADABLE in (config.get("..."), module.exports.get("default")))
    base = settings.read("kit.paths.base", "", "kit", "paths", "base")
    codes = list(_codes(files))
    layout = next((code for path, code in codes if path.startswith(f"{ROUTES}/+layout.")), "")
    kept = _KEPT.search(layout)
    strict = bool(_PRERENDERED.search(layout)) and not _ALLOWED.search(text)
    options = _mdsvex(config, files)
    shown = tuple(dict.fromkeys(_shown(codes)))
    reported = [*settings.reported, *(Setting("posts", each.folder, each.address or "code") for each in shown)]
    return SvelteKitSettings(
        shown,
        _endings(options),
        base.rstrip("/") if isinstance(base, str) else None,
        bool(kept and kept[1] == "always"),
        strict,
        "remarkPlugins" in options or "rehypePlugins" in options or "..." in options,
        None if any(_READS_TEXT.search(code) for _, code in codes) else _svelte(files, options, module, layout),
        tuple(
            sorted({_route(posixpath.dirname(path)) for path, _ in codes if posixpath.basename(path).startswith("+")})
        ),
        tuple(reported),
    )


def _svelte(files: Files, options: Mapping[str, Any], module: Module, layout: str) -> Setup | None:
    """How mdsvex makes components of posts; None if other code changes them, or if Svelte is not version 5."""
    given = module.config.get("preprocess")
    calls = given if isinstance(given, list) else [given]
    if not all(isinstance(each, Call) and each.name in _PREPROCESSORS for each in calls):
        return None
    has_plugins = bool(options.get("remarkPlugins") or options.get("rehypePlugins"))
    own = config_files.first(files, _OWN_CONFIGS)
    imports = [*module.imports.values(), *(parse_module(files.read_text(own) or "").imports.values() if own else ())]
    if has_plugins and not all(_PLAIN.fullmatch(each) for each in imports):
        return None
    quotes = options.get("smartypants", True)
    if not options.keys() <= _HARMLESS or not isinstance(quotes, bool):
        return None
    if _OLD_SVELTE.match(package_json.read(files).ranges.get("svelte", "5")):
        return None
    is_rendered = bool(_PRERENDERED.search(layout)) and not _IN_BROWSER.search(layout)
    return Setup(quotes, bool(options.get("layout")), is_rendered)


def _mdsvex(config: Mapping[str, Any], files: Files) -> Mapping[str, Any]:
    """The options that mdsvex gets; the key `...` if they cannot be read."""
    given = config.get("preprocess")
    for each in given if isinstance(given, list) else [given]:
        if isinstance(each, Call) and each.name == "mdsvex":
            options = each.args[0] if each.args else {}
            if isinstance(options, Mapping):
                return options
            own = config_files.first(files, _OWN_CONFIGS)
            found = parse_module(files.read_text(own) or "").config if own else {}
            return found if found and "..." not in found else {"...": UNREADABLE}
    return {"...": UNREADABLE}


def _endings(options: Mapping[str, Any]) -> tuple[str, ...]:
    given = options.get("extensions", options.get("extension", [".svx"]))
    texts = [given] if isinstance(given, str) else given
    if "..." in options or not isinstance(texts, list):
        return (".svx", ".md")
    return tuple(each for each in texts if isinstance(each, str) and each.startswith("."))


def _codes(files: Files) -> Iterator[tuple[str, str]]:
    """The site's modules and pages, each with its code."""
    for path in file_index.below(files, "src", _MOST_FILES):
        if path.endswith(_SCRIPTS) or posixpath.basename(path).startswith("+page."):
            yield path, files.read_text(path) or "" if files.size(path) <= _LARGEST else ""


def _shown(codes: list[tuple[str, str]]) -> Iterator[Shown]:
    """Each folder of posts that a route with one varying part reads; then those that other code reads."""
    known: set[str] = set()
    for path, code in sorted(codes, key=lambda each: "[" not in each[0]):
        for found in _FOLDER.finditer(code):
            folder = _folder(path, found[1])
            if folder is None or folder in known:
                continue
            above, _, last = posixpath.dirname(path).rpartition("/")
            varies = path.startswith(f"{ROUTES}/") and re.fullmatch(r"\[(?:\.\.\.)?\w+(?:=\w+)?\]", last)
            address = _route(above) if varies and "[" not in above else None
            known.add(folder)
            yield Shown(folder, address, "**" in found[0] or "[..." in last)


def _folder(path: str, written: str) -> str | None:
    """The folder that a module at `path` names as `written`."""
    if written.startswith("$lib/"):
        written = f"/src/lib/{written[5:]}"
    if written.startswith("/"):
        found = posixpath.normpath(written[1:])
    elif written.startswith("."):
        found = posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
    elif written.startswith("src/"):
        found = posixpath.normpath(written)
    else:
        return None
    return None if found.startswith("..") or found == "." else found


def _route(folder: str) -> str:
    """The address of the route in `folder`; groups in parentheses do not count."""
    parts = folder.removeprefix(ROUTES).strip("/").split("/")
    return "/" + "/".join(each for each in parts if each and not each.startswith("("))
