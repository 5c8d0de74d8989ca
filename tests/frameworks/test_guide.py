"""`docs/contributing/framework.md`: its skeleton is a working framework, and what it asks for is there for each one."""

import json
import pickle
import re

import pytest
from conftest import ROOT, write_files

from postlint import frameworks
from postlint.files.files import MemoryFiles

GUIDE = ROOT / "docs" / "contributing" / "framework.md"
SOURCES = ROOT / "src" / "postlint" / "frameworks"
VECTORS = ROOT / "tests" / "vectors"
# Their vectors are in a file that has another name.
VECTORS_OF = {
    "vuepress": "vitepress",
    "none": "plain",
    "nuxt": "nuxt-content",
    "ablog": "sphinx-ablog",
    "sveltekit": "sveltekit-mdsvex",
}
SITE = {
    "lumen.toml": 'base = "/blog"\n',
    "public/a.png": "",
    "entries/first.md": "---\ntitle: First\ndate: 2024-01-02\ntags: [a]\n---\n![A](/a.png) [b](/blog/entry/second/)\n",
    "entries/second.md": (
        "---\ntitle: Second\nslug: other\ndate: soon\n---\n![A](/b.png) [a](../first/) [b](/blog/entry/gone/)\n"
    ),
    "entries/third.md": "---\ntags: [a]\n---\nText.\n",
}


@pytest.fixture
def lumen(tmp_path, monkeypatch):
    """The guide's skeleton as a package of its own, and a site that it reads."""
    (code,) = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    write_files(tmp_path / "more", {"lumen/__init__.py": '"""Lumen sites."""\n', "lumen/framework.py": code})
    monkeypatch.setattr(frameworks, "__path__", [*frameworks.__path__, str(tmp_path / "more")])
    frameworks.load.cache_clear()
    yield write_files(tmp_path / "site", SITE)
    frameworks.load.cache_clear()


def test_the_skeleton_inspects_a_site(lumen, main):
    assert "lumen.toml" in main("config", cwd=lumen).out
    lines = main("inspect", "--output-format", "jsonl", cwd=lumen).out.splitlines()
    first, second, third = map(json.loads, lines)
    assert (first["framework"], first["addresses"]) == ("lumen", ["/blog/entry/first/"])
    assert first["dates"]["published"] == "2024-01-02T00:00:00Z"
    assert first["images"][0]["file"] == "public/a.png"
    assert [link["status"] for link in second["links"]] == ["ok", "missing"]
    assert third["reason"] == "error: an entry must have a `title`; the build stops"


def test_the_skeleton_checks_a_site(lumen, main):
    ran = main("check", "--no-cache", "--output-format", "json", cwd=lumen)
    found = {(each["path"], each["rule"]) for each in json.loads(ran.out)["diagnostics"]}
    assert found == {
        ("entries/first.md", "link-missing"),
        ("entries/second.md", "date-invalid"),
        ("entries/second.md", "image-missing"),
        ("entries/second.md", "link-missing"),
        ("entries/third.md", "schema-missing-field"),
    }


@pytest.mark.parametrize("name", frameworks.names())
def test_a_framework_has_what_the_guide_asks_for(name):
    pages = (ROOT / "docs" / "frameworks.md").read_text("utf-8")
    assert f"(frameworks/{name}.md)" in pages or name == "none", "a link in docs/frameworks.md"
    assert (ROOT / "docs" / "frameworks" / f"{name}.md").is_file() or name == "none", "a page in docs/frameworks/"
    modules = "".join(file.read_text("utf-8").split('"""')[1] for file in (SOURCES / name).glob("*.py"))
    assert re.search(r"[Ss]ources?:|\(lib/|\(getzola/", modules) or name == "none", "a cited source"
    detection = (ROOT / "tests" / "frameworks" / "test_detection.py").read_text("utf-8")
    assert f'"{name}"' in detection, "a case in test_detection.py"
    lines = (VECTORS / f"{VECTORS_OF.get(name, name)}.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["framework"] in (name, VECTORS_OF.get(name))]
    assert rows, "vectors"
    assert all("version" in row for row in rows) or name == "none", "the version that was run"


@pytest.mark.parametrize("name", frameworks.names())
def test_an_instance_can_be_sent_to_another_process(name):
    # A file of every kind of settings, so that each framework sets what it may set.
    site = MemoryFiles({"mkdocs.yml": b"plugins: [tags, blog]\n", "quartz.config.ts": b"", "posts/a.md": b"---\n---\n"})
    for files in (site, None):
        pickle.loads(pickle.dumps(frameworks.load(name)(files)))
