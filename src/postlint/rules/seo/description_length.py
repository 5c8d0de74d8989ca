"""Descriptions too long, or too short, for a list of search results."""

from collections.abc import Iterable
from typing import Annotated

from postlint.diagnostics import Severity
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule


class DescriptionLength(Rule):
    """A description that is longer or shorter than it should be.

    ## Why it matters

    Search engines cut a description after about 160 characters. Instead of a description that says little, they make up
    their own.

    ## How to fix it

    Rewrite the description in `min` to `max` characters.

    ## What it leaves alone

    Posts without a description.
    """

    severity = Severity.WARNING
    default = False
    min: Annotated[int, "Shortest description, in characters."] = 1
    max: Annotated[int, "Longest description, in characters; 0 for no limit."] = 160
    examples = (
        Good("---\ndescription: How to brew coffee\n---\n", name="a length in between", show=True),
        Good("---\ntitle: A\n---\n", name="no description"),
        Bad(
            "---\ndescription: ⟦How to brew coffee⟧\n---\n",
            options={"max": 10},
            name="too long",
            show=True,
            message="this description has 18 characters; shorten it to 10 or fewer",
        ),
        Bad(
            "---\ndescription: ⟦Coffee⟧\n---\n",
            options={"min": 50},
            name="too short",
            message="this description has 6 characters; write 50 or more",
        ),
        Good(f"---\ndescription: {'a' * 160}\n---\n", name="the longest one that is allowed"),
        Bad(
            f"---\ndescription: ⟦{'a' * 161}⟧\n---\n",
            name="one character too long",
            message="this description has 161 characters; shorten it to 160 or fewer",
        ),
        Good("---\ndescription: a\n---\n", name="the shortest one that is allowed"),
        Bad("---\ndescription: ⟦' '⟧\n---\n", name="nothing but a space"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        found = post.field("description")
        if found is None or not isinstance(found.node.value, str):
            return
        length = len(found.node.text.strip())
        if self.max and length > self.max:
            yield Finding(
                found.node.span,
                f"this description has {length} characters; shorten it to {self.max} or fewer",
                found.name,
            )
        elif length < self.min:
            yield Finding(
                found.node.span, f"this description has {length} characters; write {self.min} or more", found.name
            )
