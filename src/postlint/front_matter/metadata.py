"""Front matter of lines `Key: value`, as Python-Markdown's `meta` extension and MkDocs read it: no YAML.

Sources: markdown/extensions/meta.py (Markdown 3.11), mkdocs/utils/meta.py (1.6).
"""

import re

from postlint.front_matter import Entry, Node
from postlint.text import Span

_KEY = re.compile(r" {0,3}([A-Za-z0-9_-]+):[ \t]*([^\r\n]*)")
_MORE = re.compile(r"(?: {4}|\t)[ \t]*([^\r\n]*)")
_END = re.compile(r"---|\.\.\.")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")


def parse(text: str, start: int, lists: tuple[str, ...] = (), joins: bool = False) -> tuple[Node, int, int]:
    """Read the lines from `start` on: the mapping, where it ends, and where the body begins.

    Names are in lower case, values are text as written; the values of `lists` are separated by `,`, or by `;` if it
    occurs. A value that continues in indented lines is a list of the lines; with `joins` it is one text of them,
    with those of the same key further down.
    """
    found: list[tuple[re.Match[str], list[re.Match[str]]]] = []
    at = end = body = start
    while at < len(text):
        after = _LINE.match(text, at)
        assert after is not None
        key = _KEY.match(text, at)
        more = None if key else _MORE.match(text, at)
        line = after[0]
        body = at
        if not line.strip() or _END.match(line):
            body = after.end()
            break
        if key:
            found.append((key, []))
        elif more and found:
            found[-1][1].append(more)
        else:
            break
        at = end = body = after.end()
    entries = _joined(text, found) if joins else tuple(_entry(text, key, more, lists) for key, more in found)
    return Node(Span(start, end), entries=entries, style="block"), end, body


def _entry(text: str, key: "re.Match[str]", more: "list[re.Match[str]]", lists: tuple[str, ...]) -> Entry:
    name = key[1].lower()
    first = _scalar(text, *key.span(2))
    node = first
    if name in lists and (first.text or not more):
        node = _separated(text, first)
    elif more:
        rest = [_scalar(text, *line.span(1)) for line in more]
        node = Node(Span(first.span.start, rest[-1].span.end), items=(first, *rest), style="block")
    return Entry(name, Node(Span(*key.span(1)), key[1], text=key[1]), node)


def _joined(text: str, found: "list[tuple[re.Match[str], list[re.Match[str]]]]") -> tuple[Entry, ...]:
    entries: dict[str, Entry] = {}
    for key, more in found:
        parts = [_scalar(text, *key.span(2)), *(_scalar(text, *line.span(1)) for line in more)]
        before = entries.get(key[1].lower())
        if before:
            parts.insert(0, before.node)
        written = " ".join(part.text for part in parts)
        node = Node(Span(parts[0].span.start, parts[-1].span.end), written, text=written)
        name = before.key if before else Node(Span(*key.span(1)), key[1], text=key[1])
        entries[key[1].lower()] = Entry(key[1].lower(), name, node)
    return tuple(entries.values())


def _scalar(text: str, start: int, end: int) -> Node:
    written = text[start:end]
    start += len(written) - len(written.lstrip())
    value = written.strip()
    return Node(Span(start, start + len(value)), value, text=value)


def _separated(text: str, node: Node) -> Node:
    separator = ";" if ";" in node.text else ","
    items, at = [], node.span.start
    for part in node.text.split(separator):
        item = _scalar(text, at, at + len(part))
        if item.text:
            items.append(item)
        at += len(part) + 1
    return Node(node.span, items=tuple(items), style="flow")
