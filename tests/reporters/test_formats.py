"""Reports for other programs: each as its reader wants it, whatever stands in posts and in their names."""

import json
import os
import re
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import jsonschema_rs
import pytest
from conftest import BARE_ASTRO, DAMAGED, PATIENCE, write_files

from postlint import reporters

SCHEMAS = Path(__file__).parents[1] / "schemas"
MACHINE = ("json", "jsonl", "sarif", "gitlab", "rdjson", "junit")
# What would act on a terminal, on a CI server's log, on a page or in XML.
HOSTILE = "::error::x %0A ]]> </script> \x1b]8;;http://e.example\x1b\\ \u202e \ufffe [a](http://e.example) {0} \x85 ␀"
HOSTILE_POST = (
    f"---\ntitle: {json.dumps(HOSTILE)}\npubDate: 2024-13-45\n---\n\n"
    "![](/images/%1B]]>{0}.png)\n\n\U0001f680 caf\xe9: â€” b\n"
)
NAMES = ["a, b: c.md", "q\"uote's & <b>.md", "new\nline.md", "caf\udce9.md", "%41.md", "::warning::.md"]


@pytest.fixture
def report(astro, main, tmp_path):
    """Runs `check` over hostile posts; answers what it printed."""

    def run(form, *more):
        astro({f"src/content/blog/{name}": HOSTILE_POST for name in NAMES})
        ran = main("check", "--output-format", form, *more)
        assert ran.status == 1
        return ran.out

    return run


def test_every_format_of_the_contract_is_there():
    assert set(reporters.names()) >= {
        *(
            "full",
            "concise",
            "grouped",
            "json",
            "jsonl",
            "sarif",
            "github",
            "gitlab",
            "junit",
            "rdjson",
            "markdown",
            "html",
        )
    }


def test_jsonl_has_the_diagnostics_of_json(report):
    lines = [json.loads(line) for line in report("jsonl").splitlines()]
    assert lines == json.loads(report("json"))["diagnostics"]
    assert lines


def test_sarif_is_valid(report):
    log = json.loads(report("sarif"))
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text())
    assert list(jsonschema_rs.validator_for(schema, validate_formats=False).iter_errors(log)) == []
    (run,) = log["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])
    assert all(rule["help"]["markdown"].startswith(f"# {rule['id']}") for rule in run["tool"]["driver"]["rules"])


def test_sarif_explains_each_rule(report):
    (run,) = json.loads(report("sarif"))["runs"]
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["name"].lower() != rule["id"]
        assert "\n" not in rule["shortDescription"]["text"]
        # GitHub cuts off the rest.
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])
        assert rule["help"]["text"]
        assert rule["helpUri"].startswith("https://")
        assert rule["defaultConfiguration"]["level"] in ("error", "warning")
        assert rule["defaultConfiguration"]["enabled"] is True
    run = json.loads(report("sarif", "--select", "title-length", "--fail-on", "warning"))["runs"][0]
    assert [rule["defaultConfiguration"]["enabled"] for rule in run["tool"]["driver"]["rules"]] == [False]


OWN_RULE = """
import postlint

class NoTodo(postlint.Rule):
    "No TODO."
    url = "https://example.org/no-todo"

    def check(self, post):
        start = post.text.value.find("TODO")
        if start >= 0:
            yield postlint.Finding(postlint.Span(start, start + 4), "a TODO")
"""


def test_sarif_describes_a_rule_of_the_site(astro, main):
    astro(
        {
            "src/content/blog/a.md": "---\ntitle: A\npubDate: 2024-01-02\n---\n\nTODO\n",
            "postlint.toml": 'plugins = ["rules.py:NoTodo"]\n',
            "rules.py": OWN_RULE,
        }
    )
    (run,) = json.loads(main("check", "--output-format", "sarif").out)["runs"]
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"], rule["helpUri"]) == ("no-todo", "NoTodo", "https://example.org/no-todo")
    assert rule["fullDescription"]["text"]
    assert rule["help"]["text"]


@pytest.fixture(scope="module")
def multitool():
    """Runs the official validator of SARIF; answers the (level, rule, text) that it reports."""
    program = shutil.which("sarif-multitool")
    if program is None or os.name == "nt":
        pytest.skip("no sarif-multitool on PATH: npm install --global @microsoft/sarif-multitool")

    def run(log, kinds):
        out = log.with_suffix(".judged")
        # npm's wrapper hands its words to a shell.
        words = ["validate", str(log), "--rule-kind", kinds, "--output", str(out), "--log", "ForceOverwrite"]
        done = subprocess.run([program, *map(shlex.quote, words)], capture_output=True, text=True, timeout=PATIENCE)
        assert "Analysis completed" in done.stdout, done.stdout + done.stderr
        results = json.loads(out.read_text(encoding="utf-8-sig"))["runs"][0]["results"]
        return [(one["level"], one["ruleId"], str(one["message"])) for one in results]

    return run


@pytest.mark.parametrize("posts", [0, 1])
def test_sarif_pleases_the_official_validator(astro, main, tmp_path, multitool, posts):
    """With the rules of GitHub's code scanning, and of Azure's."""
    hostile = {f"src/content/blog/{name}": HOSTILE_POST for name in NAMES}
    astro(hostile if posts else {"src/content/blog/a.md": DAMAGED.replace("â€”", "—")})
    log = tmp_path / "log.sarif"
    main("check", "--output-format", f"sarif={log}", "--extend-select", "title-length,description-length")
    assert multitool(log, "Sarif;Ghas") == []
    # What identifies a build there is known only to who publishes it.
    assert {rule for _, rule, _ in multitool(log, "Sarif;Ado;GHAzDO")} <= {"GHAzDO1014"}


def test_sarif_counts_columns_in_utf16_and_escapes_paths(astro, main):
    astro({"src/content/blog/ä b.md": "---\ntitle: A\npubDate: 2024-01-02\n---\n\n\U0001f680 caf\xe9: â€” b\n"})
    (result,) = json.loads(main("check", "--output-format", "sarif").out)["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "src/content/blog/%C3%A4%20b.md", "uriBaseId": "%SRCROOT%"}
    # The rocket is one code point and two code units.
    place = {"startLine": 6, "startColumn": 10, "endLine": 6, "endColumn": 13}
    assert location["region"] == place
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["replacements"] == [{"deletedRegion": place, "insertedContent": {"text": "—"}}]


def test_sarif_paths_begin_at_the_repository(tmp_path, main):
    write_files(tmp_path / "website", {**BARE_ASTRO, "src/content/blog/a.md": DAMAGED})
    (tmp_path / ".git").mkdir()
    run = json.loads(main("check", "--output-format", "sarif", cwd=tmp_path / "website").out)["runs"][0]
    location = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location["uri"] == "website/src/content/blog/a.md"
    base = run["originalUriBaseIds"]["%SRCROOT%"]["uri"]
    assert Path(unquote(base.removeprefix("file://"))).resolve() == tmp_path.resolve()


def test_sarif_makes_no_link_of_what_a_post_says(report):
    for result in json.loads(report("sarif"))["runs"][0]["results"]:
        text = result["message"]["text"]
        assert "[a](" not in text.replace("\\[", "")
        assert "{0}" not in text.replace("{{0}}", "")


def test_fingerprints_outlive_moved_lines_and_other_edits(astro, main):
    def fingerprints(text):
        astro({"src/content/blog/a.md": text})
        results = json.loads(main("check", "--output-format", "sarif").out)["runs"][0]["results"]
        return [result["partialFingerprints"]["postlint/v1"] for result in results]

    before = fingerprints(f"{DAMAGED}\nTwice â€” in\nTwice â€” in\n")
    assert len(set(before)) == len(before) == 3
    assert fingerprints(f"{DAMAGED}\n\nSomething new.\n\nTwice â€” in\nTwice â€” in\n") == before
    assert fingerprints(DAMAGED.replace("then", "than") + "\nTwice â€” in\nTwice â€” in\n")[1:] == before[1:]


def test_gitlab_has_what_its_merge_requests_want(report):
    issues = json.loads(report("gitlab"))
    assert {issue["severity"] for issue in issues} <= {"info", "minor", "major", "critical", "blocker"}
    assert all(issue["description"] and issue["check_name"] and issue["location"]["path"] for issue in issues)
    assert all(issue["location"]["lines"]["begin"] >= 1 for issue in issues)
    for issue in issues:
        lines, positions = issue["location"]["lines"], issue["location"]["positions"]
        assert (positions["begin"]["line"], positions["end"]["line"]) == (lines["begin"], lines["end"])
        assert positions["begin"]["column"] >= 1
        assert (lines["begin"], positions["begin"]["column"]) <= (lines["end"], positions["end"]["column"])
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_gitlab_gives_the_exact_place(astro, main):
    astro({"src/content/blog/a.md": DAMAGED})
    (issue,) = json.loads(main("check", "--output-format", "gitlab").out)
    assert issue["location"]["positions"] == {"begin": {"line": 6, "column": 5}, "end": {"line": 6, "column": 8}}


_POSITION = {
    "type": "object",
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    "required": ["line", "column"],
    "additionalProperties": False,
}
_RANGE = {"type": "object", "properties": {"start": _POSITION, "end": _POSITION}, "additionalProperties": False}
_NAMED = {"type": "object", "additionalProperties": {"type": "string"}}
# After https://github.com/reviewdog/reviewdog/blob/master/proto/rdf/reviewdog.proto, with nothing else allowed.
RDJSON = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "additionalProperties": False,
    "properties": {
        "source": _NAMED,
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "message": {"type": "string"},
                    "location": {
                        "type": "object",
                        "properties": {"path": {"type": "string"}, "range": _RANGE},
                        "additionalProperties": False,
                    },
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": _NAMED,
                    "suggestions": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "properties": {"range": _RANGE, "text": {"type": "string"}},
                            "additionalProperties": False,
                        },
                    },
                },
            },
        },
    },
}


def test_rdjson_is_valid(report):
    assert list(jsonschema_rs.validator_for(RDJSON).iter_errors(json.loads(report("rdjson")))) == []


def test_rdjson_counts_columns_in_bytes_and_suggests_repairs(astro, main):
    astro({"src/content/blog/a.md": "---\ntitle: A\npubDate: 2024-01-02\n---\n\n\U0001f680 caf\xe9: â€” b\n"})
    (d,) = json.loads(main("check", "--output-format", "rdjson").out)["diagnostics"]
    # A rocket of four bytes, an accent of two; the damaged run has three characters of two, three and three bytes.
    place = {"start": {"line": 6, "column": 13}, "end": {"line": 6, "column": 21}}
    assert d["location"] == {"path": "src/content/blog/a.md", "range": place}
    assert d["suggestions"] == [{"range": place, "text": "—"}]


def test_junit_is_read_by_a_parser(report, main):
    root = ET.fromstring(report("junit"))
    assert root.tag == "testsuites"
    found = json.loads(main("check", "--output-format", "json").out)["diagnostics"]
    errors = [d for d in found if d["severity"] == "error"]
    assert len(errors) < len(found)
    assert int(root.get("failures")) == len(root.findall("./testsuite/testcase/failure")) == len(errors)
    assert len(root.findall("./testsuite/testcase/system-out")) == len(found) - len(errors)
    for suite in root:
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
    assert int(root.get("tests")) == len(root.findall("./testsuite/testcase"))


@pytest.fixture
def junit(astro, main):
    """Runs `check` over posts; answers the (post, case, whether it failed, its words) of the report."""

    def run(files, *more):
        astro(files)
        root = ET.fromstring(main("check", "--output-format", "junit", *more).out)
        return [
            (suite.get("name"), case.get("name"), case.find("failure") is not None, "".join(case.itertext()).strip())
            for suite in root
            for case in suite
        ]

    return run


CLEAN_POST, WARNED = DAMAGED.replace("â€”", "—"), DAMAGED.replace("â€”", "a\u200bb")


def test_a_clean_post_is_a_green_test_and_a_warning_no_failure(junit):
    blog = "src/content/blog"
    cases = junit(
        {f"{blog}/a.md": DAMAGED, f"{blog}/b.md": CLEAN_POST, f"{blog}/c.md": WARNED}, "--ignore=title-duplicate"
    )
    assert [case[:3] for case in cases] == [
        (f"{blog}/a.md", "mojibake 6:5", True),
        (f"{blog}/b.md", "no findings", False),
        (f"{blog}/c.md", "invisible-character 6:6", False),
    ]
    assert cases[2][3].startswith(f"{blog}/c.md:6:6: warning[invisible-character] ")


def test_junit_has_the_posts_that_were_asked_for(junit):
    post = "src/content/blog/a.md"
    assert junit({post: CLEAN_POST, "src/content/blog/b.md": DAMAGED}, post, "--index-site", "--ignore=seo") == [
        (post, "no findings", False, "")
    ]


def test_junit_of_a_kept_report_has_the_same_posts(junit, monkeypatch):
    from postlint.checking import run, stored_report

    monkeypatch.setattr(run, "FEW", 1)
    monkeypatch.setattr(stored_report, "_YOUNG", 0)
    files = {"src/content/blog/a.md": CLEAN_POST, "src/content/blog/b.md": WARNED}
    assert len({str(junit({} if n else files)) for n in range(4)}) == 1


def test_junit_without_posts_has_a_case(junit):
    assert junit({}, "--allow-empty") == [("postlint", "no posts", False, "")]


def test_github_commands_are_one_line_each(report):
    *commands, closing = report("github").splitlines()
    assert closing.startswith(("1", "2", "3", "4", "5", "6", "7", "8", "9"))
    for line in commands:
        head, _, _ = line[2:].partition("::")
        kind, _, properties = head.partition(" ")
        assert line.startswith("::")
        assert kind in ("error", "warning", "notice")
        # Each comma parts two properties, each colon would end them.
        assert next(p.partition("=")[0] for p in properties.split(",")) == "file"
        assert {p.partition("=")[0] for p in properties.split(",")} <= {
            *("file", "line", "endLine", "col", "endColumn", "title")
        }


@pytest.mark.parametrize("form", [*MACHINE, "full", "concise", "grouped", "github", "markdown", "html"])
def test_nothing_in_a_post_acts_on_who_reads_the_report(report, form):
    out = report(form, "--color=never")
    assert not {*out} & {"\x1b", "\x07", "\u202e", "\x00", "\r", "\x85"} or form in ("json", "jsonl")
    out.encode("utf-8", "surrogateescape" if form in ("full", "concise", "grouped", "github") else "strict")


COMMANDS = ("##vso[task.prependpath]/x", "##[error]x", "##TeamCity[x]")


@pytest.mark.parametrize("form", ["full", "concise", "grouped", "github", "markdown"])
def test_nothing_in_a_post_or_its_name_is_a_command_to_a_ci_server(write, main, form):
    body = "".join(
        f"â€”{one} [a](/x) {one}â€” {one[:2]}![{one[2:]}]({one}) {one[:5]}[{one[5:]}](/y.png) 5‚\n\n"
        for one in COMMANDS
    )
    names = ("::stop-commands::x.md", *(f"a {one.replace('/', ':')}.md" for one in COMMANDS))
    write(
        dict.fromkeys(
            names, f"---\ntitle: {json.dumps(' '.join(COMMANDS))}\ndate: 2024-13-45\ntags: [a, a]\n---\n\n{body}"
        )
    )
    ran = main("check", ".", "--output-format", form, "--color=never", "--preview")
    assert ran.status == 1
    assert ran.out.count("stop-commands") >= 1
    for line in ran.out.splitlines():
        assert not re.search(r"##(vso|teamcity)?\[", line, re.IGNORECASE), line
        assert form == "github" or not line.lstrip().startswith("::"), line


def test_grouped(astro, main):
    astro(
        {
            "src/content/blog/a.md": DAMAGED,
            "src/content/blog/b.md": DAMAGED.replace("A post", "B post") + "\nAnd â€” more.\n",
        }
    )
    assert main("check", "--output-format", "grouped").out == (
        "src/content/blog/a.md\n"
        "  6:5  error[mojibake] `â€”` is `—` (U+2014), saved as UTF-8 and read as Windows-1252\n"
        "\n"
        "src/content/blog/b.md\n"
        "  6:5  error[mojibake] `â€”` is `—` (U+2014), saved as UTF-8 and read as Windows-1252\n"
        "  8:5  error[mojibake] `â€”` is `—` (U+2014), saved as UTF-8 and read as Windows-1252\n"
        "\n"
        "3 errors in 2 posts (3 fixable with --fix).\n"
    )


# ---- where reports go


def test_several_formats_in_one_run(astro, main, tmp_path):
    astro({"src/content/blog/a.md": DAMAGED})
    ran = main(
        "check", "--output-format", "concise", "--output-format", "sarif=out.sarif", "--output-format=json=o=.json"
    )
    assert ran.out.startswith("src/content/blog/a.md:6:5: error[mojibake]")
    assert json.loads((tmp_path / "out.sarif").read_text())["version"] == "2.1.0"
    assert json.loads((tmp_path / "o=.json").read_text())["summary"]["errors"] == 1


def test_a_format_in_a_file_leaves_the_log_as_it_is(astro, main):
    astro({"src/content/blog/a.md": DAMAGED})
    assert main("check", "--output-format", "junit=report.xml").out == main("check").out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["json", "concise"], "--output-format: json and concise cannot be printed together; write concise=FILE"),
        (["sarif="], "--output-format: `sarif=` has no file name after `=`"),
        (["srif=x"], "did you mean `sarif`?"),
        (["json=no/such/folder/x"], "no/such/folder/x: cannot be written: no such file or directory"),
    ],
)
def test_formats_that_can_not_be_written(astro, main, arguments, message):
    astro({"src/content/blog/a.md": DAMAGED})
    ran = main("check", *(word for name in arguments for word in ("--output-format", name)))
    assert ran.status == 2
    assert message in ran.err


def test_github_actions_gets_annotations_and_a_summary(astro, main, tmp_path, monkeypatch):
    astro({f"src/content/blog/{n}|*x*.md": DAMAGED for n in range(12)})
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary"))
    assert main("check").out.startswith("::error file=src/content/blog/0|*x*.md,line=6,")
    summary = (tmp_path / "summary").read_text()
    assert "docs/rules/mojibake.md) (error) | 12 | 12 |\n" in summary
    assert summary.count("</code> | 1 |\n") == 10
    assert "*" not in summary
    assert "… and 2 more posts." in summary
    # What the user asks for, they get.
    assert main("check", "--output-format", "concise").out.startswith("src/content/blog/0|*x*.md:6:5: error")


def test_gitlab_gets_the_log_beside_the_file(astro, main, tmp_path, monkeypatch):
    astro({"src/content/blog/a.md": DAMAGED})
    arguments = "check", "--output-format", "gitlab", "--output-file", "quality.json"
    assert main(*arguments).out == ""
    monkeypatch.setenv("GITLAB_CI", "true")
    assert main(*arguments).out.startswith("src/content/blog/a.md:6:5: error[mojibake]")
    assert len(json.loads((tmp_path / "quality.json").read_text())) == 1


@pytest.mark.parametrize(
    ("variables", "colored"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, False),
    ],
)
def test_color(astro, main, monkeypatch, variables, colored):
    astro({"src/content/blog/a.md": DAMAGED})
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in main("check", "--output-format", "full").out) is colored


@pytest.fixture
def damaged_throughout(astro, main):
    """Runs `check` over a post with 30 damaged places of one cause, and one further finding."""

    def run(form):
        astro({"src/content/blog/a.md": DAMAGED + "\nDonâ€™t, it\u200bs cafÃ©.\n" * 14 + "\nEnd â€¦\n"})
        return main(
            "check", "--select", "mojibake,invisible-character", "--output-format", form, "--color", "never"
        ).out

    return run


@pytest.mark.parametrize("form", ["full", "grouped", "html"])
def test_a_post_that_is_damaged_throughout_gets_one_finding(damaged_throughout, form):
    said = damaged_throughout(form).replace("<code>", "`").replace("</code>", "`")
    assert said.count("This post is damaged in 30 places.") == 1
    assert "The post was saved as UTF-8 and read as Windows-1252." in said
    assert "line 6: `â€”` is `—` (U+2014); line 8: `â€™` is `’` (U+2019); line 8: `Ã©` is `é` (U+00E9)" in said
    assert "line 10:" not in said
    assert ("Fix all 30 places" in said) == (form != "grouped")
    assert "invisible-character" in said


@pytest.mark.parametrize("form", ["json", "jsonl", "sarif", "gitlab", "rdjson", "junit"])
def test_formats_for_programs_keep_each_place(damaged_throughout, form):
    assert damaged_throughout(form).count("Windows-1252") >= 30
