"""Texts with marks: what stands between ⟦ and ⟧ is what a reader of bodies should find."""

from postlint.body import Body
from postlint.body.markdown import Syntax, read
from postlint.text import Span


def unmark(marked: str) -> tuple[str, list[Span]]:
    """The text without its marks, and the marked spans in order of their start."""
    spans: list[Span] = []
    opened: list[int] = []
    text = ""
    for sign in marked:
        if sign == "⟦":
            opened.append(len(text))
        elif sign == "⟧":
            spans.append(Span(opened.pop(), len(text)))
        else:
            text += sign
    return text, sorted(spans)


def read_marked(marked: str, syntax: Syntax | None = None) -> tuple[str, list[Span], Body]:
    text, spans = unmark(marked)
    return text, spans, read(text, 0, syntax or Syntax())
