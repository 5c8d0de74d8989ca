"""What site rules know about the posts: facts without text, and the files of the site."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from postlint import gitignore
from postlint.body.masking import PLACEHOLDER
from postlint.document import Document
from postlint.facts import Facts, Link, Lost, Use, shape_of
from postlint.files import Files, Found
from postlint.frameworks import UNKNOWN, Address, Target, _web
from postlint.front_matter import Node
from postlint.linking import Pages
from postlint.text import Span

if TYPE_CHECKING:
    from datetime import datetime

    from postlint.body import Body, Reference
    from postlint.frameworks import Framework, Where

_IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp", ".tiff", ".tif", ".ico", ".jfif")
_MANY_IMAGES = 100


class Site:
    """The posts of one site. `files` is None if there is no file system. `complete` is False if only some of the site's
    posts were read. `lost` holds earlier results of `lose`, by path. `wanted` are the paths that a finding may be about,
    None for all. `earlier` holds the posts that a change touched, as they were before, each with its current path, None
    if it is gone; it is None if no change is checked."""

    def __init__(
        self,
        framework: "Framework",
        facts: Sequence[Facts],
        files: Files | None,
        complete: bool,
        lost: Mapping[str, tuple[Lost, ...]] = MappingProxyType({}),
        wanted: frozenset[str] | None = None,
        earlier: "Sequence[tuple[Facts, str | None]] | None" = None,
    ) -> None:
        self.framework = framework
        self.facts = facts
        self.files = files
        self.complete = complete
        self._lost = lost
        self._wanted = wanted
        self.earlier = earlier

    @cached_property
    def wanted(self) -> Sequence[Facts]:
        """The posts that a finding may be about."""
        return self.facts if self._wanted is None else [facts for facts in self.facts if facts.path in self._wanted]

    @property
    def lost(self) -> list[tuple[Facts, Lost]]:
        """The images that do not exist under the exact name as written, each with its post; empty if there is no file
        system, or the images are kept elsewhere."""
        return [] if self.images_elsewhere else self._not_there

    @cached_property
    def images_elsewhere(self) -> bool:
        """Whether none of the site's many images exists: then they are kept outside of the checked-out files."""
        if len(self._not_there) < _MANY_IMAGES or any(there.path for _, one in self._not_there for there in one.found):
            return False
        return next(self.shown, None) is None

    @cached_property
    def _not_there(self) -> list[tuple[Facts, Lost]]:
        if self.files is None:
            return []
        out = []
        for facts in self.wanted:
            lost = self._lost.get(facts.path)
            out += [(facts, one) for one in (lose(facts, self.files) if lost is None else lost)]
        return out

    @property
    def shown(self) -> Iterator[tuple[Facts, Use, str]]:
        """The images that are on disk as they are written: each with its post and the path of its file."""
        files = self.files
        if files is None:
            return
        for facts in self.facts:
            for use in facts.images:
                if use.leads.status == "files":
                    path = next((path for path in use.leads.paths if files.find_file(path).status == "ok"), None)
                    if path is not None:
                        yield facts, use, path

    @cached_property
    def groups(self) -> dict[str, list[Facts]]:
        """The posts that can be compared: with valid front matter and no schema, by collection, otherwise by folder. Single
        pages, `404.md`, and pages of whole sections (`_index.md`, an `index.md` above other folders of posts) are left
        out."""
        groups: dict[str, list[Facts]] = {}
        above: set[str] = set()
        for folder in {facts.path.rpartition("/")[0] for facts in self.facts}:
            while (folder := folder.rpartition("/")[0]) and folder not in above:
                above.add(folder)
        for facts in self.facts:
            folder, _, name = facts.path.rpartition("/")
            if (
                facts.collection == "pages"
                or name.startswith(("_index.", "404."))
                or not name.partition(".")[0].strip("-_")
                or (name.startswith("index.") and folder in above)
            ):
                continue
            if facts.head is not None and not facts.has_schema:
                groups.setdefault(facts.collection or folder, []).append(facts)
        return groups

    @cached_property
    def lost_links(self) -> list[tuple[Facts, Link, Found]]:
        """The links without a target, each with its post and the target whose name differs only in upper and lower case."""
        out = []
        for facts in self.wanted:
            for link in facts.links:
                found = self.pages.find(link)
                if found is None or found.status == "ok":
                    continue
                if not (link.target.lower().endswith(_IMAGE_ENDINGS) and self.images_elsewhere):
                    out.append((facts, link, found))
        return out

    @cached_property
    def pages(self) -> Pages:
        return Pages(self.framework, self.facts, self.files, self.complete)

    @cached_property
    def by_path(self) -> dict[str, Facts]:
        return {facts.path: facts for facts in self.facts}


def collect(post: Document) -> Facts:
    """The facts of `post`, all of them plain data. Never raises."""
    body = post.body
    images, links = _field_images(post), []
    for kind, target, span, shown, where, leads in pointers(post):
        if kind == "image":
            images.append(_image(post, target, span, shown, where, leads))
        elif leads.status in ("files", "missing") or leads.address is not None:
            links.append((*link(post, target, span, shown, leads),))
    title, slug = post.field("title"), post.field("slug")
    entries = post.front_matter.root.entries or ()
    parts = (
        post.path,
        post.collection,
        (*address_of(post),),
        _value(title.name, title.node) if title else None,
        _value(slug.name, slug.node) if slug else None,
        post.draft,
        [(d.role, d.entry.name, _moment(*d.moment), (*d.entry.node.span,)) for d in post.dates],
        _tags(post),
        (shape_of([(e.name, _kind(e.node)) for e in entries]), [(*e.key.span,) for e in entries]),
        post.head,
        post.schema is not None,
    )
    return Facts(parts, (images, links, body.ids, _headings(post, body)))


def address_of(post: Document) -> "Address":
    """The address of `post`, according to its framework."""
    reason = post.framework.copied(post.path, post.text.value[:80].partition("\n")[0])
    if reason is None:
        return post.framework.address_with_text(post.path, post.data, post.text.value, post.front_matter.body)
    return Address((), reason=reason)


def lose(facts: Facts, files: Files) -> tuple[Lost, ...]:
    """The images of a post that are not in `files` under the very name that is written."""
    if all(
        status == "external" or status == "unknown" or (status == "files" and any(map(files.has_file, paths)))
        for status, paths in facts.image_leads
    ):
        return ()
    out = []
    for use in facts.images:
        status = use.leads.status
        if status == "missing":
            out.append(Lost(use, ()))
        elif status == "files":
            found = []
            for path in use.leads.paths:
                there = files.find_file(path)
                if there.status == "ok":
                    break
                found.append(there)
            else:
                if any(there.path for there in found) or not gitignore.makes(files, use.leads.paths):
                    out.append(Lost(use, tuple(found)))
    return tuple(out)


Pointer = tuple[str, str, Span, Span, "Where", "Target"]
"""An image or a link: its kind, its target as a browser gets it, its span, the span to point at, where it leads."""


def pointers(post: Document) -> Iterator[Pointer]:
    """The images and links of a post's body, in no order."""
    text, framework, path, data, body = post.text.value, post.framework, post.path, post.data, post.body
    for reference in body.references:
        where, target, span, whole = _where(post, reference), reference.target, reference.span, reference.whole
        if reference.kind == "image":
            leads = _for_readers(target, framework.image(path, data, target, where))
        elif target.startswith("#"):
            leads = Target("files", (path,)) if len(target) > 1 else UNKNOWN
        else:
            leads = framework.link(path, data, target, where)
            if leads == UNKNOWN and where != "shortcode" and _web.names_host(target):
                # Whatever else may be there, a file of such a name would be beside the post.
                leads = _web.beside(path, _web.clean(target), certain=True)
        # An address in a definition, or on another line than its image, is found by the line that shows the image.
        near = whole.start <= span.start and "\n" not in text[whole.start : span.start]
        yield reference.kind, target, span, span if near else whole, where, leads
    # References in template tags; in code and comments they are examples.
    for span in body.opaque:
        if text[span.start : span.start + 1] not in ("{", "[", "!") or _hidden(span, body):
            continue
        for kind, tag, target, start, end in framework.embedded(text[span.start : span.end]):
            place = framework.image if kind == "image" else framework.link
            at = Span(span.start + start, span.start + end)
            yield kind, target, at, at, "shortcode", place(path, data, target, "shortcode", tag)


def _image(
    post: Document, target: str, span: Span, shown: Span, where: "Where", leads: "Target", field: str | None = None
) -> tuple[Any, ...]:
    """The part of an image in `Facts.shown`."""
    written = post.text.value[span.start : span.end]
    return (
        target,
        None if written == target else written,
        (*span,),
        None if shown == span else (*shown,),
        where,
        (*leads,),
        field,
    )


def link(post: Document, target: str, span: Span, shown: Span, leads: "Target") -> Link:
    """The link `target`, written at `span` in `post`."""
    written = post.text.value[span.start : span.end]
    return Link(
        target,
        *span,
        leads.status != "unknown",
        leads.paths,
        leads.address,
        leads.certain,
        leads.note,
        None if written == target else written,
        None if shown == span else (*shown,),
    )


# Components, template tags, custom elements of HTML, and raw headings: their output may have ids.
_SHOWS_MORE = re.compile(r"\{(?![:#.])|\[|<[A-Z]|<\w+[.-]|<[hH][1-6](?![^>]*\bid=)")
# A definition, on the line below its term.
_TERM = re.compile(r"^:[ \t]+\S", re.MULTILINE)
# VitePress and VuePress put another file in the place of such a comment.
_TAKES_IN = re.compile(r"<!--\s*@include:")
# The name of an emoji, and an attribute list that may hold an id.
_NO_PLAIN_TEXT = re.compile(r":[a-z_+-]+:|\{[^{}]*=[^{}]*\}$")


def _headings(post: Document, body: "Body") -> tuple[str, ...] | None:
    text = post.text.value
    for span in body.opaque:
        if _SHOWS_MORE.match(text, *span) and not _hidden(span, body) and not _inside(span, body.urls):
            return None
    if any(_TAKES_IN.match(text, span.start) for span in body.comments):
        return None
    if post.framework.terms_have_ids and "\n:" in text and _TERM.search(text, post.front_matter.body):
        return None
    out = []
    for heading in body.headings:
        if heading.id is None:
            if PLACEHOLDER in heading.text or _NO_PLAIN_TEXT.search(heading.text):
                return None
            out.append(heading.text)
    return tuple(out)


def _hidden(span: Span, body: "Body") -> bool:
    return _inside(span, body.code) or _inside(span, body.comments)


def _inside(span: Span, others: Sequence[Span]) -> bool:
    """Whether `span` begins in one of `others`, which are in order."""
    at = bisect_right(others, span.start, key=lambda other: other.start) - 1
    return at >= 0 and span.start < others[at].end


def _kind(node: Node) -> str:
    if node.items is not None:
        return "list"
    if node.entries is not None:
        return "mapping"
    if node.value is None or node.value == "":
        return "nothing"
    if isinstance(node.value, bool):
        return "flag"
    return {str: "text", int: "number", float: "number"}.get(type(node.value), "date")


def _where(post: Document, reference: "Reference") -> "Where":
    form = reference.form
    if form == "html" or form == "reference":
        return form
    if form != "jsx":
        return "markdown"
    # A name that is not written as an element is an import; in lower case it is HTML even in MDX.
    start = reference.span.start
    if post.text.value[max(start - 12, 0) : start].rstrip(" \"'`").endswith("require("):
        return "import"
    written = post.text.value[reference.whole.start : reference.whole.start + 2]
    return "import" if not written.startswith("<") else "html" if written[1:].islower() else "jsx"


def _value(field: str, node: Node) -> tuple[Any, ...] | None:
    if node.value is None or not node.is_scalar:
        return None
    return field, node.text, (*node.span,)


def _moment(instant: "datetime | None", problem: str | None, whole_day: bool) -> tuple[Any, ...]:
    return instant and instant.isoformat(), problem, whole_day


def _tags(post: Document) -> list[tuple[Any, ...]]:
    out = []
    for entry in post.fields("tags"):
        for number, item in enumerate(entry.node.items or ()):
            if value := _value(f"{entry.name}[{number}]", item):
                out.append(value)
        if entry.node.items is None and (value := _value(entry.name, entry.node)):
            out += _tags_in_text(post, value)
    return out


def _tags_in_text(post: Document, value: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The tags that the framework, or the site's templates, make of a text by splitting it at commas; empty if its commas
    are meant to separate tags but do not."""
    field, text, (start, end) = value
    how = post.framework.tags_as_text
    written = post.text.value[start:end]
    if how == "refused" or not text.strip() or "\n" in written or text not in written:
        return
    if how in ("whole", "words") and "," in text:
        return
    if how == "whole":
        yield value
    else:
        first, one = start + written.index(text), r"\S+" if how == "words" else r"[^,\s][^,]*(?<!\s)"
        yield from ((field, word[0], (first + word.start(), first + word.end())) for word in re.finditer(one, text))


def _field_images(post: Document) -> list[tuple[Any, ...]]:
    """Images named in the front matter: the image role's values, and any other text that looks like a path to one."""
    roles = set(post.roles.get("image", ()))
    out: list[tuple[Any, ...]] = []
    pending = [
        (entry.name, entry.name in roles, entry.node)
        for entry in reversed(post.front_matter.root.entries or ())
        if entry.name in roles or _may_be_path(entry.node)
    ]
    while pending:
        field, plays, node = pending.pop()
        if node.entries is not None:
            pending += [
                (
                    f"{field}.{entry.name}",
                    (plays and entry.name in _PATH_KEYS) or f"{field}.{entry.name}" in roles,
                    entry.node,
                )
                for entry in reversed(node.entries)
            ]
        elif node.items is not None:
            items = reversed(list(enumerate(node.items)))
            pending += [(f"{field}[{n}]", plays, item) for n, item in items if plays or _may_be_path(item)]
        elif isinstance(node.value, str) and node.value and (plays or node.value.lower().endswith(_IMAGE_ENDINGS)):
            if (" " in node.value and not plays) or "\n" in node.value:
                continue
            target = post.framework.image(post.path, post.data, node.value, "field")
            target = _for_readers(node.value, target)
            out.append(_image(post, node.value, node.span, node.span, "field", target, field))
    return out


def _for_readers(target: str, leads: Target) -> Target:
    """Where the image `target` leads for anyone except its author."""
    return (leads.status == "external" and _web.seen_by_its_author(target)) or leads


def _may_be_path(node: Node) -> bool:
    """Whether it, or something in it, can be text that ends like an image's name."""
    return "." in node.text or node.entries is not None or node.items is not None


_PATH_KEYS = frozenset(("src", "url", "path", "image", "file", "source"))
START = Span(0, 0)
"""The beginning of a post: the place of findings about the whole post."""
