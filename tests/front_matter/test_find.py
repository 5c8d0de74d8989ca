"""From the path of a value to its place."""

import pytest

from postlint.front_matter import find, read
from postlint.front_matter.dialects import PLAIN

TEXT = """---
title: first
authors:
  - name: Ada
    url: https://example.org
tags: [a, b]
base: &base {colour: red, size: 1}
other: &other
  shape: round
theme:
  <<: [*base, *other]
  size: 2
title: second
2024: year
---
"""


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("title",), "title", "second"),
        (("authors", 0, "name"), "name", "Ada"),
        (("authors", 0, "url"), "url", "https://example.org"),
        (("authors", 0), "name: Ada\n    url: https://example.org", "name: Ada\n    url: https://example.org"),
        (("tags", 1), "b", "b"),
        (("theme", "size"), "size", "2"),
        (("theme", "colour"), "colour", "red"),
        (("theme", "shape"), "shape", "round"),
        ((2024,), "2024", "year"),
    ],
)
def test_found(path: tuple[str | int, ...], key: str, value: str) -> None:
    found = find(read(TEXT, PLAIN).root, path)
    assert found
    assert found[0]
    assert TEXT[found[0].start : found[0].end] == key
    assert TEXT[found[1].span.start : found[1].span.end] == value


@pytest.mark.parametrize(
    "path", [("none",), ("title", "x"), ("tags", 2), ("tags", -1), ("tags", "a"), ("authors", 0, "x", 1)]
)
def test_not_found(path: tuple[str | int, ...]) -> None:
    assert find(read(TEXT, PLAIN).root, path) is None


def test_the_empty_path_is_the_whole() -> None:
    root = read(TEXT, PLAIN).root
    assert find(root, ()) == (None, root)
