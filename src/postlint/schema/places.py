"""From Pydantic's list of errors to one error for each place: branches of unions are weighed, tags taken out."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from postlint.schema import Location
from postlint.schema.citing import Error, Words, name
from postlint.schema.core import BRANCH, Walk
from postlint.schema.wording import MISSING, either, wanted, words

# More are of use to nobody, and a hostile post could have one for each two characters.
_CAP = 1000
_QUOTED = re.compile(r"'([^']+)'")


class Finding(NamedTuple):
    """An error and what is said of it."""

    error: Error
    words: Words


class _Raw(NamedTuple):
    """`path`: Pydantic's own location, branches included; the sizes of the parts of `error.location` go with it."""

    path: tuple[str | int, ...]
    error: Error


def findings(errors: Iterable[Mapping[str, Any]], data: object, walk: Walk, tags: frozenset[object]) -> list[Finding]:
    """One finding for each mistake in `data`; `errors` as Pydantic lists them, validated by a tightened schema whose
    tags are `tags`. `walk` is for the schema before that."""
    raws = [_Raw(tuple(details["loc"]), _error(details, data, walk, tags)) for details in list(errors)[:_CAP]]
    return _reduce(raws, 0)


def _error(details: Mapping[str, Any], data: object, walk: Walk, tags: frozenset[object]) -> Error:
    kind, value, context = details["type"], details["input"], details.get("ctx") or {}
    place = location(tuple(details["loc"]), data, tags, kind in MISSING and kind != "union_tag_not_found")
    if kind in ("union_tag_invalid", "union_tag_not_found") and isinstance(value, Mapping):
        # It is about the key that tells the models apart; a function that does so is not cited in quotes.
        keys = _QUOTED.findall(str(context.get("discriminator")))
        if not keys:
            return Error("value_error", place, value, {}, "")
        known = [*value, *walk.keys_at(place)]
        key = next((key for key in keys if key in known), keys[0])
        return Error(kind, (*place, key), value.get(key), context, details["msg"])
    return Error(kind, place, value, context, details["msg"])


def location(path: tuple[str | int, ...], data: object, tags: frozenset[object], missing: bool = False) -> Location:
    """`path` without branches of unions and tags: the keys and indexes that lead to a place in `data`."""
    out: list[str | int] = []
    here, tagged = data, False
    for i, step in enumerate(path):
        if isinstance(step, str) and step.startswith(BRANCH):
            continue
        last = i == len(path) - 1
        if isinstance(here, Mapping):
            # The key of the discriminator holds the tag; what is called like a tag is a key from then on.
            if step in tags and not tagged and (step in _scalars(here) or (step not in here and not last)):
                tagged = True
                continue
            found = step in here
        else:
            found = isinstance(here, list | tuple) and isinstance(step, int) and 0 <= step < len(here)
        if found:
            here, tagged = here[step], False  # type: ignore[index]
            out.append(step)
        elif missing:
            here = None
            out.append(step)
    return tuple(out)


def _scalars(mapping: Mapping[Any, Any]) -> list[Any]:
    return [value for value in mapping.values() if isinstance(value, str | int)]


def _reduce(raws: list[_Raw], start: int) -> list[Finding]:
    """Findings of `raws`, in their order; the first `start` steps of each path have been dealt with."""
    out: list[Finding] = []
    unions: dict[tuple[str | int, ...], dict[str | int, list[_Raw]]] = {}
    order: list[Callable[[], list[Finding]]] = []
    for raw in raws:
        at = next((i for i in range(start, len(raw.path)) if str(raw.path[i]).startswith(BRANCH)), None)
        if at is None:
            order.append(lambda raw=raw: [Finding(raw.error, _words(raw))])  # type: ignore[misc]
            continue
        union = (*raw.path[:at], str(raw.path[at]).partition(".")[0])
        if union not in unions:
            unions[union] = {}
            order.append(lambda branches=unions[union], at=at: _closest(branches, at))  # type: ignore[misc]
        unions[union].setdefault(raw.path[at], []).append(raw)
    for each in order:
        out += each()
    return out


def _words(raw: _Raw) -> Words:
    said = words(raw.error)
    if raw.path[-1:] != ("[key]",) or raw.error.location[-1:] == ("[key]",):
        return said
    place = name(raw.error.location)
    return Words(f"the key of {said.message}" if said.message.startswith(place) else said.message)


def _closest(branches: dict[str | int, list[_Raw]], at: int) -> list[Finding]:
    """What the branch of a union says that the value comes closest to."""
    here = min((raw.error.location for branch in branches.values() for raw in branch), key=len)
    ranked = {label: _rank(branch, here) for label, branch in branches.items()}
    best = min(rank[0] for rank in ranked.values())
    nearest = [label for label, rank in ranked.items() if rank[0] == best]
    if best > 0 and len(nearest) > 1:
        own = [raw.error for label in nearest for raw in branches[label] if raw.error.location == here]
        phrases = [wanted(error) for error in own]
        if None not in phrases and len(set(phrases)) > 1:
            return [Finding(own[0], either([phrase for phrase in phrases if phrase], own[0], exact=best == 1))]
    label = min(nearest, key=lambda label: ranked[label])
    return _reduce(branches[label], at + 1)


def _rank(branch: list[_Raw], here: Location) -> tuple[int, int, int]:
    """How far a value is from a branch: of the right shape with mistakes inside, of the right type, of another type;
    then by how many mistakes, of which a wrong constant (`type: note`) says most."""
    own = [raw.error for raw in branch if raw.error.location == here and raw.error.type not in MISSING]
    constants = sum(raw.error.type == "literal_error" for raw in branch)
    if not own:
        return 0, constants, len(branch)
    return 2 if any(map(_of_other_type, own)) else 1, constants, len(branch)


def _of_other_type(error: Error) -> bool:
    if error.type in ("literal_error", "enum"):
        texts = any(quote in str(error.context.get("expected")) for quote in "'\"")
        return texts != isinstance(error.value, str)
    return error.type.endswith("_type") or error.type == "none_required"
