"""What is left out as prose changes nothing of what is read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.body import markdown
from postlint.body.prose import without_prose
from postlint.body.syntax import Syntax

PIECES = st.sampled_from(
    [
        *("word\n", "a b\n", "\n", "\n\n", "\n\nplain text\n\n", "- x\n", "- ", "1. a\n", "> q\n", "`c`", "[l](u)"),
        *("![i](u)", "<div>\n", "</div>\n", "# h\n", "---\n", "===\n", "[a]: /u\n", "[a]", "| a |\n", "|---|\n"),
        *("[^1]: f\n", "[^1]", "$x$", "$$\n", "*", "**b** c\n", "é🚀\n", "{#id}\n", "<b>", ' <img src="a">', " "),
        *("- [ ] t\n", "!!! n\n", "{{< x >}}", "{% y %}\n", "&lt;", "-\n", "=\n", "## ", "<details>\n", "{x}", "\\"),
        *("    code\n", "```\n", "~~~\n", "<!-- ", "-->", "<pre>\n", "</pre>\n", "\t", "\r\n", "> - ", "* ", "+ "),
        *("http://x.y\n", "www.a.b", "<Foo />\n"),
    ]
)
SYNTAXES = [Syntax(), Syntax(heading_ids=False, admonitions=False, math=True), Syntax(mdx=True)]


@pytest.mark.parametrize("syntax", SYNTAXES)
@given(text=st.lists(PIECES, max_size=16).map("".join))
def test_the_body_is_the_same(text: str, syntax: Syntax) -> None:
    found = markdown.read(text, 0, syntax)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "without_prose", lambda text, start: None)
        assert markdown.read(text, 0, syntax) == found


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("One.\n\n# Two\n\nThree\nfour.\n\n![a](b)\n", ["# Two\n\n", "![a](b)\n"]),
        ("One.\n\n- a\n- b\n", []),
        ("One\n---\n\nTwo\n", ["One\n---\n\n"]),
        ("One.\n\n    code\n", None),
        ("One.\n\n```\ncode\n```\n", None),
        ("<!-- One.\n\nTwo -->\n", None),
    ],
)
def test_blocks_that_are_kept(text: str, kept: list[str] | None) -> None:
    spans = without_prose(text, 0)
    assert (None if spans is None else [text[start:end] for start, end in spans]) == kept
