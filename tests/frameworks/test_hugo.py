"""What a Hugo site's files say of it, and where its posts and images are."""

import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.files.files import MemoryFiles
from postlint.frameworks import load
from postlint.frameworks.answers import EXPIRED, FUTURE, UNKNOWN

HUGO = load("hugo")
POST = "content/posts/x.md"


def site(config="", **files):
    """A site with the settings `config` (TOML) and `files`: path (`__` for `/`, `_dot_` for `.`) → text."""
    named = {name.replace("__", "/").replace("_dot_", "."): text.encode() for name, text in files.items()}
    return HUGO(MemoryFiles({"hugo.toml": config.encode(), POST: b"", **named}))


def with_files(config, *names, **texts):
    files = {"hugo.toml": config.encode(), POST: b"", **dict.fromkeys(names, b"")}
    return HUGO(MemoryFiles({**files, **{name: text.encode() for name, text in texts.items()}}))


@pytest.mark.parametrize(
    ("files", "evidence"),
    [
        ({"hugo.toml": b""}, "hugo.toml"),
        ({"hugo.yaml": b""}, "hugo.yaml"),
        ({"config/_default/hugo.toml": b""}, "config/_default/hugo.toml"),
        ({"config/_default/config.yml": b""}, "config/_default/config.yml"),
        ({"config.toml": b'baseURL = "https://example.org/"'}, "config.toml"),
        ({"config.yaml": b"baseurl: https://example.org/"}, "config.yaml"),
        ({"config.toml": b'base_url = "https://example.org/"'}, None),
        ({"config.yaml": b"database: x"}, None),
        ({"config.json": b'{"name": "x"}'}, None),
        ({}, None),
    ],
)
def test_detection(files, evidence):
    assert HUGO.detect(MemoryFiles(files)) == evidence


def test_collections_are_the_sections():
    found = with_files("", "content/notes/a.md", "content/.git/a.md", "content/about.md")
    assert [each.name for each in found.collections] == ["sections", "posts", "notes", "pages"]
    assert found.collections[1].include == ("content/posts/**/*.{md,markdown,mdown,MD,Markdown,mkd,mkdn}",)


@pytest.mark.parametrize(
    ("config", "addresses"),
    [
        ("", ("/posts/x/",)),
        ("BaseURL = 'https://example.org/sub/'", ("/sub/posts/x/",)),
        ("[permalinks]\nPosts = '/:filename/'", ("/x/",)),
        ("[[permalinks]]\npattern = '/b/:filename/'\n[permalinks.target]\npath = '/posts/**'", ("/b/x/",)),
        ("[permalinks]\nposts = '/:nonsense/'", None),
        ("[permalinks]\nother = '/:nonsense/'", None),
        ("[permalinks]\nposts = '/:year/'\n[frontmatter]\ndate = [':git']", None),
        ("[languages.en]\n[languages.fr]\n", ("/posts/x/",)),
        ("defaultContentLanguage = 'fr'\n[languages.en]\n[languages.fr]\n", ("/posts/x/",)),
        ("not toml", None),
    ],
)
def test_settings(config, addresses):
    assert site(config).address(POST, {}).addresses == addresses


def test_the_folder_of_settings():
    found = with_files("", **{"config/_default/permalinks.toml": "posts = '/p/:filename/'"})
    assert found.address(POST, {}).addresses == ("/p/x/",)


@pytest.mark.parametrize("file", ["CNAME", "static/CNAME"])
def test_a_domain_of_its_own_may_have_another_path(file):
    assert with_files("baseURL = 'https://a.github.io/b/'", file).address(POST, {}).addresses is None


def test_taxonomies_of_any_language_are_known():
    config = "[taxonomies]\nbook = 'books'\n[languages.en]\n[languages.fr.taxonomies]\ncategory = 'FRcategories'\n"
    known = HUGO(MemoryFiles({"hugo.toml": config.encode()})).known_keys
    assert {"books", "FRcategories", "title"} <= {*known}


def test_languages_are_told():
    found = site("[languages.en]\n[languages.fr]\n")
    assert found.address("content/posts/x.fr.md", {}).language == "fr"
    assert found.address("content/posts/x.fr.md", {}).addresses == ("/fr/posts/x/",)


def test_what_sections_hand_down():
    section = "---\ncascade:\n  draft: true\nslug: blog\n---\n"
    found = with_files("", **{"content/posts/_index.md": section})
    assert found.draft(POST, {})
    assert found.address(POST, {}).addresses == ("/blog/x/",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ({"date": "2031-01-01"}, FUTURE),
        ({"publishDate": "2031-01-01", "date": "2020-01-01"}, FUTURE),
        ({"date": "2031-01-01", "publishDate": "2020-01-01"}, None),
        ({"ExpiryDate": "2021-01-01"}, EXPIRED),
        ({"date": "nonsense"}, None),
        ({}, None),
    ],
)
def test_future_and_expired(data, reason):
    assert site().withheld(POST, data, datetime(2030, 1, 1, tzinfo=UTC)) == reason
    assert (
        site("buildFuture = true\nbuildExpired = true").withheld(POST, data, datetime(2030, 1, 1, tzinfo=UTC)) is None
    )


HOOK = "layouts/_default/_markup/render-image.html"


@pytest.mark.parametrize(
    ("files", "target", "certain"),
    [
        ({}, "/img/none.png", True),
        ({HOOK: '<img src="{{ .Destination }}">'}, "/img/none.png", False),
        ({HOOK: '<img src="https://cdn.example.org/{{ .Destination }}">'}, "/img/none.png", None),
        ({"hugo.toml": "theme = 'not-here'"}, "/img/none.png", False),
        ({"hugo.toml": "theme = 'not-here'", "static/a/b.png": ""}, "img/b.png", True),
        ({"hugo.toml": "theme = 'not-here'", "static/img/b.png": ""}, "img/b.png", False),
    ],
)
def test_who_makes_images(files, target, certain):
    found = with_files("", **files).image(POST, {}, target, "markdown")
    assert (None if found == UNKNOWN else found.certain) == certain


def test_a_bundle_that_front_matter_moved():
    files = {"content/posts/other/index.md": "---\nurl: /moved/\n---\n", "content/posts/other/a.png": ""}
    found = with_files("", **files)
    assert "content/posts/other/a.png" in found.image(POST, {}, "/moved/a.png", "markdown").paths
    assert "content/posts/other/a.png" not in found.image(POST, {}, "/posts/other/a.png", "markdown").paths


@pytest.mark.parametrize(
    ("tag", "target"),
    [
        ('{{< figure src="a.png" title="t" >}}', "a.png"),
        ("{{< figure src=a.png >}}", "a.png"),
        ("{{< figure title=`t` src=`a.png` >}}", "a.png"),
        ('{{% relref "y.md" %}}', "y.md"),
        ('{{< ref path="y.md" >}}', "y.md"),
        ('{{</* figure src="a.png" */>}}', None),
        ("{{< /figure >}}", None),
        ('{{< youtube "x" >}}', None),
        ("{{ .Title }}", None),
    ],
)
def test_shortcodes(tag, target):
    found = site().embedded(tag)
    assert [each.target for each in found] == ([target] if target else [])
    assert all(tag[each.start : each.end] == each.target for each in found)


@pytest.mark.parametrize(
    ("text", "value", "problem"),
    [
        ("2024-02-30", "2024-02-30", "there is no day 30 in 2024-02"),
        ("2024-13-01", "2024-13-01", "there is no month 13"),
        ("2024", 2024, "seconds since 1970"),
        ("2024-01-05T10:20", "2024-01-05T10:20", "has no seconds"),
        ("true", True, None),
        ("", None, None),
    ],
)
def test_what_is_wrong_with_a_date(text, value, problem):
    said = site().moment(value, text).problem
    assert said is None if problem is None else problem in said.sentence


def test_an_older_hugo():
    found = with_files("", **{"netlify.toml": '[build.environment]\nHUGO_VERSION = "0.120.4"\n'})
    assert found.dialect.yaml == "go-yaml-2"
    assert "the post has no date" in found.moment("soon", "soon").problem.sentence


def test_it_is_plain_data():
    found = pickle.loads(pickle.dumps(site()))
    assert found.address(POST, {}).addresses == ("/posts/x/",)


@given(st.text(max_size=40), st.dictionaries(st.sampled_from(["slug", "url", "date", "title"]), st.text(max_size=20)))
def test_nothing_raises(name, data):
    found = site("[permalinks]\nposts = '/:year/:slug/'")
    found.address(f"content/posts/{name}.md", data)
    found.image(POST, data, name, "markdown")
    found.link(POST, data, name, "markdown")
    found.embedded("{{< " + name + " >}}")
    found.values(POST, data, "yaml")
    found.moment(name, name)
