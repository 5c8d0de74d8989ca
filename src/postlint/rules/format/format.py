"""Bodies that mdformat would write in another way."""

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
    """A body that `postlint format` would write in another way.

    mdformat gives all bodies one form: the same marks for lists and emphasis, one blank line between blocks. A post is
    left alone where that could change the page, so MDX, template tags and whatever mdformat has no plugin for here is no
    finding. `[format]` in the configuration says how it is to write.
    """

    family = "format"
    severity = Severity.WARNING
    default = False
    examples = (
        Good("# Title\n\n- one\n- two\n"),
        Good("* {{< figure src='a.png' >}}\n"),
        Bad("---\ntitle: A\n---\n\n⟦* one\n* two⟧\n", fixed="---\ntitle: A\n---\n\n- one\n- two\n"),
        Bad("⟦Title\n=====⟧\n\nText\n", fixed="# Title\n\nText\n"),
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
        shown = Span(whole.start, whole.start + len(text.rstrip()))
        yield Finding(shown, "`postlint format` would write this in another way", fix=Fix("Format it", changes))
