"""Applies fixes to a text: whole fixes, in order of position, never two that touch each other."""

from collections.abc import Iterable

from postlint.diagnostics import Diagnostic, Edit


def apply(text: str, diagnostics: Iterable[Diagnostic], unsafe: bool = False) -> tuple[str, list[Diagnostic]]:
    """The text after every fix that fits, and the diagnostics that were fixed.

    Fixes are taken by position, then rule; one whose edits overlap those of an earlier one is left for the next pass.
    """
    wanted = [
        (d.fix.edits, d) for d in diagnostics if d.fix and d.fix.edits and (unsafe or d.fix.applicability == "safe")
    ]
    wanted.sort(key=lambda pair: (pair[0][0].start, pair[1].rule))
    out: list[str] = []
    done: list[Diagnostic] = []
    at, last = 0, None
    for edits, diagnostic in wanted:
        if edits == last:
            done.append(diagnostic)  # the same repair, asked for by another rule
        elif edits[0].start >= at and not (last and edits[0].start == last[-1].start):
            for edit in edits:
                out += text[at : edit.start], edit.content
                at = edit.end
            done.append(diagnostic)
            last = edits
    return "".join([*out, text[at:]]), done


def edited(text: str, edits: Iterable[Edit]) -> str:
    """`text` after `edits`, which are sorted and don't overlap."""
    out: list[str] = []
    at = 0
    for start, end, content in edits:
        out += text[at:start], content
        at = end
    return "".join([*out, text[at:]])
