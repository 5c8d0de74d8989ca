"""Site frameworks: what one file per framework says, and finding the one that a post belongs to."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache, cached_property
from importlib import import_module
from types import MappingProxyType
from typing import Any, ClassVar, Literal, NamedTuple

from postlint.body.syntax import Syntax
from postlint.files import Files
from postlint.front_matter import Dialect, Language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from postlint.frameworks._data_sets import DataSet
    from postlint.mdx import Setup
    from postlint.schema import Stated

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
    judged unless a post has it. See `Framework.link`.
    """

    status: Literal["files", "external", "unknown", "missing"]
    paths: tuple[str, ...] = ()
    certain: bool = True
    note: str | None = None
    address: str | None = None


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


class Framework:
    """What postlint must know of a site generator, and of the one site that an instance is bound to.

    An instance is plain picklable data: `__init__` reads the site's own settings, statically, and keeps values only.
    Every path is relative to the site's root, `/` as separator. What can't be read makes answers None, not wrong.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    roles: Mapping[str, tuple[str, ...]]
    """Role (`title`, `slug`, `published`, `updated`, `expires`, `image`, `tags`, …) → the keys that play it."""
    excluded_names: ClassVar[frozenset[str]] = frozenset()
    """Base names, in lower case and without ending, of files among the posts that are none."""
    address_keys: ClassVar[tuple[str, ...]] = ()
    """Keys whose value is the whole address of a post, whatever its slug is."""
    addresses_known: ClassVar[bool] = True
    """Whether posts have addresses that come from their names, so that a slug beside the name can be a mistake."""
    cleans_slugs: ClassVar[bool] = False
    """Whether any text will do for a slug: the framework itself makes it fit for an address."""
    empty_slug_counts: bool = True
    """Whether a slug that is written and left empty is one, else the post has its address from elsewhere."""
    alias_key: str | None = None
    """The key of the list of other addresses that lead to the post, None where there is none."""
    needs_front_matter: ClassVar[bool] = False
    """Whether a file without any front matter stops the build."""
    front_matter_optional: bool = False
    """Whether a file without any is as good as one with: title and place come from elsewhere."""
    reads_lines: bool = False
    """Whether the site's own code seems to read front matter line by line, so that it takes what no YAML parser does."""
    heading_ids_known: ClassVar[bool] = True
    """Whether the ids of headings are known to the letter: where they are not, signs and case tell nothing."""
    reader_known: ClassVar[bool] = True
    """Whether it is known what reads the posts: else front matter may begin without a fence, and hold more than YAML."""
    front_matter_anywhere: bool = False
    """Whether front matter need not be the first thing in a file."""
    dated_collections: ClassVar[frozenset[str]] = frozenset()
    """The collections in which a file without front matter stops the build, where it does not do so in all of them."""
    may_be_empty: ClassVar[frozenset[str]] = frozenset()
    """The collections in which an empty file does something: it makes a page of its folder."""
    keys_have_case: ClassVar[bool] = True
    """Whether `Title` is another key than `title`."""
    tags_as_text: TagsAsText | None = None
    """What becomes of tags that are one text and no list: split at white space (`words`), at commas, at commas but
    `untrimmed`, one tag (`whole`), or the build stops (`refused`). None where the site's own templates decide."""
    needs_utf8: ClassVar[bool] = False
    """Whether a file that is not UTF-8 stops the build, or is left out; else its bad bytes are read as `�`."""
    contests_aliases: ClassVar[bool] = False
    """Whether an alias that another post has for its address is a conflict, as two equal addresses are."""
    loose_keys: ClassVar[frozenset[str]] = frozenset()
    """Keys whose values the framework takes in several kinds: a text where others have a list of them."""
    terms_have_ids: ClassVar[bool] = False
    """Whether the terms of definition lists may have ids, as headings have."""
    required: tuple[str, ...] = ()
    """Keys without which the framework refuses a post."""
    dialect: Dialect
    collections: tuple[Collection, ...] = ()
    settings: tuple[Setting, ...] = ()
    schemas: "Mapping[str, str | Stated]" = MappingProxyType({})
    """Collection → what the site's own code demands of its posts: a schema read from there, or a built-in's name."""
    depends_on_time: bool = False
    """Whether the answers below depend on when they are asked for."""
    shared_public: tuple[str, ...] = ()
    """Folders whose files are served from the site's root."""

    data_folders: tuple[str, ...] = ("data", "_data")
    """Folders of data files, which posts may refer to."""

    @classmethod
    def detect(cls, files: Files) -> str | None:
        """The name of the file in the folder that shows a site of this framework, None where nothing does."""
        return None

    def __init__(self, files: Files | None) -> None:
        """Read the settings of the site at `files.root`; None: there is no file system, assume the defaults."""

    @cached_property
    def known_keys(self) -> tuple[str, ...]:
        """Every top-level key that plays a role."""
        return tuple({key: None for keys in self.roles.values() for key in keys if "." not in key})

    def syntax(self, path: str) -> Syntax:
        return Syntax(mdx=path.endswith(".mdx"))

    def mdx(self, path: str, data: Mapping[str, Any]) -> "Setup | None":
        """How the compiler of MDX is set up that reads the post at `path` with the front matter `data`; None where none
        does, or where it is not known which."""
        return None

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        """The address of the post at `path` with the front matter `data`."""
        return Address(None, reason="no site framework")

    def address_with_text(self, path: str, data: Mapping[str, Any], text: str, body: int) -> Address:
        """`address`, for a framework that makes it of the post's own title: the body of `text` begins at `body`."""
        return self.address(path, data)

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return any(data.get(key) is True for key in self.roles.get("draft", ()))

    def withheld(self, path: str, data: Mapping[str, Any], at: datetime) -> str | None:
        """Why the post is not published `at` that instant though it is no draft (`future`, `expired`); None: it is."""
        return None

    def copied(self, path: str, first_line: str) -> str | None:
        """Why the file at `path`, whose text begins with `first_line`, makes no page though its name says so; None: it
        makes one."""
        return None

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | None:
        """`data`, read from `language` (None: there is no front matter), as the framework hands it on: casts done,
        names as it knows them. None where it refuses them."""
        return data

    def shows_broken(self, path: str) -> bool:
        """Whether the post at `path` is shown although its front matter cannot be read."""
        return False

    def loose(self, value: object) -> object:
        """`values` of front matter that is no mapping but a list or a text."""
        return value if isinstance(value, list) else {}

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        """What becomes of the post at `path` where those at `others` have the same address; None: it is the one that is
        shown."""
        return Address(None, reason="several posts have this address; which one is shown is not certain")

    def moment(self, value: object, text: str) -> Moment:
        """Read a date: `value` as the front matter's parser typed it, `text` its characters."""
        raise NotImplementedError

    def dated(self, path: str, role: str, value: object, text: str) -> Moment:
        """`moment`, for a framework that reads the date of the post at `path` by the role that it plays."""
        return self.moment(value, text)

    def named_date(self, path: str) -> datetime | None:
        """The date of publication that the framework takes from the post's name where the front matter has none."""
        return None

    def misnamed(self, path: str) -> str | None:
        """Why the file at `path`, among posts, is none for the framework, whatever it holds: what its name should be."""
        return None

    def embedded(self, tag: str) -> Sequence[Embedded]:
        """The images and links that the template's tag `tag` (`{{< figure src="a.png" >}}`) names literally."""
        return ()

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        """Where the image `target`, as a browser gets it, is looked for by the post at `path`.

        `data` is its front matter, which may move the page that `target` is resolved against; `tag` the name of the
        template's tag that it stands in.
        """
        raise NotImplementedError

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        """Where the link `target`, which is no mere `#anchor`, leads from the post at `path`; see `image`.

        To a file that the framework looks for beside the sources (`[a](b.md)` in Docusaurus): a target of `files`, as
        for an image. To an address of the site: a target of `files` with that `address`, as `Address.addresses` would
        have it (a slash, `index.html` or `.html` at its end and percent-encoding do not count), and with the `paths` of
        files that would answer it too: static ones (see `_web.page`), and sources of pages that are no posts. It is
        looked for among the addresses and aliases of all the site's posts, then among `paths`, then in the redirects of
        the site's host (`_redirects`, `netlify.toml`, `vercel.json`).

        What is not found is an error, so the target must be another where something else may answer the address: pages
        that templates, plugins, themes or code make (lists, tags, archives, feeds, page 2), redirects of the
        framework's own, posts whose addresses its settings hide. Where that is likely (`/tags/a/`), its status is
        `unknown`; the address, which may be that of a post all the same, is kept, for `link-anchor`. Where it is
        possible but unlikely, `certain` is False: such a link is told to be missing only where one post with the very
        same last part has another address.
        """
        return UNKNOWN

    def referring(self, path: str) -> Mapping[str, str]:
        """The keys of the post at `path` whose values must be in a set of the site's data, whatever a schema says, each
        with the name of that set."""
        return {}

    def data_set(self, name: str, files: Files) -> "DataSet | None":
        """What posts may name of the set `name`: a data file, which `name` may also be the path of, or a collection.
        None where that cannot be known."""
        from postlint.frameworks import _data_sets

        return _data_sets.named(files, name, self.data_folders)

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        """The ids that the framework gives the headings of the post at `path`: their plain texts, in order, those with
        an id of their own (`{#id}`) left out. More than there are will do; None where that cannot be known."""
        return None


def now() -> datetime:
    """The instant of this run: `SOURCE_DATE_EPOCH` (seconds since 1970) where it is set, for reproducible runs."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)


def is_external(target: str) -> bool:
    """Whether `target` has a scheme or names a host."""
    return _SCHEME.match(target) is not None


def names() -> list[str]:
    """The frameworks' names: those of their folders."""
    here = os.path.dirname(__file__)
    return sorted(entry.name for entry in os.scandir(here) if entry.is_dir() and not entry.name.startswith("_"))


@cache
def load(name: str) -> type[Framework]:
    """The class of one framework. Raises KeyError for an unknown name."""
    if name not in names():
        raise KeyError(name)
    module = import_module(f"{__name__}.{name}.framework")
    (found,) = (
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Framework) and value.__module__ == module.__name__
    )
    return found
