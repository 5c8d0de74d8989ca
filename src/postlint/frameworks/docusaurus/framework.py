"""Docusaurus 2 and 3: blog, docs with versions, pages, translations; Markdown that is MDX.

Sources: packages @docusaurus/core, utils, mdx-loader and plugin-content-*; builds with them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from postlint.body.mdx_syntax import Setup
from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.frameworks._shared import config_files
from postlint.frameworks.answers import Address, Collection, Moment, Reason, Target, Where
from postlint.frameworks.docusaurus.settings import PART_PATTERNS
from postlint.frameworks.framework import PARTS, Framework
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits
from postlint.front_matter import Language

if TYPE_CHECKING:
    from postlint.frameworks.made import Listed, MadePages

_CONFIGS = tuple(f"docusaurus.config.{ending}" for ending in config_files.SCRIPTS)
_BELOW = "website"
_BESIDE = ("'../", '"../', "`../")


class Docusaurus(Framework):
    """One Docusaurus site."""

    name: ClassVar[str] = "docusaurus"
    title: ClassVar[str] = "Docusaurus"
    linking = LinkTraits(raw_headings_have_ids=False)
    front_matter = FrontMatterTraits(escaped=True, optional=True, tags_as_text="refused")
    addressing = AddressTraits(from_names=False)
    roles: Mapping[str, tuple[str, ...]] = {
        "title": ("title",),
        "description": ("description",),
        "slug": ("slug",),
        "published": ("date",),
        "image": ("image",),
        "tags": ("tags",),
        "author": ("authors", "author"),
        "draft": ("draft",),
    }

    @classmethod
    def detect(cls, files: Files) -> str | None:
        if name := config_files.first(files, _CONFIGS):
            return name
        # A site in `website/` whose docs lie beside it, in folders that only the root above both holds.
        name = config_files.first(files, _CONFIGS, _BELOW)
        text = (files.read_text(name) if name else None) or ""
        return name if any(mark in text for mark in _BESIDE) else None

    def __init__(self, files: Files | None) -> None:
        from postlint.frameworks.docusaurus import settings
        from postlint.frameworks.docusaurus.addresses import DocusaurusAddresses
        from postlint.frameworks.docusaurus.images import DocusaurusImages
        from postlint.frameworks.docusaurus.links import DocusaurusLinks
        from postlint.frameworks.docusaurus.lists import DocusaurusLists
        from postlint.front_matter import gray_matter

        site = settings.DocusaurusSettings()
        if files:
            site = settings.read(files, self.detect(files))
        self.dialect = gray_matter.dialect("js-yaml-4" if site.version >= (3, 10, 2) else "js-yaml-3")
        self._formats = site.formats
        self._math = site.math
        self._mdx = site.mdx
        self._addresses = DocusaurusAddresses(site)
        self._images = DocusaurusImages(site, self._addresses)
        self._links = DocusaurusLinks(site, self._addresses, files)
        self.settings = site.reported
        blogs = [each.folder for each in site.contents if each.kind == "blog" and each.original is None]
        self._authors = files is not None and "authorsMapPath" not in (files.read_text(self.detect(files) or "") or "")
        self.folders = FolderTraits(tuple(each for each in site.static if not each.startswith("..")), tuple(blogs))
        self.serving = ServingTraits(site.home, base_in_html=(site.base or "").rstrip("/"))
        self._lists = DocusaurusLists(self._addresses)
        self.collections = tuple(
            Collection(
                each.name if each.original is None else f"{each.name} {each.language}",
                tuple(f"{each.folder}/{pattern}".removeprefix("./") for pattern in each.include),
                tuple(f"{each.folder}/{pattern}".removeprefix("./") for pattern in each.exclude),
            )
            for each in site.contents
        )
        # What other pages import: their own first, as a site may leave `_` out of what it excludes.
        self.collections += tuple(
            Collection(
                PARTS,
                tuple(f"{each.folder}/{pattern}".removeprefix("./") for pattern in PART_PATTERNS),
                (f"{each.folder}/**/__tests__/**".removeprefix("./"),),
            )
            for each in site.contents
        )

    def syntax(self, path: str) -> Syntax:
        mdx = self._formats == "mdx" or (self._formats == "detect" and path.endswith(".mdx"))
        return Syntax(mdx=mdx, shortcodes=(), math=self._math, admonitions=False)

    def mdx(self, path: str, data: Mapping[str, Any]) -> Setup | None:
        """`mdx.format` in the front matter comes before `markdown.format` in the settings."""
        own = data.get("mdx")
        wanted = own.get("format") if isinstance(own, dict) else None
        formats = wanted or self._formats
        return self._mdx if formats == "mdx" or (formats == "detect" and path.endswith(".mdx")) else None

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        return self._addresses.address(path, data)

    def is_part(self, path: str) -> bool:
        return self._addresses.content(path) is None and self._addresses.around(path) is not None

    def made_pages(self, posts: "Sequence[Listed]") -> "MadePages":
        return self._lists.made(posts)

    def term_address(self, path: str, field: str, tag: str) -> str | None:
        return self._lists.term(path, tag) if field == "tags" else None

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        """Equal routes are a warning only."""
        return None

    def non_mapping_values(self, value: object) -> object:
        return value

    def referring(self, path: str) -> Mapping[str, str]:
        """An author in `authors.yml`; translations may have their own."""
        content = self._addresses.content(path)
        if content is None or content.kind != "blog" or content.original is not None or not self._authors:
            return {}
        return {"authors": f"{content.folder}/authors.yml"}

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        from postlint.frameworks.docusaurus.fields import is_draft

        return is_draft(data)

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        from postlint.frameworks.docusaurus.fields import refusal

        content = self._addresses.content(path)
        return (refusal(content.kind, data) if content else None) or data

    def moment(self, value: object, text: str) -> Moment:
        """A YAML timestamp as js-yaml reads it; text is read as `new Date(text + "Z")`; numbers are not dates."""
        from postlint.javascript import dates

        text = text.strip()
        if value is None or isinstance(value, bool) or not text:
            return Moment(None)
        if isinstance(value, (int, float)):
            if not value:
                return Moment(None)
            reason = Reason(f"`{text[:40]}` is a number, which Docusaurus cannot sort posts by", stops=True)
            return Moment(None, reason)
        if isinstance(value, date):
            read = dates.timestamp(text)
            if read is None:
                return Moment(value if isinstance(value, datetime) else None)
        else:
            read = dates.parse(f"{text}Z") if dates.parse(text) else None
            if read is None:
                return Moment(None, _refused(text))
        from postlint.frameworks._shared.new_date import odd

        return odd(read, "Docusaurus reads")

    def named_date(self, path: str) -> datetime | None:
        from postlint.javascript import dates

        written = self._addresses.named_date(path)
        read = dates.parse(f"{written.replace('/', '-')}Z") if written else None
        return read.instant if read else None

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._images.image(path, data, target, where)

    def field_image(self, path: str, data: Mapping[str, Any], target: str, field: str) -> Target:
        """Of `image` Docusaurus itself makes an address below the site's root (theme-common, `useImage…`). What becomes of
        others is up to the site's own code."""
        found = self._images.image(path, data, target, "field")
        if found.status != "files":
            return found
        if field == "image":
            return found._replace(certain=True)
        if target.startswith("/"):
            return found
        from postlint.frameworks import web

        beside = web.beside(path, web.clean(target), False)
        return found._replace(paths=(*beside.paths, *found.paths), certain=False, note=None)

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        return self._links.link(path, data, target, where)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        """Those of github-slugger, whether or not the first heading, which may be the title, takes one of them."""
        from postlint.javascript.github_slugger import Slugger

        all_, rest = Slugger(), Slugger()
        return {*(all_.anchor(text) for text in headings), *(rest.anchor(text) for text in headings[1:])}


def _refused(text: str) -> Reason:
    """Why the build stops at a date."""
    from postlint.javascript import dates

    shown = text if len(text) <= 40 else f"{text[:40]}…"
    if dates.parse(text):
        text = f"Docusaurus adds a `Z` to the text `{shown}` and can no longer read it as a date; remove the zone"
        return Reason(text, stops=True)
    return Reason(f"Docusaurus cannot read `{shown}` as a date", stops=True)
