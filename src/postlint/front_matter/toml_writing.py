"""Values as TOML: strings in the style of those they replace, and whole tables for a new document."""

import re
from collections.abc import Mapping
from json import dumps

_SURROGATE = re.compile("[\ud800-\udfff]")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def write(value: str, written: str) -> str:
    """`value` as a string in the style of the value that was `written` so far. Lone surrogates become U+FFFD."""
    value = _SURROGATE.sub("\ufffd", value)
    lines = "\n" in value and not _CONTROL.search(value)
    if written.startswith("'''") and lines and "''" not in value and not value.endswith("'"):
        return f"'''\n{value}'''"
    if written.startswith('"""') and lines:
        body = value.replace("\\", "\\\\")
        if '""' in body or body.endswith('"'):
            body = body.replace('"', '\\"')
        return f'"""\n{body}"""'
    if written.startswith("'") and "'" not in value and "\n" not in value and not _CONTROL.search(value):
        return f"'{value}'"
    return _basic(value)


def write_key(name: str, written: str) -> str:
    """`name` as one part of a key, in the style of the part that was `written` so far."""
    if written[:1] in ("'", '"'):
        return write(name, written)
    return name if _BARE_KEY.fullmatch(name) else _basic(name)


def document(data: Mapping[str, object]) -> str:
    """`data` as TOML, tables inside it inline. Values that TOML does not have (None) are left out; other types are text."""
    return "".join(f"{write_key(name, '')} = {_value(value)}\n" for name, value in data.items() if value is not None)


def _value(value: object) -> str:
    from datetime import date, time

    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = (f"{write_key(str(name), '')} = {_value(item)}" for name, item in value.items() if item is not None)
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(_value(item) for item in value if item is not None)}]"
    return _basic(str(value))


def _basic(value: str) -> str:
    # A JSON string is a TOML basic string, except for U+007F.
    return dumps(_SURROGATE.sub("\ufffd", value), ensure_ascii=False).replace("\x7f", "\\u007f")
