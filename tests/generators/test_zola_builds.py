"""Zola: slugs in ASCII, dates in names, paths and languages, files beside pages, and links of both kinds."""

from typing import ClassVar

from comparison import PNG, Comparison

PRINT = "{{ page.content | safe }}"


def post(body: str = "", **fields: str) -> str:
    lines = "".join(f"{key} = {value}\n" for key, value in fields.items())
    return f"+++\n{lines}+++\n{body}\n"


class TestZola(Comparison):
    program = "zola"
    arguments = ("build",)
    oldest = (0, 22)
    output = "public"
    files: ClassVar = {
        "config.toml": "base_url = 'https://example.org'\ntaxonomies = [{ name = 'tags' }]\n",
        "templates/page.html": PRINT,
        "templates/index.html": "Home",
        "templates/section.html": "Section",
        "templates/taxonomy_list.html": "Terms",
        "templates/taxonomy_single.html": "Term",
        "templates/shortcodes/figure.html": '<img src="{{ src }}">',
        "static/images/a.png": PNG,
        "static/images/b c.png": PNG,
        "static/posts/plain/served.png": PNG,
        "static/plain.html": "Plain",
        "content/posts/_index.md": "+++\n+++\n",
        "content/posts/section.png": PNG,
        "content/posts/bundle/in.png": PNG,
        "content/posts/bundle/deep/in.png": PNG,
        "content/loose/beside.png": PNG,
        "content/drafts/_index.md": "+++\ndraft = true\n+++\n",
    }
    posts: ClassVar = {
        "content/posts/plain.md": post(),
        "content/posts/Some Name & Co.md": post(),
        "content/posts/my_post.v2.md": post(),
        "content/posts/Ünïcode Straße.md": post(),
        "content/posts/Привет мир.md": post(),
        "content/posts/2024-01-05-dated.md": post(),
        "content/posts/2024-01-06 blank.md": post(),
        "content/posts/2024-01-07.md": post(),
        "content/posts/2024-01-08glued.md": post(),
        "content/posts/own-slug.md": post(slug="'Own Slug & More'"),
        "content/posts/own-path.md": post(path="'/Elsewhere/Page'"),
        "content/posts/draft.md": post(draft="true"),
        "content/posts/future.md": post(date="2999-01-01"),
        "content/posts/silent.md": post(render="false"),
        "content/posts/_underscore.md": post(),
        "content/posts/README.md": post(),
        "content/posts/x.fr.md": post(),
        "content/posts/bundle/index.md": post("![a](in.png)"),
        "content/posts/bundle/other.md": post(),
        "content/Upper Folder/page.md": post(),
        "content/drafts/hidden.md": post(),
        "content/top.md": post(),
        "content/images/static.md": post("![a](/images/a.png)"),
        "content/images/case.md": post("![a](/images/A.png)"),
        "content/images/lost.md": post("![a](/images/lost.png)"),
        "content/images/blank.md": post("![a](</images/b c.png>)"),
        "content/images/html.md": post('<img src="/images/a.png">'),
        "content/images/up.md": post("![a](../../images/a.png)"),
        "content/images/source.md": post("![a](/static/images/a.png)"),
        "content/images/section.md": post("![a](/posts/section.png)"),
        "content/images/deep.md": post("![a](/posts/bundle/deep/in.png)"),
        "content/loose/page.md": post("![a](beside.png)"),
        "content/links/page.md": post("[a](@/posts/plain.md)"),
        "content/links/anchor.md": post("[a](@/posts/plain.md)\n"),
        "content/links/address.md": post("[a](/posts/plain/)"),
        "content/links/bare.md": post("[a](/posts/plain)"),
        "content/links/relative.md": post("[a](../../posts/plain/)"),
        "content/links/lost.md": post("[a](/posts/lost/)"),
        "content/links/file.md": post("[a](plain.md)"),
        "content/links/static.md": post("[a](/plain.html)"),
        "content/links/section.md": post("[a](/posts/)"),
        "content/links/upper.md": post("[a](/Posts/plain/)"),
    }
