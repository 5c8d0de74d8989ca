"""What the compiler of MDX refuses."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from operator import attrgetter

from postlint.diagnostics import Edit, Fix
from postlint.posts.document import Document
from postlint.rule import Bad, Finding, Good, Rule
from postlint.text import Span

_BLOG = "src/content/blog/post.mdx"
_DOCS = "docs/post.md"
_START = attrgetter("start")
# Without one of these there is nothing that could be refused.
_CANDIDATE = re.compile(r"[<{]|^(?:import|export) ", re.MULTILINE)
# Most posts of a blog have one, `<!-- truncate -->`, and no other candidate.
_COMMENT = re.compile(r"<!--[ \w]*-->")


class MdxSyntax(Rule):
    """Text that the compiler of MDX does not accept, so that the build stops at the post.

    In MDX, `<` begins a tag, `{` begins a JavaScript expression, and a paragraph that begins with `import` or `export` is
    JavaScript. So these things, which are fine in Markdown, are errors in MDX:

    - an address in angle brackets: `<https://example.com>`
    - an HTML comment: `<!-- note -->` (Docusaurus accepts it)
    - a tag that is not closed, such as `<br>`, or that is closed in another paragraph than it was opened in
    - `<` before a letter, a digit or a sign: `<5 ms`, `List<String>`
    - an attribute without quotes: `width=400`
    - braces that do not hold an expression: `{name: type}`, `{% include %}`
    - a style that is a text, if React renders the page: `style="color: red"`
    - in Astro and Docusaurus, a name in braces that the post does not define: `/posts/{id}`
    - indented code, which MDX reads as text
    - text right below an `import`, without a blank line between them

    Whether a post is MDX depends on the framework. Docusaurus compiles `.md` files as MDX, too, unless
    `markdown.format` or `mdx.format` says otherwise. Astro, Next.js, Gatsby and sites without a known framework compile
    `.mdx` files only.

    ## Why it matters

    The compiler stops at the first error, and with it the whole build, so that no page of the site is published.

    ## How to fix it

    The fix is safe for comments (`{/* note */}`), addresses (a Markdown link), tags without content (`<br />`),
    attributes without quotes, `<` before what cannot be a tag (`&lt;`), and a missing blank line below imports. For the
    rest, write `\\{` or `&lt;` for signs that are text, put code into backticks or fences, and put the two tags of a
    block on lines of their own.

    ## What it leaves alone

    Code, formulas of remark-math, and what only a whole JavaScript parser can judge, such as the statements of a
    function. A site that uses MDX 1 or changes its posts before they are compiled is not checked. Tags that overlap
    with bold text or a link are not reported.
    """

    of_text = True
    # The last one is in `import` and in `export`.
    signs = ("<", "{", "port ")
    examples = (
        Good("A < B, `<b>`, {1 + 2}, {/* a note */} and <br />\n", path=_BLOG, name="valid MDX", show=True),
        Good(
            "At https://\\<org\\_slug>.example/\\<name>/keys, or www. A\n",
            path=_BLOG,
            name="signs right behind a scheme",
        ),
        Good("<!-- note --> <br> {a: b} <https://example.com>\n", name="Markdown in Astro"),
        Good("<!-- note -->\n\n## Title {#id}\n", path=_DOCS, framework="docusaurus", name="what Docusaurus accepts"),
        Good("---\nmdx:\n  format: md\n---\na <br> b\n", path=_DOCS, framework="docusaurus", name="format in the post"),
        Good("Set {a: b}.\n", path="docs/guide.mdx", framework="vitepress", name="a framework without MDX"),
        Good("<Card\n  title='a'\n>\n\n# Title\n\n</Card>\n", path=_BLOG, name="a tag over several lines"),
        Good("{list.map((item) => <li key={item}>It's {item}</li>)}\n", path=_BLOG, name="JSX in an expression"),
        Good("import A from './a'\nexport const b = {\n\n  c: 1,\n}\n\n<A {...b} />\n", path=_BLOG, name="a module"),
        Good(
            {"package.json": '{"dependencies": {"@mdx-js/mdx": "^1.6"}}', "posts/a.mdx": "<!-- note -->\n"},
            framework="none",
            name="MDX 1",
        ),
        Good(
            {
                "package.json": '{"dependencies": {"gatsby": "^2", "gatsby-theme-blog": "^2"}}',
                "yarn.lock": 'gatsby-plugin-mdx@^1.2.14:\n  version "1.2.14"\n',
                "content/a.mdx": "<!-- note -->\n",
            },
            framework="gatsby",
            name="MDX 1 that a theme brings along",
        ),
        Bad(
            "Line one⟦<br>⟧line two, ⟦<!-- note -->⟧ and ⟦<https://example.com/a>⟧\n",
            fixed="Line one<br />line two, {/* note */} and [https://example.com/a](https://example.com/a)\n",
            path=_BLOG,
            name="what Markdown accepts and MDX does not",
            show=True,
            safe=True,
            message=(
                "`<br>` is not closed, so the build stops; write `<br />`",
                "MDX has no HTML comments, so the build stops; write `{/* … */}`",
                "MDX reads `<https://example.com/a>` as a tag, so the build stops; write a Markdown link",
            ),
        ),
        Bad(
            "Write to ⟦<a.b@example.com>⟧\n",
            fixed="Write to [a.b@example.com](mailto:a.b@example.com)\n",
            path=_BLOG,
            name="an e-mail address",
            safe=True,
        ),
        Bad("See ⟦<https://example.com/a_(b)*>⟧\n", path=_BLOG, name="an address with brackets"),
        Bad(
            "It took ⟦<⟧5 ms.\n",
            fixed="It took &lt;5 ms.\n",
            path=_BLOG,
            name="less than",
            safe=True,
            message="MDX reads `<` as the beginning of a tag, so the build stops; write `&lt;`",
        ),
        Bad(
            "⟦<!DOCTYPE html>⟧\n",
            path=_BLOG,
            name="a declaration",
            message="MDX does not know `<!DOCTYPE html>`, so the build stops; remove it or put it in a code block",
        ),
        Bad(
            "Map⟦<K,⟧ V> is a type.\n",
            path=_BLOG,
            name="a type",
            message="MDX reads `<K` as a tag, which cannot have `,` here, so the build stops; if it is text, write `&lt;`"
            " for `<`",
        ),
        Bad(
            "<Card title=⟦a⟧ />\n",
            fixed='<Card title="a" />\n',
            path=_BLOG,
            name="a value without quotes",
            safe=True,
            message='MDX needs quotes around the value `a`, so the build stops; write `"a"`',
        ),
        Bad(
            "<Card ⟦{a}⟧ />\n",
            path=_BLOG,
            name="an expression among attributes",
            message="`{a}` is not an attribute, so the build stops; write `name={a}` or `{...name}`",
        ),
        Bad(
            "<Card a=⟦{}⟧ />\n",
            path=_BLOG,
            name="an empty value",
            message="these braces in a tag are empty, so the build stops; write a value in them or remove them",
        ),
        Bad(
            "⟦<p>⟧Text\n</p>\n",
            path=_BLOG,
            name="a tag that begins in a paragraph",
            message="`<p>` is not closed in its paragraph, so the build stops; write `</p>` before the paragraph ends, or"
            " put both tags on lines of their own",
        ),
        Bad(
            "<p>\nText⟦</p>⟧\n",
            path=_BLOG,
            name="a tag that ends in a paragraph",
            message="`</p>` is in a paragraph that begins after `<p>` (line 1), so the build stops; put both tags on lines"
            " of their own, with the same indentation, or both in one paragraph",
        ),
        Bad(
            "Text⟦</b>⟧\n",
            path=_BLOG,
            name="a tag that was never opened",
            message="`</b>` closes a tag that was never opened, so the build stops; remove it or write `<b>` before it",
        ),
        Bad(
            "<b><i>Text⟦</b>⟧</i>\n",
            path=_BLOG,
            name="tags in the wrong order",
            message="`</b>` comes before the end of `<i>` (line 1), so the build stops; write `</i>` first",
        ),
        Bad(
            "Set ⟦{name: type}⟧ here.\n",
            path=_DOCS,
            framework="docusaurus",
            name="braces in text",
            show=True,
            message="MDX reads braces as JavaScript, where `:` is an error, so the build stops; write `\\{` for braces in"
            " the text, or put them in backticks",
        ),
        Bad(
            "    run ⟦{the tool}⟧\n",
            path=_BLOG,
            name="indented code",
            message="MDX reads braces as JavaScript, where `tool` is an error, so the build stops; put a fence (```) around"
            " code, which MDX does not take from the indentation",
        ),
        Bad(
            "Write ⟦{⟧ for a block.\n\nText.\n",
            path=_BLOG,
            name="a brace alone",
            message="MDX reads `{` as the beginning of JavaScript, so the build stops; write `\\{` for a brace in the text",
        ),
        Bad(
            "⟦import the data first.⟧\n",
            path=_BLOG,
            name="a sentence that begins with import",
            message="MDX reads a paragraph that begins with `import` as JavaScript, where `data` is an error, so the build"
            " stops; begin text with another word",
        ),
        Bad(
            "import A from './a'\n⟦# Title⟧\n",
            fixed="import A from './a'\n\n# Title\n",
            path=_BLOG,
            name="text right below an import",
            safe=True,
            message="MDX reads this line as part of the imports and exports above, so the build stops; put a blank line"
            " before it",
        ),
        Bad(
            "Ask for /posts/⟦{id}⟧ or ⟦{{id}}⟧ and ⟦{post.id}⟧, ⟦{user-id}⟧ or fasta⟦{A,C,G}⟧.\n",
            path=_DOCS,
            framework="docusaurus",
            name="names that nothing defines",
            message=(
                "in MDX, `{id}` is JavaScript, and nothing defines `id`, so the build stops; write `\\{id}`",
                "in MDX, `{{id}}` is JavaScript, and nothing defines `id`, so the build stops; write `\\{\\{id}}`",
                "in MDX, `{post.id}` is JavaScript, and nothing defines `post`, so the build stops; write `\\{post.id}`",
                "in MDX, `{user-id}` is JavaScript, and nothing defines `user`, so the build stops; write `\\{user-id}`",
                "in MDX, `{A,C,G}` is JavaScript, and nothing defines `A`, so the build stops; write `\\{A,C,G}`",
            ),
        ),
        Bad(
            "---\ntitle: Bread\n---\n\n# ⟦{title}⟧\n",
            path=_BLOG,
            name="a field of the front matter",
            message="in MDX, `{title}` is JavaScript, and nothing defines `title`, so the build stops; write"
            " `{frontmatter.title}`",
        ),
        Good(
            "import {a} from './a'\nexport const b = 1\n\n{a} {b.c} {frontmatter.title} {props.d} {undefined}"
            " {import.meta.url} {'e'} {[1].map((f) => f)} {/* g */}\n",
            path=_BLOG,
            name="names that are defined",
        ),
        Good("`{id}` \\{id} $x_{id}$\n\n```js\n{id}\n```\n", path=_BLOG, name="names in code and formulas"),
        Good("# a {#id}\n\n{toc} {frontMatter.a}\n", path=_DOCS, framework="docusaurus", name="names of Docusaurus"),
        Good(
            {
                "docs/a.md": "Ask for /posts/{id}.\n",
                "docusaurus.config.js": "export default {presets: [['classic', {docs: {remarkPlugins: [variables]}}]]}",
            },
            framework="docusaurus",
            name="names that a plugin may define",
        ),
        Good({"package.json": "{}", "posts/a.mdx": "{id}\n"}, framework="none", name="a compiler that is not known"),
        Bad(
            "<p style=⟦\"color: red; font:2em; --a: 1\"⟧>a</p>\n\n<b class='a' style=⟦'background: url(a:b)'⟧>b</b>\n",
            fixed="<p style={{color: 'red', font: '2em', '--a': '1'}}>a</p>\n\n"
            "<b class='a' style='background: url(a:b)'>b</b>\n",
            path=_DOCS,
            framework="docusaurus",
            name="styles that are texts",
            safe=(True, None),
            message=(
                "React wants an object as a style, so the build stops; write `{{color: 'red', font: '2em', '--a': '1'}}`",
                "React wants an object as a style, so the build stops; write `{{name: 'value'}}`",
            ),
        ),
        Good(
            "<p title=\"a style='b'\" style={{color: 'red'}}>a</p> <Card style='wide' /> `<p style='a: b'>`\n",
            path=_DOCS,
            framework="docusaurus",
            name="styles that are objects, or a component's own",
        ),
        Good('<p style="color: red">a</p>\n', path=_BLOG, name="styles in Astro"),
    )

    def check(self, post: Document) -> Iterable[Finding]:
        setup = post.framework.mdx(post.path, post.data)
        if setup is None or post.front_matter.problem:
            return
        text = post.text.readable
        start = post.front_matter.body
        if not start and text.startswith("\ufeff"):
            start = 1
        if not _has_candidates(post, text, start, setup.comments):
            return
        from postlint.body.mdx_syntax import blocks
        from postlint.body.mdx_syntax.remedies import remedy

        for slip in blocks.slips(text, start, setup):
            span, message, fix = remedy(post.text, slip)
            yield Finding(span, message, fix=fix)
        if setup.react and "style" in text:
            from postlint.body.mdx_syntax import styles

            for span, better in styles.styles(text, post.body):
                fix = Fix("Write an object", (Edit(*span, better),)) if better else None
                written = better or "{{name: 'value'}}"
                message = f"React wants an object as a style, so the build stops; write `{written}`"
                yield Finding(span, message, fix=fix)
        if setup.names is not None and "{" in text:
            from postlint.body.mdx_syntax import names

            for span, name in names.unknown(text, post.body, setup.names, setup.math):
                yield Finding(span, _unknown(text[slice(*span)], name, setup.names, post))


def _unknown(written: str, name: str, known: frozenset[str], post: Document) -> str:
    """What to say of the expression `written`, whose `name` nothing defines."""
    message = f"in MDX, `{written}` is JavaScript, and nothing defines `{name}`, so the build stops"
    own = next((each for each in known if each.lower() == "frontmatter"), None)
    if written == f"{{{name}}}" and own and name in post.entries:
        return f"{message}; write `{{{own}.{name}}}`"
    escaped = written.replace("{", "\\{")
    return f"{message}; write `{escaped}`"


def _has_candidates(post: Document, text: str, start: int, comments: bool) -> bool:
    """Whether something outside of code spans and fenced blocks may be refused; `comments`: HTML comments are read."""
    spans: list[Span] | None = None
    at = start
    while match := _CANDIDATE.search(text, at):
        here = match.start()
        if comments and (comment := _COMMENT.match(text, here)):
            at = comment.end()
            continue
        if spans is None:
            spans = [span for span in post.body.code if text[span.start] in "`~"]
        index = bisect_right(spans, here, key=_START) - 1
        if index < 0 or here >= spans[index].end:
            return True
        at = spans[index].end
    return False
