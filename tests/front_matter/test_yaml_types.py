"""Plain scalars have the types that the parsers themselves give them."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from postlint.front_matter import Node, to_data
from postlint.front_matter.yaml import parse
from postlint.front_matter.yaml_readings import in_doubt
from postlint.front_matter.yaml_types import SCHEMAS, resolver

# What fourteen parsers made of some three hundred texts.
VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "yaml.json").read_text("utf-8"))
COLUMNS = {
    "pyyaml 6.0.3 C loader": "pyyaml",
    "ruamel.yaml 0.19.1 (1.2)": "ruamel",
    "js-yaml 3.14.1": "js-yaml-3",
    "js-yaml 3.15.2": "js-yaml-3",
    "js-yaml 4.3.2": "js-yaml-4",
    "js-yaml 5.5.0": "js-yaml-5",
    "yaml 2.9.1 (npm)": "yaml-1.2",
    "Psych 4.0.4 (safe_load, Date and Time permitted)": "psych",
    "safe_yaml 1.0.5 (Jekyll)": "safe-yaml",
    "hugo 0.111.3 (go-yaml v2)": "go-yaml-2",
    "hugo 0.168.0 (goccy/go-yaml)": "goccy",
}
# safe_yaml counts a negative time wrong, ruamel rounds nanoseconds, goccy loses a tab: nobody relies on it.
APART = {("safe-yaml", "-12:30"), ("ruamel", "2024-01-02T10:00:00.123456789Z"), ("goccy", "a\tb")}


def answers(column: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    number = VECTORS["parsers"].index(column)
    for case in VECTORS["cases"]:
        for numbers, result in case["results"]:
            if number in numbers:
                yield case, result


@pytest.mark.parametrize("column", COLUMNS)
def test_plain_scalars_agree_with(column: str) -> None:
    schema, count = COLUMNS[column], 0
    for case, result in answers(column):
        text = case["input"]
        if case["kind"] != "value" or "value" not in result or (schema, text) in APART:
            continue
        root = parse(case["document"], 0, schema)
        node = root.entries[0].node if isinstance(root, Node) and root.entries else None
        if node is None or not node.is_scalar or node.style != "plain" or node.tag:
            continue
        count += 1
        assert plain(node.value) == typed(result["value"]["k"]), text
    assert count > 120


@pytest.mark.parametrize("column", COLUMNS)
def test_documents_are_taken_and_refused_as_by(column: str) -> None:
    """Nine in ten: what is nearly never written is read as PyYAML reads it. What is refused though the parser takes it
    is what no parser makes sense of, or what the next release refuses."""
    wrong = []
    for case, result in answers(column):
        taken = isinstance(parse(case["document"], 0, COLUMNS[column]), Node)
        if taken is not ("value" in result):
            wrong.append(case["input"])
    assert len(wrong) <= 0.1 * len(VECTORS["cases"]), wrong


# Parsers read these alike, but the first loses its zeros, and the others are a date for some and text for the rest.
ALIKE = {"007", "2024-1-2", "2024-01-02T10:00:00+0530", "2024-01-02 10:00:00 +0530", "2024-1-2 3:04:05"}
# Apart, but in a way that nobody writes, or of no matter: a value that JavaScript rounds, `5.`, white space.
UNSAID = {
    "5.",
    "1.",
    "_1",
    "0.1_0",
    ":x",
    "\ta",
    "a \t",
    "a\tb",
    "a\x85b",
    "a\u2028b",
    "y",
    "n",
    "Y",
    "tRUE",
    "1,000",
    "00:30",
}
UNSAID |= {"12345678901234567890", "9007199254740993", "2024-01-02T25:00:00Z"}


def test_what_is_in_doubt_is_what_parsers_read_apart() -> None:
    skipped = VECTORS["parsers"].index("yaml 2.9.1 (npm, version 1.1)")
    for case in VECTORS["cases"]:
        root = parse(case["document"], 0, "js-yaml-4")
        node = root.entries[0].node if isinstance(root, Node) and root.entries else None
        if case["kind"] != "value" or node is None or not node.is_scalar or node.style != "plain" or node.tag:
            continue
        read = [
            result["value"]["k"] for numbers, result in case["results"] if numbers != [skipped] and "value" in result
        ]
        dates = any(isinstance(value, dict) and value.keys() & {"$date", "$datetime"} for value in read)
        kinds = {repr(typed(value)) for value in read if not (dates and isinstance(value, str | dict))}
        refused = any("error" in result for _, result in case["results"])
        apart = len(kinds) > 1 or (refused and bool(read))
        if node.text == case["input"] and case["input"] not in ALIKE | UNSAID:
            assert in_doubt(node.text, "js-yaml-4") is apart, (case["input"], kinds)
    assert all(in_doubt(text, "js-yaml-4") for text in ALIKE)
    assert not any(in_doubt(text, "js-yaml-4") for text in UNSAID)
    assert all(in_doubt(text, "safe-yaml") for text in ("tRUE", "1,000", "00:30", "00:30:10"))
    assert all(in_doubt(text, "go-yaml-2") for text in "yYnN")


def plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else ("naive", value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(float(value))
    return value


def typed(value: object) -> object:
    match value:
        case {"$date": text}:
            return date.fromisoformat(text)
        case {"$datetime": text}:
            moment = datetime.fromisoformat(text).replace(tzinfo=None)
            return ("naive", moment) if value.get("naive") else moment
        case {"$int": text} | {"$float": text}:
            return str(float(text))
        case bool() | str() | None:
            return value
    return str(float(value))


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ("pyyaml", "yes", True),
        ("pyyaml", "012", 10),
        ("pyyaml", "12:30", 750),
        ("pyyaml", "1e3", "1e3"),
        ("pyyaml", "2024-01-02", date(2024, 1, 2)),
        ("pyyaml", "2024-01-02 10:00:00", datetime(2024, 1, 2, 10)),
        (
            "pyyaml",
            "2024-01-02T10:00:00+05:30",
            datetime(2024, 1, 2, 10, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        ),
        ("pyyaml", "2024-02-30", "2024-02-30"),
        ("pyyaml", "=", "="),
        ("js-yaml-4", "yes", "yes"),
        ("js-yaml-4", "012", 12),
        ("js-yaml-4", "1_000", "1_000"),
        ("js-yaml-4", "2024-01-02", datetime(2024, 1, 2, tzinfo=UTC)),
        ("js-yaml-4", "2024-13-45", datetime(2025, 2, 14, tzinfo=UTC)),
        ("js-yaml-4", "2024-01-02T25:00:00Z", datetime(2024, 1, 3, 1, tzinfo=UTC)),
        ("js-yaml-4", "2024-01-02T10:00:00-05:00", datetime(2024, 1, 2, 15, tzinfo=UTC)),
        ("js-yaml-4", "2024-1-2 1:02:03.5", datetime(2024, 1, 2, 1, 2, 3, 500_000, tzinfo=UTC)),
        ("js-yaml-4", "0001-01-01", datetime(1901, 1, 1, tzinfo=UTC)),
        ("js-yaml-4", "0000-00-00", datetime(1899, 11, 30, tzinfo=UTC)),
        ("js-yaml-4", "9999-99-99", "9999-99-99"),
        ("js-yaml-5", "2024-01-02", "2024-01-02"),
        ("psych", "tRUE", True),
        ("psych", "12:30", 45000),
        ("psych", "1,000", 1000),
        ("go-yaml-2", "y", True),
        ("goccy", "0o12", 10),
    ],
)
def test_values(schema: str, text: str, value: object) -> None:
    found = resolver(schema)[0](text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("schema", SCHEMAS)
@pytest.mark.parametrize(
    "text", ["9" * 5000, "1" + ":59" * 5000, "0x" + "f" * 5000, "1e999999", "٣", "0000-00-00", "-", "+", ".", "_"]
)
def test_nothing_is_too_much(schema: str, text: str) -> None:
    resolver(schema)[0](text)


@pytest.mark.parametrize("schema", SCHEMAS)
def test_first_characters_are_those_of_all_typed_texts(schema: str) -> None:
    resolve, first = resolver(schema)
    for text in (*SCHEMAS[schema].words, "1", "-1", "+1", ".5", "2024-01-02"):
        assert resolve(text) == text or text[:1] in first


def test_data_of_a_document() -> None:
    root = parse("draft: no\nweight: 1.0\nempty:\n", 0, "js-yaml-4")
    assert isinstance(root, Node)
    assert to_data(root) == {"draft": "no", "weight": 1.0, "empty": None}
