"""The pages that Hugo makes by itself: of sections, of taxonomies and their terms, and feeds (resources/kinds)."""

from collections.abc import Callable, Iterator, Sequence

from postlint.frameworks.hugo.addresses import HugoAddresses
from postlint.frameworks.hugo.slugs import lower
from postlint.frameworks.hugo.tree import Place, Tree
from postlint.frameworks.made import Listed, MadePage, MadePages, by_term, of_terms


class HugoLists:
    """The lists of one site. `is_closed` says whether all its content is known."""

    def __init__(self, tree: Tree, addresses: HugoAddresses, is_closed: Callable[[], bool]) -> None:
        self._tree = tree
        self._site = tree.site
        self._addresses = addresses
        self._is_closed = is_closed

    def term(self, field: str, term: str) -> str | None:
        """The address of the page of the posts that have `term` in `field`."""
        return self._addresses.term(lower(field), term)

    def made(self, posts: Sequence[Listed]) -> MadePages:
        """Lists that have no `_index` file of their own, and the pages of terms."""
        pages = [*self._sections(posts)]
        if self._site.feeds and self._site.base is not None and len(self._site.languages) < 2:
            feeds = [page for page in pages if page.address.endswith("/")]
            pages += [MadePage(f"{page.address}index.xml", f"the feed of {page.what}") for page in feeds]
            pages.append(MadePage(f"{self._site.base}/index.xml", "the feed of the site"))
        if len(self._site.languages) > 1:
            return MadePages(pages)
        shown = [
            post._replace(terms=tuple((lower(field), text) for field, text in post.terms))
            for post in posts
            if post.published is not False
        ]
        closed = {}
        for name in sorted(self._site.taxonomies):
            terms = by_term(shown, name)
            found = [*of_terms(terms, f"`{name}`", lambda term, name=name: self._addresses.term(name, term))]  # type: ignore[misc]
            pages += found
            if len(found) == len(terms) and self._site.base is not None and not self._site.permalinks:
                closed[f"{self._site.base}/{name}/"] = f"no post has this term in `{name}`"
        # Output formats of the site's own may have pages in these folders, too.
        return MadePages(
            pages, closed, lambda: self._site.feeds and self._is_closed() and not self._is_handed_down(shown)
        )

    def _is_handed_down(self, posts: Sequence[Listed]) -> bool:
        """Whether posts may get terms from their sections or from the site."""
        if self._site.cascade:
            return True
        places: dict[str, Place] = {}
        for post in posts:
            place = self._tree.place(post.path)
            if isinstance(place, Place) and not place.section:
                places.setdefault(place.folder, place)
        for place in places.values():
            given = self._tree.inherited(place, self._addresses.logical(place), "page", None)
            if given is None or not self._site.taxonomies.isdisjoint(given):
                return True
        return False

    def _sections(self, posts: Sequence[Listed]) -> Iterator[MadePage]:
        made: dict[str, str] = {}
        for post in posts:
            place = self._tree.place(post.path)
            if not isinstance(place, Place) or place.mount.target or place.section:
                continue
            root, code = place.mount.source, f".{place.language}" if len(self._site.languages) > 1 else ""
            section = place.folder.partition("/")[0]
            if section and not self._tree.index_languages(f"{root}/{section}"):
                made[f"{root}/{section}|{code}"] = f"the list of the posts in `{section}/`"
            for name in self._site.taxonomies:
                made[f"{root}/{name}|{code}"] = f"the list of `{name}`"
        for key, what in made.items():
            folder, _, code = key.partition("|")
            if not self._tree.is_section(folder):
                for address in self._addresses.address(f"{folder}/_index{code}.md", {}).addresses or ():
                    yield MadePage(address, what)
