"""JSON front matter: the json module's values, with a place for everything."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.front_matter import Node, Problem, to_data
from postlint.front_matter.json import parse_object

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), VALUES, max_size=5),
    st.booleans(),
    st.sampled_from([None, 2]),
)
def test_values_are_those_of_the_json_module(data: dict[str, object], ascii_: bool, indent: int | None) -> None:
    written = json.dumps(data, ensure_ascii=ascii_, indent=indent)
    root, end = parse_object(f"\ufeff{written}\nBody", 1)
    assert isinstance(root, Node)
    assert to_data(root) == data
    assert end == 1 + len(written)


def test_places() -> None:
    text = '{"é🎉": "a\\n", "b" : [1, {"c": null}]}'
    root, _ = parse_object(text, 0)
    assert isinstance(root, Node)
    first, second = root.entries or ()
    assert [text[span.start : span.end] for span in (first.key.span, first.node.span)] == ['"é🎉"', '"a\\n"']
    assert (first.node.text, first.node.style) == ("a\n", "double")
    assert [text[item.span.start : item.span.end] for item in second.node.items or ()] == ["1", '{"c": null}']


def test_repeated_keys_and_numbers_that_are_none() -> None:
    root, _ = parse_object('{"a": 1, "a": NaN, "b": 1e999, "c": ' + "9" * 5000 + "}", 0)
    assert isinstance(root, Node)
    assert [entry.name for entry in root.entries or ()] == ["a", "a", "b", "c"]
    assert str(to_data(root)) == "{'a': nan, 'b': inf, 'c': inf}"


def test_half_of_a_surrogate_pair_is_no_character() -> None:
    root, _ = parse_object('{"\\ud83d": "\\ud83d\\ude80 \\udc00"}', 0)
    assert isinstance(root, Node)
    assert to_data(root) == {"\ufffd": "🚀 \ufffd"}


@pytest.mark.parametrize(
    ("text", "at", "message", "hint"),
    [
        ('{"a": 1', "{", "never closed", "`}`"),
        ('{"a": [1', "[", "never closed", "`]`"),
        ('{"a": 1,}', ",", "comma before `}`", "remove"),
        ('{"a": [1,]}', ",", "comma before `]`", "remove"),
        ('{"a": 1 "b": 2}', '"', "missing before this", "commas"),
        ('{"a" 1}', '"a"', "not followed by `:`", "`:`"),
        ("{title: 1}", "title", "key in double quotes", "double quotes"),
        ("{'a': 1}", "'", "key in double quotes", "double quotes"),
        ('{"a": title}', "title", "not a JSON value", "double quotes"),
        ("{\"a\": 'b'}", "'", "no single quotes", '`"`'),
        ('{"a": True}', "True", "not a JSON value", "double quotes"),
        ('{"a": }', "}", "value is missing", "value"),
        ('{"a": "b}', '"', "never closed", 'closing `"`'),
        ('{"a": "b\nc"}', "\n", "line break", "`\\n`"),
        ('{"a": "\\d"}', "\\d", "`\\d` is not an escape", "\\\\"),
        ('{// c\n"a": 1}', "//", "no comments", "remove"),
        ('{"a": ', " ", "ends before a value", "`}`"),
    ],
)
def test_errors_name_what_is_wrong(text: str, at: str, message: str, hint: str) -> None:
    problem, end = parse_object(text, 0)
    assert isinstance(problem, Problem)
    assert text[problem.span.start : problem.span.end] == at
    assert message in problem.message
    assert problem.hint
    assert hint in problem.hint
    assert end == len(text)


@pytest.mark.parametrize("text", ['{"a":' + "[" * 100_000, '{"a":' * 50_000], ids=lambda text: text[:8])
def test_deep_nesting_is_a_problem(text: str) -> None:
    problem, _ = parse_object(text, 0)
    assert isinstance(problem, Problem)
    assert "too deep" in problem.message
