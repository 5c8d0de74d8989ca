"""What Svelte's compiler refuses in the components that mdsvex makes of Markdown."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from postlint.body.tag_messages import AS_TEXT, COMMENT, unclosed, unopened
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule

if TYPE_CHECKING:
    from postlint.body.svelte_syntax import Slip

_CONFIG = {
    "svelte.config.js": 'import { mdsvex } from "mdsvex"\n\n'
    'export default { extensions: [".svelte", ".md"], preprocess: [mdsvex({ extensions: [".md"] })] }\n',
    "package.json": '{"devDependencies": {"mdsvex": "0.12.8", "svelte": "5.57.3"}}',
    "src/routes/blog/[slug]/+page.js": "export const load = ({ params }) => import(`../../../posts/${params.slug}.md`)\n",
    "src/routes/+layout.js": "export const prerender = true\n",
}
_TEXT = "put it in backticks, or write `&amp;#123;` for a `{` that is text"
_ROW = "Svelte does not accept `<tr>` right inside `<table>`, so the build stops; put `<tbody>` around the rows"
_DEFINE = "so the build stops; define it in front matter or in a `<script>`, or put the braces in backticks"
_HTML = "write `{'{'}` for a `{` that is text"


class SvelteSyntax(Rule):
    """Text in a post of SvelteKit with mdsvex that Svelte does not accept, so that the build stops.

    mdsvex makes a component of Svelte of each post. These things, which are fine in Markdown, are errors in a component:

    - `{ … }` that does not hold a JavaScript expression, such as `{#id}` behind a heading, `{{< x >}}` or `{ only`, in
      indented blocks as well
    - quotation marks in an expression in a paragraph, because mdsvex makes typographic ones of them
    - a `<` that begins no tag: `a < b`, `<5`
    - a tag or a block such as `{#if …}` that is not closed, or that ends in another paragraph than it began in
    - a tag `<p>` that has Markdown paragraphs in it
    - two `<script>` or `<style>` blocks
    - a name in braces or a component that nothing defines, if the site is prerendered

    ## Why it matters

    The build stops at the first error, so that no page of the site is published.

    ## How to fix it

    Put code in backticks. Write `&lt;` for a `<` that is text. Write `&amp;#123;` for a `{` that is text, or `{'{'}` in a
    block of HTML: mdsvex reads `&#123;` and `\\{` as a brace. Close tags and blocks, and put blank lines around their lines.

    ## What it leaves alone

    - Code in backticks and fences, HTML comments, `<https://…>`, and a `}` alone.
    - Types such as `Array<string>`, which Svelte takes for a tag that the paragraph closes.
    - Sites that have other preprocessors, plugins that may change the text, or code that reads files as text.
    - Expressions in a post with TypeScript.
    """

    of_text = True
    signs = ("<", "{", "&")
    examples = (
        Good(
            {"src/posts/a.md": "Use `{ a, b: }`, a } and <br>, 1 &lt; 2, Array<string> and {1 + 2}.\n", **_CONFIG},
            framework="sveltekit",
            name="valid text",
            show=True,
        ),
        Good(
            {
                "src/posts/a.md": "<script>\n  let a = 1\n</script>\n\n{#if a}\n\n<div>\n\nText {a}\n\n</div>\n\n{/if}\n",
                **_CONFIG,
            },
            framework="sveltekit",
            name="blocks and tags with blank lines",
            show=True,
        ),
        Good({"a.md": "## Title {#id}\n\na < b\n"}, framework="none", name="another framework"),
        Good(
            {
                "src/posts/a.md": "$a < b$\n",
                **_CONFIG,
                "svelte.config.js": 'import { mdsvex } from "mdsvex"\nimport math from "remark-math"\n\n'
                'export default { preprocess: [mdsvex({ extensions: [".md"], remarkPlugins: [math] })] }\n',
            },
            framework="sveltekit",
            name="Markdown that plugins extend",
        ),
        Good(
            {
                "src/posts/a.md": "$a < b$\n",
                **_CONFIG,
                "svelte.config.js": 'import { mdsvex } from "mdsvex"\nimport options from "./mdsvex.config.js"\n\n'
                "export default { preprocess: [mdsvex(options)] }\n",
                "mdsvex.config.js": 'import math from "remark-math"\n\n'
                'export default { extensions: [".md"], remarkPlugins: [math] }\n',
            },
            framework="sveltekit",
            name="plugins in a file of their own",
        ),
        Good(
            {
                "src/posts/a.md": "a < b\n",
                **_CONFIG,
                "src/routes/blog/[slug]/+page.js": "export const load = ({ params }) => "
                "import(`../../../posts/${params.slug}.md?raw`)\n",
            },
            framework="sveltekit",
            name="posts that are read as text",
        ),
        Bad(
            {"src/posts/a.md": "## Title ⟦{#id}⟧\n\nif a ⟦<⟧ b and ⟦<5⟧\n", **_CONFIG},
            framework="sveltekit",
            name="signs that Svelte reads",
            show=True,
            message=(
                "Svelte does not know the block `{#id}`, so the build stops; remove it, or " + _TEXT,
                f"Svelte reads `<` as the beginning of a tag, {AS_TEXT}",
                f"Svelte reads `<5` as the beginning of a tag, {AS_TEXT}",
            ),
        ),
        Bad(
            {"src/posts/a.md": "A set ⟦{ a, b: }⟧ here.\n\n    if (a) ⟦{⟧\n", **_CONFIG},
            framework="sveltekit",
            name="braces",
            message=(
                f"Svelte reads `{{a, b:}}` as JavaScript, which it is not, so the build stops; {_TEXT}",
                f"Svelte reads `{{` as the beginning of JavaScript, which never ends, so the build stops; {_TEXT}",
            ),
        ),
        Bad(
            {"src/posts/a.md": "Say ⟦{'hello'}⟧.\n", **_CONFIG},
            framework="sveltekit",
            name="quotation marks",
            message="mdsvex makes typographic quotation marks of those in `{'hello'}`, so the build stops; define the "
            "value in a `<script>`, or set `smartypants: false`",
        ),
        Bad(
            {"src/posts/a.md": "⟦<p>⟧\n\nText\n\n</p>\n", **_CONFIG},
            framework="sveltekit",
            name="a paragraph around paragraphs",
            message="`<p>` ends where the Markdown paragraph in it begins, so the build stops at `</p>`; write `<div>`",
        ),
        Bad(
            {"src/posts/a.md": "⟦<div>⟧\n\nText\n", **_CONFIG},
            framework="sveltekit",
            name="a tag that is not closed",
            message="`<div>` is not closed, so the build stops; write `</div>` behind its content",
        ),
        Bad(
            {"src/posts/a.md": "A list List⟦<T>⟧ here.\n", **_CONFIG},
            framework="sveltekit",
            name="text that looks like a component",
            message=f"`<T>` is not closed in its paragraph, {AS_TEXT}",
        ),
        Bad(
            {"src/posts/a.md": "{#if 1}\nText\n⟦{/if}⟧\n", **_CONFIG},
            framework="sveltekit",
            name="the end of a block in a paragraph",
            message="`{/if}` is in a paragraph that begins after its block, so the build stops; put it on a line of its "
            "own, behind a blank line",
        ),
        Bad(
            {"src/posts/a.md": "⟦{#if 1}⟧\n\nText\n", **_CONFIG},
            framework="sveltekit",
            name="a block that is not closed",
            message="`{#if}` is not closed, so the build stops; write `{/if}` behind its content",
        ),
        Bad(
            {"src/posts/a.md": "Text⟦</div>⟧\n", **_CONFIG},
            framework="sveltekit",
            name="an end tag alone",
            message="`</div>` closes a tag that was never opened, so the build stops; remove it or write `<div>` before it",
        ),
        Bad(
            {"src/posts/a.md": "<script>\n</script>\n\n⟦<script>⟧\n</script>\n", **_CONFIG},
            framework="sveltekit",
            name="two scripts",
            message="this is the second `<script>` of the post, so the build stops; put the code of both in one",
        ),
        Bad(
            {"src/posts/a.md": "<table>\n⟦<tr⟧><td>a</td></tr>\n</table>\n", **_CONFIG},
            framework="sveltekit",
            name="a row in a table",
            message=_ROW,
        ),
        Bad(
            {"src/posts/a.md": "---\ntitle: A\n---\n{title} by ⟦{name}⟧\n\n⟦<Card⟧ />\n", **_CONFIG},
            framework="sveltekit",
            name="names that nothing defines",
            message=(
                f"nothing defines `name`, {_DEFINE}",
                "nothing defines `<Card>`, so the build stops; import it in a `<script>`, or write `&lt;`",
            ),
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        setup = post.framework.svelte(post.path)
        if setup is None or post.front_matter.problem:
            return
        from postlint.body.svelte_syntax import template

        text, start = post.text.readable, post.front_matter.body
        names = {key.replace("-", "_") for key in post.data}
        for slip in template.slips(text, start, setup, names):
            yield Finding(slip.span, _what(slip, setup.has_quotes))


def _what(slip: "Slip", has_quotes: bool) -> str:
    """What is wrong, and the remedy."""
    name, kind = slip.name, slip.kind
    literal = _TEXT if has_quotes and slip.block != "HTML" else _HTML
    if kind == "expression":
        return f"Svelte reads `{{{_shown(name)}}}` as JavaScript, which it is not, so the build stops; {literal}"
    if kind == "brace":
        return f"Svelte reads `{{` as the beginning of JavaScript, which never ends, so the build stops; {literal}"
    if kind == "block":
        return f"Svelte does not know the block `{{{_shown(name)}}}`, so the build stops; remove it, or {literal}"
    if kind == "directive":
        return f"Svelte does not accept `{{{_shown(name)}}}` here, so the build stops; remove it, or {literal}"
    if kind == "quotes":
        return (
            f"mdsvex makes typographic quotation marks of those in `{{{_shown(name)}}}`, so the build stops; define the "
            "value in a `<script>`, or set `smartypants: false`"
        )
    if kind == "less":
        return f"Svelte reads `<{_shown(name)}` as the beginning of a tag, {AS_TEXT}"
    if kind == "comment":
        return COMMENT
    if kind == "script":
        return f"this is the second `<{name}>` of the post, so the build stops; put the code of both in one"
    if kind == "row":
        return _ROW
    if kind == "variable":
        return f"nothing defines `{name}`, {_DEFINE}"
    if kind == "component":
        return f"nothing defines `<{name}>`, so the build stops; import it in a `<script>`, or write `&lt;`"
    return _of_tag(slip)


def _of_tag(slip: "Slip") -> str:
    """What is wrong with a tag or block that has no other end, or no beginning, in the right place."""
    name, kind = slip.name, slip.kind
    is_block = name.startswith(("{", "#"))
    if kind == "void":
        return f"`<{name}>` has no end tag, so the build stops; remove `</{name}>`"
    if kind == "paragraph":
        return "`<p>` ends where the Markdown paragraph in it begins, so the build stops at `</p>`; write `<div>`"
    if kind == "unclosed" and is_block:
        return f"`{{{name}}}` is not closed, so the build stops; write `{{/{name[1:]}}}` behind its content"
    if kind == "unclosed":
        return unclosed(name, "" if slip.block == "HTML" else slip.block)
    if kind == "crossing" and is_block:
        return (
            f"`{name}` is in a {slip.block} that begins after its block, so the build stops; put it on a line of its own, "
            "behind a blank line"
        )
    if kind == "crossing":
        return (
            f"`<{name}>` and the {slip.block} around it end in each other, so the build stops; put the tags on lines of "
            "their own, with blank lines around them"
        )
    if is_block:
        return f"`{name}` closes a block that was never opened, so the build stops; remove it"
    return unopened(name)


def _shown(text: str) -> str:
    """`text` on one line, without backticks."""
    return re.sub(r"\s+", " ", text).replace("`", "'")
