"""The pages that a framework makes by itself: lists of posts, pages of tags, archives, feeds."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from postlint.files.files import Files

_MOST_FILES = 100_000
_POSTS = frozenset(
    "md markdown mkd mkdn mdown html htm rst org adoc asciidoc asc textile txt ipynb njk swig ejs pug".split()
)
_A_DAY = timedelta(days=1)


class Listed(NamedTuple):
    """A post as pages that list posts know it. `published` is None if that may change: a draft, or a date in the future.
    `terms` are its tags, categories and authors, each with the field that holds it; `date` is that of its publication."""

    path: str
    collection: str | None = None
    addresses: tuple[str, ...] | None = None
    published: bool | None = True
    terms: tuple[tuple[str, str], ...] = ()
    date: datetime | None = None

    def of(self, field: str) -> tuple[str, ...]:
        """The terms in `field`."""
        return tuple(text for name, text in self.terms if name == field)


class MadePage(NamedTuple):
    """A page that the framework makes by itself: its address, and what it is (`the list of the posts in posts/`).

    `certain` is False if it may as well not be made. `by_name`: it is lost or takes the place of a post even if only the
    post's name or title gives it this address. `stops`: the build stops at a post with this address. A post that has
    one of the keys `yields_to` takes its place, as the framework means it. `source` is the file of the site's own that
    it is made of, if there is one.
    """

    address: str
    what: str
    certain: bool = True
    by_name: bool = False
    stops: bool = False
    yields_to: tuple[str, ...] = ()
    source: str | None = None

    def by(self, framework: str) -> str:
        """What it is, and that `framework` makes it."""
        return self.what if self.source else f"{self.what}, which {framework} makes"


class MadePages(NamedTuple):
    """`closed` are folders of addresses, with slashes around them, in which the framework makes no pages but `pages`,
    each with the reason why another one is missing there (`no post has this tag`). `holds` says whether `closed` is
    true; it may look at the disk, so it is asked only if a link depends on it."""

    pages: Sequence[MadePage] = ()
    closed: Mapping[str, str] = MappingProxyType({})
    holds: Callable[[], bool] = lambda: True


NOTHING = MadePages()


def is_all_read(files: Files | None, folder: str, read: frozenset[str]) -> bool:
    """Whether no file below `folder` may be a post in another language than those with the endings `read`."""
    pending, seen = [folder], 0
    while pending and files is not None:
        at = pending.pop()
        for name, is_folder in files.names(at).items():
            seen += 1
            if is_folder:
                pending.append(f"{at}/{name}" if at else name)
            elif (ending := name.rpartition(".")[2].lower()) in _POSTS and ending not in read:
                return False
        if seen > _MOST_FILES:
            return False
    return files is not None


def numbers(group: Sequence[Listed], per_page: int) -> Iterator[tuple[int, bool]]:
    """The numbers of the pages after the first one on which `group` is listed, `per_page` posts a page, each with
    whether it is certain."""
    if per_page < 1:
        return
    sure = sum(post.published is True for post in group)
    for number in range(2, -(-len(group) // per_page) + 1):
        yield number, number <= -(-sure // per_page)


def by_term(posts: Iterable[Listed], field: str) -> dict[str, list[Listed]]:
    """The terms in `field`, and the posts that have each."""
    out: dict[str, list[Listed]] = {}
    for post in posts:
        for term in dict.fromkeys(post.of(field)):
            out.setdefault(term, []).append(post)
    return out


def of_terms(
    terms: Mapping[str, Sequence[Listed]], word: str, address: Callable[[str], str | None]
) -> Iterator[MadePage]:
    """The pages of `terms`, each a `word` (`tag`), at their addresses; those whose address is not known are left out."""
    for term, group in terms.items():
        if at := address(term):
            yield MadePage(at, with_term(word, term), any(post.published for post in group))


def with_term(word: str, term: str) -> str:
    """What a page of posts with the `word` (`tag`) `term` is."""
    return f"the list of the posts with the {word} `{term}`"


def by_period(posts: Iterable[Listed], form: str) -> dict[str, list[Listed]]:
    """The posts of each year, month or day, written as `form` (`%Y/%m`). Those whose day hangs on the zone of the builder
    belong to several, and are not surely published in them."""
    out: dict[str, list[Listed]] = {}
    for post in posts:
        if post.date is None:
            continue
        days = Counter(each.strftime(form) for each in (post.date - _A_DAY, post.date, post.date + _A_DAY))
        for name in days:
            out.setdefault(name, []).append(post if len(days) == 1 else post._replace(published=None))
    return out
