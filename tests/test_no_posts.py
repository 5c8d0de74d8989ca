"""Runs that have nothing to check, or less than was asked for, say so."""

import pytest
from conftest import BARE_ASTRO, CLEAN, DAMAGED, POST

from postlint import check_paths

# To know of no post is an answer of `inspect`, and no failure.
STATUS = {"check": 2, "format": 2, "inspect": 0}


@pytest.mark.parametrize("command", ["check", "format", "inspect"])
def test_no_posts(main, write, command):
    root = write({"a.txt": "", "empty/.keep": ""})
    ran = main(command)
    assert (ran.status, ran.out) == (STATUS[command], "")
    assert (
        f"no posts found: {root} has no site and no Markdown files; a site was looked for here and up to two" in ran.err
    )
    assert main(command, "empty").err.startswith(
        f"postlint: no posts found: {root}/empty has no site and no Markdown files"
    )
    if command == "inspect":
        return
    assert "--allow-empty" in ran.err
    for paths in ((), ("empty",), ("a.txt",)):
        assert main(command, *paths, "--allow-empty").status == 0


@pytest.mark.parametrize("path", ["a.md", "notes/2024/a.md"])
@pytest.mark.parametrize("command", ["check", "format", "inspect"])
def test_markdown_without_a_site(main, write, command, path):
    root = write({path: CLEAN})
    ran = main(command)
    assert (ran.status, ran.out) == (STATUS[command], "")
    assert f"no posts found: {root} has Markdown files but no site, so they are read only if they are named" in ran.err
    assert "no posts found" not in main(command, ".").err


@pytest.mark.parametrize("command", ["check", "format", "inspect"])
def test_a_site_without_posts(main, write, command):
    root = write({**BARE_ASTRO, "src/content/blog/.keep": ""})
    ran = main(command)
    assert ran.status == STATUS[command]
    assert f"the Astro site (astro.config.mjs) at {root} has none; its posts would match src/content/" in ran.err


def test_initialising_without_posts(main, write):
    write(BARE_ASTRO)
    ran = main("init")
    assert ran.status == 2
    assert "has none; its posts would match src/pages/" in ran.err


@pytest.mark.parametrize("command", ["check", "format", "inspect"])
def test_a_file_that_is_not_a_post(main, astro, command):
    astro({POST: CLEAN, "notes.txt": CLEAN, "settings.yml": "---\na: 1\n"})
    for name in ("astro.config.mjs", "settings.yml"):
        ran = main(command, name)
        assert (ran.status, ran.out) == (STATUS[command], "")
        assert f"{name} is not a post" in ran.err
    ran = main(command, "astro.config.mjs", POST)
    assert ran.status == 0
    assert "postlint: astro.config.mjs: this is not a post; it was left out\n" in ran.err
    assert main(command, "notes.txt").status == 0, "its front matter makes it a post"


def test_only_posts_are_counted(main, astro):
    root = astro({POST: CLEAN})
    assert "Nothing to report in 1 post." in main("check", "astro.config.mjs", POST).out
    assert check_paths([root / "astro.config.mjs", root / POST]).files == 1


def test_what_a_hook_names(main, astro):
    astro({POST: DAMAGED, "README.md": DAMAGED})
    ran = main("check", "--index-site", "--fix", "README.md", "astro.config.mjs")
    assert (ran.status, ran.out) == (0, "No posts to check, nothing to report.\n")


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("src/contnt/blog", "src/content/blog"),
        ("src/content/blog/pots.md", "src/content/blog/post.md"),
        ("./srcc", "src"),
        ("nothing/like/it", None),
        ("src/content/blog/pots.md/x", None),
    ],
)
@pytest.mark.parametrize("command", ["check", "format", "inspect"])
def test_a_mistyped_path(main, astro, command, path, meant):
    astro({POST: CLEAN})
    hint = f"; did you mean `{meant}`?" if meant else ""
    assert main(command, path).err == f"postlint: {path}: no such file or folder{hint}\n"


def test_a_mistyped_framework(main, astro):
    astro({POST: CLEAN})
    assert "did you mean `astro`?" in main("check", "--framework", "asto").err
    assert "did you mean `auto`?" in main("check", "--framework", "auot").err


def test_files_without_their_site(main, astro):
    astro({POST: CLEAN, "src/content/blog/b.md": CLEAN})
    said = main("check", POST).err
    assert said.count("\n") == 1
    assert "which these rules need: convention, front-matter-missing, link-anchor, link-missing, slug-duplicate" in said
    assert said.endswith("--index-site reads it\n")
    for arguments in (("--index-site", POST), (POST, "--quiet"), (), ("src",), (POST, "--select", "mojibake")):
        assert main("check", *arguments).err == ""


def test_files_without_a_site(main, write):
    write({"a.md": CLEAN})
    assert main("check", "a.md").err == ""


@pytest.mark.parametrize(
    ("mark", "link"),
    [
        ("astro.config.mjs", "./LICENSE.md"),
        ("hugo.toml", "docs/a.md"),
        ("config.toml", "CONTRIBUTING.md#pull-requests"),
    ],
)
def test_a_file_that_is_on_no_page_is_not_read_as_one(main, write, mark, link):
    """The host of the repository shows a README, and there its links are right."""
    files = {mark: 'base_url = "https://a.example"\n' if mark == "config.toml" else ""}
    files |= {link.partition("#")[0]: "# A\n", "README.md": f"# Read me\n\n[a]({link})\n\nNow â€” then.\n"}
    write({**files, "content/a.md": "+++\ntitle = 'A'\n+++\n"})
    assert [found[0] for found in main("check", "--output-format", "json", "README.md").found] == ["mojibake"]


def test_a_site_whose_posts_are_not_known(main, write):
    root = write({"package.json": '{"dependencies": {"next": "15.0.0"}}', "next.config.js": "", "NOTES.md": "A\n"})
    ran = main("check")
    said = (
        f"{root} has Markdown files, but nothing says which of them the Next.js site shows, so they are read only if "
    )
    assert (ran.status, said in ran.err) == (2, True)
