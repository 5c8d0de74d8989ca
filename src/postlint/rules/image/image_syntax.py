"""Images that Markdown reads as text, or that have no address."""

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
# So few of them among so many other images are slips, not a habit that a plugin reads.
_FEW, _MANY = 3, 10
_IMAGES = "![a](/b.png)\n" * _MANY


class ImageSyntax(SiteRule):
    """An image that is written with a slip, so that readers see brackets instead.

    In Markdown, the address stands in round brackets right after the square ones, without spaces in it. Slips that are
    reported:

    - a space or square brackets around the address: `![a] (b.png)`, `![a][/b.png]`;
    - a space in the address: `![a](my photo.png)`;
    - a bracket or quote that is not closed, or is a wide one: `![a](b.png）`;
    - no address: `![a]()`;
    - a label that is not defined: `![a][b]`;
    - a misspelled `https://`;
    - `![[b.png]]`, which Obsidian reads, if the site has at most three of these among at least ten images.

    ## Why it matters

    Readers see the brackets instead of the image.

    ## How to fix it

    Write `![text](address)`. The fix does that and is safe.

    ## What it leaves alone

    - Code, and images whose label is defined, or may be defined by a plugin or by text that the post includes.
    - Spaces in the address, if the framework accepts them.
    - Sites that write `![[b.png]]` as a habit.
    """

    severity = Severity.WARNING
    of_text = True
    examples = (
        Bad(
            "⟦![a]({{ site.url }}/a.png)⟧\n",
            framework="hugo",
            path="content/a.md",
            name="a tag of Jekyll in Hugo",
            message="Markdown reads this image as text; remove the tag of another generator from the address",
        ),
        Good("![a](/b.png) ![a][b] `![a] (b.png)`\n\n[b]: /b.png\n", name="an image, a label and code", show=True),
        Good("![a][/b.png]\n\n[/b.png]: /c.png\n", name="a label that is defined"),
        Bad(
            "⟦![a] (/b.png)⟧\n",
            fixed="![a](/b.png)\n",
            name="a space before the address",
            show=True,
            safe=True,
            message="Markdown reads this image as text; write `![text](address)`",
        ),
        Bad(
            "A ⟦![a][/b.png]⟧ here\n",
            fixed="A ![a](/b.png) here\n",
            name="square brackets around the address",
            show=True,
            safe=True,
            message="Markdown reads this image as text; write `![text](address)`",
        ),
        Bad(
            "⟦![A loaf][loaf]⟧ and ⟦![A slice][slise]⟧\n\n[slice]: /slice.png\n",
            fixed="![A loaf][loaf] and ![A slice][slice]\n\n[slice]: /slice.png\n",
            name="a label that is not defined",
            safe=(None, False),
            message=(
                "`loaf` is not defined, so readers see brackets instead of the image; write `[loaf]: address` below",
                "`slise` is not defined, so readers see brackets instead of the image; did you mean `slice`?",
            ),
        ),
        Bad(
            "⟦![a](/photo (1).png)⟧ ⟦![a](my photo (2).png)⟧\n",
            fixed="![a](/photo%20(1).png) ![a](my%20photo%20(2).png)\n",
            name="a copy of a file",
            safe=True,
            message="Markdown reads this image as text; write blanks in the address as `%20`",
        ),
        Bad("⟦![a](b.png]⟧\n", fixed="![a](b.png)\n", name="a square bracket at the end", safe=True),
        Bad(
            "⟦![a](my photo.png)⟧\n",
            fixed="![a](my%20photo.png)\n",
            name="a space in the address",
            safe=True,
            message="Markdown reads this image as text; write blanks in the address as `%20`",
        ),
        Bad("⟦![a] (/b / c.png)⟧\n", name="spaces around a slash in the address"),
        Good(
            '![a](b.png "A photo.png") ![a](<my photo.png>) `![a](my photo.png)`\n',
            name="a title, angle brackets and code",
        ),
        Good(
            "![a](my photo.png)\n",
            framework="jekyll",
            path="_posts/2024-01-02-a.md",
            name="a space in the address in Jekyll",
        ),
        Bad(
            "⟦![a](/b.png⟧\n\nText (more).\n",
            fixed="![a](/b.png)\n\nText (more).\n",
            name="no bracket at the end of a line",
            safe=True,
            message="Markdown reads this image as text; a `)` is missing after the address",
        ),
        Good("![a](/b.png\n)\n\n![a](/b.png\n  'Title')\n", name="an address on two lines"),
        Bad("⟦![a](/b.png⟧ and text\n", fixed="![a](/b.png) and text\n", name="no bracket before text", safe=True),
        Bad("⟦![图]（/b.png）⟧\n", fixed="![图](/b.png)\n", name="wide brackets", safe=True),
        Good("![a](https://example.com/b.png\n?c=d)\n", name="an address with a query on the next line"),
        Bad("如图（⟦![图](/b.png）⟧\n", name="wide brackets around it"),
        Bad("⟦！[图](/b.png)⟧\n", fixed="![图](/b.png)\n", name="a wide exclamation mark", safe=True),
        Good("真的！[图](/b.png)\n\nLook! [a](/b.png)\n", name="an exclamation before a link"),
        Bad(
            '⟦![a](/b.png "A photo”)⟧\n',
            fixed='![a](/b.png "A photo")\n',
            name="a curly quote after the title",
            safe=True,
            message="Markdown reads this image as text; write the title between two straight quotes",
        ),
        Bad("⟦!(a)[/b.png]⟧\n", fixed="![a](/b.png)\n", name="round and square brackets swapped", safe=True),
        Bad("⟦![a] [b.png]⟧\n", fixed="![a](b.png)\n", name="a space and square brackets", safe=True),
        Bad("⟦![/b.png]⟧\n", fixed="![](/b.png)\n", name="an address in square brackets", safe=True),
        Good("![/b.png]\n\n[/b.png]: /b.png\n", name="an address as a label that is defined"),
        Bad("⟦![b.png]⟧ `![b.png]` ![b] ![[b.png]]\n", name="a file name in square brackets"),
        Bad(
            "⟦![a](https://example.com/2024⟧\n",
            fixed="![a](https://example.com/2024)\n",
            name="no bracket after a web address",
            safe=True,
        ),
        Bad(
            '⟦<img src="/b.png>⟧\n\nText.\n',
            name="a quote missing in HTML",
            message="Markdown reads this image as text; a quote is missing in this tag",
        ),
        Good('<div>\n![a](/b.png "A photo")\n</div>\n', name="Markdown in HTML"),
        Good("<img src='/b.png' alt=\"It's a > b\">\n", name="signs in an attribute of HTML"),
        Bad("⟦![a]()⟧\n", name="no address", message="this image has no address"),
        Bad(
            {"content/a.md": f"{_IMAGES}⟦![[c.png|100]]⟧ ![[c]] `![[c.png]]`\n"},
            framework="hugo",
            name="one embedded as in Obsidian",
        ),
        Good({"content/a.md": f"{_IMAGES}{'![[c.png]] ' * 4}\n"}, framework="hugo", name="a habit of embedding"),
        Good({"content/a.md": "![[c.png]]\n"}, framework="hugo", name="no other images"),
        Bad(
            "![a](⟦htpps://example.com/b.png⟧)\n",
            fixed="![a](https://example.com/b.png)\n",
            name="a misspelled scheme",
            safe=True,
            message="`htpps://example.com/b.png` is not an address; write `https://example.com/b.png`",
        ),
        Bad("[a](b.md) ⟦![a]()⟧\n", name="an image without an address after a link"),
        Bad(
            {"content/a.md": f"{_IMAGES}⟦![[c.png]]⟧ ⟦![[d.png]]⟧ ⟦![[e.png]]⟧\n"},
            framework="hugo",
            name="three embedded as in Obsidian",
            message="Markdown reads this image as text; write `![text](address)`",
        ),
        Good({"content/a.md": f"{_IMAGES}![[c.png]]\n"}, framework="none", name="embedding without a framework"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        slipped: set[int] = set()
        for span, better, remedy in slips("image", post.text.value, post.front_matter.body, post.body):
            slipped.add(span.start)
            fix = Fix(f"Write `{better}`", (Edit(*span, better),)) if better else None
            yield Finding(span, f"Markdown reads this image as text; {remedy}", fix=fix)
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
                yield Finding(
                    reference.span,
                    f"`{reference.target}` is not an address; write `{address}`",
                    fix=_write(reference, address),
                )

        if post.text.has("][") and not post.framework.linking.completed:
            from postlint.body import definitions

            for found in definitions.undefined("image", post.text.value, post.front_matter.body, post.body):
                if found.span.start in slipped:
                    continue
                yield Finding(found.span, found.message("the image"), fix=found.fix, group=found.label)

    def note(self, post: Document) -> list[Span] | None:
        """The spans of images that are written as in Obsidian; one more than a few is enough."""
        text = post.text.value
        if not post.text.has("![[") or not post.framework.front_matter.reader_known:
            return None
        hidden = quiet(post.body)
        spans = [Span(*found.span()) for found in _EMBED.finditer(text, post.front_matter.body)]
        seen = [span for span in spans if not any(other.start <= span.start < other.end for other in hidden)]
        return seen[: _FEW + 1] or None

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        if not notes or not site.complete or sum(map(len, notes.values())) > _FEW:
            return
        if sum(len(facts.image_leads) for facts in site.facts) >= _MANY:
            for path, spans in notes.items():
                for span in spans:
                    yield SiteFinding(path, Span(*span), "Markdown reads this image as text; write `![text](address)`")


def _write(image: Reference, address: str) -> Fix | None:
    exact = image.span.end - image.span.start == len(image.target)
    return Fix(f"Write `{address}`", (Edit(*image.span, address),)) if exact else None
