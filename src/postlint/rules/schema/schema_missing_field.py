"""Fields that a post must have."""

from collections.abc import Iterable, Mapping
from typing import Any

from postlint import front_matter
from postlint.posts.document import Document, dotted
from postlint.rule import Bad, Finding, Good, SiteFinding, SiteRule
from postlint.schema import Violation
from postlint.site import demands
from postlint.site.site import Site
from postlint.text import Span


class SchemaMissingField(SiteRule):
    """A field that the site's schema or its framework requires, and that the post does not have.

    ## Why it matters

    The build stops, or the page has a gap.

    ## How to fix it

    Add the field.

    ## What it leaves alone

    - Posts without a schema, except fields without which the framework itself does not build.
    - Drafts, if only published posts need the field.
    """

    examples = (
        Good("---\nauthor: A\n---\n", name="no schema"),
        Good("Text.\n", name="no front matter"),
        Good("---\ntitle: A\n---\n", schema="starlight", name="the field is there", show=True),
        Bad(
            "---⟦⟧\ndescription: A\n---\n",
            schema="starlight",
            name="a missing title",
            show=True,
            message="`title` is missing",
        ),
        Bad(
            {"mkdocs.yml": "site_name: A\nplugins: [blog]\n", "docs/blog/posts/a.md": "---⟦⟧\ntitle: A\n---\n"},
            framework="mkdocs",
            name="a field that the framework demands",
            show=True,
            message="a post of a blog must have a `date`; the build stops",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        end = post.opening_line_end
        for violation in post.violations:
            if violation.kind == "missing" and (missing := _missing(post, violation)):
                severity = violation.consequence.severity if violation.consequence else None
                yield Finding(missing.span, violation.message, missing.field, severity=severity)
        if end is None:
            return
        for names in post.schema.to_publish if post.schema is not None and not post.draft else ():
            name = next((name for name in names if name in post.entries), names[0])
            entry = post.entries.get(name)
            if entry is None:
                yield Finding(Span(end, end), f"`{name}` is missing; only drafts may leave it out", name)
            elif entry.node.is_scalar and entry.node.value in (None, ""):
                yield Finding(entry.node.span, f"`{name}` is empty; only drafts may leave it empty", name)
        yield from _demanded(post, Span(end, end))
        if post.schema is None:
            for name in post.framework.front_matter.required:
                if name not in post.data:
                    yield Finding(Span(end, end), f"`{name}` is missing; {post.framework.title} requires it", name)

    def note(self, post: Document) -> list[Any] | None:
        return demands.note(post, ("missing",), _missing)

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        return (SiteFinding(*told) for told in demands.findings(site, notes))


def _missing(post: Document, violation: Violation) -> demands.Place | None:
    """The place of the mapping that lacks the field; without front matter, at the beginning, if a tool minds that."""
    end = post.opening_line_end
    field = dotted(violation.location)
    if end is None:
        # Of an empty file `front-matter-missing` says all there is to say.
        has_text = bool(post.text.value.strip("\ufeff \t\r\n"))
        is_minded = has_text and post.front_matter.language is None and violation.consequence
        return demands.Place(Span(0, 0), field) if is_minded else None
    *above, _ = violation.location
    parent = front_matter.find(post.front_matter.root, tuple(above)) if above else None
    span = (parent[0] or parent[1].span) if parent else Span(end, end)
    return demands.Place(span, field)


def _demanded(post: Document, place: Span) -> Iterable[Finding]:
    """The field without which the framework refuses the post, unless its schema says so, too."""
    reason = post.refusal
    if reason is None or reason.kind != "missing" or reason.field is None:
        return
    if not any(v.kind == "missing" and dotted(v.location) == reason.field for v in post.violations):
        yield Finding(place, reason.sentence, reason.field)
