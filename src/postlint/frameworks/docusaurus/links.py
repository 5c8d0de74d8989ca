"""Where the links of a Docusaurus site's posts lead: to source files, to files that are taken along, or to addresses.

Sources: packages @docusaurus/mdx-loader, @docusaurus/utils and @docusaurus/core (3.10).
"""

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from postlint.files.endings import DOWNLOAD_ENDINGS
from postlint.files.files import Files
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Target, Where, is_external
from postlint.frameworks.docusaurus.addresses import DocusaurusAddresses
from postlint.frameworks.docusaurus.settings import Content, DocusaurusSettings
from postlint.frameworks.web import EXTENSION, absolute, clean

_PATHNAME = "pathname://"
_TEMPLATE = ("{", "${")
_SOURCES = (".md", ".mdx")
_PAGES = ("js", "jsx", "ts", "tsx")
_IN_HTML = "Docusaurus does not turn paths in HTML into addresses; write `[…](path)`, or the address"
# What the blog makes besides its posts.
_SEARCH = "search"
_LIST = re.compile(r"/(?:tags|page|archive|authors)(?:/|$)|/(?:rss|atom|feed)\.\w+$|^/?$")


class DocusaurusLinks:
    """The links of one site's posts."""

    def __init__(self, site: DocusaurusSettings, addresses: DocusaurusAddresses, files: Files | None) -> None:
        self._site = site
        self._files = files
        self._addresses = addresses
        routes = [content.route for content in site.contents if content.kind == "blog" and content.route]
        self._blogs = tuple(f"{route}/" for route in dict.fromkeys(routes))
        others = [content.route for content in site.contents if content.kind == "docs" and content.route is not None]
        self._docs = tuple(f"{route}/" for route in dict.fromkeys(others))
        made = [content.route for content in site.contents if content.absent and content.route is not None]
        self._made = tuple(f"{route}/" for route in dict.fromkeys(made))
        self._pages = tuple(content.folder for content in site.contents if content.kind == "pages")

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where) -> Target:
        if target.startswith(_PATHNAME):
            return UNKNOWN
        if is_external(target):
            return EXTERNAL
        form = clean(target)
        if not form or where == "import" or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        if where in ("markdown", "reference"):
            if form.endswith((".md", ".mdx")):
                return self._source(path, form)
            if EXTENSION.search(form) and not form.endswith((".html", ".htm")):
                return self._asset(path, data, form)
        elif form.endswith(_SOURCES) and not form.startswith("/") and where == "html":
            return Target("missing", note=_IN_HTML)
        if form.startswith("@site/") or self._site.base is None:
            return UNKNOWN
        if form.startswith("/"):
            return self._address(form, where in ("markdown", "reference"), self._addresses.content(path))
        own = self._addresses.address(path, data)
        if not own.addresses:
            return UNKNOWN
        found = self._address(absolute(own.addresses[0], form), False)
        # Whether the page's own address ends in a slash is also up to the host, unless the settings say it.
        if self._site.slash is None or found.status != "files":
            return found
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        return found._replace(certain=any(self._has(f"{beside}{ending}") for ending in _SOURCES))

    def _has(self, path: str) -> bool:
        return self._files is not None and not path.startswith("..") and self._files.is_file(path)

    def _source(self, path: str, form: str) -> Target:
        """A file of the same plugin: `./` beside the post, `/` in the folder of posts or the site, else in any of them."""
        if form.startswith("@site/"):
            return self._inside(self._site.at + form[len("@site/") :])
        content = self._addresses.content(path) or self._addresses.around(path)
        folder = posixpath.dirname(path)
        if content is None:
            return UNKNOWN
        folders = [content.folder, content.original] if content.original else [content.folder]
        own = [folder]
        if content.original:
            own.append(content.original + folder[len(content.folder) :])
        if form.startswith("/"):
            starts, form = [*folders, self._site.at], form[1:]
        else:
            starts = own if form.startswith(".") else [*own, *folders, self._site.at]
        paths = (posixpath.join(start, form) for start in starts)
        return self._inside(*paths, certain=not self._site.changes_markdown)

    def _asset(self, path: str, data: Mapping[str, Any], form: str) -> Target:
        """A file that is taken along where it is there; else the address stays as it is."""
        site, certain = self._site, form.lower().endswith(DOWNLOAD_ENDINGS)
        if form.startswith("@site/"):
            return self._inside(site.at + form[len("@site/") :])
        if not site.static:
            return UNKNOWN
        if form.startswith("/"):
            base = site.base or "/"
            below = form[len(base) - 1 :] if form.startswith(base) else form
            found = self._inside(*(folder + below for folder in site.static), certain=certain)
            return found if certain or found.status != "files" else Target("unknown", found.paths, address=form)
        paths = [posixpath.join(posixpath.dirname(path), form)]
        own = self._addresses.address(path, data).addresses
        if own and site.base:
            asked = absolute(own[0], form)
            paths += [folder + asked[len(site.base) - 1 :] for folder in site.static if asked.startswith(site.base)]
        return self._inside(*paths, certain=certain)

    def _address(self, form: str, below_base: bool, content: Content | None = None) -> Target:
        """An address of the site, which a link in a post of `content` shows. Of those that plugins answer, only the blog's
        posts are all known."""
        site, base = self._site, self._site.base or "/"
        if below_base and content:
            # Each language is built as a site of its own, whose base has the language in it.
            base += content.prefix
        if below_base and not form.startswith(base):
            form = base + form[1:]
        if not form.startswith(base):
            return UNKNOWN
        below = posixpath.normpath(form[len(base) :])
        if below.startswith("."):
            return UNKNOWN
        certain = below_base and self._is_of_no_plugin(form, below)
        for route in self._blogs:
            if f"{form}/".startswith(route):
                if _LIST.search(form[len(route) - 1 :]):
                    return Target("unknown", address=form)
                certain = below_base and site.closed and len(route) > len(base)
                break
        else:
            if f"{form}/".startswith(self._made):
                return Target("unknown", address=form)
        names = (f"{folder}/{below}{end}" for folder in self._pages for end in ("", "/index"))
        paths = [f"{name}.{ending}" for name in names for ending in _PAGES]
        for folder in site.static:
            paths += [f"{folder}/{below}", f"{folder}/{below}.html", f"{folder}/{below}/index.html"]
        inside = tuple(path for path in map(posixpath.normpath, paths) if not path.startswith(".."))
        return Target("files", inside, certain, None, form)

    def _is_of_no_plugin(self, form: str, below: str) -> bool:
        """Whether only pages of the site's own can have the address `form`, which is `below` its base."""
        if not self._site.whole or below == _SEARCH or (EXTENSION.search(below) and not below.endswith(".html")):
            return False
        return not f"{form}/".startswith((*self._blogs, *self._docs))

    def _inside(self, *paths: str, certain: bool = True) -> Target:
        """`paths`; not to be judged where one of them leads out of the root."""
        found = tuple(dict.fromkeys(posixpath.normpath(path) for path in paths))
        if not found or any(path.startswith("..") for path in found):
            return UNKNOWN
        return Target("files", found, certain)
