"""The command line as a process: options, exit statuses, output formats, and what reaches the terminal."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import BARE_ASTRO, CLEAN, DAMAGED, POST, ROOT, environment, write_files

import postlint as library
from postlint.cli import COMMANDS
from postlint.reporters.full import width

WARNED = "---\ntitle: B post\npubDate: 2024-01-02\n---\n\nASP.\u200bNET\n"
BOTH = "---\ntitle: C post\npubDate: 2024-01-02\n---\n\nNow â€” then, ASP.\u200bNET\n"


# ---- what is called how


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_version(postlint, option):
    assert postlint(option)[:3] == (0, f"postlint {library.__version__}\n", "")


def test_help(postlint):
    ran = postlint("--help")
    assert ran.status == 0
    for command in ("check", "rule", "config", "schema"):
        assert f"\n  {command} " in ran.out
    assert postlint()[:2] == (2, ran.out)


@pytest.mark.parametrize("command", ["check", "rule", "config", "schema", "inspect"])
def test_help_of_a_command(postlint, command):
    ran = postlint(command, "--help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"usage: postlint {command}")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chekc"], "unknown command `chekc`; did you mean `check`?"),
        (["frobnicate"], f"unknown command `frobnicate`; the commands are {', '.join(COMMANDS)}"),
        (["check", "--select", "mojibak"], "unknown rule `mojibak`; did you mean `mojibake`?"),
        (["check", "--ignore", "date,slgu"], "unknown rule `slgu`; did you mean `slug`?"),
        (
            ["check", "--extend-select", "wholly-unlike"],
            "unknown rule `wholly-unlike`; `postlint rule` lists all rules",
        ),
        (["check", "--framework", "astor"], "unknown framework `astor`; did you mean `astro`?"),
        (["check", "--fixx"], "unknown option `--fixx`; did you mean `--fix`?"),
        (["check", "--colour=never"], "unknown option `--colour`; did you mean `--color`?"),
        (["check", "--stat"], "unknown option `--stat`"),
        (["check", "--jobs", "0"], "--jobs: `0` is not a number of processes"),
        (
            ["check", "--fail-on", "errors"],
            "--fail-on: `errors` is not one of error, warning, never; did you mean `error`?",
        ),
        (
            ["check", "--output-format", "jsn"],
            (
                "--output-format: `jsn` is not one of concise, full, github, gitlab, grouped, html, json, jsonl, junit, "
                "markdown, rdjson, sarif; did you mean `json`?"
            ),
        ),
        (["check", "--config"], "--config: expected one argument"),
        (["check", "--config", "none.toml"], "none.toml: this file cannot be read: no such file or directory"),
        (
            ["check", "--stdin-filename", "post.md"],
            "--stdin-filename needs `-` (standard input) as PATH",
        ),
        (["check", "-", "post.md"], "`-` (standard input) must be the only PATH"),
        (["check", "nowhere.md"], "nowhere.md: no such file or folder"),
        (
            ["check", "--output-file", "no/such/folder", "post.md"],
            "no/such/folder: cannot be written: no such file or directory",
        ),
        (["rule", "mojibak"], "unknown rule `mojibak`; did you mean `mojibake`?"),
        (["rule", "--output-format", "xml"], "--output-format: `xml` is not one of text, json, markdown"),
        (["rule", "a", "b"], "unknown argument `b`"),
        (["config", "--path"], "--path: expected one argument"),
        (["inspect", "nowhere"], "nowhere: no such file or folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage(main, write, arguments, message):
    write({"post.md": CLEAN})
    assert main(*arguments)[:3] == (2, "", f"postlint: {message}\n")


# ---- exit statuses


@pytest.mark.parametrize(
    ("post", "arguments", "status"),
    [
        (CLEAN, [], 0),
        (WARNED, [], 0),
        (DAMAGED, [], 1),
        (WARNED, ["--fail-on", "warning"], 1),
        (CLEAN, ["--fail-on", "warning"], 0),
        (DAMAGED, ["--fail-on", "warning"], 1),
        (DAMAGED, ["--fail-on", "never"], 0),
        (DAMAGED, ["--statistics"], 1),
        (DAMAGED, ["--fix"], 0),
        (DAMAGED, ["--diff"], 1),
        (WARNED, ["--diff"], 1),
        (CLEAN, ["--diff"], 0),
        (DAMAGED, ["--ignore", "mojibake"], 0),
        (DAMAGED, ["--ignore", "text"], 0),
        (DAMAGED, ["--select", "date"], 0),
        (DAMAGED, ["--select", "date,mojibake"], 1),
        (DAMAGED, ["--select", "date", "--select", "mojibake"], 1),
        (DAMAGED, ["--select", "date", "--extend-select", "text"], 1),
        (DAMAGED, ["--select", "mojibake", "--ignore", "text"], 1),
        (DAMAGED, ["--framework", "none"], 1),
        (DAMAGED, ["--no-cache", "--cache-dir", "cache", "--quiet"], 1),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_exit_status(main, astro, post, arguments, status):
    assert main("check", *arguments, cwd=astro({POST: post})).status == status


@pytest.mark.parametrize(("post", "status"), [(CLEAN, 0), (DAMAGED, 1), (None, 2)], ids=["clean", "damaged", "none"])
def test_exit_status_of_the_process(postlint, astro, post, status):
    root = astro({POST: post} if post else {})
    assert postlint("check", POST, cwd=root).status == status


def test_a_site_found_from_above_and_below(postlint, write):
    write({f"blog/{path}": text for path, text in {**BARE_ASTRO, POST: DAMAGED}.items()})
    for folder, shown in ((".", f"blog/{POST}"), ("blog", POST), ("blog/src/content", None)):
        ran = postlint("check", "--quiet", cwd=str(write({}) / folder))
        assert (ran.status, ran.out.count("\n")) == (1, 1), folder
        if shown:
            assert ran.out.startswith(f"{shown}:6:5: error[mojibake] ")


# ---- JSON


def test_json(postlint, astro):
    root = astro({POST: DAMAGED, "src/content/blog/a.md": WARNED})
    ran = postlint("check", "--output-format", "json", cwd=root)
    assert ran.err == ""
    report = ran.report
    assert list(report) == ["version", "tool", "summary", "skipped", "diagnostics"]
    assert report["version"] == 1
    assert report["tool"] == {"name": "postlint", "version": library.__version__}
    assert report["summary"] == {"files": 2, "errors": 1, "warnings": 1, "fixable": 2}
    first, second = report["diagnostics"]
    keys = ["path", "rule", "severity", "message", "field", "start", "end", "fix", "url", "group"]
    assert list(first) == list(second) == keys
    for found in (first, second):
        assert found["message"]
        assert found["fix"]["message"]
        assert found["url"] is None or found["url"].startswith("https://")
    start, end = {"line": 6, "column": 5, "offset": 47}, {"line": 6, "column": 6, "offset": 48}
    assert (first["path"], first["rule"], first["severity"]) == (
        "src/content/blog/a.md",
        "invisible-character",
        "warning",
    )
    assert (first["start"], first["end"], first["field"]) == (start, end, None)
    assert list(first["fix"]) == ["applicability", "message", "edits"]
    assert first["fix"]["edits"] == [{"start": 47, "end": 48, "content": ""}]
    assert (second["path"], second["rule"], second["severity"]) == (POST, "mojibake", "error")
    assert second["fix"]["edits"] == [{"start": 47, "end": 50, "content": "—"}]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Now â€” then.\n", (1, 5, 4)),
        ("\n\nNow â€” then.\n", (3, 5, 6)),
        ("a\r\nb\r\nNow â€” then.\r\n", (3, 5, 10)),
        ("\ufeffNow â€” then.\n", (1, 6, 5)),
        ("\ufeffa\r\nNow â€” then.", (2, 5, 8)),
        ("🚀🚀 â€” then.\n", (1, 4, 3)),
        ("a\rb\rNow â€” then.\n", (3, 5, 8)),
        ("a\u2028b\u0085c\x0bd â€” then.\n", (1, 9, 8)),
        ("e\u0301 漢字 \tâ€” then.\n", (1, 8, 7)),
    ],
    ids=ascii,
)
def test_places_are_code_points(text, place):
    found = [d for d in library.check_text(text) if d.rule == "mojibake"]
    assert [d.start for d in found] == [place]
    assert found[0].end.offset - found[0].start.offset == 3


def test_json_is_sorted(postlint, astro):
    posts = {
        f"src/content/blog/{name}.md": BOTH + DAMAGED.rpartition("---\n")[2] for name in ("b", "a", "Z", "a-b", "a.b")
    }
    ran = postlint("check", "--output-format", "json", cwd=astro(posts))
    keys = [(d["path"], d["start"]["offset"], d["rule"]) for d in ran.report["diagnostics"]]
    assert len(keys) == 20  # three in each post, and one about the title that they share
    assert keys == sorted(keys)


def test_more_processes_find_the_same(postlint, astro):
    root = astro(
        {f"src/content/blog/{n}.md": (BOTH, CLEAN, DAMAGED)[n % 3].replace("A post", f"{n}") for n in range(120)}
    )
    one = postlint("check", "--output-format", "json", "--jobs", "1", cwd=root)
    two = postlint("check", "--output-format", "json", "--jobs", "2", cwd=root)
    assert one.report["summary"] == {"files": 120, "errors": 80, "warnings": 40, "fixable": 120}
    assert one.raw == two.raw
    first, second = (postlint("check", "--diff", "--jobs", jobs, cwd=root) for jobs in "12")
    assert first.raw == second.raw
    assert postlint("check", "--fix", "--jobs", "2", "--fail-on", "warning", cwd=root).status == 0


# ---- for people


def test_concise(postlint, astro):
    ran = postlint("check", cwd=astro({POST: BOTH}))
    first, second, closing = ran.out.splitlines()
    assert first.startswith(f"{POST}:6:5: error[mojibake] ")
    assert second.startswith(f"{POST}:6:19: warning[invisible-character] ")
    assert closing == "1 error and 1 warning in 1 post (2 fixable with --fix)."
    quiet = postlint("check", "--quiet")
    assert quiet.out.splitlines() == [first, second]


@pytest.mark.parametrize(
    ("line", "under"),
    [
        ("Now â€” then.", "    ^^^"),
        ("漢字 â€” then.", "     ^^^"),
        ("🚀 â€” then.", "   ^^^"),
        ("a\tâ€” then.", "     ^^^"),
        ("e\u0301 â€” then.", "  ^^^"),
        ("👩\u200d💻 â€” then.", "             ^^^"),
        ("❤️ â€” then.", "   ^^^"),
        ("👍🏽 â€” then.", "   ^^^"),
        ("한국 ｆｕｌｌ â€” then.", "              ^^^"),
        ("a \x1b[31m â€” then.", "               ^^^"),
    ],
    ids=ascii,
)
def test_full_has_the_caret_under_the_column(postlint, write, line, under):
    ran = postlint(
        "check", "--output-format", "full", "--select", "mojibake", str(write({"post.md": f"{line}\n"}) / "post.md")
    )
    lines = ran.out.splitlines()
    at = next(number for number, shown in enumerate(lines) if shown.startswith("1 | "))
    assert lines[at + 1] == "  | " + under
    assert all(char.isprintable() or char == "\n" for char in ran.out)


def test_full(postlint, astro):
    ran = postlint("check", "--output-format", "full", cwd=astro({POST: DAMAGED}))
    lines = ran.out.splitlines()
    assert lines[0].startswith("error[mojibake]: ")
    assert lines[1:7] == [f" --> {POST}:6:5", "  |", "6 | Now â€” then.", "  |     ^^^", "  = fix: Write `—`", ""]
    assert lines[-1] == "1 error in 1 post (1 fixable with --fix)."


def test_full_says_where_a_span_ends_that_goes_on(postlint, astro):
    root = astro({"src/content/blog/a.md": "---\ntitle: A\n---\n<img\n  src='./no.png'\n  alt='' />\n"})
    shown = postlint("check", "--output-format", "full", "--select", "image", cwd=root).out.splitlines()
    assert shown[3].startswith("4 | ")
    assert shown[4] == "  | ^^^^ … to line 6"


def test_full_cuts_long_lines(postlint, write):
    words = "word " * 4000
    root = write({"post.md": f"{words}â€” {words}\n"})
    ran = postlint("check", "--output-format", "full", "post.md", cwd=root)
    shown, caret = ran.out.splitlines()[3:5]
    assert len(shown) <= 120
    assert shown.endswith("…")
    assert "…" in shown[:6]
    assert shown[caret.index("^") :][:3] == "â€”"


@pytest.mark.parametrize("beside", ["1\ufe0f\u20e3", "❤️", "👍🏽", "e\u0301", "\u1112\u1161\u11ab", "漢"], ids=ascii)
@pytest.mark.parametrize("columns", [40, 41, 80])
def test_full_stays_in_the_terminal(postlint, write, beside, columns):
    wcwidth = pytest.importorskip("wcwidth")
    root = write({"post.md": f"{beside * 200} â€” {beside * 200}\n"})
    select = ("--output-format", "full", "--select", "mojibake", "--color", "always")
    ran = postlint("check", *select, "post.md", cwd=root, env={"COLUMNS": str(columns)})
    shown, caret = re.sub("\x1b\\[[0-9;]*m", "", ran.out).splitlines()[3:5]
    assert wcwidth.wcswidth(shown) <= columns
    assert wcwidth.wcswidth(shown[: shown.index("â€”")]) == caret.index("^")


@pytest.mark.parametrize(
    "text",
    [
        "abc",
        "漢字",
        "🚀",
        "e\u0301",
        "👍🏽",
        "❤️",
        "👩‍💻",
        "한국",
        "\u1112\u1161\u11ab",
        "ｆｕｌｌ",
        "ﾊﾝｶｸ",
        "a\u200bb",
        "नमस्ते",
        "שלום",
        "—…“”",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "´",
    ],
    ids=ascii,
)
def test_width_is_that_of_terminals(text):
    wcwidth = pytest.importorskip("wcwidth")
    assert width(text) == wcwidth.wcswidth(text)


def test_colours(postlint, astro):
    root = astro({POST: DAMAGED})
    run = lambda *arguments, **env: postlint("check", "--output-format", "full", *arguments, cwd=root, env=env).out  # noqa: E731
    assert "\x1b[" not in run()
    assert "\x1b[1;31merror[mojibake]\x1b[0m" in run("--color", "always")
    assert "\x1b[1;31merror[mojibake]\x1b[0m" in run("--color", "always", NO_COLOR="1")
    assert "\x1b[" not in run("--color", "never")


def test_output_file(postlint, astro):
    root = astro({POST: DAMAGED})
    ran = postlint("check", "--output-format", "json", "--output-file", "report.json", cwd=root)
    assert (ran.status, ran.out) == (1, "")
    assert json.loads((root / "report.json").read_text("utf-8"))["summary"]["errors"] == 1


def test_statistics(postlint, astro):
    ran = postlint("check", "--statistics", cwd=astro({POST: BOTH, "src/content/blog/b.md": DAMAGED}))
    assert ran.out.splitlines() == [
        "     2 mojibake (2 fixable)",
        "     1 invisible-character (1 fixable)",
        "2 errors and 1 warning in 2 posts (3 fixable with --fix).",
    ]


def test_nothing_to_report(postlint, astro):
    assert postlint("check", cwd=astro({POST: CLEAN}))[:3] == (0, "Nothing to report in 1 post.\n", "")
    assert postlint("check", "--quiet", cwd=astro({}))[:3] == (0, "", "")


# ---- repairs


def test_fix(postlint, astro):
    root = astro({POST: BOTH, "src/content/blog/other.md": CLEAN})
    before = (root / "src/content/blog/other.md").stat()
    ran = postlint("check", "--fix", cwd=root)
    assert ran[:2] == (0, "Fixed 2 findings. Nothing else to report in 2 posts.\n")
    assert (root / POST).read_text("utf-8") == BOTH.replace("â€”", "—").replace("\u200b", "")
    after = (root / "src/content/blog/other.md").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino), "what is fine is not written"


def test_unsafe_fixes(postlint, write):
    root = write({"post.md": b"---\ntitle: caf\xe9\n---\n"})
    assert postlint("check", "--fix", "post.md").status == 1
    assert (root / "post.md").read_bytes() == b"---\ntitle: caf\xe9\n---\n"
    ran = postlint("check", "--fix", "--unsafe-fixes", "post.md")
    assert (ran.status, (root / "post.md").read_text("utf-8")) == (0, "---\ntitle: café\n---\n")


def test_a_link_to_a_post_stays_a_link(postlint, write):
    root = write({"real/text.md": DAMAGED})
    (root / "post.md").symlink_to("real/text.md")
    assert postlint("check", "--fix", "post.md").status == 0
    assert (root / "post.md").is_symlink()
    assert "Now — then." in (root / "real/text.md").read_text("utf-8")


# ---- standard input


def test_standard_input(postlint, astro):
    root = astro({"src/content/blog/one.md": "---\ntitle: A\nslug: same\n---\n"})
    ran = postlint("check", "--output-format", "json", "--stdin-filename", POST, "-", stdin=DAMAGED, cwd=root)
    assert (ran.status, ran.found) == (1, [("mojibake", 6, 5)])
    assert ran.report["diagnostics"][0]["path"] == POST
    assert not (root / POST).exists()
    ran = postlint("check", "--output-format", "full", "-", stdin=DAMAGED, cwd=root)
    assert " --> stdin.md:6:5" in ran.out
    assert "6 | Now â€” then." in ran.out


@pytest.mark.parametrize("text", [BOTH, CLEAN, "\ufeffa\r\nNow â€” then.", ""], ids=["both", "clean", "CRLF", "empty"])
def test_standard_input_repaired(postlint, text):
    ran = postlint("check", "--fix", "--quiet", "--fail-on", "never", "-", stdin=text)
    assert ran.raw.decode() == text.replace("â€”", "—").replace("\u200b", "")


def test_standard_input_with_the_whole_site(postlint, astro):
    same = "---\ntitle: A\nslug: same\n---\n"
    root = astro({"src/content/blog/one.md": same})
    ran = postlint("check", "--stdin-filename", POST, "--output-format", "json", "-", stdin=same, cwd=root)
    assert ("slug-duplicate", 3, 7) in ran.found
    assert {d["path"] for d in ran.report["diagnostics"]} == {POST}


# ---- other commands


def test_rule_list(postlint):
    ran = postlint("rule")
    assert ran.status == 0
    for name in ("mojibake", "date-order", "image-missing", "slug-duplicate"):
        assert f"\n  {name} " in ran.out
    listed = json.loads(postlint("rule", "--output-format", "json").out)
    assert {rule["name"] for rule in listed} >= {"mojibake", "schema-missing-field", "front-matter-syntax"}
    family = json.loads(postlint("rule", "date", "--output-format", "json").out)
    assert [rule["name"] for rule in family] == ["date-filename", "date-future", "date-invalid", "date-order"]


def test_rule_explained(postlint):
    ran = postlint("rule", "mojibake")
    assert ran.out.startswith("# mojibake\n")
    assert ran.out == postlint("rule", "mojibake", "--output-format", "markdown").out
    data = json.loads(postlint("rule", "mojibake", "--output-format", "json").out)
    assert (data["name"], data["family"], data["severity"], data["fixable"]) == ("mojibake", "text", "error", True)


def test_config_command(postlint, astro):
    root = astro({POST: CLEAN, "postlint.toml": 'ignore = ["image-alt"]\n'})
    ran = postlint("config", "--path", POST, cwd=root)
    lines = {line.partition("  ")[0]: line for line in ran.out.splitlines()}
    assert ran.status == 0
    assert lines["configuration"].endswith("postlint.toml")
    assert "Astro  (astro.config.mjs)" in lines["framework"]
    assert "image-alt" in lines["ignore"]
    assert lines["in collection"].endswith("blog")
    assert "none found" in postlint("config", "--isolated", cwd=root).out


def test_schema_command(postlint, astro):
    root = astro({POST: CLEAN})
    bare = json.loads(postlint("schema", cwd=root).out)
    assert "pubDate" in bare["properties"] or "title" in bare["properties"]
    write_files(
        root,
        {
            "schemas.py": "import postlint as p\n\nclass BlogPost(p.Post):\n    title: str\n    on: p.PublishedDate\n",
            "postlint.toml": '[[collections]]\nname = "b"\ninclude = ["src/**"]\nschema = "schemas.py:BlogPost"\n',
        },
    )
    for arguments in ([], ["--path", POST]):
        found = json.loads(postlint("schema", *arguments, cwd=root).out)
        assert set(found["properties"]) == {"title", "on"}
        assert found["required"] == ["title", "on"]


def test_inspect(postlint, astro):
    image = "![a](/images/a.png) ![b](/images/none.png) ![c](https://example.com/c.png)\n"
    root = astro({POST: f"{CLEAN}{image}", "public/images/a.png": b""})
    known = json.loads(postlint("inspect", "--output-format", "jsonl", cwd=root).out)
    assert (known["path"], known["framework"], known["collection"]) == (POST, "astro", "blog")
    assert known["title"] == "A post"
    assert (known["draft"], known["published"]) == (False, True)
    assert known["dates"] == {"published": "2024-01-02T00:00:00Z", "updated": None, "expires": None}
    assert known["front_matter"]["title"] == "A post"
    assert [(i["reference"], i["status"], i["file"]) for i in known["images"]] == [
        ("/images/a.png", "ok", "public/images/a.png"),
        ("/images/none.png", "missing", None),
        ("https://example.com/c.png", "external", None),
    ]
    text = CLEAN + image
    assert [text[i["start"] : i["end"]] for i in known["images"]] == [i["reference"] for i in known["images"]]


# ---- the terminal


def test_a_reader_that_has_seen_enough(astro):
    root = astro({f"src/content/blog/{n}.md": DAMAGED * 30 for n in range(60)})
    for command in ("check", "check --output-format full", "check --diff", "inspect", "rule"):
        line = f'"{sys.executable}" -m postlint {command} | head -n 1'
        done = subprocess.run(
            ["sh", "-c", line], cwd=root, env=environment(root), capture_output=True, text=True, timeout=180
        )
        assert done.stdout.count("\n") == 1
        assert "Traceback" not in done.stderr
        assert "BrokenPipe" not in done.stderr


def on_terminal(arguments, root, **env):
    """What a process writes to a terminal that is its standard output and error."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=root, env=environment(root, **env), stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    out = b""
    try:
        while part := os.read(ours, 65536):
            out += part
    except OSError:
        pass  # Linux's way to say that the other end is closed
    finally:
        os.close(ours)
        process.wait(30)
    return out.decode()


def test_on_a_terminal(astro):
    root = astro({POST: DAMAGED})
    shown = on_terminal(["-m", "postlint", "check"], root)
    url = "https://github.com/postlint/postlint/blob/main/docs/rules/mojibake.md"
    assert f"\x1b[1;31merror[\x1b]8;;{url}\x1b\\mojibake\x1b]8;;\x1b\\]\x1b[0m" in shown
    assert "-->" in shown
    assert "posts" not in shown, "no progress is shown for a second's work"
    assert "\x1b" not in on_terminal(["-m", "postlint", "check"], root, NO_COLOR="1")
    assert "\x1b]8" not in on_terminal(["-m", "postlint", "check"], root, TERM="dumb")


def test_a_diff_on_a_terminal(astro):
    root = astro({POST: DAMAGED + "\x1b[2J\u202e\n"})
    shown = on_terminal(["-m", "postlint", "check", "--diff"], root)
    assert "+Now — then." in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown


_SLOW = """
import sys, time
from postlint.checking import checker
from postlint.cli import main
check = checker.Checker.check
def slow(self, path, data):
    time.sleep({seconds})
    return check(self, path, data)
checker.Checker.check = slow
sys.exit(main(["check", "--jobs", "1", *{arguments}]))
"""


@pytest.mark.parametrize(
    ("seconds", "arguments", "shown"), [(0.012, [], True), (0.0001, [], False), (0.012, ["--quiet"], False)]
)
def test_progress(astro, seconds, arguments, shown):
    root = astro({f"src/content/blog/{n}.md": CLEAN for n in range(120)})
    script = _SLOW.format(seconds=seconds, arguments=arguments)
    seen = on_terminal(["-c", script], root)
    assert ("/120 posts" in seen) is shown
    if shown:
        assert seen.rindex("\x1b[2K") > seen.rindex("/120 posts"), "it leaves no trace"
        narrow = on_terminal(["-c", script], root, COLUMNS="24")
        bars = re.findall(r"\r(\[[#.]+\] \d+/120 posts)", narrow)
        assert bars
        assert max(map(len, bars)) < 24
        assert "/120 posts" not in on_terminal(["-c", script], root, CI="true"), "a log keeps all that is drawn"
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=root, env=environment(root), capture_output=True, timeout=180
        )
        assert b"posts]" not in done.stderr
        assert b"\x1b" not in done.stderr


def test_an_internal_error_is_one_and_says_so(tmp_path):
    script = (
        "import sys\nfrom postlint.projects import discovery\n"
        "def broken(*a): raise RuntimeError('boom \\x1b[31m')\n"
        "discovery.here = broken\nfrom postlint.cli import main\nsys.exit(main(['check']))"
    )
    run = lambda **env: subprocess.run(  # noqa: E731
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment(tmp_path, **env),
        capture_output=True,
        text=True,
        timeout=180,
    )
    done = run()
    assert done.returncode == 2
    assert done.stderr.startswith("postlint: internal error: RuntimeError: boom ⟨U+001B⟩[31m\n")
    assert "Traceback" in run(POSTLINT_TRACEBACK="1").stderr


def test_the_installed_command_is_the_module():
    assert 'postlint = "postlint.cli:program"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_verbose_says_what_was_detected_and_what_took_long(postlint, astro):
    root = astro({POST: DAMAGED})
    ran = postlint("check", "--verbose", cwd=root)
    assert (ran.status, ran.out) == (1, postlint("check", cwd=root).out)
    assert f"postlint: {root}: Astro (astro.config.mjs)\n  configuration: none\n" in ran.err
    assert "  collections: blog 1\n  1 post read, without a cache\n" in ran.err
    for part in ("finding posts", "checking", "mojibake"):
        assert re.search(rf"^ +{part} +\d+\.\d ms$", ran.err, re.MULTILINE)


def completed(shell, script, words):
    """What bash's own completion offers for `words`, the last one being typed."""
    typed = " ".join(f"'{word}'" for word in words)
    asked = (
        f'{script}\nCOMP_WORDS=({typed}); COMP_CWORD={len(words) - 1}; _postlint; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    return subprocess.run([shell, "-c", asked], capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["postlint", "ch"], ["check"]),
        (["postlint", "check", "--sel"], ["--select"]),
        (["postlint", "format", "--ch"], ["--check"]),
        (["postlint", "check", "--select", "mojib"], ["mojibake"]),
        (["postlint", "check", "--framework", "hu"], ["hugo"]),
        (["postlint", "rule", "image-ca"], ["image-case"]),
        (["postlint", "check", "--output-format", "=", "gitl"], ["gitlab"]),
        (["postlint", "check", "--fail-on", "="], ["error", "warning", "never"]),
        (["postlint", "completion", "f"], ["fish"]),
    ],
)
def test_bash_completes(main, words, offered):
    assert completed("bash", main("completion", "bash").out, words) == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_the_same_in_every_terminal(main, monkeypatch, shell):
    def in_columns(number):
        monkeypatch.setenv("COLUMNS", str(number))
        return main("completion", shell).out

    assert in_columns(40) == in_columns(200)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_take_the_script(main, shell):
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    subprocess.run([shell, "-n"], input=main("completion", shell).out, text=True, check=True)


@pytest.mark.parametrize("epoch", ["99999999999999999999", "²", "-1", "soon", "1e9"])
def test_an_epoch_that_is_not_a_time(postlint, astro, epoch):
    root = astro({POST: CLEAN.replace("---\n", "---\npubDate: 2024-01-02\n", 1)})
    ran = postlint("check", cwd=root, env={"SOURCE_DATE_EPOCH": epoch})
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"postlint: SOURCE_DATE_EPOCH: `{epoch}` is not a number of seconds since 1970; correct it or unset it\n"
    )
