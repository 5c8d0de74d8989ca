"""Jekyll: posts by name, collections and pages, dates that move addresses, Liquid, and what a browser asks for."""

from typing import ClassVar

from comparison import PNG, Comparison, post


class TestJekyll(Comparison):
    program = "jekyll"
    arguments = ("build", "--quiet")
    output = "_site"
    files: ClassVar = {
        "_config.yml": (
            "title: x\ntimezone: UTC\ncollections:\n  docs:\n    output: true\n  silent:\n"
            "defaults:\n- scope: {path: '', type: posts}\n  values: {layout: none}\n"
        ),
        "assets/a.png": PNG,
        "assets/b c.png": PNG,
        "images/_hidden.png": PNG,
        "_docs/in.png": PNG,
        "about.html": "---\npermalink: /about/\n---\n",
        "contact.html": "Plain\n",
        "README.md": "No page\n",
    }
    posts: ClassVar = {
        "_posts/2024-01-05-plain.md": post(),
        "_posts/2024-01-05-Some Name & Co.md": post(),
        "_posts/2024-01-05-under_score.v2.md": post(),
        "_posts/2024-01-05-Ünïcode 日本.md": post(),
        "_posts/2024-1-5-short.md": post(),
        "_posts/24-01-05-century.md": post(),
        "_posts/undated.md": post(),
        "_posts/2024-01-06-own-slug.md": post(slug="Own Slug"),
        "_posts/2024-01-07-no-letters.md": post(slug="½"),
        "_posts/2024-01-06-titled.md": post(title="Another"),
        "_posts/2024-01-06-categories.md": post(categories="[One Two, three]"),
        "_posts/2024-01-06-category.md": post(category="One Two"),
        "_posts/2024-01-06-words.md": post(categories="one two"),
        "_posts/2024-01-06-permalink.md": post(permalink="/elsewhere/:slug/"),
        "_posts/2024-01-06-file.md": post(permalink="/elsewhere/page"),
        "_posts/2024-01-06-moved.md": post(date="2023-12-31 10:00:00"),
        "_posts/2024-01-06-late.md": post(date="2024-01-06 23:30:00 -0500"),
        "_posts/2024-01-06-rolled.md": post(date="2024-02-30"),
        "_posts/2999-01-06-future.md": post(),
        "_posts/2024-01-06-hidden.md": post(published="false"),
        "_posts/2024-01-06-drafted.md": post(draft="true"),
        "_posts/sub/2024-01-06-below.md": post(),
        "news/_posts/2024-01-06-above.md": post(),
        "_drafts/draft.md": post(),
        "_docs/document.md": post(),
        "_docs/sub/Deep One.md": post(),
        "_docs/_underscore.md": post(),
        "_silent/document.md": post(),
        "page.md": post(),
        "sub/index.md": post(),
        "copied.md": "No front matter",
        "_posts/2024-02-01-static.md": post("![a](/assets/a.png)"),
        "_posts/2024-02-01-case.md": post("![a](/assets/A.png)"),
        "_posts/2024-02-01-lost.md": post("![a](/assets/lost.png)"),
        "_posts/2024-02-01-blank.md": post("![a](/assets/b c.png)"),
        "_posts/2024-02-01-coded.md": post("![a](/assets/b%20c.png)"),
        "_posts/2024-02-01-relative.md": post("![a](../assets/a.png)"),
        "_posts/2024-02-01-up.md": post("![a](../../../assets/a.png)"),
        "_posts/2024-02-01-underscore.md": post("![a](/images/_hidden.png)"),
        "_posts/2024-02-01-collection.md": post("![a](/docs/in.png)"),
        "_posts/2024-02-01-source.md": post("![a](/_docs/in.png)"),
        "_posts/2024-02-01-filter.md": post('![a]({{ "/assets/a.png" | relative_url }})'),
        "_posts/2024-02-01-base.md": post("![a]({{ site.baseurl }}/assets/a.png)"),
        "_posts/2024-02-01-field.md": post("![a]({{ page.cover }})", cover="/assets/a.png"),
        "_posts/2024-02-01-tag.md": post("![a]({% link assets/a.png %})"),
        "_posts/2024-02-01-html.md": post('<img src="/assets/a.png">'),
        "_posts/2024-02-01-list.md": post('![a](/assets/a.png){: .wide width="3"}'),
        "_posts/2024-03-01-page.md": post("[a](/2024/01/05/plain.html)"),
        "_posts/2024-03-01-bare.md": post("[a](/2024/01/05/lost)"),
        "_posts/2024-03-01-sibling.md": post("[a](../../01/05/plain.html)"),
        "_posts/2024-03-01-markdown.md": post("[a](2024-01-05-plain.md)"),
        "_posts/2024-03-01-post.md": post("[a]({% post_url 2024-01-05-plain %})"),
        "_posts/2024-03-01-link.md": post("[a]({% link _docs/document.md %})"),
        "_posts/2024-03-01-about.md": post("[a](/about/)"),
        "_posts/2024-03-01-contact.md": post("[a](/contact.html)"),
        "_posts/2024-03-01-document.md": post("[a](/docs/document.html)"),
        "_posts/2024-03-01-index.md": post("[a](/sub/)"),
        "_posts/2024-03-01-readme.md": post("[a](/README.html)"),
        "_posts/2024-03-01-upper.md": post("[a](/2024/01/05/Plain.html)"),
    }
