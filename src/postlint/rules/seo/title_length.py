"""Titles too long for a list of search results."""

from collections.abc import Iterable
from typing import Annotated

from postlint.diagnostics import Severity
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule


class TitleLength(Rule):
    """A title that is longer, or shorter, than it should be.

    Search engines and cards of shared links cut a title at about sixty to seventy characters.
    """

    severity = Severity.WARNING
    default = False
    min: Annotated[int, "Shortest title, in characters."] = 1
    max: Annotated[int, "Longest title, in characters; 0 for no limit."] = 70
    examples = (
        Good("---\ntitle: A\n---\n"),
        Good("Text.\n"),
        Bad("---\ntitle: ⟦How to brew coffee⟧\n---\n", options={"max": 10}),
        Bad("---\ntitle: ⟦'Hi'⟧\n---\n", options={"min": 5}),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        title = post.field("title")
        if title is None or not isinstance(title.node.value, str):
            return
        length = len(title.node.text.strip())
        if self.max and length > self.max:
            yield Finding(title.node.span, f"this title has {length} characters, more than {self.max}", title.name)
        elif length < self.min:
            yield Finding(title.node.span, f"this title has {length} characters, fewer than {self.min}", title.name)
