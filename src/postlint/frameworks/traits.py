"""What frameworks differ in, in small groups. The defaults hold for most, so a framework states only what is different."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from postlint.frameworks.answers import Where
from postlint.frameworks.own_host import Home

DatesKept = Literal["utc", "zone", "day"]
TagsAsText = Literal["words", "commas", "untrimmed", "whole", "refused"]


class FrontMatterTraits(NamedTuple):
    """How a framework treats front matter, besides its dialect."""

    optional: bool = False
    """Whether a file without front matter is as good as one with it: title and place come from elsewhere."""
    builds_without: bool = False
    """Whether a page is made of a file without front matter, even if only of its text."""
    lost_if_broken: bool = False
    """Whether a page whose front matter cannot be read is made as one without front matter."""
    anywhere: bool = False
    """Whether front matter may follow other text."""
    may_be_empty_in: frozenset[str] = frozenset()
    """The collections in which an empty file has a purpose: it makes a page of its folder."""
    required: tuple[str, ...] = ()
    """Keys without which the framework refuses a post."""
    keys_have_case: bool = True
    """Whether `Title` and `title` are different keys."""
    date_of_update_counts: bool = False
    """Whether a post without a date of publication has that of its update instead."""
    texts: frozenset[str] = frozenset()
    """Keys whose values the framework reads as text as they stand in YAML: `1.10` stays `1.10`."""
    open_keys: frozenset[str] = frozenset()
    """Keys below which YAML may set a key twice, although it may not elsewhere; the last one counts."""
    mixed_keys: frozenset[str] = frozenset()
    """Keys whose values may be of several kinds, such as a text in one post and a list of texts in another."""
    tags_as_text: TagsAsText | None = None
    """What becomes of tags written as one text instead of a list: split at white space (`words`), at commas, at commas
    without trimming (`untrimmed`), one tag (`whole`), or the build stops (`refused`). None if the site's own templates
    decide."""
    flags: Mapping[str, bool] = {}
    """Keys of true or false that can hide a post, each with the value that hides it: only those that the framework itself
    reads, whatever value they have. `Framework.draft` says what it reads."""
    escaped: bool = False
    """Whether templates escape what they print of it, unless told otherwise."""
    dates_kept: DatesKept = "utc"
    """What the framework keeps of a date: the moment in UTC, or in the zone that it is written in, or the day in UTC."""
    needs_utf8: bool = False
    """Whether a file that is not UTF-8 stops the build or is left out. If not, its bad bytes are read as `�`."""
    reader_known: bool = True
    """Whether it is known what reads the posts. If not, front matter may begin without a fence and hold more than YAML,
    and the ids of headings are a guess."""
    any_line_ends: bool = False
    """Whether a carriage return alone may end a line, or what the framework makes of it is not known. Also if it
    refuses such a file for another reason, which `values` gives."""
    line_based: bool = False
    """Whether the site's own code seems to read front matter line by line, so that it accepts what is not YAML."""


class AddressTraits(NamedTuple):
    """How a framework makes the addresses of posts."""

    keys: tuple[str, ...] = ()
    """Keys whose value is the whole address of a post, whatever its slug is."""
    from_names: bool = True
    """Whether addresses are made of the posts' names, so that a slug that differs from the name can be a mistake."""
    cleans_slugs: bool = False
    """Whether any text will do for a slug, because the framework makes an address of it."""
    empty_slug_counts: bool = True
    """Whether a slug that is empty is one. If not, the address comes from elsewhere."""
    overwrites: bool = False
    """Whether each of several posts with one address is written there, over the ones before it."""
    alias_key: str | None = None
    """The key of the list of aliases, None if there is none."""
    listed_by: tuple[str, ...] = ()
    """Keys besides those of tags whose values have pages of their own, which list the posts."""
    terms_compete: bool = False
    """Whether the build stops at two tags whose pages have one address."""
    aliases_compete: bool = False
    """Whether an alias that is the address of another post is a conflict, like two equal addresses."""


class FolderTraits(NamedTuple):
    """Which folders of a site have a meaning of their own."""

    public: tuple[str, ...] = ()
    """Folders whose files are served from the site's root."""
    data: tuple[str, ...] = ("data", "_data")
    """Folders of data files, which posts may refer to."""
    root: str | None = None
    """What the addresses of public files begin below, if that is not each of these folders itself."""


class LinkTraits(NamedTuple):
    """How a framework treats links, and the ids that they lead to."""

    fields: tuple[tuple[str, Where], ...] = ()
    """Fields of the front matter that the framework itself shows as links (`hero.actions[].link`) or as HTML with links,
    each with what `Framework.link` is to take them for."""
    allows_dead: bool = False
    """Whether the site's settings keep a build with dead links alive."""
    before_written: bool = False
    """Whether authors link to posts before they write them: a link whose target is not certain leads nowhere yet, and is
    only reported if another post is meant."""
    completed: bool = False
    """Whether settings or plugins may complete what a post leaves open: define the labels of links, or fill in
    their text."""
    places_demanded: bool = False
    """Whether the build itself looks for the headings and other places in pages that links lead to (`b.md#part`)."""
    chained_places: bool = False
    """Whether a link may name a heading by those above it (`a#Part#Section`)."""
    is_partly_unseen: bool = False
    """Whether a theme or module that does not lie in the site may write other addresses than the site itself does."""
    heading_ids_known: bool = True
    """Whether the ids of headings are known exactly. If not, signs and case do not count."""
    raw_headings_have_ids: bool = True
    """Whether headings that are written as HTML may get ids, like those of Markdown."""
    drops_html: str | None = None
    """Why HTML in posts is not shown, None if it is."""
    replaced_in_quotes: tuple[str, ...] = ()
    """What an address may begin with that the framework replaces, in HTML only if the address is in quotes."""
    alt_demanded: bool = False
    """Whether an image in HTML without an `alt` attribute stops the build."""
    raw_pairs: bool = False
    """Whether there are pairs of tags between which Markdown is not read: see `Framework.pair`."""


class ServingTraits(NamedTuple):
    """Where a site is served, by its own settings."""

    home: Home | None = None
    """Its hosts and the path that it is served below; None if the settings do not say it. See `own_host` and `asking`."""
    base: str = ""
    """What a link from the root must begin with, because the framework leaves it as it is: the path (`/x`) that the site
    is served below. Empty if the site is served from the root, or if that is not known."""
    base_in_html: str = ""
    """`base` for links in HTML. In Markdown the framework may add it itself."""
    addresses_have_base: bool = True
    """Whether `base` is part of the addresses of posts."""
