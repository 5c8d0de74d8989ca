import datetime
import re
from typing import Any, get_args

import pytest
from pydantic_core import core_schema

from postlint.schema.words.citing import Error, name, shown
from postlint.schema.words.wording import WORDS, words

TYPES = get_args(core_schema.ErrorType)
JARGON = re.compile(
    r"input should|pydantic|validation error|valid |https?://\S*docs|dictionary|instance|None\b|string", re.I
)
VALUES: list[Any] = [
    "x" * 500,
    "",
    5,
    10**5000,
    float("nan"),
    True,
    None,
    [1, 2],
    {"a": 1},
    datetime.date(2024, 1, 1),
    b"x",
]
CONTEXT = {
    "expected": "'note', 'essay' or 3",
    "expected_tags": "'note', 'essay'",
    "expected_schemes": "'http' or 'https'",
    "pattern": "^[a-z]+$",
    "expected_version": 4,
    **dict.fromkeys(("gt", "ge", "lt", "le", "multiple_of", "max_digits", "decimal_places", "whole_digits"), 5),
}


def test_every_error_type_has_words() -> None:
    assert set(TYPES) <= set(WORDS)


@pytest.mark.parametrize("kind", TYPES)
def test_words_are_a_bloggers(kind: str) -> None:
    limits = {"max_length": 1} if kind.endswith("long") else {"min_length": 1000} if kind.endswith("short") else {}
    for value in VALUES:
        said = words(Error(kind, ("authors", 1, "url"), value, {**CONTEXT, **limits}, "Value error, "))
        assert said.message.startswith("`authors[1].url` ")
        assert not JARGON.search(said.message)
        assert len(said.message) < 250
        assert "\n" not in said.message
        assert said.suggestion is None or said.repair != "quote"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("value is not a valid color: not recognised", "`a` is not a valid color: not recognised"),
        ("Input should be green", "`a` must be green"),
        ("Odd.\n\nFor further information visit https://errors.pydantic.dev/2/v/x", "`a`: Odd"),
        ("", "`a` is not as the schema wants it"),
    ],
)
def test_types_of_other_libraries_keep_their_text(text: str, message: str) -> None:
    assert words(Error("their_own", ("a",), "x", {}, text)).message == message


def test_citing() -> None:
    assert name(("authors", 1, "url")) == "`authors[1].url`"
    assert name(()) == "the front matter"
    assert shown("a\n`b`  c") == "`a 'b' c`"
    assert len(shown("long " * 1000)) < 70
    assert shown({"a": "secret"}) == "a mapping"
