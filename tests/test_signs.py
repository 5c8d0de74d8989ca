"""A rule that is not asked, because a post has none of its signs, would have found nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint import Bad, Finding, Good, Rule, Span, rules
from postlint.checking.checker import Checker
from postlint.frameworks import load, names
from postlint.posts.document import Document
from postlint.projects.project import in_memory
from postlint.rule import NOT_ASCII, SiteRule
from postlint.settings import Config
from postlint.testing import examples, run_example
from postlint.text import Text

ALL = [rules.load(name) for name in rules.names()]
SIGNED = [rule for rule in ALL if rule.signs]
TEXTS = sorted(
    {
        text
        for rule in ALL
        for example in rule.examples
        for text in ([example.text] if isinstance(example.text, str) else example.text.values())
    }
)


def without(text, signs):
    """`text` with all of a rule's `signs` taken out."""
    text = text.replace("⟦", "").replace("⟧", "")
    if NOT_ASCII in signs:
        text = text.encode("ascii", "ignore").decode()
    last = None
    while text != last:
        last = text
        for sign in signs:
            text = text.replace(sign, "")
    return text


def results(rule, text, framework, path):
    post = Document(path, Text(text), load(framework)(None))
    made = rule()
    noted = made.note(post) if isinstance(made, SiteRule) else None
    return list(made.check(post)), noted


@pytest.mark.parametrize("rule", SIGNED, ids=lambda rule: rule.name)
@pytest.mark.parametrize("framework", ["astro", "hugo", "jekyll", "docusaurus", "sveltekit", "vitepress", "zola"])
def test_examples_without_signs(rule, framework):
    for text in TEXTS:
        for path in ("src/content/blog/post.mdx", "_posts/2024-01-02-post.md"):
            assert results(rule, without(text, rule.signs), framework, path) == ([], None), text


FRONT_MATTER = ["---\n", "+++\n", "title: ", 'title = "', "[a]\n", "tags: [x]\n", '"', "'"]
REFERENCES = ["![", "](", ")", "<img src='a.png'>", "<A />", "import x from './a.png'\n", "require('./b.jpg')"]
DAMAGE = ["&amp;", "&#8217;", "â€™", "\\u00e2\\u20ac\\u2122", "\ufffd", "\udcff", "\x00", "é", ";&"]
OTHERS = ["{{ x }}", "{% if %}", "export const a = 1\n", "`", "```\n", "$", ":::", "\n\n", " ", "a"]
PIECES = st.sampled_from([*FRONT_MATTER, *REFERENCES, *DAMAGE, *OTHERS])


@given(st.lists(PIECES | st.text(max_size=3), max_size=30).map("".join), st.sampled_from(sorted(names())))
def test_any_text_without_signs(text, framework):
    for rule in SIGNED:
        assert results(rule, without(text, rule.signs), framework, "content/posts/a.mdx") == ([], None)


class Shouting(Rule):
    """A word in capitals."""

    signs = ("!!", NOT_ASCII)
    examples = (Good("a\n"), Bad("⟦A⟧!!\n"), Bad("⟦A⟧ é\n"))

    def check(self, post):
        for found in re.finditer("[A-Z]+", post.text.value):
            yield Finding(Span(*found.span()), "do not shout")


@pytest.mark.parametrize("example", examples(Shouting), ids=str)
def test_examples_are_run_with_signs(example):
    run_example(example)


@pytest.mark.parametrize(
    ("text", "is_asked"), [("A", False), ("A!", False), ("A!!", True), ("A é", True), ("A\udcff", True)]
)
def test_a_rule_is_asked_if_there_is_a_sign(text, is_asked):
    checker = Checker(in_memory(Config(framework="none"), ["a.md"], {}), [Shouting()])
    found = checker.check("a.md", text.encode(errors="surrogateescape")).diagnostics
    assert bool(found) is is_asked
