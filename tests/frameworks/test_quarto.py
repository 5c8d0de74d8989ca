"""Quarto: the answers of its own functions and of Pandoc, and what a project's settings say."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postlint import front_matter
from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.files.globs import matches
from postlint.frameworks import load
from postlint.frameworks.answers import UNKNOWN

VECTORS = Path(__file__).parents[1] / "vectors/quarto.jsonl"
QUARTO = load("quarto")
WEBSITE = "project:\n  type: website\n"
BLOG = "---\ntitle: Blog\nlisting:\n  contents: posts\n  sort: date desc\n---\n"


def vectors(kind, part=""):
    with VECTORS.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["kind"] == kind]
    return [row for row in rows if part in row.get("function", "")]


def name(row):
    return f"{row.get('input', '')!s:.60}"


def site(config=WEBSITE, **files):
    given = {"_quarto.yml": config, "index.qmd": BLOG, "posts/a/index.qmd": "", **files}
    return QUARTO(MemoryFiles({path: text.encode() for path, text in given.items()}))


# Only a block at the beginning is read; merge keys are merged for every parser; a template's mark is a mistake.
UNLIKE = ("<!-- c -->\n---", "body\n\n---\nmore", "<<: *x", "{{<", "<!-- c -->")


@pytest.mark.parametrize(
    "row", [row for row in vectors("front_matter") if not any(part in row["input"] for part in UNLIKE)], ids=name
)
def test_front_matter(row):
    found = front_matter.read(row["input"], QUARTO.dialect)
    data = front_matter.to_data(found.root)
    expected = row["result"] if isinstance(row["result"], dict) else {}
    # A tag of R's keeps its text.
    expected = {key: value["value"] if isinstance(value, dict) else value for key, value in expected.items()}
    assert (data if isinstance(data, dict) and not found.problem else {}) == expected
    assert bool(found.problem) == ("error" in row or row["input"] in NEVER_CLOSED)


NEVER_CLOSED = ("---\ntitle: a\nno end\n", "---\ntitle: a\n---body\n")


@pytest.mark.parametrize("row", vectors("date"), ids=name)
def test_dates(row):
    found = front_matter.read(f"---\ndate: {row['input']}\n---\n", QUARTO.dialect)
    if found.problem:
        assert row["result"] is None
        return
    (entry,) = found.root.entries
    if not entry.node.is_scalar:
        return
    moment = QUARTO(None).moment(entry.node.value, entry.node.text)
    if row["result"] is None:
        assert moment.instant is None
    elif "schema_error" in row:
        assert moment.instant is None
        assert "put it in quotes" in moment.problem.text
    elif moment.problem:
        # What Quarto makes of a day that does not exist has changed with its libraries.
        assert row["input"] in ("2024-13-45", "2024-02-30", "13/05/2024")
    else:
        instant = moment.instant if moment.instant.tzinfo else moment.instant.replace(tzinfo=UTC)
        assert instant.astimezone(UTC).isoformat(timespec="milliseconds")[:23] == row["result"][:23]


def test_the_month_comes_first():
    moment = QUARTO(None).moment("13/05/2024", "13/05/2024")
    assert moment.problem.text == "there is no month 13 (the month comes first); Quarto shows another day"
    assert QUARTO(None).moment("5/6/2024", "5/6/2024").instant == datetime(2024, 5, 6)


@pytest.mark.parametrize("row", vectors("slug", "auto_identifiers (Quarto"), ids=name)
def test_anchors(row):
    (heading,) = markdown.read(f"# {row['input']}\n", 0, QUARTO(None).syntax("posts/a/index.qmd")).headings
    if heading.id:
        assert heading.id == row["result"][0]
    elif "[^1]" not in row["input"]:
        assert site().anchors("posts/a/index.qmd", [heading.text] * 2) == row["result"]


def test_anchors_of_single_pages_may_come_from_listings():
    assert site().anchors("about.qmd", ["One"]) is None


@pytest.mark.parametrize("row", [row for row in vectors("body") if row["input"] != "![a](b c.png)"], ids=name)
def test_images_in_the_body(row):
    body = markdown.read(f"{row['input']}\n", 0, QUARTO(None).syntax("a.qmd"))
    images = [one.target.replace(" ", "%20") for one in body.references if one.kind == "image"]
    assert images == [found[1] for found in row["result"] if found[0] == "Image"]


@pytest.mark.parametrize(
    ("path", "data", "address"),
    [
        ("posts/My Post/index.qmd", {}, "/posts/My Post/"),
        ("posts/2024-01-05-x.qmd", {}, "/posts/2024-01-05-x.html"),
        ("index.qmd", {}, "/"),
        ("about.md", {"format": "html"}, "/about.html"),
        ("slides.qmd", {"format": {"revealjs": {}}}, "/slides.html"),
        ("journal.qmd", {"format": {"jss-html": {}, "jss-pdf": {}}}, "/journal.html"),
        ("paper.qmd", {"format": "pdf"}, None),
        ("x.qmd", {"output-file": "y.html"}, None),
        ("x.qmd", {"slug": "y", "permalink": "/y/"}, "/x.html"),
    ],
)
def test_addresses(path, data, address):
    assert site().address(path, data).addresses == ((address,) if address else None)


def test_old_addresses():
    aliases = site().address("posts/a/index.qmd", {"aliases": ["/old/x.html", "../b/", "/c#d"]}).aliases
    assert aliases == ("/old/x.html", "/posts/b/", "/c")


def collection(found, path):
    fits = (c.name for c in found.collections if matches(path, c.include) and not matches(path, c.exclude))
    return next(fits, None)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("posts/a/index.qmd", "posts"),
        ("posts/b.md", "posts"),
        ("about.qmd", "pages"),
        ("docs/x.Rmd", "pages"),
        ("_style.qmd", None),
        ("_parts/x.qmd", None),
        ("posts/a/_include.qmd", None),
        (".hidden/x.md", None),
        ("README.md", None),
        ("docs/README.qmd", None),
        ("readme.md", "pages"),
        ("_site/x.md", None),
        ("renv/library/x.md", None),
        ("posts/a/data.csv", None),
    ],
)
def test_posts_and_pages(path, name):
    assert collection(site(), path) == name


@pytest.mark.parametrize(
    ("listing", "path", "name"),
    [
        ("listing:\n  contents: posts/*/index.qmd", "posts/a/index.qmd", "posts"),
        ("listing:\n  contents: posts/*/index.qmd", "posts/b.qmd", "pages"),
        ("listing:\n  - id: a\n    contents: [notes/**/*.qmd, '!notes/x.qmd']", "notes/b.qmd", "notes"),
        ("listing:\n  contents: talks.yml", "talks/b.qmd", "pages"),
        ("listing: default", "notes/b.qmd", "pages"),
        ("listing:\n  contents: ../other", "other/b.qmd", "pages"),
    ],
)
def test_listings(listing, path, name):
    assert collection(site(**{"index.qmd": f"---\n{listing}\n---\n"}), path) == name


def test_what_is_rendered():
    config = "project:\n  type: website\n  output-dir: out\n  render:\n    - '*.qmd'\n    - notes/\n    - '!etc/'\n"
    found = site(config, **{"index.qmd": ""})
    paths = ("a/b.qmd", "a/b.md", "notes/b.md", "etc/b.qmd", "out/b.qmd")
    assert [collection(found, path) for path in paths] == ["pages", None, "pages", None, None]


def test_drafts():
    found = site("project:\n  type: website\nwebsite:\n  drafts: [posts/d.qmd]\n", **{"posts/_metadata.yml": "x: 1"})
    assert found.draft("posts/a.qmd", {"draft": True})
    assert found.draft("posts/d.qmd", {})
    assert not found.draft("posts/a.qmd", {})
    found = site(**{"posts/_metadata.yml": "draft: true"})
    assert found.draft("posts/a/index.qmd", {})
    assert not found.draft("posts/a/index.qmd", {"draft": False})
    assert not found.draft("about.qmd", {})


@pytest.mark.parametrize(
    ("target", "where", "path", "certain"),
    [
        ("a.png", "markdown", "posts/a/a.png", True),
        ("../a%20b.png", "html", "posts/a b.png", True),
        ("/img/a.png", "markdown", "img/a.png", True),
        ("thumb.jpg", "field", "posts/a/thumb.jpg", False),
        ("index_files/figure-html/x-1.png", "markdown", None, None),
        ("_book/a.svg", "markdown", None, None),
        ("plot", "markdown", None, None),
        ("../../../a.png", "markdown", None, None),
        ("images/*.png", "field", None, None),
    ],
)
def test_images(target, where, path, certain):
    leads = site().image("posts/a/index.qmd", {}, target, where)
    assert (leads.paths[0] if leads.paths else None) == path
    assert certain is None or leads.certain == certain


def test_links():
    found = site()
    assert found.link("posts/a/index.qmd", {}, "../b/index.qmd#sec-x", "markdown").paths == ("posts/b/index.qmd",)
    assert found.link("posts/a/index.qmd", {}, "/about.md", "html").paths == ("about.md",)
    leads = found.link("posts/a/index.qmd", {}, "../b/", "markdown")
    assert (leads.address, leads.certain) == ("/posts/b/", False)
    assert not found.link("posts/a/index.qmd", {}, "data.csv", "markdown").certain
    assert found.link("posts/a/index.qmd", {}, "{{< meta url >}}", "markdown") == UNKNOWN


def test_links_to_what_is_made_before_the_pages():
    found = site(f"{WEBSITE}quartodoc:\n  package: a\n")
    assert found.link("posts/a/index.qmd", {}, "/reference/f.qmd", "markdown") == UNKNOWN
    assert found.link("posts/a/index.qmd", {}, "../../reference/", "markdown") == UNKNOWN
    assert found.link("posts/a/index.qmd", {}, "/references.qmd", "markdown").certain
    found = site("project:\n  type: website\n  pre-render: make.py\n")
    assert not found.link("posts/a/index.qmd", {}, "/api/f.qmd", "markdown").certain


@pytest.mark.parametrize(
    ("tag", "target"),
    [
        ("{{< include _x.qmd >}}", "_x.qmd"),
        ('{{< embed "a b.ipynb#cell" >}}', "a b.ipynb"),
        ("{{< video https://e.org/x.mp4 >}}", "https://e.org/x.mp4"),
        ("{{< meta title >}}", None),
    ],
)
def test_shortcodes(tag, target):
    found = site().embedded(tag)
    assert [tag[each.start : each.end] for each in found] == ([target] if target else [])


@pytest.mark.parametrize(
    ("config", "is_site"),
    [
        (WEBSITE, True),
        ("project:\n  type: book\n", True),
        ("project:\n  type: posit-docs\nwebsite:\n  title: A\n", True),
        ("project:\n  type: default\n", False),
        ("project:\n  type: hugo\nwebsite:\n  title: A\n", False),
        ("format: html\n", False),
        ("project: [\n", False),
    ],
)
def test_detection(config, is_site):
    assert (QUARTO.detect(MemoryFiles({"_quarto.yml": config.encode()})) == "_quarto.yml") == is_site
