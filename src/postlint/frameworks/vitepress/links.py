"""Where the links of a VitePress site's pages lead, as its build's check for dead links looks for them.

Sources: vitepress (1.6), src/node/markdownToVue.ts and src/node/markdown/plugins/link.ts.
"""

import posixpath

from postlint.files.endings import DOWNLOAD_ENDINGS
from postlint.frameworks import web
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Target, Where, is_external
from postlint.frameworks.vitepress.images import VitePressPages
from postlint.frameworks.vitepress.settings import VitePressSettings
from postlint.frameworks.web import EXTENSION, absolute, clean

_TEMPLATE = ("{{", "${", "<%")
# Endings of files; a link with any other ending is one to a page (package vitepress, 1.0 and 1.6, `treatAsHtml`).
_FILES = frozenset(
    (
        "3g2 3gp aac ai apng au avif bin bmp cer class conf crl css csv dll doc eps epub exe gif gz ics ief jar jpe jpeg"
        " jpg js json jsonld m4a man mid midi mjs mov mp2 mp3 mp4 mpe mpeg mpg mpp oga ogg ogv ogx opus otf p10 p7c p7m"
        " p7s pdf png ps qt roff rtf rtx ser svg t tif tiff tr ts tsv ttf txt vtt wav weba webm webp woff woff2 xhtml xml"
        " yaml yml zip"
    ).split()
)
_JUDGED = ("markdown", "reference", "html", "field")
_AS_IT_IS = "VitePress does not turn paths in HTML into addresses; write the address"


class VitePressLinks:
    """The links of one site's pages: written without the base, and relative to where `rewrites` put the page."""

    def __init__(self, site: VitePressSettings, pages: VitePressPages) -> None:
        self._site = site
        self._pages = pages
        self._at = f"{site.source}/" if site.source else ""

    def link(self, path: str, target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        site, form = self._site, clean(target)
        if not form or site.source is None or site.rewrites is None or not path.startswith(self._at):
            return UNKNOWN
        if any(mark in target for mark in _TEMPLATE) or where not in _JUDGED:
            return UNKNOWN
        if where == "html":
            return self._written(path, form)
        if where == "field" and not form.startswith(("/", ".")):
            form = f"/{form}"  # normalizeLink in theme-default/support/utils.ts
        page = form.removesuffix(".md").removesuffix(".html")
        note = None
        if page == form and EXTENSION.search(form):
            ending = form.rpartition(".")[2].lower()
            if ending in _FILES:
                return self._file(path, form, form.startswith("/"))
            note = f"VitePress takes `.{ending}` for a page; build with `VITE_EXTRA_EXTENSIONS={ending}`"
        folder = posixpath.dirname(self._pages.rewritten(path[len(self._at) :]))
        resolved = posixpath.normpath(page[1:] if page.startswith("/") else posixpath.join(folder, page))
        if resolved.startswith(".."):
            return UNKNOWN
        if resolved == "." or page.endswith("/"):
            resolved = posixpath.join("" if resolved == "." else resolved, "index")
        paths = (f"{self._at}{resolved}.md", f"{self._at}public/{resolved}.html")
        folder, _, name = resolved.rpartition("/")
        address = (site.base or "/") + (f"{folder}/".lstrip("/") if name == "index" else resolved)
        if site.dead_links.match(form) or (site.listed and site.listed.fullmatch(resolved)):
            return Target("unknown", paths, True, None, address)
        return Target("files", paths, site.listed is not None and site.dead_links.readable, note, address)

    def _written(self, path: str, form: str) -> Target:
        """A link that a browser gets as it is written."""
        if form.endswith(".md"):
            return Target("missing", note=_AS_IT_IS) if not form.startswith("/") else UNKNOWN
        if EXTENSION.search(form) and not form.endswith(".html"):
            return self._file(path, form, False)
        own = self._pages.address(path).addresses
        if not own or self._site.base is None:
            return UNKNOWN
        return web.page(absolute(own[0], form), (f"{self._at}public",), self._site.base.rstrip("/"), certain=False)

    def _file(self, path: str, form: str, below_base: bool) -> Target:
        """A file that is not a page, which only the public folder has."""
        base, own = self._site.base, self._pages.address(path).addresses
        if base is None or not own:
            return UNKNOWN
        address = base + form[1:] if below_base else absolute(own[0], form)
        if not address.startswith(base):
            return UNKNOWN
        return Target("files", (f"{self._at}public/{address[len(base) :]}",), form.lower().endswith(DOWNLOAD_ENDINGS))
