"""Values of another kind than everywhere else."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.facts import by_shape, kinds_of
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site import Site
from postlint.text import Span

_SITE = {f"src/content/blog/{n}.md": f"---\ntitle: A\norder: {n}\ntags: [a]\n---\n" for n in range(20)}
_WORDS = {"text": "text", "number": "a number", "flag": "true or false", "list": "a list", "mapping": "a mapping"}


class ConventionType(SiteRule):
    """A value of another kind than the field has in nearly all other posts: text for a list, text for a number.

    Templates that sort by it, or go through it, stumble over the one that differs. Reported where at least twenty posts
    of a collection have the field and 19 of 20 agree. Where text is usual, templates mostly take numbers and lists as
    well, so that is left alone; so are empty values, dates, and fields that the framework itself takes in several
    kinds. Where a schema says what a post must have, this rule is silent.
    """

    severity = Severity.WARNING
    examples = (
        Good(_SITE),
        Good({**_SITE, "src/content/blog/z.md": "---\ntags:\n---\n"}),
        Good({**_SITE, "src/content/blog/z.md": "---\ntitle: 1984\n---\n"}),
        Bad({**_SITE, "src/content/blog/z.md": "---\n⟦order⟧: '7'\ntags: [a]\n---\n"}),
        Bad({**_SITE, "src/content/blog/z.md": "---\norder: 7\n⟦tags⟧: a\n---\n"}),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        for group in site.groups.values():
            kinds: dict[str, Counter[str]] = defaultdict(Counter)
            shapes = by_shape(group)
            for shape, posts in shapes.items():
                for name, kind in kinds_of(shape):
                    if kind in _WORDS and name not in site.framework.loose_keys:
                        kinds[name][kind] += len(posts)
            usual = {name: found.most_common(1)[0] for name, found in kinds.items() if len(found) > 1}
            odd = {
                n: (kind, k)
                for n, (kind, k) in usual.items()
                if k >= 20 and k >= 0.95 * kinds[n].total() and kind != "text"
            }
            others = [f for shape, posts in shapes.items() if any(n in odd for n, _ in kinds_of(shape)) for f in posts]
            for facts in others if odd else ():
                for name, kind, start, end in facts.fields:
                    if name in odd and kind in _WORDS and kind != odd[name][0]:
                        wanted, number = odd[name]
                        message = f"`{name}` is {_WORDS[kind]} here, and {_WORDS[wanted]} in {number} other posts"
                        yield SiteFinding(facts.path, Span(start, end), message, name)
