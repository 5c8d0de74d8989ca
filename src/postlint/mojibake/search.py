"""Decides which runs of a text are damaged and what they were."""

from postlint.mojibake.entities import written_out
from postlint.mojibake.finding import Mojibake
from postlint.mojibake.weighing import search_plain


def search(text: str) -> list[Mojibake]:
    """All damaged runs of `text`, in order, none touching another."""
    view = written_out(text) if "&" in text else None
    if view is None:
        return search_plain(text) if not text.isascii() else []
    found = []
    for one in search_plain(view.text):
        start, end = view.origin(one.start), view.origin(one.end)
        written = text[start:end]
        # A damaged run takes the form of entities last of all.
        codecs = one.codecs if written == one.text else (*one.codecs, "entities")
        found.append(one._replace(start=start, end=end, text=written, codecs=codecs))
    return found
