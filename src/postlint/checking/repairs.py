"""Repairing the posts of one site: pass after pass, until nothing changes, each change looked at before it counts."""

import os
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from postlint.checking.checker import Checker, Outcome
from postlint.diagnostics import FILE_NOT_FIXED, Diagnostic, Skipped, about_file
from postlint.files import reading, writing
from postlint.files.files import Files
from postlint.posts.facts import Facts
from postlint.text import Text

_MOST_PASSES = 20
"""Some parsers stop at the first error, so each of a post's errors may need a pass."""
_MOST_TRIES = 64
"""How often a post is checked to find out which of its fixes do harm. A long post may have thousands of fixes."""
_BUG = "; this is a bug in postlint, please report it"


class Changes(NamedTuple):
    """What to change in posts: `fix` makes every safe fix, `unsafe` also the others. If `suppress` is not None, comments
    with this reason suppress the remaining findings."""

    fix: bool = False
    unsafe: bool = False
    suppress: str | None = None


class Repairs:
    """The state of one site while it is fixed: outcomes, and texts as fixes change them. Nothing is written.

    `contents` holds the bytes of the posts that are not on disk; `reported` are the paths that are reported on and fixed,
    None for all.
    """

    def __init__(
        self,
        checker: Checker,
        outcomes: dict[str, Outcome],
        contents: Mapping[str, bytes],
        files: Files | None,
        complete: bool,
        reported: frozenset[str] | None,
    ) -> None:
        self._checker = checker
        self._outcomes = outcomes
        self._contents = contents
        self._files = files
        self._complete = complete
        self._reported = reported
        self._before: dict[str, str] = {}
        self._after: dict[str, str] = {}
        # Posts that cannot be fixed, and why, by path; they are left alone.
        self._obstacles: dict[str, Diagnostic] = {}
        # Fixes that do harm, by a key that does not depend on the state of the text.
        self._harmful: dict[tuple[str, str, str, str], Diagnostic] = {}
        self._tries_left: dict[str, int] = defaultdict(lambda: _MOST_TRIES)
        # What site rules found last, before anything was suppressed, and the outcomes of that time of the posts that were
        # changed since; None before the first.
        self.of_site: list[Diagnostic] | None = None
        self._changed: dict[str, Outcome] = {}
        self._current: list[Diagnostic] = []
        self.fixed: list[Diagnostic] = []
        self.suppressed = 0
        self.skipped: Sequence[Skipped] = ()

    def diagnostics(self) -> list[Diagnostic]:
        """The findings in the posts as they are now."""
        found = self._found()
        return [*found, *self._obstacles.values(), *self._harmful.values()]

    @property
    def outcomes(self) -> Mapping[str, Outcome]:
        """The outcomes of the posts as they are now, by path."""
        return self._outcomes

    def texts(self) -> dict[str, tuple[str, str]]:
        """Path → text before and after, of the posts that fixes changed."""
        return {path: (self._before[path], text) for path, text in self._after.items() if text != self._before[path]}

    def posts(self) -> dict[str, Facts | None]:
        """Path → the facts of every post as it is now; None for one that could not be read."""
        return {path: outcome.facts for path, outcome in self._outcomes.items()}

    def make(self, changes: Changes) -> None:
        """Change the posts if that does no harm."""
        if changes.fix:
            self._repair(changes.unsafe)
        if changes.suppress is not None:
            self._suppress(changes.suppress)

    def _repair(self, unsafe: bool) -> None:
        last: dict[str, list[Diagnostic]] = {}
        texts: dict[str, set[int]] = {}
        for number in range(_MOST_PASSES):
            by_path: dict[str, list[Diagnostic]] = defaultdict(list)
            for d in self._found():
                if d.fix and d.path not in self._obstacles and _key(d) not in self._harmful:
                    by_path[d.path].append(d)
            changed = {path: done for path, found in by_path.items() if (done := self._pass(path, found, unsafe))}
            if not changed:
                return
            for path, done in changed.items():
                known = texts.setdefault(path, {hash(self._before[path])})
                text = hash(self._after[path])
                if text in known or number == _MOST_PASSES - 1:
                    self._give_up(path, [*last.get(path, ()), *done])
                known.add(text)
            last = changed

    def _suppress(self, reason: str) -> None:
        before = len(self._found())
        for near in (True, False):
            by_path: dict[str, list[Diagnostic]] = defaultdict(list)
            for d in self._found():
                by_path[d.path].append(d)
            for path, found in by_path.items():
                if path not in self._obstacles and (path in self._after or self._open(path)):
                    self._silence(path, found, reason, near)
        self.suppressed = before - len(self._found())

    def _silence(self, path: str, found: Sequence[Diagnostic], reason: str, near: bool) -> None:
        text = self._after[path]
        post = self._checker.document(path, Text(text).to_bytes())
        from postlint.fixing import fixes, guard, suppressing

        whole = suppressing.whole_file(post, {d.rule for d in found}, reason)
        for edits in (suppressing.edits(post, found, reason), [whole]) if near else ([whole],):
            changed = fixes.edited(text, edits)
            after = self._checker.document(path, Text(changed).to_bytes())
            if suppressing.keeps_page(post, after) and not guard.harm(post, after, (), (), ()):
                self._put(path, after.text.value, self._checker.outcome(after))
                return

    def _found(self) -> list[Diagnostic]:
        """The findings of the posts as they are now."""
        if self.of_site is None or self._changed:
            outcomes = list(self._outcomes.values())
            self.of_site = self._look_at_site(outcomes)
            self._changed = {}
            found = [*(d for outcome in outcomes for d in outcome.diagnostics), *self.of_site]
            found = self._checker.unsuppressed(self._checker.drop_restated(found), outcomes, self._complete)
            self._current = found if self._reported is None else [d for d in found if d.path in self._reported]
        return self._current

    def _look_at_site(self, outcomes: Sequence[Outcome]) -> list[Diagnostic]:
        """What site rules find. If no other post can see what was changed since they last ran, only the changed posts are
        reported on anew."""
        if self.of_site is None or not all(old.looks_as(self._outcomes[path]) for path, old in self._changed.items()):
            found = self._checker.check_site(outcomes, self._files, self._complete, self._reported)
            self.skipped = self._checker.skipped
            return found
        changed = frozenset(self._changed)
        reported = changed if self._reported is None else changed & self._reported
        again = self._checker.check_site(outcomes, self._files, self._complete, reported)
        return [*(d for d in self.of_site if d.path not in changed), *again]

    def _put(self, path: str, text: str, outcome: Outcome) -> None:
        """Let the post at `path` have `text` from now on, of which `outcome` is what was found."""
        self._changed.setdefault(path, self._outcomes[path])
        self._after[path], self._outcomes[path] = text, outcome

    def _pass(self, path: str, found: Sequence[Diagnostic], unsafe: bool) -> list[Diagnostic]:
        """Apply the fixes of `found` that fit together to the post at `path`; returns the findings that were fixed."""
        if not any(d.fix and (unsafe or d.fix.applicability == "safe") for d in found):
            return []
        if path not in self._after and not self._open(path):
            return []
        step = self._try(path, found, unsafe)
        if step and step[2]:
            step = self._try(path, self._harmless(path, found, unsafe), unsafe)
        if not step:
            return []
        text, done, _, outcome = step
        self._put(path, text, outcome)
        self.fixed += done
        return done

    def _harmless(self, path: str, found: Sequence[Diagnostic], unsafe: bool) -> list[Diagnostic]:
        """The findings of `found` whose fixes do no harm together. Whatever does harm is halved until one fix is left, or
        until the post was tried too often."""
        kept: list[Diagnostic] = []
        pending = [found]
        while pending:
            part = pending.pop()
            step = self._try(path, [*kept, *part], unsafe)
            if step and step[2]:
                self._tries_left[path] -= 1
                half = len(part) // 2
                if half and self._tries_left[path] > 0:
                    pending += part[half:], part[:half]
                    continue
                harm = "too many fixes of this post do harm" if half else step[2]
                for d in part:
                    reason = f"the fix of {d.rule} was not made: {harm}"
                    self._harmful[_key(d)] = about_file(path, FILE_NOT_FIXED, reason)._replace(start=d.start, end=d.end)
            elif step:
                kept += part
        return kept

    def _try(
        self, path: str, found: Sequence[Diagnostic], unsafe: bool
    ) -> tuple[str, list[Diagnostic], str | None, Outcome] | None:
        """The text with `found` fixed, the fixed findings, the harm done, and the new outcome; None if nothing changes."""
        from postlint.fixing import fixes, guard

        text, done = fixes.apply(self._after[path], found, unsafe)
        if text == self._after[path]:
            return None
        before = self._checker.document(path, Text(self._after[path]).to_bytes())
        after = self._checker.document(path, Text(text).to_bytes())
        # Bytes that were not UTF-8 may be, now that nothing stands between them.
        text = after.text.value
        outcome = self._checker.outcome(after)
        repaired = {d.rule for d in done}
        waiting = [rule.name for rule in self._checker.all_rules if not repaired.isdisjoint(rule.yields_to)]
        harm = guard.harm(before, after, self._outcomes[path].diagnostics, outcome.diagnostics, done, waiting)
        harm = f"{harm}{_BUG}" if harm else self._clash(path, outcome)
        return text, done, harm, outcome

    def _clash(self, path: str, outcome: Outcome) -> str | None:
        """Which post has the address already that the one at `path` gets by a repair, in words."""
        before, after = (each.facts.address if each.facts else None for each in (self._outcomes[path], outcome))
        if not before or not after or after.key is None or before.key == after.key:
            return None
        others = (o.facts for o in self._outcomes.values() if o.facts and o.path != path)
        taken = after.key, after.language
        there = next((each for each in others if (each.address.key, each.address.language) == taken), None)
        return f"{there.path} already has the address that the post would get" if there else None

    def _open(self, path: str) -> bool:
        """Read the post at `path` for its first fix; False if it must not be changed."""
        full = os.path.join(self._checker.project.root, path)
        data = self._contents.get(path)
        reason = self._obstacle(full) if data is None else None
        if not reason:
            try:
                data = reading.read(full) if data is None else data
            except reading.Unreadable:
                data = None
            # Positions are those of the text that was checked: it must not have changed since.
            if data is not None and _same(self._checker.check(path, data), self._outcomes[path]):
                self._before[path] = self._after[path] = Text.from_bytes(data).value
                return True
            reason = writing.CHANGED
        self._obstacles[path] = about_file(path, FILE_NOT_FIXED, f"not fixed: {reason}")
        return False

    def _obstacle(self, full: str) -> str | None:
        if os.path.islink(full) and self._files and not self._files.inside(full):
            return "it is a link to a file outside the site"
        return writing.obstacle(full)

    def _give_up(self, path: str, done: Sequence[Diagnostic]) -> None:
        rules = " and ".join(sorted({d.rule for d in done}))
        reason = f"not fixed: the fixes of {rules} never come to an end{_BUG}"
        self._obstacles[path] = about_file(path, FILE_NOT_FIXED, reason)
        self._put(path, self._before[path], self._checker.check(path, Text(self._before[path]).to_bytes()))
        self.fixed = [d for d in self.fixed if d.path != path]


def _same(one: Outcome, other: Outcome) -> bool:
    from postlint.checking.transport import encode

    return encode(one) == encode(other)


def _key(d: Diagnostic) -> tuple[str, str, str, str]:
    return d.path, d.rule, d.message, d.fix.message if d.fix else ""
