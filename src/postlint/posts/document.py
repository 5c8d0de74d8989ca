"""One post, read once: its text, its front matter and its body, each parsed when first asked for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from postlint import front_matter
from postlint.diagnostics import Edit
from postlint.front_matter import Entry, FrontMatter, Node, Problem
from postlint.posts.fields import Fields
from postlint.text import Span, Text

# The steps of a key path: a key, or the number of an item of a list.
_STEPS = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_MOST_REFUSALS = 10
# What follows from the text of a post and the way it is read, wherever the post is.
_OF_TEXT = (
    "front_matter",
    "body",
    "quiet",
    "data",
    "entries",
    "roles",
    "media",
    "repeats",
    "is_broken",
    "opening_line_end",
    "violations",
    "editor_violations",
)

if TYPE_CHECKING:
    from frontmatter import Post as FrontMatterPost

    from postlint.body import Body
    from postlint.frameworks.answers import Address, Moment, Reason
    from postlint.frameworks.framework import Framework
    from postlint.schema import Media, Schema, Violation
    from postlint.schema.sources import Source


class DateField(NamedTuple):
    """A date of the front matter: its role, its entry, and what the framework reads."""

    role: str
    entry: Entry
    moment: "Moment"


class Demand(NamedTuple):
    """What an editor of the site's posts declares of one: the schema, its name, and the YAML parser of the editor."""

    name: str
    yaml: str
    schema: "Schema"


def dotted(path: tuple[str | int, ...]) -> str:
    """A path of keys and list indexes as users write it: `authors[1].url`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def meant_to_begin(post: "Document") -> "Problem | None":
    """Why a post that was meant to have front matter has none; None if it was not meant to."""
    if post.front_matter.language is not None or post.framework.front_matter.anywhere:
        return None
    from postlint.front_matter.openings import almost, on_one_line

    text = post.text.readable
    if not post.framework.front_matter.any_line_ends and (problem := on_one_line(text, post.framework.title)):
        return problem
    return almost(text, post.framework.front_matter.reader_known)


def goes_on(post: "Document") -> "Problem | None":
    """Why fields after the front matter of a post are not part of it; None if there are none."""
    if post.front_matter.language != "yaml" or post.framework.front_matter.anywhere:
        return None
    from postlint.front_matter.openings import repeated

    return repeated(post.text.readable, post.front_matter)


class Document:
    """A post of a site. `path` is relative to the site's root, with `/` as separator; `collection` is the name
    of its collection, None if it is in none."""

    def __init__(
        self,
        path: str,
        text: Text,
        framework: "Framework",
        collection: str | None = None,
        schema: "Schema | None" = None,
        publish: bool = False,
    ) -> None:
        self.path = path
        self.text = text
        self.framework = framework
        self.collection = collection
        self.schema = schema
        self.dialect = framework.dialect
        """How front matter is read: as the content tool does that the site gets the post from, else as the framework."""
        self.source: Source | None = None
        """The content tool that the site gets the post from, if it is not the framework alone."""
        self.declared: Sequence[Demand] = ()
        """What editors of the site's posts declare of this one."""
        self._publish = publish

    def with_text(self, text: Text) -> "Document":
        """The same post with another text."""
        other = Document(self.path, text, self.framework, self.collection, self.schema, self._publish)
        other.dialect, other.source, other.declared = self.dialect, self.source, self.declared
        return other

    def is_alike(self, other: "Document") -> bool:
        """Whether `other`, a post of the same site with the same text, is read in the same way."""
        return (
            self.schema is other.schema
            and self.dialect == other.dialect
            and self.source is other.source
            and self.declared == other.declared
            and self._readers == other._readers
        )

    @property
    def _readers(self) -> tuple[object, ...]:
        """What the site reads the body with."""
        framework, path = self.framework, self.path
        return framework.syntax(path), framework.mdx(path, self.data), framework.vue(path), framework.svelte(path)

    def share(self, other: "Document") -> None:
        """Take over from `other`, which `is_alike`, what was parsed of its text."""
        self.text = other.text
        known = vars(other)
        vars(self).update({name: known[name] for name in _OF_TEXT if name in known})

    @cached_property
    def media(self) -> "Mapping[str, Media]":
        """Where the images lie that fields name, as the site's content tools say: see `Schema.media`."""
        schemas = [*(demand.schema for demand in self.declared), self.schema]
        return {key: media for schema in schemas if schema is not None for key, media in schema.media.items()}

    @cached_property
    def front_matter(self) -> FrontMatter:
        return front_matter.read(self.text.readable, self.dialect)

    @cached_property
    def body(self) -> "Body":
        from postlint.body import markdown

        return markdown.read(self.text.readable, self.front_matter.body, self.framework.syntax(self.path))

    @cached_property
    def data(self) -> Mapping[str, Any]:
        """The front matter's values as the framework's own parser reads them; empty if it is not a mapping."""
        found = self.front_matter
        is_yaml = found.language == "yaml"
        merges = not is_yaml or "<<" not in self.text.value or front_matter.merges(self.dialect)
        data = front_matter.to_data(found.root, merges)
        if not isinstance(data, dict):
            return {}
        if is_yaml and (texts := self.framework.front_matter.texts):
            for entry in found.root.entries or ():
                if entry.name in texts and entry.node.is_scalar and data[entry.name] is not None:
                    data[entry.name] = entry.node.text
        if self._firsts and len(data) != len(self.front_matter.root.entries or ()):
            data |= front_matter.repeats(self.front_matter.root, self._firsts)
        return data

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The top-level entries by name; of repeated keys the one that counts: in most parsers the last."""
        entries = self.front_matter.root.entries or ()
        firsts = (
            {entry.name: entry for entry in reversed(entries) if entry.name in self._firsts} if self._firsts else {}
        )
        return {entry.name: entry for entry in entries} | firsts

    @property
    def _firsts(self) -> frozenset[str]:
        """The keys whose first value counts if they are set twice."""
        return self.dialect.firsts if self.front_matter.language == "metadata" else frozenset()

    @cached_property
    def roles(self) -> Mapping[str, tuple[str, ...]]:
        """Role → keys that have it: those that the schema names, otherwise the framework's."""
        schemas = [demand.schema for demand in self.declared]
        named = [each.roles for each in (*schemas, self.schema) if each is not None and each.roles]
        return {key: value for roles in (self.framework.roles, *named) for key, value in roles.items()}

    def fields(self, role: str) -> Iterator[Entry]:
        """The entries that play `role` (`published`, `slug`, …) in this post, by the role's own order of keys.

        A key in a nested mapping has dots (`cover.image`); its entry then has that name.
        """
        entries = self.entries
        for name in self.roles.get(role, ()):
            # Most posts have one of the keys of a role, and few of the others have dots.
            if entry := entries[name] if name in entries else self.find(name) if "." in name else None:
                yield entry

    def find(self, name: str) -> Entry | None:
        """The entry with the key `name`, in a nested mapping if it has dots."""
        if name in self.entries:
            return self.entries[name]
        if "." in name and (found := front_matter.find(self.front_matter.root, tuple(name.split(".")))):
            return Entry(name, Node(found[0] or found[1].span, name), found[1])
        return None

    def field(self, role: str) -> Entry | None:
        return next(self.fields(role), None)

    @cached_property
    def dates(self) -> tuple[DateField, ...]:
        """The dates of publication, update and expiry, in this order, without empty values, lists and mappings."""
        return tuple(
            DateField(role, entry, self._moment(role, entry))
            for role in ("published", "updated", "expires")
            for entry in self.fields(role)
            if entry.node.is_scalar and (entry.node.value is not None or self._is_coerced(entry))
        )

    def _is_coerced(self, entry: Entry) -> bool:
        """Whether the site's content tool makes a date of any value of the field."""
        return self.source is not None and self.schema is not None and self.schema.coerced.get(entry.name) == "date"

    def _moment(self, role: str, entry: Entry) -> "Moment":
        value, text = entry.node.value, entry.node.text
        if self.source is None:
            return self.framework.dated(self.path, role, value, text)
        from postlint.frameworks._shared import new_date

        return new_date.utc(value, text, self.source.title, self._is_coerced(entry))

    @cached_property
    def address(self) -> "Address":
        """Where the post is served, as its framework says."""
        from postlint.frameworks.answers import Address, Reason

        reason = self.framework.why_not_a_page(self.path, self.text.value[:80].partition("\n")[0])
        if reason is None and self.schema is not None and self.schema.drops and (broken := self.left_out):
            kind: Literal["missing", "unknown", "value"] = "value" if broken.kind == "invalid" else broken.kind
            reason = Reason(broken.message, field=dotted(broken.location) or None, kind=kind)
        if reason is None:
            # What is never closed is the body of a post without front matter.
            if self.is_broken and self.front_matter.body and (unread := self.framework.broken_address(self.path)):
                return unread
            return self.framework.address_with_text(self.path, self.data, self.text.value, self.front_matter.body)
        return Address((), reason=reason)

    @cached_property
    def is_broken(self) -> bool:
        """Whether the framework cannot read the front matter, or the whole file."""
        found = self.front_matter
        is_one_text = found.root.entries == () and bool(found.root.text)  # a parser can read it; it has no fields
        if (found.problem and not is_one_text) or (self.framework.front_matter.needs_utf8 and not self.text.decoded):
            return True
        # JSON's readers take the last of repeated keys.
        refuses = self.dialect.refuses_repeats and found.language != "json"
        return refuses and any(map(self.refuses_repeat, self.repeats))

    def refuses_repeat(self, repeat: "tuple[tuple[str | int, ...], Entry, Entry]") -> bool:
        """Whether the framework cannot read the front matter because of one of `repeats`."""
        if not self.dialect.refuses_repeats:
            return False
        path, open_keys = repeat[0], self.framework.front_matter.open_keys
        return self.front_matter.language != "yaml" or len(path) < 2 or path[0] not in open_keys

    @cached_property
    def repeats(self) -> "tuple[tuple[tuple[str | int, ...], Entry, Entry], ...]":
        """Every entry whose key its mapping already has: its path, itself, and the first entry of that key."""
        return tuple(front_matter.repeated(self.front_matter.root))

    @cached_property
    def values(self) -> "object | Reason":
        """The front matter as the framework hands it on, or why it refuses it. Meaningless if `is_broken`."""
        from postlint.frameworks.answers import Reason

        found = self.front_matter
        values = self.framework.values_with_text(self.path, self.data, found.language, self.text.value, found.body)
        if isinstance(values, Reason) or self.data or not found.language:
            return values
        whole = found.root.text if found.root.text else front_matter.to_data(found.root)
        return values if isinstance(whole, dict) else self.framework.non_mapping_values(whole)

    @cached_property
    def refusal(self) -> "Reason | None":
        """Why the framework makes no page of the post, or stops the build at it; None if it makes one, if that is not
        known, or if it cannot read the front matter."""
        from postlint.frameworks.answers import Reason

        if self.is_broken:
            return None
        if isinstance(self.values, Reason):
            return self.values
        return self.address.reason if self.address.addresses == () else None

    @cached_property
    def draft(self) -> bool:
        """Whether the post is a draft, by the framework's rule or the schema's role; False if drafts are checked as if they
        were published."""
        if self._publish:
            return False
        named = self.schema.roles.get("draft", ()) if self.schema is not None else ()
        return self.framework.draft(self.path, self.data) or any(self.data.get(key) is True for key in named)

    @cached_property
    def published(self) -> DateField | None:
        """The publication date, if there is one and it is certainly a date."""
        found = next((date for date in self.dates if date.role == "published"), None)
        return found if found and found.moment.instant and not found.moment.problem else None

    @cached_property
    def opening_line_end(self) -> int | None:
        """The end of the line that opens the front matter: the place of a finding about something missing. None if there is
        no front matter, or it is broken."""
        found = self.front_matter
        if found.problem or found.language is None:
            return None
        start, end = found.opening
        return start + len(self.text.value[start:end].rstrip())

    def field_at(self, offset: int) -> str | None:
        """The path of the front-matter value that contains `offset` (`tags[2]`), None if none does."""
        return dotted(self._fields.at(offset)) or None

    @cached_property
    def _fields(self) -> Fields:
        return Fields(self.front_matter.root)

    @cached_property
    def violations(self) -> "tuple[Violation, ...]":
        """The schema errors of this post; empty if there is no schema or the front matter is broken."""
        if self.front_matter.problem:
            return ()
        if self.schema is None:
            return ()
        data = self.data
        if "$schema" in data and "$schema" not in self.schema.fields:
            data = {key: value for key, value in data.items() if key != "$schema"}
        return self.schema.violations(data)

    @cached_property
    def editor_violations(self) -> "tuple[tuple[str, Violation], ...]":
        """The mistakes against what editors of the site's posts declare, each with the name of the schema."""
        if self.front_matter.problem:
            return ()
        return tuple(
            (demand.name, violation)
            for demand in self.declared
            for violation in demand.schema.violations(self._read_as(demand.yaml))
        )

    def _read_as(self, yaml: str) -> object:
        """The front matter's values as the YAML parser `yaml` types them."""
        if self.front_matter.language != "yaml" or yaml == self.dialect.yaml:
            return self.data
        data = front_matter.retyped(self.front_matter.root, yaml)
        return data if isinstance(data, dict) else {}

    @cached_property
    def left_out(self) -> "Violation | None":
        """The mistake for which the site's content tool makes no page of the post, or stops the build."""
        broken = (each for each in self.violations if each.consequence and not each.consequence.published)
        return next(broken, None)

    @cached_property
    def quiet(self) -> list[Span]:
        """The parts that are not prose: code, comments, addresses, templates. Sorted, never overlapping."""
        from postlint.body import quiet

        return quiet(self.body)

    @cached_property
    def refusals(self) -> "tuple[Reason, ...]":
        """`refusal`, and what the framework would refuse next, were the value that it names not there; each at a key of its
        own."""
        from postlint.frameworks.answers import Reason

        found: list[Reason] = []
        data, reason = self.data, self.refusal
        while reason is not None and reason not in found:
            # What is missing may be so only because it was left out here.
            if found and (reason.kind == "missing" or not reason.stops or reason.field is None):
                break
            found.append(reason)
            if not reason.stops or not reason.field or reason.kind == "missing" or len(found) == _MOST_REFUSALS:
                break
            data = self._without(data, [name for name, _ in _STEPS.findall(reason.field) if name])
            values = self.framework.values(self.path, data, self.front_matter.language)
            if isinstance(values, Reason):
                reason = values
            else:
                address = self.framework.address(self.path, data)
                reason = address.reason if address.addresses == () else None
        return tuple(found)

    def _without(self, data: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
        """`data` without the key at the path `names`."""
        out = dict(data)
        for key in [key for key in data if self._same(key, names[0])]:
            if len(names) > 1 and isinstance(data[key], dict):
                out[key] = self._without(data[key], names[1:])
            else:
                del out[key]
        return out

    def place_of(self, field: str | None) -> Span:
        """Where a finding about the front matter's key path `field` (`aliases[1]`) goes: at the value, or at the key if the
        value is empty or is not a scalar. For a field that is missing, that is the end of the opening line; for None, the
        beginning of the post."""
        if field is None:
            return Span(0, 0)
        node, span = self.front_matter.root, None
        for name, number in _STEPS.findall(field):
            if number:
                items = node.items or ()
                if int(number) >= len(items):
                    break
                node = items[int(number)]
                span = node.span
                continue
            entry = next((each for each in reversed(node.entries or ()) if self._same(each.name, name)), None)
            if entry is None:
                break
            node = entry.node
            span = node.span if node.is_scalar and node.text and not node.alias else entry.key.span
        return span or Span(self.opening_line_end or 0, self.opening_line_end or 0)

    def _same(self, name: str, other: str) -> bool:
        return name == other or (not self.framework.front_matter.keys_have_case and name.casefold() == other.casefold())

    def edit_scalar(self, node: Node, value: str) -> Edit:
        """An edit that makes the scalar `node` read as `value`, in the quotes it has now if they can hold it."""
        assert self.front_matter.language is not None
        source = self.text.value
        content = front_matter.write_scalar(value, node, source, self.front_matter.language)
        return Edit(node.span.start, node.span.end, content)

    def to_post(self) -> "FrontMatterPost":
        """This post as python-frontmatter's `Post`: metadata, content and the handler of its language."""
        from postlint.front_matter.post import to_post

        return to_post(self.front_matter, self.text.readable)

    @classmethod
    def from_post(cls, post: "FrontMatterPost", path: str = "post.md", framework: str = "none") -> "Document":
        """A document whose text is `post` as python-frontmatter writes it."""
        from postlint.frameworks import load
        from postlint.front_matter.post import from_post

        return cls(path, Text(from_post(post)), load(framework)(None))
