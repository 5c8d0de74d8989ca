"""Values that the schema turns into something else."""

from collections.abc import Iterable

from postlint.diagnostics import Edit, Fix
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule

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
    - Posts that the site gets from a content tool such as Velite: see `front-matter-changed-value`.
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
        if post.schema is None or post.source is not None or post.opening_line_end is None:
            return
        from postlint.posts import coerced

        for name, kind in post.schema.coerced.items():
            entry = post.entries.get(name)
            if entry is None or not entry.node.is_scalar or entry.node.alias:
                continue
            node = entry.node
            read = coerced.read(kind, node)
            if read is None:
                continue
            made, of, hint = read
            kind = kind.partition(" ")[0]
            message = f"{post.framework.title} reads `{name}` as {made}: `z.coerce.{kind}()` makes that of {of}; {hint}"
            fix = Fix("Write `false`", (Edit(*node.span, "false"),), "unsafe") if kind == "boolean" else None
            yield Finding(node.span, message, name, fix)
