"""Posts that are not published although they seem to be meant for it."""

from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.posts.document import Document
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

_SCHEMA = ("missing", "unknown", "value")
_HABIT = 3
"""So many page bundles that hold other posts: the site's templates show them."""


class PostLeftOut(SiteRule):
    """A post that the site's framework makes no page of, although nothing in it asks for that.

    The build goes on without it. The message says why; the finding is at the front-matter key that causes it, or at the
    beginning of the post if no key does.

    ## Why it matters

    Nobody can read the post, and links to it are broken. The build prints no warning, or one that nobody sees.

    ## How to fix it

    Do what the message says: rename the file, move it, or change the key. If the post is not meant to be published, say
    so in the way of your framework, for example with `draft: true`.

    ## What it leaves alone

    - Drafts, posts with a future date or an expiry date, and posts whose front matter asks for no page (`headless`,
      `render = false`, `permalink: false`).
    - Files that the site's settings exclude, or whose names begin with `_` or `.`.
    - Files in a page bundle of Hugo that have no title, if the bundle itself makes no page, or if three and more bundles
      of the site hold such files.
    - Posts of Jekyll whose names have no date; `date-filename` reports them.
    """

    severity = Severity.WARNING
    yields_to = (
        *("date-invalid", "front-matter-missing", "slug-duplicate"),
        *("schema-invalid-value", "schema-missing-field", "schema-unknown-field"),
    )
    examples = (
        Good("A\n", path="src/content/blog/c.md", name="a name without signs"),
        Good("A\n", path="src/content/blog/_c.md", framework="jekyll", name="a name that is left out on purpose"),
        Bad("⟦⟧A\n", path="src/content/blog/c#.md", name="a sign in the name", show=True),
        Bad(
            {
                "content/posts/index.md": "---\ntitle: Posts\n---\n",
                "content/posts/a.md": "⟦⟧---\ntitle: A\n---\n",
            },
            framework="hugo",
            name="index.md in place of _index.md",
            show=True,
            message="`content/posts/` is a page bundle, so its other files are resources of that page",
        ),
        Good(
            {f"content/{name}/{file}.md": "---\ntitle: A\n---\n" for name in "abc" for file in ("index", "more")},
            framework="hugo",
            name="bundles that hold other files by habit",
        ),
        Bad(
            {"docs/a#b.md": "⟦⟧# A\n", "docs/c.md": "# C\n"},
            framework="vitepress",
            name="a sign in the name of a page",
            message="VitePress does not show a page whose name holds `#`, `%` or `?`",
        ),
        Bad(
            "Title: A\nDate: 2024-01-02\nStatus: ⟦publish⟧\n\nText.\n",
            path="content/a.md",
            framework="pelican",
            name="an unknown status",
            show=True,
        ),
        Good("---\ndraft: true\n---\n", path="src/content/blog/c#.md", name="a draft"),
    )

    def note(self, post: Document) -> list[Any] | None:
        """What to say, where and about which key; for a resource of a page bundle, the folder."""
        if post.collection is None or post.draft:
            return None
        reason = post.refusal
        if reason is None or reason.stops or reason.asked or post.framework.misnamed(post.path):
            return None
        is_empty = not post.text.value.strip("\ufeff \t\r\n")
        if reason.kind in _SCHEMA and (post.opening_line_end is not None or is_empty):
            return None  # Other rules say it, and of an empty file that it is empty.
        folder = None
        if reason.kind == "resource":
            if not post.entries.keys() & {"title", "date"}:
                return None
            folder = post.path.rpartition("/")[0]
        return [reason.text, *post.place_of(reason.field), reason.field, folder]

    def check_site(self, site: Site, notes: Mapping[str, list[Any]]) -> Iterable[SiteFinding]:
        bundles = {note[4] for note in notes.values() if note[4] is not None}
        for path, (text, start, end, field, folder) in notes.items():
            if folder is None or len(bundles) < _HABIT:
                yield SiteFinding(path, Span(start, end), text, field)
