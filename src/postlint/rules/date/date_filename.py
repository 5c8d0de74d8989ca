"""The day that a file's name says."""

import re
from collections.abc import Iterable
from datetime import UTC

from postlint.diagnostics import Severity
from postlint.posts.collecting import START
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule

_DAY = re.compile(r"(\d{4})[-_.](\d{2})[-_.](\d{2})(?:[-_. ]|$)")
_ZONE = re.compile(r"(?:[+-]\d{2}:?\d{2}|[zZ])$")
_INDEX = re.compile(r"/_?index\.\w+$", re.IGNORECASE)
_WORDS = re.compile(r"\w[\s_-]+\w|\d")


class DateFilename(Rule):
    """A name of a file, or of the folder of an `index.md`, that says another day than the publication date.

    One of the two was changed and the other forgotten; archives and addresses made from the name then disagree with
    what readers see. A name that is none of a post's (`2024-01-02_a.md` in Jekyll, which leaves it out without a word)
    is reported, too.
    """

    severity = Severity.WARNING
    examples = (
        Good("---\npubDate: 2024-01-02\n---\n", path="src/content/blog/2024-01-02-a.md"),
        Good("---\npubDate: 2024-01-02T23:30:00-05:00\n---\n", path="src/content/blog/2024-01-03-a.md"),
        Good("---\npubDate: 2024-01-02T23:30:00-05:00\n---\n", path="src/content/blog/2024-01-02-a.md"),
        Bad("---\npubDate: ⟦2024-02-02⟧\n---\n", path="src/content/blog/2024-01-02-a.md"),
        Bad(
            {
                "_config.yml": "timezone: Asia/Hong_Kong\n",
                "source/_posts/2014-01-01-a.md": "---\ndate: ⟦2014-01-02 00:24:44⟧\n---\n",
            },
            framework="hexo",
        ),
        Bad("---\npubDate: ⟦2024-02-02⟧\n---\n", path="src/content/blog/2024-01-02-a/index.md"),
        Bad("⟦⟧---\ntitle: A\n---\n", path="_posts/2024-01-02_a.md", framework="jekyll"),
        Good("---\ntitle: A\n---\n", path="_drafts/my-a.md", framework="jekyll"),
        Good("---\ntitle: A\n---\n", path="_posts/template.md", framework="jekyll"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        reason = post.framework.misnamed(post.path)
        # A name of one word is a template's or a README's.
        if reason and _WORDS.search(post.path, post.path.rfind("/")) and _is_shown(post):
            yield Finding(START, f"this post is left out: {reason.text}")
            return
        path = _INDEX.sub("", post.path)
        named = _DAY.match(path.rpartition("/")[2])
        published = post.published
        if not named or not published or not published.moment.instant:
            return
        instant = published.moment.instant
        written = published.entry.node.text.strip()
        # The day as it is written counts, too: a parser may have turned a zone's evening into the next day.
        days = {written[:10], instant.date().isoformat()}
        if instant.tzinfo and _ZONE.search(written):
            days.add(instant.astimezone(UTC).date().isoformat())
        day = "-".join(named.groups())
        if day not in days:
            name, what = published.entry.name, "file" if path == post.path else "folder"
            message = f"`{name}` says {instant.date().isoformat()}, the {what} name {day}"
            yield Finding(published.entry.node.span, message, name)


def _is_shown(post: Document) -> bool:
    return post.front_matter.language is not None and post.data.get("published") is not False
