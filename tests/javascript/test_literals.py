"""What is literal in a JavaScript module, and that nothing in one can hurt."""

import pickle
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.javascript.literals import UNREADABLE, Call, Function, Regex, parse_module, parse_value

U = UNREADABLE


@pytest.mark.parametrize(
    ("source", "config"),
    [
        (
            "export default { a: 1, 'b-c': \"x\", d: [1, -2.5, 0xff, 1_000], e: null, f: true, };",
            {"a": 1, "b-c": "x", "d": [1, -2.5, 255, 1000], "e": None, "f": True},
        ),
        ("export default defineConfig({ a: 1 })", {"a": 1}),
        ("export default withPlugins(defineConfig({ a: 1 }))", {"a": 1}),
        ("export default defineConfig(({ mode }) => ({ a: 1 }))", {"a": 1}),
        ("export default async function () { const a = 1; return { a } }", {"a": 1}),
        ("module.exports = { a: 1 }", {"a": 1}),
        ("module.exports = function (config) {\n  config.add('x')\n  return { a: 1 }\n}", {"a": 1}),
        ("/** @type {X} */\nconst config = {\n  a: 1, // one\n}\n\nexport default config", {"a": 1}),
        ("const config: Config = { a: 1 } as const;\nexport { config as default }", {"a": 1}),
        ("export default { a: 1 } satisfies Record<string, number>", {"a": 1}),
        (
            "const A = '/x'; const O = { p: A };\nexport default { a: O.p, b: `${A}/y`, c: A + '/z' }",
            {"a": "/x", "b": "/x/y", "c": "/x/z"},
        ),
        ("const base = { a: 1 }; export default { ...base, b: [...[1, 2], 3] }", {"a": 1, "b": [1, 2, 3]}),
        ("export default { ...other, a: 1 }", {"...": U, "a": 1}),
        (
            "let a = 1; a = 2; export default { a, b: process.env.B || 'x', c: d ? 1 : 2, e: `${f}` }",
            {"a": U, "b": U, "c": U, "e": U},
        ),
        (
            "export default { re: /[/\"'`{]/g, a: 'it\\'s \\u{1F389}\\x41\\n' }",
            {"re": Regex("[/\"'`{]", "g"), "a": "it's 🎉A\n"},
        ),
        ("const a = b; const b = a; export default { a }", {"a": U}),
        ("const x = 1\nfoo(x)\nexport default { x }\nconst y = 2", {"x": 1}),
        ("export const a = 1", {}),
        ("export default nothing", {"...": U}),
        ("", {}),
    ],
)
def test_config(source, config):
    assert parse_module(source).config == config


def test_calls_and_functions():
    module = parse_module(
        """
        import { defineCollection, z as zod } from 'astro:content';
        import loaders, * as all from "astro/loaders";
        const blog = defineCollection({
          loader: glob<Entry>({ pattern: '**/*.md', base: `./${FOLDER}/blog` }),
          schema: ({ image }) => zod.object({ title: zod.string().max(60), cover: image().optional() }),
        });
        const FOLDER = 'src';
        export const collections: Record<string, unknown> = { blog };
        register('x', blog);
        """
    )
    blog = module.exports["collections"]["blog"]
    assert module.imports == {
        "defineCollection": "astro:content",
        "zod": "astro:content",
        "loaders": "astro/loaders",
        "all": "astro/loaders",
    }
    assert blog.args[0]["loader"] == Call("glob", ({"pattern": "**/*.md", "base": "./src/blog"},))
    schema = blog.args[0]["schema"]
    assert isinstance(schema, Function)
    assert schema.returns.args[0] == {
        "title": Call("max", (60,), Call("zod.string", ())),
        "cover": Call("optional", (), Call("image", ())),
    }
    assert module.calls == (Call("register", ("x", blog)),)
    assert pickle.loads(pickle.dumps(module)) == module


def test_statements_of_a_function():
    source = "export default function (config) {\n config.addPassthroughCopy('img')\n config.on('x', () => 1)\n}"
    assert [call.name for call in parse_module(source).default.calls] == ["config.addPassthroughCopy", "config.on"]


def test_json_with_comments():
    assert parse_value('{ // a\n "paths": { "@/*": ["./src/*",], }, /* b */ }') == {"paths": {"@/*": ["./src/*"]}}
    assert parse_value("") is U


@pytest.mark.parametrize(
    "source",
    [
        "[" * 50_000,
        "export default " + "{a:" * 30_000 + "}" * 30_000,
        "export default " + "(" * 40_000 + ")" * 40_000,
        "export default " + "()=>" * 30_000,
        "export default " + "function(){return " * 8_000 + "}" * 8_000,
        "export default " + "`${" * 30_000 + "}`" * 30_000,
        "export default " + "f(()=>{" * 20_000 + "})" * 20_000,
        "\n".join(f"export const a{n}=a{n + 1}" for n in range(9_000)),
        "const a0=[1,2];" + "".join(f"const a{n + 1}=[...a{n},...a{n}];" for n in range(60)) + "export default a60",
        '"\\' * 60_000,
        "=/[" * 60_000,
        "/*" * 60_000,
        "export default " + "9" * 5_000,
        "export { " * 20_000,
    ],
)
def test_hostile_source_takes_linear_time(source):
    start = time.perf_counter()
    parse_module(source).config  # noqa: B018
    parse_value(source)
    assert time.perf_counter() - start < 10


@given(st.text(alphabet="{}[]()<>`$'\"/\\*=>,;:.+-!? \nab1#@", max_size=80))
def test_nothing_raises(source):
    parse_module("export default " + source)
    parse_module(source).config  # noqa: B018
