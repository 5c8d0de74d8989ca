"""Front matter of lines `.. key: value`, bare or in an HTML comment, as Nikola reads it: no YAML.

Source: nikola/metadata_extractors.py (8.3).
"""

import re

from postlint.front_matter import Entry, Node
from postlint.text import Span

_LINE = re.compile(r"([^\r\n]*)(?:\r\n?|\n|\Z)")
_KEY = re.compile(r"[ \t]*\.\. ([^:\r\n]+):[ \t]+([^\r\n]*)")
_CLOSED = re.compile(r"[ \t]*-->[ \t]*")


def parse(text: str, start: int, in_comment: bool) -> tuple[Node, int, int]:
    """Read the lines from `start` on, to the first blank one: the mapping, where it ends, and where the body begins.

    Values are text as written. A key without a value counts for nothing, and of equal keys the last one counts.
    """
    found: dict[str, Entry] = {}
    at = end = start
    while at < len(text):
        line = _LINE.match(text, at)
        assert line is not None
        if not line[1].strip() or (in_comment and _CLOSED.fullmatch(line[1])):
            at = line.end() if line[1].strip() else at
            break
        key = _KEY.match(text, at)
        at = end = line.end()
        if key and key[2].strip():
            name = key[1].strip()
            value = key[2].strip()
            begin = key.start(2)
            node = Node(Span(begin, begin + len(value)), value, text=value)
            found.pop(name, None)
            found[name] = Entry(name, Node(Span(key.start(1), key.start(1) + len(name)), name, text=name), node)
    return Node(Span(start, end), entries=tuple(found.values()), style="block"), end, at
