"""Every built-in rule against its own examples, and what all rules have in common."""

import inspect

import pytest

from postlint import rules
from postlint.testing import examples, run_example

ALL = [rules.load(name) for name in rules.names()]


@pytest.mark.parametrize("example", examples(*ALL), ids=str)
def test_example(example):
    run_example(example)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_the_class_is_named_as_the_file(rule):
    assert rule.__name__.lower() == rule.name.replace("-", "")


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.name)
def test_the_docstring_begins_with_what_is_wrong(rule):
    first, _, _ = f"{inspect.cleandoc(rule.__doc__)}\n\n".partition("\n\n")
    assert first.endswith((".", "?"))
    assert len(first) <= 300
