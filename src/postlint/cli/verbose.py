"""`check --verbose`: what was detected about the site, and how long each part took."""

import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from postlint.checking.checker import Checker
from postlint.checking.run import Work
from postlint.projects.project import Project
from postlint.reporters import count, visible
from postlint.reporting.report import Report
from postlint.rule import Rule

_SLOWEST = 8


class Clock:
    """Times the parts of a run, and each rule of the checkers that it makes."""

    def __init__(self) -> None:
        self._last = time.perf_counter()
        self._phases: list[tuple[str, float]] = []
        self._rules: dict[str, float] = defaultdict(float)

    def run(self, works: Sequence[Work], check: Callable[[Callable[[Project], Checker]], Report]) -> Report:
        """Call `check` with a maker of timed checkers, print what was detected on standard error, and return the report."""
        self._ends("finding posts")
        report = check(self._checker)
        self._ends("checking")
        self._say(works)
        return report

    def _ends(self, phase: str) -> None:
        now = time.perf_counter()
        self._phases.append((phase, now - self._last))
        self._last = now

    def _checker(self, project: Project) -> Checker:
        """A checker for `project` whose rules are timed; in this process only."""
        made = Checker(project)
        for rule in made.rules:
            for name in ("check", "note", "check_site"):
                if getattr(type(rule), name, None) not in (None, getattr(Rule, name, None)):
                    setattr(rule, name, self._timed(rule.name, getattr(rule, name)))
        return made

    def _timed(self, rule: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any) -> Any:
            begin = time.perf_counter()
            found = method(*arguments)
            if isinstance(found, Iterable) and not isinstance(found, Sequence | dict | str | set):
                found = list(found)
            self._rules[rule] += time.perf_counter() - begin
            return found

        return timed

    def _say(self, works: Sequence[Work]) -> None:
        for work in works:
            project = work.project
            kind = project.framework
            evidence = f" ({project.evidence})" if project.evidence else ""
            print(f"postlint: {visible(project.root)}: {kind.title}{visible(evidence)}", file=sys.stderr)
            print(f"  configuration: {visible(project.config.file or 'none')}", file=sys.stderr)
            print(f"  collections: {visible(_collections(work))}", file=sys.stderr)
        print(f"  {count(sum(len(work.paths) for work in works), 'post')} read, without a cache", file=sys.stderr)
        for phase, seconds in self._phases:
            print(f"  {phase:20}{1000 * seconds:10.1f} ms", file=sys.stderr)
        for rule, seconds in sorted(self._rules.items(), key=lambda one: -one[1])[:_SLOWEST]:
            print(f"    {rule:30}{1000 * seconds:8.1f} ms", file=sys.stderr)


def _collections(work: Work) -> str:
    """The collections of the posts, judged by their file names, with the number of posts in each."""
    found = Counter(mine.name if (mine := work.project.collection(path)) else "no collection" for path in work.paths)
    return ", ".join(f"{name} {number}" for name, number in found.most_common()) or "none"
