"""The addresses of posts whose settings do not give them, learnt from the links of the site that fit.

A form of address is literal folders, parts of the post's date, and a name that the post has: of its file, its slug, its
title. It is known if so many addresses that posts link to have it, and so few that look like it lead to no post, that it is
no coincidence. A date and a name that both fit say more than a name alone.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from postlint.frameworks.web import EXTENSION

if TYPE_CHECKING:
    from postlint.posts.facts import Facts, Link

_LEAST, _SHARE = 100, 0.98
"""So many addresses of a form must lead to posts, and so large a part of those that look like it."""
_LEAST_DATED, _SHARE_DATED = 20, 0.9
"""The same for forms with the date of the post."""
_MOST_CANDIDATES = 20
"""A name that more posts have says nothing about any of them."""
_DATE = re.compile(r"^(\d{4})[-_.](\d{1,2})[-_.](\d{1,2})[-_.]")
_INDEX = ("index", "_index", "+page")
_SIGNS = re.compile(r"[^a-z0-9]+")
_LISTS = re.compile(r"(?:page|tags?|categor(?:y|ies)|archives?|authors?|series|topics?|feed|rss)(?:[-_]?\d+)?$", re.I)
_YEAR, _MONTH, _DAY = "{year}", "{month}", "{day}"
_DIGITS = {_YEAR: re.compile(r"\d{4}"), _MONTH: re.compile(r"\d\d?"), _DAY: re.compile(r"\d\d?")}


class Form(NamedTuple):
    """A form of address: the parts before the name, literal or of the date, and which of its names the post has there."""

    before: tuple[str, ...]
    name: str

    @property
    def is_dated(self) -> bool:
        return _YEAR in self.before

    def shown(self) -> str:
        return f"/{'/'.join((*self.before, '{' + self.name + '}'))}/"

    def holds(self, parts: Sequence[str]) -> bool:
        """Whether an address of these parts looks like this form."""
        at = len(self.before)
        if len(parts) <= at or (self.name != "path" and len(parts) > at + 1):
            return False
        return all(_fits(form, part) for form, part in zip(self.before, parts, strict=False))


class Learnt(NamedTuple):
    """The posts by their learnt addresses, without a slash at the end, and the forms that were learnt, each with the number
    of addresses that show it."""

    posts: Mapping[str, str]
    forms: Mapping[Form, int]
    near: Mapping[str, str] = {}
    """The same for addresses with the day before and the day after, which another time zone may give."""

    def post(self, key: str) -> str | None:
        """The path of the post that has, or may have, the address `key`."""
        return self.posts.get(key) or self.near.get(key)

    def form_of(self, address: str) -> Form | None:
        """The form that the address of a page which is not there looks like, if only a post would be there."""
        parts = _parts(address)
        # A single word may be a page that a template makes: the list of an author's posts, an archive.
        if not parts or _LISTS.search(parts[-1]) or EXTENSION.search(parts[-1]):
            return None
        is_named = re.search(r"[-_]", parts[-1]) is not None
        return next((f for f in self.forms if f.before and f.holds(parts) and (f.is_dated or is_named)), None)


def learn(posts: Iterable["Facts"], links: Iterable["Link"], exists: Callable[["Link"], bool]) -> Learnt:
    """What the addresses of `links` say about those of `posts`, which are not known. `exists` says whether something else
    answers a link."""
    groups: dict[str, list[Facts]] = defaultdict(list)
    for facts in posts:
        groups[facts.collection or facts.path.rpartition("/")[0]].append(facts)
    # No more addresses can lead to posts than there are posts, or days beside theirs.
    groups = {name: group for name, group in groups.items() if 3 * len(group) >= _LEAST_DATED}
    asked: dict[str, tuple[str, ...]] = {}
    seen: set[str] = set()
    for link in links if groups else ():
        if link.address is not None and link.address not in seen and link.lacks is None:
            seen.add(link.address)
            if not exists(link) and (parts := _parts(link.address)):
                asked["/" + "/".join(parts)] = parts
    found: dict[str, str] = {}
    near: dict[str, str] = {}
    forms: dict[Form, int] = {}
    for group in groups.values() if len(asked) >= _LEAST_DATED else ():
        named = _Named(group)
        form = named.most_frequent(asked.values())
        if form is None:
            continue
        by_address, beside = named.by_address(form)
        alike = [address for address, parts in asked.items() if form.holds(parts) and not EXTENSION.search(parts[-1])]
        hits = sum(address in by_address or address in beside for address in alike)
        least, share = (_LEAST_DATED, _SHARE_DATED) if form.is_dated else (_LEAST, _SHARE)
        if hits >= least and hits >= share * len(alike):
            found.update(by_address)
            near.update(beside)
            forms[form] = hits
    return Learnt(found, forms, near)


class _Named:
    """Posts of one kind by the names that they have."""

    def __init__(self, posts: Sequence["Facts"]) -> None:
        self._posts = posts
        self._root = _common([facts.path for facts in posts])
        self._by_last: dict[str, list[tuple[Facts, str, str]]] = defaultdict(list)
        for facts in posts:
            for kind, name in self._names(facts):
                self._by_last[name.rpartition("/")[2].casefold()].append((facts, kind, name))

    def most_frequent(self, asked: Iterable[tuple[str, ...]]) -> Form | None:
        """The form that most of the addresses `asked` have."""
        votes: dict[Form, int] = defaultdict(int)
        for parts in asked:
            candidates = self._by_last.get(parts[-1].casefold(), []) if parts else []
            forms: set[Form] = set()
            for facts, kind, name in candidates if len(candidates) <= _MOST_CANDIDATES else ():
                tail = tuple(name.split("/"))
                if parts[-len(tail) :] == tail:
                    forms.update(Form(before, kind) for before in _before(parts[: -len(tail)], facts))
            for form in forms:
                votes[form] += 1
        # Of forms that fit equally often the one that says most: a date rather than its digits.
        return max(votes, key=lambda form: (votes[form], form.is_dated, form.name != "path", form), default=None)

    def by_address(self, form: Form) -> tuple[dict[str, str], dict[str, str]]:
        """The paths of the posts by the addresses of `form`, without those that two posts would have; and by those of the
        day before and the day after."""
        out: dict[str, str] = {}
        beside: dict[str, str] = {}
        twice: set[str] = set()
        for facts in self._posts:
            name = dict(self._names(facts)).get(form.name)
            dates = _dates(facts) if form.is_dated else [("", "", "")]
            if name is None:
                continue
            for number, date in enumerate(dates):
                known = dict(zip((_YEAR, _MONTH, _DAY), date, strict=True))
                address = "/" + "/".join((*(known.get(part, part) for part in form.before), name))
                if number:
                    beside[address] = facts.path
                    continue
                twice.update((address,) if address in out else ())
                out[address] = facts.path
        return {address: path for address, path in out.items() if address not in twice}, beside

    def _names(self, facts: "Facts") -> Iterator[tuple[str, str]]:
        """The kinds of names that the post has, with the name."""
        path = facts.path.rpartition(".")[0]
        folder, _, stem = path.rpartition("/")
        if stem in _INDEX and folder:
            path, stem = folder, folder.rpartition("/")[2]
        yield "file name", stem
        if (bare := _DATE.sub("", stem)) != stem:
            yield "file name without its date", bare
        if (plain := _SIGNS.sub("-", bare.casefold()).strip("-")) not in (stem, bare, ""):
            yield "file name in small letters", plain
        if facts.slug and (slug := facts.slug.text.strip("/")):
            yield "slug", slug
        if facts.title_text and (title := _SIGNS.sub("-", facts.title_text.casefold()).strip("-")):
            yield "title", title
        if path.startswith(f"{self._root}/") and "/" in (below := path[len(self._root) + 1 :]):
            yield "path", below


def _before(parts: tuple[str, ...], facts: "Facts") -> Iterator[tuple[str, ...]]:
    """`parts`, and `parts` with placeholders for those that are the post's date, if they begin with its year."""
    yield parts
    for date in _dates(facts):
        if date[0] in parts:
            at = parts.index(date[0])
            signs = (_YEAR, _MONTH, _DAY)
            dated = [s if part == own else part for part, own, s in zip(parts[at:], date, signs, strict=False)]
            yield (*parts[:at], *dated, *parts[at + len(dated) :])


def _dates(facts: "Facts") -> list[tuple[str, str, str]]:
    """Year, month and day of the post: as published, otherwise in the name of its file. If it has a time, also those of
    the day before and the day after."""
    for date in facts.dates:
        if date.role == "published" and (instant := date.moment.instant) is not None:
            # The first and the last year of the calendar have no day beside their own.
            days = (0,) if date.moment.whole_day or not 1 < instant.year < 9999 else (0, -1, 1)
            return [
                (f"{day.year:04}", f"{day.month:02}", f"{day.day:02}")
                for day in (instant + timedelta(each) for each in days)
            ]
    found = _DATE.match(facts.path.rpartition("/")[2])
    return [] if found is None else [(found[1], found[2].zfill(2), found[3].zfill(2))]


def _fits(form: str, part: str) -> bool:
    digits = _DIGITS.get(form)
    return form == part if digits is None else digits.fullmatch(part) is not None


def _parts(address: str) -> tuple[str, ...]:
    bare = address.removesuffix("index.html").removesuffix(".html")
    return tuple(part for part in bare.split("/") if part)


def _common(paths: Sequence[str]) -> str:
    """The folder that all `paths` are in."""
    first, last = min(paths).split("/")[:-1], max(paths).split("/")[:-1]
    shared = 0
    while shared < min(len(first), len(last)) and first[shared] == last[shared]:
        shared += 1
    return "/".join(first[:shared])
