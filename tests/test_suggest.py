import pytest

from postlint.suggest import closest, distance


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("titel", ["title", "tags"], "title"),
        ("TITLE", ["title"], "title"),
        ("pubdate", ["pub", "pubDate"], "pubDate"),
        ("framwork", ["framework", "format"], "framework"),
        ("selcet", ["select"], "select"),
        ("title", ["Title", "title"], "title"),
        ("id", ["red", "x"], None),
        ("mood", ["title", "tags"], None),
        ("", ["a"], None),
        ("x" * 10_000, ["title"], None),
    ],
)
def test_closest(word: str, known: list[str], meant: str | None) -> None:
    assert closest(word, known) == meant


@pytest.mark.parametrize(
    ("a", "b", "slips"),
    [
        ("date", "date", 0),
        ("date", "data", 1),
        ("tag", "tags", 1),
        ("form", "from", 1),
        ("abc", "xyz", 3),
        ("", "ab", 2),
    ],
)
def test_distance(a: str, b: str, slips: int) -> None:
    assert distance(a, b, 9) == distance(b, a, 9) == slips
    assert distance(a, b, 1) == min(slips, 1)
