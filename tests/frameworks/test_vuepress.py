"""VuePress: pages that version 2 made, and what a site's settings change."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.files.globs import matches
from postlint.frameworks import load
from postlint.frameworks.answers import UNKNOWN

VECTORS = Path(__file__).parents[1] / "vectors/vitepress.jsonl"
VUEPRESS = load("vuepress")


def vectors(framework, kind):
    with VECTORS.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["kind"] == kind]
    return [row for row in rows if row["framework"] == framework]


def site(config=None, **files):
    text = f"import {{ defineUserConfig }} from 'vuepress'\nexport default defineUserConfig({json.dumps(config or {})})"
    given = {".vuepress/config.ts": text, **files}
    return VUEPRESS(MemoryFiles({path: text.encode() for path, text in given.items()}))


def version_1(config="{}"):
    return VUEPRESS(
        MemoryFiles(
            {
                ".vuepress/config.js": f"module.exports = {config}".encode(),
                "package.json": b'{"devDependencies": {"vuepress": "^1.9.10"}}',
            }
        )
    )


@pytest.mark.parametrize("row", vectors("vuepress", "url"), ids=lambda row: row["path"])
def test_addresses(row):
    found = site(row["config"])
    (pages,) = found.collections
    if row["result"] is None:
        assert matches(row["path"], pages.exclude)
        return
    assert found.address(row["path"], row["front_matter"]).addresses == (row["result"],)
    assert matches(row["path"], pages.include)
    assert not matches(row["path"], pages.exclude)


@pytest.mark.parametrize(
    ("config", "path", "data", "address"),
    [
        ({"base": "/docs/"}, "a/b.md", {}, "/docs/a/b.html"),
        ({"permalinkPattern": "/:year/:slug/"}, "2024-01-05-x.md", {}, "/2024/x/"),
        ({"permalinkPattern": "/:year/:slug/"}, "a.md", {"permalink": None}, "/a.html"),
        ({"permalinkPattern": "/:year/:slug/"}, "a.md", {"permalinkPattern": None}, "/a.html"),
        ({"permalinkPattern": "/:lang/:slug/"}, "a.md", {}, None),
        ({}, "Read me?/a#1.md", {}, "/Read me_/a_1.html"),
    ],
)
def test_settings(config, path, data, address):
    assert site(config).address(path, data).addresses == ((address,) if address else None)


def test_settings_that_code_makes():
    config = "export default defineUserConfig({ base: process.env.BASE })"
    found = site(**{".vuepress/config.ts": config}).address("a.md", {})
    assert (found.addresses, found.key) == (None, "/a.html")


def test_a_cast_settings_object_is_read():
    config = "import type { UserConfig } from 'vuepress'\nexport default <UserConfig>defineUserConfig({ base: '/b/' })"
    assert site(**{".vuepress/config.ts": config}).address("a.md", {}).addresses == ("/b/a.html",)


def test_version_1_leaves_names_alone_and_themes_their_addresses():
    assert version_1().address("_a/b.md", {}).addresses == ("/_a/b.html",)
    assert version_1("{ theme: 'vdoing' }").address("a.md", {}).addresses is None
    assert version_1("{ theme: 'vdoing' }").address("a.md", {"permalink": "/x/"}).addresses == ("/x/",)


def test_languages():
    found = site({"locales": {"/": {"lang": "en-US"}, "/zh/": {"lang": "zh-CN"}}})
    assert found.address("a.md", {}).language == "en-US"
    assert found.address("zh/a.md", {}).language == "zh-CN"
    assert site().address("a.md", {}).language is None


def test_page_patterns():
    (pages,) = site({"pagePatterns": ["**/*.md", "!.vuepress", "!parts/**", "!**/*.part.md"]}).collections
    assert [matches(path, pages.exclude) for path in ("a.md", "parts/a.md", "b/a.part.md")] == [False, True, True]


@pytest.mark.parametrize(
    ("target", "where", "status", "path", "certain"),
    [
        ("./a.png", "markdown", "files", "g/a.png", True),
        ("a%20b.png?x", "markdown", "files", "g/a b.png", True),
        ("../a.png", "html", "files", "a.png", True),
        ("/img/a.png", "markdown", "files", ".vuepress/public/img/a.png", True),
        ("/img/a.png", "field", "files", ".vuepress/public/img/a.png", False),
        ("/.vuepress/public/img/a.png", "markdown", "missing", None, True),
        ("@alias/a.png", "markdown", "unknown", None, True),
        ("~@alias/a.png", "markdown", "unknown", None, True),
        ("../../a.png", "markdown", "unknown", None, True),
        ("{{ a }}.png", "html", "unknown", None, True),
        ("https://e.org/a.png", "markdown", "external", None, True),
    ],
)
def test_images(target, where, status, path, certain):
    leads = site().image("g/p.md", {}, target, where)
    assert (leads.status, leads.paths[0] if leads.paths else None, leads.certain) == (status, path, certain)


def test_static_files_elsewhere():
    config = "export default defineUserConfig({ public: path.resolve(__dirname, '../../static') })"
    assert not site(**{".vuepress/config.ts": config}).image("a.md", {}, "/a.png", "markdown").certain


def test_images_of_version_1():
    assert version_1().image("g/p.md", {}, "./a.png", "markdown").certain
    assert not version_1().image("g/p.md", {}, "a.png", "markdown").certain


def test_links():
    found = site({"base": "/b/"})
    assert found.link("g/p.md", {}, "../a.md#x", "markdown").paths == ("a.md",)
    assert found.link("g/p.md", {}, "/g/a.md", "markdown").paths == ("g/a.md",)
    leads = found.link("g/p.md", {}, "/g/a.html", "markdown")
    assert (leads.address, leads.certain) == ("/b/g/a.html", False)
    assert found.link("g/p.md", {}, "/a.md", "html") == UNKNOWN
    assert version_1("{ theme: 'x' }").link("a.md", {}, "/tags/", "markdown") == UNKNOWN


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2024-01-05-x.md", datetime(2024, 1, 5, tzinfo=UTC)),
        ("2024/03/x.md", datetime(2024, 3, 1, tzinfo=UTC)),
        ("2024-13-45-x.md", None),
        ("x.md", None),
    ],
)
def test_dates_in_names(path, day):
    assert site().named_date(path) == day


@pytest.mark.parametrize(
    ("files", "evidence"),
    [
        ({".vuepress/config.ts": b""}, ".vuepress/config.ts"),
        ({".vuepress/config.yml": b""}, ".vuepress/config.yml"),
        ({".vuepress/dist/index.html": b""}, None),
        ({".vitepress/config.ts": b""}, None),
    ],
)
def test_detection(files, evidence):
    assert VUEPRESS.detect(MemoryFiles(files)) == evidence


# The text of an image counts in some frameworks; what Vue makes of a template leaves a page's ids unknown.
NOT_TOLD = ("![img]", "{{")


@pytest.mark.parametrize("framework", ["vitepress", "vuepress"])
def test_anchors(framework):
    found = load(framework)(None)
    for row in vectors("vitepress", "slug"):
        if row["result"] and "repeated" not in row["function"]:
            headings = markdown.read(f"# {row['input']}\n", 0, found.syntax("a.md")).headings
            made = {each for heading in headings for each in (heading.id, *found.anchors("a.md", [heading.text]))}
            assert row["result"] in made or row["input"].startswith(NOT_TOLD), row


def test_repeated_anchors():
    rows = [row for row in vectors("vitepress", "slug") if "repeated" in row["function"]]
    assert VUEPRESS(None).anchors("a.md", [row["input"] for row in rows]) == [row["result"] for row in rows]


def test_ids_that_the_site_makes_itself():
    assert site({"markdown": {"anchor": {"level": 2}}}).anchors("a.md", ["One"]) is None
    assert site({"markdown": {"toc": False}}).anchors("a.md", ["One"]) == ["one"]
