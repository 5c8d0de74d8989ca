"""References in raw HTML."""

import pytest
from marks import read_marked

from postlint.body.markdown import read


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ('<img src="⟦a.png⟧" alt="b &amp; c">', ["image a.png|b & c"]),
        ("a <IMG\n SRC = '⟦a&#32;b&amp;c⟧'\n alt=b> d", ["image a b&c|b"]),
        ("<img src=⟦a/b⟧>", ["image a/b|None"]),
        ('<img src="⟦a⟧" alt>', ["image a|"]),
        ('<img src=" ⟦a⟧\n" alt="">', ["image a|"]),
        ('<img src=⟦a⟧ aria-hidden="true">', ["image a|"]),
        (
            '<img src="⟦a⟧" srcset="⟦b⟧ 1x,⟦c⟧,  ⟦d⟧ 2.5x, ⟦data:e,f⟧">',
            ["image a|None", "image b|", "image c|", "image d|", "image data:e,f|"],
        ),
        ('<picture>\n<source srcset="⟦a.png⟧ 2x">\n</picture>', ["image a.png|"]),
        (
            '<video src="⟦a.mp4⟧" poster="⟦b.jpg⟧"><source src="⟦c.mp4⟧"></video>',
            ["link a.mp4|", "image b.jpg|", "link c.mp4|"],
        ),
        ('<a href="⟦a⟧">b</a> <a name="c">d</a>', ["link a|"]),
        ('<iframe src="⟦a⟧"></iframe>', ["link a|"]),
        ('> <img\n> src="⟦a⟧"\n>  alt="b">', ["image a|b"]),
        ('- <div>\n  <img src="⟦a⟧" alt="b">\n\n  <img src="⟦c⟧" alt="d"></div>', ["image a|b", "image c|d"]),
        ('<p title="<img src=x>"><img src="⟦a⟧" alt=""></p>', ["image a|"]),
        ('<img src="⟦{{ b }}/a.png⟧" alt="{{ c }}">', ["image {{ b }}/a.png|\ufffc"]),
        ('<img src="" alt="">', []),
        ('<div>\n<img src="a\n\n<img src="⟦b⟧" alt="">', ["image b|"]),
        ("<pre><img src='⟦a⟧' alt=''></pre>", ["image a|"]),
        ("<script>'<img src=a>'</script>\n\n<textarea>\n<img src=b>\n</textarea>", []),
        ("`<img src=a>`\n\n```\n<img src=b>\n```\n\n<!-- <img src=c> -->", []),
    ],
)
def test_references(marked, expected):
    _, spans, body = read_marked(marked)
    assert [f"{r.kind} {r.target}|{r.text}" for r in body.references] == expected
    assert {r.form for r in body.references} <= {"html"}
    assert sorted(r.span for r in body.references) == spans


def test_lines_of_a_tag_after_a_carriage_return():
    text = "<img\r\n  src=é.png\r\n  alt='😀'>\r\n"
    (reference,) = read(text, 0).references
    assert (text[slice(*reference.span)], reference.text) == ("é.png", "😀")
