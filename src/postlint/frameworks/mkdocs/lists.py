"""The pages that Material's blog makes by itself: archives, categories and numbered pages (plugins/blog/plugin.py, 9.7)."""

from collections.abc import Iterator, Sequence

from postlint.frameworks._shared.python_slugs import pymdownx
from postlint.frameworks.made import Listed, MadePage, MadePages, by_period, by_term, numbers, with_term
from postlint.frameworks.mkdocs.pages import MkDocsPages
from postlint.frameworks.mkdocs.settings import Blog, MkDocsSettings


class MkDocsLists:
    """The lists of one site."""

    def __init__(self, site: MkDocsSettings, pages: MkDocsPages) -> None:
        self._site = site
        self._pages = pages

    def made(self, posts: Sequence[Listed]) -> MadePages:
        pages = [MadePage("/sitemap.xml", "the site map")]
        closed: dict[str, str] = {}
        for blog in self._site.blogs if not self._site.moving else ():
            shown = [post for post in posts if post.published is not False and self._pages.blog(post.path) == blog]
            pages += self._numbered(blog, "", shown, "the list of the blog's posts")
            pages += self._archives(blog, shown)
            terms = by_term(shown, "categories")
            if blog.category is not None and blog.slugs:
                for name, group in terms.items():
                    pages += self._numbered(blog, self._category(blog, name), group, with_term("category", name), True)
                folder = self._at(blog, blog.category.partition("{slug}")[0])
                if not self._site.meta and self._site.directories and not blog.category.startswith("{slug}"):
                    closed[folder] = "no post is in this category"
        return MadePages(pages, closed)

    def _category(self, blog: Blog, name: str) -> str:
        return (blog.category or "").replace("{slug}", pymdownx(name, blog.separators[1]))

    def _archives(self, blog: Blog, shown: Sequence[Listed]) -> Iterator[MadePage]:
        if blog.archive is None:
            return
        for year, group in by_period(shown, "%Y").items():
            path = blog.archive.replace("{date}", year)
            yield from self._numbered(blog, path, group, f"the archive of {year}", True)

    def _numbered(
        self, blog: Blog, path: str, group: Sequence[Listed], what: str, first: bool = False
    ) -> Iterator[MadePage]:
        if first:
            yield MadePage(self._at(blog, path), what, any(post.published for post in group))
        for number, certain in numbers(group, blog.per_page):
            below = "/".join(filter(None, (path, blog.page.replace("{page}", str(number)))))
            yield MadePage(self._at(blog, below), f"page {number} of {what}", certain)

    def _at(self, blog: Blog, path: str) -> str:
        whole = "/".join(
            part.strip("/") for part in (blog.folder if blog.folder != "." else "", path) if part.strip("/")
        )
        return f"/{whole}/" if self._site.directories else f"/{whole}.html"
