"""What an editor shows about the place under the pointer."""

import struct

import pytest
from editors import HEAD

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 640, 480) + b"\x08\x06\0\0\0" + b"\0" * 4000
SCHEMA = """
import typing
import postlint
import pydantic

class BlogPost(postlint.Post):
    title: str
    pubDate: postlint.PublishedDate
    layout: typing.Literal["wide", "narrow"] = pydantic.Field("wide", description="How wide the text is.")
    tags: postlint.Tags = []
"""
CONFIG = "[[collections]]\nname = 'blog'\ninclude = ['src/content/blog/**']\nschema = 'schemas.py:BlogPost'\n"


def post(title, more=""):
    return f"---\ntitle: {title}\npubDate: 2024-01-02\n{more}---\n\n# Text\n"


@pytest.fixture
def one(editor, write):
    """An editor in a site of some posts, in which the settings say what the posts must have."""
    write(
        {
            "public/images/cat.png": PNG,
            "schemas.py": SCHEMA,
            "postlint.toml": CONFIG,
            "src/pages/blog/[...slug].astro": "",
            **{f"src/content/blog/{n}.md": post(f"Post {n}", "tags: [x, y]\nlayout: narrow\n") for n in "bcd"},
            "src/content/blog/e.md": post("Post e", "tags: [x]\nmood: calm\n"),
        }
    )
    return editor()


def hover(one, text, *place):
    one.tell_open(text)
    one.known()
    found = one.ask("textDocument/hover", one.at(*place))
    return found and found["contents"]["value"]


def test_why_a_finding_matters_and_how_to_fix_it(one):
    said = hover(one, f"{HEAD}a â€” b\n", 5, 2)
    assert said.startswith("**[mojibake](https://")
    assert said.index("*Why it matters*") < said.index("*How to fix it*")


def test_a_field_and_what_posts_do_with_it(one):
    said = hover(one, post("A", "layout: wide\n"), 3, 2)
    assert said.split("\n\n") == [
        "**layout**: text",
        "How wide the text is.",
        "Allowed values: `wide`, `narrow`",
        "3 of 4 posts in `blog` have it; it is text.",
        "Values: `narrow` (3)",
    ]


def test_a_field_with_a_role(one):
    said = hover(one, post("A"), 2, 3)
    assert said.split("\n\n")[:2] == ["**pubDate**: date or date with time, required", "When the post is published."]
    assert "4 of 4 posts in `blog` have it; it is a date." in said


def test_tags_and_how_often_each_is_used(one):
    assert hover(one, post("A", "tags: [x]\n"), 3, 1).endswith("Values: `x` (4), `y` (3)")


def test_an_image_and_its_size(one):
    said = hover(one, f"{HEAD}![A cat](/images/cat.png)\n", 5, 12)
    assert said == "`public/images/cat.png`: PNG, 640 × 480 pixels, 4 kB"


def test_a_link_and_the_title_of_its_page(one):
    said = hover(one, f"{HEAD}[b](/blog/b/)\n", 5, 6)
    assert said == "**Post b**\n\n`src/content/blog/b.md` at `/blog/b/`"


@pytest.mark.parametrize("place", [(5, 1), (0, 1), (2, 12)])
def test_nothing_is_said_of_other_places(one, place):
    assert hover(one, f"{HEAD}Some text.\n", *place) is None
