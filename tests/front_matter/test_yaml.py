"""YAML front matter: where everything stands, and what is said of what cannot be read."""

import subprocess
import sys

import pytest

from postlint.front_matter import Node, Problem, to_data
from postlint.front_matter.yaml import parse


def tree(source: str, schema: str = "pyyaml") -> Node:
    root = parse(source, 0, schema)
    assert isinstance(root, Node), root
    return root


def walk(node: Node) -> list[Node]:
    parts = [part for entry in node.entries or () for part in (entry.key, entry.node)] + list(node.items or ())
    return [node, *(below for part in parts for below in walk(part))]


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("a: 1\nb: two words # c\n", ["a: 1\nb: two words", "a", "1", "b", "two words"]),
        ("é🎉: 'x''y'\r\nb: \"\\u00e9\"\r\n", ["é🎉: 'x''y'\r\nb: \"\\u00e9\"", "é🎉", "'x''y'", "b", '"\\u00e9"']),
        ("\ufeffa: e\u0301\n", ["a: e\u0301", "a", "e\u0301"]),
        ("a:\n  - x # c\n  -\n# c\nb:\n", ["a:\n  - x # c\n  -\n# c\nb:", "a", "- x # c\n  -", "x", "", "b", ""]),
        ("a: [x, {y: z} , ]", ["a: [x, {y: z} , ]", "a", "[x, {y: z} , ]", "x", "{y: z}", "y", "z"]),
        (
            "a: |\n  x\n\n  y\n\n\nb: >-\n  z",
            ["a: |\n  x\n\n  y\n\n\nb: >-\n  z", "a", "|\n  x\n\n  y", "b", ">-\n  z"],
        ),
        (
            "a: &x !!str  5\nb: !!map &y\n  c: d\n",
            ["a: &x !!str  5\nb: !!map &y\n  c: d", "a", "5", "b", "c: d", "c", "d"],
        ),
        ("a: one\n  two\n", ["a: one\n  two", "a", "one\n  two"]),
        ("? a\nb: {c, d: }", ["? a\nb: {c, d: }", "a", "", "b", "{c, d: }", "c", "", "d", ""]),
        ("a: &x {b: 1}\nc: *x\n", ["a: &x {b: 1}\nc: *x", "a", "{b: 1}", "b", "1", "c", "{b: 1}", "b", "1"]),
        ("[x]: y", ["[x]: y", "[x]", "x", "y"]),
    ],
)
def test_spans(source: str, written: list[str]) -> None:
    assert [source[node.span.start : node.span.end] for node in walk(tree(source))] == written


def test_an_alias_tells_that_it_is_one() -> None:
    source = "a: &x {b: 1}\nc: *x\n"
    assert [node.alias for node in walk(tree(source))] == [False] * 6 + [True] * 3


def test_base_is_added() -> None:
    root = parse("a: 1", 10, "pyyaml")
    assert isinstance(root, Node)
    assert root.entries
    assert (root.span, root.entries[0].node.span) == ((10, 14), (13, 14))


@pytest.mark.parametrize("source", ["", "\n", "# comment\n"])
def test_nothing_is_a_mapping_without_entries(source: str) -> None:
    assert to_data(tree(source)) == {}


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ("a: 1\na: 2", {"a": 2}),
        (
            "1: a\ntrue: b\n~: c\n[x, y]: d\n2024-01-02: e",
            {"1": "a", "true": "b", "~": "c", "[x, y]": "d", "2024-01-02": "e"},
        ),
        ("m: &m {a: 1, b: 2}\nn:\n  <<: *m\n  b: 3", {"m": {"a": 1, "b": 2}, "n": {"b": 3, "a": 1}}),
        ("<<: [{a: 1}, {a: 2, b: 3}]\nb: 4", {"b": 4, "a": 1}),
        ("'<<': {a: 1}", {"<<": {"a": 1}}),
        ("a: !!str 1\nb: !!int '2'\nc: !!binary aGk=\nd: !!float 3", {"a": "1", "b": 2, "c": b"hi", "d": 3.0}),
    ],
)
def test_data(source: str, data: dict[str, object]) -> None:
    assert to_data(tree(source)) == data


def test_repeated_keys_are_kept() -> None:
    assert [entry.name for entry in tree("a: 1\nb: 2\na: 3").entries or ()] == ["a", "b", "a"]


def test_line_ends_of_yaml_1_1_are_text_in_yaml_1_2() -> None:
    assert to_data(tree("a: x\u2028y\nb: \x85\u2029z", "js-yaml-4")) == {"a": "x\u2028y", "b": "\x85\u2029z"}


ERRORS = [
    ("title: My post: a story", ":", "second `: `", "quotes"),
    ("é🎉: b: c", ":", "`é🎉: b: c` has a second `: `", "quotes"),
    ("title: “My post: a story”", ":", "second `: `", "straight quotes"),
    ("title: @me", "@", "cannot begin with `@`", "quotes"),
    ("title: `x`", "`", "cannot begin with a backtick", "quotes"),
    ("title: %x", "%", "cannot begin with `%`", "quotes"),
    ("%x: 1", "%x: 1", "cannot begin with `%`", "quotes"),
    ("title: 'it's'", "s'", "after the closing quote", "`''`"),
    ('title: "a" b', "b", "after the closing quote", '`\\"`'),
    ('title: "a" b: c', "b: c", "after the closing quote", '`\\"`'),
    ('a: 1\ntitle: "a\nb: 2\n', '"', "never closed", 'closing `"`'),
    ("title: 'a\nb: 'c'\n", "'", "never closed", "closing `'`"),
    ("tags: [a, b\nc: d\n", "[", "never closed", "`]`"),
    ("tags: {a: b\n", "{", "never closed", "`}`"),
    ("tags: [a, b] c", "c", "after the closing `]`", "quotes"),
    ("tags: ['a' b, c]", "b", "a `,` or `]` is missing", "commas"),
    ("x: [a](b)", "(b)", "after the closing `]`", "quotes"),
    ("x: ![a](b)", "![a", "not a YAML tag", "quotes"),
    ("x: !important", "!important", "YAML tag", "quotes"),
    ("x: {{ site.x }}", "{{ site.x }}", "not a template", "quotes"),
    ("x: {{ site.x }}/a.png", "{{ site.x }}", "not a template", "quotes"),
    ("x: {% if %}", "{% if %}", "not a template", "quotes"),
    ("title:a\nb: c", ":", "no space after its colon", "`title: `"),
    ("b: c\ntitle:a", ":", "no space after its colon", "`title: `"),
    ("title a\nb: c", "title a", "not of the form", "key: value"),
    ("b: c\ntitle a", "title a", "not of the form", "key: value"),
    ("title = a\nb: c", "=", "`=` instead of `:`", "key: value"),
    ("title: a\n\tb: c", "\t", "tab", "spaces"),
    ("\ttitle: a", "\t", "tab", "spaces"),
    ("title: **bold**", "*", "cannot begin with `*`", "quotes"),
    ("title: *star", "*star", "missing anchor", "quotes"),
    ("title: & x", "&", "cannot begin with `&`", "quotes"),
    ('dir: "C:\\dir"', "\\d", "`\\d` is not an escape", "single quotes"),
    ("title: - a", "-", "cannot begin with `- `", "quotes"),
    ("title: | x\n  y", "| x", "text follows `|`", "lines below"),
    ("tags:\n- a\n-b\n", "-", "no space after its dash", "`- `"),
    ("a:\n  b: 1\n c: 2", "c: 2", "not indented like", "same column"),
    ("a: 1\n b: 2", "b", "indented as if", "same column"),
    ("  a: 1\nb: 2", "b: 2", "does not belong", "same column as the first key"),
    ("a: 1\n---\nb: 2", "---", "second document", "remove"),
    ("a: [b,,c]", ",", "a value is missing", "comma"),
    ("a: 1\n- b", "-", "list item", "same column"),
    ("a: b\x00c", "\x00", "U+0000", "remove"),
    ("é: b\x7f", "\x7f", "U+007F", "remove"),
    ("a: &x [*x]", "a", "inside the value that it names", "write"),
    ("a: &x b\nc: &x d", "&x", "twice", "another"),
]


@pytest.mark.parametrize(("source", "at", "message", "hint"), ERRORS)
def test_errors_name_what_is_wrong(source: str, at: str, message: str, hint: str) -> None:
    problem = parse(source, 0, "pyyaml")
    assert isinstance(problem, Problem)
    assert source[problem.span.start : problem.span.end] == at
    assert message in problem.message
    assert problem.hint
    assert hint in problem.hint


DEEP = [
    "[" * 100_000,
    "{" * 100_000,
    "- " * 50_000,
    "? " * 50_000,
    "{a: " * 25_000,
    "\n".join(" " * i + "a:" for i in range(300)),
]


@pytest.mark.parametrize(
    ("schema", "source", "data"),
    [
        ("js-yaml-4", "a: b\n\t\nc: d", {"a": "b", "c": "d"}),
        ("js-yaml-4", "a:\n\t- b", None),
        ("js-yaml-3", "a:\n\t- b\n \t\nc: d", {"a": ["b"], "c": "d"}),
        ("pyyaml", "a: b\n\t\nc: d", None),
        ("js-yaml-4", "a:\n-\tb c\n- \td", {"a": ["b c", "d"]}),
        ("js-yaml-4", "a:\n-\tb: c", None),
        ("pyyaml", "a:\n-\tb", None),
    ],
)
def test_tabs_where_yaml_has_spaces(schema: str, source: str, data: object) -> None:
    read = parse(source, 0, schema)
    assert (to_data(read) if isinstance(read, Node) else None) == data


@pytest.mark.parametrize("source", DEEP, ids=lambda source: source[:4])
def test_deep_nesting_is_a_problem(source: str) -> None:
    problem = parse(source, 0, "pyyaml")
    assert isinstance(problem, Problem)
    assert "too deep" in problem.message


def test_aliases_cannot_grow_without_end() -> None:
    bomb = "a: &a [x, x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(12)
    )
    problem = parse(bomb, 0, "pyyaml")
    assert isinstance(problem, Problem)
    assert "too large" in problem.message


def test_without_libyaml_the_tree_is_the_same() -> None:
    sources = [
        "a: 1\nb: [x, 'y'] # c\nc:\n  - d: |\n      e\n",
        "\ufeffa: &x é🎉\r\nb: *x\r\n",
        "a: b: c",
        "a: 'it's'",
        "[" * 100_000,
    ]
    sources += ["a: [b", 'a: "b', "a: @b", "a: *b", "\ta: b", "a: b\x00", "", 'a: "\\UFFFFFFFF"', "a:\n- b\n-c\n"]
    program = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "import yaml; assert not yaml.__with_libyaml__\n"
        "from postlint.front_matter.yaml import parse\n"
        f"for source in {sources!r}: print(ascii(parse(source, 3, 'js-yaml-4')))\n"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    expected = [ascii(parse(source, 3, "js-yaml-4")) for source in sources]
    for ours, theirs in zip(shown.splitlines(), expected, strict=True):
        assert ours.startswith("Node") == theirs.startswith("Node")
        if ours.startswith("Node"):
            assert ours == theirs
