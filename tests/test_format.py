"""`postlint format`: bodies in one form, the same page for everyone, and nothing else changed."""

import time

import pytest
from conftest import CLEAN, POST
from hypothesis import given
from hypothesis import strategies as st

from postlint.formatting import edits, formatted
from postlint.formatting.options import Options
from postlint.frameworks import load
from postlint.posts.document import Document
from postlint.text import Text

HEAD = "---\ntitle:   'A'   # mine\npubDate: 2024-01-02\n---\n"
LOOSE = "* one\n* two\n"
NEAT = "- one\n- two\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("between", ["", "\n", "\n\n\n"])
def test_the_front_matter_and_line_ends_stay(main, astro, end, mark, between):
    def whole(body):
        return (mark + HEAD + between + body).replace("\n", end).encode()

    root = astro({POST: whole(LOOSE)})
    ran = main("format")
    assert (ran.status, ran.out) == (0, f"{POST}: formatted\n1 post formatted.\n")
    assert (root / POST).read_bytes() == whole(NEAT)
    assert main("format").out == "0 posts formatted, 1 already formatted.\n"


def test_a_post_without_front_matter(main, write):
    root = write({"a.md": "\ufeff" + LOOSE, "b.md": "", "c.md": "Text\n==="})
    assert main("format", "a.md", "b.md", "c.md").status == 0
    assert [(root / name).read_text("utf-8") for name in ("a.md", "b.md", "c.md")] == ["\ufeff" + NEAT, "", "# Text"]


def test_check_and_diff_change_nothing(main, astro, tmp_path):
    root = astro({POST: HEAD + LOOSE, "src/content/blog/b.md": HEAD + NEAT})
    ran = main("format", "--check")
    assert (ran.status, ran.out) == (
        1,
        f"{POST}: would be formatted\n1 post would be formatted, 1 already formatted.\n",
    )
    ran = main("format", "--diff")
    assert ran.status == 1
    assert f"--- a/{POST}\n+++ b/{POST}\n" in ran.out
    assert "-* one\n-* two\n+- one\n+- two\n" in ran.out
    assert (root / POST).read_text() == HEAD + LOOSE
    assert main("format", "--check", "src/content/blog/b.md").status == 0


def test_standard_input(postlint):
    ran = postlint("format", "-", stdin=HEAD + LOOSE)
    assert (ran.status, ran.out) == (0, HEAD + NEAT)
    assert ran.err == "stdin.md: formatted\n1 post formatted.\n"
    assert postlint("format", "--check", "-", stdin=HEAD + NEAT).status == 0


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{{< figure src='a.png' >}}", "template tags"),
        ("{% include a.html %}", "template tags"),
        ("::: tip\nText\n:::", "containers (`:::`)"),
        ("!!! note\n    Text", "admonitions (`!!!`)"),
        ("> [!NOTE]\n> Text", "alerts (`[!NOTE]`)"),
        ("# Title {#id .wide}", "attributes (`{.class}`)"),
        ("Text\n{: .lead}", "attributes (`{.class}`)"),
        ("A [[Wiki Link]] here.", "wiki links"),
        ("Text[^1]\n\n[^1]: note", "footnotes"),
        ("It is $x_1*y_2*$ here.", "formulas"),
        ("$$\na_1 * b_2\n$$", "formulas"),
        ("Term\n: What it is", "definition lists"),
        ("- [ ] to do", "task lists"),
        ("a | b\n--|--\n1 | 2", "tables"),
        ("```js\nnever closed", "a code block that is never closed"),
        ("See @fig-one.", "cross references"),
    ],
)
def test_what_mdformat_does_not_know_is_skipped(main, astro, body, reason):
    text = f"{HEAD}{LOOSE}\n{body}\n"
    root = astro({POST: text})
    ran = main("format", "--isolated")
    assert (ran.status, ran.out) == (0, f"{POST}: skipped: {reason}\n0 posts formatted, 1 skipped (1 × {reason}).\n")
    assert (root / POST).read_bytes().decode() == text


@pytest.mark.parametrize(
    "body",
    ["`{{ x }}`", "```md\n- [ ] a [[b]]\n```", "It costs $5 and $6.", "a ~ b", "Time: 12:30", "[a][b]\n\n[b]: /c"],
)
def test_what_only_looks_like_it_is_formatted(main, astro, body):
    root = astro({POST: f"{HEAD}{LOOSE}\n{body}\n"})
    assert main("format", "--isolated").out.endswith("1 post formatted.\n")
    assert (root / POST).read_text() == f"{HEAD}{NEAT}\n{body}\n"


def test_other_reasons(main, astro):
    root = astro(
        {
            "src/content/blog/a.mdx": HEAD + LOOSE,
            "src/content/blog/b.md": HEAD + "* one\r\n* two\n",
            "src/content/blog/c.md": "---\ntitle: [\n---\n" + LOOSE,
            "src/content/blog/d.md": b"---\ntitle: A\n---\n* caf\xe9\n",
            "src/content/blog/e.md": HEAD + LOOSE,
        }
    )
    (root / "src/content/blog/e.md").chmod(0o444)
    assert main("format", "--isolated").out.splitlines()[:5] == [
        "src/content/blog/a.mdx: skipped: MDX",
        "src/content/blog/b.md: skipped: it mixes different line endings",
        "src/content/blog/c.md: skipped: its front matter cannot be read",
        "src/content/blog/d.md: skipped: it is not UTF-8",
        "src/content/blog/e.md: skipped: it is read-only",
    ]


def test_plugins_and_settings(main, astro):
    pytest.importorskip("mdformat_gfm")
    table = f"{HEAD}a | b\n--|--\n1 | 2\n"
    root = astro({POST: table, "src/content/blog/b.md": HEAD + "One two three four.\n\n1. a\n1. b\n"})
    astro({".mdformat.toml": "wrap = 10\n"})
    main("format")
    assert (root / POST).read_text() == f"{HEAD}| a   | b   |\n| --- | --- |\n| 1   | 2   |\n"
    assert (root / "src/content/blog/b.md").read_text() == HEAD + "One two\nthree\nfour.\n\n1. a\n1. b\n"
    # The configuration wins, and says which plugins.
    astro({"postlint.toml": '[format]\nwrap = "no"\nnumber = true\nextensions = []\n', POST: table})
    main("format")
    assert (root / POST).read_text() == table
    assert (root / "src/content/blog/b.md").read_text() == HEAD + "One two three four.\n\n1. a\n2. b\n"


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"postlint.toml": "[format]\nwarp = 80\n"},
            "postlint.toml:2:1: unknown setting of format `warp`; did you mean",
        ),
        ({"postlint.toml": "[format]\nwrap = 1\n"}, 'postlint.toml:2:8: `wrap` must be "keep", "no" or a number of'),
        ({"postlint.toml": '[format]\nextensions = ["nope"]\n'}, "the mdformat extension `nope` is not installed"),
        ({".mdformat.toml": "wrap = [\n"}, ".mdformat.toml: "),
        ({".mdformat.toml": "number = 1\n"}, ".mdformat.toml: `number` must be true or false"),
    ],
)
def test_wrong_settings(main, astro, files, message):
    astro({POST: CLEAN, **files})
    ran = main("format")
    assert ran.status == 2
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_the_rule_says_and_does_the_same(main, astro):
    root = astro({POST: HEAD + LOOSE, "postlint.toml": "[format]\nnumber = true\n"})
    assert main("check").status == 0
    ran = main("check", "--select", "format", "--output-format", "json")
    assert ran.found == [("format", 5, 1)]
    assert main("check", "--select", "format", "--fix").out.startswith("Fixed 1 finding.")
    assert (root / POST).read_text() == HEAD + NEAT


def post(text):
    return Document("a.md", Text(text), load("none")(None))


PIECES = st.sampled_from(
    [
        *(
            "* ",
            "- ",
            "1. ",
            "> ",
            "# ",
            "    ",
            "\n",
            "\n\n",
            "```\n",
            "~~~",
            "`",
            "**",
            "*",
            "_",
            "[a](/b)",
            "![c](d.png)",
        ),
        *(
            "<b>",
            "</b>",
            "<!-- c -->",
            "\\",
            "&amp;",
            "a",
            " b ",
            "é",
            "\U0001f680",
            "https://e.example/a_b_c",
            "---\n",
            "===\n",
        ),
        *("[x]: /y\n", "[x]", "\t", "  \n", "|", "\r\n", "\u00a0", "{", "}", ":", "+ "),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_whatever_the_body_the_page_stays(body):
    before = post(HEAD + body)
    made = formatted(before, Options())
    if made.body is None:
        return
    after = HEAD + made.body
    assert formatted(post(after), Options()).body is None, "formatted to itself"
    assert post(after).data == before.data
    text = HEAD + body
    for edit in reversed(list(edits(body, made.body, len(HEAD)))):
        text = text[: edit.start] + edit.content + text[edit.end :]
    assert text == after


@given(st.lists(st.sampled_from("abc"), max_size=300), st.lists(st.sampled_from("abcd"), max_size=300))
def test_edits_turn_lines_into_others(old, new):
    before, after = ("".join(f"{line}\n" for line in lines) for lines in (old, new))
    text, last = before, len(before) + 1
    for edit in reversed(list(edits(before, after, 0))):
        assert edit.start <= edit.end < last, "edits that touch are one"
        text, last = text[: edit.start] + edit.content + text[edit.end :], edit.start
    assert text == after


def test_edits_of_lines_that_repeat_take_linear_time():
    old, new = "a\n\n" * 20_000, "b\na\n\na\n\nc\n" * 10_000
    assert len(list(edits(old, new, 0))) > 10_000


@pytest.mark.parametrize(
    "body",
    ["```\n" + "a" * 60_000 + "\n```\n", "<div>\n" + "<pre>" * 12_000 + "\n\n", " a\n" * 30_000, "*a* `b` " * 8_000],
    ids=["a line of code", "elements", "lines of one paragraph", "pieces of one line"],
)
def test_what_does_not_end_takes_linear_time(body):
    before = time.process_time()
    formatted(post(body + "\n\n* a\n"), Options())
    assert time.process_time() - before < 1.5
