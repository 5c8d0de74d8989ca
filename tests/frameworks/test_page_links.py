"""Where links lead on sites of Hugo, Zola, Jekyll and Hexo, of which a browser asks for addresses."""

import json

import pytest

JEKYLL = "---\n---\n"
SITES = {
    "hugo": {"hugo.toml": "baseURL = 'https://example.org/'\n"},
    "zola": {"config.toml": "base_url = 'https://example.org'\ntaxonomies = [{name = 'tags'}]\n"},
    "jekyll": {"_config.yml": "title: x\n", "Gemfile": 'gem "jekyll", "~> 4.4"\n'},
    "hexo": {
        "_config.yml": "title: x\ntheme: plain\n",
        "package.json": '{"dependencies": {"hexo": "^8.1.2", "hexo-renderer-marked": "^7.0.0",'
        ' "hexo-generator-archive": "2", "hexo-generator-category": "2", "hexo-generator-tag": "2"}}',
        "themes/plain/layout/post.njk": "",
    },
}
HEADS = {
    "hugo": "---\n---\n",
    "zola": "+++\n+++\n",
    "jekyll": "---\n---\n",
    "hexo": "---\ndate: 2024-01-05 12:00:00\n---\n",
}
PATHS = {
    "hugo": "content/posts/a.md",
    "zola": "content/posts/a.md",
    "jekyll": "_posts/2024-01-05-a.md",
    "hexo": "source/_posts/a.md",
}


@pytest.mark.parametrize(
    ("framework", "link", "files", "status"),
    [
        ("hugo", "[a](/posts/b/)", {"content/posts/b.md": ""}, "ok"),
        ("hugo", "[a](/posts/B/)", {"content/posts/b.md": ""}, "case"),
        ("hugo", "[a](../b/)", {"content/posts/b.md": ""}, "ok"),
        ("hugo", "[a](b/)", {"content/posts/b.md": ""}, "missing"),
        ("hugo", "[a](/none/)", {}, "missing"),
        ("hugo", "[a](/none/)", {"content/b.html": "x"}, "unknown"),
        ("hugo", "[a](/none/)", {"hugo.toml": "baseURL = 'https://e.org/'\ntheme = 'elsewhere'\n"}, "unknown"),
        ("hugo", "[a](/none/)", {"layouts/_default/_markup/render-link.html": "{{ .Page.Site.BaseURL }}"}, "unknown"),
        ("hugo", "[a](/posts/)", {}, "ok"),
        ("hugo", "[a](/posts/page/2/)", {}, "unknown"),
        ("hugo", "[a](/posts/b/)", {"content/posts/b.md": "---\nmarkup: mmark\n---\n"}, "unknown"),
        (
            "hugo",
            "[a](/posts/b/)",
            {"content/posts/b.md": "---\nmarkup: mmark\n---\n", ".tool-versions": "hugo extended_0.55.6\n"},
            "ok",
        ),
        ("hugo", "[a](/tags/x/)", {}, "missing"),
        ("hugo", "[a](/tags/x/)", {"content/posts/b.md": "---\ntags: [X]\n---\n"}, "ok"),
        ("hugo", "[a](/tags/x/)", {"content/posts/b.md": "---\ntags: [X]\ndraft: true\n---\n"}, "unknown"),
        ("hugo", "[a](/tags/x/)", {"static/tags/x/index.html": ""}, "ok"),
        ("hugo", "[a](/tags/x/)", {"content/posts/_index.md": "---\ncascade:\n  tags: [x]\n---\n"}, "unknown"),
        ("hugo", "[a](/tags/x/page/2/)", {"content/posts/b.md": "---\ntags: [X]\n---\n"}, "unknown"),
        ("hugo", "[a](/series/x/)", {}, "missing"),
        ("hugo", "[a](/index.xml)", {}, "ok"),
        ("hugo", "[a](/other.xml)", {}, "unknown"),
        ("hugo", "[a](/old/)", {"content/posts/b.md": "---\naliases: [/old/]\n---\n"}, "ok"),
        (
            "hugo",
            "[a](/sub/posts/b/)",
            {"hugo.toml": "baseURL = 'https://e.org/sub/'\n", "content/posts/b.md": ""},
            "ok",
        ),
        ("hugo", '[a]({{< ref "b.md#x" >}})', {"content/other/b.md": ""}, "ok"),
        ("hugo", '[a]({{< ref "c" >}})', {"content/other/b.md": ""}, "missing"),
        ("zola", "[a](@/posts/b.md#x)", {"content/posts/b.md": "+++\n+++\n# x\n"}, "ok"),
        ("zola", "[a](@/posts/c.md)", {}, "missing"),
        ("zola", "[a](/posts/b)", {"content/posts/b.md": "+++\n+++\n"}, "ok"),
        ("zola", "[a](/posts/c/)", {}, "missing"),
        ("zola", "[a](/posts/x/.././b/)", {"content/posts/b.md": "+++\n+++\n"}, "ok"),
        ("zola", "[a](../b/)", {"content/posts/b.md": "+++\n+++\n"}, "ok"),
        ("zola", "[a](../b.html)", {"static/posts/b.html": ""}, "ok"),
        ("zola", "[a](/tags/x/)", {}, "missing"),
        ("zola", "[a](/tags/x/)", {"content/posts/b.md": "+++\n[taxonomies]\ntags = ['X']\n+++\n"}, "ok"),
        ("zola", "[a](b.md)", {"content/posts/b.md": "+++\n+++\n"}, "missing"),
        ("jekyll", "[a](/2024/01/05/b.html)", {"_posts/2024-01-05-b.md": JEKYLL}, "ok"),
        ("jekyll", "[a](/2024/01/05/b)", {"_posts/2024-01-05-b.md": JEKYLL}, "ok"),
        ("jekyll", "[a](b.html)", {"_posts/2024-01-05-b.md": JEKYLL}, "ok"),
        ("jekyll", "[a](/none/)", {}, "missing"),
        ("jekyll", "[a](/none/)", {"_config.yml": "plugins: [jekyll-archives]\n"}, "unknown"),
        ("jekyll", "[a](/none/)", {"_plugins/pages.rb": ""}, "unknown"),
        ("jekyll", "[a](/about/)", {"pages/about.html": "---\npermalink: /about/\n---\n"}, "ok"),
        ("jekyll", "[a](/support/)", {"support.md": "---\npermalink: /support/\n---\n"}, "ok"),
        ("jekyll", "[a]({{ '/none/' | relative_url }})", {}, "missing"),
        ("jekyll", "[a]({% post_url 2024-01-05-b %})", {"_posts/2024-01-05-b.md": JEKYLL}, "ok"),
        ("jekyll", "[a]({% post_url 2024-01-05-c %})", {}, "missing"),
        ("jekyll", "[a]({% post_url 2024-01-05-c %})", {"_posts/more/2024-01-05-b.md": JEKYLL}, "unknown"),
        ("jekyll", "[a]({% post_url b.md %})", {"_posts/2024-01-05-b.md": JEKYLL}, "unknown"),
        ("jekyll", "[a](/page2/)", {}, "unknown"),
        ("jekyll", "[a](/data/x.log)", {"data/y.log": "x"}, "missing"),
        ("jekyll", "[a]({{ base }}/data/x.log)", {"data/x.log": "x"}, "ok"),
        ("jekyll", "[a]({{ base }}/data/x.log)", {"data/y.log": "x"}, "missing"),
        ("jekyll", "[a]({{ other }}/data/x.log)", {"data/y.log": "x"}, "unknown"),
        ("jekyll", "[a](/data/x.xml)", {}, "unknown"),
        ("hugo", "[a](/data/x.csv)", {}, "missing"),
        ("hugo", "[a](/data/x.csv)", {"static/data/x.csv": "x"}, "ok"),
        ("hexo", "[a](/data/x.csv)", {}, "missing"),
        ("zola", "[a](/data/x.csv)", {}, "missing"),
        ("hexo", "[a](/2024/01/05/b/)", {"source/_posts/b.md": HEADS["hexo"]}, "ok"),
        ("hexo", "[a](../b)", {"source/_posts/b.md": HEADS["hexo"]}, "ok"),
        ("hexo", "[a](/none/)", {}, "missing"),
        ("hexo", "[a](/none/)", {"themes/plain/scripts/x.js": ""}, "unknown"),
        ("hexo", "[a](/tags/x/)", {}, "missing"),
        ("hexo", "[a](/tags/x/)", {"source/_posts/b.md": "---\ndate: 2024-01-05\ntags: x\n---\n"}, "ok"),
        (
            "hexo",
            "[a](/categories/a/b/)",
            {"source/_posts/b.md": "---\ndate: 2024-01-05\ncategories: [a, b]\n---\n"},
            "ok",
        ),
        ("hexo", "[a](/archives/2024/01/)", {"source/_posts/b.md": "---\ndate: 2024-01-05\n---\n"}, "ok"),
        ("hexo", "[a](/tags/x/)", {"themes/plain/scripts/x.js": ""}, "unknown"),
        ("hexo", "{% post_link b %}", {"source/_posts/b.md": HEADS["hexo"]}, "ok"),
        ("hexo", "{% post_link 'A title' %}", {"source/_posts/b.md": "---\ntitle: A title\n---\n"}, "ok"),
        ("hexo", "{% post_link none %}", {"source/_posts/b.md": HEADS["hexo"]}, "missing"),
        ("hexo", "[a]({% post_path b %})", {"source/_posts/b.md": HEADS["hexo"]}, "missing"),
    ],
)
def test_links(write, main, framework, link, files, status):
    path = PATHS[framework]
    write({**SITES[framework], **files, path: f"{HEADS[framework]}Text {link}\n"})
    posts = [json.loads(line) for line in main("inspect", "--output-format", "jsonl").out.splitlines()]
    (post,) = (post for post in posts if post["path"] == path)
    told = [each["status"] for each in post["links"]]
    # A tag in a link's address counts for itself, too.
    assert status in told
    assert status in ("missing", "case") or not {"missing", "case"} & set(told)
