"""Slugs as two packages make them: @sindresorhus/slugify 2 (Eleventy's filter `slugify`), and slugify 1 (Eleventy's older
filter `slug`, Nuxt Content).

Known for Latin, Greek and Cyrillic letters, for signs, and for scripts that the packages leave out.
"""

import re
from unicodedata import category, combining, normalize

_GREEK = (
    "α:a γ:g δ:d ε:e ζ:z ι:i κ:k λ:l μ:m ν:n ο:o π:p ρ:r ς:s σ:s τ:t υ:y φ:f χ:x ψ:ps "
    "ά:a έ:e ί:i ό:o ύ:y ϊ:i ϋ:y ΐ:i ΰ:y "
)
_CYRILLIC = (
    "а:a б:b в:v г:g д:d е:e ж:zh з:z и:i к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f ч:ch ш:sh ы:y э:e ю:yu я:ya "
    "ё:yo є:ye і:i ї:yi љ:lj њ:nj ґ:g "
)
_LATIN = "ß:ss æ:ae ð:d ø:o þ:th ı:i ł:l "
_SLUGIFY = (
    f"{_LATIN}{_GREEK}{_CYRILLIC}β:v ä:ae ö:oe ü:ue đ:d ħ:h ĳ:ij ή:i η:i θ:th ξ:ks ώ:o ω:o й:y х:kh ц:ts щ:sch "
    "ъ: ь: ќ:kj ¢:c ¥:y €:e ₽:p ₹:r ₺:l ₩:w ₿:b ー: ^: `: ¨: ¯: ´: ·: ¸:"
)
_SLUG = (
    f"{_LATIN}{_GREEK}{_CYRILLIC}β:b đ:dj œ:oe ƒ:f ə:e ĉ: ċ: ĕ: ĝ: ġ: ĥ: ĭ: ĵ: ĺ: ŏ: ŗ: ŝ: ŭ: ή:h η:h θ:8 ξ:3 ώ:w ω:w "
    "й:j х:h ц:c щ:sh ъ:u ь: ђ:dj ј:j ћ:c џ:dz ª:a º:o ˚:o ©:(c) ®:(r) ™:tm ¢:cent £:pound ¤:currency ¥:yen €:euro "
    "₽:russian-ruble "
    "$:dollar %:percent &:and <:less >:greater |:or ∞:infinity ♥:love ∑:sum ∂:d ∆:delta ℠:sm "
    '‘:\' ’:\' “:" ”:" „:" †:+ •:* …:...'
)
_TABLES: dict[str, dict[str, str]] = {}
_FOREIGN = re.compile(r"[぀-ヿ㐀-鿿가-힣]")
_CONTRACTION = re.compile(r"([a-z\d]+)'([ts])(?=\s|$)")
_OTHERS = re.compile(r"[^a-z\d]+")
_DROPPED = re.compile(r"[^\w\s$*_+~.()'\"!\-:@]+", re.ASCII)


def slugify(text: str) -> str | None:
    """The filter `slugify`; None if its answer is not known."""
    for sign, word in (("&", " and "), ("🦄", " unicorn "), ("♥", " love ")):
        text = text.replace(sign, word)
    made = _replaced(text, "slugify", "-")
    return None if made is None else _OTHERS.sub("-", _CONTRACTION.sub(r"\1\2", made)).strip("-")


def slug(text: str) -> str | None:
    """The older filter `slug`; None if its answer is not known."""
    made = _replaced(re.sub("[-–]", " ", text), "slug", "")
    return None if made is None else re.sub(r"\s+", "-", _DROPPED.sub("", made).strip())


def _replaced(text: str, name: str, other: str) -> str | None:
    """`text` in lower case, its letters as the package `name` writes them, and `other` for what it doesn't know."""
    if not _TABLES:
        for package, pairs in (("slugify", _SLUGIFY), ("slug", _SLUG)):
            _TABLES[package] = {pair[0]: pair[2:] for pair in pairs.split()}
    table = _TABLES[name]
    out = []
    for char in normalize("NFC", text):
        lower = char.lower() if char != "İ" else "i"
        if lower in table:
            out.append(table[lower])
        elif char.isascii():
            out.append(lower)
        elif _FOREIGN.match(char) or ord(char) >= 0x1F000:
            out.append(other)
        elif category(char) == "Zs":
            out.append(" ")
        elif category(char)[0] == "P" or (category(char) in ("So", "Sm") and not 0x2460 <= ord(char) < 0x2500):
            out.append(other)
        elif ord(char) < 0x180 or 0x1EA0 <= ord(char) < 0x1F00 or char in "ơưƠƯșțȘȚ":
            plain = "".join(each for each in normalize("NFD", lower) if not combining(each))
            out.append(plain if plain.isascii() and plain.isalpha() else other)
        else:
            return None
    return "".join(out)
