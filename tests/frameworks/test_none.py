"""Without a framework only what is certain is said."""

from datetime import UTC, date, datetime

import pytest

from postlint.files import MemoryFiles
from postlint.frameworks import UNKNOWN, load

PLAIN = load("none")


@pytest.fixture(scope="module")
def plain():
    return PLAIN(None)


@pytest.mark.parametrize(
    ("value", "text", "instant", "problem"),
    [
        (date(2024, 1, 5), "2024-01-05", datetime(2024, 1, 5), None),
        ("2024-01-05T10:00:00+09:00", "2024-01-05T10:00:00+09:00", datetime(2024, 1, 5, 1, tzinfo=UTC), None),
        ("2024-01-05 10:00", "2024-01-05 10:00", datetime(2024, 1, 5, 10), None),
        ("2024-02-30", "2024-02-30", None, "there is no day 30 in February"),
        ("2023-02-29", "2023-02-29", None, "there is no day 29 in February 2023"),
        ("2024-13-01T00:00Z", "2024-13-01T00:00Z", None, "there is no month 13"),
        ("2024-01-05 25:00", "2024-01-05 25:00", None, "there is no hour 25"),
        ("2024-01-05 10:61", "2024-01-05 10:61", None, "there is no minute 61"),
        ("9999-12-31T23:00-05:00", "9999-12-31T23:00-05:00", None, None),
        ("0000-01-01", "0000-01-01", None, None),
        ("YYYY-MM-DD", "YYYY-MM-DD", None, "`YYYY-MM-DD` is a placeholder"),
        ("{{ now }}", "{{ now }}", None, "`{{ now }}` is a placeholder"),
        ("soon", "soon", None, None),
        ("01/05/2024", "01/05/2024", None, None),
        (2024, "2024", None, None),
        (None, "", None, None),
    ],
)
def test_moment(plain, value, text, instant, problem):
    moment = plain.moment(value, text)
    assert (moment.instant, moment.problem) == (instant, problem)


@pytest.mark.parametrize(
    ("target", "first"),
    [
        ("a.png", "posts/a.png"),
        ("./a%20b.png?x#y", "posts/a%20b.png?x#y"),
        ("../images/a.png", "images/a.png"),
    ],
)
def test_images_beside_the_post(plain, target, first):
    found = plain.image("posts/p.md", target, "markdown")
    assert (found.status, found.paths[0], found.certain) == ("files", first, False)
    assert not any(path.startswith("..") for path in found.paths)


def test_forms_of_a_path(plain):
    paths = plain.image("posts/p.md", "./a%20b.png?x", "markdown").paths
    assert {"posts/a%20b.png", "posts/a b.png", "static/a b.png", "public/a b.png"} <= set(paths)


@pytest.mark.parametrize(
    "target",
    [
        *("/a.png", "../../a.png", "{{ site.url }}/a.png", "{static}/a.png", "<%= a %>.png", "@/a.png", "~/a.png"),
        *("hero", "images/hero", "_astro/a.png", "$lib/a.png", "", "#a", "?a.png"),
    ],
)
def test_what_is_not_judged(plain, target):
    assert plain.image("posts/p.md", target, "markdown") == UNKNOWN


@pytest.mark.parametrize(
    "target", ["https://e.org/a.png", "//e.org/a.png", "data:image/png;base64,x", "mailto:a@e.org"]
)
def test_elsewhere(plain, target):
    assert plain.image("posts/p.md", target, "html").status == "external"


def test_a_host_in_front_matter(plain):
    assert plain.image("posts/p.md", "cdn.e.org/a.png", "field") == UNKNOWN
    assert "assets/img/a.png" in plain.image("posts/p.md", "assets/img/a.png", "field").paths


def test_no_address_is_claimed(plain):
    assert plain.address("posts/p.md", {"slug": "x"}).addresses is None
    assert not PLAIN.addresses_known


def test_collections_are_the_folders_there_are():
    files = MemoryFiles({"blog/a.md": b"", "src/content/b.md": b"", "lib/c.md": b"", "posts": b""})
    assert [each.name for each in PLAIN(files).collections] == ["blog", "src/content"]
