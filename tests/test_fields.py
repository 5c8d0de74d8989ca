"""The value of the front matter that an offset stands in."""

from hypothesis import given
from hypothesis import strategies as st

from postlint import front_matter
from postlint.front_matter import dialects
from postlint.posts.fields import Fields

LINES = ["[a]", "[b]", "[a.c]", "[[d]]", "[[d.e]]", "x = 1", "y.z = 2", "y.w = 3", "q = [1, 2, {a = 1}]", "[b.c.d]"]
YAML = "---\na: &x [b, {c: d}]\ne: *x\nf:\n  g: h\n  i: ''\n---\n"


def first_around(node, offset):
    """The path of the first value around `offset`, looked for in all of them."""
    steps = [(each.name, each.node) for each in node.entries or ()] + list(enumerate(node.items or ()))
    for step, value in steps:
        if not value.alias and value.span.start <= offset < value.span.end:
            return (step, *first_around(value, offset))
    return ()


@given(st.lists(st.sampled_from(LINES), max_size=9).map("\n".join).map("+++\n{}\n+++\n".format) | st.just(YAML))
def test_the_first_value_around_an_offset(text):
    root = front_matter.read(text, dialects.HUGO).root
    fields = Fields(root)
    for offset in range(len(text) + 1):
        assert fields.at(offset) == first_around(root, offset)
