"""Values that a content tool turns into others, in silence."""

from collections.abc import Iterable, Mapping
from typing import Any

from postlint import front_matter
from postlint.diagnostics import Severity
from postlint.posts.document import Document, dotted
from postlint.rule import Bad, Finding, Good, SiteFinding, SiteRule
from postlint.schema import Violation
from postlint.site import demands
from postlint.site.site import Site

_PAGES = """content:
  - name: posts
    type: collection
    path: content/posts
    fields:
      - {name: title, type: string}
      - {name: tags, type: string, list: true}
"""
_VELITE = """import { defineConfig, s } from 'velite';
const schema = s.object({ title: s.string(), featured: s.coerce.boolean() });
export default defineConfig({ collections: { posts: { name: 'Post', pattern: 'posts/*.md', schema } } });
"""


class FrontMatterChangedValue(SiteRule):
    """A value that a content tool of the site accepts and turns into something that was not meant.

    Pages CMS removes a text where its configuration has a list, as soon as somebody saves the post. Schemas of Velite and
    content-collections make true of any text, so of `no`, with `z.coerce.boolean()`, and 0 or the text `null` of an empty
    value.

    ## Why it matters

    The tool prints no warning: the value is lost, or the page shows a wrong one.

    ## How to fix it

    Write the value in the form that the message names.

    ## What it leaves alone

    - What the tool refuses; `schema-invalid-value` reports it.
    - Dates; `date-invalid` reports what they become.
    """

    severity = Severity.WARNING
    examples = (
        Good(
            {".pages.yml": _PAGES, "content/posts/a.md": "---\ntitle: A\ntags: [a]\n---\n"},
            framework="none",
            name="a list",
        ),
        Good("---\ntitle: A\n---\n", name="no content tool"),
        Bad(
            {
                "velite.config.ts": _VELITE,
                "content/posts/a.md": "---\ntitle: A\nfeatured: ⟦no⟧\n---\n",
                "content/posts/b.md": "---\ntitle: A\nfeatured: true\n---\n",
            },
            framework="none",
            name="text that says no",
            show=True,
            message="Velite reads `featured` as true: it makes that of any text; write `false`",
        ),
        Bad(
            {".pages.yml": _PAGES, "content/posts/a.md": "---\ntitle: A\ntags: ⟦a⟧\n---\n"},
            framework="none",
            name="a text in place of a list",
            show=True,
            message="`tags` must be a list, not text; the editor removes it when it saves the post (.pages.yml:7)",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        if post.source is None or post.schema is None or post.opening_line_end is None:
            return
        from postlint.posts import coerced

        for name, kind in post.schema.coerced.items():
            entry = post.entries.get(name)
            made = coerced.read(kind, entry.node) if entry is not None and kind.partition(" ")[0] != "date" else None
            if entry is not None and made is not None:
                said = f"{post.source.title} reads `{name}` as {made.becomes}: it makes that of {made.of}; {made.hint}"
                yield Finding(entry.node.span, said, name)

    def note(self, post: Document) -> list[Any] | None:
        return demands.note(post, ("invalid",), _lost)

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        return (SiteFinding(*told) for told in demands.findings(site, notes))


def _lost(post: Document, violation: Violation) -> demands.Place | None:
    if violation.consequence is None or not violation.consequence.accepted:
        return None
    entry = front_matter.find(post.front_matter.root, violation.location)
    return demands.Place(entry[1].span, dotted(violation.location)) if entry else None
