"""Outcomes arrive from a worker as they left it."""

import pytest

from postlint.checking import checker, transport
from postlint.errors import PostlintError
from postlint.posts.facts import Facts
from postlint.projects.project import Projects

POSTS = {
    "plain": "---\ntitle: A\nslug: other\ntags: [a, 'b']\ndate: 2024-01-02\nupdated: 2024-01-02T10:00:00+05:30\n---\n",
    "local": "---\npubDate: 'January 5, 2024'\ncover: /gone.png\ndraft: true\n---\n# One {#two}\n\n![a](/Here.PNG)\n",
    "found": "---\ntitle: no\n---\n<!-- postlint-disable image -->\n![](x.png) [b](./c.md) Now â€” then.\r\n",
    "broken": "---\ntitle: a: b\n---\nText.\n",
    "empty": "",
}


@pytest.fixture
def given(astro):
    root = astro({"public/here.png": "", **{f"src/content/blog/{name}.md": text for name, text in POSTS.items()}})
    project = Projects(isolated=True).of(str(root))
    return transport.pack_project(project), [(f"src/content/blog/{name}.md", None) for name in [*POSTS, "missing"]]


def test_no_other_version_is_answered(given):
    project, posts = given
    other = project.replace(b"postlint ", b"postlint 9.", 1)
    with pytest.raises(PostlintError, match=r"^a worker runs postlint .+, but its client runs postlint 9\..+ on both$"):
        transport.outcomes_there(other, posts, 1)


PARTS = [name for name, each in vars(Facts).items() if isinstance(each, property)]


def test_round_trip(given):
    project, posts = given
    outcomes = checker.check_some(checker.Checker(transport.unpack_project(project)), posts)
    assert outcomes[-1].facts is None
    for outcome in outcomes:
        text = transport.encode(outcome)
        assert text.isascii()
        assert "\n" not in text
        found = transport.decode(text)
        assert found._replace(facts=None) == transport.with_appearance(outcome)._replace(facts=None)
        assert transport.encode(found) == text
        same_facts(found, outcome)


def test_round_trip_between_processes(given):
    project, posts = given
    outcomes = checker.check_some(checker.Checker(transport.unpack_project(project)), posts)
    found = transport.unpack(transport.pack(outcomes), [outcome.path for outcome in outcomes])
    assert [each._replace(facts=None) for each in found] == [each._replace(facts=None) for each in outcomes]
    for one, outcome in zip(found, outcomes, strict=True):
        same_facts(one, outcome)


def same_facts(found, outcome):
    assert (found.facts is None) == (outcome.facts is None)
    for name in PARTS if found.facts and outcome.facts else ():
        assert plain(getattr(found.facts, name)) == plain(getattr(outcome.facts, name)), name


def plain(value):
    return [plain(item) for item in value] if isinstance(value, list | tuple) else value


def test_images_are_looked_for_anew_in_every_run(given):
    project, posts = given

    def lost(run):
        answers, _, _ = transport.check_there(project, [transport.Task(*post) for post in posts], run)
        kept = [transport.decode(answer.text, answer.missing_images) for answer in answers]
        outcomes = transport.unpack(transport.outcomes_there(project, posts, run), [path for path, _ in posts])
        assert [o.missing_images for o in outcomes] == [o.missing_images for o in kept]
        return {o.path[17:-3]: o.missing_images and len(o.missing_images) for o in outcomes}

    before = {"plain": (), "local": 2, "found": 1, "broken": (), "empty": (), "missing": None}
    assert lost(1) == before
    root = transport.unpack_project(given[0]).root
    with open(f"{root}/public/gone.png", "w"):
        pass
    assert lost(2) == {**before, "local": 1}
