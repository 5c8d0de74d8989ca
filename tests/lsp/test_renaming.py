"""Posts and images that are moved in an editor: the links to them follow, and the old address leads to the new one."""

import tomllib

import pytest
from conftest import write_files
from editors import applied

ENCODING = (("utf-32",),)


def move(start, root, *pairs):
    """The texts that the editor changes before it moves the files."""
    one = start(*ENCODING, root=root)
    files = [{"oldUri": (root / old).as_uri(), "newUri": (root / new).as_uri()} for old, new in pairs]
    number = one.begin("workspace/willRenameFiles", {"files": files})
    said = []
    while "result" not in (came := one.next()) or came.get("id") != number:
        if came.get("method") == "window/showMessage":
            said.append(came["params"]["message"])
    changes = (came["result"] or {"changes": {}})["changes"]
    out = {}
    for uri, edits in changes.items():
        path = uri.removeprefix(f"{root.as_uri()}/")
        out[path] = applied((root / path).read_text("utf-8"), edits)
    return out, said


def page(title, text="Text.", more=""):
    return f"---\ntitle: {title}\n{more}---\n\n{text}\n"


def test_relative_links_between_files(start, tmp_path):
    write_files(
        tmp_path,
        {
            "mkdocs.yml": "site_name: x\n",
            "docs/index.md": page("Home", "[a](guide/a.md) [a](./guide/a.md#part) <guide/a.md> [b](guide/b.md)"),
            "docs/guide/a.md": page(
                "A", "## Part\n\n[b](b.md) ![x](x.png) [home](../index.md) [c](https://example.org/a.md)"
            ),
            "docs/guide/b.md": page("B", "[a](a.md?x=1#part)\n\n[a]\n\n[a]: a.md"),
            "docs/guide/x.png": "",
        },
    )
    changed, _ = move(start, tmp_path, ("docs/guide/a.md", "docs/deep/er/new name.md"))
    assert changed["docs/index.md"].splitlines()[4] == (
        "[a](deep/er/new%20name.md) [a](./deep/er/new%20name.md#part) <guide/a.md> [b](guide/b.md)"
    )
    assert changed["docs/guide/b.md"].splitlines()[4::4] == [
        "[a](../deep/er/new%20name.md?x=1#part)",
        "[a]: ../deep/er/new%20name.md",
    ]
    assert changed["docs/guide/a.md"].splitlines()[6] == (
        "[b](../../guide/b.md) ![x](../../guide/x.png) [home](../../index.md) [c](https://example.org/a.md)"
    )


def test_addresses_and_an_alias(start, tmp_path):
    write_files(
        tmp_path,
        {
            "hugo.toml": "baseURL = 'https://example.org/'\n",
            "content/posts/a.md": page("A", more="date: 2024-01-02\n"),
            "content/posts/b.md": page(
                "B", "[a](/posts/a/) [a](/posts/a#x) [b](/posts/b/) [a](../a/)", "date: 2024-01-02\n"
            ),
        },
    )
    changed, said = move(start, tmp_path, ("content/posts/a.md", "content/notes/z.md"))
    assert changed["content/posts/b.md"].splitlines()[5] == (
        "[a](/notes/z/) [a](/notes/z#x) [b](/posts/b/) [a](../../notes/z/)"
    )
    assert "/posts/a/" in changed["content/posts/a.md"].split("---")[1]
    assert "aliases:" in changed["content/posts/a.md"]
    assert said == []


def test_a_post_in_which_somebody_types(start, tmp_path):
    write_files(
        tmp_path,
        {"hugo.toml": "", "content/posts/a.md": page("A"), "content/posts/b.md": page("B", "Text.\n\n[a](/posts/a/)")},
    )
    one = start(*ENCODING, root=tmp_path)
    one.known()
    one.uri = (tmp_path / "content/posts/b.md").as_uri()
    one.tell_open(page("B", "[here](/posts/a/)"))
    one.found()
    typed = page("B", "[here](/posts/a/)")
    one.tell_change({"text": page("B", "Nothing.")})
    one.ask("textDocument/completion", one.at(1, 1))
    one.tell_change({"text": typed})
    old, new = ((tmp_path / f"content/posts/{name}.md").as_uri() for name in "az")
    changes = one.ask("workspace/willRenameFiles", {"files": [{"oldUri": old, "newUri": new}]})["changes"]
    assert applied(typed, changes[one.uri]) == page("B", "[here](/posts/z/)")


@pytest.mark.parametrize(
    ("files", "changed_file", "line"),
    [
        ({"public/_redirects": "/x /y\n"}, "public/_redirects", "/blog/a/ /blog/z/ 301"),
        ({"netlify.toml": "[build]\ncommand = 'x'"}, "netlify.toml", 'from = "/blog/a/"'),
        (
            {"vercel.json": '{\n  "redirects": [\n    {"source": "/x", "destination": "/y"}\n  ]\n}\n'},
            "vercel.json",
            '    {"source": "/blog/a", "destination": "/blog/z/", "permanent": true},',
        ),
    ],
)
def test_a_redirect_of_the_host(start, astro, files, changed_file, line):
    root = astro(
        {
            "src/pages/blog/[...slug].astro": "",
            "src/content/blog/a.md": page("A", more="pubDate: 2024-01-02\n"),
            "src/content/blog/b.md": page("B", "[a](/blog/a/)", "pubDate: 2024-01-02\n"),
            **files,
        }
    )
    changed, said = move(start, root, ("src/content/blog/a.md", "src/content/blog/z.md"))
    assert line in changed[changed_file].splitlines()
    assert "[a](/blog/z/)" in changed["src/content/blog/b.md"]
    assert said == []


def test_a_redirect_comes_before_one_that_matches_everything(start, astro):
    rule = '[[redirects]]\nfrom = "/*"\nto = "/404"\n'
    root = astro(
        {
            "src/pages/blog/[...slug].astro": "",
            "src/content/blog/a.md": page("A", more="pubDate: 2024-01-02\n"),
            "src/content/blog/b.md": page("B", more="pubDate: 2024-01-02\n"),
            "netlify.toml": f'[build]\ncommand = "x"\n\n{rule}',
        }
    )
    moved = [(f"src/content/blog/{name}.md", f"src/content/blog/new-{name}.md") for name in "ab"]
    changed, said = move(start, root, *moved)
    assert said == []
    rules = tomllib.loads(changed["netlify.toml"])["redirects"]
    assert [each["from"] for each in rules] == ["/blog/a/", "/blog/b/", "/*"]


def test_an_address_that_nothing_keeps_is_named(start, astro):
    root = astro(
        {"src/pages/blog/[...slug].astro": "", "src/content/blog/a.md": page("A", more="pubDate: 2024-01-02\n")}
    )
    _, (said,) = move(start, root, ("src/content/blog/a.md", "src/content/blog/z.md"))
    assert "nothing leads from `/blog/a/`" in said


def test_a_draft_leaves_no_address_behind(start, tmp_path):
    post = page("A", more="date: 2024-01-02\ndraft: true\n")
    write_files(tmp_path, {"hugo.toml": "", "content/posts/a.md": post, "content/posts/b.md": page("B")})
    changed, said = move(start, tmp_path, ("content/posts/a.md", "content/posts/z.md"))
    assert (changed, said) == ({}, [])


def test_a_folder(start, tmp_path):
    write_files(
        tmp_path,
        {
            "mkdocs.yml": "site_name: x\n",
            "docs/index.md": page("Home", "[a](guide/a.md) ![x](guide/x.png)"),
            "docs/guide/a.md": page("A", "[b](b.md) ![x](x.png) [home](../index.md)"),
            "docs/guide/b.md": page("B", "[a](a.md)"),
            "docs/guide/x.png": "",
        },
    )
    changed, _ = move(start, tmp_path, ("docs/guide", "docs/manual/old"))
    assert changed["docs/index.md"].splitlines()[4] == "[a](manual/old/a.md) ![x](manual/old/x.png)"
    assert changed["docs/guide/a.md"].splitlines()[4] == "[b](b.md) ![x](x.png) [home](../../index.md)"
    assert "docs/guide/b.md" not in changed


def test_an_image(start, astro):
    root = astro(
        {
            "public/images/a.png": "",
            "src/content/blog/a.md": page("A", "![x](/images/a.png)", "cover: /images/a.png\n"),
            "src/content/blog/b.md": page("B", '<img src="/images/a.png" alt="x">'),
        }
    )
    changed, _ = move(start, root, ("public/images/a.png", "public/pictures/b.png"))
    assert changed["src/content/blog/a.md"].count("/pictures/b.png") == 2
    assert changed["src/content/blog/b.md"].count("/pictures/b.png") == 1


def test_what_is_open_counts(start, tmp_path):
    write_files(
        tmp_path,
        {"mkdocs.yml": "site_name: x\n", "docs/a.md": page("A"), "docs/b.md": page("B", "[a](a.md)")},
    )
    one = start(*ENCODING, root=tmp_path)
    one.uri = (tmp_path / "docs/b.md").as_uri()
    text = page("B", "Two lines\nmore: [a](a.md)")
    one.tell_open(text)
    files = [{"oldUri": (tmp_path / "docs/a.md").as_uri(), "newUri": (tmp_path / "docs/c.md").as_uri()}]
    changes = one.ask("workspace/willRenameFiles", {"files": files})["changes"]
    assert applied(text, changes[one.uri]) == text.replace("a.md", "c.md")


def test_other_files_change_nothing(start, tmp_path):
    write_files(tmp_path, {"mkdocs.yml": "site_name: x\n", "docs/a.md": page("A"), "notes.txt": ""})
    assert move(start, tmp_path, ("notes.txt", "other.txt")) == ({}, [])
