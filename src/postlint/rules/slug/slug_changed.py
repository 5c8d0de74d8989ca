"""Addresses that a change takes away."""

from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.posts.collecting import START
from postlint.posts.facts import Facts
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site

_MANY = 10


class SlugChanged(SiteRule):
    """A change takes away the address of a post, and nothing leads from the old one to the new one.

    Whoever has the old address, in a link, a bookmark or a search engine, finds nothing there. Keep it as an alias
    (`aliases`, `redirect_from`, `alias`: what your framework calls it), or add a redirect (`_redirects`, `vercel.json`,
    `netlify.toml`, `redirects` of Astro's configuration). Drafts had no readers, and may change.

    Only with `--staged` and `--since`: what was there before is known then.
    """

    told_of_others = True
    severity = Severity.WARNING
    examples = (
        Good(
            {"content/a.md": "+++\naliases = ['/old/']\n+++\n"},
            framework="hugo",
            before={"content/old.md": "+++\n+++\n"},
        ),
        Good({"content/a.md": "+++\n+++\n"}, framework="hugo", before={"content/old.md": "+++\ndraft = true\n+++\n"}),
        Good(
            {"content/a.md": "+++\n+++\n", "static/_redirects": "/old/ /a/\n"},
            framework="hugo",
            before={"content/old.md": "+++\n+++\n"},
        ),
        Bad(
            {"content/a.md": "+++\nslug = ⟦'new'⟧\n+++\n", "static/a.png": ""},
            framework="hugo",
            before={"content/a.md": "+++\n+++\n"},
        ),
        Bad(
            {"pelicanconf.py": "", "content/a.md": "Title: A\nSlug: ⟦b⟧\nDate: 2024-01-02\n\nText.\n"},
            framework="pelican",
            before={"content/a.md": "Title: A\nDate: 2024-01-02\n\nText.\n"},
        ),
        Bad(
            {"content/a.md": "⟦⟧+++\n+++\n", "static/a.png": ""},
            framework="hugo",
            before={"content/old.md": "+++\n+++\n"},
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        lost = [(old, path, address) for old, path in site.earlier or () for address in _lost(site, old)[:1]]
        for number, (old, path, address) in enumerate(lost[:_MANY], 1):
            others = len(lost) - number if number == _MANY else 0
            more = f" (and {others} more addresses changed)" if others else ""
            yield _finding(site, old, path, address, more)


def _lost(site: Site, old: Facts) -> list[str]:
    """The addresses of a post that nothing has any more."""
    if old.draft:
        return []
    return [address for address in old.address.addresses or () if site.pages.is_gone(address)]


def _finding(site: Site, old: Facts, path: str | None, address: str, more: str) -> SiteFinding:
    new = site.by_path.get(path or "")
    if new is None:
        return SiteFinding(
            old.path, START, f"`{address}` is gone with this post{more}; lead it elsewhere by a redirect"
        )
    now, slug = new.address.addresses, new.slug
    message = (
        f"`{address}` is now `{now[0]}`{more}; keep the old address as an alias, or add a redirect"
        if now
        else f"`{address}` is gone: this post is no longer shown{more}; lead it elsewhere by a redirect"
    )
    return SiteFinding(new.path, slug.span if slug else START, message, slug.field if slug else None)
