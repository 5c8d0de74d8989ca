"""Where the links of an Eleventy site's posts lead: to addresses as they are written, unless a plugin or a filter makes
them of the paths of templates.

Source: package @11ty/eleventy (3.1), src/Filters/Url.js, src/Plugins/InputPathToUrl.js.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from postlint.frameworks import web
from postlint.frameworks._shared import liquid, usual_anchors
from postlint.frameworks._shared.placed import Links
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Target, Where, is_external
from postlint.frameworks.eleventy import slugs
from postlint.frameworks.eleventy.addresses import EleventyAddresses
from postlint.frameworks.eleventy.images import EleventyImages
from postlint.frameworks.eleventy.settings import EleventySettings

_TO_ADDRESS = re.compile(r"\{\{-?\s*(?:\"([^\"]*)\"|'([^']*)')\s*\|\s*inputPathToUrl\s*-?\}\}(?:[?#].*)?")
_SOURCES = (".md", ".markdown", ".njk", ".liquid", ".webc", ".11ty.js")
_AS_IT_IS = "Eleventy leaves links as they are: write the address, not the file's path"


class EleventyLinks(Links):
    """The links of one site's posts."""

    def __init__(self, site: EleventySettings, addresses: EleventyAddresses, images: EleventyImages) -> None:
        self._site = site
        self._addresses = addresses
        self._images = images
        self._at = f"{site.input}/" if site.input else ""
        self._outputs = liquid.Outputs({}, {"url": ""})

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
        asked = form if form.startswith("/") else web.absolute((pages.addresses or ("/",))[0], form)
        # Templates in any language, with pagination and data of their own, make pages, too.
        found = web.page(asked, (), certain=False)
        return found if found.address is None else found._replace(paths=self._images.served(asked, None).paths)

    def anchors(self, headings: Sequence[str]) -> Iterable[str] | None:
        """The ids of IdAttributePlugin, of which the second of equal ones ends in `-2`; those that are usual with
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
