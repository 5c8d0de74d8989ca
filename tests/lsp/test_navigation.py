"""Links, definitions, symbols and formatting in an editor."""

import pytest
from conftest import write_files
from editors import HEAD, applied

SCHEMA = """
import typing
import postlint

class P(postlint.Post):
    author: typing.Annotated[str, postlint.Reference("authors")]
"""
PLAIN = HEAD.replace("\r\n", "\n")


@pytest.fixture
def one(editor, write):
    other = PLAIN.replace("A post", "Another") + "## First\n\nText.\n\n## Second thing\n\nText.\n"
    write({"src/content/blog/b.md": other, "public/cat.png": "", "src/pages/blog/[...slug].astro": ""})
    return editor()


TEXT = PLAIN + "[b](/blog/b/#second-thing) ![cat](/cat.png) [x](https://example.org/) [gone](/blog/x/)\n"


def test_links_lead_to_files(one):
    one.tell_open(TEXT)
    one.known()
    found = one.ask("textDocument/documentLink", one.about())
    assert [(each["target"].rpartition("/")[2], each["tooltip"]) for each in found] == [
        ("b.md", "Another"),
        ("cat.png", "public/cat.png"),
    ]
    assert found[0]["range"] == {"start": {"line": 5, "character": 4}, "end": {"line": 5, "character": 25}}


def test_a_link_is_followed_to_its_heading(one):
    one.tell_open(TEXT)
    one.known()
    found = one.ask("textDocument/definition", one.at(5, 10))
    assert found["uri"].endswith("/b.md")
    assert found["range"]["start"]["line"] == 9
    assert one.ask("textDocument/definition", one.at(5, 36))["uri"].endswith("/public/cat.png")
    assert one.ask("textDocument/definition", one.at(5, 60)) is None


def test_an_author_is_followed_to_the_data(start, tmp_path):
    write_files(
        tmp_path,
        {
            "mkdocs.yml": "site_name: x\n",
            "schemas.py": SCHEMA,
            "postlint.toml": "[[collections]]\nname = 'x'\ninclude = ['docs/**']\nschema = 'schemas.py:P'\n",
            "data/authors.yml": "ann: {}\n",
            "docs/a.md": "",
        },
    )
    one = start()
    one.uri = (tmp_path / "docs/a.md").as_uri()
    one.open("---\nauthor: ann\n---\n\nText.\n")
    assert one.ask("textDocument/definition", one.at(1, 9))["uri"].endswith("/data/authors.yml")


def test_the_headings_of_a_post(one):
    one.open(f"{PLAIN}# One\n\n## Two\n\n### Three\n\n## Four\n\n# Five\n")
    (post,) = one.ask("textDocument/documentSymbol", one.about())

    def tree(symbol):
        return symbol["name"], [tree(each) for each in symbol["children"]]

    assert tree(post) == ("A post", [("One", [("Two", [("Three", [])]), ("Four", [])]), ("Five", [])])
    two = post["children"][0]["children"][0]
    assert (two["range"]["start"]["line"], two["range"]["end"]["line"]) == (7, 11)


def test_posts_are_found_by_their_titles(one):
    found = one.ask("workspace/symbol", {"query": "anoth"})
    assert [(each["name"], each["containerName"]) for each in found] == [("Another", "src/content/blog/b.md")]
    assert found[0]["location"]["range"]["start"] == {"line": 1, "character": 7}


def test_a_body_is_formatted(editor):
    one = editor(("utf-32",))
    text = f"{PLAIN}Title\n=====\n\n* a\n* b\n"
    one.open(text)
    options = {"tabSize": 4, "insertSpaces": True}
    edits = one.ask("textDocument/formatting", one.about(options=options))
    assert applied(text, edits) == f"{PLAIN}# Title\n\n- a\n- b\n"


def test_a_post_that_is_not_formatted_says_why(editor):
    one = editor()
    one.open("---\ntitle: [\n---\n\n* a\n")
    options = {"tabSize": 4, "insertSpaces": True}
    number = one.begin("textDocument/formatting", one.about(options=options))
    said = one.came("window/showMessage")["message"]
    assert said == "postlint did not format this post: its front matter cannot be read"
    assert one.answer(number)["result"] == []
