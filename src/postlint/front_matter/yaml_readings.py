"""Plain YAML scalars that parsers read differently: which they are, and how each parser reads them.

They were found by running three hundred texts through fourteen parsers. Numbers and dates that all parsers read alike, or
as text, are not among them.
"""

import re
from datetime import date
from functools import lru_cache

from postlint.front_matter.yaml_types import SCHEMAS, resolver

FLAGS = {
    word: word.lower() in ("yes", "on")
    for base in ("yes", "no", "on", "off")
    for word in (base, base.title(), base.upper())
}
"""Words that YAML 1.1 takes for true or false, and for which."""
FIRST = frozenset("0123456789+-yYnNoO=<tTfF")
"""The first characters of all ambiguous texts."""

_RUBY = ("psych", "safe-yaml")
# Ruby, Python and Rust write a whole number with a point as it is: 3.0.
_WITH_POINT = frozenset((*_RUBY, "pyyaml", "ruamel", "serde-yaml", "saphyr"))
_LETTERS = frozenset("yYnN")
_LONGEST = 40
_DATE = re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[Tt ].*)?")
# Octal, binary and underscored numbers; minutes and seconds; exponents; offsets without a colon.
_NUMBERS = re.compile(
    r"[-+]?0+(?![0-7]$)[0-9_]+|0o[0-7]+|0b[01_]+|[-+]?[0-9]+_[0-9_]*"
    r"|[-+]?[1-9][0-9]{0,8}(?::[0-5]?[0-9]){1,8}(?:\.[0-9]*)?"
    r"|[-+]?[0-9]+(?:\.[0-9]+)?[eE][-+]?[0-9]+"
    r"|\d{4}-\d\d?-\d\d?[Tt ]\d\d?:\d\d:\d\d[^:]*[-+]\d{4}"
)
_RUBY_NUMBERS = re.compile(r"[-+]?0[0-9](?::[0-5]?[0-9]){1,2}|[1-9][0-9]{0,2}(?:,[0-9]{3})+")
_LOSSY = re.compile(r"[-+]?[0-9]+\.[0-9]*0")


def in_doubt(text: str, schema: str) -> bool:
    """Whether parsers disagree about the plain scalar `text`, if the site's own is `schema` (see `yaml_types`)."""
    return len(text) <= _LONGEST and _is_in_doubt(text, schema)


@lru_cache(maxsize=4096)
def _is_in_doubt(text: str, schema: str) -> bool:
    if text in FLAGS or text in ("=", "<<"):
        return True
    if text in _LETTERS:
        return schema == "go-yaml-2"
    if _NUMBERS.fullmatch(text):
        return True
    if found := _DATE.fullmatch(text):
        return len(found[2]) + len(found[3]) < 4 or not exists(text)
    if schema in _RUBY:
        return _RUBY_NUMBERS.fullmatch(text) is not None or (
            text.lower() in ("true", "false") and text not in ("true", "True", "TRUE", "false", "False", "FALSE")
        )
    return False


def exists(text: str) -> bool:
    """Whether the day with which `text` begins is one of the calendar."""
    found = _DATE.match(text)
    if found is None:
        return False
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False


def lossy(text: str, schema: str) -> bool:
    """Whether `text` is a number for every parser and loses its last zero where it is shown: `1.10` is 1.1, and `3.0` is 3
    for JavaScript and Go. `schema` is the site's own parser."""
    return _LOSSY.fullmatch(text) is not None and not (schema in _WITH_POINT and text.endswith(".0"))


def elsewhere(text: str, own: object) -> list[str]:
    """The other readings of `text`, besides `own`, in words, the most common first."""
    counted: dict[str, int] = {}
    for name in SCHEMAS:
        reading = described(resolver(name)[0](text))
        counted[reading] = counted.get(reading, 0) + 1
    counted.pop(described(own), None)
    return sorted(counted, key=lambda reading: -counted[reading])


def described(value: object) -> str:
    """A value that was read from a scalar, for a message."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | float):
        return f"the number {value}" if abs(value) < 10**20 else "a number"
    if isinstance(value, date):
        return "a date"
    return "empty" if value is None else "text"
