"""`postlint inspect` on small sites: what is known only from other posts, or from front matter that is no mapping."""

import json

import pytest

SITES = {
    "mkdocs": {"mkdocs.yml": "site_name: x\n"},
    "eleventy": {"eleventy.config.js": "export default function () {}\n"},
    "vitepress": {".vitepress/config.mjs": "export default { rewrites: { 'a.md': 'b.md' } };\n"},
    "hexo": {"_config.yml": "title: x\n", "package.json": '{"dependencies": {"hexo": "^8.1.2"}}'},
    "hugo": {"hugo.toml": "baseURL = 'https://example.org/'\n"},
    "jekyll": {
        "_config.yml": "title: x\nfiles: /assets\n",
        "Gemfile": 'gem "jekyll", "~> 4.4"\n',
        "assets/a b.png": "",
    },
    "zola": {"config.toml": "base_url = 'https://example.org'\n"},
    "pelican": {"pelicanconf.py": "PATH = 'content'\n"},
    "docusaurus": {"docusaurus.config.js": "module.exports = { baseUrl: '/', presets: [['classic', {}]] };\n"},
}


@pytest.fixture
def known(write, main):
    """What is printed of each post of a site, by its path."""

    def inspect(framework, posts):
        write({**SITES[framework], **posts})
        lines = main("inspect", "--output-format", "jsonl").out.splitlines()
        return {post["path"]: post for post in map(json.loads, lines)}

    return inspect


@pytest.mark.parametrize(
    ("framework", "posts", "addresses"),
    [
        ("mkdocs", {"docs/README.md": "", "docs/index.md": ""}, {"docs/README.md": [], "docs/index.md": ["/"]}),
        ("mkdocs", {"docs/a.md": "", "docs/a/index.md": ""}, {"docs/a.md": [], "docs/a/index.md": ["/a/"]}),
        ("eleventy", {"a.md": "", "a/index.md": ""}, {"a.md": [], "a/index.md": []}),
        ("vitepress", {"a.md": "", "b.md": ""}, {"a.md": [], "b.md": []}),
        (
            "pelican",
            dict.fromkeys(("content/a.md", "content/b.md"), "Title: T\nDate: 2024-01-05\n"),
            {"content/a.md": []},
        ),
        ("docusaurus", {"blog/a.md": "", "blog/a/index.md": ""}, {"blog/a.md": ["/blog/a"]}),
        (
            "zola",
            dict.fromkeys(("content/2024-01-05-a.md", "content/a.md"), "+++\n+++\n"),
            {"content/2024-01-05-a.md": [], "content/a.md": []},
        ),
    ],
)
def test_two_posts_at_one_address(known, framework, posts, addresses):
    found = known(framework, posts)
    assert {path: found[path]["addresses"] for path in addresses} == addresses
    assert all(found[path]["reason"] and not found[path]["published"] for path in addresses if not addresses[path])


def test_a_draft_takes_no_address_away(known):
    config = "export default function (c) { c.addPreprocessor('drafts', '*', (data) => !data.draft); }\n"
    same = "---\npermalink: /same/\ndraft: %s\n---\n"
    found = known("eleventy", {"eleventy.config.js": config, "a.md": same % "false", "b.md": same % "true"})
    assert (found["a.md"]["addresses"], found["b.md"]["published"]) == (["/same/"], False)


@pytest.mark.parametrize(
    ("framework", "path", "block", "values"),
    [
        ("eleventy", "a.md", "just text", "just text"),
        ("eleventy", "a.md", "- a\n- b", ["a", "b"]),
        ("docusaurus", "blog/a.md", "- a", ["a"]),
        ("vitepress", "a.md", "- a", {"0": "a"}),
        ("vitepress", "a.md", "tags:\n\t- a", {"tags": ["a"]}),
        ("hugo", "content/a.md", "- a", None),
        ("hugo", "content/a.md", "title: a\x07b\nmore: c\x85d", {"title": "a\x07b", "more": "c\x85d"}),
        ("zola", "content/a.md", "- a", None),
        ("hexo", "source/_posts/a.md", "- a", ["a"]),
        ("jekyll", "a.md", "a: !!str 12\nb: !!str '12'\nc: !!binary aGk=", {"a": 12, "b": "12", "c": "hi"}),
        ("jekyll", "a.md", "a: .inf\nb: -.inf\nc: .nan", {"a": "Infinity", "b": "-Infinity", "c": "NaN"}),
    ],
)
def test_front_matter_that_few_write(known, framework, path, block, values):
    assert known(framework, {path: f"---\n{block}\n---\n"})[path]["front_matter"] == values


def test_a_page_of_mkdocs_is_shown_with_its_broken_front_matter(known):
    broken = "---\ntitle: 2024: x: y\n---\n"
    site = {
        "mkdocs.yml": "site_name: x\ntheme: material\nplugins: [blog]\n",
        "docs/a.md": broken,
        "docs/blog/posts/b.md": broken,
    }
    found = known("mkdocs", site)
    assert [found[path]["published"] for path in ("docs/a.md", "docs/blog/posts/b.md")] == [True, False]


def test_what_git_ignores_is_made_by_a_build(write, main):
    write(
        {**SITES["mkdocs"], ".gitignore": "docs/made/\n", "docs/a.md": "![a](made/a.png)\n\n[b](made/b.md) [c](c.md)\n"}
    )
    (post,) = map(json.loads, main("inspect", "--output-format", "jsonl").out.splitlines())
    assert [each["status"] for each in (*post["images"], *post["links"])] == ["unknown", "unknown", "missing"]
    assert [line for line in main("check").out.splitlines() if "missing]" in line and "made/" in line] == []


def test_what_stops_the_build_has_no_date(known):
    site = {"mkdocs.yml": "site_name: x\ntheme: material\nplugins: [blog]\n"}
    path = "docs/blog/posts/x.md"
    post = known("mkdocs", {**site, path: "---\ntitle: T\ndate: {created: 2024-01-05, updated: soon}\n---\n"})[path]
    assert (post["published"], post["dates"]["published"]) == (False, None)
    assert post["reason"] == "error: `date` must be a date (`2024-01-05`, without quotes); the build stops"


@pytest.mark.parametrize("members", ['"title": "Hi",\n"tags": ["a"]', ""])
def test_json_without_braces(known, members):
    path = "source/_posts/a.md"
    post = known("hexo", {path: f";;;\n{members}\n;;;\nText\n"})[path]
    assert post["front_matter"] == ({"title": "Hi", "tags": ["a"]} if members else {})


@pytest.mark.parametrize("framework", ["jekyll", "zola"])
def test_what_is_not_utf_8_is_not_published(known, framework):
    path = {"jekyll": "_posts/2024-01-05-a.md", "zola": "content/a.md"}[framework]
    post = known(framework, {path: b"---\ntitle: caf\xe9\n---\n"})[path]
    assert (post["published"], post["front_matter"]) == (False, None)


def test_an_empty_date_is_none_whatever_the_name_says(known):
    path = "_posts/2024-01-05-a.md"
    assert known("jekyll", {path: "---\ndate:\n---\n"})[path]["dates"]["published"] is None


@pytest.mark.parametrize(
    ("framework", "path", "body", "statuses"),
    [
        ("hexo", "source/_posts/a.md", "{{ x }} ![a](/images/a.png)", []),
        ("hexo", "source/_posts/a.md", "Text {{ x }} ![a](/images/a.png)", ["missing"]),
        ("hexo", "source/_posts/a.md", "{# note #} ![a](/images/a.png)", ["missing"]),
        ("hexo", "source/_posts/a.md", "{% raw %}\n![a](/images/a.png)\n{% endraw %}", ["missing"]),
        ("jekyll", "a.md", "![a](/assets/a b.png) ![b](/assets/b c.png 'T')", ["ok", "missing"]),
        ("jekyll", "a.md", "![a](assets\\a%20b.png)", ["ok"]),
        ("jekyll", "a.md", '<img src="assets\\a b.png">', ["ok"]),
        ("jekyll", "a.md", "![a](/assets/)", ["unknown"]),
        ("jekyll", "a.md", "![a]({{ page.cover }}) ![b]({{ page.none }}/a.png)", ["ok", "unknown"]),
        ("jekyll", "a.md", "![a]({{ site.files }}/a%20b.png) ![a]({{ site.files }}/b.png)", ["ok", "missing"]),
    ],
)
def test_images_that_templates_change(known, framework, path, body, statuses):
    post = known(framework, {path: f"---\ncover: /assets/a b.png\n---\n{body}\n"})[path]
    assert [image["status"] for image in post["images"] if image["field"] is None] == statuses


@pytest.mark.parametrize(
    ("framework", "path", "text", "reason"),
    [
        ("zola", "content/a.md", "+++\nweight = '1'\n+++\n", "`weight` must be a whole number, 0 or more"),
        ("zola", "content/a.md", "+++\ntaxonomies.tags = 'a'\n+++\n", "`taxonomies.tags` must be a list of texts"),
        ("zola", "content/a.md", "---\ndate:\n---\n", "`date` is empty"),
        ("zola", "content/_index.md", "+++\nslug = 'a'\n+++\n", "Zola does not know the key `slug` in a section"),
        ("hugo", "content/a.md", "---\noutputs: [nope]\n---\n", "there is no output format `nope`"),
        ("docusaurus", "blog/a.md", "---\ntags: a\n---\n", "`tags` must be a list"),
        ("eleventy", "a.md", "---\npage: a\n---\n", "Eleventy keeps the key `page` for itself"),
    ],
)
def test_refused_values_name_the_key_and_the_reason(known, framework, path, text, reason):
    post = known(framework, {path: text})[path]
    assert (post["published"], post["reason"]) == (False, f"error: {reason}; the build stops")


@pytest.mark.parametrize(
    ("framework", "files", "reason"),
    [
        ("zola", {"content/_index.md": "+++\nslug = 'x'\n+++\n", "content/a.md": "+++\n+++\n"}, "content/_index.md"),
        ("hexo", {"source/b.md": "---\n---\n{% nope %}\n", "source/a.md": "---\n---\n"}, "source/b.md"),
    ],
)
def test_a_post_that_stops_the_build_keeps_all_others_from_being_published(known, framework, files, reason):
    found = known(framework, files)
    path = next(path for path in found if path.endswith("a.md"))
    assert (found[path]["published"], found[path]["reason"]) == (False, f"an error in `{reason}`; the build stops")
    assert found[path]["addresses"]


@pytest.mark.parametrize(
    ("framework", "path", "body"),
    [
        ("eleventy", "a.md", "```\n{% nope %}\n```\n"),
        ("eleventy", "a.md", "{{ broken\n"),
        ("hexo", "source/_posts/a.md", "{% if %}\n"),
        ("docusaurus", "docs/a.md", "<br>\n"),
        ("jekyll", "_posts/2024-01-05-a.md", "---\n---\n```\n{% link nope.md %}\n```\n"),
    ],
)
def test_a_body_that_stops_the_build(known, framework, path, body):
    post = known(framework, {path: body})[path]
    assert not post["published"]
    assert post["reason"].endswith("; the build stops")


@pytest.mark.parametrize(
    ("framework", "folder", "form"),
    [
        ("hexo", "source/_posts", "---\ndate: 2024-01-05 10:00:00\npermalink: /same/\n---\n"),
        ("jekyll", "_posts", "---\npermalink: /same/\n---\n"),
        ("hugo", "content", "---\nurl: /same/\n---\n"),
    ],
)
def test_posts_that_are_written_over_each_other(known, framework, folder, form):
    found = known(framework, {f"{folder}/2024-01-05-a.md": form, f"{folder}/2024-01-05-b.md": form})
    assert [post["addresses"] for post in found.values()] == [["/same/"]] * 2
    assert all("which one is shown is not certain" in post["reason"] for post in found.values())


def test_jekyll_shows_a_post_whose_front_matter_it_cannot_read(known):
    post = known("jekyll", {"_posts/2024-01-05-a.md": "---\ntitle: a: b\n---\n"})["_posts/2024-01-05-a.md"]
    assert (post["published"], post["addresses"], post["dates"]["published"]) == (True, None, None)


def test_what_stands_in_for_a_date_of_publication_in_hugo(known):
    post = "---\nlastmod: 2024-01-05\n---\n"
    assert known("hugo", {"content/a.md": post})["content/a.md"]["dates"]["published"] == "2024-01-05T00:00:00Z"
    own = "baseURL = 'https://example.org/'\n[frontmatter]\ndate = ['date']\n"
    found = known("hugo", {"hugo.toml": own, "content/a.md": post})
    assert found["content/a.md"]["dates"]["published"] is None


def test_an_image_without_an_address(known):
    (image,) = known("zola", {"content/a.md": "+++\n+++\n![a]()\n"})["content/a.md"]["images"]
    assert image["status"] == "missing"


def test_the_image_that_docusaurus_shows_of_a_post(known):
    post = known("docusaurus", {"docs/a.md": "---\nimage: a.png\n---\n", "static/b.png": ""})["docs/a.md"]
    assert [image["status"] for image in post["images"]] == ["missing"]


@pytest.mark.parametrize(
    ("files", "path", "statuses"),
    [
        ({"zensical.toml": "[project]\n"}, "docs/a.md", ["ok", "missing"]),
        # Labels and directives give ids, too.
        ({"conf.py": "extensions = ['ablog']\n"}, "a.md", ["ok", "unknown"]),
        # Nothing in the build of MkDocs fails for an anchor, which `link-anchor` reports.
        ({"mkdocs.yml": "site_name: x\n"}, "docs/a.md", ["ok", "ok"]),
    ],
)
def test_places_that_the_build_looks_for(files, path, statuses, write, main):
    write({**files, path: "# One\n\n[a](#one) [b](#two)\n"})
    (post,) = map(json.loads, main("inspect", "--output-format", "jsonl").out.splitlines())
    assert [each["status"] for each in post["links"]] == statuses
