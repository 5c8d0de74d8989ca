"""mdBook: chapters that `SUMMARY.md` lists become pages of a book.

Sources: mdBook 0.5.4 (crates/mdbook-html/src/html/tree.rs and utils.rs, mdbook-driver/src/builtin_preprocessors/index.rs);
builds with it.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import quote

from postlint.body.syntax import Syntax
from postlint.files.files import Files
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
from postlint.frameworks.mdbook import settings
from postlint.frameworks.traits import AddressTraits, FrontMatterTraits, LinkTraits
from postlint.frameworks.web import EXTENSION, clean
from postlint.front_matter import Dialect
from postlint.front_matter.dialects import PLAIN

_README = re.compile(r"(?:^|(?<=/))readme\.md$", re.IGNORECASE)
_MADE = ("print.html", "404.html", "toc.html")


class MdBook(Framework):
    """One book."""

    name: ClassVar[str] = "mdbook"
    title: ClassVar[str] = "mdBook"
    # mdBook reads none; preprocessors take it away.
    dialect: Dialect = PLAIN
    front_matter = FrontMatterTraits(any_line_ends=True, optional=True)
    addressing = AddressTraits(from_names=False)
    linking = LinkTraits(heading_ids_known=False)
    roles: Mapping[str, tuple[str, ...]] = {"title": ("title",), "description": ("description",), "tags": ("tags",)}

    @classmethod
    def detect(cls, files: Files) -> str | None:
        return settings.CONFIG if files.is_file(settings.CONFIG) else None

    def __init__(self, files: Files | None) -> None:
        site = settings.read(files) if files else settings.BookSettings()
        self._site, self._files = site, files
        self.settings = site.reported
        self.linking = self.linking._replace(completed=not site.sure)
        if site.src is not None:
            hidden = (f"{site.src}{settings.SUMMARY}", f"{site.src}**/.*", f"{site.src}**/.*/**")
            self.collections = (Collection("chapters", (f"{site.src}**/*.md",), hidden),)

    def syntax(self, path: str) -> Syntax:
        return Syntax(shortcodes=(("{{#", "}}"),), math=self._site.math, admonitions=False, term_ids=True)

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        site = self._site
        if site.src is None or site.chapters is None:
            return Address(None, reason=Reason("postlint cannot tell which chapters the book has"))
        if path not in site.chapters:
            return Address((), reason=Reason("`SUMMARY.md` does not list it", asked=True))
        address = f"/{quote(self._served(path))}"
        return Address((address,), address)

    def _served(self, path: str) -> str:
        """What a chapter's source becomes, relative to the book."""
        below = path.removeprefix(self._site.src or "").removesuffix(".md")
        if self._site.indexes and _README.search(path):
            return posixpath.join(posixpath.dirname(below), "index.html")
        return f"{below}.html"

    def moment(self, value: object, text: str) -> Moment:
        return Moment(None)

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        """mdBook leaves paths as they are, and copies what lies among its sources."""
        return EXTERNAL if is_external(target) else self._beside(path, clean(target), where)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        """Of `.md` in a link mdBook makes `.html`, whether or not there is such a page."""
        if is_external(target):
            return EXTERNAL
        form = clean(target)
        found = self._beside(path, form, where)
        if found.status != "files":
            return found
        (asked,) = found.paths
        below = asked.removeprefix(self._site.src or "")
        if f"/{below.removesuffix('.md')}.html" in self._site.redirects or f"/{below}" in self._site.redirects:
            return UNKNOWN
        if asked.endswith(".md"):
            return self._source(asked, form)
        if asked.endswith(".html"):
            return self._page(asked)
        return found if EXTENSION.search(asked) and not form.endswith("/") else UNKNOWN

    def _beside(self, path: str, form: str, where: Where) -> Target:
        """The file that `form` names as seen from the chapter at `path`. What no chapter is may be shown in any, and
        what lies outside of the sources may be put beside the book."""
        site = self._site
        if not form or site.src is None or site.chapters is None or path not in site.chapters or "{{" in form:
            return UNKNOWN
        if form.startswith("/") or where not in ("markdown", "reference", "html"):
            return UNKNOWN
        found = posixpath.normpath(posixpath.join(posixpath.dirname(path), form))
        return UNKNOWN if found.startswith("..") or not found.startswith(site.src) else Target("files", (found,))

    def _source(self, asked: str, form: str) -> Target:
        site, files = self._site, self._files
        chapters = site.chapters or frozenset()
        is_there = files is not None and files.is_file(asked)
        if asked in chapters:
            if site.indexes and site.sure and _README.search(asked):
                better = _README.sub("index.md", form)
                return Target("missing", note=f"this chapter's page is the index of its folder; write `{better}`")
            # A chapter that does not exist is made by the build.
            return Target("files", (asked,)) if is_there else UNKNOWN
        folder, _, name = asked.rpartition("/")
        if name == "index.md" and any(each.rpartition("/")[0] == folder and _README.search(each) for each in chapters):
            return UNKNOWN
        if is_there:
            note = f"`{settings.SUMMARY}` does not list this chapter, so it has no page"
            return Target("missing", note=note) if site.sure else UNKNOWN
        return Target("files", (asked,), site.sure)

    def _page(self, asked: str) -> Target:
        below = asked.removeprefix(self._site.src or "")
        if below in _MADE or posixpath.basename(below) == "index.html":
            return UNKNOWN
        return Target("files", (f"{asked.removesuffix('.html')}.md", asked), certain=False)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        """Those of `id_from_content`, which are near those of GitHub; versions differ a little."""
        from postlint.frameworks._shared import github_anchors

        return github_anchors.anchors(headings)
