"""What an editor offers while somebody types: `|` stands for the cursor."""

import pytest
from conftest import write_files
from editors import Editor
from test_hover import CONFIG, PNG, SCHEMA, post

MORE = """
    author: typing.Annotated[str, postlint.Reference("data/authors.yml")] = "ann"
    hidden: bool = False
"""


@pytest.fixture
def one(editor, write):
    write(
        {
            "public/images/cat.png": PNG,
            "src/content/blog/near.png": PNG,
            "schemas.py": SCHEMA + MORE,
            "postlint.toml": CONFIG,
            "data/authors.yml": "ann: {}\nbob: {}\n",
            "src/pages/blog/[...slug].astro": "",
            **{f"src/content/blog/{n}.md": post(f"Post {n}", "tags: [x, 'a: b']\n") for n in "bcd"},
            "src/content/blog/e.md": post("Post e", "tags: [x]\nmood: calm\n"),
            "src/content/blog/f.md": post("Post f", "mood: calm\n") + "\n## One more thing\n\n## Café\n",
        }
    )
    return editor()


def offered(one, text):
    """The items for the cursor in `text`, and the text after each of them is taken, up to its line end."""
    before, after = text.split("|")
    one.tell_open(before + after)
    one.known()
    place = before.count("\n"), len(before.rpartition("\n")[2])
    found = one.ask("textDocument/completion", one.at(*place))
    items = found["items"] if found else []
    assert [item["sortText"] for item in items] == sorted(item["sortText"] for item in items)
    for item in items:
        at = item["textEdit"]["range"]
        assert (at["start"]["line"], at["end"]["line"], at["end"]["character"]) == (place[0], *place)
    return items


def labels(one, text):
    return [item["label"] for item in offered(one, text)]


def written(one, text):
    return [item["textEdit"]["newText"] for item in offered(one, text)]


def test_fields(one):
    items = offered(one, "---\ntitle: A\n|\n---\n")
    names = [item["label"] for item in items]
    assert names[:2] == ["pubDate", "tags"]
    assert {"layout", "author", "hidden", "mood"} <= set(names)
    assert "title" not in names
    by_name = {item["label"]: item for item in items}
    assert by_name["pubDate"]["detail"] == "required, date or date with time, in 5 of 5 posts"
    assert by_name["layout"]["detail"] == "text"
    assert by_name["layout"]["textEdit"]["newText"] == "layout: "
    assert "How wide the text is." in by_name["layout"]["documentation"]["value"]


def test_fields_of_a_post_that_has_only_begun(one):
    assert "title" in labels(one, "---\nti|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nlayout: |\n---\n", ["wide", "narrow"]),
        ("---\nhidden: t|\n---\n", ["true", "false"]),
        ("---\nauthor: |\n---\n", ["ann", "bob"]),
        ("---\nmood: |\n---\n", ["calm"]),
        ("---\ntags: [|]\n---\n", ["x", "'a: b'"]),
        ("---\ntags:\n  - x\n  - |\n---\n", ["x", "'a: b'"]),
        ("---\ntags: ['|']\n---\n", ["x", "a: b"]),
    ],
)
def test_values(one, text, expected):
    assert written(one, text) == expected


def test_tags_say_how_often_they_are_used(one):
    assert [item["detail"] for item in offered(one, "---\ntags: [|]\n---\n")] == ["in 4 posts", "in 3 posts"]


def test_the_day(one):
    (item,) = offered(one, "---\npubDate: |\n---\n")
    assert item["detail"] == "today"
    assert len(item["label"]) == 10


def test_posts(one):
    items = offered(one, "---\ntitle: A\n---\n\n[see](|)\n")
    assert [(item["label"], item["detail"]) for item in items[:2]] == [("/blog/b/", "Post b"), ("/blog/c/", "Post c")]
    assert labels(one, "---\ntitle: A\n---\n\n[see](post c|)\n") == []
    assert labels(one, "---\ntitle: A\n---\n\n[see](/blog/d|)\n") == ["/blog/d/"]
    assert labels(one, '---\ntitle: A\n---\n\n<a href="/blog/d|">\n') == ["/blog/d/"]


def test_headings(one):
    assert labels(one, "---\ntitle: A\n---\n\n[see](/blog/f/#|)\n") == [
        "/blog/f/#text",
        "/blog/f/#one-more-thing",
        "/blog/f/#café",
    ]
    assert labels(one, "---\ntitle: A\n---\n\n# Here\n\n[see](#|)\n") == ["#here"]


def test_images(one):
    assert labels(one, "---\ntitle: A\n---\n\n![a](|)\n") == ["/images/cat.png", "./near.png"]
    assert labels(one, "---\ntitle: A\n---\n\n![a](/images/c|)\n") == ["/images/cat.png"]


@pytest.mark.parametrize(
    "text", ["---\ntitle: A\n---\n\nSome te|xt.\n", "---|\ntitle: A\n---\n", "---\ntitle: A |\n---\n"]
)
def test_nothing_is_offered_elsewhere(one, text):
    assert labels(one, text) == []


def test_links_are_offered_as_the_framework_reads_them(start, tmp_path):
    pages = {f"docs/{name}.md": f"---\ntitle: Page {name}\n---\n\nText.\n" for name in ("a", "deep/b", "c")}
    write_files(tmp_path, {"mkdocs.yml": "site_name: x\n", **pages})
    one = start(root=tmp_path)
    one.uri = (tmp_path / "docs/deep/b.md").as_uri()
    assert labels(one, "---\ntitle: Page b\n---\n\n[a](|)\n") == ["../a.md", "../c.md"]


def test_toml(start, tmp_path):
    write_files(
        tmp_path,
        {
            "hugo.toml": "baseURL = 'https://example.org/'\n",
            "content/posts/b.md": "+++\ntitle = 'B'\ntags = ['x']\n+++\n\nText.\n",
        },
    )
    one: Editor = start(root=tmp_path)
    one.uri = (tmp_path / "content/posts/a.md").as_uri()
    assert "tags = " in written(one, "+++\ntitle = 'A'\n|\n+++\n")
    assert written(one, "+++\ntitle = 'A'\ntags = [|]\n+++\n") == ['"x"']
    assert written(one, "+++\ntitle = 'A'\ndraft = |\n+++\n") == ["true", "false"]
