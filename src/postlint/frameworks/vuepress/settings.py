"""A VuePress site's own settings, as far as they stand literally in `.vuepress/config.*`."""

import re
from typing import Any, NamedTuple

from postlint.body.vue_syntax import Setup
from postlint.files.files import Files
from postlint.frameworks import own_host
from postlint.frameworks._shared import site_settings
from postlint.frameworks._shared.script_settings import ScriptSettings
from postlint.frameworks.answers import Setting
from postlint.javascript import package_json
from postlint.javascript.literals import UNREADABLE, Call, parse_module

FOLDER = ".vuepress"
_DEFAULT_PATTERNS = ("**/*.md", "!.vuepress", "!node_modules")
# Of the plugin for site maps, or of themes that bring it along.
_HOSTNAME = re.compile(r"\b(?:hostname|domain)\s*:\s*['\"](https?://[^'\"\s]{1,200})['\"]")
# Settings that may change what Markdown becomes.
_CHANGES = frozenset(
    ("plugins", "markdown", "extendsMarkdown", "extendsMarkdownOptions", "extendsBundlerOptions", "alias")
)
_CAST = re.compile(r"<\w{1,80}(?:<\w{1,80}>)?>\s*(?=define)")


class VuePressSettings(NamedTuple):
    """`base` has slashes around it and is None if it can't be read. `pattern` is that of permalinks, UNREADABLE if
    code makes it. `themed`: version 1 with a theme or plugins, which may give pages other addresses. `locales`: folder →
    language. `slugs`: headings have the ids that they have by default.
    `public`: static files lie in `.vuepress/public` and nowhere else. `vue`: how pages are compiled, None if that is not
    known."""

    version: int = 2
    base: str | None = "/"
    include: tuple[str, ...] = ("**/*.md",)
    exclude: tuple[str, ...] = ()
    pattern: Any = None
    themed: bool = False
    locales: tuple[tuple[str, str], ...] = ()
    math: bool = False
    slugs: bool = True
    public: bool = True
    vue: Setup | None = Setup(runs_code=False)
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None


def read(files: Files, name: str | None) -> VuePressSettings:
    """The settings in the configuration file `name`; the defaults for what is not set."""
    config, open_ended = _config(files, name)
    settings = ScriptSettings(config, name, open_ended)
    setting, reported = settings.read, settings.reported

    version = _version(files, (files.read_text(name) if name else None) or "")
    base, pattern = setting("base", "/"), setting("permalinkPattern" if version > 1 else "permalink", None)
    patterns = setting("pagePatterns" if version > 1 else "patterns", list(_DEFAULT_PATTERNS))
    patterns = site_settings.texts(patterns) or list(_DEFAULT_PATTERNS)
    unwanted = [each[1:] for each in patterns if each.startswith("!")]
    plugins = config.get("plugins")
    return VuePressSettings(
        version,
        f"/{base.strip('/')}/".replace("//", "/") if isinstance(base, str) else None,
        tuple(each for each in patterns if not each.startswith(("!", "..", "/"))),
        tuple(each if "*" in each or each.endswith(".md") else f"{each}/**" for each in unwanted),
        pattern if isinstance(pattern, str) else None if pattern is None else UNREADABLE,
        version == 1 and (config.get("theme") is not None or plugins is not None or open_ended),
        _locales(config.get("locales")),
        any(word in str(plugins) + str(config.get("theme")) for word in ("katex", "mathjax", "markdownMath")),
        _keeps_slugs(config.get("markdown")),
        config.get("public") is None and not open_ended,
        None
        if version < 2 or open_ended or config.keys() & _CHANGES or not _is_plain(config.get("theme"))
        else Setup(False),
        tuple(reported),
        _home(files, name, base),
    )


def _is_plain(theme: Any) -> bool:
    return theme is None or (isinstance(theme, Call) and theme.name == "defaultTheme")


def _home(files: Files, name: str | None, base: Any) -> own_host.Home | None:
    hostname = _HOSTNAME.search((files.read_text(name) if name else None) or "")
    return own_host.home(
        hostname[1] if hostname else None, f"/{base.strip('/')}" if isinstance(base, str) else None, adds_base=True
    )


def _config(files: Files, name: str | None) -> tuple[dict[str, Any], bool]:
    """The settings, and whether there are some that can't be read."""
    if name is None:
        return {}, False
    if name.endswith((".yml", ".yaml", ".toml")):
        data = site_settings.read(files, name)
        return data or {}, data is None
    module = parse_module(_CAST.sub("", files.read_text(name) or ""))
    return module.config, UNREADABLE in (module.config.get("..."), module.exports.get("default"))


def _version(files: Files, text: str) -> int:
    """1 or 2; `package.json` mostly lies above the folder of the site, where it is not seen."""
    found = package_json.major(files, package_json.read(files), "vuepress")
    if found:
        return found[0]
    newer = "defineUserConfig" in text or "undler" in text
    return 1 if not newer and ("themeConfig" in text or "vuepress/config" in text or "module.exports" in text) else 2


def _keeps_slugs(markdown: Any) -> bool:
    if not isinstance(markdown, dict):
        return markdown is None
    return not any(key in markdown for key in ("slugify", "anchor", "extendMarkdown", "..."))


def _locales(value: Any) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict) or len(value) < 2:
        return ()
    langs = {key: options.get("lang") if isinstance(options, dict) else None for key, options in value.items()}
    return tuple((key.strip("/"), lang if isinstance(lang, str) else key.strip("/")) for key, lang in langs.items())
