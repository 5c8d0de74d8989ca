"""Images that Markdown takes for text."""

from collections.abc import Iterable

from postlint.body.slips import slips
from postlint.diagnostics import Edit, Fix, Severity
from postlint.document import Document
from postlint.rule import Bad, Finding, Good, Rule


class ImageSyntax(Rule):
    """An image that is written with a slip, so that readers see brackets instead: `![a] (b.png)`, `![a][/b.png]`.

    Markdown wants the address in round brackets right behind the square ones, and no blanks in it.
    """

    severity = Severity.WARNING
    examples = (
        Good("![a](/b.png) ![a][b] `![a] (b.png)`\n\n[b]: /b.png\n"),
        Good("![a][/b.png]\n\n[/b.png]: /c.png\n"),
        Bad("⟦![a] (/b.png)⟧\n", fixed="![a](/b.png)\n"),
        Bad("A ⟦![a][/b.png]⟧ here\n", fixed="A ![a](/b.png) here\n"),
        Bad("⟦![a](b.png]⟧\n", fixed="![a](b.png)\n"),
        Bad("⟦![a](my photo.png)⟧\n", fixed="![a](my%20photo.png)\n"),
        Bad("⟦![a] (/b / c.png)⟧\n"),
        Good('![a](b.png "A photo.png") ![a](<my photo.png>) `![a](my photo.png)`\n'),
        Good("![a](my photo.png)\n", framework="jekyll", path="_posts/2024-01-02-a.md"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for span, better, has_blanks in slips("image", post.text.value, post.front_matter.body, post.body):
            fix = Fix(f"Write `{better}`", (Edit(*span, better),)) if better else None
            wanted = "write blanks in the address as `%20`" if has_blanks else "write `![text](address)`"
            yield Finding(span, f"Markdown takes this image for text; {wanted}", fix=fix)
