"""Values that the schema refuses."""

from collections.abc import Iterable, Mapping
from typing import Any

from postlint import front_matter
from postlint.diagnostics import Edit, Fix
from postlint.front_matter import Node
from postlint.posts.document import Document, dotted
from postlint.rule import Bad, Finding, Good, SiteFinding, SiteRule
from postlint.schema import Violation
from postlint.site import demands
from postlint.site.site import Site
from postlint.text import Span


class SchemaInvalidValue(SiteRule):
    """A value that the site's schema or its framework does not allow.

    It is of the wrong kind, out of range, or not one of the allowed values. The finding is at the value itself, or at
    the one item of a list that is wrong.

    ## Why it matters

    The build stops, or a template shows something wrong.

    ## How to fix it

    Write a value that the message asks for. If the value only lacks quotes, the fix adds them. If it is nearly an
    allowed value, the fix writes that one. The fix is safe if the meaning is certain.

    ## What it leaves alone

    - Values of posts without a schema, unless the framework itself refuses them.
    - Dates that do not exist; `date-invalid` reports them.
    """

    yields_to = ("date-invalid", "slug-format", "tag-list", "reference-missing")
    examples = (
        Good("---\ntitle: A\ndraft: maybe\n---\n", name="no schema"),
        Bad(
            "+++\nweight = ⟦'1'⟧\n+++\n",
            path="content/a.md",
            framework="zola",
            name="a value that the framework refuses",
            message="`weight` must be a whole number, 0 or more; the build stops",
        ),
        Good("---\ntitle: A\ndraft: true\n---\n", schema="starlight", name="an allowed value", show=True),
        Bad(
            "---\ntitle: A\ndraft: ⟦maybe⟧\n---\n",
            schema="starlight",
            name="text in place of true or false",
            show=True,
            message="`draft` must be true or false, not `maybe`",
        ),
        Bad(
            "---\ntitle: ⟦2024⟧\n---\n",
            fixed="---\ntitle: '2024'\n---\n",
            schema="starlight",
            name="a number in place of text",
            show=True,
            safe=True,
            message="`title` must be text, not a number (put it in quotes)",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        if post.opening_line_end is None:
            return
        for violation in post.violations:
            if violation.kind == "invalid" and (found := _invalid(post, violation)):
                severity = violation.consequence.severity if violation.consequence else None
                yield Finding(found.span, violation.message, found.field, found.fix, severity)
        yield from _refused(post)

    def note(self, post: Document) -> list[Any] | None:
        return demands.note(post, ("invalid",), _invalid)

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        return (SiteFinding(*told) for told in demands.findings(site, notes))


def _invalid(post: Document, violation: Violation) -> demands.Place | None:
    """The place of the value; None if what checks it makes another value of it instead."""
    if post.opening_line_end is None or (violation.consequence and violation.consequence.accepted):
        return None
    entry = front_matter.find(post.front_matter.root, violation.location) if violation.location else None
    if entry is None:
        return demands.Place(Span(post.opening_line_end, post.opening_line_end), None)
    node, fix = entry[1], None
    if node.is_scalar and not node.alias and (content := _content(post, violation, node)) is not None:
        fix = Fix(f"Write `{content}`", (Edit(*node.span, content),), "safe" if violation.certain else "unsafe")
    return demands.Place(node.span, dotted(violation.location), fix)


def _refused(post: Document) -> Iterable[Finding]:
    """The values that the framework refuses, unless the schema does, too."""
    for reason in post.refusals:
        if reason.kind != "value":
            continue
        if not any(v.kind == "invalid" and dotted(v.location) == reason.field for v in post.violations):
            yield Finding(post.place_of(reason.field), reason.sentence, reason.field)


def _content(post: Document, violation: Violation, node: Node) -> str | None:
    if violation.repair == "quote":
        return post.edit_scalar(node, post.text.value[node.span.start : node.span.end]).content
    if violation.suggestion is None:
        return None
    return (
        violation.suggestion if violation.repair == "literal" else post.edit_scalar(node, violation.suggestion).content
    )
