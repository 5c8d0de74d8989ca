"""Repairs: every rule's, over generated and mutated posts, keep what they are not about."""

from itertools import pairwise

import pytest
from conftest import MANY
from hypothesis import given
from hypothesis import strategies as st

import postlint
from postlint import Bad, Config, Diagnostic, Edit, Fix, Place, Severity, rules
from postlint.catalog.explain import fixable
from postlint.fixing import fixes
from postlint.testing import unmark

# `format` writes the whole body anew, with a line end at its end.
FIXABLE = [rule for rule in map(rules.load, rules.names()) if fixable(rule) and rule.name != "format"]


def diagnostic(rule, *edits, applicability="safe"):
    fix = Fix("Repair", tuple(Edit(*edit) for edit in edits), applicability) if edits else None
    start = Place(1, 1, edits[0][0]) if edits else Place(1, 1, 0)
    return Diagnostic("post.md", rule, Severity.ERROR, "", start, start, None, fix)


@pytest.mark.parametrize(
    ("found", "after", "done"),
    [
        ([], "abcdef", ""),
        ([diagnostic("a")], "abcdef", ""),
        ([diagnostic("a", (1, 2, "X"))], "aXcdef", "a"),
        ([diagnostic("a", (4, 5, "Y")), diagnostic("b", (1, 2, "X"))], "aXcdYf", "ba"),
        ([diagnostic("a", (1, 3, "X")), diagnostic("b", (2, 4, "Y"))], "aXdef", "a"),
        ([diagnostic("a", (1, 3, "X")), diagnostic("b", (3, 4, "Y"))], "aXYef", "ab"),
        ([diagnostic("a", (1, 3, "X")), diagnostic("b", (1, 3, "X"))], "aXdef", "ab"),
        ([diagnostic("a", (1, 3, "X")), diagnostic("b", (1, 3, "Y"))], "aXdef", "a"),
        ([diagnostic("a", (2, 2, "X")), diagnostic("b", (2, 2, "Y"))], "abXcdef", "a"),
        ([diagnostic("a", (0, 1, "X"), (5, 6, "Y")), diagnostic("b", (2, 3, "Z"))], "XbcdeY", "a"),
        ([diagnostic("a", (1, 2, "X"), applicability="unsafe")], "abcdef", ""),
        ([diagnostic("a", (0, 0, "X"), (6, 6, "Y"))], "XabcdefY", "a"),
    ],
)
def test_apply(found, after, done):
    text, fixed = fixes.apply("abcdef", found)
    assert (text, "".join(d.rule for d in fixed)) == (after, done)


def test_apply_with_unsafe_ones():
    found = [diagnostic("a", (1, 2, "X"), applicability="unsafe")]
    assert fixes.apply("abcdef", found, unsafe=True) == ("aXcdef", found)


def shown(rule):
    """The posts of a rule's examples, with what they need."""
    for example in rule.examples:
        if isinstance(example, Bad) and example.fixed is not None:
            texts = {example.path: example.text} if isinstance(example.text, str) else dict(example.text)
            for path, text in texts.items():
                # A line end of UTF-16 is two bytes.
                if path.endswith((".md", ".mdx")) and "⟦" in text and "\x00" not in text:
                    others = {name: unmark(other)[0].encode() for name, other in texts.items() if name != path}
                    yield example, path, unmark(text)[0], others


SHOWN = [(rule, *case) for rule in FIXABLE for case in shown(rule)]
LINE_ENDS = {"LF": "\n", "CRLF": "\r\n"}


def repair(rule, example, path, text, others):
    """The text after the rule's repairs, safe or not, and whether it still has a finding that could be repaired."""
    posts = {name: data for name, data in others.items() if name.endswith((".md", ".mdx"))}
    files = {name: data for name, data in others.items() if name not in posts} | {"astro.config.mjs": b""}
    options = {rule.name: example.options} if example.options else {}
    collections = (postlint.CollectionConfig("c", ("**",), schema=example.schema),) if example.schema else ()
    config = Config(framework=example.framework, select=[rule.name], rules=options, collections=collections)
    for _ in range(10):
        report = postlint.check_documents(
            {**posts, path: text.encode("utf-8", "surrogateescape")}.items(), config, files=files
        )
        found = [d for d in report.diagnostics if d.path == path]
        after, done = fixes.apply(text, found, unsafe=True)
        yield text, found
        if not done:
            return
        text = after
    raise AssertionError("repairs never end")


def check(rule, example, path, text, others):
    steps = list(repair(rule, example, path, text, others))
    for (before, found), (after, _) in pairwise(steps):
        edits = sorted(edit for d in found if d.fix for edit in d.fix.edits)
        # Whatever no edit covers is there, in its order.
        at = 0
        kept = []
        for edit in edits:
            kept.append(before[at : max(edit.start, at)])
            at = max(edit.end, at)
        kept.append(before[at:])
        place = 0
        for part in kept:
            place = after.find(part, place)
            assert place >= 0, f"{part!r} was lost from {before!r}: {after!r}"
            place += len(part)
    assert not any(d.fix for d in steps[-1][1])
    return steps[-1][0]


@pytest.mark.parametrize(("rule", "example", "path", "text", "others"), SHOWN, ids=[case[0].name for case in SHOWN])
@pytest.mark.parametrize("ends", LINE_ENDS)
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "BOM"])
@pytest.mark.parametrize("final", [True, False], ids=["final newline", "none"])
def test_line_ends_and_marks_are_kept(rule, example, path, text, others, ends, mark, final):
    if "\r" in text or "\ufeff" in text or "\0" in text:
        pytest.skip("the example is about them, or about another encoding")
    text = mark + (text if final else text.rstrip("\n")).replace("\n", LINE_ENDS[ends])
    after = check(rule, example, path, text, others)
    assert after.startswith(mark)
    assert after.count("\r\n") == after.count("\n") if ends == "CRLF" else "\r" not in after
    assert after.endswith("\n") is text.endswith("\n")


@MANY
@given(st.data())
def test_mutated_examples(data):
    rule, example, path, text, others = data.draw(st.sampled_from(SHOWN), label="example")
    pieces = [other[3] for other in SHOWN] + [
        "\r\n",
        "\n",
        "\ufeff",
        "\u200b",
        "🚀",
        " ",
        "\t",
        "'",
        '"',
        "# ",
        "- ",
        ": ",
        "---\n",
    ]
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(text)))
        end = min(len(text), at + data.draw(st.integers(0, 3)))
        text = text[:at] + data.draw(st.sampled_from(pieces)) + text[end:]
    check(rule, example, path, text, others)


KEYS = ["title", "pubDate", "updatedDate", "tags", "slug", "draft", "coverImage", "weird key", "date"]
VALUES = [
    "yes",
    "012",
    "12:30",
    "a: b",
    "'it''s'",
    '"x"',
    "2024-1-5",
    "2024-02-30",
    "[a, b]",
    "{a: 1}",
    "~",
    "null",
    "1e3",
    "0x1F",
]
VALUES += [
    "|\n  text\n",
    ">-\n  text",
    "Ã©tÃ©",
    "A\u200bB",
    "NO",
    "Off",
    "1_000",
    "- a",
    "'A  b!'",
    "Â ",
    "🚀 ðŸš€",
    "# c",
    "&a x",
    "*a",
    "",
]
BODIES = [
    "Now â€” then",
    "![](a.png)",
    "`â€”`",
    "ASP.\u200bNET",
    "![a] (b.png)",
    "\ufeff",
    "Ã¼ber",
    "\x08",
    "```\nâ€”\n```",
    "<!-- â€” -->",
]
BODIES += [
    "# A",
    "> q",
    "- l",
    "|a|b|\n|-|-|",
    "é",
    "漢字",
    "👩\u200d💻",
    "{x}",
    "import a from 'b'",
    "\ufffd",
    "naÃ¯ve cafÃ©",
]


@st.composite
def posts(draw):
    end = draw(st.sampled_from(["\n", "\r\n"]))
    entries = draw(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)), max_size=6))
    body = draw(st.lists(st.sampled_from(BODIES), max_size=6))
    head = "".join(f"{key}: {value}\n" for key, value in entries)
    text = f"---\n{head}---\n" + "\n\n".join(body) + draw(st.sampled_from(["", "\n"]))
    mixed = draw(st.booleans())
    text = text.replace("\n", end)
    return draw(st.sampled_from(["", "\ufeff"])) + (text + "mixed\nends\r\n\rhere" if mixed else text)


@MANY
@given(posts(), st.booleans(), st.sampled_from(["astro", "none"]), st.sampled_from(["a.md", "a.mdx"]))
def test_generated_posts(text, unsafe, framework, path):
    config = Config(framework=framework)
    first = postlint.fix_text(text, path, config, unsafe=unsafe)
    again = postlint.fix_text(first.text, path, config, unsafe=unsafe)
    assert (again.text, again.fixed) == (first.text, []), "a second run repairs nothing more"
    wanted = ("safe", "unsafe") if unsafe else ("safe",)
    assert not [d for d in first.remaining if d.fix and d.fix.applicability in wanted]
    assert first.text.startswith("\ufeff") is text.startswith("\ufeff")
    # Only MDX wants blank lines where there are none; they end as the others do.
    parted = sum(found.rule == "mdx-syntax" for found in first.fixed)
    for end in ("\r", "\n"):
        assert text.count(end) <= first.text.count(end) <= text.count(end) + parted
    if not first.fixed:
        assert first.text == text


def test_a_byte_that_is_not_utf_8_stays():
    text = "---\ntitle: A\ndescription: Now &#58; b\udca7c\n  d\n---\n"
    config = Config(framework="vitepress", select=("title-entity",))
    made = postlint.fix_text(text, "a.md", config, unsafe=True)
    assert made.text == text
    assert [d.rule for d in made.remaining] == ["file-not-fixed", "title-entity"]
