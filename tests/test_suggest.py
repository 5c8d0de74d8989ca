import time

import pytest

from postlint.suggest import Names, closest, distance


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


def test_thousands_of_words_and_names_take_a_second():
    known = [f"chapter-{index}-about-everything" for index in range(8_000)]
    names = Names(known)
    assert names.closest("chapter-7-abuot-everything") == "chapter-7-about-everything"
    start = time.process_time()
    for index in range(3_000):
        names.closest(f"part-{index}-of-the-chapter")
    assert time.process_time() - start < 5
