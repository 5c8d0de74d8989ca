"""Hexo sites: what real builds made of addresses, dates, front matter and images."""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from postlint import front_matter
from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.frameworks import load

VECTORS = Path(__file__).parents[1] / "vectors/hexo.jsonl"
HEXO = load("hexo")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def vectors(kind):
    """Rows of builds on a machine in UTC: what depends on another machine's zone, postlint cannot know."""
    with VECTORS.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["kind"] == kind]
    return [row for row in rows if row.get("machine_tz", "UTC") == "UTC" and "aspect" not in row]


def site(row):
    packages = {"dependencies": {"hexo": f"^{row['version'].split()[0]}"}}
    files = {
        "_config.yml": json.dumps({"url": "http://example.com", **row.get("config", {})}),
        "package.json": json.dumps(packages),
        **dict.fromkeys(row.get("files", ()), ""),
    }
    return MemoryFiles({name: text.encode() for name, text in files.items()})


def name(row):
    return f"{row.get('config', '')} {row.get('path', '')} {row.get('input', row.get('reference', ''))[:40]}"


@pytest.mark.parametrize("row", vectors("url"), ids=name)
def test_addresses(row):
    raw = row.get("front_matter_raw")
    if raw is None:
        lines = (f"{key}: {json.dumps(value)}\n" for key, value in row.get("front_matter", {}).items())
        raw = f"---\n{''.join(lines)}---\n"
    found = HEXO(site(row))
    read = front_matter.read(raw, found.dialect)
    data = front_matter.to_data(read.root)
    address = found.address(row["path"], data)
    if row["result"] is None:
        hidden = found.withheld(row["path"], data, NOW) or found.draft(row["path"], data) or read.problem
        assert address.addresses == () or hidden
    elif address.addresses is None:
        assert "timezone" in row.get("config", {}) or row.get("machine_tz", "UTC") != "UTC"
    else:
        assert [unquote(each).removesuffix("index.html") for each in address.addresses] == [
            unquote(row["result"]).removesuffix("index.html")
        ]


@pytest.mark.parametrize("row", vectors("date"), ids=name)
def test_dates(row):
    found = HEXO(site(row))
    (entry,) = front_matter.read(f"---\ndate: {row['input']}\n---\n", found.dialect).root.entries
    if not entry.node.is_scalar:
        pytest.skip("a list is no date for postlint")
    moment = found.moment(entry.node.value, entry.node.text)
    if row["result"] is None:
        assert moment.instant is None
        assert moment.problem or entry.node.value is None
    elif moment.instant is None:
        assert "timezone" in row.get("config", {}) or row.get("machine_tz", "UTC") != "UTC"
        assert not moment.problem
    else:
        instant = moment.instant if moment.instant.tzinfo else moment.instant.replace(tzinfo=UTC)
        assert instant == datetime.fromisoformat(row["result"])


@pytest.mark.parametrize("row", vectors("front_matter"), ids=name)
def test_front_matter(row):
    found = front_matter.read(row["input"], HEXO(None).dialect)
    broken = found.problem or any(front_matter.repeated(found.root))
    data = {} if broken else json.loads(json.dumps(front_matter.to_data(found.root), default=_json))
    assert data == (row["result"] or {})


def _json(value):
    return value.isoformat().replace("+00:00", "Z")


# Nunjucks stops the build at these, or the line is HTML; a title instead of a slug; a page's address instead of a file.
NOT_SEEN = (
    "nope",
    "{% if",
    "{{ site.x",
    "my pic.png",
    "{% post_link Other",
    "06/other)",
    "data:",
    "asset_path a.png %})",
)


@pytest.mark.parametrize(
    "row", [row for row in vectors("image") if not any(sign in row["reference"] for sign in NOT_SEEN)], ids=name
)
def test_images_and_links(row):
    files = site(row)
    found = HEXO(files)
    path, text = row["path"], row["reference"]
    body = markdown.read(text, 0, found.syntax(path))
    targets = []
    for use in body.references:
        where = "html" if use.form == "html" else "markdown"
        if "{" not in use.target:
            place = found.image if use.kind == "image" else found.link
            targets.append(place(path, {"date": "2024-01-05 00:00:00"}, use.target, where))
    for span in body.opaque:
        for kind, tag, target, _, _ in found.embedded(text[span.start : span.end]):
            place = found.image if kind == "image" else found.link
            targets.append(place(path, {"date": "2024-01-05 00:00:00"}, target, "shortcode", tag))
    served = [t.status == "external" or any(files.find(p).status == "ok" for p in t.paths) for t in targets]
    assert served
    assert served == [row["result"] is not None] * len(served)


def test_image_beside_the_page_is_in_the_posts_own_folder():
    found = HEXO(MemoryFiles({"_config.yml": b"post_asset_folder: true\n"}))
    target = found.image("source/_posts/x.md", {"date": "2024-01-05 00:00:00"}, "a.png", "html")
    assert target.paths[0] == "source/_posts/x/a.png"


@pytest.mark.parametrize("version", [4, 8])
def test_yaml_of_the_version(version):
    files = {"_config.yml": b"", "package.json": f'{{"dependencies": {{"hexo": "^{version}.0.0"}}}}'.encode()}
    found = front_matter.read("---\na: 012\n---\n", HEXO(MemoryFiles(files)).dialect)
    assert front_matter.to_data(found.root) == {"a": 10 if version == 4 else 12}


@pytest.mark.parametrize(
    ("plugins", "taken"),
    [
        ({"hexo-renderer-kramed": "^0.1.4"}, True),
        ({"hexo-renderer-marked": "^0.3.2"}, True),
        ({"hexo-renderer-markdown-it-plus": "^1.0.6", "hexo-image-link": "^0.0.5"}, True),
        ({"hexo-renderer-marked": "^1.0.0"}, False),
        ({"hexo-renderer-marked": "*"}, False),
        ({}, False),
    ],
)
def test_addresses_with_blanks_in_them(plugins, taken):
    files = {"_config.yml": b"", "package.json": json.dumps({"dependencies": {"hexo": "^4.0.0", **plugins}}).encode()}
    assert HEXO(MemoryFiles(files)).syntax("source/_posts/a.md").blank_targets == taken


@pytest.mark.parametrize("indent", ["\t", "\t\t", "  "])
def test_tabs_before_the_entries_of_a_list(indent):
    text = f"---\ntags:\n{indent}- Docker\n{indent}- ASP.NET\n---\n"
    read = front_matter.read(text, HEXO(MemoryFiles({})).dialect)
    assert front_matter.to_data(read.root) == {"tags": ["Docker", "ASP.NET"]}
    first = front_matter.find(read.root, ("tags", 0))[1].span
    assert text[first.start : first.end] == "Docker"


def test_images_that_a_plugin_looks_for_beside_the_post():
    plugins = {"hexo": "^7.2.0", "hexo-renderer-markdown-it-plus": "^1.0.6", "hexo-image-link": "^0.0.5"}
    files = {"_config.yml": b"", "package.json": json.dumps({"dependencies": plugins}).encode()}
    target = HEXO(MemoryFiles(files)).image(
        "source/_posts/a.md", {"date": "2024-01-02 12:00:00"}, "a/b.png", "markdown"
    )
    assert target.paths[0] == "source/_posts/a/b.png"


@pytest.mark.parametrize(("version", "count"), [("^2.0.0", 0), ("^7.0.0", 1)])
def test_images_by_the_version_of_the_renderer(write, main, version, count):
    packages = f'{{"hexo": {{}}, "dependencies": {{"hexo": "^5.0.0", "hexo-renderer-marked": "{version}"}}}}'
    post = "---\ntitle: A\ndate: 2024-01-02\n---\n![B](b.png)\n"
    settings = "search:\n\tpath: search.xml\npost_asset_folder: true\n"
    write({"_config.yml": settings, "package.json": packages, "source/_posts/a.md": post, "source/_posts/a/b.png": ""})
    found = main("check", "--select", "image-missing", "--output-format", "json").report["diagnostics"]
    assert len(found) == count


@pytest.mark.parametrize(("plugin", "certain"), [("hexo-wordcount-sy", True), ("hexo-generator-topics", False)])
def test_which_plugins_may_make_pages(plugin, certain):
    package = json.dumps({"dependencies": {"hexo": "^8.0.0", "hexo-renderer-marked": "^7.0.0", plugin: "^1.0.0"}})
    files = {"_config.yml": b"theme: plain\n", "package.json": package.encode(), "themes/plain/layout/post.njk": b""}
    found = load("hexo")(MemoryFiles({**files, "source/_posts/a.md": b""}))
    assert found.link("source/_posts/a.md", {}, "/2024/01/02/b/", "markdown").certain is certain
