"""Plain YAML read without a parser: the same tree as the parser's, or none."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from postlint.front_matter import yaml, yaml_simple

PLAIN = [
    "title: A post: no\n",
    "title: 'It''s'\nslug: \"a-b\"\ndraft: true\nweight: 012\npubDate: 2024-01-02 # no\n",
    "é: 1\n",
    "key:\n",
    "key:\n- a\n  - b\n",
    "key:\n\n  - a\n",
    "key: [a, b,]\n",
    "key: [a, [b]]\n",
    "key: |\n  a\n",
    "key: a\n  b\n",
    "key: a # b\n",
    "key: 'a' # b\n",
    "key: a \n",
    "key: a\u00a0\n",
    "key: \u2028\n",
    'key: "a\\n"\n',
    "key: ''\nother: \"\"\n",
    "a: b\r\n",
    "a: *b\n",
    "<<: a\n",
    "---\n",
    "- a\n",
]
PIECES = st.sampled_from(
    [
        *PLAIN,
        *("t: v\n", "tags: [a, 'b c', \"d\"]\n", "tags:\n  - a\n", "  - b\n", "- c\n", "  - 'd'\n", "key", ": ", ":"),
        *"\n\n\n'\"[],-#&*!|>%@`?{}=~.0123\\ é🚀",
        *("yes", "null", "2024-01-02", "1e3", "12:30", "  ", "/a.png", " #", "''"),
    ]
)


@pytest.mark.parametrize(
    "source",
    [
        "title: A post\nslug: 'a-b'\nweight: 012\ndraft: yes\npubDate: 2024-01-02\nurl: https://example.com/#a\n",
        "title: 'It''s'\ndescription: \"„Ja“, 🚀\"\nempty:\nlast: ~\n",
        "tags: [a, 'b, c', \"d\", 1]\nnone: []\nlist:\n  - a b\n  - 'c'\nflat:\n- 1\n- x\n",
    ],
)
@pytest.mark.parametrize("schema", ["js-yaml-4", "pyyaml", "psych"])
def test_reads_what_posts_have(source: str, schema: str) -> None:
    found = yaml_simple.parse("\n" + source, 3, schema)
    assert found is not None
    assert repr(found) == repr(yaml.parse("\n" + source, 3, schema))


@given(st.lists(PIECES, max_size=12).map("".join))
@example("".join(PLAIN[:2]))
def test_reads_as_the_parser_or_not_at_all(source: str) -> None:
    for text in (f"\n{source}\n", f"\nt: v\n{source}"):
        found = yaml_simple.parse(text, 3, "js-yaml-4")
        assert found is None or repr(found) == repr(yaml.parse(text, 3, "js-yaml-4"))


@pytest.mark.parametrize("source", PLAIN)
def test_reads_or_leaves(source: str) -> None:
    found = yaml_simple.parse("\n" + source, 0, "pyyaml")
    assert found is None or repr(found) == repr(yaml.parse("\n" + source, 0, "pyyaml"))
