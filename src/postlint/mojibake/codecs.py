"""Single-byte encodings as UTF-8 looks through them: which characters stand for which byte, and what is well-formed."""

import re
from codecs import charmap_build, charmap_encode
from collections.abc import Mapping

# In order of how often they are the culprit; `penalty` in nats is how much less often than the first.
CODECS: Mapping[str, float] = {
    "cp1252": 0.0,
    "mac-roman": 2.0,
    "cp1251": 1.5,
    "cp1250": 1.5,
    "cp850": 2.0,
    "cp437": 2.0,
    "iso8859-2": 2.5,
    "cp1254": 2.5,
    "cp1257": 2.5,
    "cp1253": 2.5,
    "iso8859-15": 5.0,
    "koi8-r": 2.5,
    "cp866": 2.5,
    "cp1258": 3.5,
    "cp874": 3.5,
}

_CYRILLIC = frozenset(("cp1251", "cp866", "koi8-r"))

# UTF-8 as Unicode defines it (Table 3-7), and emoji as pairs of surrogates (CESU-8).
WELL_FORMED = re.compile(
    b"(?:[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|"
    b"[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|"
    b"\xf4[\x80-\x8f][\x80-\xbf]{2}|\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf])+"
)


_CONTROL = re.compile("[\x80-\x9f]")
# From this length, in characters, the faster table is worth its preparations.
_LONG = 1_000


class Codec:
    """One encoding."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.penalty = CODECS.get(name, 0.0)
        shown = bytes(range(0x80, 0x100)).decode(name, "replace")
        # Browsers read a byte that the encoding leaves undefined as the control character of the same number.
        self.chars = [chr(byte) if char == "\ufffd" else char for byte, char in enumerate(shown, 0x80)]
        self.bytes = {char: byte for byte, char in enumerate(self.chars, 0x80)}
        if name == "cp1252":
            # Latin-1 differs in control characters only, and both occur in one text.
            self.bytes |= {chr(byte): byte for byte in range(0x80, 0xA0)}
        # A table is several times faster than a dictionary, but it holds one character for each byte.
        self._table = charmap_build("".join(map(chr, range(0x80))) + "".join(self.chars))
        self._codes = {ord(char): byte for char, byte in self.bytes.items()} | {
            ord("?"): ord("?"),
            ord("\n"): ord("\n"),
        }

    def alphabet(self, first: int, last: int) -> str:
        """All characters that stand for the bytes from `first` to `last`, 0x80 and more."""
        chars = "".join(self.chars[first - 0x80 : last - 0x7F])
        if self.name == "cp1252" and first < 0xA0:
            chars += "".join(map(chr, range(first, min(last, 0x9F) + 1)))
        return chars

    def seen(self, text: str) -> bytes:
        """The bytes that this encoding shows as `text`, one for each character; `?` for what the encoding lacks.

        ASCII may become `?` as well, except for line feeds.
        """
        if len(text) < _LONG:
            return charmap_encode(text, "replace", self._codes)[0]
        if self.name == "cp1252" and _CONTROL.search(text):
            for byte in range(0x80, 0xA0):
                text = text.replace(chr(byte), self.chars[byte - 0x80])
        return charmap_encode(text, "replace", self._table)[0]

    def well_formed(self, run: str) -> list[re.Match[bytes]]:
        """Where in a run of characters beyond ASCII there is UTF-8 as this encoding shows it."""
        found = list(WELL_FORMED.finditer(self.seen(run)))
        if self.name in _CYRILLIC:
            # Cyrillic words hold short sequences by chance; the damaged ones are damaged throughout.
            return [match for match in found if 3 * (match.end() - match.start()) >= 2 * len(run)]
        return found

    def decode_within(self, text: str) -> str:
        """`text` with everything in it that is well-formed as this encoding shows it taken back."""
        pieces: list[str] = []
        last = 0
        for match in WELL_FORMED.finditer(self.seen(text)):
            pieces += (text[last : match.start()], decoded(match[0]))
            last = match.end()
        return "".join((*pieces, text[last:])) if pieces else text


def decoded(data: bytes) -> str:
    """The text of bytes that `WELL_FORMED` matches as a whole."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        pairs = data.decode("utf-8", "surrogatepass")
        return pairs.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def char_class(chars: str) -> str:
    """A character class of a regular expression that matches each of `chars`, written in ranges."""
    codes = sorted(set(map(ord, chars)))
    ranges: list[list[int]] = []
    for code in codes:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return f"[{''.join(f'{re.escape(chr(a))}-{re.escape(chr(b))}' if a < b else re.escape(chr(a)) for a, b in ranges)}]"


_made: dict[str, Codec] = {}


def codec(name: str) -> Codec:
    """The encoding of that name, made on first use."""
    if name not in _made:
        _made[name] = Codec(name)
    return _made[name]
