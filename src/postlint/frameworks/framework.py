"""What postlint must know of a site generator: the class that each framework subclasses."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, ClassVar

from postlint.body.syntax import Syntax
from postlint.files.files import Files
from postlint.frameworks.answers import (
    UNKNOWN,
    Address,
    Collection,
    Embedded,
    Moment,
    Reason,
    Setting,
    Target,
    Where,
)
from postlint.frameworks.traits import AddressTraits, FolderTraits, FrontMatterTraits, LinkTraits, ServingTraits
from postlint.front_matter import Dialect, Language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from postlint.body.mdx_syntax import Setup
    from postlint.body.svelte_syntax import Setup as SvelteSetup
    from postlint.body.templates import Engine
    from postlint.body.vue_syntax import Setup as VueSetup
    from postlint.frameworks.data_sets import DataSet
    from postlint.frameworks.made import Listed, MadePages
    from postlint.schema import Stated
    from postlint.schema.sources import Source


PARTS = "parts"
"""The collection of files that make no pages, but parts of other ones."""


class Framework:
    """What postlint must know of a site generator, and of the one site that an instance is bound to.

    A framework must give `name`, `title`, `roles`, `dialect`, `detect`, `collections`, `address`, `moment`, `image` and
    `link`. Everything else has a default: see `postlint.frameworks.traits` for the facts, and below for the answers.

    An instance is plain picklable data: `__init__` reads the site's own settings, statically, and keeps only values.
    Every path is relative to the site's root, with `/` as separator. An answer is None, not wrong, if the settings that
    decide about it cannot be read.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    roles: Mapping[str, tuple[str, ...]]
    """Role (`title`, `slug`, `published`, `updated`, `expires`, `image`, `tags`, …) → the keys that play it."""
    dialect: Dialect
    yields: ClassVar[bool] = False
    """Whether a site is of this framework only if it is of no other one, here or in a folder above."""
    collections: tuple[Collection, ...] = ()
    excluded_names: ClassVar[frozenset[str]] = frozenset()
    """Base names, in lower case and without ending, of files that lie among posts and are not posts."""
    settings: tuple[Setting, ...] = ()
    schemas: "Mapping[str, str | Stated]" = MappingProxyType({})
    """Collection → what the site's own code demands of its posts: a schema read from there, or a built-in's name."""
    sources: "tuple[Source, ...]" = ()
    """What the site's content tools declare of its posts; set once the instance is bound to the site."""
    depends_on_time: bool = False
    """Whether addresses depend on when they are asked for."""
    front_matter: FrontMatterTraits = FrontMatterTraits()
    addressing: AddressTraits = AddressTraits()
    folders: FolderTraits = FolderTraits()
    linking: LinkTraits = LinkTraits()
    serving: ServingTraits = ServingTraits()

    def __init__(self, files: Files | None) -> None:
        """Read the settings of the site at `files.root`; None: there is no file system, assume the defaults."""

    @classmethod
    def detect(cls, files: Files) -> str | None:
        """The name of the file in the folder that shows a site of this framework, None if nothing does."""
        return None

    # Addresses.

    def mdx(self, path: str, data: Mapping[str, Any]) -> "Setup | None":
        """How the compiler of MDX is set up that reads the post at `path` with the front matter `data`; None if no
        compiler of MDX reads it, or if it is not known which one does."""
        return None

    def vue(self, path: str) -> "VueSetup | None":
        """How the compiler of Vue is set up that reads the post at `path` as a template; None if none does, or if it is not
        known what it is given."""
        return None

    def svelte(self, path: str) -> "SvelteSetup | None":
        """How mdsvex is set up that makes a component of Svelte of the post at `path`; None if it does not, or if it is not
        known what Svelte is given."""
        return None

    def address(self, path: str, data: Mapping[str, Any]) -> Address:
        """The address of the post at `path` with the front matter `data`."""
        return Address(None, reason=Reason("no site framework"))

    def address_with_text(self, path: str, data: Mapping[str, Any], text: str, body: int) -> Address:
        """`address`, for a framework that makes it of the post's own title: the body of `text` begins at `body`."""
        return self.address(path, data)

    def broken_address(self, path: str) -> Address | None:
        """The address of the post at `path` if its front matter cannot be read; None if that changes nothing."""
        return None

    def contested(self, path: str, others: Sequence[str]) -> Address | None:
        """What becomes of the post at `path` if those at `others` have the same address; None if it is the one that is
        shown."""
        return Address(None, reason=Reason("several posts have this address; which one is shown is not certain"))

    def made_pages(self, posts: "Sequence[Listed]") -> "MadePages":
        """The pages that the framework makes by itself, such as lists, given all posts of the site."""
        from postlint.frameworks.made import NOTHING

        return NOTHING

    def term_address(self, path: str, field: str, tag: str) -> str | None:
        """The address of the page that lists the posts with `tag` in `field`, as the post at `path` has it; None if there
        is none, or it is not known."""
        return None

    def why_not_a_page(self, path: str, first_line: str) -> Reason | None:
        """Why the file at `path`, whose text begins with `first_line`, makes no page although its name says so; None if
        it makes one."""
        return None

    def misnamed(self, path: str) -> Reason | None:
        """Why the name of the file at `path`, which lies among posts, keeps the framework from reading it as one; None
        if it does not."""
        return None

    def template_engine(self, path: str, data: Mapping[str, Any]) -> "Engine | None":
        """What reads the template's tags in the body of the post at `path`, whose front matter is `data`; None if nothing
        does, or if that is not known."""
        return None

    # Front matter and dates.

    def values(self, path: str, data: Mapping[str, Any], language: Language | None) -> Mapping[str, Any] | Reason:
        """`data`, read from `language` (None: there is no front matter), as the framework hands it on: casts done,
        names as it knows them. If it refuses them, the reason, with the key."""
        return data

    def values_with_text(
        self, path: str, data: Mapping[str, Any], language: Language | None, text: str, body: int
    ) -> Mapping[str, Any] | Reason:
        """`values`, for a framework that takes what is missing from the post's own text: the body of `text` begins at
        `body`."""
        return self.values(path, data, language)

    def ignored_keys(self, path: str, data: Mapping[str, Any]) -> Mapping[str, str]:
        """The top-level keys that the framework ignores for certain, each with what to do about it."""
        return {}

    def non_mapping_values(self, value: object) -> object:
        """`values` of front matter that is a list or a text instead of a mapping; a `Reason` if the framework refuses
        it."""
        return value if isinstance(value, list) else {}

    def needs_no_front_matter(self, path: str) -> bool:
        """Whether the post at `path` is complete without front matter: files beside it or a plugin give what that would."""
        return False

    def is_part(self, path: str) -> bool:
        """Whether the file at `path` is not a page but a part of those that include it, whose headings it may link to."""
        return False

    def shows_broken(self, path: str) -> bool:
        """Whether the post at `path` is shown although its front matter cannot be read."""
        return False

    @cached_property
    def known_keys(self) -> tuple[str, ...]:
        """Every top-level key that plays a role."""
        return tuple({key: None for keys in self.roles.values() for key in keys if "." not in key})

    def moment(self, value: object, text: str) -> Moment:
        """Read a date: `value` as the front matter's parser typed it, `text` its characters."""
        raise NotImplementedError

    def dated(self, path: str, role: str, value: object, text: str) -> Moment:
        """`moment`, for a framework that reads the date of the post at `path` by the role that it plays."""
        return self.moment(value, text)

    def named_date(self, path: str) -> datetime | None:
        """The date of publication that the framework takes from the post's name where the front matter has none."""
        return None

    def more_dates(self, data: Mapping[str, Any]) -> Mapping[str, datetime | None]:
        """Dates that the framework keeps by names which are no roles, of a post with the `values` that `data` are."""
        return {}

    def draft(self, path: str, data: Mapping[str, Any]) -> bool:
        return any(data.get(key) is True for key in self.roles.get("draft", ()))

    def withheld(self, path: str, data: Mapping[str, Any], at: datetime) -> Reason | None:
        """Why the post is not published `at` that instant, drafts aside (`FUTURE`, `EXPIRED`); None if it is."""
        return None

    # Images, links and what they lead to.

    def syntax(self, path: str) -> Syntax:
        return Syntax(mdx=path.endswith(".mdx"))

    def image(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        """Where the image `target`, as a browser gets it, is looked for by the post at `path`.

        `data` is its front matter, which may move the page that `target` is resolved against; `tag` the name of the
        template's tag that it stands in.
        """
        raise NotImplementedError

    def field_image(self, path: str, data: Mapping[str, Any], target: str, field: str) -> Target:
        """`image`, for one that the front matter of the post at `path` names in `field` (`gallery[0].src`)."""
        return self.image(path, data, target, "field")

    def link(self, path: str, data: Mapping[str, Any], target: str, where: Where, tag: str | None = None) -> Target:
        """Where the link `target`, which is more than an `#anchor`, leads from the post at `path`; see `image`.

        A link to a file that the framework looks for beside the sources (`[a](b.md)` in Docusaurus) has the status
        `files`, as an image has. So has a link to an address of the site, with that `address` in the form of
        `Address.addresses`, and with the `paths` of files that would answer it as well: static files (see `web.page`),
        and sources of pages that are not posts. A slash, `index.html` or `.html` at the end and percent-encoding make no
        difference. The address is searched among the addresses and aliases of all posts, then among `paths`, then in the
        redirects of the site's host (`_redirects`, `netlify.toml`, `vercel.json`).

        A link that is not found is an error, so say if something else may answer the address: pages that templates,
        plugins, themes or code make (lists, tags, archives, feeds, page 2), redirects of the framework, posts whose
        addresses the settings hide. If that is likely (`/tags/a/`), the status is `unknown`; the address is kept for
        `link-anchor`, because a post may have it. If it is possible but unlikely, `certain` is False; then the link is
        reported only if one post with the same last part has another address.
        """
        return UNKNOWN

    def embedded(self, tag: str) -> Sequence[Embedded]:
        """The images and links that the template's tag `tag` (`{{< figure src="a.png" >}}`) names literally."""
        return ()

    def anchors(self, path: str, headings: Sequence[str]) -> Iterable[str] | None:
        """The ids that the framework gives the headings of the post at `path`: their plain texts, in order, those with
        an id of their own (`{#id}`) left out. More than there are does no harm. None if they are not known."""
        return None

    def could_answer(self, address: str) -> bool:
        """Whether anything that the site makes, whatever its posts' addresses are, could answer `address`. False is
        certain: no route, no page and no file fits it."""
        return True

    def referring(self, path: str) -> Mapping[str, str]:
        """The keys of the post at `path` whose values must be in a set of the site's data, whatever a schema says, each
        with the name of that set."""
        return {}

    def data_set(self, name: str, files: Files) -> "DataSet | None":
        """What posts may name of the set `name`: a data file, which `name` may also be the path of, or a collection.
        None if that is not known."""
        from postlint.frameworks import data_sets

        return data_sets.named(files, name, self.folders.data)

    def gives_ids(self, tag: str) -> bool:
        """Whether what the template's tag `tag` (`{{< figure >}}`) shows may have ids."""
        return True

    def pair(self, tag: str) -> tuple[str, bool] | None:
        """The name of the template's tag `tag`, and whether it is a closing one, if what lies between two such tags is
        shown as it is written (`LinkTraits.raw_pairs`); None for all others."""
        return None
