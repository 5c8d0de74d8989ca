"""One tag in several spellings."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.facts import Value
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site import Site

_BETWEEN = re.compile(r"[\s_\u200b-]+")
_PLAIN = re.compile(r"[\w .+#-]+")


class TagVariant(SiteRule):
    """A tag that the other posts write differently: in other case, with a hyphen, a space or nothing between words.

    Each spelling gets a page and a feed of its own, and readers of one do not find the posts of the other. Reported are
    all spellings but the most frequent one, which the repair writes; it is unsafe, since the page of the old spelling
    goes away.
    """

    severity = Severity.WARNING
    examples = (
        Good({"src/content/blog/a.md": "---\ntags: [c]\n---\n", "src/content/blog/b.md": "---\ntags: [c++]\n---\n"}),
        Good("---\ntags: [JavaScript]\n---\n"),
        Bad(
            {
                "src/content/blog/a.md": "---\ntags: [JavaScript]\n---\n",
                "src/content/blog/b.md": "---\ntags: [JavaScript, web]\n---\n",
                "src/content/blog/c.md": "---\ntags:\n  - ⟦Javascript⟧ # kept\n---\n",
            },
            fixed="---\ntags:\n  - JavaScript # kept\n---\n",
        ),
        Bad(
            {"src/content/blog/a.md": "---\ntags: [⟦a-b⟧]\n---\n", "src/content/blog/b.md": "---\ntags: [⟦a_b⟧]\n---\n"},
            fixed="---\ntags: [a-b]\n---\n",
        ),
        Bad(
            {
                "src/content/blog/a.md": "---\ntags: ['open source']\n---\n",
                "src/content/blog/c.md": "---\ntags: ['open source']\n---\n",
                "src/content/blog/b.md": "---\ntags: ['open source', ⟦'open-source'⟧]\n---\n",
            },
            fixed="---\ntags: ['open source', 'open source']\n---\n",
        ),
    )  # fmt: skip

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for facts in site.facts:
            for tag in facts.tags:
                if key := _key(tag.text):
                    spellings[key][tag.text] += 1
        several = {key: found for key, found in spellings.items() if len(found) > 1}
        if not several:
            return
        # Of equally frequent spellings the first by alphabet, so that every run says the same.
        best = {key: max(sorted(found), key=found.__getitem__) for key, found in several.items()}
        for facts in site.facts:
            for tag in facts.tags:
                key = _key(tag.text)
                if key not in best:
                    continue
                counts = several[key]
                if tag.text != best[key]:
                    message = (
                        f"tag `{tag.text}` ({counts[tag.text]}×) is `{best[key]}` ({counts[best[key]]}×) in other posts"
                    )
                    yield SiteFinding(facts.path, tag.span, message, tag.field, _fix(tag, best[key]))
                elif other := next(
                    (o for o in sorted(counts) if o != tag.text and counts[o] == counts[tag.text]), None
                ):
                    # Nobody but the author knows which of two equally frequent spellings is meant.
                    message = f"tag `{tag.text}` is `{other}` in as many other posts"
                    yield SiteFinding(facts.path, tag.span, message, tag.field)


def _key(text: str) -> str:
    """What two spellings of one tag have in common."""
    return _BETWEEN.sub("", text).casefold()


def _fix(tag: Value, better: str) -> Fix | None:
    """Writes the characters inside the quotes there are; None where the value is escaped or would need quotes."""
    if not _PLAIN.fullmatch(better) or not _PLAIN.fullmatch(tag.text):
        return None
    quotes = (tag.span.end - tag.span.start - len(tag.text)) // 2
    if quotes not in (0, 1) or (quotes == 0 and _needs_quotes(better)):
        return None
    return Fix(f"Write `{better}`", (Edit(tag.span.start + quotes, tag.span.end - quotes, better),), "unsafe")


def _needs_quotes(text: str) -> bool:
    return (
        not text[0].isalpha()
        or text.casefold() in ("yes", "no", "on", "off", "true", "false", "null", "y", "n")
        or " #" in text
    )
