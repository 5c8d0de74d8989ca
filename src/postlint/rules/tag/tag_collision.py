"""Different tags that share one page."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site

_MEANT = frozenset("+#*")
"""Signs that make another word of a tag, as in `C`, `C++` and `C#`."""


class TagCollision(SiteRule):
    """A tag whose page has the address of another tag's page.

    ## Why it matters

    Frameworks make the address of a tag's page from its letters and digits, so `C` and `C++` can end up at `/tags/c/`.
    One of the two lists is lost, or both are mixed.

    ## How to fix it

    Rename one of the tags, for example to `cpp`.

    ## What it leaves alone

    - Tags that differ only in case, white space or accents; `tag-variant` reports the first two.
    - Frameworks that make no pages of tags by themselves.
    """

    severity = Severity.WARNING
    examples = (
        Good(
            {"content/posts/a.md": "---\ntags: [C, C++]\n---\n"},
            framework="hugo",
            name="signs that stay in the address",
            show=True,
        ),
        Bad(
            {
                "source/_posts/a.md": "---\ntags: [c, ⟦c++⟧]\n---\n",
                "source/_posts/b.md": "---\ntags: [c]\n---\n",
            },
            framework="hexo",
            name="a sign that the address loses",
            show=True,
            message="the page of the tag `c++`, `/tags/c/`, is also that of the tag `c`; rename one of them",
        ),
        Good(
            {
                "source/_posts/a.md": "---\ntags: [Web Design]\n---\n",
                "source/_posts/b.md": "---\ntags: [web-design]\n---\n",
            },
            framework="hexo",
            name="two spellings of one tag",
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        uses: Counter[tuple[str, str]] = Counter()
        for facts in site.facts:
            uses.update((_list(field), text) for field, text in facts.tag_words)
        by_address: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for field, text in uses:
            if address := site.framework.term_address(field, text):
                by_address[address].append((field, text))
        lost: dict[tuple[str, str], tuple[str, str]] = {}
        for address, tags in by_address.items():
            if len({_word(text) for _, text in tags}) < 2:
                continue
            kept = max(tags, key=lambda tag: (uses[tag], not _MEANT & {*tag[1]}))
            lost.update((tag, (address, kept[1])) for tag in tags if _word(tag[1]) != _word(kept[1]))
        for facts in site.facts if lost else ():
            for tag in facts.tags:
                if found := lost.get((_list(tag.field), tag.text)):
                    message = f"the page of the tag `{tag.text}`, `{found[0]}`, is also that of the tag `{found[1]}`"
                    group = f"{tag.text} / {found[1]}"
                    yield SiteFinding(facts.path, tag.span, f"{message}; rename one of them", tag.field, group=group)


def _list(field: str) -> str:
    """The field that holds the tag `field` (`tags[2]`)."""
    return field.partition("[")[0]


def _word(text: str) -> str:
    """What makes a tag another word: its letters without accents, its digits, and a few signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum() or char in _MEANT)
