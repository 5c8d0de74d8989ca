"""Values that the schema turns into something else."""

from collections.abc import Iterable

from postlint.diagnostics import Edit, Fix
from postlint.front_matter import Node
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule

_NO = frozenset(("false", "no", "n", "off", "0", "f", "nein", "non", "nie", "nee", "nej"))
# Milliseconds of a year and a bit: what is meant as a year, or as a day, is less.
_A_YEAR = 4e10
_CONFIG = """import { defineCollection, z } from 'astro:content';
import { glob } from 'astro/loaders';
const blog = defineCollection({
  loader: glob({ pattern: '**/*.md', base: './src/content/blog' }),
  schema: z.object({
    title: z.coerce.string(),
    pubDate: z.coerce.date(),
    updated: z.coerce.date().nullish(),
    toc: z.coerce.boolean().default(true),
    order: z.coerce.number().optional(),
  }),
});
export const collections = { blog };
"""
_SITE = {"astro.config.mjs": "export default {}", "src/content.config.ts": _CONFIG}
_POST = "src/content/blog/a.md"


class SchemaCoercedValue(Rule):
    """A value that the site's schema accepts and turns into something that was not meant.

    `z.coerce.date()` makes 1 January 1970 of an empty value, of `true` and of `false`. `z.coerce.boolean()` makes true
    of any text, so of `no` and of `"false"`. `z.coerce.number()` makes 0, and `z.coerce.string()` the text `null`, of an
    empty value.

    ## Why it matters

    The build passes, and the page shows a wrong date, or a part that should be hidden.

    ## How to fix it

    Write the value, or remove the line. For text that says no, the fix writes `false`. It is unsafe, because it changes
    the page.

    ## What it leaves alone

    - Schemas that are not read from the site's code.
    - Values that the schema refuses: see `schema-invalid-value`.
    """

    yields_to = ("date-invalid", "schema-invalid-value")
    examples = (
        Good(
            {**_SITE, _POST: "---\ntitle: A\npubDate: 2024-01-02\nupdated:\ntoc: false\norder: 1\n---\n"},
            name="values that are meant",
            show=True,
        ),
        Bad(
            {**_SITE, _POST: "---\ntitle: A\npubDate:⟦⟧\ntoc: ⟦no⟧\n---\n"},
            fixed="---\ntitle: A\npubDate:\ntoc: false\n---\n",
            name="an empty date, and text that says no",
            show=True,
            safe=(None, False),
            message=(
                (
                    "Astro reads `pubDate` as 1 January 1970: `z.coerce.date()` makes that of an empty value; "
                    "write a date, or remove the line"
                ),
                "Astro reads `toc` as true: `z.coerce.boolean()` makes that of any text; write `false`",
            ),
        ),
        Bad(
            {**_SITE, _POST: "---\ntitle:⟦⟧\npubDate: ⟦true⟧\nupdated: ⟦false⟧\ntoc: ⟦'false'⟧\norder:⟦⟧\n---\n"},
            fixed="---\ntitle:\npubDate: true\nupdated: false\ntoc: false\norder:\n---\n",
            name="other values that are not meant",
            safe=(None, None, None, False, None),
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        coerced = post.schema.coerced if post.schema is not None else {}
        if not coerced or post.opening_line_end is None:
            return
        for name, kind in coerced.items():
            entry = post.entries.get(name)
            if entry is None or not entry.node.is_scalar or entry.node.alias:
                continue
            node = entry.node
            kind, _, null = kind.partition(" ")
            if node.value is None and null:
                continue
            read = _read(kind, node)
            if read is None:
                continue
            made, of, hint = read
            message = f"{post.framework.title} reads `{name}` as {made}: `z.coerce.{kind}()` makes that of {of}; {hint}"
            fix = Fix("Write `false`", (Edit(*node.span, "false"),), "unsafe") if kind == "boolean" else None
            yield Finding(node.span, message, name, fix)


def _read(kind: str, node: Node) -> tuple[str, str, str] | None:
    """What is made of the value, of what it is made, and what to write; None if that is meant."""
    value = node.value
    if kind == "boolean":
        is_no = isinstance(value, str) and value.strip().casefold() in _NO
        return ("true", "any text", "write `false`") if is_no else None
    empty = "an empty value" if value is None else f"`{node.text}`" if isinstance(value, bool) else None
    if kind == "date":
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < _A_YEAR:
            return "a moment of 1970", "a number", "write a date"
        return (("1 January 1970", empty, "write a date, or remove the line")) if empty else None
    if value is None and kind in ("number", "string"):
        return "0" if kind == "number" else "the text `null`", "an empty value", "write a value, or remove the line"
    return None
