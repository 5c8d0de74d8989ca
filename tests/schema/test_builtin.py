import datetime as dt
from typing import Any

import pytest

from postlint.schema import load
from postlint.schema.builtin import NAMES

TODAY = dt.date(2024, 1, 31)


@pytest.mark.parametrize("name", NAMES)
def test_each_loads(name: str) -> None:
    schema = load(name, ".", isolated=True)
    assert not schema.forbids_extra
    assert schema.roles["title"] == ("title",)
    assert schema.violations({"title": "A", "mood": "fine"}) == ()
    assert schema.json_schema()["type"] == "object"


@pytest.mark.parametrize(
    ("name", "post", "messages"),
    [
        ("astro", {}, []),
        ("astro", {"pubDate": "Jul 08 2022", "tags": ["a"], "draft": True, "date": TODAY}, []),
        ("astro", {"pubDate": 2024}, ["`pubDate` must be a date such as `2024-01-31` or text, not a number"]),
        ("astro", {"tags": "a, b"}, ["`tags` must be a list, not text"]),
        ("starlight", {}, ["`title` is missing"]),
        ("starlight", {"title": "A", "description": None}, ["`description` must be text, but it is empty"]),
        ("starlight", {"title": "A", "lastUpdated": TODAY, "prev": False, "next": {"link": "/b/"}}, []),
        ("starlight", {"title": "A", "lastUpdated": False, "sidebar": {"order": 1.5, "badge": "New"}}, []),
        ("starlight", {"title": "A", "head": [{"tag": "meta", "attrs": {"content": "x", "defer": True}}]}, []),
        (
            "starlight",
            {"title": "A", "hero": {"image": {"html": "<img>"}, "actions": [{"text": "a", "link": "/"}]}},
            [],
        ),
        (
            "starlight",
            {"title": "A", "sidebar": {"badge": {"text": "x", "variant": 5}}},
            ["`sidebar.badge.variant` must be one of `note`, `danger`, `success`, `caution`, `tip`, `default`, not 5"],
        ),
        (
            "starlight",
            {"title": "A", "tableOfContents": {"maxHeadingLevel": 9}},
            ["`tableOfContents.maxHeadingLevel` must be at most 6, not 9"],
        ),
    ],
)
def test_violations(name: str, post: dict[str, Any], messages: list[str]) -> None:
    assert [violation.message for violation in load(name, ".").violations(post)] == messages
