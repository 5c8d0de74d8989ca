"""Files that are not UTF-8."""

import re
from collections.abc import Iterable

from postlint.diagnostics import Edit, Fix
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule
from postlint.text import Span, Text

_UNDECODED = re.compile("[\ud800-\udfff]+")


class TextEncoding(Rule):
    """A file that is not UTF-8, which is what every site framework reads.

    Characters beyond ASCII come out as `�`, or the build stops. Save the file as UTF-8 in your editor, or let the repair
    do it, for UTF-16 with a byte order mark and for bytes that are characters in Windows-1252 (unsafe: nothing in a file
    says for certain which encoding it was).
    """

    reads_binary = True
    examples = (
        Bad("caf⟦\udce9⟧, \udc93d\udce9j\udce0 vu\udc94\n", fixed="café, “déjà vu”\n"),
        Bad("caf⟦\udc81⟧\n"),
        Good("café\n"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        text = post.text
        if text.decoded:
            return
        data = text.value[:4].encode(errors="surrogateescape")
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield Finding(Span(0, 1), "this file is UTF-16; save it as UTF-8", fix=_from_utf16(text))
            return
        if text.is_binary:
            at = text.value.index("\x00")
            yield Finding(Span(at, at + 1), "this is no text file: it holds null bytes and is not UTF-8")
            return
        runs = list(_UNDECODED.finditer(text.value))
        edits = [edit for run in runs if (edit := _as_windows(run))]
        fix = (
            Fix("Write it as UTF-8, read as Windows-1252", tuple(edits), "unsafe") if len(edits) == len(runs) else None
        )
        first = runs[0]
        hexed = " ".join(f"{ord(char) - 0xDC00:02X}" for char in first[0][:4])
        likely = "; likely Windows-1252" if fix else ""
        more = f", and {len(runs) - 1} more such places" if len(runs) > 1 else ""
        yield Finding(Span(*first.span()), f"not UTF-8: byte {hexed}{more}{likely}; save the file as UTF-8", fix=fix)


def _from_utf16(text: Text) -> Fix | None:
    """The whole file anew: none of its code points stays."""
    try:
        content = text.to_bytes().decode("utf-16")
    except UnicodeDecodeError:
        return None
    return Fix("Write it as UTF-8", (Edit(0, len(text.value), content),), "unsafe")


def _as_windows(run: "re.Match[str]") -> Edit | None:
    try:
        return Edit(run.start(), run.end(), run[0].encode(errors="surrogateescape").decode("cp1252"))
    except UnicodeError:
        return None
