"""Where an Eleventy site looks for images: what it copies, asked for from the page's address."""

import posixpath
from collections.abc import Mapping, Sequence
from typing import Any

from postlint.files.globs import fixed_folder, matches
from postlint.frameworks import web
from postlint.frameworks._shared import liquid
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Embedded, Target, Where, is_external
from postlint.frameworks.eleventy.addresses import EleventyAddresses
from postlint.frameworks.eleventy.settings import EleventySettings

_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".ico", ".jfif")
_BY_CUSTOM = ("assets", "assets/images", "assets/img", "images", "img", "static", "public", "static/images")
_TAGS = ("image", "img", "picture", "figure", "photo", "respimg", "Image", "eleventyImage", "imagePlugin")


class EleventyImages:
    """The images of one site's posts."""

    def __init__(self, site: EleventySettings, addresses: EleventyAddresses) -> None:
        self._site = site
        self._addresses = addresses
        self._outputs = liquid.Outputs({}, {"url": site.prefix})

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None) -> Target:
        if web.is_on_disk(target):
            return Target("missing", note=web.ON_ITS_AUTHORS_DISK)
        if is_external(target):
            return EXTERNAL
        printed = self._outputs.render(target) if self._site.engine else target
        if printed is None or not printed or printed[0] in "#?":
            return UNKNOWN
        form = web.clean(printed)
        if where in ("jsx", "import"):
            return UNKNOWN
        if where in ("field", "shortcode") or not self._site.readable:
            return self._anywhere(path, form)
        if self._site.resolves_images:
            return self._source(path, form)
        beside = [] if form.startswith("/") else self._beside(path, form)
        if form.startswith("/"):
            return self.served(form, None, not self._site.puts_base)
        pages = self._addresses.address(path, data)
        if not pages.addresses:
            return Target("files", tuple(beside), False) if beside else self._anywhere(path, form)
        asked = web.absolute(pages.addresses[0], form)
        found = self.served(asked, f"Eleventy leaves the path as it is, and the browser asks for `{asked}`")
        if beside:
            return Target("files", (*beside, *found.paths), found.certain, found.note)
        return found

    def _source(self, path: str, form: str) -> Target:
        """With the image transform, a path is the source's: relative to the post, with `/` to the input folder."""
        at = f"{self._site.input}/" if self._site.input else ""
        if form.startswith("/"):
            inner = form.lstrip("/")
            return Target("files", tuple(dict.fromkeys((at + inner, inner, *self.served(form, None).paths))))
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        return UNKNOWN if beside.startswith("..") else Target("files", (beside,))

    def _beside(self, path: str, form: str) -> list[str]:
        """Files that are copied next to the page because the page names them."""
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        globs = tuple(copy.source for copy in self._site.copies if copy.beside)
        return [beside] if globs and matches(beside, globs) else []

    def served(self, asked: str, note: str | None, is_written: bool = False) -> Target:
        """What the site serves under the address `asked`; `is_written`: a browser gets it as it is."""
        site = self._site
        inner = posixpath.normpath(asked).strip("/")
        if site.prefix and f"/{inner}/".startswith(f"{site.prefix}/"):
            inner = inner[len(site.prefix) :]
        elif site.prefix and asked.startswith("/") and is_written:
            base = f"the site is served below `{site.prefix}/`; write `{{{{ '{asked}' | url }}}}`"
            return Target("missing", note=base)
        at = f"{site.input}/" if site.input else ""
        paths: list[str] = []
        certain = site.complete and web.EXTENSION.search(inner) is not None
        for copy in site.copies:
            if copy.beside:
                continue
            found, sure = self._copied(copy, inner, at)
            paths += found
            certain = certain and sure
        if inner.rpartition(".")[2].lower() in site.carried:
            paths.append(at + inner)
        if paths:
            return Target("files", tuple(dict.fromkeys(paths)), certain, note)
        if certain:
            what = f"nothing copies `/{inner}` into the site; `addPassthroughCopy` would"
            return Target("missing", note=f"{note}: {what}" if note else what)
        folders = dict.fromkeys((at, "", *(f"{each}/" for each in ("public", "static", f"{at}static", f"{at}public"))))
        return Target("files", tuple(folder + inner for folder in folders), False, note)

    def _copied(self, copy: "Any", inner: str, at: str) -> tuple[list[str], bool]:
        """The files that `copy` may make `inner` from, and whether these are all of them."""
        source, target = copy.source, copy.target
        if target is None:
            if copy.is_glob:
                # Globs know no case here.
                asked = dict.fromkeys((at + inner, inner))
                return [path for path in asked if matches(path.lower(), (source.lower(),))], True
            out = source.removeprefix(at)
            if inner == out or inner.startswith(f"{out}/"):
                return [source + inner[len(out) :]], True
            return ([inner], True) if source in (".", "") else ([], True)
        if copy.is_glob:
            # All files of the glob go into one folder.
            folder, _, name = inner.rpartition("/")
            if folder != target:
                return [], True
            return [f"{fixed_folder(source)}/{name}".lstrip("/")], "**" not in source
        if not target:
            # A folder's content, or a single file, goes into the root.
            return [f"{source}/{inner}", *([source] if source.rpartition("/")[2] == inner else [])], True
        if inner == target:
            return [source], True
        if inner.startswith(f"{target}/"):
            rest = inner[len(target) + 1 :]
            return [f"{source}/{rest}", *([source] if source.rpartition("/")[2] == rest else [])], True
        return [], True

    def _anywhere(self, path: str, form: str) -> Target:
        """An image that the site's own code or templates look for: in any of the places where images lie by custom."""
        if not form.lower().endswith(_IMAGES) or web.HOST.match(form):
            return UNKNOWN
        at = f"{self._site.input}/" if self._site.input else ""
        inner = posixpath.normpath("/" + form.removeprefix("./")).lstrip("/")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        paths = [] if form.startswith("/") or beside.startswith("..") else [beside]
        served = self.served("/" + inner, None)
        paths += [*served.paths, at + inner, inner]
        paths += [f"{base}{folder}/{inner}" for base in dict.fromkeys((at, "")) for folder in _BY_CUSTOM]
        return Target("files", tuple(dict.fromkeys(paths)), False)

    def embedded(self, text: str) -> Sequence[Embedded]:
        """`{% image "a.png", "alt" %}`: the first literal that names an image file."""
        found = liquid.tag(text)
        if found is None or not found[1] or found[0] not in _TAGS:
            return ()
        start = text.index(found[1], text.index(found[0]) + len(found[0]))
        for word, begin, end in liquid.words(found[1]):
            quoted = text[start + begin - 1 : start + begin] in ("'", '"')
            if quoted and word.lower().endswith(_IMAGES):
                return (Embedded("image", found[0], word, start + begin, start + end),)
        return ()
