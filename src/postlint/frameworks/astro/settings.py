"""An Astro site's own settings, as far as they stand literally in `astro.config.*` and `package.json`."""

import posixpath
import re
from typing import Any, NamedTuple

from postlint.body.mdx_syntax import Setup
from postlint.files.files import Files
from postlint.frameworks import own_host
from postlint.frameworks._shared import config_files
from postlint.frameworks._shared.script_settings import ScriptSettings
from postlint.frameworks.answers import Setting
from postlint.frameworks.astro import mdx as astro_mdx
from postlint.frameworks.astro import unified_plugins
from postlint.frameworks.astro.routes import pattern
from postlint.javascript import package_json
from postlint.javascript.literals import UNREADABLE, Call, Module, parse_module

NEWEST = 7
ELSEWHERE = ".."
"""Stands for a folder that is not known. Like one outside the site, it is never searched."""
# Integrations of others that are used often and make no pages.
_PAGELESS = frozenset(
    (
        *("astro-icon", "astro-expressive-code", "astro-compress", "@playform/compress", "@playform/inline"),
        *(
            "astro-robots-txt",
            "astro-pagefind",
            "unocss/astro",
            "@unocss/astro",
            "astro-embed",
            "astro-embed/integration",
        ),
        *("astro-mermaid", "astro-purgecss", "@swup/astro", "astro-seo-schema", "astro-lightbox"),
    )
)
CONFIGS = tuple(f"astro.config.{ending}" for ending in ("mjs", "ts", "js", "mts", "cjs", "cts"))


class AstroSettings(NamedTuple):
    """`base` is None if it can't be read, else without a slash at its end; `file_format` is `build.format`.

    `mdx` is False only where it is certain that Astro leaves `.mdx` files alone; `setup` is how it has them compiled.
    `plugins`: Markdown plugins of the site's own may change images; `changes` says what else they may. `redirects`
    is a pattern of the addresses that lead elsewhere. `starlight` holds Starlight's settings, None without it.
    `compat`: legacy collections are asked for. `bounded`: no integration, middleware or fallback answers what no
    file of `src/pages` fits; `closed`: nor does a server answer more than is built.
    """

    major: int = NEWEST
    source: str = "src"
    public: str = "public"
    base: str | None = ""
    file_format: str = "directory"
    slash: bool = True
    mdx: bool = True
    plugins: bool = False
    redirects: "re.Pattern[str] | None" = None
    aliases: tuple[str, ...] = ()
    starlight: "dict[str, Any] | None" = None
    compat: bool = False
    closed: bool = False
    bounded: bool = False
    changes: unified_plugins.Changes = unified_plugins.Changes()
    setup: Setup | None = Setup(gfm=True, satteri=True)
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None


def config_file(files: Files) -> str | None:
    """The name of the site's configuration file."""
    return config_files.first(files, CONFIGS)


def read(files: Files) -> AstroSettings:
    """The settings of the site at `files.root`; the defaults for what is not set."""
    packages = package_json.read(files)
    known = package_json.major(files, packages, "astro")
    name = config_file(files)
    text = (files.read_text(name) if name else None) or ""
    module = parse_module(text) if name else Module({}, {})
    config = module.config
    open_ended = UNREADABLE in (config.get("..."), module.exports.get("default"))

    settings = ScriptSettings(config, name, open_ended, scalars=True)
    setting, reported = settings.read, settings.reported
    reported.append(Setting("astro", known[0] if known else NEWEST, known[1] if known else "assumed"))

    base = setting("base", "", "base")
    base = "/" + base.strip("/") if isinstance(base, str) and base.strip("/") else "" if base != UNREADABLE else None
    source = _folder(setting("srcDir", "src", "srcDir"), "src")
    public = _folder(setting("publicDir", "public", "publicDir"), ELSEWHERE)
    file_format = setting("build.format", "directory", "build", "format")
    slash = setting("trailingSlash", "ignore", "trailingSlash")
    legacy = config.get("legacy")
    vite = config.get("vite")
    resolve = vite.get("resolve") if isinstance(vite, dict) else None
    alias = resolve.get("alias") if isinstance(resolve, dict) else None
    bounded = not open_ended and _bounded(files, config, module, source, text)
    return AstroSettings(
        known[0] if known else NEWEST,
        source,
        public,
        base,
        file_format if file_format in ("file", "preserve") else "directory",
        slash != "never",
        _mdx(config, module, packages, open_ended),
        _plugins(config, open_ended),
        _redirects(files, config.get("redirects"), module),
        tuple(alias) if isinstance(alias, dict) else ("@", "~", "#", "$") if alias is not None else (),
        _starlight(config, packages),
        isinstance(legacy, dict)
        and any(legacy.get(key) is True for key in ("collections", "collectionsBackwardsCompat")),
        bounded and config.get("output", "static") == "static",
        bounded and not _injects_routes(config, packages),
        _changes(files, name, config, module) if _plugins(config, open_ended) else unified_plugins.Changes(),
        astro_mdx.setup(
            files,
            (files.read_text(name) if name else None) or "",
            known[0] if known else NEWEST,
            _starlight(config, packages) is not None,
        ),
        tuple(reported),
        own_host.home(config.get("site"), base, domains=own_host.domains(files, () if base else (public,))),
    )


def _folder(value: Any, fallback: str) -> str:
    """A folder as the site writes it (`./src/`), relative to its root; `fallback` where that is not known."""
    import posixpath

    if not isinstance(value, str) or value.startswith("/"):
        return fallback
    folder = posixpath.normpath(value)
    return fallback if folder == "." else folder


def _mdx(config: dict[str, Any], module: Module, packages: package_json.Packages, open_ended: bool) -> bool:
    """Astro reads `.mdx` with @astrojs/mdx, which Starlight and other integrations may bring along."""
    integrations = config.get("integrations", [])
    if open_ended or not isinstance(integrations, list) or not packages.readable or "@astrojs/mdx" in packages.ranges:
        return True
    for integration in integrations:
        if not isinstance(integration, Call):
            return True
        origin = module.imports.get(integration.name, "")
        if not origin.startswith("@astrojs/") or origin in ("@astrojs/mdx", "@astrojs/starlight"):
            return True
    return False


def _injects_routes(config: dict[str, Any], packages: package_json.Packages) -> bool:
    """Whether Starlight shows pages at any address."""
    return _starlight(config, packages) is not None


def _module(files: Files, name: str) -> str | None:
    """The text of the site's own module that the configuration imports as `name`."""
    import posixpath

    stem = posixpath.normpath(name)
    endings = ("", ".ts", ".mjs", ".js", "/index.ts", "/index.js")
    return next((text for ending in endings if (text := files.read_text(stem + ending))), None)


def _bounded(files: Files, config: dict[str, Any], module: Module, source: str, text: str) -> bool:
    """Whether only the site's own files make pages."""
    languages = config.get("i18n", {})
    if "..." in config or not isinstance(languages, dict) or languages.keys() & {"fallback", "..."}:
        return False
    if any(name.startswith("middleware") for name in files.names(source)):
        return False
    integrations = config.get("integrations", [])
    if not isinstance(integrations, list):
        return False
    for integration in integrations:
        origin = module.imports.get(integration.name, "") if isinstance(integration, Call) else ""
        if origin == "@astrojs/starlight":
            options = integration.args[0] if integration.args else None
            if not isinstance(options, dict) or "plugins" in options or "..." in options:
                return False
        elif isinstance(integration, dict):
            if "injectRoute" in text:
                return False
        elif origin.startswith(".") and "injectRoute" not in (_module(files, origin) or "injectRoute"):
            continue
        elif origin == "@astrojs/markdoc" or not (origin.startswith("@astrojs/") or origin in _PAGELESS):
            return False
    return True


def _plugins(config: dict[str, Any], open_ended: bool) -> bool:
    markdown = config.get("markdown")
    if markdown is None:
        return open_ended
    if not isinstance(markdown, dict) or "..." in markdown:
        return True
    return any(markdown.get(key) not in (None, []) for key in ("remarkPlugins", "rehypePlugins", "processor"))


def _changes(files: Files, name: str | None, config: dict[str, Any], module: Module) -> unified_plugins.Changes:
    markdown = config.get("markdown")
    if name is None or not isinstance(markdown, dict) or "..." in markdown or "processor" in markdown:
        return unified_plugins.Changes(True, True)
    return unified_plugins.read(files, name, module.imports)


def _redirects(files: Files, value: Any, module: Module) -> "re.Pattern[str] | None":
    """What `redirects` answers: its own keys, and those of the modules beside it. All is answered if they can't be read."""
    if value is UNREADABLE or (isinstance(value, dict) and "..." in value):
        own = {key: each for key, each in value.items() if key != "..."} if isinstance(value, dict) else {}
        imported = _imported_redirects(files, module)
        if imported is None:
            return re.compile(".*", re.DOTALL)
        value = {**own, **imported}
    if not isinstance(value, dict):
        return None
    return re.compile(f"(?:{'|'.join(map(pattern, value))})/?") if value else None


def _imported_redirects(files: Files, module: Module) -> dict[str, Any] | None:
    """The redirects that the configuration takes from modules of the site; None if one of them can't be read."""
    out: dict[str, Any] = {}
    wanted = {source for name, source in module.imports.items() if "redirect" in f"{name} {source}".lower()}
    for source in wanted:
        path = posixpath.normpath(source)
        # A module may be named without its ending, and TypeScript names the compiled one.
        names = (path, *(f"{path.removesuffix('.js')}.{ending}" for ending in ("ts", "js", "mjs", "json")))
        text = next((text for name in names if (text := files.read_text(name))), None)
        data = parse_module(text if not path.endswith(".json") else f"export default {text}").config if text else {}
        if not source.startswith(".") or not data or "..." in data:
            return None
        out.update(data)
    return out if wanted else None


def _starlight(config: dict[str, Any], packages: package_json.Packages) -> dict[str, Any] | None:
    integrations = config.get("integrations")
    for integration in integrations if isinstance(integrations, list) else ():
        if isinstance(integration, Call) and integration.name == "starlight":
            options = integration.args[0] if integration.args else {}
            return options if isinstance(options, dict) else {}
    return {} if "@astrojs/starlight" in packages.ranges else None
