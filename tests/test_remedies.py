"""What a message about a path that leads nowhere tells its reader to write."""

import json

import pytest

HUGO = {"hugo.toml": "baseURL = 'https://e.org/'\n", "content/posts/b.md": "---\n---\n", "static/img/a.png": "x"}
ZOLA = {"config.toml": "base_url = 'https://e.org/sub'\n", "content/b.md": "+++\n+++\n", "static/img/a.png": "x"}
ASTRO = {
    "astro.config.mjs": "export default { base: '/sub' };\n",
    "src/pages/blog/[...slug].astro": "---\nexport const getStaticPaths = async () =>\n  (await getCollection('blog'))"
    ".map((post) => ({ params: { slug: post.id }, props: post }));\n---\n",
    "src/content/blog/b.md": "---\n---\n",
    "public/img/a.png": "x",
}
PELICAN = {"pelicanconf.py": "PATH = 'content'\nSTATIC_PATHS = ['images']\n", "content/images/a.png": "x"}
ELEVENTY = {
    "eleventy.config.js": "module.exports = (c) => { c.addPassthroughCopy('img'); };\n",
    "posts/b.md": "---\n---\n",
    "img/a.png": "x",
}


@pytest.mark.parametrize(
    ("site", "path", "written", "remedy"),
    [
        (
            HUGO,
            "content/posts/a.md",
            "[a](b.md)",
            "Hugo does not turn a file's path into an address; write `/posts/b/`",
        ),
        (
            HUGO,
            "content/posts/a.md",
            "[a](c.md)",
            "Hugo does not turn a file's path into an address; write the address, or use `ref`",
        ),
        (HUGO, "content/posts/a.md", "![a](img\\a.png)", "a backslash does not separate folders; write `/img/a.png`"),
        (HUGO, "content/posts/a.md", "![a](\\img\\a.png)", "a backslash does not separate folders; write `/img/a.png`"),
        (HUGO, "content/posts/a.md", "![a](/static/img/a.png)", "served from the root; write `/img/a.png`"),
        (HUGO, "content/posts/a.md", "![a](C:\\site\\static\\img\\a.png)", "author's disk; write `/img/a.png`"),
        (ZOLA, "content/a.md", "[a](b.md)", "write `@/b.md`"),
        (ZOLA, "content/a.md", "[a](c.md)", "write `@/` and the path of the file below `content/`"),
        (ZOLA, "content/a.md", "![a](/static/img/a.png)", "served below `/sub/`; write `/sub/img/a.png`"),
        (ASTRO, "src/content/blog/a.md", "[a](b.md)", "write `/sub/blog/b/`"),
        (ASTRO, "src/content/blog/a.md", "[a](/blog/b/)", "the site is served below `/sub/`; write `/sub/blog/b/`"),
        (ASTRO, "src/content/blog/a.md", "![a](/img/a.png)", "write `/sub/img/a.png`"),
        (ASTRO, "src/content/blog/a.md", "![a](/img/b.png)", "no file of the site ends with `img/b.png`"),
        (ASTRO, "src/content/blog/a.md", "![a](/Users/me/img/a.png)", "author's disk; write `/sub/img/a.png`"),
        (PELICAN, "content/a.md", "![a](/content/images/a.png)", "served from the root; write `/images/a.png`"),
        (
            PELICAN,
            "content/a.md",
            "![a](images\\a.png)",
            "a backslash does not separate folders; write `/images/a.png`",
        ),
        (
            ELEVENTY,
            "posts/a.md",
            "[a](b.md)",
            "Eleventy does not turn a file's path into an address; write `/posts/b/`",
        ),
        (ELEVENTY, "posts/a.md", "![a](lost.png)", "no file of the site ends with `lost.png`"),
        (ELEVENTY, "posts/a.md", "![a](b.png)", "`addPassthroughCopy` would"),
    ],
)
def test_the_message_names_what_to_write(write, main, site, path, written, remedy):
    head = "Title: A\nDate: 2024-01-05\n" if site is PELICAN else "+++\n+++\n" if site is ZOLA else "---\n---\n"
    more = {"posts/b.png": "x"} if site is ELEVENTY else {}
    write({**site, **more, path: f"{head}\n{written}\n"})
    found = json.loads(main("check", "--no-cache", "--select", "link,image", "--output-format", "json").out)[
        "diagnostics"
    ]
    (message,) = (each["message"] for each in found if each["rule"] in ("link-missing", "image-missing"))
    assert remedy in message
