"""Pages that a framework makes by itself have addresses, too: posts, aliases and tags must not take them."""

import json

import pytest

DOCUSAURUS = {"docusaurus.config.js": "module.exports = { baseUrl: '/', presets: [['classic', {}]] };\n"}
HUGO = {"hugo.toml": "baseURL = 'https://example.org/'\n", "content/posts/b.md": "---\ntitle: B\n---\n"}
ZOLA = {"config.toml": "base_url = 'https://example.org'\ntaxonomies = [{name = 'tags'}]\n"}


def post(*lines):
    return "\n".join(("---", *lines, "---", ""))


@pytest.mark.parametrize(
    ("site", "path", "text", "field"),
    [
        (DOCUSAURUS, "blog/a.md", post("slug: /"), "slug"),
        (DOCUSAURUS, "blog/a.md", post("slug: /archive"), "slug"),
        (DOCUSAURUS, "blog/a.md", post("slug: tags", "tags: [a]"), "slug"),
        (DOCUSAURUS, "blog/a.md", post("slug: tags"), None),
        (DOCUSAURUS, "docs/a.md", post("slug: /blog"), None),
        (HUGO, "content/posts/a.md", post("url: /posts/"), "url"),
        (HUGO, "content/a.md", post("url: /categories"), "url"),
        (HUGO, "content/a.md", post("aliases: [/posts/]"), "aliases[0]"),
        (HUGO, "content/a.md", post("url: /other/"), None),
        ({**HUGO, "content/posts/_index.md": ""}, "content/posts/_index.md", post("title: Posts"), None),
        (
            {**HUGO, "hugo.toml": "baseURL = 'https://example.org/'\ndisableKinds = ['taxonomy']\n"},
            "content/a.md",
            post("url: /tags/"),
            None,
        ),
        (ZOLA, "content/a.md", "+++\npath = 'tags'\n+++\n", "path"),
        (ZOLA, "content/a.md", "+++\npath = 'tag'\n+++\n", None),
    ],
)
def test_a_post_at_the_address_of_a_list(write, main, site, path, text, field):
    write({**site, path: text})
    found = json.loads(main("check", "--no-cache", "--output-format", "json").out)["diagnostics"]
    mine = [each["field"] for each in found if each["rule"] == "slug-duplicate" and each["path"] == path]
    assert mine == ([field] if field else [])


@pytest.mark.parametrize(
    ("site", "path", "tags", "lost"),
    [
        (ZOLA, "content/a.md", "+++\n[taxonomies]\ntags = ['C', 'C++']\n+++\n", ["C++"]),
        (ZOLA, "content/a.md", "+++\n[taxonomies]\ntags = ['Cafe', 'Café']\n+++\n", []),
        (HUGO, "content/a.md", post("tags: [C, C++]"), []),
    ],
)
def test_tags_that_share_a_page(write, main, site, path, tags, lost):
    write({**site, path: tags})
    found = json.loads(main("check", "--no-cache", "--output-format", "json").out)["diagnostics"]
    assert [each["message"].split("`")[1] for each in found if each["rule"] == "tag-collision"] == lost
