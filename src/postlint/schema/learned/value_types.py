"""Types that fit the values which posts have, as annotations of a Pydantic model."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from postlint.schema import dates
from postlint.suggest import closest

_ROLES = {
    "title": {"str": "postlint.Title"},
    "description": {"str": "postlint.Description"},
    "slug": {"str": "postlint.Slug"},
    "image": {"str": "postlint.ImagePath"},
    "published": {"date": "postlint.PublishedDate"},
    "updated": {"date": "postlint.UpdatedDate"},
    "expires": {"date": "postlint.ExpiryDate"},
    "draft": {"bool": "postlint.Draft"},
}
_CONTAINERS = frozenset(("list", "dict"))
_DATES = ("published", "updated", "expires")
_ORDER = ("str", "date", "bool", "int", "float", "list", "dict")
_NAMES = {"date": "datetime"}
_PATTERNS = (
    (r"^\d+$", re.compile(r"[0-9]+")),
    (r"^https?://\S+$", re.compile(r"https?://\S+")),
    (r"^/\S*$", re.compile(r"/\S*")),
    (r"^@\w+$", re.compile(r"@\w+", re.ASCII)),
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENOUGH = 10
_FEW = 32
_NEW = 0.1
_TIMES = 5
_LONGEST = 32
_DEEPEST = 3
_WIDEST = 3


class Choice(NamedTuple):
    """A type, as Python writes it, and the posts (by their numbers) whose values are not of it."""

    annotation: str
    outliers: frozenset[int]


def choices(values: Mapping[int, Any], role: str | None, everywhere: bool) -> Iterator[Choice]:
    """Types for the `values` of one field with the role `role`, by the number of their post: the strictest first, one that
    fits them all last. None means no value; `everywhere`: every post has the field."""
    kinds = {post: _kind(value, role) for post, value in values.items()}
    if not kinds:
        yield Choice("Any", frozenset())
        return
    usual = Counter(kinds.values()).most_common(1)[0][0]
    others = frozenset(post for post, kind in kinds.items() if kind != usual)
    # A list is intended even if others have a text; the reverse, or missing quotes, may be a slip.
    if usual not in _CONTAINERS and not _CONTAINERS.isdisjoint(kinds.values()):
        others = frozenset(values)
    if usual == "str" and role is None:
        texts = {post: value for post, value in values.items() if isinstance(value, str)}
        off = frozenset(post for post in others if values[post] is False)
        if off:
            # A text that is turned off, as in `permalink: false`, which is not the same in quotes.
            others -= off
            yield Choice("str | Literal[False]", others)
        else:
            yield from (Choice(name, others | outliers) for name, outliers in _narrow(texts, everywhere))
    if others and len(others) < len(values):
        yield Choice(annotation([value for post, value in values.items() if post not in others], role), others)
    yield Choice(annotation(list(values.values()), role), frozenset())


def annotation(values: Sequence[Any], role: str | None = None, depth: int = 0) -> str:
    """A type that all `values` are of; None among them counts from `depth` 1 on."""
    kinds: dict[str, list[Any]] = {}
    for value in values:
        kinds.setdefault(_kind(value, role), []).append(value)
    empty = kinds.pop("None", None) is not None and depth > 0
    if "float" in kinds:
        kinds.pop("int", None)
    if not kinds or "other" in kinds or len(kinds) > _WIDEST or depth > _DEEPEST:
        return "Any"
    parts = [_part(kind, kinds[kind], role, depth) for kind in _ORDER if kind in kinds]
    return " | ".join([*dict.fromkeys(parts), *(["None"] if empty else [])])


def _part(kind: str, values: Sequence[Any], role: str | None, depth: int) -> str:
    if kind == "list":
        items = [item for value in values for item in value]
        if role == "tags" and depth == 0 and all(isinstance(item, str) for item in items):
            return "postlint.Tags"
        return f"list[{annotation(items, role if role == 'image' else None, depth + 1)}]"
    if kind == "dict":
        inner = annotation([item for value in values for item in value.values()], None, depth + 1)
        # Keys of several types are fields of different kinds, and nothing is known about other keys.
        return f"dict[str, {'Any' if '|' in inner else inner}]"
    return _ROLES.get(role or "", {}).get(kind) or _NAMES.get(kind, kind)


def _kind(value: Any, role: str | None) -> str:
    if value is None:
        return "None"
    if isinstance(value, str):
        if _SURROGATE.search(value):
            return "other"
        return "date" if role in _DATES and dates.read(value) else "str"
    if isinstance(value, date):
        return "date"
    if isinstance(value, Mapping):
        return "dict" if all(isinstance(key, str) for key in value) else "other"
    name = type(value).__name__
    return name if name in _ORDER else "other"


def _narrow(texts: Mapping[int, str], everywhere: bool) -> Iterator[tuple[str, frozenset[int]]]:
    if len(texts) < _ENOUGH:
        return
    for written, pattern in _PATTERNS:
        if all(pattern.fullmatch(text) for text in texts.values()):
            yield f'Annotated[str, Field(pattern=r"{written}")]', frozenset()
            return
    counted = Counter(texts.values())
    usual = {text for text, number in counted.items() if number > 1}
    once = [text for text, number in counted.items() if number == 1]
    if len(counted) > 2 * _FEW or len(usual) > _FEW or len(texts) < _TIMES * len(usual):
        return
    # A value of a single post is a slip if it is near to other values; if more values are new, new ones are not slips.
    slips = {text for text in once if closest(text, usual)}
    known = sorted({*usual, *once} - slips)
    is_list = len(known) > 1 or (everywhere and len(known) == 1)
    if is_list and len(known) - len(usual) <= len(usual) * _NEW and all(map(_is_name, known)):
        outliers = frozenset(post for post, text in texts.items() if text in slips)
        yield f"Literal[{', '.join(map(quoted, known))}]", outliers


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and text.isprintable()


def quoted(text: str) -> str:
    """`text` as a literal of Python, on one line, of printable characters only: in double quotes if it has none."""
    return repr(text) if '"' in text else '"' + repr(f"'{text}")[2:]


def names_used(annotations: Iterable[str]) -> frozenset[str]:
    """The names that `annotations` need to have imported."""
    bare = (re.sub(r"r?\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'", "", text) for text in annotations)
    return frozenset(name for text in bare for name in re.findall(r"(?<![\w.])[A-Za-z_]\w*", text))
