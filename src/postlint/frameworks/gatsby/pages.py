"""Where a Gatsby site's posts are served, and where their images and links are looked for.

Sources: packages gatsby-source-filesystem (createFilePath), gatsby-remark-images, gatsby-remark-copy-linked-files.
"""

import posixpath
from collections.abc import Mapping
from typing import Any

from postlint.files.files import Files
from postlint.frameworks._shared import custom_fields
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Reason, Target, Where, is_external
from postlint.frameworks.gatsby.settings import GatsbySettings
from postlint.frameworks.web import EXTENSION, HOST, SUFFIX, beside, clean, page

_TEMPLATE = ("{", "<%", "%}")
_STATIC = "static"
_GENERATED = ("/icons/", "/page-data/", "/_gatsby/")
_COPIES = ("gatsby-remark-images", "gatsby-remark-copy-linked-files")
# What is a page, and what only gatsby-remark-images takes, which leaves links alone.
_NOT_COPIED = (".md", ".mdx", ".markdown", ".html", ".htm", ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".avif")


class GatsbyPages:
    """The addresses, images and links of one site's posts."""

    def __init__(self, site: GatsbySettings, files: Files | None) -> None:
        self._site = site
        self._top = frozenset(files.names(_STATIC)) if files else None
        self._copies = any(plugin in site.plugins for plugin in _COPIES)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        site = self._site
        sources = [folder for folder in site.sources if path.startswith(f"{folder}/")]
        if not sources or site.pages is None or (site.pages == "file" and len(sources) > 1):
            reason = Reason("the site's own code makes the addresses")
            return Address(None, custom_fields.named_address(path, data), reason)
        if site.pages == "file":
            address = self._slashed(file_path(path[len(sources[0]) + 1 :]))
            return Address((address,), address)
        written = data.get(site.pages)
        if not isinstance(written, str) or not written:
            return Address(None, reason=Reason(f"it has no `{site.pages}`"))
        address = self._slashed("/" + written.lstrip("/"))
        return Address((address,), address)

    def _slashed(self, address: str) -> str:
        if self._site.slash == "always":
            return address if address.endswith("/") else f"{address}/"
        return address.rstrip("/") or "/" if self._site.slash == "never" else address

    def image(self, path: str, target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        form = SUFFIX.sub("", target)
        if not form or form.startswith(("@", "~", "#")) or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        if where == "import":
            return beside(path, form, True) if form.startswith(".") else UNKNOWN
        if not EXTENSION.search(form) or (where == "field" and HOST.match(form)):
            return UNKNOWN
        if form.startswith("/"):
            return self._rooted(clean(form), where in ("markdown", "reference", "html"))
        if where == "field":
            found = beside(path, form, form.startswith("."))
            return found._replace(paths=(*found.paths, f"{_STATIC}/{form}")) if found.paths else found
        if where == "jsx":
            return UNKNOWN
        if path.endswith(".mdx") or not self._copies:
            return beside(path, clean(form), self._copies)
        note = f"Gatsby does not decode `{form}`; write `<{clean(form)}>`" if "%" in form else None
        return beside(path, form, True)._replace(note=note)

    def _rooted(self, form: str, certain: bool) -> Target:
        """A path from the root of the site: a file of the static folder."""
        if not self._top or form.startswith(_GENERATED):
            return UNKNOWN if self._top is not None else Target("files", (f"{_STATIC}{form}",), certain)
        first, _, rest = form[1:].partition("/")
        if first == _STATIC and _STATIC not in self._top:
            if rest.partition("/")[0] not in self._top:
                return UNKNOWN
            note = f"what lies in `static/` is served from the root; write `/{rest}`"
            return Target("files", (f"{_STATIC}{form}",), certain, note)
        return Target("files", (f"{_STATIC}{form}",), certain and (not rest or first in self._top))

    def link(self, path: str, target: str, where: Where) -> Target:
        """Known are files beside the post, which gatsby-remark-copy-linked-files serves, and addresses of posts."""
        if is_external(target):
            return EXTERNAL
        form = SUFFIX.sub("", target)
        if where not in ("markdown", "reference") or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        if form.startswith("/"):
            # The site's code makes pages that are not posts.
            return page(clean(form), (_STATIC,), certain=False) if self._site.pages else UNKNOWN
        if "gatsby-remark-copy-linked-files" not in self._site.plugins or form.endswith(_NOT_COPIED):
            return UNKNOWN
        return beside(path, form, True) if EXTENSION.search(form) else UNKNOWN


def file_path(below: str) -> str:
    """`createFilePath`: the address of the file at `below` its source's folder."""
    stem = posixpath.splitext(below.removeprefix("src/pages/"))[0]
    stem = "" if stem == "index" else stem.removesuffix("/index")
    return f"/{stem}/" if stem else "/"
