"""What a draft may leave out, and `check --publish`."""

import pytest
from conftest import run_postlint, write_files

SITE = {
    "schemas.py": (
        "from typing import Annotated\n\nfrom pydantic import Field\n\nimport postlint\n\n\n"
        "class Post(postlint.Post):\n"
        "    summary: Annotated[str | None, postlint.RequiredToPublish] = None\n"
        '    cover: Annotated[str | None, postlint.RequiredToPublish] = Field(None, alias="coverImage")\n'
        "    hidden: postlint.Draft = False\n"
    ),
    "postlint.toml": "[[collections]]\nname = 'all'\ninclude = ['posts/**']\nschema = 'schemas.py:Post'\n",
}


def missing(tmp_path, head, *options):
    write_files(tmp_path, {**SITE, "posts/a.md": f"---\ntitle: A\n{head}---\n"})
    ran = run_postlint("check", "--select", "schema", "--output-format", "json", *options, cwd=tmp_path)
    return [(d["field"], d["start"]["line"], d["message"]) for d in ran.report["diagnostics"]]


MISSING = [("coverImage", 1, "`coverImage` is missing; only drafts may leave it out")]


@pytest.mark.parametrize(
    ("head", "found", "with_publish"),
    [
        ("summary: A\n", MISSING, MISSING),
        ("summary: A\ndraft: false\n", MISSING, MISSING),
        ("summary: A\ndraft: true\n", [], MISSING),
        ("summary: A\nhidden: true\n", [], MISSING),
        ("summary: A\ncoverImage: a.png\n", [], []),
        ("summary: A\ncover: a.png\n", [], []),
    ],
)
def test_a_field_that_only_drafts_may_leave_out(tmp_path, head, found, with_publish):
    assert missing(tmp_path, head) == found
    assert missing(tmp_path, head, "--publish") == with_publish


@pytest.mark.parametrize("empty", ["", " ''", " null"])
def test_empty_is_not_filled_in(tmp_path, empty):
    found = [("summary", 3, "`summary` is empty; only drafts may leave it empty")]
    assert missing(tmp_path, f"summary:{empty}\ncoverImage: a.png\n") == found


def test_other_rules_judge_drafts_so_too(tmp_path):
    write_files(tmp_path, {"hugo.toml": "", "content/a.md": "---\ntitle: A\ndate: 2999-01-02\ndraft: true\n---\n"})
    for options, expected in (((), []), (("--publish",), ["date-future"])):
        ran = run_postlint("check", "--select", "date", "--output-format", "json", *options, cwd=tmp_path)
        assert [d["rule"] for d in ran.report["diagnostics"]] == expected
