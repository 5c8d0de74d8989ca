"""Images that Markdown takes for text, or that have no address."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.body import Reference, quiet
from postlint.body.addresses import meant
from postlint.body.slips import slips
from postlint.diagnostics import Edit, Fix, Severity
from postlint.files.endings import IMAGE_ENDING
from postlint.posts.document import Document
from postlint.posts.raw_inner import raw_inner, shown_as_text
from postlint.rule import Bad, Finding, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

_EMBED = re.compile(rf"!\[\[[^\]\[\n]{{1,300}}{IMAGE_ENDING}[ \t]*(?:\|[^\]\[\n]{{0,100}})?\]\]", re.IGNORECASE)
# So few of them, among so many images that are written otherwise, are slips and no habit that a plugin reads.
_FEW, _MANY = 3, 10
_IMAGES = "![a](/b.png)\n" * _MANY


class ImageSyntax(SiteRule):
    """An image that is written with a slip, so that readers see brackets instead: `![a] (b.png)`, `![a][/b.png]`.

    Markdown wants the address in round brackets right behind the square ones, and no blanks in it. Other slips: a
    bracket or quote that is not closed, or is a wide one (`![a](b.png）`), nothing where the address should be, and a
    misspelled `https://`; and `![[b.png]]`, which Obsidian understands, where a site hardly has it.
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
        Bad("⟦![a](/b.png⟧\n\nText (more).\n", fixed="![a](/b.png)\n\nText (more).\n"),
        Good("![a](/b.png\n)\n\n![a](/b.png\n  'Title')\n"),
        Bad("⟦![a](/b.png⟧ and text\n", fixed="![a](/b.png) and text\n"),
        Bad("⟦![图]（/b.png）⟧\n", fixed="![图](/b.png)\n"),
        Good("![a](https://example.com/b.png\n?c=d)\n"),
        Bad("如图（⟦![图](/b.png）⟧\n"),
        Bad("⟦！[图](/b.png)⟧\n", fixed="![图](/b.png)\n"),
        Good("真的！[图](/b.png)\n\nLook! [a](/b.png)\n"),
        Bad('⟦![a](/b.png "A photo”)⟧\n', fixed='![a](/b.png "A photo")\n'),
        Bad("⟦!(a)[/b.png]⟧\n", fixed="![a](/b.png)\n"),
        Bad("⟦![a] [b.png]⟧\n", fixed="![a](b.png)\n"),
        Bad("⟦![/b.png]⟧\n", fixed="![](/b.png)\n"),
        Good("![/b.png]\n\n[/b.png]: /b.png\n"),
        Bad("⟦![b.png]⟧ `![b.png]` ![b] ![[b.png]]\n"),
        Bad("⟦![a](https://example.com/2024⟧\n", fixed="![a](https://example.com/2024)\n"),
        Bad('⟦<img src="/b.png>⟧\n\nText.\n'),
        Good('<div>\n![a](/b.png "A photo")\n</div>\n'),
        Good("<img src='/b.png' alt=\"It's a > b\">\n"),
        Bad("⟦![a]()⟧\n"),
        Bad({"content/a.md": f"{_IMAGES}⟦![[c.png|100]]⟧ ![[c]] `![[c.png]]`\n"}, framework="hugo"),
        Good({"content/a.md": f"{_IMAGES}{'![[c.png]] ' * 4}\n"}, framework="hugo"),
        Good({"content/a.md": "![[c.png]]\n"}, framework="hugo"),
        Bad("![a](⟦htpps://example.com/b.png⟧)\n", fixed="![a](https://example.com/b.png)\n"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for span, better, wanted in slips("image", post.text.value, post.front_matter.body, post.body):
            fix = Fix(f"Write `{better}`", (Edit(*span, better),)) if better else None
            yield Finding(span, f"Markdown takes this image for text; {wanted}", fix=fix)
        for reference, tag in shown_as_text(post.body.references, raw_inner(post)):
            if reference.kind == "image":
                message = (
                    f"readers see this image as text; `{{{{< {tag} >}}}}` reads no Markdown, `{{{{% {tag} %}}}}` does"
                )
                yield Finding(reference.whole, message)
        for reference in post.body.references:
            if reference.kind != "image" or reference.form == "reference":
                continue
            if reference.form == "inline" and not reference.target:
                yield Finding(reference.whole, "this image has no address")
            elif address := meant(reference.target):
                yield Finding(reference.span, f"this is no address; write `{address}`", fix=_write(reference, address))

    def note(self, post: Document) -> list[Span] | None:
        """Where images are written as Obsidian embeds them, of which one more than a few is enough."""
        text = post.text.value
        if "![[" not in text or not post.framework.reader_known:
            return None
        hidden = quiet(post.body)
        spans = [Span(*found.span()) for found in _EMBED.finditer(text, post.front_matter.body)]
        return [at for at in spans if not any(h.start <= at.start < h.end for h in hidden)][: _FEW + 1] or None

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        if not notes or not site.complete or sum(map(len, notes.values())) > _FEW:
            return
        if sum(len(facts.image_leads) for facts in site.facts) >= _MANY:
            for path, spans in notes.items():
                for span in spans:
                    yield SiteFinding(path, Span(*span), "Markdown takes this image for text; write `![text](address)`")


def _write(image: Reference, address: str) -> Fix | None:
    exact = image.span.end - image.span.start == len(image.target)
    return Fix(f"Write `{address}`", (Edit(*image.span, address),)) if exact else None
