"""The pages that Pelican makes by itself: lists of articles, of tags, categories and authors, archives, and feeds.

Sources: pelican/generators.py, pelican/writers.py, pelican/settings.py (4.12).
"""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence

from postlint.files.files import Files
from postlint.frameworks.made import Listed, MadePage, MadePages, by_term, is_all_read, with_term
from postlint.frameworks.pelican.list_settings import ListSettings
from postlint.frameworks.pelican.pages import PelicanPages, served

_ENDINGS = frozenset(("md", "markdown", "mkd", "mdown"))
_SLUG = re.compile(r"\{slug\}")


class PelicanLists:
    """The lists of one site."""

    def __init__(self, settings: ListSettings, pages: PelicanPages, files: Files | None) -> None:
        self._files = files
        self._settings = settings
        self._pages = pages

    def term(self, kind: str, text: str) -> str | None:
        """The address of the page of a `tag`, `category` or `author`; None if there is none, or it is not known."""
        template = self._settings.terms.get(kind)
        if template is None or not _SLUG.search(template):
            return None
        slug = self._pages.term_slug(kind, text)
        written = _SLUG.sub(slug.replace("\\", ""), template) if slug else ""
        return served(written) if slug and not re.search(r"[{}]", written) else None

    def made(self, posts: Sequence[Listed]) -> MadePages:
        """The build stops where two of them, or an article and one of them, are one file. `save_as` in the header says that
        the article is meant to take its place."""
        articles = [post for post in posts if post.published is not False and not self._pages.is_page(post.path)]
        pages = [self._page(served(at), f"the page of the template `{name}`") for at, name in self._settings.direct]
        pages += [MadePage(served(at), "the feed of the articles") for at in self._settings.feeds]
        closed = {}
        for kind, field in (("tag", "tags"), ("category", "category"), ("author", "author")):
            terms = by_term(articles, field)
            if kind == "author":
                for text, group in by_term(articles, "authors").items():
                    terms.setdefault(text, []).extend(group)
            pages += self._terms(kind, terms)
            folder = posixpath.dirname(self._settings.terms.get(kind, ""))
            known = all(self.term(kind, text) for text in terms)
            if kind == "tag" and folder and known and self._settings.known and "{" not in folder:
                closed[f"/{folder.strip('/')}/"] = "no article has this tag"
        content = self._pages.at.rstrip("/")
        return MadePages(pages, closed, lambda: is_all_read(self._files, content, _ENDINGS))

    def _terms(self, kind: str, terms: Mapping[str, Sequence[Listed]]) -> Iterator[MadePage]:
        for text, group in terms.items():
            if at := self.term(kind, text):
                yield self._page(at, with_term(kind, text), any(post.published for post in group))

    def _page(self, address: str, what: str, certain: bool = True) -> MadePage:
        return MadePage(address, what, certain, by_name=True, stops=True, yields_to=("save_as",))
