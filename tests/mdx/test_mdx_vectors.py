"""What is refused, beside the answers of the real compilers.

Each line of `vectors/mdx.jsonl` has a text and what became of it: null if it was compiled, else where the compiler
stopped and why. `mdx`: @mdx-js/mdx 3.1.1 with remark-gfm 4.0.1. `docusaurus`: `compileToJSX` of @docusaurus/mdx-loader
3.10.2 with the default settings. `astro`: @astrojs/markdown-satteri 0.4.2 as @astrojs/mdx 8.0.2 calls it in Astro 7.3;
a site may choose @mdx-js/mdx instead, so that only what both refuse is certain there.
"""

import json
import re
from pathlib import Path

import pytest

from postlint.body.mdx_syntax import Setup
from postlint.body.mdx_syntax.blocks import slips
from postlint.body.mdx_syntax.remedies import remedy
from postlint.frameworks.docusaurus.mdx import DEFAULT as DOCUSAURUS
from postlint.text import Text

VECTORS = Path(__file__).parents[1] / "vectors/mdx.jsonl"
with VECTORS.open(encoding="utf-8") as lines:
    ROWS = [json.loads(line) for line in lines]
PLAIN = Setup(gfm=True, math=False, directives=False)
SETUPS = {"mdx": PLAIN, "docusaurus": DOCUSAURUS, "astro": PLAIN._replace(satteri=True)}
# The tag that has to change, where the compiler reports the block around it.
TAG = re.compile(r"Expected a closing tag for `<[^`]*>` \((\d+):(\d+)")


def refused(row, compiler):
    return row[compiler] is not None and (compiler != "astro" or row["mdx"] is not None)


@pytest.mark.parametrize("compiler", SETUPS)
def test_nothing_that_compiles_is_refused(compiler):
    wrong = [row["text"] for row in ROWS if not refused(row, compiler) and slips(row["text"], 0, SETUPS[compiler])]
    assert wrong == []


def test_nothing_that_compiles_is_refused_where_plugins_are_not_known():
    assert [row["text"] for row in ROWS if row["mdx"] is None and slips(row["text"], 0, Setup())] == []


@pytest.mark.parametrize("compiler", SETUPS)
def test_nearly_all_that_does_not_compile_is_refused(compiler):
    rows = [row for row in ROWS if refused(row, compiler)]
    agreed = [row for row in rows if slips(row["text"], 0, SETUPS[compiler])]
    assert len(rows) > 300
    assert len(agreed) / len(rows) >= 0.98, [row["text"] for row in rows if row not in agreed]


@pytest.mark.parametrize("compiler", ["mdx", "docusaurus"])
def test_the_place_is_the_one_that_the_compiler_reports(compiler):
    near = total = 0
    for row in ROWS:
        answer = row[compiler]
        found = slips(row["text"], 0, SETUPS[compiler])
        if answer is None or not found:
            continue
        tag = TAG.match(answer["message"])
        line, column = (int(tag[1]), int(tag[2])) if tag else (answer["line"], answer["column"])
        offset = Text(row["text"]).line_starts[line - 1] + column - 1
        total += 1
        near += any(slip.at == offset or slip.span.start <= offset <= slip.span.end for slip in found)
    assert near / total >= 0.93


@pytest.mark.parametrize("compiler", ["mdx", "docusaurus"])
def test_no_fix_leaves_a_slip_of_its_own(compiler):
    for row in ROWS:
        found = slips(row["text"], 0, SETUPS[compiler])
        fixes = [remedy(Text(row["text"]), slip).fix for slip in found]
        if not found or not all(fixes):
            continue
        text = row["text"]
        for edit in sorted((edit for fix in fixes for edit in fix.edits), reverse=True):
            text = text[: edit.start] + edit.content + text[edit.end :]
        assert slips(text, 0, SETUPS[compiler]) == [], row["text"]
