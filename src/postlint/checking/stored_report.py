"""The report of a whole run, kept so that a run in which nothing changed need not check anything.

Beside the report, its file holds what the run asked of the disk, as `files.looks` noted it. The report is used again if
every question would get the same answer (see `disk_states`), and is renewed if only a few posts changed, and in no way
that other posts can see (see `renewed_report`). Whoever can write the file on this machine can make postlint report
anything, but nothing in it is ever run. A file that is damaged, that belongs to another user, or that came with the
repository (see `cache_folder`) is not used.
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from postlint import clock
from postlint.checking import cache_folder, disk_states
from postlint.checking.disk_states import Kept, Made
from postlint.diagnostics import Diagnostic, Edit, Fix, Severity, Skipped
from postlint.files import looks
from postlint.files.files import CACHE
from postlint.reporting.report import Report
from postlint.text import Place

if TYPE_CHECKING:
    from postlint.checking.repairs import Repairs
    from postlint.checking.run import Work
    from postlint.files.git import Versions

_HEAD = b"postlint report 3"
# A file may be written twice in one tick of its disk's clock, so its state is sure only some time after that.
_YOUNG = 2_000_000_000
_BELOW = 200
"""So many folders of the working directory may hold the site whose cache has the report."""


class Stored(NamedTuple):
    """A report before any baseline, and whether whole sites were checked for it."""

    report: Report
    complete: bool


class SiteKnown(NamedTuple):
    """What was known of the one site that a report is about: its root and its configuration file; the posts that were
    reported on, None for all; the `appearance` of each post by its path; and what site rules found in each post, before
    anything was suppressed, with the places in it (see `packed`)."""

    root: str
    config: str | None
    reported: Sequence[str] | None
    appearances: Mapping[str, str]
    of_site: Mapping[str, str]


def site_known(work: "Work", here: "Repairs") -> SiteKnown | None:
    """What is known of a site that was checked; None if that is not enough."""
    appearances = {path: outcome.appearance for path, outcome in here.outcomes.items() if outcome.appearance}
    if not appearances or any(d.rule_failed for d in here.of_site or ()):
        return None
    of_site: dict[str, list[Diagnostic]] = {}
    for d in here.of_site or ():
        of_site.setdefault(d.path, []).append(d)
    project = work.project
    reported = None if work.reported is None else sorted(work.reported)
    facts = {path: here.outcomes[path].facts for path in of_site if path in here.outcomes}
    said = {path: packed(of_site[path], known.places) for path, known in facts.items() if known}
    return SiteKnown(project.root, project.config.file, reported, appearances, said)


class Found(NamedTuple):
    """A stored report: the file that it is in; until when it holds (microseconds since 1970); what must be the same for it
    to be used again, with the states of now; and the full paths of files that have other states than then."""

    path: str
    stored: Stored
    until: int | None
    kept: Kept
    versions: "Versions | None"
    changed: Sequence[str]
    site: SiteKnown | None


class Run:
    """A run whose report may be kept: what it is called, when it began, and what it asks of the disk from then on."""

    def __init__(self, name: str, versions: "Versions | None" = None) -> None:
        """`versions` are those of the files that are not read from disk, by their full paths."""
        self.name = name
        self.versions = versions
        self.began = time.time_ns() - _YOUNG
        self.looks = looks.Looks()
        self._before = looks.take(self.looks)
        self._made: Made | None = None
        clock.begin()

    def end(self) -> None:
        """Note nothing more."""
        looks.take(self._before)

    def prepare(self, folder: str) -> None:
        """Make the cache's `folder` now, so that nothing but what else changes its surroundings from here on is a change."""
        self._made = disk_states.make(folder, self.began)

    def save(self, folder: str, stored: Stored, site: SiteKnown | None) -> None:
        """Keep the report in the cache's `folder`, unless something may have changed meanwhile. Posts that did are checked
        again when it is used."""
        known = site and self._renewable(site)
        again = {os.path.join(known.root, path) for path in known.appearances} if known else set[str]()
        with suppress(OSError, ValueError):  # a full disk, or a folder that must not be written: the next run is slower
            kept = disk_states.keep(self.looks, folder, self.began, self._made, again)
            if kept is not None:
                ends = clock.end()
                _write(
                    os.path.join(folder, self.name),
                    stored,
                    _instant(ends) if ends else None,
                    kept,
                    known,
                    self.versions,
                )

    def save_renewed(self, old: Found, stored: Stored, site: SiteKnown) -> None:
        """Keep the report that is `old` but for a few posts."""
        if not disk_states.are_older(old.kept, old.changed, self.began):
            return  # the next run has to check them again anyway
        with suppress(OSError, ValueError):
            new = disk_states.keep(self.looks, os.path.dirname(old.path), self.began)
            if new is not None:
                _write(
                    old.path,
                    stored,
                    old.until,
                    disk_states.together(old.kept, new),
                    self._renewable(site),
                    self.versions,
                )

    def _renewable(self, site: SiteKnown) -> SiteKnown:
        """`site` without the posts whose files were also read for something else, such as the settings of other posts."""
        read = {_plainly(path) for path in self.looks.paths | self.looks.in_git}
        known = {
            path: seen for path, seen in site.appearances.items() if _plainly(os.path.join(site.root, path)) not in read
        }
        return site._replace(appearances=known)


def _plainly(path: str) -> str:
    """`path` in the one form that all spellings of it have in common."""
    return path if os.sep == "/" and "/." not in path else os.path.normcase(os.path.normpath(path))


def _write(
    path: str, stored: Stored, until: int | None, kept: Kept, site: SiteKnown | None, versions: "Versions | None"
) -> None:
    head = {
        **kept.rest,
        "made": _instant(clock.now()),
        "until": until,
        "skipped": stored.report.skipped,
        "complete": stored.complete,
        "site": site and site[:3],
        "versions": versions,
    }
    parts = (head, kept.paths, stored.report.posts, stored.report.diagnostics, kept.listings)
    lines = [json.dumps(part, separators=(",", ":")).encode() for part in (*parts, *(site[3:] if site else ({}, {})))]
    data = b"\n".join((*lines, kept.states))
    cache_folder.write(os.path.dirname(path), path, (_HEAD, b"\n", _sum(data), b"\n", data))


def name_of(options: Mapping[str, object]) -> str:
    """What the report of a run in this folder with these options is called."""
    said = repr((cache_folder.version(), os.getcwd(), sys.path, sorted(options.items())))
    return f"{blake2b(said.encode(errors='surrogateescape'), digest_size=16).hexdigest()}.report"


def find(name: str, folders: Iterable[str], versions: "Versions | None" = None) -> Found | None:
    """The report called `name` in one of the cache's `folders`, if nothing that it depends on has changed, or hardly
    anything. `versions` are those of now, as in `Run`."""
    for folder in folders:
        path = os.path.join(folder, name)
        data = cache_folder.read(path) if _is_own(path) else b""
        if data:
            try:
                return _loaded(path, data, versions)
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


def _loaded(path: str, data: bytes, versions: "Versions | None") -> Found | None:
    """The report in `data`; None if it no longer holds. Raises ValueError, TypeError or LookupError for damaged data."""
    first, total, rest = data.split(b"\n", 2)
    if first != _HEAD or total != _sum(rest):
        return None
    head, listed, posts, diagnostics, listings, appearances, of_site, before = rest.split(b"\n", 7)
    kept = json.loads(head)
    now = _instant(clock.now())
    if now < kept["made"] or (kept["until"] is not None and now >= kept["until"]):
        return None
    if not disk_states.holds(kept):
        return None
    paths = json.loads(listed)
    states, _, _ = disk_states.states(paths)
    changed = _other_versions(kept["versions"], versions)
    if changed is None:
        return None
    names: dict[str, str] = json.loads(listings) if changed or states != before else {}
    if states != before:
        on_disk, states = _changed(paths, before, states, names)
        changed += on_disk
    if len(changed) > disk_states.MOST_CHANGED or (changed and kept["site"] is None):
        return None
    skipped = [Skipped(*each) for each in kept["skipped"]]
    found = [_diagnostic(*each) for each in json.loads(diagnostics)]
    checked = json.loads(posts)
    if type(checked) is not list or any(type(path) is not str for path in checked):
        raise TypeError
    stored = Stored(Report(found, len(checked), skipped=skipped, posts=checked), bool(kept["complete"]))
    site = None
    if changed:
        root, config, reported = kept["site"]
        site = SiteKnown(root, config, reported, json.loads(appearances), json.loads(of_site))
    must_be = Kept(paths, states, names, {name: kept[name] for name in ("existing", "absent", "names", "links")})
    return Found(path, stored, kept["until"], must_be, versions, changed, site)


def _other_versions(then: Any, now: "Versions | None") -> list[str] | None:
    """The files that have another version now, if that is all that differs; None if more does."""
    if then is None or now is None:
        return [] if then is now else None
    rest, blobs = then
    if rest != now.rest or blobs.keys() != now.blobs.keys():
        return None
    return [path for path, blob in now.blobs.items() if blobs[path] != blob]


def _changed(paths: Sequence[str], before: bytes, now: bytes, names: Mapping[str, str]) -> tuple[list[str], bytes]:
    """The paths of what changed, apart from folders that have the same names as before. And the states to keep: of such
    folders they are the earlier ones, so that their names are compared again."""
    changed, same = list[str](), dict[int, bytes]()
    for number in disk_states.differing(before, now):
        path = paths[number]
        if path in names and disk_states.names(path) == names[path]:
            same[number] = disk_states.state_of(before, number)
        else:
            changed.append(path)
    return changed, disk_states.with_states(now, same)


def packed(diagnostics: Sequence[Diagnostic], places: Sequence[int]) -> str:
    """What site rules found in a post, and the `places` of its facts, as text."""
    return json.dumps((diagnostics, places), separators=(",", ":"))


def unpacked(text: str) -> tuple[list[Diagnostic], list[int]]:
    """What was packed. Raises ValueError, TypeError or LookupError for other text."""
    found, places = json.loads(text)
    return [_diagnostic(*each) for each in found], places


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
