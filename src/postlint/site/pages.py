"""Finds the targets of a site's links: the post at an address, and similar addresses if there is none."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING

from postlint import clock
from postlint.files import gitignore
from postlint.files.files import NO_SOURCES, Files, Found
from postlint.files.globs import fixed_folder, matches
from postlint.frameworks.answers import FUTURE
from postlint.frameworks.web import EXTENSION

if TYPE_CHECKING:
    from postlint.frameworks.framework import Framework
    from postlint.frameworks.made import MadePage, MadePages
    from postlint.posts.facts import Facts, Link
    from postlint.site.learnt_addresses import Learnt
    from postlint.site.redirects import Redirects
    from postlint.site.unjudged_links import Doubt

_DATE = re.compile(r"^\d{4}[-_.]\d{1,2}[-_.]\d{1,2}[-_.]")
_WORD = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+")
_REPOSITORY = re.compile(r"[\w-]*[A-Za-z][\w-]*", re.ASCII)
_LONG = 8
"""A word of so many letters is seldom spelled nearly as another one."""
_COMMON = 100
"""In so many slugs a word says nothing about any of them."""
_MOST_FILES = 200_000
_SIBLINGS = 3
"""So many posts in a folder show that it is one of posts."""
_LISTS = re.compile(
    r"|page|p|tags?|categor(?:y|ies)|archives?|authors?|series|topics?|feed|rss|atom|search|about|\d+", re.IGNORECASE
)
"""Names of pages that templates make, and years and numbers of lists."""

_WITHOUT_TAGS = ("nothing", "list", "mapping")
"""The kinds of values of a tag field that may hold no tag at all."""


class Pages:
    """The posts of a site by their addresses. `complete` is False where only some of them were read."""

    def __init__(self, framework: "Framework", facts: "Sequence[Facts]", files: Files | None, complete: bool) -> None:
        self._framework = framework
        self._facts = facts
        self._files = files
        self._complete = complete

    def find(self, link: "Link") -> Found | None:
        """The post or file that `link` leads to; None if that is uncertain."""
        found = self._find(link)
        if link.lacks is None:
            return found
        return Found("missing") if found is not None and found.status == "ok" else None

    def _find(self, link: "Link") -> Found | None:
        address = link.address
        if address is not None:
            key = _key(address)
            page = self._by_address.get(key) or (self._learnt.post(key) if self._learnt else None)
            if page is not None:
                return Found("ok", page)
        return self._beside_posts(link)

    def _beside_posts(self, link: "Link") -> Found | None:
        """What answers `link`, which no post has as its address."""
        address, other = link.address, None
        for path in link.paths:
            if path in self._read:
                return Found("ok", path)
            if self._files is None:
                return None
            there = self._files.find(path)
            if there.status == "ok":
                return there
            if there.status == "case" and other is None:
                other = there
        if address is not None and other is None and (page_made := self.made.get(_key(address))):
            return Found("ok") if page_made.certain else None
        if address is not None and other is None and self.learnt_form(address) is not None:
            return None if self._is_led_elsewhere(address) else Found("missing")
        if not link.judged:
            return Found("missing") if address is not None and self.why_unmade(address) else None
        found = other or self._of_nothing(address)
        # To ask Git's rules takes longer than all the rest.
        is_made = found and other is None and self._files is not None and gitignore.makes(self._files, link.paths)
        return None if is_made else found

    def _of_nothing(self, address: str | None) -> Found | None:
        """What becomes of a link to `address`, which no post and no file has; None if that is uncertain."""
        if address is None:
            return Found("missing")
        if self._files is None:
            return None
        spelled = self.spelled(address)
        if spelled is not None:
            return Found("case", self._by_address[_key(spelled)])
        if not self._framework.could_answer(address):
            return None if self._is_led_elsewhere(address) else Found("missing")
        return Found("missing") if self._is_closed and not self._may_be_there(address) else None

    def has(self, address: str) -> bool:
        """Whether a post has `address`, or had it."""
        return _key(address) in self._by_address

    def at(self, address: str) -> str | None:
        """The path of the post that has `address`, or had it."""
        return self._by_address.get(_key(address))

    @cached_property
    def made(self) -> "Mapping[str, MadePage]":
        """The pages that the framework makes by itself, by their addresses without slash or `index.html` at the end."""
        return {_key(page.address): page for page in self._made.pages}

    def is_made(self, address: str) -> "MadePage | None":
        """The page that the framework surely makes at `address`."""
        page = self.made.get(_key(address))
        return page if page and page.certain else None

    def why_unmade(self, address: str) -> str | None:
        """Why the framework makes no page at `address`, although it makes others in that folder, and nothing else answers
        it as far as can be seen; None if that is not certain."""
        is_file = EXTENSION.search(address) is not None and not address.endswith((".html", ".htm"))
        if is_file or not self._made.closed:
            return None
        key = _key(address)
        inside = f"{key}/"
        why = next(
            (why for folder, why in self._made.closed.items() if inside.startswith(folder) and inside != folder), ""
        )
        if not why or not self._is_closed or not self._made_holds or self._may_be_there(address):
            return None
        return why

    def near_made(self, address: str) -> str | None:
        """The address of a page that the framework makes, spelled nearly as `address` in the same folder."""
        from postlint.suggest import closest

        beside = {_slug(key): page.address for key, page in self.made.items() if _folder(key) == _folder(address)}
        best = closest(_slug(_key(address)), sorted(beside))
        return beside[best] if best else None

    @cached_property
    def _made_holds(self) -> bool:
        """Whether the terms of all posts are known, and the framework's own condition holds."""
        tags = {name.partition(".")[0] for name in self._framework.roles.get("tags", ())}
        for facts in self._facts:
            read = {field.partition("[")[0].partition(".")[0] for field, _ in facts.tag_words}
            # Of a text with commas it is not certain what becomes of it.
            if any(name in tags - read and kind not in _WITHOUT_TAGS for name, kind, *_ in facts.fields):
                return False
        return self._made.holds()

    @cached_property
    def _made(self) -> "MadePages":
        from postlint.frameworks.made import NOTHING, Listed

        if not self._complete:
            return NOTHING
        at = clock.now()
        listed = []
        for facts in self._facts:
            address, terms = facts.address, [(field.partition("[")[0], text) for field, text in facts.tag_words]
            date = next((each.moment.instant for each in facts.dates if each.role == "published"), None)
            date = date or self._framework.named_date(facts.path)
            later = date is not None and (date if date.tzinfo else date.replace(tzinfo=UTC)) > at
            is_shown = bool(address.addresses) and not facts.draft and not later
            may_be = address.addresses is None or facts.draft or later or address.reason == FUTURE
            listed.append(
                Listed(
                    facts.path,
                    facts.collection,
                    address.addresses,
                    True if is_shown else None if may_be else False,
                    (*terms, *facts.terms),
                    date,
                )
            )
        return self._framework.made_pages(listed)

    def doubt(self, link: "Link") -> "Doubt | None":
        """What may answer `link`, which is not judged; None if something is seen to do so, or posts were left out."""
        address, files = link.address, self._files
        if not self._is_whole or files is None:
            return None
        if link.paths and gitignore.makes(files, link.paths):
            return None
        if address is None:
            return "unknown"
        if self._is_led_elsewhere(address):
            return None
        is_posts = (link.judged and not self._addresses) or _slug(_key(address)).casefold() in self._unknown
        return "posts" if is_posts and not self._learnt else "pages"

    def learnt_form(self, address: str) -> str | None:
        """The form that other posts' addresses have (see `learnt_addresses`), and how many links show it, if `address` has
        that form, too."""
        form = self._learnt.form_of(address) if self._learnt else None
        if form is None or self._learnt is None:
            return None
        return f"{self._learnt.forms[form]} links show that posts are at `{form.shown()}`"

    def spelled(self, address: str) -> str | None:
        """The address of a post, or a former one, that differs from `address` in case alone."""
        return self._by_folded.get(_key(address).casefold())

    def is_gone(self, address: str, hidden: str | None = None) -> bool:
        """Whether nothing has the address that a post had: no post but the one at `hidden`, no file, and no redirect, as
        far as can be seen."""
        leads = self._framework.link("", {}, address, "html")
        if leads.address is None or leads.status != "files":
            return False
        if self._is_held(_key(address), hidden):
            return False
        files = self._files
        if files is None or any(files.find(path).path is not None for path in leads.paths):
            return False
        return self._is_closed and not self._may_be_there(address)

    def _is_held(self, key: str, hidden: str | None) -> bool:
        """Whether a post other than the one at `hidden` has the address `key`, now or before."""
        if hidden is None or self._by_address.get(key) != hidden:
            return key in self._by_address
        others = (facts.address for facts in self._facts if facts.path != hidden)
        return any(_key(each) == key for other in others for each in (*other.aliases, *(other.addresses or ())))

    def surely_meant(self, address: str) -> str | None:
        """The only address of a post with exactly the same last part, of several words, or with a nearly equal spelling in
        the same folder; None if there is none."""
        slug = _slug(_key(address))
        same = self._by_slug.get(slug, [])
        near = self.near(address)
        if same:
            return near if len(same) == 1 and "-" in slug else None
        other = _slug(_key(near)) if near else ""
        if near is None or len(slug) < _LONG or _folder(near) != _folder(address):
            return None
        # A plural, or a page of the same beginning, is another page.
        if slug.startswith(other) or other.startswith(slug) or _NUMBER.findall(slug) != _NUMBER.findall(other):
            return None
        from postlint.suggest import distance

        return near if distance(slug.casefold(), other.casefold(), 3) < 3 else None

    def near(self, address: str) -> str | None:
        """The address of a post that is most like `address`; None if there is none, or several are equally like it."""
        key = _key(address)
        same = self._by_slug.get(_slug(key)) or self._by_letters.get(_letters(key), [])
        if not same:
            slug = _slug(key)
            words, numbers = set(_WORD.findall(slug)), _NUMBER.findall(slug)
            others = {
                other for word in words for other in self._by_word.get(word, ()) if _NUMBER.findall(other) == numbers
            }
            best = _most_alike(slug, words, others)
            same = self._by_slug[best] if best else []
        if len(same) > 1:
            beside = [each for each in same if _folder(each) == _folder(address)]
            # Languages and sections have pages of equal names.
            same = beside or [each for each in same if each.split("/")[1:2] == address.split("/")[1:2]]
        return same[0] if len(same) == 1 else None

    @cached_property
    def _read(self) -> frozenset[str]:
        return frozenset(facts.path for facts in self._facts)

    @cached_property
    def _addresses(self) -> dict[str, tuple[str, ...]]:
        return {f.path: f.address.addresses for f in self._facts if f.address.addresses}

    @cached_property
    def _learnt(self) -> "Learnt | None":
        """What links show of the posts whose addresses are not known; None if that is nothing."""
        hidden = [facts for facts in self._facts if facts.address.addresses is None]
        if not hidden or not self._is_whole:
            return None
        from postlint.site import learnt_addresses

        links = (link for facts in self._facts for link in facts.links)
        learnt = learnt_addresses.learn(hidden, links, self._is_answered)
        return learnt if learnt.forms else None

    def _is_answered(self, link: "Link") -> bool:
        """Whether something that can be seen answers `link`."""
        address, files = link.address or "", self._files
        if _key(address) in self._by_address or self._redirects.cover(address):
            return True
        return any(path in self._read or (files and files.find(path).status == "ok") for path in link.paths)

    @cached_property
    def _by_address(self) -> Mapping[str, str]:
        out: dict[str, str] = {}
        for facts in self._facts:
            for alias in facts.address.aliases:
                out.setdefault(_key(alias), facts.path)
        for path, addresses in self._addresses.items():
            for address in addresses:
                out[_key(address)] = path
        return out

    @cached_property
    def _by_folded(self) -> Mapping[str, str]:
        out: dict[str, str] = {}
        for facts in self._facts:
            for address in (*facts.address.aliases, *(facts.address.addresses or ())):
                out[_key(address).casefold()] = address
        return out

    @property
    def _each_address(self) -> Iterator[str]:
        """The address of each post, learnt ones, too."""
        yield from (addresses[0] for addresses in self._addresses.values())
        yield from (f"{address}/" for address in (self._learnt.posts if self._learnt else ()))

    @cached_property
    def _by_slug(self) -> Mapping[str, list[str]]:
        out: dict[str, list[str]] = defaultdict(list)
        for address in self._each_address:
            out[_slug(_key(address))].append(address)
        return dict(out)

    @cached_property
    def _by_letters(self) -> Mapping[str, list[str]]:
        out: dict[str, list[str]] = defaultdict(list)
        for address in self._each_address:
            out[_letters(_key(address))].append(address)
        return dict(out)

    @cached_property
    def _by_word(self) -> Mapping[str, list[str]]:
        out: dict[str, list[str]] = defaultdict(list)
        for slug in self._by_slug:
            for word in set(_WORD.findall(slug)):
                out[word].append(slug)
        return {word: slugs for word, slugs in out.items() if len(slugs) <= _COMMON}

    @cached_property
    def _is_closed(self) -> bool:
        """Whether every post of the site was read, and addresses are known at all."""
        return bool(self._addresses) and self._is_whole

    @cached_property
    def _is_whole(self) -> bool:
        """Whether every post of the site was read."""
        if not self._complete or self._files is None:
            return False
        seen = 0
        for collection in self._framework.collections:
            pending = list({fixed_folder(pattern) for pattern in collection.include})
            while pending and seen < _MOST_FILES:
                folder = pending.pop()
                for name, is_folder in self._files.names(folder).items():
                    path = f"{folder}/{name}" if folder else name
                    seen += 1
                    if is_folder:
                        if name not in NO_SOURCES and not name.startswith("."):
                            pending.append(path)
                    elif path not in self._read and self._is_post(path, name, collection.include, collection.exclude):
                        return False
        return True

    def _is_post(self, path: str, name: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> bool:
        if name.rpartition(".")[0].lower() in self._framework.excluded_names:
            return False
        return matches(path, include) and not matches(path, exclude)

    def _may_be_there(self, address: str) -> bool:
        """Whether something answers `address` that cannot be seen: the host, or a post whose own address is unknown."""
        return _slug(_key(address)).casefold() in self._unknown or self._is_led_elsewhere(address)

    def _is_led_elsewhere(self, address: str) -> bool:
        """Whether the host answers `address`."""
        # Generators and hosts have a page of that name.
        if self._redirects.cover(address) or _slug(_key(address)) == "404":
            return True
        # Below the site of the repository `name.github.io` GitHub serves those of the owner's other repositories.
        first = address.removeprefix("/").partition("/")[0]
        may_be_theirs = self._has_neighbours and first not in self.tops and _REPOSITORY.fullmatch(first) is not None
        return may_be_theirs and self.near(address) is None

    @cached_property
    def _has_neighbours(self) -> bool:
        return self._files is not None and self._files.root.lower().endswith(".github.io")

    @cached_property
    def tops(self) -> frozenset[str]:
        """The first parts of the addresses that the site has itself."""
        pages = {address.removeprefix("/").partition("/")[0] for address in self._by_address}
        folders = (*self._framework.folders.public, "")
        return frozenset(pages.union(*(self._files.names(each) for each in folders if self._files)))

    @cached_property
    def folders(self) -> frozenset[str]:
        """Those of `tops` that have something below them."""
        pages = {first for address in self._by_address for first, _, rest in [_split(address)] if rest}
        listed = (self._files.names(each) for each in (*self._framework.folders.public, "") if self._files)
        return frozenset(pages.union(*({name for name, is_folder in each.items() if is_folder} for each in listed)))

    def is_among_posts(self, address: str) -> bool:
        """Whether posts have addresses in the folder of `address`, and it is not the name of a list or a feed."""
        if _LISTS.fullmatch(_slug(_key(address))) or EXTENSION.search(address):
            return False
        return _undated(address).strip("/") != "" and self._in_folder[_undated(address)] >= _SIBLINGS

    @cached_property
    def _in_folder(self) -> Counter[str]:
        return Counter(_undated(addresses[0]) for addresses in self._addresses.values())

    @cached_property
    def all_folders(self) -> frozenset[str]:
        """The folders that addresses of posts lie in, at any depth."""
        out: set[str] = set()
        for address in self._by_address:
            folder = address.rpartition("/")[0]
            while folder and folder not in out:
                out.add(folder)
                folder = folder.rpartition("/")[0]
        return frozenset(out.union(self._by_address))

    @cached_property
    def _unknown(self) -> frozenset[str]:
        """The names of posts whose addresses can't be told."""
        out: set[str] = set()
        learnt = {*self._learnt.posts.values()} if self._learnt else set()
        for facts in self._facts:
            if facts.address.addresses is None and facts.path not in learnt:
                for name in facts.path.rpartition(".")[0].casefold().split("/")[-2:]:
                    out |= {name, _DATE.sub("", name)}
                if facts.slug:
                    out.add(_slug(facts.slug.text.casefold().strip("/")))
        return frozenset(out)

    @cached_property
    def _redirects(self) -> "Redirects":
        from postlint.site import redirects

        if self._files is None:
            return redirects.Redirects(())
        return redirects.read(self._files, self._framework.folders.public)


def _key(address: str) -> str:
    """The form that two spellings of one address have in common."""
    if "%" in address:
        from urllib.parse import unquote

        address = unquote(address)
    return address.removesuffix("index.html").removesuffix(".html").rstrip("/")


def _split(address: str) -> tuple[str, str, str]:
    return address.removeprefix("/").partition("/")


def _letters(key: str) -> str:
    return "".join(_WORD.findall(key.casefold()))


def _most_alike(slug: str, words: set[str], others: set[str]) -> str | None:
    """Of `others` the one that shares most words with `slug`, which has `words`, or is spelled nearly the same."""
    from postlint.suggest import closest

    best, most = None, 0.6
    for other in sorted(others):
        theirs = set(_WORD.findall(other))
        if (alike := len(words & theirs) / len(words | theirs)) >= most:
            best, most = other, alike
    return best or closest(slug, sorted(others)[:_COMMON])


def _folder(address: str) -> str:
    return _key(address).rpartition("/")[0]


def _undated(address: str) -> str:
    """The folder of `address`, without the digits of years, months and days."""
    return _NUMBER.sub("", _folder(address))


def _slug(key: str) -> str:
    return key.rpartition("/")[2]
