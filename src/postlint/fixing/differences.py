"""What differs between two sequences, in linear time."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_WINDOW = 64


def differences(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The pieces of `before` and of `after` that stand in place of each other, in order: begin and end in each.

    Compares windows: comparing everything with everything takes more than quadratic time where many items are equal.
    """
    done = [0, 0, 0, 0]
    at, to = 0, 0
    while at < len(before) or to < len(after):
        if at < len(before) and to < len(after) and before[at] == after[to]:
            at, to = at + 1, to + 1
            continue
        pieces = (before[at : at + _WINDOW], after[to : to + _WINDOW])
        found = [each for each in SequenceMatcher(None, *pieces, autojunk=False).get_opcodes() if each[0] != "equal"]
        is_last = at + _WINDOW >= len(before) and to + _WINDOW >= len(after)
        # What differs at the end of a window may go on after it.
        if len(found) > 1 and not is_last and (found[-1][2], found[-1][4]) == (len(pieces[0]), len(pieces[1])):
            found.pop()
        for _, i, j, k, m in found:
            if (at + i, to + k) == (done[1], done[3]):
                done[1], done[3] = at + j, to + m
            else:
                if done[1] > done[0] or done[3] > done[2]:
                    yield done[0], done[1], done[2], done[3]
                done = [at + i, at + j, to + k, to + m]
        at, to = at + found[-1][2], to + found[-1][4]
    if done[1] > done[0] or done[3] > done[2]:
        yield done[0], done[1], done[2], done[3]
