"""What posts may name: the entries of data files, and the headings of pages."""

from urllib.parse import unquote

from postlint.files import reading
from postlint.frameworks.data_sets import DataSet
from postlint.lsp.desk import Place
from postlint.lsp.live_site import LiveSite
from postlint.posts.document import Document
from postlint.text import Span


def data_set(place: Place, post: Document, names: tuple[str, ...]) -> DataSet | None:
    """What the field `names` of `post` may name; None if it names nothing, or that is not known."""
    wanted = dict(post.framework.referring(post.path))
    if post.schema is not None:
        wanted.update(post.schema.references)
    to = wanted.get(".".join(names)) or wanted.get(names[0])
    files = place.site.project.files
    return post.framework.data_set(to, files) if to and place.site.project.root else None


def anchors(post: Document) -> list[tuple[str, str]]:
    """The ids of the post's headings, as far as they are known, each with the text of the heading."""
    headings = [heading for heading in post.body.headings if heading.id is None]
    made = post.framework.anchors(post.path, [heading.text for heading in headings])
    ids = list(dict.fromkeys(made or ()))
    out = [(heading.id, heading.text) for heading in post.body.headings if heading.id is not None]
    out += [(one, "") for one in post.body.ids if one not in {id_ for id_, _ in out}]
    # A framework may name more ids than there are headings, and then it is not known which belongs to which.
    texts = [heading.text for heading in headings] if len(ids) == len(headings) else [""] * len(ids)
    return [*zip(ids, texts, strict=True), *out]


def heading_of(site: LiveSite, path: str, anchor: str) -> Span | None:
    """The heading that `anchor` leads to in the post at `path`; None if it is not known."""
    try:
        post = site.document(path)
    except reading.Unreadable:
        return None
    wanted = unquote(anchor)
    own = next((heading.span for heading in post.body.headings if heading.id == wanted), None)
    if own:
        return own
    headings = [heading for heading in post.body.headings if heading.id is None]
    made = list(dict.fromkeys(post.framework.anchors(path, [heading.text for heading in headings]) or ()))
    if len(made) != len(headings) or wanted not in made:
        return None
    return headings[made.index(wanted)].span
