"""Looks for every kind of damage in a text, each only where a fast test says that there may be some."""

import re

from postlint.mojibake.finding import Mojibake
from postlint.mojibake.scanning import suspects

# Entities that touch each other, or another character beyond ASCII. A literal first character makes them fast.
_ENTITY_AFTER = re.compile(r"&(?:(?<=[^\x00-\x7f]&)|(?<=;&))#?[A-Za-z0-9]{2,31};")
_ENTITY_BEFORE = re.compile(r";(?=[^\x00-\x7f])")
# Where bytes were lost (`â€`, `ðŸ`, `Ã `, all in UTF-8); and the bytes of which any Han, Hangul or half-width character has one in UTF-8.
_LOSS = re.compile(rb"\xc3(?:\xa2\xe2\x82\xac|\xb0\xc5\xb8|[\x82\x83\x85][ ?])")
_CONTROL = re.compile(rb"\xc2[\x80-\x9f]")
_LETTERS = re.compile("[À-ÿ]{4}|[а-яё][А-ЯЁ]{3}")
_WIDE = bytes((*range(0xE3, 0xEE), 0xEF))


def search(text: str) -> list[Mojibake]:
    """All damaged runs of `text`, in order, none touching another."""
    if "&" in text and (_ENTITY_AFTER.search(text) or _ENTITY_BEFORE.search(text)):
        from postlint.mojibake.entities import written_out

        view = written_out(text)
        if view:
            found = []
            for one in _search(view.text):
                start, end = view.origin(one.start), view.origin(one.end)
                written = text[start:end]
                # A damaged run takes the form of entities last of all.
                codecs = one.codecs if written == one.text else (*one.codecs, "entities")
                found.append(one._replace(start=start, end=end, text=written, codecs=codecs))
            return found
    return [] if text.isascii() else _search(text)


def _search(text: str) -> list[Mojibake]:
    data = text.encode("utf-8", "surrogatepass")
    found: list[Mojibake] = []
    if places := suspects(text, data):
        from postlint.mojibake.weighing import weigh

        found = weigh(text, places)
    if found or (b"\xef" in data and "\ufffd" in text) or _LOSS.search(data):
        from postlint.mojibake.losses import with_losses

        found = with_losses(text, found)
    if any(byte in data for byte in _WIDE):
        from postlint.mojibake.multibyte import multi_byte

        found = sorted((*found, *multi_byte(text, found)))
    if (b"\xc2" in data and _CONTROL.search(data)) or _LETTERS.search(text):
        from postlint.mojibake.legacy import legacy

        found = sorted((*found, *legacy(text, data, found)))
    return found
