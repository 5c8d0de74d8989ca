"""Posts with the same text are read once, and rules that depend on the text alone are asked once for all of them."""

import pytest
from test_signs import ALL, TEXTS, results

from postlint import Finding, Rule, Span
from postlint.checking.checker import Checker
from postlint.posts.document import Document
from postlint.projects.project import in_memory
from postlint.settings import Config

OF_TEXT = [rule for rule in ALL if rule.of_text]
PLACES = {
    "astro": ("src/content/blog/post.mdx", "src/pages/2024/index.mdx"),
    "docusaurus": ("docs/post.md", "versioned_docs/version-1.0/other/post.md"),
    "hugo": ("content/posts/post.md", "content/de/a/index.md"),
    "jekyll": ("_posts/2024-01-02-post.md", "_drafts/other.md"),
}


@pytest.mark.parametrize("rule", OF_TEXT, ids=lambda rule: rule.name)
@pytest.mark.parametrize("framework", PLACES)
def test_the_place_of_a_post_makes_no_difference(rule, framework):
    here, there = PLACES[framework]
    for text in TEXTS:
        assert results(rule, text, framework, here) == results(rule, text, framework, there), text


@pytest.mark.parametrize("framework", PLACES)
def test_outcomes_are_those_of_a_post_alone(framework):
    paths = PLACES[framework]
    for text in TEXTS:
        data = text.encode(errors="surrogateescape")
        project = in_memory(Config(framework=framework), paths, dict.fromkeys(paths, data))
        together = Checker(project)
        for path in paths:
            alone, found = Checker(project, together.rules).check(path, data), together.check(path, data)
            assert found._replace(facts=None) == alone._replace(facts=None), text
            assert (found.facts.parts, found.facts.shown) == (alone.facts.parts, alone.facts.shown), text


class Counted(Rule):
    """Counts the posts it sees."""

    of_text = True
    seen: list[str] = []

    def check(self, post: Document):
        self.seen.append(post.path)
        yield Finding(Span(0, 1), "seen")


def test_a_text_is_looked_at_once_but_reported_in_every_post():
    posts = {"a/x.md": b"---\ntitle: A\n---\n", "b/x.md": b"---\ntitle: A\n---\n", "c/x.md": b"Other\n"}
    checker = Checker(in_memory(Config(framework="none"), list(posts), posts), [Counted()])
    Counted.seen.clear()
    found = [checker.check(path, data).diagnostics for path, data in posts.items()]
    assert Counted.seen == ["a/x.md", "c/x.md"]
    assert [each[0].path for each in found] == list(posts)


def test_what_is_read_in_another_way_is_not_shared():
    data = b"    a\n\nb <br> c\n"
    paths = ["src/content/blog/a.md", "src/content/blog/a.mdx"]
    checker = Checker(in_memory(Config(framework="astro"), paths, dict.fromkeys(paths, data)))
    found = [{d.rule for d in checker.check(path, data).diagnostics} for path in paths]
    assert "mdx-syntax" not in found[0]
    assert "mdx-syntax" in found[1]
