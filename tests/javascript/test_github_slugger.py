"""Slugs and anchors, against what github-slugger itself gave."""

import json
import os
from pathlib import Path

import pytest

from postlint.javascript.github_slugger import Slugger, slug

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("POSTLINT_SHARED") or HERE.parents[2] / "shared")


def rows(function):
    with (HERE.parent / "vectors/astro.jsonl").open(encoding="utf-8") as lines:
        found = [
            row for row in map(json.loads, lines) if row["kind"] == "slug" and row["function"].startswith(function)
        ]
    assert found
    return found


def test_slugs():
    for row in rows("github-slugger"):
        assert slug(row["input"]) == row["result"], row["input"]


def test_anchors_of_one_page():
    slugger = Slugger()
    for row in rows("GithubSlugger"):
        assert slugger.anchor(row["input"]) == row["result"], row["input"]


def test_slugs_side_by_side():
    path = SHARED / "frameworks/vectors/slug.jsonl"
    if not path.exists():
        pytest.skip(f"no {path}")
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            assert slug(row["input"]) == row["results"]["github-slugger 2.0.0"], row["input"]
