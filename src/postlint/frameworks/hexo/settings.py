"""A Hexo site's own settings: `_config.yml`, what is set for its renderer, and its plugins."""

import posixpath
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks import own_host
from postlint.frameworks.answers import Setting
from postlint.frameworks.hexo import lists
from postlint.frameworks.hexo.lists import ListSettings
from postlint.front_matter import Dialect, Fence, Node, to_data
from postlint.javascript import package_json

NEWEST = 8
CONFIGS = ("_config.yml", "_config.yaml", "_config.json")
# What hexo-renderer-marked renders, and what Hexo reads by itself.
MARKDOWN = ("md", "markdown", "mkd", "mkdn", "mdwn", "mdtxt", "mdtext")
RENDERED = (*MARKDOWN, "html", "htm", "yml", "yaml", "json", "swig", "njk")
# Plugins that look for `![](a.png)` in a post's own folder.
_ASSET_PLUGINS = ("hexo-asset-image", "hexo-asset-img", "hexo-asset-image-fix", "hexo-image-link", "hexo-asset-link")
_PREPENDING = 3
# Since hexo-renderer-marked 6.3 entities in headings are read before ids are made of them (lib/renderer.js).
_READING_ENTITIES = 7
_NUNJUCKS_RENDERERS = frozenset(("hexo-renderer-marked", "hexo-renderer-markdown-it", "hexo-renderer-kramed"))
_LISTS = (("archive", "archives"), ("category", "categories"), ("tag", "tags"))
# Plugins that make no pages besides lists of posts, feeds and site maps.
_PAGELESS = re.compile(
    r"hexo-(?:renderer-.*|server|cli|deployer-.*|util|fs|log|front-matter|wordcount.*|word-counter|abbrlink|asset-.*|"
    r"filter-.*|lazyload.*|generator-(?:index|archive|category|tag|feed|sitemap|baidu-sitemap|search|searchdb|json-content)|"
    r"blog-encrypt|related-.*|html-minifier|autonofollow|all-minifier|neat|browsersync|math|tag-.*|symbols-count-time|"
    r"list-related-posts|autoprefixer|static-math|sliding-spoiler)"
)
_FENCE_LENGTHS = range(3, 7)


def dialect(major: int) -> Dialect:
    """How Hexo finds front matter (hexo-front-matter, front_matter.js): fences of one length, of which the first may be
    left out. That is read so only where the first line looks like a key, as any text before a rule might be meant. Each
    tab that a later line begins with becomes two spaces."""
    fences = [
        Fence(
            "yaml",
            re.compile(rf"\ufeff?-{{{length}}}(?=\r?\n(?!-{{{length}}}|\r?\n-{{{length}}}))"),
            re.compile(rf"^-{{{length}}}", re.MULTILINE),
        )
        for length in _FENCE_LENGTHS
    ]
    after_blank = Fence("yaml", re.compile(r"\ufeff?\r?\n---(?=\r?\n)"), re.compile(r"^-{3,}", re.MULTILINE))
    unopened = Fence("yaml", re.compile(r"\ufeff?(?=[A-Za-z_][\w-]*:(?:[ \t]|\r?\n))"), re.compile(r"^-{3,}", re.M))
    members = Fence("json", re.compile(r"\ufeff?;{3,}\r?\n"), re.compile(r"^;{3,}", re.MULTILINE), bare=True)
    return Dialect(
        (*fences, members, after_blank, unopened),
        yaml="js-yaml-4" if major > 5 else "js-yaml-3",
        refuses_repeats=True,
        tabs_indent=True,
    )


class HexoSettings(NamedTuple):
    """`root` is the address of the site's root with a slash at its end. `zone` is `timezone`. `asset_plugin`: images
    are looked for in a post's own folder by a plugin. `marked`: Markdown is rendered by hexo-renderer-marked;
    `prepends`: it puts the root before an image's path; `post_asset`: it looks in the post's own folder first.
    `counts_up`: headings have the ids of hexo-renderer-markdown-it, a repeated one with `-2` at its end.
    `keys` are front-matter keys that a plugin fills in by itself. `lists` are the folders of addresses that list posts.
    `closed`: neither plugins nor scripts make pages. `anchor_case`: see `slugize`. `blank_targets`: the renderer takes
    addresses with blanks in them, as kramed does, and marked before its version 0.4; or a plugin makes tags of them.
    `nunjucks`: what renders Markdown is known to leave tags to Nunjucks. `entities`: ids are made of the headings' HTML,
    in which `&` is `&amp;`."""

    major: int = NEWEST
    source: str = "source"
    permalink: str = ":year/:month/:day/:title/"
    defaults: Mapping[str, Any] = {}
    new_post_name: str = ":title.md"
    root: str | None = "/"
    asset_folder: bool = False
    asset_plugin: bool = False
    marked: bool = True
    prepends: bool = True
    post_asset: bool = False
    zone: str = ""
    future: bool = True
    drafts: bool = False
    skip: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    filename_case: int = 0
    default_category: str = "uncategorized"
    category_map: Mapping[str, Any] = {}
    trailing_html: bool = True
    trailing_index: bool = True
    themes: tuple[str, ...] = ()
    theme_is_here: bool = True
    keys: frozenset[str] = frozenset()
    aliases: bool = False
    lists: frozenset[str] = frozenset(("archives", "categories", "tags"))
    closed: bool = False
    anchor_case: int = 0
    counts_up: bool = False
    blank_targets: bool = False
    nunjucks: bool = True
    entities: bool = False
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None
    made: ListSettings = ListSettings()


def read(files: Files) -> HexoSettings:
    """The settings of the site at `files.root`; the defaults for what is not set."""
    name = next((name for name in CONFIGS if files.is_file(name)), None)
    data = _data(files.read_text(name) or "") if name else {}
    packages = package_json.read(files)
    known = package_json.major(files, packages, "hexo")
    plugins = packages.ranges
    marked = data.get("marked")
    marked = marked if isinstance(marked, dict) else {}
    url = data.get("url")
    pretty = data.get("pretty_urls")
    pretty = pretty if isinstance(pretty, dict) else {}
    theme = data.get("theme")
    here = isinstance(theme, str) and bool(theme)
    source = data.get("source_dir")
    new_name = data.get("new_post_name")
    permalink = data.get("permalink")
    filename_case = data.get("filename_case")
    renderers = [
        plugin
        for plugin in plugins
        if plugin.startswith("hexo-renderer-") and re.search(r"mark|pandoc|kram|md", plugin)
    ]
    old_marked = (
        renderers == ["hexo-renderer-marked"] and (package_json.major(files, packages, *renderers) or (1,))[0] < 1
    )
    # Before hexo-renderer-marked 3 images stay as they are (index.js of 2.0.0: "enable prependRoot by default in v3").
    version = package_json.major(files, packages, "hexo-renderer-marked")
    keeps = version is not None and version[0] < _PREPENDING
    markdown = _mapping(data.get("markdown"))
    anchors = _mapping(markdown.get("anchors"))
    plain = isinstance(markdown.get("anchors", {}), dict) and "plugins" not in markdown
    plain = plain and not anchors.keys() & {"collisionSuffix", "separator"}
    counts_up = plain and renderers == ["hexo-renderer-markdown-it"]
    settings = HexoSettings(
        known[0] if known else NEWEST,
        posixpath.normpath(source).strip("/") if isinstance(source, str) and source.strip("./") else "source",
        permalink if isinstance(permalink, str) and permalink else HexoSettings().permalink,
        _mapping(data.get("permalink_defaults")),
        new_name if isinstance(new_name, str) and new_name else ":title.md",
        _root(data.get("root"), url),
        data.get("post_asset_folder") is True,
        any(plugin in plugins for plugin in _ASSET_PLUGINS),
        not renderers or renderers == ["hexo-renderer-marked"],
        marked.get("prependRoot", not keeps) is not False and data.get("relative_link") is not True,
        marked.get("postAsset") is True,
        data["timezone"] if isinstance(data.get("timezone"), str) else "",
        data.get("future", True) is not False,
        data.get("render_drafts") is True,
        _texts(data.get("skip_render")),
        _texts(data.get("include")),
        _texts(data.get("exclude")),
        _texts(data.get("ignore")),
        filename_case if filename_case in (1, 2) else 0,
        str(data.get("default_category") or "uncategorized"),
        _mapping(data.get("category_map")),
        pretty.get("trailing_html", True) is not False,
        pretty.get("trailing_index", True) is not False,
        (f"themes/{theme if here else 'landscape'}/source",) if here or "theme" not in data else (),
        not theme or (here and files.find_folder(f"themes/{theme}").status == "ok"),
        frozenset(key for key in ("abbrlink", "urlname") if any(key in plugin for plugin in plugins))
        | (frozenset(("abbrlink",)) if "hexo-permalink" in " ".join(plugins) else frozenset()),
        any("alias" in plugin for plugin in plugins),
        frozenset(str(data.get(f"{kind}_dir") or each).strip("/") for kind, each in _LISTS),
        _closed(files, plugins, str(theme) if here else ""),
        _anchor_case(anchors.get("case") if counts_up else marked.get("modifyAnchors")),
        counts_up,
        renderers == ["hexo-renderer-kramed"] or old_marked or "hexo-image-link" in plugins,
        set(renderers) <= _NUNJUCKS_RENDERERS
        and not any(_mapping(data.get(key)).get("disableNunjucks") for key in ("marked", "markdown")),
        version is not None and version[0] < _READING_ENTITIES,
    )
    reported = [Setting("hexo", settings.major, known[1] if known else "assumed")]
    for key, value in (
        ("source_dir", settings.source),
        ("permalink", settings.permalink),
        ("root", settings.root or "unreadable"),
        ("post_asset_folder", settings.asset_folder),
        ("timezone", settings.zone),
    ):
        reported.append(Setting(key, value, name if name and key in data else "assumed"))
    domains = own_host.domains(files, (settings.source,) if settings.root == "/" else ())
    return settings._replace(
        reported=tuple(reported),
        home=own_host.home(url, settings.root, domains=domains),
        made=lists.read(data, plugins),
    )


def _anchor_case(value: object) -> int:
    return value if isinstance(value, int) and value in (1, 2) else 0


def _closed(files: Files, plugins: Mapping[str, Any], theme: str) -> bool:
    makers = {name for name in plugins if name.startswith("hexo-") and not _PAGELESS.fullmatch(name)}
    scripts = files.names("scripts") or files.names(f"themes/{theme}/scripts")
    theme_is_here = bool(theme) and files.find_folder(f"themes/{theme}").status == "ok"
    return not makers and not scripts and theme_is_here


def _data(text: str) -> dict[str, Any]:
    from postlint.front_matter import yaml

    # Hexo reads its settings as it reads front matter (hexo-front-matter, escape): tabs that begin a line are blanks.
    text = re.sub(r"^\t+", lambda tabs: "  " * len(tabs[0]), text, flags=re.MULTILINE)
    root = yaml.parse(text, 0, "js-yaml-4")
    data = to_data(root) if isinstance(root, Node) else None
    return data if isinstance(data, dict) else {}


def _mapping(value: object) -> dict[str, Any]:
    return {str(key): each for key, each in value.items()} if isinstance(value, dict) else {}


def _texts(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    return tuple(each for each in listed if isinstance(each, str) and each)


def _root(value: object, url: object) -> str | None:
    """The setting `root`, else the path of `url`."""
    if value is None:
        path = re.sub(r"^[a-z]+://[^/]*", "", url) if isinstance(url, str) else ""
        return f"/{path.strip('/')}/" if path.strip("/") else "/"
    if not isinstance(value, str):
        return None
    return f"/{value.strip('/')}/" if value.strip("/") else "/"
