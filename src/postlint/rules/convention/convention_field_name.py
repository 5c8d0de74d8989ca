"""Names of fields that are nearly those of all other posts."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.facts import Facts, by_shape, kinds_of
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.schema.names import near_misses
from postlint.site import Site
from postlint.text import Span

_NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_SITE = {f"src/content/blog/{n}.md": "---\ntitle: A\nshareText: B\n---\n" for n in range(20)}


class ConventionFieldName(SiteRule):
    """A field whose name is nearly that of one which the other posts have: `sharetext` once against 500 × `shareText`.

    Templates ask for the usual name and find nothing. Reported where the post lacks the usual one, which at least
    twenty posts of the collection have, and no more than one in fifty has the odd one: what more posts have is a field
    of its own, and of a few posts nobody can tell which name is the usual one. Singular and plural are two names, unless
    19 of 20 posts have the one and the framework does not read the other. Where a schema says what a post must have, and
    for the names that the framework itself knows, `schema-unknown-field` speaks instead.
    """

    severity = Severity.WARNING
    examples = (
        Good({**_SITE, "src/content/blog/z.md": "---\nsharedBy: C\n---\n"}),
        Bad(
            {**_SITE, "src/content/blog/z.md": "---\n⟦shareTxt⟧: C\n---\n"},
            fixed="---\nshareText: C\n---\n",
        ),
        Bad({**_SITE, "src/content/blog/z.md": "---\n⟦shareTxt⟧: C\n⟦sharetext⟧: D\n---\n"}),
        Bad(
            {
                **{f"content/posts/{n}.md": "---\ntags: [a]\n---\n" for n in range(20)},
                "content/posts/z.md": "---\n⟦tag⟧: [a]\n---\n",
            },
            fixed="---\ntags: [a]\n---\n",
            framework="hugo",
        ),
        Bad(
            {**_SITE, "src/content/blog/z.md": '---\n⟦"shareTxt"⟧: C\n---\n'},
            fixed='---\n"shareText": C\n---\n',
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        for group in site.groups.values():
            shapes = by_shape(group)
            have: Counter[str] = Counter()
            for shape, posts in shapes.items():
                have.update(dict.fromkeys(dict(kinds_of(shape)), len(posts)))
            usual = tuple(
                name for name, number in have.items() if number >= 20 and name not in site.framework.known_keys
            )
            rare = {name for name, number in have.items() if number <= max(1, len(group) // 50)}
            odd = [f for shape, posts in shapes.items() if not rare.isdisjoint(dict(kinds_of(shape))) for f in posts]
            nearly_all = {name for name, number in have.items() if number >= max(20, 0.95 * len(group))}
            for facts in odd if usual or nearly_all else ():
                fields = {name: Span(start, end) for name, _, start, end in facts.fields}
                yield from _numbers(
                    site, facts, {n: s for n, s in fields.items() if n in rare}, nearly_all - {*fields}, have
                )
                misses = near_misses(fields, usual)
                meant = Counter(miss.suggestion for miss in misses)
                for miss in misses:
                    name = str(miss.location[0])
                    if name in rare and miss.suggestion and _differ(site, name, miss.suggestion):
                        span = fields[name]
                        message = f"`{name}` is `{miss.suggestion}` in {have[miss.suggestion]} other posts"
                        # Of two such names only one can be the usual one.
                        fix = _fix(name, miss.suggestion, span) if meant[miss.suggestion] == 1 else None
                        yield SiteFinding(facts.path, span, message, name, fix)


def _numbers(
    site: Site, facts: Facts, rare: Mapping[str, Span], missing: Collection[str], have: Mapping[str, int]
) -> Iterable[SiteFinding]:
    """The `rare` names that are the singular or plural of one that is `missing`."""
    for name, span in rare.items():
        for other in (f"{name}s", name.removesuffix("s")):
            if other != name and other in missing and not _is_read(site, name):
                message = f"`{name}` is `{other}` in {have[other]} other posts"
                yield SiteFinding(facts.path, span, message, name, _fix(name, other, span))


def _is_read(site: Site, name: str) -> bool:
    return name in site.framework.known_keys or name in site.framework.loose_keys


def _fix(name: str, better: str, span: Span) -> Fix | None:
    """Writes the name, inside the quotes there are; None where one of the two may be escaped or need quotes."""
    quotes, rest = divmod(span.end - span.start - len(name), 2)
    if quotes not in (0, 1) or rest or not (_NAME.fullmatch(name) and _NAME.fullmatch(better)):
        return None
    return Fix(f"Rename it to `{better}`", (Edit(span.start + quotes, span.end - quotes, better),), "unsafe")


def _differ(site: Site, one: str, other: str) -> bool:
    """Whether the two are different keys for the framework."""
    return site.framework.keys_have_case or one.casefold() != other.casefold()
