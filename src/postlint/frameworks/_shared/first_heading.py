"""The first heading of a text, which some frameworks take for its title."""

import re

_LONGEST = 20_000
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HASHES = re.compile(r" {0,3}#{1,6}(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*")


def first_heading(text: str, start: int) -> str | None:
    """The text of the first heading, of any level, from the offset `start` on; None if there is none near the top."""
    fence, above = "", ""
    for line in text[start : start + _LONGEST].splitlines():
        opened = _FENCE.match(line)
        if opened:
            fence = "" if fence and opened[1].startswith(fence) else fence or opened[1]
        elif not fence:
            found = _HASHES.fullmatch(line)
            if found and (found[1] or "").strip():
                return found[1].strip()
            if above.strip() and _UNDERLINE.fullmatch(line):
                return above.strip()
            above = line
            continue
        above = ""
    return None
