"""Two posts, one title."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from postlint.diagnostics import Severity
from postlint.posts.facts import Facts, Value
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site

_INDEX = frozenset(("index", "_index", "readme"))
_DATE = re.compile(r"^\d{4}[-_.]\d{1,2}[-_.]\d{1,2}[-_.]")
_NUMBER = re.compile(r"[\W_]*\d+")
_LANGUAGE = re.compile(r"\.[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?$")
# `a-de` and `a-en`: the two-letter codes of the languages of most translations.
_TONGUE = re.compile(
    r"[-_](?:ar|bn|ca|cs|da|de|el|en|es|fa|fi|fr|he|hi|hu|id|it|ja|jp|ko|kr|nl|no|pl|pt|ro|ru|sv|th|tr|uk|vi|zh)"
    r"(?:[-_](?:[a-z]{2}|hans|hant))?$"
)
# A post that has one of these sends readers, or search engines, elsewhere.
_ELSEWHERE = re.compile(r"redirect|canonical|^(?:noindex|robots)$", re.IGNORECASE)
_NAMED = 2
# Fields of people, whose title is their job.
_OF_PEOPLE = frozenset(("name", "company"))


class TitleDuplicate(SiteRule):
    """A title that another published post also has.

    Only dated posts of one collection and one language are compared.

    ## Why it matters

    Readers of a list, a feed or search results cannot tell the two posts apart. Often one is a copy whose title was not
    changed, or the same post was published twice.

    ## How to fix it

    Give one of the posts another title, or delete the copy.

    ## What it leaves alone

    - Pages without a date: a manual has an `Overview` in each of its parts.
    - Translations, versions and index pages.
    - Posts that send readers or search engines elsewhere.
    - Files that differ only in a number or a date, such as `links-12.md`.
    - Collections that repeat titles as a habit: more than two titles, and more than one in a hundred.
    """

    needs_other_posts = True
    severity = Severity.WARNING
    examples = (
        Good(
            {
                "src/content/blog/a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
                "src/content/blog/b.md": "---\ntitle: B\ndate: 2024-01-02\n---\n",
            },
            name="two titles",
        ),
        Good(
            {"src/content/docs/a.md": "---\ntitle: A\n---\n", "src/content/docs/b.md": "---\ntitle: A\n---\n"},
            name="pages without dates",
            show=True,
        ),
        Good(
            {f"src/content/blog/links-{n}.md": "---\ntitle: Links\ndate: 2024-01-02\n---\n" for n in range(3)},
            name="files that differ in a number",
        ),
        Bad(
            {f"src/content/blog/{name}.md": "---\ntitle: ⟦Links⟧\ndate: 2024-01-02\n---\n" for name in "abcd"},
            name="a title of several posts",
            message=(
                "3 other posts have the same title (src/content/blog/b.md, src/content/blog/c.md, …); give each its own",
                "3 other posts have the same title (src/content/blog/a.md, src/content/blog/c.md, …); give each its own",
                "3 other posts have the same title (src/content/blog/a.md, src/content/blog/b.md, …); give each its own",
                "3 other posts have the same title (src/content/blog/a.md, src/content/blog/b.md, …); give each its own",
            ),
        ),
        Good(
            {
                "src/content/blog/en/a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
                "src/content/blog/de/a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
            },
            name="two folders of languages",
        ),
        Good(
            {
                "src/content/blog/a-de.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
                "src/content/blog/a-en.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
            },
            name="two endings of languages",
        ),
        Good(
            {
                "src/content/blog/a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
                "src/content/blog/b.md": "---\ntitle: A\ndate: 2024-01-02\ndraft: true\n---\n",
            },
            name="a draft",
        ),
        Good(
            {
                "src/content/blog/kyoto/ja.md": "---\ntitle: Kyoto\ndate: 2024-01-02\n---\n",
                "src/content/blog/kyoto/en.md": "---\ntitle: Kyoto\ndate: 2024-01-02\n---\n",
            },
            name="files named by languages",
        ),
        Good(
            {
                "src/content/team/a.md": "---\nname: Ann\ntitle: Designer\ndate: 2024-01-02\n---\n",
                "src/content/team/b.md": "---\nname: Bea\ntitle: Designer\ndate: 2024-01-03\n---\n",
            },
            name="people with the same job",
        ),
        Bad(
            {
                "src/content/blog/a.md": "---\ntitle: ⟦Hello⟧\ndate: 2024-01-02\n---\n",
                "src/content/blog/b.md": "---\ntitle: ⟦'hello '⟧\ndate: 2024-05-02\n---\n",
            },
            name="two posts",
            show=True,
            message=(
                "src/content/blog/b.md has the same title; change one of them",
                "src/content/blog/a.md has the same title; change one of them",
            ),
        ),
        Bad(
            {
                "_posts/2024-01-02-a.md": "---\ntitle: ⟦An  apple⟧\n---\n",
                "_posts/2024-01-02-b.md": "---\ntitle: ⟦an apple⟧\n---\n",
                "_posts/2024-01-02-c.md": "---\ntitle: anapple\n---\n",
            },
            framework="jekyll",
            name="dates in the names of files",
        ),
        Good(
            {
                f"{name}.md": f"---\ntitle: {title}\ndate: 2024-01-02\n---\n"
                for title, index in (("a", "index"), ("b", "_index"), ("c", "README"))
                for name in (title, index)
            },
            framework="none",
            name="an index page",
        ),
        Good(
            {
                "src/content/team/a.md": "---\ncompany: X\ntitle: Designer\ndate: 2024-01-02\n---\n",
                "src/content/team/b.md": "---\ncompany: X\ntitle: Designer\ndate: 2024-01-03\n---\n",
            },
            name="people of a company",
        ),
        Good(
            {
                "src/content/blog/a.md": "---\ntitle: ''\ndate: 2024-01-02\n---\n",
                "src/content/blog/b.md": "---\ntitle: ''\ndate: 2024-01-02\n---\n",
            },
            name="empty titles",
        ),
        Good(
            {
                "src/content/blog/a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
                "src/content/notes/b.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
            },
            name="two collections",
        ),
        Good(
            {
                "src/content/blog/part-1.md": "---\ntitle: Weekly\ndate: 2024-01-02\n---\n",
                "src/content/blog/part-2.md": "---\ntitle: Weekly\ndate: 2024-01-02\n---\n",
            },
            name="files that differ only in a number",
        ),
        Bad(
            {
                f"src/content/blog/{title}-{name}.md": f"---\ntitle: ⟦Title {title}⟧\ndate: 2024-01-02\n---\n"
                for title in "ab"
                for name in ("copy", "first")
            },
            name="two titles, each of two posts",
        ),
        Good(
            {
                f"src/content/blog/{title}-{name}.md": f"---\ntitle: Title {title}\ndate: 2024-01-02\n---\n"
                for title in "abc"
                for name in ("copy", "first")
            },
            name="a habit of the collection",
        ),
        Bad(
            {
                **{f"posts/{n}.md": f"---\ntitle: Title {n}\ndate: 2024-01-02\n---\n" for n in range(297)},
                **{
                    f"posts/{title}-{name}.md": f"---\ntitle: ⟦Title {title}⟧\ndate: 2024-01-02\n---\n"
                    for title in "abc"
                    for name in ("copy", "first")
                },
            },
            framework="none",
            name="one title in a hundred",
        ),
        Good(
            {
                **{f"posts/{n}.md": f"---\ntitle: Title {n}\ndate: 2024-01-02\n---\n" for n in range(296)},
                **{
                    f"posts/{title}-{name}.md": f"---\ntitle: Title {title}\ndate: 2024-01-02\n---\n"
                    for title in "abc"
                    for name in ("copy", "first")
                },
            },
            framework="none",
            name="more than one title in a hundred",
        ),
        Good(
            {
                "content/posts/a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
                "content/posts/b.pt-BR.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
            },
            framework="none",
            name="a language at the end of a name",
        ),
        Bad(
            {
                "src/content/blog/a.md": "---\ntitle: ⟦Caf\u00e9⟧\ndate: 2024-01-02\n---\n",
                "src/content/blog/b.md": "---\ntitle: ⟦Cafe\u0301⟧\ndate: 2024-01-02\n---\n",
            },
            name="a letter written in two ways",
        ),
        Good(
            {
                "src/content/blog/a.md": "---\ntitle: A\ndate: 2024-01-02\ncanonicalURL: https://example.org/a\n---\n",
                "src/content/blog/b.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
            },
            name="a canonical address elsewhere",
        ),
        Bad(
            {
                "src/content/blog/x/a.md": "---\ntitle: ⟦A⟧\ndate: 2024-01-02\n---\n",
                "src/content/blog/y/b.md": "---\ntitle: ⟦A⟧\ndate: 2024-01-02\n---\n",
            },
            name="two folders of one collection",
        ),
        Bad(
            {
                "text/x/2024-01-02-a.md": "---\ntitle: ⟦A⟧\n---\n",
                "text/x/2024-01-02-b.md": "---\ntitle: ⟦A⟧\n---\n",
                "text/y/2024-01-02-c.md": "---\ntitle: A\n---\n",
            },
            framework="none",
            name="two posts of one folder, and one of another",
        ),
        Bad(
            {
                **{
                    f"src/content/blog/{title}-{name}.md": f"---\ntitle: Title {title}\ndate: 2024-01-02\n---\n"
                    for title in "abc"
                    for name in ("copy", "first")
                },
                "src/content/notes/a.md": "---\ntitle: ⟦A⟧\ndate: 2024-01-02\n---\n",
                "src/content/notes/b.md": "---\ntitle: ⟦A⟧\ndate: 2024-01-02\n---\n",
            },
            name="a habit of another collection",
        ),
        Good(
            {
                f"src/content/blog/{name}.md": f"---\ntitle: {name[0]}\ndate: 2024-01-02\n---\n"
                for name in ("a", "a-2", "b", "b-en", "c", "2024-01-02-c")
            },
            name="names that differ only in a number, a language or a date",
        ),
        Good(
            {f"src/pages/{name}.md": "---\ntitle: A\ndate: 2024-01-02\n---\n" for name in ("one", "two")},
            name="pages",
        ),
        Good(
            {
                "src/content/blog/a.md": "---\ntitle: A\ndate: 2024-01-02\nis_canonical: https://example.org/a\n---\n",
                "src/content/blog/b.md": "---\ntitle: A\ndate: 2024-01-02\n---\n",
            },
            name="another name for a canonical address",
        ),
        Good(
            {
                "src/content/blog/a.md": "---\ntitle: A\nslug: same\ndate: 2024-01-02\n---\n",
                "src/content/blog/b.md": "---\ntitle: A\nslug: same\ndate: 2024-01-02\n---\n",
            },
            name="one address, which is reported as such",
        ),
        Bad(
            {
                f"src/content/blog/{name}.md": "---\ntitle: ⟦A⟧\ndate: 2024-01-02\n---\n"
                for name in ("node.first", "node.other")
            },
            name="names with a dot",
        ),
        Good(
            {f"posts/{name}.md": "---\ntitle: A\ndate: 2024-01-02\n---\n" for name in ("a", "a/README")},
            framework="none",
            name="the index page of a folder beside a post of that name",
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        plain_titles = [_plain(facts.title_text) for facts in site.facts]
        several = {plain for plain, number in Counter(plain_titles).items() if number > 1 and plain}
        if not several or not any(_plain(facts.title_text) in several for facts in site.reported):
            return
        collections: dict[str, dict[tuple[str, str], list[tuple[Facts, Value]]]] = {}
        for facts in site.facts:
            if facts.title and _is_alone(site, facts) and (plain := _plain(facts.title.text)):
                titles = collections.setdefault(facts.collection or facts.path.rpartition("/")[0], {})
                titles.setdefault((_language(facts), plain), []).append((facts, facts.title))
        for titles in collections.values():
            repeated = [group for group in titles.values() if len({_name(facts.path) for facts, _ in group}) > 1]
            if len(repeated) > max(2, len(titles) // 100):
                continue
            for group in repeated:
                names = {_TONGUE.sub("", _NUMBER.sub("", _name(facts.path))) for facts, _ in group}
                if len(names) == len(group) and not _at_one_address(group):
                    yield from _of_group(group)


def _of_group(group: Sequence[tuple[Facts, Value]]) -> Iterable[SiteFinding]:
    """The findings of posts that share a title."""
    every = sorted(facts.path for facts, _ in group)
    for facts, title in group:
        others = [path for path in every if path != facts.path]
        if len(others) == 1:
            message = f"{others[0]} has the same title; change one of them"
        else:
            paths = ", ".join(others[:_NAMED]) + (", …" if len(others) > _NAMED else "")
            message = f"{len(others)} other posts have the same title ({paths}); give each its own"
        yield SiteFinding(facts.path, title.span, message, title.field, group=_plain(title.text))


def _is_alone(site: Site, facts: Facts) -> bool:
    """Whether it is a published post that stands for itself."""
    is_dated = any(date.role == "published" for date in facts.dates) or site.framework.named_date(facts.path)
    if not is_dated and not _DATE.match(facts.path.rpartition("/")[2]):
        return False
    if facts.draft or facts.address.addresses == () or _name(facts.path) in _INDEX:
        return False
    names = [name for name, *_ in facts.fields]
    return facts.collection != "pages" and _OF_PEOPLE.isdisjoint(names) and not any(map(_ELSEWHERE.search, names))


def _at_one_address(group: Sequence[tuple[Facts, Value]]) -> bool:
    """Whether the posts have one address, which is reported as such."""
    keys = {facts.address.key for facts, _ in group}
    return len(keys) == 1 and None not in keys


def _name(path: str) -> str:
    """What a post and its translations and versions have in common: the name of its file, or of its folder."""
    *folders, name = path.split("/")
    name = _LANGUAGE.sub("", name.rpartition(".")[0])
    # `about/en.md` and `about/de.md` are translations, too.
    if (name.lower() in _INDEX or _TONGUE.fullmatch(f"-{name.lower()}")) and folders:
        name = folders[-1]
    return _DATE.sub("", name).lower()


def _language(facts: Facts) -> str:
    if facts.address.language:
        return facts.address.language
    found = _LANGUAGE.search(facts.path.rpartition(".")[0])
    return found[0] if found else ""


def _plain(title: str) -> str:
    return " ".join((title if title.isascii() else unicodedata.normalize("NFC", title)).split()).casefold()
