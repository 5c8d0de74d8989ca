"""Addresses on the site's own host: judged like paths from the root, wherever the site alone could answer."""

import json

import pytest

from postlint.frameworks.own_host import Home, home

POST = "---\ntitle: A\ndate: 2024-01-02\nlayout: base\n---\n\n"
PNG = "\x89PNG"
ROUTE = (
    "---\nexport const getStaticPaths = async () =>"
    " (await getCollection('blog')).map((p) => ({ params: { slug: p.id } }));\n---\n"
)
ELEVENTY = "module.exports = (c) => { c.addPassthroughCopy('img'); return { dir: { includes: '_includes' } }; };\n"
# Files of a site whose address is https://garden.example, the post, and the image that it has.
SITES = {
    "astro": (
        {
            "astro.config.mjs": "export default { site: 'https://garden.example' };\n",
            "src/pages/blog/[...slug].astro": ROUTE,
        },
        "src/content/blog/a.md",
        "public/img/leaf.png",
    ),
    "docusaurus": (
        {
            "docusaurus.config.js": "module.exports = { url: 'https://garden.example', baseUrl: '/',"
            " presets: [['classic', {}]] };\n"
        },
        "blog/2024-01-02-a.md",
        "static/img/leaf.png",
    ),
    "eleventy": (
        {".eleventy.js": ELEVENTY, "_data/site.json": '{"url": "https://garden.example"}', "_includes/base.njk": ""},
        "posts/a.md",
        "img/leaf.png",
    ),
    "gatsby": (
        {
            "gatsby-config.js": "module.exports = { siteMetadata: { siteUrl: 'https://garden.example' }, plugins: [{"
            " resolve: 'gatsby-source-filesystem', options: { path: `${__dirname}/content/blog`, name: 'b' } }] };\n"
        },
        "content/blog/a/index.md",
        "static/img/leaf.png",
    ),
    "hexo": (
        {"_config.yml": "url: https://garden.example\ntheme: t\n", "themes/t/layout/a.ejs": ""},
        "source/_posts/a.md",
        "source/img/leaf.png",
    ),
    "hugo": (
        {"hugo.toml": "baseURL = 'https://garden.example/'\n[markup.goldmark.renderer]\nunsafe = true\n"},
        "content/posts/a.md",
        "static/img/leaf.png",
    ),
    "jekyll": ({"_config.yml": "url: https://garden.example\n"}, "_posts/2024-01-02-a.md", "img/leaf.png"),
    "mkdocs": ({"mkdocs.yml": "site_url: https://garden.example/\n"}, "docs/a.md", "docs/img/leaf.png"),
    "next": (
        {
            "next.config.js": "module.exports = {};\n",
            "package.json": '{"dependencies": {"next": "15.0.0"}}',
            "data/siteMetadata.js": "module.exports = { siteUrl: 'https://garden.example' };\n",
        },
        "content/a.md",
        "public/img/leaf.png",
    ),
    "pelican": (
        {
            "pelicanconf.py": "SITEURL = ''\nSTATIC_PATHS = ['img']\n",
            "publishconf.py": "SITEURL = 'https://garden.example'\n",
        },
        "content/a.md",
        "content/img/leaf.png",
    ),
    "quarto": (
        {"_quarto.yml": "project:\n  type: website\nwebsite:\n  site-url: https://garden.example\n"},
        "posts/a.qmd",
        "img/leaf.png",
    ),
    "vitepress": (
        {".vitepress/config.ts": "export default { sitemap: { hostname: 'https://garden.example' } };\n"},
        "a.md",
        "public/img/leaf.png",
    ),
    "vuepress": (
        {
            ".vuepress/config.js": "import { defineUserConfig } from 'vuepress';\n"
            "export default defineUserConfig({ plugins: [sitemapPlugin({ hostname: 'https://garden.example' })] });\n"
        },
        "a.md",
        ".vuepress/public/img/leaf.png",
    ),
    "zola": ({"config.toml": "base_url = 'https://garden.example'\n"}, "content/a.md", "static/img/leaf.png"),
}


@pytest.fixture
def found(write, main):
    """The findings about a post on a site of a framework: severities and messages by the address that they name."""

    def check(framework, text, **more):
        files, path, image = SITES[framework]
        head = "+++\ntitle = 'A'\n+++\n\n" if framework == "zola" else POST
        write({**files, image: PNG, path: head + text + "\n", **more})
        arguments = ("--framework", framework, "--select", "link-missing,image-missing,image-case")
        report = main("check", *arguments, "--output-format", "json").report
        return {d["message"].split("`")[1]: (d["severity"], d["message"]) for d in report["diagnostics"]}

    return check


@pytest.mark.parametrize("framework", sorted(SITES))
def test_an_image_on_the_own_host_that_is_not_there(found, framework):
    there = "![a](https://garden.example/img/leaf.png) ![b](//www.garden.example/img/leaf.png?v=2) "
    lost = "![c](https://garden.example/img/root.png) ![d](http://www.garden.example/img/stem.png)"
    assert sorted(found(framework, there + lost)) == [
        "http://www.garden.example/img/stem.png",
        "https://garden.example/img/root.png",
    ]


@pytest.mark.parametrize("framework", sorted(SITES))
def test_uploads_and_other_hosts_are_left_alone(found, framework):
    more = "![c](https://garden.example/uploads/root.png) ![d](https://old.garden.example/img/root.png)"
    assert found(framework, "![a](https://garden.example/img/leaf.png) " + more) == {}


@pytest.mark.parametrize("framework", sorted(set(SITES) - {"next", "gatsby"}))
def test_case_counts_on_the_own_host(found, framework):
    message = found(framework, "![a](https://garden.example/img/Leaf.png)")["https://garden.example/img/Leaf.png"]
    assert "in case;" in message[1]


PAGES = {
    "astro": ("/blog/a/", "/blog/b/"),
    "docusaurus": ("/blog/2024/01/02/a", "/blog/2024/01/03/b"),
    "hexo": ("/2024/01/02/a/", "/2024/01/02/b/"),
    "hugo": ("/posts/a/", "/posts/b/"),
    "jekyll": ("/2024/01/02/a.html", "/2024/01/02/b.html"),
    "mkdocs": ("/a/", "/b/"),
    "vitepress": ("/a", "/b"),
    "zola": ("/a/", "/b/"),
}


@pytest.mark.parametrize("framework", sorted(PAGES))
def test_a_page_on_the_own_host_that_is_not_there(found, framework):
    here, gone = (f"https://garden.example{path}" for path in PAGES[framework])
    text = f"[a]({here}) [b]({gone})\n\n{gone}?alone.\n\n<{gone}?auto>\n\n`{gone}?code`\n"
    messages = found(framework, text)
    assert sorted(messages) == [gone, f"{gone}?alone", f"{gone}?auto"]
    assert "broken link" in messages[gone][1]


@pytest.mark.parametrize("framework", sorted(PAGES))
def test_redirects_answer_on_the_own_host_too(found, framework):
    here, gone = PAGES[framework]
    assert found(framework, f"[b](https://garden.example{gone})", _redirects=f"{gone} {here} 301\n") == {}


def test_the_fix_keeps_the_host(write, main, tmp_path):
    files, path, _ = SITES["hugo"]
    write(
        {
            **files,
            path: POST + "[a](https://www.garden.example/post/my-long-day/#b)\n",
            "content/posts/my-long-day.md": POST,
        }
    )
    main("check", "--select", "link-missing", "--fix", "--unsafe-fixes")
    assert "[a](https://www.garden.example/posts/my-long-day/#b)" in tmp_path.joinpath(path).read_text()


BASES = {
    "astro": "export default { site: 'https://garden.example', base: '/docs' };\n",
    "docusaurus": "module.exports = { url: 'https://garden.example', baseUrl: '/docs/', presets: [['classic', {}]] };\n",
    "hexo": "url: https://garden.example/docs\n",
    "hugo": "baseURL = 'https://garden.example/docs/'\n",
    "jekyll": "url: https://garden.example\nbaseurl: /docs\n",
    "mkdocs": "site_url: https://garden.example/docs/\n",
    "zola": "base_url = 'https://garden.example/docs'\n",
    "vitepress": "export default { base: '/docs/', sitemap: { hostname: 'https://garden.example' } };\n",
}


@pytest.mark.parametrize("framework", sorted(BASES))
def test_what_lies_beside_the_base_is_another_deployment(found, framework):
    settings = {next(iter(SITES[framework][0])): BASES[framework]}
    text = "![a](https://garden.example/docs/img/leaf.png) ![b](https://garden.example/docs/img/root.png) "
    text += "![c](https://garden.example/img/root.png) [d](https://garden.example/shop/) [e](https://garden.example)"
    assert list(found(framework, text, **settings)) == ["https://garden.example/docs/img/root.png"]


def test_a_folder_of_dead_pages_is_somebody_elses(found):
    shop = (
        "[a](https://garden.example/shop/a/) [b](https://garden.example/shop/b/) [c](https://garden.example/shop/c/) "
    )
    old = "[d](https://garden.example/2009/05/a-day/) [e](https://garden.example/lost/)"
    messages = found("hugo", shop + old)
    assert sorted(messages) == ["https://garden.example/2009/05/a-day/", "https://garden.example/lost/"]
    assert {severity for severity, _ in messages.values()} == {"warning"}


def test_a_site_without_a_home_page_is_a_part_of_another(write, main, tmp_path):
    config = "module.exports = {url: 'https://garden.example', baseUrl: '/', presets: [['classic', {}]]};\n"
    pages = ("pricing", "features/tools", "roadmap")
    text = "".join(f"[a](https://garden.example/{page})\n" for page in pages)
    files = {"docusaurus.config.js": config, "docs/a.md": text, "docs/b.md": "Text.\n"}

    def dead():
        ran = main("check", "--no-cache", "--select", "link-missing", "--output-format", "json")
        return [each["message"].split("`")[1] for each in ran.report["diagnostics"]]

    write(files)
    assert dead() == []
    write({"src/pages/index.js": ""})
    assert dead() == [f"https://garden.example/{page}" for page in pages]
    # One lost page is a mistake.
    (tmp_path / "src/pages/index.js").unlink()
    write({"docs/a.md": "[a](https://garden.example/pricing)\n"})
    assert dead() == ["https://garden.example/pricing"]


def test_other_repositories_of_the_owner_are_beside_it(found):
    text = "[a](https://garden.example/tool/) [b](https://garden.example/posts/b/)"
    assert list(found("hugo", text, **{"static/CNAME": "garden.example\n"})) == ["https://garden.example/posts/b/"]


@pytest.mark.parametrize(
    ("url", "base", "expected"),
    [
        ("https://www.Garden.example:443/x/", "/x", Home(("garden.example",), "/x")),
        ("https://garden.example:8080", "", Home(("garden.example:8080",))),
        ("https://me.github.io", "", Home(("me.github.io",), shared=True)),
        *((url, "", None) for url in ("https://example.com", "http://localhost:4000", "/", "", None, json)),
        ("https://garden.example", None, None),
    ],
)
def test_where_a_site_is_at_home(url, base, expected):
    assert home(url, base) == expected
