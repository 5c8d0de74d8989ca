"""One site, held in memory while its posts are edited."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

from postlint.checking import cache, identity
from postlint.checking.checker import Checker, Outcome
from postlint.checking.pool import Pool
from postlint.checking.repairs import Changes, Repairs
from postlint.checking.run import FEW, Work, outcomes_of_work
from postlint.diagnostics import Diagnostic
from postlint.files import reading
from postlint.files.files import Files
from postlint.fixing import guard
from postlint.lsp.survey import Survey
from postlint.posts.document import Document
from postlint.posts.facts import Facts
from postlint.projects import discovery
from postlint.projects.project import Project, Projects
from postlint.site.missing_images import find_missing_images
from postlint.site.pages import Pages

Made = TypeVar("Made")
_STEP = 10
"""So many posts are checked before the next message of the editor is looked at."""


class LiveSite:
    """The posts of `project`: their outcomes, and what is found in them.

    `held` are the texts of posts that are open, by their path in the site; their files do not count.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.checker = Checker(project)
        self.is_marked = project.is_marked
        """Whether something said that it is a site when it was looked at."""
        self.held: dict[str, bytes] = {}
        self.complete = False
        """Whether the outcomes are those of the whole site."""
        self.revision = 0
        """Changes with every change of an outcome."""
        self.own: frozenset[str] = frozenset()
        """The posts that are judged by this configuration; other folders of the site may have their own."""
        self.survey = Survey()
        self._outcomes: dict[str, Outcome] = {}
        self._stale: set[str] = set()
        self._steps: Iterator[tuple[int, int]] | None = None
        self._projects: Projects | None = None
        self._again = False
        self._made: tuple[int, dict[object, Any]] = (0, {})

    @property
    def is_indexing(self) -> bool:
        return self._steps is not None

    def index(self, projects: Projects, stale: frozenset[str] = frozenset()) -> None:
        """Begin to check the posts whose outcomes are not known, and those at `stale` again; `step` does it. A folder that
        is not known to be a site may hold anything, and is not indexed."""
        self._stale |= stale
        if self.is_marked:
            self._projects = projects
            # What is under way is finished first, so that its results are kept for the next time.
            self._again = self._steps is not None
            self._steps = self._steps or self._index(projects)

    def step(self) -> tuple[int, int] | None:
        """Check some posts. Returns how many are done and how many there are, None if the whole site is known. Raises
        PostlintError for broken settings or schemas."""
        if self._steps is None:
            return None
        try:
            return next(self._steps)
        except StopIteration:
            self._steps = self._index(self._projects) if self._again and self._projects else None
            self._again = False
            return None
        except BaseException:
            self._steps = None
            raise

    def _index(self, projects: Projects) -> Iterator[tuple[int, int]]:
        posts = discovery.site(self.project, projects)
        listed = {post.path for post in posts}
        self.own = frozenset(p.path for p in posts if p.project.config.file == self.project.config.file)
        paths = sorted(listed)
        unknown = [path for path in paths if path not in self._outcomes or path in self._stale]
        self._stale.clear()
        for path in [path for path in self._outcomes if path not in listed and path not in self.held]:
            del self._outcomes[path]
            self.survey.forget(path)
        known = len(paths) - len(unknown)
        yield known, len(paths)
        for number, (path, outcome) in enumerate(list(self._outcomes.items())):
            if outcome.missing_images is None and self._outcomes.get(path) is outcome:
                self._outcomes[path] = self._with_images(outcome)
                if number % _STEP == 0:
                    yield known, len(paths)
        work = Work(self.project, unknown, {}, self.project.files, complete=len(unknown) == len(paths))
        kept = cache.open_for(self.checker) if len(unknown) >= FEW else None
        done = known
        for chunk in outcomes_of_work(work, self.checker, Pool(1), kept, _STEP):
            for outcome in chunk:
                if outcome.path not in self.held:
                    self._outcomes[outcome.path] = self._with_images(outcome)
                    self.survey.forget(outcome.path)
            done += len(chunk)
            self.revision += 1
            yield done, len(paths)
        self.complete = True
        self.revision += 1

    def hold(self, path: str, data: bytes) -> bool:
        """Let `data` be the text of the open post at `path`. Returns whether a finding in another post may change."""
        if self.held.get(path) == data and path in self._outcomes:
            return False
        old = self._outcomes.get(path)
        self.held[path] = data
        outcome = self._outcomes[path] = self._with_images(self.checker.check(path, data))
        self.survey.forget(path)
        self.revision += 1
        return old is None or not outcome.looks_as(old)

    def _with_images(self, outcome: Outcome) -> Outcome:
        """`outcome` with the images that are missing, which every look at the site would look for again."""
        if outcome.facts is None or not self.project.root:
            return outcome
        return outcome._replace(missing_images=find_missing_images(outcome.facts, self.project.files))

    def release(self, path: str) -> None:
        """The post at `path` is closed: its file counts again."""
        if self.held.pop(path, None) is not None:
            self._stale.add(path)

    def adopt(self, other: "LiveSite", stale: frozenset[str]) -> None:
        """Take over the outcomes of an earlier state of the site, except those at `stale`, if they still hold."""
        if self._identity is None or other._identity is None or self._identity[0] != other._identity[0]:
            return
        files = self._identity[1]
        for question, answer in cache.asked_of(other._identity[1]).items():
            number, _, rest = question.partition(" ")
            if files[int(number)].ask(rest) != answer:
                return
        # Which images are there may have changed without the posts.
        kept = ((path, o._replace(missing_images=None)) for path, o in other._outcomes.items())
        self._outcomes = {path: o for path, o in kept if not self.checker.looks_elsewhere(path)}
        self._stale = (other._stale | stale) & self._outcomes.keys()
        self.complete = other.complete and len(self._outcomes) == len(other._outcomes)
        self.revision = other.revision + 1
        self.held = {path: data for path, data in other.held.items() if path in self._outcomes}
        self.survey, self.own = other.survey, other.own

    @cached_property
    def _identity(self) -> tuple[str, list[Files]] | None:
        """What outcomes depend on besides the posts, and the objects that read the disk for it; None if that is not
        known."""
        try:
            return identity.digest((self.project.root, cache.settings_of(self.checker)))
        except identity.Unknown:
            return None

    def diagnostics(self, reported: frozenset[str] | None) -> list[Diagnostic]:
        """The findings in the posts at `reported`, None for all, sorted. Before the whole site is known, each of them is
        looked at without the others."""
        if self.complete or reported is None:
            return self._repairs(self._outcomes, self.complete, reported).diagnostics()
        return [
            d
            for path in sorted(reported)
            for d in self._repairs({path: self._outcomes[path]}, False, reported).diagnostics()
        ]

    def fixed(self, path: str, unsafe: bool = False) -> str | None:
        """The text of the open post at `path` after all safe fixes, each of which was judged; None if none applies."""
        outcomes = self._outcomes if self.complete else {path: self._outcomes[path]}
        repairs = self._repairs(dict(outcomes), self.complete, frozenset((path,)))
        repairs.make(Changes(fix=True, unsafe=unsafe))
        return repairs.texts().get(path, ("", None))[1]

    def harm(self, path: str, text: str, done: Sequence[Diagnostic]) -> str | None:
        """The harm that the fixes of `done` do to the open post at `path`, which they make `text`; None if they do none."""
        after = self.checker.document(path, text.encode("utf-8", "replace"))
        found = self._outcomes[path].diagnostics, self.checker.outcome(after).diagnostics
        return guard.harm(self.document(path), after, *found, done)

    def _repairs(self, outcomes: dict[str, Outcome], complete: bool, reported: frozenset[str] | None) -> Repairs:
        files = self.project.files if self.project.root else None
        return Repairs(self.checker, outcomes, self.held, files, complete, reported)

    def document(self, path: str) -> Document:
        """The post at `path` as it is now. Raises reading.Unreadable."""
        data = self.held.get(path)
        return self.checker.document(path, self.project.files.read(path) if data is None else data)

    @property
    def unsurveyed(self) -> bool:
        """Whether there are posts whose front matter is not in `survey`."""
        return len(self.survey) < len(self._outcomes)

    def look_at_fields(self, number: int = _STEP) -> None:
        """Add the front matter of at most `number` posts to `survey`."""
        for path in self.survey.missing(self._outcomes)[:number]:
            try:
                self.survey.add(path, self.document(path).data)
            except reading.Unreadable:
                self.survey.add(path, {})

    def full(self, path: str) -> str:
        """The place on disk of the file at `path`."""
        return os.path.join(self.project.root, path)

    @property
    def paths(self) -> list[str]:
        return list(self._outcomes)

    @property
    def facts(self) -> Mapping[str, Facts]:
        """What is known of each post that can be read, by path."""
        return {path: outcome.facts for path, outcome in self._outcomes.items() if outcome.facts}

    @property
    def pages(self) -> Pages:
        """The posts by their addresses."""
        files = self.project.files if self.project.root else None
        return self.remembered(
            "pages", lambda: Pages(self.project.framework, list(self.facts.values()), files, self.complete)
        )

    def remembered(self, what: object, make: Callable[[], Made]) -> Made:
        """What `make` returns, made once for each state of the posts."""
        if self._made[0] != self.revision:
            self._made = self.revision, {}
        found: dict[object, Any] = self._made[1]
        if what not in found:
            found[what] = make()
        made: Made = found[what]
        return made
