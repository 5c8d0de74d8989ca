"""MDX: imports, JSX and expressions are found, the Markdown between them is read."""

import pytest
from marks import read_marked

from postlint.body.markdown import Syntax, read

MDX = Syntax(mdx=True)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("import hero from '⟦./hero.png⟧'\n\n# a", ["image jsx ./hero.png|hero"]),
        ("import a from './a.js'\nimport './b.css'\n\n# c", []),
        ('<Image src="⟦a.png⟧" alt="b" />', ["image jsx a.png|b"]),
        ("<img src={'⟦a.png⟧'} alt={b}/>", ["image jsx a.png|{b}"]),
        ('<img src={"⟦a.png⟧"} {...rest} />', ["image jsx a.png|{...rest}"]),
        ("<img src={`⟦a.png⟧`} />", ["image jsx a.png|None"]),
        ("<img src={a} alt='' /> <img src={`${a}.png`} />", []),
        ('<img\n  style={{a: "}", b: `${c({})}`}} // d\n/>\n', []),
        ('<img\n  style={{a: "}", b: `${c({})}`}}\n  src="⟦a.png⟧"\n  alt=""\n/>', ["image jsx a.png|"]),
        ('<Hero.Big cover="⟦/a.jpg⟧" name="b.png" label="c.png"/>', ["image jsx /a.jpg|None"]),
        ('<LinkCard href="⟦/a⟧" title="b" /><a href="⟦c⟧">d</a>', ["link jsx /a|", "link jsx c|"]),
        ("<img src={require('⟦./a.png⟧').default} />", ["image jsx ./a.png|"]),
        (
            "<Tabs>\n    <Tab>\n\n      ![a](⟦b⟧)\n\n        - ![c](⟦d⟧)\n\n    </Tab>\n</Tabs>",
            ["image inline b|a", "image inline d|c"],
        ),
        ("<A>![b](⟦c⟧)</A> <>![d](⟦e⟧)</>", ["image inline c|b", "image inline e|d"]),
        ("[<b>a</b> {c}](⟦d⟧)", ["link inline d|a \ufffc"]),
        ("[a](⟦{b}⟧)", ["link inline {b}|a"]),
        ("{a && <p>it's</p>} ![b](⟦c⟧) it's", ["image inline c|b"]),
        ("a { b ![c](⟦d⟧)\n\n\\{ \\<img src='e'/>", ["image inline d|c"]),
        ("![a](<⟦./b c.png⟧>) [d](<⟦/e⟧> 'f')", ["image inline ./b c.png|a", "link inline /e|d"]),
        ("a < b ![c](⟦d⟧) > e", ["image inline d|c"]),
        ("<⟦https://a.b⟧>", ["link autolink https://a.b|https://a.b"]),
        ("`<img src='a'/>` ``{`` ![b](⟦c⟧) ``}``", ["image inline c|b"]),
        (
            "- ```jsx\n  <img src='a'/> {\n  ```\n\n~~~\nimport a from './b.png'\n~~~\n\n![c](⟦d⟧)",
            ["image inline d|c"],
        ),
        ("<!-- ![a](b) --> ![c](⟦d⟧)", ["image inline d|c"]),
        ("import taxes are high\n\n![a](⟦b⟧)", ["image inline b|a"]),
    ],
)
def test_references(marked, expected):
    _, spans, body = read_marked(marked, MDX)
    assert [f"{r.kind} {r.form} {r.target}|{r.text}" for r in body.references] == expected
    assert sorted(r.span for r in body.references) == spans


@pytest.mark.parametrize(
    ("marked", "field"),
    [
        ("a ⟦{/* b { */}⟧ c ⟦<!-- d -->⟧ {e}", "comments"),
        ("⟦{\n/* a\n\nb */\n}⟧ c", "comments"),
        ("⟦import a from 'b'\nexport const c = {\n  d: '}',\n\n  e: {},\n}⟧\n\nf", "opaque"),
        ("a ⟦{b}⟧ ⟦{c({d: `}${'}'}`})}⟧ \\{e} `{f}`", "opaque"),
        ('a ⟦<B c="d" title="⟧e⟦" f={g}>⟧h⟦</B>⟧ i', "opaque"),
        ("a\n\n    b ⟦`c`⟧\n", "code"),
        ("<A>\n\n      ⟦```js\n      b\n\n      c\n      ```⟧\n\n</A>", "code"),
        ("⟦<pre>a\n\n{b}</pre>⟧ <Code>c</Code> <code/> ⟦<code>d</code>⟧", "code"),
    ],
)
def test_regions(marked, field):
    _, spans, body = read_marked(marked, MDX)
    assert list(getattr(body, field)) == spans


def test_formulas_hold_no_expressions():
    text = "$a{a'}b$ {b'} ![c](d)\n\n$$\n{e'}\n\n{\n$$\n\n$5 {f} ![g](h)\n\n$$ never {closed\n\n![i](j)"
    body = read(text, 0, MDX._replace(math=True))
    assert [r.target for r in body.references] == ["d", "h", "j"]


def test_headings():
    body = read('## <Icon /> A {b} {#c}\n\n<h2 id="d">e</h2>\n\n    # f\r\n', 0, MDX)
    assert [(h.text, h.id) for h in body.headings] == [("A \ufffc", "c"), ("f", None)]
    assert body.ids == ("d", "c")


def test_braces_are_text_outside_mdx():
    body = read("{a} <B c={d}> ![e](f)\n\nimport x from './g.png'\n", 0)
    assert [r.target for r in body.references] == ["f"]
