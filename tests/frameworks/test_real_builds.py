"""What real builds made of single posts, each a site of its own, as `postlint inspect` tells it.

Each row of `vectors/builds.jsonl` holds the site's files and what the generator that it names made of `post`: its
address (`url`), its `date`, its `front_matter`, or whether the `image` in it is served. null: nothing. Zola's are by its
sources.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest

from postlint.cli import main

BUILDS = Path(__file__).parents[1] / "vectors/builds.jsonl"


def builds(asked):
    with BUILDS.open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if asked in row]


def name(row):
    return f"{row['by']} {row['post']} {row['files'][row['post']]!s:.50}"


@pytest.fixture
def told(tmp_path, monkeypatch, capsys):
    """What is told of the post of a row; None where it is no post."""

    def tell(row):
        for path, text in row["files"].items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        monkeypatch.chdir(tmp_path)
        assert main(["inspect", "--output-format", "jsonl"]) == 0
        posts = map(json.loads, capsys.readouterr().out.splitlines())
        return next((post for post in posts if post["path"] == row["post"]), None)

    return tell


@pytest.mark.parametrize("row", builds("url"), ids=name)
def test_addresses(row, told):
    post = told(row)
    if row["url"] is None:
        assert post is None or post["addresses"] == [] or post["published"] is False
    else:
        addresses = [unquote(each).removesuffix("index.html") for each in post["addresses"]]
        assert addresses == [unquote(row["url"]).removesuffix("index.html")]


@pytest.mark.parametrize("row", builds("date"), ids=name)
def test_dates(row, told):
    found = told(row)["dates"]["published"]
    assert _instant(found) == _instant(row["date"])


@pytest.mark.parametrize("row", builds("front_matter"), ids=name)
def test_front_matter(row, told):
    found = told(row)["front_matter"]
    assert found == row["front_matter"] or not (found or row["front_matter"])


@pytest.mark.parametrize("row", builds("image"), ids=name)
def test_images(row, told):
    (image,) = told(row)["images"]
    assert image["status"] in (("ok",) if row["image"] else ("missing", "case"))


def _instant(text):
    """UTC where no zone is told; what is less than a second left out."""
    if text is None:
        return None
    at = datetime.fromisoformat(text).replace(microsecond=0)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
