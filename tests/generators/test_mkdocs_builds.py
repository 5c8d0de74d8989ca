"""MkDocs and Material's blog: pages by their path, posts by date and title, links and images from their sources."""

from typing import ClassVar

from comparison import PNG, Comparison, post

CONFIG = """site_name: x
site_url: https://example.org/
theme:
  name: null
  custom_dir: theme
plugins: []
exclude_docs: |
  drafts/
  secret-*.md
"""


class TestMkDocs(Comparison):
    program = "mkdocs"
    arguments = ("build", "-q")
    output = "site"
    silent: ClassVar = frozenset(f"docs/links/{name}.md" for name in ("html",))
    files: ClassVar = {
        "mkdocs.yml": CONFIG,
        "theme/main.html": "{{ page.content }}",
        "docs/img/a.png": PNG,
        "docs/img/with space.png": PNG,
        "docs/images/beside.png": PNG,
        "docs/twice.md": "# Twice\n",
    }
    posts: ClassVar = {
        "docs/index.md": post(),
        "docs/plain.md": "# Plain\n",
        "docs/Some Name & Co.md": post(),
        "docs/v1.2.md": post(),
        "docs/Ünïcode 日本.md": post(),
        "docs/README2.md": post(slug="x", permalink="/y/"),
        "docs/sub/README.md": post(),
        "docs/lower/readme.md": post(),
        "docs/both/README.md": post(),
        "docs/both/index.md": post(),
        "docs/twice/index.md": post(),
        "docs/_underscore.md": post(),
        "docs/.hidden.md": post(),
        "docs/templates/x.md": post(),
        "docs/sub/templates/x.md": post(),
        "docs/drafts/x.md": post(),
        "docs/sub/drafts/x.md": post(),
        "docs/secret-1.md": post(),
        "docs/draft.md": post(draft="true"),
        "docs/ending.markdown": post(),
        "docs/broken.md": "---\ntitle: 2024: x: y\n---\n",
        "docs/images/rooted.md": post("![a](/img/a.png)"),
        "docs/images/up.md": post("![a](../img/a.png)"),
        "docs/images/case.md": post("![a](../img/A.png)"),
        "docs/images/lost.md": post("![a](../img/lost.png)"),
        "docs/images/beside.md": post("![a](beside.png)"),
        "docs/images/space.md": post("![a](../img/with space.png)"),
        "docs/images/coded.md": post("![a](../img/with%20space.png)"),
        "docs/images/html.md": post('<img src="../img/a.png">'),
        "docs/images/html-up.md": post('<img src="../../img/a.png">'),
        "docs/images/reference.md": post("![a][b]\n\n[b]: ../img/a.png"),
        "docs/images/query.md": post("![a](../img/a.png?x#y)"),
        "docs/links/file.md": post("[a](../plain.md)"),
        "docs/links/anchor.md": post("[a](../plain.md#plain)"),
        "docs/links/case.md": post("[a](../Plain.md)"),
        "docs/links/lost.md": post("[a](lost.md)"),
        "docs/links/address.md": post("[a](../../plain/)"),
        "docs/links/short.md": post("[a](../plain/)"),
        "docs/links/rooted.md": post("[a](/plain/)"),
        "docs/links/rooted-file.md": post("[a](/plain.md)"),
        "docs/links/rooted-lost.md": post("[a](/lost/)"),
        "docs/links/bare.md": post("[a](../plain)"),
        "docs/links/image.md": post("[a](../img/a.png)"),
        "docs/links/html.md": post('<a href="../../plain/">a</a>'),
        "docs/links/html-file.md": post('<a href="../plain.md">a</a>'),
        "docs/links/readme.md": post("[a](../sub/README.md)"),
        "docs/links/folder.md": post("[a](../sub/)"),
    }


class TestBlog(Comparison):
    program = "mkdocs"
    arguments = ("build", "-q")
    output = "site"
    # Whose title is neither in its front matter nor a heading.
    silent: ClassVar = frozenset(("docs/blog/posts/some_name-here.md",))
    files: ClassVar = {
        "mkdocs.yml": (
            "site_name: x\nsite_url: https://example.org/\ntheme:\n  name: material\n  custom_dir: theme\n"
            "plugins:\n  - blog:\n      archive: false\n      categories: false\n"
        ),
        "theme/main.html": "{{ page.content }}",
        "theme/blog.html": "list",
        "theme/blog-post.html": "{{ page.content }}",
        "docs/index.md": "# Home\n",
        "docs/blog/index.md": "# Blog\n",
        "docs/img/a.png": PNG,
        "docs/blog/posts/beside.png": PNG,
    }
    posts: ClassVar = {
        "docs/blog/posts/titled.md": post(title="C++ & C#", date="2024-01-05"),
        "docs/blog/posts/headed.md": post("# What's *new*?", date="2024-01-06"),
        "docs/blog/posts/some_name-here.md": post("Text.", date="2024-01-07"),
        "docs/blog/posts/own.md": post(slug="Own Slug/x", date="2024-01-08"),
        "docs/blog/posts/deep/er.md": post(title="Deep", date="2024-01-09"),
        "docs/blog/posts/mapping.md": post(title="Mapping", date="{created: 2024-01-10, updated: 2024-02-01}"),
        "docs/blog/posts/timed.md": post(title="Timed", date="2024-01-11 23:30:00 -5"),
        "docs/blog/posts/draft.md": post(title="Draft", date="2024-01-12", draft="true"),
        "docs/blog/posts/future.md": post(title="Future", date="2999-01-01"),
        "docs/blog/posts/日本.md": post(title="日本語 Über", date="2024-01-13"),
        "docs/blog/posts-old.md": post(title="Old", date="2024-01-14"),
        "docs/blog/plain.md": post(),
        "docs/blog/posts/image.md": post("![a](../../img/a.png)", title="i1", date="2024-02-01"),
        "docs/blog/posts/beside.md": post("![a](beside.png)", title="i2", date="2024-02-02"),
        "docs/blog/posts/lost.md": post("![a](lost.png)", title="i3", date="2024-02-03"),
        "docs/blog/posts/link.md": post("[a](titled.md)", title="l1", date="2024-02-04"),
        "docs/blog/posts/nolink.md": post("[a](../../lost.md)", title="l2", date="2024-02-05"),
    }
