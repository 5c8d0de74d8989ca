"""Finds text that was saved in one encoding and read in another."""

from collections.abc import Callable, Sequence

from postlint.mojibake.explain import explain
from postlint.mojibake.finding import Mojibake

__all__ = ["Mojibake", "explain", "find_mojibake"]


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
        spans = skip() if callable(skip) else skip
        found = [one for one in found if not any(start < one.end and one.start < end for start, end in spans)]
    return found
