"""Links that Markdown takes for text, or whose address is none."""

import re
from collections.abc import Iterable

from postlint.body import Reference
from postlint.body.addresses import meant
from postlint.body.slips import slips
from postlint.diagnostics import Edit, Fix, Severity
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule

_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[^\s/.:#?@{}()<>]+")


class LinkSyntax(Rule):
    """A link that is written with a slip, so that readers see brackets instead: `[a] (b.md)`, `[a][/b]`, `[a](b.md]`.

    Markdown wants the address in round brackets right behind the square ones. Other slips: a bracket that is not
    closed, or is a wide one (`[a]（https://b.c）`), text and address in each other's place, nothing where the address
    should be, and a misspelled `https://`.
    """

    severity = Severity.WARNING
    examples = (
        Good("[a](/b) [a][b] `[a] (b.md)` [x] (/b) [1] (https://example.com) a[b] (/c) [^1] (/d)\n\n[b]: /b\n"),
        Good("[a][https://example.com/b](https://example.com/b)\n"),
        Good("[a] (see /b) [a] (b) \\[a] (/b)\n"),
        Good("[a][/b] and [c] (/d)\n\n[/b]: /c\n[c]: /c\n"),
        Bad("⟦[a] (/b)⟧\n", fixed="[a](/b)\n"),
        Bad("A ⟦[good one][https://example.com/b]⟧ here\n", fixed="A [good one](https://example.com/b) here\n"),
        Bad("⟦[a](my page.md)⟧\n", fixed="[a](my%20page.md)\n"),
        Good("[a](b.md 'my page.md') [a](see page.md or so)\n"),
        Bad("⟦[a](b.md#c]⟧\n", fixed="[a](b.md#c)\n"),
        Bad("⟦[a](https://example.com/b⟧\n\nText (more).\n", fixed="[a](https://example.com/b)\n\nText (more).\n"),
        Bad("⟦[维基]（https://example.com/b）⟧\n", fixed="[维基](https://example.com/b)\n"),
        Bad("⟦[a]((https://example.com)⟧ says so\n", fixed="[a](https://example.com) says so\n"),
        Bad("⟦[a]((/b/c)⟧ [d](⟦`/e`⟧) `[f](` g `)`\n", fixed="[a](/b/c) [d](/e) `[f](` g `)`\n"),
        Bad("⟦[/b/c](All of it)⟧\n", fixed="[All of it](/b/c)\n"),
        Bad("[a](⟦://example.com/b⟧)\n", fixed="[a](https://example.com/b)\n"),
        Bad("⟦(a)[https://example.com]⟧\n", fixed="[a](https://example.com)\n"),
        Bad("⟦[https://example.com/b](Example)⟧\n"),
        Good("[https://example.com/b](example.md) [https://example.com/b](#b)\n"),
        Bad("⟦[a]()⟧ [](){#b} list[item]() ⟦[]()⟧\n"),
        Bad("[a](⟦http://https://example.com⟧)\n", fixed="[a](https://example.com)\n"),
        Bad(
            "[a](⟦a@example.com⟧) [b](b@2x.png) <c@example.com>\n",
            fixed="[a](mailto:a@example.com) [b](b@2x.png) <c@example.com>\n",
        ),
        Bad("[a](⟦mailto://a@example.com⟧)\n", fixed="[a](mailto:a@example.com)\n"),
        Good("[a](https://web.archive.org/web/2020/http://example.com)\n"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for span, better, wanted in slips("link", post.text.value, post.front_matter.body, post.body):
            fix = Fix(f"Write `{better}`", (Edit(*span, better),)) if better else None
            yield Finding(span, f"Markdown takes this link for text; {wanted}", fix=fix)
        for reference in post.body.references:
            if reference.kind != "link" or reference.form == "reference":
                continue
            if reference.form == "inline" and (wrong := _wrong(reference, post.text.value)):
                yield Finding(reference.whole, wrong)
            elif address := meant(reference.target):
                yield Finding(reference.span, f"this is no address; write `{address}`", fix=_write(reference, address))


def _wrong(link: Reference, text: str) -> str | None:
    if not link.target:
        # Right behind a word it is a call or an item, as code has them; with attributes behind it, an anchor.
        is_code = text[link.whole.start - 1 : link.whole.start].isalnum()
        is_anchor = not link.text and text.startswith("{", link.whole.end)
        return None if is_code or is_anchor else "this link has no address"
    if _ADDRESS.fullmatch(link.text or "") and _WORD.fullmatch(link.target):
        return f"text and address have changed places; write `[{link.target}]({link.text})`"
    return None


def _write(link: Reference, address: str) -> Fix | None:
    exact = link.span.end - link.span.start == len(link.target)
    return Fix(f"Write `{address}`", (Edit(*link.span, address),)) if exact else None
