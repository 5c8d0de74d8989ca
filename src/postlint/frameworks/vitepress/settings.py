"""A VitePress site's own settings, as far as they stand literally in `.vitepress/config.*`."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from postlint.body.vue_syntax import Setup
from postlint.files.files import NO_SOURCES, Files
from postlint.frameworks import own_host
from postlint.frameworks._shared.script_settings import ScriptSettings
from postlint.frameworks.answers import Setting
from postlint.frameworks.vitepress.dead_links import DeadLinks
from postlint.frameworks.vitepress.dead_links import read as read_dead_links
from postlint.javascript import package_json
from postlint.javascript.literals import UNREADABLE, Call, Module, parse_module

_MOST_FOLDERS = 5000
# Settings of Markdown that change neither tags nor braces.
_HARMLESS = frozenset(
    """lineNumbers theme toc image container headers anchor externalLinks languages math languageAlias codeTransformers
    defaultHighlightLang gfmAlerts emoji cache slugify shikiSetup""".split()
)
_PARAMETER = re.compile(r"(/?):(\w+)([*+?]?)|(\(\.\*\))")


_NOTHING = re.compile("(?!)")
_NAME = re.compile(r"\[(?:\.\.\.)?\w+\]")


# Of a configuration that is too long to be read as a module.
_SOURCE = re.compile(r"""^[ \t]*srcDir\s*:\s*["']([^"'/\n][^"'\n]*)["']""", re.MULTILINE)

# Where a site extends the theme, and how it gives names to the templates of all pages.
_THEME = tuple(f".vitepress/theme/index.{ending}" for ending in ("js", "ts", "mjs", "mts"))
_FOR_ALL_PAGES = re.compile(r"globalProperties|\bmixin\b")


class Rewrite(NamedTuple):
    """Source paths that `pattern` matches are served as `target`, where `:name` stands for a group."""

    pattern: "re.Pattern[str]"
    target: str


class VitePressSettings(NamedTuple):
    """`base` has slashes around it and is None if it can't be read; `source` is the folder of the pages (empty: the
    root), None if that is not known; `rewrites` is None if code does them. `locales`: folder → language.
    `dead_links`: which are not checked. `listed`: what pages that code makes of templates (`[name].md`) may answer; None
    where that is not known. `anchored`:
    headings have VitePress's own ids. `own_assets`: Vite and Vue find images as they do by default; `small_endings`: as
    Vite 5 does, which is that of VitePress 1, it knows images whose endings are in small letters. `vue`: how pages are
    compiled, None if that is not known."""

    base: str | None = "/"
    source: str | None = ""
    excluded: tuple[str, ...] = ()
    clean: bool | None = False
    rewrites: tuple[Rewrite, ...] | None = ()
    locales: tuple[tuple[str, str], ...] = ()
    dead_links: DeadLinks = DeadLinks()
    listed: "re.Pattern[str] | None" = _NOTHING
    anchored: bool = True
    math: bool = False
    small_endings: bool = False
    own_assets: bool = True
    vue: Setup | None = Setup()
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None
    placed: bool = True
    """Whether `source` is what the settings say, not only what is usual."""


def read(files: Files, name: str | None) -> VitePressSettings:
    """The settings in the configuration file `name`; the defaults for what is not set."""
    text = (files.read_text(name) if name else None) or ""
    module = parse_module(text)
    config = module.config
    open_ended = UNREADABLE in (config.get("..."), module.exports.get("default"))
    settings = ScriptSettings(config, name, open_ended)
    setting, reported = settings.read, settings.reported

    base, source, clean = setting("base", "/"), setting("srcDir", "."), setting("cleanUrls", False)
    excluded, rewrites = setting("srcExclude", []), setting("rewrites", {})
    locales, dead = config.get("locales"), setting("ignoreDeadLinks", False)
    markdown = config.get("markdown")
    folder = posixpath.normpath(source) if isinstance(source, str) and not source.startswith("/") else None
    placed = True
    if source is UNREADABLE:
        literal = _SOURCE.search(text)
        folder = posixpath.normpath(literal[1]) if literal else "."
        placed = literal is not None or "srcDir" not in text
    return VitePressSettings(
        f"/{base.strip('/')}/".replace("//", "/") if isinstance(base, str) else None,
        None if folder is None or folder.startswith("..") else "" if folder == "." else folder,
        tuple(_globs(excluded)) if isinstance(excluded, list) else (),
        clean if isinstance(clean, bool) else None,
        _rewrites(rewrites),
        tuple(_locales(locales).items()),
        read_dead_links(dead, text),
        None if folder is None or folder.startswith("..") else _listed(files, "" if folder == "." else folder),
        (markdown is None or (isinstance(markdown, dict) and not markdown.keys() & {"anchor", "slugify", "..."}))
        and not _transforms(config.get("vite"), module),
        isinstance(markdown, dict) and markdown.get("math") not in (None, False),
        re.match(r"[\^~>=v ]*1\.", package_json.read(files).ranges.get("vitepress", "")) is not None,
        not open_ended and "vite" not in config and "vue" not in config,
        _vue(files, markdown, config, module, open_ended),
        tuple(reported),
        _home(config.get("sitemap"), base),
        placed,
    )


def _vue(files: Files, markdown: Any, config: dict[str, Any], module: Module, open_ended: bool) -> Setup | None:
    """How pages are compiled; None if code changes their Markdown or how Vue reads them."""
    options = markdown if isinstance(markdown, dict) else {}
    if open_ended or "vue" in config or _transforms(config.get("vite"), module) or not options.keys() <= _HARMLESS:
        return None
    if (markdown is not None and not isinstance(markdown, dict)) or options.get("math") not in (None, False):
        return None
    version = package_json.read(files).ranges.get("vitepress", "1")
    theme = (files.read_text(name) or "" for name in _THEME if files.is_file(name))
    return Setup(re.match(r"[\^~>=v ]*1\b", version) is not None, not any(map(_FOR_ALL_PAGES.search, theme)))


def _home(sitemap: Any, base: Any) -> own_host.Home | None:
    """Where the settings of the site map, the only ones that name a host, say that the site is served."""
    hostname = sitemap.get("hostname") if isinstance(sitemap, dict) else None
    return own_host.home(hostname, f"/{base.strip('/')}" if isinstance(base, str) else None, adds_base=True)


def _globs(patterns: list[Any]) -> Iterator[str]:
    """As tinyglobby has them: a folder stands for all that is in it."""
    for each in patterns:
        if isinstance(each, str):
            pattern = each.removeprefix("./").rstrip("/")
            yield from (pattern, f"{pattern}/**")


def _transforms(vite: Any, module: Module) -> bool:
    """Whether plugins of the site's own may add to its pages before VitePress reads them."""
    if vite is None:
        return False
    plugins = vite.get("plugins", []) if isinstance(vite, dict) else None
    if not isinstance(plugins, list):
        return True
    return any(
        "transform" in each
        if isinstance(each, dict)
        else isinstance(each, Call) and module.imports.get(each.name, ".").startswith(".")
        for each in plugins
    )


def _listed(files: Files, source: str) -> "re.Pattern[str] | None":
    """What the pages that code makes of templates may be, without ending."""
    pending = [source]
    found: list[str] = []
    for _ in range(_MOST_FOLDERS):
        if not pending:
            return re.compile("|".join(found)) if found else _NOTHING
        folder = pending.pop()
        for name, is_folder in files.names(folder).items():
            path = f"{folder}/{name}" if folder else name
            if is_folder and name[0] != "." and name not in NO_SOURCES:
                pending.append(path)
            elif "[" in path[len(source) :] and name.endswith(".md"):
                fixed = _NAME.split(path[len(source) :].strip("/").removesuffix(".md"))
                found.append(".+".join(map(re.escape, fixed)))
    return None


def _locales(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or len(value) < 2:
        return {}
    out = {}
    for key, options in value.items():
        lang = options.get("lang") if isinstance(options, dict) else None
        out["" if key == "root" else key.strip("/")] = lang if isinstance(lang, str) else key
    return out


def _rewrites(value: Any) -> tuple[Rewrite, ...] | None:
    if not isinstance(value, dict):
        return None
    out = []
    for source, target in value.items():
        compiled = _pattern(source) if isinstance(target, str) else None
        if compiled is None:
            return None
        out.append(Rewrite(compiled, target))
    return tuple(out)


def _pattern(source: str) -> "re.Pattern[str] | None":
    """The pattern of path-to-regexp 6 as far as it has names with `*`, `+`, `?`, and `(.*)`; None for more."""
    if source == "...":
        return None
    out, at, names = "", 0, set()
    for found in _PARAMETER.finditer(source):
        out += _literal(source[at : found.start()])
        at = found.end()
        if found[4]:
            out += "(?:.*)"
            continue
        slash, name, many = found[1], found[2], found[3]
        if name in names or source[at : at + 1] == "(":
            return None
        names.add(name)
        group = f"(?P<{name}>{'.+' if many in ('*', '+') else '[^/]+'})" if not name[0].isdigit() else None
        if group is None:
            return None
        out += f"(?:{slash}{group})?" if many in ("*", "?") else slash + group
    out += _literal(source[at:])
    return None if "{" in source or source.replace("(.*)", "").count("(") else re.compile(out)


def _literal(text: str) -> str:
    return re.escape(text)
