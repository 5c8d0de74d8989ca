"""Values of another kind than in the other posts."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from postlint.diagnostics import Severity
from postlint.posts.document import Document
from postlint.posts.facts import Facts, by_shape, kinds_of
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

# A number and words, such as `4 min read`.
_COUNTED = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?([^\d\n]{1,30})")
_MOST_KEYS = 20
_READ = {f"src/content/blog/{n}.md": f"---\ntime: {n} min read\n---\n" for n in range(20)}
_COVERS = {f"src/content/blog/{n}.md": f"---\ncover:\n  image: /{n}.png\n  alt: A\n---\n" for n in range(20)}
_TRANSLATED = {
    **{f"content/en/{n}.md": f"---\norder: {n}\n---\n" for n in range(20)},
    **{f"content/fr/{n}.md": f"---\norder: no. {n}\n---\n" for n in range(3)},
}
_SITE = {f"src/content/blog/{n}.md": f"---\ntitle: A\norder: {n}\ntags: [a]\n---\n" for n in range(20)}
_DATED = {f"src/content/blog/{n}.md": f"---\npubDate: 2024-01-{n}\n---\n" for n in range(10, 31)}
_USUAL = re.compile(r"\d{4}-|\d{8}")
_DIGIT = re.compile(r"\d")
_WORDS = {"text": "text", "number": "a number", "flag": "true or false", "list": "a list", "mapping": "a mapping"}


class ConventionType(SiteRule):
    """A value of another kind than the field has in nearly all other posts, such as text in place of a list or of a
    number.

    It is reported if at least twenty posts of a collection have the field and 19 of 20 agree. If fewer agree, templates
    have to handle both. A date counts as another kind if it is written `3.2.2024`, `Feb 3, 2024` or `2024.2.3` and
    nearly all others begin like `2024-`. Two slips are reported as well: a number where all others write a number and the
    same words (`4 min read`), and a field without a value whose keys have lost their indentation.

    ## Why it matters

    Templates that sort by the field, or go through its items, fail or show something wrong.

    ## How to fix it

    Write the value like the other posts do.

    ## What it leaves alone

    - Other fields that are usually text: templates mostly handle numbers and lists as well.
    - Values of a kind that is usual in another collection, such as that of another language.
    - Drafts.
    - Empty values.
    - Fields that the framework itself reads in several kinds.
    - Collections with a schema; `schema-invalid-value` reports those.
    """

    needs_other_posts = True
    severity = Severity.WARNING
    examples = (
        Good(_SITE, name="all alike"),
        Good({**_SITE, "src/content/blog/z.md": "---\ntags:\n---\n"}, name="an empty value"),
        Good({**_SITE, "src/content/blog/z.md": "---\ntitle: 1984\n---\n"}, name="a number for a title"),
        Good({**_SITE, "src/content/blog/z.md": "---\norder: '7'\ndraft: true\n---\n"}, name="a draft"),
        Good(
            {**_TRANSLATED, "content/en/z.md": "---\norder: no. 7\n---\n"},
            framework="none",
            name="a kind that is usual in another language",
        ),
        Bad(
            {**_READ, "src/content/blog/z.md": "---\n⟦time⟧: 4\n---\n"},
            name="a number among numbers with words",
            message="`time` is only a number here, but a number and `min read` in 20 other posts",
        ),
        Bad(
            {**_COVERS, "src/content/blog/z.md": "---\n⟦cover⟧:\nimage: /a.png\nalt: A\n---\n"},
            name="keys that lost their indentation",
            message="`cover` is empty here, and `image` stands beside it; indent it as 20 other posts do",
        ),
        Good(
            {**_COVERS, "src/content/blog/z.md": "---\ncover:\ntitle: B\n---\n"},
            name="no value, and a key of its own",
        ),
        Good(
            {
                **{f"source/_posts/{n}.md": "---\ntags: [a]\n---\n" for n in range(20)},
                "source/_posts/z.md": "---\ntags: a\n---\n",
            },
            framework="hexo",
            name="a framework that reads a text as a tag",
            show=True,
        ),
        Bad(
            {**_SITE, "src/content/blog/z.md": "---\n⟦order⟧: '7'\ntags: [a]\n---\n"},
            name="text in place of a number",
            show=True,
            message="`order` is text here, but a number in 20 other posts",
        ),
        Bad(
            {**_SITE, "src/content/blog/z.md": "---\norder: 7\n⟦tags⟧: a\n---\n"},
            name="text in place of a list",
            message="`tags` is text here, but a list in 20 other posts",
        ),
        Bad(
            {**_DATED, "src/content/blog/z.md": "---\npubDate: ⟦Feb 3, 2024⟧\n---\n"},
            name="another form of a date",
            show=True,
            message="`pubDate` is written `Feb 3, 2024` here, but with the year first in 21 other posts",
        ),
        Bad(
            {**_DATED, "src/content/blog/z.md": "---\npubDate: ⟦2024.02.03 10:20⟧\n---\n"},
            name="dots in place of hyphens",
            message="`pubDate` is written `2024.02.03 10:20` here, but with hyphens in 21 other posts",
        ),
        Good({**_DATED, "src/content/blog/z.md": "---\npubDate: 2024-02-03T04:05:06Z\n---\n"}, name="a time"),
        Bad(
            {**_DATED, "src/content/blog/z.md": "---\npubDate: ⟦Feb 3 2024 GMT⟧\n---\n"},
            framework="none",
            name="a form with a time zone",
            message="`pubDate` is written `Feb 3 2024 GMT` here, but with the year first in 21 other posts",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": f"---\npubDate: 2024-01-{n}\n---\n" for n in range(10, 29)},
                "src/content/blog/z.md": "---\npubDate: Feb 3, 2024\n---\n",
            },
            name="another form of a date among nineteen posts",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": f"---\norder: {n}\n---\n" for n in range(19)},
                "src/content/blog/z.md": "---\norder: '7'\n---\n",
            },
            name="text in place of a number among nineteen posts",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": f"---\ncover: {{src: a, n: {n}}}\n---\n" for n in range(38)},
                "src/content/blog/y.md": "---\n⟦cover⟧: a\n---\n",
                "src/content/blog/z.md": "---\n⟦cover⟧: 7\n---\n",
            },
            name="two of forty posts",
            message=(
                "`cover` is text here, but a mapping in 38 other posts",
                "`cover` is a number here, but a mapping in 38 other posts",
            ),
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": f"---\ncover: {{src: a, n: {n}}}\n---\n" for n in range(37)},
                "src/content/blog/y.md": "---\ncover: a\n---\n",
                "src/content/blog/z.md": "---\ncover: 7\n---\n",
            },
            name="two of thirty-nine posts",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": f"---\npubDate: 2024-01-{n}\n---\n" for n in range(10, 30)},
                "src/content/blog/z.md": "---\npubDate: ⟦Feb 3, 2024, which was a Saturday with rain⟧\n---\n",
            },
            framework="none",
            name="a long text",
            message=(
                "`pubDate` is written `Feb 3, 2024, which was a Saturday with r` here, but with the year first in 20 other "
                "posts"
            ),
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": f"---\npubDate: 2024-01-{n}\n---\n" for n in range(10, 29)},
                **{f"src/content/blog/2{n}.md": f"---\npubDate: 2024-02-{n}\n---\n" for n in range(10, 29)},
                "src/content/blog/y.md": "---\npubDate: ⟦Feb 3, 2024⟧\n---\n",
                "src/content/blog/z.md": "---\npubDate: ⟦Feb 4, 2024⟧\n---\n",
            },
            name="two of forty dates",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": f"---\npubDate: 2024-01-{n}\n---\n" for n in range(10, 29)},
                **{f"src/content/blog/2{n}.md": f"---\npubDate: 2024-02-{n}\n---\n" for n in range(10, 28)},
                "src/content/blog/y.md": "---\npubDate: Feb 3, 2024\n---\n",
                "src/content/blog/z.md": "---\npubDate: Feb 4, 2024\n---\n",
            },
            name="two of thirty-nine dates",
        ),
        Good(
            {**_DATED, "src/content/blog/z.md": "---\npubDate: \u00a02024-02-03 10:00\n---\n"},
            framework="none",
            name="a no-break space before a date",
        ),
        Good(
            {**_DATED, "src/content/blog/z.md": "---\npubDate: soon\n---\n"},
            framework="none",
            name="a text without digits",
        ),
        Bad(
            {
                **{f"docs/{n}.md": "---\ntags: [a]\n---\n" for n in range(20)},
                "docs/z.md": "---\n⟦tags⟧: a\n---\n",
            },
            framework="docusaurus",
            name="a framework that refuses a text",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": f"---\ntime: {n} min read\nsize: {n} kB\n---\n" for n in range(2, 40)},
                "src/content/blog/y.md": "---\n⟦time⟧: 7\nsize: 1 kB\n---\n",
                "src/content/blog/z.md": "---\n⟦time⟧: 8\nsize: 1 kB\n---\n",
            },
            name="two numbers among forty with words",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": f"---\ntime: {n} min read\n---\n" for n in range(2, 39)},
                "src/content/blog/y.md": "---\ntime: 7\n---\n",
                "src/content/blog/z.md": "---\ntime: 8\n---\n",
            },
            name="two numbers among thirty-nine with words",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": f"---\ntime: {n} min read\n---\n" for n in range(2, 21)},
                "src/content/blog/z.md": "---\ntime: 7\n---\n",
            },
            name="a number among nineteen with words",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": f"---\na: {n} words\ntime: {n} min\n---\n" for n in range(2, 21)},
                **{f"src/content/blog/{n}.md": f"---\na: some\ntime: {n} min\n---\n" for n in range(21, 25)},
                "src/content/blog/z.md": "---\na: 7\n⟦time⟧: 7\n---\n",
            },
            name="a field in which some posts have other words, and one in which none has",
        ),
    )

    def note(self, post: Document) -> list[Any] | None:
        """The dates that the framework can read and that do not begin like `2024-`: field, text, and span. If no framework
        was found, all with a digit that are not reported as invalid. Then the keys of each mapping, and the words behind
        each number that has some."""
        dates = [
            date for date in post.dates if not _USUAL.match(date.entry.node.text.strip()) and not date.moment.problem
        ]
        known = post.framework.front_matter.reader_known
        sound = [d.entry for d in dates if d.moment.instant or (not known and _DIGIT.search(d.entry.node.text))]
        keys: dict[str, list[str]] = {}
        words: dict[str, str] = {}
        for entry in post.front_matter.root.entries or ():
            if entry.node.entries:
                keys[entry.name] = [each.name for each in entry.node.entries[:_MOST_KEYS]]
            elif isinstance(entry.node.value, str) and (found := _COUNTED.fullmatch(entry.node.value)):
                words[entry.name] = found[1].strip()
        written = [[entry.name, entry.node.text[:40], entry.node.span] for entry in sound]
        return [written, keys, words] if written or keys or words else None

    def check_site(self, site: Site, notes: Mapping[str, list[Any]]) -> Iterable[SiteFinding]:
        framework = site.framework
        # Where the framework makes a tag of a text, no list is needed for one.
        takes_text = framework.front_matter.tags_as_text not in (None, "refused")
        loose = framework.front_matter.mixed_keys | frozenset(framework.roles.get("tags", ()) if takes_text else ())
        counted = {name: _kinds(group, loose) for name, group in site.groups.items()}
        for place, group in site.groups.items():
            kinds, shapes = counted[place], by_shape(group)
            usual = {name: found.most_common(1)[0] for name, found in kinds.items() if len(found) > 1}
            odd = {
                n: (kind, k)
                for n, (kind, k) in usual.items()
                if k >= 20 and k >= 0.95 * kinds[n].total() and kind != "text"
            }
            others = [f for shape, posts in shapes.items() if any(n in odd for n, _ in kinds_of(shape)) for f in posts]
            for facts in others if odd else ():
                for name, kind, start, end in facts.fields:
                    if name in odd and kind in _WORDS and kind != odd[name][0] and not facts.draft:
                        if _is_usual_elsewhere(name, kind, place, counted):
                            continue
                        usual_kind, number = odd[name]
                        message = f"`{name}` is {_WORDS[kind]} here, but {_WORDS[usual_kind]} in {number} other posts"
                        yield SiteFinding(facts.path, Span(start, end), message, name)
            if notes:
                dates = {facts.path: notes[facts.path][0] for facts in group if facts.path in notes}
                yield from _dates(group, shapes, dates)
                yield from _bare_numbers(group, kinds, notes)
                yield from _unindented(group, kinds, notes)


def _kinds(group: Sequence[Facts], loose: frozenset[str]) -> dict[str, Counter[str]]:
    """For each field of the posts, how many have a value of each kind."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    for shape, posts in by_shape(group).items():
        for name, kind in kinds_of(shape):
            if kind in _WORDS and name not in loose:
                kinds[name][kind] += len(posts)
    return kinds


def _is_usual_elsewhere(name: str, kind: str, place: str, counted: Mapping[str, Mapping[str, Counter[str]]]) -> bool:
    """Whether the field `name` is mostly of this `kind` in another collection than `place`."""
    others = (kinds[name] for other, kinds in counted.items() if other != place and name in kinds)
    return any(found[kind] > 1 and found.most_common(1)[0][0] == kind for found in others)


def _bare_numbers(
    group: Sequence[Facts], kinds: Mapping[str, Counter[str]], notes: Mapping[str, list[Any]]
) -> Iterable[SiteFinding]:
    """Numbers in fields in which all other posts write words behind a number."""
    few = {n for n, found in kinds.items() if found["text"] >= 20 and 0 < found["number"] <= 0.05 * found.total()}
    for name in sorted(few):
        found = [notes[facts.path][2].get(name) for facts in group if facts.path in notes]
        words = Counter(each for each in found if each)
        usual, number = words.most_common(1)[0] if words else ("", 0)
        if not usual or number < 0.95 * kinds[name]["text"]:
            continue
        for facts in group:
            for field, kind, start, end in facts.fields:
                if field == name and kind == "number" and not facts.draft:
                    message = f"`{name}` is only a number here, but a number and `{usual}` in {number} other posts"
                    yield SiteFinding(facts.path, Span(start, end), message, name)


def _unindented(
    group: Sequence[Facts], kinds: Mapping[str, Counter[str]], notes: Mapping[str, list[Any]]
) -> Iterable[SiteFinding]:
    """Fields without a value before keys that stand in their mapping in nearly all other posts."""
    mappings = {n for n, found in kinds.items() if found["mapping"] >= max(20, 0.95 * found.total())}
    if not mappings:
        return
    below: dict[str, set[str]] = defaultdict(set)
    for facts in group:
        for name, keys in (notes[facts.path][1] if facts.path in notes else {}).items():
            below[name].update(keys)
    for facts in group:
        for (name, kind, start, end), (key, *_) in pairwise(facts.fields):
            if kind != "nothing" or name not in mappings or key not in below[name] or facts.draft:
                continue
            if kinds[key].total() <= 0.05 * len(group):
                number = kinds[name]["mapping"]
                message = f"`{name}` is empty here, and `{key}` stands beside it; indent it as {number} other posts do"
                yield SiteFinding(facts.path, Span(start, end), message, name)


def _dates(
    group: Sequence[Facts], shapes: Mapping[str, Sequence[Facts]], notes: Mapping[str, list[list[Any]]]
) -> Iterable[SiteFinding]:
    """Dates in another form than nearly all others, which begin like `2024-`."""
    odd = [(facts.path, *date) for facts in group for date in notes.get(facts.path, ())]
    written = Counter(field for _, field, _, _ in odd)
    have = Counter(dict.fromkeys(written, 0))
    for shape, posts in shapes.items():
        for name, _ in kinds_of(shape):
            if name in have:
                have[name] += len(posts)
    for path, field, text, span in odd:
        number = have[field] - written[field]
        if number >= 20 and number >= 0.95 * have[field]:
            form = "with hyphens" if re.match(r"\d{4}\D", text) else "with the year first"
            message = f"`{field}` is written `{text}` here, but {form} in {number} other posts"
            yield SiteFinding(path, Span(*span), message, field)
