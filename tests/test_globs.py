"""Path patterns as site frameworks and users write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.files.globs import fixed_folder, matches


@pytest.mark.parametrize(
    ("pattern", "path", "is_match"),
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
def test_matches(pattern, path, is_match):
    assert matches(path, (pattern,)) is is_match


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


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("**/" * 30 + "x", "a/" * 60 + "y"),
        ("*a" * 30 + "b", "a" * 200),
        ("**/a/" * 30 + "b", "a/" * 100),
        ("**a" * 30 + "b", "a" * 200),
        ("{a,?}" * 60 + "b", "a" * 100),
        ("?(a)" * 60 + "b", "a" * 60),
        ("*a" * 2000 + "b", "a" * 200),
        ("{" * 2000 + "a" + "}" * 2000, "a"),
    ],
)
def test_many_stars_take_linear_time(pattern, path):
    assert not matches(path, (pattern,))
    assert matches("a/b.md", (pattern, "a/*.md"))


@pytest.mark.parametrize(
    ("pattern", "path", "is_match"),
    [
        ("*a*b*.md", "xaybz.md", True),
        ("*a*b*.md", "xbya.md", False),
        ("**/a/**/b/**/c.md", "x/a/b/y/z/b/c.md", True),
        ("**/a/**/b/**/c.md", "x/b/a/c.md", False),
        ("*[0-9]*-*.{md,mdx}", "a1b-c.mdx", True),
        ("*[0-9]*-*.{md,mdx}", "ab-c.mdx", False),
    ],
)
def test_several_stars(pattern, path, is_match):
    assert matches(path, (pattern,)) is is_match


PIECES = [
    "a",
    "b",
    "/",
    "**/",
    "*",
    "?",
    "[ab]",
    "[!a]",
    "{a,*b}",
    "{",
    "}",
    ",",
    "**",
    "@(a|b)",
    "?(a)",
    "\\*",
    ".md",
    "é",
]


@given(
    st.lists(st.sampled_from(PIECES), max_size=9).map("".join),
    st.lists(st.lists(st.sampled_from(["a", "b", "/", ".md", "*", "é", ","]), max_size=8).map("".join), max_size=9),
)
def test_both_ways_of_matching_agree(pattern, paths):
    # So many choices are not left to `re`.
    many = "{" + "," * 70 + "}" + pattern
    assert [matches(path, (pattern,)) for path in paths] == [matches(path, (many,)) for path in paths]
