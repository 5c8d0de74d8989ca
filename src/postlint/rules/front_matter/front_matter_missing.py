"""Posts without front matter."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from postlint.diagnostics import Severity
from postlint.frameworks.answers import ABOUT_THE_REPOSITORY, Reason
from postlint.posts.collecting import START
from postlint.posts.document import Document, meant_to_begin
from postlint.rule import Bad, Finding, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

_POST = "---\ntitle: A\n---\nText.\n"
_PART = {f"src/content/blog/{name}/notes/ann.md": "Text.\n" for name in "01"}
_EMPTY = "this file is empty; write the post or delete the file"
_FOLDERS = 2
_HABIT = 5
_OF_PARTS = re.compile(r"(?:^|/)_(?:components|fragments|includes|partials|parts|shared|snippets)/")
_SITE = {f"src/content/blog/{name}.md": _POST for name in ("a", "b", "c", "d", "e", "f", "g", "h", "i")}


class FrontMatterMissing(SiteRule):
    """A post without front matter among posts that have it, or an empty file.

    A post is reported if nine of ten posts of its folder or collection have front matter, and some of these are in its
    folder or right beside it. A post is also reported if its framework does not build without front matter.

    ## Why it matters

    The site shows such a post without title and date, leaves it out, or fails to build.

    ## How to fix it

    Add front matter, or delete the empty file.

    ## What it leaves alone

    - A single file on its own.
    - Empty pages, if the framework needs no front matter and at least five files and a tenth of all are empty.
    - Pages of frameworks that work well without front matter.
    - Parts of posts: files in folders of the same name (`post/notes/a.md`, `other/notes/b.md`), none of which has front
      matter.
    - Files about the repository, such as `README.md`, and files whose names begin with `_`, `.` or `[`.
    """

    needs_other_posts = True
    examples = (
        Good("Just text.\n", name="a file on its own", show=True),
        Good({"src/content/blog/a.md": _POST, "src/content/blog/b.md": "Text.\n"}, name="one other post"),
        Bad(
            {**_SITE, "src/content/blog/z.md": "⟦⟧Text.\n"},
            name="one of ten posts",
            show=True,
            message="this post has no front matter, but 9 of 10 posts here have it",
        ),
        Good(
            {**_SITE, **{f"src/content/blog/snippets/{name}.md": "Text.\n" for name in "ab"}},
            name="a folder of snippets",
        ),
        Good({**_SITE, "src/content/blog/x/2013/talks/z.md": "Text.\n"}, name="a folder far away"),
        Good(
            {"index.md": _POST, **{f"docs/{n}.md": _POST for n in range(9)}, "notes/z.md": "Text.\n"},
            framework="jekyll",
            name="a folder beside the pages",
        ),
        Good({**_SITE, "src/content/blog/README.md": "How to write a post.\n"}, name="a README"),
        Good(
            {
                **_SITE,
                "src/content/blog/[...404].md": "Not here.\n",
                "src/content/blog/_part.md": "A part.\n",
                "src/content/blog/.part.md": "A part.\n",
            },
            name="a route and a part",
        ),
        Good({**_SITE, "src/content/blog/_fragments/part.md": "A part.\n"}, name="a folder of parts"),
        Good(
            {**_SITE, "src/content/blog/z.md": '<!--{\n  "Title": "A"\n}-->\n\nText.\n'},
            name="a comment as Go's own site has it",
        ),
        Good(
            {
                "config.toml": 'base_url = "https://example.org"\nignored_content = ["*/README.md"]\n',
                "content/README.md": "How to write a post.\n",
            },
            name="a file that the site ignores",
        ),
        Good(
            {**{f"src/content/blog/{n}/index.md": _POST for n in range(30)}, **_PART},
            name="parts in folders of the same name",
        ),
        Bad(
            {
                "mkdocs.yml": "site_name: A\nplugins:\n  - blog\n",
                "docs/blog/posts/a.md": "⟦⟧# A post\n",
                "docs/b.md": "# A page\n",
            },
            framework="mkdocs",
            name="a blog that needs front matter",
            message="this file has no front matter; MkDocs does not build without it",
        ),
        Good(
            {
                "posts/posts.json": '{"layout": "post.njk"}',
                **{f"posts/{name}.md": _POST for name in "abcdefghi"},
                "posts/z.md": "Text.\n",
            },
            framework="eleventy",
            name="a layout from a data file",
        ),
        Bad(
            {**{f"posts/{name}.md": _POST for name in "abcdefghi"}, "posts/z.md": "⟦⟧Text.\n"},
            framework="eleventy",
            name="a page without a layout",
            severity=Severity.WARNING,
        ),
        Good(
            {"_config.yml": "", "_drafts/none-yet.md": "", "_posts/.keep.md": ""},
            framework="jekyll",
            name="empty files that keep Jekyll's folders",
        ),
        Bad("⟦⟧", name="an empty file", show=True, message="this file is empty; write the post or delete the file"),
        Bad("⟦⟧ \n\n", name="blanks and line ends"),
        Bad(
            "⟦⟧",
            path="docs/a.md",
            framework="vitepress",
            name="an empty page where front matter is optional",
            severity=Severity.WARNING,
        ),
        Good(
            {**{f"docs/{n}.md": "" for n in range(5)}, **{f"docs/{n}.md": _POST for n in range(5, 50)}},
            framework="vitepress",
            name="pages to be written",
        ),
        Bad(
            {**{f"docs/{n}.md": "⟦⟧" for n in range(5)}, **{f"docs/{n}.md": _POST for n in range(5, 51)}},
            framework="vitepress",
            name="fewer than a tenth of the pages",
            severity=Severity.WARNING,
        ),
        Good(
            {
                "mkdocs.yml": "plugins:\n  - blog\n",
                "docs/blog/index.md": "",
                "docs/blog/posts/a.md": "---\ndate: 2024-01-02\n---\nText.\n",
            },
            framework="mkdocs",
            name="the list of posts of a blog",
        ),
        Bad("⟦⟧", path="content/posts/a.md", framework="hugo", name="an empty file in Hugo"),
        Good("", path="content/posts/_index.md", framework="hugo", name="an empty section in Hugo"),
        Good(
            {
                **{f"content/posts/{n}.md": "---\ntitle: A\n---\n" for n in range(18)},
                "content/posts/z.md": "<!-- EMPTY -->\n",
            },
            framework="hugo",
            name="a file that says it is empty",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}/index.md": _POST for n in range(30)},
                **{path: f"⟦⟧{text}" for path, text in _PART.items()},
                "src/content/blog/2/notes/ann.md": _POST,
            },
            name="parts, and one of them has front matter",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}/index.md": _POST for n in range(30)},
                "src/content/blog/0/notes/ann.md": "⟦⟧Text.\n",
            },
            name="a single part",
        ),
        Good({**_SITE, "src/content/blog/404.md": "Not here.\n"}, name="an error page"),
        Bad({**_SITE, "src/content/blog/404.old.md": "⟦⟧Not here.\n"}, name="a page about an error page"),
        Bad({**_SITE, "src/content/blog/_index.md": "⟦⟧Text.\n"}, name="a section"),
        Good(
            {**_SITE, "src/content/blog/z.md": "--\ntitle: A\n---\nText.\n"},
            name="front matter with a slip in its fence",
        ),
        Good(
            {**{f"docs/{n}.md": _POST for n in range(9)}, "docs/z.md": "Text.\n"},
            framework="docusaurus",
            name="a framework that needs no front matter",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": _POST for n in range(18)},
                "src/content/blog/0/1/2/3.md": "Text.\n",
                "src/content/blog/z.md": "⟦⟧Text.\n",
            },
            name="two of twenty posts, one of them far away",
            message="this post has no front matter, but 18 of 20 posts here have it",
        ),
        Good(
            {
                **{f"src/content/blog/{n}.md": _POST for n in range(17)},
                **{f"src/content/blog/{name}.md": "Text.\n" for name in "yz"},
            },
            name="two of nineteen posts",
        ),
        Bad(
            {
                **{f"src/content/blog/{n}.md": _POST for n in range(17)},
                "src/content/blog/x/a.md": _POST,
                **{f"src/content/blog/x/{name}.md": "⟦⟧Text.\n" for name in "yz"},
            },
            name="two in a folder in which another post has front matter",
        ),
        Bad(
            {**_SITE, "src/content/blog/x/z.md": "⟦⟧Text.\n"},
            name="a single post in a folder",
        ),
        Good(
            {**{f"text/a/{n}.md": _POST for n in range(9)}, "text/b/y.md": _POST, "text/b/z.md": "Text.\n"},
            framework="none",
            name="another folder",
        ),
        Bad(
            {**{f"text/a/{n}.md": _POST for n in range(9)}, "text/a/z.md": "⟦⟧Text.\n", "text/b/y.md": "Text.\n"},
            framework="none",
            name="one of two folders",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        if _is_empty(post):
            # A page without any text is unfinished, but nothing is wrong with the build.
            if not post.framework.front_matter.optional and not _may_be_empty(post):
                yield Finding(Span(0, 0), _EMPTY)
        elif _stops(post) and not meant_to_begin(post):
            yield Finding(
                Span(0, 0), f"this file has no front matter; {post.framework.title} does not build without it"
            )

    def note(self, post: Document) -> bool | str | None:
        """Whether it has front matter, or the finding about an empty page; None if that is settled, and for a README, a
        part, and a route that is not a post."""
        if _is_empty(post):
            return _EMPTY if post.framework.front_matter.optional and not _may_be_empty(post) else None
        name = post.path.rpartition("/")[2].rpartition(".")[0]
        if name.lower() in ABOUT_THE_REPOSITORY or name == "404" or name.startswith("["):
            return None
        if name.startswith(".") or (name.startswith("_") and name != "_index") or _OF_PARTS.search(post.path):
            return None  # A part of other pages, by custom.
        if post.text.value.startswith("<!--{"):
            return None  # As Go's own site has it.
        if _is_comment(post.text.value):
            return None  # It says that it is empty on purpose.
        if _stops(post) or meant_to_begin(post):
            return None
        if _is_left_out(post):
            return None
        return post.front_matter.language is not None

    def check_site(self, site: Site, notes: Mapping[str, bool | str]) -> Iterable[SiteFinding]:
        empty = [path for path, noted in notes.items() if noted == _EMPTY]
        # Who keeps many of them uses them as notes to be written, or as targets of links.
        if len(empty) < _HABIT or len(empty) * 10 < len(site.facts):
            yield from (SiteFinding(path, Span(0, 0), _EMPTY, severity=Severity.WARNING) for path in empty)
        yield from self._without(site, {path: noted for path, noted in notes.items() if isinstance(noted, bool)})

    def _without(self, site: Site, notes: Mapping[str, bool]) -> Iterable[SiteFinding]:
        if site.framework.front_matter.optional or all(notes.values()):
            return
        groups: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        folders: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for path, has in notes.items():
            groups[_group(site, path)][has] += 1
            folders[path.rpartition("/")[0]][has] += 1
        kinds: dict[str, list[bool]] = defaultdict(list)
        for folder, (_, with_) in folders.items():
            kinds[folder.rpartition("/")[2]].append(with_ > 0)
        parts = {name for name, have in kinds.items() if len(have) >= _FOLDERS and not any(have)}
        holding = {folder for folder, (_, with_) in folders.items() if with_}
        around = holding | {folder.rpartition("/")[0] for folder in holding}
        for path, has in notes.items():
            without, with_ = groups[_group(site, path)]
            folder = path.rpartition("/")[0]
            beside = folders[folder]
            if folder not in around and folder.rpartition("/")[0] not in around:
                continue
            # A folder in which no file has front matter holds something else: templates, snippets. Right below the root
            # that goes for a single file, too.
            is_apart = beside[True] == 0 and (beside[False] > 1 or "/" not in folder)
            if not has and not is_apart and with_ >= 9 * without and _kind(path) not in parts:
                message = f"this post has no front matter, but {with_} of {with_ + without} posts here have it"
                severity = Severity.WARNING if site.framework.front_matter.builds_without else None
                if not site.framework.needs_no_front_matter(path):
                    yield SiteFinding(path, START, message, severity=severity)


def _is_empty(post: Document) -> bool:
    return not post.text.value.strip(" \t\r\n\ufeff")


def _is_comment(text: str) -> bool:
    """Whether the text is one comment of HTML."""
    if not text.startswith("<!--"):
        return False
    return text.rstrip().find("-->") == len(text.rstrip()) - len("-->")


def _may_be_empty(post: Document) -> bool:
    """Whether an empty file has a purpose: it makes a page of its folder, or keeps the folder in Git."""
    is_marker = post.path.rpartition("/")[2].startswith(".")
    in_place = post.collection in post.framework.front_matter.may_be_empty_in
    return is_marker or in_place or post.framework.needs_no_front_matter(post.path)


def _group(site: Site, path: str) -> str:
    return site.by_path[path].collection or path.rpartition("/")[0]


def _kind(path: str) -> str:
    """The name of the folder that the file lies in."""
    return path.rpartition("/")[0].rpartition("/")[2]


def _stops(post: Document) -> bool:
    if post.front_matter.language is not None or post.collection is None:
        return False
    return _needs(post) and not _is_left_out(post)


def _is_left_out(post: Document) -> bool:
    """Whether the site's settings keep a file from being built that would have to have front matter."""
    # Nothing leaves out a post that has an address, which is known already.
    if post.address.addresses != () or not _needs(post):
        return False
    return post.framework.address(post.path, {}).addresses == ()


def _needs(post: Document) -> bool:
    """Whether the framework refuses a file without front matter in this place."""
    return isinstance(post.framework.values(post.path, {}, None), Reason)
