"""Folders that may not be listed: those in which posts are searched are findings, and others are of no interest."""

import os

import pytest
from conftest import CLEAN, DAMAGED, POST

SECRET = "src/content/blog/secret"
FOUND = (SECRET, "file-unreadable", "this folder cannot be read: permission denied")


@pytest.fixture
def closed(monkeypatch):
    """Closes folders, for root too."""
    folders = set()

    def guarded(function, after):
        def guard(path=".", *rest, **more):
            seen = os.path.abspath(path) + after if isinstance(path, str) else ""
            if any(seen.startswith(f"{folder}/") for folder in folders):
                raise PermissionError(13, "Permission denied", path)
            return function(path, *rest, **more)

        return guard

    # The folder itself can be seen from the one around it.
    for name, after in (("scandir", "/"), ("open", "/"), ("stat", ""), ("lstat", "")):
        monkeypatch.setattr(os, name, guarded(getattr(os, name), after))
    return lambda root, *names: folders.update(str(root / name) for name in names)


def check(main, root, *arguments):
    ran = main("check", "--no-cache", "--output-format", "json", *arguments, cwd=root)
    found = [(d["path"], d["rule"], d["message"]) for d in ran.report["diagnostics"]]
    return [each for each in found if each[1] == FOUND[1]]


@pytest.mark.parametrize("paths", [[], ["."], ["src/content"], [SECRET]])
def test_a_folder_of_posts(main, astro, closed, paths):
    root = astro({POST: CLEAN, f"{SECRET}/a.md": DAMAGED})
    assert check(main, root, *paths) == []
    closed(root, SECRET)
    assert check(main, root, *paths) == [FOUND]


def test_the_folder_of_all_collections(main, astro, closed):
    root = astro({POST: CLEAN, "src/pages/about.md": CLEAN})
    closed(root, "src/content")
    assert check(main, root) == [("src/content", *FOUND[1:])]


def test_a_folder_that_the_user_names(main, write, closed):
    root = write({"notes/a.md": CLEAN})
    closed(root, "notes")
    assert check(main, root, "notes") == [("notes", *FOUND[1:])]


def test_folders_without_posts(main, astro, closed):
    others = [
        "data/database",
        "public/private",
        "node_modules/a",
        ".hidden",
        "src/content/blog/.hidden",
        "src/content/blog/ignored",
    ]
    others += ["src/content/blog/node_modules", "src/content/blog/excluded"]
    files = {f"{folder}/a.md": CLEAN for folder in others}
    settings = {
        ".gitignore": "ignored/\n",
        ".git/HEAD": "",
        "postlint.toml": 'exclude = ["src/content/blog/excluded/**"]\n',
    }
    root = astro({POST: CLEAN, **files, **settings})
    closed(root, *others)
    assert check(main, root) == []
    assert check(main, root, ".") == []


def test_a_setting_about_a_folder(main, astro, closed):
    root = astro({POST: CLEAN, f"{SECRET}/a.md": DAMAGED, "postlint.toml": f'exclude = ["{SECRET}/**"]\n'})
    closed(root, SECRET)
    ran = main("check", "--no-cache", "--output-format", "json", cwd=root)
    assert ran.report["diagnostics"] == []


def test_a_folder_beside_loose_posts(main, write, closed):
    """Without settings or a framework, a folder may hold anything."""
    root = write({"a.md": CLEAN, "b.md": CLEAN, "c.md": CLEAN, "database/x": "", ".git/HEAD": ""})
    closed(root, "database")
    assert check(main, root) == []


def test_a_folder_beside_posts_of_no_collection(main, write, closed):
    root = write({"notes/a.md": CLEAN, "database/x.md": "", ".git/HEAD": ""})
    closed(root, "database")
    assert check(main, root, ".") == []


@pytest.mark.parametrize("command", ["check --fix", "inspect", "format --check", "config", "schema", "init"])
def test_other_commands_go_on(main, astro, closed, command):
    root = astro({POST: CLEAN, f"{SECRET}/a.md": DAMAGED})
    closed(root, SECRET)
    ran = main(*command.split(), cwd=root)
    assert "Traceback" not in ran.err
    assert (SECRET in ran.out + ran.err) is (command.split()[0] in ("check", "inspect", "format"))
