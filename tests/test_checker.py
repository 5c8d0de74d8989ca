"""What the checker does with rules, whatever they look for."""

from enum import IntEnum, StrEnum

import pytest

from postlint import Rule, Severity, Span, rules
from postlint.checking.checker import Checker
from postlint.diagnostics import Diagnostic
from postlint.errors import PostlintError
from postlint.projects.project import in_memory
from postlint.rule import Finding, SiteFinding, SiteRule
from postlint.settings import CollectionConfig, Config, PerPath
from postlint.text import Text

PATH = "src/content/blog/a.md"
POST = b"---\ntitle: A\ntags: [b]\n---\nText.\n"


def checker(*kinds, **config):
    return Checker(in_memory(Config(framework="astro", **config), [PATH], {}), [kind() for kind in kinds])


class At(Rule):
    """A finding at each place of `at`: offset and field."""

    at = ((0, None),)

    def check(self, post):
        for offset, field in self.at:
            yield Finding(Span(offset, offset + 1), "m", field)


class OfSite(SiteRule):
    """A finding in every post."""

    def check_site(self, site, notes):
        for facts in site.facts:
            yield SiteFinding(facts.path, Span(0, 1), "m")


def test_a_finding_in_front_matter_gets_its_field():
    class Places(At):
        at = ((11, None), (20, None), (20, "own"), (4, None), (26, None))

    found = checker(Places).check(PATH, POST).diagnostics
    assert [d.field for d in found] == ["title", "tags[0]", "own", None, None]


def test_files_that_hold_no_text_are_for_rules_that_ask_for_them():
    class OfText(At):
        pass

    class OfBytes(At):
        reads_binary = True

    def found(data):
        return [d.rule for d in checker(OfText, OfBytes, OfText).check(PATH, data).diagnostics]

    assert found(b"a\xff\x00b") == ["of-bytes"]
    assert found(POST) == ["of-text", "of-bytes", "of-text"]


@pytest.mark.parametrize("stage", ["check", "note", "check_site"])
def test_an_error_of_the_settings_ends_the_run(stage):
    class Broken(OfSite):
        def check(self, post):
            return self.fail("check")

        def note(self, post):
            self.fail("note")

        def check_site(self, site, notes):
            return self.fail("check_site")

        def fail(self, name):
            if name == stage:
                raise PostlintError("broken")
            return ()

    made = checker(Broken)
    with pytest.raises(PostlintError, match="broken"):
        made.check_site([made.check(PATH, POST)], None, complete=True)


@pytest.mark.parametrize(("error", "said"), [(ValueError(), "ValueError"), (ValueError("a\n b:"), "ValueError: a b")])
def test_a_rule_that_fails_is_a_finding(error, said):
    class Fails(Rule):
        url = "https://example.org"

        def check(self, post):
            raise error

    (found,) = checker(Fails).check(PATH, POST).diagnostics
    assert found.message == f"the rule fails failed on this post: {said}; report it to the rule's author"
    assert (found.rule, found.url, found.rule_failed) == ("fails", "https://example.org", True)


class Word(StrEnum):
    A = "a"


class Number(IntEnum):
    ONE = 1


class Half(float):
    pass


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (("a", 1, 0.5, True, None), ["a", 1, 0.5, True, None]),
        ({"a": (Word.A, Number.ONE, Half(0.5))}, {"a": ["a", 1, 0.5]}),
        ({Word.A: []}, {"a": []}),
    ],
)
def test_notes_are_as_they_come_back_from_another_process(note, expected):
    class Notes(SiteRule):
        def note(self, post):
            return note

    plain = checker(Notes).check(PATH, POST).notes["notes"]
    assert plain == expected
    values = [*plain, *plain.values()] if isinstance(plain, dict) else plain
    kinds = {type(each) for value in values for each in (value if isinstance(value, list) else [value])}
    assert kinds <= {str, int, float, bool, type(None)}


@pytest.mark.parametrize(("note", "kind"), [({1}, "set"), ({1: 2}, "dict"), ([b""], "bytes"), ({"a": 1, 2: 3}, "dict")])
def test_notes_of_other_data_are_refused(note, kind):
    class Notes(SiteRule):
        def note(self, post):
            return note

    (found,) = checker(Notes).check(PATH, POST).diagnostics
    assert f"TypeError: a note must be plain data, not {kind};" in found.message


def test_findings_of_a_site_are_those_of_the_posts_asked_for():
    made = checker(OfSite)
    outcomes = [made.check(f"src/content/blog/{name}.md", POST) for name in "abc"]
    found = made.check_site(outcomes, None, complete=True, reported=frozenset(("src/content/blog/b.md",)))
    assert [d.path for d in found] == ["src/content/blog/b.md"]


def test_tables_for_paths_hold_for_rules_of_the_site_and_of_posts():
    tables = (PerPath(("**/a.md",), ("of-site",)), PerPath(("**/[ab].md",), ("at",)))
    made = checker(At, OfSite, per_path=tables)
    outcomes = [made.check(f"src/content/blog/{name}.md", POST) for name in "abc"]
    found = [(d.path[-4], d.rule) for outcome in outcomes for d in outcome.diagnostics]
    assert found == [("c", "at")]
    assert [d.path[-4] for d in made.check_site(outcomes, None, complete=True)] == ["b", "c"]


class Better(Rule):
    pass


class Worse(Rule):
    yields_to = ("better",)


@pytest.mark.parametrize(
    ("better", "worse", "is_dropped"),
    [
        ({}, {}, True),
        ({"field": "other"}, {}, False),
        ({"path": "b.md"}, {}, False),
        ({"rule": "third"}, {}, False),
        ({"field": None}, {"field": None}, False),
        ({"severity": Severity.WARNING}, {}, False),
        ({}, {"severity": Severity.WARNING}, True),
        ({"severity": Severity.WARNING}, {"severity": Severity.WARNING}, True),
    ],
)
def test_a_rule_yields_to_one_that_explains_the_field_better(better, worse, is_dropped):
    start = Text("a").place(0)
    plain = Diagnostic("a.md", "better", Severity.ERROR, "m", start, start, "title")
    found = [plain._replace(**better), plain._replace(rule="worse", **worse)]
    assert checker(Better, Worse).drop_restated(found) == (found[:1] if is_dropped else found)
    assert checker(Better).drop_restated(found) == found


def test_rules_are_built_in_if_they_depend_on_nothing_else():
    title, formatting = rules.load("title-length"), rules.load("format")
    assert checker(title).is_built_in
    assert not checker(title, At).is_built_in
    assert not checker(title, formatting).is_built_in


@pytest.mark.parametrize(
    ("schema", "expected"), [("starlight", False), ("a.json", True), ("models:Post", True), (None, False)]
)
def test_schemas_that_may_change_without_the_post(schema, expected):
    made = checker(collections=(CollectionConfig("blog", ("src/content/blog/**",), schema=schema),))
    assert made.looks_elsewhere(PATH) == expected
    assert not made.looks_elsewhere("other/a.md")


def test_drafts_are_checked_as_if_they_were_published():
    post = b"---\ntitle: A\ndraft: true\n---\n"
    assert checker().document(PATH, post).draft
    assert not checker(publish=True).document(PATH, post).draft
