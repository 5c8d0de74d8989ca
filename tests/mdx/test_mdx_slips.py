"""Where slips are found in a post, whatever surrounds them; no crash, true spans, linear time."""

import time

import pytest
from conftest import MANY
from hypothesis import given
from hypothesis import strategies as st

from postlint.body.mdx_syntax import Setup
from postlint.body.mdx_syntax.blocks import slips
from postlint.frameworks.docusaurus.mdx import DEFAULT as DOCUSAURUS

SETUPS = [
    Setup(),
    Setup(gfm=True, math=False, directives=False),
    Setup(gfm=True, math=True, satteri=True),
    DOCUSAURUS,
]
PLAIN = SETUPS[1]
PIECES = [
    *("a", "b ", "\n", "\r\n", "\r", "\n\n", "    ", "\t", "> ", "- ", "1. ", "# ", "===\n", "---\n", "|", "|-|-|\n"),
    *("```", "~~~", "`", "``", "*", "$", "$$\n", "[", "]", "(", ")", "![", "](", "]: ", "[^1]: ", ":::note\n", ":::\n"),
    *(
        "<",
        ">",
        "</",
        "/>",
        '"',
        "'",
        "=",
        "<a>",
        "</a>",
        "<B c='d'>",
        "</B>",
        "<br>",
        "<!--",
        "-->",
        "<5",
        "\\",
        ":d{",
    ),
    *(
        "{",
        "}",
        "{/*",
        "*/}",
        "{a}",
        "${",
        "=>",
        "...",
        "//",
        "/*",
        "import a from 'b'\n",
        "export const a = ",
        "function",
    ),
    *(
        "https://b.c/",
        "&lt;",
        "é",
        "😀",
        "\ufeff",
        "\x00",
        "\u2028",
        "#",
        ".",
        ",",
        "?",
        "class",
        "async",
        "<C {...d}>",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def spans(text, setup=PLAIN):
    return [text[slice(*slip.span)] for slip in slips(text, 0, setup)]


@MANY
@given(TEXTS, st.integers(0, 9), st.sampled_from(SETUPS))
def test_spans_are_in_bounds_and_in_order(text, start, setup):
    start = min(start, len(text))
    found = slips(text, start, setup)
    assert all(start <= slip.span.start <= slip.span.end <= len(text) for slip in found)
    assert all(start <= slip.at <= len(text) for slip in found)
    assert [slip.span for slip in found] == sorted(slip.span for slip in found)


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "<",
            "{",
            "<a>",
            "<a ",
            "</a>",
            "{a",
            "{{",
            "{`",
            "{(",
            "`",
            "`` ` ",
            "[",
            "[a](",
            "> ",
            "- ",
            "> - ",
            ":::a\n",
        ),
        *(
            "<a\n",
            "{\n",
            "> {\n",
            "- <a\n",
            "<!--",
            "import a\n",
            "export const a = [\n\n",
            "| a ",
            "|-|\n",
            "$",
            "{/*",
        ),
        *(
            "{a}x\n",
            "<a>x\n",
            "{\n{a}\n}x\n",
            "- a\n  <b\n",
            "1. ",
            "{<a>",
            "{() => {",
            "{'",
            "{/",
            "\\",
            "```\n> ",
            "\n\n",
        ),
    ],
)
@pytest.mark.parametrize("setup", [PLAIN, DOCUSAURUS], ids=["plain", "docusaurus"])
def test_time_is_linear(piece, setup):
    text = piece * (30_000 // len(piece))
    begin = time.process_time()
    slips(text, 0, setup)
    assert time.process_time() - begin < 1


def test_every_slip_is_found_that_stands_apart():
    text = "a <br> b\n\n<!-- c -->\n\nd <5\n\n{e f}\n\n<https://g.example>\n"
    assert spans(text) == ["<br>", "<!-- c -->", "<", "{e f}", "<https://g.example>"]


@pytest.mark.parametrize("before", ["", "> ", "- ", "1.  ", "> - ", "\t", ":::note\n"])
def test_containers_do_not_move_a_slip(before):
    text = f"{before}Set {{a: b}} here.\n"
    assert spans(text, DOCUSAURUS) == ["{a: b}"]


@pytest.mark.parametrize(
    "text",
    [
        "```\n<br>\n```\n",
        "> ```\n> {a b}\n> ```\n",
        "- ~~~\n  <br>\n  ~~~\n",
        "`<br>` and `` {a b} ``\n",
        "<Tabs>\n<Tab>\n\n```\n{a b}\n```\n\n</Tab>\n</Tabs>\n",
        "[a](<b c>) [d](e '<f>')\n\n[g]: <h i>\n",
        "\\<br> \\{a b}\n",
    ],
)
def test_code_and_addresses_are_left_alone(text):
    assert spans(text) == []


def test_line_ends_of_all_kinds_end_lines():
    assert spans("a\r\n\r\n<b>\r\n\r\n</b>\r\n") == []
    assert spans("<p>a\r\n</p>\r\n") == ["<p>"]
    assert spans("<p>a\r\r</p>\r") == ["<p>"]


def test_what_cannot_be_known_is_left_alone():
    assert spans("$a_{b c}$\n", Setup()) == []
    assert spans("$a_{b c}$\n", Setup(math=True)) == []
    assert spans("$a_{b c}$\n") == ["{b c}"]
    assert spans(":a{b c}\n", Setup()) == []
    assert spans("https://a.example/{b c}\n", Setup()) == []
    assert spans("```mdx-code-block\n<br>\n```\n\n{a b}\n", DOCUSAURUS) == []


def test_definitions_make_no_heading():
    assert spans("[a]: b\n===\nimport c\n") == []
    assert spans("a\n===\nimport c\n") == ["import c"]


def test_behind_an_expression_only_a_tag_goes_on_with_a_block():
    assert spans("- {a}{b +\nc}\n") == []
    assert spans("- {b +\nc}\n") == ["{"]


def test_what_follows_a_comment_on_its_line_is_left_alone():
    assert spans("<!-- a --># ~~~\n{b}</c>\n", DOCUSAURUS) == []
    assert spans("<!-- a -->\n\n{b c}\n", DOCUSAURUS) == ["{b c}"]


def test_a_tag_without_content_is_found_whatever_follows():
    assert spans("<br>\n\nA <b>\n\n</i>\n") == ["<br>", "<b>"]
    assert spans("<br></br>\n") == []


UNTOUCHED = (
    "# A heading\n\nText with *emphasis*,\nand more.\n\n- One\n\n  - Two\n\n> Three\n\n1. Four\n\nMore text.\n\n"
)


@pytest.mark.parametrize("before", ["", UNTOUCHED, UNTOUCHED * 3, "- An item\n\n", "  \n\n> A\n\n"])
@pytest.mark.parametrize("slip", ["a <1\n", "<br>\n", "import x\n", "- {a b}\n", "Text\nand {a b} more\n"])
@pytest.mark.parametrize("behind", ["", "\n" + UNTOUCHED])
def test_plain_text_around_a_slip_changes_nothing(before, slip, behind):
    """It is passed over where nothing in it matters."""
    alone = slips(slip, 0, PLAIN)
    assert alone
    found = [(each.kind, each.span.start - len(before)) for each in slips(before + slip + behind, 0, PLAIN)]
    assert found == [(each.kind, each.span.start) for each in alone]
