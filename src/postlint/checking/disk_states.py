"""Whether the disk would answer everything that a run asked of it as it did then."""

import os
from collections.abc import Iterable, Mapping, Set
from hashlib import blake2b
from struct import Struct
from typing import Any, NamedTuple

from postlint.files import looks
from postlint.files.files import CACHE

_STATE = Struct("<qqqqH")
_SIZE = _STATE.size
_MISSING = _STATE.pack(0, 0, -1, 0, 0)
_UNSURE = _STATE.pack(0, 0, -2, 0, 0)
"""A state that nothing has: what it stands for is always looked at more closely."""
MOST_CHANGED = 50
"""To check more posts than this again takes as long as all the rest."""
_MOST_LISTED = 2_000
"""Of so many folders of posts the names are kept beside the state."""


class Kept(NamedTuple):
    """What must be the same for a report to be used again.

    `paths` are sorted, and `states` holds one state for each. `listings` are digests of the names in folders: if these are
    the same, the folder is, whatever its state. `rest` is plain data for `holds`.
    """

    paths: list[str]
    states: bytes
    listings: dict[str, str]
    rest: dict[str, Any]


class Made(NamedTuple):
    """The folder of the cache, which the run made itself: where, what else was in the folder around it before, and the state
    that this got."""

    folder: str
    listing: str
    state: bytes

    @property
    def is_alone(self) -> bool:
        """Whether nothing else has come into the folder around it, or left it."""
        around = os.path.dirname(self.folder)
        return states((around,))[0] == self.state and names(around) == self.listing


def make(folder: str, began: int) -> Made | None:
    """Make the `folder` of the cache, before anything is kept in it; None if it is there, or cannot be made, or if the
    folder around it may have changed since `began`."""
    around = os.path.dirname(folder)
    _, newest, missing = states((around,))
    if newest >= began or missing or os.path.basename(folder) != CACHE or os.path.lexists(folder):
        return None
    listing = names(around)
    try:
        os.mkdir(folder)
    except OSError:
        return None
    return Made(folder, listing, states((around,))[0])


def keep(
    noted: looks.Looks, folder: str, began: int, made: Made | None = None, again: Set[str] = frozenset()
) -> Kept | None:
    """What a run `noted`, with the states of now; None if something may have changed since `began`, apart from a few of the
    files that will be looked at `again`. `folder` is that of the cache, which does not count."""
    paths = sorted((noted.paths | noted.posts) - {folder})
    found, newest, missing = states(paths)
    around = os.path.dirname(folder)
    if newest >= began:
        young = [number for number, path in enumerate(paths) if newest_of(found, number) >= began]
        surely = [paths[number] for number in young if paths[number] not in again]
        if len(young) > MOST_CHANGED or (surely and not (surely == [around] and made and made.is_alone)):
            return None
        found = with_states(found, dict.fromkeys(young, _UNSURE))
    if not all(_is_still_missing(path, began, made) for path in missing):
        return None
    # What comes into a folder changes the folder, and its names.
    asked = {each: names for each, names in noted.absent.items() if each not in noted.paths}
    absent_names = [sorted(each) for each in asked.values()]
    different = sorted({tuple(each) for each in absent_names})
    numbers = {each: number for number, each in enumerate(different)}
    absent = []
    for each, its_names in zip(asked, absent_names, strict=True):
        state, newest, _ = states((each,))
        absent.append((each, state.hex() if newest < began else "", numbers[tuple(its_names)]))
    rest = {
        "existing": {
            path: is_there
            for path, is_there in noted.existing.items()
            if is_there or os.path.dirname(path) not in noted.paths
        },
        "absent": absent,
        "names": different,
        "links": noted.links,
    }
    listings = _listings(noted, folder, paths, found, made)
    return Kept(paths, found, listings, rest) if holds(rest) else None


def _listings(noted: looks.Looks, folder: str, paths: list[str], found: bytes, made: Made | None) -> dict[str, str]:
    """The names in the folders of posts, which many programs write by putting a new file in the place of the old one, and
    in the one around the cache's `folder`."""
    wanted = {os.path.dirname(path) for path in noted.posts}
    wanted = (wanted if len(wanted) <= _MOST_LISTED else set()) | {os.path.dirname(folder)}
    out = {}
    numbers = {path: number for number, path in enumerate(paths) if path in wanted}
    for path in sorted(wanted & noted.paths):
        listing, after = names(path), states((path,))[0]
        if after == state_of(found, numbers[path]) or (made is not None and after == made.state):
            out[path] = listing
    return out


def together(old: Kept, new: Kept) -> Kept:
    """What must be the same if both must; the states of `old` count for what is in both."""
    known = dict(zip(new.paths, (state_of(new.states, n) for n in range(len(new.paths))), strict=True))
    known |= zip(old.paths, (state_of(old.states, n) for n in range(len(old.paths))), strict=True)
    paths = sorted(known)
    first = len(old.rest["names"])
    rest = {
        "existing": {**new.rest["existing"], **old.rest["existing"]},
        "absent": [*old.rest["absent"], *((path, state, first + n) for path, state, n in new.rest["absent"])],
        "names": [*old.rest["names"], *new.rest["names"]],
        "links": {**new.rest["links"], **old.rest["links"]},
    }
    return Kept(paths, b"".join([known[path] for path in paths]), {**new.listings, **old.listings}, rest)


def states(paths: Iterable[str]) -> tuple[bytes, int, list[str]]:
    """The states of what is at `paths`, when the last of it changed, and the paths where nothing is."""
    newest, missing, stat, pack = 0, [], os.stat, _STATE.pack
    parts = []
    for path in paths:
        try:
            found = stat(path)
        except (OSError, ValueError):
            missing.append(path)
            parts.append(_MISSING)
            continue
        modified, changed = found.st_mtime_ns, found.st_ctime_ns
        newest = max(newest, modified, changed)
        parts.append(pack(modified, changed, found.st_size, found.st_ino & 0x7FFFFFFFFFFFFFFF, found.st_mode & 0xFFFF))
    return b"".join(parts), newest, missing


def state_of(states: bytes, number: int) -> bytes:
    return states[number * _SIZE : (number + 1) * _SIZE]


def with_states(states: bytes, others: Mapping[int, bytes]) -> bytes:
    """`states` with those of `others` by their numbers."""
    made = bytearray(states)
    for number, state in others.items():
        made[number * _SIZE : (number + 1) * _SIZE] = state
    return bytes(made)


def are_older(kept: Kept, paths: Iterable[str], began: int) -> bool:
    """Whether those of `paths` that are kept were last changed before `began`."""
    numbers = [kept.paths.index(path) for path in paths if path in kept.paths]
    return all(newest_of(kept.states, number) < began for number in numbers)


def newest_of(states: bytes, number: int) -> int:
    """When what has that state was changed."""
    modified, changed, *_ = _STATE.unpack(state_of(states, number))
    return max(int(modified), int(changed))


def differing(old: bytes, new: bytes) -> list[int]:
    """The numbers of the states that are not the same."""
    if old == new:
        return []
    many = 512
    out: list[int] = []
    for at in range(0, len(new) // _SIZE, many):
        begin, end = at * _SIZE, (at + many) * _SIZE
        if old[begin:end] != new[begin:end]:
            numbers = range(at, min(at + many, len(new) // _SIZE))
            out += [n for n in numbers if state_of(old, n) != state_of(new, n)]
    return out


def names(folder: str) -> str:
    """A digest of the names in `folder` and of what they are, apart from the cache; empty if it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(
                (each.name, each.is_symlink(), each.is_dir(follow_symlinks=False))
                for each in entries
                if each.name != CACHE
            )
    except OSError:
        return ""
    return blake2b(repr(found).encode(errors="surrogateescape"), digest_size=16).hexdigest()


def holds(rest: Mapping[str, Any]) -> bool:
    """Whether what was asked of the disk, apart from states, would be answered as it was."""
    for path, was_there in rest["existing"].items():
        if os.path.exists(path) is not was_there:
            return False
    for path, target in rest["links"].items():
        if os.path.realpath(path) != target:
            return False
    absent = [frozenset(each) for each in rest["names"]]
    for folder, state, number in rest["absent"]:
        if (not state or states((folder,))[0].hex() != state) and _has_any(folder, absent[number]):
            return False
    return True


def _is_still_missing(path: str, began: int, made: Made | None) -> bool:
    """Whether nothing can have been at `path` since `began`."""
    above = os.path.dirname(path)
    while True:
        try:
            return os.stat(above).st_mtime_ns < began or (
                made is not None and above == os.path.dirname(made.folder) and made.is_alone
            )
        except (OSError, ValueError):
            if above == os.path.dirname(above):
                return False
            above = os.path.dirname(above)


def _has_any(folder: str, names: frozenset[str]) -> bool:
    from postlint.files.files import fold

    try:
        return any(fold(name) in names for name in os.listdir(folder))
    except OSError:
        return False
