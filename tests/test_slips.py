"""Posts as people write them, with slips, in a site: repairs take out the slips, and keep all else as it is."""

from collections import Counter
from typing import NamedTuple

from conftest import MANY
from hypothesis import given
from hypothesis import strategies as st

from postlint import Config, front_matter
from postlint.checking import run
from postlint.checking.repairs import Changes
from postlint.files.files import MemoryFiles
from postlint.frameworks import load
from postlint.projects.project import in_memory

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
    work = run.Work(project, sorted(held), held, there, complete=True, reported=frozenset([path]))
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
    assert after[0] == post.text.removeprefix("\ufeff")[0], "no other post begins with a mark"
    assert after.endswith("\n") is post.text.endswith("\n")
    if "\r" not in post.text:
        assert "\r" not in after
    elif post.text.count("\r\n") == post.text.count("\n"):
        assert after.count("\r\n") == after.count("\n") == after.count("\r")
