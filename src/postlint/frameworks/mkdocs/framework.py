"""MkDocs, and the blog of Material for MkDocs: Python-Markdown in a folder of docs.

Sources: mkdocs 1.6, mkdocs-material 9.7, Markdown; builds with them.
"""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from postlint.body.syntax import LIQUID, Syntax
from postlint.files.files import Files
from postlint.frameworks._shared import zensical_mark
from postlint.frameworks.answers import FUTURE, Address, Collection, Moment, Reason, Target, Where
from postlint.frameworks.framework import Framework
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits
from postlint.front_matter import Dialect, Fence, Language
from postlint.javascript.js_date import JsDate

if TYPE_CHECKING:
    from postlint.frameworks.data_sets import DataSet
    from postlint.frameworks.made import Listed, MadePages

_ENDINGS = "{md,markdown,mdown,mkd,mkdn}"
_CONFIGS = ("mkdocs.yml", "mkdocs.yaml")
_ISO = r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?"


class MkDocs(Framework):
    """One MkDocs site."""

    name: ClassVar[str] = "mkdocs"
    title: ClassVar[str] = "MkDocs"
    linking = LinkTraits(raw_headings_have_ids=False)
    front_matter = FrontMatterTraits(any_line_ends=True, optional=True)
    addressing = AddressTraits(from_names=False, listed_by=("categories",))
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description",),
        "slug": ("slug",),
        "published": ("date", "date.created"),
        "updated": ("date.updated",),
        "image": ("image", "cover"),
        "tags": ("tags",),
        "author": ("authors", "author"),
        "draft": ("draft",),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        found = _config(files)
        return None if found and zensical_mark.mark(files) else found

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.mkdocs import settings
        from postlint.frameworks.mkdocs.links import MkDocsLinks
        from postlint.frameworks.mkdocs.lists import MkDocsLists
        from postlint.frameworks.mkdocs.pages import HIDDEN, MkDocsPages

        site = settings.read(files, _config(files)) if files else settings.MkDocsSettings()
        self.dialect = _dialect()
        self._site, self._files = site, files
        self._pages = MkDocsPages(site)
        self._links = MkDocsLinks(site, self._pages)
        self._lists = MkDocsLists(site, self._pages)
        self.settings = site.reported
        self.front_matter = self.front_matter._replace(tags_as_text="refused" if site.tags else None)
        self.linking = self.linking._replace(completed=site.completed)
        base = "" if site.one_of_many else site.base or ""
        self.serving = ServingTraits(site.home, "" if site.absolute else base, base)
        if site.docs is not None:
            at = "" if site.docs == "." else f"{site.docs}/"
            self.folders = FolderTraits((site.docs,))
            out = tuple(f"{at}{each}" for each in (*HIDDEN, *site.excluded))
            posts = tuple(
                f"{at}{blog.posts}{more}"
                for blog in site.blogs
                for more in (f"/**/*.{_ENDINGS}", f"*.{_ENDINGS}", f"*/**/*.{_ENDINGS}")
            )
            self.collections = (
                *((Collection("blog", posts, out),) if posts else ()),
                Collection("pages", (f"{at}**/*.{_ENDINGS}",), out),
                # What `exclude_docs` takes back.
                *((Collection("pages", tuple(at + each for each in site.kept)),) if site.kept else ()),
            )

    def made_pages(self, posts: "Sequence[Listed]") -> "MadePages":
        return self._lists.made(posts)

    def referring(self, path: str) -> Mapping[str, str]:
        blog = self._pages.blog(path) if self._site.docs is not None else None
        if blog is None or blog.authors is None:
            return {}
        return {"authors": f"{self._site.docs}/{blog.authors}".removeprefix("./")}

    def data_set(self, name: str, files: Files) -> "DataSet | None":
        from postlint.frameworks import data_sets

        if name.endswith(tuple(blog.authors for blog in self._site.blogs if blog.authors)):
            if not files.is_file(name):
                return data_sets.DataSet(name, frozenset(), f"there is no {name}")
            if (found := data_sets.read(files, name, "authors")) is not None:
                return found
            if data_sets.read(files, name) is not None:
                problem = f"{name} has no key `authors`, below which authors must be"
                return data_sets.DataSet(name, frozenset(), problem)
            return None
        return super().data_set(name, files)

    def syntax(self, path: str) -> Syntax:
        return Syntax(
            shortcodes=LIQUID if self._site.templates else (),
            math=self._site.math,
            blank_targets=True,
            heading_blank="none",
        )

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._behind_an_index(path) or self._pages.address(path, data, None)

    def _behind_an_index(self, path: str) -> Address | None:
        """What becomes of a README beside an `index.html`; None for all others (structure/files.py, `get_files`)."""
        folder, _, name = path.rpartition("/")
        if not name.startswith("README.") or self._files is None or not self._files.is_file(f"{folder}/index.html"):
            return None
        return Address((), reason=Reason("MkDocs leaves out a README beside an index"))

    def address_with_text(self, path: str, data: Mapping[str, Any], text: str, body: int) -> Address:
        from postlint.frameworks.mkdocs.pages import heading, title_of

        blog = self._pages.blog(path)
        if blog and blog.separator and blog.separator not in text[body:]:
            return Address((), reason=Reason(f"a post of this blog must contain `{blog.separator}`", stops=True))
        title = (heading(text, body) or title_of(path)) if blog else None
        return self._behind_an_index(path) or self._pages.address(path, data, title)

    def needs_no_front_matter(self, path: str) -> bool:
        """The page at which Material's blog lists the posts needs no text (plugins/blog/plugin.py)."""
        at = "" if self._site.docs in (None, ".") else f"{self._site.docs}/"
        return any(path == posixpath.normpath(f"{at}{blog.folder}/index.md") for blog in self._site.blogs)

    def shows_broken(self, path: str) -> bool:
        return self._pages.blog(path) is None

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        """Of a blog's posts one is lost; of pages the last one stays, and README gives way to an index beside it."""
        if self._pages.blog(path) is not None:
            return super().contested(path, others)
        folder, _, name = path.rpartition("/")
        if name.startswith("README.") and any(each.startswith(f"{folder}/index.".lstrip("/")) for each in others):
            return Address((), reason=Reason("MkDocs leaves out a README beside an index"))
        last = max((path, *others), key=_walked)
        return (
            None if last == path else Address((), reason=Reason(f"`{last}` has the same address and takes its place"))
        )

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return self._pages.is_draft(path) or (data.get("draft") is True and self._pages.blog(path) is not None)

    def withheld(self, path: str, data: Mapping[str, Any], at: datetime) -> Reason | None:
        from postlint.frameworks.mkdocs.pages import created, instant

        blog = self._pages.blog(path)
        when = instant(created(data)) if blog and blog.future and "draft" not in data else None
        return FUTURE if when and when > at else None

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        from postlint.frameworks.mkdocs.pages import refusal

        blog = self._pages.blog(path)
        if blog and not self._site.meta and language != "yaml":
            # material/plugins/blog/structure: "Expected metadata to be defined but found nothing".
            return Reason("a post of a blog must have front matter in YAML", stops=True, kind="front matter")
        return refusal(blog, self._site, data) or data

    def non_mapping_values(self, value: object) -> object:
        return {}

    def moment(self, value: object, text: str) -> Moment:
        """The blog takes PyYAML's dates only; text is not a date, and a day that does not exist loses all front matter."""
        from postlint.frameworks.mkdocs.pages import instant

        if isinstance(value, date):
            return Moment(instant(value), None, not isinstance(value, datetime))
        if value is None or isinstance(value, bool) or not text.strip():
            return Moment(None)
        text = text.strip()
        found = re.fullmatch(_ISO, text)
        day = JsDate(None, (int(found[1]), int(found[2]), int(found[3]))) if found else None
        if day and day.oddity:
            return Moment(None, Reason(day.oddity))
        shown = text if len(text) <= 40 else f"{text[:40]}…"
        return Moment(None, Reason(f"`{shown}` is not a YAML date (`2024-01-05`, without quotes)", stops=True))

    def dated(self, path: str, role: str, value: object, text: str) -> Moment:
        moment = self.moment(value, text)
        # Only the blog reads dates: elsewhere only a day that does not exist is wrong.
        if self._pages.blog(path) is None and moment.problem and moment.problem.stops:
            return Moment(None)
        return moment

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._pages.image(path, data, target, where)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._links.link(path, data, target, where)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        from postlint.frameworks._shared.python_slugs import toc

        return toc(headings) if self._site.anchored else None


def _walked(path: str) -> list[tuple[bool, str]]:
    """The order in which MkDocs finds files: those of a folder before those below it."""
    *folders, name = path.split("/")
    return [*((True, folder) for folder in folders), (False, name)]


def _dialect() -> Dialect:
    """utils/meta.py: `^-{3}[ \\t]*\\n(.*?\\n)(?:\\.{3}|-{3})[ \\t]*\\n`, else lines `Key: value`."""
    opening = re.compile(r"\ufeff?---[ \t]*\r?(?=\n)(?!\n(?:---|\.\.\.)[ \t]*\r?\n)")
    closing = re.compile(r"^(?:\.\.\.|---)[ \t]*\r?(?=\n)", re.MULTILINE)
    lines = Fence("metadata", re.compile(r"\ufeff?(?= {0,3}[A-Za-z0-9_-]+:)"), None)
    return Dialect((Fence("yaml", opening, closing), lines), yaml="pyyaml", breaks=True, joins=True)


def _config(files: Files) -> str | None:
    """The name of the settings, which may be Zensical's as well."""
    return next((name for name in _CONFIGS if files.is_file(name)), None)
