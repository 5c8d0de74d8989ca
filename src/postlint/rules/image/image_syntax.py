"""Images that Markdown takes for text."""

import re
from collections.abc import Iterable

from postlint.diagnostics import Edit, Fix, Severity
from postlint.document import Document
from postlint.rule import Bad, Finding, Good, Rule
from postlint.text import Span

_FILE = r"[^\s()\[\]]{1,500}\.(?:png|jpe?g|gif|webp|svg|avif)"
# Each has the text before and after the address, which the repair puts in parentheses that follow at once.
_SLIPS = re.compile(
    rf"(?P<alt>!\[[^\[\]\n]{{0,500}}\])(?:[ \t]{{1,9}}\((?P<spaced>{_FILE})\)"
    rf"|\[(?P<square>(?:\.{{0,2}}/|https?://){_FILE})\]|\((?P<mixed>{_FILE})\])",
    re.IGNORECASE,
)


class ImageSyntax(Rule):
    """An image that is written with a slip, so that readers see brackets instead: `![a] (b.png)`, `![a][/b.png]`.

    Markdown wants the address in round brackets right behind the square ones.
    """

    severity = Severity.WARNING
    examples = (
        Good("![a](/b.png) ![a][b] `![a] (b.png)`\n\n[b]: /b.png\n"),
        Good("![a][/b.png]\n\n[/b.png]: /c.png\n"),
        Bad("⟦![a] (/b.png)⟧\n", fixed="![a](/b.png)\n"),
        Bad("A ⟦![a][/b.png]⟧ here\n", fixed="A ![a](/b.png) here\n"),
        Bad("⟦![a](b.png]⟧\n", fixed="![a](b.png)\n"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        text = post.text.value
        if "![" not in text:
            return
        for slip in _SLIPS.finditer(text, post.front_matter.body):
            span = Span(*slip.span())
            if _is_read(post, span):
                continue
            better = f"{slip['alt']}({slip['spaced'] or slip['square'] or slip['mixed']})"
            fix = Fix(f"Write `{better}`", (Edit(*span, better),))
            yield Finding(span, "Markdown takes this image for text; write `![text](address)`", fix=fix)


def _is_read(post: Document, span: Span) -> bool:
    """Whether Markdown sees an image, code or a comment there after all."""
    body = post.body
    hidden = (*body.code, *body.comments, *body.opaque)
    return any(one.start <= span.start < one.end for one in hidden) or any(
        reference.kind == "image" and reference.whole.start == span.start for reference in body.references
    )
