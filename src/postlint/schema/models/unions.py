"""One finding for each mistake if a schema has alternatives: that of the closest alternative."""

from collections.abc import Callable
from typing import NamedTuple

from postlint.schema import Location
from postlint.schema.words.choices import options
from postlint.schema.words.citing import Error, Words, name
from postlint.schema.words.wording import MISSING, UNKNOWN, either, wanted, words

BRANCH = "\0"
"""The prefix of the labels of a union's branches, which distinguishes them from locations. No key has it."""


class Finding(NamedTuple):
    """An error and its message."""

    error: Error
    words: Words


class Raw(NamedTuple):
    """`path`: the keys and indexes that lead to the error's value, and for each branch of a union on the way its label,
    `{BRANCH}union.branch`."""

    path: tuple[str | int, ...]
    error: Error


def reduced(raws: list[Raw]) -> list[Finding]:
    """Findings of `raws`, in their order; of the branches of a union only the one that the value comes closest to."""
    return _reduce(raws, 0)


def _reduce(raws: list[Raw], start: int) -> list[Finding]:
    """Findings of `raws`, in their order; the first `start` steps of each path have been dealt with."""
    out: list[Finding] = []
    unions: dict[tuple[str | int, ...], dict[str | int, list[Raw]]] = {}
    order: list[Callable[[], list[Finding]]] = []
    for raw in raws:
        at = next((i for i in range(start, len(raw.path)) if str(raw.path[i]).startswith(BRANCH)), None)
        if at is None:
            order.append(lambda raw=raw: [_finding(raw)])  # type: ignore[misc]
            continue
        union = (*raw.path[:at], str(raw.path[at]).partition(".")[0])
        if union not in unions:
            unions[union] = {}
            order.append(lambda branches=unions[union], at=at: _closest(branches, at))  # type: ignore[misc]
        unions[union].setdefault(raw.path[at], []).append(raw)
    for each in order:
        out += each()
    return out


def _finding(raw: Raw) -> Finding:
    said = words(raw.error)
    if raw.path[-1:] != ("[key]",) or raw.error.location[-1:] == ("[key]",):
        return Finding(raw.error, said)
    place = name(raw.error.location)
    message = f"the key of {said.message}" if said.message.startswith(place) else said.message
    return Finding(raw.error._replace(type="json_forbidden"), Words(message))


def _closest(branches: dict[str | int, list[Raw]], at: int) -> list[Finding]:
    """The errors of the branch that the value is closest to."""
    here = _common([raw.error for branch in branches.values() for raw in branch])
    # That a value may also be missing does not explain the mistake.
    kept = {label: branch for label, branch in branches.items() if not _only_empty(branch, here)} or branches
    ranked = {label: _rank(branch, here) for label, branch in kept.items()}
    best = min(rank[0] for rank in ranked.values())
    nearest = [label for label, rank in ranked.items() if rank[0] == best]
    if len(nearest) > 1 and best == 0 and (told := _told_apart([kept[label] for label in nearest])):
        return [Finding(told, words(told))]
    if len(nearest) > 1 and best > 0:
        own = [raw.error for label in nearest for raw in kept[label] if raw.error.location == here]
        phrases = [wanted(error) for error in own]
        if None not in phrases and len(set(phrases)) > 1:
            return [Finding(own[0], either([phrase for phrase in phrases if phrase], own[0], exact=best == 1))]
    label = min(nearest, key=lambda label: ranked[label])
    return _reduce(kept[label], at + 1)


def _common(errors: list[Error]) -> Location:
    """The place of the value that contains all `errors`."""
    places = [error.location[:-1] if error.type in (*MISSING, *UNKNOWN) else error.location for error in errors]
    shortest = min(places, key=len)
    size = next((i for i in range(len(shortest)) if len({place[: i + 1] for place in places}) > 1), len(shortest))
    return shortest[:size]


def _only_empty(branch: list[Raw], here: Location) -> bool:
    return all(raw.error.type == "none_required" and raw.error.location == here for raw in branch)


def _told_apart(branches: list[list[Raw]]) -> Error | None:
    """The error at a constant that distinguishes the branches (`kind: note`), if the value matches none of them."""
    found = [{raw.error.location: raw.error for raw in b if raw.error.type == "literal_error"} for b in branches]
    shared = [place for place in found[0] if all(place in errors for errors in found)]
    if not shared:
        return None
    errors = [each[shared[0]] for each in found]
    known = {repr(option): option for error in errors for option in options(error)}
    return errors[0]._replace(context={"options": list(known.values())})


def _rank(branch: list[Raw], here: Location) -> tuple[int, int, int]:
    """How far a value is from a branch: of the right shape with mistakes inside, of the right type, of another type;
    then by the number of mistakes, of which a wrong constant (`type: note`) counts most."""
    own = [raw.error for raw in branch if raw.error.location == here and raw.error.type not in (*MISSING, *UNKNOWN)]
    constants = sum(raw.error.type == "literal_error" for raw in branch)
    if not own:
        return 0, constants, len(branch)
    return 2 if any(map(_of_other_type, own)) else 1, constants, len(branch)


def _of_other_type(error: Error) -> bool:
    if error.type in ("literal_error", "enum"):
        return _sort(error.value) not in map(_sort, options(error))
    return error.type.endswith("_type") or error.type == "none_required"


def _sort(value: object) -> type:
    """The type of `value`, with one for all numbers."""
    return float if type(value) is int else type(value)
