"""Where the links and images of a Nuxt Content site lead: to addresses, as a browser asks for them.

Source: @nuxtjs/mdc 0.23, src/runtime/parser/…/link.ts and components/prose; builds with Nuxt 4.5.
"""

import posixpath
import re

from postlint.frameworks import web
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Target, Where, is_external
from postlint.frameworks.nuxt import addresses
from postlint.frameworks.nuxt.sources import NuxtSettings
from postlint.frameworks.web import EXTENSION, absolute, clean

_PUBLIC = "public"
_PAGES = ("app/pages", "pages", "src/pages")
_MADE = ("/_nuxt/", "/_ipx/", "/api/", "/__")
_IN_PUBLIC = "Nuxt serves the files of `public/` only; put the image there"
_AS_IT_IS = "Nuxt Content changes only relative links to `.md` files; write the address"
_TEMPLATE = ("{{", "${")


class NuxtLinks:
    """The images and links of one site's posts."""

    def __init__(self, site: NuxtSettings) -> None:
        self._site = site

    def image(self, path: str, own: Address, target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        form, base = clean(target), self._site.base
        if not form or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        if where == "field":
            # A template may show it from anywhere.
            return Target("files", (posixpath.normpath(f"{_PUBLIC}/{form.lstrip('/')}"),), certain=False)
        if not form.startswith("/"):
            if self._site.copies or not own.addresses:
                return UNKNOWN
            asked = absolute(own.addresses[0], form)
        else:
            asked = form
        if base and asked.startswith(f"{base}/"):
            asked = asked[len(base) :]
        elif base is None:
            return UNKNOWN
        if asked.startswith(_MADE):
            return UNKNOWN
        return Target("files", (posixpath.normpath(_PUBLIC + asked),), note=_IN_PUBLIC)

    def link(self, own: Address, target: str, where: Where) -> Target:
        if is_external(target):
            return EXTERNAL
        site, form = self._site, clean(target)
        if not form or any(mark in target for mark in _TEMPLATE) or where not in ("markdown", "reference", "html"):
            return UNKNOWN
        if site.base is None or site.sources is None or not own.addresses:
            return UNKNOWN
        note = None
        if form.endswith(".md"):
            if form.startswith("/") or "?" in target:
                note = _AS_IT_IS
            else:
                written = web.SUFFIX.sub("", target)
                rewritten = self._rewritten(written)
                if rewritten is None and not written.isascii():
                    return UNKNOWN
                form = rewritten or form
        here = own.addresses[0][len(site.base) :] or "/"
        return self._answered(absolute(here, form), note)

    def _rewritten(self, form: str) -> str | None:
        """A relative link to a source file: part by part like an address, but in the case that it is written in."""
        parts = form.removesuffix(".md").split("/")
        made = [each if each in (".", "..") else addresses.part(each, lower=False) for each in parts]
        return None if None in made else "/".join(each for each in made if each is not None)

    def _answered(self, asked: str, note: str | None) -> Target:
        """What answers `asked`, an address without the base."""
        site = self._site
        address = (site.base or "") + asked
        if asked.startswith(_MADE):
            return UNKNOWN
        if EXTENSION.search(asked) and not asked.endswith(".html"):
            return Target("files", (posixpath.normpath(_PUBLIC + asked),), note=note, address=address)
        showing = [each for each in site.routes or () if re.fullmatch(each.pattern, asked)]
        if site.routes is None or site.redirects or not all(each.shows and each.refuses for each in showing):
            return Target("unknown", address=address, note=note)
        found = web.page(address, (_PUBLIC,), site.base or "", note=note)
        pages = tuple(
            f"{folder}{end}" for folder in _PAGES for end in (f"{asked}.vue", f"{asked.rstrip('/')}/index.vue")
        )
        return found._replace(paths=(*found.paths, *pages)) if found.status == "files" else found
