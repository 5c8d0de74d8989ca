"""Without a framework only what is certain is said."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from postlint import front_matter
from postlint.files.files import MemoryFiles
from postlint.frameworks import load
from postlint.frameworks.answers import UNKNOWN

PLAIN = load("none")


@pytest.fixture(scope="module")
def plain():
    return PLAIN(None)


@pytest.mark.parametrize(
    ("value", "text", "instant", "problem"),
    [
        (date(2024, 1, 5), "2024-01-05", datetime(2024, 1, 5), None),
        ("2024-01-05T10:00:00+09:00", "2024-01-05T10:00:00+09:00", datetime(2024, 1, 5, 1, tzinfo=UTC), None),
        ("2024-01-05 10:00", "2024-01-05 10:00", datetime(2024, 1, 5, 10), None),
        ("2024-02-30", "2024-02-30", None, "there is no day 30 in February"),
        ("2023-02-29", "2023-02-29", None, "there is no day 29 in February 2023"),
        ("2024-13-01T00:00Z", "2024-13-01T00:00Z", None, "there is no month 13"),
        ("2024-01-05 25:00", "2024-01-05 25:00", None, "there is no hour 25"),
        ("2024-01-05 10:61", "2024-01-05 10:61", None, "there is no minute 61"),
        ("9999-12-31T23:00-05:00", "9999-12-31T23:00-05:00", None, None),
        ("0000-01-01", "0000-01-01", None, None),
        ("YYYY-MM-DD", "YYYY-MM-DD", None, "`YYYY-MM-DD` is a placeholder"),
        ("October 4, 2025", "October 4, 2025", datetime(2025, 10, 4), None),
        ("October 76, 2025", "October 76, 2025", None, "October 2025 has 31 days, not 76"),
        ("May 1 - May 3, 2025", "May 1 - May 3, 2025", None, None),
        ("2024/1/5", "2024/1/5", datetime(2024, 1, 5), None),
        ("??", "??", None, "`??` is a placeholder"),
        ("{{ now }}", "{{ now }}", None, "`{{ now }}` is a placeholder"),
        ("soon", "soon", None, None),
        ("01/05/2024", "01/05/2024", None, None),
        (2024, "2024", None, None),
        (None, "", None, None),
    ],
)
def test_moment(plain, value, text, instant, problem):
    moment = plain.moment(value, text)
    assert (moment.instant, moment.problem and moment.problem.sentence) == (instant, problem)


@pytest.mark.parametrize(
    ("target", "first"),
    [
        ("a.png", "posts/a.png"),
        ("./a%20b.png?x#y", "posts/a%20b.png?x#y"),
        ("../images/a.png", "images/a.png"),
    ],
)
def test_images_beside_the_post(plain, target, first):
    found = plain.image("posts/p.md", {}, target, "markdown")
    assert (found.status, found.paths[0], found.certain) == ("files", first, False)
    assert not any(path.startswith("..") for path in found.paths)


def test_forms_of_a_path(plain):
    paths = plain.image("posts/p.md", {}, "./a%20b.png?x", "markdown").paths
    assert {"posts/a%20b.png", "posts/a b.png", "static/a b.png", "public/a b.png"} <= set(paths)


@pytest.mark.parametrize(
    "target",
    [
        *("/a.png", "../../a.png", "{{ site.url }}/a.png", "{static}/a.png", "<%= a %>.png", "@/a.png", "~/a.png"),
        *("hero", "images/hero", "_astro/a.png", "$lib/a.png", "", "#a", "?a.png"),
    ],
)
def test_what_is_not_judged(plain, target):
    assert plain.image("posts/p.md", {}, target, "markdown") == UNKNOWN


@pytest.mark.parametrize(
    "target", ["https://e.org/a.png", "//e.org/a.png", "data:image/png;base64,x", "mailto:a@e.org"]
)
def test_elsewhere(plain, target):
    assert plain.image("posts/p.md", {}, target, "html").status == "external"


def test_a_host_in_front_matter(plain):
    assert plain.image("posts/p.md", {}, "cdn.e.org/a.png", "field") == UNKNOWN
    assert "assets/img/a.png" in plain.image("posts/p.md", {}, "assets/img/a.png", "field").paths


def test_no_address_is_claimed(plain):
    assert plain.address("posts/p.md", {"slug": "x"}).addresses is None
    assert not PLAIN.addressing.from_names


def test_collections_are_the_folders_there_are():
    files = MemoryFiles({"blog/a.md": b"", "src/content/b.md": b"", "lib/c.md": b"", "posts": b""})
    assert [each.name for each in PLAIN(files).collections] == ["blog", "src/content"]


@pytest.mark.parametrize(
    ("path", "data", "key"),
    [
        ("posts/a.md", {"slug": "x"}, "posts::x"),
        ("posts/a/index.md", {"slug": "x"}, "posts::x"),
        ("posts/a.fr.md", {"slug": "x"}, "posts:fr:x"),
        ("posts/a.md", {"slug": "x", "lang": "de"}, "posts:de:x"),
        ("posts/a.md", {"slug": "x", "permalink": "/y/"}, "posts::/y/"),
        ("posts/a.md", {"path": "/shown/in/a/demo"}, None),
        ("posts/a.md", {"url": "https://e.org/x"}, None),
        ("posts/a.md", {"slug": 12}, None),
        ("posts/a.md", {}, None),
    ],
)
def test_posts_that_name_their_address(plain, path, data, key):
    assert plain.address(path, data).key == key


def test_images_from_the_root_are_looked_for_where_their_folder_is():
    found = PLAIN(MemoryFiles({"static/img/a.png": b"", "assets/css/a.css": b"", "posts/p.md": b""}))
    leads = found.image("posts/p.md", {}, "/img/b%20c.png?x", "markdown")
    assert (leads.status, leads.paths, leads.certain) == ("files", ("static/img/b c.png",), False)
    assert found.image("posts/p.md", {}, "/uploads/b.png", "markdown").paths == ("static/uploads/b.png",)
    assert found.image("posts/p.md", {}, "/logo.png", "markdown") == UNKNOWN


def test_images_in_a_folder_named_like_the_post():
    found = PLAIN(MemoryFiles({"source/blog/2023-11-01-a/b.png": b"", "source/blog/2023-11-01-a.html.md": b""}))
    leads = found.image("source/blog/2023-11-01-a.html.md", {}, "/blog/2023/11/01/a/b.png", "markdown")
    assert leads.paths == ("source/blog/2023/11/01/a/b.png", "source/blog/2023-11-01-a/b.png")


def test_images_from_the_root_of_a_site_within_the_repository():
    posts = {f"apps/web/content/{name}.md": b"---\ntitle: A\n---\n" for name in "abc"}
    found = PLAIN(MemoryFiles({"apps/web/static/img/a.png": b"", "package.json": b"{}", **posts}))
    assert found.image("apps/web/content/a.md", {}, "/img/b.png", "markdown").paths == ("apps/web/static/img/b.png",)


@pytest.mark.parametrize(
    ("packages", "reads_lines"),
    [
        ({"package.json": "{}"}, True),
        ({"package.json": "{}", "apps/web/package.json": '{"dependencies": {"svelte": "5"}}'}, True),
        ({"package.json": "{}", "apps/web/package.json": '{"dependencies": {"gray-matter": "4"}}'}, False),
        ({"package.json": '{"devDependencies": {"mdsvex": "0.12"}}'}, False),
        ({"package.json": '{"dependencies": {"metalsmith": "2"}}'}, False),
        ({"site.hs": "main", "tools/tailwind/package.json": "{}"}, False),
        ({"go.mod": "module a"}, False),
        ({"deps.edn": "{:deps {org.clojure/clojure {}}}"}, True),
        ({"project.clj": "(defproject a [clj-yaml])"}, False),
    ],
)
def test_whether_the_sites_code_reads_front_matter_itself(packages, reads_lines):
    files = MemoryFiles({"posts/a.md": b"", **{path: text.encode() for path, text in packages.items()}})
    assert PLAIN(files).front_matter.line_based == reads_lines


def _found(*paths):
    return PLAIN(MemoryFiles(dict.fromkeys(paths, b"---\ntitle: A\n---\n")))


def test_quartz_takes_titles_from_names_and_brings_its_own_documentation():
    paths = ("quartz.config.ts", "content/a.md", *(f"docs/{name}.md" for name in "abc"))
    assert _found(*paths).front_matter.optional
    assert [collection.name for collection in _found(*paths).collections] == ["content"]
    assert not _found("content/a.md").front_matter.optional


def test_hakyll_reads_metadata_anywhere():
    assert _found("site.cabal", "posts/a.md").front_matter.anywhere
    assert not _found("posts/a.md").front_matter.anywhere


def test_posts_of_mdsvex():
    found = _found(*(f"src/routes/{name}/+page.svx" for name in "abc"))
    assert [collection.name for collection in found.collections] == ["src/routes"]


def test_what_a_program_makes_posts_from_is_no_post():
    models = {f"models/{name}.md": b"---\ntitle: '%title%'\ndate: %date%\n---\n" for name in "abc"}
    posts = {f"pages/{name}.md": b"---\ntitle: A\n---\n" for name in "abc"}
    assert [collection.name for collection in PLAIN(MemoryFiles({**models, **posts})).collections] == ["pages"]


def test_links_to_sources():
    found = PLAIN(MemoryFiles({"posts/p.md": b"", "docs/a.md": b""}))
    leads = found.link("posts/p.md", {}, "./b%20c.md#x", "markdown")
    assert (leads.paths[0], leads.certain) == ("posts/b c.md", True)
    assert "docs/a.md" in found.link("posts/p.md", {}, "a.md", "markdown").paths
    assert found.link("posts/p.md", {}, "/docs/a.md", "markdown").paths[0] == "docs/a.md"
    for target in ("/blog/a/", "a.html", "../../a.md", "{{ url }}.md", "@/a.md", "https://e.org/a.md"):
        assert found.link("posts/p.md", {}, target, "markdown").status in ("unknown", "external")


@pytest.mark.parametrize(
    "anchor", ["1-first-step", "first-step", "_1-first-step", "c-first-step", "a.b", "ab", "first_step", "1-First-step"]
)
def test_anchors_are_those_of_any_generator(plain, anchor):
    assert anchor in plain.anchors("posts/p.md", ["1. First step", "C++ first step", "a.b"])


def vectors():
    lines = (Path(__file__).parents[1] / "vectors/plain.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


# It was run without a reader of TOML; carriage returns alone are line ends once it has read a file.
UNLIKE = ("+++", "---\rtitle")


@pytest.mark.parametrize(
    "row", [row for row in vectors() if not row["input"].startswith(UNLIKE)], ids=lambda row: repr(row["input"])[:40]
)
def test_front_matter_is_what_python_frontmatter_reads(row):
    read = row["readers"]["python-frontmatter"]
    found = front_matter.read(row["input"], PLAIN.dialect)
    data = front_matter.to_data(found.root)
    if "error" in read:
        assert found.problem
    else:
        assert (data if isinstance(data, dict) else {}) == read["data"]


@pytest.mark.parametrize(
    "row", [row for row in vectors() if row["found_by"] == row["of"]], ids=lambda row: row["input"]
)
def test_nothing_is_wrong_with_what_all_readers_read(row):
    found = front_matter.read(row["input"], PLAIN.dialect)
    assert found.problem is None
    assert "title" in front_matter.to_data(found.root)


def test_julia_is_no_toml():
    text = '+++\ntitle = "A"\npublished = Date(2024, 1, 5)\n+++\nText.\n'
    franklin = PLAIN(MemoryFiles({"config.md": b"", "_layout/head.html": b"", "blog/a.md": b""}))
    assert front_matter.read(text, franklin.dialect).language is None
    assert front_matter.read(text, PLAIN.dialect).problem


@pytest.mark.parametrize(("folder", "rules"), [("_posts", []), ("blog", ["front-matter-syntax"])])
def test_tabs_in_the_sources_of_a_hexo_site(write, main, folder, rules):
    write({f"{folder}/a.md": "---\ntitle: A\ntags:\n\t- one\n---\nText.\n"})
    found = main("check", "--output-format", "json").report["diagnostics"]
    assert [each["rule"] for each in found] == rules
