"""Rules in preview run only if the configuration, the command line or a selection asks for them."""

import pytest

from postlint import rules

POST = "src/content/blog/post.md"
DAMAGED = "---\ntitle: A post\npubDate: 2024-01-02\n---\n\nNow â€” then.\n"


@pytest.fixture(autouse=True)
def new(monkeypatch):
    monkeypatch.setattr(rules, "PREVIEW", frozenset({"mojibake"}))


@pytest.mark.parametrize(
    ("settings", "options", "runs"),
    [
        ("", (), False),
        ("preview = false\n", (), False),
        ("preview = true\n", (), True),
        ("", ("--preview",), True),
        ('extend-select = ["mojibake"]\n', (), True),
        ("", ("--select", "text"), True),
        ('preview = true\nignore = ["mojibake"]\n', (), False),
    ],
)
def test_a_new_rule(astro, main, settings, options, runs):
    astro({POST: DAMAGED, "postlint.toml": settings})
    assert ("[mojibake]" in main("check", "--no-cache", *options).out) is runs


def test_preview_must_be_true_or_false(astro, main):
    astro({POST: DAMAGED, "postlint.toml": 'preview = "yes"\n'})
    ran = main("check", "--no-cache")
    assert (ran.status, ran.out) == (2, "")
    assert "postlint.toml:1:11: `preview` must be `true` or `false`, without quotes" in ran.err
