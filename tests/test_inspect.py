"""`postlint inspect` on small sites: what is known only from other posts, or from front matter that is no mapping."""

import json

import pytest

SITES = {
    "mkdocs": {"mkdocs.yml": "site_name: x\n"},
    "eleventy": {"eleventy.config.js": "export default function () {}\n"},
    "vitepress": {".vitepress/config.mjs": "export default { rewrites: { 'a.md': 'b.md' } };\n"},
    "pelican": {"pelicanconf.py": "PATH = 'content'\n"},
    "docusaurus": {"docusaurus.config.js": "module.exports = { baseUrl: '/', presets: [['classic', {}]] };\n"},
}


@pytest.fixture
def known(write, main):
    """What is printed of each post of a site, by its path."""

    def inspect(framework, posts):
        write({**SITES[framework], **posts})
        lines = main("inspect", "--output-format", "jsonl").out.splitlines()
        return {post["path"]: post for post in map(json.loads, lines)}

    return inspect


@pytest.mark.parametrize(
    ("framework", "posts", "addresses"),
    [
        ("mkdocs", {"docs/README.md": "", "docs/index.md": ""}, {"docs/README.md": [], "docs/index.md": ["/"]}),
        ("mkdocs", {"docs/a.md": "", "docs/a/index.md": ""}, {"docs/a.md": [], "docs/a/index.md": ["/a/"]}),
        ("eleventy", {"a.md": "", "a/index.md": ""}, {"a.md": [], "a/index.md": []}),
        ("vitepress", {"a.md": "", "b.md": ""}, {"a.md": [], "b.md": []}),
        (
            "pelican",
            dict.fromkeys(("content/a.md", "content/b.md"), "Title: T\nDate: 2024-01-05\n"),
            {"content/a.md": []},
        ),
        ("docusaurus", {"blog/a.md": "", "blog/a/index.md": ""}, {"blog/a.md": ["/blog/a"]}),
    ],
)
def test_two_posts_at_one_address(known, framework, posts, addresses):
    found = known(framework, posts)
    assert {path: found[path]["addresses"] for path in addresses} == addresses
    assert all(found[path]["reason"] and not found[path]["published"] for path in addresses if not addresses[path])


@pytest.mark.parametrize(
    ("framework", "path", "block", "values"),
    [
        ("eleventy", "a.md", "just text", "just text"),
        ("eleventy", "a.md", "- a\n- b", ["a", "b"]),
        ("docusaurus", "blog/a.md", "- a", ["a"]),
        ("vitepress", "a.md", "- a", {"0": "a"}),
        ("vitepress", "a.md", "tags:\n\t- a", {"tags": ["a"]}),
    ],
)
def test_front_matter_that_few_write(known, framework, path, block, values):
    assert known(framework, {path: f"---\n{block}\n---\n"})[path]["front_matter"] == values


def test_what_stops_the_build_has_no_date(known):
    site = {"mkdocs.yml": "site_name: x\nplugins: [blog]\n"}
    path = "docs/blog/posts/x.md"
    post = known("mkdocs", {**site, path: "---\ntitle: T\ndate: {created: 2024-01-05, updated: soon}\n---\n"})[path]
    assert (post["published"], post["reason"], post["dates"]["published"]) == (False, "error", None)
