"""Older drafts, printed as 2020-12."""

import jsonschema_rs
import pytest

from postlint.schema.json.schema import JsonSchema

DRAFT_4 = "http://json-schema.org/draft-04/schema#"
DRAFT_7 = "http://json-schema.org/draft-07/schema#"
CASES = [
    (
        {"$schema": DRAFT_7, "$ref": "#/definitions/a", "definitions": {"a": {"type": "integer"}}},
        {"$ref": "#/$defs/a", "$defs": {"a": {"type": "integer"}}},
        [1, "a"],
    ),
    (
        {"$schema": DRAFT_7, "items": [{"type": "integer"}], "additionalItems": False},
        {"prefixItems": [{"type": "integer"}], "items": False},
        [[1], ["a"], [1, 2]],
    ),
    (
        {"$schema": DRAFT_7, "dependencies": {"a": ["b"], "c": {"required": ["d"]}}},
        {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"required": ["d"]}}},
        [{"a": 1}, {"a": 1, "b": 1}, {"c": 1}, {"c": 1, "d": 1}],
    ),
    (
        {"$schema": DRAFT_4, "id": "urn:a", "minimum": 3, "exclusiveMinimum": True},
        {"$id": "urn:a", "exclusiveMinimum": 3},
        [3, 4],
    ),
    # A field called like a keyword is a field.
    (
        {"$schema": DRAFT_7, "properties": {"definitions": {"type": "string"}, "items": {"const": 1}}},
        {"properties": {"definitions": {"type": "string"}, "items": {"const": 1}}},
        [{"definitions": 1}, {"items": 1}],
    ),
    (True, {}, [1]),
    (False, {"not": {}}, [1]),
]


@pytest.mark.parametrize(("older", "newer", "values"), CASES)
def test_it_says_the_same(older, newer, values):
    made = JsonSchema(older)
    printed = made.json_schema()
    assert printed == {"$schema": "https://json-schema.org/draft/2020-12/schema", **newer}
    for value in values:
        assert jsonschema_rs.is_valid(printed, value) is not bool(made.violations(value))
