"""Comments that silence rules: in Markdown, MDX and front matter, with and without rules and reasons."""

import pytest

import postlint

CONFIG = postlint.Config(framework="astro")


def rules(text, path="src/content/blog/a.md"):
    return [d.rule for d in postlint.check_text(text, path, CONFIG)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("na\ufffdve\n", ["replacement-character"]),
        ("<!-- postlint-disable-next-line replacement-character -->\nna\ufffdve\n", []),
        ("<!-- postlint-disable-next-line -->\nna\ufffdve\n", []),
        ("<!-- postlint-disable-next-line text -- shown on purpose -->\n\nna\ufffdve\n", []),
        ("<!-- postlint-disable-next-line -->\nna\ufffdve\n\ufffd\n", ["replacement-character"]),
        (
            "<!-- postlint-disable-next-line text -->\na\n\nna\ufffdve\n",
            ["suppression-unused", "replacement-character"],
        ),
        (
            "<!-- postlint-disable text -->\n\nna\ufffdve\n\n<!-- postlint-enable text -->\n\n\ufffd\n",
            ["replacement-character"],
        ),
        ("<!-- postlint-disable -->\n\nna\ufffdve\n", []),
        ("\ufffd\n\n<!-- postlint-disable-file replacement-character -->\n", []),
        ("`<!-- postlint-disable-file -->` \ufffd\n", ["replacement-character"]),
        ("```\n<!-- postlint-disable-file -->\n```\n\n\ufffd\n", ["replacement-character"]),
        ("---\ntitle: na\ufffdve # postlint-disable-line text\n---\n", []),
        ("---\ntitle: na\ufffdve # postlint-disable-line\r\n---\n", []),
        ("---\ntitle: 'na\ufffdve # postlint-disable-line'\n---\n", ["replacement-character"]),
        ("+++\ntitle = 'na\ufffdve' # postlint-disable-line\n+++\n", []),
        (
            "---\ntitle: a # postlint-disable-line text\n\ufffd: b\n---\n",
            ["suppression-unused", "replacement-character"],
        ),
        ("---\na: na\ufffd\nb: c # postlint-disable-line text\n---\n", ["replacement-character", "suppression-unused"]),
        ("---\na: b\n\ufffd: c # postlint-disable-line\n---\n", []),
        ("---\na: b\nc: |\n  \ufffd # postlint-disable-line\n---\n", ["replacement-character"]),
        ("<!-- why -->\n\n<!-- postlint-disable-next-line -->\n\ufffd\n", []),
        ("<!-- postlint-disable text -->\n\n<!-- postlint-enable mojibake -->\n\n\ufffd\n", []),
        (
            "<!-- postlint-disable text -->\n\n\ufffd\n\n<!-- postlint-enable -->\n\n\ufffd\n",
            ["replacement-character"],
        ),
        ("<!-- postlint-disable-file mojibake slug-duplicate -->\n", []),
        ("<!-- postlint-disable-file mojibake -->\n", ["suppression-unused"]),
        ("<!-- postlint-disable-file no-such-rule -->\n", ["suppression-unknown-rule"]),
    ],
)
def test_markdown(text, expected):
    assert rules(text) == expected


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("disable-file mojibake", "no finding of mojibake is left here; remove this comment"),
        (
            "disable-file mojibake replacement-character",
            "no finding of mojibake or replacement-character is left here; remove this comment",
        ),
        ("disable-file no-such-rule", "there is no rule `no-such-rule`; `postlint rule` lists all rules"),
    ],
)
def test_messages(comment, message):
    (found,) = postlint.check_text(f"<!-- postlint-{comment} -->\n", "src/content/blog/a.md", CONFIG)
    assert found.message == message


def test_mdx():
    assert rules("{/* postlint-disable-next-line text -- why */}\n\n\ufffd\n", "src/content/blog/a.mdx") == []


def test_the_repair_of_an_unused_one_takes_out_just_it():
    text = "---\ntitle: A # postlint-disable-line text\n---\nText.\n\n<!-- postlint-disable-file text -->\n\nMore.\n"
    fixed = postlint.fix_text(text, "src/content/blog/a.md", CONFIG)
    assert fixed.text == "---\ntitle: A\n---\nText.\n\nMore.\n"
    assert fixed.remaining == []


UNUSED = "<!-- postlint-disable-file text -->"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"A {UNUSED} b\n", "A  b\n"),
        (f"A {UNUSED}\n", "A \n"),
        (f"A\n\n{UNUSED}\n\nB\n", "A\n\nB\n"),
        (f"A\r\n\r\n{UNUSED}\r\n\r\nB\r\n", "A\r\n\r\nB\r\n"),
        (f"A\n\n{UNUSED}\nB\n", "A\n\nB\n"),
        (f"A\n\nB\n{UNUSED}\n\nC\n", "A\n\nB\n\nC\n"),
        (f"A\n\nB\n  {UNUSED}  \nC\n", "A\n\nB\nC\n"),
        (f"{UNUSED}\nA\n", "A\n"),
        (f"{UNUSED}\n\nA\n", "A\n"),
        (f"A\n{UNUSED}\n", "A\n"),
        (f"A\n{UNUSED}", "A"),
        (f"A\r\n\r\n{UNUSED}", "A"),
        (f"A\n\n{UNUSED}\n\n", "A\n\n"),
    ],
)
def test_an_unused_one_goes_with_its_line(text, expected):
    assert postlint.fix_text(text, "src/content/blog/a.md", CONFIG).text == expected


def test_one_without_rules_is_unused_if_no_rule_has_a_finding(main, astro):
    astro({"src/content/blog/a.md": "---\ntitle: A\n---\n\n<!-- postlint-disable-file -->\n\nText.\n"})
    ran = main("check", "--output-format", "json")
    (found,) = [d for d in ran.report["diagnostics"] if d["rule"] == "suppression-unused"]
    assert found["message"] == "no finding of any rule is left here; remove this comment"
