"""Field names that are nearly those of the other posts."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.posts.facts import Facts, by_shape, kinds_of
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.schema.words.names import near_misses
from postlint.site.site import Site
from postlint.suggest import distance
from postlint.text import Span

_NAME = re.compile(r"[A-Za-z_][\w-]*", re.ASCII)
_SITE = {f"src/content/blog/{n}.md": "---\ntitle: A\nshareText: B\n---\n" for n in range(20)}
_FEW = {f"src/content/blog/{n}.md": "---\ncanonical: A\n---\n" for n in range(5)}
_TAGS = {f"src/content/blog/{n}.md": "---\ntags: [a]\n---\n" for n in range(20)}
_LEADS = {f"src/content/blog/{n}.md": "---\nleadText: A\n---\n" for n in range(10)}


class ConventionFieldName(SiteRule):
    """A field whose name is nearly that of a field that the other posts have.

    For example `sharetext` once, against 500 times `shareText`. The name is reported if the post lacks the usual field
    and:

    - at least twenty posts of the collection have the usual name, and no more than one in fifty has the odd one;
    - or at least five posts have the usual name, and a name of eight or more letters differs from it in one;
    - or, in a folder of at least ten posts, each post has either the one name or the other.

    ## Why it matters

    Templates look for the usual name and find nothing.

    ## How to fix it

    Rename the field. The fix does that. It is unsafe, because the field may be meant as it is.

    ## What it leaves alone

    - Names that more posts have: those are fields of their own.
    - Singular and plural, and slips in short names, unless 19 of 20 posts have the usual name and the framework does
      not read the other.
    - Posts with a schema, and the names that the framework knows; `schema-unknown-field` reports those.
    """

    needs_other_posts = True
    severity = Severity.WARNING
    yields_to = ("schema-unknown-field",)
    examples = (
        Good({**_SITE, "src/content/blog/z.md": "---\nsharedBy: C\n---\n"}, name="another word", show=True),
        Bad(
            {**_SITE, "src/content/blog/z.md": "---\n⟦shareTxt⟧: C\n---\n"},
            fixed="---\nshareText: C\n---\n",
            name="a slip",
            show=True,
            safe=False,
            message="`shareTxt` is called `shareText` in 20 other posts",
        ),
        Bad(
            {**_SITE, "src/content/blog/z.md": "---\n⟦shareTxt⟧: C\n⟦sharetext⟧: D\n---\n"},
            name="two slips in one name",
            message=(
                "`shareTxt` is called `shareText` in 20 other posts",
                "`sharetext` is called `shareText` in 20 other posts",
            ),
        ),
        Bad(
            {**_TAGS, "src/content/blog/z.md": "---\n⟦ags⟧: [a]\n---\n"},
            fixed="---\ntags: [a]\n---\n",
            name="a slip in a short name",
            safe=False,
            message="`ags` is called `tags` in 20 other posts",
        ),
        Bad(
            {**_FEW, "src/content/blog/z.md": "---\n⟦canonnical⟧: C\n---\n"},
            fixed="---\ncanonical: C\n---\n",
            name="one letter more, of a few posts",
            safe=False,
            message="`canonnical` is called `canonical` in 5 other posts",
        ),
        Bad(
            {**_LEADS, "src/content/blog/z.md": "---\n⟦leadTexts⟧: C\n---\n"},
            fixed="---\nleadText: C\n---\n",
            name="a plural in a name of eight letters",
            safe=False,
            message="`leadTexts` is called `leadText` in 10 other posts",
        ),
        Bad(
            {
                **{f"content/posts/{n}.md": "---\ntags: [a]\n---\n" for n in range(20)},
                "content/posts/z.md": "---\n⟦tag⟧: [a]\n---\n",
            },
            fixed="---\ntags: [a]\n---\n",
            framework="hugo",
            name="the singular of what all others have",
            safe=False,
            message="`tag` is called `tags` in 20 other posts",
        ),
        Bad(
            {**_SITE, "src/content/blog/z.md": '---\n⟦"shareTxt"⟧: C\n---\n'},
            fixed='---\n"shareText": C\n---\n',
            name="a slip in quotes",
            safe=False,
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\nshareText: B\n---\n" for n in range(145)},
                **{f"src/content/blog/{name}.md": "---\nshareTxt: B\n---\n" for name in "xyz"},
                "src/content/blog/without.md": "---\ntitle: A\n---\n",
            },
            name="three of 149 posts",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "---\nshareText: B\n---\n" for n in range(97)},
                "src/content/blog/x.md": "---\n⟦shareTxt⟧: B\n⟦sharetext⟧: C\n---\n",
                "src/content/blog/y.md": "---\n⟦shareTxt⟧: B\n⟦sharetext⟧: C\n---\n",
                "src/content/blog/z.md": "---\ntitle: A\n---\n",
            },
            name="two of a hundred posts",
        ),
        Good(
            {**dict([*_FEW.items()][:4]), "src/content/blog/z.md": "---\ncanonnical: C\n---\n"},
            name="one letter more, of four posts",
        ),
        Good({**_FEW, "src/content/blog/z.md": "---\ncannonnical: C\n---\n"}, name="two letters more, of a few posts"),
        Good(
            {**dict([*_LEADS.items()][:8]), "src/content/blog/z.md": "---\nleadTxt: C\n---\n"},
            name="a name of seven letters",
        ),
        Good(
            {**dict([*_TAGS.items()][:19]), "src/content/blog/z.md": "---\nags: [a]\n---\n"},
            name="a slip in a short name, of nineteen posts",
        ),
        Good(
            {
                **{f"content/posts/{n}.md": "---\ntags: [a]\n---\n" for n in range(37)},
                **{f"content/posts/{n}.md": "---\ntitle: A\n---\n" for n in (38, 39)},
                "content/posts/z.md": "---\ntag: [a]\n---\n",
            },
            framework="hugo",
            name="the singular of what most others have",
        ),
        Bad(
            {f"blog/{n}.md": f"---\n{'résumés' if n > 1 else '⟦resumes⟧'}: A\n---\n" for n in range(10)},
            framework="none",
            name="either the one name or the other in a folder",
            message="`resumes` is called `résumés` in 8 other posts",
        ),
        Bad(
            {f"blog/{n}/index.md": f"---\n{'résume' if n > 1 else '⟦resume⟧'}: A\n---\n" for n in range(10)},
            framework="none",
            name="posts in folders of their own",
        ),
        Bad(
            {f"blog/{n}/+page.md": f"---\n{'résume' if n > 1 else '⟦resume⟧'}: A\n---\n" for n in range(10)},
            framework="none",
            name="pages in folders of their own",
        ),
        Good(
            {f"blog/{n}/a.md": f"---\n{'résume' if n > 1 else 'resume'}: A\n---\n" for n in range(10)},
            framework="none",
            name="a few folders of one post",
        ),
        Good(
            {f"blog/{n}.md": f"---\n{'résumés' if n else 'resumes'}: A\n---\n" for n in range(9)},
            framework="none",
            name="a folder of nine posts",
        ),
        Good(
            {f"blog/{n}.md": f"---\n{'résum' if n > 1 else 'resum'}: A\n---\n" for n in range(10)},
            framework="none",
            name="names of five letters in a folder",
        ),
        Good(
            {f"blog/{n}.md": f"---\n{'résümés' if n > 1 else 'resumes'}: A\n---\n" for n in range(10)},
            framework="none",
            name="names in a folder that differ in three letters",
        ),
        Good(
            {f"blog/{n}.md": f"---\n{'résumés' if n > 2 else 'resumes'}: A\n---\n" for n in range(14)},
            framework="none",
            name="a name that is less than four times as frequent as the other",
        ),
        Bad(
            {f"blog/{n}.md": f"---\n{'résumés' if n > 2 else '⟦resumes⟧'}: A\n---\n" for n in range(15)},
            framework="none",
            name="three of fifteen posts of a folder",
        ),
        Good(
            {f"blog/{n}.md": f"---\n{'résumés' if n > 3 else 'resumes'}: A\n---\n" for n in range(79)},
            framework="none",
            name="four of 79 posts of a folder",
        ),
        Bad(
            {f"blog/{n}.md": f"---\n{'résumés' if n > 3 else '⟦resumes⟧'}: A\n---\n" for n in range(80)},
            framework="none",
            name="four of eighty posts of a folder",
        ),
        Good(
            {
                **{f"blog/{n}.md": "---\nrésumés: A\n---\n" for n in range(7)},
                "blog/x.md": "---\nrésumés: A\nresumes: A\n---\n",
                "blog/y.md": "---\nresumes: A\n---\n",
                "blog/z.md": "---\ntitle: A\n---\n",
            },
            framework="none",
            name="both names in one post",
        ),
        Bad(
            {
                **{f"blog/{n}.md": "---\nrating: 1\n---\n" for n in range(20)},
                "blog/z.md": "---\n⟦rotong⟧: 1\n---\n",
            },
            fixed="---\nrating: 1\n---\n",
            framework="none",
            name="two slips in six letters",
            safe=False,
        ),
        Good(
            {
                **{f"blog/{n}.md": "---\nmoods: 1\ntoc: 2\n---\n" for n in range(20)},
                "blog/z.md": "---\nnoodz: 1\nto: 2\n---\n",
            },
            framework="none",
            name="two slips in five letters, one in two",
        ),
        Bad(
            {**_SITE, "src/content/blog/z.md": '---\n⟦"share\\u0054xt"⟧: C\n---\n'},
            name="a name that is escaped",
        ),
        Bad(
            {
                **{f"blog/{n}.md": "---\nshareText: 1\n---\n" for n in range(20)},
                "blog/z.md": "---\n⟦share Txt⟧: 1\n---\n",
            },
            framework="none",
            name="a name of two words",
        ),
    )

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        for group in site.groups.values():
            shapes = by_shape(group)
            have: Counter[str] = Counter()
            for shape, posts in shapes.items():
                have.update(dict.fromkeys(dict(kinds_of(shape)), len(posts)))
            usual = tuple(
                name for name, number in have.items() if number >= 5 and name not in site.framework.known_keys
            )
            rare = {name for name, number in have.items() if number <= max(1, len(group) // 50)}
            odd = [f for shape, posts in shapes.items() if not rare.isdisjoint(dict(kinds_of(shape))) for f in posts]
            nearly_all = {name for name, number in have.items() if number >= max(20, 0.95 * len(group))}
            reported: set[tuple[str, str | None]] = set()
            for facts in odd if usual or nearly_all else ():
                fields = {name: Span(start, end) for name, _, start, end in facts.fields}
                odd_ones = {n: fields[n] for n in fields if n in rare}
                found = [*_for_missing(site, facts, odd_ones, nearly_all - {*fields}, have)]
                named = {one.field for one in found}
                misses = near_misses(fields, usual)
                meant = Counter(miss.suggestion for miss in misses)
                for miss in misses:
                    name, other = str(miss.location[0]), miss.suggestion
                    if (
                        name in rare
                        and name not in named
                        and other
                        and _differ(site, name, other)
                        and _is_usual(name, other, have)
                    ):
                        fix = _fix(name, other, fields[name]) if meant[other] == 1 else None
                        found.append(_finding(facts, name, other, have[other], fields[name], fix))
                reported.update((one.path, one.field) for one in found)
                yield from found
            for one in _instead(site, group, have):
                if (one.path, one.field) not in reported:
                    yield one


def _is_usual(name: str, other: str, have: Mapping[str, int]) -> bool:
    """Whether so many posts have the `other` name that this one is a slip."""
    return have[other] >= 20 or (len(name) >= 8 and distance(name.casefold(), other.casefold(), 2) <= 1)


def _finding(facts: Facts, name: str, other: str, number: int, span: Span, fix: Fix | None) -> SiteFinding:
    return SiteFinding(facts.path, span, f"`{name}` is called `{other}` in {number} other posts", name, fix)


def _instead(site: Site, group: Sequence[Facts], have: Mapping[str, int]) -> Iterable[SiteFinding]:
    """Names in place of a similar one that all other posts of the folder have."""
    few = {name for name, number in have.items() if len(name) > 5 and number <= max(3, len(group) // 20)}
    shapes = {facts.shape for facts in group} if few else ()
    odd = {shape for shape in shapes if not few.isdisjoint(dict(kinds_of(shape)))}
    folders: dict[str, list[Facts]] = {_folder(facts): [] for facts in group if facts.shape in odd}
    for facts in group if folders else ():
        if (beside := folders.get(_folder(facts))) is not None:
            beside.append(facts)
    for posts in folders.values():
        number = Counter(name for facts in posts for name in dict(kinds_of(facts.shape)))
        for name, other in [(name, other) for name in few if name in number for other in number]:
            is_instead = number[name] + number[other] == len(posts) >= 10 and number[other] >= 4 * number[name]
            if not is_instead or _is_read(site, name) or not _are_near(name, other) or not _differ(site, name, other):
                continue
            with_both = [f for f in posts if {name, other} <= dict(kinds_of(f.shape)).keys()]
            for facts in posts if not with_both else ():
                for field, _, start, end in facts.fields:
                    if field == name:
                        span = Span(start, end)
                        yield _finding(facts, name, other, number[other], span, _fix(name, other, span))


def _folder(facts: Facts) -> str:
    """The folder of the post; if the post has a folder of its own, the one around it."""
    folder, _, name = facts.path.rpartition("/")
    return folder.rpartition("/")[0] if name.startswith(("index.", "+page.")) else folder


def _are_near(name: str, other: str) -> bool:
    return distance(name.casefold(), other.casefold(), 3) <= 2


def _for_missing(
    site: Site, facts: Facts, rare: Mapping[str, Span], missing: Collection[str], have: Mapping[str, int]
) -> Iterable[SiteFinding]:
    """The `rare` names that are the singular or plural of one that is `missing`, or such a one with a slip in it."""
    meant: list[tuple[str, str]] = []
    for name in rare:
        slips = 2 if len(name) > 5 else 1 if len(name) > 2 else 0
        near = [other for other in missing if distance(name.casefold(), other.casefold(), slips + 1) <= slips]
        if len(near) == 1 and not _is_read(site, name) and _differ(site, name, near[0]):
            meant.append((name, near[0]))
    times = Counter(other for _, other in meant)
    for name, other in meant:
        # Only one of two such names can be the usual one.
        fix = _fix(name, other, rare[name]) if times[other] == 1 else None
        yield _finding(facts, name, other, have[other], rare[name], fix)


def _is_read(site: Site, name: str) -> bool:
    return name in site.framework.known_keys or name in site.framework.front_matter.mixed_keys


def _fix(name: str, better: str, span: Span) -> Fix | None:
    """Writes the name inside its quotes; None if one of the two may be escaped or need quotes."""
    quotes, rest = divmod(span.end - span.start - len(name), 2)
    if quotes not in (0, 1) or rest or not (_NAME.fullmatch(name) and _NAME.fullmatch(better)):
        return None
    return Fix(f"Rename it to `{better}`", (Edit(span.start + quotes, span.end - quotes, better),), "unsafe")


def _differ(site: Site, one: str, other: str) -> bool:
    """Whether the two are different keys for the framework."""
    return site.framework.front_matter.keys_have_case or one.casefold() != other.casefold()
