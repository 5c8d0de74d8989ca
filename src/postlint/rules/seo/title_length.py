"""Titles too long for a list of search results."""

from collections.abc import Iterable
from typing import Annotated

from postlint.diagnostics import Severity
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule


class TitleLength(Rule):
    """A title that is longer or shorter than it should be.

    ## Why it matters

    Search engines and cards of shared links cut a title after about 60 to 70 characters.

    ## How to fix it

    Rewrite the title in `min` to `max` characters.

    ## What it leaves alone

    Posts without a title.
    """

    severity = Severity.WARNING
    default = False
    min: Annotated[int, "Shortest title, in characters."] = 1
    max: Annotated[int, "Longest title, in characters; 0 for no limit."] = 70
    examples = (
        Good("---\ntitle: A\n---\n", name="a length in between", show=True),
        Good("Text.\n", name="no title"),
        Bad(
            "---\ntitle: ⟦How to brew coffee⟧\n---\n",
            options={"max": 10},
            name="too long",
            show=True,
            message="this title has 18 characters; shorten it to 10 or fewer",
        ),
        Bad(
            "---\ntitle: ⟦'Hi'⟧\n---\n",
            options={"min": 5},
            name="too short",
            message="this title has 2 characters; write 5 or more",
        ),
        Good(f"---\ntitle: {'a' * 70}\n---\n", name="the longest one that is allowed"),
        Bad(
            f"---\ntitle: ⟦{'a' * 71}⟧\n---\n",
            name="one character too long",
            message="this title has 71 characters; shorten it to 70 or fewer",
        ),
        Bad("---\ntitle: ⟦' '⟧\n---\n", name="nothing but a space"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        title = post.field("title")
        if title is None or not isinstance(title.node.value, str):
            return
        length = len(title.node.text.strip())
        if self.max and length > self.max:
            yield Finding(
                title.node.span, f"this title has {length} characters; shorten it to {self.max} or fewer", title.name
            )
        elif length < self.min:
            yield Finding(title.node.span, f"this title has {length} characters; write {self.min} or more", title.name)
