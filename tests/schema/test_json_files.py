"""JSON Schema files: loading them, what they refer to, and what is said of broken ones."""

import json

import pytest

from postlint import PostlintError
from postlint.schema import load

POST = {"type": "object", "properties": {"author": {"$ref": "parts/author.json#/definitions/author"}}}
AUTHOR = {
    "definitions": {
        "author": {"type": "object", "properties": {"name": {"type": "string"}}, "additionalProperties": False}
    }
}


def messages(schema, data):
    return [violation.message for violation in schema.violations(data)]


def test_references_to_files_beside_it(write):
    root = write({"schemas/post.json": json.dumps(POST), "schemas/parts/author.json": json.dumps(AUTHOR)})
    schema = load("schemas/post.json", str(root), isolated=True)
    assert messages(schema, {"author": {"name": 5}}) == ["`author.name` must be text, not a number (put it in quotes)"]
    assert messages(schema, {"author": {"naem": "A"}}) == ["`author.naem` is not a known field; did you mean `name`?"]
    assert (schema.fields, schema.forbids_extra) == (("author",), False)
    # What is printed stands alone.
    assert "parts/author.json" in json.dumps(schema.json_schema()["$defs"])


def test_a_schema_in_yaml(write):
    written = "type: object\nproperties:\n  day: {type: string, enum: [2024-01-02]}\n"
    written += "  author: {$ref: parts/author.yml#/name}\n"
    root = write({"post.schema.yaml": written, "parts/author.yml": "name:\n  type: string\n"})
    schema = load("post.schema.yaml", str(root), isolated=True)
    assert messages(schema, {"author": 5, "day": "2024-01-02"}) == [
        "`author` must be text, not a number (put it in quotes)"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("type: [", "post.yaml:1:"),
        (
            "type: object\nproperties:\n  a:\n    minimum: b\n",
            "post.yaml:4: this is not a JSON Schema at `properties/a/minimum`",
        ),
        ("- a\n", "post.yaml:1: this is not a JSON Schema"),
        ("a: 1\nb: &a [*a]\n", "post.yaml:"),
    ],
)
def test_errors_in_yaml_have_their_line(write, text, message):
    with pytest.raises(PostlintError) as raised:
        load("post.yaml", str(write({"post.yaml": text})))
    assert str(raised.value).startswith(message)


def test_a_file_that_calls_itself_by_a_web_address(write):
    named = {"$id": "https://example.com/schemas/post.json", **POST}
    root = write({"post.json": json.dumps(named), "parts/author.json": json.dumps(AUTHOR)})
    assert messages(load("post.json", str(root)), {"author": 5}) == [
        "`author` must be a mapping of keys to values, not a number"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"type": "object",}', "post.json:1:1"),
        ("{", "post.json:1:2: this is not JSON: "),
        ("[]", "post.json: this is not a JSON Schema: "),
        (
            '{\n"properties": {\n"a": {"minimum": "b"}}}',
            "post.json:3: this is not a JSON Schema at `properties/a/minimum`: ",
        ),
        ('{"pattern": "("}', "post.json:1: this is not a JSON Schema"),
        (
            '{"$ref": "#/definitions/a"}',
            "post.json: this is not a JSON Schema: pointer '/definitions/a' does not exist",
        ),
        (
            '{"$ref": "https://example.com/a.json"}',
            "schema `post.json`: `https://example.com/a.json` is not fetched; save a copy beside the schema",
        ),
        ('{"$ref": "none.json"}', "schema `none.json`: there is no such file in the site or its repository"),
        ('{"$ref": "../secret.json"}', "schema `../secret.json`: there is no such file in the site or its repository"),
        ('{"$ref": "/etc/passwd"}', "there is no such file in the site or its repository"),
        ('{"$ref": "broken.json"}', "broken.json:1:1: this is not JSON: "),
        ('{"$schema": "https://example.com/meta"}', "schema `post.json`: `https://example.com/meta` is not fetched"),
        ("[" * 100_000, "post.json: this is not JSON that can be read"),
    ],
)
def test_errors_are_one_line_with_file_and_line(write, text, message):
    root = write({"secret.json": "{}", "site/post.json": text, "site/broken.json": "no"}) / "site"
    with pytest.raises(PostlintError) as error:
        load("post.json", str(root))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_file_ends_the_run(main, astro):
    config = '[[collections]]\nname = "blog"\ninclude = ["**"]\nschema = "post.schema.json"\n'
    astro({"postlint.toml": config, "src/content/blog/a.md": "---\ntitle: A\n---\n"})
    ran = main("check")
    assert (ran.status, ran.err) == (
        2,
        "postlint: schema `post.schema.json`: there is no such file in the site or its repository\n",
    )


RATED = '{"properties": {"rating": {"maximum": 5}}, "additionalProperties": false}'


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("../../../schemas/rated.json", "`rating` must be at most 5, not 9"),
        ("/schemas/rated.json", "`rating` must be at most 5, not 9"),
        ("./schemas/rated.json", "`rating` must be at most 5, not 9"),
        ("rated.json", "schema `src/content/blog/rated.json`: there is no such file in the site or its repository"),
        ("../../../../outside.json", "schema `../outside.json`: there is no such file in the site or its repository"),
        ("https://example.com/schema.json", None),
        ("../../../.astro/collections/blog.schema.json", None),
        ("../../../node_modules/theme/schema.json", None),
        ("BlogPost", None),
    ],
)
def test_a_post_names_its_schema(main, astro, write, tmp_path, named, message):
    write({"outside.json": "{}"})
    site = tmp_path / "site"
    post = f"---\n$schema: {named}\nrating: 9\n---\n"
    write({"astro.config.mjs": "", "schemas/rated.json": RATED, "src/content/blog/a.md": post}, site)
    found = main("check", "--output-format", "json", cwd=site).report["diagnostics"]
    assert [d["message"] for d in found] == ([message] if message else [])
