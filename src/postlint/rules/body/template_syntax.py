"""Template tags that stop the build."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from postlint.diagnostics import Edit, Fix, Severity
from postlint.posts.body_stops import page_tags, template_stops
from postlint.posts.document import Document
from postlint.rule import Bad, Good, SiteFinding, SiteRule
from postlint.site.site import Site
from postlint.suggest import closest
from postlint.text import Span

if TYPE_CHECKING:
    from postlint.body.templates import Engine, Stop

# A name that so many posts use is known to something that cannot be seen.
_USUAL = 3
_MEANT = "did you mean"
_RAW_HINT = "if it is text, put it between `{% raw %}` and `{% endraw %}`"
_HUGO = re.compile(r"\{\{([<%])(?!/\*)([^\n]*?)([>%])\}\}")
_ZOLA = re.compile(r"\{([{%])(?!/\*)(\s*(?:\w+\([^\n{}]*\)|end)\s*)([}%])\}")
_OPENING = re.compile(r"\{[{%]")


class TemplateSyntax(SiteRule):
    """A template tag that the site's template engine cannot read.

    Jekyll and Eleventy run Liquid or Nunjucks on each post before it is read as Markdown, Hexo runs Nunjucks, and Hugo
    and Zola replace shortcodes. The rule reports what the engine stops at: a tag, a filter or a shortcode that nothing
    defines, a tag that is never closed, a closing tag without an opening one, and braces that are not a valid tag, such as
    `{{#if}}`. The engines of Jekyll, Eleventy, Hugo and Zola read code samples too.

    In Jekyll's code samples it also reports, as a warning, `{{ name }}` if no such name has a value: Liquid prints nothing
    in its place.

    ## Why it matters

    The build of the whole site stops at the post. Code samples of other template languages are the usual cause.

    ## How to fix it

    Correct the name, or close the tag. If the braces are text, put them between `{% raw %}` and `{% endraw %}`; in Hugo
    write `{{</* name */>}}`, in Zola `{{/* name() */}}`.

    ## What it leaves alone

    - Tags, filters and shortcodes of plugins and themes. Their names are read from the site's own code. If a plugin or a
      theme may define more names, no name is reported.
    - A name that three posts or more use: something defines it.
    - Posts that no engine reads: `render_with_liquid: false`, `templateEngineOverride: md`, `disableNunjucks: true`.
    - Addresses of links, such as `[a]({% link b.md %})`: see `link-missing`.
    """

    severity = Severity.ERROR
    signs = ("{{", "{%", "{#")
    examples = (
        Bad(
            {"_config.yml": "title: A\n", "_posts/2024-01-02-a.md": "---\ntitle: A\n---\n⟦{% inclde abc %}⟧\n"},
            framework="jekyll",
            name="a tag that nothing defines",
            show=True,
            severity=Severity.ERROR,
            message="`inclde` is not a tag that Jekyll knows, so the build stops; did you mean `include`?",
        ),
        Bad(
            {
                "_config.yml": "title: A\n",
                "_posts/2024-01-02-a.md": "---\ntitle: A\n---\n```html\n⟦{% url 'home' %}⟧\n```\n",
            },
            fixed="---\ntitle: A\n---\n{% raw %}\n```html\n{% url 'home' %}\n```\n{% endraw %}\n",
            framework="jekyll",
            name="a code sample of another template language",
            show=True,
            safe=True,
            message=(
                "`url` is not a tag that Jekyll knows, so the build stops; "
                "if it is text, put it between `{% raw %}` and `{% endraw %}`"
            ),
        ),
        Bad(
            {"_config.yml": "title: A\n", "_posts/2024-01-02-a.md": "---\n---\nA\n\n⟦{% if page.a %}⟧\n\nB\n"},
            framework="jekyll",
            name="a tag that is never closed",
            message="`{% if page.a %}` is never closed, so the build stops; add `{% endif %}`",
        ),
        Bad(
            {"_config.yml": "title: A\n", "_posts/2024-01-02-a.md": "---\n---\nRun `echo $⟦{{ secrets.KEY }}⟧`.\n"},
            fixed="---\n---\nRun {% raw %}`echo ${{ secrets.KEY }}`{% endraw %}.\n",
            framework="jekyll",
            name="braces in code that Liquid drops",
            show=True,
            severity=Severity.WARNING,
            safe=True,
            message=(
                "Liquid prints nothing in place of `{{ secrets.KEY }}`, because no page has a value of that name; "
                "put the code between `{% raw %}` and `{% endraw %}`"
            ),
        ),
        Good(
            {
                "_config.yml": "title: A\n",
                "_plugins/a.rb": "Liquid::Template.register_tag('note', Note)\nclass Note < Liquid::Block\nend\n",
                "_posts/2024-01-02-a.md": "---\n---\n{% note %}a{% endnote %} {% raw %}{{ a }{% endraw %}\n",
            },
            framework="jekyll",
            name="a tag of the site's own code",
        ),
        Good(
            {
                "_config.yml": "plugins: [jekyll-something]\n",
                "_posts/2024-01-02-a.md": "---\n---\n{% note %}a{% endnote %}\n",
            },
            framework="jekyll",
            name="a plugin that may define any tag",
        ),
        Good(
            {
                "_config.yml": "title: A\n",
                **{f"_posts/2024-01-0{n}-a.md": "---\n---\n{% note a %}\n" for n in range(1, 4)},
            },
            framework="jekyll",
            name="a tag that three posts use",
        ),
        Good(
            {
                "_config.yml": "title: A\n",
                "_posts/2024-01-02-a.md": "---\nrender_with_liquid: false\n---\n{% nope %}\n",
            },
            framework="jekyll",
            name="a post that Liquid does not read",
        ),
        Bad(
            {
                "_config.yml": "title: A\n",
                "_includes/a.html": "",
                "_posts/2024-01-02-a.md": "---\n---\n{% include a.html %} {% include ⟦b.html⟧ %}\n",
            },
            framework="jekyll",
            name="an include that does not exist",
            message="`_includes/b.html` does not exist, so the build stops; create it, or correct its name",
        ),
        Bad(
            {
                "eleventy.config.js": "module.exports = c => {\n  c.addFilter('day', d);\n  c.addShortcode('now', f);\n};\n",
                "posts/a.md": "---\ntitle: A\n---\n{% now %} {{ title | day }} {{ title | ⟦dya⟧ }}\n",
            },
            framework="eleventy",
            name="a filter that nothing defines",
            message="`dya` is not a filter that Eleventy knows, so the build stops; did you mean `day`?",
        ),
        Bad(
            {
                "eleventy.config.js": "export default c => ({ markdownTemplateEngine: 'njk' });\n",
                "posts/a.md": "---\ntitle: A\n---\n```hbs\n⟦{{#if}}⟧\n```\n",
            },
            fixed="---\ntitle: A\n---\n{% raw %}\n```hbs\n{{#if}}\n```\n{% endraw %}\n",
            framework="eleventy",
            name="a sample of Handlebars in Nunjucks",
            safe=True,
        ),
        Good(
            {
                "eleventy.config.js": "module.exports = c => { c.addPlugin(require('eleventy-plugin-x')); };\n",
                "posts/a.md": "---\ntitle: A\n---\n{% nope %} {{ title | nope }}\n",
                "posts/b.md": "---\ntitle: B\ntemplateEngineOverride: md\n---\n{{ a }\n",
            },
            framework="eleventy",
            name="a plugin of Eleventy, and a post without an engine",
        ),
        Bad(
            {
                "_config.yml": "theme: false\n",
                "package.json": '{"dependencies": {"hexo": "^8.0.0", "hexo-renderer-marked": "^7.0.0"}}',
                "source/_posts/a.md": "---\ntitle: A\n---\n`{{ a }` {% codeblock %}a{% endcodeblock %} ⟦{% nope a %}⟧\n",
                "source/_posts/b.md": "---\ntitle: B\n---\n## B ⟦{#⟧b}\n\n{% raw %}a{% endraw %}\n",
            },
            framework="hexo",
            name="Nunjucks in Hexo",
        ),
        Bad(
            {
                "_config.yml": "theme: false\n",
                "package.json": '{"dependencies": {"hexo": "^7.3.0", "hexo-renderer-marked": "^6.0.0"}}',
                "source/_posts/a.md": "---\ntitle: A\n---\n## A ⟦{#⟧a}\n",
                "source/_posts/b.md": "---\ntitle: B\n---\n## B ⟦{#⟧b}\n\n{% raw %}a{% endraw %}\n",
            },
            framework="hexo",
            name="ids of headings in Hexo 7",
            message=(
                (
                    "`{#a}` begins a comment that never ends, so the build stops; "
                    "close it with `#}`, or put text between `{% raw %}` and `{% endraw %}`"
                ),
                (
                    "`{#b}` begins a comment that never ends, so Hexo leaves out the rest of the post; "
                    "close it with `#}`, or put text between `{% raw %}` and `{% endraw %}`"
                ),
            ),
        ),
        Good(
            {
                "_config.yml": "theme: false\n",
                "package.json": '{"dependencies": {"hexo": "^8.0.0", "hexo-renderer-marked": "^7.0.0"}}',
                "scripts/a.js": "hexo.extend.tag.register('note', a => a, {ends: true});\n",
                "source/_posts/a.md": "---\ntitle: A\n---\n{% note %}a{% endnote %}\n",
                "source/_posts/b.md": "---\ntitle: B\ndisableNunjucks: true\n---\n{% nope %}\n",
                "source/_posts/c.md": "---\ntitle: C\n---\n## C {#c}\n",
            },
            framework="hexo",
            name="a tag of Hexo's scripts, and posts that Nunjucks does not read",
        ),
        Bad(
            {
                "hugo.toml": "",
                "layouts/shortcodes/box.html": "<b>{{ .Inner }}</b>",
                "content/a.md": "+++\n+++\n{{< box >}}a{{< /box >}} ⟦{{< box >}}⟧ b\n",
                "content/b.md": "+++\n+++\n`{{< ⟦bxo⟧ a >}}`\n",
            },
            fixed="+++\n+++\n`{{</* bxo a */>}}`\n",
            framework="hugo",
            name="Hugo's shortcodes",
            safe=(None, False),
            message=(
                "`{{< box >}}` is never closed, and its template uses `.Inner`, so the build stops; add `{{< /box >}}`",
                "no template for the shortcode `bxo` exists in the site or in Hugo, so the build stops; did you mean `box`?",
            ),
        ),
        Bad(
            {
                "_config.yml": "title: A\n",
                "about.md": "---\n---\nA\n",
                "_posts/2024-01-02-a.md": "---\n---\n⟦{% link abuot.md %}⟧ `⟦{% post_url 2024-01-1-x %}⟧`",
            },
            framework="jekyll",
            name="pages that do not exist",
            message=(
                "`{% link abuot.md %}` leads to no page, so the build stops; correct the name",
                "`{% post_url 2024-01-1-x %}` leads to no page, so the build stops; correct the name",
            ),
        ),
        Bad(
            {
                "hugo.toml": "",
                "content/a.md": '+++\n+++\n`{{< ref "a.md" >}}` `⟦{{< relref "no.md" >}}⟧`\n',
            },
            framework="hugo",
            name="a reference in code to a page that does not exist",
        ),
        Good(
            {"hugo.toml": 'theme = "not-here"', "content/a.md": "+++\n+++\n{{< nope >}} {{</* nope */>}}\n"},
            framework="hugo",
            name="a theme that is not there",
        ),
        Bad(
            {
                "config.toml": 'base_url = "https://example.org"\n',
                "templates/shortcodes/box.html": "{{ body }}",
                "content/a.md": "+++\n+++\n{% box() %}a{% end %} `{{ ⟦bxo⟧(a=1) }}` {{ text }}\n",
            },
            fixed="+++\n+++\n{% box() %}a{% end %} `{{/* bxo(a=1) */}}` {{ text }}\n",
            framework="zola",
            name="Zola's shortcodes",
            safe=False,
        ),
    )

    def note(self, post: Document) -> Any:
        """What the engine stops at: message, hint, the unknown name, whether it is in code, span, edits of the fix."""
        read = template_stops(post)
        if read is None:
            return None
        engine, certain_stops = read
        text, start, code = post.text.readable, post.front_matter.body, post.body.code
        stopped = [_told(stop, engine) for stop in certain_stops]
        mended: set[Span] = set()
        noted = []
        for stop in stopped:
            region = next((span for span in code if span.start <= stop.span.start < span.end), None)
            edits: list[tuple[int, int, str]] = []
            safe = False
            if region is not None and region not in mended:
                mended.add(region)
                edits, certain = _repair(text, region, engine, [each.span for each in stopped])
                safe = certain and not stop.hint.startswith(_MEANT)
            noted.append((stop.message, stop.hint, stop.name, region is not None, stop.span, edits, safe, stop.outcome))
        if engine.kind == "liquid":
            noted += _dropped(text, start, engine, code, mended)
        pages = list(page_tags(post, engine))
        return (noted, pages) if noted or pages else None

    def check_site(self, site: Site, notes: Mapping[str, Any]) -> Iterable[SiteFinding]:
        uses = Counter(
            name for noted, _ in notes.values() for name in {each[2] for each in noted if each[2] and not each[3]}
        )
        for path, (noted, pages) in notes.items():
            yield from _findings(path, noted, uses)
            for span, written, paths in pages:
                if site.files is not None and not any(p in site.by_path or site.files.has_file(p) for p in paths):
                    message = f"`{written}` leads to no page, so the build stops; correct the name"
                    yield SiteFinding(path, Span(*span), message)


def _findings(path: str, noted: Any, uses: Counter[str]) -> Iterable[SiteFinding]:
    for message, hint, name, _, span, edits, safe, outcome in noted:
        if name and uses[name] >= _USUAL:
            if not name.startswith("filter"):
                break  # What it makes of the text behind it is not known.
            continue
        fix = None
        if edits:
            fix = Fix(_FIXES[edits[0][2][:2]], tuple(Edit(*edit) for edit in edits), "safe" if safe else "unsafe")
        ends = f"{message}, so {outcome}" if outcome else message
        severity = None if outcome else Severity.WARNING
        yield SiteFinding(path, Span(*span), f"{ends}; {hint}", None, fix, severity)


_FIXES = {"{%": "Put the code between `{% raw %}` and `{% endraw %}`", "/*": "Mark the shortcodes as text"}


def _told(stop: "Stop", engine: "Engine") -> "Stop":
    """`stop` with what to do about it."""
    if not stop.name:
        return stop
    kind, _, name = stop.name.partition(" ")
    from postlint.body.templates import known_tags

    near = closest(name, sorted(engine.filters or ()) if kind == "filter" else sorted(known_tags(engine)))
    if near:
        return stop._replace(hint=f"{_MEANT} `{near}`?")
    return (
        stop if stop.hint else stop._replace(hint=f"correct its name; {_RAW_HINT}" if kind == "filter" else _RAW_HINT)
    )


def _repair(text: str, region: Span, engine: "Engine", wrong: list[Span]) -> tuple[list[tuple[int, int, str]], bool]:
    """The edits that make text of the tags in the code `region`, and whether they change nothing else."""
    if engine.kind in ("hugo", "zola"):
        marks = list((_HUGO if engine.kind == "hugo" else _ZOLA).finditer(text, *region))
        edits = [(at, at, sign) for mark in marks for at, sign in ((mark.start(2), "/*"), (mark.end(2), "*/"))]
        return edits, engine.complete and all(
            any(mark.start() <= w.start < mark.end() for w in wrong) for mark in marks
        )
    if engine.kind == "hexo" or "raw" in text[region.start : region.end]:
        return [], False
    line = text.rfind("\n", 0, region.start) + 1
    end = region.end
    ending = "\r\n" if text[line - 2 : line] == "\r\n" else "\n"
    if "\n" not in text[region.start : region.end].strip("\n"):
        ending = ""
    elif line != region.start or text[line : line + 1] not in ("`", "~"):
        return [], False
    end = region.start + len(text[region.start : region.end].rstrip("\r\n"))
    edits = [(region.start, region.start, f"{{% raw %}}{ending}"), (end, end, f"{ending}{{% endraw %}}")]
    inside = [found.start() for found in _OPENING.finditer(text, *region)]
    return edits, engine.complete and all(any(w.start <= at < w.end for w in wrong) for at in inside)


def _dropped(text: str, start: int, engine: "Engine", code: tuple[Span, ...], mended: set[Span]) -> list[Any]:
    """What Liquid prints nothing for in code: the first of each piece of code, as `note` has it."""
    from postlint.body.templates.liquid import dropped

    spans = dropped(text, start, engine, code)
    noted = []
    for span in spans:
        region = next((each for each in code if each.start <= span.start < each.end), None)
        if region is None or region in mended:
            continue
        mended.add(region)
        edits, safe = _repair(text, region, engine, spans)
        printed = " ".join(text[span.start : span.end].split())
        message = f"Liquid prints nothing in place of `{printed}`, because no page has a value of that name"
        hint = "put the code between `{% raw %}` and `{% endraw %}`"
        noted.append((message, hint, "", True, span, edits, safe, ""))
    return noted
