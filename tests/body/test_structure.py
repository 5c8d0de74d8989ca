"""Headings, ids, code and comments of a body, and what is no prose."""

import pytest
from marks import read_marked

from postlint.body import quiet
from postlint.body.markdown import Syntax, read
from postlint.text import Span


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("⟦# A⟧\n⟦## B ##⟧\r\nC\n", [(1, "A", None), (2, "B", None)]),
        ("⟦A\nb\n===⟧\n\n⟦c\n---⟧", [(1, "A b", None), (2, "c", None)]),
        ("⟦# a `b` *c* [d](e) ![f](g) <b>h</b> &amp; \\*⟧", [(1, "a b c d f h & *", None)]),
        ("⟦# a {#b}⟧\n⟦# c {: #d .e }⟧\n⟦# f {#g⟧", [(1, "a", "b"), (1, "c", "d"), (1, "f {#g", None)]),
        ("> ⟦### é😀⟧\n\n- ⟦# b⟧", [(3, "é😀", None), (1, "b", None)]),
        ("⟦# {{ a }} b⟧\n\n{% c %}\n---\n", [(1, "\ufffc b", None)]),
        ("\ufeff⟦# a⟧", [(1, "a", None)]),
        ("<h1>a</h1>\n\n```\n# b\n```\n", []),
    ],
)
def test_headings(marked, expected):
    _, spans, body = read_marked(marked)
    assert [(h.level, h.text, h.id) for h in body.headings] == expected
    assert [h.span for h in body.headings] == spans


def test_headings_of_python_markdown_need_no_blank():
    text = "##Two *words*\n#\u00a0A `b`##\nText\n###c {#d}\n\n#\n #e\n\n```\n##f\n```\n"
    headings = read(text, 0, Syntax(heading_blank="none")).headings
    assert [(h.level, h.text, h.id) for h in headings if h.text] == [
        (2, "Two words", None),
        (1, "A b", None),
        (3, "c", "d"),
    ]
    assert [text[slice(*h.span)] for h in headings][:2] == ["##Two *words*", "#\u00a0A `b`##"]
    assert [h.level for h in read(text, 0).headings] == [1]


def test_heading_ids_are_text_where_the_site_does_not_know_them():
    body = read("# a {#b}", 0, Syntax(heading_ids=False))
    assert [(h.text, h.id) for h in body.headings] == [("a {#b}", None)]
    assert not body.ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("# a {#b}\n\n<h2 id=c>d</h2> <a name='e'></a> <p class=f\nid = \"g\">", "b c e g"),
        ("Para\n{: #a .b}\n\n![c](d){#e}\n\n{:toc}", "a e"),
        ("Term { #a }\n: Text.", "a"),
        ('<p id="">\n\n<p id="{{ x }}">\n\n<input name="a">', ""),
        ("`<p id=a>`\n\n<!-- <p id=b> -->", ""),
    ],
)
def test_ids(text, ids):
    assert read(text, 0).ids == tuple(ids.split())


@pytest.mark.parametrize(
    "marked",
    [
        "a ⟦`b`⟧ ⟦``c ` d``⟧ `e",
        "⟦```js\na\n```⟧\n\n> ⟦~~~\n> b\n> ~~~⟧\n",
        "a\n\n    ⟦b\n    c\n⟧\nd",
        "⟦<pre>a\n\n![b](c)</pre>⟧ d",
        "<div>⟦<pre>\n\na ![b](c)\n\n</pre>⟧</div>",
        "a ⟦<code>b *c*</code>⟧ d",
        "<code> a ⟦<code>b</code>⟧",
        "⟦<script>\nif (a <b) `c\n\n</script>⟧\n\nd",
        "⟦<style>\na {}\n\nb⟧",
        "a\n⟦{% highlight js %}\n![a](b)\n\n`c\n{% endhighlight %}⟧",
        "⟦{{< highlight go >}}\na\n\n# b\n{{< /highlight >}}⟧ c `d",
        "{% highlight %} a ⟦`b`⟧",
        "a\n⟦{%- set b %}\n[c](d)\n{%- endset %}⟧",
        "{% set b = 1 %} ⟦`c`⟧ {% endset %}",
        "!!! note\n    a\n\n    b\n\n    ⟦```\n    c\n\n    d\n    ```⟧\n\n        ⟦e\n⟧\n    f\n\ng\n\n    ⟦h⟧",
    ],
)
def test_code(marked):
    _, spans, body = read_marked(marked)
    assert list(body.code) == spans


@pytest.mark.parametrize(
    ("marked", "targets"),
    [
        ("a ⟦<!-- ![b](c) -->⟧ d", ""),
        ("⟦<!-- a\n\n![b](c)\n\nd -->⟧ e\n\n![f](g)", "g"),
        ("<div>⟦<!--\n\n![a](b)\n\n# c\n\n-->⟧</div>\n\n![d](e)", "e"),
        ("<div>⟦<!-- a\n⟧\n![b](c)", "c"),
        ("a ⟦<!-->⟧ ![a](b)", "b"),
        ("⟦{% comment %}\n![a](b)\n\n{% endcomment %}⟧ ![c](d)", "d"),
        ("`<!--` ![a](b) -->", "b"),
    ],
)
def test_comments(marked, targets):
    _, spans, body = read_marked(marked)
    assert list(body.comments) == spans
    assert [r.target for r in body.references] == targets.split()
    assert not body.headings


@pytest.mark.parametrize(
    "marked",
    [
        "a ⟦<b>⟧c⟦</b>⟧ d",
        'a ⟦<img src="b" alt="⟧c⟦" title="⟧d⟦">⟧',
        "a ⟦{{ b }}⟧ ⟦{%- c -%}⟧ ⟦<%= d %>⟧ {e}",
        '⟦{{< figure\n  src="a" >}}⟧ b',
        "a ⟦{: .b}⟧ ⟦{#c}⟧ ⟦{.d}⟧ {e}",
        "⟦<!DOCTYPE html>⟧",
        "a ⟦<?b ?>⟧ ⟦<![CDATA[ > ]]>⟧",
    ],
)
def test_opaque(marked):
    _, spans, body = read_marked(marked)
    assert list(body.opaque) == spans


def test_quiet_is_all_that_is_no_prose_in_order_and_apart():
    text = "a `b` [c](d) <b>e</b><!-- f --> https://g.h <p title='i'> ![j](k)`l`"
    spans = quiet(read(text, 0))
    prose, last = [], 0
    for span in spans:
        prose.append(text[last : span.start])
        last = span.end
    assert prose == ["a ", " [c](", ") ", "e", " ", " ", "i", " ![j](", ")"]
    assert last == len(text)
    assert all(isinstance(span, Span) for span in spans)
