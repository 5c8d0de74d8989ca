"""Why links are not judged: what may answer them that cannot be seen."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal

from postlint.diagnostics import Skipped
from postlint.frameworks.framework import Framework
from postlint.posts.facts import Facts, Link

Doubt = Literal["posts", "pages", "unknown"]
"""What may answer a link: a post whose own address is not known, a page that something else makes, or whatever the site's
code makes of it."""

_NAMED = 3


def skipped(
    doubts: Sequence[tuple[Link, Doubt]], posts: Sequence[Facts], framework: Framework, setting: str
) -> Iterator[Skipped]:
    """One entry for each kind of doubt. `posts` are those of the site, `setting` reports the links to `pages`."""
    numbers = Counter(doubt for _, doubt in doubts)
    known = 'framework = "…"' if framework.name == "none" else None
    if number := numbers["posts"]:
        yield Skipped(_links(number), number, _of_posts(posts), known)
    if number := numbers["pages"]:
        folders = Counter(_folder(link) for link, doubt in doubts if doubt == "pages")
        what, it = ("link to a page", "it") if number == 1 else ("links to pages", "them")
        reason = f"templates, plugins or another repository may make {it}"
        yield Skipped(f"{what} {_under(folders)}", number, reason, setting)
    if number := numbers["unknown"]:
        where = "it leads" if number == 1 else "they lead"
        yield Skipped(_links(number), number, f"only the site's templates, plugins or code know where {where}", known)


def _links(number: int) -> str:
    return "link" if number == 1 else "links"


def _of_posts(posts: Sequence[Facts]) -> str:
    reasons = [facts.address.reason for facts in posts if facts.address.addresses is None]
    why = Counter(reason.text for reason in reasons if reason).most_common(1)
    number = f"{len(reasons)} posts" if len(reasons) != 1 else "one post"
    return f"the addresses of {number} are not known" + (f" ({why[0][0]})" if why else "")


def _folder(link: Link) -> str:
    first, slash, _ = (link.address or "").strip("/").partition("/")
    return f"/{first}/" if slash else "/"


def _under(folders: Counter[str]) -> str:
    """The folders with the most links; how many others there are."""
    shown = [folder for folder, _ in folders.most_common(_NAMED)]
    if others := len(folders) - len(shown):
        shown.append(f"{others} other folder{'s' if others > 1 else ''}")
    return "under " + (f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else shown[0])
