"""Repairs: every rule's, over generated and mutated posts, keep what they are not about."""

import os
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import postlint
from postlint import Bad, Config, Diagnostic, Edit, Fix, Place, Severity, fixes, front_matter, rules, run
from postlint.explain import fixable
from postlint.files import MemoryFiles
from postlint.frameworks import load
from postlint.project import in_memory
from postlint.repairs import Changes
from postlint.testing import unmark

MANY = settings(max_examples=2000 if os.environ.get("POSTLINT_SLOW_TESTS") else 60)
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
                if path.endswith((".md", ".mdx")) and "⟦" in text:
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
    if "\r" in text or "\ufeff" in text:
        pytest.skip("the example is about them")
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
    assert first.text.count("\r") == text.count("\r")
    assert first.text.count("\n") == text.count("\n")
    if not first.fixed:
        assert first.text == text


NEIGHBOURS = {
    f"src/content/blog/{n}.md": (
        f"---\ntitle: Post {n}\npubDate: 2024-01-{n + 1:02}\nshareText: B\n"
        "tags: [web, css, 'open source']\n---\nText.\n"
    ).encode()
    for n in range(22)
}
# What all posts of the site have.
USUAL = {"title": "title: 'It''s'", "pubdate": "pubDate: 2024-01-02", "tags": "tags: [web,  css]  # kept"}
# What is wrong, in YAML, and the top-level field whose value or name the repair may change.
SLIPS = {
    "draft: yes": "draft",
    "subtitle: 12:30": "subtitle",
    "version: 1.10": "version",
    "pubDate: 2024-1-5": "pubDate",
    "pubDate: 31.12.2024": "pubDate",
    "updatedDate: '2024/7/9'": "updatedDate",
    "slug: 'A  b'": "slug",
    "slug: 2024": "slug",
    "coverImage: /hero.png": "coverImage",
    "tags: [web, css, web]": "tags",
    "tags:\n  - web # one\n  - CSS\n  - web\n  - Web": "tags",
    "tags: ['web, css, html']": "tags",
    "tags:\n- web, css, html": "tags",
    "sharetext: x": "sharetext",
    "'shareTxt': x": "shareTxt",
    "descripton: A": "descripton",
    'summary: "It\\u00e2\\u20ac\\u2122s"': "summary",
    "summary: Now â€” then": "summary",
    "about: ASP.\u200bNET": "about",
    "old: a # postlint-disable-line date-future": "",
}  # fmt: skip
SOUND = ['mood: "a\\tb"', "note: |\n  text\n  more", "list:   [a,  b]", "# comment", "map: {a: 1}"]
SLIPPED = [
    "![a] (/ok.png)",
    "See [c][https://example.com/b], [d](https://example.com].",
    "![a](/hero.png)",
    "Ã¼ber naÃ¯ve",
    "ASP.\u200bNET and\ufeff mark",
    "<!-- postlint-disable-next-line mojibake -->\n\nText.",
    "<!-- postlint-disable-file tag -->",
]
PROSE = [
    "# Héading",
    "Some *text*, `â€”` and [x](https://example.com).",
    "```\nÃ¼\n```",
    "- a\n- b\n\n> q",
    "|a|b|\n|-|-|",
]


HUGO_SLIPS = {
    ("slug", "2024"): "slug",
    ("tags", '["web", "css", "web"]'): "tags",
    ("tags", '[\n  "web",\n  "Web",\n  "css"\n]'): "tags",
    ("tags", '"web, css"'): "tags",
    ("descripton", '"A"'): "descripton",
    ("summary", '"It\\u00e2\\u20ac\\u2122s"'): "summary",
    ("summary", '"Now â€” then"'): "summary",
    ("slug", '"cafÃ©"'): "slug",
    ("about", '"ASP.\u200bNET"'): "about",
    ("date", '"2024-1-5"'): "date",
    ("date", '"31.12.2024"'): "date",
    ("shareTxt", '"B"'): "shareTxt",
}
HUGO_SOUND = [
    ("mood", '"a\\tb"'),
    ("list", '[ "a",  "b" ]'),
    ("none", "[]"),
    ("answer", "42"),
    ("old", '["/x/", "/y/"]'),
]
HUGO_USUAL = {"title": ("title", '"It\'s"'), "tags": ("tags", '["web",  "css"]'), "sharetext": ("shareText", '"B"')}
HUGO_NEIGHBOURS = {
    f"content/posts/{n}.md": (
        f'+++\ntitle = "Post {n}"\ndate = 2024-01-{n + 1:02}\nshareText = "B"\ntags = ["web", "css"]\n+++\nText.\n'
    ).encode()
    for n in range(22)
}


class Slipped(NamedTuple):
    """A post with slips, the fields that repairs may change, and the framework of its site."""

    text: str
    fields: set[str]
    framework: str = "astro"


@st.composite
def slipped_elsewhere(draw):
    """The same in TOML and JSON."""
    slips = draw(st.lists(st.sampled_from(sorted(HUGO_SLIPS)), max_size=3, unique_by=lambda pair: pair[0]))
    names = {"sharetext" if name == "shareTxt" else name for name, _ in slips}
    usual = [pair for name, pair in HUGO_USUAL.items() if name not in names]
    pairs = draw(st.permutations([*slips, *draw(st.lists(st.sampled_from(HUGO_SOUND), unique=True)), *usual]))
    body = draw(st.lists(st.sampled_from(SLIPPED) | st.sampled_from(PROSE), max_size=4))
    if draw(st.booleans()):
        more = draw(st.sampled_from(["", " ", "  # kept"]))
        last = draw(st.sampled_from(["", "\n[params]\n  x = 'a' # one\n"]))
        head = "+++\n" + "".join(f"{name} = {value}{more}\n" for name, value in pairs) + last + "+++\n"
    else:
        between, indent = draw(st.sampled_from([(",\n", "  "), (", ", ""), (" ,\n", "\t")]))
        head = "{\n" + between.join(f'{indent}"{name}": {value}' for name, value in pairs) + "\n}\n"
    text = head + "\n\n".join(body) + draw(st.sampled_from(["", "\n"]))
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    return Slipped(draw(st.sampled_from(["", "\ufeff"])) + text, {HUGO_SLIPS[pair] for pair in slips}, "hugo")


@st.composite
def slipped(draw):
    """A post as people write it, with a few slips, any line ends, a mark at its start, and blanks at ends of lines."""
    slips = draw(st.lists(st.sampled_from(sorted(SLIPS)), max_size=3, unique_by=lambda line: line.partition(":")[0]))
    sound = draw(st.lists(st.sampled_from(SOUND), max_size=3, unique=True))
    there = {line.partition(":")[0].strip("'").casefold() for line in slips}
    lines = draw(st.permutations([*slips, *sound, *(line for name, line in USUAL.items() if name not in there)]))
    body = draw(st.lists(st.sampled_from(SLIPPED) | st.sampled_from(PROSE), max_size=4))
    blanks = draw(st.sampled_from(["", "", " ", "\t"]))
    head = "".join(f"{line}{blanks}\n" for line in "\n".join(lines).split("\n")) if lines else ""
    text = f"---\n{head}---\n" + "\n\n".join(body) + draw(st.sampled_from(["", "\n"]))
    ends = draw(st.sampled_from(["\n", "\r\n", None]))
    if ends is None:
        text = "".join(part + draw(st.sampled_from(["\n", "\r\n"])) for part in text.split("\n"))
    else:
        text = text.replace("\n", ends)
    return Slipped(draw(st.sampled_from(["", "\ufeff"])) + text, {SLIPS[line] for line in slips})


SITES = {
    "astro": (
        "src/content/blog/z.md",
        NEIGHBOURS,
        {"astro.config.mjs": b"", "public/Hero.PNG": b"", "public/ok.png": b""},
    ),
    "hugo": ("content/posts/z.md", HUGO_NEIGHBOURS, {"hugo.toml": b"baseURL = '/'", "static/ok.png": b""}),
}


def in_site(text, framework, **changes):
    """What a run over a whole site finds in, and makes of, the post `text`."""
    path, neighbours, files = SITES[framework]
    held = {**neighbours, path: text.encode()}
    project = in_memory(Config(framework=framework), held, files)
    there = MemoryFiles({**dict.fromkeys(held, b""), **files})
    work = run.Work(project, sorted(held), held, there, complete=True, wanted=frozenset([path]))
    report = run.run([work], changes=Changes(**changes) if changes else None)
    return report, report.texts.get(path, (text, text))[1]


def read(text, framework):
    """The front matter of `text`, and its values by top-level field."""
    found = front_matter.read(text, load(framework)(None).dialect)
    return found, front_matter.to_data(found.root)


@MANY
@given(slipped() | slipped_elsewhere(), st.booleans())
def test_slips_are_repaired_and_nothing_else(post, unsafe):
    found, _ = in_site(post.text, post.framework)
    report, after = in_site(post.text, post.framework, fix=True, unsafe=unsafe)
    assert not [d for d in report.diagnostics if d.rule == "file-not-fixed"]
    wanted = ("safe", "unsafe") if unsafe else ("safe",)
    assert not [d for d in report.diagnostics if d.fix and d.fix.applicability in wanted], "what can be repaired is"
    again, same = in_site(after, post.framework, fix=True, unsafe=unsafe)
    assert (same, again.fixed) == (after, []), "a second run repairs nothing more"
    was, is_ = (Counter(d.rule for d in each.diagnostics) for each in (found, report))
    revealed = {"date-order"} if "date-invalid" in {d.rule for d in report.fixed} else set()
    assert not {*(is_ - was)} - revealed, "no finding is new"
    (old, before), (new, now) = (read(text, post.framework) for text in (post.text, after))
    assert not old.problem
    assert not new.problem
    named = {(d.field or "").partition("[")[0] for d in report.fixed}
    named |= {edit.content.strip('"') for d in report.fixed if d.field in post.fields for edit in d.fix.edits}
    if any("as an alias" in d.fix.message for d in report.fixed):
        named.add("aliases")
        assert len(now["aliases"]) == len(before.get("aliases", ())) + 1
    kept = [[(key, value) for key, value in data.items() if key not in named] for data in (before, now)]
    assert kept[0] == kept[1], "other fields are as they were, and in their order"
    assert named & set(before) <= post.fields
    for part in ("# one", "# kept", "# comment", "'It''s'", "[a,  b]", "`â€”`", "[x](https://example.com)"):
        assert after.count(part) == post.text.count(part)
    assert after[0] == post.text[0]
    assert after.endswith("\n") is post.text.endswith("\n")
    if "\r" not in post.text:
        assert "\r" not in after
    elif post.text.count("\r\n") == post.text.count("\n"):
        assert after.count("\r\n") == after.count("\n") == after.count("\r")
