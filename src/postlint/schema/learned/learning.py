"""Learns what the posts of a site have in common: their fields, the types of these, and which fields every post has."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from postlint.schema.learned.value_types import choices

_OUTLIERS = 0.03
"""The share of posts that may disagree with what is learned: if more do, it is another habit, not a slip."""
_RARE = 0.01
_SEVERAL = 3


class Learned(NamedTuple):
    """A field: its key, the type of its values, how many posts have it, in how many it is empty, and whether a post
    must have it; `role` as in `Framework.roles`."""

    key: str
    annotation: str
    number: int
    empty: int
    required: bool
    role: str | None


class Habits(NamedTuple):
    """What is learned from `posts` posts: the fields, required ones first, and the keys that only a few posts have, with
    their numbers."""

    posts: int
    fields: tuple[Learned, ...]
    rare: tuple[tuple[str, int], ...]


def learn(
    posts: Sequence[Mapping[str, Any]], roles: Mapping[str, Sequence[str]], optional: Collection[str] = ()
) -> Habits:
    """What the front matter of `posts` has in common; `roles` says which keys have which role. If some posts lack a field
    of one of the roles `optional`, they have it from elsewhere.

    At least 97 of 100 posts agree with everything that is learned.
    """
    # A model that gives a role to some fields takes it from all others, nested ones too.
    flat = {role: keys for role, keys in roles.items() if not any(_nested(key, data) for key in keys for data in posts)}
    role_of = {key: role for role, keys in flat.items() for key in keys}
    places: dict[str, list[int]] = {}
    having: dict[str, dict[int, Any]] = {}
    for number, data in enumerate(posts):
        for place, (key, value) in enumerate(data.items()):
            places.setdefault(key, []).append(place)
            having.setdefault(key, {})[number] = value
    rare = _rare(having, role_of, len(posts))
    budget = _Budget(len(posts))
    fields = []
    for key in sorted(having.keys() - rare, key=lambda key: -len(having[key])):
        found = having[key]
        missing = frozenset(range(len(posts))) - found.keys()
        # Who leaves it out means that it is none.
        elsewhere = bool(missing) and role_of.get(key) in optional
        required = role_of.get(key) != "draft" and not elsewhere and budget.takes(missing, len(posts))
        values = {number: value for number, value in found.items() if value is not None}
        fitting = (c for c in choices(values, role_of.get(key), not missing) if budget.takes(c.outliers, len(values)))
        annotation = next(fitting).annotation
        fields.append(Learned(key, annotation, len(found), len(found) - len(values), required, role_of.get(key)))

    def order(field: Learned) -> tuple[bool, float]:
        # In the order of the posts, with optional fields last.
        return not field.required, sum(places[field.key]) / len(places[field.key])

    counts = sorted(((key, len(having[key])) for key in rare), key=lambda pair: (-pair[1], pair[0]))
    return Habits(len(posts), tuple(sorted(fields, key=order)), tuple(counts))


def _rare(having: Mapping[str, Mapping[int, Any]], role_of: Mapping[str, str], posts: int) -> set[str]:
    """The keys that no model should speak of; one that shares its role with others is none."""
    few = {key for key, found in having.items() if len(found) < max(_SEVERAL, posts * _RARE) and len(found) < posts}
    kept = {role_of[key] for key in having.keys() - few if key in role_of}
    empty = {key for key, found in having.items() if all(value is None for value in found.values())}
    odd = {key for key in having if not key.isprintable()}
    return {key for key in few if role_of.get(key) not in kept} | empty | odd


def _nested(key: str, data: Mapping[str, Any]) -> bool:
    """Whether `data` has the key `key`, with dots for nested keys."""
    first, dot, rest = key.partition(".")
    inner = data.get(first) if dot else None
    return isinstance(inner, Mapping) and (rest in inner or _nested(rest, inner))


class _Budget:
    """The posts that need not agree: 3 of 100 in all, and of those that have a field."""

    def __init__(self, posts: int) -> None:
        self._most = int(posts * _OUTLIERS)
        self._spent: frozenset[int] = frozenset()

    def takes(self, outliers: frozenset[int], of: int) -> bool:
        """Whether `outliers`, of so many posts, can be afforded; if so, they are from now on."""
        if outliers and (len(outliers) > of * _OUTLIERS or len(self._spent | outliers) > self._most):
            return False
        self._spent |= outliers
        return True
