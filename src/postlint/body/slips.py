"""Images and links that are written with a slip, so that Markdown takes them for text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from postlint.body import Body, Kind, quiet
from postlint.text import Span

_IMAGE = r"[^\s()\[\]]{1,500}\.(?:png|jpe?g|gif|webp|svg|avif)"
# An address with blanks in it; in quotes or after a whole address stands a title.
_BLANKS = r"(?:[^\s()\[\]<\"']{1,200}[ \t]{1,3}){1,20}"
_IMAGE_END = r"\.(?:png|jpe?g|gif|webp|svg|avif)"
_PAGE_END = r"\.(?:mdx?|markdown|html?|pdf)"
_ROOT = r"(?:\.{0,2}/|https?://)"
_PAGE = rf"(?:{_ROOT}[^\s()\[\]]{{1,500}}|[^\s()\[\]]{{1,500}}\.(?:mdx?|markdown|html?|pdf)(?:#[^\s()\[\]]{{0,200}})?)"


def _forms(label: str, address: str, rooted: str, ending: str) -> "re.Pattern[str]":
    return re.compile(
        rf"(?P<label>{label})(?:[ \t]{{1,9}}\((?P<spaced>{address})\)|\[(?P<square>{rooted})\]|\((?P<mixed>{address})\]"
        rf"|[ \t]{{0,9}}\((?P<blanks>{_BLANKS}[^\s()\[\]<\"']{{1,200}}{ending})\))",
        re.IGNORECASE,
    )


_SLIPS: dict[Kind, "re.Pattern[str]"] = {
    "image": _forms(r"!\[[^\[\]\n]{0,500}\]", _IMAGE, rf"(?:\.{{0,2}}/|https?://){_IMAGE}", _IMAGE_END),
    # What stands behind a word is an index; a number, a cross and a footnote in brackets are meant as they are.
    "link": _forms(
        r"(?<![!\\\w\]\[)^])\[(?!\^|[\d\s,x✓-]{0,9}\])[^\[\]\n]{1,500}\]",
        _PAGE,
        rf"{_ROOT}[^\s()\[\]]{{1,500}}",
        _PAGE_END,
    ),
}


# All of them have one of these; posts without are told apart much sooner.
_SIGN = re.compile(r"\](?:[ \t]+\(|\[|\([^\s()\[\]]*\]|\([^\s()\[\]]+[ \t]+[^\s\"'(])")


class Slip(NamedTuple):
    """Where it stands, and what was meant; None where that is not certain. `has_blanks`: the address has some."""

    span: Span
    better: str | None
    has_blanks: bool = False


def slips(kind: Kind, text: str, start: int, body: Body) -> Iterator[Slip]:
    """Those in `text[start:]`, whose body is `body`, where Markdown sees neither a reference nor code nor a comment."""
    if not _SIGN.search(text, start):
        return
    found = list(_SLIPS[kind].finditer(text, start))
    hidden = quiet(body)
    read = {reference.whole.start for reference in body.references if reference.kind == kind}
    for slip in found:
        span = Span(*slip.span())
        before = bisect_right(hidden, span.start, key=lambda one: one.start) - 1
        is_hidden = before >= 0 and span.start < hidden[before].end
        if not is_hidden and span.start not in read:
            if address := slip["blanks"]:
                # A blank beside a slash is no part of a name.
                odd = re.search(r"[ \t]/|/[ \t]", address)
                encoded = re.sub(r"[ \t]", "%20", address)
                yield Slip(span, None if odd else f"{slip['label']}({encoded})", has_blanks=True)
            else:
                yield Slip(span, f"{slip['label']}({slip['spaced'] or slip['square'] or slip['mixed']})")
