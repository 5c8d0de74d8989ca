"""The comment for a pull request, and the summary of a run on GitHub: what they show, and that no post acts in them."""

import re
from html import unescape

import pyromark
import pytest
from conftest import BARE_ASTRO, DAMAGED, MANY, write_files
from hypothesis import given
from hypothesis import strategies as st

from postlint.diagnostics import Diagnostic, Fix, Severity, order
from postlint.reporters import Style, _step_summary, markdown, visible
from postlint.reporters._markdown import cell, code, prose
from postlint.reporting.report import Report
from postlint.text import Place

LIMIT = 60_000
_ON = pyromark.Options
GITHUB = pyromark.Markdown(
    options=_ON.ENABLE_TABLES | _ON.ENABLE_STRIKETHROUGH | _ON.ENABLE_MATH | _ON.ENABLE_TASKLISTS
)
# What could close a code span, begin markup, mention people, refer to issues, or be cut off.
HOSTILE = st.text(
    st.sampled_from([*"ab `*_~[]()<>!|\\#@&$:.\n\t-+1=^{}", "\u200b", "\u202e", "é", "—", "\ud8ff"]), max_size=40
)
WORDS = st.one_of(
    HOSTILE,
    st.sampled_from(
        [
            "@octocat broke #12 and GH-7 in org/repo#3",
            "<!-- x --> </details> <img src=x onerror=alert(1)> <script>",
            "![a](http://e.example/b.png) [c](//e.example) http://e.example www.e.example a@e.example :tada:",
            "`` `a` ``` b",
            "$x$ ~~y~~ **z** __w__ | - [ ]",
        ]
    ),
)


@st.composite
def reports(draw, longest=8):
    found = []
    for _ in range(draw(st.integers(0, longest))):
        at = Place(draw(st.integers(1, 9)), draw(st.integers(1, 9)), draw(st.integers(0, 99)))
        fix = draw(st.sampled_from([None, Fix("x", ()), Fix("y", (), "unsafe")]))
        one = Diagnostic(
            draw(st.sampled_from(["a.md", "b|c.md", "d`e.md"]) | WORDS),
            draw(st.sampled_from(["mojibake", "image-alt", "slug-format", "no_todo"])),
            draw(st.sampled_from(Severity)),
            draw(WORDS),
            at,
            at,
            fix=fix,
            url=draw(
                st.sampled_from([None, "https://example.org/rule", "javascript:alert(1)", "https://e/)[x](y) <z>"])
            ),
            group=draw(st.sampled_from([None, None, "x"])),
        )
        found += [one] * draw(st.sampled_from([1, 1, 1, 30]))
    return Report(order(found), len({d.path for d in found}), about=draw(st.none() | WORDS))


def comment(report):
    return "".join(markdown.render(report, Style()))


def acts(text):
    """Whether anything in Markdown is more than words, apart from what the formats write themselves."""
    html = GITHUB.html(text)
    links = set(re.findall(r'<a href="([^"]*)"', html))
    tags = set(re.findall(r"<(\w+)", html))
    said = unescape(re.sub(r"<[^>]*>", "", re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)))
    wrong = re.search(r"[@#<`]|://|www\.|:\w+:|\bGH-\d", re.sub("^postlint$", "", said, flags=re.MULTILINE))
    own = {
        *(
            "h3",
            "p",
            "ul",
            "li",
            "strong",
            "code",
            "a",
            "details",
            "summary",
            "table",
            "thead",
            "tbody",
            "tr",
            "td",
            "th",
        )
    }
    return [*(link for link in links if not link.startswith("https://")), *(tags - own), *([wrong[0]] if wrong else [])]


@MANY
@given(reports())
def test_nothing_in_a_post_acts_in_the_comment(report):
    text = comment(report)
    assert acts(text) == []
    assert len(text.encode()) <= LIMIT
    assert text.count("\n<details>") == text.count("\n</details>\n") <= 1
    assert text.startswith(markdown.MARK)


@MANY
@given(reports())
def test_nothing_in_a_post_acts_in_the_summary(report):
    text = "".join(_step_summary.render(report))
    assert acts(text) == []
    # Each row has the cells of its table.
    rows = [row for row in re.findall(r"<tr>.*?</tr>", GITHUB.html(text), re.DOTALL) if "<td" in row]
    assert not any(re.search(r"<td[^>]*>\s*</td>", row) for row in rows)


@MANY
@given(WORDS)
def test_a_message_says_what_it_said(text):
    said = visible(text) or " "
    assert shown(GITHUB.html(f"x {code(text)} y")) == f"x {said} y"
    assert shown(GITHUB.html(f"|-|\n|-|\n|{cell(text)}|\n")) == f"-{said}".strip()


def shown(html):
    return unescape(re.sub(r"<[^>]*>", "", html)).strip().replace("\n", "")


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("tag `a` (2×) is `b`: a list", "tag `a` (2×) is `b`: a list"),
        ("`title: A` has a second `: `", "`title: A` has a second `: `"),
        ("``a`b`` stays", "``a`b`` stays"),
        ("see @octocat, #12 and src/a_b.md", "see `@octocat,` `#12` and `src/a_b.md`"),
        ("src/content/blog/b.md has the same title", "src/content/blog/b.md has the same title"),
        ("at 12:30:45, and http://a.b", "at `12:30:45,` and `http://a.b`"),
        ("a<b>`c`", "`a<b>c`"),
        ("an open ` only", "an open `` ` `` only"),
    ],
)
def test_prose(message, text):
    assert prose(message) == text


# ---- what a reader sees


@pytest.fixture
def said(main, tmp_path):
    def run(files, *more):
        write_files(tmp_path, {**BARE_ASTRO, **files})
        return main("check", "--output-format", "markdown", *more).out

    return run


def post(title, body="", more=""):
    return f"---\ntitle: {title}\npubDate: 2024-01-02\n{more}---\n\n{body}\n"


def test_errors_come_first_and_warnings_are_folded(said):
    blog = "src/content/blog"
    text = said(
        {
            f"{blog}/a.md": post("A", "One â€” two.\n\na\u200bb"),
            f"{blog}/b.md": post("B", "One â€” two, donâ€™t."),
            f"{blog}/c.md": post("C", "Fine."),
        }
    )
    page = "https://github.com/postlint/postlint/blob/main/docs/rules"
    rest = f", saved as UTF-8 and read as Windows-1252 ([`mojibake`]({page}/mojibake.md), fixable)\n"
    assert text == (
        "<!-- postlint -->\n"
        "### postlint\n"
        "\n"
        "3 errors and 1 warning in 2 posts of 3 (4 fixable with --fix).\n"
        "\n"
        f"**`{blog}/b.md`**\n"
        "\n"
        f"- line 6: `â€”` is `—` (U+2014){rest}"
        f"- line 6: `â€™` is `’` (U+2019){rest}"
        "\n"
        f"**`{blog}/a.md`**\n"
        "\n"
        f"- line 6: `â€”` is `—` (U+2014){rest}"
        "\n"
        "<details><summary>1 warning</summary>\n"
        "\n"
        f"**`{blog}/a.md`**\n"
        "\n"
        f"- line 8: invisible U+200B (zero width space) ([`invisible-character`]({page}/invisible-character.md), fixable)\n"
        "\n"
        "</details>\n"
    )


def test_without_findings(said):
    text = said({"src/content/blog/a.md": post("A", "Fine.")})
    assert text == "<!-- postlint -->\n### postlint\n\nNothing to report in 1 post.\n"


def test_one_decision_is_shown_once(said):
    files = {
        "src/content/blog/a.md": post("A", more="tags: [Docker]\n"),
        "src/content/blog/b.md": post("B", more="tags: [DOcker]\n"),
    }
    text = said(files)
    assert text.count("tag-variant`") == 1
    assert "  Also in `src/content/blog/b.md` line 4.\n" in text


def test_many_places_of_one_decision_are_counted(said):
    spelling = {True: "tags: [web]\n", False: "tags: [Web]\n"}
    text = said({f"src/content/blog/{n:02}.md": post(f"T{n}", more=spelling[n > 11]) for n in range(26)})
    assert text.count("tag-variant`") == 1
    assert "  Also in `src/content/blog/01.md` line 4, " in text
    assert text.endswith(" line 4 and 6 more places.\n")


def test_the_rest_is_counted(said):
    blog = "src/content/blog"
    files = {f"{blog}/{n:04}.md": post(f"T{n}", "One â€” two.\n" * 4) for n in range(250)}
    files[f"{blog}/worst.md"] = post("W", "One â€” two.\n" * 15)
    files[f"{blog}/warned.md"] = post("X", "a\u200bb")
    text = said(files)
    assert 50_000 < len(text.encode()) <= LIMIT
    assert text.index("worst.md") < text.index("0000.md")
    shown = text.count("\n- line ")
    number, rest = re.search(r"\n([0-9]+) more findings are not shown: (.*)\.\n\Z", text).groups()
    assert shown + int(number) == 1016
    assert rest == f"{1015 - shown} `mojibake`, 1 `invisible-character`"
    assert "<details>" not in text


def test_what_is_folded_is_counted_once(said):
    text = said(
        {"src/content/blog/a.md": post("A", "Donâ€™t, cafÃ©.\n" * 20 + "".join(f"[a](./n{i}.md)\n" for i in range(30)))}
    )
    assert "This post is damaged in 40 places." in text
    assert "- 25 more `link-missing`\n" in text
    assert "not shown" not in text


def test_damage_that_has_no_room_is_counted(said):
    files = {f"src/content/blog/{n:03}.md": post(f"T{n}", "Donâ€™t, cafÃ©.\n" * 20) for n in range(300)}
    text = said(files)
    shown = text.count("damaged in 40 places")
    assert 50 < shown < 300
    assert text.endswith(f"\n{(300 - shown) * 40} more findings are not shown: {(300 - shown) * 40} `mojibake`.\n")


def test_a_summary_links_the_rules(main, tmp_path, monkeypatch):
    write_files(
        tmp_path, {**BARE_ASTRO, "src/content/blog/a.md": DAMAGED, "src/content/blog/b.md": post("B", "a\u200bb")}
    )
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    main("check")
    page = "https://github.com/postlint/postlint/blob/main/docs/rules"
    assert (tmp_path / "summary").read_text() == (
        "### postlint\n\n1 error and 1 warning in 2 posts (2 fixable with --fix).\n\n"
        "| rule | findings | fixable |\n|---|---:|---:|\n"
        f"| [`invisible-character`]({page}/invisible-character.md) (warning) | 1 | 1 |\n"
        f"| [`mojibake`]({page}/mojibake.md) (error) | 1 | 1 |\n"
        "\n| post | findings |\n|---|---:|\n"
        "| `src/content/blog/a.md` | 1 |\n| `src/content/blog/b.md` | 1 |\n"
    )


@pytest.mark.parametrize("form", ["comment", "summary"])
def test_what_was_not_checked_is_counted(main, tmp_path, monkeypatch, form):
    images = "".join(f"![a](/img/{n}.png)\n" for n in range(150))
    write_files(tmp_path, {**BARE_ASTRO, "src/content/blog/a.md": post("A", images)})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    text = main("check", "--output-format=markdown").out if form == "comment" else ""
    text = text or (main("check") and (tmp_path / "summary").read_text())
    assert "\n150 images under /img/ were not checked: " in text
