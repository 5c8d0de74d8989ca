"""Slugs and the names of files."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from postlint.diagnostics import Severity
from postlint.document import Document
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site import Site
from postlint.text import Span

_DATE = re.compile(r"^\d{4}[-_.]\d{1,2}[-_.]\d{1,2}[-_.]")
_OTHER = re.compile(r"[\W_]+")


_Wrong = list[Any]
"""A slug that does not match, the field it stands in, and its span."""


class SlugMismatch(SiteRule):
    """A slug that is not the name of the post's file or folder.

    One of the two was renamed and the other forgotten: the post is served at an address that nobody looks for in the
    sources. A date before the name, case and punctuation do not count. Silent on sites where slugs differ from file
    names as a habit, in more than one of ten posts, and where no framework is known unless ten posts show the habit.
    """

    severity = Severity.WARNING
    examples = (
        Good("---\nslug: post\n---\n"),
        Good("---\nslug: My Post\n---\n", path="src/content/blog/2024-01-02-my_post.md"),
        Good("---\nslug: blog/my-post\n---\n", path="src/content/blog/my-post/index.md"),
        Good(
            {
                "src/content/blog/a.md": "---\nslug: alpha\n---\n",
                "src/content/blog/b.md": "---\nslug: beta\n---\n",
                "src/content/blog/c.md": "---\nslug: c\n---\n",
            }
        ),
        Good("---\nslug: old-name\n---\n", path="new-name.md", framework="none"),
        Bad("---\nslug: ⟦old-name⟧\n---\n", path="src/content/blog/new-name.md"),
        Bad("---\nslug: ⟦old-name⟧\n---\n", path="src/content/blog/new-name/index.md"),
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
        habit = len(notes) >= 10 or site.framework.addresses_known
        if not habit or len(wrong) > max(1, len(notes) // 10):
            return
        for path, (slug, field, span) in wrong.items():
            message = f"slug `{slug}` does not match the name `{_names(path)[0]}`"
            yield SiteFinding(path, Span(*span), message, field)


def _names(path: str) -> list[str]:
    """The names that a slug may repeat: of the file, or of the folder where the file is its index."""
    parts = path.rpartition(".")[0].split("/")
    if parts[-1] in ("index", "_index", "readme", "README") and len(parts) > 1:
        parts.pop()
    name = parts[-1]
    return list(dict.fromkeys((name, _DATE.sub("", name), "/".join(parts[-2:]), re.sub(r"\.[a-z]{2}$", "", name))))


def _same(one: str, other: str) -> bool:
    return one == other or _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return _OTHER.sub("-", unicodedata.normalize("NFKC", text).casefold()).strip("-")
