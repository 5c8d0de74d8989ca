"""What the page says of the checked sites: what they are, the titles of posts, small images, and what was not checked."""

import base64
import re
import struct
import subprocess
import zlib

import pytest
from conftest import write_files
from test_html_report import DAMAGED, Page

import postlint
from postlint.diagnostics import Skipped
from postlint.reporters import Style, html
from postlint.reporting.report import Report


def png(wide=20, high=10, padding=0):
    """A PNG of one colour, with `padding` bytes of text in it."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * 20) * 10)
    text = chunk(b"tEXt", b"x" * padding) if padding else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + text + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def post(title, date, body="Text.\n", more=""):
    return f"---\ntitle: {title}\npubDate: {date}\n{more}---\n\n{body}"


POSTS = {
    "src/content/blog/one.md": post("The first post", "2023-04-01", "Now â€” then.\n"),
    "src/content/blog/two.md": post("The second post", "2023-05-02"),
    "src/content/blog/three.md": post("The third post", "2023-05-09", more="draft: true\n"),
    "src/content/notes/four.md": post("A <note>", "2024-12-31", "Now â€” then.\n"),
    "src/content/notes/five.md": "---\ntitle: A note without a date\n---\n",
}


@pytest.fixture
def page(astro, main):
    """Writes files into an Astro site, and parses the page about it."""

    def made(files, *more):
        return Page(main("check", "--output-format", "html", *more, cwd=astro(files)).out)

    return made


def test_the_page_says_what_the_site_is(page, tmp_path):
    said = page(POSTS).said
    assert tmp_path.name in said
    assert "Made withAstro as astro.config.mjs shows" in said
    assert "Posts5 (1 draft, 1 without a date)" in said
    assert re.search("Collectionsblog 3 *notes 2", said)
    assert "Posts by month most in May 2023: 2" in said


def test_months_are_columns_and_numbers(page):
    made = page(POSTS)
    (columns,) = (a for a in made.all("div") if a.get("class") == "years")
    assert columns["aria-label"] == "Posts from 2023 to 2024; most in May 2023: 2"
    heights = [a["class"] for a in made.all("i") if a["class"].startswith("w")]
    assert sorted(set(heights[3:27])) == ["w0", "w100", "w50"]
    assert "YearJFMAMJJASONDAll202411202312" + "3" in made.said


def test_languages_are_counted(write, main):
    settings = '{"i18n": {"locales": ["en", "de"], "defaultLocale": "en"}}'
    write(
        {
            "docusaurus.config.js": f"module.exports = {settings};\n",
            "docs/a.md": "# A\n",
            "docs/b.md": "# B\n",
            "i18n/de/docusaurus-plugin-content-docs/current/a.md": "# A\n",
        }
    )
    said = Page(main("check", "--output-format", "html").out).said
    assert re.search("Languagesen 2 *de 1", said)


def test_dates_far_apart_make_no_columns(page):
    made = page({**POSTS, "src/content/blog/old.md": post("Old", "0201-01-01")})
    assert not [a for a in made.all("div") if a.get("class") == "years"]
    assert "Posts by month" in made.said


@pytest.mark.parametrize("span", [30, 100])
def test_many_years_are_columns_of_years(page, span):
    made = page({**POSTS, "src/content/blog/old.md": post("Old", f"{2024 - span}-01-01")})
    (columns,) = (a for a in made.all("div") if a.get("class") == "years")
    assert f"from {2024 - span} to 2024" in columns["aria-label"]
    assert len([a for a in made.all("i") if a["class"].startswith("w")]) < 20 + span


def test_a_site_without_findings_is_described(page):
    said = page({"src/content/blog/two.md": POSTS["src/content/blog/two.md"]}).said
    assert "Nothing to report in 1 post" in said
    assert "Made withAstro" in said


def test_the_title_of_a_post_stands_before_its_path(page):
    made = page(POSTS)
    assert "The first postsrc/content/blog/one.md" in made.said
    assert "A <note>src/content/notes/four.md" in made.said


def test_collections_with_findings_are_a_filter(page):
    made = page(POSTS)
    (choice,) = (a for a in made.all("select") if a["id"] == "_collection")
    assert choice["aria-label"] == "Collection"
    assert {"c0", "c1"} <= {a["value"] for a in made.all("option")}
    assert [a.get("data-c") for a in made.all("details") if a.get("id", "").startswith("p")] == ["0", "1"]


def test_one_collection_needs_no_filter(page):
    made = page({"src/content/blog/one.md": DAMAGED})
    assert not [a for a in made.all("select") if a["id"] == "_collection"]


def test_each_site_of_a_repository_is_described(write, main, tmp_path):
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    write({"www/astro.config.mjs": "export default {}\n", "www/src/content/blog/a.md": DAMAGED})
    write({"handbook/mkdocs.yml": "site_name: Handbook\n", "handbook/docs/b.md": "# B\n\nNow â€” then.\n"})
    made = Page(main("check", "--output-format", "html").out)
    assert "Made withAstro" in made.said
    assert "Made withMkDocs" in made.said
    assert len([a for a in made.all("details") if a.get("class") == "site"]) == 2


IMAGES = {"src/content/blog/one.md": post("One", "2023-04-01", "![](small.png)\n\n![](other.png)\n")}


def images(made):
    return [a["src"] for a in made.all("img")]


def test_a_small_image_is_shown_where_it_is_in_question(page):
    made = page({**IMAGES, "src/content/blog/small.png": png(), "src/content/blog/other.png": png(30)})
    assert images(made) == [f"data:image/png;base64,{base64.b64encode(png(wide)).decode()}" for wide in (20, 30)]
    assert [(a["width"], a["height"]) for a in made.all("img")] == [("20", "10"), ("30", "10")]
    (policy,) = (a["content"] for a in made.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert "img-src data:;" in policy


@pytest.mark.parametrize(
    "data",
    [png(padding=13_000), png(50_000, 50_000), b'<svg xmlns="http://www.w3.org/2000/svg"/>', b"no image", b""],
    ids=["large file", "many pixels", "SVG", "text", "empty"],
)
def test_other_images_are_not_shown(page, data):
    made = page({**IMAGES, "src/content/blog/small.png": data, "src/content/blog/other.png": png()})
    assert images(made) == [f"data:image/png;base64,{base64.b64encode(png()).decode()}"]


def test_all_images_together_stay_small(page):
    names = [f"{at}.png" for at in range(15)]
    body = "\n\n".join(f"![]({name})" for name in names)
    files = {f"src/content/blog/{name}": png(20 + at, padding=10_000) for at, name in enumerate(names)}
    made = page({"src/content/blog/one.md": post("One", "2023-04-01", body), **files}, "--select", "image-alt")
    assert 5 < len(images(made)) < 10


def test_an_image_that_many_findings_are_about_is_shown_once(page):
    body = "![](small.png)\n\n![](../blog/small.png)\n"
    made = page({"src/content/blog/one.md": post("One", "2023-04-01", body), "src/content/blog/small.png": png()})
    assert len(images(made)) == 1


def test_images_of_a_staged_change_are_shown(astro, main, tmp_path):
    root = astro({**IMAGES, "src/content/blog/small.png": png(), "src/content/blog/other.png": png(30)})
    for command in (["init", "--quiet"], ["add", "."]):
        subprocess.run(["git", *command], cwd=root, check=True)
    made = Page(main("check", "--staged", "--output-format", "html").out)
    assert len(images(made)) == 2
    assert "Made withAstro" in made.said


def test_what_was_not_checked_is_said():
    skipped = [Skipped("images under /img/", 150, "none of them is here", 'missing-folders = "each"')]
    page = Page("".join(html.render(Report([], 1, skipped=skipped), Style())))
    assert (
        'What was not checked\n150 images under /img/ were not checked: none of them is here; missing-folders = "each"'
        " checks them." in page.said
    )


def test_a_kept_report_is_not_used_for_a_page(astro, postlint):
    astro({f"src/content/blog/{at}.md": post(f"Post {at}", "2023-04-01") for at in range(200)})
    for _ in range(2):
        postlint("check")
        assert "Made withAstro" in Page(postlint("check", "--output-format", "html").out).said


def test_the_library_describes_sites_if_asked(tmp_path):
    write_files(tmp_path, {"astro.config.mjs": "", **POSTS})
    assert postlint.check_paths([tmp_path]).sites == []
    (site,) = postlint.check_paths([tmp_path], describe=True).sites
    assert (site.framework, site.name, len(site.posts)) == ("Astro", tmp_path.name, 5)


def test_documents_are_described_if_asked():
    pairs = [(path, text.encode()) for path, text in POSTS.items()]
    (site,) = postlint.check_documents(pairs, postlint.Config(framework="astro"), describe=True).sites
    titles = {post.path: (post.title, post.collection, str(post.published), post.draft) for post in site.posts}
    assert titles["src/content/blog/three.md"] == ("The third post", "blog", "2023-05-09", True)
    assert titles["src/content/notes/five.md"] == ("A note without a date", "notes", "None", False)
