"""Tags that a post has twice."""

from collections.abc import Iterable

from postlint.diagnostics import Edit, Fix, Severity
from postlint.front_matter import Node
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule
from postlint.text import Span


class TagDuplicate(Rule):
    """A tag that is in the list of one post twice.

    ## Why it matters

    The tag is shown twice, or the post is listed twice on the tag's page.

    ## How to fix it

    Remove one of the two. The fix removes the later one and is safe.

    ## What it leaves alone

    - The same word in two fields, such as `tags` and `categories`.
    - Empty tags; `tag-list` reports them.
    """

    severity = Severity.WARNING
    examples = (
        Good("---\ntags: ['', '']\n---\n", name="empty tags"),
        Good("---\ntags: [a, b]\ncategories: [a]\n---\n", name="two fields", show=True),
        Bad(
            "---\ntags: [a, b, ⟦a⟧, c]\n---\n",
            fixed="---\ntags: [a, b, c]\n---\n",
            name="a list in brackets",
            show=True,
            safe=True,
            message="tag `a` is already in this list",
        ),
        Bad(
            "---\ntags:\n  - a\n  - b\n  - ⟦a⟧\n---\n",
            fixed="---\ntags:\n  - a\n  - b\n---\n",
            name="a list with dashes",
            show=True,
            safe=True,
            message="tag `a` is already in this list",
        ),
        Bad("---\ntags:\n  - a\n  - ⟦a⟧ # why\n---\n", name="a comment behind the tag"),
        Bad(
            "---\ntags: ['', a, ⟦a⟧]\n---\n",
            fixed="---\ntags: ['', a]\n---\n",
            name="a tag after an empty one",
            safe=True,
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for entry in post.fields("tags"):
            items = entry.node.items or ()
            seen: set[str] = set()
            for number, item in enumerate(items):
                if not item.is_scalar or not item.text:
                    continue
                if item.text in seen:
                    fix = _removal(post, items[number - 1], item)
                    yield Finding(
                        item.span, f"tag `{item.text}` is already in this list", f"{entry.name}[{number}]", fix
                    )
                seen.add(item.text)


def _removal(post: Document, before: Node, item: Node) -> Fix | None:
    """Removes all from the end of the item before, if only a comma, or a dash on a line of its own, is there."""
    text = post.text.value
    between = text[before.span.end : item.span.start]
    line_end = text.find("\n", item.span.end)
    rest = text[item.span.end : line_end if line_end >= 0 else len(text)]
    on_its_line = between.strip() == "-" and not rest.strip()
    if item.alias or not (between.strip() == "," or on_its_line):
        return None
    return Fix("Remove it", (Edit(*Span(before.span.end, item.span.end), ""),))
