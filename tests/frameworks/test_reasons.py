"""Every reason that a framework gives for making no page of a post is asked for by the post, or a rule reports it."""

import ast
import json
import re

import pytest
from conftest import ROOT

FRAMEWORKS = ROOT / "src" / "postlint" / "frameworks"
ZOLA = {"config.toml": 'base_url = "https://example.org"\ntaxonomies = [{name = "tags"}]\n'}
HUGO = {"hugo.toml": 'baseURL = "https://example.org/"\n'}
MKDOCS = {"mkdocs.yml": "site_name: A\ntheme: material\nplugins: [blog]\n"}
ASTRO = {"astro.config.mjs": "export default {}\n"}
ELEVENTY = {"eleventy.config.js": "export default function () {}\n", "package.json": '{"type": "module"}'}
DOCUSAURUS = {"docusaurus.config.js": "module.exports = { presets: [['classic', {}]] };\n"}
HEXO = {"_config.yml": "title: A\n", "package.json": '{"hexo": {}}'}
JEKYLL = {"_config.yml": "title: A\n", "Gemfile": "gem 'jekyll'\n"}
PELICAN = {"pelicanconf.py": "PATH = 'content'\n"}
VITEPRESS = {".vitepress/config.mts": "export default {}\n"}
NUXT = {
    "nuxt.config.ts": "export default defineNuxtConfig({ modules: ['@nuxt/content'] })\n",
    "package.json": '{"dependencies": {"@nuxt/content": "^3.0.0"}}',
    "app/pages/[...slug].vue": "<script setup>queryCollection('content')</script>",
}
NUXT_SOURCE = (
    "export default defineContentConfig({ collections: { a: defineCollection({ type: 'page', source: '%s' }) } })"
)
ZENSICAL = {"zensical.toml": "[project]\n"}
ZENSICAL_TAGS = {"zensical.toml": "[project]\nplugins = [{tags = {tags_allowed = ['a']}}]\n"}
MYST = {"myst.yml": "version: 1\nproject:\n  title: T\n", "index.md": "A\n"}
ABLOG = {"conf.py": "extensions = ['myst_parser', 'ablog']\n"}
SVELTEKIT = {
    "svelte.config.js": "import { mdsvex } from 'mdsvex'\nexport default { preprocess: [mdsvex({ extensions: ['.md'] })] }\n"
}
FUMADOCS = {
    "package.json": '{"dependencies": {"fumadocs-mdx": "15"}}',
    "source.config.ts": "export const docs = defineDocs({ dir: 'content/docs' })\n",
    "lib/source.ts": "import { docs } from '../.source/server'\n"
    "export const source = loader({ baseUrl: '/docs', source: docs.toFumadocsSource() })\n",
}
NIKOLA = {"conf.py": "POSTS = (('posts/*.md', 'posts', ''),)\nCOMPILERS = {'markdown': ('.md',)}\nPRETTY_URLS = True\n"}
QUARTZ_CONFIG = """const config: QuartzConfig = {
  configuration: {},
  plugins: { transformers: [], filters: [], emitters: [Plugin.ContentPage()] },
}
export default config
"""
ROUTE = """---
export const getStaticPaths = async () =>
  (await getCollection("blog")).map((post) => ({ params: { slug: post.id }, props: post }));
---
"""


def yaml(*lines):
    return "\n".join(("---", *lines, "---", ""))


def toml(*lines):
    return "\n".join(("+++", *lines, "+++", ""))


# Site, path of the post, its text: the framework makes no page of it.
CASES = [
    (ASTRO, "src/content/blog/a#.md", "A\n"),
    (ASTRO, "src/content/blog/!.md", "A\n"),
    (
        {
            "astro.config.mjs": "export default { integrations: [] }\n",
            "package.json": '{"dependencies": {"astro": "^6.0.0"}}',
        },
        "src/content/blog/a.mdx",
        "A\n",
    ),
    ({**ASTRO, "package.json": '{"dependencies": {"astro": "^5.0.0"}}'}, "src/content/blog/a.md", yaml("slug: 1")),
    ({**ASTRO, "src/pages/[slug].astro": ROUTE}, "src/content/blog/a/b.md", "A\n"),
    (
        {
            "astro.config.mjs": "export default { build: { format: 'file' } }\n",
            "package.json": '{"dependencies": {"astro": "^7.0.0"}}',
            "src/pages/[...slug].astro": ROUTE,
        },
        "src/content/blog/index.md",
        "A\n",
    ),
    (HEXO, "source/_posts/a.md", yaml("date: 2024-01-05", "permalink: ../up/")),
    (ELEVENTY, "a.md", yaml("permalink: ../up/")),
    ({**ELEVENTY, "a.njk": "A\n"}, "a.md", "A\n"),
    ({**MKDOCS, "docs/index.html": "<p>A</p>\n"}, "docs/README.md", "# A\n"),
    (DOCUSAURUS, "blog/a.md", yaml("slug: [a]")),
    (DOCUSAURUS, "blog/a.md", yaml("slug: ''")),
    (DOCUSAURUS, "docs/a.md", yaml("slug: 'a#b'")),
    (DOCUSAURUS, "docs/a.md", yaml("id: a/b")),
    (DOCUSAURUS, "docs/a.md", yaml("draft: true", "unlisted: true")),
    (DOCUSAURUS, "docs/a.md", yaml("toc_min_heading_level: 5", "toc_max_heading_level: 3")),
    (DOCUSAURUS, "docs/a.md", yaml("toc_min_heading_level: 9")),
    (DOCUSAURUS, "docs/a.md", yaml("sidebar_position: first")),
    (DOCUSAURUS, "docs/a.md", yaml("image: ''")),
    (DOCUSAURUS, "docs/a.md", yaml("hide_title: maybe")),
    (DOCUSAURUS, "docs/a.md", yaml("tags: a")),
    (DOCUSAURUS, "docs/a.md", yaml("tags: [{label: a}]")),
    (DOCUSAURUS, "docs/a.md", yaml("tags: [[a]]")),
    (DOCUSAURUS, "docs/a.md", yaml("keywords: a")),
    (DOCUSAURUS, "docs/a.md", yaml("keywords: []")),
    (DOCUSAURUS, "docs/a.md", yaml("title: [a]")),
    (DOCUSAURUS, "docs/a.md", yaml("id: ''")),
    (DOCUSAURUS, "docs/a.md", yaml("last_update: {}")),
    (DOCUSAURUS, "docs/a.md", yaml("last_update: {date: [1]}")),
    (DOCUSAURUS, "blog/a.md", yaml("date: [2024-01-02]")),
    (DOCUSAURUS, "blog/a.md", yaml("date: soon")),
    (DOCUSAURUS, "blog/a.md", yaml("authors: [{url: a}]")),
    (DOCUSAURUS, "blog/a.md", yaml("authors: [[a]]")),
    (
        {
            "docusaurus.config.js": "module.exports = { i18n: { defaultLocale: 'en', locales: ['en', 'fr'] },"
            " presets: [['classic', {}]] };\n",
            "blog/a.md": "A\n",
        },
        "i18n/fr/docusaurus-plugin-content-blog/b.md",
        "B\n",
    ),
    (ELEVENTY, "a.markdown", "A\n"),
    (ELEVENTY, "a.md", yaml("permalink: /a")),
    (ELEVENTY, "a.md", yaml("permalink: true")),
    (ELEVENTY, "a.md", yaml("layout: [a]")),
    (ELEVENTY, "a.md", yaml("layout: gone.njk")),
    (ELEVENTY, "a.md", yaml("tags: 1")),
    (ELEVENTY, "a.md", yaml("date: soon")),
    (ELEVENTY, "a.md", yaml("date: [2024-01-02]")),
    (ELEVENTY, "a.md", yaml("content: a")),
    (ELEVENTY, "a.md", yaml("pagination: {data: list}", "list: [1]", "permalink: '/{{ pagination.pageNumber }}/'")),
    (ELEVENTY, "a.md", yaml("pagination: {data: list, size: 1}", "list: [1, 2]", "permalink: /same/")),
    (ELEVENTY, "a.md", yaml("pagination: {data: list, size: 1}", "list: []", "permalink: /same/")),
    (ELEVENTY, "a.md", "---toml\na = 1\n---\n"),
    (HEXO, "source/_posts/a~b%.md", "---\ntitle: A\n---\n"),
    (HEXO, "source/_posts/a.MD", "---\ntitle: A\n---\n"),
    (HEXO, "source/_posts/a.md", yaml("permalink: [a]")),
    ({**HEXO, "_config.yml": "post_asset_folder: true\n"}, "source/_posts/a.markdown", yaml("title: A")),
    (HUGO, "content/a.md", yaml("url: https://example.org/a/")),
    (HUGO, "content/a.md", yaml("url: 'a%zz'")),
    (HUGO, "content/a.md", yaml("_build:", "  render: never")),
    (HUGO, "content/a.md", yaml("aliases: [https://example.org/a/]")),
    (HUGO, "content/a.md", yaml("aliases: [/]")),
    (HUGO, "content/a.md", yaml("markup: word")),
    (HUGO, "content/a.md", yaml("build: never")),
    (HUGO, "content/a.md", yaml("params: a")),
    (HUGO, "content/a.md", yaml("cascade: a")),
    (HUGO, "content/a.md", yaml("outputs: [gone]")),
    (HUGO, "content/a.md", yaml("date: soon")),
    (HUGO, "content/a.md", '{"date": 20240102}\n'),
    (HUGO, "content/a.md", yaml("- a")),
    (HUGO, "content/a.mkd", yaml("title: A")),
    (
        {**HUGO, ".hugo_version": "", "netlify.toml": '[build.environment]\nHUGO_VERSION = "0.140.0"\n'},
        "content/a.md",
        yaml("published: false"),
    ),
    ({**HUGO, "content/posts/index.md": yaml("title: A")}, "content/posts/b.md", yaml("title: B")),
    ({**HUGO, "content/posts/b/index.md": yaml("title: A")}, "content/posts/b.md", yaml("title: B")),
    (JEKYLL, "_posts/my_first_day.md", yaml("title: A")),
    (JEKYLL, "_posts/2024-13-45-a.md", yaml("title: A")),
    (JEKYLL, "_posts/2024-01-02-a.md", yaml("permalink: [a]")),
    (JEKYLL, "a.md", yaml("permalink: ''")),
    (JEKYLL, "_posts/2024-01-02-a.md", yaml("permalink: /:nothing/")),
    (JEKYLL, "_posts/2024-01-02-a.md", yaml("slug: [a]")),
    (JEKYLL, "_posts/2024-01-02-a.md", yaml("date: soon")),
    (JEKYLL, "_posts/2024-01-02-a.md", yaml("date:")),
    (MKDOCS, "docs/blog/posts/a.md", "# A\n"),
    (MKDOCS, "docs/blog/posts/a.md", yaml("title: A")),
    (MKDOCS, "docs/blog/posts/a.md", yaml("date: soon")),
    (MKDOCS, "docs/blog/posts/a.md", yaml("date: 2024-01-02", "draft: maybe")),
    (MKDOCS, "docs/blog/posts/a.md", yaml("date: 2024-01-02", "readtime: a")),
    (MKDOCS, "docs/blog/posts/a.md", yaml("date: 2024-01-02", "hide: a")),
    (MKDOCS, "docs/blog/posts/a.md", yaml("date: 2024-01-02", "categories: a")),
    (MKDOCS, "docs/blog/posts/a.md", yaml("date: 2024-01-02", "slug: 1")),
    (MKDOCS, "docs/blog/posts/a.md", yaml("date: 2024-01-02", "title: 1")),
    ({"mkdocs.yml": "site_name: A\ntheme: material\nplugins: [tags]\n"}, "docs/a.md", yaml("tags: a")),
    ({"mkdocs.yml": "site_name: A\ntheme: material\nplugins: [tags]\n"}, "docs/a.md", yaml("tags: [[a]]")),
    (
        {"mkdocs.yml": "site_name: A\ntheme: material\nplugins:\n  - blog:\n      categories_allowed: [b]\n"},
        "docs/blog/posts/a.md",
        yaml("date: 2024-01-02", "categories: [a]"),
    ),
    (
        {"mkdocs.yml": "site_name: A\ntheme: material\nplugins:\n  - blog:\n      post_url_format: '{year}/{slug}'\n"},
        "docs/blog/posts/a.md",
        yaml("date: 2024-01-02"),
    ),
    (
        {"mkdocs.yml": "site_name: A\ntheme: material\nplugins:\n  - blog:\n      post_excerpt: required\n"},
        "docs/blog/posts/a.md",
        yaml("date: 2024-01-02"),
    ),
    (PELICAN, "content/a.md", "Date: 2024-01-02\n\nA\n"),
    (PELICAN, "content/a.md", "Title: A\n\nA\n"),
    (PELICAN, "content/a.md", "Title: A\nDate: soon\n\nA\n"),
    (PELICAN, "content/a.md", "Title: A\nDate: 2024-01-02\nStatus: public\n\nA\n"),
    (PELICAN, "content/a.md", "Title: A\nDate: 2024-01-02\nSave_as: ../a.html\n\nA\n"),
    (PELICAN, "content/a.md", "Title: A\nDate: 2024-01-02\nSlug: ../../a\n\nA\n"),
    (
        {"pelicanconf.py": "PATH = 'content'\nARTICLE_SAVE_AS = '{series}/{slug}.html'\n"},
        "content/a.md",
        "Title: A\nDate: 2024-01-02\n\nA\n",
    ),
    (NUXT, "content/a.md", yaml("path: /a b")),
    (NUXT, "content/a.md", yaml("seo: true")),
    ({**NUXT, "content.config.ts": NUXT_SOURCE % "a-*.md"}, "content/a-b.md", "A\n"),
    ({"quartz.config.ts": QUARTZ_CONFIG}, "content/a/index.md", "A\n"),
    ({"quartz.config.ts": QUARTZ_CONFIG}, "content/a.md", yaml("text")),
    (ZENSICAL, "docs/a.md", yaml()),
    (ZENSICAL, "docs/a.md", yaml("hide: 1")),
    (ZENSICAL, "docs/a.md", yaml("template: nope.html")),
    (ZENSICAL_TAGS, "docs/a.md", yaml("tags: a")),
    (ZENSICAL_TAGS, "docs/a.md", yaml("tags: [[a]]")),
    (ZENSICAL_TAGS, "docs/a.md", yaml("tags: [b]")),
    (MYST, "日本語.md", "A\n"),
    (MYST, "a.md", yaml("authors: [A, null]")),
    *(
        (ABLOG, "a.md", yaml("blogpost: true", line))
        for line in ("image: a.png", "nocomments: true", "date:", "date: soon")
    ),
    (ABLOG, "a.md", yaml("blogpost: true", "date: 2024-01-02T10:00:00Z")),
    (SVELTEKIT, "src/routes/a/+page.md", yaml("class: a")),
    (SVELTEKIT, "src/routes/a/+page.md", yaml("text")),
    (FUMADOCS, "content/docs/(a).mdx", yaml("title: A")),
    (FUMADOCS, "content/docs/a#b.mdx", yaml("title: A")),
    (NIKOLA, "posts/a.md", "<!--\n.. title: A\n-->\n"),
    (NIKOLA, "posts/a.md", yaml()),
    (NIKOLA, "posts/a.md", yaml("text")),
    *(
        (NIKOLA, "posts/a.md", yaml("date: '2024-01-02'", line))
        for line in ("slug: 1", "title: 1", "tags: 5", "updated: soon")
    ),
    (NIKOLA, "posts/a.md", yaml("date: 2024")),
    (VITEPRESS, "a%b.md", "A\n"),
    (VITEPRESS, "a.html.md", "A\n"),
    (ZOLA, "content/a.markdown", toml("title = 'A'")),
    (ZOLA, "content/a.md", "A\n"),
    (ZOLA, "content/a.md", yaml("- a")),
    (ZOLA, "content/_index.md", toml("date = 2024-01-02")),
    (ZOLA, "content/a.md", yaml("date:")),
    (ZOLA, "content/a.md", toml("date = 'soon'")),
    (ZOLA, "content/a.md", toml("slug = ''")),
    (ZOLA, "content/a.md", toml("path = '/'")),
    (ZOLA, "content/a.md", toml("title = 1")),
    (ZOLA, "content/a.md", toml("draft = 'yes'")),
    (ZOLA, "content/a.md", toml("weight = '1'")),
    (ZOLA, "content/a.md", toml("authors = 'A'")),
    (ZOLA, "content/a.md", toml("extra = 1")),
    (ZOLA, "content/a.md", toml("taxonomies = 1")),
    (ZOLA, "content/a.md", toml("taxonomies.tags = 'a'")),
    (ZOLA, "content/a.md", toml("taxonomies.tags = ['']")),
    (ZOLA, "content/a.md", toml("taxonomies.tag = ['a']")),
    (ZOLA, "content/a.md", toml("template = 'gone.html'")),
    (ZOLA, "content/_index.fr.md", toml("title = 'A'")),
    ({"config.toml": f"{ZOLA['config.toml']}[languages.fr]\n"}, "content/a.de.md", toml("title = 'A'")),
    ({**ZOLA, "content/a/_index.md": toml("title = 'A'")}, "content/a/index.md", toml("title = 'B'")),
]
# Two posts at one address, of which `slug-duplicate` reports both.
CONTESTED = (
    "several posts have this address",
    "`…` has the same address",
    "`…` has the same address and takes its place",
)
CONTESTED += tuple(f"{name} leaves out a README beside an index" for name in ("MkDocs", "Zensical"))
# Why an address is not known: the post is published all the same.
UNKNOWN = (
    *("the site's own code makes the ids", "the site's own code makes the addresses", "a plugin gives `:…`"),
    *("its date, which is part of the address, is not known", "what `…` stands for is not known"),
    "the day in its address depends on the builder's time zone",
)
# What is wrong with a date: `date-invalid` reports it.
DATES = re.compile(r".*(?:\bas a date|is a placeholder|there is no month|since 1970).*")


@pytest.mark.parametrize(("site", "path", "text"), CASES, ids=[f"{path} {text[:40]!r}" for _, path, text in CASES])
def test_a_rule_reports_what_inspect_knows(write, main, site, path, text):
    write({**site, path: text})
    known = _known(main, path)
    assert known["published"] is False, known
    assert known["reason"]
    found = json.loads(main("check", "--no-cache", "--output-format", "json").out)["diagnostics"]
    mine = [(each["rule"], each["field"], each["message"]) for each in found if each["path"] == path]
    assert mine
    fields = [field for _, field, _ in mine if field]
    assert len(fields) == len({*fields}), mine


def test_the_cases_have_every_reason(write, main, tmp_path):
    given = set()
    for number, (site, path, text) in enumerate(CASES):
        root = write({**site, path: text}, tmp_path / str(number))
        given.add(_known(main, path, cwd=root)["reason"].removeprefix("error: ").removesuffix("; the build stops"))
    missing = {
        template: where
        for template, where in _verdicts().items()
        if not any(re.fullmatch(template, reason) for reason in given)
    }
    assert not missing, "\n".join(f"{where}: {template}" for template, where in missing.items())


def _known(main, path, **where):
    (line,) = main("inspect", "--output-format", "jsonl", path, **where).out.splitlines()
    return json.loads(line)


def _verdicts():
    """The reasons in the frameworks' code that keep a post from being published without being asked for: a pattern of
    the sentence, and where it is."""
    out = {}
    for file in sorted(FRAMEWORKS.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Reason", "_refused") and node.args:
                if _is_asked(node) or _is_of_another_answer(node, parents):
                    continue
                sentence = _sentence(node.args[0])
                if (
                    sentence
                    and not sentence.startswith("postlint ")
                    and sentence not in (*CONTESTED, *UNKNOWN)
                    and not DATES.fullmatch(sentence)
                ):
                    pattern = ".*".join(map(re.escape, sentence.split("…")))
                    out[pattern] = f"{file.relative_to(FRAMEWORKS)}:{node.lineno}"
    return out


def _is_asked(node):
    return any(each.arg == "asked" and getattr(each.value, "value", None) is True for each in node.keywords)


def _is_of_another_answer(node, parents):
    """Whether the reason says why an address is not known, or what is wrong with a date."""
    while node in parents:
        child, node = node, parents[node]
        if _is_call(node, "Moment") or _gives_no_address(node):
            return True
        if _is_call(node, "Address"):
            return False
        if isinstance(child, ast.Assign):
            following = node.body[node.body.index(child) + 1 :] if child in getattr(node, "body", ()) else ()
            if following and any(map(_gives_no_address, ast.walk(following[0]))):
                return True
        if isinstance(node, ast.FunctionDef):
            return node.name in NOT_VERDICTS
    return True


def _gives_no_address(node):
    return _is_call(node, "Address") and bool(node.args) and getattr(node.args[0], "value", ...) is None


def _is_call(node, name):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == name


NOT_VERDICTS = {"moment", "utc"}


def _sentence(node):
    """The sentence that an expression makes, with `…` for what it fills in; None for a name."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
    return None
