"""What a plain YAML scalar means to each parser, as data: words, and patterns of numbers and dates.

The facts are those of the parsers themselves, run on some three hundred texts. If a parser rejects a value
(PyYAML `2024-02-30`, `=`), the value stays text here: the date rules decide whether a date exists.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from itertools import product
from typing import Literal, NamedTuple

Constructor = Callable[[str], object]
Tabs = Literal["refused", "blank", "skipped"]


class Schema(NamedTuple):
    """One parser's types. `words` are whole scalars; `patterns` are tried in order on a scalar that begins with one of
    `first`; a constructor that raises ValueError or OverflowError leaves the text as it is. `merge`: `<<` is a merge
    key. `tags` are the standard tags it knows; an unknown tag is an error, or is dropped if `tags` is None.
    `line_ends`: it treats U+0085, U+2028 and U+2029 as line ends, as YAML 1.1 does. `tabs`, where YAML has spaces:
    `refused`; those on `blank` lines, and between a hyphen and a text, do no harm; those that a line begins with are
    `skipped`, too. `controls`: it accepts
    control characters and noncharacters as text. `reads_tags` is False if no standard tag has an effect except
    `!!binary`, which is text.
    """

    words: Mapping[str, object]
    patterns: tuple[tuple[str, Constructor], ...]
    merge: bool = True
    tags: frozenset[str] | None = None
    line_ends: bool = True
    tabs: Tabs = "refused"
    controls: bool = False
    reads_tags: bool = True
    first: str = "0123456789+-."


_LONGEST = 400  # nothing longer is meant as a number, and arithmetic on it would be slow


@cache
def resolver(name: str) -> tuple[Callable[[str], object], frozenset[str]]:
    """How the parser `name` of `SCHEMAS` types a plain scalar: a function from its text to its value, and the first
    characters of all texts that do not stay text ("" among them); asking for those first spares most calls.
    """
    schema = SCHEMAS[name]
    words, first = schema.words, frozenset(schema.first)
    patterns: list[tuple[Callable[[str], re.Match[str] | None], Constructor]] = []

    def resolve(text: str) -> object:
        if text[:1] not in first or text in words:
            return words.get(text, text)
        if len(text) > _LONGEST:
            return text
        if not patterns:  # compiled at the first number or date, not on import
            patterns.extend([(re.compile(pattern).fullmatch, construct) for pattern, construct in schema.patterns])
        for matches, construct in patterns:
            if matches(text):
                try:
                    return construct(text)
                except (ValueError, OverflowError):
                    return text
        return text

    return resolve, first | {word[:1] for word in words}


def _words(true: str, false: str) -> dict[str, object]:
    """The words for true and false, each in lower, Title and UPPER case."""
    words = [(word, True) for word in true.split()] + [(word, False) for word in false.split()]
    return {form: value for word, value in words for form in (word, word.title(), word.upper())}


def _in_any_case(words: Mapping[str, object]) -> dict[str, object]:
    """`words` in every mixture of small and capital letters: Ruby compares without regard to case."""
    return {
        "".join(letters): value
        for word, value in words.items()
        for letters in product(*((letter.lower(), letter.upper()) for letter in word))
    }


_INF, _NAN = float("inf"), float("nan")
_NULL: dict[str, object] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_TRUE_FALSE: dict[str, object] = _words("true", "false")
_YES_NO: dict[str, object] = _words("true yes on", "false no off")
_Y_N: dict[str, object] = {"y": True, "Y": True, "n": False, "N": False}
_SPECIAL: dict[str, object] = {
    **{sign + word: _INF for word in (".inf", ".Inf", ".INF") for sign in ("", "+")},
    **{"-" + word: -_INF for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys((".nan", ".NaN", ".NAN"), _NAN),
}


def _integer(text: str) -> int:
    """An integer of YAML 1.1: underscores, `0b`, `0x`, a leading zero for octal."""
    digits = text.replace("_", "").replace(",", "")
    sign, digits = (-1 if digits[:1] == "-" else 1), digits.lstrip("+-")
    if digits[:2].lower() in ("0b", "0x", "0o"):
        return sign * int(digits, 0)
    if digits[:1] == "0" and len(digits) > 1:
        return sign * int(digits, 8)
    return sign * int(digits)


def _integer_64(text: str) -> int:
    value = _integer(text)
    if not -(2**63) <= value < 2**64:
        raise OverflowError
    return value


def _decimal(text: str) -> int:
    """An integer of YAML 1.2: `0o12` is octal, `012` is twelve."""
    sign, digits = (-1 if text[0] == "-" else 1), text.lstrip("+-")
    return sign * (int(digits, 0) if digits[:2] in ("0b", "0x", "0o") else int(digits))


def _float(text: str) -> float:
    return float(text.replace("_", "").replace(",", ""))


def _finite(text: str) -> float:
    value = float(text)
    if value in (_INF, -_INF):
        raise OverflowError
    return value


def _number(construct: Callable[[str], float]) -> Constructor:
    """JavaScript has one type of number: an integer over 2^53 is rounded."""

    def rounded(text: str) -> float:
        value = construct(text)
        return int(float(value)) if isinstance(value, int) and abs(value) > 2**53 else value

    return rounded


def _base_60(text: str) -> float:
    """Minutes and seconds: `12:30` is 750."""
    digits = text.replace("_", "").replace(",", "")
    value: float = 0
    for part in digits.lstrip("+-").split(":"):
        value = value * 60 + (float(part) if "." in part else int(part))
    return -value if digits[0] == "-" else value


def _base_60_psych(text: str) -> int:
    """Ruby's Psych counts from the hours on: `12:30` is 45000, and only the first part has the sign."""
    parts = [int(part) for part in text.replace("_", "").replace(",", "").split(":")]
    return sum(part * 60 ** abs(place - 2) for place, part in enumerate(parts))


_MOMENT = (
    r"(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?):?(\d\d)?))?)?"
)
_DATE = r"\d{4}-\d\d-\d\d"
_DATE_TIME = r"\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?"


def _date(text: str) -> object:
    return date(*map(int, text.split("-")))


def _moment(text: str) -> object:
    """A date-time as in Python: naive if no zone is written."""
    found = re.fullmatch(_MOMENT, text)
    if found is None:
        raise ValueError(text)
    year, month, day, hour, minute, second = map(int, found.group(1, 2, 3, 4, 5, 6))
    zone = None
    if found[8]:
        offset = timedelta(hours=int(found[10] or 0), minutes=int(found[11] or 0))
        zone = timezone(-offset if found[9] == "-" else offset)
    return datetime(year, month, day, hour, minute, second, int((found[7] or "0")[:6].ljust(6, "0")), zone)


def _moment_utc(text: str) -> object:
    """A date-time in UTC; without a zone, it is UTC."""
    value = _moment(text)
    assert isinstance(value, datetime)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_USUAL = {10: "T00:00:00+00:00", 19: "+00:00"}  # by the length of a date, and of a date-time without zone


def _moment_js(text: str) -> object:
    """JavaScript's `Date.UTC`: a month 13 or a day 32 rolls over, and the years 0 to 99 are those of the 1900s."""
    # The usual forms, three times as fast. Dates that do not exist roll over below.
    usual = _USUAL.get(len(text))
    if usual and text[0] != "0":
        try:
            return datetime.fromisoformat(text + usual)
        except ValueError:
            pass
    found = re.fullmatch(_MOMENT, text)
    if found is None:
        raise ValueError(text)
    year, month, day = map(int, found.group(1, 2, 3))
    hour, minute, second = (int(part or 0) for part in found.group(4, 5, 6))
    if year < 100:
        year += 1900
    years, month = divmod(month - 1, 12)
    start = datetime(year + years, month + 1, 1, tzinfo=UTC)
    offset = timedelta(hours=int(found[10] or 0), minutes=int(found[11] or 0))
    milliseconds = int((found[7] or "0")[:3].ljust(3, "0"))
    at = timedelta(days=day - 1, hours=hour, minutes=minute, seconds=second, milliseconds=milliseconds)
    return start + at - (-offset if found[9] == "-" else offset)


_JS_DATES: tuple[tuple[str, Constructor], ...] = ((_DATE, _moment_js), (_DATE_TIME, _moment_js))
_CORE_TAGS = frozenset({"str", "int", "float", "bool", "null", "seq", "map"})
_TAGS = _CORE_TAGS | {"timestamp", "binary", "set", "omap", "pairs", "merge"}
_SEXAGESIMAL = r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"

SCHEMAS: Mapping[str, Schema] = {
    "pyyaml": Schema(
        {**_NULL, **_YES_NO, **_SPECIAL},
        (
            (r"[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+)", _integer),
            (r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)", _float),
            (_DATE, _date),
            (_DATE_TIME, _moment),
            (rf"{_SEXAGESIMAL}(?:\.[0-9_]*)?", _base_60),
        ),
        tags=_TAGS,
    ),
    "ruamel": Schema(
        {**_NULL, **_TRUE_FALSE, **_SPECIAL},
        (
            (r"[-+]?(?:0b[01_]+|0o[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)", lambda text: _decimal(text.replace("_", ""))),
            (
                r"[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9_]+(?:[eE][-+][0-9]+)?)",
                _float,
            ),
            (_DATE, _date),
            (_DATE_TIME, _moment),
        ),
        tags=_TAGS,
    ),
    "js-yaml-3": Schema(
        {**_NULL, **_TRUE_FALSE, **_SPECIAL},
        (
            (
                r"[-+]?(?:0b[01_]*[01]|0x[0-9a-fA-F_]*[0-9a-fA-F]|0[0-7_]*[0-7]|0|[1-9](?:[0-9_]*[0-9])?)",
                _number(_integer),
            ),
            (r"[-+]?[0-9][0-9_]*(?:\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[eE][-+]?[0-9]+)(?<!_)", _float),
            (r"\.[0-9_]+(?:[eE][-+]?[0-9]+)?(?<!_)", _float),
            (_SEXAGESIMAL, _number(_base_60)),
            (rf"{_SEXAGESIMAL}\.[0-9_]*(?<!_)", _number(_base_60)),
            *_JS_DATES,
        ),
        tags=_TAGS,
        line_ends=False,
        tabs="skipped",
    ),
    "js-yaml-4": Schema(
        {**_NULL, **_TRUE_FALSE, **_SPECIAL},
        (
            *_JS_DATES,
            (r"[-+]?(?:0b[01]+|0x[0-9a-fA-F]+|0o[0-7]+|[0-9]+)", _number(_decimal)),
            (r"[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9]+(?:[eE][-+]?[0-9]+)?", _finite),
        ),
        tags=_TAGS,
        tabs="blank",
        line_ends=False,
    ),
    "js-yaml-5": Schema(
        {**_NULL, **_TRUE_FALSE, **_SPECIAL},
        (
            (r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)", _number(_decimal)),
            (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", _finite),
        ),
        merge=False,
        tags=_CORE_TAGS,
        line_ends=False,
    ),
    "yaml-1.2": Schema(
        {**_NULL, **_TRUE_FALSE, **_SPECIAL},
        (
            (r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)", _number(_decimal)),
            (r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+)(?:[eE][-+]?[0-9]+)?", float),
        ),
        merge=False,
        line_ends=False,
        controls=True,
    ),
    # The `yaml` package as Decap CMS sets it up: only a full time in UTC is a date.
    "decap": Schema(
        {**_NULL, **_TRUE_FALSE, **_SPECIAL},
        (
            (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z", _moment),
            (r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)", _number(_decimal)),
            (r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?:\.[0-9]*)?[eE][-+]?[0-9]+)(?:[eE][-+]?[0-9]+)?", float),
        ),
        merge=False,
        line_ends=False,
        controls=True,
    ),
    # js-yaml 4's JSON schema, with Quarto's own tag for R's expressions; a key that is set twice is not an error.
    "quarto": Schema(
        {**_NULL, **_TRUE_FALSE, **_SPECIAL},
        (
            (
                r"[-+]?(?:0b[01_]*[01]|0x[0-9a-fA-F_]*[0-9a-fA-F]|0o[0-7_]*[0-7]|[0-9](?:[0-9_]*[0-9])?)",
                _number(lambda text: _decimal(text.replace("_", ""))),
            ),
            (r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+]?[0-9]+)?)(?<!_)", _float),
        ),
        merge=False,
        tags=_CORE_TAGS | {"!expr"},
        line_ends=False,
    ),
    "js-yaml-4-json": Schema(
        {**_NULL, **_TRUE_FALSE, **_SPECIAL},
        (
            (
                r"[-+]?(?:0b[01_]*[01]|0x[0-9a-fA-F_]*[0-9a-fA-F]|0o[0-7_]*[0-7]|[0-9](?:[0-9_]*[0-9])?)",
                _number(lambda text: _decimal(text.replace("_", ""))),
            ),
            (r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+]?[0-9]+)?)(?<!_)", _float),
        ),
        merge=False,
        tags=_CORE_TAGS,
        tabs="blank",
        line_ends=False,
    ),
    "serde-yaml": Schema(
        {**_NULL, **_TRUE_FALSE, **_SPECIAL},
        (
            (r"[-+]?(?:0|[1-9][0-9]*|0o[0-7]+|0x[0-9a-fA-F]+|0b[01]+)", _decimal),
            (r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", _finite),
        ),
        merge=False,
        line_ends=False,
    ),
    # Zensical's parser; what has no form in JSON becomes null on its way to Python.
    "saphyr": Schema(
        {**_NULL, "true": True, "false": False, **dict.fromkeys(_SPECIAL)},
        (
            (r"(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)", _decimal),
            (r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", _finite),
        ),
        tags=_CORE_TAGS,
        line_ends=False,
    ),
    "psych": Schema(
        {**_NULL, **_in_any_case(_YES_NO), **_SPECIAL},
        (
            (r"[-+]?(?:0[0-7_,]+|0|[1-9](?:[0-9]|,[0-9]|_[0-9])*|0x[0-9a-fA-F_,]+|0b[01_,]+)", _integer),
            (r"[-+]?(?:[0-9](?:[0-9]|,[0-9]|_[0-9])*)?\.[0-9]*(?:[eE][-+][0-9]+)?", _float),
            (r"\d{4}-\d\d?-\d\d?", _date),
            (
                r"-?\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d\d:\d\d(?:\.\d*)?(?:\s*(?:Z|[-+]\d{1,2}:?(?:\d\d)?))?",
                _moment_utc,
            ),
            (r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}", _base_60_psych),
        ),
    ),
    "safe-yaml": Schema(
        {**_NULL, **_in_any_case(_YES_NO), **_SPECIAL},
        (
            (r"[-+]?(?:0[0-7_,]+|0|[1-9_][0-9_,]*|0x[0-9a-fA-F_,]+|0b[01_,]+)", _integer),
            (r"[-+]?(?:[0-9][0-9_,]*)?\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?", _float),
            (_DATE, _date),
            (r"\d{4}-\d\d?-\d\d?(?:[Tt]|\s+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:\s*(?:Z|[-+]\d\d?:?(?:\d\d)?))?", _moment_utc),
            (r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+", _base_60),
        ),
        reads_tags=False,
        first="0123456789+-._",
    ),
    "go-yaml-2": Schema(
        {**_NULL, **_YES_NO, **_Y_N, **_SPECIAL},
        (
            (r"[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o[0-7_]+|0[0-7_]+|0|[1-9][0-9_]*)", _integer),
            (r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?", _finite),
        ),
    ),
    "goccy": Schema(
        {**_NULL, **_TRUE_FALSE, **_SPECIAL},
        (
            (r"[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o[0-7_]+|0[0-7_]+|0|[1-9][0-9_]*)", _integer_64),
            (r"[-+]?(?:\.[0-9_]+|[0-9][0-9_]*\.[0-9_]*)(?:[eE][-+]?[0-9]+)?", _float),
        ),
        line_ends=False,
        controls=True,
    ),
}
