"""Links from the root of a site that is served below a path: they lead beside it, unless the framework writes the path."""

import pytest

from postlint.files.files import MemoryFiles
from postlint.frameworks import load

POST = "---\ntitle: A\ndate: 2024-01-02\n---\n\n"
ROUTE = (
    "---\nexport const getStaticPaths = async () =>"
    " (await getCollection('blog')).map((p) => ({ params: { slug: p.id } }));\n---\n"
)
# Settings of a site that is served below /garden, the post, the address of another one, and its file.
SITES = {
    "astro": (
        {"astro.config.mjs": "export default { base: '/garden' };\n", "src/pages/blog/[...slug].astro": ROUTE},
        *("src/content/blog/a.md", "/blog/b/", "src/content/blog/b.md"),
    ),
    "eleventy": (
        {".eleventy.js": "module.exports = () => ({ pathPrefix: '/garden/' });\n"},
        *("posts/a.md", "/posts/b/", "posts/b.md"),
    ),
    "hexo": ({"_config.yml": "root: /garden/\n"}, "source/_posts/a.md", "/2024/01/02/b/", "source/_posts/b.md"),
    "hugo": (
        {"hugo.toml": "baseURL = 'https://a.org/garden/'\n[markup.goldmark.renderer]\nunsafe = true\n"},
        "content/posts/a.md",
        "/posts/b/",
        "content/posts/b.md",
    ),
    "jekyll": (
        {"_config.yml": "baseurl: /garden\n"},
        *("_posts/2024-01-02-a.md", "/2024/01/02/b.html", "_posts/2024-01-02-b.md"),
    ),
    "mkdocs": ({"mkdocs.yml": "site_url: https://a.org/garden/\n"}, "docs/a.md", "/b/", "docs/b.md"),
    "zola": ({"config.toml": "base_url = 'https://a.org/garden'\n"}, "content/a.md", "/b/", "content/b.md"),
}
# The framework writes the path itself in Markdown, not in HTML.
HALF = {
    "docusaurus": (
        {"docusaurus.config.js": "module.exports = { baseUrl: '/garden/', presets: [['classic', {}]] };\n"},
        *("blog/2024-01-02-a.md", "/blog/2024/01/03/b", "blog/2024-01-03-b.md"),
    ),
    "vitepress": ({".vitepress/config.ts": "export default { base: '/garden/' };\n"}, "a.md", "/b.html", "b.md"),
}


@pytest.fixture
def broken(write, main, tmp_path):
    """The messages about the links of one post, by target; what `--fix` makes of the post's text."""

    def check(framework, make, **more):
        files, path, address, other = {**SITES, **HALF}[framework]
        head = "+++\ntitle = 'A'\n+++\n\n" if framework == "zola" else POST
        write({**files, path: head + make(address), other: head, **more})
        choice = ("--framework", framework, "--select", "link-missing")
        found = main("check", *choice, "--output-format", "json").report["diagnostics"]
        main("check", *choice, "--fix", "--unsafe-fixes")
        messages = {d["message"].split("`")[1]: (d["severity"], d["message"]) for d in found}
        return address, messages, tmp_path.joinpath(path).read_text()[len(head) :]

    return check


@pytest.mark.parametrize("framework", sorted(SITES))
def test_a_link_that_lacks_the_path(broken, framework):
    address, messages, fixed = broken(
        framework, lambda to: f"[a]({to}#x) [b](/garden{to}) [c](/elsewhere/) [d](//x.y{to})\n"
    )
    remedy = f"the site is served below `/garden/`; write `/garden{address}#x`"
    assert messages == {f"{address}#x": ("error", f"broken link `{address}#x`: {remedy}")}
    assert fixed.startswith(f"[a](/garden{address}#x) [b](/garden{address}) ")


@pytest.mark.parametrize("framework", sorted({**SITES, **HALF}))
def test_a_link_in_html_that_lacks_the_path(broken, framework):
    address, messages, _ = broken(framework, lambda to: f'<a href="{to}">a</a> <a href="/garden{to}">b</a>\n')
    assert list(messages) == [address]


@pytest.mark.parametrize("framework", sorted(HALF))
def test_frameworks_that_write_the_path_in_markdown(broken, framework):
    assert broken(framework, lambda to: f"[a]({to})\n")[1] == {}


@pytest.mark.parametrize(
    ("framework", "more"),
    [
        ("hugo", {"hugo.toml": "baseURL = 'https://a.org/garden/'\ncanonifyURLs = true\n"}),
        ("hugo", {"layouts/_default/_markup/render-link.html": "{{ .Destination | relURL }}"}),
        ("hugo", {"static/CNAME": "a.org\n"}),
        ("jekyll", {"CNAME": "a.org\n"}),
        (
            "eleventy",
            {
                ".eleventy.js": "module.exports = (c) => { c.addPlugin(EleventyHtmlBasePlugin);"
                " return { pathPrefix: '/garden/' }; };"
            },
        ),
    ],
)
def test_sites_that_write_the_path_themselves(broken, framework, more):
    assert broken(framework, lambda to: f"[a]({to})\n", **more)[1] == {}


@pytest.mark.parametrize("base", ["a.org/garden", "https://a.org/garden/"])
def test_base_of_quartz_with_and_without_a_scheme(base):
    config = f"configuration:\n  baseUrl: {base}\nplugins: []\n"
    found = load("quartz")(MemoryFiles({"quartz.config.yaml": config.encode(), "content/b.md": b""}))
    assert found.address("content/b.md", {}).addresses == ("/garden/b",)
