"""Front matter that is not recognized because of its beginning: a slip in the first fence, or text before it."""

import re

from postlint.front_matter import FrontMatter, Problem
from postlint.text import Span

_LOOKED_AT = 4000
_BLANKS = re.compile(r"[\ufeff\s]*")
_SLIP = re.compile(r"[ \t]*[-\u2013\u2014\u2212]{1,6}[ \t]*$")
_KEYS = re.compile(
    r"(?:[ \t]*(?:#[^\n]*)?\n)*(?:[A-Za-z_][\w-]{0,40}:(?:[ \t][^\n]*)?\n(?:(?:[ \t]|- )[^\n]*\n)*){1,60}"
)
_RETURNS = re.compile(r"\ufeff?---[ \t]*\r(?:[^\r]*\r){0,100}?---[ \t]*(?:\r|\Z)")
_KEY = re.compile(r"(?m)^[A-Za-z_][\w-]*:")
_TITLED = re.compile(r"(?:---[ \t]*\n)?(?:\w[\w-]*:[^\n]*\n){0,5}(?:title|date):[ \t]")
_COMMON = re.compile(r"(?m)^(?:title|date|pubDate|published|description|layout|slug|tags|draft):")
_DASHES = ("\n--", "\n\u2014", "\n\u2013")
_FENCE = re.compile(r"(?m)^---[ \t]*$")


def almost(text: str, needs_fence: bool = True) -> Problem | None:
    """The mistake if `text`, which has no front matter, is clearly meant to have some in YAML; otherwise None.

    It is meant to if there are lines `key: value` between two lines of dashes, with a key that posts have. If the first
    fence is optional, as for Hexo, its absence is not a mistake.
    """
    if not any(dashes in text for dashes in _DASHES):
        return None
    start = _BLANKS.match(text)
    begin = start.end() if start else 0
    begin = text.rfind("\n", 0, begin) + 1
    head = text[begin : begin + _LOOKED_AT].replace("\r", " ")
    line = head.partition("\n")[0]
    if line.rstrip() == "---" and begin == 0:
        return None
    if _SLIP.fullmatch(line):
        keys = _closed(head, len(line) + 1)
        at = begin + len(line) - len(line.lstrip("\ufeff"))
        message = f"front matter must begin with a line `---`, not with `{line.strip()}`"
        if line.strip() == "---":
            message = "the `---` that begins front matter must be the first thing in the file"
        return (
            Problem(Span(at, begin + len(line.rstrip())), message, "make it `---`, at the start of the file")
            if keys
            else None
        )
    if needs_fence and _closed(head, 0) and len(_KEY.findall(_KEYS.match(head, 0)[0])) > 1:  # type: ignore[index]
        span = Span(begin, begin + len(line.rstrip()))
        return Problem(span, "front matter must begin with a line `---`, which is missing here", "write `---` above it")
    for fence in _FENCE.finditer(head):
        if "```" in head[: fence.start()] or "~~~" in head[: fence.start()] or head.count("\n", 0, fence.start()) > 10:
            return None
        if _closed(head, fence.end() + 1):
            first = line.strip()
            shown = first if len(first) <= 30 else f"{first[:29]}…"
            message = f"front matter must be the first thing in the file; `{shown}` comes before it"
            return Problem(Span(begin, begin + len(line.rstrip())), message, "move it below the front matter")
    return None


def on_one_line(text: str, reader: str) -> Problem | None:
    """The mistake if `text` begins like front matter, and its lines end with carriage returns alone, which `reader` does
    not take for the ends of lines; None if it does not."""
    if "\r" not in text or "\n" in text or not _RETURNS.match(text):
        return None
    start = text.index("---")
    message = f"the lines of this file end with carriage returns alone, so {reader} sees no front matter"
    return Problem(Span(start, start + 3), message, "save it with the line ends of Unix or Windows")


def _closed(head: str, at: int) -> bool:
    """Whether lines `key: value` begin at `at`, a common one among them, and a line of dashes follows them."""
    keys = _KEYS.match(head, at)
    if keys is None or not _COMMON.search(keys[0]):
        return False
    end = head.find("\n", keys.end())
    return _SLIP.fullmatch(head[keys.end() : end if end >= 0 else len(head)]) is not None


def repeated(text: str, found: FrontMatter) -> Problem | None:
    """The mistake if more front matter follows directly after `found`, that of `text`, as after a paste: it is shown as
    text. None if none does."""
    head = text[found.body : found.body + _LOOKED_AT].replace("\r", " ")
    start = _BLANKS.match(head)
    begin = start.end() if start else 0
    if not _TITLED.match(head, begin):
        return None
    fence = head.startswith("---", begin)
    if not fence and found.root.entries:
        return None
    line = head[begin:].partition("\n")[0]
    keys = begin + len(line) + 1 if fence else begin
    at = found.body + begin
    message = "front matter ends before this line, and the rest is shown as text"
    return (
        Problem(Span(at, at + len(line.rstrip())), message, "keep one `---` before all fields and one after them")
        if _closed(head, keys)
        else None
    )
