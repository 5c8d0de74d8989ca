"""What the compiler of Vue refuses in Markdown."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from postlint.body.tag_messages import AS_TEXT, COMMENT, unclosed, unopened
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule

if TYPE_CHECKING:
    from postlint.body.vue_syntax import Slip

_CONFIG = {
    ".vitepress/config.mjs": "export default {}\n",
    "package.json": '{"devDependencies": {"vitepress": "^1.6.3"}}',
}
_CANDIDATE = re.compile(r"<[A-Za-z/?!]|\{\{")
_IN_CODE = "so the build stops; write `<code v-pre>{{ … }}</code>`"
_VERBATIM = (
    "so the build stops; put `v-pre` around it: `<span v-pre>{{ … }}</span>`, or a block between `::: v-pre` and `:::`"
)


class VueSyntax(Rule):
    """Text in a page of VitePress or VuePress that the compiler of Vue does not accept, so that the build stops.

    VitePress makes a Vue template of each page, and so does VuePress 2. These things, which are fine in Markdown, are
    errors in such a template:

    - a tag that is not closed, such as the type `Array<string>`, `<name>` or `<p>`, or that ends in another block than it
      began in
    - an end tag without a tag that it closes
    - `{{ … }}` that does not hold a JavaScript expression; with VitePress 1, in code spans as well
    - in VitePress, a name in such braces that the page does not define
    - an attribute that occurs twice, or has a sign such as `"` in its name
    - processing instructions: `<?php … ?>`

    ## Why it matters

    The compiler stops at the first error, and with it the whole build, so that no page of the site is published.

    ## How to fix it

    Close the tag, write `&lt;` for a `<` that is text, or put the text in backticks. Put `v-pre` around braces that are not
    for Vue: `<span v-pre>{{ … }}</span>`, or a block between `::: v-pre` and `:::`.

    ## What it leaves alone

    - Fenced code, and tags in backticks.
    - Sites that extend Markdown by code or plugins, and pages that include other files.
    - Expressions in a page with TypeScript, and the values of attributes.
    """

    of_text = True
    signs = ("<", "{{")
    examples = (
        Good(
            {"a.md": "Use `Array<string>`, a < b, <br> and {{ 1 + 2 }}.\n\n<Card>\n\n# Title\n\n</Card>\n", **_CONFIG},
            framework="vitepress",
            name="valid templates",
            show=True,
        ),
        Good(
            {
                "a.md": "::: v-pre\n{{ a b }}\n:::\n\n<span v-pre>{{#if a}}</span>\n\n```\n{{ a b }} <T>\n```\n",
                **_CONFIG,
            },
            framework="vitepress",
            name="braces that are not for Vue",
            show=True,
        ),
        Good(
            {"a.md": "Text\n\n```jsx\n<Route component={Page}/>\n```\n\n    <Route component={Page}/>\n", **_CONFIG},
            framework="vitepress",
            name="elements that are lines of code",
        ),
        Good({"a.md": "Use Array<string>.\n"}, framework="none", name="another framework"),
        Good(
            {
                "a.md": "Use Array<string>.\n",
                ".vitepress/config.mjs": "export default { markdown: { config: (md) => md.use(plugin) } }\n",
            },
            framework="vitepress",
            name="Markdown that code extends",
        ),
        Bad(
            {"a.md": "Use Array⟦<string>⟧ and write ⟦<name>⟧.\n", **_CONFIG},
            framework="vitepress",
            name="text that looks like tags",
            show=True,
            message=(
                f"`<string>` is not closed in its paragraph, {AS_TEXT}",
                f"`<name>` is not closed in its paragraph, {AS_TEXT}",
            ),
        ),
        Bad(
            {"a.md": "⟦<div>⟧\n\nText\n", **_CONFIG},
            framework="vitepress",
            name="a block that is not closed",
            message="`<div>` is not closed, so the build stops; write `</div>` behind its content",
        ),
        Bad(
            {"a.md": "Text⟦</div>⟧\n", **_CONFIG},
            framework="vitepress",
            name="an end tag alone",
            message="`</div>` closes a tag that was never opened, so the build stops; remove it or write `<div>` before it",
        ),
        Bad(
            {"a.md": "<Tabs>\n\n- a\n\n  ⟦</Tabs>⟧\n", **_CONFIG},
            framework="vitepress",
            name="an end tag in a list",
            message="`</Tabs>` is in a list item that begins after `<Tabs>`, so the build stops; put it on a line of its "
            "own without indentation, behind a blank line",
        ),
        Bad(
            {"a.md": "Use ⟦{{ page title }}⟧ or `⟦{{#if a}}⟧`.\n", **_CONFIG},
            framework="vitepress",
            name="braces",
            message=(
                f"Vue reads `{{{{ page title }}}}` as JavaScript, which it is not, {_VERBATIM}",
                f"Vue reads `{{{{ #if a }}}}` as JavaScript, which it is not, {_IN_CODE}",
            ),
        ),
        Bad(
            {"a.md": "Begin with ⟦{{⟧ here.\n", **_CONFIG},
            framework="vitepress",
            name="braces that never end",
            message="Vue reads `{{` as the beginning of JavaScript, which never ends, so the build stops; write "
            "`<span v-pre>{{</span>`",
        ),
        Bad({"a.md": "See ⟦{{ *a* }}⟧ here.\n", **_CONFIG}, framework="vitepress", name="Markdown between braces"),
        Bad(
            {
                "a.md": "<Card a='1' ⟦a⟧='2'>b</Card>\n\n<Card\n  a⟦\"⟧b\n  c=⟦'⟧\n/>\n".replace("c=⟦'⟧", "c=x⟦'⟧"),
                **_CONFIG,
            },
            framework="vitepress",
            name="attributes",
            message=(
                "the attribute `a` occurs twice in one tag, so the build stops; remove one of them",
                "an attribute's name cannot have `\"`, so the build stops; remove it or put quotes around the value",
                "a value that has `'` needs quotes around it, so the build stops",
            ),
        ),
        Bad({"a.md": "⟦<?php echo 1 ?>⟧\n", **_CONFIG}, framework="vitepress", name="a processing instruction"),
        Bad(
            {"a.md": "Write ⟦{{ name }}⟧, `⟦{{ user }}⟧` or ⟦{{ user.name }}⟧.\n", **_CONFIG},
            framework="vitepress",
            name="names that nothing defines",
            message=(
                "Vue reads `{{ name }}` as JavaScript, and nothing defines `name`, "
                + _VERBATIM.replace("so the build stops", "so readers do not see it"),
                "Vue reads `{{ user }}` as JavaScript, and nothing defines `user`, "
                + _IN_CODE.replace("so the build stops", "so readers do not see it"),
                f"Vue reads `{{{{ user.name }}}}` as JavaScript, and nothing defines `user`, {_VERBATIM}",
            ),
        ),
        Good(
            {
                "a.md": "{{ $frontmatter.title }} {{ 1 + 2 }} {{ Math.PI }}\n",
                "b.md": "<script setup>\nconst a = 1\n</script>\n\n{{ a }}\n",
                "c.md": '<p v-for="a in 3">{{ a }}</p>\n',
                **_CONFIG,
            },
            framework="vitepress",
            name="names that are defined",
        ),
        Good(
            {"a.md": "{{ a }}\n", ".vitepress/theme/index.js": "app.config.globalProperties.a = 1\n", **_CONFIG},
            framework="vitepress",
            name="names that code gives to all pages",
        ),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        setup = post.framework.vue(post.path)
        if setup is None or post.front_matter.problem:
            return
        text, start = post.text.readable, post.front_matter.body
        if not _CANDIDATE.search(text, start):
            return
        from postlint.body.vue_syntax import template

        for slip in template.slips(text, start, setup):
            yield Finding(slip.span, _what(post, slip))


def _what(post: Document, slip: "Slip") -> str:
    """What is wrong, and the remedy."""
    name, kind = slip.name, slip.kind
    written = post.text.value[slip.span.start : slip.span.end]
    if kind == "unclosed":
        return unclosed(name, slip.block)
    if kind == "unopened":
        return unopened(name)
    if kind == "crossing":
        return (
            f"`</{name}>` is in a {slip.block} that begins after `<{name}>`, so the build stops; put it on a line of its "
            "own without indentation, behind a blank line"
        )
    if kind == "expression":
        is_code = any(span.start <= slip.span.start < span.end for span in post.body.code)
        remedy = _IN_CODE if is_code else _VERBATIM
        return f"Vue reads `{{{{ {name} }}}}` as JavaScript, which it is not, {remedy}"
    if kind == "undefined":
        is_code = any(span.start <= slip.span.start < span.end for span in post.body.code)
        first, _, more = name.partition(".")
        effect = "so the build stops" if more else "so readers do not see it"
        remedy = (_IN_CODE if is_code else _VERBATIM).replace("so the build stops", effect)
        return f"Vue reads `{{{{ {name} }}}}` as JavaScript, and nothing defines `{first}`, {remedy}"
    if kind == "markdown":
        return f"Markdown changes what is between these braces, and Vue reads it as JavaScript, {_VERBATIM}"
    if kind == "interpolation":
        return (
            "Vue reads `{{` as the beginning of JavaScript, which never ends, so the build stops; write "
            "`<span v-pre>{{</span>`"
        )
    if kind == "duplicate":
        return f"the attribute `{name}` occurs twice in one tag, so the build stops; remove one of them"
    if kind == "value":
        return f"the attribute `{name}` has no value behind its `=`, so the build stops; write one or remove the `=`"
    if kind == "unquoted":
        return f"a value that has `{name}` needs quotes around it, so the build stops"
    if kind == "name":
        return f"an attribute's name cannot have `{name}`, so the build stops; remove it or put quotes around the value"
    if kind == "comment":
        return COMMENT
    if kind == "tag":
        return f"the tag `<{name}` never ends, {AS_TEXT}"
    return f"Vue does not know `{written[:40]}`, so the build stops; remove it or put it in backticks"
