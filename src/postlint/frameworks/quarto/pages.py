"""Where a Quarto site's pages are served, and where their images and links are looked for.

Sources: quarto-cli (1.11), src/project/types/website (website-aliases.ts, website-utils.ts), src/core/output.ts.
"""

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from postlint.files.globs import matches
from postlint.frameworks._shared.site_settings import texts
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Reason, Target, Where, is_external
from postlint.frameworks.quarto.settings import QuartoSettings
from postlint.frameworks.web import EXTENSION, HOST, absolute, clean, page, source

_SOURCES = (".qmd", ".md", ".markdown", ".rmd", ".ipynb")
_TEMPLATE = ("{", "<%", "*")
# What lies there once cells of the document, or a project below, are rendered.
_RENDERED = re.compile(r"(?:^|/)(?:_site|_book|_freeze|[^/]*_files)/")
_PAGES = ("html", "revealjs", "dashboard", "html4", "html5")


class QuartoPages:
    """The addresses, images and links of one site's pages."""

    def __init__(self, site: QuartoSettings) -> None:
        self._site = site

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        if self._site.kind == "manuscript":
            return Address(None, reason=Reason("the pages of a manuscript have addresses of their own"))
        if "output-file" in data:
            return Address(None, reason=Reason("`output-file` gives it another name", field="output-file"))
        formats = data.get("format")
        named = [formats] if isinstance(formats, str) else list(formats) if isinstance(formats, dict) else []
        # The formats of an extension are called `jss-html`.
        if named and not any(str(each).rpartition("-")[2] in _PAGES for each in named):
            return Address(None, reason=Reason("its `format` makes no page", field="format"))
        own = "/" + posixpath.splitext(path)[0]
        own = own[: -len("index")] if own.endswith("/index") else f"{own}.html"
        aliases = tuple(_alias(own, each) for each in texts(data.get("aliases")))
        return Address((own,), own, aliases=aliases)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        written = data.get("draft")
        return written is True or (written is not False and matches(path, self._site.drafts))

    def image(self, path: str, target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        form = clean(target)
        if not form or any(mark in target for mark in _TEMPLATE) or not EXTENSION.search(form):
            return UNKNOWN
        if _RENDERED.search(form) or (where == "field" and HOST.match(form)):
            return UNKNOWN
        return self._source(path, form, certain=where != "field")

    def _source(self, path: str, form: str, certain: bool) -> Target:
        """A file beside the document, or from the project's root."""
        found = source(path, form)
        return UNKNOWN if found is None or found == "." else Target("files", (found,), certain)

    def link(self, path: str, own: Address, target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        form = clean(target)
        if not form or any(mark in target for mark in _TEMPLATE) or where in ("jsx", "import"):
            return UNKNOWN
        if where == "shortcode" or form.lower().endswith(_SOURCES):
            # Raw HTML is left as it is, but links to sources are mended once the page is made.
            found = self._source(path, form, certain=not self._site.scripted)
            return UNKNOWN if any(map(self._is_made, found.paths)) else found
        if _RENDERED.search(form):
            return UNKNOWN
        if EXTENSION.search(form) and not form.endswith(".html"):
            return self._source(path, form, certain=False)
        if not form.startswith("/"):
            if not own.addresses:
                return UNKNOWN
            form = absolute(own.addresses[0], form) + ("/" if form.endswith("/") else "")
        return UNKNOWN if self._is_made(form.lstrip("/")) else page(form, ("",), certain=False)

    def _is_made(self, path: str) -> bool:
        made = self._site.made
        return made is not None and f"{path}/".startswith(f"{made.strip('/')}/")


def _alias(own: str, written: str) -> str:
    """An old address, from the site's root or from the page's folder."""
    path = written.partition("#")[0]
    return absolute(own, path) + ("/" if path.endswith("/") else "")
