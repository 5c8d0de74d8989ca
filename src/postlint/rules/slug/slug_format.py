"""The characters of a slug."""

import re
from collections.abc import Iterable

from postlint.diagnostics import Fix
from postlint.frameworks.answers import Reason
from postlint.front_matter import Node
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule

_BAD = re.compile(r"[\s?#\\<>\"{}|^`\x00-\x1f\x7f]|%(?![0-9A-Fa-f]{2})")


class SlugFormat(Rule):
    """A slug with characters that an address must escape or cannot hold: white space, `?`, `#`, `%`, quotes, brackets.

    Such an address breaks when it is pasted or mistyped, and `?` and `#` cut it short. The repair turns each run of
    such characters into one hyphen; the post moves, so it is unsafe. A slug that is no text (a number, a date) gets
    quotes, which is safe where the address stays the same. Frameworks that make a slug of any text themselves (Hugo,
    Zola, Jekyll) are left to do so.
    """

    examples = (
        Good("---\nslug: notes/läuft-gut\n---\n"),
        Good("---\nslug: My_Post.v2\n---\n"),
        Good("---\ntitle: A\n---\n"),
        Good("---\nslug: 'A  b?'\n---\n", framework="hugo", path="content/a.md"),
        Good("---\nslug: 2024\n---\n", framework="hugo", path="content/a.md"),
        Good('+++\nslug = ""\n+++\n', framework="hugo", path="content/a.md"),
        Good("Title: A\nSlug:\n\nText.\n", framework="pelican", path="content/a.md"),
        Bad(
            "---\nslug: ⟦012⟧\n---\n",
            fixed="---\naliases: [/10/]\nslug: '012'\n---\n",
            framework="hugo",
            path="content/a.md",
        ),
        Bad("+++\nslug = ⟦2024⟧\n+++\n", fixed='+++\nslug = "2024"\n+++\n', framework="zola", path="content/a.md"),
        Bad("---\nslug: ⟦'A  b'⟧ # kept\n---\n", fixed="---\nslug: 'a-b' # kept\n---\n"),
        Bad("---\nslug: ⟦what?⟧\n---\n", fixed="---\nslug: what\n---\n"),
        Bad("---\nslug: ⟦2024⟧\n---\n", fixed="---\nslug: '2024'\n---\n"),
        Bad("---\nslug: ⟦''⟧\n---\n"),
        Bad("---\nslug: ⟦'?'⟧\n---\n"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        slug = post.field("slug")
        if slug is None or not slug.node.is_scalar or slug.node.value is None:
            return
        node, text = slug.node, slug.node.text
        if not text.strip() and not post.framework.empty_slug_counts:
            return
        if text.strip() and post.framework.cleans_slugs and _is_kept(post, node):
            return
        if not isinstance(node.value, str):
            quoted = post.edit_scalar(node, text)
            message = f"`{slug.name}` must be text; put it in quotes"
            yield Finding(node.span, message, slug.name, Fix(f"Write `{quoted.content}`", (quoted,)))
            return
        found = _BAD.search(text)
        if text.strip() and not found:
            return
        better = "/".join(re.sub(r"-{2,}", "-", _BAD.sub("-", part)).strip("-").lower() for part in text.split("/"))
        if not text.strip() or not found:
            yield Finding(node.span, f"`{slug.name}` is empty", slug.name)
            return
        name = "white space" if found[0].isspace() else f"`{found[0]}`"
        fix = Fix(f"Write `{better}`", (post.edit_scalar(node, better),), "unsafe") if better.strip("/") else None
        yield Finding(node.span, f"`{slug.name}` holds {name}, which an address cannot", slug.name, fix)


def _is_kept(post: Document, node: Node) -> bool:
    """Whether the framework takes the slug for the text that is written."""
    if isinstance(node.value, str):
        return True
    taken = post.framework.values(post.path, post.data, post.front_matter.language)
    return not isinstance(taken, Reason) and str(node.value) == node.text
