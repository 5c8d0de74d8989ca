"""A Jekyll site's own settings: `_config.yml`, the versions in its Gemfile, and what GitHub Pages adds."""

import posixpath
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks import own_host
from postlint.frameworks.answers import Setting
from postlint.frameworks.jekyll import list_settings
from postlint.frameworks.jekyll.list_settings import ListSettings
from postlint.front_matter import Dialect, Fence, Node, to_data

CONFIGS = ("_config.yml", "_config.yaml", "_config.toml")
_MARKDOWN = "markdown,mkdown,mkdn,mkd,md"
_KEPT_OUT = (
    *(".sass-cache", ".jekyll-cache", "gemfiles", "Gemfile", "Gemfile.lock", "node_modules"),
    *("vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/"),
)
_PAGES_PLUGINS = ("jekyll-optional-front-matter", "jekyll-readme-index", "jekyll-relative-links")
_LOCKED = re.compile(r"^ {4}jekyll \((\d+)\.(\d+)", re.MULTILINE)
_WANTED = re.compile(r"""^[^#\n]*gem\s*\(?\s*["']jekyll["']\s*,\s*["'][~>=\s]*(\d+)\.?(\d+)?""", re.MULTILINE)
_PLUGIN_GEM = re.compile(r"""^[^#\n]*gem\s*\(?\s*["'](jekyll-[\w-]+)["']""", re.MULTILINE)
# Plugins that make no pages besides feeds, site maps and pages of lists, and whose tags are widely known.
QUIET_PLUGINS = frozenset(
    (
        *("jekyll-feed", "jekyll-seo-tag", "jekyll-sitemap", "jekyll-paginate", "jekyll-redirect-from", "jekyll-gist"),
        *("jekyll-mentions", "jemoji", "jekyll-relative-links", "jekyll-optional-front-matter", "jekyll-readme-index"),
        *("jekyll-titles-from-headings", "jekyll-default-layout", "jekyll-remote-theme", "jekyll-include-cache"),
        *("jekyll-toc", "jekyll-last-modified-at", "jekyll-github-metadata", "jekyll-avatar", "jekyll-coffeescript"),
        *(
            "jekyll-commonmark",
            "jekyll-commonmark-ghpages",
            "jekyll-octicons",
            "jekyll-spaceship",
            "jekyll-target-blank",
        ),
        *(
            "jekyll-sass-converter",
            "jekyll-watch",
            "jekyll-livereload",
            "jekyll-compress-images",
            "jekyll-email-protect",
        ),
        *("jekyll-figure", "jekyll-youtube", "jekyll-loading-lazy", "jekyll-tidy", "jekyll-minifier", "jekyll-assets"),
    )
)
_GROUP = re.compile(r"^[ \t]*group\b[^#\n]*:jekyll_plugins\b[^#\n]*\bdo\b(.*?)^[ \t]*end\b", re.MULTILINE | re.DOTALL)
_IN_GROUP = re.compile(
    r"""^[^#\n]*gem\s*\(?\s*["']([\w-]+)["'][^#\n]*\bgroups?\b[^#\n]*:jekyll_plugins\b""", re.MULTILINE
)
_GEM = re.compile(r"""^[^#\n]*gem\s*\(?\s*["']([\w-]+)["']""", re.MULTILINE)
_LINKING = re.compile(r"href|\.md\b|markdown_ext|relative_path")
_PAGES = re.compile(r"""^[^#\n]*gem\s*\(?\s*["']github-pages["']""", re.MULTILINE)

# document.rb: \A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)
DIALECT = Dialect(
    (
        Fence(
            "yaml",
            re.compile(r"\ufeff?---[^\S\n]*(?=\n)"),
            re.compile(r"^(?:---|\.\.\.)[^\S\n]*$", re.MULTILINE),
        ),
    ),
    yaml="safe-yaml",
)


class CollectionSettings(NamedTuple):
    """`permalink` is its template, None if it has none of its own; `output`: its documents get pages."""

    output: bool
    permalink: str | None


class JekyllSettings(NamedTuple):
    """`version` is major and minor. `base` is the base URL without a slash at its end, None if it is not known;
    `base_is_set`: the site's own settings give one. `scopes` are the front-matter defaults as written. `texts` are the
    settings that are texts. `closed`: no plugin makes pages. `keeps_links`: no plugin writes other links than the posts'.
    `nested_posts`: posts lie in several folders. `gfm_ids`: headings get their ids as on GitHub.
    `labels`: the settings define labels of links."""

    version: tuple[int, int] = (4, 4)
    pages: bool = False
    source: str = ""
    collections_dir: str = ""
    collections: Mapping[str, CollectionSettings] = {}
    permalink: str = "date"
    base: str | None = ""
    base_is_set: bool = False
    url: str = ""
    zone: str = ""
    future: bool = False
    drafts: bool = False
    unpublished: bool = False
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    markdown: frozenset[str] = frozenset(_MARKDOWN.split(","))
    scopes: "tuple[dict[str, Any], ...]" = ()
    plugins: frozenset[str] = frozenset()
    linked_collections: bool = False
    makes_images: bool = False
    elsewhere: bool = False
    own_domain: bool = False
    root_index: bool = False
    kramdown: bool = True
    texts: Mapping[str, str] = {}
    closed: bool = False
    keeps_links: bool = True
    nested_posts: bool = False
    gfm_ids: bool = True
    labels: bool = False
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None
    made: ListSettings = ListSettings()


def config(files: Files) -> tuple[str, dict[str, Any]] | None:
    """The name and the settings of the site's configuration file; None if there is none or it can't be read."""
    name = next((name for name in CONFIGS if files.is_file(name)), None)
    text = files.read_text(name) if name else None
    if name is None or text is None:
        return None
    if name.endswith(".toml"):
        from postlint.front_matter import toml as language

        root = language.parse(text, 0)
    else:
        from postlint.front_matter import yaml

        root = yaml.parse(text, 0, "safe-yaml")
    data = to_data(root) if isinstance(root, Node) else None
    return name, data if isinstance(data, dict) else {}


def read(files: Files) -> JekyllSettings:
    """The settings of the site at `files.root`; the defaults for what is not set."""
    name, data = config(files) or ("assumed", {})
    version, pages, origin = _version(files)
    plugins = frozenset((*map(str, _list(data.get("plugins", data.get("gems")))), *_required(files)))
    source = _source(files, data.get("source"))
    permalink = data.get("permalink")
    base, base_is_set = _base(data, pages)
    url = data.get("url")
    optional = {plugin for plugin in _PAGES_PLUGINS if pages and data.get(_switch(plugin), {}) is not None}
    if not files.is_file("Gemfile"):
        # GitHub Pages, which builds sites without one, has it.
        optional.add("jekyll-relative-links")
    excluded = tuple(map(str, _list(data.get("exclude"))))
    at = f"{source}/" if source else ""
    relative = data.get("relative_links")
    relative = relative if isinstance(relative, dict) else {}
    settings = JekyllSettings(
        version,
        pages,
        source,
        _folder(data.get("collections_dir")),
        _collections(data.get("collections")),
        permalink if isinstance(permalink, str) else "date",
        base,
        base_is_set,
        url if isinstance(url, str) else "",
        data["timezone"] if isinstance(data.get("timezone"), str) else "",
        data.get("future", pages) is True,
        data.get("show_drafts") is True,
        data.get("unpublished") is True,
        # `.htaccess`, which is included without being listed, holds no pages.
        tuple(each for each in map(str, _list(data.get("include"))) if each != ".htaccess"),
        excluded if excluded and version[0] < 4 else (*excluded, *_KEPT_OUT),
        frozenset(str(data.get("markdown_ext", _MARKDOWN)).lower().replace(" ", "").split(",")),
        tuple(scope for scope in _list(data.get("defaults")) if isinstance(scope, dict)),
        (plugins | optional) - ({"jekyll-relative-links"} if relative.get("enabled") is False else set()),
        relative.get("collections") is True,
        any(re.search(r"image|picture|webp|assets|responsive|cloudinary|img", plugin) for plugin in plugins)
        or "imagemagick" in data,
        any(isinstance(data.get(key), str) and data[key] for key in ("cdn", "img_cdn")),
        files.is_file("CNAME") or files.is_file(f"{at}CNAME"),
        any(files.is_file(f"{at}index.{ending}") for ending in ("md", "html", "markdown")),
        data.get("markdown", "kramdown") in ("kramdown", "GFM"),
        {key: value for key, value in data.items() if isinstance(value, str)},
        _closed(files, at, plugins),
        _keeps_links(files, at, plugins),
        _nested_posts(files, at, _folder(data.get("collections_dir"))),
        _gfm_ids(data),
        "link_defs" in _kramdown(data),
    )
    reported = [Setting("jekyll", ".".join(map(str, version)), origin)]
    for key in ("source", "permalink", "baseurl", "timezone", "future", "collections_dir"):
        reported.append(Setting(key, data.get(key, ""), name if key in data else "assumed"))
    domains = own_host.domains(files, ("", source))
    # A domain of its own is served from its root.
    home = own_host.home(url, "" if domains else base, domains=domains)
    made = list_settings.read(data, settings.plugins, pages, files, source)
    return settings._replace(reported=tuple(reported), home=home, made=made)


def _version(files: Files) -> tuple[tuple[int, int], bool, str]:
    """The version, whether it is that of GitHub Pages, and the file that says so."""
    wanted = files.read_text("Gemfile") or ""
    pages = _PAGES.search(wanted) is not None
    locked = files.read_text("Gemfile.lock") or ""
    if found := _LOCKED.search(locked):
        return (int(found[1]), int(found[2])), pages, "Gemfile.lock"
    if pages:
        return (3, 10), True, "Gemfile"
    if found := _WANTED.search(wanted):
        major = int(found[1])
        return (major, int(found[2] or (9 if major < 4 else 0))), False, "Gemfile"
    return (4, 4), False, "assumed"


def _closed(files: Files, at: str, plugins: frozenset[str]) -> bool:
    """Whether no plugin makes pages, of those in the settings, the Gemfile and the site's own."""
    return _is_quiet(files, plugins) and not files.names(f"{at}_plugins")


def _keeps_links(files: Files, at: str, plugins: frozenset[str]) -> bool:
    """Whether links stay as they are written, as far as the names of gems and the code in `_plugins` tell."""
    own = (files.read_text(f"{at}_plugins/{name}") or "" for name in files.names(f"{at}_plugins"))
    return _is_quiet(files, plugins) and not any(_LINKING.search(text) for text in own)


def _is_quiet(files: Files, plugins: frozenset[str]) -> bool:
    gems = set(_PLUGIN_GEM.findall(files.read_text("Gemfile") or ""))
    return (plugins | gems) <= QUIET_PLUGINS


def _required(files: Files) -> list[str]:
    """The gems that Jekyll loads because the Gemfile has them in the group `jekyll_plugins` (plugin_manager.rb)."""
    text = files.read_text("Gemfile") or ""
    return [*(gem for group in _GROUP.findall(text) for gem in _GEM.findall(group)), *_IN_GROUP.findall(text)]


def _nested_posts(files: Files, at: str, collections_dir: str) -> bool:
    below = f"{at}{collections_dir}".rstrip("/")
    folders = [name for name, is_folder in files.names(below).items() if is_folder and name[:1] not in ("_", ".")]
    prefix = f"{below}/" if below else ""
    return any(files.names(f"{prefix}_posts").values()) or any(
        files.names(f"{prefix}{each}/_posts") for each in folders
    )


def _kramdown(data: dict[str, Any]) -> dict[str, Any]:
    options = data.get("kramdown")
    return options if isinstance(options, dict) else {}


def _gfm_ids(data: dict[str, Any]) -> bool:
    options = _kramdown(data)
    by_default = options.get("input", "GFM") == "GFM" and options.get("auto_ids", True) is True
    return data.get("markdown", "kramdown") == "kramdown" and by_default


def _switch(plugin: str) -> str:
    return plugin.removeprefix("jekyll-").replace("-", "_")


def _collections(value: object) -> dict[str, CollectionSettings]:
    if isinstance(value, list):
        return {str(name): CollectionSettings(False, None) for name in value}
    out = {}
    for name, options in (value if isinstance(value, dict) else {}).items():
        options = options if isinstance(options, dict) else {}
        permalink, output = options.get("permalink"), options.get("output")
        out[str(name)] = CollectionSettings(
            output is not None and output is not False, permalink if isinstance(permalink, str) else None
        )
    return out


def _base(data: dict[str, Any], pages: bool) -> tuple[str | None, bool]:
    """The base URL, and whether the settings give one. A whole URL stands for its path, as old blogs write it."""
    value = data.get("baseurl")
    if value is None:
        return "", False
    if not isinstance(value, str):
        return None, True
    path = re.sub(r"^(?:[a-z]+:)?//[^/]*", "", value.strip())
    return "/" + path.strip("/") if path.strip("/") else "", True


def _folder(value: object) -> str:
    """A folder as the site writes it (`./docs/`), relative to its root; the root where it is not known."""
    if not isinstance(value, str) or value.startswith("/"):
        return ""
    folder = posixpath.normpath(value)
    return "" if folder == "." or folder.startswith("..") else folder


def _source(files: Files, value: object) -> str:
    """The folder of the sources. Where it is not there, the site is built from a copy that some task makes of the folder
    that its path ends with: `.tmp/src` of `src`."""
    named = _folder(value)
    source = named
    while source and not files.names(source):
        source = source.partition("/")[2]
    return source or named


def _list(value: object) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None or value is False else [value]
