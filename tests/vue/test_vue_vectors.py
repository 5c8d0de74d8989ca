"""What is refused, beside the answers of the real compiler.

Each line of `vectors/vue.jsonl` has a text and what became of it: null if it was compiled, else the first error. `error` is
that of VitePress 1.6.3 (`createMarkdownRenderer` with its default settings), `vuepress` that of @vuepress/markdown
2.0.0-rc.30 (`createMarkdown`), both with @vue/compiler-sfc 3.5 (`parse`, `compileTemplate`).
"""

import json
from pathlib import Path
from time import process_time

import pytest
from conftest import MANY
from hypothesis import given
from hypothesis import strategies as st

from postlint.body.vue_syntax import Setup
from postlint.body.vue_syntax.template import slips

VECTORS = Path(__file__).parents[1] / "vectors/vue.jsonl"
with VECTORS.open(encoding="utf-8") as lines:
    ROWS = [json.loads(line) for line in lines]
PIECES = [*"< > </ /> {{ }} b div Foo a= \" ' ` - | ::: @ <!--".split(), "\n", "\n\n", "    ", " "]
SETUPS = {"error": Setup(), "vuepress": Setup(runs_code=False)}


@pytest.mark.parametrize("compiler", SETUPS)
def test_nothing_that_compiles_is_refused(compiler):
    assert [row["text"] for row in ROWS if not row[compiler] and slips(row["text"], 0, SETUPS[compiler])] == []


@pytest.mark.parametrize("compiler", SETUPS)
def test_most_of_what_does_not_compile_is_refused(compiler):
    rows = [row for row in ROWS if row[compiler]]
    agreed = [row for row in rows if slips(row["text"], 0, SETUPS[compiler])]
    assert len(rows) > 200
    assert len(agreed) / len(rows) >= 0.85


def test_code_is_only_judged_where_vue_reads_it():
    assert slips("Use `{{ a b }}`.", 0, Setup(runs_code=False)) == []
    assert slips("Use `{{ a b }}` and {{ c d }}.", 0, Setup(runs_code=False)) != []


@MANY
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_it_never_raises_and_stays_in_the_post(text):
    for slip in slips(text, 0, Setup()):
        assert 0 <= slip.span.start < slip.span.end <= len(text)


@pytest.mark.parametrize(
    "text",
    ["<b>", "</b>", "{{ a ", "<b ", "- <div>\n\n", "<Foo a='", "{{ a b }} ", "x\n<Foo>\n", "*<i>*", "<!-- ", "a < b "],
)
def test_it_takes_linear_time(text):
    begin = process_time()
    slips(text * 20_000, 0, Setup())
    assert process_time() - begin < 8
