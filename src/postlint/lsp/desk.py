"""The posts that are open in the editor, and the sites that they belong to."""

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from postlint.diagnostics import Diagnostic
from postlint.errors import PostlintError
from postlint.files import reading
from postlint.files.endings import is_markdown
from postlint.lsp import uris
from postlint.lsp.client import Client, Settings
from postlint.lsp.file_events import Events
from postlint.lsp.live_site import LiveSite
from postlint.lsp.positions import Json, Positions
from postlint.posts.document import Document
from postlint.projects import discovery
from postlint.projects.project import Project, Projects, in_memory
from postlint.text import Text

PAUSE = 0.2
"""Seconds without another key, before a text is checked."""
_CALM = 1.0
"""Seconds without a key, before all posts of a site are judged."""
_MARKDOWN = ("markdown", "mdx")
_UNSAVED = "untitled.md"
_NEVER = float("inf")

Key = tuple[str, str | None]


class Place(NamedTuple):
    """A post: its site, and its path there."""

    site: LiveSite
    path: str


@dataclass
class Open:
    """A document of the editor. `full` is its place on disk, None if it was never saved. `due` is the time at which it is to
    be checked. `found` are the findings in `seen`, which was its text then."""

    uri: str
    full: str | None
    language: str
    text: str
    version: int | None
    due: float = 0
    seen: str | None = None
    found: list[Diagnostic] = field(default_factory=list)
    published: tuple[int | None, str] | None = None
    """The version and the digest of the findings that the editor has."""
    affects_others: bool = False
    """Whether its site got to know a text since the last check that may change findings in other posts."""

    @property
    def data(self) -> bytes:
        # What is no character in UTF-8 cannot be in the file either.
        return self.text.encode("utf-8", "replace")


class Desk:
    """Everything that the worker knows. `say` sends a message to the editor."""

    def __init__(
        self, client: Client, settings: Settings, folders: Sequence[str], say: Callable[[str, Json], None]
    ) -> None:
        self.client = client
        self.settings = settings
        self.folders = list(folders)
        self.say = say
        self.open: dict[str, Open] = {}
        self.events = Events()
        self._sites: dict[Key, LiveSite] = {}
        self._around: dict[Key, bool] = {}
        self._projects: Projects | None = None
        self._unsaved: LiveSite | None = None
        self._told: str | None = None
        self._looked_for_sites = False
        self._typed = 0.0
        self.checked: Callable[[Open], None] = lambda document: None
        """Gets each document that was checked."""
        self.refreshed = False
        """Whether findings may have changed that the editor does not ask for by itself."""

    # Texts.

    def opened(self, document: Mapping[str, Any]) -> None:
        path = uris.to_path(document["uri"])
        full = _resolved(path) if path else None
        is_unsaved = document["uri"].startswith("untitled:") and document.get("languageId") in _MARKDOWN
        if not (is_unsaved or (full and is_markdown(full))):
            return
        self.open[document["uri"]] = Open(
            document["uri"], full, document.get("languageId", ""), document["text"], document.get("version"), _now()
        )

    def changed(self, uri: str, text: str, version: int | None) -> None:
        self._typed = _now()
        if document := self.open.get(uri):
            document.text, document.version, document.due = text, version, _now() + PAUSE

    def saved(self, uri: str) -> None:
        """The saved document is checked first. An editor that does not report files has the others looked at, too: a save is
        a sign that something may have changed."""
        if not self.client.watches:
            self.look_again()
            self.recheck_others()
        for document in self.open.values():
            if document.uri == uri:
                document.due = _now()
            elif document.due < _NEVER:
                document.due = _now() + PAUSE

    def closed(self, uri: str) -> None:
        document = self.open.pop(uri, None)
        if document is None:
            return
        if not self.client.pulls:
            self.say("textDocument/publishDiagnostics", {"uri": uri, "diagnostics": []})
        place = self.place(document.full) if document.full else None
        if place and place.site.is_marked:
            place.site.release(place.path)
            self._index(place.site)
        elif place:
            self._sites.pop(_key(place.site.project), None)

    # Sites.

    def place(self, full: str) -> Place | None:
        """The site of the post on disk at `full`; None if no site shows such a file. Raises PostlintError."""
        folder = os.path.dirname(full)
        while not os.path.isdir(folder):
            folder = os.path.dirname(folder)
        # Where nothing marks a site, it begins in the working folder.
        os.chdir(folder)
        post = discovery.file(full, self.projects)
        if not discovery.is_post(post, any_ending=True):
            return None
        key = _key(post.project)
        if key not in self._around:
            self._around[key] = discovery.is_around_sites(post.project, self.projects)
        return None if self._around[key] else Place(self.site(post.project), post.path)

    def site(self, project: Project) -> LiveSite:
        """The site of `project`, which begins to be read if it is not known."""
        key = _key(project)
        if key not in self._sites:
            self._sites[key] = LiveSite(project)
            self._index(self._sites[key])
        return self._sites[key]

    @property
    def sites(self) -> list[LiveSite]:
        return list(self._sites.values())

    def all_sites(self) -> list[LiveSite]:
        """The sites in the folders of the workspace. Raises PostlintError."""
        if not self._looked_for_sites:
            self._looked_for_sites = True
            for folder in self.folders:
                for post in discovery.here(folder, self.projects) if os.path.isdir(folder) else ():
                    if post.project.is_marked:
                        self.site(post.project)
        return self.sites

    @property
    def is_calm(self) -> bool:
        """Whether nobody types."""
        return _now() - self._typed > _CALM

    def root_around(self, path: str) -> str | None:
        """The root of the nearest known site, or the folder of the workspace, that `path` is in."""
        roots = [site.project.root for site in self.sites if site.is_marked] + self.folders
        around = [root for root in roots if path.startswith(os.path.join(root, ""))]
        return max(around, key=len, default=None)

    def _index(self, site: LiveSite, stale: frozenset[str] = frozenset()) -> None:
        site.index(self.projects, stale)

    @property
    def projects(self) -> Projects:
        if self._projects is None:
            self._projects = Projects(file=self._config, isolated=self.settings.isolated)
        return self._projects

    @property
    def _config(self) -> str | None:
        """The path of the configuration that the settings name; a relative one begins in the first folder."""
        named = self.settings.config and os.path.expanduser(self.settings.config)
        return os.path.join(self.folders[0], named) if named and self.folders else named

    def look_again(self, changed: frozenset[str] = frozenset(), everything: bool = False) -> None:
        """Files were made, deleted or changed. `changed` are posts; with `everything`, nothing that was read still holds."""
        old, self._sites, self._around, self._projects = self._sites, {}, {}, None
        self._unsaved, self._looked_for_sites = None, False
        for (root, _), site in old.items():
            if everything:
                continue
            try:
                own = next(iter(site.own or site.held), "x")
                project = self.projects.of(os.path.dirname(site.full(own)))
            except PostlintError:
                continue  # the next check reports it
            if project.root != root or _key(project) in self._sites:
                continue
            below = {path for path in changed if path.startswith(os.path.join(root, ""))}
            stale = frozenset(os.path.relpath(path, root).replace(os.sep, "/") for path in below)
            again = self._sites[_key(project)] = LiveSite(project)
            again.adopt(site, stale)
            self._index(again, stale)

    def posts_changed(self, paths: Sequence[str]) -> None:
        """The contents of these posts changed, and nothing else."""
        for (root, _), site in self._sites.items():
            below = (path for path in paths if path.startswith(os.path.join(root, "")))
            stale = frozenset(os.path.relpath(path, root).replace(os.sep, "/") for path in below)
            known = stale & set(site.paths)
            if known - site.held.keys():
                self._index(site, known - site.held.keys())

    # Checks.

    def check(self, document: Open) -> list[Diagnostic]:
        """The findings in the text of `document` as it is. Never raises for what a site or its settings hold."""
        document.due = _NEVER
        try:
            found, affects_others = self._check(document)
        except PostlintError as error:
            self._forget(document)
            self.complain(str(error))
            found, affects_others = [], False
        else:
            self._told = None
        document.seen, document.found = document.text, found
        self.checked(document)
        if affects_others:
            self.recheck_others(document.uri)
        return found

    def _forget(self, document: Open) -> None:
        """Read the settings anew that hold for the document, the next time."""
        self._projects = None
        if document.full:
            kept = {
                key: site
                for key, site in self._sites.items()
                if not document.full.startswith(os.path.join(site.project.root, ""))
            }
            self._sites = kept

    def _check(self, document: Open) -> tuple[list[Diagnostic], bool]:
        place = self.of(document)
        if place and document.full and not place.site.is_marked:
            # Anything may have made a site of the folder since.
            self._projects = None
            self._sites.pop(_key(place.site.project), None)
            place = self.place(document.full)
        if place is None:
            return [], False
        self.hold(document, place)
        affects_others, document.affects_others = document.affects_others, False
        return place.site.diagnostics(frozenset((place.path,))), affects_others

    def of(self, document: Open) -> Place | None:
        """The post that `document` is. Raises PostlintError."""
        if document.full is None:
            if self._unsaved is None:
                self._unsaved = LiveSite(in_memory(None, [_UNSAVED], {}))
            return Place(self._unsaved, _UNSAVED)
        return self.place(document.full)

    def current(self, document: Open) -> list[Diagnostic]:
        """The findings in the text as it is, checked now if it changed since."""
        if document.seen != document.text:
            self.check(document)
        return document.found

    def hold(self, document: Open, place: Place) -> None:
        """Let the site at `place` know the text as it is, whether or not it was checked."""
        if place.site.hold(place.path, document.data):
            document.affects_others = True

    def catch_up(self) -> None:
        """Let the sites know all texts as they are, so that what is known of them is about what the editor shows."""
        for document in list(self.open.values()):
            self.post(document)

    def recheck_others(self, uri: str | None = None) -> None:
        """Check all open documents but that at `uri` soon, and let the editor ask again for others."""
        self.refreshed = True
        for document in self.open.values():
            # What is being typed is checked soon anyway.
            if document.uri != uri and document.due == _NEVER and not self._is_half_known(document):
                document.due = _now()

    def _is_half_known(self, document: Open) -> bool:
        """Whether the site of the document is read anew: what was found in it before is shown until then."""
        try:
            place = self.place(document.full) if document.full else None
        except PostlintError:
            return False  # the check reports it
        return place is not None and place.site.is_indexing and not place.site.complete

    def post(self, document: Open) -> tuple[Place, Document] | None:
        """The post that `document` is, with its present text; None if it belongs to no site."""
        try:
            place = self.of(document)
            if place is None:
                return None
            self.hold(document, place)
            return place, place.site.document(place.path)
        except PostlintError as error:
            self.complain(str(error))
            return None

    # Words to the user.

    def complain(self, said: str) -> None:
        """Show why nothing could be checked: a broken setting once, not at every key."""
        if said != self._told:
            self._told = said
            self.say("window/showMessage", {"type": 1, "message": said})

    def fail(self, error: Exception) -> None:
        """Report a bug in postlint, in the log and once to the user."""
        traceback.print_exception(error, file=sys.stderr)
        self.complain(f"internal error: {type(error).__name__}: {error}. This is a bug in postlint. Please report it.")

    # Texts of other files.

    def positions(self, full: str) -> tuple[str, Positions] | None:
        """The URI of the post on disk at `full`, and the positions in its text, which may be an open one; None if it cannot
        be read."""
        for document in self.open.values():
            if document.full == full:
                return document.uri, Positions(document.text, self.client.encoding)
        try:
            text = Text.from_bytes(reading.read(full)).readable
        except reading.Unreadable:
            return None
        return uris.from_path(full), Positions(text, self.client.encoding)

    def uri(self, full: str) -> str:
        found = (document.uri for document in self.open.values() if document.full == full)
        return next(found, None) or uris.from_path(full)

    def in_order(self) -> Iterator[Open]:
        """The open documents by the time at which they are to be checked."""
        return iter(sorted(self.open.values(), key=lambda document: document.due))


def _key(project: Project) -> Key:
    return project.root, project.config.file


def _resolved(path: str) -> str:
    """`path` as `discovery` names it: the folder without links."""
    return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))


def _now() -> float:
    return time.monotonic()
