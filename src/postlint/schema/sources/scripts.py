"""What the configurations of content layers have in common: options, folders and patterns written in TypeScript."""

import posixpath
from collections.abc import Iterator
from typing import Any

from postlint.javascript.literals import Call, Function
from postlint.schema import Media

_DEEPEST = 20


def options(value: Any) -> dict[str, Any] | None:
    """The options of `define(…)`, or of a function that returns them; None if they cannot be read."""
    for _ in range(8):
        if isinstance(value, dict):
            return value
        if isinstance(value, Function):
            value = value.returns
        elif isinstance(value, Call):
            value = value.args[0] if value.args else value.returns
    return None


def texts(value: Any) -> list[str]:
    """`value`, a text or a list, as a list of texts; what is not text is left out."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def word(value: Any) -> str:
    """`value` if it is text, else an empty text, which is nothing that a tool knows."""
    return value if isinstance(value, str) else ""


def members(value: Any) -> Iterator[tuple[str, Any]]:
    """The values of a list or mapping, each with its key."""
    if isinstance(value, dict):
        yield from ((key, item) for key, item in value.items() if key != "...")
    elif isinstance(value, list):
        yield from (("", item) for item in value)


def placed(folder: str, patterns: list[str], endings: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The patterns of what is included and excluded, relative to the site. A pattern that ends in anything (`**/*`) gets
    `endings`, which the tool can read. What lies outside of the site is left out."""
    include, exclude = [], []
    for pattern in patterns:
        is_negated = pattern.startswith("!")
        joined = posixpath.normpath(posixpath.join(folder, pattern.removeprefix("!").removeprefix("./")))
        if joined.startswith(("..", "/")):
            continue
        if is_negated:
            exclude.append(joined)
        elif joined.endswith("*") and not joined.endswith(".*"):
            include.append(f"{joined}.{{{','.join(endings)}}}" if endings else joined)
        else:
            include.append(joined)
    return tuple(include), tuple(exclude)


def place(value: Any, key: str, path: str) -> str:
    """Where `key` of the object literal `value` is written; the file if that is not known."""
    places = getattr(value, "places", {})
    return places.get(key, path) if isinstance(places, dict) else path


def images(definition: dict[str, Any], title: str, effect: str) -> dict[str, Media]:
    """The fields that must name an image (`x-image`: the folder of paths from the root), at any depth."""
    out: dict[str, Media] = {}
    pending = [("", definition, 0)]
    while pending:
        field, schema, depth = pending.pop()
        if isinstance(folder := schema.get("x-image"), str):
            out[field] = Media(title, folder, effect=effect, needed=True)
        if depth > _DEEPEST:
            continue
        for key, below in schema.get("properties", {}).items():
            pending.append((f"{field}.{key}" if field else key, below, depth + 1))
        if isinstance(items := schema.get("items"), dict):
            pending.append((f"{field}[]", items, depth + 1))
        for branch in schema.get("anyOf", ()):
            pending.append((field, branch, depth + 1))
    return out
