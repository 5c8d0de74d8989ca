"""Where a VitePress site's pages are served, and where their images are looked for.

Sources: packages vitepress, vite and @vitejs/plugin-vue (1.6, 5.4); builds with them.
"""

import posixpath
import re

from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Reason, Target, Where, is_external
from postlint.frameworks.vitepress.settings import VitePressSettings
from postlint.frameworks.web import EXTENSION, HOST, clean

_TEMPLATE = ("{{", "${", "<%")
# The images among Vite's KNOWN_ASSET_TYPES.
_ASSETS = (".apng", ".bmp", ".png", ".jpg", ".jpeg", ".jfif", ".gif", ".svg", ".ico", ".webp", ".avif")
_GENERATED = ("/@", "/_")
_GROUP = re.compile(r"/?:(\w+)[*+?]?")


class VitePressPages:
    """The addresses and images of one site's pages."""

    def __init__(self, site: VitePressSettings) -> None:
        self._site = site
        self._locales = dict(site.locales)
        self._at = f"{site.source}/" if site.source else ""

    @property
    def base(self) -> str | None:
        """What the site is served below, with slashes around it; None if that is not known."""
        return self._site.base

    def address(self, path: str) -> Address:
        site = self._site
        if site.source is None or not path.startswith(self._at):
            return Address(None, reason=Reason("it lies outside the folder of the pages"))
        below = path[len(self._at) :]
        language = self._language(below)
        if "[" in below:
            return Address(None, reason=Reason("it is a template for pages that code lists"), language=language)
        if site.rewrites is None:
            return Address(None, reason=Reason("code makes the `rewrites`"), language=language)
        below = self.rewritten(below)
        if below == "404.md":
            return Address((), reason=Reason("VitePress shows its own not-found page", asked=True), language=language)
        if any(char in below for char in "#%?"):
            reason = Reason("VitePress does not show a page whose name holds `#`, `%` or `?`")
            return Address((), reason=reason, language=language)
        if below.endswith(".html.md"):
            reason = Reason("VitePress does not show a page whose name ends with `.html`")
            return Address((), reason=reason, language=language)
        page = below.removesuffix(".md")
        if page == "index" or page.endswith("/index"):
            page = page[: -len("index")]
        elif site.clean is False:
            page += ".html"
        if site.base is None or site.clean is None:
            return Address(None, f"/{page}", Reason("postlint cannot read `base` or `cleanUrls`"), language=language)
        return Address((site.base + page,), site.base + page, language=language)

    def _language(self, below: str) -> str | None:
        first = below.partition("/")[0] if "/" in below else ""
        return self._locales.get(first, self._locales.get(""))

    def rewritten(self, below: str) -> str:
        """The path of a page, relative to the folder of the pages, after the site's `rewrites`."""
        for pattern, target in self._site.rewrites or ():
            if found := pattern.fullmatch(below):
                groups = found.groupdict()

                def put(name: "re.Match[str]", groups: dict[str, str | None] = groups) -> str:
                    value = groups.get(name[1])
                    return "" if value is None else ("/" if name[0].startswith("/") else "") + value

                return _GROUP.sub(put, target)
        return below

    def image(self, path: str, target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        form = clean(target)
        if not form or self._site.source is None or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        if where == "field":
            return self._field(path, form)
        ending = posixpath.splitext(form)[1]
        if (
            ending != ending.lower()
            and ending.lower() in _ASSETS
            and self._site.own_assets
            and self._site.small_endings
        ):
            return Target("missing", note=f"VitePress takes `{ending.lower()}` only in lower case", stops=True)
        if form.startswith("/"):
            if form.startswith(_GENERATED):
                return UNKNOWN
            return Target("files", self._rooted(form), self._site.placed, _served_from(form))
        if where not in ("markdown", "reference") and not form.startswith("."):
            if where == "html" and self._site.own_assets and form[0] not in "~@#":
                return Target("missing", note=f"Vue takes this for a package; write `./{form}`")
            return UNKNOWN
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        return UNKNOWN if beside.startswith("..") else Target("files", (beside,))

    def _rooted(self, form: str) -> tuple[str, ...]:
        return (f"{self._at}public{form}", f"{self._at}{form[1:]}")

    def _field(self, path: str, form: str) -> Target:
        """An image of the front matter, which the theme or the site's own code shows: mostly by its address."""
        if not EXTENSION.search(form) or HOST.match(form):
            return UNKNOWN
        if note := _served_from(form):
            # Vite changes no texts of the front matter.
            return Target("files", (f"{self._at}public{form}",), note=note)
        if form.startswith("/"):
            base = self._site.base or "/"
            forms = (form, form[len(base) - 1 :]) if form.startswith(base) else (form,)
            return Target("files", tuple(dict.fromkeys(each for f in forms for each in self._rooted(f))), certain=False)
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        if beside.startswith(".."):
            return UNKNOWN
        rooted = (posixpath.normpath(each) for each in self._rooted(f"/{form}"))
        return Target("files", (beside, *(each for each in rooted if not each.startswith(".."))), certain=False)


def _served_from(form: str) -> str | None:
    """What to do about an address that begins with the folder of public files; None for any other."""
    if not form.startswith("/public/"):
        return None
    return f"what lies in `public/` is served from the root; write `{form[len('/public') :]}`"
