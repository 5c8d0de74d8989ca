"""How Python's site generators make slugs of titles and ids of headings.

Sources: pymdownx.slugs (10), pelican.utils (4.12), markdown.extensions.toc (3.11).
"""

import re
import unicodedata
from collections.abc import Iterable


def pymdownx(text: str, separator: str = "-") -> str:
    """`pymdownx.slugs.slugify(case="lower")`: spaces become `separator` one by one, the rest of the signs goes."""
    text = re.sub(r"</?[^>]*>", "", unicodedata.normalize("NFC", text)).strip().lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", separator)


def toc(headings: Iterable[str]) -> list[str]:
    """The ids of a page's headings, given their plain texts in order: `slugify` and `unique` of `toc`."""
    found: list[str] = []
    seen: set[str] = set()
    for text in headings:
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
        id_ = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())
        while id_ in seen or not id_:
            counted = re.match(r"(.*)_([0-9]+)$", id_)
            id_ = f"{counted[1]}_{int(counted[2]) + 1}" if counted else f"{id_}_1"
        seen.add(id_)
        found.append(id_)
    return found


# What the letters that no accent can be taken off become (unidecode); what is not here needs its whole table.
_PLAIN = str.maketrans(
    {
        "ß": "ss",
        "ẞ": "SS",
        "æ": "ae",
        "Æ": "AE",
        "ø": "o",
        "Ø": "O",
        "œ": "oe",
        "Œ": "OE",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ı": "i",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "--",
        "…": "...",
        "«": "<<",
        "»": ">>",
        "¿": "?",
        "¡": "!",
        "·": "*",
        "‐": "-",
        "‒": "-",
        "•": "*",
        "‹": "<",
        "›": ">",
        "‚": ",",
        "„": ",,",
        "′": "'",
        "ʼ": "'",
        "ʻ": "`",
        "ʿ": "'",
        "⁄": "/",
        "−": "-",
        "×": "x",
        "÷": "/",
        "±": "+-",
        "°": "deg",
        "§": "SS",
        "¶": "P",
        "©": "(c)",
        "®": "(r)",
        "€": "EUR",
        "£": "PS",
        "¢": "C/",
        "¥": "Y=",
        "←": "-",
        "→": "-",
        "↔": "-",
        "⇒": "=",
        "∞": "",
        "√": "",
        "∑": "",
        "≈": "",
        "≠": "",
        "≤": "<=",
        "≥": ">=",
        "ħ": "h",
        "Ħ": "H",
        "ŋ": "ng",
        "Ŋ": "NG",
        "ŧ": "t",
        "Ŧ": "T",
        "ĸ": "k",
        "ƒ": "f",
        "ə": "@",
        "Ə": "@",
        "ʔ": "?",
        "\u200b": " ",
        "\u200d": "",
        "\ufe0f": "",
        "\u00ad": "",
    }
)


_NAMED = "♔♕♖♗♘♙♚♛♜♝♞♟♠♡♢♣♤♥♦♧♯✱❘❜❝❞❟❠❢"


def to_ascii(text: str) -> str | None:
    """`text` as unidecode has it; None if that takes more than is known here."""
    if text.isascii():
        return text
    from postlint.frameworks._shared.romanized import unidecoded

    text = unicodedata.normalize("NFKC", text).translate(_PLAIN)
    if not text.isascii():
        text = "".join(_unpictured(char) if (latin := unidecoded(char)) is None else latin for char in text)
    out = unicodedata.normalize("NFKD", text)
    out = "".join(char for char in out if not "\u0300" <= char <= "\u0362")
    return out if out.isascii() else None


def _unpictured(char: str) -> str:
    """Pictures are dropped, except those that have names."""
    return "" if "\U0001f000" <= char <= "\U0001ffff" or ("\u2600" <= char <= "\u27bf" and char not in _NAMED) else char


def pelican(
    text: str, rules: tuple[tuple[str, str], ...], keep_unicode: bool = False, keep_case: bool = False
) -> str | None:
    """`pelican.utils.slugify` with the substitutions `rules`; None if its letters are not known."""
    from html import unescape

    text = " ".join(unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", text)).split())
    plain = unicodedata.normalize("NFKC", text) if keep_unicode else to_ascii(text)
    if plain is None or len(plain) > 400:
        return None
    for pattern, better in rules:
        plain = re.sub(pattern, better.replace("\\", "\\\\"), plain, flags=re.IGNORECASE)
    return (plain if keep_case else plain.lower()).strip()
