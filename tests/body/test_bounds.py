"""Whatever the text is: no crash, spans that are true, and linear time."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.body import quiet
from postlint.body.markdown import Syntax, read

SYNTAXES = [
    Syntax(),
    Syntax(mdx=True),
    Syntax(mdx=True, math=True),
    Syntax(shortcodes=(), heading_ids=False, math=True, admonitions=False),
]
PIECES = [
    *("a", "b ", "\n", "\r\n", "\r", "\n\n", "    ", "\t", "> ", "- ", "1. ", "# ", "===\n", "---\n", "|", "|-|-|\n"),
    *("```", "~~~", "`", "``", "*", "_", "~~", "$", "[", "]", "(", ")", "![", "](", "]: ", "[^1]", ":::", "\\"),
    *("<", ">", "</", "/>", '"', "'", "=", "<img src=", "srcset=", "<a href=", "id=", "<code>", "</code>", "<pre>"),
    *("</pre>", "<script>", "<!--", "-->", "{", "}", "{/*", "*/}", "{#b}", "import a from ", "export const a = "),
    *("{{", "}}", "{%", "%}", "{{<", ">}}", "{% highlight %}", "{% endhighlight %}", "!!! note\n", '=== "a"\n'),
    *("https://b.c", "www.d", "&amp;", "é", "😀", "e\u0301", "\ufeff", "\x00", "\x7f", "\x1a", "\u2028"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(TEXTS, st.integers(0, 9), st.sampled_from(SYNTAXES))
def test_spans_are_in_bounds_and_in_order(text, start, syntax):
    start = min(start, len(text))
    body = read(text, start, syntax)
    for spans in (body.code, body.comments, body.opaque, body.urls, [h.span for h in body.headings]):
        assert all(start <= span.start <= span.end <= len(text) for span in spans)
        assert list(spans) == sorted(spans)
    for reference in body.references:
        assert start <= reference.whole.start <= reference.whole.end <= len(text)
        assert 0 <= reference.span.start <= reference.span.end <= len(text)
        if reference.form != "reference":
            assert reference.whole.start <= reference.span.start <= reference.span.end <= reference.whole.end
    merged = quiet(body)
    assert all(left.end < right.start for left, right in pairwise(merged))


@given(TEXTS, st.sampled_from(SYNTAXES))
def test_a_plain_destination_is_what_its_span_holds(text, syntax):
    for reference in read(text, 0, syntax).references:
        written = text[slice(*reference.span)]
        if reference.form in ("inline", "reference") and not set(written) & set("\\&\0{\n\r"):
            assert written == reference.target


@given(TEXTS)
def test_code_begins_with_what_makes_it_code(text):
    for span in read(text, 0, SYNTAXES[3]).code:
        written = text[slice(*span)]
        before = text[: span.start]
        assert written[0] in "`~<" or before.endswith((" ", "\t"))


HOSTILE = [
    *(
        "[",
        "<",
        "{",
        "`",
        "$",
        "$$ a\n",
        "![](",
        "<!--",
        "*",
        "[a](",
        "![a](",
        "[a][b] ",
        "[a]: b\n",
        "> ",
        "- ",
        "<a ",
        '<a b="',
    ),
    *("<a b='", "<a b={", "<A {...", "</", "<>", "<div>\n\n", "<div><!--\n\n![](a)\n\n", "<pre>", "<script>"),
    *("<code>", "<![CDATA[", "<?", "{{", "{%", "{{<", "{{ ` ", "{{ x }}", "{% highlight %}", '{"\\', "{'", "{`"),
    *("{`${", "}", "{/*", "{//", "{\n\n", "{%}", "import {\n\n", "\nimport x from 'a.png'"),
    *("export const a = {\n\n", "{#a", "{:", "`` ` ", "```\n", "``` a ", "- ```\n", "!!! a\n", "!!! a\n    "),
    *('<img srcset=",,,', '<img srcset="a, ', "http://", "www.", "[a](<", "> [a](\n", "😀", "\r", "    a\n\n  "),
    *("# {", "|a", "&", "\\", '"\\', "$", "<A>\n\n    ", "~"),
]
LENGTH = 60_000


def assert_quick(text: str) -> None:
    for syntax in SYNTAXES:
        begin = time.process_time()
        quiet(read(text, 0, syntax))
        assert time.process_time() - begin < 1


@pytest.mark.parametrize("piece", HOSTILE)
def test_linear(piece):
    assert_quick(piece * (LENGTH // len(piece)))


@pytest.mark.parametrize(
    "text",
    [
        "![" * 9_000 + "a" + "](b)" * 9_000,
        "".join("`" * n + " " for n in range(340)),
        "".join(" " * (4 * n) + "a\n\n" for n in range(170)),
        "".join(" " * (4 * n) + "!!! a\n" for n in range(170)),
        "<a " + 'b="c" ' * 10_000 + ">",
        '<img srcset="' + "a " * 30_000 + '">',
        "{" * 30_000 + "}" * 30_000,
        "".join(f"[a{n}]: b\n" for n in range(6_000)),
        "<a" + " " * LENGTH,
        "import" + " " * LENGTH,
    ],
    ids=range(10),
)
def test_linear_when_nested_or_long(text):
    assert_quick(text)


def test_a_long_tag_alone_in_its_line():
    text = "{{ " + "a" * LENGTH + " }}\n"
    begin = time.process_time()
    read(text, 0, Syntax(shortcodes=(("{{", "}}"),), tags_are_html=True))
    assert time.process_time() - begin < 1
