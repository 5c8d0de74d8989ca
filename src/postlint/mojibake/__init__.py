"""Finds text that was saved in one encoding and read in another."""

from collections.abc import Callable, Sequence

from postlint.mojibake.explain import explain
from postlint.mojibake.finding import Mojibake

__all__ = ["Mojibake", "explain", "find_mojibake", "in_escapes"]


def find_mojibake(
    text: str, skip: Sequence[tuple[int, int]] | Callable[[], Sequence[tuple[int, int]]] = ()
) -> list[Mojibake]:
    """The damaged runs of `text`, in order of position, none touching another.

    `skip` are spans to leave alone, in order (or what makes them, called only if something was found).
    """
    if text.isascii() and ";&" not in text:
        return []
    from postlint.mojibake.search import search

    found = search(text)
    if found:
        found = _outside(found, skip() if callable(skip) else skip)
    return found


def in_escapes(text: str) -> list[Mojibake]:
    """The damaged runs of a quoted value, as it is written, that hold escapes: `it\\u00e2\\u20ac\\u2122s`."""
    from postlint.mojibake.search import search_escapes

    return search_escapes(text)


def _outside(found: list[Mojibake], spans: Sequence[tuple[int, int]]) -> list[Mojibake]:
    """What of `found` touches none of `spans`; both are in order."""
    if not spans:
        return found
    kept = []
    index = 0
    for one in found:
        while index < len(spans) and spans[index][1] <= one.start:
            index += 1
        if index == len(spans) or one.end <= spans[index][0]:
            kept.append(one)
    return kept
