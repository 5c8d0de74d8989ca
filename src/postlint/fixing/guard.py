"""Checks that a fixed post is as sound as before: what no fix of any rule may do."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from postlint.diagnostics import Diagnostic, Edit, Severity
from postlint.front_matter import Node
from postlint.posts.document import Document
from postlint.text import Span

# What parsers get for each byte that is not UTF-8.
_LOST = "\ufffd"


def harm(
    before: Document,
    after: Document,
    found_before: Sequence[Diagnostic],
    found_after: Sequence[Diagnostic],
    done: Sequence[Diagnostic],
    waiting: Collection[str] = (),
) -> str | None:
    """The harm that the fixes `done` did to the post `before`, in a few words; None if they did none.

    `found_before` and `found_after` are the findings before and after, `waiting` the rules that reported nothing because
    they yield to the rules of the fixes.
    """
    if after.text.value.count(_LOST) > before.text.value.count(_LOST):
        return f"it would have written `{_LOST}` in place of a character"
    if before.front_matter.problem:
        return None  # unreadable front matter cannot be compared
    if after.front_matter.problem:
        return "it would make the front matter unreadable"
    edits = sorted(edit for d in done if d.fix for edit in d.fix.edits)
    if _outside(before, [Span(e.start, e.end) for e in edits]) != _outside(after, _written(edits)):
        return "it would have changed another front-matter value"
    repaired = {*waiting, *(d.rule for d in done)}
    was, is_ = (Counter(d.rule for d in found if d.severity is Severity.ERROR) for found in (found_before, found_after))
    new = sorted(rule for rule in is_ if rule not in repaired and is_[rule] > was[rule])
    return f"it would have caused an error of {new[0]}" if new else None


def _written(edits: Sequence[Edit]) -> list[Span]:
    """The spans of the contents of `edits` in the new text. The same fix may occur more than once."""
    out: list[Span] = []
    shift = 0
    for edit in dict.fromkeys(edits):
        start = edit.start + shift
        out.append(Span(start, start + len(edit.content)))
        shift += len(edit.content) - (edit.end - edit.start)
    return out


def _outside(post: Document, spans: Sequence[Span]) -> list[tuple[int, str]]:
    """The keys and values of the front matter, in order, that none of `spans` touches, each with its depth.

    `spans` are in order, and none overlaps another."""
    ends = [span.end for span in spans]
    out: list[tuple[int, str]] = []
    for depth, node in _leaves(post.front_matter.root):
        start, end = _place(post, node)
        nearest = bisect_left(ends, start)
        if nearest == len(ends) or spans[nearest].start > end:
            out.append((depth, repr(node.value)))
    return out


def _place(post: Document, node: Node) -> Span:
    """The span of a key or value. An empty one may be anywhere in the blanks that it stands in."""
    start, end = node.span
    if start == end:
        text = post.text.value
        while text[end : end + 1] in (" ", "\t"):
            end += 1
    return Span(start, end)


def _leaves(root: Node) -> Iterator[tuple[int, Node]]:
    pending = [(0, root)]
    while pending:
        depth, node = pending.pop()
        if node.is_scalar:
            yield depth, node
        for entry in reversed(node.entries or ()):
            pending += ((depth + 1, entry.node), (depth + 1, entry.key))
        pending += ((depth + 1, item) for item in reversed(node.items or ()))
