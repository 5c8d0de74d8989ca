"""The pages that Docusaurus makes by itself: lists of a blog, tags of blogs and docs, feeds.

Sources: packages @docusaurus/plugin-content-blog (routes.ts, blogUtils.ts), -docs, @docusaurus/utils (tags.ts); lodash.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from postlint.frameworks.docusaurus.addresses import DocusaurusAddresses
from postlint.frameworks.docusaurus.settings import Content
from postlint.frameworks.made import Listed, MadePage, MadePages, by_term, numbers, with_term

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "Oe", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
    | {"þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T"}
)
# The words of lodash in text that is ASCII.
_WORD = re.compile(
    r"[A-Z]?[a-z]+(?=[^A-Za-z0-9]|[A-Z]|$)"
    r"|[A-Z]+(?=[^A-Za-z0-9]|[A-Z][a-z]|$)"
    r"|[A-Z]?[a-z]+|[A-Z]+"
    r"|\d*(?:1ST|2ND|3RD|(?![123])\dTH)(?=\b|[a-z_])"
    r"|\d*(?:1st|2nd|3rd|(?![123])\dth)(?=\b|[A-Z_])"
    r"|\d+"
)


def kebab_case(text: str) -> str | None:
    """`_.kebabCase(text)`, as tags have it in their addresses; None if its letters are not known."""
    plain = unicodedata.normalize("NFD", text.translate(_LETTERS))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).replace("\u2019", "").replace("'", "")
    return "-".join(word.lower() for word in _WORD.findall(plain)) if plain.isascii() else None


class DocusaurusLists:
    """The lists of one site."""

    def __init__(self, addresses: DocusaurusAddresses) -> None:
        self._addresses = addresses

    def term(self, path: str, tag: str) -> str | None:
        """The address of the page of a tag in the blog or docs that the post at `path` belongs to."""
        content = self._addresses.content(path)
        if content is None or content.kind == "pages" or content.route is None:
            return None
        base = content.lists.tags
        slug = kebab_case(tag) if base is not None and content.lists.plain_tags else None
        return self._addresses.served(content.route, f"/{base}/{slug}") if slug else None

    def made(self, posts: Sequence[Listed]) -> MadePages:
        groups: dict[Content, list[Listed]] = {}
        for post in posts:
            content = self._addresses.content(post.path)
            if content is None or content.kind == "pages" or content.route is None or post.published is False:
                continue
            groups.setdefault(content, []).append(post)
        pages: list[MadePage] = []
        closed: dict[str, str] = {}
        for content, group in groups.items():
            if content.kind == "blog":
                pages += self._blog(content, group)
            if content.lists.tags is not None:
                pages += self._tags(content, content.lists.tags, group, closed)
        return MadePages(pages, closed)

    def _blog(self, content: Content, group: Sequence[Listed]) -> Iterator[MadePage]:
        lists = content.lists
        what = "the list of the blog's posts"
        yield self._page(content, "/", what)
        for number, certain in numbers(group, lists.per_page or 0):
            yield self._page(content, f"/{lists.page}/{number}", f"page {number} of {what}", certain)
        if lists.archive is not None:
            yield self._page(content, f"/{lists.archive}", "the archive of the blog")
        for name in lists.feeds:
            yield MadePage(f"{content.route}/{name}", "the feed of the blog", by_name=True)
        for key in lists.authors:
            yield self._page(content, f"/authors/{key}", f"the page of the author `{key}`")
        if lists.authors:
            yield self._page(content, "/authors", "the list of the blog's authors")

    def _tags(self, content: Content, base: str, group: Sequence[Listed], closed: dict[str, str]) -> Iterator[MadePage]:
        lists, terms = content.lists, by_term(group, "tags")
        if any(post.published for posts in terms.values() for post in posts):
            which = "blog" if content.kind == "blog" else "docs"
            yield self._page(content, f"/{base}", f"the list of the {which}'s tags")
        if not lists.plain_tags:
            return
        slugs = {term: kebab_case(term) for term in terms}
        for term, slug in slugs.items():
            if slug:
                what, tagged = with_term("tag", term), terms[term]
                yield self._page(content, f"/{base}/{slug}", what, any(post.published for post in tagged))
                for number, certain in numbers(tagged, lists.per_page or 0) if content.kind == "blog" else ():
                    address = f"/{base}/{slug}/{lists.page}/{number}"
                    yield self._page(content, address, f"page {number} of {what}", certain)
        # Posts that are not translated are listed in the other languages as well.
        if content.original is None and all(slugs.values()) and (content.kind == "docs" or lists.per_page is not None):
            closed[f"{content.route}/{base}/"] = "no post has this tag"

    def _page(self, content: Content, route: str, what: str, certain: bool = True) -> MadePage:
        return MadePage(self._addresses.served(content.route or "", route), what, certain, by_name=True)
