"""Pages that a framework makes by itself have addresses, too: posts, aliases and tags must not take them, and links may
lead to them. What each framework makes was taken from builds with it."""

import json

import pytest

DOCUSAURUS = {
    "docusaurus.config.js": "module.exports = { baseUrl: '/', presets: [['classic', { blog: { postsPerPage: 1 } }]] };\n",
    "blog/2024-01-01-first.md": "---\ntags: [C, JavaScript]\n---\n",
}
BARE = {"docusaurus.config.js": "module.exports = { baseUrl: '/', presets: [['classic', {}]] };\n"}
HUGO = {"hugo.toml": "baseURL = 'https://example.org/'\n", "content/posts/b.md": "---\ntitle: B\ntags: [x]\n---\n"}
ZOLA = {
    "config.toml": "base_url = 'https://example.org'\ntaxonomies = [{name = 'tags', paginate_by = 1}]\n",
    "content/b.md": "+++\n[taxonomies]\ntags = ['x']\n+++\n",
    "content/c.md": "+++\n[taxonomies]\ntags = ['x']\n+++\n",
}
HEXO = {
    "_config.yml": "title: x\ntheme: plain\nper_page: 1\npermalink: :title/\n",
    "package.json": json.dumps(
        {
            "dependencies": {
                "hexo": "8",
                "hexo-renderer-marked": "7",
                **{f"hexo-generator-{kind}": "2" for kind in ("index", "archive", "category", "tag", "feed")},
            }
        }
    ),
    "themes/plain/layout/post.njk": "",
    "source/_posts/b.md": "---\ndate: 2023-05-10\ntags: [C, Café]\ncategories: [Dev, Sub Cat]\n---\n",
    "source/_posts/c.md": "---\ndate: 2024-02-10\ntag: lone\n---\n",
}
JEKYLL = {
    "_config.yml": "plugins: [jekyll-archives, jekyll-paginate, jekyll-feed]\npaginate: 1\npaginate_path: /page:num/\n"
    "jekyll-archives:\n  enabled: all\n",
    "index.html": "---\n---\n",
    "_posts/2024-01-05-b.md": "---\ntags: [C++, Web Dev]\ncategories: [Two Words]\n---\n",
    "_posts/2024-01-06-c.md": "---\ntags: x y\n---\n",
}
MKDOCS = {
    "mkdocs.yml": "site_name: x\nsite_url: https://example.org/\ntheme: material\nplugins:\n"
    "- blog: {post_url_format: '{slug}', pagination_per_page: 1}\n",
    "docs/blog/index.md": "# Blog\n",
    "docs/blog/posts/b.md": "---\ndate: 2024-01-05\ncategories: [C++, Two Words]\n---\n# B\n",
    "docs/blog/posts/c.md": "---\ndate: 2024-01-06\n---\n# C\n",
}
PELICAN = {
    "pelicanconf.py": "PATH = 'content'\n",
    "content/b.md": "Title: B\nDate: 2024-01-05\nTags: C++, Web Dev\n\nx\n",
}
TAGS = "---\npagination:\n  data: collections\n  size: 1\n  alias: tag\n  filter: [all, posts]\npermalink: {}\n---\n"
ELEVENTY = {
    "eleventy.config.js": "module.exports = {};\n",
    "tags.njk": TAGS.format("/tags/{{ tag | slugify }}/"),
    "posts/b.md": "---\ntags: [posts, Web Dev]\n---\n",
}
ASTRO = {
    "astro.config.mjs": "export default {};\n",
    "src/pages/blog/[...slug].astro": "---\nexport const getStaticPaths = async () =>\n  (await getCollection('blog'))"
    ".map((post) => ({ params: { slug: post.id }, props: post }));\n---\n",
    "src/pages/blog/tags.astro": "",
    "src/pages/rss.xml.ts": "",
}


def post(*lines):
    return "\n".join(("---", *lines, "---", ""))


def article(title, *lines):
    return "\n".join((f"Title: {title}", "Date: 2024-01-06", *lines, "", "Text.", ""))


@pytest.mark.parametrize(
    ("site", "path", "text", "field"),
    [
        (BARE, "blog/a.md", post("slug: /"), "slug"),
        (BARE, "blog/a.md", post("slug: /archive"), "slug"),
        (BARE, "blog/a.md", post("slug: tags", "tags: [a]"), "slug"),
        (BARE, "blog/a.md", post("slug: tags"), None),
        (BARE, "docs/a.md", post("slug: /blog"), None),
        (DOCUSAURUS, "blog/archive.md", post("title: A"), ""),
        (DOCUSAURUS, "blog/a.md", post("slug: page/2"), "slug"),
        (DOCUSAURUS, "blog/a.md", post("slug: page/3"), None),
        (DOCUSAURUS, "blog/a.md", post("slug: tags/java-script"), "slug"),
        (DOCUSAURUS, "blog/a.md", post("slug: tags/javascript"), None),
        (DOCUSAURUS, "docs/a.md", post("slug: /tags/x-y", "tags: [x y]"), "slug"),
        (
            {**DOCUSAURUS, "blog/authors.yml": "ann:\n  name: A\n  page: true\n"},
            "blog/a.md",
            post("slug: authors/ann"),
            "slug",
        ),
        ({**DOCUSAURUS, "blog/authors.yml": "ann:\n  name: A\n"}, "blog/a.md", post("slug: authors/ann"), None),
        (
            {**DOCUSAURUS, "blog/tags.yml": "JavaScript: {permalink: /js}\n"},
            "blog/a.md",
            post("slug: tags/java-script"),
            None,
        ),
        (HUGO, "content/posts/a.md", post("url: /posts/"), "url"),
        (HUGO, "content/a.md", post("url: /categories"), "url"),
        (HUGO, "content/a.md", post("url: /tags/x/"), "url"),
        (HUGO, "content/a.md", post("url: /tags/y/"), None),
        (HUGO, "content/a.md", post("aliases: [/tags/x/]"), "aliases[0]"),
        (HUGO, "content/a.md", post("aliases: [/posts/]"), "aliases[0]"),
        (HUGO, "content/a.md", post("url: /other/"), None),
        ({**HUGO, "content/posts/_index.md": ""}, "content/posts/_index.md", post("title: Posts"), None),
        ({**HUGO, "content/posts/b.md": post("tags: [x]", "draft: true")}, "content/a.md", post("url: /tags/x/"), None),
        (
            {**HUGO, "hugo.toml": "baseURL = 'https://example.org/'\ndisableKinds = ['taxonomy']\n"},
            "content/a.md",
            post("url: /tags/"),
            None,
        ),
        (ZOLA, "content/a.md", "+++\npath = 'tags'\n+++\n", "path"),
        (ZOLA, "content/a.md", "+++\npath = 'tags/x'\n+++\n", "path"),
        (ZOLA, "content/a.md", "+++\npath = 'tags/x/page/2'\n+++\n", "path"),
        (ZOLA, "content/a.md", "+++\npath = 'tags/x/page/3'\n+++\n", None),
        (ZOLA, "content/a.md", "+++\npath = 'tag'\n+++\n", None),
        (HEXO, "source/_posts/a.md", post("permalink: page/2/"), "permalink"),
        (HEXO, "source/_posts/a.md", post("permalink: page/9/"), None),
        (HEXO, "source/_posts/a.md", post("permalink: archives/2023/05/"), "permalink"),
        (HEXO, "source/_posts/a.md", post("permalink: archives/2022/"), None),
        (HEXO, "source/_posts/a.md", post("permalink: tags/Cafe/"), "permalink"),
        (HEXO, "source/_posts/a.md", post("permalink: tags/lone/"), "permalink"),
        (HEXO, "source/_posts/a.md", post("permalink: categories/Dev/Sub-Cat/"), "permalink"),
        (HEXO, "source/_posts/a.md", post("permalink: categories/Sub-Cat/"), None),
        (HEXO, "source/tags/index.md", post("title: Tags"), None),
        (
            {**HEXO, "_config.yml": "theme: plain\npermalink: :title/\ntag_dir: topics\ntag_map: {C: cee}\n"},
            "source/_posts/a.md",
            post("permalink: topics/cee/"),
            "permalink",
        ),
        (
            {**HEXO, "_config.yml": "theme: plain\narchive_generator: {monthly: false}\n"},
            "source/_posts/a.md",
            post("permalink: archives/2023/05/"),
            None,
        ),
        (JEKYLL, "a.md", post("permalink: /page2/"), "permalink"),
        (JEKYLL, "a.md", post("permalink: /page3/"), None),
        (JEKYLL, "a.md", post("permalink: /tag/web-dev/"), "permalink"),
        (JEKYLL, "a.md", post("permalink: /category/two-words/"), "permalink"),
        (JEKYLL, "a.md", post("permalink: /2024/01/"), "permalink"),
        (JEKYLL, "a.md", post("permalink: /2023/"), None),
        ({**JEKYLL, "_config.yml": "plugins: [jekyll-archives]\n"}, "a.md", post("permalink: /tag/x/"), None),
        ({**JEKYLL, "_config.yml": "paginate: 1\n"}, "a.md", post("permalink: /page2/"), None),
        (MKDOCS, "docs/blog/posts/a.md", post("date: 2023-01-01", "slug: archive/2024"), "slug"),
        (MKDOCS, "docs/blog/posts/a.md", post("date: 2023-01-01", "slug: archive/2022"), None),
        (MKDOCS, "docs/blog/posts/a.md", post("date: 2023-01-01", "slug: page/2"), "slug"),
        (MKDOCS, "docs/blog/posts/a.md", post("date: 2023-01-01", "slug: category/two-words"), "slug"),
        (PELICAN, "content/a.md", article("Tags"), ""),
        (PELICAN, "content/a.md", article("Index"), ""),
        (PELICAN, "content/a.md", article("A", "Slug: archives"), "slug"),
        (PELICAN, "content/a.md", article("A", "Slug: tag/web-dev"), "slug"),
        (PELICAN, "content/a.md", article("Home", "Save_as: index.html"), None),
        (PELICAN, "content/a.md", article("Tagged"), None),
        ({**PELICAN, "pelicanconf.py": "DIRECT_TEMPLATES = ['index']\n"}, "content/a.md", article("Tags"), None),
        ({**PELICAN, "pelicanconf.py": "TAGS_SAVE_AS = ''\n"}, "content/a.md", article("Tags"), None),
        (ELEVENTY, "posts/a.md", post("permalink: /tags/web-dev/"), "permalink"),
        (ELEVENTY, "tags/web-dev.md", post("title: A"), ""),
        (ELEVENTY, "posts/a.md", post("permalink: /tags/posts/"), None),
        (
            {**ELEVENTY, "tags.njk": TAGS.format("/tags/{{ tag | own }}/")},
            "posts/a.md",
            post("permalink: /tags/web-dev/"),
            None,
        ),
        (ASTRO, "src/content/blog/a.md", post("slug: tags"), "slug"),
        (ASTRO, "src/content/blog/tags.md", post("title: A"), None),
    ],
)
def test_a_post_at_the_address_of_a_list(write, main, site, path, text, field):
    write({**site, path: text})
    found = json.loads(main("check", "--no-cache", "--output-format", "json").out)["diagnostics"]
    mine = [each["field"] or "" for each in found if each["rule"] == "slug-duplicate" and each["path"] == path]
    assert mine == ([] if field is None else [field])


@pytest.mark.parametrize(
    ("site", "path", "ok", "missing"),
    [
        (HEXO, "source/_posts/a.md", ("/tags/C/", "/archives/", "/page/2/", "/atom.xml"), ("/tags/D/", "/page/9/")),
        (JEKYLL, "_posts/2024-01-07-a.md", ("/tag/c/", "/2024/", "/page3/", "/feed.xml"), ("/tag/never/",)),
        (MKDOCS, "docs/a.md", ("/blog/category/c/", "/blog/archive/2024/", "/blog/page/2/"), ("/blog/category/d/",)),
        (PELICAN, "content/a.md", ("/tag/c.html", "/archives.html", "/feeds/all.atom.xml"), ("/tag/never.html",)),
        (ELEVENTY, "posts/a.md", ("/tags/web-dev/",), ()),
        (DOCUSAURUS, "blog/2024-01-02-a.md", ("/blog/tags/c", "/blog/page/2", "/blog/rss.xml"), ("/blog/tags/never",)),
        (HUGO, "content/posts/a.md", ("/tags/x/", "/tags/", "/posts/index.xml"), ("/tags/never/", "/categories/x/")),
        (ZOLA, "content/a.md", ("/tags/x/", "/tags/x/page/2/"), ("/tags/never/", "/tags/x/page/3/")),
    ],
)
def test_links_to_lists(write, main, site, path, ok, missing):
    head = article("A") if site is PELICAN else "+++\n+++\n" if site is ZOLA else post("date: 2024-01-07")
    write({**site, path: head + "".join(f"\n[a]({each})\n" for each in (*ok, *missing))})
    found = json.loads(main("check", "--no-cache", "--output-format", "json").out)["diagnostics"]
    dead = [each for each in found if each["rule"] == "link-missing" and each["path"] == path]
    assert [each["message"].split("`")[1] for each in dead] == list(missing)
    assert {each["severity"] for each in dead} <= {"warning"}
    posts = [json.loads(line) for line in main("inspect", "--output-format", "jsonl").out.splitlines()]
    (mine,) = (each for each in posts if each["path"] == path)
    assert [each["reference"] for each in mine["links"] if each["status"] == "ok"] == list(ok)


@pytest.mark.parametrize(
    ("site", "path", "link", "more"),
    [
        (HEXO, "source/_posts/a.md", "/tags/x/", {"source/_posts/d.md": post("date: 2024-01-05", "tags: y, x")}),
        (HEXO, "source/_posts/a.md", "/tags/x/", {"source/_posts/d.html": post("tags: [x]")}),
        (HEXO, "source/_posts/a.md", "/tags/x/", {"source/tags/x/index.html": ""}),
        (
            HEXO,
            "source/_posts/a.md",
            "/tags/x/",
            {"source/_posts/d.md": post("date: 2024-01-05", "permalink: tags/x/")},
        ),
        (HUGO, "content/a.md", "/tags/z/", {"content/d.md": post("tags: y, z")}),
        (HUGO, "content/a.md", "/tags/z/", {"content/d.md": post("tags: [z]", "draft: true")}),
        (HUGO, "content/a.md", "/tags/z/", {"content/d.html": "<p>x</p>"}),
        (
            HUGO,
            "content/a.md",
            "/tags/x/amp/",
            {"hugo.toml": "baseURL = 'https://e.org/'\noutputs.term = ['html', 'amp']\n"},
        ),
        (JEKYLL, "_posts/2024-01-07-a.md", "/tag/z/", {"_posts/2024-01-08-d.md": post("tags: y, z")}),
        (JEKYLL, "_posts/2024-01-07-a.md", "/tag/z/", {"_posts/2024-01-08-d.html": post("tags: [z]")}),
        (JEKYLL, "_posts/2024-01-07-a.md", "/tag/z/", {"old/_posts/2024-01-08-d.md": post("tags: [z]")}),
        (PELICAN, "content/a.md", "/tag/z.html", {"content/d.rst": "D\n=\n\n:tags: z\n"}),
        (PELICAN, "content/a.md", "/tag/z.html", {"_redirects": "/tag/* /x\n"}),
        (MKDOCS, "docs/a.md", "/blog/category/z/", {"docs/blog/category/z.md": "# Z\n"}),
        (DOCUSAURUS, "blog/2024-01-02-a.md", "/blog/tags/z", {"blog/tags.yml": "z: {label: Z}\n"}),
        (ZOLA, "content/a.md", "/tags/x/page/2/", {}),
    ],
)
def test_links_to_lists_that_there_may_be(write, main, site, path, link, more):
    head = article("A") if site is PELICAN else "+++\n+++\n" if site is ZOLA else post("date: 2024-01-07")
    write({**site, **more, path: f"{head}\n[a]({link})\n"})
    found = json.loads(main("check", "--no-cache", "--select", "link-missing", "--output-format", "json").out)
    assert [each["message"] for each in found["diagnostics"] if each["path"] == path] == []


@pytest.mark.parametrize(
    ("site", "path", "tags", "lost"),
    [
        (ZOLA, "content/a.md", "+++\n[taxonomies]\ntags = ['C', 'C++']\n+++\n", ["C++"]),
        (ZOLA, "content/a.md", "+++\n[taxonomies]\ntags = ['Cafe', 'Café']\n+++\n", []),
        (HUGO, "content/a.md", post("tags: [C, C++]"), []),
        (HEXO, "source/_posts/a.md", post("tags: [C, C++]"), ["C++"]),
        (HEXO, "source/_posts/a.md", post("tags: [Web Design, web-design]"), []),
        (JEKYLL, "_posts/2024-01-07-a.md", post("tags: [C]"), ["C++"]),
        ({"_config.yml": "plugins: []\n"}, "_posts/2024-01-07-a.md", post("tags: [C, C++]"), []),
        (PELICAN, "content/a.md", article("A", "Tags: C"), ["C++"]),
        (DOCUSAURUS, "blog/2024-01-02-a.md", post("tags: [C++]"), ["C++"]),
        (DOCUSAURUS, "docs/a.md", post("tags: [C++]"), []),
        (ELEVENTY, "posts/a.md", post("tags: [C, C++]"), ["C++"]),
        (ELEVENTY, "posts/a.md", post("tags: [web-dev]"), ["Web Dev"]),
    ],
)
def test_tags_that_share_a_page(write, main, site, path, tags, lost):
    write({**site, path: tags})
    found = json.loads(main("check", "--no-cache", "--output-format", "json").out)["diagnostics"]
    assert [each["message"].split("`")[1] for each in found if each["rule"] == "tag-collision"] == lost
