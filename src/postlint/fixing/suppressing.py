"""Writes the comments that suppress the current findings in a post."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from postlint.diagnostics import Diagnostic, Edit
from postlint.posts.document import Document

# Lines that may continue after a blank line, or are not a plain block of the body: a comment could split it.
_BOUND = re.compile(r"[ \t>|<{:}\]]|[-*+](?:[ \t]|$)|\d{1,9}[.)]|\[\^|$")
_FIELD = "postlint-disable-line"


def edits(post: Document, found: Sequence[Diagnostic], reason: str) -> list[Edit]:
    """The edits that add a comment for each of `found`, as close to it as possible without changing the page.

    A finding without such a place is suppressed for the whole file. The edits are sorted and never overlap.
    """
    lines: dict[int, set[str]] = defaultdict(set)
    blocks: dict[str, set[tuple[int, int]]] = defaultdict(set)
    fields: dict[int, set[str]] = defaultdict(set)
    whole: set[str] = set()
    for d in found:
        if d.start.offset < post.front_matter.body:
            end = _end_of_field_line(post, d.start.offset)
            (whole if end is None else fields[end]).add(d.rule)
            continue
        first = _line_start(post, d.start.offset)
        before, after = _around(post, first)
        if before is None:
            whole.add(d.rule)
        elif before == first:
            lines[first].add(d.rule)
        else:
            blocks[d.rule].add((before, after))
    ends: dict[int, set[str]] = defaultdict(set)
    begins: dict[int, set[str]] = defaultdict(set)
    for rule, ranges in blocks.items():
        for before, after in _joined(ranges):
            begins[before].add(rule)
            if after < len(post.text.value):
                ends[after].add(rule)
    out: dict[int, str] = defaultdict(str)
    for directive, places in (("enable", ends), ("disable", begins), ("disable-next-line", lines)):
        for offset, rules in places.items():
            out[offset] += _line(post, directive, rules, None if directive == "enable" else reason)
    for end, rules in fields.items():
        out.update(_field_edit(post, end, rules, reason))
    if whole:
        top, _, content = whole_file(post, whole, reason)
        out[top] = content + out[top]
    if post.text.value.startswith("\ufeff") and 0 in out:
        out[1] = out.pop(0) + out[1]
    return [Edit(offset, offset, content) for offset, content in sorted(out.items())]


def _joined(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """`ranges` in order, with those that touch made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def whole_file(post: Document, rules: Iterable[str], reason: str) -> Edit:
    """The edit that silences `rules` in the whole post."""
    top = post.front_matter.body or len(post.text.value) - len(post.text.value.removeprefix("\ufeff"))
    return Edit(top, top, _line(post, "disable-file", set(rules), reason))


def _line(post: Document, directive: str, rules: set[str], reason: str | None) -> str:
    words = " ".join((f"postlint-{directive}", *sorted(rules), *(("--", reason) if reason else ())))
    end = "\r\n" if "\r\n" in post.text.value else "\n"
    return ("{/* %s */}" if post.framework.syntax(post.path).mdx else "<!-- %s -->") % words + end


def _line_start(post: Document, offset: int) -> int:
    return post.text.value.rfind("\n", 0, offset) + 1


def _around(post: Document, start: int) -> tuple[int | None, int]:
    """The nearest line that begins a block of the page, at or before the line at `start`, None if there is none; and the
    next such line after it, or the end of the post."""
    starts = [s for s in post.text.line_starts if s >= post.front_matter.body and _begins_block(post, s)]
    before = max((s for s in starts if s <= start), default=None)
    return before, min((s for s in starts if s > start), default=len(post.text.value))


def _begins_block(post: Document, start: int) -> bool:
    text = post.text.value
    if _BOUND.match(text, start) or text[start : start + 1] in ("\n", "\r"):
        return False
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    first = start == post.front_matter.body
    spans = (*post.body.code, *post.body.opaque)
    return (first or not above.strip()) and not any(span.start < start < span.end for span in spans)


def _end_of_field_line(post: Document, offset: int) -> int | None:
    """The place for a comment at the end of the front-matter line that contains `offset`, None if there is none."""
    matter, text = post.front_matter, post.text.value
    if matter.problem or matter.language not in ("yaml", "toml") or not matter.span.start <= offset < matter.span.end:
        return None
    end = text.find("\n", offset)
    end = len(text[: len(text) if end < 0 else end].rstrip("\r"))
    inside = any(node.is_scalar and node.span.start < end < node.span.end for node in matter.root.walk())
    return None if inside else end


def _field_edit(post: Document, end: int, rules: set[str], reason: str) -> dict[int, str]:
    start = _line_start(post, end)
    known = post.text.value.find(_FIELD, start, end)
    if known >= 0:
        return {known + len(_FIELD): "".join(f" {rule}" for rule in sorted(rules))}
    return {end: f" # {_FIELD} {' '.join(sorted(rules))} -- {reason}"}


def keeps_page(before: Document, after: Document) -> bool:
    """Whether two posts that differ in comments only make the same page. Told for Markdown, not for MDX."""
    if before.framework.syntax(before.path).mdx:
        return True
    import pyromark

    pages = [pyromark.html(post.text.readable[post.front_matter.body :]) for post in (before, after)]
    return len({re.sub(r"<!-- postlint-.*?-->|\s+", "", page) for page in pages}) == 1
