"""What a Zola site's files say of it, and where its posts and images are."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postlint.files.files import MemoryFiles
from postlint.frameworks import load
from postlint.frameworks.answers import UNKNOWN, Reason

ZOLA = load("zola")
POST = "content/posts/x.md"
BASE = 'base_url = "https://example.org"\n'


def site(config="", *names, **texts):
    files = {"config.toml": (BASE + config).encode(), POST: b"+++\n+++\n", **dict.fromkeys(names, b"")}
    return ZOLA(MemoryFiles({**files, **{name: text.encode() for name, text in texts.items()}}))


@pytest.mark.parametrize(
    ("files", "evidence"),
    [
        ({"config.toml": BASE.encode()}, "config.toml"),
        ({"zola.toml": BASE.encode()}, "zola.toml"),
        ({"config.toml": b'baseURL = "https://example.org"'}, None),
        ({"config.toml": b""}, None),
        ({}, None),
    ],
)
def test_detection(files, evidence):
    assert ZOLA.detect(MemoryFiles(files)) == evidence


@pytest.mark.parametrize(
    ("files", "addresses"),
    [
        ({}, ("/posts/x/",)),
        ({"config.toml": 'base_url = "https://example.org/sub/"'}, ("/sub/posts/x/",)),
        ({"config.toml": 'base_url = "https://example.org/sub/"', "static/CNAME": ""}, None),
        ({"config.toml": 'base_url = "https://example.org'}, None),
    ],
)
def test_settings(files, addresses):
    assert site(**files).address(POST, {}).addresses == addresses


def test_a_draft_section_hides_its_pages():
    assert site(**{"content/posts/_index.md": "+++\ndraft = true\n+++\n"}).draft(POST, {})
    assert not site(**{"content/posts/_index.md": "+++\n+++\n"}).draft(POST, {})


def test_names_whose_slug_is_not_known():
    assert site().address("content/posts/日本語.md", {}).addresses is None
    assert site('[slugify]\npaths = "safe"').address("content/posts/日本語.md", {}).addresses == ("/posts/日本語/",)


def test_front_matter_is_needed():
    assert site().values(POST, {}, None).stops
    assert site().values(POST, {}, "toml") == {}


@pytest.mark.parametrize(
    ("data", "language", "taken"),
    [
        ({"title": 1}, "toml", False),
        ({"title": 1}, "yaml", True),
        ({"tags": ["a"]}, "toml", True),
        ({"taxonomies": {"tags": ["a"]}}, "toml", False),
        ({"date": "soon"}, "yaml", False),
        ({"date": None}, "yaml", False),
    ],
)
def test_what_stops_the_build(data, language, taken):
    assert isinstance(site().values(POST, data, language), Reason) != taken


def test_an_asset_of_a_page_that_its_path_moved():
    files = {"content/other/index.md": '+++\npath = "2024/other"\n+++\n', "content/other/a.svg": ""}
    target = site(**files).image("content/posts/x.md", {"path": "2023/x"}, "../../2024/other/a.svg", "markdown")
    assert "content/other/a.svg" in target.paths


def test_an_asset_of_a_page_in_another_language():
    files = {
        "content/other/index.md": "+++\n+++\n",
        "content/other/index.fr.md": '+++\npath = "fr/autre"\n+++\n',
        "content/other/img/a.svg": "",
        "content/third/index.fr.md": "+++\n+++\n",
        "content/third/b.svg": "",
    }
    french = site("[languages.fr]\n", **files)
    data = {"path": "fr/x"}
    assert "content/other/img/a.svg" in french.image(POST, data, "../autre/img/a.svg", "markdown").paths
    assert "content/other/img/a.svg" not in french.image(POST, data, "../other/img/a.svg", "markdown").paths
    assert "content/third/b.svg" in french.image(POST, data, "/fr/third/b.svg", "markdown").paths


@pytest.mark.parametrize(
    ("template", "known"),
    [
        ('<img src="{{ src }}">', True),
        ("{% set image = resize_image(path=src, width=1) %}", True),
        ('<img src="https://cdn.example.org/{{ src }}">', False),
        (None, False),
    ],
)
def test_shortcodes(template, known):
    found = site(**({"templates/shortcodes/photo.html": template} if template else {}))
    (each,) = found.embedded('{{ photo(src="a.png", width=1) }}')
    assert each[:3] == ("image", "photo", "a.png")
    target = found.image(POST, {}, each.target, "shortcode", each.tag)
    assert (target != UNKNOWN) == known
    assert not (known and target.certain)


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("2024-02-30", "there is no day 30"),
        ("2024-13-01", "there is no month 13"),
        ("2024-02-05 10:20:30 -05:00", "in a month with fewer than 31 days"),
        ("2024-02-05T10:20:30-05:00", None),
        ("Jan 5 2024", "Zola cannot read `Jan 5 2024` as a date"),
    ],
)
def test_what_is_wrong_with_a_date(value, problem):
    said = site().moment(value, value).problem
    assert said is None if problem is None else problem in said.sentence


def test_it_is_plain_data():
    assert pickle.loads(pickle.dumps(site())).address(POST, {}).addresses == ("/posts/x/",)


@given(st.text(max_size=40), st.dictionaries(st.sampled_from(["slug", "path", "date", "extra"]), st.text(max_size=20)))
def test_nothing_raises(name, data):
    found = site('[languages.fr]\n[slugify]\npaths = "on"')
    found.address(f"content/posts/{name}.md", data)
    found.image(POST, data, name, "markdown")
    found.link(POST, data, name, "markdown")
    found.embedded("{{ " + name + " }}")
    found.values(POST, data, "yaml")
    found.moment(name, name)
    found.named_date(f"content/posts/{name}.md")


def test_an_alias_that_is_another_page_s_address(write, main):
    write(
        {
            "config.toml": BASE,
            "content/a.md": '+++\ntitle = "A"\naliases = ["/b", "/old"]\n+++\n',
            "content/b.md": '+++\ntitle = "B"\n+++\n',
        }
    )
    (found,) = main("check", "--output-format", "json").report["diagnostics"]
    assert found["severity"] == "error"
    assert found["message"] == "alias `/b/` is the address of content/b.md; the build stops"


@pytest.mark.parametrize(
    ("name", "head", "count"),
    [
        ("index.md", "", 1),
        ("index.md", 'path = "elsewhere"\n', 0),
        ("index.md", 'slug = "b"\n', 0),
        ("index.fr.md", "", 0),
    ],
)
def test_a_page_in_the_folder_of_a_section(write, main, name, head, count):
    settings = 'base_url = "https://example.org"\n[languages.fr]\n'
    section = "+++\n+++\n"
    write({"config.toml": settings, "content/a/_index.md": section, f"content/a/{name}": f"+++\n{head}+++\n"})
    assert len(main("check", "--select", "post-refused", "--output-format", "json").report["diagnostics"]) == count
