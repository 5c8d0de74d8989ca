"""Findings that ask for one decision (see `Finding.group`), shown once with all of their places: for people."""

from collections.abc import Iterable, Sequence

from postlint.diagnostics import Diagnostic
from postlint.reporters import count, visible

_ALL = 10
_FIRST = 5

_Key = tuple[str, str, str, tuple[str, str] | None]


class Together:
    """The findings of a report: `first` has one of each group, and all that have no group, in their order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.first: list[Diagnostic] = []
        self._others: dict[_Key, list[Diagnostic]] = {}
        for d in diagnostics:
            key = _key(d)
            if key is None or key not in self._others:
                self.first.append(d)
                if key is not None:
                    self._others[key] = []
            else:
                self._others[key].append(d)

    def others(self, d: Diagnostic) -> Sequence[Diagnostic]:
        """The other findings of the group that `d`, one of `first`, stands for."""
        key = _key(d)
        return () if key is None else self._others.get(key, ())


def _key(d: Diagnostic) -> _Key | None:
    """What findings of one group have in common; the same fix in another place has the same words."""
    if d.group is None:
        return None
    return d.rule, d.group, d.severity, d.fix and (d.fix.applicability, d.fix.message)


def places(others: Sequence[Diagnostic]) -> list[str]:
    """A line for each of `others`; of more than ten, the first five and a count."""
    shown, more = first(others)
    lines = [f"{visible(d.path)}:{d.start.line}:{d.start.column}" for d in shown]
    if more:
        posts = count(len({d.path for d in others[len(shown) :]}), "post")
        lines.append(f"{more} more places in {posts} (--output-format concise lists them)")
    return lines


def first(others: Sequence[Diagnostic]) -> tuple[Sequence[Diagnostic], int]:
    """Those of `others` whose places are shown, and the number of the rest."""
    shown = others if len(others) <= _ALL else others[:_FIRST]
    return shown, len(others) - len(shown)
