"""The example blog: the installed command finds exactly what the blog's README lists."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from conftest import ROOT

BLOG = ROOT / "examples" / "blog"
COMMAND = Path(sys.executable).with_name("postlint")
_ROW = re.compile(r"^\| `([^`]+)` \| (\d+) \| \[([a-z-]+)\]", re.MULTILINE)


def check(*arguments):
    return subprocess.run(
        [COMMAND, "check", *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=180
    )


def listed():
    rows = _ROW.findall((BLOG / "README.md").read_text(encoding="utf-8"))
    return {(f"examples/blog/src/content/blog/{path}", rule, int(line)) for path, line, rule in rows}


def test_finds_what_the_readme_lists():
    ran = check("examples/blog", "--output-format", "json")

    assert (ran.returncode, ran.stderr) == (1, "")
    found = {(d["path"], d["rule"], d["start"]["line"]) for d in json.loads(ran.stdout)["diagnostics"]}
    assert found == listed()
    assert len({rule for _, rule, _ in found}) == 15  # as the main README says


def test_is_found_from_inside_and_as_the_site_that_is_here():
    here = subprocess.run(
        [COMMAND, "check", "--output-format", "json"],
        cwd=BLOG,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
    )

    found = {(d["path"], d["rule"], d["start"]["line"]) for d in json.loads(here.stdout)["diagnostics"]}
    assert {(os.path.join("examples/blog", path), rule, line) for path, rule, line in found} == listed()


def test_every_post_but_one_has_a_defect():
    posts = {path.relative_to(ROOT).as_posix() for path in (BLOG / "src/content/blog").rglob("*.md")}

    assert posts - {path for path, _, _ in listed()} == {"examples/blog/src/content/blog/hello-windowsill.md"}
