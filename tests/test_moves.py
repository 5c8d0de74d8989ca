"""Repairs that move a post: unsafe, and the old address becomes an alias in the style of the file."""

import pytest

import postlint
from postlint import Config, front_matter
from postlint.fixing import fixes

HUGO = {"hugo.toml": b"baseURL = 'https://example.com/blog/'\n"}
ZOLA = {"config.toml": b"base_url = 'https://example.com/blog'\n"}
JEKYLL = {"_config.yml": b"plugins: [jekyll-redirect-from]\npermalink: /:slug/\n"}
SITES = {
    "hugo": ("content/posts/a.md", HUGO),
    "zola": ("content/posts/a.md", ZOLA),
    "jekyll": ("_posts/2024-01-02-a.md", JEKYLL),
}


def repaired(framework, text, path=None, files=None):
    """The fix of the one finding in `text` that has one, and the text after it."""
    path, files = path or SITES[framework][0], files or SITES[framework][1]
    report = postlint.check_documents([(path, text.encode())], Config(framework=framework), files=files)
    (fix,) = (d.fix for d in report.diagnostics if d.fix)
    return fix, fixes.edited(text, fix.edits)


@pytest.mark.parametrize(
    ("framework", "before", "after"),
    [
        (
            "hugo",
            "---\ntitle: A\nslug: cafÃ© # c\n---\n",
            "---\ntitle: A\naliases: [/posts/cafã/]\nslug: café # c\n---\n",
        ),
        (
            "hugo",
            "---\r\nslug: cafÃ©\r\ntags:\r\n- x\r\n- y\r\n---\r\n",
            "---\r\naliases:\r\n- /posts/cafã/\r\nslug: café\r\ntags:\r\n- x\r\n- y\r\n---\r\n",
        ),
        (
            "hugo",
            "---\nslug: cafÃ©\naliases: ['/x',  '/y'] # d\n---\n",
            "---\nslug: café\naliases: ['/x',  '/posts/cafã/',  '/y'] # d\n---\n",
        ),
        (
            "hugo",
            '---\nslug: cafÃ©\nAliases:\n    - "/x" # d\n---\n',
            '---\nslug: café\nAliases:\n    - "/posts/cafã/"\n    - "/x" # d\n---\n',
        ),
        ("hugo", "---\nslug: cafÃ©\naliases: []\n---\n", "---\nslug: café\naliases: [/posts/cafã/]\n---\n"),
        ("hugo", "---\nslug: cafÃ©\naliases: /x # d\n---\n", "---\nslug: café\naliases: [/x, /posts/cafã/] # d\n---\n"),
        ("hugo", "---\nslug: cafÃ©\naliases:\n---\n", "---\nslug: café\naliases:\n---\n"),
        ("hugo", "---\nslug: cafÃ©\naliases: [/posts/cafã]\n---\n", "---\nslug: café\naliases: [/posts/cafã]\n---\n"),
        (
            "hugo",
            '{\n\t"title": "A",\n\t"slug": "cafÃ©"\n}\n',
            '{\n\t"title": "A",\n\t"aliases": ["/posts/cafã/"],\n\t"slug": "café"\n}\n',
        ),
        ("hugo", '{"slug": "cafÃ©"}\n', '{"aliases": ["/posts/cafã/"], "slug": "café"}\n'),
        (
            "zola",
            "+++\nSlug = 'b' # c\n\n[extra]\nx = 1\n+++\n",
            "+++\naliases = ['/posts/a/']\nslug = 'b' # c\n\n[extra]\nx = 1\n+++\n",
        ),
        (
            "zola",
            '+++\nSlug = "b"\naliases = [\n  "x",\n  "y", # d\n]\n+++\n',
            '+++\nslug = "b"\naliases = [\n  "x",\n  "/posts/a/",\n  "y", # d\n]\n+++\n',
        ),
        ("jekyll", "---\ntitle: A\nSlug: b\n---\n", "---\ntitle: A\nredirect_from: [/a/]\nslug: b\n---\n"),
        ("jekyll", "---\nSlug: b\nredirect_from: /x/\n---\n", "---\nslug: b\nredirect_from: [/x/, /a/]\n---\n"),
    ],
)
def test_the_old_address_becomes_an_alias(framework, before, after):
    fix, text = repaired(framework, before)
    assert text == after
    assert fix.applicability == "unsafe"
    assert ("alias" in fix.message) is (len(fix.edits) > 1)


def test_no_alias_without_the_plugin_for_it():
    files = {"_config.yml": b"permalink: /:slug/\n"}
    fix, text = repaired("jekyll", "---\ntitle: A\nSlug: b\n---\n", files=files)
    assert (text, fix.applicability) == ("---\ntitle: A\nslug: b\n---\n", "unsafe")


def test_a_repair_that_moves_nothing_stays_as_it_is():
    fix, text = repaired("hugo", "---\ntitle: cafÃ©\nslug: a\n---\n")
    assert (text, fix.applicability) == ("---\ntitle: café\nslug: a\n---\n", "safe")


def test_a_title_that_makes_the_address_is_not_repaired_unasked():
    files = {"hugo.toml": b"baseURL = '/'\n[permalinks]\nposts = '/:title/'\n"}
    fix, text = repaired("hugo", "---\ntitle: cafÃ©\n---\n", files=files)
    assert fix.applicability == "unsafe"
    assert "aliases: [/cafã/]\ntitle: café" in text


@pytest.mark.parametrize(("slug", "applicability"), [("a", "safe"), ("cafÃ©", "unsafe")])
def test_thousands_of_fixes_are_judged_together(slug, applicability, monkeypatch):
    reads = []
    original = front_matter.read
    monkeypatch.setattr(front_matter, "read", lambda *rest: reads.append(1) or original(*rest))
    tags = ", ".join(f"cafÃ©{number}" for number in range(2000))
    text = f"---\ntitle: A\ntags: [{tags}]\nslug: {slug}\n---\n"
    report = postlint.check_documents([(SITES["hugo"][0], text.encode())], Config(framework="hugo"), files=HUGO)
    fixed = [d.fix.applicability for d in report.diagnostics if d.fix]
    assert len(fixed) >= 2000
    assert fixed[-1] == applicability
    assert len(reads) <= 60
    assert report.diagnostics[1500].field == "tags[1500]"


def test_a_draft_moves_freely():
    fix, text = repaired("hugo", "---\ndraft: true\nslug: cafÃ©\n---\n")
    assert (text, fix.applicability) == ("---\ndraft: true\nslug: café\n---\n", "safe")


def test_no_post_moves_to_the_address_of_another_one(postlint, write):
    moved, there = "---\ntitle: A\nslug: cafÃ©\n---\n", "---\ntitle: C\nslug: café\n---\n"
    root = write({**HUGO, "content/a.md": moved, "content/c.md": there})
    ran = postlint("check", "--fix", "--unsafe-fixes", "--output-format", "json")
    assert [(d["rule"], d["path"]) for d in ran.report["diagnostics"]] == [
        ("file-not-fixed", "content/a.md"),
        ("mojibake", "content/a.md"),
    ]
    told = ran.report["diagnostics"][0]["message"]
    assert "content/c.md already has the address" in told
    assert "bug" not in told
    assert (root / "content/a.md").read_text("utf-8") == moved
