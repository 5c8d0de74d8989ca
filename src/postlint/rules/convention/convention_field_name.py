"""Names of fields that are nearly those of all other posts."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.schema.names import near_misses
from postlint.site import Site
from postlint.text import Span

_SITE = {f"src/content/blog/{n}.md": "---\ntitle: A\nshareText: B\n---\n" for n in range(20)}


class ConventionFieldName(SiteRule):
    """A field whose name is nearly that of one which the other posts have: `sharetext` once against 500 × `shareText`.

    Templates ask for the usual name and find nothing. Reported where the post lacks the usual one, which at least
    twenty posts of the collection have, and no more than one in fifty has the odd one. Where a schema says what a post
    must have, and for the names that the framework itself knows, `schema-unknown-field` speaks instead.
    """

    severity = Severity.WARNING
    examples = (
        Good({**_SITE, "src/content/blog/z.md": "---\nsharedBy: C\n---\n"}),
        Bad(
            {**_SITE, "src/content/blog/z.md": "---\n⟦shareTxt⟧: C\n---\n"},
            fixed="---\nshareText: C\n---\n",
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        for group in site.groups.values():
            have = Counter(name for facts in group for name in {name for name, *_ in facts.fields})
            usual = tuple(
                name for name, number in have.items() if number >= 20 and name not in site.framework.known_keys
            )
            rare = {name for name, number in have.items() if number <= max(1, len(group) // 50)}
            for facts in group if usual and rare else ():
                fields = {name: Span(start, end) for name, _, start, end in facts.fields}
                if rare.isdisjoint(fields):
                    continue
                for miss in near_misses(fields, usual):
                    name = str(miss.location[0])
                    if name in rare and miss.suggestion:
                        span = fields[name]
                        fix = Fix(f"Rename it to `{miss.suggestion}`", (Edit(*span, miss.suggestion),), "unsafe")
                        message = f"`{name}` is `{miss.suggestion}` in {have[miss.suggestion]} other posts"
                        yield SiteFinding(facts.path, span, message, name, fix if _plain(name, span) else None)


def _plain(name: str, span: Span) -> bool:
    """Whether the key is written without quotes, so that the new name can take its place."""
    return span.end - span.start == len(name)
