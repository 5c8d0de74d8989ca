"""Docusaurus: blog posts by date and name, docs with versions, pages, translations; images and links."""

from pathlib import Path
from typing import ClassVar

from comparison import PNG, Comparison

CONFIG = """module.exports = {
  title: "x", url: "https://example.org", baseUrl: "/", trailingSlash: true,
  onBrokenLinks: "ignore", onBrokenAnchors: "ignore",
  markdown: { hooks: { onBrokenMarkdownLinks: "ignore", onBrokenMarkdownImages: "ignore" } },
  presets: [["classic", {
    blog: { feedOptions: { type: null }, onUntruncatedBlogPosts: "ignore", onInlineTags: "ignore" },
    docs: { sidebarPath: undefined },
    theme: {},
  }]],
};
"""


def page(body: str = "", **fields: str) -> str:
    """A page with `fields` as its front matter; its body stands in no list of posts."""
    lines = "".join(f"{key}: {value}\n" for key, value in {"title": "T", **fields}.items())
    return f"---\n{lines}---\n\nExcerpt.\n\n{{/* truncate */}}\n\n<hr className='body' />\n\n{body}\n"


class TestDocusaurus(Comparison):
    program = "docusaurus"
    arguments = ("build",)
    output = "build"
    needs_packages = True
    opening = '<hr class="body">'
    silent: ClassVar = frozenset(
        f"blog/links/{name}.md" for name in ("relative", "doc", "home", "lost-doc", "pathname")
    )
    files: ClassVar = {
        "docusaurus.config.js": CONFIG,
        "package.json": '{"dependencies": {"@docusaurus/core": "^3.10.2", "@docusaurus/preset-classic": "^3.10.2"}}',
        "versions.json": '["1.0"]',
        "versioned_sidebars/version-1.0-sidebars.json": "{}",
        "static/img/a.png": PNG,
        "static/with space.png": PNG,
        "blog/images/beside.png": PNG,
        "src/pages/about.js": "export default () => <p>About</p>;\n",
    }
    posts: ClassVar = {
        "blog/2024-01-05-dated.md": page(),
        "blog/2024-1-6-short.md": page(),
        "blog/2024/01/07/deep.md": page(),
        "blog/a-2024-01-08-b.md": page(),
        "blog/2024-01-09/index.md": page(),
        "blog/Some Name.md": page(date="2024-01-10"),
        "blog/Ünïcode.md": page(date="2024-01-11"),
        "blog/own.md": page(slug="Own/Place", date="2024-01-12"),
        "blog/rooted.md": page(slug="/rooted", date="2024-01-13"),
        "blog/draft.md": page(draft="true", date="2024-01-14"),
        "blog/unlisted.md": page(unlisted="true", date="2024-01-15"),
        "blog/future.md": page(date="2999-01-01"),
        "blog/_underscore.md": page(date="2024-01-16"),
        "blog/README.md": page(date="2024-01-17"),
        "blog/folder/index.mdx": page(date="2024-01-18"),
        "docs/index.md": page(),
        "docs/01-numbered.md": page(),
        "docs/02-guide/03-step.md": page(),
        "docs/02-guide/README.md": page(),
        "docs/named/named.md": page(),
        "docs/1.0-notes.md": page(),
        "docs/slugged.md": page(slug="../up"),
        "docs/identified.md": page(id="other"),
        "docs/absolute.md": page(slug="/absolute"),
        "versioned_docs/version-1.0/old.md": page(),
        "src/pages/page-one.md": page(),
        "src/pages/sub/index.mdx": page(),
        "blog/images/rooted.md": page("![a](/img/a.png)", date="2024-02-01"),
        "blog/images/beside.md": page("![a](./beside.png)", date="2024-02-02"),
        "blog/images/bare.md": page("![a](beside.png)", date="2024-02-03"),
        "blog/images/site.md": page("![a](@site/static/img/a.png)", date="2024-02-04"),
        "blog/images/coded.md": page("![a](/with%20space.png)", date="2024-02-05"),
        "blog/images/lost.md": page("![a](/lost.png)", date="2024-02-06"),
        "blog/images/case.md": page("![a](/img/A.png)", date="2024-02-07"),
        "blog/images/html.md": page('<img src="/img/a.png" />', date="2024-02-08"),
        "blog/images/html-beside.md": page('<img src="./beside.png" />', date="2024-02-09"),
        "blog/images/reference.md": page("![a][b]\n\n[b]: ./beside.png", date="2024-02-10"),
        "blog/links/file.md": page("[a](../2024-01-05-dated.md)", date="2024-03-01"),
        "blog/links/dot.md": page("[a](./file.md)", date="2024-03-02"),
        "blog/links/site.md": page("[a](@site/blog/own.md)", date="2024-03-03"),
        "blog/links/lost.md": page("[a](./none.md)", date="2024-03-04"),
        "blog/links/post.md": page("[a](/blog/2024/01/05/dated)", date="2024-03-05"),
        "blog/links/lost-post.md": page("[a](/blog/2024/01/05/none)", date="2024-03-06"),
        "blog/links/relative.md": page("[a](../own)", date="2024-03-07"),
        "blog/links/page.md": page("[a](/about)", date="2024-03-08"),
        "blog/links/doc.md": page("[a](/docs/old)", date="2024-03-09"),
        "blog/links/lost-doc.md": page("[a](/docs/none)", date="2024-03-10"),
        "docs/links.md": page("[a](./01-numbered.md)"),
        "versioned_docs/version-1.0/links.md": page("[a](./01-numbered.md)"),
    }

    @classmethod
    def build(cls, program: Path, root: Path) -> None:
        super().build(program, root)
        for script in (root / cls.output).rglob("*.js"):
            script.unlink()
