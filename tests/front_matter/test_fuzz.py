"""Whatever stands in a post, reading it ends, raises nothing, and gives spans that hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postlint.front_matter import FrontMatter, Node, find, read, to_data
from postlint.front_matter.dialects import ASTRO, PLAIN

YAML = [
    "- ",
    "? ",
    ": ",
    ":",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\n",
    "\n  ",
    "\t",
    "'",
    '"',
    "\\",
    "&a ",
    "*a",
    "!x ",
    "!!str ",
]
YAML += [
    "|\n ",
    ">-\n  ",
    "#",
    " #c",
    "%",
    "@",
    "`",
    "---",
    "...",
    "<<: ",
    "a",
    "b1",
    "012",
    "2024-02-30",
    "é",
    "🎉",
    "é",
]
YAML += [
    "\r\n",
    "\r",
    "\ufeff",
    "\x85",
    "\u2028",
    "\xa0",
    "\x00",
    "~",
    "yes",
    "1e400",
    "\ufffd",
    "\\u",
    "''",
    '""',
    "{{",
    "}}",
]
TOML = [
    "=",
    " = ",
    ".",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    ",",
    "\n",
    '"',
    "'",
    '"""',
    "'''",
    "\\",
    "a",
    "b-c",
    "1",
    "0x1F",
    "é🎉",
]
TOML += [
    "2024-01-02",
    "T10:00:00Z",
    "true",
    "#",
    "inf",
    " ",
    "\t",
    "\r\n",
    "\r",
    "\x00",
    "\\u00e9",
    "1_000",
    "a.b = 1\n",
    "[a.b]\n",
]
JSON = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"a"',
    '"é🎉"',
    "1",
    "-",
    "1e9",
    "true",
    "null",
    "NaN",
    "\n",
    " ",
    '"',
    "\\",
    "\\ud800",
    "'",
]


def soup(pieces: list[str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=40).map("".join)


FENCED = st.one_of(
    soup(YAML).map("---\n{}\n---\nBody\n".format),
    soup(TOML).map("+++\n{}\n+++\nBody\n".format),
    soup(JSON).map("{{\n{}\n}}\nBody\n".format),
    st.tuples(soup(["---", "+++", "\n", "\r\n", " ", "{", "}", "\ufeff", "a: 1"]), soup(YAML)).map("".join),
)
REAL = (
    """---
title: 'It''s é🎉'
tags:
  - a # c
  - "b\\"c"
date: 2024-01-02
m: &m {a: 1, b: [x, y]}
n:
  <<: *m
  text: |
    one

    two

# end
last: >-
  x
---
Body
""".replace("\n", "\r\n"),
    """+++
title = "é🎉\\n"
tags = ["a", 'b', '''c''']
[a.b]
c.d = 1 # x
[[e]]
f = {g = 1, h.i = 2}
[a]
z = 07:32:00
+++
""",
    """{
 "title": "é\\u00e9🎉", "tags": ["a", {"b": null}],
 "n": [1, 2.5e3, true]
}
Body
""",
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(REAL))
    for _ in range(draw(st.integers(0, 4))):
        at, size = draw(st.integers(0, len(text))), draw(st.integers(0, 6))
        text = text[:at] + draw(st.sampled_from(["", *YAML, *TOML, *JSON])) + text[at + size :]
    return text


def check_spans(text: str, found: FrontMatter) -> None:
    assert 0 <= found.opening.start <= found.opening.end <= len(text)
    assert 0 <= found.span.start <= found.span.end <= len(text)
    assert 0 <= found.body <= len(text)
    if found.problem:
        start, end = found.problem.span
        assert 0 <= start <= end <= len(text)
        assert found.problem.message.isprintable()
    waiting = [found.root]
    while waiting:
        node = waiting.pop()
        for child in children(node):
            assert child.span.start <= child.span.end
            if not child.alias:
                assert node.span.start <= child.span.start, (node, child)
                assert child.span.end <= node.span.end, (node, child)
            waiting.append(child)
        written = text[node.span.start : node.span.end]
        if (
            node.is_scalar
            and node.style == "plain"
            and found.language == "yaml"
            and "\n" not in written
            and "\r" not in written
        ):
            assert written == node.text


def children(node: Node) -> list[Node]:
    return [part for entry in node.entries or () for part in (entry.key, entry.node)] + list(node.items or ())


@pytest.mark.parametrize("dialect", [PLAIN, ASTRO], ids=["plain", "astro"])
@settings(max_examples=250, deadline=None)
@given(st.one_of(FENCED, mutated(), st.text(max_size=60)))
def test_any_text_is_read(dialect: object, text: str) -> None:
    text = text.encode(errors="replace").decode()
    found = read(text, dialect)
    check_spans(text, found)
    data = to_data(found.root)
    assert isinstance(data, dict | list)
    for name in data if isinstance(data, dict) else ():
        key, _ = find(found.root, (name,)) or (None, None)
        assert key is not None
