"""Where a Hexo site looks for images: Markdown images from the site's root, or in a post's own folder."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from typing import Any

from postlint.files.files import Files
from postlint.files.globs import matches
from postlint.frameworks import web
from postlint.frameworks._shared import liquid
from postlint.frameworks._shared.file_index import FileIndex
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Embedded, Target, Where, is_external
from postlint.frameworks.hexo.addresses import HexoAddresses
from postlint.frameworks.hexo.settings import HexoSettings

TEMPLATE = ("{{", "{%", "<%")
PATH_TAG = re.compile(r"\{%-?\s*(asset_path|post_path)\b")
_ASSET_TAGS = ("asset_img", "asset_path", "asset_link")
_IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".ico", ".jfif")


class HexoImages:
    """The images of one site's posts."""

    def __init__(self, site: HexoSettings, addresses: HexoAddresses, files: Files | None) -> None:
        self._site = site
        self._addresses = addresses
        self._assets_of_posts = FileIndex(files, (f"{site.source}/_posts",))

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None) -> Target:
        if tag is not None:
            return self._tagged(path, target, tag)
        if web.is_on_disk(target):
            return Target("missing", note=web.ON_ITS_AUTHORS_DISK)
        if is_external(target):
            return EXTERNAL
        site = self._site
        if where == "markdown" and (run := PATH_TAG.search(target)):
            return Target("missing", note=f"Hexo does not run `{run[1]}` in a Markdown address; write `asset_img`")
        if not target or target[0] in "#?" or any(mark in target for mark in TEMPLATE) or site.root is None:
            return UNKNOWN
        form = web.clean(target)
        if where == "field":
            return self._field(path, form)
        if form.startswith("/"):
            return self._rooted(form, where)
        folder = self._assets(path)
        if where == "html" or not (site.marked and site.prepends):
            return self._beside_page(path, data, form, where, folder)
        note = f"Hexo reads this path from the site's root: `/{posixpath.normpath(form).lstrip('./')}`"
        found = self._served("/" + posixpath.normpath(form).lstrip("./"), note)
        if folder is not None and (site.post_asset or site.asset_plugin):
            own = (*self._own(folder, form), *self._at_the_post(path, data, folder, form))
            found = Target("files", tuple(dict.fromkeys((*own, *found.paths))), found.certain)
        elif folder is not None and not site.post_asset and found.status == "files":
            found = found._replace(note=f"{note}; `marked.postAsset` makes it look in the post's own folder")
        return found

    def _own(self, folder: str, form: str) -> tuple[str, ...]:
        """The files in a post's own `folder` that `form` may name; a plugin lets the name of the folder go first."""
        forms = [form]
        if self._site.asset_plugin:
            forms.insert(0, form.removeprefix("./").removeprefix(f"{posixpath.basename(folder)}/"))
        return tuple(posixpath.normpath(posixpath.join(folder, each)) for each in forms)

    def _at_the_post(self, path: str, data: Mapping[str, Any], folder: str, form: str) -> tuple[str, ...]:
        """The file in a post's own `folder` that `form`, read from the site's root, leads to by the post's address."""
        pages = self._addresses.address(path, {**data, "published": True}).addresses or ()
        asked = web.absolute(self._site.root or "/", form)
        homes = [f"{web.clean(page).rstrip('/')}/" for page in pages]
        return tuple(posixpath.normpath(f"{folder}/{asked[len(home) :]}") for home in homes if asked.startswith(home))

    def _assets(self, path: str) -> str | None:
        """The folder of a post's own files, None if it has none."""
        owns = self._addresses.kind(path) in ("post", "draft") and (self._site.asset_folder or self._site.asset_plugin)
        return posixpath.splitext(path)[0] if owns else None

    def _rooted(self, form: str, where: Where) -> Target:
        """A path from the site's root. In Markdown, hexo-renderer-marked puts the setting `root` before it."""
        site = self._site
        root = site.root or "/"
        if root != "/" and form.startswith(root):
            form = form[len(root) - 1 :]
        elif root != "/" and (where == "html" or not (site.marked and site.prepends)):
            return Target("missing", note=f"the site is served below `{root}`; write `{root}{form[1:]}`")
        return self._served(form, None)

    def _served(self, form: str, note: str | None) -> Target:
        site = self._site
        inner = posixpath.normpath(form).lstrip("/")
        paths = [f"{folder}/{inner}" for folder in site.themes]
        if matches(inner, site.exclude) or matches(f"{site.source}/{inner}", site.ignore):
            return Target("missing", note=note or "`exclude` or `ignore` in the settings excludes it")
        if not (hidden := self._addresses.hidden(inner)) or matches(inner, site.include):
            paths.insert(0, f"{site.source}/{inner}")
        elif not site.include:
            return Target("missing", note=hidden.text)
        certain = web.EXTENSION.search(inner) is not None and site.theme_is_here
        if site.asset_folder and self._assets_of_posts.named(posixpath.basename(inner)):
            certain = False
        return Target("files", tuple(paths), certain or note is not None, note)

    def _beside_page(self, path: str, data: Mapping[str, Any], form: str, where: Where, folder: str | None) -> Target:
        """What a browser resolves against the page's own address; a post's own files lie right there."""
        pages = self._addresses.address(path, {**data, "published": True})
        if not pages.addresses:
            return UNKNOWN
        page = web.clean(pages.addresses[0])
        asked = web.absolute(page, form)
        home = page if page.endswith("/") else page + "/"
        paths: list[str] = []
        if folder is not None and where != "html":
            paths += self._own(folder, form)
        if folder is not None and asked.startswith(home):
            paths.append(posixpath.normpath(f"{folder}/{asked[len(home) :]}"))
        note = f"the browser asks for `{asked}`, next to the page"
        root = self._site.root or "/"
        found = self._served(asked[len(root) - 1 :] if asked.startswith(root) else asked, note)
        if where != "html" and not self._site.marked:
            # Another renderer than Hexo's own may take the path from the site's root.
            inner = posixpath.normpath("/" + form.lstrip("./")).lstrip("/")
            paths.append(f"{self._site.source}/{inner}")
            found = found._replace(certain=False)
        if found.status == "missing" and not paths:
            return found
        return Target("files", tuple(dict.fromkeys((*paths, *found.paths))), found.certain, note)

    def _field(self, path: str, form: str) -> Target:
        """An image in the front matter: a theme's own code says where it lies, most often from the root."""
        if not web.EXTENSION.search(form) or web.HOST.match(form):
            return UNKNOWN
        root = self._site.root or "/"
        if root != "/" and form.startswith(root):
            form = form[len(root) - 1 :]
        inner = posixpath.normpath("/" + form.lstrip("./")).lstrip("/")
        source = self._site.source
        paths = [f"{source}/{inner}", *(f"{folder}/{inner}" for folder in self._site.themes)]
        if not form.startswith("/"):
            folder = posixpath.splitext(path)[0]
            paths += [f"{folder}/{inner}", *(f"{source}/{each}/{inner}" for each in ("images", "img", "image"))]
        return Target("files", tuple(paths), False)

    def embedded(self, text: str) -> Sequence[Embedded]:
        """Hexo's own tags: `asset_img`, `asset_path`, `asset_link`, `img`, `post_link`, `post_path`."""
        found = liquid.tag(text)
        if found is None or not found[1]:
            return ()
        name, start = found[0], text.index(found[1], text.index(found[0]) + len(found[0]))
        words = liquid.words(found[1])
        if name in ("post_link", "post_path"):
            word, begin, end = words[0]
            return (Embedded("link", name, word, start + begin, start + end),)
        if name == "asset_img":
            # Words before the file's name are classes.
            chosen = next((word for word in words if word[0].lower().partition("?")[0].endswith(_IMAGES)), None)
        elif name == "img":
            chosen = next((word for word in words if word[0].startswith("/") or is_external(word[0])), None)
            if chosen is None:
                chosen = next((word for word in words if word[0].lower().endswith(_IMAGES)), None)
        elif name in ("asset_path", "asset_link"):
            chosen = words[0]
        else:
            return ()
        if chosen is None:
            return ()
        kind = "image" if name in ("asset_img", "img") or chosen[0].lower().endswith(_IMAGES) else "link"
        return (
            Embedded("image" if kind == "image" else "link", name, chosen[0], start + chosen[1], start + chosen[2]),
        )

    def _tagged(self, path: str, target: str, tag: str) -> Target:
        site = self._site
        if tag in _ASSET_TAGS:
            folder = self._assets(path)
            if folder is None:
                if self._addresses.kind(path) == "page":
                    return UNKNOWN
                return Target("missing", note=f"`{tag}` finds a post's own files only with `post_asset_folder: true`")
            if target.startswith("/"):
                return Target("missing", note=f"`{tag}` wants the file's name without a slash before it")
            return Target("files", (posixpath.normpath(f"{folder}/{target}"),))
        if is_external(target):
            return EXTERNAL
        if not target.startswith("/"):
            return Target("missing", note="`img` wants a path that begins with `/`")
        return self._served(web.clean(target), None) if site.root else UNKNOWN
