"""Users' own rules: from the configuration and from installed packages, they behave as built-in ones."""

import json
import sys

import pytest
from conftest import BARE_ASTRO, CLEAN, POST, environment, write_files

import postlint as library
from postlint import Bad, Config, Good, PostlintError
from postlint.catalog import plugins
from postlint.testing import examples, run_example

NO_TODO = '''
from collections.abc import Iterator
from typing import Annotated

from postlint import Bad, Document, Edit, Finding, Fix, Good, Rule, Severity, Span


class NoTodo(Rule):
    """A note to oneself that was left in a post.

    Readers wonder what is missing.
    """

    family = "house"
    severity = Severity.WARNING
    word: Annotated[str, "What such a note begins with."] = "TODO"
    examples = (
        Good("All done.\\n"),
        Bad("Well. ⟦TODO⟧ more\\n", fixed="Well.  more\\n"),
        Bad("Well. ⟦FIXME⟧ more\\n", fixed="Well.  more\\n", options={"word": "FIXME"}),
    )

    def check(self, post: Document) -> Iterator[Finding]:
        at = post.text.value.find(self.word)
        if at >= 0:
            span = Span(at, at + len(self.word))
            yield Finding(span, f"left over: {self.word}", fix=Fix("Take it out", (Edit(*span, ""),)))
'''
TWICE = '''
from enum import StrEnum

from postlint import SiteFinding, SiteRule, Span


class Kind(StrEnum):
    LONG = "long"


class OneOnly(SiteRule):
    """A site with more than one post."""

    def note(self, post):
        return [Span(0, 1), Kind.LONG]

    def check_site(self, site, notes):
        for path in list(notes)[1:]:
            yield SiteFinding(path, Span(*notes[path][0]), f"{notes[path][1]}: there is {list(notes)[0]} already")
'''
POSTS = {"src/content/blog/a.md": CLEAN + "TODO\n", "src/content/blog/b.md": CLEAN.replace("A", "B") + "FIXME TODO\n"}


@pytest.fixture
def site(astro):
    """A site with the two rules in files, used by its configuration."""
    settings = "plugins = ['lint/rules.py:NoTodo', 'lint.more:OneOnly']\n"
    files = {"lint/rules.py": NO_TODO, "lint/more.py": TWICE, "postlint.toml": settings}
    return astro({**POSTS, **files})


def found(ran):
    return [
        (d["path"].rpartition("/")[2], d["rule"], d["severity"], d["start"]["line"]) for d in ran.report["diagnostics"]
    ]


def configure(root, text):
    path = root / "postlint.toml"
    path.write_text(path.read_text("utf-8") + text, "utf-8")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_rules_of_the_configuration(postlint, site, jobs):
    assert found(postlint("check", "--output-format", "json", "--jobs", jobs, cwd=site)) == [
        ("a.md", "no-todo", "warning", 7),
        ("b.md", "one-only", "error", 1),
        ("b.md", "no-todo", "warning", 7),
    ]
    assert not list(site.rglob("__pycache__")), "nothing is written beside the user's code"


@pytest.mark.parametrize(
    ("settings", "arguments", "expected"),
    [
        ("ignore = ['no-todo']", [], ["one-only"]),
        ("ignore = ['house']", [], ["one-only"]),
        ("select = ['house']", [], ["no-todo", "no-todo"]),
        ("", ["--select", "no-todo"], ["no-todo", "no-todo"]),
        ("", ["--ignore", "one"], ["no-todo", "no-todo"]),
        ("[rules.no-todo]\nword = 'FIXME'", [], ["one-only", "no-todo"]),
        ("[[per-path]]\npaths = ['**/b.md']\nignore = ['house', 'one-only']", [], ["no-todo"]),
    ],
    ids=lambda value: value.replace("\n", " ") if isinstance(value, str) else None,
)
def test_selection_and_options(main, site, settings, arguments, expected):
    configure(site, settings + "\n")
    assert [rule for _, rule, *_ in found(main("check", "--output-format", "json", *arguments, cwd=site))] == expected


def test_severity_and_repair(postlint, site):
    configure(site, "severity = { no-todo = 'error', one = 'warning' }\n")
    assert [severity for *_, severity, _ in found(postlint("check", "--output-format", "json", cwd=site))] == [
        "error",
        "warning",
        "error",
    ]
    assert postlint("check", "--fix", cwd=site).status == 0
    assert (site / "src/content/blog/b.md").read_text("utf-8") == CLEAN.replace("A", "B") + "FIXME \n"


def test_isolated_runs_no_user_code(postlint, site):
    (site / "lint/rules.py").write_text("open('ran', 'w')\n")
    assert postlint("check", "--isolated", cwd=site)[:2] == (0, "Nothing to report in 2 posts.\n")
    assert not (site / "ran").exists()


def test_explained(postlint, site):
    data = json.loads(postlint("rule", "no-todo", "--output-format", "json", cwd=site).out)
    assert (data["family"], data["severity"], data["fixable"]) == ("house", "warning", True)
    assert [option["name"] for option in data["options"]] == ["word"]
    assert "\n  no-todo" in postlint("rule", cwd=site).out


@pytest.mark.parametrize(
    ("settings", "code", "message"),
    [
        ("['rules.py:NoTodo']", "raise RuntimeError('no luck')\n", "rules.py:1: RuntimeError: no luck"),
        ("['rules.py:NoTodo']", "class NoTodo: ...\n", "plugin `rules.py:NoTodo` is not a subclass of postlint.Rule"),
        ("['rules.py:NoTod']", NO_TODO, "rules.py: it has no `NoTod`; did you mean `NoTodo`?"),
        ("['rule.py:NoTodo']", NO_TODO, "rule.py: there is no such file in "),
        (
            "['rules.py']",
            NO_TODO,
            "`rules.py` does not name an object; write it as `file.py:Name` or `package.module:Name`",
        ),
        ("['nowhere.mod:A']", NO_TODO, "there is no module `nowhere` (`nowhere.mod:A`)"),
        (
            "['rules.py:Mojibake']",
            "import postlint\nclass Mojibake(postlint.Rule): ...\n",
            "plugin rule `mojibake` has the name of a built-in rule; give it another `name`",
        ),
        (
            "['rules.py:NoTodo']\n[rules.no-todo]\nwrod = 'a'",
            NO_TODO,
            "unknown option of no-todo `wrod`; did you mean `word`?",
        ),
        ("['rules.py:NoTodo']\n[rules.no-todo]\nword = 1", NO_TODO, "postlint.toml:3:8: `word` must be text in quotes"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_broken_plugins(main, astro, settings, code, message):
    root = astro({**POSTS, "rules.py": code, "postlint.toml": f"plugins = {settings}\n"})
    ran = main("check", cwd=root)
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
    assert ran.err.count("\n") == 1, ran.err


FAILS_ON_B = NO_TODO.replace("at = post", "_ = post.nonsense if 'b.md' in post.path else 0; at = post")
FAILS_ON_SITE = TWICE.replace("for path in", "raise OSError('x\\ny')\n        for path in")


@pytest.mark.parametrize("more", [(), ("--jobs", "2"), ("--fail-on", "never"), ("--fix",)], ids=" ".join)
def test_a_rule_that_fails_on_a_post_is_a_finding_of_it(main, astro, more):
    posts = {**POSTS, "src/content/blog/b.md": CLEAN + "TODO cafÃ©\n"}
    root = astro({**posts, "rules.py": FAILS_ON_B, "postlint.toml": "plugins = ['rules.py:NoTodo']\n"})
    ran = main("check", "--output-format", "json", *more, cwd=root)
    found = {(d["path"], d["rule"]): d for d in json.loads(ran.out)["diagnostics"]}
    failed = found.pop(("src/content/blog/b.md", "no-todo"))
    assert failed["message"] == (
        "the rule no-todo failed on this post: AttributeError: 'Document' object has no attribute 'nonsense';"
        " report it to the rule's author"
    )
    assert (failed["severity"], failed["start"]["line"], failed["fix"]) == ("error", 1, None)
    # The run goes on: other posts, and other rules in the same post.
    expected = {("src/content/blog/a.md", "no-todo"), ("src/content/blog/b.md", "mojibake")}
    assert set(found) >= (expected if more != ("--fix",) else set())
    assert (ran.status, ran.err) == (2, "")


def test_a_rule_that_fails_on_a_site_is_a_finding_of_one_post(main, astro):
    root = astro({**POSTS, "rules.py": FAILS_ON_SITE, "postlint.toml": "plugins = ['rules.py:OneOnly']\n"})
    ran = main("check", "--output-format", "concise", cwd=root)
    assert ran.status == 2
    assert "a.md:1:1: error[one-only] the rule one-only failed on this post: OSError: x y; " in ran.out
    assert ran.out.count("one-only failed") == 1


def test_no_baseline_hides_a_rule_that_fails(main, astro):
    root = astro({**POSTS, "rules.py": FAILS_ON_B, "postlint.toml": "plugins = ['rules.py:NoTodo']\n"})
    (root / "src/content/blog/b.md").write_text(CLEAN, "utf-8")
    assert main("check", "--write-baseline", "known.json", cwd=root).status == 2
    assert main("check", "--baseline", "known.json", cwd=root).status == 2


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """A package with the rule, as pip would install it, on `sys.path`."""
    place = write_files(
        tmp_path / "packages",
        {
            "house_rules.py": NO_TODO,
            "house_rules-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: house-rules\nVersion: 1.0\n",
            "house_rules-1.0.dist-info/entry_points.txt": "[postlint.rules]\nno-todo = house_rules:NoTodo\n",
        },
    )
    monkeypatch.syspath_prepend(str(place))
    plugins.installed.cache_clear()
    yield place
    plugins.installed.cache_clear()
    sys.modules.pop("house_rules", None)


def test_rules_of_installed_packages(installed):
    found = library.check_text("Well. TODO\n")
    assert [(d.rule, d.severity) for d in found] == [("no-todo", "warning")]
    assert library.check_text("Well. TODO\n", config=Config(ignore=["no-todo"])) == []
    assert library.check_text("Well. TODO\n", config=Config(isolated=True)) == []
    (found,) = library.check_text("Well. FIXME\n", config=Config(rules={"no-todo": {"word": "FIXME"}}))
    assert found.fix.edits == (library.Edit(6, 11, ""),)


def test_rules_of_installed_packages_in_a_process(installed, postlint, tmp_path):
    site = write_files(tmp_path / "site", {**BARE_ASTRO, **POSTS})
    path = environment(tmp_path)["PYTHONPATH"]
    env = {"PYTHONPATH": f"{installed}:{path}"}
    ran = postlint("check", "--output-format", "json", "--select", "house", cwd=site, env=env)
    assert [rule for _, rule, *_ in found(ran)] == ["no-todo", "no-todo"]


def test_a_broken_installed_package(installed):
    (installed / "house_rules.py").write_text("raise ValueError('no luck')\n")
    with pytest.raises(PostlintError, match="plugin `no-todo = house_rules:NoTodo`: ValueError: no luck"):
        library.check_text("Text\n")


def test_the_examples_of_a_users_rule(installed):
    from house_rules import NoTodo

    cases = examples(NoTodo)
    assert [str(case) for case in cases] == ["no-todo-1", "no-todo-2", "no-todo-3"]
    for case in cases:
        run_example(case)


@pytest.mark.parametrize(
    "wrong",
    [
        Good("TODO\n"),
        Bad("Nothing\n"),
        Bad("⟦TOD⟧O\n", fixed="\n"),
        Bad("⟦TODO⟧\n"),
        Bad("⟦TODO⟧\n", fixed="TODO\n"),
    ],
    ids=ascii,
)
def test_an_example_that_is_wrong(installed, wrong):
    from house_rules import NoTodo

    (case,) = [case._replace(example=wrong) for case in examples(NoTodo)[:1]]
    with pytest.raises(AssertionError, match="no-todo-1"):
        run_example(case)


def test_rules_are_checked_against_the_post_of_a_path(installed):
    assert library.check_documents([(POST, b"TODO\n")]).diagnostics[0].path == POST
