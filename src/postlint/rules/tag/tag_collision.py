"""Different tags that share one page."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.frameworks.framework import Framework
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site

_MEANT = frozenset("+#*")
"""Signs that make another word of a tag, as in `C`, `C++` and `C#`."""


class TagCollision(SiteRule):
    """A tag whose page has the address of another tag's page.

    ## Why it matters

    Frameworks make the address of a tag's page from its letters and digits, so `C` and `C++` can end up at `/tags/c/`.
    One of the two lists is lost, or both are mixed. Eleventy stops the build, so there it is an error.

    ## How to fix it

    Rename one of the tags, for example to `cpp`.

    ## What it leaves alone

    - Tags that differ only in case, white space or accents, unless the build stops at them; `tag-variant` reports the
      first two.
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
        Bad(
            {
                "tags.njk": "---\npagination:\n  data: collections\n  size: 1\n  alias: tag\n"
                "permalink: /tags/{{ tag | slugify }}/\n---\n",
                "posts/a.md": "---\ntags: [Web Design, Web Design, ⟦web-design⟧]\n---\n",
                "eleventy.config.js": "module.exports = {};\n",
            },
            framework="eleventy",
            name="two spellings that stop the build",
            severity=Severity.ERROR,
            message="the page of the tag `web-design`, `/tags/web-design/`, is also that of the tag `Web Design`, so the "
            "build stops; rename one of them",
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
        if type(site.framework).term_address is Framework.term_address:
            return  # it knows of no such pages
        uses: dict[str, Counter[str]] = defaultdict(Counter)
        # A draft is on no list.
        listed = [facts for facts in site.facts if not facts.draft]
        for facts in listed:
            for field, text in facts.tag_words:
                if address := site.framework.term_address(facts.path, _list(field), text):
                    uses[address][text] += 1
        kept, stops = {}, site.framework.addressing.terms_compete
        for address, tags in uses.items():
            if len(tags) > 1 and (stops or len({*map(_word, tags)}) > 1):
                kept[address] = max(tags, key=lambda tag, tags=tags: (tags[tag], not _MEANT & {*tag}))  # type: ignore[misc]
        for facts in listed if kept else ():
            for tag in facts.tags:
                address = site.framework.term_address(facts.path, _list(tag.field), tag.text)
                other = kept.get(address) if address else None
                if other is None or (tag.text == other if stops else _word(tag.text) == _word(other)):
                    continue
                message = f"the page of the tag `{tag.text}`, `{address}`, is also that of the tag `{other}`"
                message += ", so the build stops" if stops else ""
                severity = Severity.ERROR if stops else None
                message += "; rename one of them"
                group = f"{tag.text} / {other}"
                yield SiteFinding(facts.path, tag.span, message, tag.field, severity=severity, group=group)


def _list(field: str) -> str:
    """The field that holds the tag `field` (`tags[2]`)."""
    return field.partition("[")[0]


def _word(text: str) -> str:
    """What makes a tag another word: its letters without accents, its digits, and a few signs."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum() or char in _MEANT)
