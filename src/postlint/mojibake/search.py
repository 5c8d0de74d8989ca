"""Decides which runs of a text are damaged and what they were."""

from postlint.mojibake.entities import written_out
from postlint.mojibake.finding import Mojibake
from postlint.mojibake.losses import with_losses
from postlint.mojibake.multibyte import multi_byte
from postlint.mojibake.weighing import search_plain


def search(text: str) -> list[Mojibake]:
    """All damaged runs of `text`, in order, none touching another."""
    view = written_out(text) if "&" in text else None
    if view is None:
        return [] if text.isascii() else _search(text)
    found = []
    for one in _search(view.text):
        start, end = view.origin(one.start), view.origin(one.end)
        written = text[start:end]
        # A damaged run takes the form of entities last of all.
        codecs = one.codecs if written == one.text else (*one.codecs, "entities")
        found.append(one._replace(start=start, end=end, text=written, codecs=codecs))
    return found


def _search(text: str) -> list[Mojibake]:
    data = text.encode("utf-8", "surrogatepass")
    found = with_losses(text, data, search_plain(text, data))
    wide = multi_byte(text, data, found)
    return sorted((*found, *wide)) if wide else found
