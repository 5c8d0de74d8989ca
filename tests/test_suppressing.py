"""The comments that `--add-suppressions` writes, and where."""

import pytest

from postlint.diagnostics import Diagnostic, Severity
from postlint.fixing import fixes, suppressing
from postlint.frameworks import load
from postlint.posts.document import Document
from postlint.text import Text


def document(text, path="a.md"):
    return Document(path, Text(text), load("none")(None))


def added(marked, path="a.md"):
    """The text with the comments for findings of rule `x` at each `‸`, of rule `y` at each `¦`."""
    found, text = [], ""
    for char in marked:
        if char in "‸¦":
            found.append((len(text), "x" if char == "‸" else "y"))
        else:
            text += char
    post = document(text, path)
    diagnostics = [
        Diagnostic(path, rule, Severity.ERROR, "m", post.text.place(offset), post.text.place(offset))
        for offset, rule in found
    ]
    return fixes.edited(post.text.value, suppressing.edits(post, diagnostics, "why"))


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("‸A\n", "<!-- postlint-disable-next-line x -- why -->\nA\n"),
        ("A\n\nB ‸c\n\nD\n", "A\n\n<!-- postlint-disable-next-line x -- why -->\nB c\n\nD\n"),
        ("A\n\nB\nc ‸d\n\nE\n", "A\n\n<!-- postlint-disable x -- why -->\nB\nc d\n\n<!-- postlint-enable x -->\nE\n"),
        ("A\nb ‸c\n", "<!-- postlint-disable x -- why -->\nA\nb c\n"),
        (
            "A\nb ‸c\n\nD\ne ‸f\n\nG\n",
            "<!-- postlint-disable x -- why -->\nA\nb c\n\nD\ne f\n\n<!-- postlint-enable x -->\nG\n",
        ),
        (
            "A\nb ‸c\n\nD\n\nE\nf ‸g\n\nH\n",
            (
                "<!-- postlint-disable x -- why -->\nA\nb c\n\n<!-- postlint-enable x -->\nD\n\n"
                "<!-- postlint-disable x -- why -->\nE\nf g\n\n<!-- postlint-enable x -->\nH\n"
            ),
        ),
        ("A\nb ‸c ¦d\n\nE\n", "<!-- postlint-disable x y -- why -->\nA\nb c d\n\n<!-- postlint-enable x y -->\nE\n"),
        ("A‸ b¦ c\n", "<!-- postlint-disable-next-line x y -- why -->\nA b c\n"),
        ("- ‸a\n", "<!-- postlint-disable-file x -- why -->\n- a\n"),
        (
            "A\n\n- a\n\n- ‸b\n\nC\n",
            "<!-- postlint-disable x -- why -->\nA\n\n- a\n\n- b\n\n<!-- postlint-enable x -->\nC\n",
        ),
        (
            "A\n\n    code ‸a\n\nB\n",
            "<!-- postlint-disable x -- why -->\nA\n\n    code a\n\n<!-- postlint-enable x -->\nB\n",
        ),
        (
            "A\n\n1. ‸a\n\n2) b\n\nB\n",
            "<!-- postlint-disable x -- why -->\nA\n\n1. a\n\n2) b\n\n<!-- postlint-enable x -->\nB\n",
        ),
        (
            "A\n\n```\nb\n\nc‸\n```\n\nD\n",
            "A\n\n<!-- postlint-disable x -- why -->\n```\nb\n\nc\n```\n\n<!-- postlint-enable x -->\nD\n",
        ),
        (
            "A\r\nb ‸c\r\n\r\nD\r\n",
            "<!-- postlint-disable x -- why -->\r\nA\r\nb c\r\n\r\n<!-- postlint-enable x -->\r\nD\r\n",
        ),
        ("\ufeffA ‸b\n", "\ufeff<!-- postlint-disable-next-line x -- why -->\nA b\n"),
        ("\ufeff- ‸b\n", "\ufeff<!-- postlint-disable-next-line x -- why -->\n- b\n"),
        ("---\ntitle: A ‸b\n---\nText.\n", "---\ntitle: A b # postlint-disable-line x -- why\n---\nText.\n"),
        ("---\ntitle: A ‸b ¦c\n---\nText.\n", "---\ntitle: A b c # postlint-disable-line x y -- why\n---\nText.\n"),
        (
            "---\ntitle: A ‸b # postlint-disable-line z -- known\n---\nText.\n",
            "---\ntitle: A b # postlint-disable-line x z -- known\n---\nText.\n",
        ),
        (
            "---\r\ntitle: A ‸b\r\ntags: c\r\n---\r\nText.\r\n",
            "---\r\ntitle: A b # postlint-disable-line x -- why\r\ntags: c\r\n---\r\nText.\r\n",
        ),
        (
            "---\ntitle: |\n  a ‸b\n  c\n---\nText.\n",
            "---\ntitle: |\n  a b\n  c\n---\n<!-- postlint-disable-file x -- why -->\nText.\n",
        ),
        (
            "---\ntags:\n  - 'a\n    ‸b'\n---\nText.\n",
            "---\ntags:\n  - 'a\n    b' # postlint-disable-line x -- why\n---\nText.\n",
        ),
        (
            "---\ntags:\n  - a: 'a ‸b'\n---\nText.\n",
            "---\ntags:\n  - a: 'a b' # postlint-disable-line x -- why\n---\nText.\n",
        ),
        ("‸---\ntitle: A\n---\nText.\n", "---\ntitle: A\n---\n<!-- postlint-disable-file x -- why -->\nText.\n"),
        ("---\ntitle: A\n‸---\nText.\n", "---\ntitle: A\n---\n<!-- postlint-disable-file x -- why -->\nText.\n"),
        ("---\ntitle: 'A ‸b\n---\nText.\n", "---\ntitle: 'A b\n---\n<!-- postlint-disable-file x -- why -->\nText.\n"),
        ("+++\ntitle = 'A ‸b'\n+++\nText.\n", "+++\ntitle = 'A b' # postlint-disable-line x -- why\n+++\nText.\n"),
        (
            "---\ntitle: A\n---\nText ‸a.\n",
            "---\ntitle: A\n---\n<!-- postlint-disable-next-line x -- why -->\nText a.\n",
        ),
        ("---\ntitle: A\n---\n- ‸a.\n", "---\ntitle: A\n---\n<!-- postlint-disable-file x -- why -->\n- a.\n"),
        (
            "---\ntitle: 'a\n  ‸b'\n---\nText ¦a.\n",
            (
                "---\ntitle: 'a\n  b' # postlint-disable-line x -- why\n---\n"
                "<!-- postlint-disable-next-line y -- why -->\nText a.\n"
            ),
        ),
        (
            "A\n\n\n- ‸b\n\nC\n",
            "<!-- postlint-disable x -- why -->\nA\n\n\n- b\n\n<!-- postlint-enable x -->\nC\n",
        ),
        (
            "A\r\n\r\n\r\n- ‸b\r\n\r\nC\r\n",
            "<!-- postlint-disable x -- why -->\r\nA\r\n\r\n\r\n- b\r\n\r\n<!-- postlint-enable x -->\r\nC\r\n",
        ),
        (
            "---\na: b # postlint-disable-line z\nc: ‸d ¦e\n---\n",
            "---\na: b # postlint-disable-line z\nc: d e # postlint-disable-line x y -- why\n---\n",
        ),
        (
            "---\na: ‸b ¦c # postlint-disable-line z\n---\n",
            "---\na: b c # postlint-disable-line x y z\n---\n",
        ),
    ],
)
def test_comments(marked, expected):
    assert added(marked) == expected


def test_comments_of_mdx():
    assert added("A ‸b\n", "a.mdx") == "{/* postlint-disable-next-line x -- why */}\nA b\n"


@pytest.mark.parametrize(("text", "top"), [("A\n", 0), ("\ufeffA\n", 1), ("---\na: b\n---\nA\n", 13)])
def test_a_comment_for_the_whole_file(text, top):
    edit = suppressing.whole_file(document(text), ["y", "x"], "why")
    assert edit == (top, top, "<!-- postlint-disable-file x y -- why -->\n")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("A\n\nB\n", "A\n\n<!-- postlint-disable-next-line x -- why -->\nB\n", True),
        ("---\na: b\n---\nA\n", "---\na: b # postlint-disable-line x -- why\n---\nA\n", True),
        ("A\nB\n", "A\n\n<!-- postlint-disable-next-line x -- why -->\nB\n", False),
        ("1. a\n2. b\n", "1. a\n\n<!-- postlint-disable x -- why -->\n\n2. b\n", False),
        ("A\n", "B\n", False),
    ],
)
def test_whether_a_comment_keeps_the_page(before, after, expected):
    assert suppressing.keeps_page(document(before), document(after)) == expected


def test_no_page_of_mdx_is_made():
    assert suppressing.keeps_page(document("A\n", "a.mdx"), document("B\n", "a.mdx"))
