"""What an Astro site demands of its posts, without a word of configuration."""

import json
import os

import pytest

CONFIG = """
import { defineCollection, z } from "astro:content";
import { glob } from "astro/loaders";
const blog = defineCollection({
  loader: glob({ pattern: "**/*.md", base: "./src/content/blog" }),
  schema: ({ image }) => z.object({
    title: z.string(),
    pubDate: z.coerce.date(),
    tags: z.array(z.string()).default([]),
    kind: z.enum(["note", "essay"]).optional(),
    cover: image().optional(),
  }),
});
export const collections = { blog };
"""
# Of this the code alone does not tell all.
SHARED = CONFIG.replace("title: z.string()", "title").replace(
    "const blog", 'import { title } from "./shared";\nconst blog'
)
# As Astro 5.18 and 7.3 write it for the same schema.
OLDER = {
    "$ref": "#/definitions/blog",
    "definitions": {
        "blog": {
            "type": "object",
            "properties": {
                "title": {"type": "string"},
                "pubDate": {
                    "anyOf": [
                        {"type": "string", "format": "date-time"},
                        {"type": "string", "format": "date"},
                        {"type": "integer", "format": "unix-time"},
                    ]
                },
                "tags": {"type": "array", "items": {"type": "string"}, "default": []},
                "kind": {"type": "string", "enum": ["note", "essay"]},
                "cover": {"type": "string"},
                "$schema": {"type": "string"},
            },
            "required": ["title", "pubDate"],
            "additionalProperties": False,
        }
    },
    "$schema": "http://json-schema.org/draft-07/schema#",
}
NEWER = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        **OLDER["definitions"]["blog"]["properties"],
        "pubDate": {"type": "string", "format": "date-time"},
    },
    "required": ["title", "pubDate"],
}
STRICT = {**NEWER, "additionalProperties": False}
POSTS = [
    ("title: A\npubDate: 2024-01-05\nmood: fine", []),
    ("title: A\npubDate: Jan 5 2024\nkind: note", []),
    ("title: A\npubDate: 2024-01-05 10:00\n$schema: ../../../.astro/collections/blog.schema.json", []),
    ("title: 2024\npubDate: 2024-01-05", ["`title` must be text, not a number (put it in quotes)"]),
    ("title: 2024-01-05\npubDate: 2024-01-05", ["`title` must be text, not a date (put it in quotes)"]),
    ("title:\npubDate: 2024-01-05", ["`title` must be text, but it is empty"]),
    ("pubDate: 2024-01-05\ntags: a, b", ["`title` is missing", "`tags` must be a list, not text"]),
    ("title: A\npubDate: 2024-01-05\nkind: esay", ["`kind` must be one of `note`, `essay`; did you mean `essay`?"]),
    ("title: A\npubDate: [1]\ncover: ./a.png", []),
]


def said(main, *options):
    return [
        d["message"]
        for d in main("check", "--select", "schema", "--output-format", "json", *options).report["diagnostics"]
    ]


@pytest.mark.parametrize("generated", [None, OLDER, NEWER], ids=["code alone", "Astro 5", "Astro 7"])
@pytest.mark.parametrize(("post", "messages"), POSTS)
def test_the_sites_own_schema(main, astro, generated, post, messages):
    config = SHARED if generated else CONFIG
    astro({"src/content.config.ts": config, "src/content/blog/a.md": f"---\n{post}\n---\n"})
    if generated:
        astro({".astro/collections/blog.schema.json": json.dumps(generated)})
    assert said(main) == messages


def test_a_wrong_date_is_reported_once(main, astro):
    astro({"src/content.config.ts": CONFIG, "src/content/blog/a.md": "---\ntitle: A\npubDate: soon\n---\n"})
    rules = [d["rule"] for d in main("check", "--output-format", "json").report["diagnostics"]]
    assert rules == ["date-invalid"]
    assert said(main) == ["`pubDate` is not a date: `soon`"]


def test_strict_schemas_of_astro_6_and_later_refuse_other_fields(main, astro):
    astro({"src/content.config.ts": SHARED, ".astro/collections/blog.schema.json": json.dumps(STRICT)})
    astro({"src/content/blog/a.md": "---\ntitle: A\npubDate: 2024-01-05\ntag: a\n---\n"})
    assert said(main) == ["`tag` is not a known field; did you mean `tags`?"]


def test_what_astro_wrote_before_the_code_changed_does_not_count(main, astro):
    root = astro(
        {"src/content.config.ts": SHARED, "src/content/blog/a.md": "---\ntitle: A\npubDate: 2024-01-05\n---\n"}
    )
    file = (
        astro({".astro/collections/blog.schema.json": '{"required": ["gone"]}'}) / ".astro/collections/blog.schema.json"
    )
    assert said(main) == ["`gone` is missing"]
    os.utime(file, (1, os.stat(root / "src/content.config.ts").st_mtime - 10))
    assert said(main) == []


def test_a_day_in_iso_form_must_be_text(main, astro):
    astro({"src/content.config.ts": CONFIG.replace("z.coerce.date()", "z.iso.date()")})
    astro({"src/content/blog/a.md": "---\ntitle: A\npubDate: 2024-01-05\n---\n"})
    assert said(main) == ["`pubDate` must be text, not a date (put it in quotes)"]
    astro({"src/content/blog/a.md": "---\ntitle: A\npubDate: '2024-01-05'\n---\n"})
    assert said(main) == []


def test_code_that_tells_all_comes_first(main, astro):
    config = CONFIG.replace("z.coerce.date()", "z.date()").replace("  }),\n});", "  }).strict(),\n});")
    astro({"src/content.config.ts": config, ".astro/collections/blog.schema.json": json.dumps(OLDER)})
    astro({"src/content/blog/a.md": "---\ntitle: A\npubDate: '2024-01-05'\ntag: a\n---\n"})
    assert said(main) == [
        "`pubDate` must be a date such as `2024-01-31`, not text (remove the quotes)",
        "`tag` is not a known field; did you mean `tags`?",
    ]


def test_what_astro_wrote_does_not_count_where_code_converts_values(main, astro):
    config = CONFIG.replace("z.string()),", "z.coerce.string()),", 1).replace(
        "title: z.string()", "title: z.coerce.string()"
    )
    astro({"src/content.config.ts": config, ".astro/collections/blog.schema.json": json.dumps(NEWER)})
    astro({"src/content/blog/a.md": "---\ntitle: 2024\npubDate: 2024-01-05\n---\n"})
    assert said(main) == []


def test_a_schema_of_the_configuration_comes_first_and_a_collection_without_one_keeps_the_sites(main, astro):
    table = '[[collections]]\nname = "mine"\ninclude = ["src/content/blog/**"]\n'
    astro({"src/content.config.ts": CONFIG, "src/content/blog/a.md": "---\ntitle: 5\n---\n", "postlint.toml": table})
    assert said(main) == ["`pubDate` is missing", "`title` must be text, not a number (put it in quotes)"]
    astro({"postlint.toml": table + 'schema = "starlight"\n'})
    assert said(main) == ["`title` must be text, not a number (put it in quotes)"]


def test_starlights_own_schema(main, astro):
    config = """
    import { defineCollection } from 'astro:content';
    import { docsLoader } from '@astrojs/starlight/loaders';
    import { docsSchema } from '@astrojs/starlight/schema';
    export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
    """
    astro({"src/content.config.ts": config, "src/content/docs/a.md": "---\ntemplate: splah\n---\n"})
    assert said(main) == [
        "`title` is missing",
        "`template` must be one of `doc`, `splash`; did you mean `splash`?",
    ]


@pytest.mark.parametrize(
    "broken",
    ["{", "[]", '{"type": "strin"}', "[" * 10_000, '{"anyOf": 5, "format": []}', '{"items":' * 900 + "{}" + "}" * 900],
)
def test_a_broken_file_of_astros_is_no_error(main, astro, broken):
    astro({"src/content.config.ts": CONFIG, ".astro/collections/blog.schema.json": broken})
    astro({"src/content/blog/a.md": "---\ntitle: A\npubDate: 2024-01-05\n---\n"})
    assert said(main) == []


def test_it_is_shown_and_printed(main, astro):
    astro({"src/content.config.ts": CONFIG, "src/content/blog/a.md": "---\ntitle: A\n---\n"})
    assert "src/content.config.ts (blog)" in main("config", "--path", "src/content/blog/a.md").out
    printed = json.loads(main("schema").out)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert printed["required"] == ["title", "pubDate"]
    assert printed["properties"]["pubDate"] == {
        "anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]
    }
