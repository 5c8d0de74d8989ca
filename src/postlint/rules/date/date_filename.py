"""The day in a file's name."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date
from typing import Any

from postlint.diagnostics import Severity
from postlint.posts.collecting import START
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.text import Span

_DAY = re.compile(r"(\d{4})[-_.](\d{2})[-_.](\d{2})(?:[-_. ]|$)")
_ZONE = re.compile(r"(?:[+-]\d{2}:?\d{2}|[zZ])$")
_IN_ADDRESS = re.compile(r"/(\d{4})/(\d{2})/(\d{2})(?=/)")
_INDEX = re.compile(r"/_?index\.\w+$", re.IGNORECASE)
_WORDS = re.compile(r"\w[\s_-]+\w|\d")
# If so many posts, and one in so many of those with a day in their names, have another day there, it is that of something
# else, such as the first draft.
_HABIT = 8
_SHARE = 4


class DateFilename(SiteRule):
    """A file name with another day than the publication date, or a name that the framework ignores.

    The day may be in the name of the file, or in the name of the folder of an `index.md`. A name that keeps the
    framework from publishing the post is reported as well, such as `2024-01-02_a.md` in Jekyll.

    ## Why it matters

    One of the two dates was changed and the other forgotten. Archives and addresses made from the name then disagree
    with the date that readers see.

    ## How to fix it

    Correct the date, or rename the file.

    ## What it leaves alone

    - Times near midnight that are the other day in UTC.
    - Names of one word, such as those of templates.
    - Sites where one name in four, and at least eight, has another day. There it is the day of something else, such as
      the first draft.
    """

    severity = Severity.WARNING
    examples = (
        Good(
            "---\npubDate: 2024-01-02\n---\n", path="src/content/blog/2024-01-02-a.md", name="the same day", show=True
        ),
        Good(
            "---\npubDate: 2024-01-02T23:30:00-05:00\n---\n",
            path="src/content/blog/2024-01-03-a.md",
            name="the day in UTC",
        ),
        Good(
            "---\npubDate: 2024-01-02T23:30:00-05:00\n---\n",
            path="src/content/blog/2024-01-02-a.md",
            name="the day where it was written",
        ),
        Bad(
            "---\npubDate: ⟦2024-02-02⟧\n---\n",
            path="src/content/blog/2024-01-02-a.md",
            name="another day",
            show=True,
            message="`pubDate` is 2024-02-02, but the file name says 2024-01-02; correct one of them",
        ),
        Bad(
            {
                "_config.yml": "timezone: Asia/Hong_Kong\n",
                "source/_posts/2014-01-01-a.md": "---\ndate: ⟦2014-01-02 00:24:44⟧\n---\n",
            },
            framework="hexo",
            name="another day in the site's time zone",
            message="`date` is 2014-01-02, but the file name says 2014-01-01; correct one of them",
        ),
        Bad(
            {
                "_config.yml": "timezone: America/New_York\n",
                "_posts/2016-12-12-a.md": "---\ndate: ⟦2016-12-12 00:30:00 +0100⟧\n---\n",
                "_posts/2016-12-13-b.md": "---\ndate: 2016-12-13 12:30:00 +0100\n---\n",
            },
            framework="jekyll",
            name="an address of another day",
            message=(
                "the site's time zone puts this post at `/2016/12/11/a.html`, but the file name says 2016-12-12; "
                "correct the date"
            ),
        ),
        Bad(
            "---\npubDate: ⟦2024-02-02⟧\n---\n",
            path="src/content/blog/2024-01-02-a/index.md",
            name="another day in a folder's name",
            message="`pubDate` is 2024-02-02, but the folder name says 2024-01-02; correct one of them",
        ),
        Bad(
            "⟦⟧---\ntitle: A\n---\n",
            path="_posts/2024-01-02_a.md",
            framework="jekyll",
            name="a name that Jekyll ignores",
            show=True,
            message="this post is not published: Jekyll reads only posts whose name is `YYYY-MM-DD-name.md`",
        ),
        Bad(
            "⟦⟧---\ntitle: A\n---\n",
            path="blog/2024-02-30-a.md",
            framework="docusaurus",
            name="no such day",
            message="the file name has a day that does not exist: 2024-02-30",
        ),
        Good("---\ntitle: A\n---\n", path="_drafts/my-a.md", framework="jekyll", name="a draft"),
        Good("---\ntitle: A\n---\n", path="_posts/template.md", framework="jekyll", name="a template"),
        Good(
            "---\npublished: false\n---\n",
            path="_posts/2024-01-02_a.md",
            framework="jekyll",
            name="a post that is not to be published",
        ),
        Good("Text.\n", path="_posts/my-notes.md", framework="jekyll", name="a file without front matter in Jekyll"),
        Good("---\npubDate: 2024-02-02\n---\n", path="src/content/2024-01-02-a/b.md", name="a day in a folder's name"),
        Bad(
            "---\npubDate: ⟦2024-01-03T10:00:00Z⟧\n---\n",
            path="src/content/blog/2024-01-02-a.md",
            name="a time of the next day",
        ),
        Bad(
            "---\npubDate: ⟦2024-01-04T02:00:00+05:00⟧\n---\n",
            path="src/content/blog/2024-01-02-a.md",
            name="a time that is neither day",
        ),
        Good(
            {f"src/content/blog/2024-01-{day}-a.md": f"---\npubDate: 2024-01-{day - 2}\n---\n" for day in range(12, 20)}
            | {
                f"src/content/blog/2024-02-{day:02}-a.md": f"---\npubDate: 2024-02-{day:02}\n---\n"
                for day in range(1, 25)
            },
            name="one name in four",
        ),
        Bad(
            {
                f"src/content/blog/2024-01-{day}-a.md": f"---\npubDate: ⟦2024-01-{day - 2}⟧\n---\n"
                for day in range(12, 20)
            }
            | {
                f"src/content/blog/2024-02-{day:02}-a.md": f"---\npubDate: 2024-02-{day:02}\n---\n"
                for day in range(1, 26)
            },
            name="less than one name in four",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        reason = post.framework.misnamed(post.path)
        # A name of one word is a template's or a README's.
        if reason and _WORDS.search(post.path, post.path.rfind("/")) and _is_shown(post):
            yield Finding(START, f"this post is not published: {reason.text}")
            return
        named, what = _named(post)
        # `post-refused` reports a name at which the build stops.
        if named and not _exists(named) and (post.refusal is None or not post.refusal.stops):
            yield Finding(START, f"the {what} name has a day that does not exist: {'-'.join(named.groups())}")

    def note(self, post: Document) -> list[Any] | None:
        """For a post with a publication date and a day in its name: empty if they agree, else what is wrong with the date,
        the span of its value, the name of its field, and whether it is another day."""
        named, what = _named(post)
        published = post.published
        if not named or not published or not published.moment.instant or not _exists(named):
            return None
        reason = post.framework.misnamed(post.path)
        if reason and _WORDS.search(post.path, post.path.rfind("/")) and _is_shown(post):
            return None
        instant = published.moment.instant
        written = published.entry.node.text.strip()
        # The day as it is written counts, too: a parser may have turned a zone's evening into the next day.
        days = {written[:10], instant.date().isoformat()}
        if instant.tzinfo and _ZONE.search(written):
            days.add(instant.astimezone(UTC).date().isoformat())
        day, name, span = "-".join(named.groups()), published.entry.name, published.entry.node.span
        if day not in days:
            message = f"`{name}` is {instant.date().isoformat()}, but the {what} name says {day}; correct one of them"
            return [message, span, name, True]
        if moved := _moved(post, day):
            message = (
                f"the site's time zone puts this post at `{moved}`, but the file name says {day}; correct the date"
            )
            return [message, span, name, False]
        return []

    def check_site(self, site: Site, notes: Mapping[str, list[Any]]) -> Iterable[SiteFinding]:
        others = sum(bool(note) and note[3] for note in notes.values())
        is_habit = others >= _HABIT and _SHARE * others >= len(notes)
        for path, note in notes.items():
            if note and not (note[3] and is_habit):
                message, span, name, _ = note
                yield SiteFinding(path, Span(*span), message, name)


def _named(post: Document) -> tuple["re.Match[str] | None", str]:
    """The day in the name of the post's file or folder, and which of the two that is."""
    path = _INDEX.sub("", post.path)
    return _DAY.match(path.rpartition("/")[2]), "file" if path == post.path else "folder"


def _moved(post: Document, day: str) -> str | None:
    """The address of the post, if the time zone of the site's settings makes its day differ from `day`."""
    zone = next((each for each in post.framework.settings if each.name == "timezone"), None)
    if zone is None or not zone.value or zone.origin == "assumed":
        return None
    address = next(iter(post.framework.address(post.path, post.data).addresses or ()), "")
    found = _IN_ADDRESS.search(address)
    return address if found and "-".join(found.groups()) != day else None


def _exists(day: "re.Match[str]") -> bool:
    try:
        date(*map(int, day.groups()))
    except ValueError:
        return False
    return True


def _is_shown(post: Document) -> bool:
    return post.front_matter.language is not None and post.data.get("published") is not False
