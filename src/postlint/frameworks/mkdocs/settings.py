"""A MkDocs site's own settings, as they stand in `mkdocs.yml` and the file that it inherits from."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.files.globs import matches
from postlint.frameworks import own_host
from postlint.frameworks._shared import mkdocs_plugins, site_settings
from postlint.frameworks.answers import Setting

_BLOG = ("blog", "material/blog")
_WAY_UP = re.compile(r"(?:\.\.?/)+")
# Plugins that move pages, or make pages and files that lie nowhere.
_MOVING = frozenset(("i18n", "static-i18n", "monorepo", "multirepo", "simple", "same-dir", "mkdocs-simple"))
_MAKING = _MOVING | {"gen-files", "macros", "kroki", "drawio", "drawio-exporter", "include-markdown", "mkdocstrings"}

_PAGELESS = frozenset(
    (
        *("search", "tags", "blog", "meta", "social", "privacy", "offline", "optimize", "group", "info", "typeset"),
        *("git-revision-date", "git-revision-date-localized", "git-committers", "git-authors", "minify", "glightbox"),
        *("awesome-pages", "awesome-nav", "literate-nav", "section-index", "rss", "autorefs", "table-reader"),
        *("exclude", "exclude-search", "tooltips", "open-in-new-tab", "charts", "panzoom", "img2fig", "swagger-ui-tag"),
    )
)


class Blog(NamedTuple):
    """One instance of Material's blog. `folder` is where its addresses begin, `posts` the text that the paths of its
    posts begin with; both are relative to the folder of the docs. `slugs` is False where code makes them. `separator`
    must stand in each post, where that is asked for. `authors` is the file of authors, in the docs; None: it isn't read.
    `separators` stand in slugs of posts, and of categories. `archive`, `category` and `page` are where pages of years, of
    categories and pages after the first one are, None if there are none; `per_page` is the number of posts a page."""

    folder: str = "blog"
    posts: str = "blog/posts"
    url: str = "{date}/{slug}"
    date: str = "yyyy/MM/dd"
    categories: int = 1
    allowed: tuple[str, ...] = ()
    slugs: bool = True
    future: bool = False
    separator: str | None = None
    authors: str | None = "blog/.authors.yml"
    separators: tuple[str, str] = ("-", "-")
    archive: str | None = "archive/{date}"
    category: str | None = "category/{slug}"
    page: str = "page/{page}"
    per_page: int = 10


class MkDocsSettings(NamedTuple):
    """`docs` is None if the folder lies outside the root. `base` is the path of `site_url` (empty: the host's
    root), None if it isn't set. `absolute`: `/x` is looked for in the docs. `excluded` and `kept` are globs of what
    `exclude_docs` leaves out, and of what it takes back, `drafts` of what `draft_docs`
    keeps from the build. `moving` and `making`: plugins move
    pages, or make files. `tags`, `meta`: Material's plugins of these names are on. `closed`: no plugin makes pages, as far
    as is known. `anchored`: headings have the ids of Python-Markdown's own `toc`, and no other file adds headings.
    `one_of_many`: it inherits from the site beside it, and one host serves both. `versioned`: each version is served from
    a folder of its own, beside those of the others. `completed`: plugins, hooks or snippets may define labels
    of links. `unproved` are patterns of relative links that the plugin htmlproofer is to ignore, such as those to pages
    that the deployment makes, without the way up at their start."""

    docs: str | None = "docs"
    base: str | None = None
    directories: bool = True
    absolute: bool = False
    excluded: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    blogs: tuple[Blog, ...] = ()
    moving: bool = False
    making: bool = False
    tags: bool = False
    meta: bool = False
    closed: bool = False
    anchored: bool = True
    html: bool = False
    math: bool = False
    templates: bool = False
    one_of_many: bool = False
    others: tuple[str, ...] = ()
    language: str = "en"
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None
    versioned: bool = False
    completed: bool = False
    unproved: tuple[str, ...] = ()


def read(files: Files, name: str | None) -> MkDocsSettings:
    """The settings in the configuration file `name`; the defaults for what is not set."""
    config = _inherited(files, name, 0) if name else None
    origin = name or "assumed"
    if config is None:
        return MkDocsSettings(reported=(Setting("mkdocs.yml", "unreadable", origin),))
    docs = config.get("docs_dir", "docs")
    folder = posixpath.normpath(docs) if isinstance(docs, str) and docs and not docs.startswith("/") else None
    url = config.get("site_url")
    base = re.match(r"https?://[^/]+(/.*)?$", url) if isinstance(url, str) else None
    plugins = list(mkdocs_plugins.plugins(config.get("plugins")))
    names = {each for each, _ in plugins}
    short = {each.rpartition("/")[2] for each in names}
    links = site_settings.table(site_settings.table(config, "validation"), "links")
    absolute = links.get("absolute_links", site_settings.table(config, "validation").get("absolute_links"))
    extensions = dict(mkdocs_plugins.plugins(config.get("markdown_extensions")))
    toc = extensions.get("toc", extensions.get("markdown.extensions.toc", {}))
    theme = config.get("theme")
    language = theme.get("language", "en") if isinstance(theme, dict) else "en"
    blogs = tuple(_blog(options) for each, options in plugins if each in _BLOG and options.get("enabled") is not False)
    hooks = bool(config.get("hooks"))
    return MkDocsSettings(
        None if folder is None or folder.startswith("..") else folder,
        (base[1] or "").rstrip("/") if base else None,
        config.get("use_directory_urls") is not False,
        absolute == "relative_to_docs",
        tuple(_ignored(config.get("exclude_docs"), False)),
        tuple(_ignored(config.get("exclude_docs"), True)),
        tuple(_ignored(config.get("draft_docs"), False)),
        blogs,
        bool(_MOVING & short),
        bool(_MAKING & short) or hooks,
        "tags" in short,
        "meta" in short,
        not hooks and short <= _PAGELESS,
        "slugify" not in toc
        and not hooks
        and not (_MAKING & short)
        and not any("snippets" in each for each in extensions),
        "md_in_html" in extensions,
        any("arithmatex" in each or "mdx_math" in each for each in extensions),
        bool({"macros", "jinja2", "markdownextradata"} & short),
        config.get("INHERIT") is not None,
        tuple(_alternates(config)),
        language if isinstance(language, str) else "",
        (
            Setting("docs_dir", docs, origin if "docs_dir" in config else "assumed"),
            Setting("site_url", url, origin if "site_url" in config else "assumed"),
            Setting("use_directory_urls", config.get("use_directory_urls", True), origin),
            Setting("plugins", sorted(names), origin if plugins else "assumed"),
            *(Setting("blog", blog.posts, origin) for blog in blogs),
        ),
        own_host.home(url, base[1] or "") if base else None,
        # mike puts each version into a folder of its own (`extra.version` of Material).
        "mike" in short or bool(site_settings.table(config, "extra").get("version")),
        hooks or not short <= _PAGELESS - {"autorefs"} or any("snippets" in each for each in extensions),
        tuple(_unproved(plugins)),
    )


def _unproved(plugins: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """`ignore_urls` of mkdocs-htmlproofer-plugin (1.3), which compares them with `fnmatch`."""
    for name, options in plugins:
        listed = options.get("ignore_urls") if name == "htmlproofer" else None
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, str) and "://" not in each and (pattern := without_way_up(each)).strip("*/"):
                yield pattern


def without_way_up(link: str) -> str:
    """A relative link without the `./` and `../` at its start."""
    return link[found.end() :] if (found := _WAY_UP.match(link)) else link


def _alternates(config: dict[str, Any]) -> Iterator[str]:
    """The addresses of the same site in other languages, which other builds serve (`extra.alternate` of Material)."""
    listed = site_settings.table(config, "extra").get("alternate")
    for each in listed if isinstance(listed, list) else ():
        link = each.get("link") if isinstance(each, dict) else None
        if isinstance(link, str) and re.fullmatch(r"/[^/]+(?:/[^/]+)*/?", link):
            yield link.rstrip("/")


def _inherited(files: Files, name: str, depth: int) -> dict[str, Any] | None:
    """The settings in `name` over those of the file that it names under `INHERIT`, which stays where that lies outside
    of the site."""
    config = site_settings.read(files, name)
    if config is None:
        return None
    parent = config.get("INHERIT")
    if isinstance(parent, str) and depth < 8:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), parent))
        if path.startswith(".."):
            return config
        config.pop("INHERIT")
        if below := _inherited(files, path, depth + 1):
            return _merged(below, config)
    return config


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    out = dict(below)
    for key, value in above.items():
        mine = out.get(key)
        out[key] = _merged(mine, value) if isinstance(mine, dict) and isinstance(value, dict) else value
    return out


def _blog(options: dict[str, Any]) -> Blog:
    def text(key: str, default: str) -> str:
        value = options.get(key)
        return value if isinstance(value, str) else default

    folder = text("blog_dir", "blog")
    posts = posixpath.normpath(text("post_dir", "{blog}/posts").replace("{blog}", folder))
    most = options.get("post_url_max_categories", 1)
    plain = all(
        options.get(key) in (None, {"kwds": {"case": "lower"}}) for key in ("post_slugify", "categories_slugify")
    )
    return Blog(
        posixpath.normpath(folder),
        posts,
        text("post_url_format", "{date}/{slug}"),
        text("post_url_date_format", "yyyy/MM/dd"),
        most if isinstance(most, int) else 1,
        tuple(each for each in options.get("categories_allowed") or () if isinstance(each, str)),
        plain,
        options.get("draft_if_future_date") is True,
        text("post_excerpt_separator", "<!-- more -->") if options.get("post_excerpt") == "required" else None,
        posixpath.normpath(text("authors_file", "{blog}/.authors.yml").replace("{blog}", folder))
        if options.get("authors", True) is True
        else None,
        (text("post_slugify_separator", "-"), text("categories_slugify_separator", "-")),
        *_lists(options),
    )


def _lists(options: dict[str, Any]) -> tuple[str | None, str | None, str, int]:
    archive = options.get("archive_url_format", "archive/{date}")
    category = options.get("categories_url_format", "category/{slug}")
    page, per_page = options.get("pagination_url_format", "page/{page}"), options.get("pagination_per_page", 10)
    of_years = options.get("archive", True) is True and options.get("archive_url_date_format", "yyyy") == "yyyy"
    own_sizes = any(
        f"{kind}_pagination{more}" in options for kind in ("archive", "categories") for more in ("", "_per_page")
    )
    paged = options.get("pagination", True) is True and isinstance(per_page, int) and not own_sizes
    return (
        archive if of_years and isinstance(archive, str) else None,
        category if options.get("categories", True) is True and isinstance(category, str) else None,
        page if isinstance(page, str) else "",
        per_page if paged and isinstance(page, str) and "{page}" in page else 0,
    )


def _ignored(text: Any, kept: bool) -> Iterator[str]:
    """Globs for the lines of a `.gitignore` that leave out; with `kept` for those that take back what none below leaves
    out again."""
    lines = [line.strip() for line in text.splitlines()] if isinstance(text, str) else []
    lines = [line for line in lines if line and not line.startswith("#")]
    for number, line in enumerate(lines):
        if line.startswith("!") != kept:
            continue
        globs = tuple(_globs(line.removeprefix("!")))
        below = tuple(glob for each in lines[number + 1 :] if not each.startswith("!") for glob in _globs(each))
        if not (kept and matches(line.strip("!/"), below)):
            yield from globs


def _globs(line: str) -> Iterator[str]:
    pattern = line.strip("/")
    start = "" if "/" in line.rstrip("/") else "**/"
    yield f"{start}{pattern}/**"
    if not line.endswith("/"):
        yield f"{start}{pattern}"
