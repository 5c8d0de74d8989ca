"""A Gatsby site's own settings, as far as they stand literally in `gatsby-config.*` and `gatsby-node.*`.

Sources: packages gatsby (5.16), gatsby-source-filesystem, gatsby-plugin-mdx, gatsby-starter-blog.
"""

import posixpath
import re
from typing import Literal, NamedTuple

from postlint.files.files import Files
from postlint.frameworks import own_host
from postlint.frameworks._shared import config_files, reading_code
from postlint.frameworks.answers import Setting
from postlint.javascript import package_json
from postlint.javascript.literals import parse_module

_NODES = tuple(f"gatsby-node.{ending}" for ending in config_files.SCRIPTS)
HABITS = ("content/blog", "content/posts", "content", "src/content", "src/posts", "posts", "blog", "src/pages")
"""Where the posts of Gatsby blogs lie by custom."""
_FILESYSTEM = re.compile(r"['\"`]gatsby-source-filesystem['\"`]")
_PATH = re.compile(r"\bpath:\s*((?:[\w.]+\([^()\n]{0,200}\)|(?:\$\{[^}\n]{0,40}\}|[^,}\n$]){1,200}))")
_LITERAL = re.compile(r"['\"`]([^'\"`\n]*)['\"`]")
_ROOT = re.compile(r"\$\{(?:__dirname|process\.cwd\(\))\}")
_EXTENSIONS = re.compile(r"\bextensions:\s*\[([^\]\n]{0,200})\]")
_FIELD_PAGE = re.compile(r"\bpath:\s*[\w.?]{0,80}\bfrontmatter\??\.(slug|path|permalink)\b(?!\s*[+?|)])")
_FILE_PAGE = re.compile(r"\bpath:\s*[\w.?]{0,80}\bfields\??\.slug\b(?!\s*[+?|)])")
_FILE_PATH = re.compile(
    r"\b(\w{1,80})\s*=\s*createFilePath\(\{\s*node,\s*getNode,?\s*(?:trailingSlash:\s*true,?\s*)?\}\)"
)
_COMMENT = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
_PLUGIN = re.compile(r"\bgatsby-[\w-]+")
Slash = Literal["always", "never", "ignore"]


class GatsbySettings(NamedTuple):
    """`sources`: the folders with posts. `pages`: what the addresses are, where `gatsby-node` says so literally: that
    field of the front matter, or, for `file`, the path of the file; None if code decides. `plugins`: every plugin that
    the configuration names. `markdown_is_mdx`: files `.md` are read as MDX, too. `slugs`: headings
    have ids as github-slugger makes them."""

    sources: tuple[str, ...] = ()
    pages: str | None = None
    slash: Slash = "always"
    plugins: frozenset[str] = frozenset()
    markdown_is_mdx: bool = False
    slugs: bool = False
    reported: tuple[Setting, ...] = ()
    home: own_host.Home | None = None


def read(files: Files, name: str | None) -> GatsbySettings:
    """The settings in the file `name`, and in `gatsby-node` beside it."""
    node = config_files.first(files, _NODES)
    text, code = _code(files, name), _code(files, node)
    named = [folder for folder in _sources(text) if reading_code.holds_markdown(files, folder)]
    sources = named or [folder for folder in HABITS if reading_code.holds_markdown(files, folder)]
    pages = _pages(code)
    slash, origin = _slash(files, text)
    extensions = _EXTENSIONS.search(text) if "gatsby-plugin-mdx" in text else None
    return GatsbySettings(
        tuple(sorted(dict.fromkeys(sources), key=lambda folder: -folder.count("/"))),
        pages,
        slash,
        frozenset(_PLUGIN.findall(text)),
        bool(extensions and re.search(r"['\"`]\.md['\"`]", extensions[1])),
        "gatsby-remark-autolink-headers" in text and "removeAccents" not in text and "maintainCase" not in text,
        (
            Setting("posts in", sources, (name or "assumed") if named else "assumed"),
            Setting("addresses made of", pages or "unreadable", (node or "assumed") if pages else "assumed"),
            Setting("trailingSlash", slash, origin),
        ),
        _home(text),
    )


def _home(text: str) -> own_host.Home | None:
    """Where `siteMetadata` says that the site is served."""
    config = parse_module(text).config
    metadata, prefix = config.get("siteMetadata"), config.get("pathPrefix", "")
    url = metadata.get("siteUrl") if isinstance(metadata, dict) else None
    return own_host.home(url, f"/{prefix.strip('/')}" if isinstance(prefix, str) else None, adds_base=True)


def _code(files: Files, name: str | None) -> str:
    """The module `name` without the lines that are comments."""
    return _COMMENT.sub("", (files.read_text(name) if name else None) or "")


def _sources(text: str) -> list[str]:
    """The folders of gatsby-source-filesystem, which mostly stand in expressions with `__dirname`."""
    out = []
    for plugin in _FILESYSTEM.finditer(text):
        found = _PATH.search(text, plugin.end(), plugin.end() + 600)
        if found is None:
            continue
        parts = [_ROOT.sub("", part).strip("/") for part in _LITERAL.findall(found[1])]
        # Folders whose names are put together in a loop lie below one whose name is not.
        literal, varies, _ = "/".join(part for part in parts if part).partition("${")
        folder = posixpath.normpath((literal.rpartition("/")[0] if varies else literal) or ".")
        if folder != "." and not folder.startswith(".."):
            out.append(folder)
    return out


def _pages(code: str) -> str | None:
    """What `createPage` makes addresses of: a field, or, as the starters have it, the file's path (`file`)."""
    fields = {found[1] for found in _FIELD_PAGE.finditer(code)}
    by_file = _FILE_PAGE.search(code)
    if len(fields) == 1 and not by_file:
        return fields.pop()
    made = _FILE_PATH.search(code)
    if fields or not (by_file and made) or "frontmatter.slug" in code or "frontmatter.path" in code:
        return None
    field = re.search(
        rf"createNodeField\(\{{[^}}]{{0,200}}?(?:,|(?<!\$)\{{)\s*value(?:\s*:\s*{made[1]})?\s*[,}}]", code
    )
    return "file" if field else None


def _slash(files: Files, text: str) -> tuple[Slash, str]:
    value = parse_module(text).config.get("trailingSlash")
    if value in ("always", "never", "ignore"):
        return value, "the configuration"
    version = package_json.major(files, package_json.read(files), "gatsby")
    return ("ignore" if version and version[0] < 5 else "always"), "assumed"
