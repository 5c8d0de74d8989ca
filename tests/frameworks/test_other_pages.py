"""Pages that are not Markdown: postlint does not check them, and a link to one is not reported as missing."""

import json

import pytest

_FRONT_MATTER = "---\ntitle: A\n---\n"
# The site, its post, and the links in it: each leads to a page that is not Markdown.
SITES = {
    "astro": (
        {
            "astro.config.mjs": "export default {};\n",
            "src/pages/about.astro": "",
            "src/pages/plain.html": "",
            "src/pages/feed.xml.ts": "",
            "src/pages/blog/[...slug].astro": "",
            "public/s.html": "",
        },
        "src/content/blog/a.md",
        ("/about/", "/about", "/plain/", "/feed.xml", "/s.html", "/blog/b/"),
    ),
    "docusaurus": (
        {
            "docusaurus.config.js": "module.exports = { url: 'https://example.org', presets: [['classic', {}]] };\n",
            "src/pages/jsx.js": "",
            "src/pages/sub/index.tsx": "",
            "static/s.html": "",
        },
        "docs/a.md",
        ("/jsx", "/sub/", "/s.html", "pathname:///s.html"),
    ),
    "eleventy": (
        {
            "eleventy.config.js": "export default function (c) { c.addPassthroughCopy('s.html'); }\n",
            "page.njk": "",
            "h.html": "",
            "l.liquid": "",
            "moved.njk": "---\npermalink: /elsewhere/\n---\n",
        },
        "posts/a.md",
        ("/page/", "/h/", "/l/", "/elsewhere/"),
    ),
    "gatsby": (
        {
            "gatsby-config.js": (
                "module.exports = { plugins: [{ resolve: 'gatsby-source-filesystem',"
                " options: { name: 'blog', path: `${__dirname}/content` } }] };\n"
            ),
            "src/pages/about.js": "",
            "static/s.html": "",
        },
        "content/a.md",
        ("/about/", "/s.html"),
    ),
    "hexo": (
        {
            "_config.yml": "url: http://example.org\n",
            "package.json": '{"dependencies": {"hexo": "^8.1.2"}}',
            "source/p.html": "",
            "source/d.json": "{}",
            "source/y.yml": "",
            "source/e.ejs": "",
        },
        "source/_posts/a.md",
        ("/p.html", "/d.json", "/y.json", "/e.html"),
    ),
    "hugo": (
        {
            "hugo.toml": "baseURL = 'https://example.org/'\n",
            "content/h.html": _FRONT_MATTER,
            "content/o.org": "#+title: A\n",
            "content/r.rst": _FRONT_MATTER,
            "content/d.adoc": _FRONT_MATTER,
            "static/s.html": "",
        },
        "content/posts/a.md",
        ("/h/", "/o/", "/r/", "/d/", "/s.html"),
    ),
    "jekyll": (
        {
            "_config.yml": "title: x\n",
            "h.html": _FRONT_MATTER,
            "sub/index.html": _FRONT_MATTER,
            "data.json": _FRONT_MATTER,
            "feed.xml": _FRONT_MATTER,
            "plain.html": "",
            "_posts/2024-01-06-t.txt": _FRONT_MATTER,
            "_posts/2024-01-07-h.html": _FRONT_MATTER,
            "moved.html": "---\npermalink: /elsewhere/\n---\n",
        },
        "_posts/2024-01-05-a.md",
        (
            *("/h.html", "/sub/", "/data.json", "/feed.xml", "/plain.html", "/elsewhere/"),
            *("/2024/01/06/t.txt", "/2024/01/07/h.html"),
        ),
    ),
    "mkdocs": (
        {"mkdocs.yml": "site_name: x\n", "docs/h.html": "", "docs/sub/index.html": "", "docs/d.json": "{}"},
        "docs/a.md",
        ("h.html", "sub/index.html", "d.json", "/h.html"),
    ),
    "next": (
        {
            "package.json": '{"dependencies": {"next": "^16"}}',
            "app/about/page.tsx": "",
            "app/blog/[slug]/page.tsx": "",
            "pages/old.js": "",
            "public/s.html": "",
        },
        "posts/a.md",
        ("/about", "/old", "/blog/b", "/s.html"),
    ),
    "none": ({"about.html": "", "static/s.html": ""}, "posts/a.md", ("/about.html", "/s.html", "../about.html")),
    "pelican": (
        {
            "pelicanconf.py": "PATH = 'content'\nSTATIC_PATHS = ['extra']\n",
            "content/r.rst": "R\n#\n:date: 2024-01-05\n",
            "content/h.html": "<html><head><title>H</title><meta name='date' content='2024-01-05'></head></html>",
            "content/extra/s.html": "",
        },
        "content/a.md",
        ("/r.html", "/h.html", "/extra/s.html", "{filename}r.rst", "{filename}h.html", "{static}extra/s.html"),
    ),
    "quarto": (
        {"_quarto.yml": "project:\n  type: website\n", "n.ipynb": "{}", "h.html": "", "sub/index.html": ""},
        "a.qmd",
        ("n.ipynb", "/n.html", "h.html", "/sub/"),
    ),
    "vitepress": (
        {".vitepress/config.mts": "export default {}\n", "public/s.html": "", "public/sub/index.html": ""},
        "a.md",
        ("/s.html", "/sub/index.html"),
    ),
    "vuepress": (
        {".vuepress/config.js": "module.exports = {}\n", ".vuepress/public/s.html": ""},
        "a.md",
        ("/s.html",),
    ),
    "zola": (
        {"config.toml": "base_url = 'https://example.org'\n", "static/s.html": "", "static/sub/index.html": ""},
        "content/a.md",
        ("/s.html", "/sub/", "/sub/index.html"),
    ),
}


@pytest.mark.parametrize("name", SITES)
def test_links_to_pages_that_are_not_markdown(write, main, name):
    files, post, links = SITES[name]
    head = "+++\n+++\n" if name == "zola" else "Title: A\nDate: 2024-01-05\n\n" if name == "pelican" else _FRONT_MATTER
    write({**files, post: head + "".join(f"[a]({link})\n\n" for link in links)})
    done = main("check", "--no-cache", "--select", "link-missing", "--framework", name, "--output-format", "json")
    assert [each["message"] for each in json.loads(done.out)["diagnostics"]] == []


@pytest.mark.parametrize("name", SITES)
def test_pages_that_are_not_markdown_are_not_checked(write, main, name):
    files, post, _ = SITES[name]
    write({**files, post: "+++\n+++\n" if name == "zola" else _FRONT_MATTER})
    told = main("inspect", "--output-format", "jsonl").out.splitlines()
    others = {each["path"] for each in map(json.loads, told)} - {post}
    assert others <= {"n.ipynb"}


@pytest.mark.parametrize("name", ["docusaurus", "eleventy", "jekyll", "mkdocs", "vitepress", "zola"])
def test_a_link_to_no_page_at_all(write, main, name):
    files, post, _ = SITES[name]
    head = "+++\n+++\n" if name == "zola" else _FRONT_MATTER
    dead = {"docusaurus": "/blog/2024/01/05/nope", "mkdocs": "nope.html"}.get(name, "/nope/nope/")
    write({**files, post: f"{head}[a]({dead})\n"})
    done = main("check", "--no-cache", "--select", "link-missing", "--framework", name, "--output-format", "json")
    assert len(json.loads(done.out)["diagnostics"]) == 1
