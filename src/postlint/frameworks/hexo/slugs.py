"""How Hexo makes slugs of names, tags and headings (hexo-util, slugize.js)."""

import re
import unicodedata

_SPECIAL = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
_CONTROL = re.compile(r"[\x00-\x1f]")
_LETTERS = {
    "Æ": "AE",
    "æ": "ae",
    "Ø": "O",
    "ø": "o",
    "ß": "s",
    "Œ": "OE",
    "œ": "oe",
    "Ł": "L",
    "ł": "l",
    "Đ": "D",
    "đ": "d",
}


def slugize(text: str, case: int = 0) -> str:
    """hexo-util's `slugize`: without diacritics, runs of blanks and ASCII punctuation become a hyphen. `case`: 1 lower,
    2 upper."""
    plain = "".join(_LETTERS.get(char, char) for char in text)
    plain = "".join(_base(char) for char in plain)
    slug = _SPECIAL.sub("-", _CONTROL.sub("", plain)).strip("-")
    return slug.lower() if case == 1 else slug.upper() if case == 2 else slug


def _base(char: str) -> str:
    """A Latin letter without its diacritics; other characters as they are."""
    if char.isascii():
        return char
    parts = unicodedata.normalize("NFD", char)
    return parts[0] if parts[0].isascii() and len(parts) > 1 else char
