"""The fields of a collection's schema that are certainly images: `image()` of `astro:content`, read without running it."""

from collections.abc import Iterator
from typing import Any

from postlint.javascript.literals import Call, Function

_DEEPEST = 20
# Methods that leave a text what it is, or take nothing else besides it.
_SAME = frozenset(("optional", "nullable", "nullish", "describe", "refine", "superRefine", "check", "meta", "readonly"))


def read(schema: Any) -> Iterator[str]:
    """The paths of the fields (`cover`, `gallery[].src`); none of those that may be something else than an image."""
    if isinstance(schema, Function):
        yield from _fields(schema.returns, "", 0)


def _fields(schema: Any, path: str, depth: int) -> Iterator[str]:
    if not isinstance(schema, Call) or depth > _DEEPEST:
        return
    if schema.of is not None:
        if schema.name in _SAME:
            yield from _fields(schema.of, path, depth + 1)
        elif schema.name == "array":
            yield from _fields(schema.of, f"{path}[]", depth + 1)
        elif schema.name in ("extend", "strict", "passthrough", "loose"):
            shape = schema.args[0] if schema.args and isinstance(schema.args[0], dict) else {}
            changed = tuple(f"{path}.{key}".removeprefix(".") for key in shape)
            yield from (each for each in _fields(schema.of, path, depth + 1) if not each.startswith(changed))
            yield from _members(shape, path, depth)
        return
    kind = schema.name.rpartition(".")[2]
    if kind == "image" and not schema.args and path:
        yield path
    elif kind in ("object", "strictObject", "looseObject") and schema.args and isinstance(schema.args[0], dict):
        yield from _members(schema.args[0], path, depth)
    elif kind == "array" and schema.args:
        yield from _fields(schema.args[0], f"{path}[]", depth + 1)
    elif kind in ("optional", "nullable", "nullish") and schema.args:
        yield from _fields(schema.args[0], path, depth + 1)


def _members(shape: dict[str, Any], path: str, depth: int) -> Iterator[str]:
    # Fields that are spread in may replace those before them.
    names = list(shape)
    for name in names[names.index("...") + 1 :] if "..." in names else names:
        yield from _fields(shape[name], f"{path}.{name}".removeprefix("."), depth + 1)
