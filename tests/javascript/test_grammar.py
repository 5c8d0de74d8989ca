"""What is a JavaScript expression or a module, what is not, and what is left to whole parsers."""

import pytest

from postlint.javascript.grammar import expression, is_empty
from postlint.javascript.lexemes import Uncertain
from postlint.javascript.module_grammar import module


def read(text):
    """True, False, or None if it is not certain."""
    try:
        return expression(text, 0, len(text)).ok
    except Uncertain:
        return None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "{}",
            "{ /* a */ }",
            "{a}",
            "{a.b?.c[0]}",
            "{a ?? b}",
            "{a ? b : c}",
            "{a, b}",
            "{-a + !b}",
            "{a\n+ b}",
            "{1_0.5e3}",
        ),
        *(
            "{'it\\'s'}",
            '{"}"}',
            "{`a ${b + `}`} c`}",
            "{/[/}]+/g.test(a)}",
            "{a / b / c}",
            "{[1, , ...a]}",
            "{f(a, ...b,)}",
        ),
        *("{{a, b: 1, 'c': 2, [d]: 3, e() {}, ...f}}", "{({a = 1}) => a}", "{async () => { await a }}", "{() => ({})}"),
        *("{function () { return '}' }}", "{class A extends B {}}", "{new A().b}", "{typeof a === 'b'}", "{a in b}"),
        *(
            "{<a/>}",
            "{<a b='c' d={e} {...f}>it's {g}</a>}",
            "{<><b.c/></>}",
            "{a && <b>{c}</b>}",
            "{a < b}",
            "{import.meta.url}",
        ),
        "{list.map((item) => {\n  return <li key={item}>It's {item}</li>\n})}",
    ],
)
def test_expressions(text):
    assert expression(text, 0, len(text)) == (True, len(text), True, False)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        *(("{a b}", 3), ("{a: b}", 2), ("{#a}", 1), ("{.a}", 1), ("{% a %}", 1), ("{{ a.b }}", 4), ("{{ a | b }}", 5)),
        *(
            ("{if}", 1),
            ("{a;}", 2),
            ("{3px}", 2),
            ("{012}", 1),
            ("{a!}", 2),
            ("{“a”}", 1),
            ("{a,}", 3),
            ("{(a}", 3),
            ("{[a)}", 3),
        ),
        *(("{<a></b>}", 4), ("{<a>}", 4), ("{1 = 2}", 3), ("{a => }", 6), ("{()}", 3), ("{f(a b)}", 5), ("{...a}", 1)),
    ],
)
def test_what_is_none(text, at):
    found = expression(text, 0, len(text))
    assert not found.ok
    assert found.end == at


@pytest.mark.parametrize("text", ["{", "{a", "{a +", "{`a}", "{/* a }", "{(a", "{{a: 1}", "{<a>b", "{() => {"])
def test_what_only_ends_too_early(text):
    found = expression(text, 0, len(text))
    assert not found.ok
    assert not found.complete


@pytest.mark.parametrize("text", ["{\\u0061}", "{yield}", "{await}", "{() => { @a }}", "{() => { a } / b}"])
def test_what_is_uncertain(text):
    assert read(text) is not False


def test_a_name_of_strict_mode_is_refused_in_strict_mode_only():
    assert expression("{package}", 0, 9).strict
    assert not expression("{let a}", 0, 7).strict


def test_empty_is_what_holds_comments_only():
    assert is_empty(" /* a */ // b", 0, 13)
    assert not is_empty(" a ", 0, 3)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "import a from 'b'",
            "import 'a'",
            "import a, {b as c, default as d} from 'e';",
            "import * as a from 'b' // c",
        ),
        *("export {a}", "export {a as default} from 'b'", "export * from 'a'", "export * as b from 'a'"),
        *(
            "export const a = 1, b = {\n\n}",
            "export let a",
            "export const {a, b} = c",
            "export const a = () => <b>it's</b>",
        ),
        *(
            "export default a",
            "export default function () {}",
            "export async function a() { return 1 }",
            "export class A {}",
        ),
        "import a from 'b'\nimport c from 'd';export const e = [1]\n\nexport default {f: 1}",
    ],
)
def test_modules(text):
    assert module(text, 0, len(text)).ok


@pytest.mark.parametrize(
    "text",
    [
        *(
            "import the file",
            "import a b from 'c'",
            "import a from b",
            "import {a b} from 'c'",
            "import type {A} from 'b'",
        ),
        *(
            "export your data",
            "export a",
            "export const a",
            "export const a: string = 1",
            "import('a')",
            "import a from 'b' c",
        ),
        *("import a from 'b'\n# c", "import a from 'b'\nc", "export const a = 1\nb c", "export const a = 1;\n{b}"),
    ],
)
def test_what_is_no_module(text):
    found = module(text, 0, len(text))
    assert not found.ok
    assert found.complete or found.end == len(text)
