"""What a search for mojibake comes back with."""

from typing import NamedTuple

# What takes the place of the encodings if nothing shows which they were.
UNKNOWN = "unknown"


class Mojibake(NamedTuple):
    """A run of text that was written in one encoding and read in another.

    `start` and `end` are code points of the searched text, and `text` is what stands between them. `replacement` is what
    was meant, or None where that can't be told. `codecs` is the chain of encodings that explains the run, in the order
    in which the damage was done: `("cp850", "cp1252")` was UTF-8 read as code page 850, the outcome saved as UTF-8 and
    read as Windows-1252; `"entities"` and `"escapes"`, at the end, stand for characters written as HTML entities or, in
    quoted values, as escapes; `("unknown",)` stands for any. `certain` says that the repair may be written without asking
    anybody. `candidates` are the readings that were considered, best first, where bytes were lost on the way.
    """

    start: int
    end: int
    text: str
    replacement: str | None
    codecs: tuple[str, ...]
    certain: bool
    candidates: tuple[str, ...] = ()
