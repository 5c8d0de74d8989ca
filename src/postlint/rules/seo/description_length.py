"""Descriptions too long, or too short, for a list of search results."""

from collections.abc import Iterable
from typing import Annotated

from postlint.diagnostics import Severity
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule


class DescriptionLength(Rule):
    """A description that is longer, or shorter, than it should be.

    Search engines cut a description at about 160 characters, and make up one of their own instead of one that says
    little.
    """

    severity = Severity.WARNING
    default = False
    min: Annotated[int, "Shortest description, in characters."] = 1
    max: Annotated[int, "Longest description, in characters; 0 for no limit."] = 160
    examples = (
        Good("---\ndescription: How to brew coffee\n---\n"),
        Good("---\ntitle: A\n---\n"),
        Bad("---\ndescription: ⟦How to brew coffee⟧\n---\n", options={"max": 10}),
        Bad("---\ndescription: ⟦Coffee⟧\n---\n", options={"min": 50}),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        found = post.field("description")
        if found is None or not isinstance(found.node.value, str):
            return
        length = len(found.node.text.strip())
        if self.max and length > self.max:
            yield Finding(
                found.node.span, f"this description has {length} characters, more than {self.max}", found.name
            )
        elif length < self.min:
            yield Finding(
                found.node.span, f"this description has {length} characters, fewer than {self.min}", found.name
            )
