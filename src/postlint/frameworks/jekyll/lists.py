"""The pages that Jekyll's plugins make: archives of tags, categories and dates, numbered pages, feeds.

Sources: jekyll-archives 2.2, jekyll-paginate 1.1, jekyll-feed 0.17, jekyll-sitemap 1.4; builds with them.
"""

from collections.abc import Iterator, Sequence

from postlint.files.files import Files
from postlint.frameworks.jekyll.addresses import JekyllAddresses, slugify
from postlint.frameworks.jekyll.settings import JekyllSettings
from postlint.frameworks.made import Listed, MadePage, MadePages, by_period, by_term, is_all_read, numbers, with_term

_PERIODS = {"year": "%Y", "month": "%Y/%m", "day": "%Y/%m/%d"}
_FIELDS = {"tag": ("tags", "tag"), "category": ("categories", "category")}


class JekyllLists:
    """The lists of one site."""

    def __init__(self, site: JekyllSettings, addresses: JekyllAddresses, files: Files | None) -> None:
        self._files = files
        self._site = site
        self._settings = site.made
        self._addresses = addresses

    def term(self, field: str, text: str) -> str | None:
        """The address of the archive of the posts that have `text` in `field`; None if there is none."""
        kind = next((kind for kind, fields in _FIELDS.items() if field in fields), "")
        template, slug = self._settings.archives.get(kind), slugify(text)
        return template.replace(":name", slug).replace(":type", kind) if template and slug else None

    def made(self, posts: Sequence[Listed]) -> MadePages:
        settings = self._settings
        pages = [MadePage(address, what) for address, what in settings.files]
        closed: dict[str, str] = {}
        shown = [
            post for post in posts if post.published is not False and self._addresses.place(post.path).kind == "post"
        ]
        if settings.numbered is not None:
            for number, certain in numbers(shown, settings.per_page):
                address = settings.numbered.replace(":num", str(number), 1)
                pages.append(MadePage(address, f"page {number} of the list of posts", certain, by_name=True))
        for kind, fields in _FIELDS.items():
            if kind in settings.archives:
                pages += self._terms(kind, fields, shown)
        for kind, form in _PERIODS.items():
            if kind in settings.archives:
                pages += self._periods(settings.archives[kind], shown, form)
        folder = settings.archives.get("tag", "").partition(":name")[0]
        given = any(isinstance(scope.get("values"), dict) and "tags" in scope["values"] for scope in self._site.scopes)
        if len(folder) > 1 and folder.endswith("/") and ":" not in folder and not given:
            closed[folder] = "no post has this tag"
        return MadePages(pages, closed, self._holds)

    def _holds(self) -> bool:
        """Whether all posts are Markdown, in the usual folder."""
        posts = "/".join(part for part in (self._site.source, self._site.collections_dir, "_posts") if part)
        return not self._site.nested_posts and is_all_read(self._files, posts, self._site.markdown)

    def _terms(self, kind: str, fields: Sequence[str], shown: Sequence[Listed]) -> Iterator[MadePage]:
        for field in fields:
            for text, group in by_term(shown, field).items():
                if address := self.term(field, text):
                    certain = any(post.published for post in group)
                    yield MadePage(address, with_term(kind, text), certain, by_name=True)

    def _periods(self, template: str, shown: Sequence[Listed], form: str) -> Iterator[MadePage]:
        for name, group in by_period(shown, form).items():
            address = template
            for key, part in zip((":year", ":month", ":day"), name.split("/"), strict=False):
                address = address.replace(key, part)
            yield MadePage(address, f"the archive of {name}", any(post.published for post in group), by_name=True)
