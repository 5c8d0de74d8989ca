"""Where the links of a MkDocs site's pages lead: to source files, which become addresses, or to addresses as they are.

Sources: mkdocs/structure/pages.py (1.6), mkdocs-material's plugins/blog (9.7); builds with them.
"""

import posixpath
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any

from postlint.files.endings import DOWNLOAD_ENDINGS
from postlint.frameworks import web
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Target, Where, is_external
from postlint.frameworks.mkdocs.pages import MkDocsPages
from postlint.frameworks.mkdocs.settings import MkDocsSettings, without_way_up
from postlint.frameworks.web import EXTENSION, absolute, clean

_TEMPLATE = ("{{", "{%")
_PAGES = (".html", ".htm")
_SOURCES = (".md", ".markdown", ".mdown", ".mkd", ".mkdn")
_ROOTED = "MkDocs leaves a link that begins with `/` as it is; write the file's path relative to this one"
_IN_HTML = "MkDocs does not turn paths in HTML into addresses; write `[…](path)`, or the address"
_AS_IT_IS = "MkDocs changes only links to source files; write the path of the `.md` file"


class MkDocsLinks:
    """The links of one site's pages."""

    def __init__(self, site: MkDocsSettings, pages: MkDocsPages) -> None:
        self._site = site
        self._pages = pages
        self._at = "" if site.docs in (None, ".") else f"{site.docs}/"
        # What lies above the root is another site, or another version of this one.
        self._below_others = site.base != "" or site.versioned

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        site, form = self._site, clean(target)
        if not form or site.docs is None or site.moving or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        if (
            where not in ("markdown", "reference", "html")
            or not path.startswith(self._at)
            or self._pages.is_piece(path)
        ):
            return UNKNOWN
        if any(fnmatchcase(without_way_up(form), pattern) for pattern in site.unproved):
            return UNKNOWN
        # `posixpath.normpath` takes the slash off (structure/pages.py, `_path_to_url`).
        if form.endswith("/") and form.rstrip("/").endswith(_SOURCES):
            form = form.rstrip("/")
        written = where == "html"
        if form.startswith("/"):
            if site.absolute and not written:
                return Target("files", (self._at + form[1:],), False)
            if form.endswith(_SOURCES):
                return Target("missing", note=_ROOTED) if site.closed else UNKNOWN
            # Without `site_url` the folder of the host that holds the site is not known.
            if not form.startswith(f"{site.base or ''}/"):
                return UNKNOWN
            if any(f"{form}/".startswith(f"{other}/") for other in site.others):
                return UNKNOWN
            return self._address(form[len(site.base or "") :], site.base is not None)
        if not written and EXTENSION.search(form) and not form.endswith(_PAGES):
            return self._source(path, form)
        if written and form.endswith(_SOURCES):
            return Target("missing", note=_IN_HTML) if site.closed and not site.html else UNKNOWN
        own = self._pages.place(path, data)
        if own is None or (self._below_others and web.leaves(own, form)):
            return UNKNOWN
        found = self._address(absolute(own, form), not written)
        if found.status == "files" and not written:
            if form.endswith("/"):
                return found._replace(note=_AS_IT_IS)
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
            return found._replace(paths=(beside, *found.paths), note=_AS_IT_IS)
        return found

    def _source(self, path: str, form: str) -> Target:
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        if beside.startswith(".."):
            return UNKNOWN
        below = beside[len(self._at) :]
        # The blog makes pages of its own, for categories and years.
        made = form.endswith(_SOURCES) and any(below.startswith(f"{blog.folder}/") for blog in self._site.blogs)
        # Of a site in several languages, a script may take along the pages that are not translated.
        return Target("files", (beside,), not (self._site.making or self._site.one_of_many or made))

    def _address(self, asked: str, certain: bool) -> Target:
        site = self._site
        for blog in site.blogs:
            if blog.folder == "." or f"{asked}/".startswith(f"/{blog.folder}/"):
                return Target("unknown", address=asked)
        if EXTENSION.search(asked) and not asked.lower().endswith((*_PAGES, *DOWNLOAD_ENDINGS)):
            certain = False
        return web.page(asked, (self._at.rstrip("/"),), certain=certain and site.closed)
