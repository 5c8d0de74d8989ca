"""What site rules know of a post, apart from where things stand in it: if that stays the same, so does what they find."""

import json
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

from postlint.diagnostics import Diagnostic, Edit
from postlint.text import place, unpack_lines

if TYPE_CHECKING:
    from postlint.checking.checker import Outcome

_encode = json.JSONEncoder(separators=(",", ":")).encode


def appearance(outcome: "Outcome") -> str:
    """A short digest of what site rules know of a post; empty if its file cannot be read."""
    if outcome.facts is None:
        return ""
    seen = _encode((outcome.facts.without_places, outcome.notes))
    return blake2b(seen.encode(), digest_size=8).hexdigest()


def moved(found: Sequence[Diagnostic], places: Sequence[int], outcome: "Outcome") -> list[Diagnostic] | None:
    """What site rules find in a post that looks as before, although things have moved in it. `found` is what they found
    before, when the things in it stood at `places`. None if it is not certain where a finding is now."""
    if outcome.facts is None:
        return None
    now = _Now(places, outcome.facts.places)
    lines = unpack_lines(outcome.lines)
    out = []
    for each in found:
        start, end = now.at(each.start.offset), now.at(each.end.offset)
        if start is None or end is None:
            return None
        fix = each.fix
        if fix:
            edits = [(now.at(edit.start), now.at(edit.end), edit.content) for edit in fix.edits]
            fix = fix._replace(
                edits=tuple([Edit(a, b, text) for a, b, text in edits if a is not None and b is not None])
            )
            if len(fix.edits) < len(edits):
                return None
        out.append(each._replace(start=place(lines, start), end=place(lines, end), fix=fix))
    return out


class _Now:
    """Where the offsets of a post are now, given the beginnings and ends of its parts before and now."""

    def __init__(self, before: Sequence[int], now: Sequence[int]) -> None:
        self._exact: dict[int, set[int]] = defaultdict(set)
        self._exact[0] = {0}
        for old, new in zip(before, now, strict=True):
            self._exact[old].add(new)
        self._parts = [
            (*old, new[0] - old[0])
            for old, new in zip(_pairs(before), _pairs(now), strict=True)
            if old[1] - old[0] == new[1] - new[0]
        ]
        still = [old for old, new in self._exact.items() if new == {old}]
        moving = [old for old, new in self._exact.items() if new != {old}]
        first = min(moving, default=None)
        self._still = max((old for old in still if first is None or old < first), default=0)

    def at(self, offset: int) -> int | None:
        """Where `offset` is now: what begins or ends there, or is around it, shows that, or that nothing moved before it;
        None if that is not certain."""
        if offset <= self._still:
            return offset
        exact = self._exact.get(offset)
        found = exact or {offset + by for start, end, by in self._parts if start <= offset <= end}
        return found.pop() if len(found) == 1 else None


def _pairs(offsets: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip(offsets[::2], offsets[1::2], strict=True))
