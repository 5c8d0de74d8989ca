"""Bodies that mdformat would write differently."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from postlint.diagnostics import Fix, Severity
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.formatting.options import Options
    from postlint.settings import Config


class Format(Rule):
    """A body that `postlint format` would write differently.

    ## Why it matters

    With one form for all bodies, a change shows what was changed, and nothing else: the same marks for lists and
    emphasis, and one blank line between blocks.

    ## How to fix it

    Run `postlint format`, or let the fix do the same; it is safe. `[format]` in the configuration sets the form.

    ## What it leaves alone

    Posts whose page could change: MDX, posts with template tags, and syntax that mdformat has no plugin for.
    """

    family = "format"
    severity = Severity.WARNING
    default = False
    examples = (
        Good("# Title\n\n- one\n- two\n", name="a formatted body", show=True),
        Good("* {{< figure src='a.png' >}}\n", name="a template tag"),
        Bad(
            "---\ntitle: A\n---\n\n⟦* one\n* two⟧\n",
            fixed="---\ntitle: A\n---\n\n- one\n- two\n",
            name="stars for a list",
            show=True,
            safe=True,
            message="`postlint format` would write this differently",
        ),
        Bad("⟦Title\n=====⟧\n\nText\n", fixed="# Title\n\nText\n", name="an underlined heading", safe=True),
    )

    def __init__(self) -> None:
        self._options: Options | None = None

    def settle(self, config: "Config") -> None:
        from postlint.formatting.options import options

        self._options = options(config)

    def check(self, post: Document) -> Iterable[Finding]:
        # It is off by default, and its class is loaded to know that.
        from postlint.formatting import edits, formatted
        from postlint.formatting.options import Options

        made = formatted(post, self._options or Options())
        if made.body is None:
            return
        start = post.front_matter.body
        changes = tuple(edits(post.text.value[start:], made.body, start))
        whole = Span(changes[0].start, max(changes[0].start, changes[-1].end))
        text = post.text.value[whole.start : whole.end]
        span = Span(whole.start, whole.start + len(text.rstrip()))
        yield Finding(span, "`postlint format` would write this differently", fix=Fix("Format it", changes))
