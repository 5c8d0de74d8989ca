"""What in the body of a post stops the build: template tags, and text that MDX cannot compile."""

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, cast

from postlint.frameworks.answers import Reason
from postlint.posts.document import Document
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.body.templates import Engine, Stop
    from postlint.frameworks.answers import Where

_SIGN = re.compile(r"\{[{%#]")
# A tag of Jekyll or of Hugo that names a page.
_PAGE_TAG = re.compile(r"\{%-?\s*(link|post_url)\s[^{}%]*%\}|\{\{[<%]\s*((?:rel)?ref)\s[^{}]*[%>]\}\}")


def template_stops(post: Document) -> "tuple[Engine, list[Stop]] | None":
    """What reads the template tags of the body, and what it certainly stops at; None if nothing reads them."""
    found = post.front_matter
    if found.problem or not _SIGN.search(post.text.value, found.body):
        return None
    engine = post.framework.template_engine(post.path, post.data)
    if engine is None or _is_copied(post):
        return None
    from postlint.body.templates import stops

    return engine, _certain(stops(post.text.readable, found.body, engine, post.body.code), engine)


def page_tags(post: Document, engine: "Engine") -> Iterator[tuple[Span, str, tuple[str, ...]]]:
    """The tags that name a page and are no link's address, which other rules look at: the tag, and where the page would
    be."""
    text, body, framework = post.text.readable, post.body, post.framework
    if not _PAGE_TAG.search(text, post.front_matter.body):
        return
    from postlint.body.templates.liquid import raw_blocks

    raw = raw_blocks(text, post.front_matter.body) if engine.kind == "liquid" else []
    for found in _PAGE_TAG.finditer(text, post.front_matter.body):
        span = Span(*found.span())
        in_code = any(each.start <= span.start < each.end for each in body.code)
        if any(each.start <= span.start < each.end for each in raw):
            continue
        if engine.kind == "liquid" and found[1]:
            if any(each.whole.start <= span.start < each.whole.end for each in body.references):
                continue
            target, where, tag = found[0], "markdown", None
        elif engine.kind == "hugo" and found[2] and in_code:
            embedded = next((each for each in framework.embedded(found[0]) if each.kind == "link"), None)
            if embedded is None:
                continue
            target, where, tag = embedded.target, "shortcode", embedded.tag
        else:
            continue
        leads = framework.link(post.path, post.data, target, cast("Where", where), tag)
        if leads.status == "files" and leads.certain and leads.paths:
            yield span, " ".join(found[0].split()), leads.paths


def body_stop(post: Document, exists: Callable[[str], bool]) -> Reason | None:
    """Why the build stops at the body of `post`; None if it does not. `exists` says whether the site has a file.

    A name that the engine does not know counts only if all names are known.
    """
    if read := template_stops(post):
        engine, stops = read
        for stop in stops:
            if stop.outcome == "the build stops" and (engine.complete or not stop.name):
                return Reason(stop.message, stops=True)
        for _, written, paths in page_tags(post, engine):
            if not any(map(exists, paths)):
                return Reason(f"`{written}` leads to no page", stops=True)
    if post.framework.linking.alt_demanded and any(
        reference.kind == "image" and reference.form == "html" and reference.text is None
        for reference in post.body.references
        if "eleventy:ignore" not in post.text.value[reference.whole.start : reference.whole.end]
    ):
        return Reason("an image has no `alt` attribute", stops=True)
    setup = post.framework.mdx(post.path, post.data)
    if setup is None or post.front_matter.problem:
        return None
    from postlint.body.mdx_syntax import blocks

    text, start = post.text.readable, post.front_matter.body
    slip = next(iter(blocks.slips(text, start or int(text.startswith("\ufeff")), setup)), None)
    return Reason("MDX cannot compile it", stops=True) if slip else None


def _is_copied(post: Document) -> bool:
    first = post.text.value.partition("\n")[0]
    return post.framework.why_not_a_page(post.path, first) is not None


def _certain(found: "list[Stop]", engine: "Engine") -> "list[Stop]":
    """Those of `found` that are certain: names only if all are known, and nothing behind a tag that may be one."""
    if engine.complete:
        return found
    kept = []
    for stop in found:
        if not stop.name:
            kept.append(stop)
        elif not stop.name.startswith("filter"):
            break
    return kept
