"""What a fix changes: the text now and the text after it, as pairs of short excerpts."""

from collections.abc import Iterator
from itertools import islice, pairwise

from postlint.diagnostics import Edit, Fix
from postlint.reporters._page import content
from postlint.text import Text

_PAIRS = 3
_CONTEXT = 16
"""Code points on each side of the changed ones."""
_LONGEST = 90
"""Code points of one piece of text in an excerpt."""


def comparison(fix: Fix, text: Text | None) -> tuple[str, bool]:
    """The first places that `fix` changes, as HTML: for each the excerpt now, and the excerpt after the fix. And whether
    these are all.

    Empty if there is no text, or the fix is not about this text.
    """
    if text is None or text.is_binary or not fix.edits or fix.edits[-1].end > len(text.value):
        return "", False
    groups = list(islice(_groups(text, fix.edits), _PAIRS + 1))
    look = "" if fix.applicability == "safe" else " class=l"
    return f"<div{look}>{''.join(_pair(text, edits) for edits in groups[:_PAIRS])}</div>", len(groups) <= _PAIRS


def _groups(text: Text, edits: tuple[Edit, ...]) -> Iterator[list[Edit]]:
    """`edits` that are so near to each other, in one line, that one excerpt shows them."""
    group = [edits[0]]
    for before, after in pairwise(edits):
        between = text.value[before.end : min(after.start, before.end + _LONGEST)]
        if after.start - before.end <= _CONTEXT and "\n" not in between and "\r" not in between:
            group.append(after)
        else:
            yield group
            group = [after]
    yield group


def _pair(text: Text, edits: list[Edit]) -> str:
    value, first, last = text.value, edits[0].start, edits[-1].end
    start = _word_start(value, max(text.line_starts[text.place(first).line - 1], first - _CONTEXT), first)
    end = _word_end(value, last, min(_line_end(text, last), last + _CONTEXT))
    ahead = "…" if start > text.line_starts[text.place(first).line - 1] else ""
    behind = "…" if end < _line_end(text, last) else ""
    now, then = [ahead], [ahead]
    at = start
    for edit in edits:
        same = _excerpt(value[at : edit.start])
        now += (same, f"<del>{_excerpt(value[edit.start : edit.end])}</del>")
        then += (same, f"<ins>{_excerpt(edit.content)}</ins>")
        at = edit.end
    rest = _excerpt(value[at:end]) + behind
    return f"<pre>{''.join(now)}{rest}</pre><pre>{''.join(then)}{rest}</pre>"


def _word_start(value: str, start: int, first: int) -> int:
    """`start`, or the start of the next word after it, so that the excerpt does not begin within a word."""
    if start and value[start - 1].isalnum() and (space := value.find(" ", start, first)) >= 0:
        return space + 1
    return start


def _word_end(value: str, last: int, end: int) -> int:
    if value[end : end + 1].isalnum() and (space := value.rfind(" ", last, end)) >= 0:
        return space
    return end


def _line_end(text: Text, offset: int) -> int:
    """The offset at which the line of `offset` ends, without its line end."""
    line = text.place(offset).line
    return max(text.line_starts[line - 1] + len(text.line(line)), offset)


def _excerpt(piece: str) -> str:
    if len(piece) > _LONGEST:
        piece = f"{piece[: _LONGEST // 2]} … {piece[-_LONGEST // 3 :]}"
    shown = piece.replace("\r\n", "\n").replace("\n", "↵\n").replace("\t", "    ")
    return "\n".join(map(content, shown.split("\n")))
