"""A Docusaurus site's own settings, as far as they stand literally in `docusaurus.config.*` and `versions.json`."""

import posixpath
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from postlint.body.mdx_syntax import Setup
from postlint.files.files import Files
from postlint.frameworks import own_host
from postlint.frameworks._shared.script_settings import ScriptSettings
from postlint.frameworks.answers import Setting
from postlint.frameworks.docusaurus import mdx
from postlint.javascript import package_json
from postlint.javascript.literals import UNREADABLE, Call, Function, Module, parse_module

NEWEST = (3, 10, 2)
_EXCLUDE = ("**/_*.{js,jsx,ts,tsx,md,mdx}", "**/_*/**", "**/*.test.{js,jsx,ts,tsx}", "**/__tests__/**")
PART_PATTERNS = ("**/_*.{md,mdx}", "**/_*/**/*.{md,mdx}")
_INCLUDE = ("**/*.{md,mdx}",)
_KINDS = ("blog", "docs", "pages")
_PATHS = {"blog": ("blog", "blog"), "docs": ("docs", "docs"), "pages": ("src/pages", "/")}
# Plugins that only make pages of the content in their settings.
_PAGELESS = re.compile(
    r"plugin-content-|ideal-image|google-|plugin-debug|sitemap|pwa|svgr|css-cascade|docusaurus-plugin-sass|search|image-zoom"
)
_QUIET_THEME = re.compile(r"theme-(?:classic|mermaid|live-codeblock|search-algolia)$|search-local$")
_ENDING = re.compile(r"\.mdx?$")


_OWN_MODULE = re.compile(
    r"""\bimport\s+(?:\*\s+as\s+)?(\w+)\s+from\s+["']\.|\b(?:const|let|var)\s+(\w+)\s*=\s*(?:await\s+)?(?:require|import)\(\s*["']\."""
)
_MARKDOWN_PLUGINS = re.compile(r"\b(?:beforeDefault)?(?:[rR]emark|[rR]ehype)Plugins\s*:\s*\[")
_LONGEST_LIST = 2000
"""Characters of a list of plugins that are read."""


class Lists(NamedTuple):
    """What a plugin lists its posts on. The names are parts of addresses below that of the blog or docs, None if there is
    no such page, or it is elsewhere. `per_page`: the number of posts a page, 0 for all, None if that is not known.
    `plain_tags`: no file gives tags addresses of their own. `authors` are the keys of those that have pages."""

    tags: str | None = "tags"
    archive: str | None = "archive"
    page: str = "page"
    per_page: int | None = 10
    feeds: tuple[str, ...] = ("rss.xml", "atom.xml")
    plain_tags: bool = True
    authors: tuple[str, ...] = ()


class Content(NamedTuple):
    """One folder of posts of one plugin, version and language.

    `kind` is `blog`, `docs` or `pages`. `folder` and `original` (that of the untranslated posts, None if it is
    this one) are relative to the root, `route` is the address below which the posts are served, None if that can't
    be known. `numbered` says whether numbers before names are cut, None if code decides. `prefix` is the part of
    addresses that stands for `language` (`fr/`; empty for the main one). `absent`: the folder is that of a version that
    `versions.json` names, and does not exist, so the build makes it.
    """

    kind: str
    name: str
    folder: str
    route: str | None
    include: tuple[str, ...] = _INCLUDE
    exclude: tuple[str, ...] = _EXCLUDE
    numbered: bool | None = True
    original: str | None = None
    language: str | None = None
    lists: Lists = Lists()
    prefix: str = ""
    absent: bool = False


class DocusaurusSettings(NamedTuple):
    """`at` is the folder of the site, relative to the root, with a slash at its end where it is not the root itself.

    `base` (with slashes around it) is None if it can't be read. `slash` is `trailingSlash`. `formats` is
    `markdown.format`, `mdx` how MDX is compiled. `closed`: no plugin makes pages in the blog, as far as is known;
    `whole`: nor anywhere else, and the addresses that the content has are known. `changes_markdown`: code of the site's
    own changes the text of posts before it is rendered. `translated` has, for each folder
    of translations, the paths that are translated there.
    """

    at: str = ""
    version: tuple[int, int, int] = NEWEST
    base: str | None = "/"
    slash: bool | None = None
    static: tuple[str, ...] = ("static",)
    formats: str = "mdx"
    math: bool = False
    mdx: Setup | None = mdx.DEFAULT
    contents: tuple[Content, ...] = (
        Content("blog", "blog", "blog", "/blog"),
        Content("docs", "docs", "docs", "/docs"),
        Content("pages", "pages", "src/pages", "/"),
    )
    closed: bool = False
    whole: bool = False
    changes_markdown: bool = False
    translated: tuple[tuple[str, frozenset[str]], ...] = ()
    orphans: frozenset[str] = frozenset()
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None


def read(files: Files, name: str | None) -> DocusaurusSettings:
    """The settings in the configuration file `name`, in whose folder the site is; None if there is none."""
    at = posixpath.join(posixpath.dirname(name or ""), "")
    text = (files.read_text(name) if name else None) or ""
    module = parse_module(text)
    config = module.config
    origin = name or "assumed"
    open_ended = UNREADABLE in (config.get("..."), module.exports.get("default"))
    settings = ScriptSettings(config, name, open_ended)
    setting, reported = settings.read, settings.reported

    base, slash = setting("baseUrl", "/"), setting("trailingSlash", None)
    static = setting("staticDirectories", ["static"])
    markdown = config.get("markdown")
    formats = markdown.get("format") if isinstance(markdown, dict) else None
    readable = isinstance(base, str) and slash is not UNREADABLE
    site = DocusaurusSettings(
        at,
        _version(files, at),
        _route(base) + "/" if isinstance(base, str) and _route(base) else "/" if base == "/" else None,
        slash if isinstance(slash, bool) else None,
        tuple(_below(at, each) for each in static if isinstance(each, str))
        if isinstance(static, list) and all(isinstance(each, str) for each in static)
        else (),
        formats if isinstance(formats, str) else "mdx",
        "remark-math" in text,
    )
    site = site._replace(mdx=mdx.setup(config, text, site.version))
    default, others = _languages(config, open_ended)
    main = _main_language(config)
    contents: list[Content] = []
    for kind, options, sure in _plugins(config, module):
        contents += _contents(files, site, kind, options, sure and readable, (main, default), others)
    translated, orphans = _translations(files, contents)
    closed = not open_ended and all(_is_pageless(plugin) for plugin in _listed(config.get("plugins")))
    reported += [Setting(f"{each.kind} {each.name}", each.folder, origin if name else "assumed") for each in contents]
    reported.append(Setting("locales", others or "one", origin))
    home = own_host.home(
        config.get("url"),
        site.base,
        adds_base=True,
        domains=own_host.domains(files, () if base != "/" else site.static),
    )
    return site._replace(
        closed=closed,
        whole=closed and _is_whole(config, contents),
        changes_markdown=_changes_markdown(text),
        contents=tuple(contents),
        translated=tuple(translated.items()),
        orphans=frozenset(orphans),
        reported=tuple(reported),
        home=home and home._replace(partial=not _has_home(files, site, contents)),
    )


def _has_home(files: Files, site: DocusaurusSettings, contents: list[Content]) -> bool:
    """Whether something makes the page at the root of the site, as far as can be seen."""
    if any(each.route is None or (each.kind != "pages" and f"{each.route}/" == site.base) for each in contents):
        return True
    pages = [f"{each.folder}/index" for each in contents if each.kind == "pages"]
    names = [f"{page}.{ending}" for page in pages for ending in ("js", "jsx", "ts", "tsx", "md", "mdx")]
    return any(files.is_file(name) for name in (*names, *(f"{folder}/index.html" for folder in site.static)))


def _version(files: Files, at: str) -> tuple[int, int, int]:
    """The version of Docusaurus: the lock file's, else the least that `package.json` asks for."""
    for file, pattern in (
        ("package-lock.json", r'"node_modules/@docusaurus/core":\s*\{\s*"version":\s*"(\d+)\.(\d+)\.(\d+)'),
        ("pnpm-lock.yaml", r"^ +'?/?@docusaurus/core@(\d+)\.(\d+)\.(\d+)"),
        ("yarn.lock", r'^"?@docusaurus/core@[^\n]*:\n  version:? "?(\d+)\.(\d+)\.(\d+)'),
    ):
        for folder in dict.fromkeys((at, "")):
            text = files.read_text(folder + file)
            if text and (found := re.search(pattern, text, re.MULTILINE)):
                return int(found[1]), int(found[2]), int(found[3])
    wanted = package_json.read(files).ranges.get("@docusaurus/core", "") if not at else ""
    exact = re.match(r"[\^~=v\s]*(\d+)\.(\d+)\.(\d+)", wanted)
    return (int(exact[1]), int(exact[2]), int(exact[3])) if exact else NEWEST


def _languages(config: dict[str, Any], open_ended: bool) -> tuple[str | None, dict[str, str]]:
    """The default language, None if the site has only one, and the other languages with their parts of addresses."""
    i18n = config.get("i18n")
    if not isinstance(i18n, dict) or not isinstance(i18n.get("locales"), list):
        return None, {}
    default = i18n.get("defaultLocale")
    locales = [each for each in i18n["locales"] if isinstance(each, str)]
    others = {each: f"{each}/" for each in locales if each != default}
    return (default if isinstance(default, str) and others else None), others


def _main_language(config: dict[str, Any]) -> str:
    i18n = config.get("i18n")
    named = i18n.get("defaultLocale") if isinstance(i18n, dict) else None
    return named if isinstance(named, str) else "en"


def _plugins(config: dict[str, Any], module: Module) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """The content plugins: kind, options, and whether all of that could be read."""
    presets, plugins = config.get("presets"), config.get("plugins")
    seen = False
    for preset in presets if isinstance(presets, list) else ():
        name, options = _named(preset)
        if name is not None and not name.endswith(("classic", "preset-classic")):
            continue
        if name is None and not (isinstance(options, dict) and any(kind in options for kind in _KINDS)):
            continue
        seen = True
        sure = isinstance(options, dict) and "..." not in options
        for kind in _KINDS:
            value = options.get(kind) if isinstance(options, dict) else None
            if value is False:
                continue
            mine = value if isinstance(value, dict) else {}
            yield kind, mine, sure and "..." not in mine and value is not UNREADABLE
    for plugin in plugins if isinstance(plugins, list) else ():
        name, options = _named(plugin)
        which = (name or "").rpartition("plugin-content-")[2] if name and "plugin-content-" in name else ""
        if which in _KINDS:
            seen = True
            mine = options if isinstance(options, dict) else {}
            yield which, mine, isinstance(options, dict) and "..." not in mine
    if not seen and not isinstance(presets, list):
        for kind in _KINDS:
            yield kind, {}, False


def _is_whole(config: dict[str, Any], contents: list[Content]) -> bool:
    """Whether nothing but `contents`, whose routes are known, makes pages."""
    presets, themes = _listed(config.get("presets")), _listed(config.get("themes"))
    known = all(isinstance(name := _named(each)[0], str) and name.endswith("classic") for each in presets)
    quiet = all(isinstance(name := _named(each)[0], str) and _QUIET_THEME.search(name) for each in themes)
    return bool(presets) and known and quiet and all(content.route is not None for content in contents)


def _changes_markdown(text: str) -> bool:
    """Whether a remark or rehype plugin in the configuration is a module of the site's own."""
    own = {name for found in _OWN_MODULE.finditer(text) for name in found.groups() if name}
    for found in _MARKDOWN_PLUGINS.finditer(text):
        end, depth = found.end(), 1
        while depth and end < min(len(text), found.end() + _LONGEST_LIST):
            depth += {"[": 1, "]": -1}.get(text[end], 0)
            end += 1
        inside = text[found.end() : end]
        if re.search(r"""(?:require|import)\(\s*["']\.""", inside) or own.intersection(re.findall(r"\w+", inside)):
            return True
    return False


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [UNREADABLE]


def _is_pageless(plugin: Any) -> bool:
    name, _ = _named(plugin)
    return name is not None and _PAGELESS.search(name) is not None


def _named(value: Any) -> tuple[str | None, Any]:
    """The name and the options of a preset or plugin; the name is None if it can't be read."""
    name, options = (value[0], value[1] if len(value) > 1 else {}) if isinstance(value, list) and value else (value, {})
    if isinstance(name, Call):
        name = name.args[0] if name.args else None
    return (name if isinstance(name, str) else None), options


def _contents(
    files: Files,
    site: DocusaurusSettings,
    kind: str,
    options: dict[str, Any],
    sure: bool,
    languages: tuple[str, str | None],
    others: dict[str, str],
) -> Iterator[Content]:
    main, default = languages
    path, route = options.get("path", _PATHS[kind][0]), options.get("routeBasePath", _PATHS[kind][1])
    if not isinstance(path, str):
        return
    id_ = options.get("id", "default")
    sure = sure and isinstance(route, str) and isinstance(id_, str) and site.base is not None
    plain = id_ == "default" or not isinstance(id_, str)
    numbers = options.get("numberPrefixParser", True)
    numbered = numbers if isinstance(numbers, bool) else None
    include = _patterns(options.get("include"), _INCLUDE)
    exclude = _patterns(options.get("exclude"), _EXCLUDE)
    lists = _lists(files, kind, options, _below(site.at, path))
    suffix = "" if plain else f"-{id_}"
    versions = _versions(files, site.at, options, "" if plain else f"{id_}_") if kind == "docs" else [("", "", True)]
    for version, part, known in versions:
        folder = _below(site.at, path)
        if version and version != "current":
            folder = f"{site.at}{'' if plain else f'{id_}_'}versioned_docs/version-{version}"
        absent = version not in ("", "current") and files.find_folder(folder).status != "ok"
        name = kind if plain else str(id_)
        label = f"{name} {version}" if version else name
        for language in (default, *others):
            translation = language is not None and language != default
            at, original = folder, None
            if translation and language is not None:
                at, original = _translation(site, language, f"{kind}{suffix}", version), folder
            if at.startswith(".."):
                continue
            prefix = others.get(language or "", "")
            whole = "/".join((site.base or "/", prefix, str(route), part))
            address = _route(whole) if sure and known else None
            given = include, exclude, numbered, original, language, lists, prefix, absent
            yield Content(kind, label, at, address, *given)
            if translation or folder.startswith(".."):
                continue
            # The main language may be translated as well, which then comes before what it translates.
            below = _translation(site, main, f"{kind}{suffix}", version)
            if files.find_folder(below).status == "ok":
                yield Content(kind, label, below, address, include, exclude, numbered, folder, language, lists)


def _translation(site: DocusaurusSettings, language: str, plugin: str, version: str) -> str:
    """The folder of translations into `language` for a `plugin` (`docs-second`)."""
    below = f"{site.at}i18n/{language}/docusaurus-plugin-content-{plugin}"
    if plugin.startswith("docs"):
        below += "/current" if version in ("", "current") else f"/version-{version}"
    return below


def _lists(files: Files, kind: str, options: dict[str, Any], folder: str) -> Lists:
    """The lists of the plugin `kind` with `options`, whose posts lie in `folder`."""
    if "..." in options:
        return Lists(None, None, "page", None, (), False)

    def name(key: str, default: str) -> str | None:
        value = options.get(key, default)
        return value.strip("/") if isinstance(value, str) and value.strip("/") else None

    per_page, feed = options.get("postsPerPage", 10), options.get("feedOptions", {})
    kinds = feed.get("type", ["rss", "atom"]) if isinstance(feed, dict) else []
    kinds = ["rss", "atom", "json"] if kinds == "all" else kinds if isinstance(kinds, list) else [kinds]
    names = {"rss": "rss.xml", "atom": "atom.xml", "json": "feed.json"}
    tags = options.get("tags", "tags.yml")
    outside = folder.startswith("..")
    own = isinstance(tags, str) and not outside and files.is_file(f"{folder}/{tags}")
    return Lists(
        name("tagsBasePath", "tags"),
        name("archiveBasePath", "archive") if kind == "blog" else None,
        name("pageBasePath", "page") or "page",
        0 if per_page == "ALL" else per_page if isinstance(per_page, int) else None,
        tuple(names[each] for each in kinds if isinstance(each, str) and each in names) if kind == "blog" else (),
        not own and (isinstance(tags, str) or tags in (None, False)) and not outside,
        _authors(files, f"{folder}/authors.yml") if kind == "blog" and not outside else (),
    )


def _authors(files: Files, path: str) -> tuple[str, ...]:
    """The keys of the authors in the file `path` who have pages."""
    from postlint.front_matter import Node, to_data, yaml

    text = files.read_text(path) if files.is_file(path) else None
    root = yaml.parse(text, 0, "js-yaml-4") if text else None
    data = to_data(root) if isinstance(root, Node) else None
    return tuple(
        key
        for key, author in (data.items() if isinstance(data, dict) else ())
        if isinstance(author, dict) and author.get("page") is True
    )


def _versions(files: Files, at: str, options: dict[str, Any], prefix: str) -> list[tuple[str, str, bool]]:
    """The versions of a docs plugin: name (empty: there is only one), part of the address, whether that is known."""
    import json

    text = None if options.get("disableVersioning") is True else files.read_text(f"{at}{prefix}versions.json")
    try:
        names = json.loads(text) if text else []
    except (ValueError, RecursionError):
        names = []
    names = [each for each in names if isinstance(each, str)] if isinstance(names, list) else []
    guessed = False
    if text is None and options.get("disableVersioning") is not True:
        # The list may be made by the build; its order, which tells the newest version, is then unknown.
        folders = files.names(f"{at}{prefix}versioned_docs")
        names = [each[len("version-") :] for each in folders if each.startswith("version-")]
        guessed = len(names) > 1
    known = not any(options.get(key) in (UNREADABLE,) for key in ("lastVersion", "versions", "onlyIncludeVersions"))
    alone = not names
    if options.get("includeCurrentVersion") is not False:
        names.insert(0, "current")
    if isinstance(only := options.get("onlyIncludeVersions"), list):
        names = [each for each in names if each in only]
    set_ = options.get("versions") if isinstance(options.get("versions"), dict) else {}
    last = options.get("lastVersion")
    if last is None:
        last = next((each for each in names if each != "current"), "current")
    out = []
    for each in names:
        mine = (set_ or {}).get(each)
        own = mine.get("path") if isinstance(mine, dict) else None
        sure = known and mine is not UNREADABLE and not isinstance(mine, (Call, Function)) and own is not UNREADABLE
        part = own if isinstance(own, str) else "" if each == last else "next" if each == "current" else each
        out.append(("" if alone else each, part, sure and not guessed))
    return out or [("", "", known)]


def _translations(files: Files, contents: list[Content]) -> tuple[dict[str, frozenset[str]], set[str]]:
    """The paths below each translation's folder, and those that translate nothing, which are ignored."""
    translated, orphans = {}, set()
    for content in contents:
        if content.original is None:
            continue
        found = set()
        pending = [""]
        while pending:
            folder = pending.pop()
            for name, is_folder in files.names(f"{content.folder}/{folder}".rstrip("/")).items():
                if is_folder:
                    pending.append(f"{folder}{name}/")
                elif _ENDING.search(name):
                    found.add(folder + name)
                    if not content.original.startswith("..") and not files.is_file(
                        f"{content.original}/{folder}{name}"
                    ):
                        orphans.add(f"{content.folder}/{folder}{name}")
        translated[content.folder] = frozenset(found)
    return translated, orphans


def _patterns(value: Any, fallback: tuple[str, ...]) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        return fallback
    return tuple(value)


def _below(at: str, path: str) -> str:
    """A path as the site writes it, relative to the root."""
    return posixpath.normpath(at + path)


def _route(address: str) -> str:
    """`address` with a slash at its start, none at its end and none doubled; empty for the root."""
    return re.sub(r"/{2,}", "/", f"/{address}").rstrip("/")
