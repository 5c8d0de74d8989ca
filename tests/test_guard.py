"""What a fix must not do to a post, besides what it is for."""

import pytest

from postlint.diagnostics import Diagnostic, Edit, Fix, Severity
from postlint.fixing import fixes
from postlint.fixing.guard import harm
from postlint.frameworks import load
from postlint.posts.document import Document
from postlint.text import Text

UNREADABLE = "it would make the front matter unreadable"
ANOTHER = "it would have changed another front-matter value"
POST = "---\ntitle: A title\ntags:\n  - web\n  - css\ncover:\n  src: a.png\n  alt: B\nflow: [a, b, c]\n---\nText.\n"
TOML = '+++\ntitle = "A"\nname = "B"\n+++\n'
BROKEN = "---\ntitle: 'A\n---\nText.\n"


def finding(rule, *edits, severity=Severity.ERROR):
    start = Text("a").place(0)
    return Diagnostic("a.md", rule, severity, "m", start, start, fix=Fix("f", edits) if edits else None)


def harm_of(text, changes, times=1, before=(), after=(), waiting=()):
    """The harm of fixes by a rule `fixer`, each of which writes the second text of a change in place of the first."""
    edits = [Edit(text.index(old), text.index(old) + len(old), new) for old, new in changes]
    posts = (Document("a.md", Text(each), load("none")(None)) for each in (text, fixes.edited(text, sorted(edits))))
    return harm(*posts, before, after, [finding("fixer", edit) for edit in edits * times], waiting)


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        (POST, [], None),
        (POST, [("A title", "Another")], None),
        (POST, [("A title", "'A title")], UNREADABLE),
        (BROKEN, [("'A", "A")], None),
        (BROKEN, [("Text", "Words")], None),
        (POST, [("A title", "Another, much longer title"), ("alt: B", "alt: A picture")], None),
        (POST, [("A title", "A"), ("alt: B", "alt: A picture"), ("css", "html and css")], None),
        (POST, [("\ntags", " too\ntags")], None),
        (POST, [("title: ", "title: Not ")], None),
        (POST, [("  - css", "  - css\n  - html")], None),
        (POST, [("[a", "[[a"), ("c]", "c]]")], ANOTHER),
        (POST, [("  src", "  in:\n    src"), ("  alt", "    alt")], ANOTHER),
        (POST, [("cover:\n", "cover:\n  in:\n"), ("  src", "    src"), ("  alt", "    alt")], ANOTHER),
        (POST, [("title: A title\n", ""), ("css", "html")], None),
        (TOML, [('A"', 'A"\n[more]')], ANOTHER),
        (TOML, [('"A"', '"C"')], None),
        ("---\nslug:  x\ntitle: A\n---\n", [("x", "")], None),
        ("---\nslug:  x\ntitle: A\n---\n", [("x\n", "\n  ")], ANOTHER),
    ],
)
def test_values_that_no_edit_touches_must_stay(text, changes, expected):
    assert harm_of(text, changes) == expected


def test_the_same_edit_of_two_rules_is_made_once():
    assert harm_of(POST, [("A title", "Another, much longer title"), ("alt: B", "alt: C")], times=2) is None


CHANGE = [("Text", "Words")]
ERROR = finding("other")


@pytest.mark.parametrize(
    ("before", "after", "waiting", "expected"),
    [
        ([], [ERROR], (), "it would have caused an error of other"),
        ([], [finding("b"), finding("a"), finding("c")], (), "it would have caused an error of a"),
        ([ERROR], [ERROR], (), None),
        ([ERROR], [ERROR, ERROR], (), "it would have caused an error of other"),
        ([ERROR, ERROR], [ERROR], (), None),
        ([], [finding("other", severity=Severity.WARNING)], (), None),
        ([], [finding("fixer")], (), None),
        ([], [ERROR], ("other",), None),
    ],
)
def test_no_error_of_another_rule_may_appear(before, after, waiting, expected):
    assert harm_of(POST, CHANGE, before=before, after=after, waiting=waiting) == expected
