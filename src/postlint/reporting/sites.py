"""What the checked sites are, for reports that describe them: plain data."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple


class CheckedPost(NamedTuple):
    """A post of a site: `path` as in diagnostics, `title` empty without one, `collection` and `language` (such as `de`) None
    where the site has none or they are not known, `published` the day of publication, None without a readable date."""

    path: str
    title: str
    collection: str | None
    language: str | None
    published: date | None
    draft: bool


class CheckedSite(NamedTuple):
    """A site: `root` is its folder as in diagnostics, empty for the working directory; `name` is that of the folder;
    `framework` is the name as its makers write it, None without one; `evidence` is the file by which it was detected."""

    root: str
    name: str
    framework: str | None
    evidence: str | None
    posts: tuple[CheckedPost, ...]


Images = Mapping[tuple[str, int], bytes]
"""The content of small image files that findings are about, by the path and the start (code points) of the finding."""
