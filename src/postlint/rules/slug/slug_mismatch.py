"""Slugs and the names of files."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.posts.document import Document
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

_DATE = re.compile(r"^\d{4}[-_.]\d{1,2}[-_.]\d{1,2}[-_.]")
_ONE_OF = 20
_OTHER = re.compile(r"[\W_]+")


_Wrong = list[Any]
"""A slug that does not match, its field and its span."""


_SITE = {f"src/content/blog/my-{n}.md": f"---\nslug: my-{n}\n---\n" for n in range(20)}


class SlugMismatch(SiteRule):
    """A slug that does not match the name of the post's file or folder.

    It is reported in two cases:

    - At least twenty posts of the site have a slug, and 19 of 20 repeat the name of their file.
    - The slug is the name of another post.

    ## Why it matters

    Usually a post was copied, or its file or its slug was renamed and the other forgotten. Nobody who looks for the
    address in the sources finds the post.

    ## How to fix it

    Change the slug, or rename the file.

    ## What it leaves alone

    - A date before the name, case and punctuation.
    - A slug that is the name with words added or left out.
    - Sites that use slugs to give their posts other addresses than their names.
    """

    needs_other_posts = True
    severity = Severity.WARNING
    yields_to = ("slug-duplicate",)
    examples = (
        Good("---\nslug: old-name\n---\n", path="src/content/blog/new-name.md", name="a single post"),
        Good(
            {**_SITE, "src/content/blog/2024-01-02-my_post.md": "---\nslug: My Post\n---\n"},
            name="a date, capitals and spaces",
            show=True,
        ),
        Good(
            {**_SITE, "src/content/blog/a/my-post/index.md": "---\nslug: blog/my-post\n---\n"},
            name="a folder as the name",
        ),
        Good({**_SITE, "src/content/blog/how-to-bake-a-cake.md": "---\nslug: bake-cake\n---\n"}, name="words left out"),
        Bad(
            {**_SITE, "src/content/blog/cake.md": "---\nslug: ⟦old-name⟧\n---\n"},
            name="another name than the file's",
            message="slug `old-name` does not match the post's name `cake`; change one of them",
        ),
        Bad(
            {"src/content/blog/cake.md": "A\n", "src/content/blog/bread.md": "---\nslug: ⟦cake⟧\n---\n"},
            name="the name of another post",
            show=True,
            message="slug `cake` does not match the post's name `bread`; change one of them",
        ),
        Bad(
            {**_SITE, "src/content/blog/cake/index.md": "---\nslug: ⟦old-name⟧\n---\n"},
            name="another name than the folder's",
        ),
        Good(
            {**_SITE, **{f"src/content/blog/{name}.md": f"---\nslug: new-{name}\n---\n" for name in ("cake", "bread")}},
            name="too many other names for a habit",
        ),
        Good(
            {f"src/content/blog/{n}.md": f"---\nslug: '{n}'\n---\n" for n in range(18)}
            | {"src/content/blog/cake.md": "---\nslug: old-name\n---\n"},
            name="too few posts for a habit",
        ),
        Bad(
            {
                **{f"src/content/blog/my-{n}.md": f"---\nslug: my-{n}\n---\n" for n in range(38)},
                "src/content/blog/cake.md": "---\nslug: ⟦old-name⟧\n---\n",
                "src/content/blog/bread.md": "---\nslug: ⟦old⟧\n---\n",
            },
            name="two of forty posts",
        ),
        Good(
            {
                **{f"src/content/blog/my-{n}.md": f"---\nslug: my-{n}\n---\n" for n in range(37)},
                "src/content/blog/cake.md": "---\nslug: old-name\n---\n",
                "src/content/blog/bread.md": "---\nslug: old\n---\n",
            },
            name="two of thirty-nine posts",
        ),
        Good({**_SITE, "src/content/blog/cake.md": "---\nslug: ' / '\n---\n"}, name="nothing but a slash"),
        Good(
            {**_SITE, "src/content/blog/how-to-bake-a-cake.md": "---\nslug: /recipes/bake-cake/\n---\n"},
            name="a folder before words that are left out",
        ),
        Good({**_SITE, "src/content/blog/cake/README.md": "---\nslug: cake\n---\n"}, name="the README of a folder"),
        Bad(
            {**_SITE, "src/content/blog/cake/_index.md": "---\nslug: ⟦old-name⟧\n---\n"},
            name="another name than that of the folder of an index page",
            message="slug `old-name` does not match the post's name `cake`; change one of them",
        ),
        Bad(
            {"src/content/notes/cake.md": "A\n", "src/content/blog/bread.md": "---\nslug: ⟦notes/cake⟧\n---\n"},
            name="the folder and the name of another post",
        ),
        Bad(
            {"src/content/blog/2024-01-02-cake.md": "A\n", "src/content/blog/bread.md": "---\nslug: ⟦cake⟧\n---\n"},
            name="the name of another post after its date",
        ),
        Bad(
            {"src/content/blog/cake.de.md": "A\n", "src/content/blog/bread.md": "---\nslug: ⟦cake⟧\n---\n"},
            name="the name of another post before its language",
        ),
        Good({**_SITE, "src/content/blog/my-post.md": "---\nslug: MyPost\n---\n"}, name="words written as one"),
        Good({**_SITE, "src/content/blog/cake.md": "---\nslug: best-cake-ever\n---\n"}, name="words added"),
        Good({**_SITE, "src/content/blog/my-cake.md": "---\nslug: cake!\n---\n"}, name="a sign at the end"),
        Good(
            {
                **{f"src/posts/my-{n}.md": f"---\nslug: my-{n}\n---\n" for n in range(20)},
                "src/posts/cake.md": "---\nslug: old-name\n---\n",
            },
            framework="vitepress",
            name="a framework that makes no addresses of names",
        ),
    )

    def note(self, post: Document) -> _Wrong | bool | None:
        """The slug if it does not match, True if it does, None without one."""
        slug = post.field("slug")
        if slug is None or not isinstance(slug.node.value, str) or not slug.node.value.strip("/ "):
            return None
        text = slug.node.text.strip("/")
        last = text.rpartition("/")[2]
        names = _names(post.path)
        if last in names or any(_same(last, name) or _same(text, name) for name in names):
            return True
        return [text, slug.name, slug.node.span]

    def check_site(self, site: Site, notes: Mapping[str, _Wrong | bool]) -> Iterable[SiteFinding]:
        wrong = {path: note for path, note in notes.items() if isinstance(note, list)}
        if not wrong or not site.framework.addressing.from_names:
            return
        is_habit = len(wrong) * _ONE_OF <= len(notes)
        names = {name for facts in site.facts for name in _names(facts.path)}
        for path, (slug, field, span) in wrong.items():
            if is_habit or slug in names:
                message = f"slug `{slug}` does not match the post's name `{_names(path)[0]}`; change one of them"
                yield SiteFinding(path, Span(*span), message, field)


def _names(path: str) -> list[str]:
    """The names that a slug may repeat: of the file, or of the folder where the file is its index."""
    parts = path.rpartition(".")[0].split("/")
    if parts[-1] in ("index", "_index", "readme", "README") and len(parts) > 1:
        parts.pop()
    name = parts[-1]
    return list(dict.fromkeys((name, _DATE.sub("", name), "/".join(parts[-2:]), re.sub(r"\.[a-z]{2}$", "", name))))


def _same(one: str, other: str) -> bool:
    if one == other:
        return True
    first, second = _plain(one), _plain(other)
    if first.replace("-", "") == second.replace("-", ""):
        return True
    words, others = set(first.split("-")), set(second.split("-"))
    return words <= others or others <= words


def _plain(text: str) -> str:
    return _OTHER.sub("-", unicodedata.normalize("NFKC", text).casefold()).strip("-")
