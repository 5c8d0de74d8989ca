"""What posts may name: the entries of data files, and the headings of pages."""

from collections.abc import Iterator
from urllib.parse import unquote

from postlint.body import Heading
from postlint.files import reading
from postlint.frameworks.data_sets import DataSet
from postlint.lsp.desk import Place
from postlint.lsp.live_site import LiveSite
from postlint.posts.document import Document
from postlint.text import Span

_MOST_HEADINGS = 200


def data_set(place: Place, post: Document, names: tuple[str, ...]) -> DataSet | None:
    """What the field `names` of `post` may name; None if it names nothing, or that is not known."""
    wanted = dict(post.framework.referring(post.path))
    if post.schema is not None:
        wanted.update(post.schema.references)
    to = wanted.get(".".join(names)) or wanted.get(names[0])
    files = place.site.project.files
    return post.framework.data_set(to, files) if to and place.site.project.root else None


def anchors(post: Document) -> list[tuple[str, str]]:
    """The ids that links may lead to in the post, as far as they are known, each with the text of its heading."""
    found = {id_: heading.text for id_, heading in _headings(post)}
    return [*found.items(), *((id_, "") for id_ in post.body.ids if id_ not in found)]


def heading_of(site: LiveSite, path: str, anchor: str) -> Span | None:
    """The heading that `anchor` leads to in the post at `path`; None if it is not known."""
    try:
        post = site.document(path)
    except reading.Unreadable:
        return None
    wanted = unquote(anchor)
    return next((heading.span for id_, heading in _headings(post) if id_ == wanted), None)


def _headings(post: Document) -> Iterator[tuple[str, Heading]]:
    """The headings whose id is known, in order."""
    texts: list[str] = []
    known: set[str] = set()
    for heading in post.body.headings[:_MOST_HEADINGS]:
        if heading.id is not None:
            yield heading.id, heading
            continue
        texts.append(heading.text)
        # A framework names the ids of all headings together, in no order; the new one belongs to the last.
        made = set(post.framework.anchors(post.path, texts) or ())
        new, known = made - known, made
        if len(new) == 1:
            yield new.pop(), heading
