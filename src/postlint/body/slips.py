"""Images and links that are written with a slip, so that Markdown takes them for text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from postlint.body import Body, Kind, quiet
from postlint.text import Span

_IMAGE = r"[^\s()\[\]]{1,500}\.(?:png|jpe?g|gif|webp|svg|avif)"
_ROOT = r"(?:\.{0,2}/|https?://)"
_PAGE = rf"(?:{_ROOT}[^\s()\[\]]{{1,500}}|[^\s()\[\]]{{1,500}}\.(?:mdx?|markdown|html?|pdf)(?:#[^\s()\[\]]{{0,200}})?)"


def _forms(label: str, address: str, rooted: str) -> "re.Pattern[str]":
    return re.compile(
        rf"(?P<label>{label})(?:[ \t]{{1,9}}\((?P<spaced>{address})\)|\[(?P<square>{rooted})\]|\((?P<mixed>{address})\])",
        re.IGNORECASE,
    )


_SLIPS: dict[Kind, "re.Pattern[str]"] = {
    "image": _forms(r"!\[[^\[\]\n]{0,500}\]", _IMAGE, rf"(?:\.{{0,2}}/|https?://){_IMAGE}"),
    # What stands behind a word is an index; a number, a cross and a footnote in brackets are meant as they are.
    "link": _forms(
        r"(?<![!\\\w\]\[)^])\[(?!\^|[\d\s,x✓-]{0,9}\])[^\[\]\n]{1,500}\]", _PAGE, rf"{_ROOT}[^\s()\[\]]{{1,500}}"
    ),
}


# All of them have one of these; posts without are told apart much sooner.
_SIGN = re.compile(r"\](?:[ \t]+\(|\[|\([^\s()\[\]]*\])")


class Slip(NamedTuple):
    """Where it stands, and what was meant."""

    span: Span
    better: str


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
            yield Slip(span, f"{slip['label']}({slip['spaced'] or slip['square'] or slip['mixed']})")
