import pytest

from postlint.schema.words.patterns import meaning


@pytest.mark.parametrize(
    ("pattern", "means"),
    [
        (r"^[a-z0-9-]+$", "made of small letters, digits and `-` only"),
        (r"^[a-z0-9]+(?:-[a-z0-9]+)*$", "words of small letters and digits with single hyphens between them"),
        (r"^\d{4}$", "4 digits"),
        (r"^[A-Z]{2,3}$", "2 to 3 capital letters"),
        (r"^[A-Za-z0-9_.]{3,}$", "at least 3 characters of capital letters, small letters, digits, `_` and `.`"),
        (r"^https?://", "an address that begins with `https://`"),
        (r"^\d{4}-\d{2}-\d{2}$", "a date such as `2024-01-31`"),
        (r"[a-z]+", None),
        (r"^[^a]+$", None),
        (r"^[à-ÿ]+$", None),
        (r"^(a|b)$", None),
        ("", None),
    ],
)
def test_meaning(pattern: str, means: str | None) -> None:
    assert meaning(pattern) == means
