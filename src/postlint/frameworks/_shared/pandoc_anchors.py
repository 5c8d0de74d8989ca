"""The ids of headings as Pandoc makes them (auto_identifiers); source: Text.Pandoc.Shared, and Pandoc run."""

import re
from collections.abc import Sequence
from unicodedata import category

_DASHES = re.compile(r"--+|\.\.\.")
_KEPT = "_-."


def slug(text: str) -> str:
    """The id of a heading whose plain text is `text`: dashes and dots that typography makes one of count for nothing, and
    so does what comes before the first letter."""
    text = _DASHES.sub("", text).lower()
    kept = "".join(char for char in text if char.isspace() or char in _KEPT or category(char)[0] in "LN")
    joined = "-".join(kept.split())
    first = next((at for at, char in enumerate(joined) if char.isalpha()), len(joined))
    return joined[first:] or "section"


def anchors(headings: Sequence[str]) -> list[str]:
    """The ids of a page's headings, in their order: one that is there already gets `-1`, `-2` and so on."""
    out: dict[str, None] = {}
    number: dict[str, int] = {}
    for text in headings:
        first = unique = slug(text)
        while unique in out:
            number[first] = number.get(first, 0) + 1
            unique = f"{first}-{number[first]}"
        out[unique] = None
    return list(out)
