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
    """A change takes away the address of a post, and nothing leads from the old address to the new one.

    It is reported only with `--staged` and `--since`, because only then is the earlier state of the site known.

    ## Why it matters

    Links, bookmarks and search engines still have the old address. Their readers get a page that says "not found".

    ## How to fix it

    Keep the old address as an alias. Depending on your framework, the field is called `aliases`, `redirect_from` or
    `alias`. Or add a redirect to `_redirects`, `vercel.json`, `netlify.toml` or `redirects` in Astro's configuration.

    ## What it leaves alone

    - Drafts: they had no readers.
    - Addresses that a post, a file, an alias or a redirect still answers.
    """

    reports_in_unchanged_posts = True
    severity = Severity.WARNING
    examples = (
        Good(
            {"content/a.md": "+++\naliases = ['/old/']\n+++\n"},
            framework="hugo",
            before={"content/old.md": "+++\n+++\n"},
            name="the old address is an alias",
            show=True,
        ),
        Good(
            {"content/a.md": "+++\n+++\n"},
            framework="hugo",
            before={"content/old.md": "+++\ndraft = true\n+++\n"},
            name="a draft is renamed",
        ),
        Good(
            {"content/a.md": "+++\n+++\n", "static/_redirects": "/old/ /a/\n"},
            framework="hugo",
            before={"content/old.md": "+++\n+++\n"},
            name="a redirect of the host",
        ),
        Good(
            {
                "content/a.md": "+++\ndraft = true\n+++\n",
                "content/b.md": "+++\naliases = ['/a/']\n+++\n",
                "static/a.png": "",
            },
            framework="hugo",
            before={"content/a.md": "+++\n+++\n"},
            name="a post becomes a draft, and another takes its address",
        ),
        Bad(
            {"content/a.md": "⟦⟧+++\ndraft = true\n+++\n", "static/a.png": "", "content/b.md": "+++\n+++\n"},
            framework="hugo",
            before={"content/a.md": "+++\n+++\n"},
            name="a post becomes a draft",
            message="`/a/` disappears because this post is no longer published; add a redirect from it",
        ),
        Bad(
            {"content/a.md": "+++\nslug = ⟦'new'⟧\n+++\n", "static/a.png": ""},
            framework="hugo",
            before={"content/a.md": "+++\n+++\n"},
            name="a new slug",
            show=True,
            message="address `/a/` becomes `/new/`; keep the old one as an alias or add a redirect",
        ),
        Bad(
            {"pelicanconf.py": "", "content/a.md": "Title: A\nSlug: ⟦b⟧\nDate: 2024-01-02\n\nText.\n"},
            framework="pelican",
            before={"content/a.md": "Title: A\nDate: 2024-01-02\n\nText.\n"},
            name="a new slug in another front matter",
            message="address `/a.html` becomes `/b.html`; keep the old one as an alias or add a redirect",
        ),
        Bad(
            {"content/a.md": "⟦⟧+++\n+++\n", "static/a.png": ""},
            framework="hugo",
            before={"content/old.md": "+++\n+++\n"},
            name="a renamed file",
            show=True,
            message="address `/old/` becomes `/a/`; keep the old one as an alias or add a redirect",
        ),
        Bad(
            {f"content/{letter}.md": f"+++\nslug = ⟦'new-{letter}'⟧\n+++\n" for letter in "abcdefghij"}
            | {"static/a.png": ""},
            framework="hugo",
            before={f"content/{letter}.md": "+++\n+++\n" for letter in "abcdefghij"},
            name="ten new slugs",
            message=(
                *(
                    f"address `/{letter}/` becomes `/new-{letter}/`; keep the old one as an alias or add a redirect"
                    for letter in "abcdefghij"
                ),
            ),
        ),
        Bad(
            {
                f"content/{letter}.md": f"+++\nslug = {f'⟦{slug}⟧' if letter < 'k' else slug}\n+++\n"
                for letter in "abcdefghijkl"
                for slug in (f"'new-{letter}'",)
            }
            | {"static/a.png": ""},
            framework="hugo",
            before={f"content/{letter}.md": "+++\n+++\n" for letter in "abcdefghijkl"},
            name="twelve new slugs",
            message=(
                *(
                    f"address `/{letter}/` becomes `/new-{letter}/`; keep the old one as an alias or add a redirect"
                    for letter in "abcdefghi"
                ),
                (
                    "address `/j/` becomes `/new-j/` (and 2 more addresses change); keep the old one as an alias or add a "
                    "redirect"
                ),
            ),
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        lost = [(old, path, address) for old, path in site.earlier or () for address in _lost(site, old, path)[:1]]
        for number, (old, path, address) in enumerate(lost[:_MANY], 1):
            others = len(lost) - number if number == _MANY else 0
            more = f" (and {others} more addresses change)" if others else ""
            yield _finding(site, old, path, address, more)


def _lost(site: Site, old: Facts, path: str | None) -> list[str]:
    """The addresses of a post that nothing answers any more."""
    if old.draft:
        return []
    hidden = path if _is_hidden(site, site.by_path.get(path or "")) else None
    return [address for address in old.address.addresses or () if site.pages.is_gone(address, hidden)]


def _is_hidden(site: Site, new: Facts | None) -> bool:
    """Whether the framework itself makes no page of a post that is a draft now."""
    return new is not None and new.draft and bool(site.framework.front_matter.flags)


def _finding(site: Site, old: Facts, path: str | None, address: str, more: str) -> SiteFinding:
    new = site.by_path.get(path or "")
    if new is None:
        return SiteFinding(old.path, START, f"`{address}` disappears with this post{more}; add a redirect from it")
    now, slug = () if _is_hidden(site, new) else new.address.addresses, new.slug
    message = (
        f"address `{address}` becomes `{now[0]}`{more}; keep the old one as an alias or add a redirect"
        if now
        else f"`{address}` disappears because this post is no longer published{more}; add a redirect from it"
    )
    return SiteFinding(new.path, slug.span if slug else START, message, slug.field if slug else None)
