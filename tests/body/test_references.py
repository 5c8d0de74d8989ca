"""Images and links in Markdown: destinations, elements and texts, at exact places."""

import pytest
from marks import read_marked

from postlint.body.markdown import Syntax, read

# A text whose destinations are marked, and for each reference: kind, form, target, text.
INLINE = [
    ("![a](⟦b.png⟧)", ["image inline b.png|a"]),
    ("[a](⟦b⟧)", ["link inline b|a"]),
    ("![](⟦b⟧) [](⟦⟧)", ["image inline b|", "link inline |"]),
    ('![a](<⟦b c.png⟧> "t")', ["image inline b c.png|a"]),
    ("[a](<⟦⟧>)", ["link inline |a"]),
    ("[a]( \t⟦b(c)d⟧ 't' )", ["link inline b(c)d|a"]),
    ("[a](⟦b\\)c⟧)", ["link inline b)c|a"]),
    ("[a](⟦b&amp;c⟧)", ["link inline b&c|a"]),
    ("[a](⟦b%20c⟧)", ["link inline b%20c|a"]),
    (
        "![](⟦b&amp;c⟧)\n\n[d](⟦e⟧)\n\n![](⟦f&amp;g⟧)",
        ["image inline b&c|", "link inline e|d", "image inline f&g|"],
    ),
    ("[a](\n  ⟦b⟧\n  (t))", ["link inline b|a"]),
    ("[a](\r\n⟦b⟧\r\n't')", ["link inline b|a"]),
    ("> [a](\n> ⟦b⟧ 't\n> u')", ["link inline b|a"]),
    ("- > 1. ![a\n  >    c](⟦b⟧)", ["image inline b|a c"]),
    ("![a `]( ` *b*](⟦c⟧)", ["image inline c|a ](  b"]),
    ("![a\\](x)](⟦b⟧)", ["image inline b|a](x)"]),
    ('[a](⟦b⟧ "](c)")', ["link inline b|a"]),
    ("| ![é\\|😀](⟦é\\|.png⟧) | [b](⟦c⟧) |\n|-|-|\n", ["image inline é|.png|é|😀", "link inline c|b"]),
    ("\ufeff![a](⟦b⟧)", ["image inline b|a"]),
    ("\ta\n\n😀e\u0301 ![a](⟦e\u0301.png⟧)", ["image inline e\u0301.png|a"]),
    ("a[^1]\n\n[^1]: b ![c](⟦d⟧)", ["image inline d|c"]),
    ("[![a](⟦b⟧)](⟦c⟧)", ["link inline c|a", "image inline b|a"]),
    ("![a [b](⟦c⟧)](⟦d⟧)", ["image inline d|a b", "link inline c|b"]),
    ("# [a](⟦b⟧)\n\n- x\n\n      [a](b)\n", ["link inline b|a"]),
    ("`[a](b)` \\[a](b) [a] (b)\n\n```\n[a](b)\n```\n\n    [a](b)\n", []),
]
REFERENCE = [
    ("![a][r]\n\n[r]: ⟦b⟧ 't'", ["image reference b|a"]),
    ("[r]\n\n[r]: <⟦b c⟧>", ["link reference b c|r"]),
    ("[R  s][]\n\n[r\ns]:\n  ⟦b⟧", ["link reference b|R  s"]),
    ("[ẞ]\n\n[SS]: ⟦b⟧", ["link reference b|ẞ"]),
    ("> [r]:\n> <⟦b⟧>\n\n[r\\]] [r]\n\n[r\\]]: ⟦c⟧", ["link reference c|r]", "link reference b|r"]),
    ("[r]\n\n[r]: ⟦a⟧\n[r]: b", ["link reference a|r"]),
    ("[^r]\n\n[^r]: b", []),
]
AUTOLINK = [
    ("<⟦https://a.b/é⟧>", ["link autolink https://a.b/é|https://a.b/é"]),
    ("<⟦a@b.c⟧>", ["link autolink mailto:a@b.c|a@b.c"]),
]
TEMPLATE = [
    ("![a](⟦{{ site.url }}/b.png⟧)", ["image inline {{ site.url }}/b.png|a"]),
    ('[a](⟦{{< ref "b.md" >}}⟧)', ['link inline {{< ref "b.md" >}}|a']),
    ("![{{ a }} b](⟦c⟧)", ["image inline c|\ufffc b"]),
    ("{% link a](b) %}[c](⟦d⟧)", ["link inline d|c"]),
    ("{{ open [a](⟦b⟧)\n\n}} close", ["link inline b|a"]),
    ("`{{` [a](⟦b⟧) `}}`", ["link inline b|a"]),
    ("[a](⟦{{< ref `b c` >}}⟧)", ["link inline {{< ref `b c` >}}|a"]),
]


@pytest.mark.parametrize(("marked", "expected"), INLINE + REFERENCE + AUTOLINK + TEMPLATE)
def test_references(marked, expected):
    _, spans, body = read_marked(marked)
    assert [f"{r.kind} {r.form} {r.target}|{r.text}" for r in body.references] == expected
    assert sorted({r.span for r in body.references}) == spans


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("a ![b](c 'd') e", "![b](c 'd')"),
        ("a [b](<c>) e", "[b](<c>)"),
        ("a [b][] e\n\n[b]: c", "[b][]"),
        ("a <https://b.c> e", "<https://b.c>"),
        ("> a <img\n> src=b> e", "<img\n> src=b>"),
    ],
)
def test_whole_element(text, whole):
    (reference,) = read(text, 0).references
    assert text[slice(*reference.whole)] == whole


def test_offsets_count_from_the_beginning_of_the_post():
    text = "---\ntitle: é😀\n---\n![a](b)"
    (reference,) = read(text, text.index("!")).references
    assert text[slice(*reference.span)] == "b"


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("[a](b 't') <https://c.d> (https://e.f) www.g.h", "b https://c.d https://e.f www.g.h"),
        ("[a]: b\n[c]: <d>\n", "b d"),
        ("http://日本.jp/日本。次", "http://日本.jp/日本"),
    ],
)
def test_urls(text, urls):
    assert [text[slice(*span)] for span in read(text, 0).urls] == urls.split()


def test_math_holds_no_links_where_the_site_has_math():
    text = "$[a](b)$ [c](d)"
    assert [r.target for r in read(text, 0).references] == ["b", "d"]
    body = read(text, 0, Syntax(math=True))
    assert [r.target for r in body.references] == ["d"]
    assert [text[slice(*span)] for span in body.opaque] == ["$[a](b)$"]
