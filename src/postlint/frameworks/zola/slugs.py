"""Zola's slugs: names in ASCII, as the crates slug 0.1.6 and deunicode make them; what they do is known for the scripts
below, found by building pages with such names."""

import re
from unicodedata import category, combining, normalize

from postlint.frameworks._shared.romanized import decimal, hangul, unidecoded

_LETTERS = (
    "ß:ss æ:ae ð:d ø:o þ:th đ:d ħ:h ı:i ł:l ŋ:ng œ:oe ŧ:t ƒ:f "
    "α:a β:b γ:g δ:d ε:e ζ:z η:e θ:th ι:i κ:k λ:l μ:m ν:n ξ:x ο:o π:p ρ:r ς:s σ:s τ:t υ:u φ:ph χ:kh ψ:ps ω:o "
    "ά:a έ:e ή:e ί:i ό:o ύ:u ώ:o ϊ:i ϋ:u ΐ:i ΰ:u "
    "а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh щ:shch "
    "ъ:- ы:y ь:- э:e ю:iu я:ia ё:io ђ:dj є:ie і:i ї:yi ј:j љ:lj њ:nj ќ:kj ў:u џ:dzh ґ:g- ѐ:ie ѝ:i "
    "€:eur ½:1-2 ¾:3-4 ©:-c-"
)
# The names of pictures, behind which a hyphen follows unless the slug ends there.
_PICTURES = (
    "😀:grinning 😂:joy 🤣:rofl 😊:blush 😍:heart-eyes 🤔:thinking 👍:-1 👎:-1 🙏:pray 🔥:fire ✨:sparkles "
    "🎉:tada 🚀:rocket 💡:bulb ⚡:zap ✅:white-check-mark ❌:x 🐛:bug 🐍:snake 🦀:crab 📝:memo 📚:books "
    "🏠:house 🌍:earth-africa ☕:coffee ⚠:warning"
)
_TABLE: dict[str, str] = {}
_OTHERS = re.compile(r"[^a-z0-9]+")
_UNSAFE = re.compile(r'[<>:"/\\|?*]')


def slugify(text: str, strategy: str = "on") -> str | None:
    """`slugify_paths` by the setting `on`, `safe` or `off`; None if the crates' answer is not known."""
    if strategy == "off":
        return text
    if strategy == "safe":
        return _UNSAFE.sub("", text.rstrip(" ."))
    if not text.isascii():
        latin = [_latin(char) for char in text]
        if None in latin:
            return None
        text = "".join(part for part in latin if part)
    return _OTHERS.sub("-", text.lower()).strip("-")


def _latin(char: str) -> str | None:
    """One character in ASCII."""
    if char.isascii():
        return char
    if not _TABLE:
        _TABLE.update((pair[0], pair[2:]) for pair in _LETTERS.split())
        _TABLE.update((pair[0], f"{pair[2:]}-") for pair in _PICTURES.split())
    code = ord(char)
    lower = char.lower() if code < 0x2100 else char
    if lower in _TABLE:
        return _TABLE[lower]
    if 0xAC00 <= code <= 0xD7A3:
        return hangul(char)
    if 0x300 <= code < 0x370:
        return ""
    if 0x3041 <= code <= 0x3094 or 0x30A1 <= code <= 0x30F4:
        return unidecoded(char)
    if 0xFF01 <= code <= 0xFF5E:
        return normalize("NFKC", char)
    if number := decimal(char):
        return number
    if code == 0xA0 or 0x2000 <= code <= 0x200A or 0x2010 <= code <= 0x2027 or char in "«»¡¿":
        return "-"
    if category(char)[0] in "LN" and code < 0x2100:
        plain = "".join(each for each in normalize("NFKD", char) if not combining(each))
        return plain if plain.isascii() and plain.isalnum() else None
    return None
