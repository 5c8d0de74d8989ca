"""Path patterns as site frameworks and users write them."""

import pytest

from postlint.files.globs import compile_glob, fixed_folder


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("src/**/*.md", "src/a.md", True),
        ("src/**/*.md", "src/a/b/c.md", True),
        ("src/**/*.md", "srcx/a.md", False),
        ("**/*.{md,mdx}", "a.mdx", True),
        ("**/*.{md,mdx}", "a/b.markdown", False),
        ("**/[^_]*.md", "a/_b.md", False),
        ("**/[^_]*.md", "_a/b.md", True),
        ("**/[!_]*.md", "_b.md", False),
        ("*.md", "a/b.md", False),
        ("drafts/**", "drafts/a/b.md", True),
        ("drafts/**", "drafts", False),
        ("./posts/*.md", "posts/a.md", True),
        ("a?.md", "ab.md", True),
        ("a?.md", "a/.md", False),
        ("{a,b{c,d}}.md", "bd.md", True),
        ("{a.md", "{a.md", True),
        ("[a.md", "[a.md", True),
        ("a(b).md", "a(b).md", True),
        ("**/*.md(*|x)", "a/b.mdx", True),
        ("**/*.md(*|x)", "a/b.md", True),
        ("**/*.@(md|mdx)", "b.mdx", True),
        ("**/*.@(md|mdx)", "b.txt", False),
        ("**/*.md?(x)", "b.md", True),
        ("**/*.md?(x)", "b.mdx", True),
        ("**/*.md?(x)", "b.mdxx", False),
        ("app/(blog)/*.md", "app/(blog)/a.md", True),
        ("posts/a\nb.md", "posts/a\nb.md", True),
    ],
)
def test_matches(pattern, path, matches):
    assert bool(compile_glob(pattern).fullmatch(path)) is matches


@pytest.mark.parametrize(
    ("pattern", "folder"),
    [
        ("src/content/**/*.md", "src/content"),
        ("*.md", ""),
        ("a/b.md", "a"),
        ("./a/{b,c}/*.md", "a"),
        ("a/b*/c.md", "a"),
        ("a/@(b|c)/*.md", "a"),
        ("a/(b)/*.md", "a/(b)"),
    ],
)
def test_fixed_folder(pattern, folder):
    assert fixed_folder(pattern) == folder


def test_many_stars_take_linear_time():
    assert not compile_glob("**/" * 30 + "x").fullmatch("a/" * 60 + "y")
