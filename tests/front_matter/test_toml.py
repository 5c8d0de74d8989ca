"""TOML: tomllib's values and validity, with a place for everything."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postlint.front_matter import Node, Problem, to_data
from postlint.front_matter.toml import parse


def tree(source: str) -> Node:
    root = parse(source, 0)
    assert isinstance(root, Node), root
    return root


def places(node: Node, source: str) -> list[tuple[str, str]]:
    """Key and value of every entry, as they are written."""
    found = []
    for entry in node.entries or ():
        key, value = (source[span.start : span.end] for span in (entry.key.span, entry.node.span))
        found += [(key, value), *places(entry.node, source)]
    for item in node.items or ():
        found += places(item, source) if item.entries is not None else [("", source[item.span.start : item.span.end])]
    return found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a = 1 # c\nb='é🎉'\r\n", [("a", "1"), ("b", "'é🎉'")]),
        ('"a b" = """\nx\n"""\n', [('"a b"', '"""\nx\n"""')]),
        (
            "a . 'b' = [1,\n  2, # c\n]",
            [("a", "'b' = [1,\n  2, # c\n]"), ("'b'", "[1,\n  2, # c\n]"), ("", "1"), ("", "2")],
        ),
        ("a = {b = 1, c.d = 2}", [("a", "{b = 1, c.d = 2}"), ("b", "1"), ("c", "d = 2"), ("d", "2")]),
        (
            "[a]\nx = 1\n[ a . b ]\ny = 2\n",
            [("a", "[a]\nx = 1\n[ a . b ]\ny = 2"), ("x", "1"), ("b", "[ a . b ]\ny = 2"), ("y", "2")],
        ),
        (
            "[a.b]\ny = 2\n[a]\nx = 1\n",
            [("a", "[a.b]\ny = 2\n[a]\nx = 1"), ("b", "[a.b]\ny = 2"), ("y", "2"), ("x", "1")],
        ),
        (
            "[[p]]\nn = 1\n[[p]]\n[p.q]\nm = 2",
            [("p", "[[p]]\nn = 1\n[[p]]\n[p.q]\nm = 2"), ("n", "1"), ("q", "[p.q]\nm = 2"), ("m", "2")],
        ),
        ("d = 2024-01-02 10:00:00Z\n", [("d", "2024-01-02 10:00:00Z")]),
    ],
)
def test_places(source: str, expected: list[tuple[str, str]]) -> None:
    assert places(tree(source), source) == expected


def test_a_header_of_its_own_is_the_key() -> None:
    source = "[a.b]\n[a]\n"
    entry = (tree(source).entries or ())[0]
    assert entry.key.span == (7, 8)


REPEATED = [
    ("a = 1\na = 2", ["a", "a"]),
    ("[a]\n[a]", ["a", "a"]),
    ("a = 1\n[a]", ["a", "a"]),
    ("a = {}\n[a.b]", ["a", "a"]),
    ("a.b = 1\n[a]", ["a", "a"]),
    ("a = []\n[[a]]", ["a", "a"]),
    ("[[a]]\n[a]", ["a", "a"]),
    ("a = {}\na.b = 1", ["a", "a"]),
]


@pytest.mark.parametrize(("source", "names"), REPEATED)
def test_repeated_keys_are_kept(source: str, names: list[str]) -> None:
    assert [entry.name for entry in tree(source).entries or ()] == names
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(source)


@pytest.mark.parametrize(
    ("source", "at", "message", "hint"),
    [
        ("title = Hello world", "Hello world", "not in quotes", "quotes"),
        ("title: Hello", ":", "followed by `:`", "`=`"),
        ("title", "title", "not followed by `=`", "key = value"),
        ("title =\n", "title =", "value is missing", '`""`'),
        ('title = "a\nb = 1', '"', "never closed", 'closing "'),
        ('title = """a\n', '"""', "never closed", 'closing """'),
        ('title = "C:\\dir"', "\\d", "not an escape", "single quotes"),
        ("a = [1, 2\nb = 3", "[", "never closed", "`]`"),
        ("a = [1 2]", "2", "a `,` or `]` is missing", "commas"),
        ("a = [1, 2", "[", "never closed", "`]`"),
        ("a = {b = 1,}", ",", "comma", "remove"),
        ("a = {b = 1,\nc = 2}", "{b = 1,", "one line", "same line"),
        ("a = 1 b = 2", "b = 2", "after the end of the value", "own line"),
        ("[a\nb = 1", "[a", "never closed", "`]`"),
        ("a = 012", "012", "not a number or date", "quotes"),
        ("d = 2024-02-30", "2024-02-30", "not a number or date", "quotes"),
        ("draft = True", "True", "not a value in TOML", "`true`"),
        ("a b = 1", "a b = 1", "not followed by `=`", "key = value"),
        ("é = 1", "é", "without quotes", "quotes"),
        ("a = 1\x00", "\x00", "U+0000", "remove"),
        ("🎉", "🎉", "without quotes", "quotes"),
        ("= 1", "=", "without quotes", "quotes"),
    ],
)
def test_errors_name_what_is_wrong(source: str, at: str, message: str, hint: str) -> None:
    problem = parse(source, 0)
    assert isinstance(problem, Problem)
    assert source[problem.span.start : problem.span.end] == at
    assert message in problem.message
    assert problem.hint
    assert hint in problem.hint


@pytest.mark.parametrize(
    "source",
    [
        "a = " + "[" * 100_000,
        "[" * 100_000,
        "a = " + "{a = " * 20_000,
        "a" + ".a" * 5000 + " = 1",
        "[a" + ".a" * 5000 + "]",
    ],
    ids=lambda source: source[:12],
)
def test_deep_nesting_is_a_problem(source: str) -> None:
    assert isinstance(parse(source, 0), Problem)


STATEMENTS = [
    "[a]",
    "[a.b]",
    "[[a]]",
    "[[a.b]]",
    "[b]",
    "a = 1",
    "a.b = 1",
    "b.a.c = 2",
    "a = {}",
    "a = {b.c = 1, b.d = 2}",
]
STATEMENTS += [
    "b = [{a = 1}]",
    "c = 'x'",
    'c = "\\u00e9\\n"',
    "'a'.\"b\" = 3",
    "[ a . 'b' . c ]",
    "",
    "# c",
    "x = {a = 1, a = 2}",
]
STATEMENTS += [
    "d = 2024-01-02",
    "d = 2024-01-02T10:00:00.5-05:00",
    "t = 07:32:00",
    "n = -1_0.5e-3",
    "n = 0xFF",
    "n = +0",
    "n = -nan",
]
STATEMENTS += [
    'm = """\na\\\n   b"""',
    "m = '''x''y'''",
    'm = """"x"""""',
    "l = [ 1, [ ], 'a', # c\n]",
    "d = 1979-05-27 07:32:00z",
    "d = 2024-02-30",
]
PIECES = [
    "=",
    ".",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\n",
    '"',
    "'",
    '"""',
    "\\",
    "a",
    "1",
    "_",
    "-",
    "0",
    "e",
    ":",
    " ",
    "#",
    "true",
    "\r\n",
    "\t",
    "é",
]


@settings(max_examples=600, deadline=None)
@given(
    st.one_of(
        st.lists(st.sampled_from(STATEMENTS), max_size=8).map("\n".join),
        st.lists(st.sampled_from(STATEMENTS + PIECES), max_size=12).map("".join),
        st.lists(st.sampled_from(PIECES), max_size=20).map("".join).map("a = {}".format),
    )
)
def test_tomllib_agrees(source: str) -> None:
    ours = parse(source, 0)
    try:
        theirs = tomllib.loads(source)
    except tomllib.TOMLDecodeError:
        assert isinstance(ours, Problem) or repeats(ours)
    else:
        assert isinstance(ours, Node), ours
        assert not repeats(ours)
        assert str(to_data(ours, merge=False)) == str(theirs)


def repeats(node: Node) -> bool:
    names = [entry.name for entry in node.entries or ()]
    children = [entry.node for entry in node.entries or ()] + list(node.items or ())
    return len(names) > len(set(names)) or any(map(repeats, children))
