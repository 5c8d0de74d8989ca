"""Every built-in rule against its own examples, and what all rules have in common."""

import inspect

import pytest

from postlint import Bad, Finding, Fix, Good, Rule, Severity, Span, rules
from postlint.catalog import explain
from postlint.diagnostics import Edit
from postlint.testing import examples, run_example

ALL = [rules.load(name) for name in rules.names()]


@pytest.mark.parametrize("example", examples(*ALL), ids=str)
def test_example(example):
    run_example(example, strict=True)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_names_of_examples_are_short_and_unique(rule):
    names = [example.name for example in rule.examples]
    assert len({*names}) == len(names)
    assert all(len(name) <= 80 for name in names)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_some_example_states_its_message(rule):
    bad = [example for example in rule.examples if isinstance(example, Bad)]
    assert any(example.message for example in bad) or not bad


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_the_page_has_all_sections_and_a_few_examples(rule):
    sections = explain.sections(rule)
    has_options = bool(explain.as_data(rule)["options"])
    assert [*sections] == [h for h in explain.HEADINGS if h != explain.OPTIONS or has_options]
    assert all(sections.values())
    shown = [example for example in rule.examples if example.show]
    assert len(shown) in (2, 3) or len(rule.examples) < 2


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_the_class_is_named_as_the_file(rule):
    assert rule.__name__.lower() == rule.name.replace("-", "")


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_the_docstring_begins_with_what_is_wrong(rule):
    first, _, _ = f"{inspect.cleandoc(rule.__doc__)}\n\n".partition("\n\n")
    assert first.endswith((".", "?"))
    assert len(first) <= 300


class NoTodo(Rule):
    """A reminder in the text."""

    examples = (
        Good("Done.\n"),
        Bad("⟦TODO⟧ and ⟦todo⟧\n", fixed=" and todo\n"),
    )

    def check(self, post):
        for word, severity in (("TODO", None), ("todo", Severity.WARNING)):
            start = post.text.value.find(word)
            if start >= 0:
                span = Span(start, start + 4)
                fix = Fix("Remove it", (Edit(*span, ""),), "unsafe") if word == "TODO" else None
                yield Finding(span, f"`{word}` is left", fix=fix, severity=severity)


TODO = "⟦TODO⟧ and ⟦todo⟧\n"
STATED = {
    "severity": (Severity.ERROR, Severity.WARNING),
    "safe": (False, None),
    "message": ("`TODO` is left", "`todo` is left"),
}


def run_todo(strict=False, **fields):
    class Other(NoTodo):
        name = "no-todo"
        examples = (Bad(TODO, fixed=" and todo\n", **fields),)

    (example,) = examples(Other)
    run_example(example, strict)


def test_examples_of_plugins_may_leave_out_what_is_new():
    for example in examples(NoTodo):
        run_example(example)
    run_todo(safe=False)
    run_todo(**STATED, name="two words", strict=True)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"severity": Severity.ERROR}, "severity"),
        ({"severity": (Severity.ERROR,)}, "severity"),
        ({"safe": True}, "safe"),
        ({"safe": (False, False)}, "safe"),
        ({"message": "`TODO` is left"}, "message"),
        ({**STATED, "strict": True}, "no name"),
        ({**STATED, "name": "x", "strict": True, "safe": None}, "does not state `safe`"),
        ({**STATED, "name": "x", "strict": True, "severity": None}, "severity"),
    ],
)
def test_an_example_that_states_another_finding_fails(fields, error):
    with pytest.raises(AssertionError, match=error):
        run_todo(**fields)


def test_an_example_without_a_fix_cannot_state_that_it_is_safe():
    class Other(NoTodo):
        name = "no-todo"
        examples = (Bad("⟦todo⟧\n", safe=True),)

    with pytest.raises(AssertionError, match="no fix"):
        run_example(*examples(Other))


def test_what_a_fix_leaves_or_makes_is_not_reported_again():
    class Again(Rule):
        examples = (Bad("⟦a⟧\n", fixed="b\n"),)

        def check(self, post):
            text = post.text.value
            fix = Fix("Write `b`", (Edit(0, 1, "b"),)) if text[0] == "a" else None
            yield Finding(Span(0, 1), f"`{text[0]}` is left", fix=fix)

    with pytest.raises(AssertionError, match="after the fix"):
        run_example(*examples(Again))


def test_fixes_of_several_posts():
    class Several(NoTodo):
        """A reminder."""

        name = "no-todo"
        examples = (
            Bad({"b.md": "⟦TODO⟧ b\n", "c.md": "C\n", "a.md": "⟦TODO⟧ a\n"}, fixed=(" a\n", " b\n"), show=True),
        )

    run_example(*examples(Several))
    assert "Fixed:\n\n```md\n a\n```\n\n```md\n b\n```\n" in explain.markdown(Several)


def test_an_example_names_the_field_of_each_finding():
    class Other(Rule):
        examples = (Bad("---\ntitle: ⟦A⟧\n---\n", name="a title"),)

        def check(self, post):
            yield Finding(post.field("title").node.span, "it is short", field="description")

    with pytest.raises(AssertionError, match="field description, expected title"):
        run_example(*examples(Other), strict=True)


def test_names_of_examples_are_those_of_tests():
    class Other(NoTodo):
        name = "no-todo"
        examples = (Good("A\n", name="nothing left"), Good("B\n"))

    assert [str(example) for example in examples(Other)] == ["no-todo: nothing left", "no-todo-2"]


def test_a_page_without_headings():
    page = explain.markdown(NoTodo)
    assert page.startswith("# no-todo\n\n*family `no`, error, on by default, has a fix*\n\n## What it reports\n\nA rem")
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        "## What it reports",
        "## What it leaves alone",
        "## How to silence it",
    ]


def test_a_page_has_its_sections_in_order():
    class Titled(Rule):
        """A long title.

        ## What it leaves alone

        Short ones.

        ## Why it matters

        Nobody reads it.

        ## History

        It is new.
        """

        examples = (
            Bad("⟦a⟧\n", name="a first", message="`a` is long", show=True),
            Bad("⟦b⟧\n", name="a second"),
            Good("c\n", name="a third", show=True),
        )

    assert [*explain.sections(Titled)] == [
        "What it reports",
        "Why it matters",
        "What it leaves alone",
        "How to silence it",
        "History",
    ]
    page = explain.markdown(Titled)
    assert "## What it leaves alone\n\nShort ones.\n\nA third:\n\n```md\nc\n```\n" in page
    assert "A first:\n\n```md\n⟦a⟧\n```\n\nMessage: `a` is long\n" in page
    assert "A second" not in page
    assert "<!-- postlint-disable-next-line titled -- your reason -->" in page
    sections = explain.as_data(Titled)["sections"]
    assert sections[0] == {"heading": "What it reports", "text": "A long title."}


def test_rules_that_are_off_are_known_without_an_import():
    assert {rule.name for rule in ALL if not rule.default} == rules.OFF
    assert {rule.name for rule in ALL if rule.preview} == rules.PREVIEW
