"""Files that are not UTF-8."""

import re
from collections.abc import Iterable, Sequence

from postlint.diagnostics import Edit, Fix
from postlint.fixing import fixes
from postlint.mojibake import find_mojibake
from postlint.posts.document import Document
from postlint.rule import NOT_ASCII, Bad, Finding, Good, Rule
from postlint.text import Span, Text

_UNDECODED = re.compile("[\ud800-\udfff]+")


class TextEncoding(Rule):
    """A file that is not UTF-8, the encoding that every site framework reads.

    ## Why it matters

    Characters beyond ASCII come out as `�`, or the build stops.

    ## How to fix it

    Save the file as UTF-8 in your editor. The fix converts UTF-16 with a byte order mark, and bytes that are characters
    in Windows-1252. It is unsafe, because nothing in a file says for certain which encoding it was.

    ## What it leaves alone

    Files in UTF-8, with or without a byte order mark.
    """

    reads_binary = True
    of_text = True
    signs = (NOT_ASCII,)
    examples = (
        Bad(
            "caf⟦\udce9⟧, \udc93d\udce9j\udce0 vu\udc94\n",
            fixed="café, “déjà vu”\n",
            name="Windows-1252",
            show=True,
            safe=False,
            message="not UTF-8: byte E9, and 4 more such places; likely Windows-1252; save the file as UTF-8",
        ),
        Bad("caf⟦\udc81⟧\n", name="bytes of no encoding", message="not UTF-8: byte 81; save the file as UTF-8"),
        Bad(
            "Ein gro⟦\udcc3⟧ ist \udce2\udc80 gut.\n",
            name="what is left of characters in UTF-8",
            message="not UTF-8: byte C3, and 1 more such places; save the file as UTF-8",
        ),
        Good("café\n", name="UTF-8", show=True),
        Bad(
            "⟦\udcff⟧\udcfeH\x00i\x00\n\x00",
            fixed="Hi\n",
            name="UTF-16 with a mark",
            safe=False,
            message="this file is UTF-16; save it as UTF-8",
        ),
        Bad("⟦\udcfe⟧\udcff\x00H\x00", name="half a character of UTF-16"),
        Bad(
            "a\udce9⟦\x00⟧b\n",
            name="null bytes",
            message="this is not a text file: it contains null bytes and is not UTF-8",
        ),
        Bad(
            "a⟦\udc81\udc8d\udc8f\udc90\udc9d⟧b\udc81\n",
            name="five bytes of no encoding in a row",
            message="not UTF-8: byte 81 8D 8F 90, and 1 more such places; save the file as UTF-8",
        ),
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
            null = text.value.index("\x00")
            yield Finding(Span(null, null + 1), "this is not a text file: it contains null bytes and is not UTF-8")
            return
        runs = list(_UNDECODED.finditer(text.value))
        edits = [edit for run in runs if (edit := _as_windows(run))]
        likely_windows = len(edits) == len(runs) and not _damaged(text.value, edits)
        fix = Fix("Convert it from Windows-1252 to UTF-8", tuple(edits), "unsafe") if likely_windows else None
        first = runs[0]
        hexed = " ".join(f"{ord(char) - 0xDC00:02X}" for char in first[0][:4])
        likely = "; likely Windows-1252" if fix else ""
        more = f", and {len(runs) - 1} more such places" if len(runs) > 1 else ""
        yield Finding(Span(*first.span()), f"not UTF-8: byte {hexed}{more}{likely}; save the file as UTF-8", fix=fix)


def _from_utf16(text: Text) -> Fix | None:
    """Replaces the whole file: none of its code points stays."""
    try:
        content = text.to_bytes().decode("utf-16")
    except UnicodeDecodeError:
        return None
    return Fix("Convert it to UTF-8", (Edit(0, len(text.value), content),), "unsafe")


def _damaged(text: str, edits: Sequence[Edit]) -> bool:
    """Whether one of `edits`, which keep the length of `text`, makes mojibake: then its bytes are what is left of
    characters in UTF-8."""
    made = find_mojibake(fixes.edited(text, edits))
    at = 0
    for edit in edits:
        while at < len(made) and made[at].end <= edit.start:
            at += 1
        if at < len(made) and made[at].start < edit.end:
            return True
    return False


def _as_windows(run: "re.Match[str]") -> Edit | None:
    try:
        return Edit(run.start(), run.end(), run[0].encode(errors="surrogateescape").decode("cp1252"))
    except UnicodeError:
        return None
