"""Finds text that was saved in one encoding and read in another."""

import re
from collections.abc import Callable, Sequence

from postlint.mojibake.explain import explain
from postlint.mojibake.finding import Mojibake

__all__ = ["Mojibake", "explain", "find_mojibake"]

_BYTES = {bytes([byte]).decode("cp1252", "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}
_BYTES |= {chr(byte): byte for byte in range(0x80, 0x100)}
_NEXT = "[" + re.escape("".join(char for char, byte in _BYTES.items() if byte < 0xC0)) + "]"
_RUN = re.compile(f"(?:[\xc2-\xdf]{_NEXT}|[\xe0-\xef]{_NEXT}{{2}}|[\xf0-\xf4]{_NEXT}{{3}})+")


def find_mojibake(
    text: str, skip: Sequence[tuple[int, int]] | Callable[[], Sequence[tuple[int, int]]] = ()
) -> list[Mojibake]:
    """The damaged runs of `text`, in order of position, none touching another.

    `skip` are spans to leave alone, in order (or what makes them, called only if something was found).
    """
    if text.isascii():
        return []
    found = []
    for match in _RUN.finditer(text):
        try:
            meant = bytes(_BYTES[char] for char in match[0]).decode()
        except UnicodeDecodeError:
            continue
        found.append(Mojibake(match.start(), match.end(), match[0], meant, ("cp1252",), len(match[0]) > 2))
    if found:
        spans = skip() if callable(skip) else skip
        found = [one for one in found if not any(start < one.end and one.start < end for start, end in spans)]
    return found
