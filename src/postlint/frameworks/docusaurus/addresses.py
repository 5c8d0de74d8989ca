"""Where a Docusaurus site serves its posts: blog posts by date and name, docs by folder, pages by path.

Sources: packages @docusaurus/plugin-content-blog, -docs and -pages, @docusaurus/utils (3.10).
"""

import posixpath
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from postlint.files.globs import matches
from postlint.frameworks._shared.asked_again import asked_again
from postlint.frameworks.answers import Address, Reason
from postlint.frameworks.docusaurus.settings import PART_PATTERNS, Content, DocusaurusSettings

_BLOG = re.compile(r"(?P<folder>.*)(?P<date>\d{4}[-/]\d{1,2}[-/]\d{1,2})[-/]?(?P<text>.*?)(?:/index)?\.mdx?", re.DOTALL)
_ENDING = re.compile(r"\.mdx?$")
_NUMBER = re.compile(r"\d+\s*[-_.]+\s*([^-_.\s].*)", re.DOTALL)
_NO_NUMBER = re.compile(r"(?:\d{2}|\d{4})[-_]\d{2}(?:[-_](?:\d{2}|\d{4}))?|\d+[-_.]\d+")


class DocusaurusAddresses:
    """The addresses of one site."""

    def __init__(self, site: DocusaurusSettings) -> None:
        self._site = site
        self._translated = dict(site.translated)

    def content(self, path: str) -> Content | None:
        """The folder of posts that the file at `path` belongs to: the deepest one that takes it."""
        best = None
        for content in self._site.contents:
            if content.folder == "." or path.startswith(f"{content.folder}/"):
                below = self.below(content, path)
                if any(part.startswith(".") for part in below.split("/")):
                    continue
                taken = matches(below, content.include) and not matches(below, content.exclude)
                if taken and (best is None or len(content.folder) > len(best.folder)):
                    best = content
        return best

    def around(self, path: str) -> Content | None:
        """The folder of posts around the part of pages at `path`, None if there is none."""
        found = [
            content for content in self._site.contents if content.folder == "." or path.startswith(f"{content.folder}/")
        ]
        best = max(found, key=lambda content: len(content.folder), default=None)
        return best if best and matches(self.below(best, path), PART_PATTERNS) else None

    def below(self, content: Content, path: str) -> str:
        return path if content.folder == "." else path[len(content.folder) + 1 :]

    def named_date(self, path: str) -> str | None:
        """The date in the path of a blog post, as it is written."""
        content = self.content(path)
        if content is None or content.kind != "blog":
            return None
        found = _BLOG.fullmatch(self.below(content, path))
        return found["date"] if found else None

    @asked_again
    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        content = self.content(path)
        if content is None and self.around(path):
            return Address((), reason=Reason("it is not a page but a part of those that import it", asked=True))
        if content is None:
            return Address((), reason=Reason("it lies outside the folders of posts, or is excluded there", asked=True))
        if path in self._site.orphans:
            return Address((), reason=Reason(f"there is no post in `{content.original}/` that it translates"))
        below = self.below(content, path)
        slug = data.get("slug")
        if slug is not None and not isinstance(slug, str):
            slug = as_text(slug)
            if slug is None:
                return Address((), reason=Reason("`slug` must be text", True, "slug", kind="value"))
        if slug == "":
            return Address((), reason=Reason("`slug` must not be empty", True, "slug", kind="value"))
        if content.kind == "blog":
            route: str | None = _blog(below) if slug is None else slug
        elif content.kind == "docs":
            route = self._doc(content, below, slug, data)
            if route is not None and (re.search("[#?]", route) or route.startswith("//")):
                field = next((key for key in ("slug", "id") if data.get(key) is not None), None)
                text = "an address must not hold `#` or `?`, or begin with `//`"
                return Address((), reason=Reason(text, stops=True, field=field))
        else:
            route = _page(below) if slug is None else slug
        if content.route is None or route is None:
            reason = Reason("postlint cannot read the settings that decide about addresses")
            return Address(None, reason=reason, language=content.language)
        served = (self.served(content.route, route), *self._elsewhere(content, below, route))
        if taken := self._taken_by(content, below):
            served = served[1:]
            if not served:
                return Address((), reason=Reason(f"`{taken}` takes its place", asked=True), language=content.language)
        return Address(served, served[0], language=content.language)

    def _taken_by(self, content: Content, below: str) -> str | None:
        """The translation into the site's main language that is shown instead of the post at `below`."""
        for other in self._site.contents:
            if other.original == content.folder and other.kind == content.kind and other.language == content.language:
                return f"{other.folder}/{below}" if below in self._translated.get(other.folder, ()) else None
        return None

    def _elsewhere(self, content: Content, below: str, route: str) -> tuple[str, ...]:
        """The addresses below other languages, which show what they have not translated."""
        if content.language is None or content.original is not None:
            return ()
        return tuple(
            self.served(other.route, route)
            for other in self._site.contents
            if other.original == content.folder
            and other.kind == content.kind
            and other.language != content.language
            and other.route is not None
            and below not in self._translated.get(other.folder, ())
        )

    def served(self, base: str, route: str) -> str:
        """The address of `route` below `base`, with the site's own slash at its end."""
        address = re.sub(r"(?<!:)/{2,}", "/", f"{base}/{route}")
        if self._site.slash is True and not address.endswith("/"):
            return f"{address}/"
        if self._site.slash is False and address != self._site.base:
            return address.rstrip("/") or "/"
        return address

    def _doc(self, content: Content, below: str, slug: str | None, data: Mapping[str, Any]) -> str | None:
        if slug is not None and slug.startswith("/"):
            return slug
        own = data.get("parse_number_prefixes")
        numbered = own if isinstance(own, bool) else content.numbered
        if numbered is None:
            return None
        folder, _, name = _ENDING.sub("", below).rpartition("/")
        parts = [_unnumbered(part) if numbered else part for part in folder.split("/")] if folder else []
        at = "/" + "".join(f"{part}/" for part in parts)
        if slug is None:
            parent = folder.rpartition("/")[2]
            if name.lower() in ("index", "readme") or (parent and name.lower() == parent.lower()):
                return at
            given = data.get("id")
            slug = as_text(given) if given is not None else (_unnumbered(name) if numbered else name)
            if slug is None:
                return None
        resolved = re.sub(r"^//", "/", posixpath.normpath(at + slug))
        return f"{resolved}/" if slug.endswith("/") and resolved != "/" else resolved


def _blog(below: str) -> str:
    found = _BLOG.fullmatch(below)
    if found is None:
        return "/" + re.sub(r"(?:/index)?\.mdx?$", "", below)
    return f"/{found['date'].replace('-', '/')}/{found['folder']}{found['text']}"


def _page(below: str) -> str:
    found = re.fullmatch(r"(.*/|)index\.mdx?", below, re.DOTALL | re.IGNORECASE)
    return f"/{found[1]}" if found else "/" + _ENDING.sub("", below)


def _unnumbered(name: str) -> str:
    if _NO_NUMBER.match(name):
        return name
    found = _NUMBER.fullmatch(name)
    return found[1] if found else name


def as_text(value: object) -> str | None:
    """What Joi makes of a value where it wants text; None if it refuses it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, date):
        at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        return f"{at:%a %b %d %Y %H:%M:%S} GMT+0000 (Coordinated Universal Time)"
    return None
