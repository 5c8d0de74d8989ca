"""mdBook: what its builds made, and what a book's settings say."""

import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from postlint.files.files import MemoryFiles
from postlint.frameworks import load
from postlint.frameworks.answers import UNKNOWN

VECTORS = Path(__file__).parents[1] / "vectors/mdbook.jsonl"
MDBOOK = load("mdbook")


def vectors(kind):
    with VECTORS.open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["kind"] == kind]


def name(row):
    return f"{'default' if 'book' in row['config'] else 'bare'} {row.get('reference', row['path'])}"


def book(config="", summary="- [A](a.md)\n", **files):
    given = {"book.toml": config, "src/SUMMARY.md": summary, "src/a.md": "", **files}
    return MDBOOK(MemoryFiles({path: text.encode() for path, text in given.items()}))


@pytest.mark.parametrize("row", vectors("url"), ids=name)
def test_addresses(row):
    files = MemoryFiles({"book.toml": row["config"].encode(), **{p: t.encode() for p, t in row["files"].items()}})
    addresses = MDBOOK(files).address(row["path"], {}).addresses
    assert [unquote(each) for each in addresses] == ([row["result"]] if row["result"] else [])


@pytest.mark.parametrize("row", vectors("link"), ids=name)
def test_links(row):
    files = MemoryFiles({"book.toml": row["config"].encode(), **{p: t.encode() for p, t in row["files"].items()}})
    found = MDBOOK(files).link(row["path"], {}, row["reference"], "markdown")
    is_there = found.status == "files" and any(files.is_file(path) for path in found.paths)
    if row["result"] == "ok":
        assert is_there or found == UNKNOWN
    else:
        assert not is_there


@pytest.mark.parametrize("row", vectors("anchors"), ids=lambda row: row["version"])
def test_anchors(row):
    made = {each for each in row["result"] if each.strip("-1")}
    assert made <= {*book().anchors("src/a.md", row["headings"])}


def test_what_is_no_chapter_may_be_shown_in_any():
    found = book(**{"src/part.md": ""})
    assert found.link("src/part.md", {}, "b.md", "markdown") == UNKNOWN
    assert found.image("src/part.md", {}, "b.png", "markdown") == UNKNOWN
    assert found.link("src/a.md", {}, "b.md", "markdown").paths == ("src/b.md",)


def test_a_chapter_without_a_page():
    lost = book(**{"src/part.md": ""}).link("src/a.md", {}, "part.md", "markdown")
    assert (lost.status, lost.note) == ("missing", "`SUMMARY.md` does not list this chapter, so it has no page")


def test_preprocessors_may_make_chapters():
    found = book("[preprocessor.own]\n", **{"src/part.md": ""})
    assert found.link("src/a.md", {}, "part.md", "markdown") == UNKNOWN
    assert not found.link("src/a.md", {}, "b.md", "markdown").certain
    assert found.image("src/a.md", {}, "b.png", "markdown").certain
    assert found.linking.completed
    assert not book().linking.completed


def test_redirects():
    found = book('[output.html.redirect]\n"/b.html" = "a.html"\n')
    assert found.link("src/a.md", {}, "b.md", "markdown") == UNKNOWN
    assert found.link("src/a.md", {}, "c.md", "markdown").status == "files"


@pytest.mark.parametrize("target", ["/b.md", "../b.md", "../../b.html", "{{#include b.md}}", "b", "print.html"])
def test_what_is_not_known(target):
    assert book().link("src/a.md", {}, target, "markdown") == UNKNOWN


def test_sources_elsewhere():
    files = {"book.toml": b"[book]\nsrc = '.'\n", "SUMMARY.md": b"[A](a.md)", "a.md": b""}
    found = MDBOOK(MemoryFiles(files))
    assert found.address("a.md", {}).addresses == ("/a.html",)
    assert found.collections[0].include == ("**/*.md",)
    assert book("[book]\nsrc = '../text'\n").address("src/a.md", {}).addresses is None
