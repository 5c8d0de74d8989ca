"""Links to places in a page that it does not have."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from typing import Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.posts.facts import Facts, Link
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site import places
from postlint.site.site import Site
from postlint.suggest import Names

# What browsers and applications make of a fragment (with a slash it is a route of theirs), footnotes, blocks of Obsidian
# (`^id`), and ids that layouts have by custom.
_NOT_HEADINGS = re.compile(
    r"(?::~:|/|!|\^|__|fn|foot|ref|cite|note|user-content|comment|L\d).*|.*[=/].*"
    r"|_?top|content|main|disqus_thread|toc|(?:table-of-)?contents|footer|header|nav|respond|feedback|newsletter|subscribe",
    re.IGNORECASE | re.DOTALL,
)

# Pages that themes and plugins fill.
_LISTS = re.compile(r"(?:^|/)(?:tags|categories|archives?)(?:/index)?\.\w+$", re.IGNORECASE)
# Files that other pages take in, with their headings.
_OF_PARTS = re.compile(r"(?:^|/)_(?:components|fragments|includes?|partials|parts|shared|snippets)/")
_LETTERS = re.compile(r"[^\W_]+")
# More letters than this make a part of a heading that says something.
_PART = 3


class LinkAnchor(SiteRule):
    """A link to a heading or another place in a page (`#anchor`) that the page does not have.

    ## Why it matters

    Readers land at the top of the page and have to look for the place.

    ## How to fix it

    Write the id of the heading. If a heading has nearly the same id, the fix writes that one; it is unsafe, because
    another heading may be meant.

    ## What it leaves alone

    - Pages with components, template tags or HTML that may have ids of their own.
    - Sites whose way of making ids is not known.
    - Anchors that browsers, footnotes, comments and themes use, such as `#top`, `#:~:text=`, `#fn1`, `#comments` and `#123`.
    - Ids that the site's own templates write.
    """

    reports_in_unchanged_posts = True
    needs_other_posts = True
    severity = Severity.WARNING
    examples = (
        Good(
            "[a](#one-more) [b](#top) [c](#:~:text=a) [d](#x) [e](#ONE)\n\n# One (more)\n\n<a id='x'></a>\n\n# ONE {#ONE}\n",
            framework="docusaurus",
            path="docs/a.md",
            name="anchors that a page has",
            show=True,
        ),
        Good("[a](#one-1)\n\n# One\n\n# One\n", name="the second of two equal headings"),
        Good(
            "[a](#two)\n\n# One\n\n<Component />\n",
            path="src/content/blog/post.mdx",
            name="a component may have the id",
        ),
        Good(
            "[a](#One,-more!) [b](#one-more-Three)\n\n# One more\n\n## Three\n",
            framework="none",
            name="ids that are not known to the letter",
        ),
        Good(
            {"posts/a.md": "[a](tags.md#b)\n", "posts/tags.md": "Text.\n"},
            framework="none",
            name="a page that a theme fills",
        ),
        Good(
            {
                "content/a.md": "[a](#reply)\n",
                "layouts/_default/single.html": "{{ .Content }}<h2 id='reply'>Reply</h2>\n",
            },
            framework="hugo",
            name="an id in a template",
        ),
        Good(
            "[a](#123) [b](#feedback)\n\n# One\n",
            framework="hugo",
            path="content/a.md",
            name="comments of an imported blog",
        ),
        Bad(
            "[a](⟦#2025⟧)\n\n# 2024\n",
            fixed="[a](#2024)\n\n# 2024\n",
            framework="hugo",
            path="content/a.md",
            name="a number where headings are numbers",
            safe=False,
        ),
        Good("# [](#none)One\n", framework="hugo", path="content/a.md", name="a link of a copied heading"),
        Good("[a](#section-9)\n\n# Раз\n\n# Два\n", framework="none", name="headings that other code counts"),
        Good("[a](#toc_a-code-b-code) [b](#12)\n\n# A `b`\n", framework="none", name="ids of another Markdown engine"),
        Good("[a](#jiao-tong) [b](#3-1)\n\n# 交通\n\n## 3.1\n", framework="none", name="sounds of another script"),
        Bad(
            "[a](⟦#transprot⟧)\n\n# Transport\n\n# 交通\n",
            fixed="[a](#Transport)\n\n# Transport\n\n# 交通\n",
            framework="none",
            name="a slip in a word",
            safe=False,
            message="this page has no `#transprot`; did you mean `#Transport`?",
        ),
        Bad(
            "[a](⟦#on⟧)\n\n# One\n",
            fixed="[a](#one)\n\n# One\n",
            name="a slip in an id",
            show=True,
            safe=False,
            message="this page has no `#on`; did you mean `#one`?",
        ),
        Bad(
            "[a](⟦#One-More⟧)\n\n# One more\n",
            fixed="[a](#one-more)\n\n# One more\n",
            name="capitals",
            show=True,
            safe=False,
            message="this page has no `#One-More`; did you mean `#one-more`?",
        ),
        Bad(
            "[a](⟦#three⟧)\n\n# One\n\n# Two\n",
            name="an anchor like nothing on the page",
            message="this page has no `#three`",
        ),
        Bad(
            {
                "content/a.md": "[a](#{{ x }}) [b](/c/) [d](⟦#none⟧) [e](⟦/b/#tob⟧) [f](⟦/b/#T%6Fb⟧)\n\n## Head\n",
                "content/b.md": "## Top\n",
            },
            fixed="[a](#{{ x }}) [b](/c/) [d](#none) [e](/b/#top) [f](/b/#T%6Fb)\n\n## Head\n",
            framework="hugo",
            name="some of several links",
            safe=(None, False, None),
            message=(
                "this page has no `#none`",
                "`content/b.md` has no `#tob`; did you mean `#top`?",
                "`content/b.md` has no `#Tob`; did you mean `#top`?",
            ),
        ),
        Bad(
            {
                "posts/a.md": "[a](⟦b.md#atop⟧) [b](b.md#above-tops) [c](b.md#words) [d](⟦b.md#rds⟧) [e](b.md#ords)\n",
                "posts/b.md": "## Top\n\n## Tops\n\n## Some words\n",
            },
            fixed="[a](b.md#Top) [b](b.md#above-tops) [c](b.md#words) [d](b.md#rds) [e](b.md#ords)\n",
            framework="none",
            name="ids with more before them",
            safe=(False, None),
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        ids: dict[str, _Ids | None] = {}
        for facts in site.reported:
            for link in facts.links_to_places:
                # What stands before the last heading are those above it.
                anchor = link.anchor.rpartition("#")[2] if site.framework.linking.chained_places else link.anchor
                if not anchor or "{" in anchor or _NOT_HEADINGS.fullmatch(anchor):
                    continue
                found = site.pages.find(link)
                page = site.by_path.get(found.path or "") if found and found.status == "ok" else None
                if page is None or (page is not facts and _LISTS.search(page.path)):
                    continue
                if page is facts and _OF_PARTS.search(page.path):
                    continue
                if page.path not in ids:
                    made = places.ids(site.framework, page)
                    ids[page.path] = None if made is None else _Ids(made)
                known = ids[page.path]
                if known is None or anchor in known.ids or _resembles(site, anchor, known):
                    continue
                # Blogs number their comments, which an import leaves behind.
                if anchor.isdecimal() and not known.has_numbers:
                    continue
                if anchor not in site.template_ids:
                    yield _finding(facts, link, page, known)


class _Ids:
    """The ids of a page, in the forms in which anchors are compared with them; a page may have thousands."""

    def __init__(self, ids: frozenset[str]) -> None:
        self.ids = ids
        self._closest: dict[str, str | None] = {}

    @cached_property
    def _names(self) -> Names:
        return Names(sorted(self.ids))

    def closest(self, anchor: str) -> str | None:
        if anchor not in self._closest:
            self._closest[anchor] = self._names.closest(anchor)
        return self._closest[anchor]

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(map(_letters, self.ids))

    @cached_property
    def _backward(self) -> list[str]:
        return sorted(letters[::-1] for letters in self._words)

    @cached_property
    def has_other_script(self) -> bool:
        return any(map(_other_script().search, self.ids))

    @cached_property
    def has_numbers(self) -> bool:
        """Whether any id is a number alone."""
        return any(map(str.isdecimal, self.ids))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(_stem(each) for each in self.ids if each[-1:].isdecimal())

    def has_other_number(self, anchor: str) -> bool:
        """Whether an id differs from the anchor in the number at its end alone, which other code may count on."""
        return anchor[-1:].isdecimal() and _stem(anchor) in self._stems

    def has_part(self, anchor: str) -> bool:
        """Whether one of the ids may be the anchor with more before it, or the other way round, signs and capitals apart."""
        letters = _letters(anchor)
        if letters in self._words:
            return True
        if any(letters[index:] in self._words for index in range(len(letters) - _PART)):
            return True
        backward = letters[::-1]
        index = bisect_left(self._backward, backward)
        return len(letters) > _PART and index < len(self._backward) and self._backward[index].startswith(backward)


def _resembles(site: Site, anchor: str, known: _Ids) -> bool:
    """Whether a heading may have such an id where ids are not known to the letter: with other signs and capitals, with
    the heading above it before it, or in Latin letters for those of another script."""
    if site.framework.linking.heading_ids_known:
        return False
    # No id begins with the sign that begins a fragment: `##one`.
    if anchor.startswith("#"):
        return False
    # Redcarpet's are made of the HTML in a heading, and a number counts what the site's own code lists.
    if anchor.startswith("toc_") or anchor.isdecimal() or known.has_other_number(anchor):
        return True
    if known.has_part(anchor):
        return True
    # An anchor with a slip in it resembles a name closely.
    return anchor.isascii() and known.has_other_script and known.closest(anchor) is None


@cache
def _other_script() -> "re.Pattern[str]":
    """Scripts whose words some authors write in Latin letters, sound by sound: `jiao-tong` for 交通."""
    return re.compile("[\u0370-\u1fff\u2e80-\ua4cf\uac00-\ud7ff]")  # large: compiled on first use


def _stem(name: str) -> str:
    return name.rstrip("0123456789")


def _letters(text: str) -> str:
    return "".join(_LETTERS.findall(text.casefold()))


def _finding(facts: Facts, link: Link, page: Facts, known: _Ids) -> SiteFinding:
    near = known.closest(link.anchor)
    where = "this page" if page is facts else f"`{page.path}`"
    message = f"{where} has no `#{link.anchor}`" + (f"; did you mean `#{near}`?" if near else "")
    fix = None
    if near and link.written is None and link.target.endswith(f"#{link.anchor}"):
        fix = Fix(f"Write `#{near}`", (Edit(link.end - len(link.anchor), link.end, near),), "unsafe")
    return SiteFinding(facts.path, link.span, message, fix=fix, group=f"{page.path}#{link.anchor}")
