"""One tag in several spellings."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.posts.facts import Value
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site

_BETWEEN = re.compile(r"(?<=[^\W_])(?:[\s_\u200b-]+(?=[^\W_])|\.(?=[^\W\d_]))")
_SHORT = 2
_MANY_TIMES = 5
# These are not plurals of the word without its last letter.
_NOT_PLURALS = frozenset(("https", "news", "windows"))
_PLAIN = re.compile(r"[\w .+#-]+")


class TagVariant(SiteRule):
    """A tag that most other posts write differently.

    Two spellings count as one tag if they differ only in case, in hyphens or spaces between words, in a dot before a
    letter, or in being singular or plural. All spellings but the most frequent one are reported. If two are equally
    frequent, both are; in a list that has both, only the second is.

    Output for people shows each spelling, and each pair of equally frequent ones, once with all places.

    ## Why it matters

    Each spelling gets its own page and its own feed. Readers of one do not find the posts of the other. If the
    framework gives both the same address, one page replaces the other, or the page ends up with either name.

    ## How to fix it

    Choose one spelling. The fix writes the most frequent one. It is unsafe because the page of the old spelling
    disappears. Between two equally frequent spellings only the author can choose.

    ## What it leaves alone

    - Singular and plural, unless one is five times as frequent as the other.
    - Words that only look like a plural: `HTTP` and `HTTPS` are two things.
    - The same tag in another field or another language.
    """

    needs_other_posts = True
    severity = Severity.WARNING
    examples = (
        Good(
            {"src/content/blog/a.md": "---\ntags: [c]\n---\n", "src/content/blog/b.md": "---\ntags: [c++]\n---\n"},
            name="signs after a word",
        ),
        Good("---\ntags: [JavaScript]\ncategories: [Javascript]\n---\n", name="another field"),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: [HTTP, atom]\n---\n" for n in range(5)},
                "src/content/blog/a.md": "---\ntags: [HTTPS, ATOMS]\n---\n",
            },
            name="words that only look like a plural",
            show=True,
        ),
        Bad(
            {
                "src/content/blog/a.md": "---\ntags: [JavaScript]\n---\n",
                "src/content/blog/b.md": "---\ntags: [JavaScript, web]\n---\n",
                "src/content/blog/c.md": "---\ntags:\n  - ⟦Javascript⟧ # kept\n---\n",
            },
            fixed="---\ntags:\n  - JavaScript # kept\n---\n",
            name="another case",
            show=True,
            safe=False,
            message="tag `Javascript` (1×) is usually written `JavaScript` (2×)",
        ),
        Bad(
            {
                "src/content/blog/a.md": "---\ntags: [⟦a-b⟧]\n---\n",
                "src/content/blog/b.md": "---\ntags: [⟦a_b⟧]\n---\n",
            },
            name="two spellings equally often",
            message=(
                "tags `a-b` and `a_b` are equally frequent; choose one spelling",
                "tags `a-b` and `a_b` are equally frequent; choose one spelling",
            ),
        ),
        Bad(
            "---\ntags: [AI, web, ⟦ai⟧]\n---\n",
            fixed="---\ntags: [AI, web, AI]\n---\n",
            name="both spellings in one list",
            safe=False,
            message="tag `ai` is already in this list as `AI`; keep one spelling",
        ),
        Bad(
            {
                "src/content/blog/a.md": "---\ntags: [Node.js]\n---\n",
                "src/content/blog/b.md": "---\ntags: [Node.js, v1.2, v12]\n---\n",
                "src/content/blog/c.md": "---\ntags: [⟦nodejs⟧]\n---\n",
            },
            fixed="---\ntags: [Node.js]\n---\n",
            name="a dot inside the word",
            safe=False,
            message="tag `nodejs` (1×) is usually written `Node.js` (2×)",
        ),
        Bad(
            {
                "source/_posts/a.md": "---\ntags: [Swift]\n---\n",
                "source/_posts/b.md": "---\ntags: Swift\n---\n",
                "source/_posts/c.md": "---\ntags: ⟦swift⟧\ncategories: swift, ios\n---\n",
            },
            fixed="---\ntags: Swift\ncategories: swift, ios\n---\n",
            framework="hexo",
            name="a text as the only tag",
            show=True,
            safe=False,
            message="tag `swift` (1×) is usually written `Swift` (2×)",
        ),
        Bad(
            {
                "posts/a.md": "---\ntags: Swift UI\n---\n",
                "posts/b.md": "---\ntags: ios, Swift UI\n---\n",
                "posts/c.md": "---\ntags: 'ios, ⟦swift ui⟧ , web'\n---\n",
            },
            framework="none",
            name="a text of several tags with commas",
            message="tag `swift ui` (1×) is usually written `Swift UI` (2×)",
        ),
        Bad(
            {
                "_posts/2024-01-02-a.md": "---\ntags: Swift web\n---\n",
                "_posts/2024-01-02-b.md": "---\ntags: Swift web\n---\n",
                "_posts/2024-01-02-c.md": "---\ntags: 'web ⟦swift⟧'\n---\n",
            },
            fixed="---\ntags: 'web Swift'\n---\n",
            framework="jekyll",
            name="a text of several tags with spaces",
            safe=False,
        ),
        Bad(
            {
                "src/content/blog/a.md": "---\ntags: ['open source']\n---\n",
                "src/content/blog/c.md": "---\ntags: ['open source']\n---\n",
                "src/content/blog/b.md": "---\ntags: ['open source', ⟦'open-source'⟧]\n---\n",
            },
            fixed="---\ntags: ['open source', 'open source']\n---\n",
            name="a hyphen for a space",
            safe=False,
            message="tag `open-source` (1×) is usually written `open source` (3×)",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: [story]\n---\n" for n in range(5)},
                "src/content/blog/a.md": "---\ntags: [⟦stories⟧]\n---\n",
            },
            fixed="---\ntags: [story]\n---\n",
            name="a plural",
            safe=False,
            message="tag `stories` (1×) is usually written `story` (5×)",
        ),
        Bad(
            {
                "src/content/blog/a.md": "---\ntags: [Don’t panic]\n---\n",
                "src/content/blog/b.md": "---\ntags: [Don’t panic]\n---\n",
                "src/content/blog/c.md": "---\ntags: [⟦don’t panic⟧]\n---\n",
            },
            name="a sign that may need quotes",
            message="tag `don’t panic` (1×) is usually written `Don’t panic` (2×)",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: [story]\n---\n" for n in range(4)},
                "src/content/blog/a.md": "---\ntags: [stories]\n---\n",
            },
            name="a plural that is not rare",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: [app]\n---\n" for n in range(5)},
                "src/content/blog/a.md": "---\ntags: [⟦apps⟧]\n---\n",
            },
            fixed="---\ntags: [app]\n---\n",
            name="a plural of three letters",
            safe=False,
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: [ga]\n---\n" for n in range(5)},
                "src/content/blog/a.md": "---\ntags: [gas]\n---\n",
            },
            name="two letters are not a word",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: [Nexus 5]\n---\n" for n in range(5)},
                "src/content/blog/a.md": "---\ntags: [Nexus 5S]\n---\n",
            },
            name="an s behind a number",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: [http, new, window]\n---\n" for n in range(5)},
                "src/content/blog/a.md": "---\ntags: [https, news, windows]\n---\n",
            },
            name="words that end like a plural",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: [opensource]\n---\n" for n in "ab"},
                "src/content/blog/c.md": "---\ntags: [⟦open-source⟧]\n---\n",
            },
            fixed="---\ntags: [opensource]\n---\n",
            name="a hyphen in one word",
            safe=False,
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: [website]\n---\n" for n in "ab"},
                "src/content/blog/c.md": "---\ntags: [web\u200bsite]\n---\n",
            },
            name="a zero-width space, which is reported as such",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: [open source, machine\u00a0learning]\n---\n" for n in "ab"},
                "src/content/blog/c.md": "---\ntags: [⟦open\u00a0source⟧, ⟦machine learning⟧]\n---\n",
            },
            name="a no-break space",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: [JavaScript, Yes, N, '3D']\n---\n" for n in "ab"},
                "src/content/blog/c.md": '---\ntags: [⟦"java\\x73cript"⟧, ⟦yes⟧, ⟦n⟧, ⟦3d⟧]\n---\n',
            },
            name="values that are escaped or need quotes",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: ['3D']\n---\n" for n in "ab"},
                "src/content/blog/c.md": "---\ntags: [⟦'3d'⟧]\n---\n",
            },
            fixed="---\ntags: ['3D']\n---\n",
            name="a value in quotes",
            safe=False,
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "---\ntags: ['', Web]\n---\n" for n in "ab"},
                "src/content/blog/c.md": "---\ntags: [⟦web⟧]\n---\n",
            },
            fixed="---\ntags: [Web]\n---\n",
            name="an empty tag",
            safe=False,
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        # Tags and categories, and languages, have lists of their own.
        lists: dict[tuple[str, str | None], Counter[str]] = defaultdict(Counter)
        words = ((facts.language, word) for facts in site.facts for word in facts.tag_words)
        for (language, (field, text)), number in Counter(words).items():
            lists[field.partition("[")[0], language][text] += number
        advice = {name: _advice(texts) for name, texts in lists.items()}
        for facts in site.reported if any(advice.values()) else ():
            first: dict[tuple[str, str], str] = {}
            ties: dict[tuple[str, str], list[tuple[Value, str]]] = defaultdict(list)
            for tag in facts.tags:
                name = tag.field.partition("[")[0]
                if advised := advice[name, facts.language].get(tag.text):
                    message, better = advised
                    if better:
                        group = f"{name}: {_visible(tag.text)} / {better}"
                        yield SiteFinding(facts.path, tag.span, message, tag.field, _fix(tag, better), group=group)
                    else:
                        first.setdefault((name, _key(tag.text)), tag.text)
                        ties[name, _key(tag.text)].append((tag, message))
            for place, found in ties.items():
                yield from _tied(facts.path, found, first[place])


def _tied(path: str, found: list[tuple[Value, str]], first: str) -> Iterable[SiteFinding]:
    """The findings about equally frequent spellings of one tag in one list, of which `first` is the first one."""
    others = [tag for tag, _ in found if tag.text != first]
    for tag, message in found if not others else ():
        yield SiteFinding(path, tag.span, message, tag.field, group=message)
    for tag in others:
        message = f"tag `{tag.text}` is already in this list as `{first}`; keep one spelling"
        yield SiteFinding(path, tag.span, message, tag.field, _fix(tag, first))


def _advice(texts: Counter[str]) -> dict[str, tuple[str, str | None]]:
    """For each tag of one list that is written in another way than usual: the message, and the spelling to write
    instead, if that is certain. `texts` has the number of posts for each tag."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for text, number in texts.items():
        if key := _key(text):
            spellings[key][_visible(text)] += number
    # Of equally frequent spellings the first by alphabet, so that every run says the same.
    best = {key: max(sorted(found), key=found.__getitem__) for key, found in spellings.items()}
    numbers = {key: key for key in spellings}
    for key in spellings:
        for plural in (f"{key}s", f"{key[:-1]}ies" if key.endswith("y") else ""):
            if plural not in spellings or plural in _NOT_PLURALS or best[plural].isupper():
                continue
            # An `s` behind a number is part of a name, as in `iPhone 4S`.
            if len(key) > _SHORT and not key[-1].isdecimal():
                few, many = sorted((key, plural), key=lambda one: spellings[one].total())
                if spellings[few].total() * _MANY_TIMES <= spellings[many].total():
                    numbers[few] = many
    out: dict[str, tuple[str, str | None]] = {}
    for written in texts:
        key, text = _key(written), _visible(written)
        if not key:
            continue
        counts, better = spellings[key], best[numbers[key]]
        usual = spellings[numbers[key]][better]
        equal = [f"`{one}`" for one in sorted(counts) if counts[one] == usual]
        if numbers[key] == key and counts[text] == usual and len(equal) > 1:
            # Nobody but the author knows which of equally frequent spellings is meant.
            every = f"{', '.join(equal[:-1])} and {equal[-1]}"
            out[written] = f"tags {every} are equally frequent; choose one spelling", None
        elif text != better:
            out[written] = f"tag `{text}` ({counts[text]}×) is usually written `{better}` ({usual}×)", better
    return out


def _key(text: str) -> str:
    """What two spellings of one tag have in common."""
    return _BETWEEN.sub("", text).casefold()


def _visible(text: str) -> str:
    """`text` without zero-width spaces, which are reported as what they are."""
    return text.replace("\u200b", "")


def _fix(tag: Value, better: str) -> Fix | None:
    """Writes the characters inside the quotes there are; None if the value is escaped or would need quotes."""
    if not _PLAIN.fullmatch(better) or not _PLAIN.fullmatch(tag.text) or (" " in better and "[" not in tag.field):
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
