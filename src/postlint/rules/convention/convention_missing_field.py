"""Fields that nearly all posts have."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from postlint.diagnostics import Severity
from postlint.posts.document import Document
from postlint.posts.facts import Facts, by_shape, kinds_of
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

_SITE = {f"src/content/blog/{n}.md": f"---\ntitle: A\nauthor: B\npubDate: 2024-01-{n}\n---\n" for n in range(10, 29)}
_LATER = frozenset(("updated", "expires"))
# What a post may be called or have been called: new posts have no former address.
_NAMES = frozenset(("slug", "id", "alias", "aliases", "redirect_from", "redirectFrom", "redirects"))
_ANOTHER_KIND = 3
_MOVED = {f"src/content/blog/{n}.md": f"---\ntitle: A\naliases: [/{n}]\n---\n" for n in range(30)}
_EMPTY = ("mapping", "nothing")


class ConventionMissingField(SiteRule):
    """A field that nearly all other posts have and this post lacks.

    A field is reported in collections of at least twenty posts, if 19 of 20 have it and no more than three posts, or
    one in a hundred, lack it. On real sites, a field that more posts lack is optional.

    A field without a value is reported if 19 of 20 posts have a value.

    ## Why it matters

    Lists and feeds made from the field have a gap, or leave the post out.

    ## How to fix it

    Add the field, or give it a value.

    ## What it leaves alone

    - Posts that lack three or more such fields: they are another kind of page. So are a page that is named like its
      folder, and a page with a layout that no other post has.
    - Drafts.
    - Folders of at least two posts in which no post has the field.
    - Dates of update and expiry, slugs, addresses, aliases and nested mappings.
    - Collections with a schema; `schema-missing-field` reports those.
    """

    needs_other_posts = True
    severity = Severity.WARNING
    examples = (
        Good(
            {"src/content/blog/a.md": "---\nauthor: B\n---\n", "src/content/blog/b.md": "---\ntitle: A\n---\n"},
            name="a few posts",
        ),
        Good({**_SITE, "src/content/blog/z.md": "Text.\n"}, name="a post without any field", show=True),
        Good({**_SITE, "src/content/blog/z.md": "---\ntitle: A\ndraft: true\n---\n"}, name="a draft"),
        Good({**_SITE, "src/content/blog/blog.md": "---\ntitle: A\n---\n"}, name="a page named like its folder"),
        Good(
            {**_SITE, "src/content/blog/z.md": "---\ntitle: A\nlayout: list\n---\n"},
            name="a layout that no other post has",
        ),
        Good(
            {
                **{f"_posts/2024-01-{n}-a.md": f"---\ntitle: A\npermalink: /{n}/\n---\n" for n in range(10, 31)},
                "_posts/2024-02-01-z.md": "---\ntitle: A\n---\n",
            },
            framework="jekyll",
            name="an address",
        ),
        Good({**_MOVED, "src/content/blog/z.md": "---\ntitle: A\n---\n"}, name="aliases, which new posts do not have"),
        Good(
            {
                **{f"content/{n}/a.md": "---\ntitle: A\ndate: 2024-01-02\n---\n" for n in range(40)},
                **{f"content/{name}.md": "---\ntitle: A\n---\n" for name in ("about", "uses")},
            },
            framework="none",
            name="another kind of page",
        ),
        Bad(
            {**_SITE, "src/content/blog/z.md": "---⟦⟧\ntitle: A\npubDate: 2024-01-01\n---\n"},
            name="a field that is missing",
            show=True,
            message="`author` is missing; 19 of 20 posts in `blog` have it",
        ),
        Bad(
            {**_SITE, "src/content/blog/z.md": "---\n⟦title⟧:\nauthor: B\npubDate: 2024-01-01\n---\n"},
            name="a field without a value",
            show=True,
            message="`title` is empty; 19 of 20 posts have a value",
        ),
        Bad(
            {**_SITE, "src/content/blog/z.md": "---\n⟦title⟧: ''\nauthor: B\npubDate: 2024-01-01\n---\n"},
            name="a field with an empty text",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "---\ntitle: A\nauthor: B\n---\n" for n in range(57)},
                **{f"src/content/blog/{name}.md": "---⟦⟧\ntitle: A\n---\n" for name in "xyz"},
            },
            name="three of sixty posts",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntitle: A\nauthor: B\n---\n" for n in range(56)},
                **{f"src/content/blog/{name}.md": "---\ntitle: A\n---\n" for name in "xyz"},
            },
            name="three of fifty-nine posts",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntitle: A\nauthor: B\n---\n" for n in range(76)},
                **{f"src/content/blog/{name}.md": "---\ntitle: A\n---\n" for name in "wxyz"},
            },
            name="four of eighty posts",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "---\ntitle: A\nauthor: B\n---\n" for n in range(396)},
                **{f"src/content/blog/{name}.md": "---⟦⟧\ntitle: A\n---\n" for name in "wxyz"},
            },
            name="one in a hundred posts",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntitle: A\nauthor: B\n---\n" for n in range(394)},
                **{f"src/content/blog/{name}.md": "---\ntitle: A\n---\n" for name in "wxyz"},
            },
            name="more than one in a hundred posts",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntitle: A\nauthor: B\n---\n" for n in range(18)},
                "src/content/blog/z.md": "---\ntitle:\n---\n",
            },
            name="nineteen posts",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntitle: A\ncover: {src: a}\n---\n" for n in range(20)},
                "src/content/blog/y.md": "---\ntitle: A\ncover:\n---\n",
                "src/content/blog/z.md": "---\ntitle: A\n---\n",
            },
            name="a mapping, which holds optional things",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntitle: A\nmood: B\nplace: C\nrating: 4\n---\n" for n in range(20)},
                "src/content/blog/z.md": "---\ntitle: A\n---\n",
            },
            name="a post without three fields",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "---\ntitle: A\nmood: B\nplace: C\n---\n" for n in range(20)},
                "src/content/blog/z.md": "---⟦⟧⟦⟧\ntitle: A\n---\n",
            },
            name="a post without two fields",
            message=(
                "`mood` is missing; 20 of 21 posts in `blog` have it",
                "`place` is missing; 20 of 21 posts in `blog` have it",
            ),
        ),
        Good(
            {
                **{f"content/posts/{n}.md": "---\nTitle: A\nAuthor: B\nMood: C\n---\n" for n in range(20)},
                "content/posts/z.md": "---\ntitle: A\nauthor: B\nmood: C\n---\n",
            },
            framework="hugo",
            name="names that differ only in case",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": "---\ntitle: A\nmood: B\n---\n" for n in range(40)},
                "src/content/blog/one/a.md": "---⟦⟧\ntitle: A\n---\n",
                "src/content/blog/two/a.md": "---⟦⟧\ntitle: A\n---\n",
                "src/content/blog/two/b.md": "---\ntitle: A\nmood: B\n---\n",
            },
            name="a folder of one post, and one in which another post has the field",
        ),
        Good(
            {
                **{f"_posts/2024-01-{n}-a.md": "---\ntitle: A\ndate: 2024-01-01\n---\n" for n in range(10, 30)},
                "_posts/2024-02-01-a.md": "---\ntitle: A\n---\n",
            },
            framework="jekyll",
            name="a date in the name of the file",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": "---\ntitle: A\nupdatedDate: 2024-01-01\n---\n" for n in range(20)},
                "src/content/blog/z.md": "---\ntitle: A\n---\n",
            },
            name="a date of update",
        ),
        Bad(
            {
                **{f"{n}.md": "---\ntitle: A\nmood: B\n---\n" for n in range(20)},
                "z.md": "---⟦⟧\ntitle: A\n---\n",
            },
            framework="none",
            name="posts in no folder",
            message="`mood` is missing; 20 of 21 posts have it",
        ),
    )

    def note(self, post: Document) -> str | None:
        """The name of its layout."""
        layout = post.data.get("layout")
        return layout if isinstance(layout, str) else None

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        roles = site.framework.roles
        silent = {field for role in _LATER for field in roles.get(role, ())} | {
            *_NAMES,
            *site.framework.front_matter.required,
        }
        key = str if site.framework.front_matter.keys_have_case else str.casefold
        for name, group in site.groups.items():
            if len(group) < 20:
                continue
            # A mapping holds optional things; an empty one is not a mistake.
            have: Counter[str] = Counter()
            filled: Counter[str] = Counter()
            shapes = by_shape(group)
            for shape, posts in shapes.items():
                have.update(dict.fromkeys([key(f) for f, kind in kinds_of(shape) if kind != "mapping"], len(posts)))
                filled.update(dict.fromkeys([key(f) for f, kind in kinds_of(shape) if kind not in _EMPTY], len(posts)))
            usual = {f: number for f, number in filled.items() if number >= 0.95 * len(group) and f not in silent}
            for shape, posts in shapes.items():
                if any(kind == "nothing" and key(f) in usual for f, kind in kinds_of(shape)):
                    published = [facts for facts in posts if not facts.draft]
                    yield from (each for facts in published for each in _empty(facts, usual, key, len(group)))
            least = max(0.95 * len(group), len(group) - max(3, len(group) // 100))
            common = sorted(f for f, number in have.items() if least <= number < len(group) and f not in silent)
            lacking: list[tuple[Facts, list[str]]] = []
            for shape, posts in shapes.items() if common else ():
                own = {key(field) for field, _ in kinds_of(shape)}
                if missing := [field for field in common if field not in own]:
                    lacking += [(facts, missing) for facts in posts]
            alone = _alone(group, notes) if lacking else frozenset()
            lacking = [(facts, missing) for facts, missing in lacking if facts.path not in alone]
            another = _other_kinds(group, lacking, key) if lacking else frozenset()
            for facts, missing in lacking:
                # Where the name dates a post, it needs no field for that.
                dated = map(key, roles.get("published", ()) if site.framework.named_date(facts.path) else ())
                folder = facts.path.rpartition("/")[0]
                left = {field for field in missing if (folder, field) not in another} - {*dated}
                if len(left) < _ANOTHER_KIND:
                    # A post that has no address of its own has that of its name.
                    left -= {*map(key, site.framework.addressing.keys)}
                    yield from _missing(facts, sorted(left), have, len(group), name)


def _alone(group: Sequence[Facts], notes: Mapping[str, str]) -> frozenset[str]:
    """The paths of drafts, and of pages of another kind: named like their folder, or with a layout that no other has."""
    layouts = Counter(notes.get(facts.path) for facts in group)
    alone = {path for path, layout in notes.items() if layouts[layout] == 1}
    named = {facts.path for facts in group if _is_named_like_its_folder(facts.path)}
    # Some sites give each post a folder of its name.
    lists = named if len(named) <= 0.05 * len(group) else set()
    return frozenset(alone | lists | {facts.path for facts in group if facts.draft})


def _is_named_like_its_folder(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return bool(folder) and name.rpartition(".")[0] == folder.rpartition("/")[2]


def _other_kinds(
    group: Sequence[Facts], lacking: Sequence[tuple[Facts, list[str]]], key: Callable[[str], str]
) -> frozenset[tuple[str, str]]:
    """Folders of at least two posts, each with a field that none of them has: they hold another kind of posts."""
    folders = {facts.path.rpartition("/")[0] for facts, _ in lacking}
    beside: dict[str, list[Facts]] = {folder: [] for folder in folders}
    for facts in group:
        if (folder := facts.path.rpartition("/")[0]) in folders:
            beside[folder].append(facts)
    out: set[tuple[str, str]] = set()
    for facts, missing in lacking:
        folder = facts.path.rpartition("/")[0]
        present = {key(field) for other in beside[folder] for field, _ in kinds_of(other.shape)}
        out.update((folder, field) for field in missing if len(beside[folder]) > 1 and field not in present)
    return frozenset(out)


def _missing(facts: Facts, missing: list[str], have: Counter[str], number: int, name: str) -> Iterable[SiteFinding]:
    if facts.opening_line_end is None:
        return
    for field in missing:
        place = f" in `{name}`" if name else ""
        message = f"`{field}` is missing; {have[field]} of {number} posts{place} have it"
        yield SiteFinding(facts.path, Span(facts.opening_line_end, facts.opening_line_end), message, field)


def _empty(facts: Facts, usual: Mapping[str, int], key: Callable[[str], str], number: int) -> Iterable[SiteFinding]:
    for field, kind, start, end in facts.fields:
        if kind == "nothing" and (filled := usual.get(key(field))):
            yield SiteFinding(
                facts.path, Span(start, end), f"`{field}` is empty; {filled} of {number} posts have a value", field
            )
