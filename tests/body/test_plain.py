"""Plain blocks are read as the parser reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.body import Parts, markdown
from postlint.body.plain import read_plain
from postlint.body.syntax import Syntax

PIECES = st.sampled_from(
    [
        *("word\n", "a b\n", "\n", "\n\n", "\n\nplain text\n\n", "- x\n", "- ", "1. a\n", "> q\n", "`c`", "[l](u)"),
        *("![i](u)", "<div>\n", "</div>\n", "# h\n", "---\n", "===\n", "[a]: /u\n", "[a]", "| a |\n", "|---|\n"),
        *("[^1]: f\n", "[^1]", "$x$", "$$\n", "*", "**b** c\n", "é🚀\n", "{#id}\n", "<b>", ' <img src="a">', " "),
        *("- [ ] t\n", "!!! n\n", "{{< x >}}", "{% y %}\n", "&lt;", "-\n", "=\n", "## ", "<details>\n", "{x}", "\\"),
        *("    code\n", "```\n", "~~~\n", "<!-- ", "-->", "<pre>\n", "</pre>\n", "\t", "\r\n", "> - ", "* ", "+ "),
        *("http://x.y\n", "www.a.b", "<Foo />\n", "## A b!\n\n", "\n\n# c", "[a, b](/c_d*e 'f')", "![](u|v)", "[x](u)"),
        *("- [x](u)\n", "[\u00a0a](u)", "[a](u)[b]", "![a [b](c)", "](", "!", "[", "]", ")", " #", "\x7f", "\x00"),
        *("```js\nx\n\n# y\n```\n", "~~~\n[a](b)\n~~~~\n", "\n```\n", "`a|b`", "``", "`", "[`c` #1](u)", "`[`", "` c`"),
        *("\n\n  ", "   \n", "\n    \n\n", "\\[", "\\`", "~x~", "a < b", "<b", "\x01", "  ```\n", "| `a` | b |\n"),
    ]
)
SYNTAXES = [Syntax(), Syntax(heading_ids=False, admonitions=False, math=True), Syntax(mdx=True)]


@pytest.mark.parametrize("syntax", SYNTAXES)
@given(text=st.lists(PIECES, max_size=16).map("".join))
def test_the_body_is_the_same(text: str, syntax: Syntax) -> None:
    found = markdown.read(text, 0, syntax)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markdown, "read_plain", lambda text, start, parts, math: None)
        assert markdown.read(text, 0, syntax) == found


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("One.\n\n# Two\n\nThree\n[four](b).\n\n![a](b)\n", []),
        (
            "# *One*\n\n# Two #\n\nA [b], [c](d).\n\n[a](b c)\n",
            ["# *One*\n\n# Two #\n\n", "[a](b c)\n"],
        ),
        ("One.\n\n- a\n- b\n", []),
        ("One\n---\n\nTwo\n", ["One\n---\n\n"]),
        ("A [b], `[c]`.\n\n[b]: d\n\nE\n", ["A [b], `[c]`.\n\n[b]: d\n\n"]),
        ("One.\n\n- a\n\n    code\n\n  b\n\nTwo.\n", ["- a\n\n    code\n\n  b\n\n"]),
        ("> One\n> -\n\nTwo\n", ["> One\n> -\n\n"]),
        ("One.\n\nTwo.\n-     code\n", ["Two.\n-     code\n"]),
        ("One.\n\n```\n[code]\n\n# code\n```\n\nA `[b](c)` and [`d`](e).\n", []),
        ("One.\n```\n<b>\n```\n\n<i>\n", ["<i>\n"]),
        ("<i>\n```\n<b>\n```\n", None),
        ("- One.\n\n  ```\n<b>\n  ```\n", None),
        ("- One.\n\n```\ncode\n```\n\n  Two.\n", None),
        ("<!-- One.\n\nTwo -->\n", None),
    ],
)
def test_blocks_that_are_kept(text: str, kept: list[str] | None) -> None:
    spans = read_plain(text, 0, Parts())
    assert (None if spans is None else [text[start:end] for start, end in spans]) == kept
