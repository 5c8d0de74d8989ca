"""YAML that parsers take, and that says something else than its author meant."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Literal, NamedTuple

from postlint.front_matter import FrontMatter, Node
from postlint.text import Span

# A typographic quote at one end, and a straight one at the other: YAML takes both for text.
_MIXED = re.compile(r"[“”„][^“”\"]*\"|[‘’][^‘’']*'")
_QUOTES = "\"'"
# A quote at the end alone; behind a number it means inches.
_HALF = re.compile(r"[^\"']*[^\"'\d]\"")
# Typographic quotes around the whole value.
_CURLY = re.compile(r"[“”„«]([^“”„«»\"]*)[“”»]|[‘’‚]([^‘’‚']*)[‘’]")
# A number sign that does not begin a comment: those have a blank after it.
_CUT = re.compile(r"[ \t]+(#[^\s#][^\n\r]*)")
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})[ \t]*")
_HASHTAGS = re.compile(r"#[^\s#,;]+(?:[,;]?[ \t]+#[^\s#,;]+)*[ \t]*")
# An anchor or a tag of no kind that YAML knows, before a value.
_PROPERTY = re.compile(r"(?:^|[:\-,\[])[ \t]*((?:&[^\s,\[\]{}&]+|!(?!!)[^\s,\[\]{}!]*)[ \t]+)$")
_ALONE = re.compile(r":?[ \t]+(&[^\s,\[\]{}&]+|!(?!!)[^\s,\[\]{}!]+)[ \t]*(?=\r?\n)")
_PLAIN = re.compile(r"[^\W\d_][\w.+ -]*(?<! )")
_NO_TEXT = frozenset(("yes", "no", "on", "off", "y", "n", "true", "false", "null", "nan", "inf"))
# Keys of a tag that is a mapping on purpose.
_NAMES_OF_NAMES = frozenset(("name", "label", "title", "slug", "id", "key", "tag", "value", "text", "term"))
_DEEPEST = 4
_LONGEST_NAME = 80

Kind = Literal["text", "tags", "name"]
"""What a field holds: text, tags, or a name that the site looks something up by (a slug, a path)."""


class Slip(NamedTuple):
    """Where a slip is, what is wrong, the field, and what to write in the place of `span` (None: that is not certain).

    `certain`: nothing else can have been meant."""

    span: Span
    message: str
    field: str
    edit: tuple[Span, str] | None = None
    certain: bool = False


def slips(
    text: str, found: FrontMatter, kinds_of_keys: Callable[[], Mapping[str, Kind]], reader: str
) -> Iterator[Slip]:
    """The slips in `text`, whose front matter is `found`. `kinds_of_keys` gives those of known keys at the top, if they are
    needed; `reader` is what reads the front matter."""
    if found.root.entries is None:
        return
    aliases = re.compile(r"\*(\S+)").findall(text, *found.span) if "*" in text else ()
    # Most front matter has none of the signs of a kind of slip; then no value is looked at for it.
    block = text[slice(*found.span)]
    is_cut, is_curly = _CUT.search(block) is not None, not block.isascii()
    is_eaten = "&" in block or "!" in block
    kinds = kinds_of_keys() if is_cut or is_curly else {}
    for name, field, node in _scalars(found.root, "", "", 0):
        if node.style != "plain" or node.alias:
            continue
        slip = (
            (_mixed(field, node) if node.text[-1:] in _QUOTES else None)
            or (_commented(text, field, node, kinds.get(name), reader) if is_cut else None)
            or (_curly(text, field, node, kinds.get(name), reader) if is_curly else None)
            or (_eaten(text, field, node, aliases, reader) if is_eaten else None)
        )
        if slip:
            yield slip


def pairs(text: str, field: str, tags: Node, reader: str) -> Iterator[Slip]:
    """The items of the list `tags` that are a mapping because of a colon, such as `- rust: the book`."""
    for number, item in enumerate(tags.items or ()):
        if item.alias or item.entries is None or len(item.entries) != 1 or item.style == "flow":
            continue
        (entry,) = item.entries
        whole = Span(entry.key.span.start, entry.node.span.end)
        written = text[slice(*whole)]
        is_text = entry.node.is_scalar and entry.node.style == entry.key.style == "plain" and bool(entry.node.text)
        if is_text and "\n" not in written and entry.name.lower() not in _NAMES_OF_NAMES:
            message = f"{reader} reads `{_short(written)}` as a mapping, not as a tag; put it in quotes"
            yield Slip(whole, message, f"{field}[{number}]", (whole, _quoted(written)), True)


def _scalars(node: Node, name: str, field: str, depth: int) -> Iterator[tuple[str, str, Node]]:
    """Every scalar with the key at the top that it belongs to, and its field."""
    if node.is_scalar:
        yield name, field, node
    elif depth <= _DEEPEST:
        for entry in node.entries or ():
            yield from _scalars(
                entry.node, name or entry.name, f"{field}.{entry.name}" if field else entry.name, depth + 1
            )
        for number, item in enumerate(node.items or ()):
            yield from _scalars(item, name, f"{field}[{number}]", depth + 1)


def _mixed(field: str, node: Node) -> Slip | None:
    if _MIXED.fullmatch(node.text):
        message = f"`{node.text[0]}` and `{node.text[-1]}` are not a pair of quotes; write two straight quotes"
        return Slip(node.span, message, field)
    if _HALF.fullmatch(node.text):
        return Slip(node.span, f"`{node.text}` ends with a quote but does not begin with one", field)
    return None


def _commented(text: str, field: str, node: Node, kind: Kind | None, reader: str) -> Slip | None:
    """A value of which a part, or all, is a comment."""
    cut = _CUT.match(text, node.span.end)
    if cut is None or node.flow:
        return None
    span, comment = Span(*cut.span(1)), cut[1].rstrip()
    if node.value is None and not node.text:
        is_item = field.endswith("]")
        # What is written behind other keys may be a value that was commented out.
        if kind not in ("text", "tags") and not is_item and not _COLOR.fullmatch(comment):
            return None
        written = _quoted(comment)
        if kind == "tags" and _HASHTAGS.fullmatch(comment):
            tags = [_tag(part.strip("#,;")) for part in comment.split()]
            written = tags[0] if is_item and len(tags) == 1 else f"[{', '.join(tags)}]"
        message = f"`{_short(comment)}` is a comment, so {reader} reads `{field}` as empty; write `{_short(written)}`"
        return Slip(span, message, field, (Span(span.start, span.start + len(comment)), written))
    is_number = comment[1:2].isdigit() and not node.text[:1].isdigit()
    if not isinstance(node.value, str) or not (kind in ("text", "tags") or is_number):
        return None
    whole = Span(node.span.start, span.start + len(comment))
    edit = None if "\n" in text[whole.start : whole.end] else (whole, _quoted(text[whole.start : whole.end]))
    message = f"`{field}` ends here, because the rest is a comment; put the value in quotes"
    return Slip(span, message, field, edit)


def _curly(text: str, field: str, node: Node, kind: Kind | None, reader: str) -> Slip | None:
    """Typographic quotes around a whole value that nobody quotes."""
    found = _CURLY.fullmatch(node.text) if kind in ("tags", "name") else None
    if found is None:
        return None
    inner = found[1] or found[2] or ""
    written = _tag(inner)
    message = (
        f"curly quotes do not quote, so {reader} reads `{_short(node.text)}` with its quotes; write `{_short(written)}`"
    )
    is_one_line = "\n" not in text[node.span.start : node.span.end]
    return Slip(node.span, message, field, (node.span, written) if inner.strip() and is_one_line else None, True)


def _eaten(text: str, field: str, node: Node, aliases: object, reader: str) -> Slip | None:
    """A value whose first word YAML takes for an anchor or a tag."""
    if node.value is None and not node.text:
        alone = _ALONE.match(text, node.span.end)
        if alone is None:
            return None
        word, span, end = alone[1], Span(*alone.span(1)), alone.end(1)
    else:
        before = text[max(0, node.span.start - _LONGEST_NAME) : node.span.start]
        found = _PROPERTY.search(before.rpartition("\n")[2])
        if found is None:
            return None
        word, start = found[1].rstrip(), node.span.start - len(found[1])
        span, end = Span(start, start + len(word)), node.span.end
    if isinstance(aliases, list) and word[1:] in aliases:
        return None
    whole = Span(span.start, end)
    written = _quoted(text[whole.start : whole.end])
    what = "an anchor" if word[0] == "&" else "a tag"
    read = f"`{_short(node.text)}`" if node.text else "nothing"
    message = f"YAML takes `{word}` for {what}, so {reader} reads {read}; put the value in quotes"
    # In a slug, the sign is wrong with quotes, too.
    return Slip(span, message, field, None if "\n" in written or field == "slug" else (whole, written), True)


def _quoted(written: str) -> str:
    return "'" + written.strip().replace("'", "''") + "'"


def _tag(word: str) -> str:
    """A word as YAML reads it as text."""
    return word if _PLAIN.fullmatch(word) and word.lower() not in _NO_TEXT else _quoted(word)


def _short(written: str) -> str:
    return written if len(written) <= 40 else f"{written[:39]}…"
