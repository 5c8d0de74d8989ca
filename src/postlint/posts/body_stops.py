"""What in the body of a post stops the build: template tags, and text that MDX cannot compile."""

import re
from typing import TYPE_CHECKING

from postlint.frameworks.answers import Reason
from postlint.posts.document import Document

if TYPE_CHECKING:
    from postlint.body.templates import Engine, Stop

_SIGN = re.compile(r"\{[{%#]")


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


def body_stop(post: Document) -> Reason | None:
    """Why the build stops at the body of `post`; None if it does not, as far as the post alone shows.

    A name that the engine does not know counts only if all names are known.
    """
    if read := template_stops(post):
        engine, stops = read
        for stop in stops:
            if stop.outcome == "the build stops" and (engine.complete or not stop.name):
                return Reason(stop.message, stops=True)
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
