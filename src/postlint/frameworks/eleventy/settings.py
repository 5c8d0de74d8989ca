"""An Eleventy site's own settings, as far as its configuration says them literally, and what it copies as it is."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks import own_host
from postlint.frameworks._shared import site_settings
from postlint.frameworks.answers import Setting
from postlint.javascript import package_json
from postlint.javascript.literals import UNREADABLE, Call, Function, Module, parse_module

NEWEST = 3
CONFIGS = (".eleventy.js", *(f"eleventy.config.{ending}" for ending in ("js", "mjs", "cjs", "ts")))
_ABOUT_THE_SITE = frozenset(("site", "metadata", "meta", "config", "siteconfig", "sitedata", "siteinfo", "global"))
_URLS = ("url", "siteUrl", "siteURL", "site_url", "baseUrl", "baseURL", "base_url", "origin")
_FORMATS = ("liquid", "md", "njk", "html", "11ty.js")
_EXACT = (
    ("package-lock.json", r'"(?:node_modules/)?@11ty/eleventy":\s*\{\s*"version":\s*"(\d+)\.(\d+)\.(\d+)'),
    ("yarn.lock", r'^"?@11ty/eleventy@[^\n]*:\n  version:? "?(\d+)\.(\d+)\.(\d+)'),
    ("pnpm-lock.yaml", r"^ +'?/?@11ty/eleventy@(\d+)\.(\d+)\.(\d+)"),
)
# What may put images into the built site besides copying.
_MAKERS = re.compile(
    r"eleventy-img|addTransform|\.on\(|\bvite\b|webpack|gulp|parcel|rollup|esbuild|\bspawn|\bexec|copyFile|writeFile|cpSync"
)
_COPIERS = re.compile(r"webpack|gulp|grunt|parcel|rollup|vite|\bcpx?\b|copy|rsync|imagemin|sharp|mkdir|\bmv\b|build:im")
_QUIET_PLUGIN = re.compile(
    r"navigation|rss|syntaxhighlight|highlight|toc|reading|time|sitemap|prism|base|bundle|path|id"
)


_REQUIRED = re.compile(r"""\brequire\(\s*["'](\.[^"'\n]*)["']""")
# IdAttributePlugin without a way of its own to make ids.
_ID_PLUGIN = re.compile(r"addPlugin\(\s*(?:\w+\.)?IdAttributePlugin\s*(?:,\s*\{(?:(?!slugify|selector)[^{}])*\}\s*)?\)")


class Copy(NamedTuple):
    """A passthrough copy: of the file, folder or glob `source`, to `target` (None: where it lies below the input);
    `beside` says that files go next to the page that names them."""

    source: str
    target: str | None
    beside: bool = False

    @property
    def is_glob(self) -> bool:
        return any(sign in self.source for sign in "*?[{")


class EleventySettings(NamedTuple):
    """`input` is the empty string for the site's own folder. `complete`: nothing but `copies` puts files into the
    site, as far as can be seen. `readable`: the configuration computes nothing that decides about addresses.
    `carried`: endings of files that are copied without being named. `languages`: front matter may be in languages of the
    site's own. `parses_dates`: the site reads dates by code of its own. `endingless`: addresses need no extension.
    `slugs_headings`: headings have the ids of IdAttributePlugin as it is by default, else those of who knows what.
    `whole`: no code adds templates, and all that is copied is known. `puts_base`: a plugin writes the prefix before every
    link in the HTML. `demands_alt`: images in HTML must have an `alt` attribute. `data_endings`: data files may have these
    endings besides those of JSON and JavaScript."""

    major: int = NEWEST
    yaml: str = "js-yaml-4"
    input: str = ""
    output: str = "_site"
    includes: str = "_includes"
    layouts: str | None = None
    data: str = "_data"
    formats: tuple[str, ...] = _FORMATS
    carried: tuple[str, ...] = ()
    engine: str = "liquid"
    prefix: str = ""
    copies: tuple[Copy, ...] = ()
    complete: bool = True
    readable: bool = True
    ignores: tuple[str, ...] = ()
    filters: frozenset[str] = frozenset()
    permalink: object = None
    aliases: Mapping[str, str] = {}
    resolves_images: bool = False
    resolves_links: bool = False
    drafts: bool = False
    languages: bool = False
    parses_dates: bool = False
    endingless: bool = False
    slugs_headings: bool = False
    whole: bool = False
    puts_base: bool = False
    demands_alt: bool = False
    data_endings: tuple[str, ...] = ()
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None


def config_file(files: Files) -> str | None:
    """The name of the site's configuration file."""
    return next((name for name in CONFIGS if files.is_file(name)), None)


def read(files: Files) -> EleventySettings:
    """The settings of the site at `files.root`; the defaults for what is not set."""
    name = config_file(files)
    text = (files.read_text(name) if name else None) or ""
    module = parse_module(text)
    default = _unwrapped(module.exports.get("default"))
    calls = [each for call in _statements(default, module.calls) for each in _chain(call)]
    returned = default.returns if isinstance(default, Function) else default
    options = returned if isinstance(returned, dict) else {}
    exported = module.exports.get("config")
    if isinstance(exported, dict):
        options = {**options, **exported}
    folders = options.get("dir")
    folders = folders if isinstance(folders, dict) else {}
    packages = package_json.read(files)
    known = package_json.major(files, packages, "@11ty/eleventy")
    major = known[0] if known else NEWEST
    scripts = _scripts(files)

    def said(method: str, key: str, fallback: str) -> str:
        last = next((call.args[0] for call in reversed(calls) if call.name == method and call.args), None)
        value = last if isinstance(last, str) else folders.get(key)
        return posixpath.normpath(value).lstrip("/") if isinstance(value, str) else fallback

    source = said("setInputDirectory", "input", "")
    if given := re.search(r"eleventy\b[^\"&|]*--input[= ]([\w./-]+)", scripts):
        source = posixpath.normpath(given[1])
    source = "" if source in (".", "") or source.startswith("..") else source
    copies, literal = _copies(calls)
    text_copies = len(re.findall(r"^(?!\s*(?://|\*)).*addPassthroughCopy", text, re.MULTILINE))
    plugins_quiet = all(_QUIET_PLUGIN.search(plugin) for plugin in re.findall(r"addPlugin\(\s*([\w.]+)", text))
    makers = _MAKERS.search(text) or _COPIERS.search(scripts) or "@11ty/eleventy-img" in packages.ranges
    settings = EleventySettings(
        major,
        _yaml(files, major, known),
        source,
        said("setOutputDirectory", "output", "_site"),
        said("setIncludesDirectory", "includes", "_includes"),
        said("setLayoutsDirectory", "layouts", "") or None,
        said("setDataDirectory", "data", "_data"),
        *_formats(options.get("templateFormats"), calls, major, "addPlugin" in text),
        _engine(options.get("markdownTemplateEngine", "liquid")),
        _prefix(options.get("pathPrefix")),
        copies,
        literal and text_copies <= len(copies) and plugins_quiet and not makers and "..." not in options,
        not (default is UNREADABLE or "..." in options or isinstance(folders.get("input"), (Call, Function)))
        and folders.get("input") is not UNREADABLE,
        _ignores(files, calls),
        frozenset(
            str(call.args[0])
            for call in calls
            if call.name
            in ("addFilter", "addLiquidFilter", "addNunjucksFilter", "addAsyncFilter", "addJavaScriptFunction")
            and call.args
        ),
        next(
            (call.args[1] for call in calls if call.name == "addGlobalData" and call.args[:1] == ("permalink",)), None
        ),
        {
            str(call.args[0]): str(call.args[1])
            for call in calls
            if call.name == "addLayoutAlias" and len(call.args) > 1
        },
        "eleventyImageTransformPlugin" in text,
        "InputPathToUrlTransformPlugin" in text,
        "draft" in text,
        "setFrontMatterParsingOptions" in text,
        "addDateParsing" in text,
        "allowMissingExtensions" in text,
        _ID_PLUGIN.search(text) is not None and "anchor" not in text.lower(),
        literal and text_copies <= len(copies) and "..." not in options and not _adds_templates(files, text, module),
        "HtmlBase" in text,
        "eleventyImageTransformPlugin" in text and re.search(r"\balt\b", text) is None,
        tuple(
            ending.strip().lower()
            for call in calls
            if call.name == "addDataExtension" and call.args and isinstance(call.args[0], str)
            for ending in call.args[0].split(",")
        ),
    )
    reported = [Setting("eleventy", settings.major, known[1] if known else "assumed")]
    for key, value in (
        ("input", settings.input or "."),
        ("output", settings.output),
        ("formats", list(settings.formats)),
        ("copies", [each.source for each in copies]),
    ):
        reported.append(Setting(key, value, name or "assumed"))
    home = own_host.home(_url(files, settings, calls), settings.prefix, adds_base=True)
    if home is not None:
        at = f"{source}/" if source else ""
        copied = (copy.source.removeprefix(at) if copy.target is None else copy.target for copy in copies)
        home = home._replace(folders=tuple(each.partition("/")[0] for each in copied))
    return settings._replace(reported=tuple(reported), home=home)


def _url(files: Files, site: EleventySettings, calls: list[Call]) -> str | None:
    """The site's address, which Eleventy itself does not ask for: as global data has it by custom."""
    at = posixpath.normpath(posixpath.join(site.input, site.data))
    for name in files.names(at):
        stem, _, ending = name.partition(".")
        if stem.lower() not in _ABOUT_THE_SITE:
            continue
        if ending in ("json", "yaml", "yml", "toml"):
            data = site_settings.load(files, f"{at}/{name}")
        else:
            data = parse_module(files.read_text(f"{at}/{name}") or "").config
        if found := _named_url(data):
            return found
    named = {str(call.args[0]): call.args[1] for call in calls if call.name == "addGlobalData" and len(call.args) > 1}
    return next((url for key, data in named.items() if key in _ABOUT_THE_SITE and (url := _named_url(data))), None)


def _named_url(data: object) -> str | None:
    values = [data.get(key) for key in _URLS] if isinstance(data, dict) else []
    return next((each for each in values if isinstance(each, str) and each.startswith(("https://", "http://"))), None)


def _adds_templates(files: Files, text: str, module: Module) -> bool:
    """Whether the configuration, or a module of the site's own that it imports, makes templates by code."""
    own = [each for each in module.imports.values() if each.startswith(".")] + _REQUIRED.findall(text)
    texts = [text, *(files.read_text(posixpath.normpath(each)) or "" for each in own)]
    return any("addTemplate(" in each for each in texts)


def _unwrapped(default: object) -> object:
    """The configuration without a call around it (`defineConfig(config => …)`)."""
    for _ in range(8):
        if not isinstance(default, Call) or not default.args:
            break
        default = next((arg for arg in default.args if isinstance(arg, (dict, Call, Function))), UNREADABLE)
    return default


def _statements(default: object, outer: tuple[Call, ...]) -> tuple[Call, ...]:
    if not isinstance(default, Function):
        return outer
    # An arrow function may be one call.
    return (*default.calls, default.returns) if isinstance(default.returns, Call) else default.calls


def _chain(call: Call) -> Iterator[Call]:
    """`call` and those whose value it is a method of, each with its method's name alone, the first first."""
    made: list[Call] = []
    at: Any = call
    while isinstance(at, Call):
        made.append(Call(at.name.rpartition(".")[2] if ".ignores." not in at.name else "ignores.add", at.args))
        at = at.of
    yield from reversed(made)


def _copies(calls: list[Call]) -> tuple[tuple[Copy, ...], bool]:
    """The passthrough copies, and whether all of them are literal."""
    out: list[Copy] = []
    literal = True
    for call in calls:
        if call.name != "addPassthroughCopy" or not call.args:
            continue
        what = call.args[0]
        options = call.args[1] if len(call.args) > 1 else None
        beside = isinstance(options, dict) and options.get("mode") == "html-relative"
        if isinstance(what, str) and what.startswith("/"):
            continue
        if isinstance(what, str):
            out.append(Copy(_path(what), None, beside))
        elif isinstance(what, dict) and "..." not in what:
            for source, target in what.items():
                literal = literal and isinstance(target, str)
                if isinstance(target, str) and not source.startswith("/"):
                    out.append(Copy(_path(source), target.lstrip("./").strip("/") if target else None))
        else:
            literal = False
    return tuple(out), literal


def _path(value: str) -> str:
    return posixpath.normpath(value.removeprefix("./")).removeprefix("/")


def _formats(value: object, calls: list[Call], major: int, plugins: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The endings of templates: those that are listed, of languages that Eleventy or code knows. With the others, which
    are of files that it copies."""
    listed = value
    for call in calls:
        if call.name == "setTemplateFormats" and call.args:
            listed = call.args[0]
    out = list(_FORMATS) if (named := _endings(listed)) is None else named
    known: list[str] = []
    for call in calls:
        if call.name in ("addTemplateFormats", "addExtension") and call.args:
            more = _endings(call.args[0]) or []
            out += more
            known += more if call.name == "addExtension" else []
    carried = [each for each in out if each not in _FORMATS and each not in known]
    if major >= 3 and not plugins:
        out = [each for each in out if each not in carried]
    return tuple(dict.fromkeys(out)), tuple(dict.fromkeys(carried))


def _endings(value: object) -> list[str] | None:
    listed = value.split(",") if isinstance(value, str) else value
    return [each.strip().lower() for each in listed if isinstance(each, str)] if isinstance(listed, list) else None


def _engine(value: object) -> str:
    return value if isinstance(value, str) else "" if value is False else "liquid"


def _prefix(value: object) -> str:
    return "/" + value.strip("/") if isinstance(value, str) and value.strip("/") else ""


def _ignores(files: Files, calls: list[Call]) -> tuple[str, ...]:
    """What is left out, as globs: of the configuration, and of `.eleventyignore`."""
    listed = [call.args[0] for call in calls if call.name == "ignores.add" and call.args]
    listed += [line.strip() for line in (files.read_text(".eleventyignore") or "").splitlines()]
    out: list[str] = []
    for each in listed:
        if isinstance(each, str) and each and each[0] not in "#!":
            pattern = each.removeprefix("./").strip("/")
            out += [pattern, f"{pattern}/**"]
    return tuple(out)


def _scripts(files: Files) -> str:
    text = files.read_text("package.json") or ""
    found = re.search(r'"scripts"\s*:\s*\{([^{}]*)\}', text)
    return found[1] if found else ""


def _yaml(files: Files, major: int, known: tuple[int, str] | None) -> str:
    """js-yaml came with 3.1.7 in its fourth version; a lock file may hold an older Eleventy."""
    if known and major < 3:
        return "js-yaml-3"
    for name, pattern in _EXACT:
        text = files.read_text(name)
        if text and (found := re.search(pattern, text, re.MULTILINE)):
            return "js-yaml-3" if tuple(map(int, found.groups())) < (3, 1, 7) else "js-yaml-4"
    return "js-yaml-4"
