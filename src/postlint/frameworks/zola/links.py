"""Where the links of a Zola site's posts lead: `@/` to pages by their path, all else to addresses."""

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from postlint.files.endings import is_download, is_image
from postlint.files.files import Files
from postlint.frameworks._shared.placed import Links
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Target, Where, is_external
from postlint.frameworks.web import EXTENSION, absolute, clean, numbered
from postlint.frameworks.zola.addresses import CONTENT
from postlint.frameworks.zola.images import ZolaImages
from postlint.frameworks.zola.settings import ZolaSettings
from postlint.frameworks.zola.slugs import slugify

_TEMPLATE = ("{", "<%")
_NUMBERED = re.compile(r"/page/\d+$")


class ZolaLinks(Links):
    """The links of one site's posts. `page` gives a post's address."""

    def __init__(
        self,
        site: ZolaSettings,
        page: Callable[[str, Mapping[str, Any]], Address],
        images: ZolaImages,
        files: Files | None,
    ) -> None:
        self._files = files
        self._site = site
        self._page = page
        self._images = images

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None) -> Target:
        if is_external(target):
            return EXTERNAL
        form = clean(target)
        if not form or any(mark in target for mark in _TEMPLATE) or where not in ("markdown", "reference", "html"):
            return UNKNOWN
        if target.startswith("@/"):
            if where == "html":
                return Target("missing", note="`@/` is resolved in Markdown only")
            inside = posixpath.normpath(f"{CONTENT}/{form[2:]}")
            if not form.endswith(".md") or not inside.startswith(f"{CONTENT}/"):
                return Target("missing", note="`@/` leads only to `.md` files below `content/`", stops=True)
            return Target("files", (inside,), stops=True)
        if form.endswith(".md"):
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form.lstrip("/")))
            if beside.startswith(f"{CONTENT}/") and self._files and self._files.is_file(beside):
                return Target("missing", note=f"write `@/{beside.removeprefix(f'{CONTENT}/')}`")
            return Target("missing", note=f"write `@/` and the path of the file below `{CONTENT}/`")
        own = self._page(path, data)
        if EXTENSION.search(form) and not form.endswith((".html", ".htm")):
            if is_image(form) or is_download(form):
                return self._images.served(path, own, form, True)
            return Target("unknown", address=form) if form.startswith("/") else UNKNOWN
        if not form.startswith("/") and not own.addresses:
            return UNKNOWN
        found = self._at(absolute((own.addresses or ("/",))[0], form))
        if found.status == "files" and EXTENSION.search(form):
            return found._replace(paths=(*found.paths, *self._images.served(path, own, form, True).paths))
        return found

    def _at(self, asked: str) -> Target:
        """What answers the address `asked`. All pages are Markdown files; templates list terms and numbered pages."""
        site = self._site
        base = site.base
        if base is None:
            return UNKNOWN
        if not f"{asked}/".startswith(f"{base}/"):
            return Target("files", (), False, None, asked)
        bare = posixpath.normpath(asked[len(base) :] or "/").removesuffix("/index.html")
        first, _, rest = bare.strip("/").partition("/")
        if first in site.languages:
            first = rest.partition("/")[0]
        terms = {slugify(name, site.slugs) or name for name in site.taxonomies or ()}
        paths = tuple(f"{folder}{bare}" for folder in site.static)
        if first in terms:
            return Target("unknown", paths, address=asked)
        if not first or site.taxonomies is None or _NUMBERED.search(bare):
            return UNKNOWN
        return Target("files", paths, not EXTENSION.search(bare) or not site.unseen, None, asked)

    def anchors(self, headings: Sequence[str]) -> Iterable[str] | None:
        """The ids of `headings` (markdown/src/markdown.rs), of repeated ones each."""
        if self._site.anchors != "on":
            return numbered(re.sub(r"\s", "_", text.strip()) for text in headings)
        made = [slugify(text) for text in headings]
        return None if None in made else numbered(text or "" for text in made)
