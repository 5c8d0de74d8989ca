"""Links that Markdown takes for text."""

from collections.abc import Iterable

from postlint.body.slips import slips
from postlint.diagnostics import Edit, Fix, Severity
from postlint.document import Document
from postlint.rule import Bad, Finding, Good, Rule


class LinkSyntax(Rule):
    """A link that is written with a slip, so that readers see brackets instead: `[a] (b.md)`, `[a][/b]`, `[a](b.md]`.

    Markdown wants the address in round brackets right behind the square ones.
    """

    severity = Severity.WARNING
    examples = (
        Good("[a](/b) [a][b] `[a] (b.md)` [x] (/b) [1] (https://example.com) a[b] (/c) [^1] (/d)\n\n[b]: /b\n"),
        Good("[a] (see /b) [a] (b) \\[a] (/b)\n"),
        Good("[a][/b] and [c] (/d)\n\n[/b]: /c\n[c]: /c\n"),
        Bad("⟦[a] (/b)⟧\n", fixed="[a](/b)\n"),
        Bad("A ⟦[good one][https://example.com/b]⟧ here\n", fixed="A [good one](https://example.com/b) here\n"),
        Bad("⟦[a](my page.md)⟧\n", fixed="[a](my%20page.md)\n"),
        Good("[a](b.md 'my page.md') [a](see page.md or so)\n"),
        Bad("⟦[a](b.md#c]⟧\n", fixed="[a](b.md#c)\n"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for span, better, has_blanks in slips("link", post.text.value, post.front_matter.body, post.body):
            fix = Fix(f"Write `{better}`", (Edit(*span, better),)) if better else None
            wanted = "write blanks in the address as `%20`" if has_blanks else "write `[text](address)`"
            yield Finding(span, f"Markdown takes this link for text; {wanted}", fix=fix)
