"""Where the links of a Hugo site's posts lead: addresses as they are written, or pages by their path."""

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from unicodedata import category

from postlint.files.endings import is_download, is_image
from postlint.files.files import Files
from postlint.frameworks._shared.placed import Links
from postlint.frameworks.answers import EXTERNAL, UNKNOWN, Address, Target, Where, is_external
from postlint.frameworks.hugo.images import HugoImages
from postlint.frameworks.hugo.shortcodes import AS_PRINTED, PAGE_TAGS
from postlint.frameworks.hugo.slugs import lower, sanitize, without_accents
from postlint.frameworks.hugo.tree import ENDINGS, PAGES, Place, Tree
from postlint.frameworks.web import EXTENSION, absolute, clean, numbered

_TEMPLATE = ("{", "<%")
_DASHES = re.compile("-{2,3}")
_NUMBERED = re.compile(r"/page/\d+$")
_AS_IT_IS = "Hugo does not turn a file's path into an address; write the address, or use `ref`"
_MOST_FILES = 100_000


class HugoLinks(Links):
    """The links of one site's posts. `page` gives a post's address."""

    def __init__(
        self,
        tree: Tree,
        page: Callable[[str, Mapping[str, Any]], Address],
        images: HugoImages,
        files: Files | None,
    ) -> None:
        self._tree = tree
        self._site = tree.site
        self._page = page
        self._images = images
        self._files = files
        self._pages: dict[str, list[str]] | None = None
        self._has_other_pages = False

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None) -> Target:
        if is_external(target):
            return EXTERNAL
        form = clean(target)
        if tag == AS_PRINTED:
            where = "html"
        if where == "shortcode":
            return self._source(path, form) if tag in PAGE_TAGS else UNKNOWN
        if not form or any(mark in target for mark in _TEMPLATE) or where not in ("markdown", "reference", "html"):
            return UNKNOWN
        hook = "none" if where == "html" else self._site.hooks["link"]
        if hook == "code":
            return UNKNOWN
        ending = form.rpartition(".")[2].lower()
        if ending in ENDINGS and "." in form:
            if hook == "embedded":
                return self._source(path, form)
            if hook != "none" or (where == "html" and self._site.unseen):
                return UNKNOWN
            return Target("missing", note=_AS_IT_IS)
        if EXTENSION.search(form) and not form.endswith((".html", ".htm")):
            if not (is_image(form) or is_download(form)) or hook not in ("none", "embedded"):
                return Target("unknown", address=form) if form.startswith("/") else UNKNOWN
            return self._images.found(path, data, target, hook)
        return self._address(path, data, form, hook)

    def _address(self, path: str, data: Mapping[str, Any], form: str, hook: str) -> Target:
        base = self._site.base
        if base is None or self._site.multihost:
            return UNKNOWN
        if hook == "embedded" and (found := self._source(path, form)).status == "files" and found.note is None:
            return found
        if form.startswith("/"):
            # A template of the site's own may put a language before it.
            return self._at(
                absolute("/", form), hook in ("none", "embedded") or (hook == "own" and len(self._site.languages) < 2)
            )
        own = self._page(path, data)
        if not own.addresses or hook not in ("none", "embedded"):
            return UNKNOWN
        # What the embedded hook finds no page for is left as it is.
        return self._at(absolute(own.addresses[0], form), True)

    def _at(self, asked: str, certain: bool) -> Target:
        """What answers the address `asked`."""
        site = self._site
        base = site.base or ""
        if not f"{asked}/".startswith(f"{base}/"):
            return Target("files", (), False, None, asked)
        bare = re.sub(r"(?:/|/index\.html|\.html)$", "", posixpath.normpath(asked[len(base) :] or "/"))
        prefix = next((each for each in site.languages.values() if each and f"{bare}/".startswith(f"{each}/")), "")
        inner = bare[len(prefix) :]
        if not inner or _NUMBERED.search(inner):
            return UNKNOWN  # made of all posts, as many as templates want
        paths = self._images.served(f"{prefix}{inner}")
        if inner.strip("/").partition("/")[0] in site.taxonomies:
            return Target("unknown", tuple(paths), address=asked)
        if section := self._section(inner):
            paths.append(section)
        return Target("files", tuple(paths), certain and self.is_closed(), None, asked)

    def _section(self, inner: str) -> str | None:
        """The folder that is listed at `inner`: each at the top of the content is, without a page of its own too."""
        for mount in self._site.content if inner.count("/") == 1 and not self._site.permalinks else ():
            for name, is_folder in self._files.names(mount.source).items() if self._files else ():
                if is_folder and f"/{lower(sanitize(name.replace(' ', '-')))}" == lower(inner):
                    return f"{mount.source}/{name}"
        return None

    def is_closed(self) -> bool:
        """Whether all pages are Markdown files of this site, and lists lie where they do by default."""
        site = self._site
        moved = any(rule.kind not in (None, "page", "home") for rule in site.permalinks)
        if site.unseen or moved or self._files is None:
            return False
        self._all_pages()
        return not self._has_other_pages

    def _source(self, path: str, form: str) -> Target:
        """A page by its path, as `ref` finds it: in any case, without ending too, beside it or by its name."""
        place = self._tree.place(path)
        if not isinstance(place, Place) or not form or self._files is None:
            return UNKNOWN
        name = form.removesuffix("/")
        stem, dot, ending = name.rpartition(".")
        if dot and ending.lower() in ENDINGS:
            name = stem
        elif dot and "/" not in ending and ending.isalpha():
            return UNKNOWN
        name = name.removesuffix("/_index").removesuffix("/index")
        if not name or name in ("_index", "index", ".", ".."):
            return UNKNOWN
        pages = self._all_pages()
        section = place.folder if not place.bundle else place.folder.rpartition("/")[0]
        wanted = {_logical(posixpath.normpath(posixpath.join("/", section, name)))}
        wanted.add(_logical(posixpath.normpath(posixpath.join("/", place.folder, name))))
        wanted.add(_logical(posixpath.normpath(f"/{name}")))
        for each in wanted:
            if found := self._in_language(pages.get(each, []), place.language):
                return Target("files", tuple(found))
        last = _logical(f"/{name}").rpartition("/")[2]
        if not form.startswith(("/", ".")):
            same = [file for each, files in pages.items() if each.rpartition("/")[2] == last for file in files]
            if same := self._in_language(same, place.language):
                return Target("files", tuple(same)) if "/" not in name else UNKNOWN
        if self._site.unseen or len(self._site.content) > 1 or len(self._site.languages) > 1:
            return UNKNOWN
        note = "`ref` finds no such page"
        return Target(
            "files", (posixpath.normpath(f"{place.own_folder}/{name.lstrip('/')}.md"),), True, note, stops=True
        )

    def _in_language(self, files: list[str], language: str) -> list[str]:
        """Those of `files` that are pages in `language`; folders are in every one."""
        if len(self._site.languages) < 2:
            return files
        places = [(file, self._tree.place(file)) for file in files]
        return [file for file, place in places if not isinstance(place, Place) or place.language == language]

    def _all_pages(self) -> dict[str, list[str]]:
        """Logical path → files, of every page below the content folders; sections too."""
        if self._pages is None:
            roots = list(dict.fromkeys(mount.source for mount in self._site.content))
            self._pages = {"/": roots}
            pending, seen = [(root, root) for root in roots], 0
            while pending and self._files and seen < _MOST_FILES:
                root, folder = pending.pop()
                for name, is_folder in self._files.names(folder).items():
                    seen += 1
                    path = f"{folder}/{name}"
                    inside = path[len(root) :]
                    if is_folder:
                        pending.append((root, path))
                        self._pages.setdefault(_logical(inside), []).append(path)
                        continue
                    stem, _, ending = inside.rpartition(".")
                    self._has_other_pages |= ending not in ENDINGS and ending in (*PAGES, "gotmpl")
                    self._pages.setdefault(_logical(stem), []).append(path)
                    stem, _, code = stem.rpartition(".")
                    if code.lower() in self._site.languages:
                        self._pages.setdefault(_logical(stem), []).append(path)
        return self._pages

    def anchors(self, headings: Sequence[str]) -> Iterable[str] | None:
        """The ids of `headings` (markup/goldmark/autoid.go), of repeated ones each, with and without smart dashes."""
        kind = self._site.heading_ids
        if kind is None:
            return None
        plain = (_heading_id(text.strip(), kind) or "heading" for text in headings)
        smart = (_heading_id(_DASHES.sub("", text).strip(), kind) or "heading" for text in headings)
        return {*numbered(plain), *numbered(smart)}


def _heading_id(text: str, kind: str) -> str:
    if kind == "github-ascii":
        text = "".join(char for char in without_accents(text) if char.isascii())
    kept = (char for char in text if char in "-_ " or category(char)[0] == "L" or category(char) == "Nd")
    return lower("".join(kept)).replace(" ", "-")


def _logical(path: str) -> str:
    return lower(path).replace(" ", "-")
