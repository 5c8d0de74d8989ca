"""Collections that posts belong to by what their front matter says."""

import pytest
from conftest import run_postlint, write_files

SITE = {
    "schemas.py": (
        "import postlint\n\n\nclass Link(postlint.Post):\n    url: str\n\n\nclass Essay(postlint.Post):\n    summary: str\n"
    ),
    "postlint.toml": (
        "[[collections]]\nname = 'links'\ninclude = ['posts/**']\nwhere = { type = 'link' }\nschema = 'schemas.py:Link'\n"
        "[[collections]]\nname = 'essays'\ninclude = ['posts/**']\nwhere = { layout = 'post', order = 1 }\n"
        "schema = 'schemas.py:Essay'\n"
    ),
}


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        ("type: link", ["url"]),
        ("type: link\nlayout: post\norder: 1", ["url"]),
        ("type: [a, link]", ["url"]),
        ("layout: post\norder: 1", ["summary"]),
        ("layout: post", []),
        ("layout: page", []),
        ("title: A", []),
        ("type: {link: 1}", []),
    ],
)
def test_the_first_that_matches_wins(tmp_path, head, missing):
    write_files(tmp_path, {**SITE, "posts/a.md": f"---\n{head}\n---\n"})
    ran = run_postlint("check", "--select", "schema", "--output-format", "json", cwd=tmp_path)
    assert [d["field"] for d in ran.report["diagnostics"]] == missing


def test_a_broken_where_has_a_place(tmp_path):
    write_files(tmp_path, {"postlint.toml": "[[collections]]\nname = 'a'\ninclude = ['**']\nwhere = { a = [1] }\n"})
    ran = run_postlint("check", cwd=tmp_path)
    assert ran.status == 2
    assert "postlint.toml:4:15: `a` must be text, a number, or true or false" in ran.err


def test_other_commands_know_it_too(tmp_path):
    write_files(tmp_path, {**SITE, "posts/a.md": "---\nlayout: post\norder: 1\n---\n"})
    assert "schemas.py:Essay" in run_postlint("config", "--path", "posts/a.md", cwd=tmp_path).out
    assert '"summary"' in run_postlint("schema", "--path", "posts/a.md", cwd=tmp_path).out
