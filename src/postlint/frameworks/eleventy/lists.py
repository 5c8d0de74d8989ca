"""The pages that Eleventy makes of tags: by templates that are paginated over `collections`, with a literal permalink."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from postlint.files.files import Files
from postlint.frameworks._shared import js_slugs
from postlint.frameworks.eleventy.settings import EleventySettings
from postlint.frameworks.eleventy.templates import paths
from postlint.frameworks.made import Listed, MadePage, MadePages, by_term, with_term
from postlint.front_matter import Dialect, to_data
from postlint.front_matter import read as read_front_matter

_FILTERS = {"slugify": js_slugs.slugify, "slug": js_slugs.slug}
_PERMALINK = re.compile(
    r"(?P<before>[^{}]*)\{\{-?\s*(?P<name>[\w.]+)\s*(?:\|\s*(?P<filter>\w+)\s*)?-?\}\}(?P<after>[^{}]*)"
)
_HEAD = re.compile(r"\ufeff?---\r?\n")


class TermPages(NamedTuple):
    """The pages that one template makes of tags: their addresses are `before`, the tag as `filter` writes it, `after`.
    `without` are the tags that it leaves out."""

    before: str
    filter: str | None
    after: str
    without: frozenset[str]

    def address(self, tag: str) -> str | None:
        """The address of the page of `tag`; None if there is none, or it is not known."""
        if tag in self.without:
            return None
        written = _FILTERS[self.filter](tag) if self.filter else tag
        return f"/{self.before.lstrip('/')}{written}{self.after}" if written else None


class EleventyLists:
    """The lists of one site. Templates are read when they are first asked for."""

    def __init__(self, site: EleventySettings, files: Files | None, dialect: Dialect) -> None:
        self._site = site
        self._files = files
        self._dialect = dialect
        self._found: tuple[TermPages, ...] | None = None

    def term(self, tag: str) -> str | None:
        """The address of the page of a tag, if one template makes such pages."""
        found = self._templates()
        return found[0].address(tag) if len(found) == 1 else None

    def made(self, posts: Sequence[Listed]) -> MadePages:
        """The build stops where two pages have one address."""
        terms = by_term((post for post in posts if post.published is not False), "tags")
        pages = []
        for each in self._templates() if terms else ():
            for tag, group in terms.items():
                if address := each.address(tag):
                    certain = any(post.published for post in group)
                    pages.append(MadePage(address, with_term("tag", tag), certain, by_name=True, stops=True))
        return MadePages(pages)

    def _templates(self) -> tuple[TermPages, ...]:
        if self._found is None:
            found = []
            for path in paths(self._files, self._site) if self._files else ():
                text = self._files.read_text(path) if self._files and not path.endswith(".js") else None
                if text and "pagination" in text and _HEAD.match(text):
                    data = to_data(read_front_matter(text, self._dialect).root)
                    found += [pages] if isinstance(data, dict) and (pages := self._pages(data)) else []
            self._found = tuple(found)
        return self._found

    def _pages(self, data: Mapping[str, Any]) -> TermPages | None:
        paged, permalink = data.get("pagination"), data.get("permalink")
        if not isinstance(paged, dict) or paged.get("data") != "collections" or paged.get("size") != 1:
            return None
        match = _PERMALINK.fullmatch(permalink.strip()) if isinstance(permalink, str) else None
        if match is None or match["name"] != paged.get("alias"):
            return None
        if match["filter"] and (match["filter"] not in _FILTERS or match["filter"] in self._site.filters):
            return None
        without = paged.get("filter", [])
        left_out = frozenset(
            each for each in (without if isinstance(without, list) else [without]) if isinstance(each, str)
        )
        return TermPages(match["before"], match["filter"], match["after"], left_out)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_found": None}
