"""Two posts, one address."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.facts import Facts
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site import START, Site


class SlugDuplicate(SiteRule):
    """Two posts with one address, or one id: the site shows one of them, and which one is chance.

    Every post that takes part is reported, since only their author knows which one is to move. Two more things are worth
    a warning: an alias that is the address, or an alias, of another post; and addresses that differ in case alone, which
    are two on most servers, but one file on a Mac or on Windows.
    """

    examples = (
        Good({"src/content/blog/a.md": "A\n", "src/content/blog/b.md": "B\n"}),
        Good({"src/content/blog/a.md": "A\n", "src/content/notes/a.md": "A\n"}),
        Bad({"src/content/blog/a.md": "⟦⟧A\n", "src/content/blog/b.md": "---\nslug: ⟦a⟧\n---\n"}),
        Bad({"src/content/blog/a.md": "⟦⟧A\n", "src/content/blog/a/index.md": "⟦⟧A\n"}),
        Bad(
            {
                "content/posts/a.md": "---\ntitle: A\n---\n",
                "content/posts/b.md": "⟦⟧---\naliases: [/posts/a/]\n---\n",
            },
            framework="hugo",
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        by_key: dict[str, list[Facts]] = defaultdict(list)
        for facts in site.facts:
            if facts.address.key is not None:
                by_key[facts.address.key].append(facts)
        for key, sharing in by_key.items():
            for facts in sharing if len(sharing) > 1 else ():
                other = sharing[0] if facts is not sharing[0] else sharing[1]
                more = f" and {len(sharing) - 2} more" if len(sharing) > 2 else ""
                yield _finding(facts, f"`{_shown(facts, key)}` is also the address of {other.path}{more}")
        yield from _cases(by_key)
        yield from _aliases(site)


def _cases(by_key: Mapping[str, list[Facts]]) -> Iterable[SiteFinding]:
    """Addresses that differ in case alone."""
    folded: dict[str, list[str]] = defaultdict(list)
    for key in by_key:
        folded[key.casefold()].append(key)
    for keys in folded.values():
        for key in keys if len(keys) > 1 else ():
            other = by_key[keys[0] if key != keys[0] else keys[1]][0]
            for facts in by_key[key]:
                message = f"`{_shown(facts, key)}` is the address of {other.path} in other case"
                yield _finding(facts, message)._replace(severity=Severity.WARNING)


def _aliases(site: Site) -> Iterable[SiteFinding]:
    """Aliases that another post has as its address, or as an alias, too."""
    owners: dict[str, list[Facts]] = defaultdict(list)
    for facts in site.facts:
        for address in dict.fromkeys((*(facts.address.addresses or ()), *facts.address.aliases)):
            owners[address.rstrip("/")].append(facts)
    for facts in site.facts:
        for alias in facts.address.aliases:
            other = next((one for one in owners[alias.rstrip("/")][:2] if one is not facts), None)
            if other is not None:
                message = f"the alias `{alias}` is also an address of {other.path}"
                yield SiteFinding(facts.path, START, message, severity=Severity.WARNING)


def _finding(facts: Facts, message: str) -> SiteFinding:
    slug = facts.slug
    return SiteFinding(facts.path, slug.span if slug else START, message, slug.field if slug else None)


def _shown(facts: Facts, key: str) -> str:
    return facts.address.addresses[0] if facts.address.addresses else key.rpartition(":")[2]
