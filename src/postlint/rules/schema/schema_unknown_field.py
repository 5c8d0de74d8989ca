"""Fields that nobody reads."""

from collections.abc import Iterable

from postlint import front_matter
from postlint.diagnostics import Edit, Fix, Severity
from postlint.document import Document, dotted
from postlint.rule import Bad, Finding, Good, Rule


class SchemaUnknownField(Rule):
    """A field that the schema does not know, or a name that is nearly that of one which is known.

    Sites ignore such a field without a word: `descripton` leaves a page without description. An error where the
    schema forbids other fields; else a warning, and only for a near miss of a name that the post does not have.
    """

    examples = (
        Good("---\ntitle: A\nmood: fine\n---\n"),
        Good("---\ndescription: A\ndescripton: B\n---\n"),
        Bad("---\n⟦descripton⟧: A # kept\n---\n", fixed="---\ndescription: A # kept\n---\n"),
        Good("---\nThumbnail: a.png\n---\n", path="content/posts/a.md", framework="hugo"),
        Bad('+++\n⟦descripton⟧ = "A"\n+++\n', fixed='+++\ndescription = "A"\n+++\n'),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        found = post.front_matter
        if found.problem or found.root.entries is None or found.language is None:
            return
        from postlint.schema.names import near_misses

        if post.schema is not None:
            forbidden = [v for v in post.violations if v.kind == "unknown"]
            known = post.schema.fields
        else:
            forbidden = []
            known = post.framework.known_keys
        near = () if post.schema is not None and post.schema.forbids_extra else near_misses(post.data, known)
        if not post.framework.keys_have_case:
            near = tuple(v for v in near if v.suggestion and v.suggestion.casefold() != str(v.location[0]).casefold())
        for severity, violation in [*((Severity.ERROR, v) for v in forbidden), *((Severity.WARNING, v) for v in near)]:
            at = front_matter.find(found.root, violation.location)
            if at is None:
                continue
            span, fix = at[0] or at[1].span, None
            if violation.suggestion:
                source = post.text.value[span.start : span.end]
                edit = Edit(*span, front_matter.write_key(violation.suggestion, source, found.language))
                fix = Fix(f"Rename it to `{violation.suggestion}`", (edit,), "unsafe")
            yield Finding(span, violation.message, dotted(violation.location), fix, severity)
