"""What is written in place of a value reads back as what was meant, and looks like its neighbours."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postlint.front_matter import Language, Node, find, read, to_data, write_key, write_scalar
from postlint.front_matter.dialects import ASTRO, PLAIN
from postlint.front_matter.yaml_types import SCHEMAS

YAML = """---
plain: old
single: 'old'
double: "old"
flow: [old, 'old', {k: old}]
list:
- old
literal: |
    old
    text
folded: >-
  old
empty:
last: x
---
Body
"""
TOML = """+++
basic = "old"
literal = 'old'
lines = \"\"\"
old\"\"\"
raw = '''
old'''
number = 1
list = ['old', "old"]
last = 'x'
+++
Body
"""
JSON = '{\n"a": "old", "list": ["old", 1],\n"last": "x"\n}\nBody\n'
PATHS: list[tuple[str, Language, tuple[str | int, ...]]] = [
    *(
        (YAML, "yaml", path)
        for path in (("plain",), ("single",), ("double",), ("flow", 0), ("flow", 1), ("flow", 2, "k"), ("list", 0))
    ),
    *((YAML, "yaml", path) for path in (("literal",), ("folded",), ("empty",))),
    *(
        (TOML, "toml", path)
        for path in (("basic",), ("literal",), ("lines",), ("raw",), ("number",), ("list", 0), ("list", 1))
    ),
    *((JSON, "json", path) for path in (("a",), ("list", 0), ("list", 1))),
]
PIECES = [
    "a",
    "b c",
    " ",
    "'",
    '"',
    "\\",
    "\n",
    "\r",
    "\t",
    ":",
    ": ",
    " #",
    "#",
    ",",
    "[",
    "]",
    "{",
    "}",
    "- ",
    "-",
    "?",
    "&",
    "*",
    "!",
]
PIECES += [
    "|",
    ">",
    "%",
    "@",
    "`",
    "~",
    "null",
    "yes",
    "1",
    "012",
    "2024-01-02",
    "12:30",
    "=",
    "<<",
    "é",
    "🎉",
    "\ufeff",
    "\x85",
    "\u2028",
]
PIECES += ["\x00", "\x7f", "\ufffe", "\xa0", "---", "...", "'''", '"""', "\\n", "“"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=12
)


def put(text: str, path: tuple[str | int, ...], value: str, language: Language) -> str:
    at = find(read(text, PLAIN).root, path)
    assert at
    node = at[1]
    return text[: node.span.start] + write_scalar(value, node, text, language) + text[node.span.end :]


@settings(max_examples=30, deadline=None)
@pytest.mark.parametrize(("text", "language", "path"), PATHS, ids=[f"{language}-{path}" for _, language, path in PATHS])
@given(value=TEXTS)
def test_values_read_back(text: str, language: Language, path: tuple[str | int, ...], value: str) -> None:
    changed = read(put(text, path, value, language), PLAIN)
    assert changed.problem is None
    found = find(changed.root, path)
    assert found
    assert found[1].value == value
    for other in (*{one for _, kind, one in PATHS if kind == language and one != path}, ("last",)):
        before, after = find(read(text, PLAIN).root, other), find(changed.root, other)
        assert before
        assert after
        assert after[1].value == before[1].value


@settings(max_examples=150, deadline=None)
@given(value=TEXTS)
def test_plain_values_are_text_to_every_yaml(value: str) -> None:
    changed = put(YAML, ("plain",), value, "yaml")
    for schema in SCHEMAS:
        found = find(read(changed, ASTRO._replace(yaml=schema)).root, ("plain",))
        assert found
        assert found[1].value == value


@pytest.mark.parametrize(
    ("text", "path", "value", "line"),
    [
        (YAML, ("plain",), "new text", "plain: new text"),
        (YAML, ("plain",), "a: b", "plain: 'a: b'"),
        (YAML, ("plain",), "a, [b]", "plain: a, [b]"),
        (YAML, ("plain",), "it's", "plain: it's"),
        (YAML, ("plain",), "'it's: x", "plain: '''it''s: x'"),
        (YAML, ("plain",), "2024", "plain: '2024'"),
        (YAML, ("plain",), "yes", "plain: 'yes'"),
        (YAML, ("plain",), "", "plain: ''"),
        (YAML, ("plain",), "a\nb", 'plain: "a\\nb"'),
        (YAML, ("single",), "it's", "single: 'it''s'"),
        (YAML, ("double",), 'say "é🎉"', 'double: "say \\"é🎉\\""'),
        (YAML, ("flow", 0), "a, b", "flow: ['a, b', 'old', {k: old}]"),
        (YAML, ("list", 0), "new", "- new"),
        (YAML, ("empty",), "new", "empty: new"),
        (YAML, ("literal",), "new\n\ntext\n", "literal: |\n    new\n\n    text\nfolded"),
        (YAML, ("folded",), "new", "folded: >-\n  new\nempty"),
        (TOML, ("basic",), 'a "b"', 'basic = "a \\"b\\""'),
        (TOML, ("literal",), "a \\ b", "literal = 'a \\ b'"),
        (TOML, ("literal",), "it's", 'literal = "it\'s"'),
        (TOML, ("lines",), "a\nb", 'lines = """\na\nb"""\n'),
        (JSON, ("a",), 'é "b"', '"a": "é \\"b\\""'),
    ],
)
def test_the_style_stays(text: str, path: tuple[str | int, ...], value: str, line: str) -> None:
    language: Language = "yaml" if text is YAML else "toml" if text is TOML else "json"
    assert f"\n{line}" in put(text, path, value, language)


@settings(deadline=None)
@pytest.mark.parametrize(
    ("form", "language", "keys"),
    [
        ("---\n{}: 1\n---\n", "yaml", ("a", "'a'", '"a"')),
        ("+++\n{} = 1\n+++\n", "toml", ("a", "'a'", '"a"')),
        ("{{\n{}: 1\n}}\n", "json", ('"a"',)),
    ],
)
@given(name=TEXTS)
def test_keys_read_back(form: str, language: Language, keys: tuple[str, ...], name: str) -> None:
    for written in keys:
        root = read(form.format(write_key(name, written, language)), PLAIN).root
        assert isinstance(root, Node)
        assert to_data(root, merge=False) == {name: 1}


@pytest.mark.parametrize(
    ("name", "written", "language", "expected"),
    [
        ("pubDate", "pubdate", "yaml", "pubDate"),
        ("pubDate", "'pubdate'", "yaml", "'pubDate'"),
        ("pub: date", "pubdate", "yaml", "'pub: date'"),
        ("yes", "a", "yaml", "'yes'"),
        ("pubDate", '"pubdate"', "toml", '"pubDate"'),
        ("pub date", "pubdate", "toml", '"pub date"'),
        ("pubDate", '"pubdate"', "json", '"pubDate"'),
    ],
)
def test_keys_keep_their_style(name: str, written: str, language: Language, expected: str) -> None:
    assert write_key(name, written, language) == expected


def test_block_scalars_keep_their_line_ends() -> None:
    text = "---\r\na: |\r\n  one\r\n  two\r\nb: 1\r\n---\r\n"
    assert put(text, ("a",), "three\nfour\n", "yaml") == text.replace("one", "three").replace("two", "four")
