"""A Hugo site's own settings: `hugo.*` or `config.*`, `config/_default` and `config/production`.

Source: gohugoio/hugo, config/allconfig and hugofs; builds with Hugo 0.111 to 0.168.
"""

import posixpath
import re
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks import own_host
from postlint.frameworks._shared.site_settings import ENDINGS, read, table, texts
from postlint.frameworks.answers import Setting

NEWEST = (0, 168)
_FIRST_SAFE = (0, 60)
"""The first version with Goldmark, which leaves raw HTML out unless `unsafe` is set."""
CONFIGS = tuple(f"{name}.{ending}" for name in ("hugo", "config") for ending in ENDINGS)
_ROOTS = ("hugo", "config")
_SECTIONS = frozenset(("languages", "module", "permalinks", "markup", "frontmatter", "taxonomies", "cascade"))
_VERSION = re.compile(
    r"\bhugo[\w -]{0,20}(?:@v?|[\"']?\s*[:=]\s*[\"']?[\^~>=v]{0,3}(?:extended_)?)(\d+)\.(\d+)"
    # A line of `.tool-versions`.
    r"|^hugo[ \t]+(?:extended_)?(\d+)\.(\d+)",
    re.IGNORECASE | re.MULTILINE,
)
_VERSION_FILES = ("netlify.toml", "vercel.json", "package.json", "mise.toml", ".tool-versions", ".gitlab-ci.yml")
_BASE_OPTION = re.compile(r"--baseURL\b|\bhugo\b[^\n]* -b[ =]|HUGO_BASEURL", re.IGNORECASE)
_HOOK = re.compile(r"(?:^|/)(?:_markup/)?render-(image|link)(?:[-.].*)?\.html$")
BY_CODE = re.compile(r"https?:|printf|[sS]ite\.|cdn|absURL|imgix|cloudinary", re.IGNORECASE)

_FORMATS = frozenset(
    (
        *("html", "json", "rss", "amp", "calendar", "css", "csv", "markdown", "robots", "sitemap", "sitemapindex"),
        *("alias", "gotmpl", "404", "webappmanifest"),
    )
)


class Mount(NamedTuple):
    """A folder of the site that Hugo sees as `target` (relative to its content, static or assets root)."""

    source: str
    target: str
    language: str | None = None
    included: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    """Globs of paths in the folder: only files that fit one are there if there are any; files that fit one are not."""


class Permalink(NamedTuple):
    """A pattern of addresses, for pages of `kind` (None: pages and terms) whose logical path fits `glob`. `glob` is
    None if which pages it is for is not known."""

    kind: str | None
    glob: str | None
    pattern: str


class HugoSettings(NamedTuple):
    """`base` is None if it is not known, else without a slash at its end. `languages` maps each code to its prefix
    of addresses. `unseen`: templates and files come from modules or themes that do not lie in the site. `hooks` says
    who makes images and links (`image`, `link`): `none` leaves them as written, `embedded`, `own`, `code` (own, and it
    builds addresses itself), `unseen`. `formats`: the names of output formats, None if more may be known.
    `unmade`: the kinds of pages that the site does without.
    `folders_known`: which content folders belong to which languages is certain; else `content` holds what their names
    suggest. `drops_html`: raw HTML is left out of pages.
    `feeds`: lists have feeds at their usual addresses.
    `heading_ids`: `github` or `github-ascii`, None if headings have others."""

    version: tuple[int, int] | None = None
    base: str | None = ""
    content: tuple[Mount, ...] = (Mount("content", ""),)
    static: tuple[Mount, ...] = (Mount("static", ""),)
    assets: tuple[Mount, ...] = (Mount("assets", ""),)
    languages: dict[str, str] = {}  # noqa: RUF012 - never changed
    language: str = "en"
    disabled: frozenset[str] = frozenset()
    multihost: bool = False
    permalinks: tuple[Permalink, ...] = ()
    taxonomies: frozenset[str] = frozenset(("tags", "categories"))
    ugly: bool | dict[str, Any] = False
    lower: bool = True
    accents: bool = True
    dates: tuple[str, ...] = ("date", "publishdate", "pubdate", "published", "lastmod", "modified")
    publish_dates: tuple[str, ...] = ("publishdate", "pubdate", "published")
    update_dates: tuple[str, ...] = ("lastmod", "modified")
    expiry_dates: tuple[str, ...] = ("expirydate", "unpublishdate")
    zone: str | None = None
    canonify: bool = False
    drafts: bool = False
    future: bool = False
    expired: bool = False
    ignored: tuple[str, ...] = ()
    cascade: tuple[dict[str, Any], ...] = ()
    unseen: bool = False
    hooks: dict[str, str] = {"image": "none", "link": "none"}  # noqa: RUF012
    layouts: tuple[str, ...] = ("layouts",)
    published: tuple[str, ...] = ()
    formats: frozenset[str] | None = None
    unmade: frozenset[str] = frozenset()
    heading_ids: str | None = "github"
    folders_known: bool = True
    drops_html: bool = False
    mounts_layouts: bool = False
    feeds: bool = False
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None


def _lower(value: Any, depth: int = 8) -> Any:
    """Hugo's settings know no case of keys."""
    if isinstance(value, dict) and depth:
        return {str(key).lower(): _lower(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list) and depth:
        return [_lower(item, depth - 1) for item in value]
    return value


def _merge(into: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = value


def _config(files: Files) -> tuple[dict[str, Any], bool]:
    """All settings together, and whether each file could be read."""
    merged: dict[str, Any] = {}
    complete = True
    root = next((name for name in CONFIGS if files.is_file(name)), None)
    if root:
        found = read(files, root, "goccy")
        complete = found is not None
        merged = _lower(found or {})
    for folder in ("config/_default", "config/production"):
        for name in sorted(files.names(folder)) if files.find_folder("config").status == "ok" else ():
            stem, _, ending = name.rpartition(".")
            stem, _, language = stem.lower().partition(".")
            if ending not in ENDINGS or (stem not in _ROOTS and stem not in _SECTIONS):
                continue
            found = read(files, f"{folder}/{name}", "goccy")
            complete = complete and found is not None
            if found is None:
                continue
            # `languages.en.toml` holds what other sites write below `[languages.en]`.
            part = _lower(found) if stem in _ROOTS or (stem == "languages" and language) else {stem: _lower(found)}
            _merge(merged, {"languages": {language: part}} if language else part)
    return merged, complete


def read_settings(files: Files, name: str) -> HugoSettings:
    """The settings of the site at `files.root`, whose file is called `name`; the defaults for what is not set."""
    config, complete = _config(files)
    languages, disabled, multihost = _languages(config)
    default = str(config.get("defaultcontentlanguage") or "en").lower()
    subfolder = config.get("defaultcontentlanguageinsubdir") is True
    if languages and default not in languages:
        default = next(iter(languages))
    prefixes = {
        code: "" if multihost or (code == default and not subfolder) else f"/{code}" for code in languages or [default]
    }
    module, markup = table(config, "module"), table(table(config, "markup"), "goldmark")
    themes, unseen = _themes(files, config, module)
    content = _mounts(config, module, "content", "contentdir", "content", languages)
    version = _version(files)
    front = table(config, "frontmatter")
    layouts = (_folder(config.get("layoutdir"), "layouts"), *(f"{theme}/layouts" for theme in themes))
    base, base_origin = _base(files, config, name)
    ugly = config.get("uglyurls")
    canonify = config.get("canonifyurls") is True or config.get("relativeurls") is True
    made = HugoSettings(
        version[0] if version else None,
        base if complete else None,
        content,
        (*_mounts(config, module, "static", "staticdir", "static", languages), *_from(themes, "static")),
        (*_mounts(config, module, "assets", "assetdir", "assets", languages), *_from(themes, "assets")),
        prefixes,
        default,
        disabled,
        multihost,
        _permalinks(config.get("permalinks")),
        _taxonomies(config),
        ugly if isinstance(ugly, (bool, dict)) else False,
        config.get("disablepathtolower") is not True,
        config.get("removepathaccents") is not True,
        _date_keys(front.get("date"), ("date", "publishdate", "lastmod")),
        _date_keys(front.get("publishdate"), ("publishdate",)),
        _date_keys(front.get("lastmod"), ("lastmod",)),
        _date_keys(front.get("expirydate"), ("expirydate",)),
        config.get("timezone") if isinstance(config.get("timezone"), str) else None,
        canonify,
        config.get("builddrafts") is True,
        config.get("buildfuture") is True,
        config.get("buildexpired") is True,
        tuple(texts(config.get("ignorefiles"))),
        _rules(config.get("cascade")),
        unseen or not complete,
        _hooks(files, layouts, markup, len(prefixes) > 1, unseen or not complete),
        layouts,
        _published(files, _folder(config.get("publishdir"), "public")),
        None if unseen or not complete else _FORMATS | {*table(config, "outputformats")},
        frozenset(kind.lower() for kind in texts(config.get("disablekinds"))),
        _heading_ids(table(markup, "parser")) if complete else None,
        mounts_layouts=_mounts_layouts(module),
        feeds=complete and not {"outputs", "outputformats", "mediatypes"} & config.keys(),
    )
    safe = table(markup, "renderer").get("unsafe") is not True
    made = made._replace(drops_html=safe and complete and (made.version or NEWEST) >= _FIRST_SAFE)
    if made.unseen and (named := _named_for_languages(files, content, languages)):
        made = made._replace(content=(*named, *content), folders_known=False)
    reported = (
        Setting("hugo", ".".join(map(str, version[0] if version else NEWEST)), version[1] if version else "assumed"),
        Setting("baseURL path", "unknown" if made.base is None else made.base or "/", base_origin),
        Setting("contentDir", [mount.source for mount in made.content], name),
        Setting("staticDir", [mount.source for mount in made.static], name),
        Setting("languages", list(made.languages), name if languages else "assumed"),
        Setting("permalinks", [each.pattern for each in made.permalinks], name),
        Setting("image hook", made.hooks["image"], "layouts"),
        Setting("settings readable", complete, name),
    )
    domains = own_host.domains(files, ("", *(mount.source for mount in made.static)))
    home = own_host.home(config.get("baseurl"), "" if domains and not base else base, domains=domains)
    return made._replace(reported=reported, home=None if multihost else home)


def _heading_ids(parser: dict[str, Any]) -> str | None:
    kind = parser.get("autoidtype", parser.get("autoheadingidtype", "github"))
    if parser.get("autoheadingid") is False or parser.get("autodefinitiontermid") is True:
        return None
    return kind if kind in ("github", "github-ascii") else None


def _languages(config: dict[str, Any]) -> tuple[list[str], frozenset[str], bool]:
    found = table(config, "languages")
    off = {code.lower() for code in texts(config.get("disablelanguages"))}
    off |= {code for code, options in found.items() if isinstance(options, dict) and options.get("disabled") is True}
    on = [code for code in found if code not in off]
    multihost = any(isinstance(options, dict) and "baseurl" in options for options in found.values())
    return on, frozenset(off), multihost


def _taxonomies(config: dict[str, Any]) -> frozenset[str]:
    """The keys whose values are terms, in any language."""
    own = [table(options, "taxonomies") for options in (config, *table(config, "languages").values())]
    return frozenset(texts([key for found in own for key in found.values()])) or frozenset(("tags", "categories"))


def _mounts(
    config: dict[str, Any], module: dict[str, Any], component: str, key: str, default: str, languages: list[str]
) -> tuple[Mount, ...]:
    found: list[Mount] = []
    mounts = module.get("mounts")
    for mount in mounts if isinstance(mounts, list) else ():
        if not isinstance(mount, dict):
            continue
        source, target = mount.get("source"), mount.get("target")
        if isinstance(source, str) and isinstance(target, str):
            first, _, rest = target.strip("/").partition("/")
            # Data for a cache buster is not a folder of its own.
            if first == component and not (component == "assets" and "." in posixpath.basename(source)):
                code = mount.get("lang")
                language = code.lower() if isinstance(code, str) else None
                found.append(Mount(_folder(source, default), rest, language, *_filters(mount)))
    if found:
        return tuple(found)
    options = table(config, "languages")
    for code in languages:
        own = options.get(code)
        if isinstance(own, dict):
            found += [Mount(_folder(folder, default), "", code) for folder in texts(own.get(key))]
    shared = [key] if component != "static" else [key, *(f"{key}{number}" for number in range(11))]
    folders = [_folder(folder, default) for name in shared for folder in texts(config.get(name))]
    if not found or component == "static" or len(found) < len(languages):
        found += [Mount(folder, "") for folder in folders or [default]]
    return tuple(dict.fromkeys(found))


def _filters(mount: dict[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a mount takes and leaves: `files` (0.153; `!` stands before what it leaves), `includeFiles`, `excludeFiles`."""
    given = texts(mount.get("files"))
    included = [*(each for each in given if not each.startswith("!")), *texts(mount.get("includefiles"))]
    excluded = [*(each[1:].strip() for each in given if each.startswith("!")), *texts(mount.get("excludefiles"))]
    return tuple(included), tuple(excluded)


def _named_for_languages(files: Files, content: tuple[Mount, ...], languages: list[str]) -> tuple[Mount, ...]:
    """The folders that are called like languages, two and more, where nothing that can be seen says whose they are."""
    if any(mount.language or mount.target for mount in content):
        return ()
    found = [
        Mount(f"{mount.source}/{name}", "", name.lower())
        for mount in content
        for name, is_folder in files.names(mount.source).items()
        if is_folder and name.lower() in languages
    ]
    return tuple(found) if len(found) > 1 else ()


def _mounts_layouts(module: dict[str, Any]) -> bool:
    """Whether templates come from other folders than those that hold them by default."""
    mounts = module.get("mounts")
    for mount in mounts if isinstance(mounts, list) else ():
        pair = [str(mount.get(key)).strip("/") for key in ("source", "target")] if isinstance(mount, dict) else []
        if pair and pair[1].startswith("layouts") and pair != ["layouts", "layouts"]:
            return True
    return False


def _from(themes: list[str], component: str) -> tuple[Mount, ...]:
    return tuple(Mount(f"{theme}/{component}", "") for theme in themes)


def _folder(value: object, default: str) -> str:
    """A folder relative to the site's root; one outside it is written with `..`, where nothing is ever found."""
    if not isinstance(value, str) or not value.strip("/"):
        return default
    return posixpath.normpath(value if not value.startswith("/") else f"../{value}")


def _themes(files: Files, config: dict[str, Any], module: dict[str, Any]) -> tuple[list[str], bool]:
    """The themes' folders, and whether some theme or module is not there to be read."""
    folder = _folder(config.get("themesdir"), "themes")
    names = texts(config.get("theme"))
    imports = module.get("imports")
    for each in imports if isinstance(imports, list) else ():
        if isinstance(each, dict) and isinstance(each.get("path"), str) and each.get("disable") is not True:
            names.append(each["path"])
    found, unseen = [], False
    for name in names:
        theme = posixpath.normpath(f"{folder}/{name}")
        if not theme.startswith("..") and files.names(theme):
            found.append(theme)
        elif files.names(f"_vendor/{name}"):
            found.append(f"_vendor/{name}")
        else:
            unseen = True
    return found, unseen


def _permalinks(value: object) -> tuple[Permalink, ...]:
    made: list[Permalink] = []
    if isinstance(value, list):
        for rule in value:
            pattern = rule.get("pattern") if isinstance(rule, dict) else None
            target = table(rule, "target")
            if isinstance(pattern, str):
                kind, path = target.get("kind"), target.get("path", "**")
                plain = not set(target) - {"kind", "path"} and isinstance(path, str) and not set(path) & set("[]!\\")
                made.append(Permalink(kind if isinstance(kind, str) else "any", path if plain else None, pattern))
        return tuple(made)
    for key, pattern in value.items() if isinstance(value, dict) else ():
        if isinstance(pattern, str):
            made.append(Permalink(None, _section(key), pattern))
        elif isinstance(pattern, dict):
            made += [Permalink(key, _section(name), own) for name, own in pattern.items() if isinstance(own, str)]
    return tuple(made)


def _section(name: str) -> str:
    name = name.strip(" /")
    return f"/{{{name},{name}/**}}" if name else "/*"


def _date_keys(value: object, default: tuple[str, ...]) -> tuple[str, ...]:
    """The keys, and `:filename` and the like, that a date is taken from, in order."""
    names = [name.lower() for name in texts(value)] or list(default)
    expanded = [each for name in names for each in (default if name == ":default" else (name,))]
    aliases = {"publishdate": ("pubdate", "published"), "lastmod": ("modified",), "expirydate": ("unpublishdate",)}
    return tuple(dict.fromkeys(each for name in expanded for each in (name, *aliases.get(name, ()))))


def _rules(value: object) -> tuple[dict[str, Any], ...]:
    """The mappings of `cascade`: one, or a list of them."""
    return tuple(rule for rule in (value if isinstance(value, list) else [value]) if isinstance(rule, dict))


cascade_rules = _rules


def _version(files: Files) -> tuple[tuple[int, int], str] | None:
    """The version of Hugo that the site asks for, and the file that says so."""
    # A site in a folder of a repository is built by the workflows at the repository's root.
    for number, at in enumerate((files, *files.above())):
        for name in (*_VERSION_FILES, *_workflows(at)):
            text = at.read_text(name) if at.is_file(name) else None
            if text and (found := _VERSION.search(text)):
                return (int(found[1] or found[3]), int(found[2] or found[4])), "../" * number + name
    return None


def _workflows(files: Files) -> list[str]:
    folder = ".github/workflows"
    if files.find_folder(".github").status != "ok":
        return []
    return [f"{folder}/{name}" for name in sorted(files.names(folder))[:20] if name.endswith((".yml", ".yaml"))]


def _base(files: Files, config: dict[str, Any], name: str) -> tuple[str | None, str]:
    """The path of the site's address, as it is served."""
    from urllib.parse import unquote, urlsplit

    value = config.get("baseurl")
    path = unquote(urlsplit(value).path).rstrip("/") if isinstance(value, str) and len(value) < 2000 else ""
    if not path:
        return "", name if isinstance(value, str) else "assumed"
    # A domain of its own is served from its root, and a build may be told another address.
    if files.is_file("CNAME") or files.is_file("static/CNAME"):
        return None, "CNAME"
    for other in ("netlify.toml", "vercel.json", "package.json", "Makefile", *_workflows(files)):
        text = files.read_text(other) if files.is_file(other) else None
        if text and _BASE_OPTION.search(text):
            return None, other
    return f"/{path.strip('/')}", name


def _hooks(
    files: Files, layouts: tuple[str, ...], markup: dict[str, Any], several: bool, unseen: bool
) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in ("image", "link"):
        used = table(table(markup, "renderhooks"), kind).get("useembedded", "auto")
        legacy = table(table(markup, "renderhooks"), kind).get("enabledefault")
        embedded = used in ("always", "fallback") or legacy is True or (several and used == "auto")
        found[kind] = "unseen" if unseen else "embedded" if embedded else "none"
        if used == "always":
            found[kind] = "embedded"
    pending, seen = list(layouts), 0
    while pending and seen < 2000:
        folder = pending.pop()
        for name, is_folder in files.names(folder).items():
            seen += 1
            path = f"{folder}/{name}"
            if is_folder:
                pending.append(path)
            elif hook := _HOOK.search(path):
                text = files.read_text(path) or ""
                if found[hook[1]] != "code":
                    found[hook[1]] = "code" if BY_CODE.search(text) else "own"
    return found


def _published(files: Files, folder: str) -> tuple[str, ...]:
    """The folder of the built site where it is kept with the sources: what lies in it is served."""
    if files.find_folder(folder).status != "ok":
        return ()
    ignored = {line.strip().strip("/") for line in (files.read_text(".gitignore") or "").splitlines()}
    return () if folder.strip("/") in ignored or f"{folder}/*" in ignored else (folder,)
