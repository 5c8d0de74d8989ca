"""Collects the facts of a post that site-wide rules need."""

import re
from collections.abc import Iterator
from types import NoneType
from typing import TYPE_CHECKING, Any

from postlint.body import is_inside
from postlint.body.masking import PLACEHOLDER
from postlint.files.endings import is_image
from postlint.frameworks import asking, web
from postlint.frameworks.answers import UNKNOWN, Address, Target
from postlint.front_matter import Node
from postlint.posts.document import Document
from postlint.posts.facts import Facts, Link, shape_of
from postlint.posts.raw_inner import raw_inner, shown_as_text
from postlint.text import Span

if TYPE_CHECKING:
    from datetime import datetime

    from postlint.body import Body, Reference
    from postlint.frameworks.answers import Reason, Where
    from postlint.schema import Media


# What template tags and components are written with.
_EXPRESSION = frozenset("{}<>%$|")


def collect(post: Document) -> Facts:
    """The facts of `post`, all of them plain data. Never raises."""
    body = post.body
    images, links = _field_images(post), []
    for kind, target, span, shown, where, leads in pointers(post):
        if kind == "image":
            images.append(_image(post, target, span, shown, where, leads))
        elif leads.status in ("files", "missing") or leads.address is not None or _is_of_the_site(post, target, leads):
            links.append((*link(post, target, span, shown, leads),))
    links += [(*each,) for each in _field_links(post)]
    title, slug = post.field("title"), post.field("slug")
    entries = post.front_matter.root.entries or ()
    parts = (
        post.path,
        post.collection,
        _address(post.address),
        _value(title.name, title.node) if title else None,
        _value(slug.name, slug.node) if slug else None,
        post.draft,
        [(d.role, d.entry.name, _moment(*d.moment), (*d.entry.node.span,)) for d in post.dates],
        _tags(post),
        (shape_of([(e.name, _kind(e.node)) for e in entries]), [(*e.key.span,) for e in entries]),
        post.opening_line_end,
        post.schema is not None,
        _terms(post),
    )
    return Facts(parts, (images, links, body.ids, _headings(post, body)))


def _is_of_the_site(post: Document, target: str, leads: "Target") -> bool:
    """Whether a link of which nothing is known leads to another page of the site: not home, and not by an expression, which
    speaks for itself."""
    if leads.status == "external":
        return False
    home = post.framework.serving.home
    asked = home.path(target) if home is not None else None
    path = (target if asked is None else asked).partition("#")[0].partition("?")[0]
    return bool(path.strip("./")) and not _EXPRESSION.intersection(path)


Pointer = tuple[str, str, Span, Span, "Where", "Target"]
"""An image or a link: its kind, its target as a browser gets it, its span, the span to point at, where it leads."""


def pointers(post: Document) -> Iterator[Pointer]:
    """The images and links of a post's body, in no order."""
    text, framework, path, data, body = post.text.value, post.framework, post.path, post.data, post.body
    unread = {reference.whole for reference, _ in shown_as_text(body.references, raw_inner(post))}
    # What the framework makes no page of is shown elsewhere, such as a README by the repository's host.
    is_page = post.collection is not None or not framework.collections
    for reference in body.references:
        if reference.whole in unread:
            continue
        where, target, span, whole = _where(post, reference), reference.target, reference.span, reference.whole
        if where == "html" and _lacks_quotes(post, target, span):
            leads = Target("missing", note=_QUOTES)
        elif reference.kind == "image":
            own = _beside(post, target) if "" in post.media and where != "jsx" else None
            leads = _for_readers(target, own or asking.image(framework, path, data, target, where))
        elif target.startswith("#"):
            # One without a text came with a copied heading, and nobody follows it.
            is_shown = len(target) > 1 and (reference.form != "inline" or bool(reference.text))
            leads = Target("files", (path,)) if is_shown and not framework.is_part(path) else UNKNOWN
        else:
            leads = asking.link(framework, path, data, target, where)
            leads = leads if is_page or leads.status != "missing" else UNKNOWN
            if leads.status != "external" and where != "shortcode" and web.names_host(target, reference.text):
                # Whatever else may be there, a file of such a name would be beside the post.
                leads = web.beside(path, web.clean(target), certain=True) if leads.status == "unknown" else leads
                leads = leads._replace(note=web.LACKS_ITS_SCHEME)
        # An address in a definition, or on another line than its image, is found by the line that shows the image.
        near = whole.start <= span.start and "\n" not in text[whole.start : span.start]
        yield reference.kind, target, span, span if near else whole, where, leads
    # References in template tags; in code and comments they are examples.
    for span in body.opaque:
        if text[span.start : span.start + 1] not in ("{", "[", "!") or _hidden(span, body):
            continue
        for kind, tag, target, start, end in framework.embedded(text[span.start : span.end]):
            place = asking.image if kind == "image" else asking.link
            at = Span(span.start + start, span.start + end)
            yield kind, target, at, at, "shortcode", place(framework, path, data, target, "shortcode", tag)
    for at in _bare_addresses(post):
        target = text[at.start : at.end]
        yield "link", target, at, at, "html", asking.link(framework, path, data, target, "html")


# What a sentence puts behind an address is no part of it (GitHub Flavored Markdown, extended autolinks).
_BEHIND = ".,:;!?*_~'\""


# A template's tag right behind an address goes on with it: `https://example.org/dl/{{< version >}}/tool`.
_TAGS = ("{{", "{%", "<%")
# Words of a script without blanks right behind an address: `https://example.org/a.txt测试`.
_RUNS_ON = re.compile(r"[A-Za-z0-9][\u3040-\u30ff\u3400-\u9fff]")


def _bare_addresses(post: Document) -> Iterator[Span]:
    """The addresses on the site's own host that stand in the text of a post's body as they are."""
    home, text, body = post.framework.serving.home, post.text.value, post.body
    if home is None or not any(host in text for host in home.hosts):
        return
    written_elsewhere = {reference.span.start for reference in body.references}
    bare = [span for span in body.urls if span.start not in written_elsewhere]
    own = [span for span in bare if home.path(text[span.start : span.end]) is not None]
    taken = sorted((*(reference.whole for reference in body.references), *body.opaque)) if own else ()
    for span in own:
        written = text[span.start : span.end]
        is_read = is_inside(span.start, taken) or _hidden(span, body)
        if not (is_read or _RUNS_ON.search(written) or text.startswith(_TAGS, span.end)):
            yield Span(span.start, span.start + len(written.rstrip(_BEHIND)))


_QUOTES = "it is replaced only between quotes; put the address in quotes"


def _lacks_quotes(post: Document, target: str, span: Span) -> bool:
    marks = post.framework.linking.replaced_in_quotes
    return target.startswith(marks) and post.text.value[span.start - 1] not in "\"'" if marks else False


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
        leads.why,
        None if written == target else written,
        None if shown == span else (*shown,),
        leads.lacks,
    )


# Components, template tags and custom elements of HTML: their output may have ids.
_SHOWS_MORE = re.compile(r"\{(?![:#.])|\[|<(?!H[1-6]\b)[A-Z]|<\w+[.-]")
_RAW_HEADING = re.compile(r"<[hH][1-6](?![^>]*\bid=)")
# A definition, on the line below its term.
_TERM = re.compile(r"^:[ \t]+\S", re.MULTILINE)


# Chroma and Pygments give the lines of such a block ids.
_ANCHORS = ("nchors", "NCHORS")
_NUMBERED_LINES = re.compile(
    r"^[ \t>]*(?:`{3}|~{3}|\{\{[<%] *highlight)[^\n]*line_?anchors", re.MULTILINE | re.IGNORECASE
)


# Plugins of markdown-it and of Python-Markdown put another file in the place of such a line.
_INCLUDES = ("include(", "{!", "8<-")
_INCLUDE_LINE = re.compile(r"^[ \t]*(?:!!! ?include\(|\{!|-+8<-+)", re.MULTILINE)


# VitePress and VuePress put another file in the place of such a comment.
_TAKES_IN = re.compile(r"<!--\s*@include:")


# Components of MDC, which sites define: blocks, and others that are given an id. Callouts of Nuxt UI have none.
_MDC = re.compile(
    r"^[ \t>]*:{2,}(?!(?:callout|note|tip|warning|caution)\b(?![^\n]{0,200}\bid=))[A-Za-z]"
    r"|(?<![\w:]):[A-Za-z][\w-]*(?:\[[^\]\n]{0,200}\])?\{[^}\n]{0,200}\bid=",
    re.MULTILINE,
)


# The name of an emoji, and an attribute list that may hold an id.
_NO_PLAIN_TEXT = re.compile(r":[a-z_+-]+:|\{[^{}]*=[^{}]*\}$")


def _headings(post: Document, body: "Body") -> tuple[str, ...] | None:
    text = post.text.value
    for span in body.opaque:
        is_more = _SHOWS_MORE.match(text, *span)
        if not (is_more or (post.framework.linking.raw_headings_have_ids and _RAW_HEADING.match(text, *span))):
            continue
        if _hidden(span, body) or is_inside(span.start, body.urls):
            continue
        if not is_more or post.framework.gives_ids(text[span.start : span.end]):
            return None
    if any(_TAKES_IN.match(text, span.start) for span in body.comments):
        return None
    # Whether a word is in a text is known much sooner than whether a line begins with it.
    has = post.text.has
    if (body.code or body.opaque) and any(map(has, _ANCHORS)) and _NUMBERED_LINES.search(text):
        return None
    if any(map(has, _INCLUDES)) and _INCLUDE_LINE.search(text, post.front_matter.body):
        return None
    syntax = post.framework.syntax(post.path)
    if syntax.term_ids and has("\n:") and _TERM.search(text, post.front_matter.body):
        return None
    if syntax.mdc and any(
        not _hidden(Span(*match.span()), body) for match in _MDC.finditer(text, post.front_matter.body)
    ):
        return None
    out = []
    for heading in body.headings:
        if heading.id is None:
            text = heading.text
            if PLACEHOLDER in text or ((":" in text or "}" in text) and _NO_PLAIN_TEXT.search(text)):
                return None
            out.append(text)
    return tuple(out)


def _hidden(span: Span, body: "Body") -> bool:
    return is_inside(span.start, body.code) or is_inside(span.start, body.comments)


_KINDS = {str: "text", int: "number", float: "number", bool: "flag", NoneType: "nothing"}


def _kind(node: Node) -> str:
    if node.items is not None:
        return "list"
    if node.entries is not None:
        return "mapping"
    return "nothing" if node.value == "" else _KINDS.get(type(node.value), "date")


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


def _address(address: "Address") -> tuple[Any, ...]:
    return (*address[:2], address.reason and (*address.reason,), *address[3:])


def _moment(instant: "datetime | None", problem: "Reason | None", whole_day: bool) -> tuple[Any, ...]:
    return instant and instant.isoformat(), problem and (*problem,), whole_day


def _tags(post: Document) -> list[tuple[Any, ...]]:
    out = []
    for entry in post.fields("tags"):
        for number, item in enumerate(entry.node.items or ()):
            if value := _value(f"{entry.name}[{number}]", item):
                out.append(value)
        if entry.node.items is None and (value := _value(entry.name, entry.node)):
            out += _tags_in_text(post, value)
    return out


def _terms(post: Document) -> list[tuple[str, str]]:
    """The values of the keys that posts are listed by, besides tags."""
    keys = post.framework.addressing.listed_by
    return [
        (entry.name, item.text)
        for entry in (post.find(key) for key in keys)
        if entry is not None
        for item in (entry.node.items if entry.node.items is not None else (entry.node,))
        if item.is_scalar and item.value is not None and item.text
    ]


def _tags_in_text(post: Document, value: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """The tags that the framework, or the site's templates, make of a text by splitting it at commas; empty if its commas
    are meant to separate tags but do not."""
    field, text, (start, end) = value
    how = post.framework.front_matter.tags_as_text
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


def _beside(post: Document, target: str) -> Target | None:
    """Where an image of the body lies that the content tool copies from beside the post."""
    from postlint.posts import media

    return media.beside(post.media[""], post.path, target)


def _media(post: Document, field: str) -> "tuple[Media, bool] | None":
    """What a content tool says of the images of `field`, and whether the site gets the post from that tool."""
    if not post.media:
        return None
    from postlint.posts import media

    found = post.media.get(media.key(field))
    return (found, post.source is not None and found.title == post.source.title) if found else None


# What people write where a post has no image.
_NO_IMAGE = frozenset(("none", "null", "nil", "no", "off", "false", "n/a"))


def _field_images(post: Document) -> list[tuple[Any, ...]]:
    """Images named in the front matter: the image role's values, and any other text that looks like a path to one."""
    roles = set(post.roles.get("image", ()))
    out: list[tuple[Any, ...]] = []
    pending = [
        (entry.name, entry.name in roles, entry.node)
        for entry in reversed(post.front_matter.root.entries or ())
        if entry.name in roles
        or _may_be_path(entry.node)
        or entry.name in post.media
        or f"{entry.name}[]" in post.media
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
            by_tool = bool(_media(post, f"{field}[0]"))
            pending += [(f"{field}[{n}]", plays, item) for n, item in items if plays or by_tool or _may_be_path(item)]
        elif isinstance(node.value, str) and node.value and (plays or is_image(node.value) or _media(post, field)):
            known = _media(post, field)
            if (" " in node.value and not (plays or (known and known[1]))) or "\n" in node.value:
                continue
            if node.value.strip().lower() in _NO_IMAGE:
                continue
            target = asking.field_image(post.framework, post.path, post.data, node.value, field)
            if known:
                from postlint.posts import media

                told = media.target(known[0], post.path, node.value)
                is_open = known[1] or target.status == "unknown" or post.framework.name == "none"
                target = told if told is not None and is_open else target
            target = _for_readers(node.value, target)
            out.append(_image(post, node.value, node.span, node.span, "field", target, field))
    return out


# What a text that is HTML links to.
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)


def _field_links(post: Document) -> Iterator[Link]:
    """The links in the front matter that the framework itself shows."""
    wanted = dict(post.framework.linking.fields)
    tops = {name.partition(".")[0].removesuffix("[]") for name in wanted}
    pending = [(e.name, e.node) for e in post.front_matter.root.entries or () if e.name in tops]
    while pending:
        field, node = pending.pop()
        if node.entries is not None:
            pending += [(f"{field}.{entry.name}", entry.node) for entry in node.entries]
        elif node.items is not None:
            pending += [(f"{field}[]", item) for item in node.items]
        elif field in wanted and isinstance(node.value, str):
            for target, span in _addresses_in(post, node):
                leads = post.framework.link(post.path, post.data, target, wanted[field])
                if leads.status in ("files", "missing") or leads.address is not None:
                    yield link(post, target, span, span, leads)


def _addresses_in(post: Document, node: Node) -> Iterator[tuple[str, Span]]:
    """The address that a field is, or those that its HTML links to."""
    written = post.text.value[node.span.start : node.span.end]
    found = [match[1] for match in _HREF.finditer(node.text)] if "<" in node.text else [node.text.strip()]
    for target in found:
        if target and not target.startswith("#"):
            at = written.find(target)
            start = node.span.start + at
            yield target, Span(start, start + len(target)) if at >= 0 else node.span


def _for_readers(target: str, leads: Target) -> Target:
    """Where the image `target` leads for anyone except its author."""
    return (leads.status == "external" and web.seen_by_its_author(target)) or leads


def _may_be_path(node: Node) -> bool:
    """Whether it, or something in it, can be text that ends like an image's name."""
    return "." in node.text or node.entries is not None or node.items is not None


_PATH_KEYS = frozenset(("src", "url", "path", "image", "file", "source"))


START = Span(0, 0)
"""The beginning of a post: the place of findings about the whole post."""
