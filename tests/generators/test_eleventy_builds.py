"""Eleventy: paths, permalinks and the data cascade, and images and links as a browser asks for them."""

from typing import ClassVar

from comparison import PNG, Comparison, post

CONFIG = """export default function (eleventyConfig) {
  eleventyConfig.addPassthroughCopy("src/images");
  eleventyConfig.addPassthroughCopy({ "assets": "files" });
  eleventyConfig.ignores.add("src/ignored/**");
  return { dir: { input: "src" } };
}
"""


class TestEleventy(Comparison):
    program = "eleventy"
    arguments = ("--quiet",)
    output = "_site"
    silent: ClassVar = frozenset(f"src/links/{name}.md" for name in ("lost", "bare", "relative-lost", "file"))
    files: ClassVar = {
        "eleventy.config.js": CONFIG,
        "package.json": '{"type": "module", "devDependencies": {"@11ty/eleventy": "^3.1.8"}}',
        "src/_includes/plain.njk": "{{ content | safe }}",
        "src/_includes/moved.njk": '---\npermalink: "/by-layout/{{ page.fileSlug }}/"\n---\n{{ content | safe }}',
        "src/data/data.json": '{"permalink": "/from-data/{{ page.fileSlug }}/"}',
        "src/data/own.json": '{"permalink": "/own-data/"}',
        "src/images/a.png": PNG,
        "src/images/with space.png": PNG,
        "src/beside/beside.png": PNG,
        "assets/b.png": PNG,
    }
    posts: ClassVar = {
        "src/plain.md": post(),
        "src/posts/Some Name & Co.md": post(),
        "src/posts/2024-01-05-dated.md": post(),
        "src/posts/v1.2.md": post(),
        "src/posts/posts.md": post(),
        "src/posts/index.md": post(permalink="/posts-home/"),
        "src/posts/_underscore.md": post(),
        "src/posts/.hidden.md": post(),
        "src/posts/empty.md": post(permalink="''"),
        "src/posts/off.md": post(permalink="false"),
        "src/posts/own.md": post(permalink="/Own/Place/"),
        "src/posts/file.md": post(permalink="own/file.html"),
        "src/posts/slug.md": post(permalink='"/s/{{ page.fileSlug }}/"'),
        "src/posts/2024-01-06-stem.md": post(permalink='"{{ page.filePathStem }}.html"'),
        "src/posts/day.md": post(permalink="\"/{{ page.date | date: '%Y/%m' }}/x/\"", date="2024-03-04"),
        "src/posts/field.md": post(permalink='"/f/{{ key }}/"', key="value"),
        "src/posts/paged.md": post(
            permalink='"/p/{{ it }}/"', pagination="{data: list, size: 1, alias: it}", list="[a, b]"
        ),
        "src/posts/layout.md": post(layout="moved.njk"),
        "src/data/x.md": post(),
        "src/data/own.md": post(),
        "src/data/deep/2024-01-05-y.md": post(),
        "src/data/deep/strong.md": post(permalink="/strong/"),
        "src/ignored/x.md": post(),
        "src/_data/x.md": post(),
        "src/images-post/static.md": post("![a](/images/a.png)"),
        "src/images-post/case.md": post("![a](/images/A.png)"),
        "src/images-post/renamed.md": post("![a](/files/b.png)"),
        "src/images-post/unrenamed.md": post("![a](/assets/b.png)"),
        "src/images-post/input.md": post("![a](/src/images/a.png)"),
        "src/images-post/up.md": post("![a](../../images/a.png)"),
        "src/images-post/short.md": post("![a](../images/a.png)"),
        "src/images-post/space.md": post("![a](</images/with space.png>)"),
        "src/images-post/coded.md": post("![a](/images/with%20space.png)"),
        "src/images-post/query.md": post("![a](/images/a.png?v=1#x)"),
        "src/images-post/html.md": post('<img src="/images/a.png">'),
        "src/images-post/filter.md": post("![a]({{ '/images/a.png' | url }})"),
        "src/images-post/reference.md": post("![a][b]\n\n[b]: /images/a.png"),
        "src/beside/x.md": post("![a](beside.png)"),
        "src/beside/index.md": post("![a](beside.png)", permalink="/beside-home/"),
        "src/links/page.md": post("[a](/plain/)"),
        "src/links/relative.md": post("[a](../../plain/)"),
        "src/links/relative-lost.md": post("[a](../plain/)"),
        "src/links/file.md": post("[a](../plain.md)"),
        "src/links/bare.md": post("[a](/plain)"),
        "src/links/lost.md": post("[a](/lost/)"),
        "src/links/image.md": post("[a](/images/a.png)"),
    }
