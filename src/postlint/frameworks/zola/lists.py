"""The pages that Zola makes by itself: of taxonomies and their terms (content/src/taxonomies.rs), and feeds."""

from collections.abc import Sequence

from postlint.frameworks.made import Listed, MadePage, MadePages, by_term, numbers, with_term
from postlint.frameworks.zola.addresses import ZolaAddresses
from postlint.frameworks.zola.settings import ZolaSettings
from postlint.frameworks.zola.slugs import slugify

_PREFIX = "taxonomies."


class ZolaLists:
    """The lists of one site. A section makes a page only by its `_index.md`, so it is a post."""

    def __init__(self, site: ZolaSettings, addresses: ZolaAddresses) -> None:
        self._site = site
        self._addresses = addresses

    def term(self, field: str, term: str) -> str | None:
        """The address of the page of a term: its slug, below that of its taxonomy."""
        name = field.removeprefix(_PREFIX)
        if name not in (self._site.taxonomies or ()) or self._site.base is None:
            return None
        slugs = slugify(name, self._site.slugs), slugify(term, self._site.slugs)
        return f"{self._site.base}/{'/'.join(map(str, slugs))}/" if all(slugs) else None

    def made(self, posts: Sequence[Listed]) -> MadePages:
        """The lists in the site's main language."""
        base = self._site.base
        if base is None:
            return MadePages()
        pages = [MadePage(f"{base}/{name}", "the feed of the site") for name in self._site.feeds]
        closed = {}
        shown = [
            post
            for post in posts
            if post.published is not False
            and getattr(self._addresses.place(post.path), "language", None) == self._site.language
        ]
        for name, per_page in sorted(self._site.rendered.items()):
            slug = slugify(name, self._site.slugs)
            if not slug:
                continue
            pages.append(MadePage(f"{base}/{slug}/", f"the list of `{name}`"))
            terms = by_term(shown, f"{_PREFIX}{name}")
            known = 0
            for term, group in terms.items():
                at, what = self.term(name, term), with_term(f"`{name}`", term)
                if at is not None:
                    known += 1
                    pages.append(MadePage(at, what, any(post.published for post in group)))
                    pages += [
                        MadePage(f"{at}page/{n}/", f"page {n} of {what}", sure) for n, sure in numbers(group, per_page)
                    ]
            if known == len(terms):
                closed[f"{base}/{slug}/"] = f"no post has this term in `{name}`"
        return MadePages(pages, closed)
