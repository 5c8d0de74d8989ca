"""What is said of values that a model refuses."""

import datetime as dt
import enum
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    HttpUrl,
    PastDate,
    Tag,
    create_model,
    model_validator,
)

from postlint.schema import Violation, roles
from postlint.schema.models.pydantic_model import from_object

TODAY = dt.date(2024, 1, 31)


def violations(annotation: Any, value: Any, **config: Any) -> tuple[Violation, ...]:
    model = create_model("Model", __config__=ConfigDict(**config), f=(annotation, ...))
    return from_object(model, "test").violations({"f": value})


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


class Note(BaseModel):
    kind: Literal["note"]
    text: str


class Essay(BaseModel):
    kind: Literal["essay"]
    note: int


class Author(BaseModel):
    name: str
    url: HttpUrl


class Image(BaseModel):
    src: str
    alt: str


class Short(BaseModel):
    form: Literal["short"] = Field(alias="type")


class Long(BaseModel):
    form: Literal["long"] = Field(alias="type")


def _which(value: Any) -> str | None:
    return "note" if "text" in value else "essay" if "note" in value else None


def _refuse(value: Any) -> Any:
    raise ValueError("only on\n  Sundays")


def _assert(value: Any) -> Any:
    raise AssertionError("one it must be")


TAGGED = Annotated[Note | Essay, Field(discriminator="kind")]
ALIASED = Annotated[Short | Long, Field(discriminator="form")]
BY_FUNCTION = Annotated[Annotated[Note, Tag("note")] | Annotated[Essay, Tag("essay")], Discriminator(_which)]


@pytest.mark.parametrize(
    ("annotation", "value", "message"),
    [
        # kinds
        (str, 2024, "`f` must be text, not a number (put it in quotes)"),
        (str, True, "`f` must be text, not `true` (put it in quotes)"),
        (str, TODAY, "`f` must be text, not a date (put it in quotes)"),
        (str, ["a"], "`f` must be text, not a list"),
        (str, {"a": 1}, "`f` must be text, not a mapping"),
        (str, None, "`f` must be text, but it is empty"),
        (list[str], "a, b", "`f` must be a list, not text"),
        (set[str], {"a": 1}, "`f` must be a list, not a mapping"),
        (dict[str, str], "a", "`f` must be a mapping of keys to values, not text"),
        (Author, "Ann", "`f` must be a mapping of keys to values, not text"),
        (int, "5", "`f` must be a whole number, not text (remove the quotes)"),
        (int, "five", "`f` must be a whole number, not `five`"),
        (int, 4.5, "`f` must be a whole number, not 4.5"),
        (int, True, "`f` must be a whole number, not `true`"),
        (float, "1.50", "`f` must be a number, not text (remove the quotes)"),
        (Decimal, "x", "`f` must be a number, not `x`"),
        (bool, "yes", "`f` must be true or false, not `yes`; did you mean `true`?"),
        (bool, "true", "`f` must be true or false, not text (remove the quotes)"),
        (bool, "maybe", "`f` must be true or false, not `maybe`"),
        (HttpUrl, "example.com", "`f` must be a full web address such as `https://example.com/`, not `example.com`"),
        (HttpUrl, "ftp://x", "`f` must be an address that begins with `http:` or `https:`, not `ftp://x`"),
        (dt.time, 750, '`f` must be a time of day such as `"12:30"`, not 750'),
        # dates
        (dt.date, 2024, "`f` must be a date such as `2024-01-31`, not 2024"),
        (dt.date, "2024", "`f` is not a date: `2024`"),
        (dt.datetime, 1.5, "`f` must be a date such as `2024-01-31`, not 1.5"),
        (dt.date, "soon", "`f` is not a date: `soon`"),
        (dt.date, "2023-02-29", "`f` is not a date: February 2023 has 28 days, not 29 (`2023-02-29`)"),
        (dt.date, dt.datetime(2024, 1, 1, 3), "`f` must be a day without a time, not `2024-01-01T03:00:00`"),
        (roles.PublishedDate, 2024, "`f` must be a date such as `2024-01-31`, not 2024"),
        (roles.PublishedDate, True, "`f` must be a date such as `2024-01-31`, not `true`"),
        (roles.PublishedDate, "2024-13-45", "`f` is not a date: there is no month 13 (`2024-13-45`)"),
        (roles.PublishedDate, "Jul 08 2022", "`f` is not a date: write `Jul 08 2022` as `2022-07-08`"),
        (roles.PublishedDate, "", "`f` must be a date such as `2024-01-31`, but it is empty"),
        (PastDate, dt.date(2999, 1, 1), "`f` must be in the past, not `2999-01-01`"),
        (
            Annotated[dt.date, Field(ge=TODAY)],
            dt.date(2020, 1, 1),
            "`f` must not be before 2024-01-31, not `2020-01-01`",
        ),
        # limits
        (Annotated[int, Field(le=5)], 9, "`f` must be at most 5, not 9"),
        (Annotated[int, Field(gt=0)], 0, "`f` must be more than 0, not 0"),
        (Annotated[float, Field(multiple_of=0.5)], 1.3, "`f` must be a multiple of 0.5, not 1.3"),
        (Annotated[str, Field(max_length=3)], "abcd", "`f` must have at most 3 characters, not 4"),
        (Annotated[str, Field(min_length=1)], "", "`f` must not be empty"),
        (Annotated[list[str], Field(min_length=2)], ["a"], "`f` must have at least 2 items, not 1"),
        (
            Annotated[str, Field(pattern="^[a-z0-9-]+$")],
            "A b",
            "`f` must be made of small letters, digits and `-` only, not `A b`",
        ),
        (Annotated[str, Field(pattern="^(x|y)$")], "z", "`f` must match the pattern `^(x|y)$`, not `z`"),
        (tuple[int, int], [1, 2, 3], "`f` must have at most 2 items, not 3"),
        # choices
        (Literal["note", "essay"], "esay", "`f` must be one of `note`, `essay`; did you mean `essay`?"),
        (Literal["note", "essay"], "poem", "`f` must be one of `note`, `essay`, not `poem`"),
        (Literal["note", "essay", ""], "poem", "`f` must be one of `note`, `essay` or empty, not `poem`"),
        (Literal["note", ""], "poem", "`f` must be `note` or empty, not `poem`"),
        (Literal["note"], ["note"], "`f` must be `note`, not a list"),
        (Literal[1, 2], "2", "`f` must be one of `1`, `2` (remove the quotes)"),
        (Literal["1", "2"], 2, "`f` must be one of `1`, `2` (put it in quotes)"),
        (Colour, "Red", "`f` must be one of `red`, `blue`; did you mean `red`?"),
        # inside
        (list[str], ["a", 5], "`f[1]` must be text, not a number (put it in quotes)"),
        (list[dict[str, list[int]]], [{"a": [1, "x"]}], "`f[0].a[1]` must be a whole number, not `x`"),
        (list[Author], [{"name": "A"}], "`f[0].url` is missing"),
        (dict[int, str], {"a": "b"}, "the key of `f.a` must be a whole number, not `a`"),
        # unions: one message, of the branch that is nearest
        (int | str, ["a"], "`f` must be a whole number or text, not a list"),
        (str | Literal[False], 12, "`f` must be text or `false`, not a number"),
        (str | Literal[1], 12, "`f` must be `1`, not 12"),
        (bool | str | Author, 5, "`f` must be text, a mapping of keys to values or true or false, not a number"),
        (int | float, "x", "`f` must be a number, not text"),
        (str | list[str], ["a", 5], "`f[1]` must be text, not a number (put it in quotes)"),
        (str | Author, {"name": "A"}, "`f.url` is missing"),
        (Author | Image, {"src": "a"}, "`f.alt` is missing"),
        (dt.date | dt.datetime, "soon", "`f` is not a date: `soon`"),
        (dt.date | Literal["never"], "soon", "`f` must be a date such as `2024-01-31` or `never`, not `soon`"),
        (list[int | bool], [1, "x"], "`f[1]` must be a whole number or true or false, not text"),
        (list[str | Author] | None, ["a", {"name": "A"}], "`f[1].url` is missing"),
        (Note | Essay, {"kind": "note"}, "`f.text` is missing"),
        (TAGGED, {"kind": "not"}, "`f.kind` must be one of `note`, `essay`; did you mean `note`?"),
        (TAGGED, {"text": "x"}, "`f.kind` is missing"),
        (TAGGED, {"kind": "essay", "note": "x"}, "`f.note` must be a whole number, not `x`"),
        (TAGGED, {"kind": "note", "text": 1}, "`f.text` must be text, not a number (put it in quotes)"),
        (TAGGED, "x", "`f` must be a mapping of keys to values, not text"),
        (ALIASED, {}, "`f.type` is missing"),
        (ALIASED, {"type": "wide"}, "`f.type` must be one of `short`, `long`, not `wide`"),
        (BY_FUNCTION, {"note": "x", "kind": "essay"}, "`f.note` must be a whole number, not `x`"),
        (BY_FUNCTION, {"x": 1}, "`f` is not as the schema wants it: a mapping"),
        # users' own words
        (Annotated[str, AfterValidator(_refuse)], "a", "only on Sundays"),
        (Annotated[int, AfterValidator(_assert)], 2, "one it must be"),
    ],
)
def test_message(annotation: Any, value: Any, message: str) -> None:
    assert [violation.message for violation in violations(annotation, value)] == [message]


@pytest.mark.parametrize(
    ("annotation", "value", "repair", "suggestion", "certain"),
    [
        (str, 1.1, "quote", None, True),
        (str, False, "quote", None, True),
        (Literal["1", "2"], 2, "quote", None, True),
        (int, "5", "literal", "5", True),
        (int, 5.0, "literal", "5", True),
        (float, "1.50", "literal", "1.50", True),
        (bool, "no", "literal", "false", True),
        (bool, "True", "literal", "true", True),
        (bool, 1, "literal", "true", False),
        (list[str], 'a, "b"', "literal", r'["a", "\"b\""]', False),
        (Literal["note", "essay"], "Essay ", "text", "essay", True),
        (Literal["note", "essay"], "esay", "text", "essay", False),
        (dt.date, "2024/1/5", "text", "2024-01-05", True),
        (dt.date, "5 May 2024", "text", "2024-05-05", False),
        (int, "012", "text", None, False),
        (str, None, "text", None, False),
        (str, ["a"], "text", None, False),
    ],
)
def test_repair(annotation: Any, value: Any, repair: str, suggestion: str | None, certain: bool) -> None:
    (found,) = violations(annotation, value)
    assert (found.kind, found.location) == ("invalid", ("f",))
    assert (found.repair, found.suggestion, found.certain) == (repair, suggestion, certain)


@pytest.mark.parametrize(
    ("annotation", "value"),
    [
        (float, 5),
        (dt.date, "2024-01-31"),
        (dt.date, TODAY),
        (dt.datetime, TODAY),
        (dt.datetime, "2024-01-31T10:00:00Z"),
        (dt.time, "12:30"),
        (roles.PublishedDate, TODAY),
        (roles.PublishedDate, dt.datetime(2024, 1, 31, 5, tzinfo=dt.UTC)),
        (roles.PublishedDate, "2024-01-31 10:00"),
        (roles.PublishedDate | None, None),
        (set[str], ["a", "b"]),
        (tuple[str, int], ["a", 1]),
        (Colour, "red"),
        (HttpUrl, "https://example.com/a"),
        (Annotated[int, BeforeValidator(str.strip)], " 5 "),
        (Annotated[int, Field(strict=False)], "5"),
        (Annotated[dt.date, Field(strict=True)], "2024-01-31"),
    ],
)
def test_accepted(annotation: Any, value: Any) -> None:
    assert violations(annotation, value) == ()


def test_strictness_of_a_model() -> None:
    assert violations(int, "5", strict=False) == ()
    assert violations(dt.datetime, 2024, strict=False) == ()
    assert violations(int, "5", strict=True) != ()
    assert violations(set[str], ["a"], strict=True) == ()


def test_whole_model() -> None:
    class Model(BaseModel):
        start: int
        end: int

        @model_validator(mode="after")
        def ordered(self) -> "Model":
            if self.start > self.end:
                raise ValueError("`start` must not be after `end`")
            return self

    schema = from_object(Model, "test")
    assert schema.violations({"start": 2, "end": 1}) == (Violation("invalid", (), "`start` must not be after `end`"),)
    assert schema.violations(["a"])[0].message == "the front matter must be a mapping of keys to values, not a list"


def test_hostile_values_end() -> None:
    class Nested(BaseModel):
        x: list["Nested"] = []

    deep: dict[str, Any] = {}
    for _ in range(5000):
        deep = {"x": [deep]}
    looped: dict[str, Any] = {"x": []}
    looped["x"].append(looped)
    schema = from_object(Nested, "test")
    assert schema.violations(deep)[0].message.endswith("is nested too deep")
    assert "nested too deep" in schema.violations(looped)[0].message
    assert len(schema.violations({"x": ["a"] * 100_000})) == 1000
