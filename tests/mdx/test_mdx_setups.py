"""Which posts a site compiles as MDX, and how, as its settings and packages say."""

import json

import pytest

from postlint.files.files import MemoryFiles
from postlint.frameworks import load, names

POSTS = {"docs/a.md": False, "docs/a.mdx": True}


def site(framework, packages=None, **files):
    contents = {name: text.encode() for name, text in files.items()}
    if packages is not None:
        contents["package.json"] = json.dumps({"dependencies": packages}).encode()
    return load(framework)(MemoryFiles(contents))


def docusaurus(config="{}", version="3.10.2"):
    return site("docusaurus", {"@docusaurus/core": version}, **{"docusaurus.config.js": f"module.exports = {config};"})


@pytest.mark.parametrize("framework", ["astro", "next", "gatsby", "none"])
@pytest.mark.parametrize("path", POSTS)
def test_the_ending_says_whether_a_post_is_mdx(framework, path):
    assert (load(framework)(None).mdx(path, {}) is not None) == POSTS[path]


@pytest.mark.parametrize(
    "framework", sorted({*names()} - {"astro", "next", "fumadocs", "gatsby", "none", "docusaurus"})
)
def test_other_frameworks_compile_no_mdx(framework):
    assert load(framework)(None).mdx("docs/a.mdx", {}) is None


def test_docusaurus_compiles_all_posts_unless_it_is_told_otherwise():
    plain, detecting = docusaurus(), docusaurus("{markdown: {format: 'detect'}}")
    assert plain.mdx("docs/a.md", {})
    assert plain.mdx("docs/a.mdx", {})
    assert plain.mdx("docs/a.md", {"mdx": {"format": "md"}}) is None
    assert plain.mdx("docs/a.md", {"mdx": {"format": "detect"}}) is None
    assert detecting.mdx("docs/a.md", {}) is None
    assert detecting.mdx("docs/a.mdx", {})
    assert detecting.mdx("docs/a.md", {"mdx": {"format": "mdx"}})
    assert docusaurus("{markdown: {format: 'md'}}").mdx("docs/a.mdx", {}) is None


def test_docusaurus_settings_change_what_is_accepted():
    def setup(config):
        return docusaurus(config).mdx("docs/a.md", {})

    assert setup("{}").comments
    assert setup("{}").heading_ids
    assert setup("{}").math is False
    assert not setup("{markdown: {mdx1Compat: {comments: false}}}").comments
    assert not setup("{markdown: {mdx1Compat: {headingIds: false}}}").heading_ids
    assert setup("{presets: [['classic', {docs: {remarkPlugins: [require('remark-math')]}}]]}").math
    assert "hint" in setup("{presets: [['classic', {docs: {admonitions: {keywords: ['hint']}}}]]}").admonitions
    assert setup("{markdown: {preprocessor: ({fileContent}) => fileContent}}") is None
    assert docusaurus(version="2.4.3").mdx("docs/a.md", {}) is None


@pytest.mark.parametrize(
    ("packages", "compiles"),
    [
        ({}, True),
        ({"@mdx-js/mdx": "^3.1.0"}, True),
        ({"@mdx-js/mdx": "^1.6.22"}, False),
        ({"@mdx-js/loader": "1.6.22"}, False),
        ({"next-mdx-remote": "^3.0.0"}, False),
        ({"next-mdx-remote": "^5.0.0"}, True),
        ({"@mdx-js/runtime": "2.0.0-next.9"}, False),
    ],
)
def test_mdx_1_is_left_alone(packages, compiles):
    for framework in ("next", "none"):
        assert (site(framework, packages).mdx("a.mdx", {}) is not None) == compiles


def test_packages_tell_which_plugins_there_may_be():
    assert site("next", {}).mdx("a.mdx", {}).math is False
    assert site("next", {"remark-math": "6"}).mdx("a.mdx", {}).math is None
    assert site("next").mdx("a.mdx", {}).math is None
    assert site("next", {"remark-gfm": "4"}).mdx("a.mdx", {}).gfm
    assert site("next", {"remark-directive": "3"}).mdx("a.mdx", {}).directives is None
    assert site("none", **{"docs.json": "{}"}).mdx("a.mdx", {}) is None


def test_astro_may_compile_with_another_compiler_from_version_7_on():
    def setup(version):
        packages = {"astro": version, "@astrojs/mdx": "*"}
        return site("astro", packages, **{"astro.config.mjs": "export default {}"}).mdx("a.mdx", {})

    assert setup("^7.3.0").satteri
    assert not setup("^5.0.0").satteri


def test_astro_without_its_integration_compiles_none():
    without = site("astro", {"astro": "^7"}, **{"astro.config.mjs": "export default {integrations: []}"})
    assert without.mdx("src/content/blog/a.mdx", {}) is None
