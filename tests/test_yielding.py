"""What two rules find in one value is reported once."""

import pytest
from conftest import BARE_ASTRO, POST, write_files

SCHEMA = "import datetime\nimport pydantic\n\n\nclass Post(pydantic.BaseModel):\n    pubDate: datetime.date\n"
SETTINGS = '[[collections]]\nname = "blog"\ninclude = ["src/content/blog/*.md"]\nschema = "schemas.py:Post"\n'


@pytest.mark.parametrize(
    ("arguments", "rules"),
    [
        ([], ["date-invalid"]),
        (["--ignore", "date-invalid"], ["schema-invalid-value"]),
        (["--select", "schema"], ["schema-invalid-value"]),
    ],
    ids=["both", "ignored", "selected"],
)
def test_a_date_that_the_schema_refuses_too(postlint, tmp_path, arguments, rules):
    post = "---\ntitle: A\npubDate: soon\n---\n"
    write_files(tmp_path, {**BARE_ASTRO, "postlint.toml": SETTINGS, "schemas.py": SCHEMA, POST: post})
    ran = postlint("check", "--output-format", "json", *arguments)
    assert [rule for rule, *_ in ran.found] == rules


def test_a_missing_image_needs_no_text_first(astro, postlint):
    """What a missing image shows, nobody can describe: one finding is enough, and the other rule alone still reports it."""
    astro({"src/content/blog/a.md": "![](/none.png) ![](https://x.example/a.png)\n"})
    assert [d[0] for d in postlint("check", "--output-format", "json").found] == ["image-missing", "image-alt"]
    alone = postlint("check", "--select", "image-alt", "--output-format", "json").found
    assert [d[0] for d in alone] == ["image-alt", "image-alt"]
