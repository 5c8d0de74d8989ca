"""Definitions of links and footnotes that have no effect."""

from collections.abc import Iterable

from postlint.diagnostics import Severity
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule
from postlint.text import Span


class LinkDefinition(Rule):
    """A footnote that nothing refers to, or a label that is defined twice with different addresses.

    ## Why it matters

    Most frameworks leave out a footnote that nothing refers to: readers never see its text. If a label has two
    addresses, all links with this label lead to one of them, so some lead to the wrong page.

    ## How to fix it

    Write the sign of the footnote, such as `[^1]`, where it belongs, or remove the footnote. Give one of the two links
    another label.

    ## What it leaves alone

    - Labels of links that nothing uses, such as those of a list that several posts share.
    - The same address, defined twice.
    """

    severity = Severity.WARNING
    preview = True
    signs = ("]:",)
    of_text = True
    examples = (
        Good(
            "Bread[^1] and [soup][soup].\n\n[soup]: /soup\n\n[^1]: Of rye.\n",
            name="definitions that are used",
            show=True,
        ),
        Bad(
            "Bread[^1].\n\n[^1]: Of rye.\n⟦[^2]⟧: Of wheat.\n",
            name="a footnote that nothing refers to",
            show=True,
            message="nothing refers to this footnote, so readers do not see it; write `[^2]` where it belongs",
        ),
        Bad(
            "[Soup][1] and [bread][1].\n\n[1]: /soup\n[1]: ⟦/bread⟧\n",
            name="a label with two addresses",
            show=True,
            message="`[1]` is also defined as `/soup`, and all links with this label lead to one of the two; write another"
            " label",
        ),
        Good(
            "[Soup][1].\n\n[1]: /soup\n[1]: </soup>\n[//]: # (a)\n[//]: # (b)\n", name="one address twice, and comments"
        ),
        Good("`[^1]`\n\n```\n[^2]: a\n[a]: /b\n[a]: /c\n```\n\n<!--\n[^3]: a\n-->\n", name="code and comments"),
        Good("[MMX]: The extensions of 1997\n\n[MMX]: /mmx 'Extensions'\n", name="a term before its definition"),
        Good("Bread[^Rye]\n\n> [^rye]: Rye.\n\nand\n\n[^note] Text.\n\n[^note]: A note.\n", name="other places"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        from postlint.body import definitions

        text, start = post.text.value, post.front_matter.body
        if post.text.has("[^"):
            for span, label in definitions.footnotes(text, start, post.body).unused:
                message = "nothing refers to this footnote, so readers do not see it"
                yield Finding(span, f"{message}; write `[^{label}]` where it belongs")
        for span, label, first in definitions.repeated(text, start, post.body):
            address = text[slice(*first)]
            message = (
                f"`[{label}]` is also defined as `{address}`, and all links with this label lead to one of the two"
            )
            yield Finding(Span(*span), f"{message}; write another label")
