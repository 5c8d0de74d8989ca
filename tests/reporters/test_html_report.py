"""The page for people without a terminal: what is in it, that nothing in a post acts on it, and how large it is."""

import hashlib
import json
import re
import shutil
import subprocess
from base64 import b64encode
from html.parser import HTMLParser

import pytest
from conftest import DAMAGED

from postlint.diagnostics import Diagnostic, Edit, Fix, Severity, order
from postlint.reporters import Style, html
from postlint.reporting.report import Report
from postlint.text import Text

HOSTILE = "</script><script>alert(1)</script> \"'><img src=x onerror=alert(1)> \x1b \u202e ` `` </style> {0} &amp; &"
OPEN = {"meta", "input", "p", "li", "img"}


class Page(HTMLParser):
    """Elements of a page with their attributes, its text, and the texts of its scripts and styles."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.said, self.raw, self.open = [], "", {"script": [], "style": []}, []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in OPEN:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in OPEN:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in self.raw:
            self.raw[self.open[-1]].append(data)
        else:
            self.said += data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self):
        return [attributes["id"] for _, attributes in self.elements if "id" in attributes]


def finding(text, start, end, path="a.md", rule="mojibake", message="text", severity=Severity.ERROR, fix=None, **more):
    text = Text(text)
    return Diagnostic(path, rule, severity, message, text.place(start), text.place(end), None, fix, **more)


def rendered(found, texts=None):
    texts = {path: text.encode() for path, text in (texts or {}).items()}
    return "".join(html.render(Report(order(found), len(texts), contents=texts), Style()))


@pytest.fixture
def example(astro, main):
    """The page of a post with one damaged place."""
    astro({"src/content/blog/a.md": DAMAGED})
    return main("check", "--output-format", "html").out


def test_each_finding_is_shown_with_what_the_fix_makes_of_it(example):
    page = Page(example)
    assert page.open == []
    assert "1 error in 1 post" in page.said
    assert "src/content/blog/a.md" in page.said
    assert "line 6" in page.said
    assert "<del>â€”</del>" in example
    assert "<ins>—</ins>" in example


def test_the_page_does_not_speak_of_the_command_line(example):
    assert "--" not in Page(example).said


def test_a_rule_is_explained_and_linked(example):
    page = Page(example)
    assert "Text that was written in one encoding and read in another" in page.said
    assert "Why it matters." in page.said
    assert any(a["href"].endswith("/mojibake.md") for a in page.all("a"))
    assert "mojibake" in page.ids


def test_code_in_explanations_is_shown_as_it_is():
    found = [finding("![](a.png)\n", 0, 10, rule="image-alt"), finding("![](a.png)\n", 0, 10, rule="image-format")]
    out = rendered(found, {"a.md": "![](a.png)\n"})
    assert "<code>![A cat on a sofa](cat.png)</code>" in out
    assert "<ul><li>Few browsers or none" in out


def test_every_link_within_the_page_leads_somewhere(example):
    page = Page(example)
    inner = [a["href"][1:] for a in page.all("a") if a["href"].startswith("#")]
    assert len(inner) == 2
    assert set(inner) <= set(page.ids)


def test_there_is_a_main_part_and_one_heading_of_the_first_order(example):
    page = Page(example)
    assert len(page.all("main")) == len(page.all("h1")) == 1


def test_the_heading_has_the_version_and_the_instant(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    page = Page(rendered([]))
    assert re.search(r"postlint \d+\.\d+\.\d+, 1 January 2025, 00:00 UTC", page.said)
    assert page.all("time") == [{"datetime": "2025-01-01T00:00Z"}]


def test_without_findings(astro, main):
    astro({"src/content/blog/a.md": DAMAGED.replace("â€”", "—")})
    page = Page(main("check", "--output-format", "html").out)
    assert "Nothing to report in 1 post" in page.said
    assert not page.all("script")
    assert not [a for a in page.all("ul") if a.get("class") in ("kinds", "rules")]


def test_policy_admits_only_the_script_and_the_style_of_the_page(example):
    page = Page(example)
    (policy,) = (a["content"] for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    rules = dict(part.split(" ", 1) for part in policy.split("; "))
    for kind in ("script", "style"):
        (text,) = page.raw[kind]
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"


def test_nothing_in_a_post_or_its_name_becomes_part_of_the_page():
    text = f"x {HOSTILE} y\n"
    fix = Fix(HOSTILE, (Edit(2, 9, HOSTILE),))
    found = [
        finding(text, 2, 9, HOSTILE, HOSTILE, HOSTILE, fix=fix, url="javascript:alert(1)"),
        finding(text, 2, 9, HOSTILE, "other", HOSTILE, url='https://e.example/"><script>'),
    ]
    out = rendered(found, {HOSTILE: text})
    page = Page(out)
    assert not {"img", "iframe", "object", "embed", "link", "base", "form", "svg"} & {tag for tag, _ in page.elements}
    assert len(page.all("script")) == 1
    assert not [name for _, a in page.elements for name in a if name.startswith(("on", "src", "style"))]
    assert {a["href"].split(":")[0] for a in page.all("a") if not a["href"].startswith("#")} == {"https"}
    assert not {*out} & {"\x1b", "\u202e"}
    assert page.said.count("<img src=x onerror=alert(1)>") >= 4


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("write `a < b`", "Write <code>a &lt; b</code>"),
        ("``a ` b`` is code", "<code>a ` b</code> is code"),
        ("an odd ` alone", "An odd ` alone"),
        ("posts/a.md has it, too", "posts/a.md has it, too"),
        ("`` ` `` is one", "<code>`</code> is one"),
    ],
)
def test_backticks_become_code(message, shown):
    assert f"<p>{shown}" in rendered([finding("abc\n", 0, 1, message=message)], {"a.md": "abc\n"})


def test_many_backticks_take_linear_time():
    rendered([finding("abc\n", 0, 1, message="".join("`" * (n % 50) + "a" for n in range(100_000)))], {"a.md": "abc\n"})


def test_worst_posts_and_errors_come_first():
    texts = {"a.md": "one two\n", "b.md": "one two\n", "c.md": "one two\n"}
    found = [
        finding(texts["a.md"], 0, 3, "a.md", severity=Severity.WARNING, message="first"),
        finding(texts["b.md"], 0, 3, "b.md", severity=Severity.WARNING, message="third"),
        finding(texts["b.md"], 4, 7, "b.md", message="second"),
        finding(texts["c.md"], 0, 3, "c.md", severity=Severity.WARNING, message="fourth"),
        finding(texts["c.md"], 4, 7, "c.md", severity=Severity.WARNING, message="fifth"),
    ]
    said = Page(rendered(found, texts)).said
    places = [said.index(word) for word in ("b.md", "second", "third", "c.md", "fourth", "fifth", "a.md", "first")]
    assert places == sorted(places)


def many(number, rule="link-missing"):
    text = "".join(f"line {at} has [a link](/somewhere/{at}/) in it\n" for at in range(number))
    starts = [match.start() for match in re.finditer(r"/somewhere", text)]
    return text, [finding(text, at, at + 10, rule=rule, message=f"`/somewhere/` {at}") for at in starts]


def test_all_findings_of_a_post_are_there_and_more_than_fifty_are_folded():
    for number, is_open in ((50, True), (51, False)):
        text, found = many(number)
        page = Page(rendered(found, {"a.md": text}))
        (post,) = (a for a in page.all("details") if a.get("id"))
        assert ("open" in post) is is_open
        assert len([i for i in page.ids if re.fullmatch("f[a-z2-7]{6,}", i)]) == number


def test_ids_are_unique():
    text, found = many(3_000)
    page = Page(rendered(found, {"a.md": text}))
    assert len(page.ids) == len(set(page.ids))


def test_ids_outlive_other_findings_and_moved_lines():
    text, found = many(5)
    moved = f"A new line.\n{text}"
    again = [finding(moved, d.start.offset + 12, d.end.offset + 12, rule=d.rule, message="new words") for d in found]
    before = Page(rendered(found, {"a.md": text})).ids
    after = Page(rendered(again[1:], {"a.md": moved})).ids
    assert set(after) < set(before)
    assert len(before) - len(after) == 1


def test_a_fix_of_several_places_shows_the_first_three_and_says_what_it_does():
    text = "\n".join(["one bad word in a line"] * 5) + "\n"
    starts = [match.start() for match in re.finditer("bad", text)]
    fix = Fix("Fix all 5 places", tuple(Edit(at, at + 3, "good") for at in starts), "unsafe")
    out = rendered([finding(text, starts[0], starts[0] + 3, fix=fix)], {"a.md": text})
    assert out.count("<del>bad</del>") == out.count("<ins>good</ins>") == 3
    assert "Fix all 5 places" in out
    assert "<div class=l>" in out


def test_a_post_that_is_gone_still_has_its_findings():
    out = rendered([finding("bad word\n", 0, 3, fix=Fix("Write `good`", (Edit(0, 3, "good"),)))])
    assert "Write <code>good</code>" in out
    assert "<pre>" not in out


@pytest.mark.parametrize("edit", [Edit(0, 0, "new: 1\n"), Edit(0, 9, ""), Edit(4, 16, "x" * 500), Edit(17, 17, "end")])
def test_edits_of_every_shape_are_shown(edit):
    text = "bad word\nand more"
    page = Page(rendered([finding(text, 0, 3, fix=Fix("Do it", (edit,)))], {"a.md": text}))
    assert len(page.all("del")) == len(page.all("ins")) == 1


def test_a_finding_takes_less_than_400_bytes():
    texts, found = {}, []
    for post in range(400):
        path = f"content/posts/2024/post-number-{post}/index.md"
        texts[path] = text = (
            "It was a long and cold winter, itâ€™s said, and the road to /images/photo-1.png was shut\n" * 5
        )
        for line in range(5):
            at = line * 87
            fix = Fix("Write `’`", (Edit(at + 33, at + 36, "’"),))
            message = "`â€™` is `’` (U+2019), saved as UTF-8 and read as Windows-1252"
            found.append(finding(text, at + 33, at + 36, path, message=message, severity=Severity.WARNING, fix=fix))
            message = "image `/images/photo-1.png` does not exist: there is no `public/images/photo-1.png`"
            found.append(finding(text, at + 62, at + 81, path, "image-missing", message))
    size = len(rendered(found, texts).encode())
    assert size / len(found) <= 400


_CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
_QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.mark.skipif(_CHROMIUM is None, reason="Chromium is not installed")
def test_the_script_runs_under_the_policy_of_the_page(tmp_path, example):
    (tmp_path / "report.html").write_text(example, "utf-8")
    command = [_CHROMIUM, *_QUIET, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    ran = subprocess.run([*command, f"file://{tmp_path}/report.html"], capture_output=True, text=True, timeout=120)
    tools = [a for a in Page(ran.stdout).all("div") if a.get("class") == "tools"]
    # The script shows the filters.
    assert [("hidden" in a) for a in tools] == [False], json.dumps(ran.stderr[-500:])
