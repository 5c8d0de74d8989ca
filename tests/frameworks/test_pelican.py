"""Pelican: the answers of real builds, and what a site's settings change."""

import json
from pathlib import Path

import pytest

from postlint import front_matter
from postlint.body import markdown
from postlint.cli import main
from postlint.files.files import MemoryFiles
from postlint.files.globs import matches
from postlint.frameworks import load
from postlint.frameworks._shared import dateutil

VECTORS = Path(__file__).parents[1] / "vectors/pelican.jsonl"
PELICAN = load("pelican")


def vectors(kind, wanted=lambda row: True):
    with VECTORS.open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["kind"] == kind and wanted(row)]


def name(row):
    return f"{row.get('path') or ''} {row.get('input', row.get('reference', row.get('front_matter_text')))}"


def site(config=None):
    lines = ["PATH = 'content'", *(f"{key} = {value!r}" for key, value in (config or {}).items())]
    return PELICAN(MemoryFiles({"pelicanconf.py": "\n".join(lines).encode()}))


def data(framework, text):
    return front_matter.to_data(front_matter.read(text, framework.dialect).root)


@pytest.mark.parametrize("row", vectors("url"), ids=name)
def test_addresses(row):
    found = site(row["config"])
    path = row["path"]
    address = found.address(path, data(found, f"{row['front_matter_text']}\n\nText.\n"))
    taken = any(matches(path, each.include) and not matches(path, each.exclude) for each in found.collections)
    if row["result"] is None:
        assert address.addresses == () or not taken
    elif address.addresses is not None:
        assert taken
        assert address.addresses[0] == row["result"].removesuffix("index.html")
    else:  # Chinese and the like need the whole of unidecode's tables
        assert not row["front_matter_text"].isascii()


# These are filled up from the day of the build.
@pytest.mark.parametrize("row", vectors("date", lambda row: row["input"] not in ("2024", "Friday", "5")), ids=name)
def test_dates(row):
    found = site()
    moment = found.dated("content/x.md", "published", row["input"], row["input"])
    if row["result"] is None:
        assert moment.instant is None
    elif moment.instant:
        said = moment.instant.isoformat().replace("+00:00", "Z")
        assert said == row["result"]
    else:
        assert moment.problem is None


@pytest.mark.parametrize(
    ("text", "oddity"),
    [
        ("2024-02-30", "there is no day 30 in February"),
        ("2024-13-45", "there is no month 13"),
        ("2024-01-05 25:00", "there is no hour 25"),
        ("soon", "`soon` is not a date"),
        ("2024", "without a month and a day, a date gets those of the day of the build"),
        ("5. Januar 2024", "`5. Januar 2024` is not a date"),
        ("Friday", None),
    ],
)
def test_dates_that_are_none(text, oddity):
    read = dateutil.parse(text)
    assert read.instant is None
    assert read.oddity == oddity


@pytest.mark.parametrize(
    ("text", "day"),
    [
        *(
            ("99-01-05", "1999-01-05"),
            ("24-01-05", "2005-01-24"),
            ("12/31/99", "1999-12-31"),
            ("31.12.99", "1999-12-31"),
        ),
        *(("01-05-24", "2024-01-05"), ("2003 09 25", "2003-09-25"), ("2024-Jan-05", "2024-01-05")),
        *(("5th of January 2024", "2024-01-05"), ("2024-01-05T10", "2024-01-05"), ("25 09 2003", "2003-09-25")),
    ],
)
def test_dates_as_dateutil_reads_them(text, day, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764028800")  # 25 November 2025
    assert f"{dateutil.parse(text).instant:%Y-%m-%d}" == day


@pytest.mark.parametrize("row", vectors("front_matter"), ids=name)
def test_front_matter(row):
    found = site()
    values = found.values("content/x.md", data(found, row["input"]), "metadata")
    said = {key: value.isoformat()[:19] if key == "date" else value for key, value in values.items()}
    assert said == row["result"]


# An attribute without quotes is replaced by no one: it is not looked at.
@pytest.mark.parametrize("row", vectors("image", lambda row: "<img src={" not in row["reference"]), ids=name)
def test_images(row):
    found, files = site(row["config"]), MemoryFiles(dict.fromkeys(row["files"], b""))
    path, fields = row["path"], {"title": "Post", "date": "2024-01-05"}
    text = row["reference"] if row["reference"].startswith("<") else f"![a]({row['reference']})"
    for reference in markdown.read(text, 0, found.syntax(path)).references:
        where = "html" if reference.form == "html" else "markdown"
        target = found.image(path, fields, reference.target, where)
        if target.status != "unknown":
            served = any(files.find(each).status == "ok" for each in target.paths)
            assert served == (row["result"] is not None) or not target.certain


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Title: A b \nTags: x, y\n\nBody\n", {"title": "A b", "tags": ["x", "y"]}),
        ("---\nTitle: A\n---\nBody\n", {"title": "A"}),
        ("Tags: a; b, c\n", {"tags": ["a", "b, c"]}),
        ("Summary: one\n    two\n", {"summary": ["one", "two"]}),
    ],
)
def test_positions(text, spans):
    root = front_matter.read(text, site().dialect).root
    read = {}
    for entry in root.entries:
        nodes = entry.node.items
        written = [text[slice(*node.span)] for node in nodes] if nodes else text[slice(*entry.node.span)]
        read[entry.name] = written
    assert read == spans


def test_settings_are_never_run():
    code = b"import os\nPATH = os.environ['X']\nARTICLE_SAVE_AS = '/'.join(['a', '{slug}'])\nDEFAULT_LANG = 'fr'\n"
    found = PELICAN(MemoryFiles({"pelicanconf.py": code, "content/a.md": b""}))
    assert found.address("content/a.md", {"title": "A", "date": "2024-01-05"}).addresses is None
    assert found.collections[0].include == ("content/**/*.{md,markdown,mkd,mdown}",)


@pytest.mark.parametrize(
    ("files", "start"), [({"content/a.md": b""}, "content/"), ({"a.md": b""}, ""), ({"pages/a.md": b""}, "")]
)
def test_the_folder_that_the_command_line_names(files, start):
    assert PELICAN(MemoryFiles({"pelicanconf.py": b"", **files})).collections[0].include[0].startswith(f"{start}**/")


@pytest.mark.parametrize(
    ("default", "addresses"),
    [
        ((2012, 3, 2), ("/2012/a.html",)),
        ("2012-03-02", ("/2012/a.html",)),
        ("fs", None),
        ((2012, 13), None),
        (None, ()),
    ],
)
def test_the_date_of_articles_without_one(default, addresses):
    settings = {"ARTICLE_SAVE_AS": "{date:%Y}/{slug}.html", **({"DEFAULT_DATE": default} if default else {})}
    assert site(settings).address("content/a.md", {"title": "A"}).addresses == addresses
    assert site(settings).address("content/a.md", {"title": "A", "date": "2024-01-05"}).addresses == ("/2024/a.html",)


@pytest.mark.parametrize("target", ["%7Bstatic%7D/images/a.png", "%7bfilename%7d/images/a.png"])
def test_placeholders_in_code(target):
    found = site({}).image("content/a.md", {}, target, "markdown")
    assert found.status == "missing"
    assert "brackets" in found.note


@pytest.mark.parametrize(
    ("settings", "target", "certain"),
    [
        ({}, "/images/a.png", True),
        ({}, "/pictures/a.png", True),
        ({}, "/theme/a.png", False),
        ({"PLUGINS": ["sitemap"]}, "/images/a.png", True),
        ({"PLUGINS": ["thumbnailer"]}, "/images/a.png", False),
        ({"EXTRA_PATH_METADATA": {"extra/robots.txt": {"path": "robots.txt"}}}, "/a.png", True),
        ({"EXTRA_PATH_METADATA": {"extra/a.png": {"path": "a.png"}}}, "/a.png", False),
        ({"EXTRA_PATH_METADATA": {"extra/": {"path": "{url}"}}}, "/a.png", False),
    ],
)
def test_what_may_serve_an_image(settings, target, certain):
    found = site(settings).image("content/a.md", {"title": "A", "date": "2024-01-02"}, target, "markdown")
    assert (found.paths, found.certain) == ((f"content{target}",), certain)


def test_yaml_by_plugin():
    found = site({"PLUGINS": ["yaml_metadata"]})
    assert data(found, "---\ntitle: 'A'\ntags: [a, b]\n---\n") == {"title": "A", "tags": ["a", "b"]}


@pytest.mark.parametrize(("files", "evidence"), [({"pelicanconf.py": b""}, "pelicanconf.py"), ({"a.md": b""}, None)])
def test_detection(files, evidence):
    assert PELICAN.detect(MemoryFiles(files)) == evidence


def test_the_contents_lie_where_the_command_line_says_so():
    found = PELICAN(MemoryFiles({"pelicanconf.py": b"AUTHOR = 'A'\n", "content/a.md": b"", "pages/b.md": b""}))
    assert found.image("content/a.md", {}, "{static}/images/b.png", "markdown").paths == ("content/images/b.png",)


def test_keys_that_are_set_twice(tmp_path, monkeypatch, capsys):
    (tmp_path / "pelicanconf.py").write_text("PATH = 'content'\n")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/x.md").write_text(
        "Title: A\nDate: 2024-01-05\nSlug: a\nSlug: b\nCover: c\nCover: d\n\nText.\n"
    )
    monkeypatch.chdir(tmp_path)
    main(["check", "--select", "front-matter-duplicate-key", "--output-format", "concise"])
    said = capsys.readouterr().out
    assert "`slug` is already set on line 3; the first one counts" in said
    assert "`cover` is already set on line 5; both are kept, as a list" in said


@pytest.mark.parametrize(
    "settings",
    ["globals().update(load())", "from base import *", "exec(open('base.py').read())", "DEFAULT_DATE = 'fs'"],
)
def test_dates_from_settings_that_cannot_be_read(write, main, settings):
    write({"pelicanconf.py": f"PATH = 'content'\n{settings}\n", "content/a.md": "Title: A\n\nText.\n"})
    assert main("check", "--output-format", "json").report["diagnostics"] == []


def test_files_that_a_workflow_copies(write, main):
    site = {
        "pelicanconf.py": "PATH = 'content'\n",
        "content/a.md": "Title: A\nDate: 2024-01-02\n\n![B](b.png)\n",
        "content/b.png": "",
    }
    write(site)
    assert [each["rule"] for each in main("check", "--output-format", "json").report["diagnostics"]] == [
        "image-missing"
    ]
    write({".github/workflows/publish.yml": "run: |\n  pelican\n  cp content/*.png output/\n"})
    assert main("check", "--output-format", "json").report["diagnostics"] == []


@pytest.mark.parametrize(
    ("more", "found"),
    [("", ["LINK_HERE"]), ("PLUGINS = ['tags']\n", []), ("ARTICLE_SAVE_AS = '{slug}.html'\n", [])],
    ids=["a folder of its own", "plugins", "a file of its own"],
)
def test_what_lies_below_a_posts_own_address(write, main, more, found):
    write(
        {
            "pelicanconf.py": f"PATH = 'content'\nARTICLE_SAVE_AS = 'blog/{{slug}}/index.html'\n{more}",
            "content/a.md": "Title: A\nDate: 2024-01-02\n\n[a](LINK_HERE) [b](../b/) [c](/c/) [d](notes.html)\n",
        }
    )
    told = main("check", "--select", "link-missing", "--output-format", "json").report["diagnostics"]
    assert [each["message"].split("`")[1] for each in told] == found
