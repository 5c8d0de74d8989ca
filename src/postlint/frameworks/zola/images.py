"""Where a Zola site looks for images: `static`, and the files beside `index.md` and `_index.md`."""

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from postlint.files.endings import IMAGE_ENDING
from postlint.files.files import Files
from postlint.frameworks import web
from postlint.frameworks._shared.file_index import FileIndex
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Embedded, Target, Where, is_external
from postlint.frameworks.zola.addresses import CONTENT, Place, ZolaAddresses, ignored
from postlint.frameworks.zola.settings import ZolaSettings
from postlint.front_matter import read as read_front_matter
from postlint.front_matter import to_data
from postlint.front_matter.dialects import ZOLA

_TEMPLATE = ("{", "<%")
_IMAGE = re.compile(IMAGE_ENDING + "$", re.IGNORECASE)
_CALL = re.compile(r"\{[{%]-?\s*(\w+)\s*\(")
_PARAMETER = re.compile(r"\b(src|path|url|image|img|file)\s*=\s*(?:\"([^\"\\]*)\"|'([^'\\]*)'|`([^`]*)`)")
_BY_CODE = re.compile(r"https?:|config\.|~|cdn|concat|format|get_file_hash", re.IGNORECASE)
_LOADS = re.compile(r"\b(?:load_data|resize_image|get_image_metadata|get_url)\b")
# Made while the site is built.
_GENERATED = ("/processed_images/",)


class ZolaImages:
    """The images of one site's posts. `page` gives a post's address."""

    def __init__(
        self,
        site: ZolaSettings,
        addresses: ZolaAddresses,
        page: Callable[[str, Mapping[str, Any]], Address],
        files: Files | None,
    ) -> None:
        self._site = site
        self._addresses = addresses
        self._page = page
        self._files = files
        self._ignored = ignored(site.ignored)
        self._ignored_static = ignored(site.ignored_static)
        self._templates: dict[str, str] = {}
        self._index = FileIndex(files, (CONTENT,))
        self._bundles: dict[str, tuple[str, ...]] = {}

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None) -> Target:
        if is_external(target):
            return EXTERNAL
        if not target or target[0] in "#?" or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        page = self._page(path, data)
        if where == "shortcode":
            return self._anywhere(path, page, target) if self._template(tag or "") == "own" else UNKNOWN
        if where == "field":
            return self._anywhere(path, page, target)
        if target.startswith("@/"):
            return Target("missing", note="`@/` leads to pages only; write the image's own path")
        return self.served(path, page, web.clean(target), web.SHORT_EXTENSION.search(web.clean(target)) is not None)

    def served(self, path: str, page: Address, form: str, certain: bool) -> Target:
        """The files that a browser may get for `form` on the page."""
        base = self._site.base
        own = self._addresses.place(path)
        if not isinstance(own, Place):
            return self._outside(path, form)
        note = None
        if form.startswith("/"):
            if base and not form.startswith(f"{base}/"):
                return Target("missing", note=f"the site is served below `{base}/`; write `{base}{form}`")
            roots = [posixpath.normpath(form[len(base or "") :])]
            if base is None:
                certain = False
                roots.append(posixpath.normpath(f"/{form[1:].partition('/')[2]}"))
        elif page.addresses:
            at = web.decoded(page.addresses[0][len(base or "") :])
            roots = [posixpath.normpath(posixpath.join(at[: at.rindex("/") + 1], form))]
            note = None if own.bundle or own.section else f"a browser looks for it at `{base or ''}{roots[0]}`"
        elif page.addresses == ():
            return UNKNOWN
        else:
            beside = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
            return Target("files", (beside,), False) if not beside.startswith("..") else UNKNOWN
        paths: list[str] = []
        for root in roots:
            if root.startswith(_GENERATED):
                return UNKNOWN
            paths += [f"{folder}{root}" for folder in self._site.static]
            if page.addresses:
                paths += self._beside(path, own, web.decoded(page.addresses[0][len(base or "") :]), root)
            if found := self._content(root):
                paths.append(found)
            paths += self._moved(root)
            certain = certain and not self._site.unseen
        if self._ignored:
            outside = f"{CONTENT}/"
            paths = [each for each in paths if not each.startswith(outside) or not self._ignored.fullmatch(f"/{each}")]
        if self._ignored_static:
            paths = [
                path for path in paths if path.startswith(CONTENT) or not self._ignored_static.fullmatch(f"/{path}")
            ]
            if not paths and certain:
                return Target("missing", note="`ignored_static` names it")
        inside = tuple(dict.fromkeys(each for each in paths if not each.startswith("..")))
        return Target("files", inside, certain, note) if inside else UNKNOWN

    def _beside(self, path: str, place: Place, address: str, root: str) -> list[str]:
        """The file in the folder of the post's `index.md` or `_index.md` that is served at `root`."""
        if not (place.bundle or place.section) or not root.startswith(address):
            return []
        rest = root[len(address) :]
        return [] if place.section and "/" in rest else [f"{posixpath.dirname(path)}/{rest}"]

    def _content(self, root: str) -> str | None:
        """The file beside a section's page that is served at `root`."""
        *folders, file = root.strip("/").split("/")
        if folders and folders[0] in self._site.languages:
            folders.pop(0)
        folder = "/".join((CONTENT, *folders))
        known = self._files is not None and self._files.find_folder(folder).status == "ok"
        return f"{folder}/{file}" if known and any(n.startswith("_index.") for n in self._names(folder)) else None

    def _names(self, folder: str) -> dict[str, bool]:
        return self._files.names(folder) if self._files else {}

    def _moved(self, root: str) -> list[str]:
        """The files of pages' folders that are served at `root`: the page's language or front matter says where."""
        found = []
        for file in self._index.named(root.rpartition("/")[2])[:50]:
            folder = posixpath.dirname(file)
            while folder != CONTENT and not (pages := self._pages_in(folder)):
                folder = posixpath.dirname(folder)
            if folder != CONTENT and any(root == web.decoded(page) + file[len(folder) + 1 :] for page in pages):
                found.append(file)
        return found

    def _pages_in(self, folder: str) -> tuple[str, ...]:
        """The addresses, below the site's own, of the page whose files lie in `folder`, in each of its languages."""
        if folder not in self._bundles:
            found: list[str] = []
            for name in self._names(folder):
                path = f"{folder}/{name}"
                place = self._addresses.place(path)
                if isinstance(place, Place) and place.bundle:
                    text = self._files.read_text(path) if self._files else None
                    data = to_data(read_front_matter(text or "", ZOLA).root)
                    found += self._addresses.address(path, data if isinstance(data, dict) else {}).addresses or ()
            self._bundles[folder] = tuple(address[len(self._site.base or "") :] for address in found)
        return self._bundles[folder]

    def _outside(self, path: str, form: str) -> Target:
        """An image of a file that is not a page (yet): what static files can tell."""
        name = re.sub(r"^(?:\.\.?/)+", "", form.lstrip("/"))
        paths = [] if form.startswith("/") else [posixpath.normpath(posixpath.join(posixpath.dirname(path), form))]
        paths = [*(f"{folder}/{name}" for folder in self._site.static), *paths]
        return Target("files", tuple(each for each in paths if not each.startswith("..")), False)

    def _anywhere(self, path: str, page: Address, target: str) -> Target:
        """An image that a template takes from where the theme has it."""
        form = web.clean(target)
        if not _IMAGE.search(form) or web.HOST.match(form):
            return UNKNOWN
        name = form.removeprefix("@/").lstrip("/").removeprefix("./")
        folder = posixpath.dirname(path)
        roots = [f"{static}{extra}" for static in self._site.static for extra in ("", "/images", "/img")]
        paths = [posixpath.normpath(f"{root}/{name}") for root in (folder, *roots, CONTENT)]
        paths.append(posixpath.normpath(name))
        base = self._site.base or ""
        if base and form.startswith(f"{base}/"):
            paths += [f"{static}{form[len(base) :]}" for static in self._site.static]
        if page.addresses and not form.startswith("/"):
            at = web.decoded(page.addresses[0][len(base) :])
            root = posixpath.normpath(posixpath.join(at, form))
            paths += [f"{static}{root}" for static in self._site.static]
        if found := self._content(f"/{name}"):
            paths.append(found)
        inside = tuple(dict.fromkeys(each for each in paths if not each.startswith("..")))
        return Target("files", inside, False) if inside else UNKNOWN

    def embedded(self, tag: str) -> Sequence[Embedded]:
        """The image that a shortcode's call names."""
        call = _CALL.match(tag)
        found = _PARAMETER.search(tag, call.end()) if call else None
        if call is None or found is None:
            return ()
        group = next(group for group in (2, 3, 4) if found[group] is not None)
        if not _IMAGE.search(web.clean(found[group])):
            return ()
        return (Embedded("image", call[1], found[group], *found.span(group)),)

    def _template(self, tag: str) -> str:
        """`own`: the shortcode's template shows the image as it is named; else `code`."""
        if tag not in self._templates:
            self._templates[tag] = "code"
            for folder in self._site.templates:
                for ending in ("html", "md"):
                    text = self._files.read_text(f"{folder}/shortcodes/{tag}.{ending}") if self._files else None
                    if text is not None:
                        self._templates[tag] = "code" if _BY_CODE.search(text) and not _LOADS.search(text) else "own"
                        return self._templates[tag]
        return self._templates[tag]
