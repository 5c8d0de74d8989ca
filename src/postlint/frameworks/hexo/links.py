"""Where the links of a Hexo site's posts lead: addresses as they are written, or posts and files by Hexo's tags."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from postlint.files.endings import is_download
from postlint.files.files import Files
from postlint.frameworks._shared import usual_anchors
from postlint.frameworks._shared.placed import Links
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Target, Where, is_external
from postlint.frameworks.hexo.addresses import HexoAddresses
from postlint.frameworks.hexo.images import PATH_TAG, TEMPLATE, HexoImages
from postlint.frameworks.hexo.posts import HexoPosts
from postlint.frameworks.hexo.settings import HexoSettings
from postlint.frameworks.hexo.slugs import slugize
from postlint.frameworks.web import EXTENSION, absolute, clean, numbered

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
# What hexo-util's stripHTML takes for a tag, in code as well.
_TAG = re.compile(r"<[^<>]*>")
_NUMBERED = re.compile(r"/page/\d+$")
_AS_IT_IS = "Hexo does not turn a file's path into an address; write the address"


class HexoLinks(Links):
    """The links of one site's posts."""

    def __init__(self, site: HexoSettings, addresses: HexoAddresses, images: HexoImages, files: Files | None) -> None:
        self._site = site
        self._addresses = addresses
        self._images = images
        self._posts = HexoPosts(site, addresses, files)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None) -> Target:
        if tag in ("post_link", "post_path"):
            return self._post(target, tag)
        if tag is not None:
            return self._images.image(path, data, target, where, tag)
        if is_external(target):
            return EXTERNAL
        if where == "markdown" and (run := PATH_TAG.search(target)):
            return Target("missing", note=f"Hexo does not run `{run[1]}` in a Markdown address; write `post_link`")
        form = clean(target)
        if not form or any(mark in target for mark in TEMPLATE) or where not in ("markdown", "reference", "html"):
            return UNKNOWN
        if form.endswith((".md", ".markdown")):
            if where == "html" or not self._site.marked or self._site.asset_plugin:
                return UNKNOWN
            return Target("missing", note=_AS_IT_IS)
        root = self._site.root
        if root is None:
            return UNKNOWN
        if not form.startswith("/"):
            pages = self._addresses.address(path, {**data, "published": True})
            if not pages.addresses or (where != "html" and not self._site.marked):
                return UNKNOWN
            return self._at(absolute(clean(pages.addresses[0]), form))
        return self._at(absolute("/", form))

    def _post(self, target: str, tag: str) -> Target:
        """The post that `tag` finds by its slug or title."""
        name = target.partition("#")[0]
        if name.endswith(".md"):
            return Target("missing", note=f"`{tag}` takes the post's name without `.md`", stops=True)
        found = self._posts.named(name)
        if found:
            return Target("files", (found,))
        note = f"`{tag}` finds no post with this name or title"
        return Target("files", (f"{self._site.source}/_posts/{name}.md",), True, note, stops=True)

    def _at(self, asked: str) -> Target:
        """What answers the address `asked`."""
        site = self._site
        root = site.root or "/"
        if not asked.startswith(root):
            return UNKNOWN
        inner = re.sub(r"(?:/|/index\.html)$", "", posixpath.normpath(asked[len(root) - 1 :]))
        if not inner.strip("/"):
            return UNKNOWN
        extension = EXTENSION.search(inner)
        is_list = f"{inner}/".startswith(tuple(f"/{each}/" for each in site.lists)) or _NUMBERED.search(inner)
        if extension and not (inner.endswith((".html", ".htm")) or is_download(inner)):
            return Target("unknown", (f"{site.source}{inner}",), address=asked)
        paths = [f"{folder}{inner}" for folder in (site.source, *site.themes)]
        if not extension:
            paths.append(f"{site.source}{inner}.html")
        if is_list:
            # Whether the lists are all known depends on what makes them.
            return Target("unknown", tuple(paths), address=asked) if site.closed else UNKNOWN
        return Target("files", tuple(paths), site.closed, None, asked)

    def anchors(self, headings: Sequence[str]) -> Iterable[str] | None:
        """The ids of `headings` as hexo-renderer-marked or hexo-renderer-markdown-it makes them, of repeated ones each,
        with and without smart quotes; those that are usual where another makes them."""
        if not (self._site.marked or self._site.counts_up):
            return usual_anchors.anchors(headings)
        ways: list[Callable[[str], str]] = [str, _smart]
        if self._site.marked:
            ways.append(lambda text: _TAG.sub("", text))
        if self._site.entities:
            ways += [_escaped, lambda text: _escaped(_smart(text))]
        number = _counted if self._site.counts_up else numbered
        return {
            each
            for way in ways
            for each in number([slugize(way(text.strip()).strip(), self._site.anchor_case) for text in headings])
        }


def _counted(names: Iterable[str]) -> Iterator[str]:
    """`names`, a repeated one with `-2` at its end (hexo-renderer-markdown-it, lib/anchors.js)."""
    seen: dict[str, int] = {}
    for name in names:
        count = seen[name] = seen.get(name, 0) + 1
        yield f"{name}-{count}" if count > 1 else name


def _escaped(text: str) -> str:
    """`text` as marked writes it in HTML (marked, src/helpers.js: escape)."""
    return "".join(_ENTITIES.get(char, char) for char in text)


def _smart(text: str) -> str:
    """`text` with the quotes and dashes that marked makes (lib/Renderer: smartypants)."""
    text = text.replace("---", "\u2014").replace("--", "\u2013").replace("...", "\u2026")
    text = re.sub(r"(^|[-\u2014/(\[{\"\s])'", "\\1\u2018", text).replace("'", "\u2019")
    return re.sub(r"(^|[-\u2014/(\[{\u2018\s])\"", "\\1\u201c", text).replace('"', "\u201d")
