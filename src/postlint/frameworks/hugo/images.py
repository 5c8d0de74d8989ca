"""Where a Hugo site looks for images: page bundles, sections, `static`, and `assets` by its templates."""

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from postlint.files.endings import IMAGE_ENDING
from postlint.files.files import Files
from postlint.frameworks import web
from postlint.frameworks._shared.file_index import FileIndex
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Embedded, Target, Where, is_external
from postlint.frameworks.hugo.addresses import HugoAddresses
from postlint.frameworks.hugo.shortcodes import AS_PRINTED, Shortcodes
from postlint.frameworks.hugo.slugs import lower, sanitize
from postlint.frameworks.hugo.tree import Place, Tree

_TEMPLATE = ("{", "<%")
_IMAGE = re.compile(IMAGE_ENDING + "$", re.IGNORECASE)
_COMMON = ("images", "img", "image")


class HugoImages:
    """The images of one site's posts. `page` gives a post's address."""

    def __init__(
        self,
        tree: Tree,
        addresses: HugoAddresses,
        page: Callable[[str, Mapping[str, Any]], Address],
        shortcodes: Shortcodes,
        files: Files | None,
    ) -> None:
        self._tree = tree
        self._site = tree.site
        self._addresses = addresses
        self._page = page
        self._files = files
        self._shortcodes = shortcodes
        site = self._site
        self._index = FileIndex(files, [mount.source for mount in (*site.content, *site.static, *site.assets)])
        self._bundles: dict[str, Address] = {}

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None) -> Target:
        if is_external(target):
            return EXTERNAL
        if not target or target[0] in "#?" or any(mark in target for mark in _TEMPLATE):
            return UNKNOWN
        page = self._page(path, data)
        if where == "field":
            return self._field(path, page, target)
        hook = "none" if where == "html" else self._site.hooks["image"]
        if where == "shortcode":
            hook = "none" if tag == AS_PRINTED else self._shortcodes.hook(tag or "")
        elif where == "html" and self._site.unseen:
            hook = "unseen"
        if hook == "code":
            return UNKNOWN
        return self.found(path, data, target, hook)

    def found(self, path: str, data: Mapping[str, Any], target: str, hook: str) -> Target:
        """Where a browser gets `target` on the page, or where a template takes it from before that."""
        page = self._page(path, data)
        form = web.clean(target)
        certain = hook in ("none", "embedded") and web.SHORT_EXTENSION.search(form) is not None
        place = self._tree.place(path)
        if not isinstance(place, Place):
            return self._outside(path, form)
        paths = self._resources(place, form, hook) if hook != "none" else []
        note = None
        if form.startswith("/"):
            roots, note = self._without_base(form)
        elif page.addresses:
            base = self._site.base or ""
            pages = [web.decoded(each[len(base) :]) for each in page.addresses]
            roots = [posixpath.normpath(posixpath.join(each[: each.rindex("/") + 1], form)) for each in pages]
            paths += self._bundled(place, page.addresses[0][len(base) :], roots[0])
            if not place.bundle and not place.section:
                note = f"a browser looks for it at `{base}{roots[0]}`"
        elif page.addresses == ():
            return UNKNOWN
        else:
            # The page's address is not known: what lies beside it may well be served beside it.
            paths.append(_join(place.own_folder, form))
            pages = [web.decoded(each) for each in self._addresses.plausible(place, data)]
            roots = [posixpath.normpath(posixpath.join(each[: each.rindex("/") + 1], form)) for each in pages]
            certain = False
        if note and not roots and not paths:
            return Target("missing", note=note) if certain else UNKNOWN
        for root in roots:
            served = [*self.served(root), *self._moved(root, place)]
            paths = [*served, *paths] if form.startswith("/") else [*paths, *served]
            certain = certain and not self._site.unseen
        is_judged = hook in ("own", "unseen") and self._site.folders_known and web.SHORT_EXTENSION.search(form)
        if is_judged and not certain and self._fits_nothing(form):
            certain = True
        inside = tuple(dict.fromkeys(each for each in paths if each and not each.startswith("..")))
        if not inside:
            return Target("missing", note=note) if certain else UNKNOWN
        return Target("files", inside, certain, note)

    def _without_base(self, form: str) -> tuple[list[str], str | None]:
        base = self._site.base
        if base is None:
            _, _, rest = form[1:].partition("/")
            return [form, f"/{rest}"] if rest else [form], None
        if not base:
            return [posixpath.normpath(form)], None
        if form.startswith(f"{base}/"):
            return [posixpath.normpath(form[len(base) :])], None
        if self._site.canonify:
            return [posixpath.normpath(form)], None
        return [], f"the site is served below `{base}/`; write `{base}{form}`"

    def _bundled(self, place: Place, address: str, root: str) -> list[str]:
        """The file of the post's own bundle that is served at `root`."""
        own = place.own_folder
        if not (place.bundle or place.section):
            own = f"{own}/{place.name}"  # what lies in a folder of the page's own name belongs to the page
            if not self._files or not self._files.names(own) or self._tree.index_languages(own):
                return []
        folder = web.decoded(address)
        folder = folder.removesuffix("index.html") if folder.endswith("/index.html") else folder.removesuffix(".html")
        folder = f"{folder.rstrip('/')}/"
        return [_join(own, root[len(folder) :])] if root.startswith(folder) else []

    def _resources(self, place: Place, form: str, hook: str) -> list[str]:
        """What `Resources.Get`, which knows no case, finds in the bundle, and `resources.Get`, which does, among the
        assets."""
        paths = []
        name = form.removeprefix("./").lstrip("/")
        if place.bundle or place.section or hook != "embedded":
            stem, _, ending = name.rpartition(".")
            paths.append(_join(place.own_folder, name))
            if len(self._site.languages) > 1:
                paths.append(_join(place.own_folder, f"{stem}.{place.language}.{ending}"))
                # A bundle's files serve its translations, too.
                inside = place.own_folder[len(place.mount.source) :].lstrip("/")
                sources = (mount.source for mount in self._site.content if mount.target == place.mount.target)
                paths += [_join(each, f"{inside}/{name}") for each in sources if each != place.mount.source]
        assets = [_join(mount.source, name[len(mount.target) :].lstrip("/")) for mount in _of(self._site.assets, name)]
        others = []
        if hook != "embedded":
            others += [_join(mount.source, name) for mount in self._site.static]
            others += [_join(place.mount.source, name)]
        return [*map(self._actual, paths), *assets, *map(self._actual, others)]

    def _actual(self, path: str) -> str:
        """The path as it is on disk, where it is there in some case."""
        found = self._files.find(path).path if self._files and not path.startswith("..") else None
        return found or path

    def served(self, root: str) -> list[str]:
        """The files that may be served at `root` (from the site's root, without its base)."""
        # Many posts link to the same pages.
        if root not in self._served:
            self._served[root] = tuple(self._files_at(root))
        return list(self._served[root])

    @cached_property
    def _served(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _files_at(self, root: str) -> list[str]:
        name = root.lstrip("/")
        paths = [_join(mount.source, name[len(mount.target) :].lstrip("/")) for mount in _of(self._site.static, name)]
        paths += [f"{folder}/{name}" for folder in self._site.published]
        for prefix in dict.fromkeys(("", *self._site.languages.values())):
            if root.startswith(f"{prefix}/"):
                paths += [
                    found
                    for mount in _of(self._site.content, root[len(prefix) :].lstrip("/"))
                    if (found := self._content(mount.source, root[len(prefix) :].lstrip("/")[len(mount.target) :]))
                ]
        return paths

    def _content(self, folder: str, name: str) -> str | None:
        """The file below the content folder that is served at `name`: folders are in lower case there."""
        *folders, file = name.strip("/").split("/")
        for part in folders:
            below = self._files.names(folder) if self._files else {}
            actual = part if below.get(part) else None
            if actual is None:
                actual = next((each for each, is_folder in below.items() if is_folder and _same(each, part)), None)
            if actual is None:
                return None
            folder = f"{folder}/{actual}"
            if self._tree.index_languages(folder):
                return None  # a page bundle: `_moved` knows where it is
        return _join(folder, file)

    def _moved(self, root: str, place: Place) -> list[str]:
        """The files of page bundles that are served at `root` because front matter or a pattern moved the page."""
        found = []
        base = self._site.base or ""
        for file in self._index.named(root.rpartition("/")[2])[:50]:
            folder = posixpath.dirname(file)
            if self._tree.mount(file) is None:
                continue
            while "/" in folder and not self._tree.index_languages(folder):
                folder = posixpath.dirname(folder)
            for index in (f"{folder}/index.md", f"{folder}/index.{place.language}.md"):
                if index not in self._bundles:
                    text = self._files.read_text(index) if self._files else None
                    made = self._addresses.address(index, self._tree.front_matter(text)) if text is not None else None
                    self._bundles[index] = made or Address(None)
                page = self._bundles[index]
                if page.addresses and root == web.decoded(page.addresses[0][len(base) :]) + file[len(folder) + 1 :]:
                    found.append(file)
        return found

    def _fits_nothing(self, form: str) -> bool:
        """Whether no file ends with the path as it is written, though one has its name: a template may put folders
        before a path, but takes none away. `..` at its beginning only says where from."""
        name = re.sub(r"^(?:\.\./)+", "", posixpath.normpath(form.lstrip("/")))
        named = self._index.named(name.rpartition("/")[2])
        ending = f"/{name}".lower()
        return "/" in name and bool(named) and not any(f"/{each}".lower().endswith(ending) for each in named)

    def _outside(self, path: str, form: str) -> Target:
        """An image of a file that is not a page (yet): what static files can tell."""
        name = re.sub(r"^(?:\.\.?/)+", "", form.lstrip("/"))
        paths = [] if form.startswith("/") else [posixpath.normpath(posixpath.join(posixpath.dirname(path), form))]
        paths = [*(_join(mount.source, name) for mount in self._site.static), *paths]
        return Target("files", tuple(each for each in paths if not each.startswith("..")), False)

    def _field(self, path: str, page: Address, target: str) -> Target:
        """An image in the front matter: which of the usual places it is in is up to the theme."""
        form = web.clean(target)
        place = self._tree.place(path)
        if not _IMAGE.search(form) or web.HOST.match(form) or "*" in form or not isinstance(place, Place):
            return UNKNOWN
        base = self._site.base or ""
        if base and form.startswith(f"{base}/"):
            form = form[len(base) :]
        name = form.removeprefix("./").lstrip("/")
        if name.startswith("../"):
            beside = _join(place.own_folder, name)
            return UNKNOWN if beside.startswith("..") else Target("files", (beside,), False)
        roots = [*(mount.source for mount in self._site.static), *(mount.source for mount in self._site.assets)]
        # A field may name files of `assets` or `static` by their path in the sources.
        paths = [_join(roots[0], name), _join(place.own_folder, name), *(_join(root, name) for root in roots[1:]), name]
        if place.bundle or not form.startswith("/"):
            paths[0], paths[1] = paths[1], paths[0]
        paths += self.served(f"/{name}")
        if page.addresses and not form.startswith("/"):
            at = web.decoded(page.addresses[0][len(base) :])
            paths += self.served(posixpath.normpath(posixpath.join(at[: at.rindex("/") + 1], form)))
        paths += [f"{root}/{folder}/{name}" for root in roots for folder in _COMMON]
        return Target("files", tuple(dict.fromkeys(each for each in paths if not each.startswith(".."))), False)

    def embedded(self, tag: str) -> Sequence[Embedded]:
        return self._shortcodes.embedded(tag)


def _same(name: str, part: str) -> bool:
    return lower(sanitize(lower(name).replace(" ", "-"))) == part


def _of(mounts: Sequence[Any], name: str) -> list[Any]:
    return [mount for mount in mounts if not mount.target or name.startswith(f"{mount.target}/")]


def _join(folder: str, name: str) -> str:
    return posixpath.normpath(posixpath.join(folder, name.lstrip("/")))
