"""The facts about a post that site-wide rules need: its address, its images and its links, but not its text."""

import re
from collections.abc import Iterable, Sequence, Set
from datetime import datetime
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple, cast

from postlint.files.files import Found
from postlint.frameworks.answers import Address, Moment, Reason, Target, Where
from postlint.text import Span

_FEW = 32
_new = tuple.__new__  # a third of the price of a NamedTuple's own constructor
_PARTS = re.compile(r'["/#?]|\\"')


class Use(NamedTuple):
    """One reference to an image or another page: as a browser gets it, as it is written, and its target.

    `span` is the written reference, `shown` the place that a finding points at.
    """

    target: str
    written: str
    span: Span
    shown: Span
    where: Where
    leads: Target
    field: str | None = None

    @property
    def key(self) -> str:
        """What two references to one image have in common: an address that is the same in every post, otherwise all paths
        it may be at."""
        is_relative = self.leads.paths and not self.target.startswith("/") and "://" not in self.target
        return " ".join(self.leads.paths) if is_relative else self.target


class MissingImage(NamedTuple):
    """An image that does not exist under the exact name as written; `found` is the result for each possible path."""

    use: Use
    found: tuple[Found, ...]


class Link(NamedTuple):
    """A link to another place of the site or of its own page: `target` as a browser gets it, written from `start` to
    `end`. `judged` says whether it may be reported as missing; `paths`, `address`, `certain` and `why` are those of the
    `Target` it leads to.

    `lacks` is the path that must stand before it, None if it is complete. `written` is None if it is written as a browser
    gets it; `shown` is what a finding points at, None for the link
    itself. There may be many links, so they hold only plain data.
    """

    target: str
    start: int
    end: int
    judged: bool
    paths: tuple[str, ...]
    address: str | None
    certain: bool
    why: str | None
    written: str | None
    shown: tuple[int, int] | None
    lacks: str | None

    @property
    def span(self) -> Span:
        return Span(*(self.shown or (self.start, self.end)))

    @property
    def key(self) -> str:
        """What two links to one page or file have in common: its address, otherwise all paths it may be at."""
        return self.address or " ".join(self.paths) or self.target

    @property
    def anchor(self) -> str:
        """The text after the `#`, decoded; in a template's tag up to the end of the text there."""
        anchor = self.target.partition("#")[2]
        return _unquoted(anchor.partition("'")[0].partition('"')[0] if "}}" in anchor or "%}" in anchor else anchor)


class Value(NamedTuple):
    """One value of the front matter and its place."""

    field: str
    text: str
    span: Span


class Dated(NamedTuple):
    """A date of the front matter by its role."""

    role: str
    field: str
    moment: Moment
    span: Span


FieldFact = tuple[str, str, int, int]
"""A top-level field: its name, the kind of its value (`text`, `number`, `flag`, `date`, `list`, `mapping`, `nothing`),
and where the key begins and ends (code points)."""


class _Brief(NamedTuple):
    path: str
    collection: str | None
    language: str | None
    shape: str
    draft: bool
    title: str


class Facts:
    """One post as site rules see it: a view of plain data. Each part is made on first use, since most parts of most posts
    are never used.

    `parts` are path, collection, address, title, slug, draft, dates, tags, the shape and the places of the fields, head,
    whether there is a schema, and terms; `shown` are images, links, ids and headings, perhaps still as JSON. Both are made
    of text, numbers, tuples and lists alone: an instant is text in ISO 8601, and None stands for what an image would
    repeat. Either may be bytes of `marshal`, which stay so: as objects they would take five times the memory. `path` is that
    of the post, if a text of it is there that can be shared.
    """

    __slots__ = ("_address", "_brief", "_parts", "_path", "_shown")

    def __init__(
        self, parts: Sequence[Any] | bytes, shown: Sequence[Any] | str | bytes, path: str | None = None
    ) -> None:
        self._path = path
        self._parts = parts
        self._shown = shown
        self._address: Address | None = None
        self._brief: _Brief | None = None

    @property
    def parts(self) -> Sequence[Any]:
        """What other posts may have to know of the post, but its images and links."""
        return _unpacked(self._parts) if isinstance(self._parts, bytes) else self._parts

    @property
    def brief(self) -> "_Brief":
        """What most rules that compare posts ask for, read once: short text, most of which posts share."""
        if self._brief is None:
            path, collection, address, title, _, draft, _, _, (shape, _), *_ = self.parts
            language = address[4]
            self._brief = _new(
                _Brief,
                (self._path or path, collection, language, intern(shape), draft, cast(str, title[1]) if title else ""),
            )
        return self._brief

    @property
    def path(self) -> str:
        return self._path or self.brief.path

    @property
    def collection(self) -> str | None:
        return self.brief.collection

    @property
    def address(self) -> Address:
        if self._address is not None:
            return self._address
        addresses, key, reason, aliases, language = self.parts[2]
        known = None if addresses is None else tuple(addresses)
        why = None if reason is None else _reason(*reason)
        # Of all parts this is asked for most often, by every rule that compares posts.
        self._address = Address(known, key, why, tuple(aliases), language)
        return self._address

    @property
    def title(self) -> Value | None:
        return _value(self.parts[3]) if self.parts[3] else None

    @property
    def title_text(self) -> str:
        """The text of `title`, empty without one."""
        return self.brief.title

    @property
    def slug(self) -> Value | None:
        return _value(self.parts[4]) if self.parts[4] else None

    @property
    def draft(self) -> bool:
        return self.brief.draft

    @property
    def dates(self) -> list[Dated]:
        return [Dated(role, field, _moment(*moment), Span(*span)) for role, field, moment, span in self.parts[6]]

    def may_be_after(self, day: str) -> bool:
        """Whether one of `dates` may be later than `day`, in ISO 8601. Reads no date."""
        return any(date[2][0] and date[2][0] > day for date in self.parts[6])

    @property
    def tags(self) -> list[Value]:
        return [_value(tag) for tag in self.parts[7]]

    @property
    def tag_words(self) -> list[tuple[str, str]]:
        """The fields and texts of `tags`."""
        return [(field, text) for field, text, _ in self.parts[7]]

    @property
    def language(self) -> str | None:
        """That of `address`."""
        return self.brief.language

    @property
    def shape(self) -> str:
        """The names and kinds of the fields (see `kinds_of`); many posts share one shape."""
        return self.brief.shape

    @property
    def fields(self) -> list[FieldFact]:
        shape, spans = self.parts[8]
        return [(name, kind, *span) for (name, kind), span in zip(kinds_of(shape), spans, strict=True)]

    @property
    def opening_line_end(self) -> int | None:
        """The place of findings about missing fields; None if there is no front matter, or it is broken."""
        found: int | None = self.parts[9]
        return found

    @property
    def has_schema(self) -> bool:
        found: bool = self.parts[10]
        return found

    @property
    def terms(self) -> list[tuple[str, str]]:
        """The values of the keys that the framework lists posts by (`AddressTraits.listed_by`), each with its key."""
        return [(field, text) for field, text in self.parts[11]]

    @property
    def images(self) -> list[Use]:
        return [
            Use(
                target,
                target if written is None else written,
                Span(*span),
                Span(*(shown or span)),
                where,
                Target(leads[0], tuple(leads[1]), *leads[2:]),
                field,
            )
            for target, written, span, shown, where, leads, field in self.shown[0]
        ]

    @property
    def image_leads(self) -> list[tuple[str, Sequence[str]]]:
        """The status and the paths of the target of each of `images`."""
        return [image[5][:2] for image in self.shown[0]]

    @property
    def links(self) -> list[Link]:
        """Those that lead to the site, as far as is known."""
        return [Link(*link) for link in self.shown[1]]

    @property
    def links_to_places(self) -> list[Link]:
        """Those of `links` that have an anchor: mostly few."""
        return [Link(*link) for link in self.shown[1] if "#" in link[0]]

    @property
    def ids(self) -> Sequence[str]:
        """The ids that the post itself sets."""
        found: Sequence[str] = self.shown[2]
        return found

    @property
    def headings(self) -> Sequence[str] | None:
        """The texts of headings without their own id; None if the page may have ids that cannot be seen here."""
        found: Sequence[str] | None = self.shown[3]
        return found

    @property
    def seen_by_others(self) -> tuple[Any, ...]:
        """All that a finding about another post can depend on: everything but where it stands in this one."""
        path, collection, address, title, slug, draft, dates, tags, (shape, _), head, has_schema, terms = self.parts
        images, links, ids, headings = self.shown
        return (
            (
                path,
                collection,
                [*address],
                title and title[:2],
                slug and slug[:2],
                draft,
                shape,
                head is None,
                has_schema,
                [tuple(term) for term in terms],
            ),
            [(role, field, [*moment]) for role, field, moment, _ in dates],
            [tuple(tag[:2]) for tag in tags],
            [(target, where, [*leads], field) for target, _, _, _, where, leads, field in images],
            [(link[0], *link[3:8]) for link in links],
            [*ids],
            headings and [*headings],
        )

    @property
    def without_places(self) -> tuple[Any, ...]:
        """All that is known but where it stands in the post."""
        images, links, *_ = self.shown
        return (*self.seen_by_others, [image[1] for image in images], [(link[8], link[10]) for link in links])

    @property
    def places(self) -> list[int]:
        """Where what is known stands in the post: beginnings and ends in turn, as many as in any post with the same
        `without_places`."""
        _, _, _, title, slug, _, dates, tags, (_, fields), head, _, _ = self.parts
        images, links, *_ = self.shown
        spans = [title[2]] if title else []
        spans += [slug[2]] if slug else []
        spans += (date[3] for date in dates)
        spans += (tag[2] for tag in tags)
        spans += fields
        spans += [(head, head)] if head is not None else []
        spans += (span for image in images for span in (image[2], image[3] or image[2]))
        spans += (span for link in links for span in (link[1:3], link[9] or link[1:3]))
        return [offset for span in spans for offset in span]

    def mentions(self, paths: Set[str], words: Set[str]) -> bool:
        """Whether an image or link of the post may lead to one of `paths`, or have one of `words` in its address. Both are
        written as in JSON."""
        import json

        text = self._shown if isinstance(self._shown, str) else json.dumps(self.shown)
        if paths and not paths.isdisjoint(text.split('"')):
            return True
        if len(words) <= _FEW and "%" not in text and not any(word in text for word in words):
            return False
        return not words.isdisjoint(_PARTS.split(_unquoted(text)))

    @property
    def shown(self) -> Sequence[Any]:
        """The images and links of the post."""
        if isinstance(self._shown, str):
            import json

            self._shown = cast("list[Any]", json.loads(self._shown))
        return _unpacked(self._shown) if isinstance(self._shown, bytes) else self._shown


@lru_cache(maxsize=1024)
def _reason(*parts: Any) -> Reason:
    """Many posts share one: it is kept once."""
    return Reason(*parts)


@lru_cache(maxsize=_FEW)
def _unpacked(packed: bytes) -> Sequence[Any]:
    """What was packed. A rule asks one post several things before it goes on to the next."""
    import marshal

    found: Sequence[Any] = marshal.loads(packed)  # noqa: S302 - see `transport.pack`
    return found


def shape_of(kinds: Iterable[tuple[str, str]]) -> str:
    """The shape of fields with these names and kinds, in this order."""
    return "\0".join([f"{kind} {name}".replace("\0", "\ufffd") for name, kind in kinds])


@lru_cache(maxsize=4096)
def kinds_of(shape: str) -> tuple[tuple[str, str], ...]:
    """The names and kinds from which `shape` was made."""
    parts = [part.partition(" ") for part in shape.split("\0")] if shape else ()
    return tuple([(name, kind) for kind, _, name in parts])


def by_shape(group: Iterable[Facts]) -> dict[str, list[Facts]]:
    """The posts of `group` by the names and kinds of their fields."""
    out: dict[str, list[Facts]] = {}
    for facts in group:
        out.setdefault(facts.brief.shape, []).append(facts)
    return out


def _value(part: Sequence[Any]) -> Value:
    field, text, span = part
    return Value(field, text, Span(*span))


def _moment(instant: str | None, problem: Sequence[Any] | None, whole_day: bool) -> Moment:
    read = datetime.fromisoformat(instant) if instant else None
    return Moment(read, None if problem is None else Reason(*problem), whole_day)


def _unquoted(text: str) -> str:
    """`text` without percent-encoding."""
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)
