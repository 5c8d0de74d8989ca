"""Makes docs/schema-comparison.md: forty mistakes in front matter, as Astro, remark-lint-frontmatter-schema,
check-jsonschema and postlint report them. All four are really run.

usage: python scripts/compare_schema_checkers.py NODE_MODULES CHECK_JSONSCHEMA

NODE_MODULES holds astro, remark-cli, remark-frontmatter and remark-lint-frontmatter-schema, CHECK_JSONSCHEMA is the
program of that name. postlint is run with this Python. Takes some minutes: Astro stops at the first mistake.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BLOG = "src/content/blog"
GOOD = {"title": "A post", "pubDate": "2024-01-31", "tags": "[travel, food]", "kind": "note", "rating": "4"}
CONFIG = """import { defineCollection, z } from "astro:content";
import { glob } from "astro/loaders";
const blog = defineCollection({
  loader: glob({ pattern: "**/*.md", base: "./src/content/blog" }),
  schema: z.object({
    title: z.string().min(1).max(70),
    pubDate: z.date(),
    updatedDate: z.date().optional(),
    tags: z.array(z.string()).max(5).default([]),
    kind: z.enum(["note", "essay"]),
    rating: z.number().int().min(1).max(5).optional(),
    draft: z.boolean().default(false),
    mail: z.string().email().optional(),
    link: z.string().url().optional(),
    author: z.object({ name: z.string(), url: z.string().url().optional() }).strict().optional(),
    cover: z.union([z.string(), z.object({ src: z.string(), alt: z.string() })]).optional(),
  }).strict(),
});
export const collections = { blog };
"""
SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "required": ["title", "pubDate", "kind"],
    "additionalProperties": False,
    "properties": {
        "title": {"type": "string", "minLength": 1, "maxLength": 70},
        "pubDate": {"type": "string", "format": "date"},
        "updatedDate": {"type": "string", "format": "date"},
        "tags": {"type": "array", "items": {"type": "string"}, "maxItems": 5},
        "kind": {"enum": ["note", "essay"]},
        "rating": {"type": "integer", "minimum": 1, "maximum": 5},
        "draft": {"type": "boolean"},
        "mail": {"type": "string", "format": "email"},
        "link": {"type": "string", "format": "uri"},
        "author": {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {"name": {"type": "string"}, "url": {"type": "string", "format": "uri"}},
        },
        "cover": {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "required": ["src", "alt"],
                    "properties": {"src": {"type": "string"}, "alt": {"type": "string"}},
                },
            ]
        },
    },
}
ASTRO = (
    r"^  \S.*?\*\*: ?(?:\*\*)?(?P<said>.+)$|^(?P<other>(?!.*\[).*(?:indentation|unexpected|flow collection|YAML).*)$"
)
REMARK = r"^\s*(?P<said>(?:\d+:\d+\S* )?(?:warning|error) .*?) \u2022 |^\s*(?P<other>\d+:\d+\S* error.*)$"
# The line that differs from a good post; None takes the field away.
MISTAKES: list[tuple[str, str | None]] = [
    *[("title", value) for value in (None, "2024", "true", "2024-01-31", "[a]", "", '""', "long " * 15, "Part 2: more")],
    *[("pubDate", value) for value in (None, "soon", "2024-02-30", "2024-1-5", '"2024-01-31"', "31/01/2024", "2024", "")],
    *[("tags", value) for value in ("travel, food", "[travel, 2024]", "[a, b, c, d, e, f]", "{a: b}", "[travel food", "")],
    *[("kind", value) for value in (None, "esay", "Note", "3", "[note]")],
    *[("rating", value) for value in ("9", "0", "4.5", '"4"', "good")],
    *[("draft", value) for value in ("yes", '"true"')],
    *[("mail", "ann at example.com"), ("link", "example.com"), ("author", "{naem: Ann}")],
    *[("cover", "{src: a.png}"), ("pubdate", "2024-01-31")],
]  # fmt: skip


def main() -> None:
    modules, checker = Path(sys.argv[1]).resolve(), sys.argv[2]
    if len(MISTAKES) != 40:
        raise SystemExit(f"these are {len(MISTAKES)} mistakes")
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        (site / BLOG).mkdir(parents=True)
        (site / "node_modules").symlink_to(modules)
        (site / "package.json").write_text('{"type": "module", "dependencies": {"astro": "5"}}')
        (site / "astro.config.mjs").write_text("export default {}\n")
        (site / "src/content.config.ts").write_text(CONFIG)
        (site / "post.schema.json").write_text(json.dumps(SCHEMA))
        plugin = ["remark-lint-frontmatter-schema", {"schemas": {"./post.schema.json": ["./src/**/*.md"]}}]
        (site / ".remarkrc.json").write_text(json.dumps({"plugins": ["remark-frontmatter", plugin]}))
        rows = [row(site, checker, key, value) for key, value in MISTAKES]
    titles = ("in the post", "Astro 5 (`astro sync`)", "remark-lint-frontmatter-schema", "check-jsonschema", "postlint")
    lines = [INTRODUCTION, table_row(titles), table_row(["---"] * 5), *map(table_row, rows)]
    (Path(__file__).parents[1] / "docs" / "schema-comparison.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def row(site: Path, checker: str, key: str, value: str | None) -> list[str]:
    fields = {**GOOD, key: value}
    matter = "".join(f"{name}: {text}".rstrip() + "\n" for name, text in fields.items() if text is not None)
    (site / BLOG / "post.md").write_text(f"---\n{matter}---\n\nText.\n")
    (site / "post.yaml").write_text(matter)
    commands = (
        [str(site / "node_modules/.bin/astro"), "sync"],
        [str(site / "node_modules/.bin/remark"), BLOG, "--no-stdout", "--quiet"],
        [checker, "-o", "json", "--schemafile", "post.schema.json", "post.yaml"],
    )
    with ThreadPoolExecutor() as pool:
        astro, remark, checked = pool.map(lambda command: run(command, site), commands)
    mine = run([sys.executable, "-m", "postlint", "check", "--output-format", "json", BLOG], site)
    report = json.loads(mine)["diagnostics"]
    written = f"no `{key}`" if value is None else f"`{key}: {value.strip()}`".replace(": `", ":`")
    return [
        written,
        plain(astro, ASTRO),
        plain(remark, REMARK),
        check_jsonschema(checked),
        "<br>".join(f"{d['start']['line']}:{d['start']['column']} {d['message']}" for d in report) or "–",
    ]  # fmt: skip


def check_jsonschema(out: str) -> str:
    try:
        report = json.loads(out)
    except ValueError:
        return short(out.strip().splitlines()[-1]) if out.strip() else "–"
    errors = [f"{error['path']} {error['message']}" for error in report.get("errors", ())]
    errors += [short(str(error.get("message", error))) for error in report.get("parse_errors", ())]
    return "<br>".join(map(short, errors)) or "–"


def plain(out: str, pattern: str) -> str:
    out = re.sub(r"\x1b\[[\d;]*m", "", out)
    found = [match["said"] or match["other"] for match in re.finditer(pattern, out, re.MULTILINE)]
    return "<br>".join(short(" ".join(each.replace("**", "").split())) for each in found) or "–"


def short(text: str) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= 160 else f"{text[:159]}…"


def run(command: list[str], folder: Path) -> str:
    environment = {**os.environ, "NO_COLOR": "1", "ASTRO_TELEMETRY_DISABLED": "1", "CI": "1"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, timeout=120)
    return done.stdout if "postlint" in command or "--schemafile" in command else done.stdout + done.stderr


def table_row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


INTRODUCTION = """\
# Forty mistakes, four checkers

Each row shows a post with one wrong line, and what four checkers report about it with the same schema. Astro's build uses
Zod, two checkers use JSON Schema, and postlint uses only the Astro site (it reads `src/content.config.ts`). `–` means that
a checker reports nothing. check-jsonschema does not read Markdown, so it was given only the YAML. Astro gives no line or
column. `scripts/compare_schema_checkers.py` runs all four and writes this page.
"""

if __name__ == "__main__":
    main()
