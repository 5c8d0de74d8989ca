"""Where the links of a Jekyll site's posts lead: a browser asks for what the page says, after Liquid has run."""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from unicodedata import category

from postlint.files.endings import is_download, is_image
from postlint.files.files import Files
from postlint.frameworks._shared.placed import Links
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Target, Where, is_external
from postlint.frameworks.jekyll.addresses import JekyllAddresses
from postlint.frameworks.jekyll.images import OWN, JekyllImages
from postlint.frameworks.jekyll.pages import OtherPages, key
from postlint.frameworks.jekyll.settings import JekyllSettings
from postlint.frameworks.web import EXTENSION, absolute, clean, numbered

_NUMBERED = re.compile(r"/(?:page/?)?\d+$")
_AS_IT_IS = "Jekyll does not turn a file's path into an address; write the address"


class JekyllLinks(Links):
    """The links of one site's posts."""

    def __init__(
        self, site: JekyllSettings, addresses: JekyllAddresses, images: JekyllImages, files: Files | None
    ) -> None:
        self._site = site
        self._addresses = addresses
        self._images = images
        self._others = OtherPages(site, addresses, files)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None) -> Target:
        if is_external(target):
            return EXTERNAL
        if linked := self._images.linked(target):
            return linked
        if where not in ("markdown", "reference", "html"):
            return UNKNOWN
        printed = self._images.printed(path, data, target)
        if printed is None:
            return UNKNOWN
        own = printed.startswith(OWN)
        printed = printed.removeprefix(OWN)
        if OWN in printed or (is_external(printed) and not own):
            return EXTERNAL if OWN not in printed else UNKNOWN
        form = clean(printed)
        if not form:
            return UNKNOWN
        if form.endswith((".md", ".markdown")) and not own:
            return self._source(path, form)
        if not form.startswith("/"):
            pages = self._addresses.address(path, {**data, "published": True})
            if not pages.addresses:
                return UNKNOWN
            # On some hosts an address without `.html` at its end gets a slash, and all that is relative moves.
            form = absolute(clean(pages.addresses[0]), form)
            return self._at(form, pages.addresses[0].endswith(("/", ".html")))
        base = self._site.base
        if base is None:
            return UNKNOWN
        if not f"{form}/".startswith(f"{base}/"):
            return UNKNOWN
        return self._at(form[len(base) :], True)

    def _source(self, path: str, form: str) -> Target:
        """A link to a Markdown file, which jekyll-relative-links makes an address."""
        if form.startswith("/"):
            return UNKNOWN
        if "jekyll-relative-links" not in self._site.plugins:
            return Target("missing", note=_AS_IT_IS) if self._site.keeps_links else UNKNOWN
        if self._site.linked_collections or self._addresses.place(path).kind == "page":
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
            return UNKNOWN if beside.startswith("..") else Target("files", (beside,))
        # By default the plugin changes pages alone.
        return Target("missing", note=_AS_IT_IS) if self._site.keeps_links else UNKNOWN

    def _at(self, asked: str, certain: bool) -> Target:
        """What answers the address `asked`, which is written without the base URL."""
        asked = posixpath.normpath(asked)
        if asked in ("/", "/index.html"):
            return UNKNOWN
        if _NUMBERED.search(asked):
            return Target("unknown", address=asked)
        extension = EXTENSION.search(asked)
        if extension and not asked.endswith((".html", ".htm")):
            return (
                self._images.served(asked, None)
                if is_image(asked) or is_download(asked)
                else Target("unknown", address=asked)
            )
        paths = list(self._images.served(asked, None).paths)
        if page := self._others.at(key(asked)):
            paths.insert(0, page)
        if not extension:
            paths.append(f"{self._site.source}/{asked[1:]}.html".lstrip("/"))
        certain = certain and self._site.closed and self._others.complete
        return Target("files", tuple(dict.fromkeys(paths)), certain, None, asked)

    def anchors(self, headings: Sequence[str]) -> Iterable[str] | None:
        """The ids of `headings`, of repeated ones each, as kramdown-parser-gfm makes them."""
        if not self._site.gfm_ids:
            return None
        smart = (text.replace("--", "") for text in headings)
        return {*numbered(map(_heading_id, headings)), *numbered(map(_heading_id, smart))}


def _heading_id(text: str) -> str:
    kept = (c for c in text.lower() if c in "- \t" or category(c)[0] in "LM" or category(c) in ("Nd", "Pc"))
    return "".join(kept).replace(" ", "-").replace("\t", "-")
