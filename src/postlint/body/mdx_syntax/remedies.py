"""What to say about each kind of slip, and what repairs it."""

import re
from collections.abc import Callable
from typing import NamedTuple

from postlint.body.mdx_syntax import Kind, Slip
from postlint.body.tag_messages import unopened
from postlint.diagnostics import Edit, Fix
from postlint.javascript import module_grammar
from postlint.javascript.lexemes import Uncertain
from postlint.text import Span, Text

# What means the same in the text of a link as in its address.
_PLAIN_ADDRESS = re.compile(r"(?:[\w\-./?&=#%+@,!]|:(?![A-Za-z]))+")
_EMPHASIS = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_SCHEME = re.compile(r"mailto:|tel:", re.IGNORECASE)
_TOKEN = re.compile(r"[\w$]+|\S")
_BLANK_LINE = re.compile(r"\n[ \t]*\r?\n")
_INDENTED = re.compile(r"(?:    |\t)[ \t]*(?![-+*>]|\d)")
_LONGEST = 60
# Elements that nobody means as the name of something to fill in.
_ELEMENTS = frozenset(
    "a abbr article aside b blockquote button center code dd del details div dl dt em figcaption figure font form h1 h2"
    " h3 h4 h5 h6 i iframe ins kbd label li main mark nav ol p picture pre s section small span strong style sub summary"
    " sup svg table tbody td th thead tr u ul video".split()
)


class Remedy(NamedTuple):
    """What to say about a slip, where, and the repair that is certain, if there is one."""

    span: Span
    message: str
    fix: Fix | None = None


def remedy(text: Text, slip: Slip) -> Remedy:
    return _OF_KIND[slip.kind](text, slip)


def _comment(text: Text, slip: Slip) -> Remedy:
    start, end = slip.span
    written = text.value[start:end]
    fix = None
    if written.endswith("-->") and len(written) >= len("<!---->") and "*/" not in written:
        before = text.line(text.place(start).line)[: text.place(start).column - 1]
        is_alone = not before.strip()
        # With blank lines, or lines that a container has to be repeated in, it must be a block of its own.
        is_safe = is_alone or not (_BLANK_LINE.search(written) or (before.strip()[0] in ">-*+" and "\n" in written))
        edits = (Edit(start, start + 4, "{/*"), Edit(end - 3, end, "*/}"))
        fix = Fix("Write it as an MDX comment", edits, "safe" if is_safe else "unsafe")
    return Remedy(slip.span, "MDX has no HTML comments, so the build stops; write `{/* … */}`", fix=fix)


def _autolink(text: Text, slip: Slip) -> Remedy:
    message = f"MDX reads `<{_short(slip.name)}>` as a tag, so the build stops; write a Markdown link"
    scheme = _SCHEME.match(slip.name)
    address = slip.name if ":" in slip.name else f"mailto:{slip.name}"
    words = slip.name[scheme.end() :] if scheme else slip.name
    fix = None
    if _PLAIN_ADDRESS.fullmatch(words) and not _EMPHASIS.search(words):
        fix = Fix("Write a Markdown link", (Edit(*slip.span, f"[{words}]({address})"),))
    return Remedy(slip.span, message, fix=fix)


def _less_than(text: Text, slip: Slip) -> Remedy:
    fix = Fix("Write `&lt;`", (Edit(*slip.span, "&lt;"),))
    message = "MDX reads `<` as the beginning of a tag, so the build stops; write `&lt;`"
    return Remedy(slip.span, message, fix=fix)


def _declaration(text: Text, slip: Slip) -> Remedy:
    written = _short(text.value[slice(*slip.span)])
    return Remedy(slip.span, f"MDX does not know `{written}`, so the build stops; remove it or put it in a code block")


def _tag(text: Text, slip: Slip) -> Remedy:
    source = text.value
    opener = _short(source[slip.span.start : max(slip.at, slip.span.start + 1)])
    sign = source[slip.at : slip.at + 1]
    if slip.at >= slip.span.end or not sign.strip():
        wrong = f"MDX reads `{opener}` as a tag that never ends"
    else:
        wrong = f"MDX reads `{opener}` as a tag, which cannot have `{sign}` here"
    return Remedy(slip.span, f"{wrong}, so the build stops; if it is text, write `&lt;` for `<`")


def _unquoted(text: Text, slip: Slip) -> Remedy:
    value = text.value[slice(*slip.span)]
    fix = Fix("Add quotes", (Edit(*slip.span, f'"{value}"'),))
    message = f'MDX needs quotes around the value `{_short(value)}`, so the build stops; write `"{_short(value)}"`'
    return Remedy(slip.span, message, fix=fix)


def _spread(text: Text, slip: Slip) -> Remedy:
    written = _short(text.value[slice(*slip.span)])
    return Remedy(
        slip.span, f"`{written}` is not an attribute, so the build stops; write `name={written}` or `{{...name}}`"
    )


def _empty(text: Text, slip: Slip) -> Remedy:
    return Remedy(
        slip.span, "these braces in a tag are empty, so the build stops; write a value in them or remove them"
    )


def _void(text: Text, slip: Slip) -> Remedy:
    end = slip.span.end - 1
    slash = "/" if text.value[end - 1].isspace() else " /"
    fix = Fix("Close the tag", (Edit(end, end, slash),))
    message = f"`<{slip.name}>` is not closed, so the build stops; write `<{slip.name} />`"
    if slip.span.end - slip.span.start > len(slip.name) + 2:
        message = f"`<{slip.name} …>` is not closed, so the build stops; write `<{slip.name} … />`"
    return Remedy(slip.span, message, fix=fix)


def _unclosed(text: Text, slip: Slip) -> Remedy:
    wanted = f"write `</{slip.name}>`"
    where = "the post"
    if slip.other:
        where = f"its {slip.other}"
        wanted += f" before the {slip.other} ends"
        if slip.other == "paragraph":
            wanted += ", or put both tags on lines of their own"
    is_bare = slip.span.end - slip.span.start == len(slip.name) + 2
    if is_bare and slip.name and slip.name.lower() not in _ELEMENTS:
        wanted += f"; if it is text, write `&lt;{slip.name}>`"
    return Remedy(slip.span, f"`<{slip.name}>` is not closed in {where}, so the build stops; {wanted}")


def _unopened(text: Text, slip: Slip) -> Remedy:
    return Remedy(slip.span, unopened(slip.name))


def _mismatch(text: Text, slip: Slip) -> Remedy:
    begun = f"`<{slip.other}>` (line {text.place(slip.related).line})"
    return Remedy(
        slip.span,
        f"`</{slip.name}>` comes before the end of {begun}, so the build stops; write `</{slip.other}>` first",
    )


def _interleaved(text: Text, slip: Slip) -> Remedy:
    begun = f"`<{slip.name}>` (line {text.place(slip.related).line})"
    return Remedy(
        slip.span,
        f"`</{slip.name}>` is in a {slip.other} that begins after {begun}, so the build stops;"
        " put both tags on lines of their own, with the same indentation, or both in one paragraph",
    )


def _expression(text: Text, slip: Slip) -> Remedy:
    place = text.place(slip.span.start)
    if _INDENTED.match(text.line(place.line)):
        wanted = "put a fence (```) around code, which MDX does not take from the indentation"
    else:
        wanted = "write `\\{` for braces in the text, or put them in backticks"
    return Remedy(
        slip.span,
        f"MDX reads braces as JavaScript, where {_stumble(text, slip)} is an error, so the build stops; {wanted}",
    )


def _brace(text: Text, slip: Slip) -> Remedy:
    return Remedy(
        slip.span,
        "MDX reads `{` as the beginning of JavaScript, so the build stops; write `\\{` for a brace in the text",
    )


def _module(text: Text, slip: Slip) -> Remedy:
    source = text.value
    first, last = text.place(slip.span.start).line, text.place(slip.at).line
    start = text.line_starts[last - 1]
    if last > first and _is_module(source, slip.span.start, start):
        line_end = "\r\n" if source.startswith("\r\n", start - 2) else source[start - 1]
        fix = Fix("Put a blank line here", (Edit(start, start, line_end),))
        message = (
            "MDX reads this line as part of the imports and exports above, so the build stops;"
            " put a blank line before it"
        )
        return Remedy(Span(start, slip.span.end), message, fix=fix)
    word = source[slip.span.start : slip.span.start + 6]
    return Remedy(
        slip.span,
        f"MDX reads a paragraph that begins with `{word}` as JavaScript, where {_stumble(text, slip)} is an error,"
        " so the build stops; begin text with another word",
    )


def _is_module(source: str, start: int, end: int) -> bool:
    try:
        return module_grammar.module(source, start, end).ok
    except Uncertain:
        return False


def _stumble(text: Text, slip: Slip) -> str:
    """What the compiler cannot read, in words."""
    token = _TOKEN.match(text.value, slip.at)
    return f"`{_short(token[0])}`" if token else "the end"


def _short(words: str) -> str:
    line = words.split("\n", 1)[0].strip()
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


_OF_KIND: dict[Kind, Callable[[Text, Slip], Remedy]] = {
    "comment": _comment,
    "autolink": _autolink,
    "less-than": _less_than,
    "declaration": _declaration,
    "tag": _tag,
    "unquoted": _unquoted,
    "spread": _spread,
    "empty": _empty,
    "void": _void,
    "unclosed": _unclosed,
    "unopened": _unopened,
    "mismatch": _mismatch,
    "interleaved": _interleaved,
    "expression": _expression,
    "brace": _brace,
    "module": _module,
}
