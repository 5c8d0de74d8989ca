"""What a framework answers, as data."""

import re
from datetime import datetime
from typing import Literal, NamedTuple

Where = Literal["markdown", "reference", "html", "jsx", "import", "field", "shortcode"]
"""Where a reference stands: in Markdown syntax (`reference`: with its address in a definition), in an HTML element (in
MDX: one in lower case), in a JSX component's attribute, in an import, in the front matter, or in a template's tag."""


class Collection(NamedTuple):
    """Posts of one kind. Patterns are relative to the site's root (see `globs`). `guessed`: neither settings nor custom
    say that posts lie there, so it holds only while the configuration names no collections."""

    name: str
    include: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    guessed: bool = False


class Setting(NamedTuple):
    """One thing postlint knows of a site: its name, its value, and where it was read (`assumed` if nowhere)."""

    name: str
    value: object
    origin: str


Kind = Literal["missing", "unknown", "value", "front matter", "resource"]


class Reason(NamedTuple):
    """Why a framework makes no page of a post, or what is wrong with one of its values.

    `text` is a sentence for a blogger, without a full stop. `stops`: the whole build stops here. `field` is the path of
    the front-matter key that causes it (`taxonomies.tags`), None if that is the post as a whole or its name. `asked`: the
    post, its place, or the site's settings ask for it, so nothing is wrong. `kind` says what is wrong with `field`, if
    that is something a schema could say: it is `missing`, `unknown`, or its `value` is refused; `front matter`: the post
    has none; `resource`: the post belongs to another one.
    """

    text: str
    stops: bool = False
    field: str | None = None
    asked: bool = False
    kind: Kind | None = None

    @property
    def sentence(self) -> str:
        """`text`, and what becomes of the build."""
        return f"{self.text}; the build stops" if self.stops else self.text


DRAFT = Reason("draft", asked=True)
FUTURE = Reason("future", asked=True)
EXPIRED = Reason("expired", asked=True)


class Address(NamedTuple):
    """Where a post is served: site-relative, as the framework writes it. `()`: it makes no page; None: that is not known.
    Either way `reason` says why. `key` is what two posts must not share: the address, or the framework's own id of an
    entry if templates decide about addresses; None if that is not known either. `language` is the code of the language
    that the framework publishes the post in, None if the site has only one."""

    addresses: tuple[str, ...] | None
    key: str | None = None
    reason: Reason | None = None
    aliases: tuple[str, ...] = ()
    language: str | None = None


class Moment(NamedTuple):
    """A date as the framework reads it. `instant` is aware (UTC if the framework assumes it), or naive if the builder's
    zone decides; None if the framework does not read a date. `problem` says what is certainly wrong with the text
    (`there is no month 13; Astro reads 14 February 2025`), None if nothing is."""

    instant: datetime | None
    problem: Reason | None = None
    whole_day: bool = False


class Target(NamedTuple):
    """Where a reference leads. `files`: to the first of `paths` (site-relative, in this exact case) that exists;
    `external`: elsewhere; `unknown`: not judged; `missing`: never served, whatever lies on disk.

    `certain` is False if a missing file may still be served by means that postlint cannot see. `note` explains why the
    target is missing; `stops`: the build stops if it is. `address`: a link may also lead to the post that has this
    address, or had it (an alias); with one, `unknown` is judged only if a post has it. `lacks`: a link that leads there
    only with this path before it. See `Framework.link`.
    """

    status: Literal["files", "external", "unknown", "missing"]
    paths: tuple[str, ...] = ()
    certain: bool = True
    note: str | None = None
    address: str | None = None
    stops: bool = False
    lacks: str | None = None

    @property
    def why(self) -> str | None:
        """`note`, and what becomes of the build; None if neither is known."""
        stops = "the build stops" if self.stops else None
        return "; ".join(filter(None, (self.note, stops))) or None


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
