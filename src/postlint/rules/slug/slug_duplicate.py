"""Two posts, one address."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site import START, Site


class SlugDuplicate(SiteRule):
    """Two posts with one address, or one id: the site shows one of them, and which one is chance.

    Every post that takes part is reported, since only their author knows which one is to move.
    """

    examples = (
        Good({"src/content/blog/a.md": "A\n", "src/content/blog/b.md": "B\n"}),
        Good({"src/content/blog/a.md": "A\n", "src/content/notes/a.md": "A\n"}),
        Bad({"src/content/blog/a.md": "⟦⟧A\n", "src/content/blog/b.md": "---\nslug: ⟦a⟧\n---\n"}),
        Bad({"src/content/blog/a.md": "⟦⟧A\n", "src/content/blog/a/index.md": "⟦⟧A\n"}),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        by_key: dict[str, list[str]] = defaultdict(list)
        for facts in site.facts:
            if facts.address.key is not None:
                by_key[facts.address.key].append(facts.path)
        for key, paths in by_key.items():
            for path in paths if len(paths) > 1 else ():
                others = [other for other in paths if other != path]
                facts = site.by_path[path]
                address = facts.address.addresses[0] if facts.address.addresses else key.rpartition(":")[2]
                more = f" and {len(others) - 1} more" if len(others) > 1 else ""
                message = f"`{address}` is also the address of {others[0]}{more}"
                slug = facts.slug
                yield SiteFinding(path, slug.span if slug else START, message, slug.field if slug else None)
