"""What template engines stop at, against the answers of the real ones.

The answers are those of Jekyll 4.3 with Liquid 5.4, LiquidJS 10.30 and Nunjucks 3.2 with the filters of Eleventy 3.1, Hexo
8.1 with hexo-renderer-marked 7, and Hugo 0.168 with templates for `plain`, `box`, `maybe`, `sub/x` and `Big`.
"""

import json

import pytest
from conftest import ROOT

from postlint.body.templates import Engine, stops
from postlint.body.templates.liquid import FILTERS as LIQUID
from postlint.body.templates.nunjucks import FILTERS as NUNJUCKS
from postlint.frameworks import load
from postlint.posts.document import Document
from postlint.text import Text

VECTORS = [json.loads(line) for line in (ROOT / "tests/vectors/templates.jsonl").read_text("utf-8").splitlines()]
ELEVENTY = {"slug", "slugify", "url", "log"}
HEXO = load("hexo")(None).template_engine("source/_posts/a.md", {})
SHORTCODES = {"plain": False, "box": True, "maybe": True, "sub/x": False, "big": False}
HUGO = load("hugo")(None).template_engine("content/a.md", {})
ENGINES = {
    "jekyll": Engine("liquid", "Jekyll", {}, True, None, frozenset()),
    "liquidjs": Engine("liquidjs", "Eleventy", {}, True, LIQUID | ELEVENTY),
    "nunjucks": Engine("nunjucks", "Eleventy", {}, True, NUNJUCKS | ELEVENTY),
    "hexo": HEXO._replace(complete=True, filters=NUNJUCKS),
    "hugo": HUGO._replace(tags={**HUGO.tags, **SHORTCODES}, complete=True),
}
# What depends on values and on other files is not looked at, nor what the versions of LiquidJS read differently.
LEAST_FOUND = {"jekyll": 0.95, "liquidjs": 0.8, "nunjucks": 0.93, "hexo": 0.85, "hugo": 0.98}


def found(text, name):
    framework = {"liquidjs": "eleventy", "nunjucks": "eleventy"}.get(name, name)
    body = Document("a.md", Text(text), load(framework)(None)).body
    return stops(text, 0, ENGINES[name], body.code)


@pytest.mark.parametrize("name", ENGINES)
def test_what_the_engine_takes_is_never_refused(name):
    wrong = [row["text"] for row in VECTORS if row.get(name) is True and found(row["text"], name)]
    assert wrong == []


@pytest.mark.parametrize("name", ENGINES)
def test_what_the_engine_refuses_is_found(name):
    refused = [row["text"] for row in VECTORS if row.get(name) is False]
    seen = sum(bool(found(text, name)) for text in refused)
    assert len(refused) > 200
    assert seen >= LEAST_FOUND[name] * len(refused), f"{seen} of {len(refused)}"


@pytest.mark.parametrize(
    "text", ["{{", "{%", "{#", "{{(", "{{[", "{{ a |", "{{<", '{{< a "', "{% if x %}", "{{ '", "`{{ a"]
)
@pytest.mark.parametrize("name", [*ENGINES, "zola"])
def test_long_texts_take_linear_time(text, name):
    engine = ENGINES.get(name) or Engine("zola", "Zola", {}, True)
    stops(text * 40_000, 0, engine, ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{% a() %}b{% end %} {{ a(b=1, c=[1, 2], d="e") }} {{ text }} {% text %}', None),
        ("{{/* b() */}} {%/* b() */%}a{%/* end */%}", None),
        ("{% a() %}b", "never closed"),
        ("a {% end %}", "closes no open"),
        ("`{{ b() }}`", "no template"),
        ("{% a() %}{{ b() }}{% end %}", "no template"),
        ("{% a() %}{% a() %}{% end %}", "never closed"),
    ],
)
def test_zola(text, message):
    got = stops(text, 0, Engine("zola", "Zola", {"a": None}, True), ())
    assert [message in stop.message for stop in got] == ([True] if message else [])
