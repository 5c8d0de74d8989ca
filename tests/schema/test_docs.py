"""The example of docs/schema.md is true."""

import re
from pathlib import Path

import yaml

from postlint.schema import load

PAGE = Path(__file__).parents[2] / "docs" / "schema.md"


def test_example(tmp_path: Path) -> None:
    blocks = dict(reversed(re.findall(r"```(\w+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)))
    (tmp_path / "schemas.py").write_text(blocks["python"], encoding="utf-8")
    # YAML's own day would not exist; frameworks' parsers leave it as text.
    post = yaml.load(blocks["yaml"], yaml.BaseLoader) | {"title": 2024, "rating": 9}
    violations = load("schemas.py:BlogPost", str(tmp_path)).violations(post)
    assert {violation.message for violation in violations} == set(blocks["text"].splitlines())
