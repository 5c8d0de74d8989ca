"""Values of another kind than in the other posts."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from postlint.diagnostics import Severity
from postlint.posts.document import Document
from postlint.posts.facts import Facts, by_shape, kinds_of
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

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
    nearly all others begin like `2024-`.

    ## Why it matters

    Templates that sort by the field, or go through its items, fail or show something wrong.

    ## How to fix it

    Write the value like the other posts do.

    ## What it leaves alone

    - Fields that are usually text: templates mostly handle numbers and lists as well.
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
    )

    def note(self, post: Document) -> list[list[Any]] | None:
        """The dates that the framework can read and that do not begin like `2024-`: field, text, span. If no framework was
        found, all that have a digit and no problem."""
        dates = [date for date in post.dates if not _USUAL.match(date.entry.node.text) and not date.moment.problem]
        known = post.framework.front_matter.reader_known
        sound = [d.entry for d in dates if d.moment.instant or (not known and _DIGIT.search(d.entry.node.text))]
        return [[entry.name, entry.node.text[:40], entry.node.span] for entry in sound] or None

    def check_site(self, site: Site, notes: Mapping[str, list[list[Any]]]) -> Iterable[SiteFinding]:
        framework = site.framework
        # Where the framework makes a tag of a text, no list is needed for one.
        takes_text = framework.front_matter.tags_as_text not in (None, "refused")
        loose = framework.front_matter.mixed_keys | frozenset(framework.roles.get("tags", ()) if takes_text else ())
        for group in site.groups.values():
            kinds: dict[str, Counter[str]] = defaultdict(Counter)
            shapes = by_shape(group)
            for shape, posts in shapes.items():
                for name, kind in kinds_of(shape):
                    if kind in _WORDS and name not in loose:
                        kinds[name][kind] += len(posts)
            usual = {name: found.most_common(1)[0] for name, found in kinds.items() if len(found) > 1}
            odd = {
                n: (kind, k)
                for n, (kind, k) in usual.items()
                if k >= 20 and k >= 0.95 * kinds[n].total() and kind != "text"
            }
            others = [f for shape, posts in shapes.items() if any(n in odd for n, _ in kinds_of(shape)) for f in posts]
            for facts in others if odd else ():
                for name, kind, start, end in facts.fields:
                    if name in odd and kind in _WORDS and kind != odd[name][0]:
                        usual_kind, number = odd[name]
                        message = f"`{name}` is {_WORDS[kind]} here, but {_WORDS[usual_kind]} in {number} other posts"
                        yield SiteFinding(facts.path, Span(start, end), message, name)
            if notes:
                yield from _dates(group, shapes, notes)


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
