"""The report of a whole run, kept so that a run in which nothing changed need not check anything.

Beside the report, its file holds what the run asked of the disk, as `files.looks` noted it. The report is used again if
every question would get the same answer. Whoever can write the file on this machine can make postlint report anything, but
nothing in it is ever run. A file that is damaged, that belongs to another user, or that came with the repository (see
`cache_folder`) is not used.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from struct import Struct
from typing import Any, NamedTuple

from postlint import clock
from postlint.checking import cache_folder
from postlint.diagnostics import Diagnostic, Edit, Fix, Severity, Skipped
from postlint.files import looks
from postlint.files.files import CACHE
from postlint.reporting.report import Report
from postlint.text import Place

_HEAD = b"postlint report 2"
_STATE = Struct("<qqqqH")
# A file may be written twice in one tick of its disk's clock, so its state is sure only some time after that.
_YOUNG = 2_000_000_000
_BELOW = 200
"""So many folders of the working directory may hold the site whose cache has the report."""


class Stored(NamedTuple):
    """A report before any baseline, and whether whole sites were checked for it."""

    report: Report
    complete: bool


class Run:
    """A run whose report may be kept: what it is called, when it began, and what it asks of the disk from then on."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._began = time.time_ns()
        self.looks = looks.Looks()
        self._before = looks.take(self.looks)
        clock.begin()

    def end(self) -> None:
        """Note nothing more."""
        looks.take(self._before)

    def save(self, folder: str, stored: Stored) -> None:
        """Keep the report in the cache's `folder`, unless something may have changed meanwhile."""
        if self.looks.is_unsure:
            return
        self.looks.paths.discard(folder)
        try:
            kept = _kept(self.looks, self._began - _YOUNG)
            if kept is None:
                return
            ends = clock.end()
            head = {**kept, "made": _instant(clock.now()), "until": ends and _instant(ends)}
            head |= {"skipped": stored.report.skipped, "complete": stored.complete}
            parts = (head, sorted(self.looks.paths), stored.report.posts, stored.report.diagnostics)
            lines = [json.dumps(part, separators=(",", ":")).encode() for part in parts]
            data = b"\n".join(lines)
            cache_folder.write(folder, os.path.join(folder, self.name), b"\n".join((_HEAD, _sum(data), data)))
        except (OSError, ValueError):
            pass  # a full disk, or a folder that must not be written: the next run is slower


def name_of(options: Mapping[str, object]) -> str:
    """What the report of a run in this folder with these options is called."""
    said = repr((cache_folder.version(), os.getcwd(), sys.path, sorted(options.items())))
    return f"{blake2b(said.encode(errors='surrogateescape'), digest_size=16).hexdigest()}.report"


def find(name: str, folders: Iterable[str]) -> Stored | None:
    """The report called `name` in one of the cache's `folders`, if nothing that it depends on has changed."""
    for folder in folders:
        path = os.path.join(folder, name)
        data = cache_folder.read(path) if _is_own(path) else b""
        if data:
            try:
                return _loaded(data)
            except (ValueError, TypeError, KeyError, LookupError, AttributeError, RecursionError):
                return None
    return None


def folders(start: str) -> Iterable[str]:
    """Where the report of a run about `start` may be kept: in the cache of a site around it, or right below it."""
    at = start
    while True:
        yield os.path.join(at, CACHE)
        above = os.path.dirname(at)
        if above == at:
            break
        at = above
    with suppress(OSError), os.scandir(start) as entries:
        for number, entry in enumerate(entries):
            if number >= _BELOW:
                break
            if not entry.name.startswith(".") and entry.is_dir(follow_symlinks=False):
                yield os.path.join(entry.path, CACHE)


def _is_own(path: str) -> bool:
    """Whether a file of this user is at `path`."""
    try:
        return not hasattr(os, "geteuid") or os.lstat(path).st_uid == os.geteuid()
    except OSError:
        return False


def _kept(noted: looks.Looks, began: int) -> dict[str, Any] | None:
    """What must be the same for the report to be used again; None if something may have changed since `began`."""
    states, newest, missing = _states(sorted(noted.paths))
    if newest >= began or not all(_is_still_missing(path, began) for path in missing):
        return None
    names = [sorted(each) for each in noted.absent.values()]
    different = sorted({tuple(each) for each in names})
    numbers = {each: number for number, each in enumerate(different)}
    absent = []
    for folder, each in zip(noted.absent, names, strict=True):
        state, newest, _ = _states((folder,))
        absent.append((folder, state if newest < began else "", numbers[tuple(each)]))
    kept = {
        "states": states,
        # What comes into a folder changes the folder.
        "existing": {
            path: is_there
            for path, is_there in noted.existing.items()
            if is_there or os.path.dirname(path) not in noted.paths
        },
        "absent": absent,
        "names": different,
        "links": noted.links,
    }
    return kept if _holds(kept) else None


def _states(paths: Iterable[str]) -> tuple[str, int, list[str]]:
    """A digest of the states of what is at `paths`, when the last of it changed, and the paths where nothing is."""
    newest, missing, stat, pack = 0, [], os.stat, _STATE.pack
    parts = []
    for path in paths:
        try:
            found = stat(path)
        except (OSError, ValueError):
            missing.append(path)
            parts.append(b"-")
            continue
        modified, changed = found.st_mtime_ns, found.st_ctime_ns
        newest = max(newest, modified, changed)
        parts.append(pack(modified, changed, found.st_size, found.st_ino & 0x7FFFFFFFFFFFFFFF, found.st_mode & 0xFFFF))
    return blake2b(b"".join(parts), digest_size=16).hexdigest(), newest, missing


def _is_still_missing(path: str, began: int) -> bool:
    """Whether nothing can have been at `path` since `began`."""
    above = os.path.dirname(path)
    while True:
        try:
            return os.stat(above).st_mtime_ns < began
        except (OSError, ValueError):
            if above == os.path.dirname(above):
                return False
            above = os.path.dirname(above)


def _holds(kept: Mapping[str, Any]) -> bool:
    """Whether what was asked of the disk, apart from states, would be answered as it was."""
    for path, was_there in kept["existing"].items():
        if os.path.exists(path) is not was_there:
            return False
    for path, target in kept["links"].items():
        if os.path.realpath(path) != target:
            return False
    names = [frozenset(each) for each in kept["names"]]
    for folder, state, number in kept["absent"]:
        if (not state or _states((folder,))[0] != state) and _has_any(folder, names[number]):
            return False
    return True


def _has_any(folder: str, names: frozenset[str]) -> bool:
    from postlint.files.files import fold

    try:
        return any(fold(name) in names for name in os.listdir(folder))
    except OSError:
        return False


def _loaded(data: bytes) -> Stored | None:
    """The report in `data`; None if it no longer holds. Raises ValueError, TypeError or LookupError for damaged data."""
    first, total, rest = data.split(b"\n", 2)
    if first != _HEAD or total != _sum(rest):
        return None
    head, paths, posts, diagnostics = rest.split(b"\n")
    kept = json.loads(head)
    now = _instant(clock.now())
    if now < kept["made"] or (kept["until"] is not None and now >= kept["until"]):
        return None
    if not _holds(kept) or _states(json.loads(paths))[0] != kept["states"]:
        return None
    skipped = [Skipped(*each) for each in kept["skipped"]]
    found = [_diagnostic(*each) for each in json.loads(diagnostics)]
    checked = json.loads(posts)
    if type(checked) is not list or any(type(path) is not str for path in checked):
        raise TypeError
    return Stored(Report(found, len(checked), skipped=skipped, posts=checked), bool(kept["complete"]))


def _diagnostic(
    path: str,
    rule: str,
    severity: str,
    message: str,
    start: Any,
    end: Any,
    field: Any,
    fix: Any,
    url: Any,
    failed: Any,
    group: Any,
) -> Diagnostic:
    made = fix and Fix(str(fix[0]), tuple([Edit(*edit) for edit in fix[1]]), fix[2])
    places = Place(*map(int, start)), Place(*map(int, end))
    if not (type(path) is type(rule) is type(message) is str and {type(url), type(group)} <= {str, type(None)}):
        raise TypeError
    return Diagnostic(path, rule, Severity(severity), message, *places, field, made, url, failed is True, group)


def _instant(moment: datetime) -> int:
    """Microseconds since 1970, which compare exactly."""
    return round(moment.timestamp() * 1_000_000)


def _sum(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).hexdigest().encode()
