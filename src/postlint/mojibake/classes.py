"""Sorts characters into classes: letters by script and case, everything else by what it does in a text."""

import unicodedata
from functools import lru_cache

_ASCII_STOPS = frozenset(".,;:!?")
_ASCII_BRACKETS = frozenset("\"'()[]{}")
# Scripts whose letters have two cases; unicodedata knows no scripts, but names begin with them.
_CASED = frozenset(("LATIN", "GREEK", "CYRILLIC", "ARMENIAN"))
_OTHER_NAMES = {"CJK": "HAN", "FULLWIDTH": "WIDE", "HALFWIDTH": "WIDE", "KATAKANA-HIRAGANA": "KATAKANA"}
_WHOLE = {" ": "space", "\n": "line", "\r": "line", "\t": "space", "\xa0": "nbsp", "\u202f": "nbsp", "\ufffd": "lost"}


@lru_cache(maxsize=20_000)
def class_of(char: str) -> str:
    """The class of one character, such as `LATIN a`, `CYRILLIC A`, `HAN`, `dash` or `box`."""
    code = ord(char)
    if char in _WHOLE:
        return _WHOLE[char]
    if code < 0x80:
        if char.isalpha():
            return "ascii a" if char.islower() else "ascii A"
        if char.isdigit():
            return "digit"
        return "stop" if char in _ASCII_STOPS else "bracket" if char in _ASCII_BRACKETS else "ascii"
    category = unicodedata.category(char)
    if category[0] in "LM" or category in ("Nd", "Nl"):
        return _letter(char, category)
    return _sign(code, category)


@lru_cache(maxsize=20_000)
def script_of(char: str) -> str:
    """The script of a letter or mark, such as `LATIN`; an empty string for what belongs to no script."""
    if char < "\x80":
        return "LATIN" if char.isalpha() else ""
    if unicodedata.category(char)[0] not in "LM" or char in "ªº":
        return ""
    first = unicodedata.name(char, "").split(" ", 1)[0]
    if first in ("COMBINING", "MODIFIER", "MICRO", "ANGSTROM", "KELVIN", "VARIATION"):
        return ""
    return _OTHER_NAMES.get(first, first)


def _letter(char: str, category: str) -> str:
    script = script_of(char)
    if script in _CASED:
        if script == "LATIN" and not "\u00c0" <= char <= "\u024f" and not "\u1e00" <= char <= "\u1eff":
            return "LATIN rare"
        if script == "CYRILLIC" and not "\u0400" <= char <= "\u04ff":
            return "CYRILLIC rare"
        return f"{script} {'a' if char.islower() else 'A'}"
    if not script:
        return "digit of a script" if category[0] == "N" else "mark" if category[0] == "M" else "modifier"
    return script


_BLOCKS = (
    (0x2000, 0x206F, "punctuation"),
    (0x20A0, 0x20CF, "currency"),
    (0x2100, 0x214F, "letterlike"),
    (0x2190, 0x21FF, "arrow"),
    (0x2200, 0x23FF, "maths"),
    (0x2500, 0x257F, "box"),
    (0x2580, 0x259F, "block"),
    (0x25A0, 0x27BF, "symbol"),
    (0x3000, 0x303F, "cjk stop"),
    (0xFF00, 0xFF65, "cjk stop"),
    (0x1F300, 0x1FAFF, "emoji"),
)


def _sign(code: int, category: str) -> str:
    if category in ("Cc", "Cn", "Co", "Cs"):
        return {"Cc": "control", "Cs": "surrogate"}.get(category, "unassigned")
    if category == "Cf":
        return "format"
    if category in ("Pi", "Pf"):
        return "open quote" if category == "Pi" else "close quote"
    if code in (0x201E, 0x201A):
        return "open quote"
    if category == "Pd" and code < 0x3000:
        return "dash"
    if code < 0x100:
        return {"Sc": "currency", "Sk": "accent", "Sm": "latin maths", "No": "latin number"}.get(category, "latin sign")
    if code == 0x2022 or code == 0x2026:
        return "dots"
    for first, last, name in _BLOCKS:
        if first <= code <= last:
            return name
    if category == "Sk":
        return "accent"
    return "other sign"
