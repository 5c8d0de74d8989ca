"""Links that Markdown reads as text, or whose address is not one."""

import re
from collections.abc import Iterable

from postlint.body import Reference
from postlint.body.addresses import OF_PROGRAMS, meant
from postlint.body.slips import slips
from postlint.diagnostics import Edit, Fix, Severity
from postlint.posts.document import Document
from postlint.posts.raw_inner import raw_inner, shown_as_text
from postlint.rule import Bad, Finding, Good, Rule

_ADDRESS = re.compile(r"https?://\S+")
_WORD = re.compile(r"[^\s/.:#?@{}()<>]+")


class LinkSyntax(Rule):
    """A link that is written with a slip, so that readers see brackets instead.

    In Markdown, the address stands in round brackets right after the square ones. Slips that are reported:

    - a space or square brackets around the address: `[a] (b.md)`, `[a][/b]`;
    - a bracket that is not closed, or is a wide one: `[a](b.md]`, `[a]（https://b.c）`;
    - text and address in each other's place: `(a)[https://b.c]`;
    - no address, or no text: `[a]()`, `[](/b)`;
    - a label that is not defined, also that of a footnote: `[a][b]`, `[^1]`;
    - a misspelled `https://` or `mailto:`;
    - a link between two shortcodes of Hugo that read no Markdown.

    ## Why it matters

    Readers see the brackets instead of a link, or the link is broken.

    ## How to fix it

    Write `[text](address)`. The fix does that and is safe. If the text looks like an address and the address does not,
    the message shows how to swap them.

    ## What it leaves alone

    - Code, and links whose label is defined.
    - Checkboxes `[x]` and numbers in brackets.
    - Calls and lists in code-like text: `list[item]()`.
    - Labels, if other text is included in the post (`{% include %}`), or if plugins may define some.
    """

    severity = Severity.WARNING
    of_text = True
    examples = (
        Good(
            "[a](/b) [a][b] `[a] (b.md)` [x] (/b) [1] (https://example.com) a[b] (/c) [^1] (/d)\n\n"
            "[b]: /b\n\n[^1]: A footnote.\n",
            name="links and what looks like one",
            show=True,
        ),
        Good("[a][https://example.com/b](https://example.com/b)\n", name="an address as the text"),
        Good("[a] (see /b) [a] (b) \\[a] (/b)\n", name="words in brackets"),
        Good("[a][/b] and [c] (/d)\n\n[/b]: /c\n[c]: /c\n", name="labels that are defined"),
        Bad(
            "⟦[a] (/b)⟧\n",
            fixed="[a](/b)\n",
            name="a space before the address",
            show=True,
            safe=True,
            message="Markdown reads this link as text; write `[text](address)`",
        ),
        Bad(
            "A ⟦[good one][https://example.com/b]⟧ here\n",
            fixed="A [good one](https://example.com/b) here\n",
            name="square brackets around the address",
            safe=True,
            message="Markdown reads this link as text; write `[text](address)`",
        ),
        Bad(
            "⟦[a](my page.md)⟧\n",
            fixed="[a](my%20page.md)\n",
            name="a space in the address",
            safe=True,
            message="Markdown reads this link as text; write blanks in the address as `%20`",
        ),
        Bad(
            "A [good one](⟦[url](https://example.org/a/#b)⟧) here\n",
            fixed="A [good one](https://example.org/a/#b) here\n",
            name="a link pasted into a link",
            safe=True,
            message="`[url](https://example.org/a/#b)` is not an address; write `https://example.org/a/#b`",
        ),
        Bad(
            "[a](⟦undefined⟧) [b](undefined.mdx)\n",
            framework="mkdocs",
            path="docs/a.md",
            name="what a program writes without an address",
            message="`undefined` is what a program writes if it has no address; write the address",
        ),
        Good("[a](b.md 'my page.md') [a](see page.md or so)\n", name="a title with a space"),
        Bad("⟦[a](b.md#c]⟧\n", fixed="[a](b.md#c)\n", name="a square bracket at the end", safe=True),
        Bad(
            "⟦[a](https://example.com/b⟧\n\nText (more).\n",
            fixed="[a](https://example.com/b)\n\nText (more).\n",
            name="no bracket at the end",
            safe=True,
            message="Markdown reads this link as text; a `)` is missing after the address",
        ),
        Bad(
            "⟦[a](/b/c/⟧ and more\n",
            fixed="[a](/b/c/) and more\n",
            name="no bracket after an address of the site",
            safe=True,
            message="Markdown reads this link as text; a `)` is missing after the address",
        ),
        Good("[a](/b and [c](/d/ or e\n", name="words after a slash"),
        Bad(
            "⟦[维基]（https://example.com/b）⟧\n",
            fixed="[维基](https://example.com/b)\n",
            name="wide brackets",
            safe=True,
        ),
        Bad(
            "⟦[a]((https://example.com)⟧ says so\n",
            fixed="[a](https://example.com) says so\n",
            name="two brackets",
            safe=True,
        ),
        Bad(
            "⟦[a]((/b/c)⟧ [d](⟦`/e`⟧) `[f](` g `)`\n",
            fixed="[a](/b/c) [d](/e) `[f](` g `)`\n",
            name="two brackets and backquotes",
            safe=True,
            message=(
                "Markdown reads this link as text; write `[text](address)`",
                "``/e`` is not an address; write `/e`",
            ),
        ),
        Bad("⟦[/b/c](All of it)⟧\n", fixed="[All of it](/b/c)\n", name="a path as the text", safe=True),
        Good("[/dʒɪf/](like the peanut butter)\n", name="a pronunciation"),
        Bad(
            "[a](⟦://example.com/b⟧)\n",
            fixed="[a](https://example.com/b)\n",
            name="a scheme that lost its letters",
            safe=True,
            message="`://example.com/b` is not an address; write `https://example.com/b`",
        ),
        Bad(
            "⟦(a)[https://example.com]⟧\n",
            fixed="[a](https://example.com)\n",
            name="round and square brackets swapped",
            safe=True,
        ),
        Bad(
            "⟦(a)[/b/c/]⟧\n",
            fixed="[a](/b/c/)\n",
            name="round and square brackets swapped around an address of the site",
            safe=True,
        ),
        Good("He (IPA)[/hiː/] and (he)[/his/her]\n", name="a pronunciation after round brackets"),
        Bad(
            "⟦[https://example.com/b](Example)⟧\n",
            name="text and address swapped",
            message="text and address are swapped; write `[Example](https://example.com/b)`",
        ),
        Bad(
            "⟦[https://example.com/b](****)⟧\n",
            name="an address before asterisks",
            message="text and address are swapped; write `<https://example.com/b>`",
        ),
        Good(
            "[https://example.com/b](example.md) [https://example.com/b](#b)\n", name="text that looks like an address"
        ),
        Good("[note id=1]Who lives [here?][/note] [box][a][/box]\n", name="closing shortcodes of WordPress"),
        Bad("⟦[a]()⟧ [](){#b} list[item]() ⟦[]()⟧\n", name="no address", message="this link has no address"),
        Bad(
            "[a](⟦http://https://example.com⟧)\n",
            fixed="[a](https://example.com)\n",
            name="two schemes",
            safe=True,
            message="`http://https://example.com` is not an address; write `https://example.com`",
        ),
        Bad(
            "[a](⟦a@example.com⟧) [b](b@2x.png) <c@example.com>\n",
            fixed="[a](mailto:a@example.com) [b](b@2x.png) <c@example.com>\n",
            name="an e-mail address",
            safe=True,
            message="`a@example.com` is not an address; write `mailto:a@example.com`",
        ),
        Bad(
            "[a](⟦%E2%80%9Dhttp://example.com/b%E2%80%9D⟧)\n",
            fixed="[a](http://example.com/b)\n",
            safe=True,
            name="percent-encoded quotes around an address",
        ),
        Bad(
            "[a](⟦mailto://a@example.com⟧)\n",
            fixed="[a](mailto:a@example.com)\n",
            name="a scheme with slashes for an e-mail address",
            safe=True,
            message="`mailto://a@example.com` is not an address; write `mailto:a@example.com`",
        ),
        Bad(
            {
                "content/a.md": "A {{< box >}}⟦[a](/b)⟧{{< /box >}}, {{% box %}}[b](/b){{% /box %}}\n",
                "content/b.md": "A {{< md >}}[c](/b){{< /md >}}\n",
                "layouts/shortcodes/box.html": "<b>{{ .Inner }}</b>",
                "layouts/shortcodes/md.html": "<b>{{ .Inner | markdownify }}</b>",
            },
            framework="hugo",
            name="a link that a shortcode shows as text",
            message="readers see this link as text; `{{< box >}}` reads no Markdown, `{{% box %}}` does",
        ),
        Good("[a](https://web.archive.org/web/2020/http://example.com)\n", name="an address inside an address"),
        Bad(
            "Eat it with ⟦[a soup][leeks]⟧.\n",
            name="a label that is not defined",
            show=True,
            message="`leeks` is not defined, so readers see brackets instead of a link; write `[leeks]: address` below",
        ),
        Bad(
            "⟦[soup][leeks]⟧ and ⟦[Bread][]⟧ with [butter][]\n\n[leek]: /leek\n[butter]: /butter\n",
            fixed="[soup][leek] and [Bread][] with [butter][]\n\n[leek]: /leek\n[butter]: /butter\n",
            name="a label that is nearly defined",
            safe=(False, None),
            message=(
                "`leeks` is not defined, so readers see brackets instead of a link; did you mean `leek`?",
                "`Bread` is not defined, so readers see brackets instead of a link; write `[Bread]: address` below",
            ),
        ),
        Bad(
            "⟦[Soups][1]⟧ and ⟦[le pain][x]⟧ or ⟦[スープ][soup]⟧, ⟦[soup][leeks]⟧\n",
            name="labels in a post that defines none",
        ),
        Good(
            "An [i][j], a[i][j], [row][col], ftp://[name][:port] [0, 1][2] and [ZH][EN] [news](/b) or [x][y]\n",
            name="indexes and words in brackets",
        ),
        Good("path [, mode=0o777][, exist_ok=False] [FREE][address=9DE4008]\n", name="arguments that are optional"),
        Good("{% include links.md %}\n[a soup][leeks] and bread[^1]\n", name="a label that an include may define"),
        Good("- a\n\n  [a soup][LEEKS  and\n  more]\n\n> [leeks and more]: /leeks\n", name="a label in other letters"),
        Good(
            "`[a soup][leeks]` <!-- [a soup][leeks] --> \\[a soup][leeks] [a soup\\][leeks]\n", name="a label in code"
        ),
        Good(
            {"docs/a.md": "See [`Soup`][soups.Soup] and [](b.md).\n", "mkdocs.yml": "plugins:\n- autorefs\n"},
            framework="mkdocs",
            name="labels that a plugin defines",
        ),
        Bad(
            {"docs/a.md": "See ⟦[`Soup`][soups.Soup]⟧.\n", "mkdocs.yml": "plugins:\n- search\n"},
            framework="mkdocs",
            name="labels that no plugin defines",
        ),
        Good(
            {"a.md": "---\ntitle: a\n---\n[a soup][soup]\n", "_config.yml": "kramdown: {link_defs: {soup: /soup}}\n"},
            framework="jekyll",
            name="labels that the settings define",
        ),
        Good(
            {"a.qmd": "# Soup\n\n[a soup][Soup]\n", "_quarto.yml": "project: {type: website}\n"},
            framework="quarto",
            name="the text of a heading as a label",
        ),
        Bad(
            "Bread⟦[^1]⟧ and soup[^2]\n\n[^2]: Of leeks.\n",
            name="a footnote that is not defined",
            message="the footnote `[^1]` is not defined, so readers see its brackets; write `[^1]: …` below",
        ),
        Bad("Bread[^1] and soup⟦[^leek]⟧\n\n[^1]: Of rye.\n", name="a footnote with a name that is not defined"),
        Bad(
            "Bread[^1]\n\n⟦[^1]⟧ Of rye.\n",
            fixed="Bread[^1]\n\n[^1]: Of rye.\n",
            name="a footnote without its colon",
            safe=False,
            message="this footnote lacks its colon, so readers see it as text; write `[^1]:`",
        ),
        Good("It matches [^abc] or [^a-z].\n\n`[^1]` \\[^1] and [^in the line]\n", name="what is not a footnote"),
        Good("Bread[^Rye] of[^1]\n\n- [^rye]: Rye.\n\n> [^1]: Of\n>     rye.\n", name="footnotes that are defined"),
        Bad(
            "Eat it with ⟦[](/soup/)⟧ and butter.\n",
            name="no text",
            message="this link has no text, so readers do not see it",
        ),
        Good("## [](#a) Bread\n\n[![a](/b.png)](/c) [<b>a</b>](/d) [](/e){.icon}\n", name="other links without text"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        slipped: set[int] = set()
        for span, better, remedy in slips("link", post.text.value, post.front_matter.body, post.body):
            slipped.add(span.start)
            fix = Fix(f"Write `{better}`", (Edit(*span, better),)) if better else None
            yield Finding(span, f"Markdown reads this link as text; {remedy}", fix=fix)
        if not post.framework.linking.completed:
            yield from (found for found in _undefined(post) if found.span.start not in slipped)
            yield from _without_text(post)
        for reference, tag in shown_as_text(post.body.references, raw_inner(post)):
            if reference.kind == "link":
                message = (
                    f"readers see this link as text; `{{{{< {tag} >}}}}` reads no Markdown, `{{{{% {tag} %}}}}` does"
                )
                yield Finding(reference.whole, message)
        for reference in post.body.references:
            if reference.kind != "link" or reference.form == "reference":
                continue
            if reference.form == "inline" and (wrong := _wrong(reference, post.text.value)):
                yield Finding(reference.whole, wrong)
            elif reference.target in OF_PROGRAMS:
                message = f"`{reference.target}` is what a program writes if it has no address; write the address"
                yield Finding(reference.span, message)
            elif address := meant(reference.target):
                yield Finding(
                    reference.span,
                    f"`{reference.target}` is not an address; write `{address}`",
                    fix=_write(reference, address),
                )


def _wrong(link: Reference, text: str) -> str | None:
    if not link.target:
        # Right behind a word it is a call or an item, as code has them; with attributes behind it, an anchor.
        is_code = text[link.whole.start - 1 : link.whole.start].isalnum()
        is_anchor = not link.text and text.startswith("{", link.whole.end)
        return None if is_code or is_anchor else "this link has no address"
    if _ADDRESS.fullmatch(link.text or "") and _WORD.fullmatch(link.target):
        # What has no letters is the beginning of some other markup, and no text.
        meant = f"[{link.target}]({link.text})" if re.search(r"\w", link.target) else f"<{link.text}>"
        return f"text and address are swapped; write `{meant}`"
    return None


def _undefined(post: Document) -> Iterable[Finding]:
    """The links and footnotes whose label is not defined."""
    if post.text.has("]["):
        from postlint.body import definitions

        for found in definitions.undefined("link", post.text.value, post.front_matter.body, post.body):
            yield Finding(found.span, found.message("a link"), fix=found.fix, group=found.label)
    if post.text.has("[^"):
        from postlint.body import definitions

        notes = definitions.footnotes(post.text.value, post.front_matter.body, post.body)
        for span, label in notes.undefined:
            message = f"the footnote `[^{label}]` is not defined, so readers see its brackets"
            yield Finding(span, f"{message}; write `[^{label}]: …` below", group=label)
        for span, label in notes.no_colon:
            fix = Fix("Add the colon", (Edit(span.end, span.end, ":"),), "unsafe")
            message = f"this footnote lacks its colon, so readers see it as text; write `[^{label}]:`"
            yield Finding(span, message, fix=fix)


def _without_text(post: Document) -> Iterable[Finding]:
    """The links that have no text. Those of headings came with a copied page, and stand beside the heading's own text."""
    silent = [reference for reference in post.body.references if not reference.text]
    if not silent:
        return
    text, headings = post.text.value, [heading.span for heading in post.body.headings]
    for reference in silent:
        whole = reference.whole
        is_empty = reference.kind == "link" and bool(reference.target) and text.startswith("[](", whole.start)
        # Attributes may give it an icon.
        if not is_empty or reference.form != "inline" or text.startswith("{", whole.end):
            continue
        if not any(span.start <= whole.start < span.end for span in headings):
            yield Finding(whole, "this link has no text, so readers do not see it")


def _write(link: Reference, address: str) -> Fix | None:
    exact = link.span.end - link.span.start == len(link.target)
    return Fix(f"Write `{address}`", (Edit(*link.span, address),)) if exact else None
