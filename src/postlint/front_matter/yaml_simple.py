"""Plain YAML front matter without a YAML parser: `key: value` lines, values on one line, lists of scalars.

Most posts have nothing else. The trees are exactly those of `yaml.parse`, which handles everything else.
"""

import re

from postlint.front_matter import Entry, Node, Style
from postlint.front_matter.yaml_types import resolver
from postlint.text import Span

# Characters without a meaning in YAML at the start of a plain scalar.
_FIRST = r"[^\x00-\x20!\"#%&'*,\-:;<=>?@\[\\\]^`{|}\x7f-\xa0]"
_QUOTED = r"'([^'\n]*(?:''[^'\n]*)*)'|\"([^\"\\\n]*)\""
_LINE = re.compile(rf"([A-Za-z_][A-Za-z0-9_-]*):(?: +(?:({_FIRST}[^\n]*)|{_QUOTED}|(\[[^\n]*\])))?\n")
_ITEM = re.compile(rf"( *)- +(?:({_FIRST}[^\n]*)|{_QUOTED})\n")
_FLOW_ITEM = re.compile(rf" *(?:({_FIRST}[^,:#?\[\]{{}}&*!|>'\"%@`\n]*)|{_QUOTED})(?<! ) *(?:,(?! *\])|(?=\]))")
_new = tuple.__new__  # a third of the price of a NamedTuple's own constructor, paid forty times a post


def parse(source: str, base: int, schema: str) -> Node | None:
    """What `yaml.parse` returns for the same arguments; None if `source` is not that plain."""
    if source[:1] != "\n" or source[-1:] != "\n" or not source.replace("\n", "").isprintable():
        return None
    return _Reader(source, base, schema).mapping()


class _Reader:
    def __init__(self, source: str, base: int, schema: str) -> None:
        self._source, self._base = source, base
        self._resolve, self._typed = resolver(schema)

    def mapping(self) -> Node | None:
        source, base, end_of_source = self._source, self._base, len(self._source)
        entries = []
        at = 1
        while at < end_of_source:
            line = _LINE.match(source, at)
            if line is None:
                return None
            at = line.end()
            name = line[1]
            start, end = line.span(1)
            which = line.lastindex
            key = self._plain(name, start, end, False)
            value: Node | None
            if which == 1:
                value = self._block(at)
                if value is not None:
                    at = value.span.end - base + 1
                elif source.startswith((" ", "-"), at):
                    return None
                else:
                    value = self._plain("", end + 1, end + 1, False)
            elif which == 5:
                value = self._flow(*line.span(5))
            else:
                value = self._scalar(line, 2, False)
            if value is None:
                return None
            entries.append(_new(Entry, (name, key, value)))
        if not entries:
            return None
        span = _new(Span, (entries[0].key.span.start, entries[-1].node.span.end))
        return _new(Node, (span, None, tuple(entries), None, "", "block", False, "", False))

    def _plain(self, text: str, start: int, end: int, flow: bool) -> Node:
        value = self._resolve(text) if text[:1] in self._typed else text
        span = _new(Span, (self._base + start, self._base + end))
        return _new(Node, (span, value, None, None, text, "plain", False, "", flow))

    def _scalar(self, match: "re.Match[str]", group: int, flow: bool) -> Node | None:
        """The scalar in `group` of `match`, or in the two after it, if it is in quotes; None if it may continue."""
        text = match[group]
        if text is not None:
            if not flow and (": " in text or " #" in text or text[-1] in ": "):
                return None
            start = match.start(group)
            return self._plain(text, start, start + len(text), flow)
        style: Style
        text, style = match[group + 1], "single"
        if text is None:
            text, style = match[group + 2], "double"
        elif "''" in text:
            text = text.replace("''", "'")
        start, end = match.span(match.lastindex or 0)
        span = _new(Span, (self._base + start - 1, self._base + end + 1))
        return _new(Node, (span, text, None, None, text, style, False, "", flow))

    def _flow(self, start: int, end: int) -> Node | None:
        """The list in brackets from `start` to `end`."""
        items = []
        at = start + 1
        if end - start > 2:
            while at < end - 1:
                item = _FLOW_ITEM.match(self._source, at, end)
                node = item and self._scalar(item, 1, True)
                if item is None or node is None:
                    return None
                items.append(node)
                at = item.end()
        span = _new(Span, (self._base + start, self._base + end))
        return _new(Node, (span, None, None, tuple(items), "", "flow", False, "", False))

    def _block(self, at: int) -> Node | None:
        """The list of lines with dashes that begins at `at`."""
        items = []
        indentation = None
        while line := _ITEM.match(self._source, at):
            node = self._scalar(line, 2, False)
            if node is None or (indentation is not None and line[1] != indentation):
                return None
            indentation = line[1]
            items.append(node)
            at = line.end()
        if indentation is None:
            return None
        start = items[0].span.start
        start = self._source.rindex("-", 0, start - self._base) + self._base
        span = _new(Span, (start, items[-1].span.end))
        return _new(Node, (span, None, None, tuple(items), "", "block", False, "", False))
