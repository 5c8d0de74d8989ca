"""A name for each finding that outlives moved lines and edits elsewhere in the post."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256

from postlint.diagnostics import Diagnostic
from postlint.text import Text

_CONTEXT = 24
"""Code points on each side of the finding, in its own line, that tell it from others of its rule."""


def fingerprints(
    diagnostics: Iterable[Diagnostic], text: Callable[[str], Text | None]
) -> Iterator[tuple[Diagnostic, str]]:
    """Each diagnostic with its fingerprint: 16 hexadecimal digits, and `.2`, `.3`, … for further equal ones of a post.

    It depends on the rule, the field, the marked text and the text around it in the same line, but not on the path or the
    line number. `text` gives the text of a path, None if it cannot be read.
    """
    seen: Counter[tuple[str, str]] = Counter()
    for d in diagnostics:
        identity = "\0".join((d.rule, d.field or "", *_subject(d, text(d.path))))
        name = sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        seen[d.path, name] += 1
        number = seen[d.path, name]
        yield d, name if number == 1 else f"{name}.{number}"


def _subject(d: Diagnostic, text: Text | None) -> tuple[str, ...]:
    if text is None or d.end.offset == 0 or d.end.offset > len(text.value):
        # Findings about the whole post are distinguished by their messages.
        return (d.message,)
    value, (start, end) = text.value, (d.start.offset, d.end.offset)
    first = max(text.line_starts[d.start.line - 1], start - _CONTEXT)
    parts = value[first:start], value[start:end], value[end : end + _CONTEXT].partition("\n")[0]
    return tuple(" ".join(part.split()) for part in parts)
