"""The ids of headings in VitePress and VuePress; source: packages @mdit-vue/shared and markdown-it-anchor."""

import re
from collections.abc import Sequence
from unicodedata import normalize

_COMBINING = re.compile("[\u0300-\u036f]")
_CONTROL = re.compile("[\x00-\x1f]")
_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'“”‘’<>,.?/]+")
_EMOJI = re.compile(r":[a-z0-9_+-]+:")


def slug(text: str) -> str:
    """The id of a heading whose plain text is `text`."""
    text = _CONTROL.sub("", _COMBINING.sub("", normalize("NFKD", text)))
    text = _SPECIAL.sub("-", text).strip("-")
    return ("_" + text if "0" <= text[:1] <= "9" else text).lower()


def anchors(headings: Sequence[str]) -> list[str]:
    """The ids of a page's headings, in their order; then those that they have where names of emoji (`:tada:`), which count
    for nothing, are known as such."""
    made = _unique(headings)
    if any(_EMOJI.search(text) for text in headings):
        made += _unique([_EMOJI.sub("", text) for text in headings])
    return made


def _unique(headings: Sequence[str]) -> list[str]:
    """One that is there already gets `-1`, `-2` and so on."""
    out: list[str] = []
    taken: set[str] = set()
    number: dict[str, int] = {}
    for text in headings:
        first = unique = slug(text)
        while unique in taken:
            number[first] = number.get(first, 0) + 1
            unique = f"{first}-{number[first]}"
        taken.add(unique)
        out.append(unique)
    return out
