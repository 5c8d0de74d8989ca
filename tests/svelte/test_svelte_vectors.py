"""What is refused, beside the answers of the real compilers.

Each line of `vectors/svelte.jsonl` has a text and what became of it: `error` is null if it was compiled, else the first
error of mdsvex 0.12.8 (`compile` with its default settings) or of the compiler of svelte 5.57.3 (`compile`).
"""

import json
from pathlib import Path
from time import process_time

import pytest
from conftest import MANY
from hypothesis import given
from hypothesis import strategies as st

from postlint.body.svelte_syntax import Setup
from postlint.body.svelte_syntax.template import slips

VECTORS = Path(__file__).parents[1] / "vectors/svelte.jsonl"
with VECTORS.open(encoding="utf-8") as lines:
    ROWS = [json.loads(line) for line in lines]
PIECES = [
    *"< > </ /> { } {#if {/if} {: b div p Foo a= \" ' ` - | > # <!-- &lt; \\ ```".split(),
    "\n",
    "\n\n",
    "    ",
    " ",
]
RENDERED = Setup(is_rendered=True)


def kinds(text, setup=RENDERED, names=()):
    return [(slip.kind, text[slip.span.start : slip.span.end]) for slip in slips(text, 0, setup, names)]


def test_nothing_that_compiles_is_refused():
    assert [row["text"] for row in ROWS if not row["error"] and slips(row["text"], 0, Setup())] == []


def test_most_of_what_does_not_compile_is_refused():
    rows = [row for row in ROWS if row["error"]]
    agreed = [row for row in rows if slips(row["text"], 0, Setup())]
    assert len(rows) > 400
    assert len(agreed) / len(rows) >= 0.87


@pytest.mark.parametrize("row", [row for row in ROWS if "\n" in row["text"]][::9], ids=lambda row: row["text"][:30])
def test_lines_may_end_in_carriage_returns(row):
    text = row["text"].replace("\n", "\r\n")
    found = [(kind, part.replace("\r", "")) for kind, part in kinds(text, Setup(), None)]
    assert found == kinds(row["text"], Setup(), None)


def test_quotation_marks_stay_what_they_are_if_the_settings_say_so():
    assert kinds("{a['b']}") == [("quotes", "{a['b']}")]
    assert kinds("{a['b']}", Setup(has_quotes=False)) == []


def test_elements_of_a_layout_may_be_components():
    assert kinds("<p>\n\na\n\n</p>") == [("paragraph", "<p>")]
    assert kinds("<p>\n\na\n\n</p>", Setup(has_layout=True)) == []


@pytest.mark.parametrize(
    "text",
    [
        "{#each a as name}\n\n{name}\n\n{/each}",
        "<script>\nlet name\n</script>\n\n{name} <Foo />",
        "<Foo let:name>{name}</Foo>",
        "{console} <Map />",
        "{title}",
    ],
)
def test_names_that_something_may_define_are_left_alone(text):
    assert [kind for kind, _ in kinds(text, names={"title"}) if kind == "variable"] == []


def test_names_are_only_judged_if_pages_are_rendered():
    assert kinds("{name} <Foo />") == [("variable", "{name}"), ("component", "<Foo")]
    assert kinds("{name} <Foo />", Setup()) == []
    assert kinds("{name} <Foo />", names=None) == []


@MANY
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_it_never_raises_and_stays_in_the_post(text):
    for slip in slips(text, 0, RENDERED, ()):
        assert 0 <= slip.span.start < slip.span.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "<b>",
            "</b>",
            "{ a ",
            "<b ",
            "- <div>\n\n",
            "<Foo a='",
            "{ a b } ",
            "x\n<Foo>\n",
            "*<i>*",
            "<!-- ",
            "a < b ",
        ),
        *(
            "{#if a}\n",
            "{#if a",
            "`` ` ",
            "{console} ",
            "<Foo>\n",
            "> {",
            "| a\n",
            "](",
            "&#123;",
            "<a b=",
            "{{",
            "\\`",
        ),
        *("{#a\n", "x\n<b", "```\n", "x\n`", "<svelte:head>"),
    ],
)
def test_it_takes_linear_time(text):
    begin = process_time()
    slips(text * 20_000, 0, RENDERED, ())
    assert process_time() - begin < 8
