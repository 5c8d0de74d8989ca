"""What .gitignore files exclude: what Git says."""

import os
import subprocess
import sys

import pytest
from conftest import environment
from hypothesis import given
from hypothesis import strategies as st

from postlint.files.files import Files
from postlint.files.gitignore import Ignore

NAMES = ["a", "b", "ab", "foo", "a.md", "A", "é", "日", "a b", "#a", "!a", "x-y", "0", ".h"]
if sys.platform != "win32":
    NAMES += ["a ", "[a]", "a*", "\\a", "a\t"]
PIECES = [
    *(
        "a",
        "b",
        "foo",
        ".md",
        "*",
        "**",
        "/",
        "**/",
        "/**",
        "?",
        "***",
        "\\",
        "\\*",
        "\\ ",
        " ",
        "!",
        "#",
        "é",
        "A",
        "-",
        "\r",
    ),
    *(
        "[ab]",
        "[!a]",
        "[^b]",
        "[a-f]",
        "[[:alpha:]]",
        "[[:digit:]x]",
        "[[:space:]]",
        "[]a]",
        "[a",
        "[é]",
        "[à-ü]",
        "[!]",
    ),
    *("[\\]]", "[a-]", "[-a]", "[b-a]", "[[:foo:]]", "[[:a]"),
]
KNOWN = ["*", "!*.md", "!*/", "/*", "foo/", "!foo/a", "**/b", "a/**", "a/**/b", "# c", "", "!a.md", "/foo/*", "foo**/a"]
LINE = st.sampled_from(KNOWN) | st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
TEXT = st.lists(LINE, min_size=1, max_size=5).map("\n".join)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A repository with each name as a file, as a folder and as a file in a folder."""
    root = tmp_path_factory.mktemp("ignored")
    for name in NAMES:
        (root / "a" / name).mkdir(parents=True)
        (root / "foo/ab").mkdir(parents=True, exist_ok=True)
        for file in (root / name, root / "foo" / name, root / "foo/ab" / name):
            if not file.exists():
                file.touch()
    subprocess.run(["git", "init", "-q"], cwd=root, env=environment(root), check=True)
    return root


def below(folder):
    for each in sorted(os.scandir(folder), key=lambda each: each.name):
        if each.name not in (".git", ".gitignore"):
            yield each.path, each.is_dir()
            if each.is_dir():
                yield from below(each.path)


@given(TEXT, TEXT | st.none())
def test_what_git_ignores(tree, text, inner):
    for folder, content in ((tree, text), (tree / "foo", inner)):
        file = folder / ".gitignore"
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_bytes(content.encode())
    paths = [*below(tree)]
    asked = b"".join(
        os.fsencode(os.path.relpath(path, tree)).replace(os.sep.encode(), b"/") + b"\0" for path, _ in paths
    )
    done = subprocess.run(
        ["git", "-c", "core.ignoreCase=false", "check-ignore", "--no-index", "-z", "--stdin"],
        cwd=tree,
        env=environment(tree),
        input=asked,
        capture_output=True,
    )
    assert done.returncode in (0, 1), done.stderr
    ignored = {os.path.join(tree, os.path.normpath(os.fsdecode(path))) for path in done.stdout.split(b"\0") if path}
    ignore = Ignore(Files(str(tree)), str(tree))
    found = set()
    for path, is_folder in paths:
        if os.path.dirname(path) in found or ignore(path, folder=is_folder):
            found.add(path)
    assert found == ignored


def test_many_stars_take_linear_time(tmp_path):
    lines = ["*a" * 30 + "b", "/" + "**/a/" * 30 + "b", "?*" * 60 + "b", "*[ab]" * 1000, "!*a*a*a*c"]
    (tmp_path / ".gitignore").write_text("\n".join(lines))
    ignore = Ignore(Files(str(tmp_path)), str(tmp_path))
    assert not ignore.holds("a" * 200)
    assert not ignore.holds("a/" * 60 + "c")
    assert ignore.holds("a" * 60 + "b")


def test_a_folder_in_one_that_is_ignored(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("built/\n")
    site = tmp_path / "built/site"
    site.mkdir(parents=True)
    (site / ".gitignore").write_text("!*\n")
    assert Ignore(Files(str(site)), str(site)).holds("a.md")
