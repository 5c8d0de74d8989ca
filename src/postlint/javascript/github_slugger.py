"""Slugs and anchors as npm's github-slugger 2 makes them: Astro's ids, and the anchors of headings on GitHub."""

import re
from functools import lru_cache

_ASCII = re.compile(r"[^0-9A-Za-z_ -]+")
_KEPT = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "Pc"))
# Other_Alphabetic beyond letters and marks (Unicode 13, PropList.txt): circled and squared Latin letters.
_ALPHABETIC_SYMBOLS = ((0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189))


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """`text` in lower case, of which only letters, marks, digits, connectors, `-` and spaces stay; spaces become `-`.

    Nothing is trimmed or collapsed.
    """
    text = text.lower()
    if text.isascii():
        return _ASCII.sub("", text).replace(" ", "-")
    return "".join(character for character in text if _kept(character)).replace(" ", "-")


@lru_cache(maxsize=4096)
def _kept(character: str) -> bool:
    if character in "- ":
        return True
    from unicodedata import category

    if category(character) in _KEPT:
        return True
    code = ord(character)
    return any(first <= code <= last for first, last in _ALPHABETIC_SYMBOLS)


class Slugger:
    """The anchors of one page: a slug that was there before gets `-1`, `-2` and so on."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def anchor(self, text: str) -> str:
        """The anchor of the next heading, whose plain text is `text`."""
        first = anchor = slug(text)
        while anchor in self._seen:
            self._seen[first] += 1
            anchor = f"{first}-{self._seen[first]}"
        self._seen[anchor] = 0
        return anchor
