"""The ids that real builds give headings, and those that the frameworks say."""

import json
from pathlib import Path

import pytest

from postlint.body import markdown
from postlint.files.files import MemoryFiles
from postlint.frameworks import load

VECTORS = Path(__file__).parents[1] / "vectors"
KINDS = {
    "hugo": ("heading",),
    "zola": ("heading",),
    "jekyll": ("kramdown GFM header id",),
    "hexo": ("hexo-renderer-marked heading id",),
}
PATHS = {
    "hugo": "content/a.md",
    "zola": "content/a.md",
    "jekyll": "_posts/2024-01-05-a.md",
    "hexo": "source/_posts/a.md",
}
SETTINGS = {"hugo": "hugo.json", "zola": "config.toml", "jekyll": "_config.yml", "hexo": "_config.yml"}


def pages():
    """The rows that stand in one page, by framework and settings: of Jekyll and Hexo each has one of its own."""
    out = {}
    for framework, kinds in KINDS.items():
        with (VECTORS / f"{framework}.jsonl").open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                newest = framework != "hugo" or row["version"] == "0.168.0"
                if row.get("function", row.get("library")) in kinds and newest and "{{<" not in row["input"]:
                    own = "" if "one page" in row.get("note", "") else row["input"]
                    out.setdefault((framework, json.dumps(row.get("config", {})), own), []).append(row)
    return [(framework, json.loads(config), found) for (framework, config, own), found in out.items() if own != "!!!"]


@pytest.mark.parametrize(("framework", "config", "page"), pages())
def test_heading_ids(framework, config, page):
    if framework == "zola":
        text = "".join(f"{key} = {toml(value)}\n" for key, value in {"base_url": "https://e.org", **config}.items())
    else:
        text = json.dumps(config)
    site = load(framework)(MemoryFiles({SETTINGS[framework]: text.encode()}))
    path = PATHS[framework]
    if framework == "zola":  # whose ASCII for these is not known
        page = [row for row in page if "日" not in row["input"] and "🎉" not in row["input"]]
    lines = [row["input"] if row["input"].startswith("#") else f"## {row['input']}" for row in page]
    body = markdown.read("\n\n".join(lines) + "\n", 0, site.syntax(path))
    made = site.anchors(path, [each.text for each in body.headings if not each.id])
    if made is not None:
        assert {row["result"] for row in page} <= {*body.ids, *made}


def test_ways_that_are_not_known():
    for framework, text in (
        ("hugo", '{"markup": {"goldmark": {"parser": {"autoHeadingIDType": "blackfriday"}}}}'),
        ("jekyll", "kramdown: {input: kramdown}"),
        ("jekyll", "markdown: CommonMark"),
    ):
        assert load(framework)(MemoryFiles({SETTINGS[framework]: text.encode()})).anchors("a.md", ["A"]) is None


def toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
    return json.dumps(value)
