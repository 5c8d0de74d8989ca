"""What Hugo makes of names in addresses, and of values of another type (gohugoio/hugo: common/paths; spf13/cast)."""

import re
from unicodedata import category, normalize

_PLAIN = re.compile(r"[A-Za-z0-9./\\_#+~@-]*")
_HEX = re.compile(r"%[0-9A-Fa-f]{2}")
_ALLOWED = frozenset("./\\_#+~-@")


def sanitize(text: str) -> str:
    """`paths.Sanitize`: letters, digits, marks and a few signs stay; white space between them becomes one hyphen."""
    if _PLAIN.fullmatch(text):
        return text
    out: list[str] = []
    pending = hyphen = False
    for at, char in enumerate(text):
        if char in _ALLOWED or category(char)[0] in "LM" or category(char) == "Nd" or _HEX.match(text, at):
            hyphen = char == "-"
            if pending and not hyphen:
                out.append("-")
            pending = False
            out.append(char)
        elif out and not hyphen and char.isspace():
            pending = True
    return "".join(out)


def lower(text: str) -> str:
    """Go's `strings.ToLower`, which maps each character for itself."""
    return text.lower() if text.isascii() else text.replace("\u0130", "i").replace("\u03a3", "\u03c3").lower()


def without_accents(text: str) -> str:
    if text.isascii():
        return text
    return normalize("NFC", "".join(char for char in normalize("NFD", text) if category(char) != "Mn"))


def as_text(value: object) -> str:
    """`cast.ToString`; empty for what is not a scalar."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < 1e21 else ""
    return value.isoformat() if hasattr(value, "isoformat") else ""


def as_flag(value: object) -> bool:
    """`cast.ToBool`."""
    if isinstance(value, str):
        return value in ("1", "t", "T", "true", "TRUE", "True")
    return isinstance(value, (bool, int)) and bool(value)


def as_texts(value: object) -> list[str]:
    """`cast.ToStringSlice`: a text is split at white space."""
    if isinstance(value, str):
        return value.split()
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return [] if value is None or isinstance(value, dict) else [as_text(value)]


def as_number(value: object) -> int:
    """`cast.ToInt`."""
    if isinstance(value, str):
        return int(value) if value.strip("+-").isdecimal() and len(value) < 18 else 0
    return int(value) if isinstance(value, (int, float)) and abs(value) < 1e18 else 0
