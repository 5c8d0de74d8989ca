"""Says in a blogger's words what a run of mojibake is."""

import re
from functools import lru_cache

from postlint.mojibake.finding import UNKNOWN, Mojibake

_NAMES = {
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1257": "Windows-1257",
    "cp1258": "Windows-1258",
    "cp874": "Windows-874",
    "latin-1": "Latin-1",
    "iso8859-2": "ISO 8859-2",
    "iso8859-15": "ISO 8859-15",
    "mac-roman": "Mac Roman",
    "cp437": "code page 437",
    "cp850": "code page 850",
    "cp866": "code page 866",
    "koi8-r": "KOI8-R",
    "gbk": "GBK",
    "gb18030": "GB 18030",
    "cp932": "Shift-JIS",
    "big5": "Big5",
    "cp949": "EUC-KR",
}
_TIMES = {2: "twice", 3: "three times", 4: "four times", 5: "five times", 6: "six times"}
_WRITTEN = {"entities": ", then turned into HTML entities", "escapes": ", then written in escapes"}
_LOST = "; its meaning is lost; look it up in an older version"
_LONGEST = 40
_CAUSE = re.compile(r"(?:, |` is text )(saved as [^`;]*?)(?:, but bytes were lost|; its meaning is lost.*)?$")


def explain(found: Mojibake) -> str:
    """One sentence, without a full stop, that says what `found` was meant to be and how that was damaged."""
    return _explained(found.text, found.replacement, found.codecs, found.candidates)


@lru_cache(maxsize=10_000)
def _explained(text: str, replacement: str | None, codecs: tuple[str, ...], candidates: tuple[str, ...]) -> str:
    """A post that is damaged throughout has few different runs."""
    shown = _quote(text)
    if codecs[0] == UNKNOWN:
        return f"{shown} stands for text that was lost when it was read in a wrong encoding; look it up in an older version"
    how = _history(codecs)
    if replacement is not None:
        return f"{shown} is {_named(replacement)}, {how}{_LOST if '�' in replacement else ''}"
    if not candidates:
        return f"{shown} is text {how}{_LOST}"
    if len(candidates) == 1:
        return f"{shown} may be {_named(candidates[0])}, {how}"
    *others, last = map(_quote, candidates)
    return f"{shown} may have been {', '.join(others)} or {last}, {how}, but bytes were lost"


def cause(sentence: str) -> str | None:
    """The damage that a sentence by `explain` names, such as `saved as UTF-8 and read as Windows-1252, twice`."""
    found = _CAUSE.search(sentence)
    return found[1] if found else None


def _named(text: str) -> str:
    quoted = _quote(text)
    if text == "\ufeff":
        return "a byte order mark (U+FEFF)"
    return f"{quoted} (U+{ord(text):04X})" if len(text) == 1 else quoted


def _history(codecs: tuple[str, ...]) -> str:
    written = _WRITTEN.get(codecs[-1], "")
    codecs = codecs[:-1] if written else codecs
    if len(codecs) == 1 and ">" in codecs[0]:
        meant, read = codecs[0].split(">")
        return f"saved as {_NAMES[meant]} and read as {_NAMES[read]}{written}"
    names = [_NAMES.get(codec, codec) for codec in codecs]
    if len(names) > 1 and len(set(names)) == 1:
        return f"saved as UTF-8 and read as {names[0]}, {_TIMES.get(len(names), f'{len(names)} times')}{written}"
    return f"saved as UTF-8 and read as {', then as '.join(names)}{written}"


def _quote(text: str) -> str:
    """The text as Markdown code on one line; what is long is cut, what nobody sees is written as code points."""
    shown = "".join(char if char.isprintable() or char == "\xa0" else f"[U+{ord(char):04X}]" for char in text)
    shown = shown.replace("\xa0", "␣") if shown.strip("\xa0 ") else "".join(f"[U+{ord(char):04X}]" for char in text)
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST - 1] + "…"
    return f"`{shown}`"
