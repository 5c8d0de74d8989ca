"""Says in a blogger's words what a run of mojibake is."""

from postlint.mojibake.finding import Mojibake

_NAMES = {
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1253": "Windows-1253",
    "cp1254": "Windows-1254",
    "cp1257": "Windows-1257",
    "cp1258": "Windows-1258",
    "iso8859-2": "ISO 8859-2",
    "iso8859-15": "ISO 8859-15",
    "mac-roman": "Mac Roman",
    "cp437": "code page 437",
    "cp850": "code page 850",
    "cp866": "code page 866",
    "cp874": "Windows-874",
    "koi8-r": "KOI8-R",
    "gbk": "GBK",
    "gb18030": "GB 18030",
    "cp932": "Shift-JIS",
    "big5": "Big5",
    "cp949": "EUC-KR",
}


def explain(found: Mojibake) -> str:
    """One sentence, without a full stop, that says what `found` was meant to be and how it came about."""
    shown = _quote(found.text)
    how = " and then ".join(_NAMES.get(codec, codec) for codec in found.codecs if codec != "entities")
    if found.replacement is not None:
        meant = _quote(found.replacement)
        if len(found.replacement) == 1:
            meant += f" (U+{ord(found.replacement):04X})"
        return f"{shown} is {meant}, saved as UTF-8 and read as {how}"
    return f"{shown} is text that was saved as UTF-8 and read as {how}"


def _quote(text: str) -> str:
    text = " ".join(text.split())
    if len(text) > 40:
        text = text[:39] + "…"
    return f"`{text}`"
