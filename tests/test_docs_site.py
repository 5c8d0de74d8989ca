"""The docs as a site: it builds without a warning, nothing in it is dead, and postlint finds nothing wrong with it."""

import json
import os
import subprocess
import sys
from importlib.util import find_spec

import pytest
from conftest import ROOT

from postlint import frameworks, rules


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    if find_spec("material") is None:
        pytest.skip("not installed: Material for MkDocs (the dependency group `docs`)")
    folder = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_no_address_in_it_is_dead(site):
    command = [sys.executable, str(ROOT / "scripts/walk_html.py"), str(site), "--base", "/postlint/"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_links_in_code_are_shown_as_they_are_written(site):
    assert "![Basil](/images/Basil.png)" in (site / "index.html").read_text("utf-8")


def test_every_rule_and_setting_can_be_searched_for(site):
    pages = json.loads((site / "search" / "search_index.json").read_text("utf-8"))["docs"]
    titles = {page["title"] for page in pages}
    assert {f"<code>{name}</code>" for name in rules.names()} <= titles or set(rules.names()) <= titles
    texts = " ".join(page["text"] + page["title"] for page in pages)
    for name in ("extend-select", "per-path", "required-version", "preview", "--index-site"):
        assert name in texts
    for name in frameworks.names():
        assert frameworks.load(name).title in texts or name == "none"


def test_postlint_finds_nothing_wrong_with_the_docs(main):
    ran = main("check", "--no-cache", "--output-format", "json", "docs", cwd=ROOT)
    assert (ran.status, ran.found) == (0, [])
