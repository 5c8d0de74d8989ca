import pytest

from postlint.schema.words.names import meant, near_misses


@pytest.mark.parametrize(
    ("key", "known", "name"),
    [
        ("data", ["date", "title"], "date"),
        ("data", ["pubDate", "title"], "pubDate"),
        ("pubdate", ["title", "pubDate", "pub_date"], "pubDate"),
        ("tag", ["tags"], "tags"),
        ("desc", ["description"], "description"),
        ("img", ["title", "heroImage"], "heroImage"),
        ("author", ["authors"], "authors"),
        ("lastmod", ["updatedDate"], "updatedDate"),
        ("categories", ["category"], "category"),
        ("keywords", ["tags"], "tags"),
        ("summary", ["excerpt", "description"], "excerpt"),
        ("mood", ["title", "date"], None),
        ("titel", ["title", "tite"], "title"),
    ],
)
def test_meant(key: str, known: list[str], name: str | None) -> None:
    assert meant(key, known, {key}) == name


def test_what_is_there_is_not_meant() -> None:
    assert meant("pubdate", ["pubDate", "pub_date"], {"pubdate", "pubDate"}) is None
    assert meant("tag", ["tags"], {"tag", "tags"}) is None


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"descripton"}, {"descripton": "description"}),
        ({"decsription"}, {"decsription": "description"}),
        ({"Title"}, {"Title": "title"}),
        ({"pubdate"}, {"pubdate": "pubDate"}),
        ({"pub-date"}, {"pub-date": "pubDate"}),
        ({"updatdDate"}, {"updatdDate": "updatedDate"}),
        # Names of their own, or too short to tell.
        ({"tag"}, {}),
        ({"image"}, {}),
        ({"data"}, {}),
        ({"coverimages"}, {}),
        ({"weight", "layout", "series", "lastmod", "keywords"}, {}),
        # What is meant is there already, in one spelling or the other.
        ({"descripton", "description"}, {}),
        ({"pubdate", "pub_date"}, {}),
        ({"x" * 5000}, {}),
    ],
)
def test_near_misses(keys: set[str], found: dict[str, str]) -> None:
    fields = ("title", "description", "pubDate", "pub_date", "updatedDate", "date", "tags", "images", "coverImage")
    violations = near_misses(dict.fromkeys(keys, "x"), fields)
    assert {v.location[0]: v.suggestion for v in violations} == found
    assert all(v.kind == "unknown" and v.message.endswith("?") for v in violations)


def test_near_misses_of_no_mapping() -> None:
    assert near_misses(["title"], ("title",)) == ()


def test_a_flag_is_no_slip_for_a_date() -> None:
    assert near_misses({"isPublished": True}, ("published",)) == ()
