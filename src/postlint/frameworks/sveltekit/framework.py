"""SvelteKit with mdsvex: posts that the site's own code reads by their names, and pages in `src/routes`.

Sources: packages @sveltejs/kit 2.70, mdsvex 0.12 and js-yaml 3; builds with them.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from postlint.body.svelte_syntax import Setup
from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.frameworks import web
from postlint.frameworks._shared import config_files
from postlint.frameworks.answers import (
    EXTERNAL,
    UNKNOWN,
    Address,
    Collection,
    Moment,
    Reason,
    Target,
    Where,
    is_external,
)
from postlint.frameworks.framework import Framework
from postlint.frameworks.sveltekit import settings
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits
from postlint.front_matter import Dialect, Fence, Language

_CONFIGS = tuple(f"svelte.config.{ending}" for ending in ("js", "ts", "mjs"))
_STATIC = "static"
# Each key becomes the name of a constant.
_NAME = re.compile(r"[^\s.]+")
_WORDS = frozenset(
    (
        "await break case catch class const continue debugger default delete do else enum export extends false finally for"
        " function if implements import in instanceof interface let new null package private protected public return static"
        " super switch this throw true try typeof var void while with yield"
    ).split()
)
# remark-frontmatter: exactly three hyphens on a line; blank lines may stand before them.
_DIALECT = Dialect(
    (Fence("yaml", re.compile(r"\ufeff?(?:[ \t]*\r?\n)*---(?=\r?\n)"), re.compile(r"^---[ \t]*\r?$", re.MULTILINE)),),
    yaml="js-yaml-3",
    refuses_repeats=True,
)


class SvelteKit(Framework):
    """One SvelteKit site whose posts mdsvex reads."""

    name: ClassVar[str] = "sveltekit"
    title: ClassVar[str] = "SvelteKit"
    dialect = _DIALECT
    front_matter = FrontMatterTraits(optional=True)
    addressing = AddressTraits(from_names=False)
    folders = FolderTraits(public=(_STATIC,))
    linking = LinkTraits(heading_ids_known=False, places_demanded=True)
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description", "excerpt"),
        "published": ("date", "publishedAt", "pubDate"),
        "updated": ("updated", "updatedAt", "lastmod"),
        "image": ("image", "cover", "thumbnail", "coverImage"),
        "tags": ("tags", "categories"),
        "author": ("author",),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        found = config_files.first(files, _CONFIGS)
        return found if found and "mdsvex" in (files.read_text(found) or "") else None

    def __init__(self, files: Files | None) -> None:
        name = config_files.first(files, _CONFIGS) if files else None
        site = settings.read(files, name) if files and name else settings.SvelteKitSettings()
        self._site = site
        self.settings = site.reported
        endings = ",".join(each.removeprefix(".") for each in site.endings)
        pattern = f"*.{{{endings}}}" if "," in endings else f"*.{endings}"
        posts = tuple(
            Collection(each.folder, (f"{each.folder}/{'**/' if each.deep else ''}{pattern}",)) for each in site.shown
        )
        pages = Collection("pages", (f"{settings.ROUTES}/**/+page.{pattern[2:]}",))
        self.collections = (*posts, pages)

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=(), admonitions=False, heading_ids=False)

    def svelte(self, path: str) -> Setup | None:
        return self._site.svelte if path.endswith(self._site.endings) else None

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        site = self._site
        if site.base is None:
            return Address(None, reason=Reason("postlint cannot read `kit.paths.base`"))
        # Other files in the folders of routes are posts that a route shows, or parts of pages.
        if path.startswith(f"{settings.ROUTES}/") and posixpath.basename(path).startswith("+page."):
            folder = posixpath.dirname(path)
            made = "/" + "/".join(
                each for each in folder.removeprefix(settings.ROUTES).split("/") if each and not each.startswith("(")
            )
            if "[" in made:
                return Address(None, reason=Reason("its route has a part that varies"))
            return self._at(made)
        shown = next((each for each in site.shown if path.startswith(f"{each.folder}/")), None)
        if shown is None or shown.address is None:
            return Address(None, reason=Reason("the site's own code makes the addresses"))
        below = posixpath.splitext(path.removeprefix(f"{shown.folder}/"))[0]
        return self._at(f"{shown.address.rstrip('/')}/{below}")

    def _at(self, address: str) -> Address:
        served = (self._site.base or "") + address
        served = f"{served}/" if self._site.slash and not served.endswith("/") else served
        return Address((served,), served)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return False

    def shows_broken(self, path: str) -> bool:
        return True

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        for key in data:
            if key in _WORDS or not _NAME.fullmatch(key) or key[:1].isdigit():
                text = f"mdsvex makes a JavaScript name of each key, and `{key[:40]}` cannot be one; rename it"
                return Reason(text, stops=True, field=key, kind="value")
        return data

    def non_mapping_values(self, value: object) -> object:
        return Reason("front matter must be `key: value` lines", stops=True, kind="front matter")

    def moment(self, value: object, text: str) -> Moment:
        from postlint.frameworks._shared import new_date

        return new_date.moment(value, text)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        if is_external(target):
            return EXTERNAL
        form, base = web.clean(target), self._site.base
        if not form or base is None or "{" in target or where == "import":
            return UNKNOWN
        if where == "field":
            return Target("files", (posixpath.normpath(f"{_STATIC}/{form.lstrip('/')}"),), certain=False)
        if form.startswith("/"):
            if base and not form.startswith(f"{base}/"):
                return Target("missing", note=f"the site is served below `{base}`", stops=self._site.strict)
            return Target("files", (posixpath.normpath(_STATIC + form[len(base) :]),), stops=self._site.strict)
        own = self.address(path, data).addresses
        # Plugins make imports of relative images.
        if self._site.plugins or not own:
            return UNKNOWN
        asked = web.absolute(own[0], form)[len(base) :]
        return Target("files", (posixpath.normpath(_STATIC + asked),), stops=self._site.strict)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        if is_external(target):
            return EXTERNAL
        form, site = web.clean(target), self._site
        own = self.address(path, data).addresses
        if not form or site.base is None or not own or "{" in target:
            return UNKNOWN
        if where not in ("markdown", "reference", "html") or (site.plugins and not form.startswith("/")):
            return UNKNOWN
        asked = form if form.startswith("/") else web.absolute(own[0], form)
        if site.base and asked != site.base and not asked.startswith(f"{site.base}/"):
            return Target("missing", note=f"the site is served below `{site.base}`", stops=site.strict)
        below = asked[len(site.base) :].rstrip("/") or "/"
        if below in site.routes:
            return UNKNOWN
        varying = [route for route in site.routes if "[" in route and _fits(route, below)]
        known = {each.address for each in site.shown}
        if any(posixpath.dirname(route) not in known or "..." in route for route in varying):
            return Target("unknown", address=asked)
        return web.page(asked, (_STATIC,), site.base)._replace(stops=site.strict)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        """mdsvex gives headings no ids."""
        return None if self._site.plugins else ()


def _fits(route: str, address: str) -> bool:
    """Whether the route, some of whose parts vary, may answer `address`."""
    pattern = "".join(
        "(?:/.*)?"
        if part.startswith("[...")
        else "(?:/[^/]+)?"
        if part.startswith("[[")
        else "/[^/]+"
        if "[" in part
        else "/" + re.escape(part)
        for part in route.strip("/").split("/")
    )
    return re.fullmatch(pattern, address) is not None
