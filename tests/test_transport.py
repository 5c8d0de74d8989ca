"""Outcomes arrive from a worker as they left it."""

import pickle

import pytest

from postlint import engine, transport
from postlint.project import Projects

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
    return pickle.dumps(project), [(f"src/content/blog/{name}.md", None) for name in [*POSTS, "missing"]]


def test_round_trip(given):
    outcomes = engine.check_some(*given)
    assert transport.unpack(transport.pack(outcomes)) == outcomes
    assert outcomes[-1].facts is None


def test_images_are_looked_for_anew_in_every_run(given):
    def lost(run):
        return {o.path[17:-3]: o.lost and len(o.lost) for o in transport.unpack(transport.check(*given, run))}

    before = {"plain": (), "local": 2, "found": 1, "broken": (), "empty": (), "missing": None}
    assert lost(1) == before
    root = pickle.loads(given[0]).root
    with open(f"{root}/public/gone.png", "w"):
        pass
    assert lost(2) == {**before, "local": 1}
