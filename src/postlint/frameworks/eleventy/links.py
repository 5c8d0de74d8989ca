"""Where the links of an Eleventy site's posts lead: to addresses as they are written, unless a plugin or a filter makes
them of the paths of templates.

Source: package @11ty/eleventy (3.1), src/Filters/Url.js, src/Plugins/InputPathToUrl.js.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from postlint.files.files import Files
from postlint.frameworks import web
from postlint.frameworks._shared import js_slugs as slugs
from postlint.frameworks._shared import liquid, usual_anchors
from postlint.frameworks._shared.placed import Links
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Target, Where, is_external
from postlint.frameworks.eleventy import templates
from postlint.frameworks.eleventy.addresses import EleventyAddresses
from postlint.frameworks.eleventy.images import EleventyImages
from postlint.frameworks.eleventy.settings import EleventySettings
from postlint.front_matter import Dialect

_TO_ADDRESS = re.compile(r"\{\{-?\s*(?:\"([^\"]*)\"|'([^']*)')\s*\|\s*inputPathToUrl\s*-?\}\}(?:[?#].*)?")
_SOURCES = (".md", ".markdown", ".njk", ".liquid", ".webc", ".11ty.js")
_AS_IT_IS = "Eleventy does not turn a file's path into an address; write the address"


class EleventyLinks(Links):
    """The links of one site's posts."""

    def __init__(
        self,
        site: EleventySettings,
        addresses: EleventyAddresses,
        images: EleventyImages,
        files: Files | None,
        dialect: Dialect,
    ) -> None:
        self._site = site
        self._addresses = addresses
        self._images = images
        self._at = f"{site.input}/" if site.input else ""
        self._files = files
        self._dialect = dialect
        self._is_read = False
        self._made: re.Pattern[str] | None = None
        self._outputs = liquid.Outputs({}, {"url": site.prefix})

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None) -> Target:
        if is_external(target):
            return EXTERNAL
        site = self._site
        if not site.readable or where in ("jsx", "import", "shortcode"):
            return UNKNOWN
        if site.engine and (source := _TO_ADDRESS.fullmatch(target)):
            return self._source(path, source[1] or source[2], True)
        printed = self._outputs.render(target) if site.engine else target
        form = web.clean(printed) if printed else ""
        if not form or "{" in form:
            return UNKNOWN
        if form.endswith(_SOURCES):
            if site.resolves_links:
                return self._source(path, form, False)
            if form.startswith("/"):
                return UNKNOWN
            # Files may be copied as they are, too.
            pages = self._addresses.address(path, data)
            return (
                self._images.served(web.absolute(pages.addresses[0], form), _AS_IT_IS) if pages.addresses else UNKNOWN
            )
        pages = self._addresses.address(path, data)
        if not form.startswith("/") and not pages.addresses:
            return UNKNOWN
        if site.prefix and f"{form}/".startswith(f"{site.prefix}/"):
            form = form[len(site.prefix) :] or "/"
        asked = form if form.startswith("/") else web.absolute((pages.addresses or ("/",))[0], form)
        found = web.page(asked, (), certain=False)
        if found.address is None:
            return found
        is_page = not web.EXTENSION.search(asked) or asked.endswith(".html")
        certain = is_page and site.whole and not self._may_be_made(asked)
        return found._replace(paths=self._images.served(asked, None).paths, certain=certain)

    def _may_be_made(self, asked: str) -> bool:
        """Whether a template that is not Markdown may answer the address `asked`."""
        if not self._is_read:
            self._is_read = True
            self._made = (
                templates.read(self._files, self._site, self._addresses, self._dialect) if self._files else None
            )
        bare = asked.removesuffix("index.html").removesuffix(".html").rstrip("/")
        return self._made is None or self._made.fullmatch(bare) is not None

    def anchors(self, headings: Sequence[str]) -> Iterable[str] | None:
        """The ids of IdAttributePlugin, a repeated one with `-2` at its end; those that are usual with
        others (markdown-it-anchor)."""
        if not self._site.slugs_headings:
            own = (slug for text in headings if (slug := slugs.slugify(text)))
            return {*usual_anchors.anchors(headings), *own}
        counts: dict[str, int] = {}
        out: list[str] = []
        for text in headings:
            slug = slugs.slugify(text)
            if slug is None:
                return None
            counts[slug] = counts.get(slug, 0) + 1
            out.append(f"{slug}-{counts[slug]}" if counts[slug] > 1 else slug)
        return out

    def _source(self, path: str, form: str, from_root: bool) -> Target:
        """A template by its path: from the folder of the site's input, or from the post's own; the filter's also
        `from_root`, the site's own folder."""
        paths = [self._at + form.removeprefix("./").lstrip("/")]
        if not form.startswith("/"):
            paths += [posixpath.join(posixpath.dirname(path), form), *((form,) if from_root else ())]
        inside = tuple(dict.fromkeys(each for each in map(posixpath.normpath, paths) if not each.startswith("..")))
        return Target("files", inside) if inside else UNKNOWN
