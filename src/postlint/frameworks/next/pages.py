"""Where a Next.js site's posts are served, and where their images and links are looked for.

Sources: packages next (normalizeAppPath), nextra (page-map, remark-static-image), contentlayer (flattenedPath).
"""

import posixpath
import re
from collections.abc import Mapping
from typing import Any

from postlint.files.files import Files
from postlint.frameworks._shared import custom_fields
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Reason, Target, Where, is_external
from postlint.frameworks.next import routes
from postlint.frameworks.next.content import NextContent
from postlint.frameworks.next.settings import NextSettings
from postlint.frameworks.web import EXTENSION, HOST, absolute, beside, clean, page

_TEMPLATE = ("{", "<%", "%}")
_GENERATED = ("/_next/", "/api/")
_GROUP = re.compile(r"(?:\([^/()]*\)|@[^/]*)(?:/|$)")
_CODE = Reason("the site's own code makes the addresses")
_PUBLIC = "public"


class NextPages:
    """The addresses, images and links of one site's posts."""

    def __init__(self, site: NextSettings, content: NextContent, files: Files | None) -> None:
        self._site = site
        self._content = content
        self._has_public = files is None or bool(files.names(_PUBLIC))
        self._routes = routes.read(files) if files else None
        self._top = frozenset(files.names(_PUBLIC)) if files else None
        self._app = "src/app" if files and files.find_folder("src/app").status == "ok" else "app"

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        own = self._page(path)
        if own is None:
            key = custom_fields.named_address(path, data)
            if self._content.reader == "contentlayer" and path.startswith(f"{self._content.folder}/"):
                key = f"contentlayer:{_flattened(path.removeprefix(f'{self._content.folder}/'))}"
            return Address(None, key, _CODE)
        if "[" in own:
            return Address(None, reason=Reason("it is a template for pages that code lists"))
        site, base = self._site, self._site.content_base if self._is_content(path) else ""
        if site.base is None or site.slash is None or base is None:
            return Address(None, f"page:{own}", Reason("postlint cannot read `basePath` or `trailingSlash`"))
        address = site.base + base + own
        address = address.rstrip("/") + "/" if site.slash else address.rstrip("/") or "/"
        return Address((address,), address)

    def _page(self, path: str) -> str | None:
        """The path of the page that `path` is by its place, with a slash at its beginning; None: of none."""
        if self._is_content(path):
            return _unindexed(path.removeprefix(f"{self._content.folder}/"))
        if not self._content.routed:
            return None
        below = path.removeprefix("src/")
        if below.startswith("app/") and posixpath.basename(below).startswith("page."):
            return "/" + _GROUP.sub("", posixpath.dirname(below)[len("app/") :]).strip("/")
        if below.startswith("pages/"):
            return _unindexed(below.removeprefix("pages/"))
        return None

    def _is_content(self, path: str) -> bool:
        content = self._content
        return content.reader == "nextra" and bool(content.folder) and path.startswith(f"{content.folder}/")

    def image(self, path: str, target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        form = clean(target)
        if not form or form.startswith(("@", "~", "#")) or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        if where == "import":
            return beside(path, form, True) if form.startswith(".") else UNKNOWN
        if not EXTENSION.search(form) or (where == "field" and HOST.match(form)):
            return UNKNOWN
        if form.startswith("/"):
            return self._rooted(form, certain=where in ("markdown", "reference", "html"))
        if self._content.reader == "nextra" and where in ("markdown", "reference"):
            if form.startswith("."):
                return beside(path, form, True)
            return Target("missing", note=f"nextra takes it for the name of a package; write `./{form}`")
        if path.startswith(f"{_PUBLIC}/"):
            # What lies beside such a post is served; its page mostly is at the address of its folder.
            return beside(path, form, certain=where != "field")
        # The site's own components may complete a bare name.
        if where == "jsx" and not form.startswith("."):
            return UNKNOWN
        found = beside(path, form, False)
        if where == "field" and found.paths:
            found = found._replace(paths=(*found.paths, posixpath.normpath(f"{_PUBLIC}/{form}")))
        return found

    def _rooted(self, form: str, certain: bool) -> Target:
        """A path from the root of the site: a file of the public folder, or what a route gives."""
        if not self._has_public or form.startswith(_GENERATED):
            return UNKNOWN
        if form.startswith(f"/{_PUBLIC}/"):
            shown = form[len(f"/{_PUBLIC}") :]
            return Target(
                "files",
                (f"{_PUBLIC}{form}",),
                certain,
                f"what lies in `public/` is served from the root; write `{shown}`",
            )
        base = self._site.base
        first, slash, rest = form[1:].partition("/")
        # A base that cannot be read may be the first folder of the path.
        is_below = bool(slash) if base is None else bool(base) and form.startswith(f"{base}/")
        forms = (form, f"/{rest}" if base is None else form[len(base) :]) if is_below else (form,)
        known = base is not None and (self._top is None or not slash or first in self._top)
        paths = (*(f"{_PUBLIC}{each}" for each in forms), f"{self._app}{form}")
        return Target("files", paths, certain and known and not self._site.leads_elsewhere(form))

    def could_answer(self, address: str) -> bool:
        """See `Framework.could_answer`: what fits none of the routes, as long as nothing runs before them."""
        base = self._site.base
        if self._routes is None or base is None or self._site.localised or self._site.leads_elsewhere(address):
            return True
        if not f"{address}/".startswith(f"{base}/") or address.startswith(_GENERATED) or EXTENSION.search(address):
            return True
        bare = address[len(base) :].rstrip("/")
        return not bare or self._routes.fullmatch(bare) is not None

    def link(self, path: str, target: str, where: Where) -> Target:
        """Links to sources, which nextra turns into addresses, and to addresses, which next/link puts the base before."""
        if is_external(target):
            return EXTERNAL
        form, base = clean(target), self._site.base
        if not form or any(mark in target for mark in _TEMPLATE) or where not in ("markdown", "reference", "html"):
            return UNKNOWN
        if base is None or self._site.leads_elsewhere(form):
            return UNKNOWN
        if self._is_content(path) and where != "html":
            if not form.startswith("/"):
                return beside(path, form, True) if re.search(r"\.mdx?$", form) else UNKNOWN
            asked = base + re.sub(r"\.mdx?$", "", form)
        elif form.startswith("/"):
            asked = form
        else:
            own = self.address(path, {}).addresses
            asked = absolute(own[0], form) if own else ""
        if not asked or EXTENSION.search(asked):
            return UNKNOWN
        # Which of the routes answers what fits it is the site's own code's affair.
        return page(asked, (_PUBLIC,), base, certain=not self.could_answer(asked))


def _flattened(below: str) -> str:
    """contentlayer's id of a document: its path without ending, and without a last `index`."""
    stem = below.rpartition(".")[0]
    return "" if stem == "index" else stem.removesuffix("/index")


def _unindexed(below: str) -> str:
    stem = below.rpartition(".")[0]
    return "/" if stem == "index" else "/" + stem.removesuffix("/index")
