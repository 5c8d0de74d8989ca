"""Hugo: names, slugs, bundles, sections, languages, dates, and images where a page is served."""

from typing import ClassVar

from comparison import PNG, Comparison, post

CONTENT = "{{ .Content }}"


class TestHugo(Comparison):
    program = "hugo"
    arguments = ("--quiet",)
    version = ("version",)
    oldest = (0, 167)
    output = "public"
    files: ClassVar = {
        "hugo.toml": (
            "baseURL = 'https://example.org/'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n"
            "markup.goldmark.renderer.unsafe = true\n[permalinks]\nnews = '/:year/:month/:slug/'\n"
        ),
        "layouts/_default/single.html": CONTENT,
        "layouts/_default/list.html": "List",
        "static/images/a.png": PNG,
        "static/images/with space.png": PNG,
        "static/posts/plain/static.png": PNG,
        "content/posts/bundle/in.png": PNG,
        "content/posts/bundle/deep/in.png": PNG,
        "content/posts/beside.png": PNG,
        "content/section/_index.md": "---\ntitle: S\ncascade:\n  draft: true\n---\n",
        "content/renamed/_index.md": "---\nslug: another\n---\n",
    }
    posts: ClassVar = {
        "content/posts/plain.md": post(),
        "content/posts/Some Name & Co.md": post(),
        "content/posts/2024-01-05-dated.md": post(),
        "content/posts/v1.2.md": post(),
        "content/posts/Ünïcode 日本.md": post(),
        "content/posts/own-slug.md": post(slug="'Own Slug & More'"),
        "content/posts/number.md": post(slug="012"),
        "content/posts/own-url.md": post(url="/Elsewhere/Page"),
        "content/posts/own-file.md": post(url="/v1.2/x"),
        "content/posts/draft.md": post(draft="true"),
        "content/posts/future.md": post(date="2999-01-01"),
        "content/posts/shown.md": post(date="2999-01-01", publishDate="2020-01-01"),
        "content/posts/expired.md": post(expiryDate="2020-01-01"),
        "content/posts/bundle/index.md": post(),
        "content/posts/bundle/other.md": post(),
        "content/posts/_underscore.md": post(),
        "content/posts/README.md": post(),
        "content/posts/x.fr.md": post(),
        "content/section/drafted.md": post(),
        "content/renamed/x.md": post(),
        "content/news/by-title.md": post(title="'What''s new? A/B'", date="2024-03-04"),
        "content/news/undated.md": post(title="Undated"),
        "content/top.md": post(),
        "content/posts/images/static.md": post("![a](/images/a.png)"),
        "content/posts/images/case.md": post("![a](/images/A.png)"),
        "content/posts/images/space.md": post("![a](</images/with space.png>)"),
        "content/posts/images/coded.md": post("![a](/images/with%20space.png)"),
        "content/posts/images/lost.md": post("![a](/images/lost.png)"),
        "content/posts/images/folder.md": post("![a](/static/images/a.png)"),
        "content/posts/images/up.md": post("![a](../../../images/a.png)"),
        "content/posts/images/too-far.md": post("![a](../../../../../images/a.png)"),
        "content/posts/images/query.md": post("![a](/images/a.png?v=1#x)"),
        "content/posts/images/html.md": post('<img src="/images/a.png">'),
        "content/posts/images/shortcode.md": post('{{< figure src="/images/a.png" >}}'),
        "content/posts/images/beside.md": post("![a](beside.png)"),
        "content/posts/images/bundle/index.md": post("![a](in.png)"),
        "content/posts/links/page.md": post("[a](/posts/plain/)"),
        "content/posts/links/file.md": post("[a](../plain.md)"),
        "content/posts/links/relative.md": post("[a](../../plain/)"),
        "content/posts/links/ref.md": post('[a]({{< relref "plain" >}})'),
        "content/posts/links/lost.md": post("[a](/posts/lost/)"),
        "content/posts/links/case.md": post("[a](/posts/Plain/)"),
        "content/posts/links/bare.md": post("[a](/posts/plain)"),
        "content/posts/links/image.md": post("[a](/images/a.png)"),
        "content/posts/links/section.md": post("[a](/posts/)"),
    }
