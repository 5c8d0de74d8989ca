"""Zod read without running it, against what Zod itself said of some five thousand values."""

import json
from pathlib import Path

import pytest

from postlint import front_matter
from postlint.front_matter.dialects import ASTRO
from postlint.javascript.literals import parse_module
from postlint.schema import Stated
from postlint.schema.json.schema import stated
from postlint.schema.zod import reading as zod
from postlint.schema.zod.dialects import ASTRO as ASTRO_ZOD

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "zod.json").read_text("utf-8"))
MODULE = """
import { defineCollection, reference, z } from "astro:content";
import { more } from "./more";
const KINDS = ["note", "essay"] as const;
const base = z.object({ title: z.string() });
const shape = { one: z.string() };
export const schema = FIELD;
"""
# What is not read, or only in part: the rest is said to be wrong wherever Zod refuses it.
OPEN = ("set", "map", "never", "instanceof", "custom", "coerce.number", "regex", "datetime", "pipe")


PARTLY = "There are fields of which nothing could be read."
A_NUMBER = {"type": "object", "properties": {"a": {"type": "number"}}, "required": ["a"]}
WITH_IMAGE = {**A_NUMBER, "properties": {"a": {"type": "number"}, "b": {"type": "string"}}}


def read(expression):
    module = parse_module(MODULE.replace("FIELD", expression))
    return zod.read(module.exports["schema"], module.imports, ASTRO_ZOD)


def data(value):
    text = "---\nx: 1\n---\n" if value == "MISSING" else f"---\nf: {value}\n---\n"
    return front_matter.to_data(front_matter.read(text, ASTRO).root)


VALUES = [(value, data(value)) for value in VECTORS["values"]]


@pytest.mark.parametrize("field", VECTORS["fields"])
def test_nothing_is_refused_that_zod_takes(field):
    schema = stated(Stated("test", read(f"z.object({{ f: {field} }})")))
    refused = taken = 0
    for answers in filter(None, VECTORS["fields"][field]):
        for (value, values), answer in zip(VALUES, answers, strict=True):
            said = [violation.message for violation in schema.violations(values)]
            assert answer != "1" or not said, (value, said)
            refused += answer == "0"
            taken += answer == "0" and not said
    if not any(f"z.{name}(" in field or f".{name}(" in field for name in OPEN):
        assert taken <= 0.3 * refused + 1


@pytest.mark.parametrize(
    ("expression", "schema"),
    [
        ("z.object({ ...more, a: z.number() })", {**A_NUMBER, "$comment": PARTLY}),
        ("z.object({ a: z.string(), ...more })", {"type": "object", "properties": {"a": {}}, "$comment": PARTLY}),
        ("z.object({ a: more, b: more() })", {"type": "object", "properties": {"a": {}, "b": {}}}),
        ("z.strictObject({ a: z.any() }).extend(more)", {"type": "object", "properties": {"a": {}}, "$comment": PARTLY}),
        ("more.extend({ a: z.string() })", None),
        ("z.object(more)", {"type": "object", "properties": {}, "$comment": PARTLY}),
        ("yup.object({ a: yup.string() })", None),
        (
            "({ image }) => z.object({ cover: image().optional(), by: reference('authors') })",
            {
                "type": "object",
                "properties": {"cover": {"type": "string"}, "by": {"type": ["string", "object"], "reference": "authors"}},
                "required": ["by"],
            },
        ),
        ("(ctx) => { return z.object({ a: z.number(), b: ctx.image().optional() }) }", WITH_IMAGE),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_open(expression, schema):
    assert read(expression) == schema


def test_references_are_known():
    found = stated(Stated("test", read("z.object({ by: z.array(reference('authors')), next: reference('posts') })")))
    assert found.references == {"by": "authors", "next": "posts"}


def test_hostile_nesting_is_open():
    assert read("z.object({ a: " + "z.array(" * 5000 + ")" * 5000 + "})")["properties"]["a"]["type"] == "array"
    assert read("z.string()" + ".optional()" * 5000) is None
