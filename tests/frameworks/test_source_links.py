"""Where links lead on sites that make addresses of source files: the answers of real builds, and small sites."""

import json
from pathlib import Path

import pytest

from postlint.files.files import MemoryFiles
from postlint.frameworks import load

VECTORS = Path(__file__).parents[1] / "vectors"
SITES = {
    "mkdocs": {"mkdocs.yml": "site_name: x\n"},
    "vitepress": {".vitepress/config.mjs": "export default {};\n"},
    "pelican": {"pelicanconf.py": "PATH = 'content'\n"},
    "docusaurus": {"docusaurus.config.js": "module.exports = { baseUrl: '/', presets: [['classic', {}]] };\n"},
    "eleventy": {"eleventy.config.js": "export default function () {}\n"},
}
PAGED = "---\npagination: {data: x, size: 1, alias: tag}\npermalink: '/tags/{{ tag }}/'\n---\n"
PREFIX = "export default function (c) { %s return { pathPrefix: '/sub/' }; }\n"
DEAD = "export default { ignoreDeadLinks: %s }"
# What is never told to be missing: addresses of other hosts, those that lead out of the site, and lists.
NOT_JUDGED = ("localhost", "../up", 'href="/nope"', "{category}", "{tag}", "{author}", "{index}")


@pytest.fixture
def judged(write, main):
    """What becomes of the links in `text`, the post at `path`: each with its status."""

    def judge(framework, path, text, files=()):
        title = "Title: T{}\nDate: 2024-01-05\n\n" if framework == "pelican" else "---\ntitle: T{}\n---\n"
        posts = [name for name in files if name.endswith((".md", ".mdx"))]
        heads = {name: title.format(number) for number, name in enumerate(posts)}
        given = files if isinstance(files, dict) else {}
        rest = {name: given.get(name, "") for name in files if name not in heads}
        write({**SITES[framework], **{name: heads[name] + given.get(name, "") for name in heads}, **rest})
        write({path: title.format("") + text})
        known = [json.loads(line) for line in main("inspect", "--output-format", "jsonl").out.splitlines()]
        (post,) = (post for post in known if post["path"] == path)
        return {link["reference"]: link["status"] for link in post["links"]}

    return judge


@pytest.mark.parametrize("framework", ["mkdocs", "vitepress", "pelican", "docusaurus"])
def test_real_builds(judged, framework):
    with (VECTORS / f"{framework}.jsonl").open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["kind"] == "link"]
    assert rows
    texts = [row["reference"] if row["reference"][0] in "[<" else f"[a]({row['reference']})" for row in rows]
    files = [*rows[0]["files"], "blog/p-0.mdx"] if framework == "docusaurus" else rows[0]["files"]
    path = rows[-1]["path"]
    found = judged(framework, path, "\n\n".join(texts) + "\n\n# Heading one\n", files)
    for row, text in zip(rows, texts, strict=True):
        if any(mark in text for mark in NOT_JUDGED) or text.count("/x.html") or row["reference"].startswith("#"):
            continue
        target = text[text.index("(") + 1 : -1].strip("<>") if text[0] == "[" else text.split('"')[1]
        if target not in found:
            continue
        wanted = {"ok", "external", "unknown"} if row["result"] is not None else {"missing", "case", "unknown"}
        assert found[target] in wanted, row


@pytest.mark.parametrize(
    ("framework", "path", "target", "files", "status"),
    [
        ("vitepress", "a.md", "/none", {}, "missing"),
        (
            "vitepress",
            "a.md",
            "/sub/b",
            {".vitepress/config.mjs": "export default { base: '/x/' }", "sub/b.md": ""},
            "ok",
        ),
        ("vitepress", "a.md", "/none", {"[name].md": ""}, "unknown"),
        ("vitepress", "a.md", "/none", {"docs/[name].md": ""}, "missing"),
        ("vitepress", "a.md", "/docs/none", {"docs/[name].md": ""}, "unknown"),
        ("vitepress", "a.md", "/none", {".vitepress/config.mjs": DEAD % "true"}, "missing"),
        ("vitepress", "a.md", "/none", {".vitepress/config.mjs": DEAD % "'localhostLinks'"}, "missing"),
        ("vitepress", "a.md", "/none", {".vitepress/config.mjs": DEAD % "['/none']"}, "unknown"),
        ("vitepress", "a.md", "/none.html", {".vitepress/config.mjs": DEAD % "[/^\\/no/]"}, "unknown"),
        ("vitepress", "a.md", "/none", {".vitepress/config.mjs": DEAD % "['/other', /x/i]"}, "missing"),
        (
            *("vitepress", "src/a.md", "./b"),
            {".vitepress/config.mjs": "export default { rewrites: { 'src/:page': ':page' } }", "src/b.md": ""},
            "ok",
        ),
        ("mkdocs", "docs/a.md", "../b/", {"docs/b.md": ""}, "ok"),
        ("mkdocs", "docs/a.md", "b/", {"docs/b.md": "", "mkdocs.yml": "site_url: https://e.org\n"}, "missing"),
        ("mkdocs", "docs/a.md", "/tools/", {"mkdocs.yml": "site_name: x\n"}, "unknown"),
        (
            "mkdocs",
            "docs/a.md",
            "/blog/category/x/",
            {"mkdocs.yml": "site_url: https://e.org\ntheme: material\nplugins: [blog]\n"},
            "missing",
        ),
        ("mkdocs", "docs/a.md", "/sub/b/", {"docs/b.md": "", "mkdocs.yml": "site_url: https://e.org/sub/\n"}, "ok"),
        ("pelican", "content/a.md", "{filename}b.md", {"content/b.md": ""}, "ok"),
        ("pelican", "content/a.md", "{filename}c.md", {"content/b.md": ""}, "missing"),
        ("pelican", "content/a.md", "{attach}b.md", {"content/b.md": ""}, "missing"),
        ("pelican", "content/a.md", "/t0.html", {"content/b.md": ""}, "ok"),
        ("pelican", "content/a.md", "/tags.html", {}, "ok"),
        ("docusaurus", "blog/a.md", "/blog/2024/01/05/x", {"blog/2024-01-05-x.md": ""}, "ok"),
        ("docusaurus", "blog/a.md", "/blog/2024/01/05/y", {"blog/2024-01-05-x.md": ""}, "missing"),
        ("docusaurus", "blog/a.md", "/blog/tags/x", {}, "missing"),
        ("docusaurus", "blog/a.md", "/about", {"src/pages/about.tsx": ""}, "ok"),
        ("docusaurus", "blog/a.md", "/elsewhere", {}, "missing"),
        ("docusaurus", "blog/a.md", "/docs/none", {}, "unknown"),
        ("docusaurus", "blog/a.md", "/search", {}, "unknown"),
        ("docusaurus", "blog/a.md", "/docs/tags", {}, "unknown"),
        (
            *("docusaurus", "blog/a.md", "/elsewhere"),
            {"docusaurus.config.js": "module.exports = { presets: [['classic', {}]], plugins: ['./mine'] };\n"},
            "unknown",
        ),
        ("docusaurus", "blog/a.md", "pathname:///elsewhere", {}, "unknown"),
        ("docusaurus", "blog/a.md", "@site/docs/b.md", {"docs/b.md": ""}, "ok"),
        (
            *("docusaurus", "versioned_docs/version-1.0/a.md", "./c.md"),
            {"versions.json": '["1.0"]', "docs/c.md": "", "versioned_docs/version-1.0/b.md": ""},
            "missing",
        ),
        ("eleventy", "posts/a.md", "/posts/b/", {"posts/b.md": ""}, "ok"),
        ("eleventy", "posts/a.md", "../b/", {"posts/b.md": ""}, "ok"),
        ("eleventy", "posts/a.md", "/tags/", {}, "missing"),
        ("eleventy", "posts/a.md", "/tags/", {"tags.njk": ""}, "unknown"),
        ("eleventy", "posts/a.md", "/list/", {"tags.njk": "---\npermalink: /list/\n---\n"}, "unknown"),
        (
            "eleventy",
            "posts/a.md",
            "/none/",
            {"posts/posts.11tydata.js": "module.exports = { permalink: own() }"},
            "unknown",
        ),
        ("eleventy", "posts/a.md", "/tags/x/", {"tags.njk": PAGED}, "unknown"),
        ("eleventy", "posts/a.md", "/none/", {"tags.njk": PAGED}, "missing"),
        ("eleventy", "posts/a.md", "/page/2/", {"page.njk": "---\npagination: {data: x, size: 2}\n---\n"}, "unknown"),
        ("eleventy", "posts/a.md", "/none/", {"tags.11ty.js": "module.exports = class {}"}, "unknown"),
        ("eleventy", "posts/a.md", "/none/", {"tags.njk": "---\npermalink: '{{ x }}'\n---\n"}, "unknown"),
        ("eleventy", "posts/a.md", "/feed.xml", {}, "unknown"),
        ("eleventy", "posts/a.md", "/README/", {"README.md": ""}, "unknown"),
        ("eleventy", "posts/a.md", "/posts/a/", {"eleventy.config.js": PREFIX % ""}, "missing"),
        ("eleventy", "posts/a.md", "/sub/posts/a/", {"eleventy.config.js": PREFIX % ""}, "ok"),
        ("eleventy", "posts/a.md", "{{ '/posts/a/' | url }}", {"eleventy.config.js": PREFIX % ""}, "ok"),
        ("eleventy", "posts/a.md", "/posts/a/", {"eleventy.config.js": PREFIX % "c.addPlugin(HtmlBasePlugin);"}, "ok"),
        (
            *("eleventy", "posts/a.md", "/none/"),
            {"eleventy.config.js": "export default (c) => { c.addTemplate('x.njk', '', {}); }\n"},
            "unknown",
        ),
        ("eleventy", "posts/a.md", "./b.md", {"posts/b.md": ""}, "missing"),
        ("eleventy", "posts/a.md", "{{ '/posts/b/' | url }}", {"posts/b.md": ""}, "ok"),
        ("eleventy", "posts/a.md", '{{ "posts/c.md" | inputPathToUrl }}', {"posts/b.md": ""}, "missing"),
    ],
)
def test_links(judged, framework, path, target, files, status):
    assert judged(framework, path, f"[a](<{target}>)\n", files) == {target: status}


@pytest.mark.parametrize(
    ("framework", "path", "headings", "anchors"),
    [
        ("mkdocs", "docs/a.md", ["Intro", "Intro", "日本語"], {"intro", "intro_1", "_1"}),
        ("vitepress", "a.md", ["1.2 Émile", "Foo", "Foo", ":tada: it's"], {"_1-2-emile", "foo", "foo-1", "it-s"}),
        ("docusaurus", "docs/a.md", ["C++ & C#", "Foo", "Foo"], {"c--c", "foo", "foo-1"}),
    ],
)
def test_anchors(framework, path, headings, anchors):
    from postlint.files.files import MemoryFiles
    from postlint.frameworks import load

    site = load(framework)(MemoryFiles({name: text.encode() for name, text in SITES[framework].items()}))
    assert anchors <= set(site.anchors(path, headings))


def test_anchors_that_the_settings_make():
    from postlint.files.files import MemoryFiles
    from postlint.frameworks import load

    for text in ("markdown_extensions: [{toc: {slugify: x}}]", "markdown_extensions: [pymdownx.snippets]"):
        assert load("mkdocs")(MemoryFiles({"mkdocs.yml": text.encode()})).anchors("docs/a.md", ["A"]) is None
    assert load("pelican")(MemoryFiles({"pelicanconf.py": b""})).anchors("content/a.md", ["A"]) is None


def test_a_missing_page_of_myst_has_the_name_that_is_written():
    found = load("mystmd")(MemoryFiles({"myst.yml": b"version: 1\nproject:\n  title: T\n", "a.md": b"A\n"}))
    assert found.link("a.md", {}, "other.md", "markdown").paths == ("other.md",)
    assert found.link("a.md", {}, "other", "markdown").paths == ("other", "other.md", "other.ipynb")
