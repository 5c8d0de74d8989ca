"""Where the links of an Astro site's posts lead: Astro leaves them as they are, so a browser asks for an address."""

from collections.abc import Iterator

from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Target, Where, is_external
from postlint.frameworks.astro.images import GENERATED, AstroImages
from postlint.frameworks.astro.routes import Routes
from postlint.frameworks.astro.settings import AstroSettings
from postlint.frameworks.web import EXTENSION, absolute, clean, page

_TEMPLATE = ("{", "<%")
_AS_IT_IS = "Astro does not turn a file's path into an address; write the address"
# Files that integrations and builds make.
_MADE = (".xml", ".json", ".txt", ".js", ".css", ".webmanifest")
_MARKDOWN = (".md", ".mdx", ".markdown")
_SOURCES = (".md", ".mdx", ".markdown", ".astro")


class AstroLinks:
    """The links of one site's posts. What answers an address: posts, by the one route of their collection, pages of
    `src/pages` without parameters, and the public folder. All other routes may answer whatever fits them."""

    def __init__(self, site: AstroSettings, routes: Routes, images: AstroImages) -> None:
        self._site = site
        self._routes = routes
        self._images = images

    def link(self, path: str, own: Address, target: str, where: Where) -> Target:
        """Where `target` leads from the post at `path`, which has the addresses `own`."""
        if is_external(target):
            return EXTERNAL
        site, form = self._site, clean(target)
        if not form or any(mark in target for mark in _TEMPLATE) or where == "import":
            return UNKNOWN
        if site.base is None or site.public.startswith(".."):
            return UNKNOWN
        if not form.startswith("/"):
            return self._relative(path, own, form, where)
        if site.base and not form.startswith(f"{site.base}/"):
            return UNKNOWN
        return self._address(form, where == "jsx" or site.changes.links)

    def could_answer(self, address: str) -> bool:
        """See `Framework.could_answer`: what fits no file of `src/pages`, as long as nothing else makes pages."""
        site, routes = self._site, self._routes
        base = site.base or ""
        if not (site.bounded and routes.whole) or site.base is None or not f"{address}/".startswith(f"{base}/"):
            return True
        bare = address[len(base) :].rstrip("/").removesuffix("/index.html").removesuffix(".html")
        if not bare or bare in routes.pages or bare.endswith(_MADE) or address.startswith(GENERATED):
            return True
        return any(each and each.fullmatch(bare) for each in (routes.made, routes.dynamic, site.redirects))

    def pages(self) -> Iterator[tuple[str, str]]:
        """The addresses of the pages without parameters that are not Markdown, each with its file."""
        base = self._site.base
        for bare, source in self._routes.pages.items() if base is not None else ():
            if not source.endswith(_MARKDOWN):
                yield f"{base}{bare}/", source

    def _relative(self, path: str, own: Address, form: str, where: Where) -> Target:
        if self._site.changes.links or where == "jsx":
            return UNKNOWN
        if form.endswith(_SOURCES):
            return Target("missing", note=_AS_IT_IS)
        if EXTENSION.search(form) and not form.endswith((".html", ".htm")):
            return self._images.beside_page(path, form, _AS_IT_IS)
        # Whether a page's address ends in a slash is also up to the host, and much depends on it.
        return self._address(absolute(own.addresses[0], form), True) if own.addresses else UNKNOWN

    def _address(self, form: str, doubtful: bool) -> Target:
        site, routes = self._site, self._routes
        bare = form[len(site.base or "") :].rstrip("/").removesuffix("/index.html").removesuffix(".html")
        if source := routes.pages.get(bare):
            return Target("files", (source,))
        patterns = (routes.made, routes.open, site.redirects)
        if any(pattern and pattern.fullmatch(bare) for pattern in patterns):
            return Target("unknown", address=form)
        certain = routes.whole and not doubtful and (site.closed or not self.could_answer(form))
        if bare.endswith(_MADE) or form.startswith(GENERATED):
            return Target("unknown", address=form)
        return page(form, (site.public,), site.base or "", certain)
