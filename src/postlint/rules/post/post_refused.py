"""Posts that stop the build."""

from collections.abc import Iterable

from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule

_SCHEMA = ("missing", "unknown", "value")
_ZOLA = 'base_url = "https://example.org"\ntaxonomies = [{name = "tags"}]\n'


class PostRefused(Rule):
    """A post at which the site's framework stops the build.

    The message gives the framework's own reason. The finding is at the front-matter key that causes it, or at the
    beginning of the post if no key does. If several keys stop the build, each is reported.

    ## Why it matters

    Nothing is published until the post is fixed, and the framework's own error often names neither the key nor the
    remedy.

    ## How to fix it

    Change what the message names.

    ## What it leaves alone

    - What another rule reports: dates that the framework cannot read (`date-invalid`), front matter that cannot be
      parsed (`front-matter-syntax`), missing, unknown and refused values (the `schema` rules), and two posts with one
      address (`slug-duplicate`).
    - Sites whose framework postlint does not know.
    """

    yields_to = (
        *("date-invalid", "front-matter-missing", "reference-missing", "slug-duplicate", "slug-format", "tag-list"),
        *("schema-invalid-value", "schema-missing-field", "schema-unknown-field"),
    )
    examples = (
        Good("---\npermalink: /a/\n---\n", path="a.md", framework="eleventy", name="an address that ends in a slash"),
        Bad(
            "---\npermalink: ⟦/a⟧\n---\n",
            path="a.md",
            framework="eleventy",
            name="an address without an ending",
            show=True,
            message="`permalink` must end in `/` or in an extension such as `.html`; the build stops",
        ),
        Bad(
            "---\npage:\n  url: ⟦/a/⟧\n---\n",
            path="a.md",
            framework="eleventy",
            name="a key that Eleventy keeps for itself",
        ),
        Bad(
            {
                "config.toml": _ZOLA,
                "content/a.md": "+++\n[taxonomies]\n⟦Tags⟧ = ['a']\n+++\n",
                "content/b.md": "+++\n[taxonomies]\ntags = ['a']\n+++\n",
            },
            framework="zola",
            name="a taxonomy in another case",
            show=True,
            message="the site has no taxonomy `Tags`, but `tags`; write it so; the build stops",
        ),
        Bad(
            "---\naliases: [/old/, ⟦https://example.org/older/⟧]\n---\n",
            path="content/posts/a.md",
            framework="hugo",
            name="an alias with a host",
            show=True,
        ),
        Bad(
            {
                "config.toml": _ZOLA,
                "content/a.md": "+++\ntemplate = ⟦'no.html'⟧\n[taxonomies]\n⟦series⟧ = ['a']\n⟦Tags⟧ = ['a']\n+++\n",
            },
            framework="zola",
            name="several keys",
        ),
        Bad(
            "⟦⟧---\ntitle: A\n---\n", path="_posts/2023-13-45-a.md", framework="jekyll", name="no such day in the name"
        ),
        Good(
            "---\nweight: first\n---\n", path="content/a.md", framework="zola", name="a value that schema rules report"
        ),
        Good("---\ndate: soon\n---\n", path="content/a.md", framework="hugo", name="a date that date-invalid reports"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        for reason in post.refusals:
            if not reason.stops or reason.asked or reason.kind == "front matter":
                continue
            # Without front matter there is no key that the schema rules could point at.
            if reason.kind not in _SCHEMA or post.opening_line_end is None:
                yield Finding(post.place_of(reason.field), reason.sentence, reason.field)
