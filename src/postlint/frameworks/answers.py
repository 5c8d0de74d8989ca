"""What a framework answers, as data."""

import re
from datetime import datetime
from typing import Literal, NamedTuple

Where = Literal["markdown", "reference", "html", "jsx", "import", "field", "shortcode"]
"""Where a reference stands: in Markdown syntax (`reference`: with its address in a definition), in an HTML element (in
MDX: one in lower case), in a JSX component's attribute, in an import, in the front matter, or in a template's tag."""


TagsAsText = Literal["words", "commas", "untrimmed", "whole", "refused"]


class Collection(NamedTuple):
    """Posts of one kind. Patterns are relative to the site's root (see `globs`). `guessed`: neither settings nor custom
    say that posts lie there, so it holds only while the configuration names no collections."""

    name: str
    include: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    guessed: bool = False


class Setting(NamedTuple):
    """One thing postlint knows of a site: its name, its value, and where it was read (`assumed` where nowhere)."""

    name: str
    value: object
    origin: str


class Address(NamedTuple):
    """Where a post is served: site-relative, as the framework writes it. `()`: makes no page; None: cannot be known,
    `reason` says why. `key` is what two posts must not share: the address, or the framework's own id of an entry where
    templates decide about addresses; None where that cannot be known either. `language` is the code of the language
    that the framework publishes the post in, None where the site has only one."""

    addresses: tuple[str, ...] | None
    key: str | None = None
    reason: str | None = None
    aliases: tuple[str, ...] = ()
    language: str | None = None


class Moment(NamedTuple):
    """A date as the framework reads it. `instant` is aware (UTC where the framework assumes it) or naive where the
    builder's zone decides; None where it is no date for the framework. `problem` says what is wrong with the text for
    certain, in a blogger's words (`there is no month 13; Astro reads 14 February 2025`), None where nothing is."""

    instant: datetime | None
    problem: str | None = None
    whole_day: bool = False


class Target(NamedTuple):
    """Where a reference leads. `files`: the first of `paths` (site-relative, exact case asked for) that exists;
    `external`: elsewhere; `unknown`: not to be judged; `missing`: never served, whatever lies on disk.

    `certain` is False where a missing file may still be served by means postlint can't see. `note` explains `missing`.
    `address`: a link may as well lead to the post that has this address, or had it (an alias); `unknown` with one is not
    judged unless a post has it. `lacks`: a link that leads there only with this path before it. See `Framework.link`.
    """

    status: Literal["files", "external", "unknown", "missing"]
    paths: tuple[str, ...] = ()
    certain: bool = True
    note: str | None = None
    address: str | None = None
    lacks: str | None = None


class Embedded(NamedTuple):
    """An image or a link that a template's tag names literally. `start` and `end` are offsets in the tag's text; `tag`
    is the name of the tag."""

    kind: Literal["image", "link"]
    tag: str
    target: str
    start: int
    end: int


EXTERNAL, UNKNOWN = Target("external"), Target("unknown")


_SCHEME = re.compile(r"(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")


ABOUT_THE_REPOSITORY = frozenset(
    (
        *("readme", "changelog", "contributing", "license", "code_of_conduct", "security"),
        *("support", "authors", "history", "agents", "claude", "skill"),
    )
)
"""Base names, in lower case and without ending, of files that hosts and tools show themselves."""


def is_external(target: str) -> bool:
    """Whether `target` has a scheme or names a host."""
    return _SCHEME.match(target) is not None
