"""Values that the schema refuses."""

from collections.abc import Iterable

from postlint import front_matter
from postlint.diagnostics import Edit, Fix
from postlint.front_matter import Node
from postlint.posts.document import Document, dotted
from postlint.rule import Bad, Finding, Good, Rule
from postlint.schema import Violation
from postlint.text import Span


class SchemaInvalidValue(Rule):
    """A value that the site's schema refuses: of the wrong kind, out of range, or not one of the values there are.

    The finding is at the value itself, or at the one item of a list that is wrong.
    """

    yields_to = ("date-invalid",)
    examples = (
        Good("---\ntitle: A\ndraft: maybe\n---\n"),
        Good("---\ntitle: A\ndraft: true\n---\n", schema="starlight"),
        Bad("---\ntitle: A\ndraft: ⟦maybe⟧\n---\n", schema="starlight"),
        Bad("---\ntitle: ⟦2024⟧\n---\n", fixed="---\ntitle: '2024'\n---\n", schema="starlight"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        found = post.front_matter
        if post.head is None:
            return
        for violation in post.violations:
            if violation.kind != "invalid":
                continue
            at = front_matter.find(found.root, violation.location) if violation.location else None
            if at is None:
                yield Finding(Span(post.head, post.head), violation.message)
                continue
            node, fix = at[1], None
            if node.is_scalar and not node.alias and (content := _content(post, violation, node)) is not None:
                edit = Edit(*node.span, content)
                fix = Fix(f"Write `{content}`", (edit,), "safe" if violation.certain else "unsafe")
            yield Finding(node.span, violation.message, dotted(violation.location), fix)


def _content(post: Document, violation: Violation, node: Node) -> str | None:
    if violation.repair == "quote":
        return post.edit_scalar(node, post.text.value[node.span.start : node.span.end]).content
    if violation.suggestion is None:
        return None
    return (
        violation.suggestion if violation.repair == "literal" else post.edit_scalar(node, violation.suggestion).content
    )
