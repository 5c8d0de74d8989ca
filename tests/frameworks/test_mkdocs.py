"""MkDocs and Material's blog: the answers of real builds, and what a site's settings change."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postlint import front_matter
from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.files.globs import matches
from postlint.frameworks import load
from postlint.frameworks._shared.python_slugs import pymdownx
from postlint.frameworks.answers import Reason

VECTORS = Path(__file__).parents[1] / "vectors/mkdocs.jsonl"
MKDOCS = load("mkdocs")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
# What other pages do is not in the page.
NOT_IN_THE_POST = ("index.md wins", "same destination")


def vectors(kind, wanted=lambda row: True):
    with VECTORS.open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if row["kind"] == kind and wanted(row)]


def name(row):
    return f"{row.get('path') or ''} {row.get('input', row.get('reference', row.get('note', row.get('config'))))}"


def nested(config):
    out = {}
    for key, value in config.items():
        *path, last = key.split(".")
        at = out
        for part in path:
            at = at.setdefault(part, {})
        at[last] = value
    plugins = out.get("plugins")
    if isinstance(plugins, dict):
        out["plugins"] = [{key: value} for key, value in plugins.items()]
    return out


def site(config=None):
    return MKDOCS(MemoryFiles({"mkdocs.yml": json.dumps({"site_name": "x", **nested(config or {})}).encode()}))


def told_by_the_post(row):
    return not row.get("note", "").startswith(NOT_IN_THE_POST)


@pytest.mark.parametrize("row", vectors("url", told_by_the_post), ids=name)
def test_addresses(row):
    found = site(row["config"])
    raw = row.get("front_matter_text")
    text = (f"---\n{raw}\n---\n" if raw else "") + f"# {row.get('heading', 'A heading')}\n"
    read = front_matter.read(text, found.dialect)
    fields = front_matter.to_data(read.root) if read.root.entries else {}
    path = row["path"]
    taken = any(matches(path, each.include) and not matches(path, each.exclude) for each in found.collections)
    address = found.address_with_text(path, fields, text, read.body)
    if row["result"] is None:
        gone = (
            not taken
            or found.withheld(path, fields, NOW)
            or isinstance(found.values(path, fields, read.language), Reason)
        )
        assert gone or address.addresses == ()
    elif address.addresses is not None:  # dates in other languages are not computed
        assert taken
        assert address.addresses[0].removesuffix("index.html") == row["result"].removesuffix("index.html")
    else:
        assert "de" in json.dumps(row["config"])


@pytest.mark.parametrize("row", vectors("date"), ids=name)
def test_dates(row):
    found = site({"plugins.blog": {}})
    read = front_matter.read(f"---\ntitle: T\ndate: {row['input']}\n---\n", found.dialect)
    fields = front_matter.to_data(read.root)
    if row["result"] is None:
        assert isinstance(found.values("docs/blog/posts/x.md", fields, "yaml"), Reason) or read.problem
        return
    entry = front_matter.find(read.root, ("date", "created")) or front_matter.find(read.root, ("date",))
    moment = found.dated("docs/blog/posts/x.md", "published", entry[1].value, entry[1].text)
    assert moment.instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") == row["result"]


@pytest.mark.parametrize("row", vectors("front_matter"), ids=name)
def test_front_matter(row):
    read = front_matter.read(row["input"], site().dialect)
    data = front_matter.to_data(read.root) if read.root.entries else {}
    assert json.loads(json.dumps(data, default=str)) == row["result"]


@pytest.mark.parametrize("row", vectors("tags"), ids=name)
def test_tags(row):
    found = site({"plugins": ["tags"]})
    data = front_matter.to_data(front_matter.read(f"---\n{row['input']}\n---\n", found.dialect).root)
    assert (isinstance(found.values("docs/index.md", data, "yaml"), Reason)) == (row["result"] is None)


@pytest.mark.parametrize("row", vectors("image"), ids=name)
def test_images(row):
    found, files = site(row["config"]), MemoryFiles(dict.fromkeys(row["files"], b""))
    path = row["path"]
    text = row["reference"] if row["reference"].startswith("<") else f"![a]({row['reference']})"
    for reference in markdown.read(text, 0, found.syntax(path)).references:
        target = found.image(path, {}, reference.target, "html" if reference.form == "html" else "markdown")
        served = target.status == "external" or any(files.find(each).status == "ok" for each in target.paths)
        assert served == (row["result"] is not None)


def test_slugs():
    for row in vectors("slug", lambda row: "pymdownx" in str(row.get("function"))):
        assert pymdownx(row["input"]) == row["result"], row


@pytest.mark.parametrize(
    ("path", "text", "wrong"),
    [
        ("docs/blog/posts/x.md", "'2024-01-05'", True),
        ("docs/blog/posts/x.md", "2024-02-30", True),
        ("docs/page.md", "'2024-01-05'", False),
        ("docs/page.md", "2024-02-30", True),
    ],
)
def test_only_the_blog_reads_dates(path, text, wrong):
    found = site({"plugins.blog": {}})
    (entry,) = front_matter.read(f"---\ndate: {text}\n---\n", found.dialect).root.entries
    assert bool(found.dated(path, "published", entry.node.value, entry.node.text).problem) == wrong


def test_what_exclude_docs_takes_back():
    found = site({"exclude_docs": "dir/\n!dir/keep.md\n"})
    posts = ("docs/dir/keep.md", "docs/dir/other.md", "docs/keep.md")
    taken = [
        any(matches(path, c.include) and not matches(path, c.exclude) for c in found.collections) for path in posts
    ]
    assert taken == [True, False, True]


def test_tags_of_python_in_the_settings():
    text = b"""site_name: !ENV [NAME, x]
docs_dir: content
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - blog:
      post_slugify: !!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}
"""
    found = MKDOCS(MemoryFiles({"mkdocs.yml": text}))
    assert found.collections[0].include[0].startswith("content/blog/posts/")


def test_links_that_the_site_keeps_from_its_own_check():
    text = b"plugins:\n  - htmlproofer:\n      ignore_urls: ['../made/*', 'https://example.com/*']\n"
    found = MKDOCS(MemoryFiles({"mkdocs.yml": text}))
    leads = {link: found.link("docs/a/b.md", {}, link, "markdown").status for link in ("../made/c.md", "../c.md")}
    assert leads == {"../made/c.md": "unknown", "../c.md": "files"}
    assert found.link("docs/a.md", {}, "made/c.md", "markdown").status == "unknown"


def test_settings_that_are_inherited():
    files = {"mkdocs.yml": b"INHERIT: base.yml\nuse_directory_urls: false\n", "base.yml": b"docs_dir: src\n"}
    assert MKDOCS(MemoryFiles(files)).address("src/a.md", {}).addresses == ("/a.html",)


@pytest.mark.parametrize(("files", "evidence"), [({"mkdocs.yaml": b""}, "mkdocs.yaml"), ({"docs/a.md": b""}, None)])
def test_detection(files, evidence):
    assert MKDOCS.detect(MemoryFiles(files)) == evidence


def test_a_site_that_inherits_from_the_one_beside_it_is_served_by_the_same_host():
    files = {"mkdocs.yml": b"INHERIT: ../en/mkdocs.yml\n", "docs/a.md": b""}
    found = MKDOCS(MemoryFiles(files))
    assert found.image("docs/a.md", {}, "/img/a.png", "html").status == "unknown"
    assert found.image("docs/a.md", {}, "img/a.png", "markdown").status == "files"
